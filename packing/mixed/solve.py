"""Different boards in one module: the most of them, proved by a constraint solver.

Every board is a rectangle in the module's cross-section, in one of the poses allowed, in the front
row or the rear one; CP-SAT places them without overlap and proves its bound.
"""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING

from packing.mixed.model import Item, alike, apart, begin, deep_enough, items_of
from packing.mixed.question import Kind, Mix, Mixed, Placed
from packing.mixed.shapes import SCALE, Shape, gaps_of
from packing.result import Placement

if TYPE_CHECKING:
    from ortools.sat.python import cp_model

WORKERS = 4  # interleaved on one core: the same answer each time
_ANGLE = {"flat": 0.0, "on-edge": 90.0, "upright": 0.0}


def solve(mix: Mix) -> Mixed:
    """Return the most boards of a mix that go in, with the solver's bound.

    The same question has the same answer: the solver counts its work, not the clock.
    """
    from ortools.sat.python import cp_model  # noqa: PLC0415 - takes a second to import

    model = cp_model.CpModel()
    items = items_of(model, mix)
    if not items:
        return Mixed(mix, (), 0, _missing(mix, ()))
    apart(model, mix, items)
    deep_enough(model, mix, items)
    alike(model, items)
    model.maximize(sum(item.placed for item in items))
    begin(model, mix, items)
    solver = cp_model.CpSolver()
    solver.parameters.random_seed = 1
    solver.parameters.num_workers = WORKERS
    solver.parameters.interleave_search = True
    solver.parameters.max_deterministic_time = mix.limit_s
    status = solver.solve(model)
    if status not in {cp_model.OPTIMAL, cp_model.FEASIBLE}:
        return Mixed(mix, (), len(items), _missing(mix, ()))
    boards = _read(solver, mix, items)
    bound = math.floor(solver.best_objective_bound + 1e-6)
    return Mixed(mix, boards, max(bound, len(boards)), _missing(mix, boards))


def _read(solver: cp_model.CpSolver, mix: Mix, items: list[Item]) -> tuple[Placed, ...]:
    found: list[Placed] = []
    front = _front_depth(solver, items)
    for item in items:
        for (shape, row), literal in item.chosen.items():
            if solver.boolean_value(literal):
                at = (solver.value(item.x), solver.value(item.z))
                found.append(_placed(mix, mix.kinds[item.kind], shape, at, (row, front)))
    return tuple(sorted(found, key=lambda p: (p.place.row, p.place.x_mm, p.place.z_mm)))


def _front_depth(solver: cp_model.CpSolver, items: list[Item]) -> int:
    deep = [
        shape.deep
        for item in items
        for (shape, row), literal in item.chosen.items()
        if row == 0 and solver.boolean_value(literal)
    ]
    return max(deep, default=0)


def _placed(
    mix: Mix, kind: Kind, shape: Shape, at: tuple[int, int], row: tuple[int, int]
) -> Placed:
    """Return a board's place, its gaps taken off; the rear row stands behind the cables."""
    through, along = gaps_of(mix.cavity)
    gaps = {"flat": (along, through), "on-edge": (through, along)}
    gap = gaps.get(shape.pose.removesuffix("-turned"), (along, along))
    wide, high = (shape.wide - gap[0]) / SCALE, (shape.high - gap[1]) / SCALE
    on_edge = shape.pose.startswith("on-edge")
    behind = row[0] * (row[1] / SCALE + mix.cavity.cable_gap_mm)
    place = Placement(
        x_mm=at[0] / SCALE + wide / 2,
        y_mm=behind,
        z_mm=at[1] / SCALE + high / 2,
        across_mm=high if on_edge else wide,
        through_mm=wide if on_edge else high,
        depth_mm=shape.deep / SCALE,
        angle_deg=_ANGLE[shape.pose.removesuffix("-turned")],
        row=row[0],
    )
    return Placed(kind.name, shape.pose, place)


def _missing(mix: Mix, boards: tuple[Placed, ...]) -> dict[str, int]:
    there = Counter(board.kind for board in boards)
    left = {kind.name: kind.most - there[kind.name] for kind in mix.kinds if kind.most is not None}
    return {name: number for name, number in left.items() if number}
