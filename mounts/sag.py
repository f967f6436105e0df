"""How far a floor between two walls sags behind a panel: a quick figure, to decide by.

Two things bend, each a power of lengths: the ears between wall and post twist, and panel and floor
between the walls do. The powers are fitted to bricks (`mounts.strength`) of all boxes and supplies
of the catalogue in both racks, PETG in air of 40 °C, as soon as it is loaded. Below 3 mm the bricks
say 0.8 to 1.3 times as much (nine in ten: 0.83 to 1.1). `verify` asks the bricks themselves.
"""

from dataclasses import dataclass

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
