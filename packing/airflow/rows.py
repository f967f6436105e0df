"""Boards in straight rows, spread evenly over a cavity, and the channels that leaves for air.

    ______ ______ ______     flat layers, `per_flat` in each
    ______ ______ ______
    |  |  |  |  |  |  |      layers on edge below them, `per_edge` in each
    |  |  |  |  |  |  |

Evenly spread, n boards of thickness T share a width S as n channels of `S / n - T`: half a gap at
either wall.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from packing.airflow.channel import Channels
from packing.job import Job
from packing.pattern import Pose
from packing.row import fit

# Which poses an arrangement counts as: whether boards stand on edge, and 0, 1 or more flat layers.
_POSES: dict[tuple[bool, int], set[Pose]] = {
    (True, 0): {"on-edge", "layers"},
    (True, 1): {"layers"},
    (True, 2): {"layers"},
    (False, 1): {"flat", "flat-stacked", "layers"},
    (False, 2): {"flat-stacked", "layers"},
}


@dataclass(frozen=True, slots=True)
class Rows:
    """A cross-section: layers on edge with `per_edge` boards each, flat ones with `per_flat`."""

    edge: int
    per_edge: int
    flat: int
    per_flat: int

    @property
    def count(self) -> int:
        """Boards in the cross-section."""
        return self.edge * self.per_edge + self.flat * self.per_flat

    @property
    def words(self) -> str:
        """The arrangement in words."""
        parts = [(self.edge, f"{self.per_edge} on edge"), (self.flat, f"{self.per_flat} flat")]
        high = [text + (f" × {n} high" if n > 1 else "") for n, text in parts if n]
        return " + ".join(high)

    def channels(self, job: Job) -> tuple[Channels, ...]:
        """Return the channels between the faces, as long as all rows in depth together."""
        section, cavity = job.section, job.cavity
        long = job.length_mm * job.rows_that_go
        found: list[Channels] = []
        if self.edge:
            gap = cavity.width_mm / self.per_edge - section.total_mm
            found.append(Channels(self.edge * self.per_edge, gap, section.width_mm, long))
        if self.flat:
            gap = self._flat_height_mm(job) / self.flat - section.total_mm
            found.append(Channels(self.flat * self.per_flat, gap, section.width_mm, long))
        return tuple(found)

    def gaps_mm(self, job: Job) -> tuple[float, ...]:
        """Return the clear gap between faces, on edge and flat, mm."""
        return tuple(channels.gap_mm for channels in self.channels(job))

    def _flat_height_mm(self, job: Job) -> float:
        return job.cavity.height_mm - self.edge * (job.section.width_mm + job.cavity.edge_gap_mm)


@dataclass(frozen=True, slots=True)
class Given:
    """Boards in places that are known, such as those of a printed frame.

    Args:
        edge: layers on edge.
        flat: layers of flat boards.
        count: boards in the cross-section.
        words: how they stand.
        groups: the channels between them, through all rows in depth.
    """

    edge: int
    flat: int
    count: int
    words: str
    groups: tuple[Channels, ...]

    def channels(self, _job: Job) -> tuple[Channels, ...]:
        """Return the channels, whatever is asked."""
        return self.groups

    def gaps_mm(self, job: Job) -> tuple[float, ...]:
        """Return the clear gaps, mm."""
        return tuple(channels.gap_mm for channels in self.channels(job))


Filling = Rows | Given


def rows_that_fit(job: Job) -> list[Rows]:
    """Return every filling of a cross-section with whole rows, those of most boards first.

    Poses other than flat, stacked, on edge and layers are left out: their channels are not even.
    Over boards on edge only full flat layers are tried.
    """
    section, cavity, poses = job.section, job.cavity, set(job.poses)
    on_edge = range(1, fit(cavity.width_mm, section.total_mm, cavity.air_gap_mm) + 1)
    flat_across = fit(cavity.width_mm, section.width_mm, cavity.edge_gap_mm)
    found: list[Rows] = []
    for edge, flat in _layers(job):
        if not _POSES[edge > 0, min(flat, 2)] & poses:
            continue
        if edge == 0:
            found += [Rows(0, 0, flat, across) for across in range(1, flat_across + 1)]
        elif flat == 0 or flat_across:
            found += [Rows(edge, per_row, flat, flat_across if flat else 0) for per_row in on_edge]
    return sorted(found, key=lambda rows: (-rows.count, rows.edge + rows.flat, rows.edge))


def _layers(job: Job) -> Iterator[tuple[int, int]]:
    """Yield how many layers on edge and how many flat ones go over each other."""
    section, cavity = job.section, job.cavity
    for edge in range(fit(cavity.height_mm, section.width_mm, cavity.edge_gap_mm) + 1):
        left = cavity.height_mm - edge * (section.width_mm + cavity.edge_gap_mm)
        most = fit(left, section.total_mm, cavity.air_gap_mm) if left > 0 else 0
        yield from ((edge, flat) for flat in range(most + 1) if edge + flat)
