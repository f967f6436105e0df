"""Where a part is cut: as few pieces as fit the bed, clear of holes, ports, walls and posts."""

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from catalog.models import Printer
from mounts.bed import TURNS_DEG
from mounts.part import Part
from mounts.split.axes import Bed, Span, corners_along, hole_spans, perforation_spans

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

REACH_MM = 3.2  # how far a joint reaches to either side of its seam, its play too
CLEAR_MM = 3.0  # plastic left between a joint and a hole
ZONE_MM = REACH_MM + CLEAR_MM
WINDOW_MM = 60.0  # an opening as wide as a box; a port is narrower and never cut through
STEP_MM = 0.5
BARRED_MM = 2.5
MOST = 4  # pieces along one side of the bed
# What a seam is worth keeping clear of, in mm that it may lie off the even division instead.
CORNER_COST = 3.0
WINDOW_COST = 60.0
VENT_COST = 0.3
EVEN_COST = 0.05


@dataclass(frozen=True)
class Grid:
    """Where a part is cut along each of the two sides of its bed, mm."""

    first: tuple[float, ...]
    second: tuple[float, ...]


@dataclass(frozen=True)
class Why:
    """Why there is no such division, and by how much it fails."""

    text: str


@dataclass(frozen=True)
class Task:
    """What is to be divided.

    Args:
        part: what is cut.
        bed: which of its axes lie on the bed.
        bounds: lowest and highest x, y and z of it, mm.
        printer: whose bed.
        barred: places (axis, mm) that were tried and will not do.
    """

    part: Part
    bed: Bed
    bounds: tuple[Span, Span, Span]
    printer: Printer
    barred: frozenset[tuple[int, float]] = frozenset()


def divided(task: Task) -> Grid | Why:
    """Return the cuts that make the fewest pieces that fit the bed."""
    bed, bounds, printer = task.bed, task.bounds, task.printer
    tall = bounds[bed.up][1] - bounds[bed.up][0]
    if tall > printer.bed_z_mm + 1e-6:
        over = tall - printer.bed_z_mm
        return Why(f"{over:.1f} mm too tall for {printer.id}: a split across the bed is no help")
    sides = bounds[bed.sides[0]], bounds[bed.sides[1]]
    near, short, missing = "", "", math.inf
    for many, rows in _counts():
        deep = (sides[1][1] - sides[1][0]) / rows + (2 * REACH_MM if rows > 1 else 0.0)
        room = widest_mm(deep, printer)
        wide = (sides[0][1] - sides[0][0]) / many + (2 * REACH_MM if many > 1 else 0.0)
        if wide > room:
            if wide - room < missing and not near:
                missing, size = wide - room, f"{many * rows} pieces of {wide:.1f} x {deep:.1f} mm"
                short = f"{size} are {missing:.1f} mm too wide for {printer.id}"
            continue
        second = _cuts(task, bed.sides[1], (rows, deep * 1.15 if rows > 1 else deep))
        real = _longest(sides[1], second or ())
        first = _cuts(task, bed.sides[0], (many, widest_mm(real, printer)))
        if first is not None and second is not None:
            return Grid(first, second)
        near = near or _no_seam(task, many * rows)
    return Why(near or short)


def _no_seam(task: Task, many: int) -> str:
    return (
        f"no {many} pieces that fit {task.printer.id} have seams {CLEAR_MM:g} mm clear of every "
        "hole, port and catch"
    )


def _counts() -> list[tuple[int, int]]:
    pairs = [(many, rows) for many in range(1, MOST + 1) for rows in range(1, MOST)]
    return sorted(pairs, key=lambda pair: (pair[0] * pair[1], pair[1]))[1:]


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


def _longest(side: Span, cuts: tuple[float, ...]) -> float:
    ends = (side[0], *cuts, side[1])
    extra = 2 * REACH_MM if cuts else 0.0
    return max(b - a for a, b in pairwise(ends)) + extra


def _cuts(task: Task, axis: int, wanted: tuple[int, float]) -> tuple[float, ...] | None:
    """Return the best cuts along an axis into so many pieces none of which is longer than that."""
    import numpy as np  # noqa: PLC0415 - heavy

    many, longest = wanted
    side = task.bounds[axis]
    if many == 1:
        return () if side[1] - side[0] <= longest + 1e-6 else None
    low, high = side
    at = np.arange(math.ceil(low + ZONE_MM), high - ZONE_MM, STEP_MM)
    own = _costs(task, axis, at)
    room = longest - 2 * REACH_MM
    total = np.where(at - low <= room, own, np.inf)
    total = total + EVEN_COST * np.abs(at - (low + (high - low) / many))
    came: list[NDArray[np.int64]] = []
    for number in range(2, many):
        gap = at[None, :] - at[:, None]
        step = np.where((gap <= room) & (gap >= 3 * ZONE_MM), total[:, None], np.inf)
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


def _costs(task: Task, axis: int, at: "NDArray[np.float64]") -> "NDArray[np.float64]":
    """Return what each place costs; infinite where a hole would be cut."""
    import numpy as np  # noqa: PLC0415 - heavy

    part, cost = task.part, np.zeros(len(at))
    for own, place in task.barred:
        cost += np.where((own == axis) & (np.abs(at - place) < BARRED_MM), np.inf, 0.0)
    for low, high in {(round(a, 3), round(b, 3)) for a, b in hole_spans(part, axis)}:
        meets = (at + ZONE_MM > low) & (at - ZONE_MM < high)
        inside = (at - ZONE_MM > low) & (at + ZONE_MM < high)
        if high - low > WINDOW_MM:
            cost += np.where(inside, WINDOW_COST, np.where(meets, np.inf, 0.0))
        else:
            cost += np.where(meets, np.inf, 0.0)
    for turn in corners_along(part, axis):
        cost += CORNER_COST * (np.abs(at - turn) < ZONE_MM)
    for group in part.perforations:
        if not group.needed:
            for low, high in perforation_spans(group, axis):
                cost += VENT_COST * ((at + ZONE_MM > low) & (at - ZONE_MM < high))
    return cost
