"""What a check says: findings, what was looked at, and what could not be."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Point3 = tuple[float, float, float]


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong with a part.

    Args:
        rule: group and rule, such as `panel.pitch`.
        place_mm: where, in the file's own axes, mm.
        measured: what was found, with its unit.
        allowed: what would be right, with its unit.
        cure: what to do about it.
    """

    rule: str
    place_mm: Point3
    measured: str
    allowed: str
    cure: str

    def __str__(self) -> str:
        x, y, z = self.place_mm
        place = f"at ({x:.2f}, {y:.2f}, {z:.2f}) mm"
        return f"{self.rule} {place}\n  {self.measured}; allowed: {self.allowed}\n  {self.cure}"

    def as_dict(self) -> dict[str, Any]:
        """Return the fields by name, for JSON."""
        return {
            "rule": self.rule,
            "place_mm": [round(v, 3) for v in self.place_mm],
            "measured": self.measured,
            "allowed": self.allowed,
            "cure": self.cure,
        }


@dataclass(frozen=True)
class Outcome:
    """What one group of rules says.

    Args:
        findings: what is wrong.
        skipped: what could not be checked and why.
        read: what was measured, by name.
        notes: what was assumed.
        idle: there is nothing of the kind in this part: it is not said to be checked.
    """

    findings: tuple[Finding, ...] = ()
    skipped: tuple[str, ...] = ()
    read: Mapping[str, Any] = field(default_factory=dict[str, Any])
    notes: tuple[str, ...] = ()
    idle: bool = False


@dataclass(frozen=True)
class Report:
    """All that is said of one part."""

    name: str
    findings: tuple[Finding, ...]
    checked: tuple[str, ...]
    skipped: tuple[str, ...]
    notes: tuple[str, ...] = ()
    read: Mapping[str, Any] = field(default_factory=dict[str, Any])

    def rules(self) -> set[str]:
        """Return the names of the rules that are broken."""
        return {finding.rule for finding in self.findings}

    def as_dict(self) -> dict[str, Any]:
        """Return the report as plain data, for JSON."""
        return {
            "name": self.name,
            "findings": [finding.as_dict() for finding in self.findings],
            "checked": list(self.checked),
            "skipped": list(self.skipped),
            "notes": list(self.notes),
            "read": dict(self.read),
        }

    def __str__(self) -> str:
        count = len(self.findings)
        said = f"{count} finding{'' if count == 1 else 's'}" if count else "no findings"
        parts = [f"{self.name}: {said}", *(str(finding) for finding in self.findings)]
        rest = [f"checked: {'; '.join(self.checked)}"] if self.checked else []
        read = ", ".join(f"{key} {value}" for key, value in self.read.items())
        rest += [f"read: {read}"] if read else []
        rest += [f"not checked: {text}" for text in self.skipped]
        rest += [f"note: {text}" for text in self.notes]
        return "\n\n".join([*parts, "\n".join(rest)])
