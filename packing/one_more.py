"""What would buy one more board: the smallest change of each thing that can be changed.

Counts never fall when a cavity grows or a gap shrinks, so the smallest change is found by bisection
on hundredths of a millimetre, and what is reported is a change that was itself counted.
"""

import math
from dataclasses import dataclass
from typing import NamedTuple

from catalog.rack_units import U_MM
from packing.job import Job

STEPS_PER_MM = 100
NEAR_MM = 10.0  # a greater change makes another rack or another part; then more U is the advice
MORE_U = 4
THINNEST_MM = 0.8  # of a wall or floor: two lines of a 0.4 mm nozzle
DIMENSIONS = ("width", "height", "depth")


@dataclass(frozen=True)
class Change:
    """A change that buys at least one board.

    Args:
        key: what changes: width, height, depth, air_gap, edge_gap, wall, floor or height_u.
        by: by how much, mm; for height_u in U.
        count: boards after it.
        text: the change in words.
        job: the question with the change made, to count again.
    """

    key: str
    by: float
    count: int
    text: str
    job: Job


class _Knob(NamedTuple):
    """Something that can be changed.

    Args:
        key: its name.
        moves: what a turn of 1 mm does to the fields of a cavity.
        text: what a turn is called.
        least_mm: where a thing that gets thinner must stop; `None` for what grows.
    """

    key: str
    moves: dict[str, float]
    text: str
    least_mm: float | None = None

    def limit_mm(self, job: Job) -> float:
        """Return how far it can be turned, mm."""
        if self.least_mm is not None:
            return float(getattr(job.cavity, f"{self.key}_mm")) - self.least_mm
        return _lacking_depth_mm(job) if self.key == "depth" else _reach_mm(job)

    def turned(self, job: Job, by: float) -> Job:
        """Return the question after a turn by so many mm."""
        now = {field: float(getattr(job.cavity, field)) for field in self.moves}
        return job.with_cavity(**{k: max(0.0, now[k] + by * m) for k, m in self.moves.items()})

    def words(self, job: Job, by: float) -> str:
        """Say a turn by so many mm, for what gets thinner with what is left of it."""
        if self.least_mm is None:
            return f"{mm(by)} mm {self.text}"
        left = float(getattr(job.cavity, f"{self.key}_mm")) - by
        return f"{mm(by)} mm {self.text} ({mm(left)} mm)"


def mm(value: float) -> str:
    """Write a length with at most two decimals."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def changes(job: Job) -> tuple[Change, ...]:
    """Return the smallest change of each kind that buys a board: mm first, then more U.

    Among them is `height`, a length that nobody can buy but which tells what limits the count.
    """
    now = job.count()
    found = [change for knob in _KNOBS if (change := _smallest(job, knob, now)) is not None]
    found.sort(key=lambda change: change.by)
    return (*found, *_more_units(job, now))


def advised(found: tuple[Change, ...]) -> Change | None:
    """Return the change to advise: the smallest in mm if it is small, else more U."""
    real = [change for change in found if change.key != "height"]
    small = [change for change in real if change.by <= NEAR_MM or change.key == "height_u"]
    return next(iter([*small, *real]), None)


def limiting(found: tuple[Change, ...]) -> Change | None:
    """Return the dimension of the cavity that is the least short of another board."""
    return next((change for change in found if change.key in DIMENSIONS), None)


def _smallest(job: Job, knob: _Knob, now: int) -> Change | None:
    """Return the smallest turn of a knob, in whole steps, that gives more than there are now."""
    low, high = 0, math.floor(knob.limit_mm(job) * STEPS_PER_MM + 1e-6)
    if high <= 0 or knob.turned(job, high / STEPS_PER_MM).count() <= now:
        return None
    while high - low > 1:
        middle = (low + high) // 2
        enough = knob.turned(job, middle / STEPS_PER_MM).count() > now
        low, high = (low, middle) if enough else (middle, high)
    by = high / STEPS_PER_MM
    after = knob.turned(job, by)
    return Change(knob.key, by, after.count(), knob.words(job, by), after)


def _more_units(job: Job, now: int) -> tuple[Change, ...]:
    """Return the next height that buys a board, in whole U from a whole U."""
    height_u = job.cavity.height_u
    if height_u is None:
        return ()
    step = 1.0 if height_u == int(height_u) else 0.5
    for more in range(1, MORE_U + 1):
        by = more * step
        height = job.cavity.height_mm + by * U_MM
        after = job.with_cavity(height_mm=height, height_u=height_u + by)
        if after.count() > now:
            text = f"{height_u + by:g}U instead of {height_u:g}U"
            return (Change("height_u", by, after.count(), text, after),)
    return ()


def _reach_mm(job: Job) -> float:
    """Return a length that surely makes room for another board, mm."""
    cavity = job.cavity
    gaps = cavity.air_gap_mm + cavity.edge_gap_mm
    return job.section.width_mm + job.section.total_mm + gaps + 1 / STEPS_PER_MM


def _lacking_depth_mm(job: Job) -> float:
    """Return the depth that the rows asked for lack, mm."""
    if job.cavity.depth_mm is None:
        return 0.0
    return max(0.0, job.depth_needed_mm(job.rows) - job.cavity.depth_mm) + 1 / STEPS_PER_MM


_KNOBS = (
    _Knob("width", {"width_mm": 1.0}, "wider opening"),
    _Knob("height", {"height_mm": 1.0}, "more height"),
    _Knob("depth", {"depth_mm": 1.0}, "more depth"),
    _Knob("air_gap", {"air_gap_mm": -1.0}, "thinner air gap", 0.0),
    _Knob("edge_gap", {"edge_gap_mm": -1.0}, "thinner edge gap", 0.0),
    _Knob("wall", {"wall_mm": -1.0, "width_mm": 2.0}, "thinner walls", THINNEST_MM),
    _Knob("floor", {"floor_mm": -1.0, "height_mm": 1.0}, "thinner floor", THINNEST_MM),
)
