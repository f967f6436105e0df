"""Different boards in one module: the most of them, with a bound.

Layouts of strips give a count, numbers that no line forbids give a bound. Where the two differ,
each proposal of numbers is placed by a constraint solver, or proved impossible and forbidden, as
long as the work allowed lasts; what is left is stated as the gap.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import NamedTuple

from packing.mixed.blocks import Spot, best_blocks
from packing.mixed.numbers import Group, Numbers, Proposal
from packing.mixed.place import place
from packing.mixed.question import Mix, Mixed, Placed
from packing.mixed.shapes import SCALE, Shape, Space, to_place, to_prove
from packing.result import Placement

_EACH_WORK = 0.25  # deterministic seconds for one proposal's row
_LEAST_WORK = 0.01
_ANGLE = {"flat": 0.0, "on-edge": 90.0, "upright": 0.0}

Tell = Callable[[str], None]


def solve(mix: Mix, tell: Tell | None = None) -> Mixed:
    """Return the most boards of a mix that were found to go in, with a proven bound.

    The same question has the same answer: work is counted, not time.

    Args:
        mix: the question.
        tell: is told what goes on, in words.
    """
    space, proof = to_place(mix), to_prove(mix)
    if not proof.shapes:
        return Mixed(mix, (), 0, _missing(mix, ()))
    spots = best_blocks(space) if space.shapes else []
    there = [kind.most for kind in mix.kinds]
    if None not in there and len(spots) == sum(most or 0 for most in there):
        boards = _read(space, spots)
        return Mixed(mix, boards, len(boards), {})
    spots, bound = _closed(space, proof, spots, tell or (lambda _: None))
    boards = _read(space, spots)
    return Mixed(mix, boards, max(bound, len(boards)), _missing(mix, boards))


def quick(mix: Mix) -> int:
    """Return how many boards layouts of strips hold: no more than `solve` finds, but at once."""
    space = to_place(mix)
    return len(best_blocks(space)) if space.shapes else 0


def _closed(space: Space, proof: Space, spots: list[Spot], tell: Tell) -> tuple[list[Spot], int]:
    """Return the best layout and the bound, the gap between them closed as far as work allows."""
    numbers = Numbers(proof)
    exact = space.shapes == proof.shapes and space[2:] == proof[2:]
    open_at, work = 0, space.mix.limit_s
    while True:
        most, proposal = numbers.best()
        bound = max(most, open_at)
        if proposal is None or most <= len(spots) or work <= 0 or not exact:
            return spots, bound
        tell(f"{len(spots)} boards placed, {bound} not ruled out")
        tried = _tried(space, proposal)
        work -= max(tried.work, _LEAST_WORK)
        if tried.spots is not None:
            spots = tried.spots
            continue
        if not tried.impossible:
            open_at = max(open_at, most)
        numbers.forbid(tried.groups)


class _Tried(NamedTuple):
    """A layout, if one was found; else the groups of boards that cannot be placed, or were not."""

    spots: list[Spot] | None
    groups: list[Group]
    impossible: bool
    work: float


def _tried(space: Space, proposal: Proposal) -> _Tried:
    """Place a proposal row by row; an empty row takes no depth."""
    spots: list[Spot] = []
    known: dict[tuple[int, ...], list[Spot]] = {}
    work = 0.0
    for number, row in enumerate(row for row in proposal.rows if any(row)):
        if row not in known:
            groups, least = _alike(space, row)
            if len(groups) < sum(map(bool, row)):  # if no such slim boards go in, these do not
                trial = place(space, least, _EACH_WORK)
                work += trial.work
                if trial.impossible:
                    return _Tried(None, groups, impossible=True, work=work)
            boards = [s for s, count in zip(space.shapes, row, strict=True) for _ in range(count)]
            trial = place(space, boards, _EACH_WORK)
            work += trial.work
            if trial.spots is None:
                single = [Group((index,), count) for index, count in enumerate(row) if count]
                return _Tried(None, single, trial.impossible, work)
            known[row] = trial.spots
        spots += [spot._replace(row=number) for spot in known[row]]
    return _Tried(spots, [], impossible=False, work=work)


def _alike(space: Space, row: tuple[int, ...]) -> tuple[list[Group], list[Shape]]:
    """Return the boards of a row grouped by pose, and each as small as the smallest of its group.

    If those cannot be placed, neither can so many of any kinds of the groups: one proof forbids
    all their mixtures.
    """
    groups: list[Group] = []
    boards: list[Shape] = []
    for pose in space.mix.poses:
        there = [i for i, n in enumerate(row) if n and space.shapes[i].pose == pose]
        if there:
            shapes = [space.shapes[index] for index in there]
            number = sum(row[index] for index in there)
            groups.append(Group(tuple(there), number))
            wide, high = min(s.wide for s in shapes), min(s.high for s in shapes)
            boards += [shapes[0]._replace(wide=wide, high=high)] * number
    return groups, boards


def _read(space: Space, spots: list[Spot]) -> tuple[Placed, ...]:
    deep = [
        max((spot.shape.deep for spot in spots if spot.row == row), default=0)
        for row in range(space.mix.rows)
    ]
    behind = [sum(deep[:row]) + row * space.cables for row in range(space.mix.rows)]
    found = [_placed(space, spot, behind[spot.row]) for spot in spots]
    return tuple(sorted(found, key=lambda p: (p.place.row, p.place.x_mm, p.place.z_mm)))


def _placed(space: Space, spot: Spot, behind: int) -> Placed:
    shape = spot.shape
    on_edge = shape.face == "x"
    wide, high = shape.wide / SCALE, shape.high / SCALE
    place = Placement(
        x_mm=spot.x / SCALE + wide / 2,
        y_mm=behind / SCALE,
        z_mm=spot.z / SCALE + high / 2,
        across_mm=high if on_edge else wide,
        through_mm=wide if on_edge else high,
        depth_mm=shape.deep / SCALE,
        angle_deg=_ANGLE[shape.pose.removesuffix("-turned")],
        row=spot.row,
    )
    return Placed(space.mix.kinds[shape.kind].name, shape.pose, place)


def _missing(mix: Mix, boards: tuple[Placed, ...]) -> dict[str, int]:
    there = Counter(board.kind for board in boards)
    left = {kind.name: kind.most - there[kind.name] for kind in mix.kinds if kind.most is not None}
    return {name: number for name, number in left.items() if number}
