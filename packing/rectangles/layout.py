"""Given pieces, each in its pose: a layout of all of them, or the proof that there is none."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from packing.rectangles.poses import Task, grown
from packing.rectangles.question import Spot
from packing.rectangles.starts import pushed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ortools.sat.python import cp_model

_EASY = 30  # pieces: of more, CP-SAT's presolve takes longer than it saves


class Trial(NamedTuple):
    """Where pieces lie, if that was found; whether they cannot; the work it took."""

    spots: tuple[Spot, ...] | None
    impossible: bool
    work: float


def solver_of(work: float) -> cp_model.CpSolver:
    """Return a CP-SAT solver that does the same each time.

    Args:
        work: deterministic seconds, at most; they pass as fast on a busy machine.
    """
    from ortools.sat.python import cp_model  # noqa: PLC0415 - takes a second to import

    solver = cp_model.CpSolver()
    solver.parameters.random_seed = 1
    solver.parameters.num_workers = 1
    solver.parameters.max_deterministic_time = max(work, 1e-3)
    return solver


def place(task: Task, poses: Sequence[int], work: float) -> Trial:
    """Try to place some poses, by their index; one as often as it is named.

    Args:
        task: the sheet.
        poses: what is to go onto it.
        work: deterministic seconds that it may take.
    """
    alone = _alone(task, poses)
    if sum(pose.area for pose in alone.poses) > alone.area:
        return Trial(None, impossible=True, work=0.0)
    from ortools.sat.python import cp_model  # noqa: PLC0415 - takes a second to import

    model = cp_model.CpModel()
    at = [_places(model, alone, axis) for axis in (0, 1)]
    extents = [
        [
            model.new_fixed_size_interval_var(start, pose.size[axis], "")
            for start, pose in zip(at[axis], alone.poses, strict=True)
        ]
        for axis in (0, 1)
    ]
    model.add_no_overlap_2d(*extents)
    for axis in (0, 1):
        model.add_cumulative(
            extents[axis], [pose.size[1 - axis] for pose in alone.poses], alone.size[1 - axis]
        )
    last: dict[tuple[int, int], int] = {}
    for index, pose in enumerate(alone.poses):  # which of two alike is left does not matter
        if pose.size in last:
            model.add(at[0][last[pose.size]] <= at[0][index])
        last[pose.size] = index
    solver = solver_of(work)
    solver.parameters.cp_model_presolve = len(poses) <= _EASY
    status = solver.solve(model)
    spent = solver.response_proto.deterministic_time
    if status not in {cp_model.OPTIMAL, cp_model.FEASIBLE}:
        return Trial(None, status == cp_model.INFEASIBLE, spent)
    spots = tuple(
        Spot(pose.piece, solver.value(x), solver.value(y), pose.turned)
        for pose, x, y in zip(alone.poses, *at, strict=True)
    )
    return Trial(tuple(sorted(spots)), impossible=False, work=spent)


def _alone(task: Task, poses: Sequence[int]) -> Task:
    """Return the sheet with these poses only, one by one: with fewer about, each grows more."""
    numbers = Counter(poses)
    kinds = sorted(numbers)
    few = Task(
        task.size,
        tuple(replace(task.poses[kind], piece=slot) for slot, kind in enumerate(kinds)),
        tuple(numbers[kind] for kind in kinds),
    )
    few = grown(few)
    each = [
        (replace(pose, piece=task.poses[kind].piece), numbers[kind])
        for pose, kind in zip(few.poses, kinds, strict=True)
    ]
    single = tuple(pose for pose, many in each for _ in range(many))
    single = tuple(sorted(single, key=lambda pose: -pose.area))
    return replace(few, poses=single, copies=(1,) * len(task.copies))


def _places(model: cp_model.CpModel, alone: Task, axis: int) -> list[cp_model.IntVar]:
    """Return where each may begin; the largest in the nearer half, for layouts can be mirrored."""
    from ortools.sat.python import cp_model  # noqa: PLC0415 - takes a second to import

    found: list[cp_model.IntVar] = []
    for index, (pose, places) in enumerate(zip(alone.poses, pushed(alone, axis), strict=True)):
        half = (alone.size[axis] - pose.size[axis]) // 2
        within = [place for place in places if index or place <= half]
        found.append(model.new_int_var_from_domain(cp_model.Domain.from_values(within), ""))
    return found
