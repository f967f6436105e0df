"""Whether a piece is fit to print: one body, on its bed, no worse a wall or overhang than whole."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mounts.bed import bed_fit, lying
from mounts.mesh import Mesh, from_manifold
from mounts.part import Part, Up
from mounts.split.axes import Span
from mounts.split.cutting import Piece
from mounts.verify import overhang, wall
from mounts.verify.findings import Finding, Point3
from mounts.verify.limits import Limits
from mounts.verify.subject import Subject

if TYPE_CHECKING:
    from manifold3d import Manifold

SAME_MM = 2.0
NEAR_MM = 10.0  # a piece that comes as near to a seam has a side of it
CROP_MM = 40.0  # looked at, to either side
TURNS: tuple[Up, ...] = ("+z", "-z", "+x", "-x", "+y", "-y")
SEEN_MM = 22.0  # judged: a bridge of 20 mm may end beside a joint


@dataclass(frozen=True)
class Fault:
    """What is wrong with a piece, and where, in the whole's own frame.

    Args:
        text: in words.
        place_mm: where.
        turned: whether it may be well printed another way up.
    """

    text: str
    place_mm: Point3
    turned: bool = False


def settled(
    piece: Piece, whole: Piece, places: Sequence[tuple[int, float]], limits: Limits
) -> Piece | Fault:
    """Return a piece the way up that it prints well, or what is wrong with it.

    One that rests on the bed as the whole does stays as it is. One that lies beyond a seam across
    the print direction is free to be turned: to its other end first, then on to its floor.

    Args:
        piece: in its own frame.
        whole: what it is cut from.
        places: the seams, as (axis, mm).
        limits: its bed, and what it is held to.
    """
    first = fault(piece, whole, places, limits)
    if first is None:
        return piece
    if piece.part.up == whole.part.up or not first.turned:
        return first
    for up in TURNS:
        if up[1] != piece.part.up[1]:
            mesh = from_manifold(piece.body)
            subject = Subject(piece.part.name, mesh, up)
            lies = bed_fit(lying(mesh, up), limits.printer).fits
            if lies and next(overhang.hanging(subject, limits), None) is None:
                return Piece(replace(piece.part, up=up), piece.body)
    return first


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
        text = f"{part.name} would be {fit.sentence(limits.printer)}"
        return Fault(text, (x, y, z), turned=True)
    if part.up != whole.part.up:
        every = _all_over(mesh, part, limits)
        if not every:
            return None
        hangs = all(one.rule.startswith("overhang") for one in every)
        return Fault(_said(part, every[0]), every[0].place_mm, turned=hangs)
    for place in places:
        axis, at = place
        if low[axis] - NEAR_MM < at < high[axis] + NEAR_MM:
            found = _findings(piece.body, part, place, limits)
            if not found:
                continue
            # What the whole has in the same place is not the seam's.
            known = _findings(whole.body, part, place, limits)
            new = next((one for one in found if not any(_same(one, old) for old in known)), None)
            if new is not None:
                return Fault(_said(part, new), new.place_mm)
    return _thin(piece, whole, places, limits)


def _thin(
    piece: Piece, whole: Piece, places: Sequence[tuple[int, float]], limits: Limits
) -> Fault | None:
    """Return a thin wall beside a seam that is met only where the piece is sliced as a whole."""
    found = [
        wall.finding([one], limits)
        for one in wall.thin_places(piece.body, limits, _seen(places))
        if any(abs(one.place[axis] - at) < SEEN_MM for axis, at in places)
    ]
    if not found:
        return None
    known = [wall.finding([one], limits) for one in wall.thin_places(whole.body, limits)]
    new = next((one for one in found if not any(_same(one, old) for old in known)), None)
    return None if new is None else Fault(_said(piece.part, new), new.place_mm)


def _seen(places: Sequence[tuple[int, float]]) -> dict[int, list[Span]]:
    """Return where a slice may meet what lies beside a seam, if all are square to one axis."""
    if len({axis for axis, _ in places}) > 1:
        return {}  # a slice far from the one may go along the other
    found: dict[int, list[Span]] = {}
    for axis, at in places:
        found.setdefault(axis, []).append((at - SEEN_MM, at + SEEN_MM))
    return found


def _same(one: Finding, other: Finding) -> bool:
    return one.rule == other.rule and math.dist(one.place_mm, other.place_mm) < SAME_MM


def _near(body: "Manifold", place: tuple[int, float]) -> "Manifold":
    """Return what of a body lies near a seam."""
    from manifold3d import Manifold  # noqa: PLC0415 - heavy

    axis, at = place
    box = body.bounding_box()
    low, high = [v - 1.0 for v in box[:3]], [v + 1.0 for v in box[3:]]
    low[axis], high[axis] = max(low[axis], at - CROP_MM), min(high[axis], at + CROP_MM)
    room = Manifold.cube([b - a for a, b in zip(low, high, strict=True)]).translate(low)
    return body ^ room


def _findings(
    body: "Manifold", piece: Part, place: tuple[int, float], limits: Limits
) -> list[Finding]:
    """Return what is wrong within the reach of a seam; where it was cropped does not count."""
    axis, at = place
    near = _near(body, place)
    every = wall.thin_places(near, limits, _seen([place]))
    thin = [one for one in every if abs(one.place[axis] - at) < SEEN_MM]
    hangs = overhang.check(Subject(piece.name, from_manifold(near), piece.up), limits).findings
    return [
        *(wall.finding([one], limits) for one in thin),
        *(one for one in hangs if abs(one.place_mm[axis] - at) < SEEN_MM),
    ]


def _all_over(mesh: Mesh, piece: Part, limits: Limits) -> list[Finding]:
    subject = Subject(piece.name, mesh, piece.up)
    return [*wall.check(subject, limits).findings, *overhang.check(subject, limits).findings]


def _said(piece: Part, one: Finding) -> str:
    return f"{piece.name} would have {one.measured}; allowed: {one.allowed}"
