"""What stands in a frame: sleds of one kind or several, how many, how wide and how deep."""

import math
from functools import cached_property
from typing import TYPE_CHECKING, Literal, cast

from pydantic import Field

from catalog.base import Length
from catalog.models import Fan
from mounts import labstack
from mounts.panel import PanelSpec
from mounts.parts import frame_bearing
from mounts.parts.frame_bays import (
    BaySpec,
    bay_mm,
    columns,
    fields_of,
    in_box,
    in_words,
    wall_mm,
    wide_mm,
)
from mounts.parts.frame_problems import sleds_of
from mounts.parts.sled_spec import SledSpec
from mounts.weight import SLED_G, weight_of

if TYPE_CHECKING:
    from mounts.parts.frame_spec import FrameSpec


class FrameRow(PanelSpec, SledSpec):
    """Sleds in one frame: a row of one kind, or several kinds side by side."""

    count: int | None = Field(None, ge=1, le=256, description="Sleds; as many as fit if not given.")
    beside: tuple[BaySpec, ...] = Field(
        (), max_length=7, description="Sleds of other kinds, to their right."
    )
    rows: int = Field(1, ge=1, le=2, description="2: another frame on the rear posts.")
    between_mm: Length | None = Field(
        None, description="From the front posts' face to the rear posts' (mm); the rack's if known."
    )
    fan: Fan | None = Field(None, description="In a wall behind the sleds, as many as fit.")
    bar: bool | None = Field(
        None,
        description="Steel bar 20 x 3 behind flat sleds to bear the middle; if needed and possible "
        "when not given.",
    )
    spine: bool | None = Field(
        None,
        description="A plate behind sleds on edge that bears the frame; if needed when not given.",
    )
    piece: Literal["frame", "fan-wall", "spine"] = "frame"
    # Wide: the box is a cage, its strength is in ribs and edges.
    vent_mm: float = Field(12.0, ge=4, le=20, description="A vent across its flats (mm).")

    @property
    def title(self) -> str:
        """Name of the part."""
        kinds = zip(self.kinds, self.counts, strict=True)
        named = [f"{sled.name}-{sled.way}-x{each}" for sled, (each, _) in kinds]
        row = "-".join(named[:2]) + (f"-and-{len(named) - 2}-more" if len(named) > 2 else "")
        fans = f"-{self.fan.id}" if self.fan else ""
        into = f"{self.standard.id}-{self.height_u:g}u"
        return f"{self.piece}-{row}{fans}-{'labstack' if self.opening == 'labstack' else into}"

    @cached_property
    def kinds(self) -> tuple[SledSpec, ...]:
        """The sled of each kind: those on edge are all as wide as the frame is high."""
        if not self.beside:
            return self._alone
        box = round(self.outside_mm, 6)
        return tuple(in_box(one, box) for one in self._alone)

    @cached_property
    def _alone(self) -> tuple[SledSpec, ...]:
        """The sled of each kind as in a frame of its own."""
        own = {key: getattr(self, key) for key in SledSpec.model_fields}
        if not self.beside:
            return (SledSpec(**own),)
        of_board = {*BaySpec.model_fields, "box_mm"}
        common = {key: value for key, value in own.items() if key not in of_board}
        return sleds_of([own, *({**common, **fields_of(one)} for one in self.beside)])

    @property
    def counts(self) -> tuple[tuple[int, int], ...]:
        """Of each kind, how many sleds one frame takes, and how many all rows do."""
        totals = (self.usual if self.count is None else self.count, *(b.count for b in self.beside))
        return tuple((math.ceil(total / self.rows), total) for total in totals)

    @property
    def words(self) -> str:
        """How the sleds stand, in words."""
        kinds = list(zip(self.kinds, self.counts, strict=True))
        several = len({sled.name for sled, _ in kinds}) > 1
        told = [
            (f"{sled.name} " if several else "") + in_words(sled, each) for sled, (each, _) in kinds
        ]
        return " + ".join(told) + (", and as many behind" if self.rows > 1 else "")

    @property
    def row(self) -> list[tuple[SledSpec, int]]:
        """Each kind of sled, and how many of it one frame takes."""
        return [(kind, each) for kind, (each, _) in zip(self.kinds, self.counts, strict=True)]

    @property
    def bay_mm(self) -> float:
        """From one sled of the first kind to the next."""
        walled = self.wall_mm if self.pose == "flat" else 0.0
        return bay_mm(self.kinds[0]) + walled

    @property
    def wall_mm(self) -> float:
        """Wall between two rooms."""
        return wall_mm(self.kinds)

    @property
    def outside_mm(self) -> float:
        """Height of the box: what the kind needs that needs most."""
        if not self.beside:
            return super().outside_mm
        return max(one.outside_mm for one in self._alone)

    @property
    def depth_mm(self) -> float:
        """Rear end of the longest sled, y."""
        return max(one.depth_mm for one in self._alone) if self.beside else super().depth_mm

    @property
    def room_mm(self) -> float:
        """Width that the box may have."""
        if self.opening == "labstack":
            return labstack.WIDE_MM - 2 * labstack.play_mm(self.calibration)
        return self.standard.body_max_mm

    @cached_property
    def row_most(self) -> int:
        """How many sleds of the first kind one frame has room for."""
        room = self.room_mm - 2 * self.shell_mm
        if self.beside:
            return self._most_beside(room)
        # A wall less than bays; on edge, play at both ends.
        room += self.wall_mm if self.pose == "flat" else -2 * self.slide_mm
        return max(0, int((room + 1e-9) // self.bay_mm)) * self.layers

    def _most_beside(self, room_mm: float) -> int:
        own = self.kinds[0]
        others = [
            (k, -(-b.count // self.rows)) for k, b in zip(self.kinds[1:], self.beside, strict=True)
        ]
        many = 0
        while wide_mm([(own, (many + 1) * own.layers), *others]) <= room_mm + 1e-9:
            many += 1
        return many * own.layers

    @property
    def most(self) -> int:
        """How many sleds of the first kind the rack has room for, in all rows."""
        return self.row_most * self.rows

    @cached_property
    def usual(self) -> int:
        """How many sleds of the first kind there are if nobody says."""
        return frame_bearing.usual(cast("FrameSpec", self))

    @property
    def holds(self) -> int:
        """How many sleds all rows take."""
        return sum(total for _, total in self.counts)

    @property
    def sleds(self) -> int:
        """How many sleds one frame takes."""
        return sum(each for each, _ in self.counts)

    @property
    def load_g(self) -> float:
        """What the sleds of one frame weigh with their boards."""
        kinds = zip(self.kinds, self.counts, strict=True)
        return sum(each * (weight_of(sled.device)[0] + SLED_G) for sled, (each, _) in kinds)

    @property
    def assumed(self) -> tuple[str, ...]:
        """What was assumed for the boards' weights."""
        said = [weight_of(sled.device)[1] for sled in self.kinds]
        return tuple(dict.fromkeys(text for text in said if text))

    @property
    def columns(self) -> int:
        """How many sleds of the first kind stand side by side."""
        return columns(self.kinds[0], self.counts[0][0])

    @property
    def all_turned(self) -> bool:
        """Whether all sleds stand on edge."""
        return all(one.pose == "on-edge" for one in self.kinds)
