"""The frame that takes sleds: a panel and a box with grooves, printed standing on its face."""

import math
from dataclasses import replace
from itertools import pairwise

from mounts import labstack, panel
from mounts.geometry.flat import ROOF_DEG, Loop, Point, circle, polygon, rectangle
from mounts.geometry.sheet import Body, Sheet
from mounts.geometry.vents import Perforation
from mounts.part import Hardware, Part, Room, part
from mounts.parts import fan_bosses, frame_bearing, frame_rim, frame_spine
from mounts.parts.fan_wall import bores, duct, fan_wall
from mounts.parts.frame_bar import bar_bought, bar_slots, behind_grooves
from mounts.parts.frame_bays import Bay, Group, span_mm
from mounts.parts.frame_catch import catch_bands, catches
from mounts.parts.frame_spec import FrameSpec
from mounts.parts.sled_sides import GROOVE_MM, RIB_MM, Side
from mounts.sag import TOLD_MM

GUSSET_MM = 2.4
THIN_MM = 1.6  # floors and roofs thinner than this are drawn with care
WINDOW_EDGE_MM = 1.2  # floor left beside a groove's rib
WINDOW_END_MM = 2.0
SUNK_MM = 0.4  # how far what fills room between grooves reaches into what is round it
MODULE_SCREWS = Hardware("M3 x 10 screw, nut or insert as the bracket's", 4, "module to bracket")


@part("frame", FrameSpec, takes="board")
def frame(spec: FrameSpec) -> Part:
    """A frame for a row of sleds: one box, everything in it drawn along the print direction.

    on edge                              flat
    +--+--------------------+--+         +--+--------------------+--+
    |= | |_| |_| |_| |_| |_|| =|         |= |      |      |      | =|
    |  |  _   _   _   _   _ |  |         |  |[_  _]|[_  _]|[_  _]|  |
    |= | | | | | | | | | | || =|         |= |[____]|[____]|[____]| =|
    +--+--------------------+--+         +--+--------------------+--+
    """
    if spec.piece == "fan-wall":
        return fan_wall(spec)
    if spec.piece == "spine":
        return frame_spine.spine(spec)
    bays = _rooms(spec)
    half, low, high = spec.outer_mm, spec.low_mm, spec.high_mm
    edge = rectangle((-half, low), (half, high), 2.0)
    box = [Sheet("xz", edge, spec.panel_mm - 0.5, spec.guide_mm, bays)]
    if spec.barred:  # past the grooves its walls are flat
        low, high = spec.inside_z_mm
        spans = [span_mm(group) for group in spec.groups]
        plain = tuple(rectangle((left, low), (right, high)) for left, right in spans)
        box.append(Sheet("xz", edge, spec.guide_mm - 0.5, spec.end_mm, plain))
    sheets = [
        *_front(spec, bays),
        *box,
        *frame_rim.rims(spec),
        *duct(spec),
        *frame_spine.tail(spec),
    ]
    return Part(
        name=spec.title,
        family="frame",
        body=Body(tuple(sheets), (*frame_spine.bores(spec), *bores(spec))),
        up="+y",
        perforations=(
            *catches(spec),
            *bar_slots(spec, [span for span, _ in _walls(spec)]),
            *(_vents(spec) if spec.vents else ()),
        ),
        hardware=(
            panel.rack_screws(spec) if spec.opening == "rack" else MODULE_SCREWS,
            *bar_bought(spec),
        ),
        panel=panel.claim(spec) if spec.opening == "rack" else None,
        notes=_notes(spec),
        spare=_spare(spec),
    )


def _spare(spec: FrameSpec) -> tuple[Room, ...]:
    """Return the room between the grooves, as high as they are: boards end over it."""
    high = GROOVE_MM - spec.slide_mm
    found: list[Room] = []
    for a, b in _strips(spec, turned=True):
        for z0, z1 in (
            (spec.inside_low_mm - SUNK_MM, spec.inside_low_mm + high),
            (spec.inside_high_mm - high, spec.inside_high_mm + SUNK_MM),
        ):
            found.append(((a - SUNK_MM, 0.0, z0), (b + SUNK_MM, spec.end_mm, z1)))
    return tuple(found)


