"""A shelf for cased devices: pushed in from behind, seen through the front."""

import math

from mounts import panel
from mounts.geometry.flat import ROOF_DEG, Loop, polygon, polygon_r, rectangle
from mounts.geometry.sheet import Sheet, joined
from mounts.geometry.vents import HexGrid, Perforation
from mounts.hardware import straps
from mounts.panel import Notch
from mounts.part import Hardware, Part, part
from mounts.parts import rear, shelf_ribs
from mounts.parts.deck import upright_slot
from mounts.parts.shelf_spec import FRONT_LIP_MM, MIN_BAR_MM, Bay, ShelfSpec

RIDGE_MM = (
    3.0  # the rear stop: half its length; sloped both ways, so that it prints without support
)
STRAP_WIDTH_MM = 10.0
STRAP_HIGH_MM = 3.2  # of its slot in a wall, where ribs leave the wall under the floor
SLOT_UNDER_MM = 0.4  # of wall between floor and slot
GUSSET_MM = 2.0
ROOF = math.tan(math.radians(ROOF_DEG))


@part("shelf", ShelfSpec, takes="box")
def shelf(spec: ShelfSpec) -> Part:
    r"""A shelf for any box: its whole face shows, it slides in from behind and is stopped there.

            panel                                     side view, front at the left
    +--+----------------+--+      ||''''--.__
    |= |   window       | =|      ||  o o o  ''--.__          y ->
    |= | (device front) | =|      ||  o o o  o o o  |/\____
    +--+----------------+--+      ||================'=======   floor, strap room under it

    Several boxes stand side by side, a wall between two:
    +--+--------+-----+--+        What would sag has walls as high at the rear as in front, and two
    |= | window | win | =|        brackets, parts of their own, reach from them to the rear posts.
    +--+--------+-----+--+
    """
    if spec.piece != "shelf":
        return rear.bracket(spec)
    windows, notches = fronts(spec)
    under, floor = spec.bottom_mm + spec.lift_mm, _floor(spec)
    sheets = [
        panel.sheet(spec, windows, notches),
        floor,
        *spec.cross_ribs.sheets(under, spec.outer_mm),
        _wall(spec, 1),
        _wall(spec, -1),
        *_dividers(spec),
        *(sheet for bay in spec.bays for sheet in _ridges(spec, bay)),
        *panel.ear_gussets(spec, spec.outer_mm, _levels(spec), _reach(spec)),
    ]
    bores = rear.bolt_holes(spec) if spec.braced else []
    return Part(
        name=spec.title,
        family="shelf",
        body=joined(sheets),
        up="+y",
        perforations=(*bores, *(_vents(spec) if spec.vents else ())),
        hardware=_hardware(spec),
        panel=panel.claim(spec),
        notes=_notes(spec),
        turned=tuple(spec.cross_ribs.turned(under, spec.outer_mm, spec.depth_mm, floor.holes)),
    )


def _hardware(spec: ShelfSpec) -> tuple[Hardware, ...]:
    held = "device" if len(spec.boxes) == 1 else "devices"
    tie = straps("hook-and-loop strap or cable tie, 10 mm wide at most", 1, f"holds the {held}")
    ties = (tie,) if spec.lift_mm else ()
    return (panel.rack_screws(spec), *ties, *(rear.fasteners(spec) if spec.braced else ()))


def _notes(spec: ShelfSpec) -> tuple[str, ...]:
    found = list(rear.notes(spec, spec.carried, shelf_ribs.cure(spec)))
    if not spec.lift_mm:
        found.append(
            "no room for a strap under the floor: the device is held by front and stop only"
        )
    found += [
        f"the size of {box.id} is recalled, not measured: measure yours first"
        for box in {box.id: box for box in spec.boxes}.values()
        if box.confidence.get("case") in {"low", "none"}
    ]
    return tuple(found)


