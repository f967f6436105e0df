"""A stack of boards on standoffs: base, top, printed spacers, and a bracket for each fan."""

import math
from itertools import pairwise

from mounts.board import HOLE_CLEAR_MM, Block
from mounts.geometry.flat import Loop, Point, circle, polygon, polygon_r, rectangle, slot
from mounts.geometry.sheet import Sheet, joined
from mounts.geometry.vents import HexGrid, Perforation
from mounts.hardware import bolted, nuts, screws
from mounts.part import Hardware, Part, part
from mounts.parts.stack_spec import (
    ACROSS_CORNERS,
    BRACKET_MM,
    HEAD_MM,
    METAL_MM,
    StackSpec,
)

STEP_MM = 0.2  # a layer: a pocket's roof closes to the bore in steps that are each a bridge
BOSS_MM = 10.0
FAN_SCREW_MM = 3.4  # M3, normal fit
BAR_MM = 9.0  # bars of the bracket
TAB_MM = 13.0  # ears of the base, outside the board
TAB_WIDTH_MM = 24.0
SHELF_SLOT_MM = (12.0, 4.5)  # M4, normal fit
RIM_MM = 3.0


@part("stack", StackSpec, takes="board")
def stack(spec: StackSpec) -> Part:
    r"""A stack of boards on standoffs: base, top, spacers, fan brackets.

    front, two boards of five             base from above        fan bracket from above

      ==================== top              _           _          +--+          +--+
       I  ____________  I                  |=|---------|=|         |o |__________| o|
       I--[   fan    ]--I  bracket         | o         o |         |  : o .--. o :  |
       I      sink      I                  |  hexagons   |         |  :  (    )  :  |
       I================I  board           |             |         |  : o '--' o :  |
       I  ____________  I                  | o         o |         |o |''''''''''| o|
       I--[   fan    ]--I                  |=|---------|=|         +--+          +--+
       I      sink      I                   '           '
       I================I  board          '=' slots for M4: to a rack shelf
    ==#==================#== base, nuts sunk into its underside
    """
    make = {"plate": _base, "top": _top, "spacer": _spacer, "fan-bracket": _bracket}
    sheets, vents = make[spec.piece](spec)
    return Part(
        name=spec.title,
        family="stack",
        body=joined(sheets),
        up="+z",
        perforations=vents,
        hardware=_hardware(spec) if spec.piece == "plate" else (),
        notes=_notes(spec) if spec.piece == "plate" else (),
    )


def stack_size_mm(spec: StackSpec) -> tuple[float, float, float]:
    """Return width, depth and height over plates and ears, without what is plugged in, mm."""
    seat, ears = spec.seat, 2 * TAB_MM
    wide, deep = seat.across_mm + 2 * RIM_MM, seat.deep_mm + 2 * RIM_MM
    wide, deep = (wide + ears, deep) if tabs_along_x(spec) else (wide, deep + ears)
    return wide, deep, spec.top_mm + spec.floor_mm


Drawn = tuple[list[Sheet], tuple[Perforation, ...]]


def _plate_outline(spec: StackSpec) -> Loop:
    seat = spec.seat
    half = seat.across_mm / 2 + RIM_MM
    return rectangle((-half, -RIM_MM), (half, seat.deep_mm + RIM_MM), 4.0)


def _base(spec: StackSpec) -> Drawn:
    bore, holes = _bore(spec), spec.board_holes
    drills = tuple(circle(at, bore) for at in holes)
    slots = _shelf_slots(spec)
    pocket = _pocket_mm(spec)
    pockets = tuple(_nut(at, _nut_mm(spec)) for at in holes)
    sheets = [
        Sheet("xy", _plate_outline(spec), 0.0, pocket, pockets),
        *_closing(spec, pocket),
        Sheet("xy", _plate_outline(spec), pocket + 2 * STEP_MM, spec.floor_mm, drills),
        *(
            Sheet("xy", circle(at, BOSS_MM), spec.floor_mm - 0.5, spec.boss_top_mm, (drill,))
            for at, drill in zip(holes, drills, strict=True)
        ),
        *(Sheet("xy", tab, 0.0, spec.floor_mm, (hole,)) for tab, hole in slots),
    ]
    if not spec.vents:
        return sheets, ()
    clear = [*(circle(at, BOSS_MM) for at in holes), *(hole for _, hole in slots)]
    region = _plate_outline(spec)
    # The plate is drawn in layers, joined into one: its faces are at 0 and at its top.
    return sheets, HexGrid().through("xy", (0.0, spec.floor_mm), region, clear)


