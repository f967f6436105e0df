"""A sled's way out of its frame: free with the catch pressed, held with it not."""

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from mounts.assembly import (
    Matrix,
    blocks_solid,
    device_blocks,
    frame_matrices,
    moved,
    sled_matrix,
)
from mounts.mesh import solid_of
from mounts.parts.frame_spec import FrameSpec
from mounts.parts.latch import (
    BUMP_Y_MM,
    CLIP_MM,
    CLIP_PULL_MM,
    CLIP_TRAVEL_MM,
    FACE_MM,
    SIDE_PULL_MM,
    SLIT_MM,
)
from mounts.parts.sled_sides import STIFFENER_MM
from mounts.parts.sled_spec import SledSpec
from mounts.verify.findings import Finding, Outcome, Point3
from mounts.verify.latches import pinched, stiff
from mounts.verify.limits import CONTACT_MM3, Limits
from mounts.verify.shapes import block, shared
from mounts.verify.subject import Subject, part_from

if TYPE_CHECKING:
    from manifold3d import Manifold

FAR_MM = 1000.0
LEVELS = 60  # most steps of the swept body
SPRING_SPARE_MM = 0.3  # the spring does not close its slit to the last


def check(subject: Subject, limits: Limits) -> Outcome:  # noqa: ARG001 - every group's signature
    """Check the way of every sled of a frame, rear row and all, or of one sled in its frame."""
    spec = subject.spec
    if not isinstance(spec, SledSpec) or (isinstance(spec, FrameSpec) and spec.piece != "frame"):
        return Outcome(idle=True)
    if subject.framed is None:
        return Outcome(skipped=("the sled's way out: the mesh is no closed body",))
    if isinstance(spec, FrameSpec):
        frame, frame_spec = subject.framed, spec
        sleds = [(solid_of(part_from("sled", one)), one) for one in spec.kinds]
    else:
        sleds = [(subject.framed, spec)]
        frame_spec = FrameSpec(**{k: getattr(spec, k) for k in SledSpec.model_fields}, count=1)
        frame = solid_of(part_from("frame", frame_spec))
    return Outcome(tuple(_judged(subject, frame, frame_spec, sleds)))


def _judged(
    subject: Subject, frame: "Manifold", spec: FrameSpec, sleds: "list[tuple[Manifold, SledSpec]]"
) -> list[Finding]:
    bodies = [body + blocks_solid(device_blocks(alone)) for body, alone in sleds]
    ways = [swept(pressed(body, alone), alone) for body, alone in sleds]
    found: list[Finding] = [*_rows(frame, spec, bodies), *_neighbours(spec, bodies, ways)]
    for place in frame_matrices(spec)[1:]:
        frame += moved(frame, place)
    for index, one in enumerate(spec.stands):
        place, (body, alone) = sled_matrix(spec, index), sleds[one.kind]
        whole = moved(body, place)
        volume, at = shared(frame, whole)
        if volume > CONTACT_MM3:
            cure = "shorten the catch, or give the sled more play"
            found.append(_finding("sweep.seated", index, volume, at, cure))
        volume, at = shared(frame, moved(ways[one.kind], place))
        if volume > CONTACT_MM3:
            cure = "take away what stands in the sled's way, or shorten the catch"
            found.append(_finding("sweep.path", index, volume, at, cure))
        pull = CLIP_PULL_MM if alone.latch == "front" else SIDE_PULL_MM
        out = -pull if one.row == 0 else pull  # the rear row comes out to the rear
        volume, at = shared(frame, whole.translate((0.0, out, 0.0)))
        if volume <= CONTACT_MM3:
            x, y, z = (row[3] for row in place)
            cure = "lengthen the catch, or cut its slot where the catch is"
            what = f"sled {index + 1} comes out unpressed"
            at = (x, y, z)
            found.append(Finding("sweep.catch", at, what, "held by its catch", cure))
    own = isinstance(subject.spec, FrameSpec)
    latch = [] if own else _latch(*sleds[0])
    return [
        *(_placed(f, subject, own, spec) for f in found),
        *(replace(f, place_mm=subject.from_rack(f.place_mm)) for f in latch),
    ]


