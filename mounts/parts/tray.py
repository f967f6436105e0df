"""A tray for a bare board: posts under its holes, its ports through the panel."""

from functools import cached_property

from pydantic import Field, model_validator

from catalog.problems import InputError, Problem
from catalog.rack_units import panel_height_mm, smallest_height_u
from mounts import panel
from mounts.board import Openings, Seat, openings
from mounts.carrier import BESIDE_CRADLE_MM, Carrier, CarrierSpec, carrier, plate
from mounts.geometry.flat import Loop, polygon, polygon_r, rectangle
from mounts.geometry.sheet import Sheet, joined
from mounts.geometry.vents import HexGrid, Perforation
from mounts.panel import Notch, PanelSpec
from mounts.part import Part, part

BEHIND_PANEL_MM = 0.4  # the PCB's edge stands this far behind the panel
RIM_MM = 4.5  # floor beyond the board at the sides and behind it
RAIL_MM = 2.0
RAIL_RISE_MM = 2.5
FLARE_MM = 55.0  # the floor widens by at most this much towards the panel
GUSSET_MM = 2.4
TOP_STRIP_MM = 2.5  # panel left over an opening
FRONT_MARGIN_MM = 11.0  # panel left beside the window of a board whose ports are not known


class TraySpec(PanelSpec, CarrierSpec):
    """One board on one tray."""

    floor_mm: float = Field(2.4, ge=1.6, le=6)

    @property
    def title(self) -> str:
        """Name of the part."""
        return f"tray-{self.name}-{self.standard.id}-{self.height_u:g}u"

    @property
    def floor_top_mm(self) -> float:
        """Upper face of the floor, z."""
        return self.bottom_mm + self.floor_mm

    @cached_property
    def seat(self) -> Seat:
        """Where the board lies."""
        under = self.floor_top_mm + self.standoff_mm
        edge = self.panel_mm + BEHIND_PANEL_MM
        return Seat(self.device, self.facing, 0.0, edge, under, self.envelope)

    @property
    def depth_mm(self) -> float:
        """Rear end of the tray, y."""
        return self.seat.edge_mm + self.seat.deep_mm + RIM_MM

    @property
    def half_rear_mm(self) -> float:
        """Half the floor's width beside the board."""
        cradle = 0.0 if self.seat.mount_holes() else BESIDE_CRADLE_MM - RIM_MM + RAIL_MM
        return self.seat.across_mm / 2 + RIM_MM + cradle

    @property
    def half_front_mm(self) -> float:
        """Half the floor's width at the panel."""
        return min(self.standard.body_max_mm / 2, self.half_rear_mm + FLARE_MM)

    @model_validator(mode="after")
    def _fits(self) -> "TraySpec":
        problems: list[Problem] = []
        room = self.standard.body_max_mm
        if 2 * self.half_rear_mm > room + 1e-9:
            over = 2 * self.half_rear_mm - room
            across = self.seat.across_mm
            what = f"{self.device.id} lies {across:g} mm across, {over:.1f} mm too wide"
            near = "use a 19in rack, or turn the board with front = …"
            limit = f"up to {room - 2 * self.half_rear_mm + across:g} mm across"
            problems.append(Problem("tray", what, "device", allowed=limit, nearest=near))
        needed = self.needed_mm()
        if needed > panel_height_mm(self.height_u) + 1e-9:
            near = smallest_height_u(needed)
            what = (
                f"{self.name} needs {needed:.2f} mm of height and does not fit {self.height_u:g}U"
            )
            limit = f"{panel_height_mm(self.height_u):.2f} mm in {self.height_u:g}U"
            problems.append(
                Problem("tray", what, "height", allowed=limit, nearest=f"use {near:g}U")
            )
        if problems:
            raise InputError(*problems)
        return self

    def needed_mm(self) -> float:
        """Return the panel height that board, HAT and openings need, mm."""
        tops = [p[1] for loop in self.openings() for p in loop.points]
        port = max(tops, default=0.0) + TOP_STRIP_MM
        return max(self.seat.highest_mm, port if tops else 0.0) - self.bottom_mm

    def openings(self) -> tuple[Loop, ...]:
        """Return the panel's cut-outs for the front ports, (x, z)."""
        return openings(self.seat, 0.0, Openings(self.plugs, floor_mm=self.floor_top_mm))


