"""Layouts of strips: quick, and as good as any in most questions.

    columns (along x)            layers (along z): the same, turned
    ____ ____ | |                ____________
    ____ ____ | |                |  |  |  |
    | |  | |  ____               |__|__|__|_

A strip is a chain of blocks, a block so many equal boards side by side as the strip is thick. Which
strips to take, and how often, is a small integer program; boards that are more than there are of
their kind are left out of it.
"""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from packing.mixed.chain import length, ordered
from packing.mixed.numbers import limit_depth

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ortools.sat.python import cp_model

    from packing.mixed.shapes import Axis, Shape, Space

_MOST_STRIPS = 4000
_WORK = 1.0  # deterministic seconds


class Spot(NamedTuple):
    """A board's place: its shape, its row, and its lower left corner in hundredths of mm."""

    shape: Shape
    row: int
    x: int
    z: int


class Strip(NamedTuple):
    """A strip across `axis`: how thick, and its blocks as (shape, boards side by side)."""

    axis: Axis
    thick: int
    blocks: tuple[tuple[Shape, int], ...]

    def holds(self, kind: int) -> int:
        """Return how many boards of a kind are in it."""
        return sum(number for shape, number in self.blocks if shape.kind == kind)

    @property
    def faces(self) -> bool:
        """Whether its neighbours see faces only."""
        return all(shape.face == self.axis for shape, _ in self.blocks)

    @property
    def plain(self) -> bool:
        """Whether its neighbours see no face at all."""
        return all(shape.face != self.axis for shape, _ in self.blocks)

    @property
    def deep(self) -> int:
        """Depth of its deepest board."""
        return max(shape.deep for shape, _ in self.blocks)


def best_blocks(space: Space) -> list[Spot]:
    """Return the layout of strips that holds most boards, of columns and of layers.

    Args:
        space: rounded for placing.
    """
    axes: tuple[Axis, ...] = ("x", "z")
    found = [_chosen(space, _strips(space, axis)) for axis in axes]
    return max(found, key=len)


def _across(axis: Axis) -> Axis:
    return "z" if axis == "x" else "x"


def _strips(space: Space, axis: Axis) -> list[Strip]:
    """Return strips of every thickness with blocks of a few shapes, as full as they go."""
    thickest = max(shape.along(axis) for shape in space.shapes)
    found: dict[tuple[int, ...], Strip] = {}
    thicknesses = sorted(
        {_side_by_side(space, s, n, axis) for s, n in _rows(space, axis, thickest)}
    )
    for thick in thicknesses:
        for blocks in _fillings(space, axis, thick):
            strip = Strip(axis, max(_thick(space, axis, block) for block in blocks), blocks)
            kinds = tuple(strip.holds(kind) for kind in range(len(space.mix.kinds)))
            key = (*kinds, strip.faces, strip.plain, strip.deep)
            held = found.get(key)
            if held is None or strip.thick < held.thick:
                found[key] = strip
    every = sorted(found.values(), key=lambda s: (s.thick / sum(n for _, n in s.blocks), s.thick))
    return every[:_MOST_STRIPS]


def _rows(space: Space, axis: Axis, thickest: int) -> Iterator[tuple[Shape, int]]:
    for shape in space.shapes:
        for number in range(1, _beside(space, shape, thickest, axis) + 1):
            yield shape, number


def _side_by_side(space: Space, shape: Shape, number: int, axis: Axis) -> int:
    return number * shape.along(axis) + (number - 1) * space.gaps.between(shape, shape, axis)


def _thick(space: Space, axis: Axis, block: tuple[Shape, int]) -> int:
    return _side_by_side(space, *block, axis)


