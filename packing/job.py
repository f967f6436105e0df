"""A question of fit: one kind of board, one cavity, so many rows, these poses."""

from dataclasses import dataclass, replace

from packing.cavity import Cavity
from packing.envelope import Envelope
from packing.pattern import POSES, Pattern, Pose, Section, pattern
from packing.row import fit, row_length_mm


@dataclass(frozen=True)
class Job:
    """What is to be counted.

    Args:
        section: the board seen from the front.
        length_mm: the board along the depth, connectors included.
        cavity: the space.
        rows: rows one behind the other, at most; two can be reached, from the front and the rear.
        poses: those allowed.
    """

    section: Section
    length_mm: float
    cavity: Cavity
    rows: int = 1
    poses: tuple[Pose, ...] = POSES

    @property
    def rows_that_go(self) -> int:
        """Rows that the depth takes, at most those asked for."""
        if self.cavity.depth_mm is None:
            return self.rows
        by_depth = fit(self.cavity.depth_mm, self.length_mm, self.cavity.cable_gap_mm)
        return min(self.rows, by_depth)

    def pattern(self) -> Pattern:
        """Return the best pattern; of equal ones that of the simplest pose."""
        best = pattern(self.poses[0], self.section, self.cavity)
        for pose in self.poses[1:]:
            found = pattern(pose, self.section, self.cavity)
            if found.count > best.count:
                best = found
        return best

    def count(self) -> int:
        """Return how many boards go in."""
        rows = self.rows_that_go
        return rows * self.pattern().count if rows else 0

    def depth_needed_mm(self, rows: int) -> float:
        """Return the depth that so many rows take, mm."""
        return row_length_mm(rows, self.length_mm, self.cavity.cable_gap_mm)

    def with_cavity(self, **changed: float) -> "Job":
        """Return the same question in a cavity with other figures."""
        cavity = replace(self.cavity, **changed)
        return Job(self.section, self.length_mm, cavity, self.rows, self.poses)


def job_of(
    envelope: Envelope, cavity: Cavity, rows: int = 1, poses: tuple[Pose, ...] = POSES
) -> Job:
    """Return the question for a board whose x runs along the depth, connectors counted.

    Args:
        envelope: the board; `envelope.outline()` leaves its connectors out.
        cavity: the space and the gaps.
        rows: rows one behind the other, at most.
        poses: those allowed.
    """
    section = Section(envelope.width_with_connectors_mm, envelope.total_mm)
    return Job(section, envelope.length_with_connectors_mm, cavity, rows, poses)
