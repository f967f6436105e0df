"""All groups of rules over one subject."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from mounts.verify import access, bed, device, overhang, panel, solid, strength, sweep, wall
from mounts.verify.findings import Finding, Outcome, Report
from mounts.verify.limits import Limits
from mounts.verify.subject import Subject

Check = Callable[[Subject, Limits], Outcome]
Bears = Callable[[Subject, Limits, float], tuple[Outcome, tuple[str, ...]]]

# What is checked, in words, and the group that does it.
GROUPS: dict[str, Check] = {
    "closed, one solid": solid.check,
    "walls and webs": wall.check,
    "overhangs and bridges": overhang.check,
    "bed": bed.check,
    "panel": panel.check,
    "screws and driver": access.check,
    "device, plugs and cables": device.check,
    "the sled's way out": sweep.check,
}


def verify(subject: Subject, limits: Limits, bears: Bears = strength.check) -> Report:
    """Hold a body to every rule that applies to it.

    Args:
        subject: what to check.
        limits: what it is held to.
        bears: says whether it bears its device in air of so many °C.
    """
    from mounts.parts.sled_spec import SledSpec  # noqa: PLC0415 - beside its only use

    found: list[Finding] = [*subject.found]
    skipped: list[str] = []
    checked: list[str] = []
    read: dict[str, Any] = {}
    notes = subject.notes
    for name, group in GROUPS.items():
        if group is sweep.check and not isinstance(subject.spec, SledSpec):
            continue
        outcome = group(subject, limits)
        found += outcome.findings
        skipped += outcome.skipped
        read |= outcome.read
        notes += outcome.notes
        if not outcome.skipped and not outcome.idle:
            checked.append(name)
    if limits.air_c is not None:
        outcome, said = bears(subject, limits, limits.air_c)
        found += outcome.findings
        skipped += outcome.skipped
        read |= outcome.read
        checked += [] if outcome.skipped else ["strength"]
        notes += said
    parts = tuple(checked), tuple(skipped)
    return Report(subject.name, merged(found), *parts, notes, read)


def merged(found: list[Finding]) -> tuple[Finding, ...]:
    """Return findings that say the same of several places as one, at the first of them."""
    same: dict[tuple[str, str, str, str], list[Finding]] = {}
    for one in found:
        same.setdefault((one.rule, one.measured, one.allowed, one.cure), []).append(one)
    return tuple(
        replace(group[0], measured=f"{group[0].measured}, in {len(group)} places")
        if len(group) > 1
        else group[0]
        for group in same.values()
    )
