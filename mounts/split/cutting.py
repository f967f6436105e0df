"""From seams to pieces: what is taken away for each, and the pins that join them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, product
from typing import TYPE_CHECKING, Any, get_args

from mounts.geometry.flat import Loop, polygon, rectangle
from mounts.geometry.sheet import AXES, Body, Sheet
from mounts.mesh import NEEDLE_MM, solid_of
from mounts.part import Part, Up
from mounts.split.axes import Bed, Box, Span, with_holes
from mounts.split.seam import Seam

if TYPE_CHECKING:
    from manifold3d import Manifold

PAST_MM = 4.0  # how far a cut runs past the part
SIDES = {
    0: {2: ("left", "right"), 3: ("left", "middle", "right")},
    1: {2: ("front", "rear"), 3: ("front", "centre", "rear")},
    2: {2: ("lower", "upper"), 3: ("lower", "centre", "upper")},
}
AXIS = "xyz"
CRUMB_MM3 = 20.0  # what two joints leave where they cross falls off: it is cut away
AROUND_MM = 0.05
ROUND_MM = 1e-6


@dataclass(frozen=True)
class Field:
    """One field between the seams.

    Args:
        cuts: what is taken away from the whole.
        room: from where to where it reaches along each axis, mm.
        word: what it is called.
        up: its print direction.
    """

    cuts: tuple[Sheet, ...]
    room: Box
    word: str
    up: Up


@dataclass(frozen=True, eq=False)
class Piece:
    """A piece and its body."""

    part: Part
    body: "Manifold"


def pieces_of(
    whole: Part, body: "Manifold", bed: Bed, seams: Sequence[Seam], play_mm: float
) -> list[Piece]:
    """Return a piece for each field between the seams, and the seams' pins.

    Where a field holds bodies that do not hang together, such as the strips over and under a
    window, each is a piece.

    Args:
        whole: what is cut.
        body: its body.
        bed: how it lies.
        seams: where it is cut.
        play_mm: each side of a cut.
    """
    from manifold3d import Manifold, OpType  # noqa: PLC0415 - heavy

    from mounts.geometry.facets import faceted  # noqa: PLC0415 - heavy

    found: list[Piece] = []
    for field in _fields(whole, bed, _bounds(body), seams, play_mm):
        cut = Manifold.batch_boolean([body, *map(faceted, field.cuts)], OpType.Subtract)
        bodies = cut.simplify(NEEDLE_MM).decompose()
        crumbs = [one for one in bodies if 0.0 < one.volume() < CRUMB_MM3]  # less: a closed room
        clean = replace(field, cuts=(*field.cuts, *map(_round, crumbs)))
        large = [one for one in bodies if one.volume() >= CRUMB_MM3]
        if len(large) == 1:
            found.append(Piece(_piece(whole, clean), large[0]))
        elif large:
            found += _apart(whole, bed, clean, large)
    pins = [sheet for one in seams for sheet in one.pins]
    for k, sheet in enumerate(pins):
        pin = _pin(whole, sheet, "pin" if len(pins) == 1 else f"pin-{k + 1}")
        found.append(Piece(pin, solid_of(pin)))
    return found


def _bounds(body: "Manifold") -> Box:
    return _span(body, 0), _span(body, 1), _span(body, 2)


def _fields(
    whole: Part, bed: Bed, bounds: Box, seams: Sequence[Seam], play_mm: float
) -> Iterator[Field]:
    by_axis = {
        axis: sorted((one for one in seams if one.way.axis == axis), key=lambda one: one.at_mm)
        for axis in (*bed.sides, bed.up)
    }
    sides = {id(one): _sides(one, bounds, play_mm) for one in seams}
    for place in product(*(range(len(own) + 1) for own in by_axis.values())):
        cuts: list[Sheet] = []
        room = list(bounds)
        words: list[str] = []
        for (axis, own), index in zip(by_axis.items(), place, strict=True):
            if index > 0:
                cuts.append(sides[id(own[index - 1])][0])
            if index < len(own):
                cuts.append(sides[id(own[index])][1])
            ends = bounds[axis][0], *(one.at_mm for one in own), bounds[axis][1]
            room[axis] = ends[index], ends[index + 1]
            words.append(_word(axis, len(own) + 1, index))
        # What lies beyond a seam across the print direction is printed from its other end.
        beyond = place[2] == (1 if bed.sign > 0 else 0) and bool(by_axis[bed.up])
        word = "-".join(word for word in words if word)
        yield Field(
            tuple(cuts),
            (room[0], room[1], room[2]),
            word,
            _turned(whole.up) if beyond else whole.up,
        )


def _turned(up: Up) -> Up:
    """Return the opposite direction."""
    return next(one for one in get_args(Up) if one[1] == up[1] and one != up)


def _piece(whole: Part, field: Field) -> Part:
    return replace(
        whole,
        name=f"{whole.name}-{field.word}",
        body=Body(whole.body.sheets, (*whole.body.cuts, *field.cuts)),
        up=field.up,
        perforations=with_holes(whole.perforations, lambda _, box: _within(field.room, box)),
        hardware=(),
        panel=None,
        notes=(f"{field.word} piece of {whole.name}",),
        piece=field.word,
        spare=(),
        cores=(),
        turned=(),
    )


def _apart(whole: Part, bed: Bed, field: Field, bodies: "Sequence[Manifold]") -> list[Piece]:
    """Return the bodies of a field as pieces, if planes across one axis part them; else as one."""
    from manifold3d import Manifold, OpType  # noqa: PLC0415 - heavy

    for axis in reversed(bed.sides):
        ranked = sorted(bodies, key=lambda body: _span(body, axis))
        spans = [_span(body, axis) for body in ranked]
        if all(a[1] < b[0] - 0.1 for a, b in pairwise(spans)):
            cuts = [(a[1] + b[0]) / 2 for a, b in pairwise(spans)]
            ends = (field.room[axis][0] - PAST_MM, *cuts, field.room[axis][1] + PAST_MM)
            return [
                Piece(_piece(whole, _slab(bed, field, axis, (k, ends), len(spans))), body)
                for k, body in enumerate(ranked)
            ]
    return [Piece(_piece(whole, field), Manifold.batch_boolean(list(bodies), OpType.Add))]


def _slab(
    bed: Bed, field: Field, axis: int, cut: tuple[int, tuple[float, ...]], many: int
) -> Field:
    """Return a field between two planes."""
    index, ends = cut
    word = _word(axis, many, index)
    cuts: list[Sheet] = []
    for low, high in ((ends[0] - PAST_MM, ends[index]), (ends[index + 1], ends[-1] + PAST_MM)):
        if high - low > PAST_MM + 1e-6:
            cuts.append(_box_sheet(bed, field, axis, (low, high)))
    room = list(field.room)
    room[axis] = ends[index], ends[index + 1]
    return Field(
        (*field.cuts, *cuts), (room[0], room[1], room[2]), f"{field.word}-{word}", field.up
    )


def _box_sheet(bed: Bed, field: Field, axis: int, span: Span) -> Sheet:
    first, second, third = AXES[bed.plane]
    spans = {k: (field.room[k][0] - 4 * PAST_MM, field.room[k][1] + 4 * PAST_MM) for k in range(3)}
    spans[axis] = span
    low, high = (spans[first][0], spans[second][0]), (spans[first][1], spans[second][1])
    return Sheet(bed.plane, rectangle(low, high), *spans[third])


def _span(body: "Manifold", axis: int) -> Span:
    box = body.bounding_box()
    return float(box[axis]), float(box[axis + 3])


def _round(body: "Manifold") -> Sheet:
    """Return a box round a body."""
    x0, y0, z0, x1, y1, z1 = (float(v) for v in body.bounding_box())
    low, high = (x0 - AROUND_MM, z0 - AROUND_MM), (x1 + AROUND_MM, z1 + AROUND_MM)
    return Sheet("xz", rectangle(low, high), y0 - AROUND_MM, y1 + AROUND_MM)


def _pin(whole: Part, sheet: Sheet, word: str) -> Part:
    return replace(
        whole,
        name=f"{whole.name}-{word}",
        body=Body((sheet,)),
        perforations=(),
        hardware=(),
        panel=None,
        notes=(f"pushed through the hinge of {whole.name}; a rod of 5 mm does as well",),
        piece=word,
        spare=(),
        cores=(),
        turned=(),
    )


def _word(axis: int, many: int, index: int) -> str:
    if many == 1:
        return ""
    return SIDES[axis][many][index] if many in SIDES[axis] else f"{AXIS[axis]}{index + 1}"


def _sides(one: Seam, bounds: Box, play_mm: float) -> tuple[Sheet, Sheet]:
    """Return what is cut away from the piece above a seam, and from the one below it."""
    import shapely  # noqa: PLC0415 - heavy

    way = one.way
    along, across = bounds[way.axis], bounds[way.across]
    room = shapely.box(
        along[0] - PAST_MM, across[0] - PAST_MM, along[1] + PAST_MM, across[1] + PAST_MM
    )
    band = shapely.LineString(one.path).buffer(
        play_mm, cap_style="flat", join_style="mitre", mitre_limit=10
    )
    parts = shapely.get_parts(shapely.difference(room, band))
    parts = sorted(parts, key=lambda shape: shape.bounds[0])
    below, above = parts[0], parts[-1]
    ends = bounds[way.through][0] - PAST_MM, bounds[way.through][1] + PAST_MM
    swapped = AXES[way.plane][0] != way.axis
    drawn = [shapely.difference(room, keep) for keep in (above, below)]
    sheets = [Sheet(way.plane, _loop(shape, swapped), *ends) for shape in drawn]
    return sheets[0], sheets[1]


def _loop(shape: Any, swapped: bool) -> Loop:
    points = [(float(u), float(v)) for u, v in shape.exterior.coords[:-1]]
    return polygon([(v, u) for u, v in points] if swapped else points)


def _within(room: Box, box: Box) -> bool:
    """Say whether the middle of a hole lies in a piece's room; on a seam it lies in both."""
    middles = [(low + high) / 2 for low, high in box]
    return all(
        low - ROUND_MM <= at <= high + ROUND_MM
        for (low, high), at in zip(room, middles, strict=True)
    )
