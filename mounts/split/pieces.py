"""From a part to the pieces it is printed in, each a part with its own name and print direction."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from catalog.models import Fact, Printer, RackStandard
from mounts.assembly import device_blocks
from mounts.corrected import room_for
from mounts.geometry.flat import circle, rectangle
from mounts.geometry.grown import grown_cuts
from mounts.geometry.sheet import AXES, Body, Sheet
from mounts.geometry.vents import Perforation
from mounts.mesh import Mesh, mesh_of, solid_of
from mounts.part import Part, Room
from mounts.split import barred, sound
from mounts.split.axes import Bed, Box, Span, bed_of, share, sheet_box, with_holes
from mounts.split.cutting import AXIS, Piece, pieces_of
from mounts.split.joints import LEAST_MM
from mounts.split.knuckles import WIDE_MM
from mounts.split.larger import smallest
from mounts.split.load import bears_enough
from mounts.split.obstacles import CLEAR_MM, ZONE_MM, blocked, kept_free, nearest_mm, obstacles
from mounts.split.seam import LEAST_KEPT, Seam, Site, seam
from mounts.split.seams import BARRED_MM, Grid, Line, Task, Why, divided
from mounts.verify.limits import Limits

if TYPE_CHECKING:
    from manifold3d import Manifold

    from mounts.strength.loads import Rail

Place = tuple[int, float]  # axis, mm
TRIES, TRIES_EACH = 12, 4  # in all, and before one piece more is allowed
TRIES_ELSEWHERE = 3  # on each bed that might be named: what splits there does so in few, if at all
SUNK_MM = 0.5  # how far what fills an opening reaches into its edges
CORE_MM = WIDE_MM + 0.5  # how far a hollow beam is filled, to either side of a seam
OPEN_MM = 4.0  # from there to a hole into what stays hollow, and from that to its other end
BESIDE_MM = 1.0  # plastic left between a vent and what stands behind the panel


@dataclass(frozen=True, eq=False)
class Split:
    """A part cut for a bed: its pieces in place, or why there are none.

    Args:
        pieces: each a part in the whole's own frame; empty if it cannot be cut.
        seams: the cuts.
        whole: the part as the pieces make it up: with what joins them, without the vents that lay
            in a seam.
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
                "square_to": AXIS[one.way.axis],
                "at_mm": one.at_mm,
                "joints": list(one.joints),
                "slides_along": AXIS[one.way.through],
                "strength_kept_pct": round(100 * one.upright_kept),
                "play_mm": self.whole.calibration.press_mm,
            }
            for one in self.seams
        ]


@dataclass(frozen=True, eq=False)
class Job:
    """What is cut, and for what.

    Args:
        task: the part, its bed and its bounds.
        rooms: what its devices fill.
        limits: what the pieces are held to.
        opening_mm: between the posts of its rack, where there is one.
        bar: of steel, through all of it.
        glued: it is cut in the middle of the walls that the bar goes through.
        spec: what the part is made from, where that is known.
    """

    task: Task
    rooms: tuple[Room, ...]
    limits: Limits
    opening_mm: float | None = None
    bar: "Rail | None" = None
    glued: bool = False
    spec: Fact | None = None

    def site(self, solid: "Manifold", kept: tuple[Box, ...]) -> Site:
        """Return what a seam is made for."""
        steel = barred.as_plastic_mm4(self.bar, self.limits.material)
        plain = self.plain if self.part.spare or self.part.cores else solid
        return Site(solid, self.bed, self.task.bounds, kept, self.play_mm, steel, plain)

    @cached_property
    def plain(self) -> "Manifold":
        """The part as it is whole, without its vents: what a seam's strength is compared with."""
        needed = tuple(one for one in self.part.perforations if one.needed)
        return solid_of(replace(self.part, perforations=needed))

    @property
    def play_mm(self) -> float:
        """Between two pieces, each side of a cut: what the printer needs."""
        return self.part.calibration.press_mm

    @property
    def part(self) -> Part:
        """The part."""
        return self.task.part

    @property
    def bed(self) -> Bed:
        """How it lies."""
        return self.task.bed

    @cached_property
    def kept(self) -> tuple[Box, ...]:
        """Room that nothing may be built into."""
        return tuple(kept_free(self.part, self.rooms, self.opening_mm))


