"""Whether a piece is fit to print: one body, on its bed, no worse a wall or overhang than whole."""

from collections.abc import Sequence
from dataclasses import dataclass

from mounts.bed import bed_fit, lying
from mounts.mesh import Mesh, from_manifold
from mounts.part import Part
from mounts.split.cutting import Piece
from mounts.verify import overhang, wall
from mounts.verify.findings import Finding, Point3
from mounts.verify.limits import Limits
from mounts.verify.subject import Subject

NEAR_MM = 10.0  # a piece that comes as near to a seam has a side of it
CROP_MM = 40.0  # looked at, to either side
SEEN_MM = 22.0  # judged: a bridge of 20 mm may end beside a joint


@dataclass(frozen=True)
class Fault:
    """What is wrong with a piece, and where, in the whole's own frame."""

    text: str
    place_mm: Point3


def fault(
    piece: Piece, whole: Piece, places: Sequence[tuple[int, float]], limits: Limits
) -> Fault | None:
    """Return what is wrong with a piece, if anything is.

    Only what lies near a seam is looked at: elsewhere a piece is what the whole is. One that is
    printed the other way up is looked at all over.

    Args:
        piece: in its own frame.
        whole: what it is cut from: a rule that this breaks there already its pieces may break too.
        places: the seams, as (axis, mm).
        limits: its bed, and what it is held to.
    """
    part, mesh = piece.part, from_manifold(piece.body)
    low, high = mesh.bounds_mm()
    x, y, z = ((a + b) / 2 for a, b in zip(low, high, strict=True))
    bodies = mesh.pieces()
    if bodies != 1:
        return Fault(f"{part.name} would fall into {bodies} bodies", (x, y, z))
    fit = bed_fit(lying(mesh, part.up), limits.printer)
    if not fit.fits:
        return Fault(f"{part.name} would be {fit.sentence(limits.printer)}", (x, y, z))
    if part.up != whole.part.up:
        every = _all_over(mesh, part, limits)
        return Fault(_said(part, every[0]), every[0].place_mm) if every else None
    for place in places:
        axis, at = place
        if low[axis] - NEAR_MM < at < high[axis] + NEAR_MM:
            found = _findings(_near(piece, place), part, place, limits)
            if not found:
                continue
            known = {one.rule for one in _findings(_near(whole, place), part, place, limits)}
            for one in found:
                if one.rule not in known:
                    return Fault(_said(part, one), one.place_mm)
    return None


def _near(piece: Piece, place: tuple[int, float]) -> Mesh:
    """Return what of a body lies near a seam."""
    from manifold3d import Manifold  # noqa: PLC0415 - heavy

    axis, at = place
    box = piece.body.bounding_box()
    low, high = [v - 1.0 for v in box[:3]], [v + 1.0 for v in box[3:]]
    low[axis], high[axis] = max(low[axis], at - CROP_MM), min(high[axis], at + CROP_MM)
    room = Manifold.cube([b - a for a, b in zip(low, high, strict=True)]).translate(low)
    return from_manifold(piece.body ^ room)


def _findings(mesh: Mesh, piece: Part, place: tuple[int, float], limits: Limits) -> list[Finding]:
    """Return what is wrong within the reach of a seam; where it was cropped does not count."""
    axis, at = place
    found = _all_over(mesh, piece, limits)
    return [one for one in found if abs(one.place_mm[axis] - at) < SEEN_MM]


def _all_over(mesh: Mesh, piece: Part, limits: Limits) -> list[Finding]:
    subject = Subject(piece.name, mesh, piece.up)
    return [*wall.check(subject, limits).findings, *overhang.check(subject, limits).findings]


def _said(piece: Part, one: Finding) -> str:
    return f"{piece.name} would have {one.measured}; allowed: {one.allowed}"
