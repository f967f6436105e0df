"""A tray for disks side by side, screwed from below, their connectors to the rear."""

import math
from functools import cached_property
from typing import Any

from pydantic import Field, model_validator

from catalog.base import Length
from catalog.models import Drive, RackStandard
from catalog.problems import InputError, Problem
from catalog.rack_units import panel_height_mm, smallest_height_u
from mounts import panel
from mounts.board import Block
from mounts.geometry.flat import Point
from mounts.geometry.sheet import joined
from mounts.geometry.vents import Perforation
from mounts.hardware import screws
from mounts.part import Part, part
from mounts.parts import rear
from mounts.parts.deck import Deck, upright_bore, upright_slot
from mounts.parts.rear_spec import RearSpec
from mounts.weight import weight_of

# Hole (ISO 273, normal fit; #6-32 drill 18) and height of a pan head (ISO 7045, ASME B18.6.3), mm.
BORE_MM = {"#6-32": 4.31, "M3": 3.4}
HEAD_MM = {"#6-32": 2.5, "M3": 2.4}
PLAY_MM = 0.5  # beside the outermost disks
AIR_MM = 12.0  # behind the panel
SLOT_MM = 6.0  # wide; air passes under the disks
# Held at four posts a floor of 3 mm sags by 0.9 mm in the middle under four disks of 3.5 inches
# across 19 inches; one of 4 mm by 0.45 (bricks).
HEAVY_ROW_G, WIDE_ROW_MM, HEAVY_FLOOR_MM = 2000.0, 350.0, 4.0
WEB_MM = 6.0  # left between slots, and round a screw


