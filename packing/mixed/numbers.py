"""How many boards of each shape in each row: the most that no line and no proof forbids.

A small integer program over numbers of boards, not over places, so that copies of one kind cost
nothing. Its optimum is a bound; each solution is a proposal to be placed, or to be forbidden.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from packing.mixed.lines import Lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ortools.sat.python import cp_model

    from packing.mixed.shapes import Space

_ROUNDS = 200
_NEAR = 1e-6
_WORK = 2.0  # deterministic seconds for one solution: some hundredths are usual


class Proposal(NamedTuple):
    """Boards of each shape, row by row."""

    rows: tuple[tuple[int, ...], ...]

    @property
    def boards(self) -> int:
        """Boards in all rows."""
        return sum(map(sum, self.rows))


class Group(NamedTuple):
    """Shapes of a space, by their index, and how many boards of them together."""

    shapes: tuple[int, ...]
    number: int


class Numbers:
    """The program; `best` solves it, `forbid` takes a proposal's row out."""

    def __init__(self, space: Space) -> None:
        """Set the program up.

        Args:
            space: rounded for proofs, with one shape at least.
        """
        from ortools.sat.python import cp_model  # noqa: PLC0415 - takes a second to import

        self._space, self._cp = space, cp_model
        self._model = cp_model.CpModel()
        rows = range(space.mix.rows)
        self._counts = [
            [
                self._model.new_int_var(0, space.most_of(shape), f"{shape.kind} {shape.pose} {row}")
                for shape in space.shapes
            ]
            for row in rows
        ]
        self._lines = Lines(space)
        self._limit_kinds()
        self._limit_depth()
        for cut in self._lines.first():
            self._add(cut.weights, cut.most)
        for one, other in zip(self._counts, self._counts[1:], strict=False):
            self._model.add(sum(one) >= sum(other))
        self._model.maximize(sum(sum(row) for row in self._counts))

    def best(self) -> tuple[int, Proposal | None]:
        """Return how many boards are not ruled out, and such numbers that no line forbids.

        Without numbers where the program was too hard; the count is a bound all the same.
        """
        for _ in range(_ROUNDS):
            bound, found = self._solved()
            if found is None:
                return bound, None
            cuts = {cut for row in set(found.rows) for cut in self._lines.broken(row)}
            if not cuts:
                return bound, found
            for cut in sorted(cuts):
                self._add(cut.weights, cut.most)
        return self._solved()

    def forbid(self, groups: Sequence[Group]) -> None:
        """Forbid so many boards of each group of shapes, or more, in any row."""
        for row in self._counts:
            fewer: list[cp_model.IntVar] = []
            for group in groups:
                less = self._model.new_bool_var("")
                boards = sum(row[index] for index in group.shapes)
                self._model.add(boards < group.number).only_enforce_if(less)
                fewer.append(less)
            self._model.add_bool_or(fewer)

    def _add(self, weights: tuple[int, ...], most: int) -> None:
        for row in self._counts:
            self._model.add(sum(w * n for w, n in zip(weights, row, strict=True)) <= most)

    def _limit_kinds(self) -> None:
        for number, kind in enumerate(self._space.mix.kinds):
            if kind.most is not None:
                every = [
                    count
                    for row in self._counts
                    for count, shape in zip(row, self._space.shapes, strict=True)
                    if shape.kind == number
                ]
                self._model.add(sum(every) <= kind.most)

    def _limit_depth(self) -> None:
        """The deepest board of the front row, the cables and that of the rear row go in."""
        depth = self._space.depth
        if depth is None or self._space.mix.rows == 1:
            return
        limit_depth(self._model, self._space, self._counts, depth)

    def _solved(self) -> tuple[int, Proposal | None]:
        solver = self._cp.CpSolver()
        solver.parameters.random_seed = 1
        solver.parameters.num_workers = 1
        solver.parameters.max_deterministic_time = _WORK
        status = solver.solve(self._model)
        bound = math.floor(solver.best_objective_bound + _NEAR)
        if status != self._cp.OPTIMAL:
            return bound, None
        found = Proposal(tuple(tuple(map(solver.value, row)) for row in self._counts))
        return found.boards, found


def limit_depth(
    model: cp_model.CpModel, space: Space, counts: list[list[cp_model.IntVar]], depth: int
) -> None:
    """Let the deepest boards of the rows that hold any, and the cables between, go into a depth."""
    takes: list[cp_model.IntVar] = []
    for row in counts:
        taken = model.new_int_var(0, depth + space.cables, "")
        for count, shape in zip(row, space.shapes, strict=True):
            there = model.new_bool_var("")
            model.add(count == 0).only_enforce_if(~there)
            model.add(taken >= shape.deep + space.cables).only_enforce_if(there)
        takes.append(taken)
    model.add(sum(takes) <= depth + space.cables)
