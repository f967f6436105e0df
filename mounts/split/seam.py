"""One seam: its line, what holds it, and how much of the part's strength that keeps.

What holds it is chosen by the place. A plate with nothing behind it gets a hinge's fingers and a
pin; where floors, walls or openings leave room on the panel's back, lugs are bolted; else dovetails
slide into each other. Floors are lapped beside any of these.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from mounts.geometry.flat import Point
from mounts.geometry.sheet import Sheet
from mounts.part import Hardware
from mounts.split import joints
from mounts.split.axes import Bed, Box, Span, Way
from mounts.split.joints import Crossing
from mounts.split.knuckles import Hinge, hinge
from mounts.split.lugs import RIB_MM, Back, Flange, flange
from mounts.split.section import (
    Stretch,
    bands,
    layered,
    modulus,
    modulus_of_ties,
    section,
    slanting,
    steel_modulus,
    stretches,
    turned,
)

if TYPE_CHECKING:
    from manifold3d import Manifold

UP = 2  # the axis that weights pull along
LEAST_KEPT = 0.05  # a joint that keeps less of the strength is none
BOLTED, HINGED = "bolted flange", "hinge with a pin"
NEAR_MM = 0.05
CROP_MM = 40.0  # further than lugs and the way to their screws reach
BROKEN_MM = 0.65  # a plate's broken edge begins a little over the bed


@dataclass(frozen=True)
class Seam:
    """One cut.

    Args:
        way: how it is drawn.
        at_mm: where, along its axis.
        path: the line, as (along the axis, across it), mm, from below to above the part.
        joints: what holds it, in words; empty if nothing does.
        kept: share of the whole's section modulus that the joint has.
        thin_mm: where nothing holds it, the thickest plate that it meets.
        adds: what is joined to the part for it.
        bores: what is cut out of all pieces for it.
        pins: what is pushed through it, in place.
        hardware: what is to buy for it.
        modulus_mm3: section modulus of what joins it, bent in the drawing's plane.
        through_mm3: the same, bent square to that plane; of bolts and pins it is not reckoned.
        sag_kept: share of the whole's section modulus against sagging, if that is not `kept`.
    """

    way: Way
    at_mm: float
    path: tuple[Point, ...]
    joints: tuple[str, ...]
    kept: float
    thin_mm: float = 0.0
    adds: tuple[Sheet, ...] = ()
    bores: tuple[Sheet, ...] = ()
    pins: tuple[Sheet, ...] = ()
    hardware: tuple[Hardware, ...] = ()
    modulus_mm3: float = 0.0
    through_mm3: float = 0.0
    sag_kept: float | None = None

    @property
    def upright_kept(self) -> float:
        """Share of the whole's section modulus against sagging."""
        return self.kept if self.sag_kept is None else self.sag_kept


@dataclass(frozen=True)
class Site:
    """What a seam is made for.

    Args:
        solid: the part.
        bed: how it lies.
        bounds: lowest and highest x, y and z of it, mm.
        kept: room that nothing may be built into.
        play_mm: each side of the cut.
        steel_mm4: second moment of area of plastic that is as stiff as the bar through it.
        plain: the part without what fills it round its seams.
    """

    solid: "Manifold"
    bed: Bed
    bounds: Box
    kept: tuple[Box, ...]
    play_mm: float
    steel_mm4: float = 0.0
    plain: "Manifold | None" = None


def seam(site: Site, axis: int, at_mm: float, blocked: Sequence[Span]) -> Seam:
    """Return the cut through a solid square to an axis.

    Args:
        site: what is cut.
        axis: what the cut is square to.
        at_mm: where along that axis.
        blocked: where across it only a straight line is clear of all else.
    """
    way = site.bed.way(axis)
    shape = section(site.solid, way, at_mm)
    every = stretches(shape)
    held = _held(site, way, at_mm, shape, every)
    taken = [*blocked, *_slanting(site, way, at_mm, every)]
    if isinstance(held, Flange):
        taken += held.spans
    elif held is not None:
        taken.append(held.span)
    # Across the print direction a hook hangs over.
    hook_mm = joints.LEDGE_MM if axis == site.bed.up else math.inf
    cut = joints.Cut(at_mm, site.play_mm, hook_mm)
    crossed = joints.crossings(cut, every, taken, _behind(shape, every))
    if isinstance(held, Hinge):
        crossed = [_with_fingers(one, held) for one in crossed]
    low, high = site.bounds[way.across]
    path = joints.joined_up(crossed, (low - 8.0, high + 8.0), at_mm, site.play_mm)
    necks = [neck for one in crossed for neck in one.necks]
    own = modulus(bands(shape, necks)) if necks else 0.0
    tied = modulus_of_ties(held.ties, shape) if held else 0.0
    # A bar lies along x, and is stiff against sagging.
    steel = steel_modulus(shape, site.steel_mm4) if (axis, way.across) == (0, 2) else 0.0
    plain = shape if site.plain is None else section(site.plain, way, at_mm)
    whole = modulus(plain) + steel
    joined = max(own, tied)
    kept = min(1.0, (joined + (steel if joined else 0.0)) / whole) if whole > 0 else 0.0
    names = {one.name for one in crossed if one.name}
    found = _made(way, at_mm, (tuple(path), names, kept, _thin(crossed, held)), held)
    through = modulus(turned(bands(shape, necks))) if necks else 0.0
    sagging = kept if UP in (way.across, way.axis) else min(1.0, through / modulus(turned(plain)))
    return replace(found, modulus_mm3=joined, through_mm3=through, sag_kept=sagging)