class DrivesSpec(RearSpec):
    """Disks of one kind on one tray."""

    device: Drive
    count: int | None = Field(None, ge=1, le=8, description="As many as fit if left out.")
    tall_mm: Length | None = Field(None, description="Of one disk; the highest known if left out.")
    floor_mm: float = Field(
        3.0, ge=2, le=6, description="4 if left out, under a wide row of heavy disks."
    )
    wall_mm: float = Field(2.4, ge=1.6, le=6, description="Walls (mm).")
    gap_mm: float = Field(2.0, ge=0.5, le=40, description="Air between disks (mm).")

    @model_validator(mode="before")
    @classmethod
    def _stiff(cls, given: Any) -> Any:
        """Give the floor under a wide row of heavy disks more thickness, where nobody says."""
        if not isinstance(given, dict) or "floor_mm" in given:
            return given
        known: dict[str, Any] = given
        disk, rack, count = (known.get(key) for key in ("device", "standard", "count"))
        if not (isinstance(disk, Drive) and isinstance(rack, RackStandard)):
            return known
        most = rack.body_max_mm // disk.width_mm
        many = min(most, count) if isinstance(count, int) else most
        heavy = many * weight_of(disk)[0] > HEAVY_ROW_G and many * disk.width_mm > WIDE_ROW_MM
        return {**known, "floor_mm": HEAVY_FLOOR_MM} if heavy else known

    @model_validator(mode="after")
    def _fits(self) -> "DrivesSpec":
        d, found = self.device, list[Problem]()
        if not d.bottom_holes_mm or d.bottom_hole_pitch_mm is None or self.thread not in BORE_MM:
            what = f"{d.id} has no screw holes in its bottom"
            raise InputError(Problem("drives", what, "device", allowed="2.5in, 3.5in"))
        if self.most < 1:
            what = f"{d.id} is wider than the rack leaves room for"
            found.append(Problem("drives", what, "device", nearest="use a 19in rack"))
        elif self.count is not None and self.count > self.most:
            what = f"{self.count} disks of {d.width_mm:g} mm do not fit side by side"
            limit = f"up to {self.most} in a {self.standard.id} rack"
            found.append(Problem("drives", what, "count", None, limit, f"count = {self.most}"))
        room = panel_height_mm(self.height_u) - self.lift_mm - self.floor_mm
        if self.disk_mm > room + 1e-9:
            what = f"{d.id} is {self.disk_mm:g} mm high and does not fit {self.height_u:g}U"
            limit = f"a disk up to {math.floor(100 * room) / 100:g} mm in {self.height_u:g}U"
            near = f"use {smallest_height_u(self.lift_mm + self.floor_mm + self.disk_mm):g}U"
            found.append(Problem("drives", what, "height", None, limit, near))
        if found:
            raise InputError(*found)
        return self

    @property
    def held_name(self) -> str:
        """Its disks, in the name of the part."""
        return f"{self.device.id}-x{self.number}"

    @property
    def kind(self) -> str:
        """What the family is called."""
        return "drives"

    @property
    def held_devices(self) -> tuple[Drive, ...]:
        """What stands on it."""
        return (self.device,) * self.number

    @property
    def stiffened(self) -> bool:
        """Disks are of metal, and each is screwed to the floor at four corners."""
        return True

    @property
    def outer_mm(self) -> float:
        """Half the width over the walls."""
        return PLAY_MM - self.lefts_mm[0] + self.wall_mm

    @property
    def depth_mm(self) -> float:
        """Rear end of the floor, y."""
        return self.plug_mm - 1.0

    @property
    def floor_top_mm(self) -> float:
        """Upper face of the floor, z."""
        return self.bottom_mm + self.lift_mm + self.floor_mm

    @property
    def wall_top_mm(self) -> float:
        """Upper edge of the walls in front, z."""
        return min(self.floor_top_mm + self.disk_mm, self.top_mm - 1.0)

    @property
    def thread(self) -> str:
        """Of the disk's screws."""
        return self.device.screw.split(" ")[0]

    @property
    def lift_mm(self) -> float:
        """Room under the floor for the screws' heads."""
        return HEAD_MM.get(self.thread, 3.0) + 0.5

    @property
    def disk_mm(self) -> float:
        """Height of one disk."""
        return self.tall_mm or max(self.device.heights_mm)

    @property
    def most(self) -> int:
        """How many disks fit side by side."""
        room = self.standard.body_max_mm - 2 * (self.wall_mm + PLAY_MM) + self.gap_mm
        return int((room + 1e-9) // (self.device.width_mm + self.gap_mm))

    @property
    def number(self) -> int:
        """How many disks there are."""
        return self.count or self.most

    @property
    def lefts_mm(self) -> tuple[float, ...]:
        """Left side of every disk, x."""
        pitch = self.device.width_mm + self.gap_mm
        first = -(self.number * pitch - self.gap_mm) / 2
        return tuple(first + index * pitch for index in range(self.number))

    @property
    def plug_mm(self) -> float:
        """The disks' connector end, y: also the floor's, so that every plug is free."""
        return self.panel_mm + AIR_MM + self.device.depth_mm

    @cached_property
    def deck(self) -> Deck:
        """Floor and walls."""
        low = self.bottom_mm + self.lift_mm
        top = self.wall_top_mm
        end = top if self.braced else min(top, low + self.floor_mm + 6.0)
        walls = self.inner_mm, self.wall_mm
        return Deck(self, *walls, low, self.floor_mm, self.depth_mm, top, end)

    @property
    def rows_mm(self) -> tuple[float, ...]:
        """Distances of the screws from the connector end, each once."""
        return tuple(sorted({*self.device.bottom_holes_mm, *self.device.bottom_holes_alt_mm}))

    @property
    def screws(self) -> tuple[Point, ...]:
        """Holes in the floor, (x, y)."""
        half = (self.device.bottom_hole_pitch_mm or 0.0) / 2
        return tuple(
            (left + self.device.width_mm / 2 + side * half, self.plug_mm - row)
            for left in self.lefts_mm
            for side in (-1, 1)
            for row in self.rows_mm
        )


@part("drives", DrivesSpec, takes="drive")
def drives(spec: DrivesSpec) -> Part:
    """A tray for disks: as many as fit side by side, plugs to the rear, air from the front.

      floor from above                        front
    | :  ==  ==  :  :  ==  ==  : |        +------------------------+
    | o  ==  ==  o  o  ==  ==  o |        | =  ⬡ ⬡ ⬡ ⬡ ⬡ ⬡ ⬡ ⬡  = |
    |    ==  ==        ==  ==    |        | =   hexagons, air    = |
    | o  ==  ==  o  o  ==  ==  o |        +------------------------+
    +============================+ panel
    """
    if spec.piece != "shelf":
        return rear.bracket(spec)
    deck = spec.deck
    drills = tuple(upright_bore(at, BORE_MM[spec.thread]) for at in spec.screws)
    body = joined([panel.sheet(spec), *deck.sheets(drills)])
    vents = (*deck.front_vents(), *deck.ear_vents()) if spec.vents else ()
    each = 4 * spec.number
    return Part(
        name=spec.title,
        family="drives",
        body=body,
        up="+y",
        perforations=(*(rear.bolt_holes(spec) if spec.braced else ()), *vents, *_slots(spec)),
        hardware=(
            panel.rack_screws(spec),
            *(rear.fasteners(spec) if spec.braced else ()),
            screws((spec.thread, 6), each, "from below into the disks"),
        ),
        panel=panel.claim(spec),
        notes=(
            f"{spec.number} disks; {spec.most} fit side by side",
            *rear.notes(spec, f"{spec.number} x {spec.device.id}"),
        ),
    )


def _slots(spec: DrivesSpec) -> tuple[Perforation, ...]:
    """Return openings along each disk, clear of its screws."""
    half = (spec.device.bottom_hole_pitch_mm or 0.0) / 2 - WEB_MM - BORE_MM[spec.thread] / 2
    count = int((2 * half + WEB_MM) // (SLOT_MM + WEB_MM))
    y0, y1 = spec.panel_mm + WEB_MM + 6.0, spec.plug_mm - WEB_MM - 6.0
    long = (y1 - y0 - WEB_MM) / 2
    drawn = upright_slot((-SLOT_MM / 2, -long / 2), (SLOT_MM / 2, long / 2))
    centers: list[Point] = []
    for left in spec.lefts_mm:
        x = left + spec.device.width_mm / 2 - (count - 1) * (SLOT_MM + WEB_MM) / 2
        for index in range(count):
            at = x + index * (SLOT_MM + WEB_MM)
            centers += [(at, y0 + long / 2), (at, y1 - long / 2)]
    ends = spec.deck.low_mm, spec.deck.top_mm
    return (Perforation("xy", *ends, drawn.points, tuple(centers)),) if centers else ()


def disk_blocks(spec: DrivesSpec) -> tuple[Block, ...]:
    """Return all disks at their places."""
    low = spec.deck.top_mm + 1e-3
    high, front = spec.deck.top_mm + spec.disk_mm, spec.plug_mm - spec.device.depth_mm
    return tuple(
        Block((left, front, low), (left + spec.device.width_mm, spec.plug_mm, high))
        for left in spec.lefts_mm
    )
