"""What a fit returns: the count, its bound, what limits it, and where every board is."""

from dataclasses import dataclass
from typing import Literal

from packing.job import Job
from packing.one_more import Change, mm
from packing.pattern import Pattern, Pose, boards, extent_mm
from packing.row import fit

Binding = Literal["width", "height", "depth", "more than one"]
BoundOver = Literal["flat or on edge, in any mixture", "at any angle"]


@dataclass(frozen=True)
class Placement:
    """One board in a cavity, mm and degrees.

    `x_mm` (from the left wall) and `z_mm` (from the floor) are the middle of its section;
    `y_mm` is its front. Its section is `across_mm` by `through_mm`, turned by `angle_deg`:
    0 is flat, 90 on edge.
    """

    x_mm: float
    y_mm: float
    z_mm: float
    across_mm: float
    through_mm: float
    depth_mm: float
    angle_deg: float
    row: int


@dataclass(frozen=True)
class FitResult:
    """How many boards fit in one pose, and why not more.

    Args:
        job: what was asked.
        pattern: boards in one cross-section.
        rows: rows one behind the other that the depth takes.
        upper_bound: proven; no arrangement of the kind `bound_over` holds more in so many rows.
        bound_over: the arrangements that the bound is about.
        binding: the dimension that stops the next board.
        binding_text: the same with its millimetres.
        short_mm: what it lacks for the next board; `None` if no one dimension is enough.
        changes: the smallest change of each kind that buys a board.
        buys_one_more: the change to advise, in words; empty if none was found.
        notes: what else to know.
    """

    job: Job
    pattern: Pattern
    rows: int
    upper_bound: int
    bound_over: BoundOver
    binding: Binding
    binding_text: str
    short_mm: float | None
    changes: tuple[Change, ...]
    buys_one_more: str
    notes: tuple[str, ...] = ()

    @property
    def pose(self) -> Pose:
        """How the boards lie."""
        return self.pattern.pose

    @property
    def count(self) -> int:
        """Boards in all rows."""
        return self.rows * self.pattern.count

    @property
    def per_u(self) -> float | None:
        """Boards per rack unit; `None` where no height in U is known."""
        height_u = self.job.cavity.height_u
        return None if height_u is None else self.count / height_u

    @property
    def gap(self) -> int:
        """Boards between the count and its bound; at 0 the count is the proven best."""
        return self.upper_bound - self.count

    @property
    def depth_mm(self) -> float:
        """Depth that the rows take, mm; with no rows, what one would take."""
        return self.job.depth_needed_mm(max(1, self.rows))

    @property
    def size_mm(self) -> tuple[float, float]:
        """Width and height that the boards take up, mm."""
        return extent_mm(self.pattern, self.job.section, self.job.cavity)

    @property
    def words(self) -> str:
        """The arrangement in words."""
        if self.count == 0:
            return "does not fit"
        return _words(self) + ("" if self.rows == 1 else f", {self.rows} rows deep")


def placements(result: FitResult) -> list[Placement]:
    """Return where every board is: left to right, bottom to top, row by row from the front."""
    job = result.job
    pitch = job.length_mm + job.cavity.cable_gap_mm
    return [
        Placement(
            x_mm=x,
            y_mm=row * pitch,
            z_mm=z,
            across_mm=job.section.width_mm,
            through_mm=job.section.total_mm,
            depth_mm=job.length_mm,
            angle_deg=angle,
            row=row,
        )
        for row in range(result.rows)
        for x, z, angle in boards(result.pattern, job.section, job.cavity)
    ]


def _words(result: FitResult) -> str:
    found, job = result.pattern, result.job
    cavity, section = job.cavity, job.section
    if found.pose == "tilted":
        return _tilted_words(found)
    if found.pose == "columns":
        stacked = fit(cavity.height_mm, section.total_mm, cavity.air_gap_mm)
        upright = fit(cavity.height_mm, section.width_mm, cavity.edge_gap_mm)
        stacks = "1 flat stack" if found.flat == 1 else f"{found.flat} flat stacks"
        flat = [f"{stacks} of {stacked}"] if found.flat else []
        edge = [f"{found.edge} on edge{_high(upright)}"] if found.edge else []
        return " + ".join([*flat, *edge])
    wide = fit(cavity.width_mm, section.width_mm, cavity.edge_gap_mm)
    thin = fit(cavity.width_mm, section.total_mm, cavity.air_gap_mm)
    edge = [f"{thin} on edge{_high(found.edge)}"] if found.edge else []
    flat = [f"{wide} flat across{_high(found.flat)}"] if found.flat else []
    return " + ".join([*edge, *flat])


def _tilted_words(found: Pattern) -> str:
    if found.angle_deg in (0.0, 90.0):  # the best angle is no tilt
        return f"{found.count} flat across" if found.angle_deg == 0.0 else f"{found.count} on edge"
    return f"{found.count} tilted by {found.angle_deg:.1f}°, {mm(found.pitch_mm)} mm apart"


def _high(layers: int) -> str:
    return "" if layers == 1 else f" × {layers} high"
