"""How many identical boards fit: every pose, the best one, its bound and what limits it.

The bound is for boards whose x runs along the depth, as ports at the front or rear need it.
Grown by the cable gap, boards of length L overlap one of the `fit(D, L, c)` planes that lie one
pitch apart, and those that meet a plane lie side by side in it: rows times the bound of one
cross-section is a bound for all rows together.
"""

from dataclasses import replace

from packing.bound import any_angle_bound, upper_bound
from packing.cavity import Cavity
from packing.envelope import Envelope
from packing.job import Job, job_of
from packing.one_more import Change, advised, changes, limiting, mm
from packing.pattern import POSES, Pattern, Pose, layers
from packing.result import Binding, FitResult


def best_fits(
    envelope: Envelope, cavity: Cavity, *, rows: int = 1, poses: tuple[Pose, ...] = POSES
) -> list[FitResult]:
    """Return one result for each pose, the greatest count first, the simplest pose among equals.

    The first one's advice is for the best of all poses given; the others' for their own pose.

    Args:
        envelope: the board.
        cavity: the space and the gaps.
        rows: rows one behind the other, at most.
        poses: those to try.
    """
    job = job_of(envelope, cavity, rows, poses)
    single = [replace(job, poses=(pose,)) for pose in poses]
    single.sort(key=lambda each: -each.pattern().count)
    return [
        _result(job, single[0].poses[0]),
        *(_result(each, each.poses[0]) for each in single[1:]),
    ]


def best_fit(
    envelope: Envelope, cavity: Cavity, *, rows: int = 1, poses: tuple[Pose, ...] = POSES
) -> FitResult:
    """Return the greatest count of all poses; see `best_fits`."""
    job = job_of(envelope, cavity, rows, poses)
    return _result(job, job.pattern().pose)


def _result(job: Job, pose: Pose) -> FitResult:
    found = replace(job, poses=(pose,)).pattern()
    rows = job.rows_that_go
    leaning = 0.0 < found.angle_deg < 90.0
    bound = any_angle_bound if leaning else upper_bound
    bought = changes(job)
    least = limiting(bought)
    binding, why = _binding(job, least)
    advice = advised(bought)
    return FitResult(
        job=job,
        pattern=found,
        rows=rows,
        upper_bound=rows * bound(job.section, job.cavity),
        bound_over="at any angle" if leaning else "flat or on edge, in any mixture",
        binding=binding,
        binding_text=why,
        short_mm=None if least is None else least.by,
        changes=bought,
        buys_one_more="" if advice is None else advice.text,
        notes=_notes(job, found),
    )


def _notes(job: Job, found: Pattern) -> tuple[str, ...]:
    """Say what whole layers alone hold, which published tables count, where columns hold more."""
    alone = layers(job.section, job.cavity).count
    if found.pose != "columns" or alone >= found.count:
        return ()
    return (f"flat stacks stand beside boards on edge; whole layers alone hold {alone} in a row",)


def _binding(job: Job, least: Change | None) -> tuple[Binding, str]:
    cavity = job.cavity
    if least is None:
        return "more than one", _all_short(job)
    have: dict[str, tuple[Binding, float]] = {
        "width": ("width", cavity.width_mm),
        "height": ("height", cavity.height_mm),
        "depth": ("depth", cavity.depth_mm or 0.0),
    }
    key, there = have[least.key]
    wanted = "one board" if job.count() == 0 else "one more"
    return key, f"{key}: {mm(least.by)} mm short of {wanted} ({mm(there)} mm there)"


def _all_short(job: Job) -> str:
    """Say what a board lying flat lacks, where no dimension alone would help."""
    cavity, section = job.cavity, job.section
    depth = job.length_mm if cavity.depth_mm is None else cavity.depth_mm
    lacks = {
        "width": section.width_mm - cavity.width_mm,
        "height": section.total_mm - cavity.height_mm,
        "depth": job.length_mm - depth,
    }
    lacking = [f"{mm(short)} mm of {name}" for name, short in lacks.items() if short > 0]
    return f"one board lying flat lacks {' and '.join(lacking)}"
