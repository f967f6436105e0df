"""What a seam passes through: a part's section, where it is solid, and what it resists."""

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from mounts.split.axes import Span, Way

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from manifold3d import Manifold

NEAR_MM = 0.02
STEP_MM = 0.3  # a smaller jump of a section's depth is none
SLANT_MM = 1.0  # what a rib wanders off within the reach of a joint: less is a draft or a round
DEEP_MM = 10.5  # what runs further up from the bed than a panel and its ribs is a floor or a wall


@dataclass(frozen=True)
class Stretch:
    """A part's section along a seam: from where to where it is solid, and how far up it runs.

    Args:
        low_mm: where it begins, across the seam.
        high_mm: where it ends.
        floor: it runs far up from the bed.
        steps_mm: where within it its depth changes: ribs and the like.
    """

    low_mm: float
    high_mm: float
    floor: bool
    steps_mm: tuple[float, ...] = ()

    @property
    def long_mm(self) -> float:
        """How long it is."""
        return self.high_mm - self.low_mm


def section(solid: "Manifold", way: Way, at_mm: float) -> Any:
    """Return the section of a seam, drawn across and through it, as one shapely geometry."""
    import numpy as np  # noqa: PLC0415 - heavy
    import shapely  # noqa: PLC0415 - heavy

    from mounts.verify.slices import slice_at, standing  # noqa: PLC0415 - loads the kernel

    # Standing a body on another of its sides turns the other two axes as `mounts.bed` says.
    drawn: dict[int, tuple[tuple[int, int], tuple[int, int]]] = {
        0: ((2, -1), (1, 1)),
        1: ((0, 1), (2, -1)),
        2: ((0, 1), (1, 1)),
    }
    places = {name: (k, sign) for k, (name, sign) in enumerate(drawn[way.axis])}
    columns = [places[name] for name in (way.across, way.through)]

    def turned(points: Any) -> Any:
        return np.stack([points[:, k] * sign for k, sign in columns], axis=1)

    return shapely.transform(slice_at(standing(solid, way.axis), at_mm), turned)


def stretches(shape: Any) -> list[Stretch]:
    """Return what a seam passes through, from below, neighbours of one kind as one."""
    found: list[Stretch] = []
    for low, high in pairwise(_edges(shape)):
        solid = depth_at(shape, (low + high) / 2)
        if solid < 0.05:
            continue
        own = Stretch(low, high, solid > DEEP_MM)
        last = found[-1] if found else None
        if last and last.floor == own.floor and abs(last.high_mm - low) < 0.05:
            steps = (*last.steps_mm, low) if _steps_at(shape, low) else last.steps_mm
            found[-1] = Stretch(last.low_mm, high, own.floor, steps)
        else:
            found.append(own)
    return found


def _steps_at(shape: Any, edge_mm: float) -> bool:
    """Say whether a section's depth jumps at an edge: where it is sloped it only changes."""
    below, above = (depth_at(shape, edge_mm + by) for by in (-NEAR_MM / 4, NEAR_MM / 4))
    return abs(above - below) > STEP_MM


def slanting(
    every: "Sequence[Stretch]", beside: "Sequence[Sequence[Stretch]]", reach_mm: float
) -> list[Span]:
    """Return where across a seam ribs run aslant: a lap would leave them thin, a step a sliver.

    Args:
        every: what the seam passes through.
        beside: what sections to both sides of it do, as far off as a joint reaches.
        reach_mm: what lies further off there is another rib.
    """
    found: list[Span] = []
    for one in (one for one in every if one.floor):
        there = [_nearest(one, side) for side in beside]
        off = [other.low_mm - one.low_mm for other in there]
        if all(SLANT_MM < abs(by) < reach_mm for by in off) and off[0] * off[-1] < 0:
            every_one = (one, *there)
            low, high = (min(o.low_mm for o in every_one), max(o.high_mm for o in every_one))
            found.append((low, high))
    return found


