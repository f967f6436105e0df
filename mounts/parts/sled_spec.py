"""What a sled is made to: its lengths, how the board lies on it, and whether it fits its frame."""

import math
from functools import cached_property

from pydantic import model_validator

from catalog.problems import InputError
from mounts.board import Openings, Seat, behind_mm, openings, plug_size
from mounts.carrier import BESIDE_CRADLE_MM
from mounts.geometry.flat import Loop, rectangle
from mounts.parts.latch import (
    BEHIND_ROOT_MM,
    CLIP_MM,
    CLIP_SLIT_MM,
    FACE_MM,
    LATCH_LEAST_MM,
    LATCH_MM,
    LATCH_ROOT_MM,
    PULL_MM,
    SLIT_MM,
    Clip,
    clip,
)
from mounts.parts.sled_problems import misfits, no_clip, too_low
from mounts.parts.sled_room import SledRoom
from mounts.parts.sled_sides import (
    APART_MM,
    GROOVE_MM,
    RAIL_MM,
    RIB_MM,
    Beside,
    Side,
    slim_side,
    spring_sides,
)

FACE_GAP_MM = 0.4  # between neighbouring front plates
LAP_MM = 1.0  # the front plate laps over the window's edge by this much, and stops the sled there
SLIM_LAP_MM = 0.8  # beside a clip
TAIL_MM = 3.0
LEAST_SIDE_MM = 7.0  # of a front plate beside an opening without a roof
LEAST_STRIP_MM = 3.0  # of one that stands on the plate
BRIDGE_MM = 19.0  # a port's roof no wider than this prints as a bridge
HEADROOM_MM = 0.6  # over the tallest part
EDGE_HEADROOM_MM = 0.55  # over that of a board on edge: its neighbour leans the same way
# Layers lie on each other's frame: all sink the same way, so that less is enough between them.
LAYER_HEADROOM_MM = 0.35
SUNK_MM = 0.1  # what is under the board ends this much over the plate's lower face
PAD_LEAST_MM = 0.8  # a board lies on pads this high, so that only they touch it
EDGE_SPARE_MM = 8.0  # plate beside a board on edge that lies on posts or in a cradle
CARD_MM = 4.0  # behind the board: a microSD card stands out by 2.3 on a Pi 4