def _front(spec: FrameSpec, bays: tuple[Loop, ...]) -> list[Sheet]:
    """The panel with its gussets, or the flange of a module for a LabStack bracket."""
    if spec.opening == "rack":
        gussets = panel.ear_gussets(spec, spec.outer_mm, _levels(spec), _reach(spec))
        if spec.strip_mm:
            bays = tuple(_flat_bay(spec, bay, spec.strip_mm) for bay in spec.bays)
        plate = panel.sheet(spec, bays)
        if spec.flat_mm < THIN_MM:  # a broken edge would leave a line on the bed
            plate = replace(plate, broken_edge_mm=0.0)
        return [plate, *gussets]
    half, middle = labstack.FLANGE_MM / 2, (spec.bottom_mm + spec.top_mm) / 2
    edge = rectangle((-half, spec.bottom_mm), (half, spec.top_mm), panel.CORNER_MM)
    holes = tuple(circle(at, labstack.PASS_MM) for at in labstack.screws((0.0, middle)))
    return [Sheet("xz", edge, 0.0, spec.panel_mm, (*bays, *holes), panel.BROKEN_EDGE_MM)]


def _notes(spec: FrameSpec) -> tuple[str, ...]:
    kinds = zip(spec.kinds, spec.counts, strict=True)
    takes = " and ".join(f"{each} of {sled.sled_title}" for sled, (each, _) in kinds)
    takes = f"takes {takes}"
    if spec.opening == "labstack":
        return takes, "LabStack's opening as in its 19-inch bracket; measure a 10-inch one first"
    found = [takes]
    kg = f"{spec.load_g / 1000:.2f} kg"
    if spec.barred:
        text = (
            f"{kg} sag by about {spec.sag_mm:.1f} mm on a steel bar behind the sleds: lay the frame"
        )
        found.append(f"{text} on its face, push the bar through and glue it in every wall")
    elif spec.fan_bears:
        far = f"{kg} sag by about {spec.sag_mm:.1f} mm"
        text = f"{far} once the fans' screws hold the wall of fans to floor and roof"
        more = "; rest it on rails, a shelf or the module below, or take fewer sleds"
        found.append(text + (more if spec.sag_mm > TOLD_MM else ""))
    elif spec.sag_mm > TOLD_MM:
        why = "" if spec.all_turned or spec.strip_mm else ", for no strip of panel bears its floors"
        far = f"{kg} sag by about {spec.sag_mm:.1f} mm in the middle{why}"
        found.append(f"{far}: rest it on rails, a shelf or the module below, or take fewer sleds")
    if spec.count is None and spec.usual < spec.most:
        walls = "walls between them bear the floor"
        found.append(f"{spec.most} of them have room; with {spec.usual} {walls}")
    if spec.rows > 1:
        deep = f"{spec.least_between_mm:.0f} mm"
        found.append(f"two of these, on front and rear posts that stand {deep} apart at least")
    return tuple(found)


def _rooms(spec: FrameSpec) -> tuple[Loop, ...]:
    """Return the openings of the box, from left to right."""
    return tuple(
        _row_on_edge(spec, group) if group[0].turned else _flat_bay(spec, group[0])
        for group in spec.groups
    )


def _row_on_edge(spec: FrameSpec, group: Group) -> Loop:
    """One opening with ribs from below and above; each pair of ribs holds a plate's edge."""
    low, high, (left, right) = spec.inside_low_mm, spec.inside_high_mm, span_mm(group)
    floor: list[Point] = []
    for bay in group:
        x = bay.plate_mm
        floor += _rib(x - spec.slide_mm - RIB_MM, x - spec.slide_mm, left)
        floor += _rib(
            x + spec.plate_mm + spec.slide_mm, x + spec.plate_mm + spec.slide_mm + RIB_MM, left
        )
    below = [(left, low), *((x, low + z) for x, z in floor), (right, low)]
    above = [(x, low + high - z) for x, z in reversed(below)]
    return polygon(_clean([*below, *above]))


