"""A tray for a power supply: screwed at its rear holes, at its bottom holes, or strapped."""

import math
from functools import cached_property
from typing import Any, Literal

from pydantic import Field, model_validator

from catalog.base import Length
from catalog.models import Psu
from catalog.problems import InputError, Problem
from catalog.rack_units import panel_height_mm, smallest_height_u
from mounts import panel
from mounts.board import Block
from mounts.geometry.flat import Loop, Point, circle
from mounts.geometry.sheet import Sheet, joined
from mounts.hardware import screws, straps
from mounts.part import Hardware, Part, part
from mounts.parts import rear
from mounts.parts.deck import GUSSET_MM, STOP_LONG_MM, Deck, upright_bore
from mounts.parts.ear_beam import EarBeam
from mounts.parts.rear_spec import RearSpec

# Hole (ISO 273, normal fit; #6-32 drill 18) and height of a pan head (ISO 7045, ASME B18.6.3), mm.
BORE_MM = {"#6-32": 4.31, "M3": 3.4, "M4": 4.5}
HEAD_MM = {"#6-32": 2.5, "M3": 2.4, "M4": 3.1}
PAD_MM = 6.5  # from the middle of a rear screw to the window
LIP_MM = 4.0  # how far the panel laps over the face of a supply, each side
STRAP_MM = 2.0
BAR_MM = 2.0  # a strip over the window thinner than this is left out, and the window open above
TAIL_MM = 12.0
BEAM_MM = 20.0  # height of the hollow beams behind the ears
LEAST_EAR_MM = 6.0  # a shorter ear gets none
# Cases whose face holds inlet and switch; the others show terminals and stay behind a closed panel.
FACED = ("atx", "sfx", "flex", "tfx")


