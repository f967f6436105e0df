"""What a frame is made to: its bays, how many sleds it takes, and where each of them sits."""

import math
from functools import cached_property
from itertools import pairwise
from typing import Any, Literal

from pydantic import Field, model_validator

from catalog.base import Length
from catalog.models import Fan
from catalog.problems import InputError
from mounts import labstack
from mounts.geometry.flat import Point
from mounts.panel import PanelSpec
from mounts.parts import frame_bearing
from mounts.parts.bar import Bar
from mounts.parts.frame_bays import (
    Bay,
    BaySpec,
    Group,
    Standing,
    bay_mm,
    columns,
    fields_of,
    groups_of,
    in_box,
    in_words,
    span_mm,
    standing,
    wall_mm,
    wide_mm,
)
from mounts.parts.frame_problems import (
    bar_fits,
    catch_fits,
    fans_fit,
    module_fits,
    rows_fit,
    sleds_of,
    spine_fits,
    too_many,
    too_wide,
)
from mounts.parts.latch import SLOT_Y_MM
from mounts.parts.sled_spec import SledSpec
from mounts.weight import SLED_G, weight_of

GUIDED = 0.62  # share of a sled's depth that the frame holds
STRIP_MM = 13.0  # the deepest beam of panel before a roof
LEAST_STRIP_MM = 2.0
CABLES_MM = 20.0  # between two rows, back to back: what `rackpress fit` takes for plugs and cables
PLENUM_MM = 20.0  # from the sleds to the fan wall: its bosses rise from the frame's corners there
FAN_WALL_MM = 3.0
SPINE_MM = 3.0
SPINES_MM = 2.0  # between the spines of two rows: each has as much room before it as cables want
FAN_SIDE_MM = 10.0  # left of the fan wall beside the fans, for its own screws
FAN_GAP_MM = 1.0
FAN_EDGE_MM = 1.5  # over and under the fans


