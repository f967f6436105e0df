"""A wall of fans behind a frame: a plate of its own, screwed to a closed duct behind the sleds."""

import math
from dataclasses import replace

from catalog.models import Fan
from mounts.geometry.flat import ROOF_DEG, Point, circle, polygon, polygon_r, rectangle
from mounts.geometry.sheet import Body, Sheet, joined
from mounts.part import Hardware, Part
from mounts.parts import fan_bosses
from mounts.parts.frame_spec import FAN_WALL_MM, FrameSpec

SKIN_MM = 1.2  # of the duct: three lines; it carries nothing but the wall
BOSS_MM = 8.0
BORE_MM = 2.5  # core of a self-tapping M3
PASS_MM = 3.4  # M3, normal fit, ISO 273
OVERLAP_MM = 0.5
FAN_HOLE_MM = 4.3  # where the catalogue is silent; all fans that it knows have 4.3
FAN_WEB_MM = 1.8  # between a fan's opening and its screw holes
BEARS = "it bears the frame: the fans' screws along its edges go on into floor and roof"


def duct(spec: FrameSpec) -> list[Sheet]:
    """Return what a frame gains behind its box: a duct with four bosses at its end."""
    if spec.fan is None:
        return []
    half, low, high = spec.outer_mm, spec.bottom_mm, spec.top_mm
    # No thicker than the box's own floor and roof: boards end in the duct.
    flat = min(SKIN_MM, spec.flat_mm)
    # Sleds on edge stand on the floor, which goes on to what bears it.
    floor = spec.flat_mm if spec.fan_bears and spec.all_turned else flat
    inside = rectangle((-half + SKIN_MM, low + floor), (half - SKIN_MM, high - flat), 1.0)
    # Below it may stand on a rim as wide as the box, whose corners are sharp.
    foot = 2.0 if spec.low_mm - low < 1e-6 else 0.6
    corners = [(-half, low, foot), (half, low, foot), (half, high, 2.0), (-half, high, 2.0)]
    tube = Sheet(
        "xz",
        polygon_r(corners),
        spec.end_mm - OVERLAP_MM,
        spec.back_mm,
        (inside,),
    )
    corners_of = [sheet for sx in (-1, 1) for sz in (-1, 1) for sheet in _boss(spec, sx, sz)]
    return [tube, *corners_of, *(fan_bosses.bosses(spec, FAN_WALL_MM) if spec.fan_bears else ())]


def bores(spec: FrameSpec) -> tuple[Sheet, ...]:
    """Return the core holes of the fans' screws that hold the wall to the frame."""
    return fan_bosses.bores(spec, FAN_WALL_MM) if spec.fan_bears else ()


def borne(part: Part, spec: FrameSpec) -> Part:
    """Return a frame with the wall of fans that bears it: they touch at their bosses.

    Args:
        part: the frame.
        spec: what it was made from.
    """
    tube = duct(spec)[0]
    short = replace(tube, end_mm=tube.end_mm - fan_bosses.PROUD_MM)
    own = tuple(short if sheet == tube else sheet for sheet in part.body.sheets)
    wall = fan_wall(spec)
    return replace(part, body=Body((*own, *wall.body.sheets), part.body.cuts))


def fan_wall(spec: FrameSpec) -> Part:
    """Return the wall: closed but for the fans' openings, so that air comes past the boards."""
    fan = spec.fan
    assert fan is not None  # the spec has seen to it
    half, low, high = spec.outer_mm, spec.bottom_mm, spec.top_mm
    opening = fan_opening_mm(fan)
    corners = fan.hole_pitch_mm / 2
    bearing = fan_bosses.places(spec) if spec.fan_bears else []
    holes = [circle(at, PASS_MM) for at in screw_places(spec)]
    for x, z in spec.fan_middles:
        holes.append(circle((x, z), opening))
        at = [(x + dx * corners, z + dz * corners) for dx in (-1, 1) for dz in (-1, 1)]
        wide = fan.hole_d_mm or FAN_HOLE_MM
        holes += [circle(one, PASS_MM if one in bearing else wide) for one in at]
    wall = Sheet(
        "xz",
        rectangle((-half, low), (half, high), 2.0),
        spec.back_mm,
        spec.back_mm + FAN_WALL_MM,
        tuple(holes),
    )
    count = len(spec.fan_middles)
    area = count * math.pi * opening**2 / 400
    return Part(
        name=spec.title,
        family="frame",
        body=joined([wall]),
        up="+y",
        hardware=(
            Hardware(f"fan {fan.id}", count, "behind the fan wall, blowing out of the rack"),
            *_fan_screws(spec, fan),
            Hardware("M3 x 10 pan-head screw for plastics", 4, "fan wall to frame"),
        ),
        notes=(
            f"{count} fans, {area:.1f} cm² open; closed elsewhere: air comes past the boards",
            *((BEARS,) if spec.fan_bears else ()),
        ),
    )


def _fan_screws(spec: FrameSpec, fan: Fan) -> list[Hardware]:
    """Return what holds the fans; along floor and roof it holds the wall to the frame too."""
    edge = len(fan_bosses.places(spec)) if spec.fan_bears else 0
    rest, found = 4 * len(spec.fan_middles) - edge, list[Hardware]()
    if edge:
        long = fan_bosses.long_mm(spec, FAN_WALL_MM)
        what = f"M3 x {long:g} screw with washer"
        found.append(Hardware(what, edge, "through fan and wall into floor and roof"))
    if rest:
        long = math.ceil(fan.thickness_mm + FAN_WALL_MM + 4)
        found.append(Hardware(f"M4 x {long} screw with nut", rest, "fan to wall"))
    return found


def fan_opening_mm(fan: Fan) -> float:
    """Return the diameter of a fan's opening: its own, but clear of its screws."""
    clear = fan.hole_pitch_mm * math.sqrt(2) - (fan.hole_d_mm or FAN_HOLE_MM) - 2 * FAN_WEB_MM
    return min(fan.size_mm - 3.0, clear)


def screw_places(spec: FrameSpec) -> list[Point]:
    """Return where the wall's screws are: the middles of the bosses."""
    inset = SKIN_MM + BOSS_MM / 2
    return [
        (sx * (spec.outer_mm - inset), z)
        for sx in (-1, 1)
        for z in (spec.bottom_mm + inset, spec.top_mm - inset)
    ]


def _boss(spec: FrameSpec, sx: int, sz: int) -> list[Sheet]:
    """A square boss in a corner of the duct, and the slope that it grows from."""
    wall = sx * (spec.outer_mm - SKIN_MM + OVERLAP_MM)
    tip = sx * (spec.outer_mm - SKIN_MM - BOSS_MM)
    edge = spec.top_mm if sz > 0 else spec.bottom_mm
    near, far = edge - sz * (SKIN_MM - OVERLAP_MM), edge - sz * (SKIN_MM + BOSS_MM)
    low, high = min(near, far), max(near, far)
    start = spec.back_mm - BOSS_MM
    rise = abs(wall - tip) * math.tan(math.radians(ROOF_DEG))
    slope = [(wall, start - rise), (wall, start), (tip, start)]
    screw = next(p for p in screw_places(spec) if p[0] * sx > 0 and low < p[1] < high)
    square = rectangle((min(wall, tip), low), (max(wall, tip), high))
    return [
        Sheet("xy", polygon(slope), low, high),
        Sheet(
            "xz", square, start, spec.back_mm, (circle(screw, BORE_MM + spec.calibration.screw_mm),)
        ),
    ]