class PsuSpec(RearSpec):
    """One supply on one tray."""

    device: Psu
    facing: Literal["front", "rear"] = Field("front", description="Which posts it hangs on.")
    floor_mm: float = Field(2.0, ge=1.6, le=6, description="Floor (mm).")
    wall_mm: float = Field(2.4, ge=1.6, le=6, description="Walls (mm).")
    clearance_mm: float = Field(0.5, ge=0.1, le=2, description="Play round the supply (mm).")
    clear_depth_mm: Length | None = Field(
        None, description="Of the rack, if it must not be passed."
    )

    @model_validator(mode="after")
    def _fits(self) -> "PsuSpec":
        d, found = self.device, list[Problem]()
        widest = self.standard.body_max_mm - 2 * (self.wall_mm + self.clearance_mm)
        if d.width_mm > widest + 1e-9:
            what = f"{d.id} is {d.width_mm:g} mm wide"
            limit = f"up to {widest:g} mm between these walls"
            found.append(Problem("psu", what, "device", None, limit, "use a 19in rack"))
        needed, room = self.floor_mm + self.lift_needed_mm + d.height_mm, self.panel_height
        if needed > room + 1e-9:
            what = f"{d.id} is {d.height_mm:g} mm high and does not fit {self.height_u:g}U"
            limit = (
                f"a supply up to {_down(room - needed + d.height_mm):g} mm in {self.height_u:g}U"
            )
            near = f"use {smallest_height_u(needed):g}U"
            found.append(Problem("psu", what, "height", None, limit, near))
        if self.clear_depth_mm is not None and self.end_mm > self.clear_depth_mm:
            what = f"{d.id} reaches {self.end_mm:.1f} mm back, past the rack's depth"
            limit = (
                f"a supply up to {_down(self.clear_depth_mm - self.end_mm + d.depth_mm):g} mm deep"
            )
            past = self.end_mm - self.clear_depth_mm
            near = f"leave clear_depth_mm out to let it stand out {past:.1f} mm"
            found.append(Problem("psu", what, "clear_depth_mm", None, limit, near))
        if found:
            raise InputError(*found)
        return self

    @property
    def held_name(self) -> str:
        """Its supply, in the name of the part."""
        return self.device.id

    @property
    def kind(self) -> str:
        """What the family is called."""
        return "psu"

    @property
    def held_devices(self) -> tuple[Psu, ...]:
        """What stands on it."""
        return (self.device,)

    @property
    def outer_mm(self) -> float:
        """Half the width over the walls."""
        return self.device.width_mm / 2 + self.clearance_mm + self.wall_mm

    @property
    def depth_mm(self) -> float:
        """Rear end of the floor, y."""
        return self.end_mm + self._tail_mm

    @property
    def floor_top_mm(self) -> float:
        """Upper face of the floor, z."""
        return self.bottom_mm + self.lift_mm + self.floor_mm

    @property
    def wall_top_mm(self) -> float:
        """Upper edge of the walls in front, z."""
        return min(self.floor_top_mm + self.device.height_mm, self.top_mm - 1.0)

    @property
    def _tail_mm(self) -> float:
        """Floor behind the supply: the stops, where no screws hold it."""
        return 0.0 if self.held else self.clearance_mm + STOP_LONG_MM + 2.0

    @property
    def panel_height(self) -> float:
        """Height of the panel, mm."""
        return panel_height_mm(self.height_u)

    @property
    def faced(self) -> bool:
        """Whether inlet and switch show through the panel."""
        return any(self.device.id.startswith(kind) for kind in FACED)

    @property
    def lift_needed_mm(self) -> float:
        """Room under the floor that screw heads cannot do without."""
        return 0.4 + HEAD_MM[self.device.bottom_screw] if self.device.bottom_holes_mm else 0.0

    @cached_property
    def lift_mm(self) -> float:
        """Height of the floor over the panel's lower edge: for screw heads, or for a strap."""
        if self.lift_needed_mm or self.device.rear_holes_mm:
            return self.lift_needed_mm
        spare = self.panel_height - self.floor_mm - self.device.height_mm
        return STRAP_MM if spare >= STRAP_MM else 0.0

    @property
    def end_mm(self) -> float:
        """Rear end of the supply, y."""
        return self.panel_mm + (0.0 if self.faced else TAIL_MM) + self.device.depth_mm

    @property
    def front_mm(self) -> float:
        """Front of the supply, y: at the panel, or behind it with room for air."""
        return self.end_mm - self.device.depth_mm

    @property
    def held(self) -> bool:
        """Whether screws hold it."""
        return bool(self.device.rear_holes_mm or self.device.bottom_holes_mm)

    @cached_property
    def deck(self) -> Deck:
        """Floor and walls."""
        low, d = self.bottom_mm + self.lift_mm, self.device
        top = self.wall_top_mm
        end = top if self.braced else min(top, self.floor_top_mm + max(8.0, 0.35 * d.height_mm))
        strapped = (0.3, 0.75) if self.lift_mm and not self.held else ()
        return Deck(
            panel=self,
            inner_mm=self.inner_mm,
            wall_mm=self.wall_mm,
            low_mm=low,
            floor_mm=self.floor_mm,
            depth_mm=self.depth_mm,
            front_top_mm=top,
            rear_top_mm=end,
            notches_mm=tuple(self.panel_mm + share * d.depth_mm for share in strapped),
            beams=() if self.braced else self._beams,
        )

    @property
    def _beams(self) -> tuple[EarBeam, ...]:
        """Hollow beams behind the ears, where no brackets hold it behind."""
        tip, near = self.standard.body_max_mm / 2, self.outer_mm - 0.5
        high = min(BEAM_MM, self.top_mm - self.bottom_mm - GUSSET_MM - 3.0)
        if tip - self.outer_mm < LEAST_EAR_MM:
            return ()
        return tuple(
            EarBeam((side * near, side * tip), self.panel_mm, self.bottom_mm, GUSSET_MM, high, "+y")
            for side in (-1, 1)
        )

    @property
    def middle_mm(self) -> float:
        """Middle of the supply's face, z."""
        return self.deck.top_mm + self.device.height_mm / 2

    @property
    def rear_holes(self) -> tuple[Point, ...]:
        """Screws through the panel, (x, z)."""
        return tuple((x, self.middle_mm + z) for x, z in self.device.rear_holes_mm)

    @property
    def bottom_holes(self) -> tuple[Point, ...]:
        """Screws through the floor, (x, y): centred on the case."""
        if self.device.bottom_holes_mm is None:
            return ()
        across, along = self.device.bottom_holes_mm
        y = self.end_mm - self.device.depth_mm / 2
        return tuple((a * across / 2, y + b * along / 2) for a in (-1, 1) for b in (-1, 1))


