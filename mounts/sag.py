"""How far a floor between two walls sags behind a panel: a quick figure, to decide by.

Two things bend, each a power of lengths: the ears between wall and post twist, and panel and floor
between the walls do. The powers are fitted to bricks (`mounts.strength`) of all boxes and supplies
of the catalogue in both racks, PETG in air of 40 °C, as soon as it is loaded. Below 3 mm the bricks
say 0.8 to 1.3 times as much (nine in ten: 0.83 to 1.1). `verify` asks the bricks themselves.
"""

from dataclasses import dataclass
from typing import Literal

MOST_MM = 0.5  # under its load, at once: two thirds of the play between two panels
TOLD_MM = 0.39  # what a frame says, and what would help: bricks have 0.64 mm at a quick 0.40
FACTOR = 1.5  # below 3 mm the bricks say no more than so many times as much, nor as little


@dataclass(frozen=True)
class Cantilever:
    """A floor between two walls behind a panel that hangs on the front posts alone.

    Args:
        kg: what it carries, in its middle.
        deep_mm: from the panel to its rear end.
        high_mm: of the walls at the panel.
        wide_mm: over both walls.
        ear_mm: from a wall to the rack's screws.
        panel_mm: thickness of the panel.
        floor_mm: thickness of the floor.
        vents: whether it is full of holes.
        stiff: whether stiff cases are screwed to the floor, side by side.
    """

    kg: float
    deep_mm: float
    high_mm: float
    wide_mm: float
    ear_mm: float
    panel_mm: float
    floor_mm: float
    vents: bool
    stiff: bool = False


def sag_mm(one: Cantilever) -> float:
    """Return how far the devices' feet sink at the rear, within a factor of `FACTOR`."""
    deep, low = one.deep_mm / 100, 40 / one.high_mm
    ears = 0.167 * (one.ear_mm / 30) ** 1.75 * low**0.91 * deep**1.94 * (3 / one.panel_mm) ** 2.4
    wide = (one.wide_mm / 160) ** (1.5 if one.stiff else 3.2)
    floor = 0.31 * wide * (2 / one.floor_mm) ** 1.4 * deep**1.9 * low**0.65
    return one.kg * (ears + floor) * (1.0 if one.vents else 0.77)


@dataclass(frozen=True)
class Ribbed:
    """A floor between two walls as it is held: with ribs under it, or with rear brackets, or both.

    Args:
        kg: what it carries, in its middle.
        deep_mm: from the panel to its rear end.
        high_mm: of the walls at the panel, ribs and all.
        wide_mm: over both walls.
        ear_mm: from a wall to the rack's screws.
        held_to_mm: the last bolts of brackets to the rear posts, y; nothing without brackets.
        ribs: how many from wall to wall; some, if there are no brackets.
        rib_mm: how far they reach down.
    """

    kg: float
    deep_mm: float
    high_mm: float
    wide_mm: float
    ear_mm: float
    held_to_mm: float | None
    ribs: int = 0
    rib_mm: float = 0.0


RIBBED_FACTOR = 1.35  # nine in ten of bricks say no more than so many times as much


def ribbed_sag_mm(one: Ribbed) -> float:
    """Return how far the devices' feet sink at the rear.

    Walls bend behind what holds them, the floor between them: fitted to bricks of 190 shelves,
    drawn at random, under boxes of 80 to 440 by 70 to 330 mm. Ribs are taken to be a quarter
    softer than that: those bricks were by as much too stiff, for they were coarse where ribs slant.
    """
    deep, wide, low = one.deep_mm / 100, one.wide_mm / 160, 40 / one.high_mm
    if not one.ribs:
        return one.kg * (0.065 * wide**2.2 * deep**2 + 0.006 * low**3.7 * deep**2.5)
    floor = wide**2.2 * (10 / one.rib_mm) ** 1.5 / one.ribs**0.75
    if one.held_to_mm is None:
        walls = 0.208 * (one.ear_mm / 30) ** 1.49 * low**1.13 * deep**2.55
        return one.kg * (walls + 0.078 * floor)
    over = (max(0.0, one.deep_mm - one.held_to_mm) + 20.0) / 100
    return one.kg * (0.066 * over * low**0.5 + 0.030 * deep * floor)


Bearing = Literal["strip", "channel", "plates"]
# Sag of a kilogram at a width, and its power: fitted to bricks of 10- and 19-inch frames of Pi 4B.
FRAMES: dict[Bearing, tuple[float, float, float]] = {
    "strip": (0.85, 440.0, 1.56),
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
        bears: a strip of panel before the roof, a channel under the floor, or floor and roof alone.
        flat_mm: thickness of floor and roof.
        under_mm: depth of the strip of panel under the floor of a channel.
    """
    each, at, power = FRAMES[bears]
    thin = (2.0 / flat_mm) ** 2.4 if bears == "plates" else 1.0
    if bears == "channel" and under_mm < STRIP_ENOUGH_MM:
        thin = min(NO_STRIP, (STRIP_ENOUGH_MM / max(under_mm, 0.1)) ** SHALLOW)
    return kg * each * (wide_mm / at) ** power * thin


# Fitted to bricks of frames of sleds on edge in both racks, 1.5U to 4.5U.
SPINE_MM_KG, SPINE_TALL_MM = 0.24, 80.0
BARE_MM_KG, LEAST_STRIP_MM = 0.35, 4.0  # a floor between its walls that neither strip nor rim bears


def spine_sag_mm(kg: float, wide_mm: float, high_mm: float, under_mm: float) -> float:
    """Return how far a frame with a spine sags in its middle, mm, within a factor of `FACTOR`.

    Args:
        kg: all sleds with their boards.
        wide_mm: width of its box.
        high_mm: height of its box, and of the spine: past 80 mm what is between bends instead.
        under_mm: depth of the strip of panel under its floor.
    """
    low = max(1.0, SPINE_TALL_MM / high_mm) ** 2
    floor = BARE_MM_KG if under_mm < LEAST_STRIP_MM else 0.0
    return kg * max(floor, SPINE_MM_KG * (wide_mm / 440.0) ** 1.3 * low)


# Fitted to bricks of frames of Pi 4B with fans of 40 and 80 mm in both racks, 1U and 2U: floors
# bend between walls and screws, whatever the width, and the whole as a beam.
FANS_NEAR_MM_KG, FANS_BEAM_MM_KG, FANS_TALL_MM = 0.18, 0.10, 88.0


def fan_wall_sag_mm(kg: float, wide_mm: float, high_mm: float) -> float:
    """Return how far a frame sags in its middle that its wall of fans bears, mm.

    Args:
        kg: all sleds with their boards.
        wide_mm: width of its box.
        high_mm: height of the wall of fans.
    """
    beam = FANS_BEAM_MM_KG * (wide_mm / 440.0) ** 3 * (FANS_TALL_MM / high_mm) ** 2
    return kg * (FANS_NEAR_MM_KG + beam)


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
