r"""Ribs under a floor, from wall to wall: slanting, for the panel lies on the bed.

    side view, panel at the left
    ||==============================   floor
    ||         \\        \\        \\
    ||          \\        \\        \\   ribs: what bends is the floor between its walls
"""

import math
from dataclasses import dataclass

from mounts.geometry.flat import Loop, polygon, rectangle
from mounts.geometry.sheet import Sheet

THICK_MM = 2.8  # along the print; 1.8 across, four lines
SLOPE = math.tan(math.radians(50.0))  # as a frame's rims: steep enough to print in the air
SHY_MM = 0.2  # the last ends a layer before the walls: two faces in one plane make slivers
FOOT_MM = 1.2  # upright behind its lower edge: without, that would end in nothing
SUNK_MM = 0.5  # into floor and walls, so that all are one body
KEEP_MM = 0.8  # floor without vents beside a rib


@dataclass(frozen=True)
class CrossRibs:
    """Ribs across the underside of a floor.

    Args:
        ends_mm: their rear ends, y, rising.
        high_mm: how far they reach down.
    """

    ends_mm: tuple[float, ...] = ()
    high_mm: float = 0.0

    def roots_mm(self) -> tuple[tuple[float, float], ...]:
        """Return where they grow out of the floor, from y to y."""
        run = run_mm(self.high_mm)
        return tuple((y - run - THICK_MM, y - run) for y in self.ends_mm)

    def sheets(self, top_mm: float, half_mm: float) -> list[Sheet]:
        """Return them.

        Args:
            top_mm: underside of the floor, z.
            half_mm: half the width over the walls that they end in.
        """
        low, high = top_mm - self.high_mm, top_mm + SUNK_MM
        run = run_mm(high - low)
        edges = [
            polygon(
                [
                    (y - run - THICK_MM, high),
                    (y - THICK_MM + FOOT_MM * SLOPE, low),
                    (y, low),
                    (y, low + FOOT_MM),
                    (y - run, high),
                ]
            )
            for y in self.ends_mm
        ]
        return [Sheet("yz", edge, -half_mm + SUNK_MM, half_mm - SUNK_MM) for edge in edges]

    def kept(self, half_mm: float) -> list[Loop]:
        """Return what vents in the floor keep clear of, (x, y)."""
        return [
            rectangle((-half_mm, a - KEEP_MM), (half_mm, b + KEEP_MM)) for a, b in self.roots_mm()
        ]


def run_mm(high_mm: float) -> float:
    """Return how far behind its root a rib ends that reaches down so far."""
    return (high_mm - FOOT_MM) * SLOPE
