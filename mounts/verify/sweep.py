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
from mounts.verify.plugs import sled_of
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
        alone = sled_of(spec)
        sled = solid_of(part_from("sled", alone))
    else:
        alone, sled = spec, subject.framed
        frame_spec = FrameSpec(**{k: getattr(spec, k) for k in SledSpec.model_fields}, count=1)
        frame = solid_of(part_from("frame", frame_spec))
    return Outcome(tuple(_judged(subject, frame, frame_spec, (sled, alone))))


def _judged(
    subject: Subject, frame: "Manifold", spec: FrameSpec, sled: "tuple[Manifold, SledSpec]"
) -> list[Finding]:
    body, alone = sled
    bent = pressed(body, alone)
    way = swept(bent, alone)
    pull = CLIP_PULL_MM if alone.latch == "front" else SIDE_PULL_MM
    found: list[Finding] = _rows(frame, spec, sled)
    found += _neighbours(spec, body + blocks_solid(device_blocks(alone)), way)
    for place in frame_matrices(spec)[1:]:
        frame += moved(frame, place)
    for index in range(spec.holds):
        place = sled_matrix(spec, index)
        whole = moved(body, place)
        volume, at = shared(frame, whole)
        if volume > CONTACT_MM3:
            cure = "shorten the catch, or give the sled more play"
            found.append(_finding("sweep.seated", index, volume, at, cure))
        volume, at = shared(frame, moved(way, place))
        if volume > CONTACT_MM3:
            cure = "take away what stands in the sled's way, or shorten the catch"
            found.append(_finding("sweep.path", index, volume, at, cure))
        out = -pull if index < spec.sleds else pull  # the rear row comes out to the rear
        volume, at = shared(frame, whole.translate((0.0, out, 0.0)))
        if volume <= CONTACT_MM3:
            x, y, z = (row[3] for row in place)
            cure = "lengthen the catch, or cut its slot where the catch is"
            what = f"sled {index + 1} comes out unpressed"
            at = (x, y, z)
            found.append(Finding("sweep.catch", at, what, "held by its catch", cure))
    own = isinstance(subject.spec, FrameSpec)
    latch = [] if own else stiff(body, alone) + pinched(body, bent, alone)
    return [
        *(_placed(f, subject, own, spec) for f in found),
        *(replace(f, place_mm=subject.from_rack(f.place_mm)) for f in latch),
    ]


def _rows(frame: "Manifold", spec: FrameSpec, sled: "tuple[Manifold, SledSpec]") -> list[Finding]:
    """Find a front row that reaches into the rear one, its sleds and boards in place."""
    if spec.rows == 1:
        return []
    body = sled[0] + blocks_solid(device_blocks(sled[1]))
    reach = max(
        frame.bounding_box()[4],
        *(moved(body, sled_matrix(spec, i)).bounding_box()[4] for i in range(spec.sleds)),
    )
    room = spec.deep_mm - reach  # the rear row is the front one, turned about
    if reach <= room:
        return []
    measured = f"rows reach {reach:.1f} mm behind each panel"
    allowed = f"{spec.deep_mm / 2:.1f} mm, half of what is between the posts"
    cure = "more between the posts (between_mm), or one row"
    return [Finding("sweep.rows", (0.0, reach, 0.0), measured, allowed, cure)]


def _neighbours(spec: FrameSpec, whole: "Manifold", way: "Manifold") -> list[Finding]:
    """Find a sled that meets the next one with its board, in its place or on its way out."""
    many = FrameSpec(**{k: getattr(spec, k) for k in FrameSpec.model_fields if k != "count"})
    own, (x, y, z) = sled_matrix(spec, 0), many.sled_origin(0)
    found: list[Finding] = []
    for other, where in ((1, "beside"), (many.columns, "over")):
        if other >= (many.columns if where == "beside" else many.sleds):
            continue
        u, v, w = many.sled_origin(other)
        still, off = moved(whole, own), (u - x, v - y, w - z)
        volume, at = max(
            shared(still, moved(one, own).translate([side * step for step in off]))
            for one in (whole, way)
            for side in (-1, 1)
        )
        if volume > CONTACT_MM3:
            measured = f"{volume:.2f} mm³ shared with the sled {where} it"
            cure = "keep a sled and what it passes on its way out within its own bay"
            found.append(Finding("sweep.neighbour", at, measured, "0 mm³", cure))
    return found


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