@part("psu", PsuSpec, takes="psu")
def psu(spec: PsuSpec) -> Part:
    r"""A tray for a power supply: inlet and switch through the panel, or a closed front.

          ATX, SFX: screwed to the panel            enclosed: screwed to the floor
    +--+----------------------------+--+     +--+----------------------------+--+
    |= | o  .--------------------.o | =|     |= |  hexagons, air only        | =|
    |  |    | fan, inlet, switch |  |  |     |= |                            | =|
    |= | o  '-----------------.o-'  | =|     +--+----------------------------+--+
    +--+----------------------------+--+       ||   o            o   ||  floor, seen from
        Flex, TFX: a window and a strap        ||   o            o   ||  above
    """
    if spec.piece != "shelf":
        return rear.bracket(spec)
    deck = spec.deck
    bore = BORE_MM.get(spec.device.bottom_screw, 0.0)
    bottom = tuple(upright_bore(at, bore) for at in spec.bottom_holes)
    sheets: list[Sheet] = [panel.sheet(spec, _windows(spec)), *deck.sheets(bottom)]
    if not spec.held:
        stop = deck.stops(spec.end_mm + spec.clearance_mm, 0.22 * spec.device.width_mm)
        sheets += stop
    vents = ()
    if spec.vents:
        pads = tuple(circle(at, 12.0) for at in spec.bottom_holes)
        front = () if spec.faced else deck.front_vents()
        vents = (*deck.floor_vents(spec.end_mm, pads), *deck.ear_vents(), *front)
    return Part(
        name=spec.title,
        family="psu",
        body=joined(sheets),
        up="+y",
        perforations=(*(rear.bolt_holes(spec) if spec.braced else ()), *vents),
        hardware=_hardware(spec),
        panel=panel.claim(spec),
        notes=_notes(spec),
    )


def _windows(spec: PsuSpec) -> tuple[Loop, ...]:
    """Return screw holes and the window between them."""
    if not spec.faced:
        return ()
    bore = BORE_MM.get(spec.device.screw, BORE_MM["#6-32"])
    drills = tuple(circle(at, bore) for at in spec.rear_holes)
    return (*drills, face_window(spec))


def face_window(spec: PsuSpec) -> Loop:
    """Return the opening for fan, inlet and switch: the face less a lip and a pad at each screw."""
    import shapely  # noqa: PLC0415 - heavy

    half, low = spec.device.width_mm / 2, spec.deck.top_mm
    top = min(low + spec.device.height_mm - LIP_MM, spec.top_mm - LIP_MM)
    area: Any = shapely.box(-half + LIP_MM, low + LIP_MM, half - LIP_MM, top)
    for x, z in spec.rear_holes:
        far_x = x + (half if x > 0 else -half)
        far_z = z + (half if z > spec.middle_mm else -half)
        near_x, near_z = _towards(x, 0.0), _towards(z, spec.middle_mm)
        pad = shapely.box(
            min(near_x, far_x), min(near_z, far_z), max(near_x, far_x), max(near_z, far_z)
        )
        area = area.difference(pad)
    ring = [(round(float(x), 4), round(float(y), 4)) for x, y in area.exterior.coords[:-1]]
    return Loop(tuple(ring), (1.0,) * len(ring))


def _down(value: float) -> float:
    """Round down to 0.01 mm: what is said to work must work."""
    return math.floor(value * 100 + 1e-6) / 100


def _towards(value: float, middle: float) -> float:
    return value - PAD_MM if value > middle else value + PAD_MM


def _hardware(spec: PsuSpec) -> tuple[Hardware, ...]:
    found = [panel.rack_screws(spec), *(rear.fasteners(spec) if spec.braced else ())]
    if spec.rear_holes:
        name = spec.device.screw or "#6-32"
        found.append(screws((name, 6), len(spec.rear_holes), "supply to panel"))
    elif spec.bottom_holes:
        size = (spec.device.bottom_screw, 6)
        found.append(screws(size, len(spec.bottom_holes), "from below into the supply"))
    elif spec.lift_mm:
        found.append(straps("hook-and-loop strap, 10 mm wide", 2, "holds the supply"))
    return tuple(found)


def _notes(spec: PsuSpec) -> tuple[str, ...]:
    d = spec.device
    found: list[str] = ["mains inside: have the earth and the cover of every terminal checked"]
    found += rear.notes(spec, d.id)
    if spec.facing == "rear":
        found.append("hang it on the rear posts: its inlet then faces the rack's rear")
    if not spec.held:
        by = "stops and straps" if spec.lift_mm else "its window, stops and walls"
        found.append(f"no screw holes of {d.id} are known: {by} hold it")
    if not spec.faced:
        found.append("its terminals face the rear; cover them")
    if d.confidence in {"low", "none"}:
        found.append(f"the size of {d.id} is recalled, not measured: measure yours first")
    return tuple(found)


def psu_blocks(spec: PsuSpec) -> tuple[Block, ...]:
    """Return the supply at its place."""
    half, low = spec.device.width_mm / 2, spec.deck.top_mm + 1e-3
    front, high = spec.front_mm + 1e-3, spec.deck.top_mm + spec.device.height_mm
    return (Block((-half, front, low), (half, spec.end_mm, high)),)
