"""What a shelf is asked to carry: boxes side by side, and brackets behind if they are heavy."""

from dataclasses import dataclass
from functools import cached_property

from pydantic import Field, model_validator

from catalog.load import load_catalog
from catalog.models import Box
from catalog.problems import InputError, Problem
from catalog.rack_units import panel_height_mm, smallest_height_u
from mounts.parts import shelf_ribs
from mounts.parts.cross_ribs import CrossRibs
from mounts.parts.rear_spec import LEAST_WALL_MM, LEG_MM, RearSpec

FRONT_LIP_MM = 1.5  # how far the panel laps over the device's front, each side
MIN_BAR_MM = 4.0  # a panel strip over the window thinner than this is left out
NOTCHED = 1.2  # times as much sags a panel without it: bricks of boxes of the catalogue
TAIL_MM = 16.0  # floor behind the stop: cables are tied down here


@dataclass(frozen=True)
class Bay:
    """The room of one box on a shelf.

    Args:
        device: what stands there.
        left_mm: inner face of the wall on its left, x.
        right_mm: inner face of the wall on its right, x.
        stop_mm: where its rear stop begins, y.
    """

    device: Box
    left_mm: float
    right_mm: float
    stop_mm: float

    @property
    def middle_mm(self) -> float:
        """Middle of the box, x."""
        return (self.left_mm + self.right_mm) / 2


def _widest_mm() -> float:
    """Return what a 19-inch rack leaves between its posts."""
    return load_catalog().standard("19in").body_max_mm