def fronts(spec: ShelfSpec) -> tuple[tuple[Loop, ...], tuple[Notch, ...]]:
    """Return the panel's windows for the boxes' faces, and notches where no bar fits over one."""
    windows: list[Loop] = []
    notches: list[Notch] = []
    for bay in spec.bays:
        x, half = bay.middle_mm, bay.device.case.width_mm / 2 - FRONT_LIP_MM
        low = spec.floor_top_mm + FRONT_LIP_MM
        high = spec.floor_top_mm + bay.device.case.height_mm - FRONT_LIP_MM
        if spec.top_mm - high >= MIN_BAR_MM:
            windows.append(rectangle((x - half, low), (x + half, high), 2.0))
        else:
            notches.append(Notch(x - half, x + half, low))
    return tuple(windows), tuple(notches)


def _levels(spec: ShelfSpec) -> tuple[tuple[float, float], ...]:
    low, high = spec.bottom_mm, spec.wall_top_mm
    lower = (low, low + GUSSET_MM)
    return (lower,) if high - low < 20 else (lower, (high - GUSSET_MM, high))


def _reach(spec: ShelfSpec) -> float:
    return spec.gusset_mm


def _floor(spec: ShelfSpec) -> Sheet:
    half = spec.outer_mm - 0.5  # ends inside the walls
    low = spec.bottom_mm + spec.lift_mm
    edge = rectangle((-half, spec.panel_mm - 0.5), (half, spec.depth_mm))
    slots = tuple(slot for bay in spec.bays for slot in _tie_slots(bay))
    return Sheet("xy", edge, low, low + spec.floor_mm, slots)


def _tie_slots(bay: Bay) -> tuple[Loop, ...]:
    """Pairs of slots behind a stop: a cable tie goes down one and up the other."""
    width = bay.device.case.width_mm
    groups = (-0.3 * width, 0.3 * width) if width < 130 else (-0.33 * width, 0.0, 0.33 * width)
    x, y = bay.middle_mm, bay.stop_mm + 2 * RIDGE_MM + 4.5
    return tuple(_tie_slot(x + at + dx, y) for at in groups for dx in (-5.0, 5.0))


def _tie_slot(x: float, y: float) -> Loop:
    """A slot for a 2.5 mm cable tie, its end towards the top of the print pointed."""
    peak = 1.25 * ROOF
    return polygon(
        [
            (x - 1.25, y - 2.5),
            (x + 1.25, y - 2.5),
            (x + 1.25, y + 2.0),
            (x, y + 2.0 + peak),
            (x - 1.25, y + 2.0),
        ]
    )


def _rear_top(spec: ShelfSpec) -> float:
    """Upper edge of the walls at the rear, z: brackets want all of it."""
    tall = spec.device_top_mm - spec.floor_top_mm
    low = min(spec.wall_top_mm, spec.floor_top_mm + max(6.0, 0.4 * tall))
    return spec.wall_top_mm if spec.braced else low


def _wall(spec: ShelfSpec, side: int) -> Sheet:
    low = spec.bottom_mm
    foot: list[tuple[float, float, float]] = []
    ribbed = bool(spec.cross_ribs.ends_mm)
    for y in spec.straps_mm if spec.lift_mm and not ribbed else ():
        foot += [
            (y - STRAP_WIDTH_MM / 2, low, 0.0),
            (y - STRAP_WIDTH_MM / 2, low + spec.lift_mm, 0.0),
            (y + STRAP_WIDTH_MM / 2, low + spec.lift_mm, 0.0),
            (y + STRAP_WIDTH_MM / 2 + ROOF * spec.lift_mm, low, 0.0),
        ]
    slots = tuple(_strap_slot(spec, y) for y in sorted(set(spec.straps_mm))) if ribbed else ()
    x = sorted((side * spec.inner_mm, side * spec.outer_mm))
    return Sheet("yz", _wall_edge(spec, low, foot), x[0], x[1], slots)


def _strap_slot(spec: ShelfSpec, y: float) -> Loop:
    """A slot for a strap through a wall, just under the floor, (y, z); pointed where it is up."""
    z = spec.bottom_mm + spec.lift_mm - SLOT_UNDER_MM - STRAP_HIGH_MM / 2
    half = STRAP_WIDTH_MM / 2 + 1.5  # its corners are round
    drawn = upright_slot((-STRAP_HIGH_MM / 2, -half), (STRAP_HIGH_MM / 2, half))
    return Loop(tuple((y + b, z + a) for a, b in reversed(drawn.points)), drawn.radii[::-1])


