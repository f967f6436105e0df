"""A tray for bare boards: posts under their holes, their ports through the panel."""

import math
from itertools import pairwise

from mounts import panel
from mounts.board import BEND_MM, OVERMOULD_MM, plug_size
from mounts.carrier import Carrier, carrier, plate_under
from mounts.geometry.flat import Loop, polygon, polygon_r, rectangle
from mounts.geometry.sheet import Sheet, joined
from mounts.geometry.vents import HexGrid, Perforation
from mounts.hardware import merged
from mounts.part import Part, part
from mounts.parts import tray_shield
from mounts.parts.tray_front import cleared, fronts
from mounts.parts.tray_spec import RAIL_MM, Carried, TraySpec, plug_gap_mm

RAIL_RISE_MM = 2.5
LEAST_RISE_MM = 0.8  # a lower rail stiffens nothing
UNDER_PLUG_MM = 0.1
GUSSET_MM = 2.4
BETWEEN_LONG_MM = 24.0  # a gusset between two boards
SHORTEST_MM = 5.0  # a shorter gusset holds nothing
ROOMY_MM = 12.0  # in a narrower gap a gusset might stand behind an opening


@part("tray", TraySpec, takes="board")
def tray(spec: TraySpec) -> Part:
    r"""A tray for any board: posts under its holes, its ports through the panel.

    top view                         front
        +-------+                    +----------------------+
       /| o   o |\   posts           | =  [USB] [USB] [RJ] = |
      / |       | \                  | =   hexagon vents   = |
     /  | o   o |  \                 +----------------------+
    ====+=ports=+====  panel

    Several boards lie side by side, a rail between two. A board of a PC's form factor gets a window
    for its I/O shield where the height takes it, and stands on bought standoffs:
    +--+---------------------+--+    ||''--.__   board on standoffs
    |= |     I/O shield      | =|    ||  ====''=========
    +--+---------------------+--+    ||__I_________I____|   heads of the screws under the floor
    """
    if spec.shielded:
        return tray_shield.shield_tray(spec)
    held = [carrier(one.spec, one.seat, spec.floor_top_mm) for one in spec.carried]
    boards = [(one.spec, one.seat) for one in spec.carried]
    sheets = [
        panel.sheet(spec, *fronts(spec)),
        *plate_under(boards, _outline(spec), (spec.bottom_mm, spec.floor_top_mm)),
        *_rails(spec),
        *_gussets(spec),
        *(sheet for one in held for sheet in one.sheets),
    ]
    return Part(
        name=spec.title,
        family="tray",
        body=joined(sheets),
        up="+z",
        perforations=_vents(spec, held) if spec.vents else (),
        hardware=(panel.rack_screws(spec), *merged(row for one in held for row in one.hardware)),
        panel=panel.claim(spec),
        notes=_notes(spec, held),
    )


def _notes(spec: TraySpec, held: list[Carrier]) -> tuple[str, ...]:
    found = [note for one in held for note in one.notes]
    for gap, (a, b) in zip(spec.gaps_mm, pairwise(spec.row), strict=True):
        if gap < plug_gap_mm(a, b):
            names = f"{a.name} and {b.name}"
            found.append(f"between {names} there is room for angled plugs only: {gap:g} mm")
    for one in spec.row:
        form = one.form_factor
        if form is not None and form.shield_x_mm is not None and spec.shield is not False:
            tall = f"its window needs {spec.shield_height_u():g}U"
            found.append(f"{one.name}: an open front and no I/O shield; {tall}")
    return tuple(dict.fromkeys(found))


def _outline(spec: TraySpec) -> Loop:
    front, rear = spec.half_front_mm, spec.half_rear_mm
    y0, (y1, y2) = spec.panel_mm - 0.5, _flare_y(spec)
    slant = math.hypot(front - rear, y2 - y1)
    bend = min(8.0, 0.4 * (spec.depth_mm - y2), 0.6 * slant)
    nose = min(1.0, 0.3 * slant)
    right = [(front, y0, 0.0), (front, y1, nose), (rear, y2, bend), (rear, spec.depth_mm, bend / 2)]
    if front - rear < 1.0:
        right = [(rear, y0, 0.0), (rear, spec.depth_mm, 4.0)]
    left = [(-x, y, r) for x, y, r in reversed(right)]
    return polygon_r([*right, *left])


def _flare_y(spec: TraySpec) -> tuple[float, float]:
    """Return where the floor begins to narrow behind the panel, and where it is narrow, y."""
    wide = spec.half_front_mm - spec.half_rear_mm
    start = spec.panel_mm + 4.0
    return start, min(start + 0.8 * wide, spec.depth_mm - 6.0)


def _rails(spec: TraySpec) -> tuple[Sheet, ...]:
    """Low rails along both sides and between boards: they stiffen the floor and guide cables."""
    rear, low = spec.half_rear_mm, spec.floor_top_mm - 0.5
    y0, y1 = spec.panel_mm - 0.5, spec.depth_mm - 4.0
    _, bend = _flare_y(spec)
    first, last = spec.carried[0], spec.carried[-1]
    sides = (
        ((-rear, RAIL_MM - rear), bend, _rise_mm(spec, first, "left")),
        ((rear - RAIL_MM, rear), bend, _rise_mm(spec, last, "right")),
    )
    inner = [
        (
            (x - RAIL_MM / 2, x + RAIL_MM / 2),
            y0,
            min(_rise_mm(spec, a, "right"), _rise_mm(spec, b, "left")),
        )
        for x, (a, b) in zip(spec.between_mm, pairwise(spec.carried), strict=True)
    ]
    return tuple(
        Sheet("xy", rectangle((left, start), (right, y1)), low, spec.floor_top_mm + rise)
        for (left, right), start, rise in (*sides, *inner)
        if rise >= LEAST_RISE_MM
    )


