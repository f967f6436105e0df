"""What a stack of boards is made to: its lengths, and what must stay clear of the standoffs."""

import math
from functools import cached_property
from typing import Literal

from pydantic import Field, model_validator

from catalog.base import Length, Offset
from catalog.models import Fan
from catalog.problems import InputError, Problem
from mounts.board import HOLE_CLEAR_MM, Seat, plug_size
from mounts.carrier import CarrierSpec
from mounts.geometry.flat import Point
from mounts.hardware import LEAST_FAN_MM
from mounts.parts.stack_room import AIR_MM, Cooled, Pillar, clear_of, fitted

Piece = Literal["plate", "top", "spacer", "fan-bracket"]

# Lengths that hexagon standoffs with a stud are commonly sold in, mm (unconfirmed).
STOCK_MM = (5, 6, 8, 10, 12, 15, 18, 20, 22, 25, 30, 35, 40)
# By thread: across flats of the standoff, its stud, flats and height of a nut (ISO 4032: nuts;
# standoffs and studs as commonly sold, unconfirmed).
METAL_MM: dict[str, tuple[float, float, float, float]] = {
    "M2": (4.0, 5.0, 4.0, 1.6),
    "M2.5": (5.0, 6.0, 5.0, 2.0),
    "M3": (5.5, 6.0, 5.5, 2.4),
    "M4": (7.0, 8.0, 7.0, 3.2),
}
ACROSS_CORNERS = 1.1547  # of a hexagon, over its flats
FAN_GAP_MM = 3.0  # under a fan: air, and the nuts of its screws
HEAD_MM = 2.4  # M3 pan head, ISO 7045
BRACKET_MM = 3.0
SPACER_WALL_MM = 2.0
LEAST_SINK_MM = 1.0
NO_STACK = "use a tray or sleds: no standoff is long enough and no spacer slim enough"
SPACER_LEAST_WALL_MM = 1.0  # where a connector stands close to the hole


