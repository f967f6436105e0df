"""The front panel every rack part shares: outline, slots, and the claim a reader can check."""

import math
from dataclasses import dataclass

from pydantic import Field

from catalog.models import RackStandard
from catalog.rack_units import Half, hole_heights_mm, panel_bottom_mm, panel_height_mm
from mounts import hardware
from mounts.geometry.flat import ROOF_DEG, Loop, polygon, polygon_r
from mounts.geometry.sheet import Sheet
from mounts.geometry.vents import HexGrid
from mounts.part import Hardware, PanelClaim, PartSpec

# IEC 60297 is usually quoted with 10.3 x 6.8 (unverified); makers of 10-inch panels cut 7.0 high
# (DeskPi DP-0031). 7.0 passes M6 (6.6 normal, ISO 273), #12-24 and #10-32, and is still 0.4 mm more
# than M6 needs, which is what a printed hole loses.
SLOT_LENGTH_MM = 10.3
SLOT_HEIGHT_MM = 7.0
CORNER_MM = 3.0
SLOT_BEVEL_MM = 1.8
BROKEN_EDGE_MM = 0.6
GUSSET_TIP_MM = 4.0  # how deep a gusset still is where the post begins
GUSSET_SPANS = 2.0  # how far back it runs, for each mm that it reaches out: found by bricks
GUSSET_MOST_MM = 90.0


class PanelSpec(PartSpec):
    """What every part with a front panel needs to know."""

    standard: RackStandard
    height_u: float = Field(1.0, ge=0.5, le=12, multiple_of=0.5)
    start: Half = Field("lower", description="Half of a U that the panel's lower edge lies in.")
    panel_mm: float = Field(3.0, ge=2, le=8, description="Panel thickness (mm).")
    vents: bool = Field(True, description="Hexagon vents.")
    vent_mm: float = Field(8.0, ge=4, le=20, description="A vent across its flats (mm).")

    @property
    def grid(self) -> HexGrid:
        """The pattern of the vents."""
        return HexGrid(self.vent_mm)

    @property
    def bottom_mm(self) -> float:
        """Lower edge of the panel, mm above the lowest U."""
        return panel_bottom_mm()

    @property
    def top_mm(self) -> float:
        """Upper edge of the panel, mm above the lowest U."""
        return panel_bottom_mm() + panel_height_mm(self.height_u)


@dataclass(frozen=True)
class Notch:
    """A cut-out open to the panel's upper edge: from `left` to `right`, down to `floor`, mm.

    `inner_mm` rounds its two lower corners; a plug that fills it wants them sharp.
    """

    left: float
    right: float
    floor: float
    inner_mm: float = 1.0


def outline(spec: PanelSpec, notches: tuple[Notch, ...] = ()) -> Loop:
    """Return the panel's outer edge in (x, z), corners rounded; `notches` from left to right."""
    half = spec.standard.panel_width_mm / 2
    low, high, r = spec.bottom_mm, spec.top_mm, CORNER_MM
    edge = [(-half, low, r), (half, low, r), (half, high, r)]
    for notch in reversed(notches):
        edge += [
            (notch.right, high, 1.5),
            (notch.right, notch.floor, notch.inner_mm),
            (notch.left, notch.floor, notch.inner_mm),
            (notch.left, high, 1.5),
        ]
    return polygon_r([*edge, (-half, high, r)])


def slots(spec: PanelSpec) -> tuple[Loop, ...]:
    """Return the rack slots of both ears in (x, z)."""
    half = spec.standard.hole_pitch_mm / 2
    return tuple(
        _slot(side * half, z)
        for side in (-1, 1)
        for z in hole_heights_mm(spec.height_u, spec.start)
    )


def _slot(x: float, z: float) -> Loop:
    """A slot with bevelled corners: steep enough to print upright, and clear of a screw's shank."""
    along, high = SLOT_LENGTH_MM / 2, SLOT_HEIGHT_MM / 2
    rise = SLOT_BEVEL_MM * math.tan(math.radians(ROOF_DEG))
    corner = [(along, high - rise), (along - SLOT_BEVEL_MM, high)]
    half = [*corner, *((-u, v) for u, v in reversed(corner))]
    return polygon([(x + u, z + v) for u, v in (*half, *((-u, -v) for u, v in half))])


def sheet(
    spec: PanelSpec, windows: tuple[Loop, ...] = (), notches: tuple[Notch, ...] = ()
) -> Sheet:
    """Return the panel as a sheet from y = 0 to its thickness, front edges broken."""
    holes = (*slots(spec), *windows)
    return Sheet("xz", outline(spec, notches), 0.0, spec.panel_mm, holes, BROKEN_EDGE_MM)


def claim(spec: PanelSpec) -> PanelClaim:
    """Return what a reader of the mesh must find."""
    return PanelClaim(
        height_u=spec.height_u,
        width_mm=spec.standard.panel_width_mm,
        hole_pitch_mm=spec.standard.hole_pitch_mm,
        hole_heights_mm=hole_heights_mm(spec.height_u, spec.start),
        mid_mm=spec.panel_mm / 2 + BROKEN_EDGE_MM / 2,
    )


def rack_screws(spec: PanelSpec) -> Hardware:
    """Return the screws that hold the panel: the outermost hole of each corner."""
    count = 2 if len(hole_heights_mm(spec.height_u, spec.start)) == 1 else 4
    return hardware.rack_screws(count, spec.panel_mm)


def gusset_reach_mm(spec: PanelSpec, wall_outer_mm: float, deep_mm: float) -> float:
    """Return how far gussets run back along a wall: what twists is the panel between the two.

    Args:
        spec: the panel.
        wall_outer_mm: x of the wall's outer face.
        deep_mm: depth of what stands behind the panel.
    """
    span = spec.standard.body_max_mm / 2 - wall_outer_mm
    return min(GUSSET_MOST_MM, GUSSET_SPANS * span, 0.65 * deep_mm)


def ear_gussets(
    spec: PanelSpec, wall_outer_mm: float, levels: tuple[tuple[float, float], ...], reach_mm: float
) -> tuple[Sheet, ...]:
    """Return triangles that brace the panel from a wall out towards the posts.

    Args:
        spec: the panel.
        wall_outer_mm: x of the wall's outer face on the right; the left is its mirror.
        levels: (low, high) z of each pair of triangles.
        reach_mm: how far they run back along the wall.
    """
    tip = spec.standard.body_max_mm / 2
    if tip - wall_outer_mm < 6:
        return ()
    back = spec.panel_mm
    found: list[Sheet] = []
    for low, high in levels:
        for side in (-1, 1):
            # Half a wall's overlap, so that triangle and wall are one body.
            inner = side * (wall_outer_mm - 0.5)
            triangle = [
                (inner, back - 0.5, 0.0),
                (side * tip, back - 0.5, 0.0),
                (side * tip, back + GUSSET_TIP_MM, 0.0),
                (inner, back + reach_mm, 0.0),
            ]
            found.append(Sheet("xy", polygon_r(triangle), low, high))
    return tuple(found)