def split(part: Part, limits: Limits, spec: Fact | None = None) -> Split:
    """Cut a part that is larger than a bed into as few pieces as fit it.

    Args:
        part: what is cut.
        limits: whose bed, and what walls and overhangs of the pieces are held to.
        spec: what it was made from: its device's room is kept free of lugs and pads.
    """
    found = _tried(part, limits, spec)
    if found.pieces:
        return found

    def splits(printer: Printer) -> bool:
        other = replace(limits, printer=printer)
        return bool(_tried(part, other, spec, TRIES_ELSEWHERE).pieces)

    return replace(found, why=f"{found.why}; {smallest(part, limits.printer, splits)}")


def _tried(part: Part, limits: Limits, spec: Fact | None, tries: int = TRIES) -> Split:
    """Return a part cut at the best of places that will do, or why there are none."""
    rooms = () if spec is None else tuple((one.low, one.high) for one in device_blocks(spec))
    standard = getattr(spec, "standard", None)
    opening = standard.opening_mm if isinstance(standard, RackStandard) else None
    room = room_for(limits.printer, part.calibration, limits.material.id)
    bar = barred.bar_of(spec)
    task = Task(part, bed_of(part.up), _bounds(mesh_of(part)), room)
    job = Job(task, rooms, replace(limits, printer=room), opening, bar, spec=spec)
    found = _searched(job, tries)
    if found.pieces or bar is None:
        return found
    # Plates that no joint holds: the bar does, where a wall is cut in its middle.
    walls = replace(task, lines={barred.ALONG: Line.at_places(barred.wall_middles_mm(bar))})
    glued = _searched(replace(job, task=walls, glued=True), tries)
    return glued if glued.pieces else found


def _searched(job: Job, tries: int) -> Split:
    why, task = "", job.task
    for number in range(tries):
        grid = divided(task)
        if isinstance(grid, Why):
            why = why or grid.text
            break
        found, at_fault = _cut(replace(job, task=task), grid)
        if found.pieces:
            return found
        why = why or found.why
        more = task.fewest + 1 if number % TRIES_EACH == TRIES_EACH - 1 else task.fewest
        task = replace(task, barred=task.barred | at_fault, fewest=more)
    return Split((), (), job.part, why)


def _bounds(mesh: Mesh) -> Box:
    low, high = mesh.bounds_mm()
    return (low[0], high[0]), (low[1], high[1]), (low[2], high[2])


