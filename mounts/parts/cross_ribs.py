r"""Ribs under a floor, from wall to wall: slanting, for the panel lies on the bed.

    side view, panel at the left
    ||==============================   floor
    ||         \\        \\        \\
    ||          \\        \\        \\   ribs: what bends is the floor between its walls
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from mounts.geometry.flat import Loop, Point, polygon, rectangle
from mounts.geometry.sheet import Sheet

THICK_MM = 2.8  # along the print; 1.8 across, four lines
SLOPE = math.tan(math.radians(50.0))  # as a frame's rims: steep enough to print in the air
SHY_MM = 0.2  # the last ends a layer before the walls: two faces in one plane make slivers
FOOT_MM = 1.2  # upright behind its lower edge: without, that would end in nothing
SUNK_MM = 0.5  # into floor and walls, so that all are one body
UNDER_SLOT_MM = 2.0  # for a strap or a tie
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

    def turned(
        self, top_mm: float, half_mm: float, end_mm: float, slots: Sequence[Loop]
    ) -> list[Sheet]:
        """Return a leg behind each rib, its mirror image: with it, it prints from the rear too.

        A leg that would leave too little room for what is drawn through a slot is left out.

        Args:
            top_mm: underside of the floor, z.
            half_mm: half the width over the walls that they end in.
            end_mm: rear end of the floor, y: there a leg stands on the bed.
            slots: holes in the floor, (x, y).
        """
        low, high = top_mm - self.high_mm, top_mm + SUNK_MM
        run = run_mm(high - low)
        edges = [
            [
                (y - SUNK_MM, low),
                (y + THICK_MM - FOOT_MM * SLOPE, low),
                (y + run + THICK_MM, high),
                (y + run, high),
                (y, low + FOOT_MM),
                (y - SUNK_MM, low + FOOT_MM),
            ]
            for y in self.ends_mm
            if all(self._clears(y, slot, end_mm) for slot in slots)
        ]
        loops = [polygon(_up_to(edge, end_mm)) for edge in edges]
        return [Sheet("yz", loop, -half_mm + SUNK_MM, half_mm - SUNK_MM) for loop in loops]

    def _clears(self, rib_mm: float, slot: Loop, end_mm: float) -> bool:
        """Say whether the leg of a rib leaves room under a slot."""
        ys = [y for _, y in slot.points]
        if max(ys) <= rib_mm or min(ys) >= rib_mm + run_mm(self.high_mm) + THICK_MM:
            return True
        behind = min(max(ys), end_mm) - rib_mm
        return self.high_mm - FOOT_MM - behind / SLOPE >= UNDER_SLOT_MM

    def kept(self, half_mm: float) -> list[Loop]:
        """Return what vents in the floor keep clear of, (x, y)."""
        return [
            rectangle((-half_mm, a - KEEP_MM), (half_mm, b + KEEP_MM)) for a, b in self.roots_mm()
        ]


def _up_to(points: list[Point], end_mm: float) -> list[Point]:
    """Return what of a shape lies before a line across y: it goes there and back once."""
    found: list[Point] = []
    for (y, z), (v, w) in zip(points, [*points[1:], points[0]], strict=True):
        if y <= end_mm:
            found.append((y, z))
        if (y <= end_mm) != (v <= end_mm):
            found.append((end_mm, z + (w - z) * (end_mm - y) / (v - y)))
    return found


def run_mm(high_mm: float) -> float:
    """Return how far behind its root a rib ends that reaches down so far."""
    return (high_mm - FOOT_MM) * SLOPE
