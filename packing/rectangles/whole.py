"""The whole question as one model: each copy is there or not, at places that are enough."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from packing.rectangles.layout import solver_of
from packing.rectangles.question import Spot
from packing.rectangles.starts import starts

if TYPE_CHECKING:
    from ortools.sat.python import cp_model

    from packing.rectangles.poses import Task


class Found(NamedTuple):
    """The best layout, if one worth enough was found; whether it is the best; bound; work."""

    spots: tuple[Spot, ...] | None
    best: bool
    bound: int | None
    work: float


class Copy(NamedTuple):
    """One copy in one pose: whether it is there, and where."""

    pose: int
    there: cp_model.IntVar
    x: cp_model.IntVar
    y: cp_model.IntVar


def search(task: Task, least: int, most: int, work: float) -> Found:
    """Look for the best layout.

    Args:
        task: the sheet.
        least: less is of no use.
        most: more is known to be impossible.
        work: deterministic seconds that it may take.
    """
    from ortools.sat.python import cp_model  # noqa: PLC0415 - takes a second to import

    model = cp_model.CpModel()
    copies = _copies(model, task)
    at = {0: [copy.x for copy in copies], 1: [copy.y for copy in copies]}
    extents = {
        axis: [
            model.new_optional_fixed_size_interval_var(
                start, task.poses[copy.pose].size[axis], copy.there, ""
            )
            for start, copy in zip(at[axis], copies, strict=True)
        ]
        for axis in (0, 1)
    }
    model.add_no_overlap_2d(extents[0], extents[1])
    for axis in (0, 1):
        across = [task.poses[copy.pose].size[1 - axis] for copy in copies]
        model.add_cumulative(extents[axis], across, task.size[1 - axis])
    model.add(sum(task.poses[copy.pose].area * copy.there for copy in copies) <= task.area)
    value = sum(task.poses[copy.pose].value * copy.there for copy in copies)
    model.add_linear_constraint(value, least, most)
    model.maximize(value)
    solver = solver_of(work)
    status = solver.solve(model)
    spent = solver.response_proto.deterministic_time
    if status == cp_model.INFEASIBLE:
        return Found(None, best=True, bound=None, work=spent)
    if status not in {cp_model.OPTIMAL, cp_model.FEASIBLE}:
        return Found(None, best=False, bound=most, work=spent)
    spots = [
        Spot(pose.piece, solver.value(copy.x), solver.value(copy.y), pose.turned)
        for copy in copies
        if solver.value(copy.there)
        for pose in (task.poses[copy.pose],)
    ]
    bound = min(most, int(solver.best_objective_bound + 1e-6))
    return Found(tuple(sorted(spots)), status == cp_model.OPTIMAL, bound, spent)


def _copies(model: cp_model.CpModel, task: Task) -> list[Copy]:
    """Return every copy in every pose; copies of one pose are taken in their order."""
    from ortools.sat.python import cp_model  # noqa: PLC0415 - takes a second to import

    places = [starts(task, axis) for axis in (0, 1)]
    copies: list[Copy] = []
    by_piece: dict[int, list[cp_model.IntVar]] = {}
    for index, pose in enumerate(task.poses):
        domains = [cp_model.Domain.from_values(row[index]) for row in places]
        for number in range(task.most(pose)):
            there = model.new_bool_var("")
            x, y = (model.new_int_var_from_domain(domain, "") for domain in domains)
            if number:
                model.add_implication(there, copies[-1].there)
            copies.append(Copy(index, there, x, y))
            by_piece.setdefault(pose.piece, []).append(there)
    for piece, literals in sorted(by_piece.items()):
        if len(literals) > task.copies[piece]:
            model.add(sum(literals) <= task.copies[piece])
    return copies
