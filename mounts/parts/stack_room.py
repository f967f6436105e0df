"""Whether what stands on a board is clear of the standoffs round it: rectangles against circles."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from catalog.problems import Problem
from mounts.geometry.flat import Point

AIR_MM = 1.0  # between parts that must not touch


@dataclass(frozen=True)
class Pillar:
    """A standoff seen from above."""

    at: Point
    radius_mm: float


@dataclass(frozen=True)
class Cooled:
    """Heat sink (x, y) and square fan round one middle, mm; none of them if there is none."""

    at: Point
    sink_mm: tuple[float, float] | None
    fan_mm: float | None


def gap_mm(at: Point, size: tuple[float, float], pillar: Pillar) -> float:
    """Return the air between a rectangle round `at` and a standoff, mm; negative if they meet."""
    dx = max(0.0, abs(pillar.at[0] - at[0]) - size[0] / 2)
    dy = max(0.0, abs(pillar.at[1] - at[1]) - size[1] / 2)
    return math.hypot(dx, dy) - pillar.radius_mm


def largest_square_mm(at: Point, pillars: Sequence[Pillar]) -> float:
    """Return the side of the largest square round `at` that is clear of all standoffs, mm.

    Half the side, h, keeps its distance R from a standoff at (dx, dy), dx >= dy, if h <= dx - R, or
    round the corner if (dx - h)² + (dy - h)² >= R². Rounded down to 0.1 mm.
    """
    half = math.inf
    for pillar in pillars:
        reach = pillar.radius_mm + AIR_MM
        near, far = sorted((abs(pillar.at[0] - at[0]), abs(pillar.at[1] - at[1])))
        least = far - reach
        # The corner of the square is what comes near only while h is below the smaller offset.
        root = 2 * reach**2 - (far - near) ** 2
        if least < near and root >= 0:
            least = (near + far - math.sqrt(root)) / 2
        half = min(half, least)
    return max(0.0, math.floor(20 * half + 1e-6) / 10)


def clear_of(pillars: Sequence[Pillar], cooled: Cooled, device: str) -> list[Problem]:
    """Return what is wrong with heat sink and fan among the standoffs of a board."""
    found: list[Problem] = []
    wanted: list[tuple[str, str, tuple[float, float]]] = []
    if cooled.sink_mm is not None:
        wanted.append(("sink_mm", "heat sink", cooled.sink_mm))
    if cooled.fan_mm is not None:
        wanted.append(("fan", "fan", (cooled.fan_mm, cooled.fan_mm)))
    for key, noun, size in wanted:
        least = min(gap_mm(cooled.at, size, pillar) for pillar in pillars)
        if least >= AIR_MM - 1e-9:
            continue
        largest = largest_square_mm(cooled.at, pillars)
        found.append(
            Problem(
                "stack",
                f"a {noun} of {size[0]:g} x {size[1]:g} mm comes within {least:.2f} mm of a"
                f" standoff of {device}",
                key,
                allowed=f"{AIR_MM:g} mm of air and more",
                nearest=f"{largest:g} x {largest:g} mm is the largest square at that place",
            )
        )
    return found


def fitted(needed_mm: float, stock_mm: Sequence[int]) -> float:
    """Return the shortest stock length that is long enough; the longest if none is, mm."""
    return float(next((s for s in stock_mm if s >= needed_mm - 1e-9), stock_mm[-1]))