def _cut(job: Job, grid: Grid) -> tuple[Split, frozenset[Place]]:
    """Return a part cut at the places of a grid, and if it cannot be, places that are at fault."""
    part, places = job.part, grid.places()
    fills, cores = tuple(_fills(job, places)), tuple(_cores(part, places))
    turned = tuple(_turned(job, places))
    fills += turned
    behind = [_grown(sheet_box(sheet), BESIDE_MM) for sheet in (*cores, *turned)]
    vents = _clear_of(_kept(part.perforations, places), behind)
    open_ = replace(
        part, body=Body((*part.body.sheets, *fills), part.body.cuts), perforations=vents
    )
    cuts = (*part.body.cuts, *_opened(part, places))
    base = replace(open_, body=Body((*open_.body.sheets, *cores), cuts))
    solid = solid_of(base)
    seams: list[Seam] = []
    for axis, at in places:
        site = job.site(solid, (*job.kept, *_others(axis, places)))
        if job.glued and axis == barred.ALONG:
            seams.append(barred.glued(site, at))
        else:
            seams.append(seam(site, axis, at, _blocked(open_, job.bed, (axis, at), places)))
    weak = min(seams, key=lambda one: one.kept)
    material = job.limits.material
    if not all(bears_enough(one, part, job.spec, material) for one in seams):
        return Split((), (), part, _weak(weak)), frozenset({(weak.way.axis, weak.at_mm)})
    # Slots through a wall stay slots in both of its halves.
    for one in (one for one in seams if barred.GLUED not in one.joints):
        web = nearest_mm(obstacles(open_, one.way), one.path) - job.play_mm
        if web < job.limits.wall_mm:
            where = f"a seam at {AXIS[one.way.axis]} = {one.at_mm:g} mm"
            text = f"{where} would leave {web:.2f} mm to a hole; allowed: {job.limits.wall_mm:g} mm"
            return Split((), (), part, text), frozenset({(one.way.axis, one.at_mm)})
    whole = _with_joints(base, seams)
    body = solid_of(whole)
    pieces: list[Part] = []
    for one in pieces_of(whole, body, job.bed, seams, job.play_mm):
        good = sound.settled(one, Piece(whole, body), places, job.limits)
        if isinstance(good, sound.Fault):
            at_fault = frozenset(_at_fault(one.part, good.place_mm, places, job.bed))
            return Split((), (), part, good.text), at_fault
        pieces.append(good.part)
    return Split(tuple(pieces), tuple(seams), whole), frozenset()


def _at_fault(
    piece: Part, place_mm: tuple[float, float, float], places: Sequence[Place], bed: Bed
) -> Iterable[Place]:
    """Yield the seam next to a fault; of a piece printed upside down all up to the fault."""
    up = next((place for place in places if place[0] == bed.up), None)
    if up is not None and piece.up != f"{'+' if bed.sign > 0 else '-'}{AXIS[bed.up]}":
        low, high = sorted((up[1], place_mm[bed.up]))
        yield from ((bed.up, low + BARRED_MM * k) for k in range(int((high - low) / BARRED_MM) + 2))
        return
    yield min(places, key=lambda one: abs(place_mm[one[0]] - one[1]))


def _with_joints(base: Part, seams: Sequence[Seam]) -> Part:
    """Return a part with what its seams add to it, vents closed where something stands behind."""
    adds = [sheet for one in seams for sheet in one.adds]
    bored = [sheet for one in seams for sheet in one.bores]
    bores = grown_cuts(bored, base.calibration.hole_mm)
    boxes = [_grown(sheet_box(sheet), BESIDE_MM) for sheet in adds]
    vents = _clear_of(base.perforations, boxes)
    return replace(
        base,
        body=Body((*base.body.sheets, *adds), (*base.body.cuts, *bores)),
        perforations=vents,
        hardware=(*base.hardware, *(row for one in seams for row in one.hardware)),
    )


def _clear_of(groups: Sequence[Perforation], boxes: Sequence[Box]) -> tuple[Perforation, ...]:
    """Return perforations without the vents that would end in something."""
    return with_holes(
        groups, lambda group, box: group.needed or not any(share(box, one) for one in boxes)
    )


def _grown(box: Box, by_mm: float) -> Box:
    x, y, z = ((low - by_mm, high + by_mm) for low, high in box)
    return x, y, z


def _fills(job: Job, places: Iterable[tuple[int, float]]) -> Iterable[Sheet]:
    """Yield what fills the spare room round each seam."""
    plane = job.bed.plane
    first, second, third = AXES[plane]
    for axis, at in places:
        for low, high in job.part.spare:
            a, b = max(low[axis], at - WIDE_MM - 0.5), min(high[axis], at + WIDE_MM + 0.5)
            if axis == job.bed.up or b - a < ZONE_MM or not low[axis] < at < high[axis]:
                continue
            spans = [(p, q) for p, q in zip(low, high, strict=True)]
            spans[axis] = a, b
            yield Sheet(
                plane,
                rectangle((spans[first][0], spans[second][0]), (spans[first][1], spans[second][1])),
                *spans[third],
            )


