r"""A hollow beam behind an ear: the panel cannot twist between a tray and the post.

    from the side          a plate of 3 mm twists a hundred times as far as the same plate with a
    |\                     floor and a web: a closed tube. Its web is a roof that prints without
    | \                    support, whichever of its two legs lies on the bed.
    |  \  web
    |   \
    |____\__
      floor
"""

import math
from dataclasses import dataclass

from mounts.geometry.flat import ROOF_DEG, polygon, rectangle
from mounts.geometry.sheet import Sheet
from mounts.part import Core, Up

WEB_MM = 1.6  # four lines of a 0.4 mm nozzle
FOOT_MM = 1.5  # floor behind the web
LEAST_HOLE_MM = 2.0  # a lower beam is solid
SUNK_MM = 0.5  # into what it grows from
POST_MM = 45.0  # of what fills it where it is cut for a bed, the highest
OPEN_MM = 2.2  # a hole into what is left hollow of a piece


@dataclass(frozen=True)
class EarBeam:
    """A triangle behind the panel, from a tray's side to the post.

    Args:
        x_mm: its ends along the panel.
        back_mm: rear face of the panel, y.
        low_mm: lower face of the floor, z.
        floor_mm: thickness of the floor.
        high_mm: how far it reaches up the panel, over the floor.
        up: what is up on the bed: `+z` with the floor on it, `+y` with the panel on it.
    """

    x_mm: tuple[float, float]
    back_mm: float
    low_mm: float
    floor_mm: float
    high_mm: float
    up: Up = "+z"

    @property
    def deep_mm(self) -> float:
        """How far the web reaches back over the floor."""
        return deep_mm(self.high_mm, self.up)

    @property
    def top_mm(self) -> float:
        """Upper end of its web, at the panel, z."""
        return self.low_mm + self.floor_mm + self.high_mm

    @property
    def end_mm(self) -> float:
        """Rear end of its floor, y."""
        return self.back_mm + self.deep_mm + FOOT_MM

    @property
    def hole_mm(self) -> tuple[float, float]:
        """Height and depth of what is hollow; none or less if it is solid."""
        hollow = self.high_mm - WEB_MM * self._long_mm / self.deep_mm
        return hollow, hollow * self.deep_mm / self.high_mm

    @property
    def _long_mm(self) -> float:
        return math.hypot(self.high_mm, self.deep_mm)

    def sheets(self) -> tuple[Sheet, Sheet]:
        """Return its floor and its web, half a millimetre sunk into what they grow from."""
        y, low, top = self.back_mm, self.low_mm, self.low_mm + self.floor_mm
        a, b = sorted(self.x_mm)
        high, deep = self.hole_mm
        inner = [(y, top + high), (y + deep, top)] if high >= LEAST_HOLE_MM else [(y, top)]
        web = [
            (inner[-1][0], top - 0.5),
            (y + self.deep_mm, top - 0.5),
            (y + self.deep_mm, top),
            (y, top + self.high_mm),
            (y - 0.5, top + self.high_mm),
            (y - 0.5, inner[0][1]),
            *inner,
        ]
        floor = Sheet("yz", rectangle((y - 0.5, low), (self.end_mm, top)), a, b)
        return floor, Sheet("yz", polygon(web), a, b)

    def core(self, top_mm: float) -> Core:
        """Return what fills the beam where it is cut for a bed.

        It is a post behind the panel, up to its edge or nearly: alone the panel is too thin for a
        joint. It is for a beam whose floor lies on the bed.

        Args:
            top_mm: upper edge of the panel, z.
        """
        y, floor = self.back_mm, self.low_mm + self.floor_mm
        top = max(self.top_mm, min(top_mm, self.low_mm + POST_MM))
        edge = rectangle((y - SUNK_MM, floor - SUNK_MM), (self.end_mm, top))
        filled = Sheet("yz", edge, min(self.x_mm), max(self.x_mm))
        return Core(filled, (y + OPEN_MM, OPEN_MM), (self.low_mm - 1.0, floor + SUNK_MM))

    def torsion_mm4(self, panel_mm: float) -> float:
        """Return its torsional constant: Bredt's second formula, 4 A^2 / integral ds / t.

        Args:
            panel_mm: thickness of the panel.
        """
        high, deep = self.hole_mm
        if high < LEAST_HOLE_MM:
            return 0.0
        # Between the middles of the three walls.
        high += self.floor_mm / 2 + WEB_MM * self._long_mm / self.deep_mm / 2
        deep += panel_mm / 2 + WEB_MM * self._long_mm / self.high_mm / 2
        around = high / panel_mm + deep / self.floor_mm + math.hypot(high, deep) / WEB_MM
        return (high * deep) ** 2 / around


def deep_mm(high_mm: float, up: Up) -> float:
    """Return how far back the web of a beam reaches: it rises at `ROOF_DEG` from the bed."""
    slope = math.tan(math.radians(ROOF_DEG))
    return high_mm * slope if up == "+y" else high_mm / slope


def high_mm(deep: float, up: Up) -> float:
    """Return how high a beam is that reaches back so far, mm."""
    return deep * deep / deep_mm(deep, up)
