"""Different boards in one module: the most of them, proved by a constraint solver.

Every board is a rectangle in the module's cross-section, in one of the poses allowed, in the front
row or the rear one; CP-SAT places them without overlap and proves its bound. Rectangles carry
their gap on the right and on top: the air gap through the board, the edge gap along it (or the air
gap, if that is larger), and the cavity is as much wider and higher.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Literal, NamedTuple

from packing.greedy import bottom_left
from packing.result import Placement

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ortools.sat.python import cp_model

    from packing.cavity import Cavity
    from packing.envelope import Envelope

MixPose = Literal["flat", "on-edge", "flat-turned", "on-edge-turned", "upright", "upright-turned"]
USUAL_POSES: tuple[MixPose, ...] = ("flat", "on-edge")
SCALE = 100  # hundredths of a millimetre
LIMIT_S = 4.0  # of deterministic time: some seconds
RASTER_MOST = 3000  # more positions than that are no help
WORKERS = 4  # interleaved on one core: the same answer each time
_ANGLE = {"flat": 0.0, "on-edge": 90.0, "upright": 0.0}


@dataclass(frozen=True)
class Kind:
    """A kind of board to place.

    Args:
        name: what it is called in the result.
        envelope: its space.
        most: how many there are; `None`: as many as go in.
    """

    name: str
    envelope: Envelope
    most: int | None = None


@dataclass(frozen=True)
class Mix:
    """A question: which boards into which cavity.

    Args:
        kinds: the boards.
        cavity: its space and gaps.
        rows: 1, or 2 for boards at the front and at the rear.
        poses: those allowed.
        limit_s: deterministic time for the solver.
    """

    kinds: tuple[Kind, ...]
    cavity: Cavity
    rows: int = 1
    poses: tuple[MixPose, ...] = USUAL_POSES
    limit_s: float = LIMIT_S


@dataclass(frozen=True)
class Placed:
    """A board in its place: which kind, in which pose, where."""

    kind: str
    pose: MixPose
    place: Placement


@dataclass(frozen=True)
class Mixed:
    """What was found.

    Args:
        mix: the question.
        boards: where each board is, front row first, left to right.
        upper_bound: proven; no layout in these poses and rows holds more boards.
        missing: how many of each kind that is limited in number are left out.
    """

    mix: Mix
    boards: tuple[Placed, ...]
    upper_bound: int
    missing: dict[str, int]

    @property
    def count(self) -> int:
        """Boards placed."""
        return len(self.boards)

    @property
    def gap(self) -> int:
        """Boards between the count and its bound; at 0 the count is proved."""
        return self.upper_bound - self.count


class _Shape(NamedTuple):
    """A board in a pose, whole hundredths of mm, gaps included; `deep` without them."""

    pose: MixPose
    wide: int
    high: int
    deep: int


class _Item(NamedTuple):
    """One board that may be placed: its kind, and a literal for each shape and row."""

    kind: int
    x: cp_model.IntVar
    z: cp_model.IntVar
    chosen: dict[tuple[_Shape, int], cp_model.IntVar]
    placed: cp_model.IntVar


def solve(mix: Mix) -> Mixed:
    """Return the most boards of a mix that go in, with the solver's bound.

    The same question has the same answer: the solver counts its work, not the clock.
    """
    from ortools.sat.python import cp_model  # noqa: PLC0415 - takes a second to import

    model = cp_model.CpModel()
    items = _items(model, mix)
    if not items:
        return Mixed(mix, (), 0, _missing(mix, ()))
    _apart(model, mix, items)
    _deep_enough(model, mix, items)
    _alike(model, items)
    model.maximize(sum(item.placed for item in items))
    _begin(model, mix, items)
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


def _gaps(cavity: Cavity) -> tuple[int, int]:
    """Gap through a board and along it."""
    edge = _whole(cavity.edge_gap_mm)
    return max(_whole(cavity.air_gap_mm), edge), edge


def _whole(mm: float) -> int:
    """Hundredths of a millimetre, never less than the length."""
    return math.ceil(mm * SCALE - 1e-6)


def _shapes(mix: Mix, kind: Kind) -> list[_Shape]:
    """Return the poses of a board that go into the cavity at all."""
    through, along = _gaps(mix.cavity)
    long = _whole(kind.envelope.length_with_connectors_mm)
    wide = _whole(kind.envelope.width_with_connectors_mm)
    total = _whole(kind.envelope.total_mm)
    every = {
        "flat": (wide + along, total + through, long),
        "on-edge": (total + through, wide + along, long),
        "flat-turned": (long + along, total + through, wide),
        "on-edge-turned": (total + through, long + along, wide),
        "upright": (wide + along, long + along, total),
        "upright-turned": (long + along, wide + along, total),
    }
    room = _room(mix.cavity)
    shapes = [_Shape(pose, *every[pose]) for pose in mix.poses]
    deep = math.inf if mix.cavity.depth_mm is None else mix.cavity.depth_mm * SCALE
    return [s for s in shapes if s.wide <= room[0] and s.high <= room[1] and s.deep <= deep]


def _room(cavity: Cavity) -> tuple[int, int]:
    """Return the cavity, as much larger as the gap that the last board carries over its wall.

    A board against the wall needs no gap there; the smaller of the two gaps is what every board
    carries, so only that is added: a layout never needs more than there is.
    """
    _, along = _gaps(cavity)
    wide, high = (
        math.floor(cavity.width_mm * SCALE + 1e-6),
        math.floor(cavity.height_mm * SCALE + 1e-6),
    )
    return wide + along, high + along


def _items(model: cp_model.CpModel, mix: Mix) -> list[_Item]:
    known = [_shapes(mix, kind) for kind in mix.kinds]
    every = [shape for shapes in known for shape in shapes]
    room = _room(mix.cavity)
    columns = _raster(room[0], {shape.wide for shape in every})
    rows = _raster(room[1], {shape.high for shape in every})
    items: list[_Item] = []
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
            items.append(_Item(number, x, z, chosen, placed))
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


def _copies(mix: Mix, kind: Kind, shapes: Sequence[_Shape]) -> int:
    room = _room(mix.cavity)
    by_area = mix.rows * room[0] * room[1] // min(shape.wide * shape.high for shape in shapes)
    return by_area if kind.most is None else min(kind.most, by_area)


def _apart(model: cp_model.CpModel, mix: Mix, items: list[_Item]) -> None:
    """Boards of one row do not overlap, and lie in the cavity; rows stand behind each other."""
    room = _room(mix.cavity)
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


def _of_row(items: list[_Item], row: int) -> list[_Shape]:
    return [shape for item in items for (shape, its_row) in item.chosen if its_row == row]


def _along(
    model: cp_model.CpModel, extent: tuple[cp_model.IntVar, int, int], literal: cp_model.IntVar
) -> cp_model.IntervalVar:
    """Return a board's extent along one axis, there if its literal is: start, size, room."""
    start, size, room = extent
    model.add(start + size <= room).only_enforce_if(literal)
    return model.new_optional_fixed_size_interval_var(start, size, literal, f"{start} {literal}")