def _slanting(site: Site, way: Way, at_mm: float, every: Sequence[Stretch]) -> list[Span]:
    """Return where ribs run aslant through a seam: there it is straight."""
    if not any(one.floor for one in every):
        return []
    reach = joints.HALF_MM
    sides = [stretches(section(site.solid, way, at_mm + by)) for by in (-reach, reach)]
    away = joints.AWAY_MM
    return [(low - away, high + away) for low, high in slanting(every, sides, 3 * reach)]


def _made(
    way: Way,
    at_mm: float,
    drawn: tuple[tuple[Point, ...], set[str], float, float],
    held: Flange | Hinge | None,
) -> Seam:
    path, names, kept, thin = drawn
    if isinstance(held, Flange):
        words = tuple(sorted({*names, BOLTED}))
        return Seam(
            way, at_mm, path, words, kept, thin, held.sheets, held.bores, hardware=held.hardware
        )
    if isinstance(held, Hinge):
        words = tuple(sorted({*names, HINGED}))
        return Seam(way, at_mm, path, words, kept, thin, (held.pad,), (held.bore,), (held.pin,))
    return Seam(way, at_mm, path, tuple(sorted(names)), kept, thin)


def _held(
    site: Site, way: Way, at_mm: float, shape: Any, every: Sequence[Stretch]
) -> Flange | Hinge | None:
    """Return what is bolted or pinned behind the panel, where there is a panel and room."""
    if way.through != site.bed.up or not every:
        return None
    plates, level = _plates(site, shape, every)
    if not plates:
        return None
    back = Back(way, at_mm, level, site.bed.sign, _near(site, way.axis, at_mm), site.kept)
    if not any(one.floor for one in every):
        found = hinge(back, plates, site.play_mm)
        if found is not None:
            return found
    return flange(back, plates, site.play_mm)


def _near(site: Site, axis: int, at_mm: float) -> "Manifold":
    """Return what of the part lies near a seam: a hundred boxes are tried in it, a small body."""
    from manifold3d import Manifold  # noqa: PLC0415 - heavy

    low, high = ([span[end] for span in site.bounds] for end in (0, 1))
    low[axis], high[axis] = at_mm - CROP_MM, at_mm + CROP_MM
    size = [b - a + 2.0 for a, b in zip(low, high, strict=True)]
    return site.solid ^ Manifold.cube(size).translate([a - 1.0 for a in low])


def _plates(site: Site, shape: Any, every: Sequence[Stretch]) -> tuple[list[Span], float]:
    """Return where a seam passes through the plate on the bed, and where that plate ends."""
    import shapely  # noqa: PLC0415 - heavy

    low, high = site.bounds[site.bed.up]
    face, sign = (low if site.bed.sign > 0 else high), site.bed.sign
    thick: list[tuple[Span, float]] = []
    for one in every:
        edges = [] if one.floor else [one.low_mm, *one.steps_mm, one.high_mm]
        for span in pairwise(edges):
            line = shapely.LineString([(sum(span) / 2, -1e4), (sum(span) / 2, 1e4)])
            for run in shapely.get_parts(shapely.intersection(shape, line)):
                ends = sorted(sign * (y - face) for _, y in run.coords)
                if abs(ends[0]) < BROKEN_MM:
                    thick.append((span, ends[-1]))
    if not thick:
        return [], 0.0
    # What stands up a little is a rib, what stands up further has the place for itself.
    level = min(top for _, top in thick)
    spans: list[Span] = []
    for span, top in thick:
        if top > level + RIB_MM:
            continue
        if spans and abs(spans[-1][1] - span[0]) < NEAR_MM:
            spans[-1] = spans[-1][0], span[1]
        else:
            spans.append(span)
    return spans, face + sign * level


def _with_fingers(one: Crossing, held: Hinge) -> Crossing:
    low, high = held.span
    inside = low - NEAR_MM <= one.stretch.low_mm and one.stretch.high_mm <= high + NEAR_MM
    return Crossing(one.stretch, one.name, list(held.points), one.necks) if inside else one


def _behind(shape: Any, every: Sequence[Stretch]) -> list[Span]:
    """Return where plates have something else behind them, such as a rim."""
    floors = [(one.low_mm, one.high_mm) for one in every if one.floor]
    return [
        span
        for span in layered(shape)
        if not any(low <= sum(span) / 2 <= high for low, high in floors)
    ]


def _thin(crossed: Sequence[Crossing], held: Flange | Hinge | None) -> float:
    """Return the thickest plate that is too thin to be joined, mm; 0 if some is joined."""
    if held is not None or any(one.name for one in crossed):
        return 0.0
    return max((one.stretch.long_mm for one in crossed), default=0.0)
