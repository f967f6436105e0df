"""From a part to the pieces it is printed in, each a part with its own name and print direction."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import TYPE_CHECKING, Any

from mounts.corrected import room_for
from mounts.geometry.flat import Loop, polygon
from mounts.geometry.sheet import AXES, Body, Sheet
from mounts.geometry.vents import Perforation
from mounts.mesh import Mesh, from_manifold, mesh_of, solid_of
from mounts.part import Part
from mounts.split import sound
from mounts.split.axes import Bed, Span, bed_of, perforation_spans
from mounts.split.joints import LEAST_KEPT, LEAST_MM, Seam, seam
from mounts.split.seams import CLEAR_MM, ZONE_MM, Grid, Task, Why, divided
from mounts.verify.limits import Limits

if TYPE_CHECKING:
    from manifold3d import Manifold

TRIES = 6
PAST_MM = 4.0  # how far a cut runs past the part
SIDES = {
    0: {2: ("left", "right"), 3: ("left", "middle", "right")},
    1: {2: ("front", "rear"), 3: ("front", "centre", "rear")},
    2: {2: ("lower", "upper"), 3: ("lower", "centre", "upper")},
}
AXIS = "xyz"


@dataclass(frozen=True, eq=False)
class Split:
    """A part cut for a bed: its pieces in place, or why there are none.

    Args:
        pieces: each a part in the whole's own frame; empty if it cannot be cut.
        seams: the cuts.
        whole: the part as the pieces make it up: without the vents that lay in a seam.
        why: what is in the way.
    """

    pieces: tuple[Part, ...]
    seams: tuple[Seam, ...]
    whole: Part
    why: str = ""

    def record(self) -> list[dict[str, Any]]:
        """Return the seams as plain data."""
        return [
            {
                "square_to": AXIS[one.axis],
                "at_mm": one.at_mm,
                "joints": list(one.joints),
                "strength_kept_pct": round(100 * one.kept),
                "play_mm": self.whole.calibration.press_mm,
            }
            for one in self.seams
        ]


def split(part: Part, limits: Limits) -> Split:
    """Cut a part that is larger than a bed into as few pieces as fit it.

    Args:
        part: what is cut.
        limits: whose bed, and what walls and overhangs of the pieces are held to.
    """
    printer = room_for(limits.printer, part.calibration, limits.material.id)
    solid = solid_of(part)
    mesh, bed = from_manifold(solid), bed_of(part)
    low, high = mesh.bounds_mm()
    bounds = (low[0], high[0]), (low[1], high[1]), (low[2], high[2])
    task = Task(part, bed, bounds, printer)
    first = ""
    for _ in range(TRIES):
        grid = divided(task)
        if isinstance(grid, Why):
            return Split((), (), part, first or grid.text)
        found = _cut(task, solid, grid, limits)
        if found.pieces:
            return found
        first = first or found.why
        places = _places(bed, grid)
        task = replace(task, barred=task.barred | frozenset(places))
    return Split((), (), part, first)


def _places(bed: Bed, grid: Grid) -> list[tuple[int, float]]:
    first, second = bed.sides
    return [*((first, at) for at in grid.first), *((second, at) for at in grid.second)]


def _cut(task: Task, solid: "Manifold", grid: Grid, limits: Limits) -> Split:
    part, bed, bounds = task.part, task.bed, task.bounds
    places = _places(bed, grid)
    whole = replace(part, perforations=tuple(_kept(part.perforations, places)))
    closed = solid_of(whole) if whole.perforations != part.perforations else solid
    seams: list[Seam] = []
    for axis, at in places:
        low, high = bounds[bed.across(axis)]
        seams.append(seam(closed, bed, axis, at, (low - 2 * PAST_MM, high + 2 * PAST_MM)))
    weak = next((one for one in seams if one.kept < LEAST_KEPT), None)
    if weak is not None:
        return Split((), (), part, _weak(weak))
    pieces = _pieces(whole, bed, bounds, seams)
    known = sound.rules(whole, limits)
    for one in pieces:
        why = sound.fault(one, limits, known)
        if why:
            return Split((), (), part, why)
    return Split(pieces, tuple(seams), whole)


def _weak(one: Seam) -> str:
    where = f"at {AXIS[one.axis]} = {one.at_mm:g} mm"
    if one.joints:
        kept = f"{100 * one.kept:.1f} % of the strength"
        return f"a joint {where} would keep {kept}, less than {100 * LEAST_KEPT:.0f} %"
    short = f"{LEAST_MM - one.thin_mm:.1f} mm too little for a dovetail"
    return f"{where} the plates are {one.thin_mm:.1f} mm, {short}, and no floor takes a lap"


def _pieces(
    whole: Part, bed: Bed, bounds: tuple[Span, Span, Span], seams: Sequence[Seam]
) -> tuple[Part, ...]:
    """Return a piece for each field between the seams."""
    by_axis = {
        axis: sorted((one for one in seams if one.axis == axis), key=lambda one: one.at_mm)
        for axis in bed.sides
    }
    sides = {
        (axis, index): _sides(one, bed, bounds)
        for axis, own in by_axis.items()
        for index, one in enumerate(own)
    }
    first, second = bed.sides
    found: list[Part] = []
    for column, row in product(range(len(by_axis[first]) + 1), range(len(by_axis[second]) + 1)):
        cuts: list[Sheet] = []
        room: dict[int, Span] = {}
        for axis, index in ((first, column), (second, row)):
            own = by_axis[axis]
            if index > 0:
                cuts.append(sides[axis, index - 1][0])
            if index < len(own):
                cuts.append(sides[axis, index][1])
            ends = (bounds[axis][0], *(one.at_mm for one in own), bounds[axis][1])
            room[axis] = ends[index], ends[index + 1]
        words = [_word(first, len(by_axis[first]) + 1, column)]
        words.append(_word(second, len(by_axis[second]) + 1, row))
        found.append(_piece(whole, cuts, room, "-".join(word for word in words if word)))
    return tuple(found)


def _piece(whole: Part, cuts: Sequence[Sheet], room: dict[int, Span], word: str) -> Part:
    groups = (_within(group, room) for group in whole.perforations)
    return replace(
        whole,
        name=f"{whole.name}-{word}",
        body=Body(whole.body.sheets, tuple(cuts)),
        perforations=tuple(group for group in groups if group.centers),
        hardware=(),
        panel=None,
        notes=(f"{word} piece of {whole.name}",),
        piece=word,
    )


def _word(axis: int, many: int, index: int) -> str:
    if many == 1:
        return ""
    return SIDES[axis][many][index] if many in SIDES[axis] else f"{AXIS[axis]}{index + 1}"


def _sides(one: Seam, bed: Bed, bounds: tuple[Span, Span, Span]) -> tuple[Sheet, Sheet]:
    """Return what is cut away from the piece above a seam, and from the one below it."""
    import shapely  # noqa: PLC0415 - heavy

    along, across = bounds[one.axis], bounds[bed.across(one.axis)]
    room = shapely.box(
        along[0] - PAST_MM, across[0] - PAST_MM, along[1] + PAST_MM, across[1] + PAST_MM
    )
    band = shapely.LineString(one.path).buffer(
        bed.play_mm, cap_style="flat", join_style="mitre", mitre_limit=10
    )
    parts = shapely.get_parts(shapely.difference(room, band))
    parts = sorted(parts, key=lambda shape: shape.bounds[0])
    below, above = parts[0], parts[-1]
    ends = bounds[bed.up][0] - PAST_MM, bounds[bed.up][1] + PAST_MM
    swapped = AXES[bed.plane][0] != one.axis
    drawn = [shapely.difference(room, keep) for keep in (above, below)]
    sheets = [Sheet(bed.plane, _loop(shape, swapped), *ends) for shape in drawn]
    return sheets[0], sheets[1]


def _loop(shape: Any, swapped: bool) -> Loop:
    points = [(float(u), float(v)) for u, v in shape.exterior.coords[:-1]]
    return polygon([(v, u) for u, v in points] if swapped else points)


def _kept(groups: Sequence[Perforation], places: Sequence[tuple[int, float]]) -> list[Perforation]:
    """Return perforations without the holes that a joint would meet."""
    found: list[Perforation] = []
    for group in groups:
        clear = [True] * len(group.centers)
        for axis, at in places:
            spans = list(perforation_spans(group, axis))
            clear = [
                ok and (high <= at - ZONE_MM + CLEAR_MM / 2 or low >= at + ZONE_MM - CLEAR_MM / 2)
                for ok, (low, high) in zip(clear, spans, strict=True)
            ]
        centers = tuple(c for c, ok in zip(group.centers, clear, strict=True) if ok)
        found += [replace(group, centers=centers)] if centers else []
    return found


def _within(group: Perforation, room: dict[int, Span]) -> Perforation:
    """Return the holes of a perforation that lie in a piece."""
    clear = [True] * len(group.centers)
    for axis, (low, high) in room.items():
        spans = list(perforation_spans(group, axis))
        clear = [ok and low <= (a + b) / 2 <= high for ok, (a, b) in zip(clear, spans, strict=True)]
    return replace(
        group, centers=tuple(c for c, ok in zip(group.centers, clear, strict=True) if ok)
    )


def assembled(found: Split) -> tuple[Mesh, ...]:
    """Return the pieces' meshes where they stand in the whole."""
    return tuple(mesh_of(one) for one in found.pieces)
