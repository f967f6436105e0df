"""A shelf for any cased device: pushed in from behind, seen through the front."""

import math
from functools import cached_property

from pydantic import Field, model_validator

from catalog.models import Box
from catalog.problems import InputError, Problem
from catalog.rack_units import panel_height_mm, smallest_height_u
from mounts import panel
from mounts.geometry.flat import ROOF_DEG, Loop, polygon, polygon_r, rectangle
from mounts.geometry.sheet import Sheet, joined
from mounts.geometry.vents import HexGrid, Perforation
from mounts.panel import Notch, PanelSpec
from mounts.part import Hardware, Part, part

FRONT_LIP_MM = 1.5  # how far the panel laps over the device's front, each side
RIDGE_MM = (
    3.0  # the rear stop: half its length; sloped both ways, so that it prints without support
)
TAIL_MM = 16.0  # floor behind the stop: cables are tied down here
STRAP_MM = 2.0  # room under the floor for a hook-and-loop strap or a cable tie
STRAP_WIDTH_MM = 10.0
GUSSET_MM = 2.4
ROOF = math.tan(math.radians(ROOF_DEG))
MIN_BAR_MM = 4.0  # a panel strip over the window thinner than this is left out


class ShelfSpec(PanelSpec):
    """One box on one shelf."""

    device: Box
    floor_mm: float = Field(2.0, ge=1.2, le=6)
    wall_mm: float = Field(2.0, ge=1.2, le=6)
    clearance_mm: float = Field(0.5, ge=0.1, le=2, description="Play round the device (mm).")

    @model_validator(mode="after")
    def _fits(self) -> "ShelfSpec":
        case, room = self.device.case, self.standard.body_max_mm
        problems: list[Problem] = []
        widest = room - 2 * (self.wall_mm + self.clearance_mm)
        if case.width_mm > widest + 1e-9:
            over = f"{case.width_mm - widest:.1f} mm too wide for a {self.standard.id} rack"
            problems.append(
                Problem(
                    "shelf",
                    f"{self.device.id} is {case.width_mm:g} mm wide, {over}",
                    "device",
                    allowed=f"up to {widest:g} mm between these walls",
                    nearest=self._wider_rack(),
                )
            )
        needed = self.floor_mm + case.height_mm
        if needed > panel_height_mm(self.height_u) + 1e-9:
            near = smallest_height_u(needed)
            tallest = panel_height_mm(self.height_u) - self.floor_mm
            tall = f"{self.device.id} is {case.height_mm:g} mm high"
            problems.append(
                Problem(
                    "shelf",
                    f"{tall} and does not fit {self.height_u:g}U",
                    "height",
                    allowed=f"a device up to {tallest:.2f} mm in {self.height_u:g}U",
                    nearest=f"use {near:g}U",
                )
            )
        if problems:
            raise InputError(*problems)
        return self

    def _wider_rack(self) -> str:
        if self.standard.id == "19in":
            return "put it beside the rack, or turn it if its ports allow"
        turned = self.device.case.depth_mm
        room = self.standard.body_max_mm - 2 * (self.wall_mm + self.clearance_mm)
        also = f"; turned by 90 degrees its {turned:g} mm would fit" if turned <= room else ""
        return f"use a 19in rack{also}"

    @property
    def title(self) -> str:
        """Name of the part."""
        return f"shelf-{self.device.id}-{self.standard.id}-{self.height_u:g}u"

    @cached_property
    def lift_mm(self) -> float:
        """Height of the floor over the panel's edge: strap room, if the device leaves any."""
        spare = panel_height_mm(self.height_u) - self.floor_mm - self.device.case.height_mm
        return STRAP_MM if spare >= STRAP_MM else 0.0

    @property
    def floor_top_mm(self) -> float:
        """Where the device stands, z."""
        return self.bottom_mm + self.lift_mm + self.floor_mm

    @property
    def device_top_mm(self) -> float:
        """Upper side of the device, z."""
        return self.floor_top_mm + self.device.case.height_mm

    @property
    def inner_mm(self) -> float:
        """Half the width between the walls."""
        return self.device.case.width_mm / 2 + self.clearance_mm

    @property
    def outer_mm(self) -> float:
        """Half the width over the walls."""
        return self.inner_mm + self.wall_mm

    @property
    def stop_mm(self) -> float:
        """Where the rear stop begins, y."""
        return self.panel_mm + self.device.case.depth_mm + self.clearance_mm

    @property
    def depth_mm(self) -> float:
        """Rear end of the shelf, y."""
        return self.stop_mm + TAIL_MM

    @property
    def wall_top_mm(self) -> float:
        """Upper edge of the walls at the front, z."""
        return min(self.device_top_mm, self.top_mm - 1.0)