def _closing(spec: StackSpec, low: float) -> tuple[Sheet, Sheet]:
    """Return the two layers over the nuts' pockets.

    A ring cannot be printed in the air. First a slot as wide as the bore is left between two
    bridges, then a square between two more; the round bore stands on that.
    """
    half, flats = _bore(spec) / 2, _nut_mm(spec) / 2
    found: list[Sheet] = []
    for step, reach in enumerate((flats, half)):
        holes = tuple(
            rectangle((x - reach, y - half), (x + reach, y + half)) for x, y in spec.board_holes
        )
        start = low + step * STEP_MM
        found.append(Sheet("xy", _plate_outline(spec), start, start + STEP_MM, holes))
    return found[0], found[1]


def _thread(spec: StackSpec) -> str:
    return spec.screw.thread if spec.screw else ""


def _bore(spec: StackSpec) -> float:
    return spec.screw.normal_mm if spec.screw else 0.0


def _nut_mm(spec: StackSpec) -> float:
    """Return how wide a nut's pocket is over its flats: the nut is pressed in and stays."""
    return METAL_MM[_thread(spec)][2] + 2 * spec.calibration.press_mm


def _pocket_mm(spec: StackSpec) -> float:
    """Return how deep the nuts are sunk: flush, and a layer more."""
    return METAL_MM[_thread(spec)][3] + 0.2


def _nut(at: Point, flats: float) -> Loop:
    radius = flats / 2 * ACROSS_CORNERS
    turns = [math.radians(60 * k + 30) for k in range(6)]
    return polygon([(at[0] + radius * math.cos(t), at[1] + radius * math.sin(t)) for t in turns])


def tabs_along_x(spec: StackSpec) -> bool:
    """Return whether the base's ears stand out in x: at the two sides with fewer ports."""
    area = {"x": 0.0, "y": 0.0}
    for side, axis in (("left", "x"), ("right", "x"), ("front", "y"), ("rear", "y")):
        for _, port in spec.seat.ports(side):
            area[axis] += (port.width_mm or 0.0) * (port.height_mm or 0.0)
    return area["x"] <= area["y"]


def _shelf_slots(spec: StackSpec) -> list[tuple[Loop, Loop]]:
    """Return the four ears of the base, each with its slot."""
    seat, along = spec.seat, tabs_along_x(spec)
    half, deep = seat.across_mm / 2, seat.deep_mm
    found: list[tuple[Loop, Loop]] = []
    for far in (False, True):
        for last in (False, True):
            if along:
                x = (half + RIM_MM) * (1 if far else -1)
                y = deep - TAB_WIDTH_MM / 2 if last else TAB_WIDTH_MM / 2
                dx, dy = TAB_MM * (1 if far else -1), 0.0
            else:
                x = (half - TAB_WIDTH_MM / 2) * (1 if last else -1)
                y = deep + RIM_MM if far else -RIM_MM
                dx, dy = 0.0, TAB_MM * (1 if far else -1)
            found.append((_tab((x, y), (dx, dy)), _tab_slot((x, y), (dx, dy))))
    return found


def shelf_screws(spec: StackSpec) -> list[Point]:
    """Return the middles of the slots for the screws that hold the base, (x, y)."""
    ends = [zip(*hole.points, strict=True) for _, hole in _shelf_slots(spec)]
    middles = [tuple((min(axis) + max(axis)) / 2 for axis in one) for one in ends]
    return [(x, y) for x, y in middles]


def _tab(root: Point, way: Point) -> Loop:
    wide, inner = TAB_WIDTH_MM / 2, 1.0  # a little into the plate, short of its holes
    (x, y), (dx, dy) = root, way
    if dx:
        sign = 1 if dx > 0 else -1
        points = [(x - sign * inner, y - wide, 0.0), (x + dx, y - wide, 4.0)]
        points += [(x + dx, y + wide, 4.0), (x - sign * inner, y + wide, 0.0)]
    else:
        sign = 1 if dy > 0 else -1
        points = [(x - wide, y - sign * inner, 0.0), (x - wide, y + dy, 4.0)]
        points += [(x + wide, y + dy, 4.0), (x + wide, y - sign * inner, 0.0)]
    return polygon_r(points)


def _tab_slot(root: Point, way: Point) -> Loop:
    """Along the board's edge, so that the stack can be shifted there."""
    length, width = SHELF_SLOT_MM
    x, y = root[0] + 0.5 * way[0], root[1] + 0.5 * way[1]
    return slot((x, y), width, length) if way[0] else slot((x, y), length, width)


