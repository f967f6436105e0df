"""How far a frame of sleds sags across a rack: quick figures, to decide by; see `mounts.sag`.

What bears it is a strip of panel before its roof, a channel under its floor, floor and roof alone,
a steel bar, a plate behind it or its wall of fans. All are fitted to bricks (`mounts.strength`) of
frames of the catalogue's boards in both racks, PETG in air of 40 °C, as soon as it is loaded.
"""

from dataclasses import dataclass
from typing import Literal

WANTED_MM = 0.45  # where as many as fit sag further, one fewer may be usual

Bearing = Literal["channel", "plates"]
# Sag of a kilogram at a width, and its power: fitted to bricks of 10- and 19-inch frames of Pi 4B.
FRAMES: dict[Bearing, tuple[float, float, float]] = {
    "channel": (2.5, 443.0, 2.1),
    "plates": (4.7, 440.0, 1.2),
}


# How deep the strip of panel under a channel must be to bear it; a shallower one bears by a power
# of its depth less, and without one its floor bears alone. Fitted to bricks of frames of 10 to 21
# Pi 4B on edge.
STRIP_ENOUGH_MM, SHALLOW, NO_STRIP = 9.5, 1.4, 18.0


def frame_sag_mm(
    kg: float, wide_mm: float, bears: Bearing, flat_mm: float, under_mm: float = STRIP_ENOUGH_MM
) -> float:
    """Return how far a frame of sleds sags in its middle, within a factor of `FACTOR`.

    Args:
        kg: all sleds with their boards.
        wide_mm: width of its box.
        bears: a channel under the floor, or floor and roof alone.
        flat_mm: thickness of floor and roof.
        under_mm: depth of the strip of panel under the floor of a channel.
    """
    each, at, power = FRAMES[bears]
    thin = (2.0 / flat_mm) ** 2.4 if bears == "plates" else 1.0
    if bears == "channel" and under_mm < STRIP_ENOUGH_MM:
        thin = min(NO_STRIP, (STRIP_ENOUGH_MM / max(under_mm, 0.1)) ** SHALLOW)
    return kg * each * (wide_mm / at) ** power * thin


LEAST_STRIP_MM = 4.0  # under a floor: a shallower one bears nothing of it


@dataclass(frozen=True)
class Strip:
    """A frame of flat sleds that a strip of panel before its roof bears.

    Args:
        wide_mm: width of its box.
        deep_mm: rear end of its sleds.
        high_mm: height of its box.
        strip_mm: depth of the strip.
        bays: side by side, a wall between two.
    """

    wide_mm: float
    deep_mm: float
    high_mm: float
    strip_mm: float
    bays: int

    def sag_mm(self, kg: float) -> float:
        """Return how far it sags in its middle, mm; bricks of 29 say 0.8 to 1.15 times as much.

        Args:
            kg: all sleds with their boards.
        """
        wide = (self.wide_mm / 440.0) ** 1.45 * (self.wide_mm / self.bays / 80.0) ** 0.27
        deep, low = (self.deep_mm / 90.0) ** 0.32, (44.0 / self.high_mm) ** 0.53
        return 0.863 * kg * wide * deep * low * 13.0 / self.strip_mm


@dataclass(frozen=True)
class Row:
    """A row of sleds on edge that a plate behind it bears, or a wall of fans.

    Args:
        kg: all sleds with their boards.
        wide_mm: width of its box.
        high_mm: height of its box, or of the wall of fans.
        rooms: between the walls among the sleds.
        room_mm: width of the widest of them.
        bare: whether no strip of panel bears the front of its floor.
    """

    kg: float
    wide_mm: float
    high_mm: float
    rooms: int = 1
    room_mm: float = 0.0
    bare: bool = False

    def spine_sag_mm(self) -> float:
        """Return how far it sags with a spine, mm, within a factor of `FACTOR`.

        Past 80 mm of height what is between floor and roof bends instead of them.
        """
        if self.bare:
            whole = 0.116 * (self.wide_mm / 440.0) ** 0.5 * 110.0 / self.high_mm
            return self.kg * whole + self._floor_mm(0.31, 1.85)
        low = max(1.0, 80.0 / self.high_mm) ** 2
        return 0.24 * self.kg * (self.wide_mm / 440.0) ** 1.3 * low

    def fan_wall_sag_mm(self) -> float:
        """Return how far it sags with a wall of fans, mm, within a factor of `FACTOR`.

        Floors bend between walls and screws, whatever the width, and the whole as a beam.
        """
        beam = 0.10 * (self.wide_mm / 440.0) ** 3 * (88.0 / self.high_mm) ** 2
        if self.bare:
            return self.kg * (0.038 + beam) + self._floor_mm(0.27, 1.5)
        return self.kg * (0.18 + beam)

    def _floor_mm(self, each_mm_kg: float, power: float) -> float:
        """Return how far a floor sags between two walls, in front, under one room's share."""
        return each_mm_kg * self.kg / self.rooms * (self.room_mm / 80.0) ** power


# Fitted to bricks of frames of a dozen boards in both racks, 1U to 4.5U; a vented floor is softer
# in its own plane, by two to four times.
TIPS_CLOSED, TIPS_VENTED = 6.4e-4, 2.4e-3


@dataclass(frozen=True)
class Barred:
    """A frame of flat sleds with a steel bar behind them.

    Args:
        kg: all sleds with their boards.
        wide_mm: width of its box.
        high_mm: height of its box.
        deep_mm: its rear end.
        flat_mm: thickness of floor and roof.
        bending_nmm2: E I of the bar.
    """

    kg: float
    wide_mm: float
    high_mm: float
    deep_mm: float
    flat_mm: float
    bending_nmm2: float

    def sag_mm(self, closed: bool) -> float:
        """Return how far it sags in its middle, in front, within a factor of `FACTOR` or 0.1 mm.

        The bar bends, 5 w l^4 / 384 E I; and the box tips about it: floor and roof bend in their
        own planes, one to the front, the other to the rear.

        Args:
            closed: whether floor and roof are without vents.
        """
        bar = 5 * self.kg * 9.81 * self.wide_mm**3 / (384 * self.bending_nmm2)
        planes = self.flat_mm * self.deep_mm * self.high_mm**2
        tips = TIPS_CLOSED if closed else TIPS_VENTED
        return bar + tips * self.kg * self.wide_mm**3 / planes