def _rib(start: float, end: float, wall: float) -> list[Point]:
    """Return a rib's outline over the floor, or nothing where the wall itself takes its place."""
    if start <= wall + 1e-6:
        return []
    return [(start, 0.0), (start, GROOVE_MM), (end, GROOVE_MM), (end, 0.0)]


def _flat_bay(spec: FrameSpec, bay: Bay, strip_mm: float = 0.0) -> Loop:
    """One opening with a groove at both sides for each layer, the lowest just over the floor."""
    middle, high = bay.middle_mm, spec.inside_high_mm - strip_mm
    left, right = bay.sled.sides
    points = [
        *_bay_side(spec, bay, right, high),
        *((-x, z) for x, z in reversed(_bay_side(spec, bay, left, high))),
    ]
    return polygon([(x + middle, z) for x, z in points])


def _bay_side(spec: FrameSpec, bay: Bay, side: Side, high_mm: float) -> list[Point]:
    """Return the right side of a bay round x = 0, from floor to roof or the strip below it."""
    wall = bay.sled.plate_across_mm / 2 + spec.slide_mm
    found: list[Point] = [(wall, spec.inside_low_mm)]
    for layer in range(bay.sled.layers):
        low = bay.low_mm(layer, spec.inside_low_mm) - spec.slide_mm
        lip = low + spec.plate_mm + 2 * spec.slide_mm
        found += _ledge(wall, (low - RIB_MM, low), side.ledge_mm) if layer else []
        found += _ledge(wall, (lip, lip + side.thick_mm), side.lip_mm)
    return [*found, (wall, high_mm)]


def _ledge(wall: float, span: tuple[float, float], deep: float) -> list[Point]:
    """Return a ledge that stands out of a bay's right wall, from below."""
    low, high = span
    return [(wall, low), (wall - deep, low), (wall - deep, high), (wall, high)]


def _clean(points: list[Point]) -> list[Point]:
    """Drop points that repeat the one before."""
    return [p for i, p in enumerate(points) if p != points[i - 1]]


def _vents(spec: FrameSpec) -> tuple[Perforation, ...]:
    """Openings in floor, roof and walls, clear of grooves and catches."""
    grid = frame_spine.grid(spec)
    floor, roof = (spec.low_mm, spec.inside_low_mm), (spec.inside_high_mm, spec.high_mm)
    slabs = (
        (floor, frame_rim.start_mm(spec, frame_rim.under_mm(spec))),
        (roof, frame_rim.start_mm(spec, frame_rim.over_mm(spec))),
    )
    found: list[Perforation] = []
    banded = frame_bearing.banded(spec)
    for low, high in () if spec.closed else _strips(spec):
        for slab, end in slabs:
            for reach in frame_bearing.vented_mm(spec, end):
                found += (
                    _window((low, high), slab, reach)
                    or grid.through("xy", slab, rectangle((low, reach[0]), (high, reach[1])))
                    or (_window(_narrowed((low, high), reach), slab, reach) if banded else ())
                )
    for wall, beside in _walls(spec):
        clear = [*_gusset_bands(spec), *catch_bands(spec, beside)]
        for low, high in _between_ledges(spec, beside):
            side = rectangle((spec.panel_mm, low), (spec.guide_mm, high))
            found += grid.through("yz", wall, side, clear)
        found += behind_grooves(spec, wall)
    if spec.fan_bears:
        found += fan_bosses.wall_vents(spec, grid)
    return *found, *frame_spine.tail_vents(spec)


def _between_ledges(spec: FrameSpec, beside: Group) -> list[tuple[float, float]]:
    """Return the spans of z in which a wall between bays is flat at both sides."""
    spans = [(spec.inside_low_mm, spec.inside_high_mm)]
    for bay in beside:
        if bay.turned:
            continue
        sled, slide = bay.sled, spec.slide_mm
        thick = max(side.thick_mm for side in sled.sides)
        lows = [bay.low_mm(layer, spec.inside_low_mm) for layer in range(sled.layers)]
        lips = [low + sled.plate_mm + slide + thick for low in lows]
        ends = [*(low - slide - RIB_MM for low in lows[1:]), spec.inside_high_mm]
        free = list(zip(lips, ends, strict=True))
        spans = [(max(a, c), min(b, d)) for a, b in spans for c, d in free if max(a, c) < min(b, d)]
    return spans


