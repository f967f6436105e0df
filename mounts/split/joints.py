r"""The line of a cut: dovetails in plates, laps in floors, straight elsewhere.

The line is drawn in the plane of the bed and cut straight up, so that neither side overhangs; the
pieces slide together along the print direction.

    panel, seen from its front      floor, seen from its front
         |                                     +------
      +--+                             --------+  1.1
       \  |  dovetail                     +-----+
       /  |                            ---+  1.1
      +--+                             hooked lap, to be glued
         |
"""

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from mounts.geometry.flat import Point
from mounts.split.axes import Bed, Span

if TYPE_CHECKING:
    from manifold3d import Manifold

HALF_MM = 3.0  # a joint reaches as far to either side
NECK_MM, HEAD_MM = 6.0, 9.0  # a dovetail's width where it leaves its piece, and at its end
TAB_MM = 15.0  # what it takes along the seam; on a shorter plate all is smaller
LEAST_MM = 8.0  # a plate shorter than this takes none
PITCH_MM = 16.0  # between two dovetails, at least
THINNEST_MM, THICKEST_MM = 1.9, 8.0  # floors that are lapped: two lips of two lines at least
HOOKED_MM = 2.4  # a thinner floor's lap has no hook
SHARE = 0.1  # of a floor's thickness that a lap's hook stands up over the middle
LEAST_KEPT = 0.05  # a joint that keeps less of the strength is none
ASIDE_MM = 0.05  # over the play: how far beside a floor its line steps sideways
HOOKED, LAP = "hooked lap, to be glued", "plain lap, to be glued"
DEEP_MM = 10.0  # what runs further up from the bed than a panel is thick is a floor or a wall


@dataclass(frozen=True)
class Stretch:
    """A part's section along a seam: from where to where it is solid, and how far up it runs."""

    low_mm: float
    high_mm: float
    floor: bool
    area_mm2: float


@dataclass(frozen=True)
class Seam:
    """One cut.

    Args:
        axis: the axis it is square to.
        at_mm: where.
        path: the line, as (along the axis, across it), mm, from below to above the part.
        joints: what holds it, in words; empty if nothing does.
        kept: share of the whole's section modulus that the joint's necks have.
        thin_mm: where nothing holds it, the thickest plate that it meets.
    """

    axis: int
    at_mm: float
    path: tuple[Point, ...]
    joints: tuple[str, ...]
    kept: float
    thin_mm: float = 0.0


def seam(solid: "Manifold", bed: Bed, axis: int, at_mm: float, reach: Span) -> Seam:
    """Return the cut through a solid square to an axis of its bed.

    Args:
        solid: the whole part.
        bed: how it lies.
        axis: what the cut is square to.
        at_mm: where along that axis.
        reach: how far the line must run across the axis, past both ends of the part, mm.
    """
    section = _section(solid, axis, at_mm, (bed.across(axis), bed.up))
    crossings = [_crossed(at_mm, stretch, bed.play_mm) for stretch in stretches(section)]
    joints = tuple(sorted({one.name for one in crossings if one.name}))
    necks = [neck for one in crossings for neck in one.necks]
    path = _joined_up(crossings, reach, bed.play_mm + ASIDE_MM) or [
        (at_mm, reach[0]),
        (at_mm, reach[1]),
    ]
    return Seam(axis, at_mm, tuple(path), joints, _kept(section, necks), _thin(crossings))


def _joined_up(crossings: "list[Crossing]", reach: Span, aside: float) -> list[Point]:
    """Return the whole line; it steps sideways beside a floor, never within its thickness."""
    if not crossings:
        return []
    path: list[Point] = [(crossings[0].points[0][0], reach[0])]
    for before, one in pairwise(crossings):
        path += before.points
        end, start = before.points[-1][0], one.points[0][0]
        if abs(end - start) < 1e-6:
            continue
        low, high = before.stretch.high_mm, one.stretch.low_mm
        if high - low < 2 * aside:
            level = low + aside if before.stretch.floor else high - aside
            path += [(end, level), (start, level)]
        else:
            path += [(end, low + aside), (start, high - aside)]
    path += crossings[-1].points
    return [*path, (path[-1][0], reach[1])]


def _thin(crossings: "list[Crossing]") -> float:
    """Return the thickest plate that is too thin to be joined, mm; 0 if some is joined."""
    if any(one.name for one in crossings):
        return 0.0
    return max((one.stretch.high_mm - one.stretch.low_mm for one in crossings), default=0.0)


