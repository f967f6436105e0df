"""Where a part is cut: as few pieces as fit the bed, clear of holes, ports, walls and posts."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise, product
from typing import TYPE_CHECKING

from catalog.models import Printer
from mounts.bed import TURNS_DEG
from mounts.part import Part
from mounts.split.axes import Bed, Box, corners_along, perforation_boxes
from mounts.split.joints import HALF_MM
from mounts.split.joints import STEP_MM as SLIVER_MM
from mounts.split.obstacles import BARE_MM, REACH_MM, ZONE_MM, Obstacle, obstacles

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

STEP_MM = 0.5
BARRED_MM = 2.5
MOST = 4  # pieces along one side of the bed
# What a seam is worth keeping clear of, in mm that it may lie off the even division instead.
CORNER_COST = 1.5
SLIVER_COST = 6.0  # of a corner beside a joint's end
BLOCKED_COST = 60.0  # if all of its length is too near a hole or a wall for a joint
WINDOW_COST = 60.0
SPARE_COST = 40.0
PIERCED_COST = 8.0  # of a wall that a hole beside the seam leaves without a joint
VENT_COST = 0.3
EVEN_COST = 0.05


@dataclass(frozen=True)
class Grid:
    """Where a part is cut: places along each axis, mm."""

    cuts: dict[int, tuple[float, ...]]

    def places(self) -> list[tuple[int, float]]:
        """Return every cut as (axis, mm)."""
        return [(axis, at) for axis, own in self.cuts.items() for at in own]


@dataclass(frozen=True)
class Why:
    """Why there is no such division, and by how much it fails."""

    text: str


@dataclass(frozen=True, eq=False)
class Line:
    """Where seams square to an axis may lie.

    Args:
        every: what is in their way.
        at: places, (n,) mm.
        cost: what each costs, (n,); infinite where a hole would be cut.
    """

    every: tuple[Obstacle, ...]
    at: "NDArray[np.float64]"
    cost: "NDArray[np.float64]"

    @classmethod
    def at_places(cls, places_mm: Sequence[float]) -> "Line":
        """Return one whose seams may lie at these places alone."""
        import numpy as np  # noqa: PLC0415 - heavy

        return cls((), np.array(places_mm), np.zeros(len(places_mm)))


@dataclass(frozen=True, eq=False)
class Task:
    """What is to be divided.

    Args:
        part: what is cut.
        bed: how it lies.
        bounds: lowest and highest x, y and z of it, mm.
        printer: whose bed.
        barred: places (axis, mm) that were tried and will not do.
        fewest: pieces; fewer were tried and will not do.
        loose: two seams may lie in one opening: the strips over and under it come apart.
        lines: what is known of each axis already.
    """

    part: Part
    bed: Bed
    bounds: Box
    printer: Printer
    barred: frozenset[tuple[int, float]] = frozenset()
    fewest: int = 2
    loose: bool = False
    lines: dict[int, Line] = field(default_factory=dict[int, Line])

    def line(self, axis: int) -> Line:
        """Return where seams square to an axis may lie; found once."""
        if axis not in self.lines:
            import numpy as np  # noqa: PLC0415 - heavy

            low, high = self.bounds[axis]
            at = np.arange(math.ceil(low + ZONE_MM), high - ZONE_MM, STEP_MM)
            every = tuple(obstacles(self.part, self.bed.way(axis)))
            self.lines[axis] = Line(every, at, _costs(self, axis, at, every))
        return self.lines[axis]

    def size(self, axis: int) -> float:
        """Return how long the part is, mm."""
        low, high = self.bounds[axis]
        return high - low


def divided(task: Task) -> Grid | Why:
    """Return the cuts that make the fewest pieces that fit the bed."""
    found = _divided(task)
    # Last of all, between two seams may lie only what is over and under an opening.
    return found if isinstance(found, Grid) or task.loose else _divided(replace(task, loose=True))


def _divided(task: Task) -> Grid | Why:
    bed, printer = task.bed, task.printer
    first, second = bed.sides
    stories = _stories(task)
    if isinstance(stories, Why):
        return stories
    near, short, missing = "", "", math.inf
    for many, rows in _counts():
        if many * rows * (len(stories) + 1) < task.fewest:
            continue
        deep = task.size(second) / rows + (2 * REACH_MM if rows > 1 else 0.0)
        room = widest_mm(deep, printer)
        wide = task.size(first) / many + (2 * REACH_MM if many > 1 else 0.0)
        if wide > room:
            if wide - room < missing and not near:
                missing, size = wide - room, f"{many * rows} pieces of {wide:.1f} x {deep:.1f} mm"
                short = f"{size} are {missing:.1f} mm too wide for {printer.id}"
            continue
        # Rows as high as the bed first: a good seam may lie far off the middle. Else nearly even.
        high, here = min(printer.bed_x_mm, printer.bed_y_mm), None
        for longest in (high, deep * 1.15) if rows > 1 else (deep,):
            there = _cuts(task, second, (rows, longest))
            real = _longest(task, second, there or ())
            here = _cuts(task, first, (many, widest_mm(real, printer)))
            if here is not None and there is not None:
                return Grid({first: here, second: there, bed.up: stories})
        near = near or _no_seam(task, many * rows, first if here is None else second)
    return Why(near or short)


def _stories(task: Task) -> tuple[float, ...] | Why:
    """Return the cut across the print direction of what is taller than the printer."""
    up, room = task.bed.up, task.printer.bed_z_mm
    tall = task.size(up)
    if tall <= room + 1e-6:
        return ()
    over = f"{tall - room:.1f} mm too tall for {task.printer.id}"
    if tall > 2 * (room - REACH_MM):
        return Why(f"{over}; in two pieces it may be {2 * (room - REACH_MM):.0f} mm")
    cuts = _cuts(task, up, (2, room))
    if cuts is None:
        return Why(f"{over}, and {_no_seam(task, 2, up)}")
    return cuts


def _no_seam(task: Task, many: int, axis: int) -> str:
    """Say that holes leave no room for a seam, and by how much."""
    gap = _widest_gap(task, axis)
    need = 2 * BARE_MM
    short = (
        f": the widest web is {gap:.1f} mm, {need - gap:.1f} mm too little" if gap < need else ""
    )
    return (
        f"no {many} pieces that fit {task.printer.id} have seams {BARE_MM:g} mm clear of every "
        f"hole, port and post{short}"
    )


def _widest_gap(task: Task, axis: int) -> float:
    """Return the widest stretch along an axis without a hole or a wall, mm."""
    low, high = task.bounds[axis]
    spans = sorted(one.along for one in task.line(axis).every if not one.window)
    widest, end = 0.0, low
    for a, b in [*spans, (high, high)]:
        widest, end = max(widest, a - end), max(end, b)
    return widest


def _counts() -> list[tuple[int, int]]:
    pairs = product(range(1, MOST + 1), range(1, MOST))
    return sorted(pairs, key=lambda pair: (pair[0] * pair[1], pair[1]))


def widest_mm(deep_mm: float, printer: Printer) -> float:
    """Return the widest rectangle of a depth that the bed takes, turned as it may be, mm."""
    x, y = printer.bed_x_mm, printer.bed_y_mm
    best = 0.0
    for turn in TURNS_DEG:
        c, s = abs(math.cos(math.radians(turn))), abs(math.sin(math.radians(turn)))
        along = (x - deep_mm * s) / c if c > 1e-9 else (math.inf if deep_mm <= x else 0.0)
        across = (y - deep_mm * c) / s if s > 1e-9 else (math.inf if deep_mm <= y else 0.0)
        best = max(best, min(along, across))
    return best


def _longest(task: Task, axis: int, cuts: tuple[float, ...]) -> float:
    low, high = task.bounds[axis]
    extra = 2 * REACH_MM if cuts else 0.0
    return max(b - a for a, b in pairwise((low, *cuts, high))) + extra


def _cuts(task: Task, axis: int, wanted: tuple[int, float]) -> tuple[float, ...] | None:
    """Return the best cuts along an axis into so many pieces none of which is longer than that."""
    import numpy as np  # noqa: PLC0415 - heavy

    many, longest = wanted
    low, high = task.bounds[axis]
    if many == 1:
        return () if high - low <= longest + 1e-6 else None
    line = task.line(axis)
    at, own = line.at, line.cost + _barred(task, axis, line.at)
    room = longest - 2 * REACH_MM
    total = np.where(at - low <= room, own, np.inf)
    total = total + EVEN_COST * np.abs(at - (low + (high - low) / many))
    came: list[NDArray[np.int64]] = []
    gap = at[None, :] - at[:, None]
    good = (gap <= room) & (gap >= 3 * ZONE_MM)
    if not task.loose:
        good &= ~_in_one_window(at, line.every)
    for number in range(2, many):
        step = np.where(good, total[:, None], np.inf)
        came.append(step.argmin(axis=0))
        even = EVEN_COST * np.abs(at - (low + (high - low) * number / many))
        total = step.min(axis=0) + own + even
    total = np.where(high - at <= room, total, np.inf)
    last = int(total.argmin())
    if not math.isfinite(float(total[last])):
        return None
    found = [last]
    for back in reversed(came):
        found.append(int(back[found[-1]]))
    return tuple(float(at[index]) for index in reversed(found))


def _in_one_window(at: "NDArray[np.float64]", every: Sequence[Obstacle]) -> "NDArray[np.bool_]":
    """Return which pairs of seams would leave between them only what frames one window."""
    import numpy as np  # noqa: PLC0415 - heavy

    found = np.zeros((len(at), len(at)), dtype=bool)
    for one in every:
        if one.window:
            inside = (at > one.along[0]) & (at < one.along[1])
            found |= inside[:, None] & inside[None, :]
    return found


def _barred(task: Task, axis: int, at: "NDArray[np.float64]") -> "NDArray[np.float64]":
    """Return what it costs to lie where a seam failed: infinitely much."""
    import numpy as np  # noqa: PLC0415 - heavy

    cost = np.zeros(len(at))
    # What failed here is likely to fail a little further on, and the more so the more did.
    wide = BARRED_MM * (1 + min(3, len(task.barred) // 4))
    for own, place in task.barred:
        cost += np.where((own == axis) & (np.abs(at - place) < wide), np.inf, 0.0)
    return cost


def _costs(
    task: Task, axis: int, at: "NDArray[np.float64]", every: Sequence[Obstacle]
) -> "NDArray[np.float64]":
    """Return what each place costs; infinite where a hole would be cut."""
    import numpy as np  # noqa: PLC0415 - heavy

    cost = np.zeros(len(at))
    low, high = task.bounds[task.bed.way(axis).across]
    taken = np.zeros((len(at), max(1, math.ceil(high - low))), dtype=bool)
    pierced = np.zeros(len(at), dtype=bool)
    for one in every:
        bars, inside = one.bars(), one.inside()
        within = (at >= inside[0]) & (at <= inside[1])
        cost += np.where((at > bars[0]) & (at < bars[1]) & ~within, np.inf, 0.0)
        if one.window:
            cost += np.where(within, WINDOW_COST, 0.0)
        near = (at > one.along[0] - ZONE_MM) & (at < one.along[1] + ZONE_MM)
        rows = slice(max(0, int(one.across[0] - low)), max(0, math.ceil(one.across[1] - low)))
        taken[near, rows] = True
        pierced |= near & one.pierces
    cost += BLOCKED_COST * taken.mean(axis=1) + PIERCED_COST * pierced
    if task.part.spare:
        cost += _outside_spare(task.part, axis, at)
    for turn in corners_along(task.part, axis):
        away = np.abs(at - turn)
        cost += CORNER_COST * (away < ZONE_MM) + SLIVER_COST * (np.abs(away - HALF_MM) < SLIVER_MM)
    for group in task.part.perforations:
        if not group.needed:
            for box in perforation_boxes(group):
                a, b = box[axis]
                cost += VENT_COST * ((at + ZONE_MM > a) & (at - ZONE_MM < b))
    return cost


def _outside_spare(part: Part, axis: int, at: "NDArray[np.float64]") -> "NDArray[np.float64]":
    """Return what it costs to lie where a joint finds no room that it may fill."""
    import numpy as np  # noqa: PLC0415 - heavy

    inside = np.zeros(len(at), dtype=bool)
    for low, high in part.spare:
        inside |= (at - REACH_MM >= low[axis]) & (at + REACH_MM <= high[axis])
    return np.where(inside, 0.0, SPARE_COST)