@part("shelf", ShelfSpec, takes="box")
def shelf(spec: ShelfSpec) -> Part:
    r"""A shelf for any box: its whole face shows, it slides in from behind and is stopped there.

            panel                                     side view, front at the left
    +--+----------------+--+      ||''''--.__
    |= |   window       | =|      ||  o o o  ''--.__          y ->
    |= | (device front) | =|      ||  o o o  o o o  |/\____
    +--+----------------+--+      ||================'=======   floor, strap room under it
    """
    window, notch = _window(spec)
    sheets = [
        panel.sheet(spec, window, notch),
        _floor(spec),
        _wall(spec, 1),
        _wall(spec, -1),
        *_ridges(spec),
        *panel.ear_gussets(spec, spec.outer_mm, _levels(spec), _reach(spec)),
    ]
    ties = Hardware("hook-and-loop strap or cable tie, 10 mm wide at most", 1, "holds the device")
    return Part(
        name=spec.title,
        family="shelf",
        body=joined(sheets),
        up="+y",
        perforations=_vents(spec) if spec.vents else (),
        hardware=(panel.rack_screws(spec), *((ties,) if spec.lift_mm else ())),
        panel=panel.claim(spec),
        notes=_notes(spec),
    )


def _notes(spec: ShelfSpec) -> tuple[str, ...]:
    found: list[str] = []
    if not spec.lift_mm:
        found.append(
            "no room for a strap under the floor: the device is held by front and stop only"
        )
    if spec.device.confidence.get("case") in {"low", "none"}:
        found.append(f"the size of {spec.device.id} is recalled, not measured: measure yours first")
    return tuple(found)


def _window(spec: ShelfSpec) -> tuple[tuple[Loop, ...], Notch | None]:
    half = spec.device.case.width_mm / 2 - FRONT_LIP_MM
    low, high = spec.floor_top_mm + FRONT_LIP_MM, spec.device_top_mm - FRONT_LIP_MM
    if spec.top_mm - high >= MIN_BAR_MM:
        return (rectangle((-half, low), (half, high), 2.0),), None
    return (), Notch(-half, half, low)


def _levels(spec: ShelfSpec) -> tuple[tuple[float, float], ...]:
    low, high = spec.bottom_mm, spec.wall_top_mm
    lower = (low, low + GUSSET_MM)
    return (lower,) if high - low < 20 else (lower, (high - GUSSET_MM, high))


def _reach(spec: ShelfSpec) -> float:
    span = spec.standard.body_max_mm / 2 - spec.outer_mm
    return min(40.0, 0.8 * span, 0.4 * spec.device.case.depth_mm)


def _floor(spec: ShelfSpec) -> Sheet:
    half = spec.outer_mm - 0.5  # ends inside the walls
    low = spec.bottom_mm + spec.lift_mm
    edge = rectangle((-half, spec.panel_mm - 0.5), (half, spec.depth_mm))
    return Sheet("xy", edge, low, low + spec.floor_mm, _tie_slots(spec))