def _top(spec: StackSpec) -> Drawn:
    low, high = spec.top_mm, spec.top_mm + spec.floor_mm
    holes = tuple(circle(at, _bore(spec)) for at in spec.board_holes)
    sheets = [Sheet("xy", _plate_outline(spec), low, high, holes)]
    clear = [circle(at, BOSS_MM) for at in spec.board_holes]
    vents = HexGrid().through("xy", (low, high), _plate_outline(spec), clear) if spec.vents else ()
    return sheets, vents


def _spacer(spec: StackSpec) -> Drawn:
    at = spec.board_holes[0]
    on_board = spec.under_mm(0) + spec.device.board.thickness_mm
    low, long = {
        "foot": (spec.boss_top_mm, spec.foot_mm),
        "board": (on_board, spec.over_mm),
        "bracket": (on_board + spec.over_mm + BRACKET_MM, spec.upper_mm),
    }[spec.spacer_on]
    bore = circle(at, _bore(spec))
    return [Sheet("xy", circle(at, spec.pillar_mm), low, low + long, (bore,))], ()


def _bracket(spec: StackSpec) -> Drawn:
    assert spec.fan is not None
    low = bracket_low_mm(spec)
    x, y = spec.cooled_at
    pitch, size = spec.fan.hole_pitch_mm / 2, spec.fan.size_mm
    drills = [circle(at, _bore(spec)) for at in spec.board_holes]
    drills += [
        circle((x + sx * pitch, y + sy * pitch), FAN_SCREW_MM) for sx in (-1, 1) for sy in (-1, 1)
    ]
    outline, beside = _bracket_outline(spec)
    mouth = circle((x, y), size - 2.0)
    sheet = Sheet("xy", outline, low, low + BRACKET_MM, (*drills, mouth, *beside))
    return [sheet], ()


def bracket_low_mm(spec: StackSpec) -> float:
    """Return the lower side of the lowest fan's bracket, z."""
    return spec.under_mm(0) + spec.device.board.thickness_mm + spec.over_mm


def _bracket_outline(spec: StackSpec) -> tuple[Loop, tuple[Loop, ...]]:
    """Return the bracket's edge and the windows beside its fan.

    Two bars through the standoffs and a band with the fan between them; where the band is nearly
    as long as the bars, a plain rectangle.
    """
    xs, ys = [p[0] for p in spec.board_holes], [p[1] for p in spec.board_holes]
    r = BAR_MM / 2
    x0, x1, y0, y1 = min(xs) - r, max(xs) + r, min(ys) - r, max(ys) + r
    x, y = spec.cooled_at
    half = (spec.fan.size_mm if spec.fan else 0.0) / 2 + 1.0
    x0, x1 = min(x0, x - half), max(x1, x + half)
    low, high = y - half, y + half
    y0, y1 = min(y0, low), max(y1, high)
    low = y0 if low - y0 < BAR_MM else low
    high = y1 if y1 - high < BAR_MM else high
    columns = {round(p[0], 1) for p in spec.board_holes}
    if len(columns) > 2:  # holes that are in no two rows: one plate under all of them
        low, high = y0, y1
    return _bars((x0, y0), (x1, y1), (low, high)), _windows((x0, x1), (low, high), (x, half))


def _bars(a: Point, b: Point, band: tuple[float, float]) -> Loop:
    (x0, y0), (x1, y1), (low, high) = a, b, band
    r = BAR_MM / 2 - 0.1
    lower: list[tuple[float, float, float]] = [(x0, y0, r)]
    if low > y0:
        lower += [(x0 + BAR_MM, y0, r), (x0 + BAR_MM, low, 2), (x1 - BAR_MM, low, 2)]
        lower += [(x1 - BAR_MM, y0, r)]
    upper: list[tuple[float, float, float]] = [(x1, y1, r)]
    if high < y1:
        upper += [(x1 - BAR_MM, y1, r), (x1 - BAR_MM, high, 2), (x0 + BAR_MM, high, 2)]
        upper += [(x0 + BAR_MM, y1, r)]
    return polygon_r([*lower, (x1, y0, r), *upper, (x0, y1, r)])


def _windows(
    span: tuple[float, float], band: tuple[float, float], fan: tuple[float, float]
) -> tuple[Loop, ...]:
    """Openings between fan and bars: nothing is printed there that carries nothing."""
    (x0, x1), (low, high), (x, half) = span, band, fan
    found: list[Loop] = []
    for left, right in ((x0 + BAR_MM, x - half - 1.0), (x + half + 1.0, x1 - BAR_MM)):
        if right - left > 8.0 and high - low > 2 * BAR_MM + 8.0:
            found.append(rectangle((left, low + BAR_MM), (right, high - BAR_MM), 3.0))
    return tuple(found)


