"""What stiffens a tray: walls along its sides and between boards, and beams behind its ears.

They are as high as the load asks for, and where plugs come out at a side as the plugs leave room.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

from mounts.board import plug_size
from mounts.geometry.flat import ROOF_DEG, Loop, Point
from mounts.part import Up
from mounts.parts.ear_beam import FOOT_MM, WEB_MM, EarBeam, high_mm
from mounts.sag import MOST_MM
from mounts.sag_tray import Ear, Floor, Stand, Upright, row_sag_mm, tray_sag_mm
from mounts.weight import on_posts

if TYPE_CHECKING:
    from mounts.parts.tray_spec import Carried, TraySpec

RAIL_MM = 2.0  # thickness of a wall
LOW_MM = 2.5  # the least wall: it guides cables, too
LEAST_RISE_MM = 0.8  # a lower one stiffens nothing
TAIL_SHARE = 0.4  # of a wall's height at its rear end
END_MM = 4.0  # floor behind a wall
UNDER_PLUG_MM = 0.1
# Of a plug that the catalogue does not know: its overmould, and a finger at a card.
UNKNOWN_MM, UNKNOWN_BESIDE_MM = 12.0, 4.0
BESIDE_PORT_MM = 0.6  # a socket may be wider than its plug: air on both sides together
LEAST_EAR_MM = 6.0  # a shorter ear gets no beam
SHIELD_WALL_MM = 2.4  # a wall of a tray with I/O shields
FRONT_LESS_MM = 1.0  # from its upper edge to the panel's
REAR_RISE_MM = 12.0  # of it over the floor at the rear
OVER_MM = 3.0  # panel over a wall or a beam
WANTED_MM = 0.35  # by the quick figure; bricks say up to 1.42 times as much where it is near this
SHIELD_WANTED_MM = 0.27
WALLS_MM = (LOW_MM, 5.0, 7.5, 10.0, 12.5, 15.0, 18.0, 21.0, 25.0, 30.0)
BEAMS_MM = (8.0, 10.0, 12.0, 14.0, 16.0, 18.0, 20.0, 23.0, 26.0, 30.0, 35.0, 40.0, 50.0)


@dataclass(frozen=True)
class Beside:
    """The room of a wall beside boards.

    Args:
        clear_mm: how far behind the panel the first plug begins at that side, y.
        rise_mm: how high over the floor a wall may be from there on.
    """

    clear_mm: float
    rise_mm: float


@dataclass(frozen=True)
class Wall:
    """A wall along a tray: its two faces, x, and its upper edge, (y, height over the floor)."""

    x_mm: tuple[float, float]
    edge: tuple[Point, ...]

    @property
    def middle_mm(self) -> float:
        """Middle of its thickness, x."""
        return sum(self.x_mm) / 2


@dataclass(frozen=True)
class Ribs:
    """Walls and beams of a tray.

    Args:
        walls: from left to right.
        beams: at the left and the right ear, where there is one.
        sag_mm: how far the tray sags with them, about.
    """

    walls: tuple[Wall, ...]
    beams: tuple[EarBeam | None, EarBeam | None]
    sag_mm: float


def chosen(spec: "TraySpec") -> Ribs:
    """Return the lightest walls and beams that are stiff enough, or the stiffest there is room for.

    Args:
        spec: the tray, its boards at their places.
    """
    own = _Shielded(spec) if spec.shielded else _Choice(spec)
    room = spec.top_mm - spec.floor_top_mm - OVER_MM
    walls = [LOW_MM] if spec.shielded else [v for v in WALLS_MM if v <= room] or [LOW_MM]
    beams = [v for v in BEAMS_MM if v <= room] or [0.0]
    found = [own.ribs(wall, beam) for wall in walls for beam in beams]
    stiff = [one for one in found if one.sag_mm <= own.wanted_mm]
    best = min(stiff, key=own.volume_mm3) if stiff else min(found, key=lambda one: one.sag_mm)
    return replace(best, sag_mm=best.sag_mm + own.between_mm) if len(spec.carried) > 1 else best


def sag_notes(spec: "TraySpec") -> list[str]:
    """Say how far a tray sags that neither walls nor beams make stiff, and what would help."""
    if spec.sag_mm <= MOST_MM:
        return []
    carries = f"{spec.load_g / 1000:.2g} kg on this tray sag by about {spec.sag_mm:.1f} mm"
    if len(spec.carried) > 1:
        cure = "fewer boards on one tray, a thicker panel, or something under its rear edge"
    else:
        cure = "a panel half a unit higher, or thicker, or something under its rear edge"
    return [f"{carries}: {cure}"]


@dataclass(frozen=True)
class _Choice:
    """What all walls and beams of one tray have in common."""

    spec: "TraySpec"

    @property
    def up(self) -> Up:
        """What is up on the bed."""
        return "+z"

    @property
    def wanted_mm(self) -> float:
        """The most it may sag by the quick figure."""
        return WANTED_MM

    @property
    def thick_mm(self) -> float:
        """Thickness of a wall."""
        return RAIL_MM

    @cached_property
    def places(self) -> list[tuple[float, tuple["tuple[Carried, str]", ...]]]:
        """Middle of each wall, x, and the boards beside it with the side that faces it."""
        spec, rear = self.spec, self.spec.half_rear_mm - self.thick_mm / 2
        row = spec.carried
        inner = [
            (x, ((a, "right"), (b, "left")))
            for x, (a, b) in zip(spec.between_mm, pairwise(row), strict=True)
        ]
        return [(-rear, ((row[0], "left"),)), *inner, (rear, ((row[-1], "right"),))]

    @cached_property
    def rooms(self) -> list[Beside]:
        """The room of each wall."""
        end = self.spec.depth_mm - END_MM
        return [_beside(boards, end, self.spec.floor_top_mm) for _, boards in self.places]

    @cached_property
    def posts(self) -> list[Stand]:
        """What the boards stand on, behind the middle of the panel."""
        front = self.spec.panel_mm / 2
        return [
            Stand(x, y - front, grams / 1000)
            for one in self.spec.carried
            for (x, y), grams in on_posts(one.seat)
        ]

    @cached_property
    def strip_mm4(self) -> float:
        """Torsional constant of the panel alone: a flat strip, h t^3 / 3."""
        return (self.spec.top_mm - self.spec.bottom_mm) * self.spec.panel_mm**3 / 3

    @property
    def between_mm(self) -> float:
        """How much farther the middle of a row sinks than its ends."""
        high = self.spec.top_mm - self.spec.bottom_mm
        open_mm = max((_high_mm(one) for one in self.spec.openings()), default=high / 2)
        left = max(0.2, 1.0 - open_mm / high)
        return row_sag_mm(self.posts, self.spec.row_mm, left * self.strip_mm4)

    def ribs(self, wall_mm: float, beam_mm: float) -> Ribs:
        """Return walls and beams of these heights, or as high as there is room for them."""
        beams = tuple(self.beam(side, beam_mm) for side in (-1, 1))
        walls: list[Wall] = []
        last = len(self.places) - 1
        for index, (x, _) in enumerate(self.places):
            beam = {0: beams[0], last: beams[1]}.get(index)
            edge = self.edge(self.rooms[index], wall_mm, beam.high_mm if beam else 0.0)
            if edge:
                walls.append(Wall((x - self.thick_mm / 2, x + self.thick_mm / 2), edge))
        return Ribs(tuple(walls), (beams[0], beams[1]), self.sag_mm(walls, beams))

    def sag_mm(self, walls: Sequence[Wall], beams: Sequence[EarBeam | None]) -> float:
        """Return how far the tray sags with these walls and beams."""
        spec, front = self.spec, self.spec.panel_mm
        long = max(1.0, spec.standard.hole_pitch_mm / 2 - spec.half_rear_mm)
        ears = [
            Ear(long, self.strip_mm4 + (beam.torsion_mm4(front) if beam else 0.0)) for beam in beams
        ]
        uprights = tuple(
            Upright(wall.middle_mm, tuple((y - front / 2, z) for y, z in wall.edge))
            for wall in walls
        )
        floor = Floor(2 * spec.half_rear_mm, spec.floor_mm, spec.vents, uprights, self.thick_mm)
        return tray_sag_mm(self.posts, ears, floor)

    def beam(self, side: int, wanted_mm: float) -> EarBeam | None:
        """Return the beam of one ear, lower where a plug would meet it."""
        spec, rear = self.spec, self.spec.half_rear_mm
        tip = spec.standard.body_max_mm / 2
        clear = self.rooms[0 if side < 0 else -1].clear_mm - spec.panel_mm - FOOT_MM
        high = min(wanted_mm, math.floor(high_mm(clear, self.up))) if clear > 0 else 0.0
        if tip - rear < LEAST_EAR_MM or high < BEAMS_MM[0]:
            return None
        ends = side * (rear - self.thick_mm / 4), side * tip
        return EarBeam(ends, spec.panel_mm, spec.bottom_mm, spec.floor_mm, high, self.up)

    def edge(self, room: Beside, wall_mm: float, beam_mm: float) -> tuple[Point, ...]:
        """Return the upper edge of a wall: as the beam at the panel, then lower and lower."""
        start, end = self.spec.panel_mm, self.spec.depth_mm - END_MM
        flat = start + max(0.0, beam_mm - wall_mm) / math.tan(math.radians(ROOF_DEG))
        tail = min(wall_mm, max(LOW_MM, TAIL_SHARE * wall_mm))
        edge = [(start, beam_mm)] if beam_mm > wall_mm else []
        edge += [(flat, wall_mm), (end, tail)]
        return tuple(dict.fromkeys(edge)) if room.clear_mm >= end else _cut(edge, room)

    def volume_mm3(self, ribs: Ribs) -> float:
        """Return what walls and beams take of plastic."""
        found = 0.0
        for wall in ribs.walls:
            found += sum(
                RAIL_MM * (b[0] - a[0]) * (a[1] + b[1]) / 2 for a, b in pairwise(wall.edge)
            )
        for beam in ribs.beams:
            if beam is not None:
                flat = beam.floor_mm * (beam.deep_mm + FOOT_MM)
                web = WEB_MM * math.hypot(beam.high_mm, beam.deep_mm)
                found += (flat + web) * abs(beam.x_mm[1] - beam.x_mm[0])
        return found


class _Shielded(_Choice):
    """The same of a tray with I/O shields: printed panel down, walls as high as the panel."""

    @property
    def up(self) -> Up:
        """What is up on the bed."""
        return "+y"

    @property
    def wanted_mm(self) -> float:
        """The most it may sag by the quick figure: its windows soften the panel between walls."""
        return SHIELD_WANTED_MM

    @property
    def thick_mm(self) -> float:
        """Thickness of a wall."""
        return SHIELD_WALL_MM

    def edge(self, room: Beside, wall_mm: float, beam_mm: float) -> tuple[Point, ...]:  # noqa: ARG002 - its walls are as high as the panel
        """Return the upper edge of a wall, high in front."""
        spec = self.spec
        high = spec.top_mm - FRONT_LESS_MM - spec.floor_top_mm
        bend = spec.panel_mm + 0.4 * spec.depth_mm
        return (spec.panel_mm, high), (bend, high), (spec.depth_mm, REAR_RISE_MM)


def _cut(edge: list[Point], room: Beside) -> tuple[Point, ...]:
    """Return the upper edge of a wall, low from the first plug on."""
    found: list[Point] = []
    end = edge[-1][0]
    for (y0, z0), (y1, z1) in pairwise(edge):
        if y0 >= room.clear_mm:
            break
        share = min(1.0, (room.clear_mm - y0) / (y1 - y0)) if y1 > y0 else 1.0
        found += [(y0, z0), (y0 + share * (y1 - y0), z0 + share * (z1 - z0))]
    low = min(LOW_MM, room.rise_mm)
    if low >= LEAST_RISE_MM:
        found += [(max(edge[0][0], room.clear_mm), low), (end, low)]
    return tuple(dict.fromkeys(found))


def _beside(boards: "Sequence[tuple[Carried, str]]", end_mm: float, floor_top_mm: float) -> Beside:
    """Return what plugs, jacks and cards at the sides of boards leave for a wall."""
    clear, rise = end_mm, math.inf
    for one, side in boards:
        for along, port in one.seat.ports(side):
            wide, tall = plug_size(port, one.spec.plugs)
            room, least = (BESIDE_PORT_MM, 0.0) if wide else (UNKNOWN_BESIDE_MM, UNKNOWN_MM)
            wide = max(wide, least, (port.width_mm or 0.0) + room)
            tall = max(tall, least, (port.height_mm or 0.0) + room)
            middle = one.seat.top_mm + (port.z0_mm or 0.0) + (port.height_mm or 0.0) / 2
            clear = min(clear, along - wide / 2 - UNDER_PLUG_MM)
            rise = min(rise, middle - tall / 2 - UNDER_PLUG_MM - floor_top_mm)
    return Beside(clear, rise)


def _high_mm(loop: Loop) -> float:
    """Return the height of an opening drawn in (x, z)."""
    heights = [z for _, z in loop.points]
    return max(heights) - min(heights)