def _nearest(one: Stretch, side: "Sequence[Stretch]") -> Stretch:
    floors = (other for other in side if other.floor)
    return min(floors, key=lambda other: abs(one.low_mm - other.low_mm), default=one)


def layered(shape: Any) -> list[Span]:
    """Return where a section has something else behind its plates: only a straight cut is clean."""
    import shapely  # noqa: PLC0415 - heavy

    found: list[Span] = []
    for low, high in pairwise(_edges(shape)):
        line = shapely.LineString([((low + high) / 2, -1e4), ((low + high) / 2, 1e4)])
        runs = shapely.get_parts(shapely.intersection(shape, line))
        if sum(run.length > 0.05 for run in runs) > 1:
            if found and low - found[-1][1] < 0.05:
                found[-1] = found[-1][0], high
            else:
                found.append((low, high))
    return found


def _edges(shape: Any) -> list[float]:
    """Return where anything of a section begins, ends or turns, no two nearer than that matters.

    A mesh may have a hundred corners along one straight edge.
    """
    import shapely  # noqa: PLC0415 - heavy

    found: list[float] = []
    for edge in sorted({round(float(v), 3) for v in shapely.get_coordinates(shape)[:, 0]}):
        if not found or edge - found[-1] >= NEAR_MM:
            found.append(edge)
    return found


def depth_at(shape: Any, across_mm: float) -> float:
    """Return how much of a section is solid on a line through it, mm."""
    import shapely  # noqa: PLC0415 - heavy

    line = shapely.LineString([(across_mm, -1e4), (across_mm, 1e4)])
    return float(shapely.intersection(shape, line).length)


def bands(shape: Any, spans: "Iterable[Span]") -> Any:
    """Return what of a section lies within spans across it."""
    import shapely  # noqa: PLC0415 - heavy

    boxes = [shapely.box(low, -1e4, high, 1e4) for low, high in spans]
    return shapely.intersection(shape, shapely.union_all(boxes))


def turned(shape: Any) -> Any:
    """Return a section with its two axes changed for each other."""
    import shapely  # noqa: PLC0415 - heavy

    return shapely.transform(shape, lambda points: points[:, ::-1])


def modulus(shape: Any) -> float:
    """Return I / e of a flat shape about its own middle, bent in its first axis, mm³."""
    import shapely  # noqa: PLC0415 - heavy

    if shape.is_empty or shape.area < 1e-6:
        return 0.0
    middle = shape.centroid.x
    edges = sorted({round(float(v), 4) for v in shapely.get_coordinates(shape)[:, 0]})
    total = 0.0
    for low, high in pairwise(edges):
        depth = depth_at(shape, (low + high) / 2)
        total += depth * ((high - middle) ** 3 - (low - middle) ** 3) / 3
    return total / max(edges[-1] - middle, middle - edges[0])


def steel_modulus(shape: Any, steel_mm4: float) -> float:
    """Return what a bar across the middle of a section adds to its modulus, mm³.

    Args:
        shape: the section.
        steel_mm4: second moment of area of plastic that is as stiff as the bar.
    """
    if not steel_mm4 or shape.is_empty:
        return 0.0
    low, _, high, _ = shape.bounds
    return steel_mm4 / ((high - low) / 2)


def modulus_of_ties(ties: "Iterable[tuple[float, float]]", shape: Any) -> float:
    """Return I / e of ties at places across a section, as far out as the section reaches, mm³.

    Args:
        ties: each a place, mm, and the area of the part's own plastic that pulls as hard, mm².
        shape: the section.
    """
    held = list(ties)
    area = sum(a for _, a in held)
    if not held or shape.is_empty:
        return 0.0
    middle = sum(z * a for z, a in held) / area
    low, _, high, _ = shape.bounds
    inertia = sum(a * (z - middle) ** 2 for z, a in held)
    return inertia / max(high - middle, middle - low)
