r"""What lets a wall of fans bear its frame: walls that go on to it, and bosses for fans' screws.

A floor and a roof that only a duct joins sag each for itself. With the wall of fans between them
they are a beam. It is clamped to them by the fans' own screws, which are there anyway, and there is
no room behind a fan for the head of another.

    from the side, behind the grooves            from the rear
    ================________ | |####             +--o-o---o-o---o-o--+
    floor   duct   wall  /  || |####  fan        | (   ) (   ) (   ) |   wall of fans
                        /boss|===screw===        +--o-o---o-o---o-o--+
    ====================-----| |####
"""

import math
from typing import TYPE_CHECKING

from mounts.geometry.flat import ROOF_DEG, Loop, Point, circle, polygon, rectangle
from mounts.geometry.sheet import Sheet
from mounts.geometry.vents import HexGrid, Perforation

if TYPE_CHECKING:
    from mounts.parts.frame_spec import FrameSpec

WIDE_MM = 10.0
ROUND_MM = 4.0  # of a boss beyond its screw
JOIN_MM = 2.0  # bosses nearer to each other than this are one
TALLEST_MM = 32.0  # of a boss: what it grows from takes as much room behind the boards
GRIP_MM = 7.0  # of a screw in its boss, at least
BELOW_MM = 1.5  # how far its hole goes on
LONG_MM = (16, 20, 25, 30, 35, 40, 45, 50, 55, 60)  # M3, ISO 7045, as they are sold
CORE_MM = 2.5  # for M3 in plastics
SUNK_MM = 0.5
CLEAR_MM = 0.5  # from sleds to what bosses grow from
PROUD_MM = 0.6  # the walls between end before the wall of fans: bosses alone are clamped to it
SKIN_MM = 1.2  # of the duct
CORNER_MM = 9.2  # what the wall's own boss takes in each corner


def tall_mm(spec: "FrameSpec") -> float:
    """Return how far bosses stand up from floor or roof; nothing where no fan fits."""
    from mounts.parts.frame_spec import FAN_EDGE_MM, FAN_GAP_MM  # noqa: PLC0415 - it imports this

    if spec.fan is None:
        return math.inf
    high, step = spec.top_mm - spec.bottom_mm, spec.fan.size_mm + FAN_GAP_MM
    up = int((high - 2 * FAN_EDGE_MM + FAN_GAP_MM) // step)
    return (high - (up - 1) * step - spec.fan.hole_pitch_mm) / 2 + ROUND_MM if up else math.inf


def long_mm(spec: "FrameSpec", wall_mm: float) -> float:
    """Return the length of the screws through fan and wall."""
    assert spec.fan is not None, "its fans hold it"
    through = spec.fan.thickness_mm + wall_mm
    return next((one for one in LONG_MM if one >= through + GRIP_MM), LONG_MM[-1])


def deep_mm(spec: "FrameSpec", wall_mm: float) -> float:
    """Return how far before the wall bosses and what they grow from begin, clear of sleds."""
    return math.ceil(_into_mm(spec, wall_mm) + _rise_mm(spec) + CLEAR_MM)


def places(spec: "FrameSpec") -> list[Point]:
    """Return the fans' screws along floor and roof, (x, z)."""
    assert spec.fan is not None, "its fans hold it"
    half = spec.fan.hole_pitch_mm / 2
    levels = {z for _, z in spec.fan_middles}
    rows = (min(levels) - half, max(levels) + half)
    across = sorted({x + side * half for x, _ in spec.fan_middles for side in (-1, 1)})
    return [(x, z) for z in rows for x in across]


def bosses(spec: "FrameSpec", wall_mm: float) -> list[Sheet]:
    """Return bosses on floor and roof, what they grow from, and the walls between the bays."""
    tall, into, rise = tall_mm(spec), _into_mm(spec, wall_mm), _rise_mm(spec)
    start, back = spec.back_mm - into, spec.back_mm
    found: list[Sheet] = []
    for edge, up in ((spec.bottom_mm, 1), (spec.top_mm, -1)):
        root, tip = edge + up * (SKIN_MM - SUNK_MM), edge + up * tall
        low, high = sorted((root, tip))
        slope = polygon(
            [(start - rise, root), (start, tip), (start + SUNK_MM, tip), (start + SUNK_MM, root)]
        )
        for a, b in _spans(spec):
            found += [
                Sheet("xz", rectangle((a, low), (b, high)), start, back),
                Sheet("yz", slope, a, b),
            ]
    sunk = spec.bottom_mm + SUNK_MM, spec.top_mm - SUNK_MM
    edge = rectangle((spec.end_mm - SUNK_MM, sunk[0]), (back - PROUD_MM, sunk[1]))
    return [*found, *(Sheet("yz", edge, *wall) for wall in spec.walls_mm[1:-1])]


def bores(spec: "FrameSpec", wall_mm: float) -> tuple[Sheet, ...]:
    """Return the core holes of the fans' screws."""
    core = CORE_MM + spec.calibration.screw_mm + spec.calibration.hole_mm
    start = spec.back_mm - _into_mm(spec, wall_mm)
    return tuple(Sheet("xz", circle(at, core), start, spec.back_mm + 1.0) for at in places(spec))


def wall_vents(spec: "FrameSpec", grid: HexGrid) -> list[Perforation]:
    """Return openings in the walls before the fans: air and cables pass from bay to bay."""
    tall, back = tall_mm(spec) + 1.0, spec.back_mm
    region = rectangle((spec.end_mm, spec.inside_low_mm), (back - PROUD_MM, spec.inside_high_mm))
    reach = back - 2.5 * tall
    clear: list[Loop] = [
        rectangle((reach, spec.bottom_mm - 1.0), (back, spec.bottom_mm + tall)),
        rectangle((reach, spec.top_mm - tall), (back, spec.top_mm + 1.0)),
    ]
    found: list[Perforation] = []
    for wall in spec.walls_mm[1:-1]:
        found += grid.through("yz", wall, region, clear)
    return found


def _into_mm(spec: "FrameSpec", wall_mm: float) -> float:
    assert spec.fan is not None, "its fans hold it"
    return long_mm(spec, wall_mm) - spec.fan.thickness_mm - wall_mm + BELOW_MM


def _rise_mm(spec: "FrameSpec") -> float:
    return (tall_mm(spec) - SKIN_MM) * math.tan(math.radians(ROOF_DEG))


def _spans(spec: "FrameSpec") -> list[tuple[float, float]]:
    """Return the bosses along an edge, from x to x, those that nearly touch as one."""
    half, end = WIDE_MM / 2, spec.outer_mm - CORNER_MM
    found: list[tuple[float, float]] = []
    for x in sorted({x for x, _ in places(spec)}):
        a, b = x - half, x + half
        if found and a - found[-1][1] < JOIN_MM:
            a = found.pop()[0]
        found.append((a, b))
    if -end < found[0][0] < -end + JOIN_MM:
        found[0] = (-end - SUNK_MM, found[0][1])
    if end - JOIN_MM < found[-1][1] < end:
        found[-1] = (found[-1][0], end + SUNK_MM)
    return found