def _tie_slots(spec: ShelfSpec) -> tuple[Loop, ...]:
    """Pairs of slots in the tail: a cable tie goes down one and up the other."""
    width = spec.device.case.width_mm
    groups = (-0.3 * width, 0.3 * width) if width < 130 else (-0.33 * width, 0.0, 0.33 * width)
    y = spec.stop_mm + 2 * RIDGE_MM + 4.5
    return tuple(_tie_slot(x + dx, y) for x in groups for dx in (-5.0, 5.0))


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


def _wall(spec: ShelfSpec, side: int) -> Sheet:
    top = spec.wall_top_mm
    flat = spec.panel_mm + max(_reach(spec), 0.35 * spec.device.case.depth_mm)
    rear = min(top, spec.floor_top_mm + max(6.0, 0.4 * spec.device.case.height_mm))
    low = spec.bottom_mm
    foot: list[tuple[float, float, float]] = []
    if spec.lift_mm:
        for share in (0.25, 0.75):
            y = spec.panel_mm + share * spec.device.case.depth_mm
            foot += [
                (y - STRAP_WIDTH_MM / 2, low, 0.0),
                (y - STRAP_WIDTH_MM / 2, low + spec.lift_mm, 0.0),
                (y + STRAP_WIDTH_MM / 2, low + spec.lift_mm, 0.0),
                (y + STRAP_WIDTH_MM / 2 + ROOF * spec.lift_mm, low, 0.0),
            ]
    slope = top - rear > 1.0
    shoulder = [(flat, top, 8.0)] if slope else []
    edge = polygon_r(
        [
            (spec.panel_mm - 0.5, low, 0.0),
            *foot,
            (spec.depth_mm, low, 0.0),
            (spec.depth_mm, rear, 3.0),
            *shoulder,
            (spec.panel_mm - 0.5, top, 0.0),
        ]
    )
    x = sorted((side * spec.inner_mm, side * spec.outer_mm))
    return Sheet("yz", edge, x[0], x[1])


def _ridges(spec: ShelfSpec) -> tuple[Sheet, ...]:
    """The rear stop, at both sides only: cables and air pass between."""
    y, z = spec.stop_mm, spec.floor_top_mm
    profile = polygon([(y, z), (y + RIDGE_MM, z + 0.75 * RIDGE_MM), (y + 2 * RIDGE_MM, z)])
    # Sunk into the floor by a little, so that they are one body.
    sunk = polygon([*profile.points, (y + 2 * RIDGE_MM, z - 0.5), (y, z - 0.5)])
    length = 0.22 * spec.device.case.width_mm
    inner = spec.inner_mm
    return (
        Sheet("yz", sunk, -inner - 0.5, -inner + length),
        Sheet("yz", sunk, inner - length, inner + 0.5),
    )


def _vents(spec: ShelfSpec) -> tuple[Perforation, ...]:
    grid = spec.grid
    low = spec.bottom_mm + spec.lift_mm
    half, back = spec.inner_mm, spec.panel_mm
    floor = rectangle((-half, back), (half, spec.stop_mm))
    found = [*grid.through("xy", (low, low + spec.floor_mm), floor)]
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
    found: list[Perforation] = []
    reach = spec.panel_mm + _reach(spec)
    for side in (-1, 1):
        wall = _wall(spec, side)
        low, high = spec.floor_top_mm, spec.wall_top_mm
        under = rectangle((-1, spec.bottom_mm - 1), (spec.depth_mm + 1, low))
        ridge = rectangle((spec.stop_mm - 1, low - 1), (spec.depth_mm + 1, high + 1))
        gussets = [rectangle((0, a - 0.5), (reach, b + 0.5)) for a, b in _levels(spec)]
        front = rectangle((-1, low - 1), (spec.panel_mm, high + 1))
        clear = [under, ridge, front, *gussets]
        found += grid.through("yz", (wall.start_mm, wall.end_mm), wall.outline, clear)
    return found
