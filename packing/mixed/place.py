"""Given boards, each in its pose, in one cross-section: a layout, or the proof that none exists.

CP-SAT keeps rectangles apart. Boards are grown by half of their gaps in ways that ask for no more
than the rule does (`packing.mixed.lines`); pairs that still come too near are told apart one by
one, so both answers are exact. Work is limited: there may be no answer.
"""

from __future__ import annotations

from itertools import combinations, pairwise
from typing import TYPE_CHECKING, NamedTuple

from packing.mixed.blocks import Spot
from packing.mixed.chain import Item, longest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ortools.sat.python import cp_model

    from packing.mixed.shapes import Axis, Shape, Space

_RASTER = 2000  # more positions than that are no help
_TURNS = 12
_MOST_BOARDS = 80  # hopeless beyond
_PRESOLVED = 16  # boards at most


class Trial(NamedTuple):
    """Where the boards are, if that was found; whether they cannot be placed; the work it took."""

    spots: list[Spot] | None
    impossible: bool
    work: float


def place(space: Space, shapes: Sequence[Shape], work: float) -> Trial:
    """Try to place boards in a row.

    Args:
        space: room and gaps.
        shapes: every board, in its pose.
        work: deterministic seconds that it may take.
    """
    from ortools.sat.python import cp_model  # noqa: PLC0415 - takes a second to import

    if len(shapes) > _MOST_BOARDS:
        return Trial(None, impossible=False, work=work)
    model = cp_model.CpModel()
    boards = sorted(shapes)
    xs, zs = _starts(model, space, boards, "x"), _starts(model, space, boards, "z")
    for growth in _growths(space, boards):
        _apart(model, space, boards, (xs, zs), growth)
    for one, other in pairwise(range(len(boards))):
        if boards[one] == boards[other]:
            model.add(xs[one] <= xs[other])
    left = work
    for _ in range(_TURNS):
        solver = _solver(left, len(boards))
        status = solver.solve(model)
        left -= solver.response_proto.deterministic_time
        if status == cp_model.INFEASIBLE:
            return Trial(None, impossible=True, work=work - left)
        if status not in {cp_model.OPTIMAL, cp_model.FEASIBLE}:
            break
        spots = [
            Spot(board, 0, solver.value(x), solver.value(z))
            for board, x, z in zip(boards, xs, zs, strict=True)
        ]
        every = combinations(range(len(boards)), 2)
        near = [pair for pair in every if not _keep(space, spots, pair)]
        if not near:
            return Trial(spots, impossible=False, work=work - left)
        for pair in near:
            _tell_apart(model, space, boards, (xs, zs), pair)
    return Trial(None, impossible=False, work=work - left)


def _solver(work: float, boards: int) -> cp_model.CpSolver:
    from ortools.sat.python import cp_model  # noqa: PLC0415 - takes a second to import

    solver = cp_model.CpSolver()
    solver.parameters.random_seed = 1
    solver.parameters.num_workers = 1
    solver.parameters.cp_model_presolve = boards <= _PRESOLVED  # of many it takes too long
    solver.parameters.max_deterministic_time = max(work, 0.0)
    return solver


def _starts(
    model: cp_model.CpModel, space: Space, boards: Sequence[Shape], axis: Axis
) -> list[cp_model.IntVar]:
    """Return where each board may begin: at sums of sizes, for all can be pushed left and down."""
    from ortools.sat.python import cp_model  # noqa: PLC0415 - takes a second to import

    room = space.along(axis)
    within = (1 << room + 1) - 1
    sums = 1  # bit n: so much may be left of a board, or below it
    for board in boards:
        for gap in {space.gaps.air, space.gaps.edge}:
            sums |= sums << (board.along(axis) + gap) & within
    values = [n for n in range(room + 1) if sums >> n & 1] if sums.bit_count() <= _RASTER else None
    found: list[cp_model.IntVar] = []
    for board in boards:
        last = room - board.along(axis)
        if values is None:
            found.append(model.new_int_var(0, last, ""))
        else:
            domain = cp_model.Domain.from_values([value for value in values if value <= last])
            found.append(model.new_int_var_from_domain(domain, ""))
    return found


def _growths(space: Space, boards: Sequence[Shape]) -> list[tuple[int, int]]:
    """Return by how much faces and edges are grown, both sides together."""
    air, edge = space.gaps
    if air <= edge:
        return [(air, edge)]
    least = min(min(board.wide, board.high) for board in boards)
    return [(edge, edge), (air, 2 * edge - air)] if least + 2 * edge > air else [(edge, edge)]


def _apart(
    model: cp_model.CpModel,
    space: Space,
    boards: Sequence[Shape],
    at: tuple[list[cp_model.IntVar], list[cp_model.IntVar]],
    growth: tuple[int, int],
) -> None:
    """Grown boards do not overlap; lengths are doubled, for half a gap is grown at each side."""
    extents: list[list[cp_model.IntervalVar]] = []
    sizes: list[list[int]] = []
    axes: tuple[Axis, Axis] = ("x", "z")
    for axis, starts in zip(axes, at, strict=True):
        grown = [growth[0] if board.face == axis else growth[1] for board in boards]
        sizes.append([2 * (b.along(axis) + g) for b, g in zip(boards, grown, strict=True)])
        extents.append(
            [
                model.new_fixed_size_interval_var(2 * start - g, size, "")
                for start, g, size in zip(starts, grown, sizes[-1], strict=True)
            ]
        )
    model.add_no_overlap_2d(*extents)
    high, wide = (2 * _reach(space, boards, axis, growth) for axis in ("z", "x"))
    model.add_cumulative(extents[0], sizes[1], high)
    model.add_cumulative(extents[1], sizes[0], wide)


def _reach(space: Space, boards: Sequence[Shape], axis: Axis, growth: tuple[int, int]) -> int:
    """Return the room along an axis, grown as the boards are."""
    items = [Item(board.along(axis), board.face == axis, 0, 1) for board in boards]
    return longest(items, space.along(axis), space.gaps) + max(growth)


def _keep(space: Space, spots: Sequence[Spot], pair: tuple[int, int]) -> bool:
    """Tell whether two boards keep their gap along one axis."""
    (a, _, ax, az), (b, _, bx, bz) = spots[pair[0]], spots[pair[1]]
    clear_x = max(bx - ax - a.wide, ax - bx - b.wide)
    clear_z = max(bz - az - a.high, az - bz - b.high)
    return clear_x >= space.gaps.between(a, b, "x") or clear_z >= space.gaps.between(a, b, "z")


def _tell_apart(
    model: cp_model.CpModel,
    space: Space,
    boards: Sequence[Shape],
    at: tuple[list[cp_model.IntVar], list[cp_model.IntVar]],
    pair: tuple[int, int],
) -> None:
    """Two boards keep their gap at one of their four sides."""
    a, b = pair
    sides: list[cp_model.IntVar] = []
    axes: tuple[Axis, Axis] = ("x", "z")
    for axis, starts in zip(axes, at, strict=True):
        gap = space.gaps.between(boards[a], boards[b], axis)
        for one, other in ((a, b), (b, a)):
            side = model.new_bool_var("")
            model.add(starts[one] + boards[one].along(axis) + gap <= starts[other]).only_enforce_if(
                side
            )
            sides.append(side)
    model.add_bool_or(sides)