def _turned(job: Job, places: Iterable[Place]) -> Iterable[Sheet]:
    """Yield what lets a piece beyond a seam across the print direction print from its other end."""
    up, sign = job.bed.up, job.bed.sign
    for at in (at for axis, at in places if axis == up):
        for sheet in job.part.turned:
            low, high = sheet_box(sheet)[up]
            if low > at if sign > 0 else high < at:
                yield sheet


def _cores(part: Part, places: Iterable[tuple[int, float]]) -> Iterable[Sheet]:
    """Yield what fills a part's hollow beams round each seam, to their ends if those are near."""
    for axis, at in places:
        for core in (one.filled for one in part.cores if AXES[one.filled.plane][2] == axis):
            low, high = core.start_mm, core.end_mm
            a = at - CORE_MM if at - CORE_MM - low > 2 * OPEN_MM else low
            b = at + CORE_MM if high - at - CORE_MM > 2 * OPEN_MM else high
            if b - a >= ZONE_MM and core.start_mm < at < core.end_mm:
                yield replace(core, start_mm=a, end_mm=b)


def _opened(part: Part, places: Sequence[tuple[int, float]]) -> Iterable[Sheet]:
    """Yield holes into what a filling leaves hollow, each side of a seam, clear of the others."""
    for core in part.cores:
        along = AXES[core.filled.plane][2]
        own = [at for axis, at in places if axis == along]
        low, high = core.filled.start_mm + OPEN_MM, core.filled.end_mm - OPEN_MM
        for x in (at + side * (CORE_MM + OPEN_MM) for at in own for side in (-1, 1)):
            if low < x < high and all(abs(x - at) > CORE_MM for at in own):
                y, across = core.hole_mm
                yield Sheet("xy", circle((x, y), across), *core.floor_mm)


def _others(axis: int, places: Iterable[tuple[int, float]]) -> Iterable[Box]:
    """Yield the room of the other seams."""
    for other, at in places:
        if other != axis:
            spans: list[Span] = [(-1e4, 1e4)] * 3
            spans[other] = at - ZONE_MM, at + ZONE_MM
            yield spans[0], spans[1], spans[2]


def _blocked(
    base: Part, bed: Bed, place: tuple[int, float], places: Iterable[tuple[int, float]]
) -> list[Span]:
    """Return where across a seam only a straight cut is clear of everything, other seams too."""
    axis, at = place
    way = bed.way(axis)
    found = blocked(obstacles(base, way), at)
    return found + [(x - ZONE_MM, x + ZONE_MM) for other, x in places if other == way.across]


def _weak(one: Seam) -> str:
    where = f"at {AXIS[one.way.axis]} = {one.at_mm:g} mm"
    if one.joints:
        kept = f"{100 * one.kept:.1f} % of the strength"
        return f"a joint {where} would keep {kept}, less than {100 * LEAST_KEPT:.0f} %"
    if one.thin_mm >= LEAST_MM:
        return f"{where} holes within {ZONE_MM:g} mm leave room for a straight cut only"
    short = f"{LEAST_MM - one.thin_mm:.1f} mm too little for a dovetail"
    return f"{where} the plates are {one.thin_mm:.1f} mm, {short}, and no floor takes a lap"


def _kept(
    groups: Sequence[Perforation], places: Sequence[tuple[int, float]]
) -> tuple[Perforation, ...]:
    """Return perforations without the holes that a joint would meet."""
    away = ZONE_MM - CLEAR_MM / 2

    def stays(group: Perforation, box: Box) -> bool:
        return group.needed or all(
            box[axis][1] <= at - away or box[axis][0] >= at + away for axis, at in places
        )

    return with_holes(groups, stays)


def assembled(found: Split) -> tuple[Mesh, ...]:
    """Return the pieces' meshes where they stand in the whole."""
    return tuple(mesh_of(one) for one in found.pieces)
