"""Boards in a chain along one axis: how long it is, and the dearest chain that goes into a space.

Two faces that meet keep the air gap, all else keeps the edge gap. With F faces and E edges in the
best order, `max(0, F - E - 1)` faces meet faces if air is the wider gap (edges stand between), else
`F - 1` do.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from packing.mixed.shapes import Axis, Gaps, Shape


class Dearest(NamedTuple):
    """The worth of the dearest chain, and how many of each item are in it."""

    worth: int
    counts: tuple[int, ...]


class Item(NamedTuple):
    """What a chain is made of: a size, whether it shows faces, what one is worth, how many."""

    size: int
    face: bool
    worth: int
    most: int


def length(shapes: Sequence[Shape], axis: Axis, gaps: Gaps) -> int:
    """Return the least length of a chain of boards, in the best order."""
    faces = sum(shape.face == axis for shape in shapes)
    edges, links = len(shapes) - faces, max(0, len(shapes) - 1)
    meet = max(0, faces - edges - 1) if gaps.air >= gaps.edge else max(0, faces - 1)
    sizes = sum(shape.along(axis) for shape in shapes)
    return sizes + meet * gaps.air + (links - meet) * gaps.edge


def ordered(shapes: Sequence[Shape], axis: Axis, gaps: Gaps) -> list[Shape]:
    """Return boards in an order that makes their chain shortest."""
    faces = [shape for shape in shapes if shape.face == axis]
    edges = [shape for shape in shapes if shape.face != axis]
    if gaps.air <= gaps.edge:
        return [*faces, *edges]
    between = min(len(edges), max(0, len(faces) - 1))
    order: list[Shape] = []
    for index, face in enumerate(faces):
        order += [face, *edges[index : index + 1]] if index < between else [face]
    return [*order, *edges[between:]]


def dearest(items: Sequence[Item], space: int, gaps: Gaps) -> Dearest:
    """Return a chain worth at least as much as any that goes into a space.

    A chain is never shorter than `sum(size + edge) - edge`, and, if air is the wider gap, than
    `sum(faces + air) + sum(edges + 2 edge - air) - air`: of the two knapsacks that these are, the
    smaller worth holds. If air is the narrower gap, the length is exact with faces and without.
    """
    air, edge = gaps
    if air < edge:
        mixed = _knapsack(items, [i.size + (air if i.face else edge) for i in items], space + air)
        edges = [item._replace(most=0) if item.face else item for item in items]
        alone = _knapsack(edges, [item.size + edge for item in items], space + edge)
        return max(mixed, alone, key=lambda found: found.worth)
    found = [_knapsack(items, [item.size + edge for item in items], space + edge)]
    if air > edge:
        takes = [i.size + (air if i.face else 2 * edge - air) for i in items]
        if min(takes) > 0:
            found.append(_knapsack(items, takes, space + air))
    return min(found, key=lambda each: each.worth)


def longest(items: Sequence[Item], space: int, gaps: Gaps) -> int:
    """Return a length inside the space that no chain, in any order, is beyond."""
    sums = 1  # bit n: a chain of length n with the gap behind its last board
    for item in items:
        for gap in {gaps.air, gaps.edge} if item.face else {gaps.edge}:
            for _ in range(min(item.most, space // item.size)):
                grown = sums | sums << (item.size + gap)
                grown &= (1 << (space + max(gaps) + 1)) - 1
                if grown == sums:
                    break
                sums = grown
    most = 0
    for item in items:
        fits = sums & ((1 << (space - item.size + 1)) - 1)
        if item.most and fits:
            most = max(most, fits.bit_length() - 1 + item.size)
    return most


def _knapsack(items: Sequence[Item], takes: Sequence[int], space: int) -> Dearest:
    """Return the dearest choice of items, each at most so often, that takes no more than space."""
    worth = np.zeros(space + 1, dtype=np.int64)
    stages: list[tuple[int, int, np.ndarray]] = []
    for number, (item, take) in enumerate(zip(items, takes, strict=True)):
        left = min(item.most, space // take)
        step = 1
        while left > 0:
            copies = min(step, left)
            left, step = left - copies, step * 2
            stages.append((number, copies, worth))
            more = worth.copy()
            size = copies * take
            np.maximum(
                more[size:], worth[: space + 1 - size] + copies * item.worth, out=more[size:]
            )
            worth = more
    counts = [0] * len(items)
    at, total = space, int(worth[space])
    now = total
    for number, copies, before in reversed(stages):
        if before[at] != now:
            counts[number] += copies
            at -= copies * takes[number]
            now -= copies * items[number].worth
    return Dearest(total, tuple(counts))
