r"""Rims that make beams of a frame's thin floor and roof, with the panel's strip before them.

A floor of 2 mm that spans a rack sags by millimetres under ten boards; with a strip of panel in
front and a rim behind it is a channel, and sags by tenths.

    side view, panel at the left
    |=================   roof
    |              \
    |
    |=================   floor
    |            \
    |              \    rim: slanting, for the panel lies on the bed
"""

import math

from mounts.geometry.flat import Loop, polygon
from mounts.geometry.sheet import Sheet
from mounts.parts.fan_wall import SKIN_MM
from mounts.parts.frame_spec import LEAST_STRIP_MM, FrameSpec

RIM_MM = 12.5  # how far a floor's rim reaches down
ROOF_RIM_MM = 7.0  # and a roof's, which bears its own weight only
RIM_THICK_MM = 2.8  # along the print
RIM_DEG = 50.0  # its slope from the bed
SHY_MM = 0.2  # it ends a layer before the walls: two faces in one plane make slivers
SUNK_MM = 0.5  # into what it stands on, so that both are one body


def rims(spec: FrameSpec) -> list[Sheet]:
    """Slanting rims at the rear ends of thin floors: with the panel's strip before them, beams."""
    found: list[Sheet] = []
    half, under, over = spec.outer_mm, under_mm(spec), over_mm(spec)
    if under:
        edge, web = _rim(spec, spec.low_mm, spec.low_mm - under)
        found.append(Sheet("yz", edge, -half + SUNK_MM, half - SUNK_MM))
        ends = [(-half, -half + SKIN_MM), (half - SKIN_MM, half)]
        ends += spec.walls_mm[1:-1] if spec.fan_bears else ()
        found += [Sheet("yz", web, *span) for span in ends]
    if over:
        edge, _ = _rim(spec, spec.inside_high_mm, spec.inside_high_mm - over)
        found.append(Sheet("yz", edge, -half + SUNK_MM, half - SUNK_MM))
    return found


def under_mm(spec: FrameSpec) -> float:
    """Return how far the rim under the floor reaches down: to a duct's floor, if there is one."""
    room = spec.low_mm - spec.bottom_mm
    if spec.opening != "rack" or room < LEAST_STRIP_MM:
        return 0.0
    return room if spec.fan else min(RIM_MM, room)


def over_mm(spec: FrameSpec) -> float:
    """Return how far the rim under the roof reaches down."""
    return min(ROOF_RIM_MM, spec.strip_mm)


def start_mm(spec: FrameSpec, deep_mm: float) -> float:
    """Return where a floor's rim grows out of it, y; the floor's end if it has none."""
    if not deep_mm:
        return spec.end_mm
    return spec.end_mm - (deep_mm + SUNK_MM) * math.tan(math.radians(RIM_DEG)) - RIM_THICK_MM


def _rim(spec: FrameSpec, high: float, low: float) -> tuple[Loop, Loop]:
    """Return a rim from a floor's underside down to `low`, as steep as prints in the air, (y, z).

    The second loop is what closes the gap behind it, at its ends. A duct that stands on the rim
    finds a foot as thick as its own skin.
    """
    slope = math.tan(math.radians(RIM_DEG))
    footed = spec.fan is not None and low < spec.low_mm
    end = spec.end_mm if footed else spec.end_mm - SHY_MM
    high, foot = high + SUNK_MM, SKIN_MM + SUNK_MM if footed else 0.0
    run = (high - low) * slope
    front = [(end - run - RIM_THICK_MM, high), (end - RIM_THICK_MM, low), (end, low)]
    back = [(end, low + foot)] if footed else []
    return polygon([*front, *back, (end - run + foot * slope, high)]), polygon(
        [*front, (end, high)]
    )