class StackSpec(CarrierSpec):
    """So many boards over one another, and which printed piece of the stack this is."""

    count: int = Field(5, ge=1, le=12, description="Boards in the stack.")
    piece: Piece = "plate"
    standoffs: Literal["bought", "printed"] = Field(
        "bought", description="Bought ones of metal, or printed spacers on threaded rods."
    )
    spacer_on: Literal["foot", "board", "bracket"] = Field(
        "board", description="Which printed spacer: under the boards, on them, on a fan's bracket."
    )
    fan: Fan | None = Field(None, description="One over each board, blowing down.")
    sink_mm: tuple[Length, Length, Length] | None = Field(
        None, description="Heat sink: x and y of the board, top above the PCB (mm)."
    )
    cooled_mm: tuple[Offset, Offset] | None = Field(
        None, description="Middle of heat sink and fan on the board (mm)."
    )
    air_mm: float = Field(2.0, ge=0.5, le=40, description="Over each board's tallest part (mm).")
    floor_mm: float = Field(3.6, ge=2.8, le=6, description="Thickness of base and top (mm).")
    vents: bool = Field(True, description="Hexagon vents.")

    @property
    def title(self) -> str:
        """Name of the part."""
        piece = f"spacer-{self.spacer_on}" if self.piece == "spacer" else self.piece
        return f"stack-{self.name}-x{self.count}-{piece}"

    @model_validator(mode="after")
    def _fits(self) -> "StackSpec":
        holes = self.board_holes
        if len(holes) < 3:
            what = f"{self.device.id} has {len(holes)} known mounting holes; a stack needs three"
            raise InputError(Problem("stack", what, "device", nearest="use a tray with cradles"))
        if self.screw is None or self.screw.thread not in METAL_MM:
            known = ", ".join(METAL_MM)
            what = f"no standoffs are known for {self.device.hole_screw}"
            raise InputError(Problem("stack", what, "screw", allowed=known))
        self._on_its_board()
        if self.piece == "fan-bracket" and self.fan is None:
            raise InputError(self._no_fan())
        if self.piece == "spacer" and self.standoffs == "bought":
            near = "standoffs = 'printed'" if self._has_room_to_print else "piece = 'plate'"
            raise InputError(Problem("stack", "the standoffs are bought", "piece", nearest=near))
        if self.piece == "spacer" and self.spacer_on == "bracket" and self.fan is None:
            near = "spacer_on = 'board'"
            raise InputError(
                Problem("stack", "without a fan no bracket", "spacer_on", nearest=near)
            )
        problems = [
            *self._too_thin(),
            *self._crowded(),
            *clear_of(self.pillars, self.cooled, self.device.id),
            *self._too_far_apart(),
        ]
        if problems:
            raise InputError(*problems)
        return self

    def _on_its_board(self) -> None:
        """What is cooled is on the board."""
        board = self.device.board
        x, y = self.cooled_mm or (0.0, 0.0)
        if not (0 <= x <= board.x_mm and 0 <= y <= board.y_mm):
            what = f"({x:g}, {y:g}) mm is not on {self.device.id}"
            limit = f"x up to {board.x_mm:g} and y up to {board.y_mm:g} mm, from its corner"
            raise InputError(Problem("stack", what, "cooled_mm", None, limit, "leave it out"))

    def _too_thin(self) -> list[Problem]:
        """The nuts are sunk into the floor, with 0.8 mm over them."""
        least = round(METAL_MM[self.screw.thread if self.screw else ""][3] + 1.0, 2)
        if self.floor_mm >= least:
            return []
        what = f"a floor of {self.floor_mm:g} mm does not hide the nuts"
        return [Problem("stack", what, "floor_mm", nearest=f"floor_mm = {least:g}")]

    def _too_far_apart(self) -> list[Problem]:
        if self.standoffs == "printed":
            return []
        over = self._least_over_mm - STOCK_MM[-1]
        if over <= 1e-9:
            return []
        what = f"a standoff of {self._least_over_mm:.2f} mm is needed; none is sold that long"
        allowed = f"up to {STOCK_MM[-1]} mm"
        if over <= self.air_mm - 0.5 and self.fan is None:
            near = f"air_mm = {int((self.air_mm - over) * 100) / 100:g}"
        elif (sink := self._sink_that_works()) is not None:
            near = f"a heat sink {sink:g} mm high"
        elif self._has_room_to_print:
            near = "standoffs = 'printed'"
        else:
            near = NO_STACK
        return [Problem("stack", what, "air_mm", allowed=allowed, nearest=near)]

    def _no_fan(self) -> Problem:
        what = "a fan bracket needs a fan"
        small = Cooled(self.cooled_at, None, LEAST_FAN_MM)
        if clear_of(self.pillars, small, self.device.id):
            what += f", and not even one of {LEAST_FAN_MM:g} mm goes between the standoffs there"
            return Problem("stack", what, "piece", nearest="piece = 'plate'")
        return Problem("stack", what, "fan", nearest="fan = '40x10'")

    def _sink_that_works(self) -> float | None:
        """Return how high the heat sink may be for the longest standoff sold, if one may be."""
        if self.sink_mm is None:
            return None
        longest = STOCK_MM[-1]
        if self.fan is None:
            most = longest - self.air_mm - self.envelope.below_mm
        else:
            most = longest - max(FAN_GAP_MM + self.fan.thickness_mm, AIR_MM)
            if self._over_connectors_mm + self.fan.thickness_mm > longest:
                return None
        rounded = math.floor(most * 100 + 1e-6) / 100
        lower = min(rounded, self.sink_mm[2] - 0.01)
        board = self.envelope.above_mm + (AIR_MM if self.fan else longest - most)
        return lower if lower >= LEAST_SINK_MM and board <= longest else None

    @property
    def board_holes(self) -> list[Point]:
        """The holes the standoffs stand on, the stack's frame, in order."""
        return sorted(at for at, _ in self.seat.mount_holes())

    @property
    def pillar_mm(self) -> float:
        """Diameter of the circle a standoff fills."""
        thread = self.screw.thread if self.screw else ""
        if self.standoffs == "printed":
            bore = self.screw.normal_mm if self.screw else 0.0
            # Connectors are known by their openings, which are larger: that is the air between.
            beside = 2 * self._beside_mm
            return round(min(bore + 2 * SPACER_WALL_MM, HOLE_CLEAR_MM - 0.1, beside), 2)
        return METAL_MM[thread][0] * ACROSS_CORNERS

    @cached_property
    def _beside_mm(self) -> float:
        """From the middle of a hole to the nearest connector, seen from above."""
        distances = [
            math.hypot(
                max(block.low[0] - x, 0.0, x - block.high[0]),
                max(block.low[1] - y, 0.0, y - block.high[1]),
            )
            for x, y in self.board_holes
            for block in self.seat.connectors()
        ]
        return min(distances, default=math.inf)

    @property
    def _has_room_to_print(self) -> bool:
        """Whether a printed spacer goes between its hole and the connectors beside it."""
        bore = self.screw.normal_mm if self.screw else 0.0
        return self._beside_mm >= bore / 2 + SPACER_LEAST_WALL_MM - 1e-9

    def _crowded(self) -> list[Problem]:
        """A printed spacer keeps a wall between its bore and the connectors beside its hole."""
        if self.standoffs == "bought" or self.screw is None or self._has_room_to_print:
            return []
        least = self.screw.normal_mm + 2 * SPACER_LEAST_WALL_MM
        what = (
            f"a connector of {self.device.id} stands {self._beside_mm:.2f} mm from the middle of a "
            f"hole: no room for a printed spacer, {least:g} mm wide at least"
        )
        if self.piece == "spacer":
            return [Problem("stack", what, "piece", nearest="piece = 'plate'")]
        sold = self._least_over_mm <= STOCK_MM[-1]
        near = "standoffs = 'bought'" if sold else NO_STACK
        return [Problem("stack", what, "standoffs", nearest=near)]

    @property
    def pillars(self) -> tuple[Pillar, ...]:
        """The standoffs as circles."""
        return tuple(Pillar(at, self.pillar_mm / 2) for at in self.board_holes)

    @property
    def cooled(self) -> Cooled:
        """What stands over the hot chip, as rectangles round one point."""
        fan = self.fan.size_mm if self.fan else None
        return Cooled(self.cooled_at, self.sink_plan_mm, fan)

    @property
    def sink_plan_mm(self) -> Point | None:
        """The heat sink seen from above, turned as the board is."""
        if self.sink_mm is None:
            return None
        x, y, _ = self.sink_mm
        return (x, y) if self.facing in {"y-", "y+"} else (y, x)

    @property
    def cooled_at(self) -> Point:
        """Middle of heat sink and fan: as given, or of the heat sink's holes, or of the others."""
        seat = self.seat
        if self.cooled_mm is not None:
            return seat.place(*self.cooled_mm)
        own = [seat.place(h.x_mm, h.y_mm) for h in self.device.holes if h.use == "heatsink"]
        points = own or self.board_holes
        xs, ys = [p[0] for p in points], [p[1] for p in points]
        return (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2

    @property
    def boss_top_mm(self) -> float:
        """Where the lowest standoffs stand, z: as high as stud and nut need."""
        if self.standoffs == "printed":
            return self.floor_mm + 2.0
        _, stud, _, _ = METAL_MM[self.screw.thread if self.screw else "M2.5"]
        return max(self.floor_mm + 1.0, stud)

    @property
    def _boss_mm(self) -> float:
        return self.boss_top_mm - self.floor_mm

    @property
    def _plugs_down_mm(self) -> float:
        """How far the lowest plug at any side reaches down below the PCB."""
        found = [0.0]
        for side in ("front", "rear", "left", "right"):
            for _, port in self.seat.ports(side):
                _, tall = plug_size(port, self.plugs)
                middle = (port.z0_mm or 0.0) + (port.height_mm or 0.0) / 2
                found.append(tall / 2 - middle - self.device.board.thickness_mm)
        return max(found)

    @property
    def foot_mm(self) -> float:
        """Length of the lowest standoffs: what is below a board clears the floor, and plugs do."""
        least = max(self.envelope.below_mm + 0.8, self._plugs_down_mm - self._boss_mm)
        return least if self.standoffs == "printed" else fitted(least, STOCK_MM)

    @property
    def sink_top_mm(self) -> float:
        """Top of the heat sink above the PCB; zero without one."""
        own = self.device.heatsink_top_above_pcb_mm or 0.0
        return self.sink_mm[2] if self.sink_mm else own

    @cached_property
    def fan_low_mm(self) -> float:
        """Lower side of the fan above the PCB: over heat sink and over connectors under it."""
        return max(self.sink_top_mm + FAN_GAP_MM, self._over_connectors_mm)

    @cached_property
    def _over_connectors_mm(self) -> float:
        """What a fan keeps over the connectors under it, above the PCB."""
        x, y = self.cooled_at
        half = (self.fan.size_mm if self.fan else 0.0) / 2
        seat = self.seat
        tops = [
            b.high[2] - seat.top_mm
            for b in seat.connectors()
            if b.low[0] < x + half and b.high[0] > x - half
            if b.low[1] < y + half and b.high[1] > y - half
        ]
        return max((top + AIR_MM for top in tops), default=0.0)

    @cached_property
    def _least_over_mm(self) -> float:
        tallest = max(self.envelope.above_mm, self.sink_top_mm)
        if self.fan is None:
            return tallest + self.air_mm + self.envelope.below_mm
        return max(self.fan_low_mm + self.fan.thickness_mm, tallest + AIR_MM)

    @cached_property
    def over_mm(self) -> float:
        """Length of the standoffs on each board: up to the next one, or to its fan's bracket."""
        least = self._least_over_mm
        return round(least, 2) if self.standoffs == "printed" else fitted(least, STOCK_MM)

    @cached_property
    def upper_mm(self) -> float:
        """Length of the standoffs on a fan's bracket."""
        if self.fan is None:
            return 0.0
        least = self.envelope.below_mm + HEAD_MM + AIR_MM
        return round(least, 2) if self.standoffs == "printed" else fitted(least, STOCK_MM)

    @property
    def pitch_mm(self) -> float:
        """From one board to the next."""
        bracket = BRACKET_MM + self.upper_mm if self.fan else 0.0
        return self.device.board.thickness_mm + self.over_mm + bracket

    @property
    def top_mm(self) -> float:
        """Lower side of the top plate, z."""
        return self.boss_top_mm + self.foot_mm + self.count * self.pitch_mm

    @cached_property
    def seat(self) -> Seat:
        """A board seen from above, its PCB's lower face at z = 0."""
        return Seat(self.device, self.facing, 0.0, 0.0, 0.0, self.envelope)

    def under_mm(self, index: int) -> float:
        """Return the lower face of a board's PCB, z, counted from 0 at the bottom."""
        return self.boss_top_mm + self.foot_mm + index * self.pitch_mm

    def level(self, index: int) -> Seat:
        """Return the seat of a board, counted from 0 at the bottom."""
        under = self.under_mm(index)
        return Seat(self.device, self.facing, 0.0, 0.0, under, self.envelope)
