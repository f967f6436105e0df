"""The constraint solver's model of a mix: boards of a row do not overlap, rows share the depth."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from packing.greedy import bottom_left
from packing.mixed.shapes import SCALE, Shape, room_of, shapes_of, whole

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ortools.sat.python import cp_model

    from packing.mixed.question import Kind, Mix

RASTER_MOST = 3000  # more positions than that are no help


class Item(NamedTuple):
    """One board that may be placed: its kind, and a literal for each shape and row."""

    kind: int
    x: cp_model.IntVar
    z: cp_model.IntVar
    chosen: dict[tuple[Shape, int], cp_model.IntVar]
    placed: cp_model.IntVar


def items_of(model: cp_model.CpModel, mix: Mix) -> list[Item]:
    """Return a variable for each board that may be placed, as many as the area could take."""
    known = [shapes_of(mix, kind) for kind in mix.kinds]
    every = [shape for each in known for shape in each]
    room = room_of(mix.cavity)
    columns = _raster(room[0], {shape.wide for shape in every})
    rows = _raster(room[1], {shape.high for shape in every})
    items: list[Item] = []
    for number, (kind, shapes) in enumerate(zip(mix.kinds, known, strict=True)):
        if not shapes:
            continue
        for copy in range(_copies(mix, kind, shapes)):
            name = f"{number}.{copy}"
            x = model.new_int_var_from_domain(columns, f"x{name}")
            z = model.new_int_var_from_domain(rows, f"z{name}")
            chosen = {
                (shape, row): model.new_bool_var(f"{name} {shape.pose} {row}")
                for shape in shapes
                for row in range(mix.rows)
            }
            placed = model.new_bool_var(f"placed {name}")
            model.add(sum(chosen.values()) == placed)
            items.append(Item(number, x, z, chosen, placed))
    return items


def _raster(room: int, sizes: set[int]) -> cp_model.Domain:
    """Return where a board may begin: at sums of sizes, for all can be pushed left and down."""
    from ortools.sat.python import cp_model  # noqa: PLC0415 - takes a second to import

    sums, latest = {0}, {0}
    while latest and len(sums) <= RASTER_MOST:
        latest = {s + size for s in latest for size in sizes if s + size < room} - sums
        sums |= latest
    if len(sums) > RASTER_MOST:
        return cp_model.Domain(0, room)
    return cp_model.Domain.from_values(sorted(sums))


def _copies(mix: Mix, kind: Kind, shapes: Sequence[Shape]) -> int:
    room = room_of(mix.cavity)
    by_area = mix.rows * room[0] * room[1] // min(shape.wide * shape.high for shape in shapes)
    return by_area if kind.most is None else min(kind.most, by_area)


def apart(model: cp_model.CpModel, mix: Mix, items: list[Item]) -> None:
    """Boards of one row do not overlap, and lie in the cavity; rows stand behind each other."""
    room = room_of(mix.cavity)
    for row in range(mix.rows):
        across: list[cp_model.IntervalVar] = []
        upward: list[cp_model.IntervalVar] = []
        areas: list[tuple[int, cp_model.IntVar]] = []
        for item in items:
            for (shape, its_row), literal in item.chosen.items():
                if its_row == row:
                    across.append(_along(model, (item.x, shape.wide, room[0]), literal))
                    upward.append(_along(model, (item.z, shape.high, room[1]), literal))
                    areas.append((shape.wide * shape.high, literal))
        model.add_no_overlap_2d(across, upward)
        model.add(sum(area * literal for area, literal in areas) <= room[0] * room[1])
        model.add_cumulative(across, [s.high for s in _of_row(items, row)], room[1])
        model.add_cumulative(upward, [s.wide for s in _of_row(items, row)], room[0])


def _of_row(items: list[Item], row: int) -> list[Shape]:
    return [shape for item in items for (shape, its_row) in item.chosen if its_row == row]


def _along(
    model: cp_model.CpModel, extent: tuple[cp_model.IntVar, int, int], literal: cp_model.IntVar
) -> cp_model.IntervalVar:
    """Return a board's extent along one axis, there if its literal is: start, size, room."""
    start, size, room = extent
    model.add(start + size <= room).only_enforce_if(literal)
    return model.new_optional_fixed_size_interval_var(start, size, literal, f"{start} {literal}")


def deep_enough(model: cp_model.CpModel, mix: Mix, items: list[Item]) -> None:
    """The deepest board of the front row, the cables and that of the rear row go into the depth."""
    depth = mix.cavity.depth_mm
    if depth is None or mix.rows == 1:
        return
    room = math.floor(depth * SCALE + 1e-6)
    deepest = [model.new_int_var(0, room, f"deep {row}") for row in range(mix.rows)]
    for item in items:
        for (shape, row), literal in item.chosen.items():
            model.add(deepest[row] >= shape.deep).only_enforce_if(literal)
    model.add(sum(deepest) + (mix.rows - 1) * whole(mix.cavity.cable_gap_mm) <= room)


def alike(model: cp_model.CpModel, items: list[Item]) -> None:
    """Copies of one kind are alike: the first ones are placed, from left to right."""
    for one, other in pairwise(items):
        if one.kind == other.kind:
            model.add(one.placed >= other.placed)
            model.add(one.x <= other.x)


def begin(model: cp_model.CpModel, mix: Mix, items: list[Item]) -> None:
    """Give the solver a first layout: row by row, what does not go into the front row next."""
    left = list(items)
    for row in range(mix.rows):
        shapes = [[s for s, its_row in item.chosen if its_row == row] for item in left]
        deep = _depth_of(mix)
        shapes = [[s for s in each if s.deep <= deep] for each in shapes]
        spots = bottom_left(
            [[(s.wide, s.high) for s in each] for each in shapes], room_of(mix.cavity)
        )
        for item, options, spot in zip(left, shapes, spots, strict=True):
            if spot is not None:
                model.add_hint(item.x, spot.x)
                model.add_hint(item.z, spot.z)
                model.add_hint(item.placed, 1)
                for (shape, its_row), literal in item.chosen.items():
                    model.add_hint(literal, (shape, its_row) == (options[spot.shape], row))
        left = [item for item, spot in zip(left, spots, strict=True) if spot is None]
    for item in left:
        model.add_hint(item.placed, 0)


def _depth_of(mix: Mix) -> float:
    """Return how deep the first layout's boards may be: rows share the depth alike."""
    if mix.cavity.depth_mm is None:
        return math.inf
    cables = (mix.rows - 1) * mix.cavity.cable_gap_mm
    return (mix.cavity.depth_mm - cables) / mix.rows * SCALE