def _deep_enough(model: cp_model.CpModel, mix: Mix, items: list[_Item]) -> None:
    """The deepest board of the front row, the cables and that of the rear row go into the depth."""
    depth = mix.cavity.depth_mm
    if depth is None or mix.rows == 1:
        return
    room = math.floor(depth * SCALE + 1e-6)
    deepest = [model.new_int_var(0, room, f"deep {row}") for row in range(mix.rows)]
    for item in items:
        for (shape, row), literal in item.chosen.items():
            model.add(deepest[row] >= shape.deep).only_enforce_if(literal)
    model.add(sum(deepest) + (mix.rows - 1) * _whole(mix.cavity.cable_gap_mm) <= room)


def _alike(model: cp_model.CpModel, items: list[_Item]) -> None:
    """Copies of one kind are alike: the first ones are placed, from left to right."""
    for one, other in pairwise(items):
        if one.kind == other.kind:
            model.add(one.placed >= other.placed)
            model.add(one.x <= other.x)


def _begin(model: cp_model.CpModel, mix: Mix, items: list[_Item]) -> None:
    """Give the solver a first layout: row by row, what does not go into the front row next."""
    left = list(items)
    for row in range(mix.rows):
        shapes = [[s for s, its_row in item.chosen if its_row == row] for item in left]
        deep = _depth_of(mix)
        shapes = [[s for s in each if s.deep <= deep] for each in shapes]
        spots = bottom_left(
            [[(s.wide, s.high) for s in each] for each in shapes], _room(mix.cavity)
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


def _read(solver: cp_model.CpSolver, mix: Mix, items: list[_Item]) -> tuple[Placed, ...]:
    found: list[Placed] = []
    front = _front_depth(solver, items)
    for item in items:
        for (shape, row), literal in item.chosen.items():
            if solver.boolean_value(literal):
                at = (solver.value(item.x), solver.value(item.z))
                found.append(_placed(mix, mix.kinds[item.kind], shape, at, (row, front)))
    return tuple(sorted(found, key=lambda p: (p.place.row, p.place.x_mm, p.place.z_mm)))


def _front_depth(solver: cp_model.CpSolver, items: list[_Item]) -> int:
    deep = [
        shape.deep
        for item in items
        for (shape, row), literal in item.chosen.items()
        if row == 0 and solver.boolean_value(literal)
    ]
    return max(deep, default=0)


def _placed(
    mix: Mix, kind: Kind, shape: _Shape, at: tuple[int, int], row: tuple[int, int]
) -> Placed:
    """Return a board's place, its gaps taken off; the rear row stands behind the cables."""
    through, along = _gaps(mix.cavity)
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
