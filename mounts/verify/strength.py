"""Does a part of ours bear its device, warm and for years?"""

from collections.abc import Callable
from dataclasses import replace

from catalog.models import Fact, Material
from catalog.problems import InputError
from mounts.bed import bed_fit, lying
from mounts.part import Part
from mounts.strength.material import YEARS, Climate
from mounts.strength.verdict import LEAST_SAFETY, MOST_MM, Verdict, judge
from mounts.verify.findings import Finding, Outcome
from mounts.verify.limits import Limits
from mounts.verify.subject import Subject, part_from


def check(subject: Subject, limits: Limits, air_c: float) -> tuple[Outcome, tuple[str, ...]]:
    """Return what breaks, what was reckoned, and what a person should know.

    Args:
        subject: what to check.
        limits: what it is printed in, and on: one that does not fit the bed is in pieces.
        air_c: of the air round it.
    """
    spec = subject.spec
    if spec is None:
        return Outcome(skipped=(f"strength: {subject.unnamed} does not name what it carries",)), ()
    part, climate = _part(spec), Climate(air_c, YEARS)
    whole = bed_fit(lying(subject.clean, subject.up), limits.printer).fits
    seams = (lambda: None) if whole else (lambda: _seams_kg(part, spec, limits, climate))
    return judged(part, spec, limits.material, climate, seams)


def judged(
    part: Part, spec: Fact, material: Material, climate: Climate, seams: Callable[[], float | None]
) -> tuple[Outcome, tuple[str, ...]]:
    """Return what breaks, what was reckoned, and what a person should know, of a part at hand.

    Args:
        part: the part.
        spec: what it was made from.
        material: what it is printed in.
        climate: how warm and for how long.
        seams: gives the load at which it comes apart, kg; nothing if it is whole.
    """
    try:
        verdict = judge(part, spec, material, climate)
    except InputError as error:
        problem = error.problems[0]
        cure = problem.nearest or "another material"
        measured = f"{material.id} in air of {climate.air_c:g} °C"
        warm = Finding("strength.warm", (0.0, 0.0, 0.0), measured, problem.allowed or "", cure)
        return Outcome((warm,)), ()
    if verdict is None:
        return Outcome(), ()
    verdict = replace(verdict, joint_kg=seams())
    found = () if verdict.safe else (_weak(verdict),)
    return Outcome(found, read=_read(verdict)), _notes(verdict, climate.air_c)


def _seams_kg(part: Part, spec: Fact, limits: Limits, climate: Climate) -> float | None:
    """Return the load at which a part in pieces comes apart, kg; nothing if it is in none."""
    from mounts.split.load import weakest_kg  # noqa: PLC0415 - it imports other rules
    from mounts.split.pieces import split  # noqa: PLC0415 - as above

    found = split(part, limits, spec)
    return weakest_kg(found.seams, found.whole, spec, limits.material, climate)


def _part(spec: Fact) -> Part:
    from mounts.registry import PARTS  # noqa: PLC0415 - registers all families

    family = next(name for name, one in PARTS.items() if one.spec is type(spec))
    return part_from(family, spec)


def _weak(verdict: Verdict) -> Finding:
    measured = f"breaks at {verdict.fails_at_kg:.1f} kg after {YEARS:g} years"
    cure = _cure(verdict)
    if verdict.joint_kg == verdict.fails_at_kg:
        measured = measured.replace("breaks", "comes apart at a seam of its pieces", 1)
        cure = f"a printer that takes it whole; or {cure}"
    allowed = f"{LEAST_SAFETY * verdict.carries_kg:.1f} kg, {LEAST_SAFETY:g} times what it carries"
    return Finding("strength.breaks", (0.0, 0.0, 0.0), measured, allowed, cure)


def _read(verdict: Verdict) -> dict[str, float]:
    about = verdict.as_dict()
    return {key: about[key] for key in ("carries_kg", "deflection_mm", "later_mm", "fails_at_kg")}


def _notes(verdict: Verdict, air_c: float) -> tuple[str, ...]:
    found = list(verdict.said)
    if verdict.joint_kg is not None:
        found.append(f"in pieces: its weakest seam gives way at {verdict.joint_kg:.1f} kg")
    if verdict.deflection_mm > MOST_MM:
        sags = f"sags by {verdict.deflection_mm:.1f} mm under {verdict.carries_kg:.2f} kg"
        found.append(f"{sags} in air of {air_c:g} °C, more than {MOST_MM:g}: {_cure(verdict)}")
    return tuple(found)


def _cure(verdict: Verdict) -> str:
    return "; or ".join(verdict.cures) or "a stiffer material"