class SledSpec(SledRoom):
    """One board on one sled, and the frame it is made for."""

    @property
    def inside_mm(self) -> float:
        """Height of the frame's inside."""
        return self.outside_mm - 2 * self.flat_mm

    @property
    def outside_mm(self) -> float:
        """Height of the frame's box: on edge no more than boards need, for the rest is a beam."""
        if self.opening == "labstack" or self.pose == "flat":
            return self._opening_mm
        need = self.board_across_mm + self._beside_mm + 2 * self.slide_mm
        need = need if self.sunk else self._edge_height() + EDGE_SPARE_MM
        need += self.plug_room_mm + 2 * self.flat_mm
        return min(self._opening_mm, max(need, self.box_mm or 0.0))

    @property
    def plate_across_mm(self) -> float:
        """Width of the plate: from groove to groove."""
        if self.pose == "on-edge":
            return self.inside_mm - 2 * self.slide_mm
        least = self.board_across_mm + (self._beside_mm if self.sunk else 2 * self.side_mm)
        if self.latch == "front":
            return max(least, PULL_MM + CLIP_MM + CLIP_SLIT_MM + 8.0)
        return max(least, PULL_MM + 2 * (LATCH_MM + SLIT_MM[1]) + 12.0)

    @property
    def lap_mm(self) -> float:
        """How far the front plate laps over the window's edge, and is stopped by it."""
        return SLIM_LAP_MM if self.latch == "front" else LAP_MM

    @property
    def side_mm(self) -> float:
        """Plate beside the board on a flat sled: groove, air, and room for plugs if asked."""
        beside = GROOVE_MM + 1.0 + self.plug_room_mm + self._side_overhang()
        if self.screwed:
            return beside
        spring = 0.0 if self.latch == "front" else LATCH_MM + SLIT_MM[1]
        return max(beside, BESIDE_CRADLE_MM + spring + 1.0)

    @cached_property
    def sunk(self) -> bool:
        """Say whether what is under the board sinks into the plate, which is a ring of bars then.

        That wants holes near the board's edges, no connector under the board beside them, no
        insert (its boss is taller), and width for a bar at both sides.
        """
        if self.fixing == "insert" or not self.screwed or not self.rimmed:
            return False
        if self.pose == "flat":
            return self.layers > 1 or self.latch == "front"
        room = self._opening_mm - 2 * self.flat_mm
        return self.board_across_mm + self._beside_mm + 2 * self.slide_mm <= room

    @property
    def _beside_mm(self) -> float:
        """Plate at both sides of a board that is sunk into it."""
        bars = sum(side.bar_mm for side in self._sunk_sides)
        return bars + self.plug_room_mm * (self.pose == "flat")

    @property
    def sides(self) -> tuple[Side, Side]:
        """Bars, grooves and ribs of a flat sled, left and right."""
        return self._sunk_sides if self.sunk else (Side(self.side_mm), Side(self.side_mm))

    @property
    def _sunk_sides(self) -> tuple[Side, Side]:
        """The same of a board that is sunk into its plate."""
        left, right = self._beside("left"), self._beside("right")
        if self.latch == "side":
            return spring_sides(left, right, self.slide_mm)
        at_left = self.clip_hand < 0
        return (
            slim_side(left, self.slide_mm, clip=at_left),
            slim_side(right, self.slide_mm, clip=not at_left),
        )

    def _beside(self, side: str) -> Beside:
        """Return what stands over the board's edge at one side."""
        ports = [port for _, port in self._bare.ports(side) if (port.overhang_mm or 0.0) > 0.0]
        if not ports or self.latch == "side":
            return Beside(self._overhang(side))
        top = self.standoff_mm + self.device.board.thickness_mm
        ledge = self.pitch_mm - self.plate_mm - RIB_MM - 2 * self.slide_mm - APART_MM
        high = [
            port.overhang_mm or 0.0
            for port in ports
            if self.layers > 1 and top + (port.z0_mm or 0.0) + (port.height_mm or 0.0) > ledge
        ]
        low = min(top + (port.z0_mm or 0.0) for port in ports)
        return Beside(self._overhang(side), low, max(high, default=0.0))

    @property
    def clip_hand(self) -> int:
        """Side of the clip: 1 right, -1 left; where less stands over the board's edge."""
        return -1 if self._overhang("left") < self._overhang("right") else 1

    @cached_property
    def clip(self) -> Clip | None:
        """The clip in front, if there is height for it."""
        if self.layers > 1:
            ceiling = self.pitch_mm - RIB_MM - 3 * self.slide_mm - APART_MM
        else:
            ceiling = self.inside_mm - 3 * self.slide_mm - APART_MM
        return clip(self.plate_mm, ceiling)

    @property
    def tall_mm(self) -> float:
        """From the plate's lower face to the top of the tallest part."""
        rest = self.standoff_mm + self.device.board.thickness_mm + self.envelope.above_mm
        return self.plate_mm + rest + self.headroom_mm

    @property
    def headroom_mm(self) -> float:
        """Air over the tallest part."""
        if self.layers > 1:
            return LAYER_HEADROOM_MM
        return EDGE_HEADROOM_MM if self.pose == "on-edge" else HEADROOM_MM

    @property
    def standoff_mm(self) -> float:
        """Height of the posts, or of the pads in an open plate."""
        if not self.sunk:
            return max(super().standoff_mm, *self._plugs_below())
        sunk = self.envelope.below_mm + SUNK_MM - self.plate_mm
        high = max(PAD_LEAST_MM, sunk, *self._plugs_below())
        return math.ceil(round(100 * high, 6)) / 100

    def _plugs_below(self) -> list[float]:
        """Return how far each front plug would reach down past the plate's upper face."""
        bare = self._bare
        found = [0.0]
        for _, port in bare.ports("front"):
            _, tall = plug_size(port, self.plugs)
            middle = bare.top_mm + (port.z0_mm or 0.0) + (port.height_mm or 0.0) / 2
            found.append(tall / 2 - middle)
        return found

    @property
    def pitch_mm(self) -> float:
        """From one sled to the next, on edge or over one another."""
        return self.tall_mm + self.air_gap_mm

    @property
    def face_tall_mm(self) -> float:
        """Height of the front plate over the plate's lower face."""
        if self.pose == "on-edge" or self.layers > 1:
            return self.pitch_mm - FACE_GAP_MM
        return self.inside_mm - self.slide_mm + self.lap_mm

    @property
    def face_across_mm(self) -> float:
        """Width of the front plate."""
        return self.plate_across_mm + 2 * (self.slide_mm + self.lap_mm)

    @property
    def depth_mm(self) -> float:
        """Rear end of the plate, y: behind the board, and far enough for the spring to bend."""
        behind = CARD_MM + RAIL_MM if self.sunk else TAIL_MM
        least = LATCH_LEAST_MM + BEHIND_ROOT_MM if self.latch == "side" else 0.0
        return max(self.seat.edge_mm + self.seat.deep_mm + behind, least)

    @cached_property
    def seat(self) -> Seat:
        """Where the board lies: in the middle, or aside to leave room for plugs at its side."""
        under = self.plate_mm + self.standoff_mm
        aside = self._aside_sunk() if self.sunk else self._aside()
        behind = behind_mm(self._bare)
        return Seat(self.device, self.facing, aside, behind, under, self.envelope)

    def _aside_sunk(self) -> float:
        """Return the same as `_aside` where spring and bars must stay clear of the board."""
        spare = (self.plate_across_mm - self.board_across_mm) / 2
        left_bar, right_bar = (side.bar_mm for side in self._sunk_sides)
        least, most = left_bar - spare, spare - right_bar
        left, right = len(self._bare.ports("left")), len(self._bare.ports("right"))
        wish = most if left > right else least if right > left else 0.0
        return round(min(max(wish, least), most), 2)

    def _aside(self) -> float:
        """Return how far the board stands off the middle, away from the side with more ports."""
        spare = (self.plate_across_mm - self.board_across_mm) / 2 - GROOVE_MM - 1.0
        left, right = len(self._bare.ports("left")), len(self._bare.ports("right"))
        if self.pose == "flat" or spare <= 1.0 or left == right:
            return 0.0
        over = self._side_overhang()
        return round((1 if left > right else -1) * max(0.0, spare - over), 2)

    def openings(self) -> tuple[Loop, ...]:
        """Return the cut-outs of the front plate, (x, z)."""
        fit = Openings(self.plugs, floor_mm=self.plate_mm)
        drawn = openings(self.seat, -FACE_MM, fit)
        roofed = tuple(self._roofed(loop) for loop in drawn)
        if self.latch == "front":
            return roofed
        return tuple(self._to_the_edge(loop) for loop in roofed)

    def _to_the_edge(self, loop: Loop) -> Loop:
        """Return an opening without a roof that leaves no strip of the front plate by itself.

        Left of the spring's gate the front plate does not stand on the plate; at the right it does.
        """
        xs, zs = zip(*loop.points, strict=True)
        half = self.face_across_mm / 2
        if max(zs) <= self.face_tall_mm:
            return loop
        left, right = min(xs), max(xs)
        if left < -half + LEAST_SIDE_MM + LATCH_MM + SLIT_MM[1]:
            left = -half - 1.0
        if right > half - LEAST_STRIP_MM:
            right = half + 1.0
        return rectangle((left, min(zs)), (right, max(zs)))

    def _roofed(self, loop: Loop) -> Loop:
        """Return an opening that prints: one with a wide or a stepped roof is left without any."""
        xs, zs = zip(*loop.points, strict=True)
        if len(loop.points) == 4 and max(xs) - min(xs) <= BRIDGE_MM:
            return loop
        return rectangle((min(xs), min(zs)), (max(xs), self.face_tall_mm + 1.0))

    @property
    def spring_mm(self) -> tuple[float, float]:
        """Where the spring lies: its inner side x, and y of its root."""
        root = min(LATCH_ROOT_MM, self.depth_mm - BEHIND_ROOT_MM)
        return -self.plate_across_mm / 2 + LATCH_MM, root

    @model_validator(mode="after")
    def _fits(self) -> "SledSpec":
        misfits(self)
        needed = self._high_mm if self.pose == "flat" else self._edge_height()
        if needed > self.inside_mm + 1e-9:
            raise InputError(too_low(self, needed))
        if self.latch == "front" and self.clip is None:
            raise InputError(no_clip(self))
        return self

    @property
    def _high_mm(self) -> float:
        """Height inside that flat boards need."""
        if self.layers > 1:
            return self.slide_mm + self.layers * self.pitch_mm
        fit = Openings(self.plugs, floor_mm=self.plate_mm)
        tops = [p[1] for loop in openings(self.seat, -FACE_MM, fit) for p in loop.points]
        return max(self.tall_mm, max(tops, default=0.0) + 2.0 - self.lap_mm)

    def _edge_height(self) -> float:
        """Height inside that a board on edge needs between the grooves."""
        if not self.screwed:
            return self.board_across_mm + 2 * (self.side_mm + self.slide_mm)
        return self.board_across_mm + 2 * (GROOVE_MM + self.slide_mm) + self._side_overhang() + 1.0
