r"""The line of a cut: dovetails in plates, laps in floors, straight where something is near.

The line is drawn in a plane and cut straight through it, so that neither side overhangs; the pieces
slide together along that way.

    panel, seen from its front      floor, seen from its front
         |                                     +------
      +--+                             --------+  1.1
       \  |  dovetail                     +-----+
       /  |                            ---+  1.1
      +--+                             hooked lap, to be glued
         |
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from mounts.geometry.flat import Point
from mounts.split.axes import Span
from mounts.split.section import Stretch

HALF_MM = 3.0  # a joint reaches as far to either side
NECK_MM, HEAD_MM = 6.0, 9.0  # a dovetail's width where it leaves its piece, and at its end
TAB_MM = 15.0  # what it takes along the seam; on a shorter plate all is smaller
LEAST_MM = 8.0  # a plate shorter than this takes none
PITCH_MM = 16.0  # between two dovetails, at least
THINNEST_MM, THICKEST_MM = 1.9, 8.0  # floors that are lapped: two lips of two lines at least
HOOKED_MM = 2.4  # a thinner floor's lap has no hook
SHARE = 0.1  # of a floor's thickness that a lap's hook stands up over the middle
STEP_MM = 1.2  # from a dovetail's edge to a rib's: less would be a sliver
AWAY_MM = 1.6  # from a sideways step of the line to a rib's edge
LEDGE_MM = 0.5  # of a hook that hangs over: it holds on to the line inside
STRIP_MM = 2.0  # of plate beside a floor: too little for the line to step sideways in
TOUCH_MM = 0.05
SHIFT_MM = 0.5
EDGE_MM = 2.0  # from a dovetail to the plate's edge, and to the next
DOVETAIL, HOOKED, LAP = "dovetail", "hooked lap, to be glued", "plain lap, to be glued"


@dataclass(frozen=True)
class Cut:
    """How a seam is cut: where, with what play to each side, and how high a hook may be, mm."""

    at_mm: float
    play_mm: float
    hook_mm: float = math.inf


@dataclass(frozen=True)
class Crossing:
    """A joint in a stretch: its name, its line from below, and where its necks are."""

    stretch: Stretch
    name: str
    points: list[Point]
    necks: list[Span]


def crossings(
    cut: Cut, every: Sequence[Stretch], blocked: Sequence[Span], layered: Sequence[Span] = ()
) -> list[Crossing]:
    """Return the line of a seam, stretch by stretch from below.

    Args:
        cut: where and how.
        every: what it passes through.
        blocked: where across it only a straight line is clear of all else.
        layered: where only a straight line is clean, wherever that is.
    """
    found: list[Crossing] = []
    for stretch in every:
        parts = _parted(stretch, [_clear(span, stretch) for span in (*blocked, *layered)])
        lapped = stretch.floor or (len(parts) == 1 and _alone(stretch, every))
        # What a hole leaves of a post beside it is too little to be lapped.
        left = len(parts) > 1 and stretch.floor
        for one, free in parts:
            joins = free and not (left and one.long_mm < LEAST_MM)
            found.append(_crossed(cut, one, lapped) if joins else _straight(cut.at_mm, one))
    return _following(found, blocked)


def _alone(stretch: Stretch, every: Sequence[Stretch]) -> bool:
    """Say whether nothing borders on a stretch, such as on the strip over a window."""
    return not any(
        one is not stretch
        and one.low_mm < stretch.high_mm + STRIP_MM
        and stretch.low_mm - STRIP_MM < one.high_mm
        for one in every
    )


def _following(every: Sequence[Crossing], blocked: Sequence[Span]) -> list[Crossing]:
    """Return crossings; straight ones beside a floor's lap go on where its line ends.

    A step to the side would leave a sliver of what stands under the floor. Only where a strip of
    some width is near a hole it stays where it is.
    """
    found = list(every)
    for order in (range(len(found)), reversed(range(len(found)))):
        before: Crossing | None = None
        for one in (found[index] for index in order):
            follows = before is not None and _touch(before, one) and _may_move(one, blocked)
            if before is not None and follows:
                up = before.stretch.low_mm < one.stretch.low_mm
                x = before.points[-1 if up else 0][0]
                low, high = one.stretch.low_mm, one.stretch.high_mm
                moved = Crossing(one.stretch, "", [(x, low), (x, high)], [])
                found[found.index(one)] = before = moved
            else:
                before = one if one.stretch.floor and one.name else None
    return found


def _touch(one: Crossing, other: Crossing) -> bool:
    a, b = one.stretch, other.stretch
    return max(a.low_mm, b.low_mm) - min(a.high_mm, b.high_mm) < TOUCH_MM


def _may_move(one: Crossing, blocked: Sequence[Span]) -> bool:
    low, high = one.stretch.low_mm, one.stretch.high_mm
    near = any(a < high and low < b for a, b in blocked)
    return not one.name and (not near or one.stretch.long_mm < STRIP_MM)


def joined_up(
    crossed: Sequence[Crossing], reach: Span, at_mm: float, play_mm: float
) -> list[Point]:
    """Return the whole line; it steps sideways beside a floor, never within its thickness."""
    if not crossed:
        return [(at_mm, reach[0]), (at_mm, reach[1])]
    aside = play_mm + 0.05
    path: list[Point] = [(crossed[0].points[0][0], reach[0])]
    least = -math.inf
    for before, one in pairwise(crossed):
        path += _from(before.points, least)
        end, start = before.points[-1][0], one.points[0][0]
        if abs(end - start) < 1e-6:
            continue
        low, high = before.stretch.high_mm, one.stretch.low_mm
        if high - low >= 2 * aside:
            path += [(end, low + aside), (start, high - aside)]
            continue
        least = low + aside if before.stretch.floor else high - aside
        # The line never turns back on itself: there the gap would be too narrow.
        while path[-1][0] == end and path[-1][1] > least:
            path.pop()
        path += [(end, least), (start, least)]
    path += _from(crossed[-1].points, least)
    return _plain([*path, (path[-1][0], reach[1])])


def _from(points: list[Point], least_mm: float) -> list[Point]:
    """Return a line whose first points are no lower than where the line before it came to."""
    first = points[0][0]
    return [(x, max(y, least_mm)) if x == first else (x, y) for x, y in points]


def _plain(path: list[Point]) -> list[Point]:
    """Return a line without points that repeat the one before."""
    return [
        p
        for i, p in enumerate(path)
        if i == 0 or abs(p[0] - path[i - 1][0]) + abs(p[1] - path[i - 1][1]) > 1e-6
    ]


def _clear(span: Span, stretch: Stretch) -> Span:
    """Return a span with its ends moved outwards, off the edges of ribs: there the line steps.

    Near an end of the stretch they go to that end: what only touches a stretch leaves it whole.
    """
    low, high = span
    for edge in reversed(stretch.steps_mm):
        low = edge - AWAY_MM if abs(low - edge) < AWAY_MM else low
    for edge in stretch.steps_mm:
        high = edge + AWAY_MM if abs(high - edge) < AWAY_MM else high
    for edge in (stretch.low_mm, stretch.high_mm):
        low = edge if abs(low - edge) < AWAY_MM else low
        high = edge if abs(high - edge) < AWAY_MM else high
    return low, high


def _parted(stretch: Stretch, blocked: Sequence[Span]) -> list[tuple[Stretch, bool]]:
    """Return a stretch in parts, each with whether it is free of what blocks a joint.

    A floor is lapped through all of its thickness or not at all: what is left of it would be thin.
    """
    if stretch.long_mm <= THICKEST_MM:
        low, high = stretch.low_mm, stretch.high_mm
        shared = (min(high, b) - max(low, a) for a, b in blocked)
        return [(stretch, max(shared, default=0.0) < AWAY_MM)]
    cuts = {stretch.low_mm, stretch.high_mm}
    for low, high in blocked:
        cuts |= {edge for edge in (low, high) if stretch.low_mm < edge < stretch.high_mm}
    found: list[tuple[Stretch, bool]] = []
    for low, high in pairwise(sorted(cuts)):
        middle = (low + high) / 2
        free = not any(a < middle < b for a, b in blocked)
        steps = tuple(step for step in stretch.steps_mm if low < step < high)
        if found and found[-1][1] == free:
            last = found.pop()[0]
            one = Stretch(last.low_mm, high, stretch.floor, (*last.steps_mm, *steps))
        else:
            one = Stretch(low, high, stretch.floor, steps)
        found.append((one, free))
    return found


def _straight(at_mm: float, stretch: Stretch) -> Crossing:
    return Crossing(stretch, "", [(at_mm, stretch.low_mm), (at_mm, stretch.high_mm)], [])


def _crossed(cut: Cut, stretch: Stretch, lapped: bool) -> Crossing:
    at_mm = cut.at_mm
    if stretch.long_mm >= LEAST_MM:
        return _dovetails(at_mm, stretch)
    if lapped and THINNEST_MM <= stretch.long_mm <= THICKEST_MM:
        low, long = stretch.low_mm, stretch.long_mm
        name = HOOKED if long >= HOOKED_MM else LAP
        share = min(SHARE, cut.hook_mm / 2 / long) if long >= HOOKED_MM else 0.0
        # The thinner of the two lips is where it would break.
        root = low, low + (0.5 - share) * long - cut.play_mm
        return Crossing(stretch, name, _lap(at_mm, low, long, share), [root])
    return _straight(at_mm, stretch)


def _dovetails(at_mm: float, stretch: Stretch) -> Crossing:
    scale = min(1.0, stretch.long_mm / TAB_MM)
    # One across a rib's edge would leave a sliver.
    middles = [one for one in _middles(stretch, scale) if _clear_of_steps(one, stretch, scale)]
    if not middles:
        ends = (stretch.low_mm, *stretch.steps_mm, stretch.high_mm)
        low, high = max(pairwise(ends), key=lambda one: one[1] - one[0])
        if high - low < LEAST_MM:
            return _straight(at_mm, stretch)
        small = _dovetails(at_mm, Stretch(low, high, stretch.floor))
        return Crossing(stretch, DOVETAIL, small.points, small.necks)
    points = [point for middle in middles for point in _dovetail(at_mm, middle, scale)]
    half = scale * NECK_MM / 2
    necks = [(middle - half, middle + half) for middle in middles]
    return Crossing(stretch, DOVETAIL, points, necks)


def _middles(stretch: Stretch, scale: float) -> list[float]:
    """Return the middles of dovetails, spread evenly, each moved off the edges of ribs."""
    low, high, long = stretch.low_mm, stretch.high_mm, stretch.long_mm
    count, end = max(1, int((long - TAB_MM) // PITCH_MM) + 1), scale * TAB_MM / 2
    step = (long - 2 * end) / max(1, count - 1)
    even = [low + end + step * k for k in range(count)] if count > 1 else [(low + high) / 2]
    half = scale * HEAD_MM / 2
    edge = min(EDGE_MM, long / 2 - half)
    found: list[float] = []
    for middle in even:
        least = found[-1] + 2 * half + EDGE_MM if found else low + half + edge
        tried = [middle + sign * SHIFT_MM * k for k in range(17) for sign in (1, -1)]
        clear = (
            at
            for at in tried
            if least <= at <= high - half - edge and _clear_of_steps(at, stretch, scale)
        )
        found.append(next(clear, middle))
    return found


def _clear_of_steps(middle: float, stretch: Stretch, scale: float) -> bool:
    return all(_off(middle, edge, scale) for edge in stretch.steps_mm)


def _off(middle: float, edge: float, scale: float) -> bool:
    """Say whether a dovetail's two slanting sides keep off a rib's edge."""
    away = abs(edge - middle)
    inner, outer = scale * NECK_MM / 2 - STEP_MM, scale * HEAD_MM / 2 + STEP_MM
    return away <= inner or away >= outer


def _dovetail(at: float, middle: float, scale: float) -> list[Point]:
    neck, head = scale * NECK_MM / 2, scale * HEAD_MM / 2
    back, tip = at - scale * HALF_MM, at + scale * HALF_MM
    return [
        (back, middle - neck),
        (tip, middle - head),
        (tip, middle + head),
        (back, middle + neck),
    ]


def _lap(at: float, low: float, thick: float, share: float) -> list[Point]:
    lower, upper = low + (0.5 - share) * thick, low + (0.5 + share) * thick
    hook = [(at, upper), (at, lower)] if share else []
    ends = (at + HALF_MM, low), (at - HALF_MM, low + thick)
    return [ends[0], (at + HALF_MM, upper), *hook, (at - HALF_MM, lower), ends[1]]