@part("tray", TraySpec, takes="board")
def tray(spec: TraySpec) -> Part:
    r"""A tray for any board: posts under its holes, its ports through the panel.

    top view                         front
        +-------+                    +----------------------+
       /| o   o |\   posts           | =  [USB] [USB] [RJ] = |
      / |       | \                  | =   hexagon vents   = |
     /  | o   o |  \                 +----------------------+
    ====+=ports=+====  panel
    """
    held = carrier(spec, spec.seat, spec.floor_top_mm)
    windows = spec.openings()
    notches = () if windows else (_notch(spec),)
    sheets = [
        panel.sheet(spec, windows, notches),
        *plate(spec, spec.seat, _outline(spec), (spec.bottom_mm, spec.floor_top_mm)),
        *_rails(spec),
        *_gussets(spec),
        *held.sheets,
    ]
    return Part(
        name=spec.title,
        family="tray",
        body=joined(sheets),
        up="+z",
        perforations=_vents(spec, held) if spec.vents else (),
        hardware=(panel.rack_screws(spec), *held.hardware),
        panel=panel.claim(spec),
        notes=held.notes,
    )


def _notch(spec: TraySpec) -> Notch:
    """The ports are not known: leave the whole front of the board open."""
    half = spec.seat.across_mm / 2 - FRONT_MARGIN_MM
    return Notch(-half, half, spec.seat.under_mm - 1.0)


def _outline(spec: TraySpec) -> Loop:
    front, rear = spec.half_front_mm, spec.half_rear_mm
    y0 = spec.panel_mm - 0.5
    y1 = spec.panel_mm + 4.0
    y2 = min(y1 + 0.8 * (front - rear), spec.depth_mm - 6.0)
    bend = min(8.0, 0.4 * (spec.depth_mm - y2))
    right = [(front, y0, 0.0), (front, y1, 1.0), (rear, y2, bend), (rear, spec.depth_mm, bend / 2)]
    if front - rear < 1.0:
        right = [(rear, y0, 0.0), (rear, spec.depth_mm, 4.0)]
    left = [(-x, y, r) for x, y, r in reversed(right)]
    return polygon_r([*right, *left])


def _rails(spec: TraySpec) -> tuple[Sheet, ...]:
    """Low rails along both sides: they stiffen the floor and guide cables."""
    rear, high = spec.half_rear_mm, spec.floor_top_mm + RAIL_RISE_MM
    y1 = min(spec.panel_mm + 4.0 + 0.8 * (spec.half_front_mm - rear), spec.depth_mm - 6.0)
    return tuple(
        Sheet(
            "xy",
            rectangle(
                (min(side * rear, side * (rear - RAIL_MM)), y1),
                (max(side * rear, side * (rear - RAIL_MM)), spec.depth_mm - 4.0),
            ),
            spec.floor_top_mm - 0.5,
            high,
        )
        for side in (-1, 1)
    )


def _gusset_place(spec: TraySpec) -> float:
    return spec.half_rear_mm + 0.55 * (spec.half_front_mm - spec.half_rear_mm)


def _gussets(spec: TraySpec) -> tuple[Sheet, ...]:
    flare = spec.half_front_mm - spec.half_rear_mm
    if flare < 8:
        return ()
    x = _gusset_place(spec)
    length = 4.0 + 0.8 * (spec.half_front_mm - x) - 1.0
    height = min(spec.top_mm - spec.floor_top_mm - 3.0, 1.4 * length)
    y0, z0 = spec.panel_mm - 0.5, spec.floor_top_mm - 0.5
    y1 = spec.panel_mm + length
    triangle = polygon(
        [(y0, z0), (y1, z0), (y1, z0 + 1.5), (y0 + 2.0, z0 + height), (y0, z0 + height)]
    )
    return tuple(
        Sheet("yz", triangle, side * x - GUSSET_MM / 2, side * x + GUSSET_MM / 2)
        for side in (-1, 1)
    )


def _vents(spec: TraySpec, held: Carrier) -> tuple[Perforation, ...]:
    grid = spec.grid
    low, high = spec.bottom_mm, spec.floor_top_mm
    inside = spec.half_rear_mm - RAIL_MM
    region = rectangle((-inside, spec.panel_mm), (inside, spec.depth_mm))
    found = [*grid.through("xy", (low, high), region, held.footprints)]
    return (*found, *_panel_vents(spec, grid))


def _panel_vents(spec: TraySpec, grid: HexGrid) -> tuple[Perforation, ...]:
    """Vents beside the ports, clear of floor and gussets behind the panel."""
    outer = spec.standard.body_max_mm / 2
    inner = spec.seat.across_mm / 2 + 2.0
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
        blocks = [rib, *spec.openings()]
        found += grid.through("xz", (0.0, spec.panel_mm), region, blocks)
    return tuple(found)