class FrameSpec(PanelSpec, SledSpec):
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
        totals = (self.most if self.count is None else self.count, *(b.count for b in self.beside))
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

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """The rooms between the frame's walls, from left to right."""
        return groups_of(self.row, frame_bearing.bulkheads(self))

    @property
    def row(self) -> list[tuple[SledSpec, int]]:
        """Each kind of sled, and how many of it one frame takes."""
        return [(kind, each) for kind, (each, _) in zip(self.kinds, self.counts, strict=True)]

    @property
    def walls_mm(self) -> tuple[tuple[float, float], ...]:
        """Spans of x of all upright walls, from the left."""
        between = [(span_mm(a)[1], span_mm(b)[0]) for a, b in pairwise(self.groups)]
        outer, inner = self.outer_mm, self.inner_mm
        return ((-outer, -inner), *between, (inner, outer))

    @property
    def bays(self) -> tuple[Bay, ...]:
        """All bays from left to right."""
        return tuple(bay for group in self.groups for bay in group)

    @cached_property
    def stands(self) -> tuple[Standing, ...]:
        """Every sled of all rows, the front row first."""
        return standing(self.bays, self.counts, self.rows)

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
            return labstack.WIDE_MM - 2 * labstack.PLAY_MM
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

    @property
    def holds(self) -> int:
        """How many sleds all rows take."""
        return sum(total for _, total in self.counts)

    @property
    def sleds(self) -> int:
        """How many sleds one frame takes."""
        return sum(each for each, _ in self.counts)

    @property
    def reach_mm(self) -> float:
        """How far a row reaches behind its panel's face."""
        if self.spined:
            return self.back_mm + SPINE_MM
        if self.fan is None:
            return max(self.end_mm, self.depth_mm)
        return self.back_mm + FAN_WALL_MM + self.fan.thickness_mm

    @property
    def back_mm(self) -> float:
        """Where a fan wall or a spine stands, y."""
        return self.depth_mm + PLENUM_MM

    @property
    def fan_middles(self) -> tuple[Point, ...]:
        """Return the middles of the fans, (x, z): as many as the wall has room for."""
        if self.fan is None:
            return ()
        step = self.fan.size_mm + FAN_GAP_MM
        wide, high = 2 * (self.outer_mm - FAN_SIDE_MM), self.top_mm - self.bottom_mm
        across = int((wide + FAN_GAP_MM) // step)
        up = int((high - 2 * FAN_EDGE_MM + FAN_GAP_MM) // step)
        middle = (self.top_mm + self.bottom_mm) / 2
        return tuple(
            ((i - (across - 1) / 2) * step, middle + (j - (up - 1) / 2) * step)
            for j in range(up)
            for i in range(across)
        )

    @property
    def least_between_mm(self) -> float:
        """Distance of front and rear posts that two rows need, cables between them."""
        return 2 * self.reach_mm + (SPINES_MM if self.spined else CABLES_MM)

    @property
    def deep_mm(self) -> float:
        """Depth of all rows: of two, up to the rear posts' face."""
        return self.reach_mm if self.rows == 1 else self.between_mm or self.least_between_mm

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
    def sag_mm(self) -> float:
        """How far one frame sags in its middle, about."""
        return frame_bearing.sag_mm(self)

    @property
    def closed(self) -> bool:
        """Whether floor and roof are without vents: where a bar bears it and it would still tip."""
        return frame_bearing.closed(self)

    @cached_property
    def barred(self) -> bool:
        """Whether a steel bar bears it: as asked for, or where it sags without and can have one."""
        return frame_bearing.barred(self)

    @cached_property
    def spined(self) -> bool:
        """Whether a plate behind sleds on edge bears it: as asked for, or if it sags without."""
        return frame_bearing.spined(self)

    @property
    def steel(self) -> Bar:
        """Where the bar lies: behind the longest sled, across the middle of the height."""
        play = self.calibration
        middle = (self.low_mm + self.high_mm) / 2
        return Bar(self.depth_mm, middle, play.slide_mm, play.press_mm)

    @property
    def columns(self) -> int:
        """How many sleds of the first kind stand side by side."""
        return columns(self.kinds[0], self.counts[0][0])

    @property
    def inner_mm(self) -> float:
        """Half the width of the inside, over all bays."""
        return span_mm(self.groups[-1])[1]

    @property
    def outer_mm(self) -> float:
        """Half the width of the box."""
        return self.inner_mm + self.shell_mm

    @property
    def guide_mm(self) -> float:
        """Rear end of the grooves, y: they guide the sleds' front part, air has the rest."""
        return max(self.depth_mm * GUIDED, SLOT_Y_MM[1] + 20.0)

    @property
    def end_mm(self) -> float:
        """Rear end of the frame, y: where the grooves end, or behind the bar."""
        return self.steel.end_mm if self.barred else self.guide_mm

    @property
    def inside_z_mm(self) -> tuple[float, float]:
        """Lower and upper side of the inside, z."""
        return self.inside_low_mm, self.inside_high_mm

    @property
    def inside_low_mm(self) -> float:
        """Lower side of the inside, z."""
        return self.low_mm + self.flat_mm

    @property
    def inside_high_mm(self) -> float:
        """Upper side of the inside, z."""
        return self.high_mm - self.flat_mm

    @property
    def low_mm(self) -> float:
        """Lower side of the box, z: the panel's, or over the strip of panel that carries it."""
        if self.all_turned and self.opening == "rack":
            return self.top_mm - self.outside_mm
        return (self.bottom_mm + self.top_mm - self.outside_mm) / 2

    @property
    def high_mm(self) -> float:
        """Upper side of the box, z."""
        return self.low_mm + self.outside_mm

    @property
    def strip_mm(self) -> float:
        """Panel that hangs before the inside of flat bays: over what a sled and its board need."""
        if any(one.pose == "on-edge" for one in self.kinds) or self.opening != "rack":
            return 0.0
        spare = min(self._spare_mm(bay) for bay in self.bays)
        return min(STRIP_MM, spare) if spare >= LEAST_STRIP_MM else 0.0

    def _spare_mm(self, bay: Bay) -> float:
        """Return what is left over the uppermost sled of a bay and its board."""
        sled = bay.sled
        clip = 0.0 if sled.latch == "side" or sled.clip is None else sled.clip.top_mm
        needed = max(sled.tall_mm, clip + 3 * sled.slide_mm)
        return self.inside_high_mm - bay.low_mm(sled.layers - 1, self.inside_low_mm) - needed

    @property
    def all_turned(self) -> bool:
        """Whether all sleds stand on edge."""
        return all(one.pose == "on-edge" for one in self.kinds)

    @model_validator(mode="after")
    def _row_fits(self) -> "FrameSpec":
        module_fits(self)
        too_wide(self)
        bar_fits(self)
        rows_fit(self)
        spine_fits(self)
        fans_fit(self)
        catch_fits(self)
        too_many(self)
        return self

    def or_clip(self) -> str:
        """Say how many go in with clips in front, if that is more."""
        if self.latch == "front" or self.pose == "on-edge":
            return ""
        fields: dict[str, Any] = {key: getattr(self, key) for key in FrameSpec.model_fields}
        fields |= {"latch": "front", "count": None}
        try:
            slim = FrameSpec(**fields)
        except InputError:
            return ""
        return f", or {slim.most} with latch = 'front'" if slim.most > self.most else ""
