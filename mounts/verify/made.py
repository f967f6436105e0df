"""A part that was just made, held to every rule: what `rackpress verify` says of its file."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from catalog.models import Fact
from mounts.mesh import Mesh
from mounts.part import Part
from mounts.strength.material import YEARS, Climate
from mounts.verify import strength
from mounts.verify.findings import Outcome, Report
from mounts.verify.limits import Limits
from mounts.verify.run import verify
from mounts.verify.subject import Subject, subject_of

AIR_C = 40.0  # round the parts of a rack: a warm room and ten kelvin of rise


def held(part: Part, spec: Fact, mesh: Mesh, record: Mapping[str, Any], limits: Limits) -> Report:
    """Hold a part to every rule that applies to it.

    Args:
        part: the part.
        spec: what it was made from.
        mesh: its mesh, as it was drawn.
        record: what is told of it: its pieces and their seams are taken from here.
        limits: what it is held to; in air of `AIR_C` where they do not say.

    Of a part in pieces it is the pieces that must fit the bed, and those are made to.
    """
    limits = replace(limits, air_c=limits.air_c or AIR_C)

    def bears(_: Subject, own: Limits, air_c: float) -> tuple[Outcome, tuple[str, ...]]:
        fails = [row["fails_at_kg"] for row in record.get("seams", ()) if "fails_at_kg" in row]
        climate = Climate(air_c, YEARS)
        return strength.judged(part, spec, own.material, climate, lambda: min(fails, default=None))

    report = verify(subject_of(part, spec, mesh), limits, bears)
    if not record.get("pieces"):
        return report
    kept = tuple(one for one in report.findings if one.rule != "bed.size")
    return replace(report, findings=kept)
