"""Does a part of ours bear its device, warm and for years?"""

from catalog.models import Fact, Material
from catalog.problems import InputError
from mounts.part import Part
from mounts.strength.material import YEARS, Climate
from mounts.strength.verdict import LEAST_SAFETY, MOST_MM, Verdict, judge
from mounts.verify.findings import Finding, Outcome
from mounts.verify.subject import Subject, part_from

STRANGER = "strength: a stranger's file does not name what it carries"


def check(subject: Subject, material: Material, air_c: float) -> tuple[Outcome, tuple[str, ...]]:
    """Return what breaks, what was reckoned, and what a person should know.

    Args:
        subject: what to check.
        material: what it is printed in.
        air_c: of the air round it.
    """
    if subject.spec is None:
        return Outcome(skipped=(STRANGER,)), ()
    try:
        verdict = judge(_part(subject.spec), subject.spec, material, Climate(air_c, YEARS))
    except InputError as error:
        problem = error.problems[0]
        cure = problem.nearest or "another material"
        measured = f"{material.id} in air of {air_c:g} °C"
        warm = Finding("strength.warm", (0.0, 0.0, 0.0), measured, problem.allowed or "", cure)
        return Outcome((warm,)), ()
    if verdict is None:
        return Outcome(), ()
    found = () if verdict.safety >= LEAST_SAFETY else (_weak(verdict),)
    return Outcome(found, read=_read(verdict)), _notes(verdict, air_c)


def _part(spec: Fact) -> Part:
    from mounts.registry import PARTS  # noqa: PLC0415 - registers all families

    family = next(name for name, one in PARTS.items() if one.spec is type(spec))
    return part_from(family, spec)


def _weak(verdict: Verdict) -> Finding:
    measured = f"breaks at {verdict.fails_at_kg:.1f} kg after {YEARS:g} years"
    allowed = f"{LEAST_SAFETY * verdict.carries_kg:.1f} kg, {LEAST_SAFETY:g} times what it carries"
    return Finding("strength.breaks", (0.0, 0.0, 0.0), measured, allowed, _cure(verdict))


def _read(verdict: Verdict) -> dict[str, float]:
    about = verdict.as_dict()
    return {key: about[key] for key in ("carries_kg", "deflection_mm", "later_mm", "fails_at_kg")}


def _notes(verdict: Verdict, air_c: float) -> tuple[str, ...]:
    found = list(verdict.said)
    if verdict.deflection_mm > MOST_MM:
        sags = f"sags by {verdict.deflection_mm:.1f} mm under {verdict.carries_kg:.2f} kg"
        found.append(f"{sags} in air of {air_c:g} °C, more than {MOST_MM:g}: {_cure(verdict)}")
    return tuple(found)


def _cure(verdict: Verdict) -> str:
    return "; or ".join(verdict.cures) or "a stiffer material"
