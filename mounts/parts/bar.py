"""The steel bar that bears a frame of flat sleds, and the slots it lies in, in numbers.

Bright flat steel, EN 10278: 20 h11 x 3 h11, that is up to 0.13 and 0.06 mm less.
"""

import math
from dataclasses import dataclass

from mounts.geometry.flat import ROOF_DEG, Point

THICK_MM = 3.0
HIGH_MM = 20.0
STEEL_MPA = 210_000.0  # modulus, EN 1993-1-1
YIELD_MPA = 235.0  # S235JR up to 16 mm, EN 10025-2; drawn bright it bears more
GAP_MM = 1.5  # from the sleds to the slots
BRIDGE_MM = 14.0  # a slot's flat roof, between two slopes: it prints standing
BEHIND_MM = 3.0  # wall behind the slots
BAR_LEAST_MM = 5.0  # wall over and under them


@dataclass(frozen=True)
class Bar:
    """A bar on edge behind the sleds of a frame.

    Args:
        behind_mm: rear end of the sleds, y.
        middle_mm: its middle, z.
        slide_mm: play before and behind it.
        press_mm: play over and under it.
    """

    behind_mm: float
    middle_mm: float
    slide_mm: float
    press_mm: float

    @property
    def high_mm(self) -> float:
        """Height of the slots."""
        return HIGH_MM + 2 * self.press_mm

    @property
    def y_mm(self) -> tuple[float, float]:
        """Front and rear of the slots, as far as they are as high as that."""
        front = self.behind_mm + GAP_MM
        return front, front + THICK_MM + 2 * self.slide_mm

    @property
    def peak_mm(self) -> float:
        """Rear end of the slots, y: they are printed standing, under a roof of two slopes."""
        return self.y_mm[1] + (self.high_mm - BRIDGE_MM) / 2 * math.tan(math.radians(ROOF_DEG))

    @property
    def end_mm(self) -> float:
        """Rear end of the walls, y."""
        return math.ceil(self.peak_mm + BEHIND_MM)

    @property
    def slot(self) -> tuple[Point, ...]:
        """A slot's outline (y, z) round (0, `middle_mm`)."""
        half, flat, (y0, y1), peak = self.high_mm / 2, BRIDGE_MM / 2, self.y_mm, self.peak_mm
        return ((y0, -half), (y1, -half), (peak, -flat), (peak, flat), (y1, half), (y0, half))

    @property
    def bending_nmm2(self) -> float:
        """Its stiffness on edge, E I."""
        return STEEL_MPA * THICK_MM * HIGH_MM**3 / 12

    @property
    def yields_nmm(self) -> float:
        """The moment at which it yields on edge."""
        return YIELD_MPA * THICK_MM * HIGH_MM**2 / 6