def _wall_edge(spec: ShelfSpec, low: float, foot: list[tuple[float, float, float]]) -> Loop:
    top, back = spec.wall_top_mm, _rear_top(spec)
    flat = spec.panel_mm + max(_reach(spec), 0.35 * spec.deepest_mm)
    shoulder = [(flat, top, 8.0)] if top - back > 1.0 else []
    return polygon_r(
        [
            (spec.panel_mm - 0.5, low, 0.0),
            *foot,
            (spec.depth_mm, low, 0.0),
            (spec.depth_mm, back, 3.0),
            *shoulder,
            (spec.panel_mm - 0.5, top, 0.0),
        ]
    )


def _dividers(spec: ShelfSpec) -> list[Sheet]:
    """Walls between two boxes; they end at the floor's underside: straps pass under them."""
    edge = _wall_edge(spec, spec.bottom_mm + spec.lift_mm, [])
    return [Sheet("yz", edge, bay.right_mm, bay.right_mm + spec.wall_mm) for bay in spec.bays[:-1]]


def _ridges(spec: ShelfSpec, bay: Bay) -> tuple[Sheet, ...]:
    """The rear stop, at both sides only: cables and air pass between."""
    y, z = bay.stop_mm, spec.floor_top_mm
    profile = polygon([(y, z), (y + RIDGE_MM, z + 0.75 * RIDGE_MM), (y + 2 * RIDGE_MM, z)])
    # Sunk into the floor by a little, so that they are one body.
    sunk = polygon([*profile.points, (y + 2 * RIDGE_MM, z - 0.5), (y, z - 0.5)])
    length = 0.22 * bay.device.case.width_mm
    return (
        Sheet("yz", sunk, bay.left_mm - 0.5, bay.left_mm + length),
        Sheet("yz", sunk, bay.right_mm - length, bay.right_mm + 0.5),
    )


def _vents(spec: ShelfSpec) -> tuple[Perforation, ...]:
    grid, back = spec.grid, spec.panel_mm
    low = spec.bottom_mm + spec.lift_mm
    found: list[Perforation] = []
    for bay in spec.bays:
        floor = rectangle((bay.left_mm, back), (bay.right_mm, bay.stop_mm))
        ribs = spec.cross_ribs.kept(spec.outer_mm)
        found += grid.through("xy", (low, low + spec.floor_mm), floor, ribs)
    found += _wall_vents(spec, grid)
    if spec.standard.body_max_mm / 2 - spec.outer_mm > 20:
        bands = [(a - 1, b + 1) for a, b in _levels(spec)]
        for side in (-1, 1):
            x = sorted((side * spec.outer_mm, side * spec.standard.body_max_mm / 2))
            region = rectangle((x[0], spec.bottom_mm), (x[1], spec.top_mm))
            clear = [rectangle((x[0] - 1, a), (x[1] + 1, b)) for a, b in bands]
            found += grid.through("xz", (0.0, back), region, clear)
    return tuple(found)


def _wall_vents(spec: ShelfSpec, grid: HexGrid) -> list[Perforation]:
    """Hexagons in all walls, clear of floor, stops, gussets and bolts."""
    reach, low, high = spec.panel_mm + _reach(spec), spec.floor_top_mm, spec.wall_top_mm
    stops = sorted({bay.stop_mm for bay in spec.bays})
    clear = [
        rectangle((-1, spec.bottom_mm - 1), (spec.depth_mm + 1, low)),
        rectangle((stops[-1] - 1, low - 1), (spec.depth_mm + 1, high + 1)),
        *(rectangle((y - 1, low - 1), (y + 2 * RIDGE_MM + 1, low + 4)) for y in stops[:-1]),
        *(rectangle((0, a - 0.5), (reach, b + 0.5)) for a, b in _levels(spec)),
        rectangle((-1, low - 1), (spec.panel_mm, high + 1)),
        *(rear.bolt_rooms(spec) if spec.braced else ()),
    ]
    walls = [_wall(spec, -1), _wall(spec, 1), *_dividers(spec)]
    return [
        hole
        for wall in walls
        for hole in grid.through("yz", (wall.start_mm, wall.end_mm), wall.outline, clear)
    ]
