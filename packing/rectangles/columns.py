"""How much is worth what when pieces only have to keep apart in one direction.

Each piece gets a place along one axis; across any line the pieces over it must fit, but need not
keep their places from one line to the next. So slices of a piece may lie at different heights:
every layout obeys, and few sets of pieces obey that cannot be laid out. The optimum is a bound, and
each solution is a set to be tried. This is the bar relaxation (Belov, Kartak, Rohling, Scheithauer
2009) with pieces in one run, as in the combinatorial Benders cuts of Côté, Dell'Amico, Iori (2014).
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from packing.rectangles.layout import solver_of
from packing.rectangles.starts import starts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ortools.sat.python import cp_model

    from packing.rectangles.poses import Task


class Guess(NamedTuple):
    """Poses worth the most that obey, if any were found; whether none is worth more; the bound."""

    poses: tuple[int, ...] | None
    best: bool
    bound: int | None  # `None`: nothing is worth as much as was asked for
    work: float


class Columns:
    """The programme along one axis; `best` solves it, `forbid` takes a set of poses out."""

    def __init__(self, task: Task, axis: int) -> None:
        """Set it up.

        Args:
            task: the sheet.
            axis: along which pieces keep their place: 0 from left to right, 1 upwards.
        """
        from ortools.sat.python import cp_model  # noqa: PLC0415 - takes a second to import

        self._task, self._cp = task, cp_model
        self._model = model = cp_model.CpModel()
        self._counts = [model.new_int_var(0, task.most(pose), "") for pose in task.poses]
        self._at_least: dict[tuple[int, int], cp_model.IntVar] = {}
        rows: dict[int, list[tuple[int, cp_model.IntVar]]] = {}
        places = starts(task, axis)
        self.size = sum(map(len, places))
        points = sorted({at for row in places for at in row})
        for pose, count, row in zip(task.poses, self._counts, places, strict=True):
            most = min(task.most(pose), task.size[1 - axis] // pose.size[1 - axis])
            begin = [model.new_int_var(0, most, "") for _ in row]
            model.add(sum(begin) == count)
            for at, many in zip(row, begin, strict=True):
                for point in points:
                    if at <= point < at + pose.size[axis]:
                        rows.setdefault(point, []).append((pose.size[1 - axis], many))
        for terms in rows.values():
            model.add(sum(high * many for high, many in terms) <= task.size[1 - axis])
        by_piece: dict[int, list[cp_model.IntVar]] = {}
        for pose, count in zip(task.poses, self._counts, strict=True):
            by_piece.setdefault(pose.piece, []).append(count)
        for piece, counts in by_piece.items():
            model.add(sum(counts) <= task.copies[piece])
        pairs = list(zip(task.poses, self._counts, strict=True))
        model.add(sum(pose.area * count for pose, count in pairs) <= task.area)
        self._value = sum(pose.value * count for pose, count in pairs)
        model.maximize(self._value)

    def best(self, least: int, most: int, work: float) -> Guess:
        """Return poses of the most worth.

        Args:
            least: less is of no use.
            most: more is known to be impossible.
            work: deterministic seconds that it may take.
        """
        model = self._model.clone()
        model.add_linear_constraint(self._value, least, most)
        solver = solver_of(work)
        solver.parameters.linearization_level = 2  # rows of the programme are all it has
        status = solver.solve(model)
        spent = solver.response_proto.deterministic_time
        if status == self._cp.INFEASIBLE:
            return Guess(None, best=True, bound=None, work=spent)
        if status not in {self._cp.OPTIMAL, self._cp.FEASIBLE}:
            return Guess(None, best=False, bound=most, work=spent)
        poses = tuple(
            index for index, count in enumerate(self._counts) for _ in range(solver.value(count))
        )
        bound = min(most, int(solver.best_objective_bound + 1e-6))
        return Guess(poses, status == self._cp.OPTIMAL, bound, spent)

    def forbid(self, poses: Sequence[int]) -> None:
        """Take out all sets with these poses in them, each as often as it is named."""
        enough = [self._enough(pose, many) for pose, many in sorted(Counter(poses).items())]
        self._model.add_bool_or([~literal for literal in enough])

    def _enough(self, pose: int, many: int) -> cp_model.IntVar:
        """Return a literal that is true where there are so many of a pose."""
        if (pose, many) not in self._at_least:
            literal = self._model.new_bool_var("")
            self._model.add(self._counts[pose] < many).only_enforce_if(~literal)
            self._at_least[pose, many] = literal
        return self._at_least[pose, many]
