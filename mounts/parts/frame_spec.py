"""What a frame is made to: where each sled stands, how high and deep it is, and what bears it."""

from functools import cached_property
from itertools import pairwise
from typing import Any

from pydantic import ValidationError, model_validator

from catalog.problems import InputError
from mounts.geometry.flat import Point
from mounts.parts import fan_bosses, frame_bearing
from mounts.parts.bar import Bar
from mounts.parts.frame_bays import (
    Bay,
    Group,
    Standing,
    groups_of,
    span_mm,
    standing,
)
from mounts.parts.frame_problems import (
    bar_fits,
    catch_fits,
    fans_fit,
    module_fits,
    rows_fit,
    spine_fits,
    too_many,
    too_wide,
)
from mounts.parts.frame_row import FrameRow
from mounts.parts.latch import SLOT_Y_MM

GUIDED = 0.62  # share of a sled's depth that the frame holds
STRIP_MM = 13.0  # the deepest beam of panel before a roof
LEAST_STRIP_MM = 2.0
CABLES_MM = 20.0  # between two rows, back to back: what `rackpress fit` takes for plugs and cables
PLENUM_MM = 20.0  # from the sleds to the fan wall: its bosses rise from the frame's corners there
FAN_WALL_MM = 3.0
SPINE_MM = 3.0
UPRIGHT_HALVES = 5  # half units more at most that sleds on edge are told to want
SPINES_MM = 2.0  # between the spines of two rows: each has as much room before it as cables want
FAN_SIDE_MM = 10.0  # left of the fan wall beside the fans, for its own screws
FAN_GAP_MM = 1.0
FAN_EDGE_MM = 1.5  # over and under the fans


class FrameSpec(FrameRow):
    """A frame: where its sleds stand, and what it is made of."""

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """The rooms between the frame's walls, from left to right."""
        return groups_of(self.row, frame_bearing.bulkheads(self))

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
        bosses = fan_bosses.deep_mm(self, FAN_WALL_MM) if self.fan_bears else 0.0
        return self.depth_mm + max(PLENUM_MM, bosses)

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
    def sag_mm(self) -> float:
        """How far one frame sags in its middle, about."""
        return frame_bearing.sag_mm(self)

    @property
    def closed(self) -> bool:
        """Whether floor and roof are without vents: where what bears it would not do with them."""
        return frame_bearing.closed(self)

    @cached_property
    def barred(self) -> bool:
        """Whether a steel bar bears it: as asked for, or where it sags without and can have one."""
        return frame_bearing.barred(self)

    @cached_property
    def spined(self) -> bool:
        """Whether a plate behind sleds on edge bears it: as asked for, or if it sags without."""
        return frame_bearing.spined(self)

    @cached_property
    def fan_bears(self) -> bool:
        """Whether the wall of fans bears it: if it sags without."""
        return frame_bearing.fan_bears(self)

    @property
    def steel(self) -> Bar:
        """Where the bar lies: behind the longest sled, across the middle of the height."""
        play = self.calibration
        middle = (self.low_mm + self.high_mm) / 2
        return Bar(self.depth_mm, middle, play.slide_mm, play.press_mm)

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

    def or_more(self) -> str:
        """Say how many go in with clips in front, and on edge, if that is more."""
        if self.pose == "on-edge":
            return ""
        slim = self._otherwise(latch="front") if self.latch != "front" else None
        said = f", or {slim.most} with latch = 'front'" if slim and slim.most > self.most else ""
        for more in range(UPRIGHT_HALVES if self.pose == "flat" else 0):
            high = self.height_u + more / 2
            turned = self._otherwise(pose="on-edge", latch="side", height_u=high)
            if turned is not None and turned.most > self.most:
                return f"{said}, or {turned.most} with pose = 'on-edge' and height = '{high:g}U'"
        return said

    def _otherwise(self, **changed: Any) -> "FrameSpec | None":
        """Return this frame with other values and as many sleds as go in; nothing if none do."""
        fields: dict[str, Any] = {key: getattr(self, key) for key in FrameSpec.model_fields}
        fields |= {"count": None, **changed}
        try:
            return FrameSpec(**fields)
        except (InputError, ValidationError):
            return None