def _latch(body: "Manifold", alone: SledSpec) -> list[Finding]:
    """Find a latch that does not give way."""
    return stiff(body, alone) + pinched(body, pressed(body, alone), alone)


def _rows(frame: "Manifold", spec: FrameSpec, bodies: "list[Manifold]") -> list[Finding]:
    """Find a front row that reaches into the rear one, its sleds and boards in place."""
    if spec.rows == 1:
        return []
    fronts = enumerate(spec.stands[: spec.sleds])
    ends = [moved(bodies[s.kind], sled_matrix(spec, i)).bounding_box()[4] for i, s in fronts]
    reach = max(frame.bounding_box()[4], *ends)
    room = spec.deep_mm - reach  # the rear row is the front one, turned about
    if reach <= room:
        return []
    measured = f"rows reach {reach:.1f} mm behind each panel"
    allowed = f"{spec.deep_mm / 2:.1f} mm, half of what is between the posts"
    cure = "more between the posts (between_mm), or one row"
    return [Finding("sweep.rows", (0.0, reach, 0.0), measured, allowed, cure)]


def _neighbours(spec: FrameSpec, bodies: "list[Manifold]", ways: "list[Manifold]") -> list[Finding]:
    """Find a sled that meets the next one with its board, in its place or on its way out.

    Args:
        spec: the frame.
        bodies: of each kind a sled with its board, in its own frame.
        ways: the room that each kind passes through.
    """
    fields = {k: getattr(spec, k) for k in FrameSpec.model_fields if k != "count"}
    many = spec if spec.beside else FrameSpec(**fields)  # a frame may be asked to hold one only
    (a, b, c), (x, y, z) = (_middle(sled_matrix(one, 0)) for one in (spec, many))
    found: list[Finding] = []
    for one, other, where in _pairs(many):
        here, there = sled_matrix(many, one), sled_matrix(many, other)
        kind, kin = many.stands[one].kind, many.stands[other].kind
        still = moved(bodies[kind], here), moved(bodies[kin], there)
        volume, at = max(
            shared(*still),
            shared(moved(ways[kind], here), still[1]),
            shared(still[0], moved(ways[kin], there)),
        )
        if volume > CONTACT_MM3:
            at = (at[0] + a - x, at[1] + b - y, at[2] + c - z)
            measured = f"{volume:.2f} mm³ shared with the sled {where} it"
            cure = "keep a sled and what it passes on its way out within its own bay"
            found.append(Finding("sweep.neighbour", at, measured, "0 mm³", cure))
    return found


def _middle(place: Matrix) -> Point3:
    x, y, z = (row[3] for row in place)
    return x, y, z


def _pairs(spec: FrameSpec) -> list[tuple[int, int, str]]:
    """Return the sleds of a row that stand beside or over one another, each case once."""
    bays, row = spec.bays, list(enumerate(spec.stands[: spec.sleds]))
    number = {bay.left_mm: index for index, bay in enumerate(bays)}
    at = {(number[one.bay.left_mm], one.layer): index for index, one in row}
    found: dict[tuple[int, ...], tuple[int, int, str]] = {}
    for (bay, layer), index in at.items():
        over = at.get((bay, layer + 1))
        if over is not None:
            found.setdefault((bays[bay].kind,), (index, over, "over"))
        for (other, high), beside in at.items():
            if other == bay + 1:
                alike = bays[bay].kind == bays[other].kind
                case = (bays[bay].kind, bays[other].kind, *((0, 0) if alike else (layer, high)))
                if alike and layer != high:
                    continue
                found.setdefault(case, (index, beside, "beside"))
    return list(found.values())


