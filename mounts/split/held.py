"""A part that is too large for its bed, held to every rule as what it is printed in: its pieces."""

from dataclasses import replace

from catalog.models import Fact
from mounts.mesh import mesh_of
from mounts.part import Part
from mounts.split.pieces import split
from mounts.verify.findings import Report
from mounts.verify.limits import Limits
from mounts.verify.run import verify
from mounts.verify.subject import Subject

SIZE = "bed.size"


def held_in_pieces(report: Report, part: Part, spec: Fact, limits: Limits) -> list[Report]:
    """Return what is said of a part, and of each of its pieces if only those fit the bed.

    Args:
        report: what the rules say of it as a whole.
        part: the part.
        spec: what it was made from.
        limits: what it is held to. A part that cannot be cut stays too large, and says why.
    """
    if all(one.rule != SIZE for one in report.findings):
        return [report]
    found = split(part, limits, spec)
    if not found.pieces:
        told = [
            replace(one, cure=found.why) if one.rule == SIZE else one for one in report.findings
        ]
        return [replace(report, findings=tuple(told))]
    kept = tuple(one for one in report.findings if one.rule != SIZE)
    note = f"in {len(found.pieces)} pieces that fit {limits.printer.id}, each checked below"
    whole = replace(report, findings=kept, notes=(*report.notes, note))
    own = replace(limits, air_c=None)  # the whole has said what its seams bear
    reports = (verify(Subject(one.name, mesh_of(one), one.up), own) for one in found.pieces)
    return [whole, *(replace(one, skipped=(), notes=(f"of {part.name}",)) for one in reports)]
