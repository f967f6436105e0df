"""A tray for bare boards: posts under their holes, their ports through the panel."""

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
from mounts.parts.ear_beam import EarBeam
from mounts.parts.tray_front import cleared, fronts
from mounts.parts.tray_gaps import plug_gap_mm
from mounts.parts.tray_ribs import RAIL_MM, UNDER_PLUG_MM, sag_notes
from mounts.parts.tray_spec import TraySpec

CORNER_MM = 4.0  # of the floor, at the rear
SLANT_MM = 10.0  # where the floor behind a beam meets the tray's side
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
        *_walls(spec),
        *_beams(spec),
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
        cores=tuple(beam.core(spec.top_mm) for beam in spec.ribs.beams if beam is not None),
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
    return tuple(dict.fromkeys([*found, *sag_notes(spec)]))


def _outline(spec: TraySpec) -> Loop:
    """The floor: as wide as the boards, and in front as the beams behind both ears."""
    left, right = spec.ribs.beams
    return polygon_r([*_half(spec, right, 1), *reversed(_half(spec, left, -1))])


def _half(spec: TraySpec, beam: EarBeam | None, side: int) -> list[tuple[float, float, float]]:
    """Return the floor's edge at one side from the panel to the rear, (x, y, radius)."""
    rear, front, end = spec.half_rear_mm, spec.panel_mm - 0.5, spec.depth_mm
    if beam is None:
        return [(side * rear, front, 0.0), (side * rear, end, CORNER_MM)]
    tip = abs(beam.x_mm[1])
    slant = max(0.0, min(SLANT_MM, tip - rear - 1.0, end - CORNER_MM - beam.end_mm - 1.0))
    edge = [(tip, front, 0.0), (tip, beam.end_mm, 0.0)]
    if slant >= 1.0:
        edge += [(rear + slant, beam.end_mm, 0.0), (rear, beam.end_mm + slant, 0.0)]
    elif beam.end_mm < end - CORNER_MM:
        edge.append((rear, beam.end_mm, 0.0))
    else:
        return [(side * x, y, r) for x, y, r in [(tip, front, 0.0), (tip, end, CORNER_MM)]]
    return [(side * x, y, r) for x, y, r in [*edge, (rear, end, CORNER_MM)]]


def _walls(spec: TraySpec) -> list[Sheet]:
    """Walls along both sides and between boards: they stiffen the floor and guide cables."""
    top = spec.floor_top_mm
    found: list[Sheet] = []
    for wall in spec.ribs.walls:
        (first, _), (last, _) = wall.edge[0], wall.edge[-1]
        upper = [(y, top + high) for y, high in wall.edge]
        front = [(first - 0.5, top - 0.5), (last, top - 0.5)]
        edge = polygon([*front, *reversed(upper), (first - 0.5, upper[0][1])])
        found.append(Sheet("yz", edge, *wall.x_mm))
    return found


def _beams(spec: TraySpec) -> list[Sheet]:
    return [sheet for beam in spec.ribs.beams if beam is not None for sheet in beam.sheets()]


def _gussets(spec: TraySpec) -> tuple[Sheet, ...]:
    """Triangles that hold the floor up at the panel between boards."""
    pairs = zip(spec.between_mm, spec.gaps_mm, strict=True)
    free = [(x, min(BETWEEN_LONG_MM, _clear_mm(spec, x))) for x, gap in pairs if gap >= ROOMY_MM]
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
    """Vents beside the ports, clear of floor, walls and beams behind the panel."""
    outer = spec.standard.body_max_mm / 2
    inner = spec.row_mm / 2 + 2.0
    if outer - inner < 20 or spec.top_mm - spec.floor_top_mm < 20:
        return ()
    found: list[Perforation] = []
    for side in (-1, 1):
        sides = sorted((side * inner, side * outer))
        beam = spec.ribs.beams[0 if side < 0 else 1]
        low = spec.floor_top_mm + (beam.high_mm if beam else 0.0)
        region = rectangle((sides[0], low), (sides[1], spec.top_mm))
        ends = sorted((side * spec.half_rear_mm, side * (spec.half_rear_mm - RAIL_MM)))
        walls = [one.edge[0][1] for one in spec.ribs.walls if ends[0] < one.middle_mm < ends[1]]
        high = spec.floor_top_mm + max(walls, default=0.0) + 1
        rib = rectangle((ends[0], spec.bottom_mm - 1), (ends[1], high))
        found += grid.through("xz", (0.0, spec.panel_mm), region, [rib, *cleared(spec)])
    return tuple(found)