def _rise_mm(spec: TraySpec, one: Carried, side: str) -> float:
    """Return how high a rail may be beside a board: it ends below the plugs at that side."""
    found = [RAIL_RISE_MM]
    for _, port in one.seat.ports(side):
        _, tall = plug_size(port, one.spec.plugs)
        middle = one.seat.top_mm + (port.z0_mm or 0.0) + (port.height_mm or 0.0) / 2
        if tall:
            found.append(middle - tall / 2 - UNDER_PLUG_MM - spec.floor_top_mm)
    return min(found)


def _gusset_place(spec: TraySpec) -> float:
    return spec.half_rear_mm + 0.55 * (spec.half_front_mm - spec.half_rear_mm)


def _gussets(spec: TraySpec) -> tuple[Sheet, ...]:
    """Triangles that hold the floor up at the panel: where it flares out, and between boards."""
    found: list[tuple[float, float]] = []
    flare = spec.half_front_mm - spec.half_rear_mm
    if flare >= 8:
        x = _gusset_place(spec)
        start, end = _flare_y(spec)
        length = start - spec.panel_mm + (end - start) * (spec.half_front_mm - x) / flare - 1.0
        found += [(side * x, length) for side in (-1, 1)]
    pairs = zip(spec.between_mm, spec.gaps_mm, strict=True)
    found += [(x, BETWEEN_LONG_MM) for x, gap in pairs if gap >= ROOMY_MM]
    free = [(x, min(length, _clear_mm(spec, x))) for x, length in found]
    return tuple(_gusset(spec, x, length) for x, length in free if length >= SHORTEST_MM)


def _clear_mm(spec: TraySpec, x: float) -> float:
    """Return how far behind the panel a gusset at `x` meets the first plug or its cable."""
    found = [spec.depth_mm]
    for one in spec.carried:
        (x0, _), (x1, _) = one.seat.outline()
        for side, beside in (("left", x0 - x), ("right", x - x1)):
            for along, port in one.seat.ports(side):
                wide, _ = plug_size(port, one.spec.plugs)
                deep = (port.overhang_mm or 0.0) + OVERMOULD_MM + BEND_MM
                if wide and -GUSSET_MM / 2 < beside < deep + GUSSET_MM / 2:
                    found.append(along - wide / 2 - UNDER_PLUG_MM - spec.panel_mm)
    return min(found)


def _gusset(spec: TraySpec, x: float, length: float) -> Sheet:
    height = min(spec.top_mm - spec.floor_top_mm - 3.0, 1.4 * length)
    y0, z0 = spec.panel_mm - 0.5, spec.floor_top_mm - 0.5
    y1 = spec.panel_mm + length
    triangle = polygon(
        [(y0, z0), (y1, z0), (y1, z0 + 1.5), (y0 + 2.0, z0 + height), (y0, z0 + height)]
    )
    return Sheet("yz", triangle, x - GUSSET_MM / 2, x + GUSSET_MM / 2)


def _vents(spec: TraySpec, held: list[Carrier]) -> tuple[Perforation, ...]:
    grid = spec.grid
    low, high = spec.bottom_mm, spec.floor_top_mm
    sides = [-spec.half_rear_mm + RAIL_MM]
    sides += [x + side * RAIL_MM / 2 for x in spec.between_mm for side in (-1, 1)]
    sides.append(spec.half_rear_mm - RAIL_MM)
    feet = [loop for one in held for loop in one.footprints]
    found: list[Perforation] = []
    for left, right in zip(sides[::2], sides[1::2], strict=True):
        region = rectangle((left, spec.panel_mm), (right, spec.depth_mm))
        found += grid.through("xy", (low, high), region, feet)
    return (*found, *_panel_vents(spec, grid))


def _panel_vents(spec: TraySpec, grid: HexGrid) -> tuple[Perforation, ...]:
    """Vents beside the ports, clear of floor and gussets behind the panel."""
    outer = spec.standard.body_max_mm / 2
    inner = spec.row_mm / 2 + 2.0
    if outer - inner < 20 or spec.top_mm - spec.floor_top_mm < 20:
        return ()
    x = _gusset_place(spec)
    found: list[Perforation] = []
    for side in (-1, 1):
        sides = sorted((side * inner, side * outer))
        region = rectangle((sides[0], spec.floor_top_mm), (sides[1], spec.top_mm))
        rib = rectangle(
            (side * x - GUSSET_MM / 2, spec.bottom_mm - 1),
            (side * x + GUSSET_MM / 2, spec.top_mm + 1),
        )
        blocks = [rib, *cleared(spec)]
        found += grid.through("xz", (0.0, spec.panel_mm), region, blocks)
    return tuple(found)