class ShelfSpec(RearSpec):
    """One box on one shelf, or several side by side with a wall between them."""

    device: Box
    count: int = Field(1, ge=1, le=8, description="How many of it, side by side.")
    beside: tuple[Box, ...] = Field((), max_length=7, description="Other boxes, to its right.")
    clearance_mm: float = Field(0.5, ge=0.1, le=2, description="Play round the device (mm).")

    @model_validator(mode="after")
    def _fits(self) -> "ShelfSpec":
        problems = [*self._width_problems(), *self._height_problems()]
        if problems:
            raise InputError(*problems)
        return self

    def _width_problems(self) -> list[Problem]:
        room = self.standard.body_max_mm
        over = 2 * self.outer_mm - room
        if over > 1e-9 and len(self.boxes) > 1:
            what = f"{self.carried} side by side are {over:.1f} mm too wide"
            limit = f"{room:g} mm between the posts of a {self.standard.id} rack, walls and all"
            key = "beside" if self.beside else "count"
            return [Problem("shelf", what, key, None, limit, self._fewer())]
        if over > 1e-9:
            wide = self.device.case.width_mm
            what = (
                f"{self.device.id} is {wide:g} mm wide, "
                f"{over:.1f} mm too wide for a {self.standard.id} rack"
            )
            limit = f"up to {wide - over:g} mm between these walls"
            return [Problem("shelf", what, "device", None, limit, self._wider_rack())]
        over += 2 * LEG_MM
        if self.braced and over > 1e-9:
            wide = self.device.case.width_mm
            what = f"{self.device.id} is {wide:g} mm wide: no room for rear brackets"
            limit = f"up to {wide - over:g} mm between walls and brackets"
            if len(self.boxes) > 1:
                what = f"{self.carried} leave no room for rear brackets, {over:.1f} mm too wide"
                limit = f"{room:g} mm between the posts"
            return [Problem("shelf", what, "device", None, limit, self._wider_rack())]
        return []

    def _height_problems(self) -> list[Problem]:
        tallest = max(self.boxes, key=lambda box: box.case.height_mm)
        needed, room = self.floor_mm + tallest.case.height_mm, panel_height_mm(self.height_u)
        if needed > room + 1e-9:
            what = f"{tallest.id} is {tallest.case.height_mm:g} mm high"
            what += f" and does not fit {self.height_u:g}U"
            limit = f"a device up to {room - self.floor_mm:.2f} mm in {self.height_u:g}U"
            near = f"use {smallest_height_u(needed):g}U"
            return [Problem("shelf", what, "height", None, limit, near)]
        wall = self.wall_top_mm - self.floor_top_mm
        if self.braced and self.height_u < 1 and wall < LEAST_WALL_MM:
            what = f"{self.carried}: {wall:.1f} mm of wall are too little for rear brackets"
            limit = f"{LEAST_WALL_MM:g} mm of wall, or 1U"
            return [Problem("shelf", what, "height", None, limit, "use 1U")]
        return []

    def _fewer(self) -> str:
        """Say how many of the boxes fit, from the left, and whether a wider rack takes all."""
        fit = self._fitting(self.standard.body_max_mm)
        if fit == 0:
            wide = self._fitting(_widest_mm())
            return f"the first {wide} fit in a 19in rack" if wide else "none fits: put them beside"
        also = ", or use a 19in rack" if self._fits_wider() else ""
        if not self.beside:
            return f"the largest count that works is {fit}{also}"
        return f"the first {fit} fit{also}" if fit > 1 else f"only {self.device.id} fits{also}"

    @property
    def _legs_mm(self) -> float:
        return 2 * LEG_MM if self.braced else 0.0

    def _fitting(self, body_mm: float) -> int:
        """Return how many of the boxes fit between posts, from the left."""
        room, fit = body_mm - self._legs_mm - self.wall_mm, 0
        for box in self.boxes:
            room -= box.case.width_mm + 2 * self.clearance_mm + self.wall_mm
            fit += room > -1e-9
        return fit

    def _fits_wider(self) -> bool:
        """Whether a 19-inch rack would take what this one does not."""
        whole = 2 * self.outer_mm + self._legs_mm
        return self.standard.body_max_mm < _widest_mm() and whole <= _widest_mm() + 1e-9

    def _wider_rack(self) -> str:
        if not self._fits_wider():
            return "put it beside the rack, or turn it if its ports allow"
        turned = self.device.case.depth_mm
        room = self.standard.body_max_mm - 2 * (self.wall_mm + self.clearance_mm)
        also = f"; turned by 90 degrees its {turned:g} mm would fit" if turned <= room else ""
        return f"use a 19in rack{also}"

    @property
    def kind(self) -> str:
        """What the family is called."""
        return "shelf"

    @property
    def boxes(self) -> tuple[Box, ...]:
        """Every box from left to right."""
        return (self.device,) * self.count + self.beside

    @property
    def carried(self) -> str:
        """The boxes in words."""
        times = f"{self.count} x " if self.count > 1 else ""
        return " + ".join([f"{times}{self.device.id}", *(box.id for box in self.beside)])

    @property
    def held_name(self) -> str:
        """Its boxes, in the name of the part."""
        times = f"{self.count}x-" if self.count > 1 else ""
        return "-".join([f"{times}{self.device.id}", *(box.id for box in self.beside)])

    @cached_property
    def cross_ribs(self) -> CrossRibs:
        """Ribs under the floor, if it would sag between its walls."""
        return shelf_ribs.wanted(self)

    @property
    def sag_mm(self) -> float:
        """How far it would sag on the front posts alone and without ribs, about."""
        return super().sag_mm * (NOTCHED if self.notched else 1.0)

    @property
    def held_sag_mm(self) -> float:
        """How far it sags with its ribs and brackets, about."""
        return shelf_ribs.sag_mm(self, self.cross_ribs)

    @property
    def notched(self) -> bool:
        """Whether the tallest box leaves no bar of panel over its window, ribs or none."""
        over = shelf_ribs.spare_mm(self) - shelf_ribs.strap_mm(self)
        return over + FRONT_LIP_MM < MIN_BAR_MM

    @property
    def wall_high_mm(self) -> float:
        """Height of the walls over the floor, before ribs lift it: brackets are decided by it."""
        over = shelf_ribs.spare_mm(self) - shelf_ribs.strap_mm(self)
        return self.tallest_mm - max(0.0, 1.0 - over)

    @property
    def tallest_mm(self) -> float:
        """Height of the tallest box."""
        return max(box.case.height_mm for box in self.boxes)

    @cached_property
    def lift_mm(self) -> float:
        """Height of the floor over the panel's edge: its ribs, or a strap if there is room."""
        if self.cross_ribs.ends_mm:
            return self.cross_ribs.high_mm
        return shelf_ribs.strap_mm(self)

    @cached_property
    def straps_mm(self) -> tuple[float, ...]:
        """Middles of the straps, y."""
        return shelf_ribs.straps_mm(self)

    @property
    def floor_top_mm(self) -> float:
        """Where the devices stand, z."""
        return self.bottom_mm + self.lift_mm + self.floor_mm

    @property
    def device_top_mm(self) -> float:
        """Upper side of the tallest device, z."""
        return self.floor_top_mm + self.tallest_mm

    @property
    def held_devices(self) -> tuple[Box, ...]:
        """The boxes, as the brackets ask for them."""
        return self.boxes

    @property
    def outer_mm(self) -> float:
        """Half the width over the outer walls."""
        widths = sum(box.case.width_mm + 2 * self.clearance_mm for box in self.boxes)
        return (widths + (len(self.boxes) + 1) * self.wall_mm) / 2

    @cached_property
    def bays(self) -> tuple[Bay, ...]:
        """The room of each box, from left to right."""
        found: list[Bay] = []
        at = -self.inner_mm
        for box in self.boxes:
            right = at + box.case.width_mm + 2 * self.clearance_mm
            stop = self.panel_mm + box.case.depth_mm + self.clearance_mm
            found.append(Bay(box, at, right, stop))
            at = right + self.wall_mm
        return tuple(found)

    @property
    def deepest_mm(self) -> float:
        """Depth of the deepest box."""
        return max(box.case.depth_mm for box in self.boxes)

    @property
    def stop_mm(self) -> float:
        """Where the rearmost stop begins, y."""
        return self.panel_mm + self.deepest_mm + self.clearance_mm

    @property
    def depth_mm(self) -> float:
        """Rear end of the shelf, y."""
        return self.stop_mm + TAIL_MM

    @property
    def wall_top_mm(self) -> float:
        """Upper edge of the walls at the front, z."""
        return min(self.device_top_mm, self.top_mm - 1.0)