def _beside(space: Space, shape: Shape, thick: int, axis: Axis) -> int:
    """Return how many equal boards go side by side into a thickness, at most those there are."""
    gap = space.gaps.between(shape, shape, axis)
    fit = max(0, (thick + gap) // (shape.along(axis) + gap))
    most = space.mix.kinds[shape.kind].most
    return fit if most is None else min(fit, most)


def _fillings(space: Space, axis: Axis, thick: int) -> Iterator[tuple[tuple[Shape, int], ...]]:
    """Yield chains of blocks: some of one shape, then as many of another and a third as go."""
    blocks = [
        (shape, number) for shape in space.shapes if (number := _beside(space, shape, thick, axis))
    ]
    seen: set[tuple[int, ...]] = set()
    for first, second in product(range(len(blocks)), repeat=2):
        for many in range(_more(space, axis, [], blocks[first]), 0, -1):
            chain = [blocks[first]] * many
            for number in (second, *range(len(blocks))):
                chain += [blocks[number]] * _more(space, axis, chain, blocks[number])
            key = tuple(sorted(space.shapes.index(shape) for shape, _ in chain))
            if key not in seen:
                seen.add(key)
                yield tuple(chain)


def _more(
    space: Space, axis: Axis, chain: list[tuple[Shape, int]], block: tuple[Shape, int]
) -> int:
    """Return how many blocks more go into a chain, at most so many as there are boards for."""
    across = _across(axis)
    shapes = [shape for shape, _ in chain]
    most = space.mix.kinds[block[0].kind].most
    number = 0
    while most is None or number * block[1] < most:
        shapes.append(block[0])
        if length(shapes, across, space.gaps) > space.along(across):
            break
        number += 1
    return number


def _chosen(space: Space, strips: list[Strip]) -> list[Spot]:
    """Return the choice of strips that holds most boards, each at its place."""
    from ortools.sat.python import cp_model  # noqa: PLC0415 - takes a second to import

    model = cp_model.CpModel()
    room = space.along(strips[0].axis)
    taken = [
        [model.new_int_var(0, 1 + room // strip.thick, "") for strip in strips]
        for _ in range(space.mix.rows)
    ]
    for row in taken:
        _go_in(model, space, row, strips)
    if space.depth is not None and space.mix.rows > 1:
        deep = [strip.blocks[0][0]._replace(deep=strip.deep) for strip in strips]
        limit_depth(model, space._replace(shapes=tuple(deep)), taken, space.depth)
    model.maximize(sum(_placed(model, space, taken, strips)))
    solver = cp_model.CpSolver()
    solver.parameters.random_seed = 1
    solver.parameters.num_workers = 1
    solver.parameters.max_deterministic_time = _WORK
    if solver.solve(model) not in {cp_model.OPTIMAL, cp_model.FEASIBLE}:
        return []
    spots: list[Spot] = []
    for number, row in enumerate(taken):
        chosen = [
            s for s, count in zip(strips, row, strict=True) for _ in range(solver.value(count))
        ]
        spots += _laid(space, chosen, number)
    return _no_more_than_there_are(space, spots)


def _go_in(
    model: cp_model.CpModel, space: Space, row: list[cp_model.IntVar], strips: list[Strip]
) -> None:
    """Strips side by side go into the room: those that show faces first, then the others."""
    air, edge = space.gaps
    shy = [_leads(space, strip) for strip in strips]
    takes = [s.thick + (air if first else edge) for s, first in zip(strips, shy, strict=True)]
    some = model.new_bool_var("")
    for count, first in zip(row, shy, strict=True):
        if first:
            model.add(count == 0).only_enforce_if(~some)
    faced = [count for count, first in zip(row, shy, strict=True) if first]
    model.add(sum(faced) >= 1).only_enforce_if(some)
    sums = sum(take * count for take, count in zip(takes, row, strict=True))
    model.add(sums <= space.along(strips[0].axis) + edge + (air - edge) * some)


def _leads(space: Space, strip: Strip) -> bool:
    """Tell whether a strip is one of those that keep the air gap from each other."""
    return strip.faces if space.gaps.air < space.gaps.edge else not strip.plain


def _placed(
    model: cp_model.CpModel, space: Space, taken: list[list[cp_model.IntVar]], strips: list[Strip]
) -> list[cp_model.IntVar]:
    """Return how many boards of each kind are placed: no more than there are, or than go in."""
    found: list[cp_model.IntVar] = []
    for number, kind in enumerate(space.mix.kinds):
        room = [
            strip.holds(number) * count
            for row in taken
            for strip, count in zip(strips, row, strict=True)
        ]
        most = 10**6 if kind.most is None else kind.most
        placed = model.new_int_var(0, most, "")
        model.add(placed <= sum(room))
        found.append(placed)
    return found


def _laid(space: Space, strips: list[Strip], row: int) -> list[Spot]:
    """Return the boards of strips side by side, those that show faces first."""
    air, edge = space.gaps
    first = [strip for strip in strips if _leads(space, strip)]
    spots: list[Spot] = []
    at = 0
    every = [*first, *(strip for strip in strips if not _leads(space, strip))]
    for number, strip in enumerate(every):
        spots += _blocks_at(space, strip, at, row)
        at += strip.thick + (air if number + 1 < len(first) else edge)
    return spots


def _blocks_at(space: Space, strip: Strip, start: int, row: int) -> list[Spot]:
    across, beside = _across(strip.axis), dict[int, int]()
    for shape, number in strip.blocks:
        beside[space.shapes.index(shape)] = number
    spots: list[Spot] = []
    up, below = 0, None
    for shape in ordered([shape for shape, _ in strip.blocks], across, space.gaps):
        up += 0 if below is None else space.gaps.between(below, shape, across)
        step = shape.along(strip.axis) + space.gaps.between(shape, shape, strip.axis)
        for number in range(beside[space.shapes.index(shape)]):
            at = start + number * step
            spots.append(Spot(shape, row, *((at, up) if strip.axis == "x" else (up, at))))
        up, below = up + shape.along(across), shape
    return spots


def _no_more_than_there_are(space: Space, spots: list[Spot]) -> list[Spot]:
    left = {number: kind.most for number, kind in enumerate(space.mix.kinds)}
    kept: list[Spot] = []
    for spot in spots:
        most = left[spot.shape.kind]
        if most != 0:
            kept.append(spot)
            left[spot.shape.kind] = None if most is None else most - 1
    return kept
