"""How far a board tray sags: a quick figure, to decide by how high its walls and beams are.

Four things add up: the ears twist between the tray and the posts, floor and walls bend behind the
panel, the joint between them gives, and the floor bends across where a post is far from a wall.
Each is reckoned by lengths and sections; how much of each counts is fitted to bricks
(`mounts.strength`) of all boards of the catalogue in both racks with walls and beams of many
heights: PETG in air of 40 °C, as soon as it is loaded. `verify` asks the bricks themselves.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from mounts.geometry.flat import Point

GRAVITY_N_KG = 9.81
MODULUS_MPA, SHEAR_MPA = 1757.0, 553.0  # PETG in air of 40 °C, as `mounts.strength.material` says
STEPS = 24
# The four shares, and two of the section: floor beside a wall that bends with it, as a share of the
# depth, and what hexagons leave of a floor's stiffness.
EARS, FLOOR, JOINT_N_MM, ACROSS_N_MM = 0.63, 0.70, 4.1e-6, 2.3e-4
FLANGE_SHARE, VENTED, VENTED_ACROSS = 0.1, 0.6, 0.7
AT_MM = 2.4  # thickness of the floor that the last share is of
ALONG_MM = 1.5  # a lower wall bears nothing across


@dataclass(frozen=True)
class Stand:
    """What weighs on one post: where, mm to the right and behind the panel, and kg."""

    x_mm: float
    y_mm: float
    kg: float


@dataclass(frozen=True)
class Ear:
    """The panel between a tray's side and the post, which twists, and its torsional constant."""

    long_mm: float
    torsion_mm4: float


@dataclass(frozen=True)
class Upright:
    """A wall: its middle, x, and its upper edge, (mm behind the panel, height over the floor)."""

    x_mm: float
    edge: tuple[Point, ...]

    def height_mm(self, at_mm: float) -> float:
        """Return how high it is so far behind the panel."""
        at = max(at_mm, self.edge[0][0])
        for (y0, z0), (y1, z1) in pairwise(self.edge):
            if y0 <= at <= y1 and y1 > y0:
                return z0 + (z1 - z0) * (at - y0) / (y1 - y0)
        return 0.0


@dataclass(frozen=True)
class Floor:
    """A floor behind a panel, and the walls on it.

    Args:
        wide_mm: of the floor.
        thick_mm: of the floor.
        vents: whether it is full of holes.
        walls: what stands on it along the tray.
        wall_mm: thickness of a wall.
    """

    wide_mm: float
    thick_mm: float
    vents: bool
    walls: tuple[Upright, ...]
    wall_mm: float

    def bending_mm4(self, at_mm: float, deep_mm: float) -> float:
        """Return the second moment of area of floor and walls.

        Args:
            at_mm: so far behind the panel.
            deep_mm: of the floor.
        """
        left = VENTED if self.vents else 1.0
        t, total, alone = self.thick_mm, 0.0, self.wide_mm
        for wall in self.walls:
            high = wall.height_mm(at_mm)
            if high <= 0.0:
                continue
            flange = min(self.wide_mm / len(self.walls), FLANGE_SHARE * deep_mm)
            alone -= flange
            web, plate = high * self.wall_mm, flange * left * t
            own = self.wall_mm * high**3 / 12 + flange * left * t**3 / 12
            total += own + ((high + t) / 2) ** 2 * web * plate / (web + plate)
        return total + max(0.0, alone) * left * t**3 / 12

    def from_wall_mm(self, one: Stand) -> float:
        """Return how far a post is from the nearest wall, or from where that ends."""
        found = [self.wide_mm / 2]
        for wall in self.walls:
            end = max((y for y, high in wall.edge if high > ALONG_MM), default=0.0)
            found.append(math.hypot(one.x_mm - wall.x_mm, max(0.0, one.y_mm - end)))
        return min(found)


def tray_sag_mm(posts: Sequence[Stand], ears: Sequence[Ear], floor: Floor) -> float:
    """Return how far the rearmost post sinks, about.

    Args:
        posts: what boards stand on.
        ears: at the left and the right.
        floor: between them.
    """
    deep = max(one.y_mm for one in posts)
    moment = GRAVITY_N_KG * sum(one.y_mm * one.kg for one in posts)
    twist = moment / (SHEAR_MPA * sum(ear.torsion_mm4 / ear.long_mm for ear in ears))
    step, bent = deep / STEPS, 0.0
    for k in range(STEPS):
        at = (k + 0.5) * step
        there = GRAVITY_N_KG * sum(one.kg * (one.y_mm - at) for one in posts if one.y_mm > at)
        bent += there * (deep - at) * step / (MODULUS_MPA * floor.bending_mm4(at, deep))
    left = VENTED_ACROSS if floor.vents else 1.0
    across = max(GRAVITY_N_KG * one.kg * floor.from_wall_mm(one) ** 2 for one in posts)
    return (
        EARS * twist * deep
        + FLOOR * bent
        + JOINT_N_MM * moment * deep
        + ACROSS_N_MM * across / left * (AT_MM / floor.thick_mm) ** 3
    )


# Between boards in a row nothing closes the panel to a tube: fitted to bricks of rows of 2 to 5 in
# both racks, within a factor of `ROW_FACTOR`.
ROW, ROW_FACTOR = 0.6, 3.0


def row_sag_mm(posts: Sequence[Stand], wide_mm: float, torsion_mm4: float) -> float:
    """Return how much farther the middle of a row of boards sinks than its ends.

    The panel before it twists under a moment spread over its width: M b / 8 G J in the middle.

    Args:
        posts: what the boards stand on.
        wide_mm: of the row.
        torsion_mm4: torsional constant of the panel.
    """
    deep = max(one.y_mm for one in posts)
    moment = GRAVITY_N_KG * sum(one.y_mm * one.kg for one in posts)
    return ROW * moment * wide_mm / (8 * SHEAR_MPA * torsion_mm4) * deep
