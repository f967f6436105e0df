"""Whether a piece is fit to print: one body, on its bed, no worse a wall or overhang than whole."""

from mounts.bed import bed_fit, lying
from mounts.mesh import mesh_of
from mounts.part import Part
from mounts.verify import overhang, wall
from mounts.verify.findings import Finding
from mounts.verify.limits import Limits
from mounts.verify.subject import Subject


def rules(part: Part, limits: Limits) -> frozenset[str]:
    """Return the rules that a part breaks as it is: its pieces may break them too."""
    return frozenset(one.rule for one in _findings(_subject(part), limits))


def fault(piece: Part, limits: Limits, known: frozenset[str]) -> str:
    """Say what is wrong with a piece; empty if nothing is.

    Args:
        piece: in its own frame.
        limits: its bed, and what it is held to.
        known: rules that the whole breaks already.
    """
    subject = _subject(piece)
    bodies = subject.mesh.pieces()
    if bodies != 1:
        return f"{piece.name} would fall into {bodies} bodies"
    fit = bed_fit(lying(subject.mesh, piece.up), limits.printer)
    if not fit.fits:
        return f"{piece.name} would be {fit.sentence(limits.printer)}"
    for one in _findings(subject, limits):
        if one.rule not in known:
            return f"{piece.name} would have {one.measured}; allowed: {one.allowed}"
    return ""


def _subject(part: Part) -> Subject:
    return Subject(part.name, mesh_of(part), part.up)


def _findings(subject: Subject, limits: Limits) -> tuple[Finding, ...]:
    return (*wall.check(subject, limits).findings, *overhang.check(subject, limits).findings)
