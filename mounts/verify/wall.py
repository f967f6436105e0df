"""Walls, floors and webs too thin for the nozzle.

The body is sliced across each of its three axes. What is left of a slice when it is drawn in by
half the least wall and out again is thick enough; the rest is thin. A thin place counts only if it
is there in two slices a little apart: the tip of a ramp or the crown of a round is no wall.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from mounts.bed import STAND
from mounts.verify.findings import Finding, Outcome, Point3
from mounts.verify.limits import Limits
from mounts.verify.slices import ACROSS, slice_at, standing
from mounts.verify.subject import Subject, back

if TYPE_CHECKING:
    from manifold3d import Manifold

Span = tuple[float, float]

APART_MM = 0.6  # between the two slices that must agree
PAIRS = 36  # across each axis: enough to meet every level of a part of a few hundred facets
STEP_MM = 6.0  # between pairs where nothing changes
PLAY_MM = 0.02  # a wall as thick as the limit passes, rounding and all
LONG_MM = 1.2  # shorter thin places are corners
SHARPEST = 5.0  # mitre limit: corners down to 23 degrees are drawn out again whole


@dataclass(frozen=True)
class Thin:
    """A thin place: where, and how thick it is there, mm."""

    place: Point3
    thick_mm: float


def check(subject: Subject, limits: Limits) -> Outcome:
    """Check the thinnest wall and web."""
    if subject.solid is None:
        return Outcome(skipped=("walls and webs: the mesh is no closed body",))
    every, meant = thin_places(subject.solid, limits), getattr(subject.spec, "thinnest_mm", None)
    if meant is None:
        return Outcome((finding(every, limits),)) if every else Outcome()
    thinner = [thin for thin in every if thin.thick_mm < meant - PLAY_MM]
    notes = (f"walls down to {meant:g} mm are what it is printed to try",)
    return Outcome((finding(thinner, limits),) if thinner else (), notes=notes)


def thin_places(
    solid: "Manifold", limits: Limits, seen: Mapping[int, Sequence[Span]] | None = None
) -> list[Thin]:
    """Return every thin place of a body, in its own axes.

    Args:
        solid: the body.
        limits: how thick a wall is at least.
        seen: of an axis, where along it alone thin places are asked for, mm; all along the others.
    """
    found: list[Thin] = []
    for axis in range(3):
        turned, spans = standing(solid, axis), (seen or {}).get(axis)
        heights = [
            low
            for low in _heights(turned)
            if spans is None or any(a < low + APART_MM / 2 < b for a, b in spans)
        ]
        found += [
            Thin(back(STAND[ACROSS[axis]], thin.place), thin.thick_mm)
            for thin in _thin(turned, limits.wall_mm, heights)
        ]
    return found


def finding(every: Sequence[Thin], limits: Limits) -> Finding:
    """Say the thinnest of some thin places, and how many there are."""
    worst = min(every, key=lambda thin: (round(thin.thick_mm, 3), thin.place))
    measured = f"{worst.thick_mm:.2f} mm thick"
    if len(every) > 1:
        measured += f" and {len(every) - 1} more thin places in the slices"
    allowed = f"{limits.wall_mm:.2f} mm, two lines of a {limits.nozzle_mm:g} mm nozzle"
    cure = "make it thicker, move the holes apart, or use a finer nozzle"
    return Finding("wall.thin", worst.place, measured, allowed, cure)


def _thin(solid: "Manifold", least_mm: float, heights_mm: Sequence[float]) -> list[Thin]:
    found: list[Thin] = []
    for low in heights_mm:
        lower = _residue(slice_at(solid, low), least_mm)
        if lower.is_empty:
            continue
        upper = _residue(slice_at(solid, low + APART_MM), least_mm)
        both = lower.intersection(upper)
        found += _measured(both, low + APART_MM / 2)
    return found


def _heights(solid: "Manifold") -> list[float]:
    """Return where to slice: in every level between two changes of the body, and every so often."""
    import numpy as np  # noqa: PLC0415 - heavy

    z = np.asarray(solid.to_mesh64().vert_properties)[:, 2]
    levels, count = np.unique(np.round(z, 2), return_counts=True)
    # Levels of many vertices are faces and edges across; the others are points of a round.
    kept = sorted({float(levels[0]), float(levels[-1]), *levels[count >= 6].tolist()})
    found: list[float] = []
    for low, high in pairwise(kept):
        room = high - low
        if room < APART_MM + 0.04:
            continue
        steps = max(1, int(room // STEP_MM))
        found += [low + room * (i + 0.5) / steps - APART_MM / 2 for i in range(steps)]
    if len(found) > PAIRS:
        found = [found[round(i * (len(found) - 1) / (PAIRS - 1))] for i in range(PAIRS)]
    return found


def _residue(shape: Any, least_mm: float) -> Any:
    """Return what of a slice is thinner than the least."""
    half = least_mm / 2 - PLAY_MM / 2
    mitre = {"join_style": "mitre", "mitre_limit": SHARPEST}
    thick = shape.buffer(-half, **mitre).buffer(half + 1e-4, **mitre)
    return shape.difference(thick)


def _measured(shape: Any, height: float) -> list[Thin]:
    """Return the thin places of a geometry that are long enough to be walls."""
    import shapely  # noqa: PLC0415 - heavy

    found: list[Thin] = []
    for piece in shapely.get_parts(shape):
        if piece.geom_type != "Polygon" or piece.length < 2 * LONG_MM:
            continue
        radius = shapely.maximum_inscribed_circle(piece, tolerance=0.005)
        if radius.length < 0.02:
            continue
        x, y = radius.coords[0]
        found.append(Thin((x, y, height), 2 * radius.length))
    return found