def stretches(section: Any) -> list[Stretch]:
    """Return what a seam passes through, from below, neighbours of one kind as one."""
    import shapely  # noqa: PLC0415 - heavy

    edges = sorted({round(float(v), 3) for v in shapely.get_coordinates(section)[:, 0]})
    found: list[Stretch] = []
    for low, high in pairwise(edges):
        if high - low < 0.02:
            continue
        middle = (low + high) / 2
        line = shapely.LineString([(middle, -1e4), (middle, 1e4)])
        solid = shapely.intersection(section, line)
        if solid.is_empty or solid.length < 0.05:
            continue
        own = Stretch(low, high, solid.length > DEEP_MM, solid.length * (high - low))
        last = found[-1] if found else None
        if last and last.floor == own.floor and abs(last.high_mm - low) < 0.05:
            area = last.area_mm2 + own.area_mm2
            found[-1] = Stretch(last.low_mm, high, own.floor, area)
        else:
            found.append(own)
    return found


@dataclass(frozen=True)
class Crossing:
    """A joint in a stretch: its name, its line from below, and where its necks are."""

    stretch: Stretch
    name: str
    points: list[Point]
    necks: list[Span]


def _crossed(at_mm: float, stretch: Stretch, play_mm: float) -> Crossing:
    low, high = stretch.low_mm, stretch.high_mm
    long = high - low
    if long >= LEAST_MM:
        scale = min(1.0, long / TAB_MM)
        count, end = max(1, int((long - TAB_MM) // PITCH_MM) + 1), scale * TAB_MM / 2
        step = (long - 2 * end) / max(1, count - 1)
        middles = [low + end + step * k for k in range(count)]
        points = [point for middle in middles for point in _dovetail(at_mm, middle, scale)]
        half = scale * NECK_MM / 2
        necks = [(middle - half, middle + half) for middle in middles]
        return Crossing(stretch, "dovetail", points, necks)
    if stretch.floor and THINNEST_MM <= long <= THICKEST_MM:
        name = HOOKED if long >= HOOKED_MM else LAP
        share = SHARE if long >= HOOKED_MM else 0.0
        # The thinner of the two lips is where it would break.
        root = low, low + (0.5 - share) * long - play_mm
        return Crossing(stretch, name, _lap(at_mm, low, long, share), [root])
    return Crossing(stretch, "", [(at_mm, low), (at_mm, high)], [])


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


def _section(solid: "Manifold", axis: int, at_mm: float, wanted: tuple[int, int]) -> Any:
    """Return the section square to an axis, drawn over two others, as one shapely geometry."""
    import numpy as np  # noqa: PLC0415 - heavy
    import shapely  # noqa: PLC0415 - heavy

    from mounts.verify.slices import slice_at, standing  # noqa: PLC0415 - loads the kernel

    # Standing a body on another of its sides turns the other two axes as `mounts.bed` says.
    drawn: dict[int, tuple[tuple[int, int], tuple[int, int]]] = {
        0: ((2, -1), (1, 1)),
        1: ((0, 1), (2, -1)),
        2: ((0, 1), (1, 1)),
    }
    places = {name: (k, sign) for k, (name, sign) in enumerate(drawn[axis])}
    columns = [places[name] for name in wanted]

    def turned(points: Any) -> Any:
        return np.stack([points[:, k] * sign for k, sign in columns], axis=1)

    return shapely.transform(slice_at(standing(solid, axis), at_mm), turned)


def _kept(section: Any, necks: list[Span]) -> float:
    """Return the share of the section modulus against sagging that the necks have."""
    import shapely  # noqa: PLC0415 - heavy

    bands = [shapely.box(low, -1e4, high, 1e4) for low, high in necks]
    joint = shapely.intersection(section, shapely.union_all(bands)) if bands else None
    whole = _modulus(section)
    return 0.0 if joint is None or whole <= 0 else min(1.0, _modulus(joint) / whole)


def _modulus(shape: Any) -> float:
    """Return I / e of a flat shape about its own middle, bent in its first axis, mm³."""
    import shapely  # noqa: PLC0415 - heavy

    if shape.is_empty or shape.area < 1e-6:
        return 0.0
    middle = shape.centroid.x
    edges = sorted({round(float(v), 4) for v in shapely.get_coordinates(shape)[:, 0]})
    total = 0.0
    for low, high in pairwise(edges):
        line = shapely.LineString([((low + high) / 2, -1e4), ((low + high) / 2, 1e4)])
        depth = shapely.intersection(shape, line).length
        total += depth * ((high - middle) ** 3 - (low - middle) ** 3) / 3
    return total / max(edges[-1] - middle, middle - edges[0])