def stack_blocks(spec: StackSpec) -> tuple[Block, ...]:
    """Return the room of all boards, heat sinks and fans; free round the standoffs."""
    found: list[Block] = []
    x, y = spec.cooled_at
    for index in range(spec.count):
        seat = spec.level(index)
        slab, *rest = seat.blocks()
        pcb = seat.top_mm
        found += [Block(slab.low, (*slab.high[:2], pcb - 1e-3)), *rest]
        found += _over_board(slab, pcb, spec.board_holes)
        if spec.sink_plan_mm:
            a, b = spec.sink_plan_mm[0] / 2, spec.sink_plan_mm[1] / 2
            found.append(Block((x - a, y - b, pcb), (x + a, y + b, pcb + spec.sink_top_mm)))
        if spec.fan:
            h, high = spec.fan.size_mm / 2, pcb + spec.over_mm - 1e-3
            low = high - spec.fan.thickness_mm
            found.append(Block((x - h, y - h, low), (x + h, y + h, high)))
    return tuple(found)


def _over_board(slab: Block, pcb: float, holes: list[Point]) -> list[Block]:
    """Cut the room over a PCB into strips that leave a ring round each standoff free."""
    ring = HOLE_CLEAR_MM / 2
    (x0, y0, _), (x1, y1, high) = slab.low, slab.high
    cuts = sorted({y0, y1, *(c for _, y in holes for c in (y - ring, y + ring) if y0 < c < y1)})
    found: list[Block] = []
    for start, end in pairwise(cuts):
        at = x0
        for x in sorted(x for x, y in holes if abs(y - (start + end) / 2) < ring):
            if x - ring > at:
                found.append(Block((at, start, pcb), (x - ring, end, high)))
            at = x + ring
        if x1 > at:
            found.append(Block((at, start, pcb), (x1, end, high)))
    return found


def _hardware(spec: StackSpec) -> tuple[Hardware, ...]:
    """Return what the whole stack needs, standoffs with their lengths."""
    thread, each, count = _thread(spec), len(spec.board_holes), spec.count
    found: list[Hardware] = []
    if spec.standoffs == "bought":
        lengths: list[tuple[float, int, str]] = [(spec.foot_mm, each, "base to lowest board")]
        lengths.append((spec.over_mm, each * count, "on each board"))
        if spec.fan:
            lengths.append((spec.upper_mm, each * count, "on each fan bracket"))
        for length, number, use in lengths:
            name = f"{thread} hexagon standoff, {length:g} mm, female with a 6 mm stud"
            row = Hardware(name, number, use, kind="standoff", thread=thread, length_mm=length)
            found.append(row)
        found += [nuts(thread, each, "under the base"), screws((thread, 6), each, "top plate")]
    else:
        whole = spec.top_mm + spec.floor_mm - _pocket_mm(spec) + 10
        name, long = f"{thread} threaded rod, {math.ceil(whole)} mm", math.ceil(whole)
        rod = Hardware(name, each, "through all", kind="rod", thread=thread, length_mm=long)
        found += [rod, nuts(thread, 2 * each, "under the base and on the top")]
    if spec.fan:
        long = math.ceil(BRACKET_MM + spec.fan.thickness_mm + HEAD_MM)
        found.append(Hardware(f"{spec.fan.id} fan", count, "one over each board", kind="fan"))
        found += bolted(("M3", long), 4 * count, "fan to bracket")
    return (*found, *bolted(("M4", 12), 4, "base to a shelf or plate", washers=1))


def _notes(spec: StackSpec) -> tuple[str, ...]:
    total = spec.top_mm + spec.floor_mm
    found = [
        f"{spec.count} boards, {spec.pitch_mm:.2f} mm from one to the next, {total:.1f} mm in all",
        "screw the lowest standoffs to the base, then the base to its shelf, then stack the boards",
    ]
    if spec.standoffs == "printed":
        each = len(spec.board_holes)
        kinds = [("foot", each, spec.foot_mm), ("board", each * spec.count, spec.over_mm)]
        kinds += [("bracket", each * spec.count, spec.upper_mm)] if spec.fan else []
        found += [f"print {n} spacers of {long:g} mm (spacer_on = {on!r})" for on, n, long in kinds]
    if spec.fan:
        found.append(f"no part under the fan may stand higher than {spec.fan_low_mm:.1f} mm")
    return (*found, *spec.envelope.assumed)
