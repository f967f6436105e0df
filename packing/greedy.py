"""A first layout of rectangles: each in turn to the lowest, then leftmost place that is free.

No claim to be good: it gives a solver that proves something to start from.
"""

from collections.abc import Sequence
from typing import NamedTuple

Size = tuple[int, int]


class Spot(NamedTuple):
    """Where a rectangle went: which of its shapes, and its lower left corner."""

    shape: int
    x: int
    z: int


def bottom_left(pieces: Sequence[Sequence[Size]], room: Size) -> list[Spot | None]:
    """Return a spot for each piece, or `None` where none is left.

    Args:
        pieces: for each the shapes it may take, (wide, high), in order of placing.
        room: wide and high.
    """
    placed: list[tuple[int, int, int, int]] = []
    spots: list[Spot | None] = []
    for shapes in pieces:
        spot = _lowest(shapes, placed, room)
        spots.append(spot)
        if spot is not None:
            wide, high = shapes[spot.shape]
            placed.append((spot.x, spot.z, spot.x + wide, spot.z + high))
    return spots


def _lowest(
    shapes: Sequence[Size], placed: list[tuple[int, int, int, int]], room: Size
) -> Spot | None:
    columns = sorted({0, *(right for _, _, right, _ in placed)})
    rows = sorted({0, *(top for *_, top in placed)})
    for z in rows:
        for x in columns:
            for number, (wide, high) in enumerate(shapes):
                inside = x + wide <= room[0] and z + high <= room[1]
                if inside and not _meets((x, z, x + wide, z + high), placed):
                    return Spot(number, x, z)
    return None


def _meets(one: tuple[int, int, int, int], placed: list[tuple[int, int, int, int]]) -> bool:
    return any(
        one[0] < right and left < one[2] and one[1] < top and low < one[3]
        for left, low, right, top in placed
    )