def _window(
    strip: tuple[float, float], slab: tuple[float, float], reach: tuple[float, float]
) -> tuple[Perforation, ...]:
    """One long opening, pointed at both ends, where the strip between two grooves is narrow."""
    half = (strip[1] - strip[0]) / 2 - WINDOW_EDGE_MM
    length = reach[1] - reach[0] - 2 * WINDOW_END_MM
    straight = length / 2 - half * math.tan(math.radians(ROOF_DEG))
    if half < 2.0 or straight < half:
        return ()
    tip = length / 2
    right = [(half, -straight), (half, straight), (0.0, tip)]
    cell = (*right, *((-x, -y) for x, y in right))
    middle = sum(strip) / 2, sum(reach) / 2
    return (Perforation("xy", slab[0], slab[1], cell, (middle,)),)


def _narrowed(strip: tuple[float, float], reach: tuple[float, float]) -> tuple[float, float]:
    """Return a strip no wider than a window of that length is."""
    long, middle = reach[1] - reach[0] - 2 * WINDOW_END_MM, sum(strip) / 2
    half = long / 2 / (1 + math.tan(math.radians(ROOF_DEG))) + WINDOW_EDGE_MM - 1e-6
    return max(strip[0], middle - half), min(strip[1], middle + half)


def _walls(spec: FrameSpec) -> list[tuple[tuple[float, float], Group]]:
    """Return the spans of x of all upright walls, each with the bays beside it."""
    outer, inner, groups = spec.outer_mm, spec.inner_mm, spec.groups
    first, last = groups[0][0], groups[-1][-1]
    shell = [((-outer, -inner), (first,)), ((inner, outer), (last,))]
    between = [((span_mm(a)[1], span_mm(b)[0]), (a[-1], b[0])) for a, b in pairwise(groups)]
    return [*shell, *between]


def _gusset_bands(spec: FrameSpec) -> list[Loop]:
    reach = spec.panel_mm + _reach(spec) + 1
    return [rectangle((0, low - 0.5), (reach, high + 0.5)) for low, high in _levels(spec)]


def _levels(spec: FrameSpec) -> tuple[tuple[float, float], ...]:
    """Return low and high z of the gussets: clear of the catches' slots, just inside the floor."""
    low, high = spec.low_mm, spec.high_mm
    if spec.flat_mm >= THIN_MM or spec.all_turned:
        thick = min(GUSSET_MM, spec.flat_mm)
        return (low, low + thick), (high - thick, high)
    over = spec.inside_low_mm + spec.plate_mm + 3 * spec.slide_mm
    return (over, over + GUSSET_MM), (high - GUSSET_MM, high)


def _reach(spec: FrameSpec) -> float:
    span = spec.standard.body_max_mm / 2 - spec.outer_mm
    return min(40.0, 0.8 * span, 0.5 * spec.depth_mm)


def _strips(spec: FrameSpec, *, turned: bool | None = None) -> list[tuple[float, float]]:
    """Return the spans of x, between grooves or walls, that vents may use.

    Args:
        spec: the frame.
        turned: only those beside sleds on edge, or only those of flat ones.
    """
    spans: list[tuple[float, float]] = []
    for group in spec.groups:
        if turned is not None and group[0].turned != turned:
            continue
        if not group[0].turned:
            spans += [(bay.left_mm, bay.right_mm) for bay in group]
            continue
        _, right = span_mm(group)
        ends = [*(bay.plate_mm - spec.slide_mm - RIB_MM for bay in group[1:]), right]
        for bay, end in zip(group, ends, strict=True):
            spans.append((bay.plate_mm + spec.plate_mm + spec.slide_mm + RIB_MM, end))
    return spans