def _finding(rule: str, index: int, volume: float, at: Point3, cure: str) -> Finding:
    measured = f"sled {index + 1}: {volume:.2f} mm³ shared with the frame"
    return Finding(rule, at, measured, "0 mm³", cure)


def _placed(finding: Finding, subject: Subject, own: bool, spec: FrameSpec) -> Finding:
    """Return a finding with its place in the axes of the file that was read."""
    from mounts.verify.subject import back  # noqa: PLC0415 - beside its only use

    at = finding.place_mm if own else back(sled_matrix(spec, 0), finding.place_mm)
    return replace(finding, place_mm=subject.from_rack(at))


def pressed(sled: "Manifold", spec: SledSpec) -> "Manifold":
    """Return a sled whose spring is pressed as far as its slit lets the catch go, or its clip."""
    if spec.latch == "front":
        return _clip_pressed(sled, spec)
    left, (_, root) = -spec.plate_across_mm / 2, spec.spring_mm
    share = (BUMP_Y_MM + FACE_MM) / (root + FACE_MM)
    travel = SLIT_MM[1] + (SLIT_MM[0] - SLIT_MM[1]) * share - SPRING_SPARE_MM
    low, high = -1.0, spec.plate_mm + 0.3
    beyond = block((left - FAR_MM, -FACE_MM, low), (left, root, high))
    # Only what stands out is moved: the spring itself goes into its slit, where nothing else is.
    return (sled - beyond) + (sled ^ beyond).translate((travel, 0.0, 0.0))


def _clip_pressed(sled: "Manifold", spec: SledSpec) -> "Manifold":
    assert spec.clip is not None, "a spec without room for a clip is refused when made"
    hand, half = spec.clip_hand, spec.plate_across_mm / 2
    # Of the clip, what goes into the frame; the bar under it keeps its place.
    ends = sorted((hand * (half - CLIP_MM), hand * (half + FAR_MM)))
    low, high = spec.plate_mm + STIFFENER_MM + 0.01, spec.clip.top_mm + 0.01
    beyond = block((ends[0], -FACE_MM, low), (ends[1], spec.clip.end_mm + 0.01, high))
    return (sled - beyond) + (sled ^ beyond).translate((-hand * CLIP_TRAVEL_MM, 0.0, 0.0))


def swept(sled: "Manifold", spec: SledSpec) -> "Manifold":
    """Return the room a sled and its board pass through on the way out, along -y.

    At any y, all that lay behind it passes: the outline of the rest, seen from the front.
    """
    from manifold3d import CrossSection, Manifold, OpType  # noqa: PLC0415 - heavy

    away: Matrix = ((1, 0, 0, 0), (0, 0, 1, 0), (0, -1, 0, 0))
    body = sled + blocks_solid(device_blocks(spec))
    levels = _levels(body)
    slabs: list[Manifold] = []
    for start, end in pairwise(levels):
        rest = body.trim_by_plane((0.0, 1.0, 0.0), start + 1e-4)
        # Seen along y: (x, y, z) to (x, z, -y).
        seen = moved(rest, away).project()
        slab = Manifold.extrude(CrossSection(seen.to_polygons()), end - start)
        slabs.append(moved(slab, ((1, 0, 0, 0), (0, 0, -1, end), (0, 1, 0, 0))))
    return Manifold.batch_boolean(slabs, OpType.Add)


def _levels(body: "Manifold") -> list[float]:
    """Return the y at which the body changes, the front first, and a place far before it."""
    import numpy as np  # noqa: PLC0415 - heavy

    y = np.round(np.asarray(body.to_mesh64().vert_properties)[:, 1], 2)
    values, count = np.unique(y, return_counts=True)
    if len(values) > LEVELS:
        most = np.sort(np.argsort(-count, kind="stable")[: LEVELS - 2])
        values = np.unique(np.concatenate([values[[0, -1]], values[most]]))
    return [float(values[0]) - 100.0, *map(float, values)]
