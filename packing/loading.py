"""Equal boxes in a box, turned any way: layers over each other, each loaded like a pallet.

Without gaps, plugs or reach: the count that no arrangement for real boards needs to be held
against, but that a solver must be able to find.
"""

from dataclasses import dataclass
from itertools import product
from math import floor
from typing import NamedTuple

from packing.pallet import SCALE, load

Size = tuple[float, float, float]


class Box(NamedTuple):
    """A box's corner nearest the origin, and its size there; mm."""

    corner_mm: Size
    size_mm: Size


@dataclass(frozen=True, slots=True)
class Load:
    """Boxes in a space: where they are, and what the volume allows at most."""

    boxes: tuple[Box, ...]
    upper_bound: int

    @property
    def count(self) -> int:
        """How many went in."""
        return len(self.boxes)


def load_boxes(space_mm: Size, box_mm: Size) -> Load:
    """Return how equal boxes go into a space, any of their sides up.

    Layers are stacked along each of the space's three sides in turn; a layer is as high as one
    of the box's sides, and its boxes lie both ways round.

    Args:
        space_mm: width, depth, height.
        box_mm: the same of a box.
    """
    most = floor(_volume(space_mm) / _volume(box_mm) + 1e-9)
    best: tuple[Box, ...] = ()
    for axis in range(3):
        found = _stacked(space_mm, box_mm, axis)
        if len(found) > len(best):
            best = found
    return Load(best, most)


def _stacked(space: Size, box: Size, axis: int) -> tuple[Box, ...]:
    """Return layers stacked along one side of the space, the most boards in them."""
    width, height = (space[i] for i in range(3) if i != axis)
    kinds = [_layer(width, height, box, up) for up in range(3)]
    counts = [range(floor(space[axis] / side + 1e-9) + 1) for side in box]
    fitting = [
        numbers
        for numbers in product(*counts)
        if sum(n * side for n, side in zip(numbers, box, strict=True)) <= space[axis] + 1 / SCALE
    ]
    best = max(
        fitting, key=lambda numbers: sum(n * len(k) for n, k in zip(numbers, kinds, strict=True))
    )
    boxes: list[Box] = []
    along = 0.0
    for up, number in enumerate(best):
        for _ in range(number):
            boxes += [_lifted(one, axis, along, box[up]) for one in kinds[up]]
            along += box[up]
    return tuple(boxes)


_Flat = tuple[float, float, float, float]  # a rectangle's corner and size


def _layer(width: float, height: float, box: Size, up: int) -> list[_Flat]:
    """Return a layer of boxes with one of their sides along the stack."""
    first, second = (box[i] for i in range(3) if i != up)
    return [
        (x, y, *((second, first) if turned else (first, second)))
        for x, y, turned in load(width, height, (first, second)).places
    ]


def _lifted(flat: _Flat, axis: int, along: float, thick: float) -> Box:
    corner, size = [flat[0], flat[1]], [flat[2], flat[3]]
    corner.insert(axis, along)
    size.insert(axis, thick)
    return Box((corner[0], corner[1], corner[2]), (size[0], size[1], size[2]))


def _volume(size: Size) -> float:
    return size[0] * size[1] * size[2]
