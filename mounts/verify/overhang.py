"""Overhangs past the material's angle and bridges past its span, in the print direction.

Facets that look down too steeply are joined into patches. A patch is fine if it is small, a narrow
ledge, or if lines drawn across it in one direction all end on material that is already there.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mounts.bed import STAND
from mounts.mesh import Mesh
from mounts.verify.findings import Finding, Outcome, Point3
from mounts.verify.limits import LEDGE_MM, ROOF_MM, TINY_MM2, Limits
from mounts.verify.slices import slice_at
from mounts.verify.subject import Subject

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SLACK_DEG = 1.0  # a 45 degree ramp in float32 is not past 45 degrees
ON_BED_MM = 0.05
FOOT_MM = 1.0  # a rounding of 3 mm that starts on the bed is past 45 degrees for its first 0.9 mm
FLAT = math.cos(math.radians(3))
LINE_MM = 0.4  # bridging lines lie a nozzle's width apart
BELOW_MM = 0.03
REST_MM = 0.05
TURNS_DEG = (0.0, 90.0, 45.0, 135.0, 22.5, 67.5, 112.5, 157.5, 30.0, 60.0, 120.0, 150.0)


@dataclass(frozen=True)
class Patch:
    """What looks down too steeply: its outline from above, and the heights it spans, mm."""

    shape: Any
    low_mm: float
    high_mm: float
    steepest_deg: float
    flat: bool

    def place(self, shape: Any) -> Point3:
        """Return a point of a part of the patch."""
        at = shape.representative_point()
        return at.x, at.y, self.low_mm


@dataclass(frozen=True)
class Spanned:
    """How lines in one direction cross a patch."""

    free_mm2: float
    free: Any
    longest_mm: float
    longest: Any


def check(subject: Subject, limits: Limits) -> Outcome:
    """Check overhangs and bridges."""
    if subject.solid is None:
        return Outcome(skipped=("overhangs and bridges: the mesh is no closed body",))
    return Outcome(tuple(hanging(subject, limits)))


def hanging(subject: Subject, limits: Limits) -> Iterator[Finding]:
    """Yield what hangs over too far or bridges too much of a closed body, one after the other."""
    from mounts.assembly import moved  # noqa: PLC0415 - beside its only use

    if subject.solid is None:
        return
    solid = moved(subject.solid, STAND[subject.up])
    below: dict[float, Any] = {}
    for patch in patches(subject.printed, limits.overhang_deg):
        height = round(patch.low_mm - BELOW_MM, 4)
        if height not in below:
            below[height] = slice_at(solid, height)
        for f in _judged(patch, below[height], limits):
            place = subject.from_printed(f.place_mm)
            yield Finding(f.rule, place, f.measured, f.allowed, f.cure)


def steep(mesh: Mesh, limit_deg: float) -> "NDArray[np.bool_]":
    """Return which facets look down past the limit and do not lie on the bed."""
    import numpy as np  # noqa: PLC0415 - heavy

    corners = mesh.corners()
    a, b, c = np.moveaxis(corners, 1, 0)
    normal = np.cross(b - a, c - a)
    length = np.linalg.norm(normal, axis=1)
    down = -normal[:, 2] / np.where(length > 0, length, 1)
    past = down > math.sin(math.radians(limit_deg + SLACK_DEG))
    on_bed = corners[:, :, 2].max(axis=1) < corners[:, :, 2].min() + ON_BED_MM
    return past & ~on_bed & (length > 0)


def patches(mesh: Mesh, limit_deg: float) -> list[Patch]:
    """Return the patches of steep facets that share edges."""
    import numpy as np  # noqa: PLC0415 - heavy
    import shapely  # noqa: PLC0415 - heavy
    from scipy.sparse import coo_array  # noqa: PLC0415 - heavy
    from scipy.sparse.csgraph import connected_components  # noqa: PLC0415 - heavy

    faces = mesh.triangles[steep(mesh, limit_deg)]
    if not len(faces):
        return []
    edges = np.sort(np.concatenate([faces[:, [0, 1]], faces[:, [1, 2]], faces[:, [2, 0]]]), axis=1)
    _, edge = np.unique(edges, axis=0, return_inverse=True)
    owner = np.tile(np.arange(len(faces)), 3)
    links = coo_array((np.ones(len(edge)), (owner, edge.reshape(-1) + len(faces))))
    size = len(faces) + int(edge.max()) + 1
    links = coo_array((links.data, (links.row, links.col)), shape=(size, size))
    _, label = connected_components(links, directed=False)
    corners = mesh.vertices[faces]
    floor = float(mesh.vertices[:, 2].min())
    found: list[Patch] = []
    for one in np.unique(label[: len(faces)]):
        mine = corners[label[: len(faces)] == one]
        shape = shapely.union_all(shapely.polygons(mine[:, :, :2]), grid_size=1e-4)
        if shape.area < TINY_MM2 or shape.buffer(-LEDGE_MM / 2).is_empty:
            continue
        patch = _patch(mine, shape)
        if patch.flat or patch.low_mm > floor + ON_BED_MM or patch.high_mm > floor + FOOT_MM:
            found.append(patch)
    return found


def _patch(corners: "NDArray[np.float64]", shape: Any) -> Patch:
    import numpy as np  # noqa: PLC0415 - heavy

    a, b, c = np.moveaxis(corners, 1, 0)
    normal = np.cross(b - a, c - a)
    down = -normal[:, 2] / np.linalg.norm(normal, axis=1)
    low, high = float(corners[:, :, 2].min()), float(corners[:, :, 2].max())
    flat = float(np.abs(normal[down > FLAT, 2]).sum() / 2) > 0.8 * shape.area
    return Patch(shape, low, high, math.degrees(math.asin(min(1.0, float(down.max())))), flat)


def _judged(patch: Patch, below: Any, limits: Limits) -> list[Finding]:
    allowed = limits.bridge_mm if patch.flat else min(ROOF_MM, limits.bridge_mm)
    best = _best(patch, below, allowed)
    cure = "turn the part, add a ramp of 45 degrees or a support"
    if best.free_mm2 > TINY_MM2:
        angle = f"{patch.steepest_deg:.0f} degrees from upright"
        measured = f"{best.free_mm2:.1f} mm² hang free, {angle}"
        limit = f"{limits.overhang_deg:g} degrees; {TINY_MM2:g} mm² is forgiven"
        return [Finding("overhang.angle", patch.place(best.free), measured, limit, cure)]
    if best.longest_mm > allowed + 0.05:
        kind = "flat bridge" if patch.flat else "sloped roof"
        measured = f"{kind} of {best.longest_mm:.1f} mm"
        shorter = f"put a wall under it, or keep it to {allowed:g} mm"
        place = patch.place(best.longest)
        return [Finding("overhang.bridge", place, measured, f"{allowed:g} mm", shorter)]
    return []


def _best(patch: Patch, below: Any, allowed_mm: float) -> Spanned:
    """Return the direction that leaves least hanging free, then the one of the shortest spans."""
    import shapely  # noqa: PLC0415 - heavy

    shape = patch.shape
    # A roof's one end may lie higher than its other, off what bears it by up to as much.
    reach_mm = REST_MM + (0.0 if patch.flat else min(LEDGE_MM / 2, patch.high_mm - patch.low_mm))
    near = below.intersection(shapely.box(*shape.buffer(1.0).bounds)).buffer(reach_mm)
    tried: list[Spanned] = []
    along = _along(shape)
    # Along and across the patch first; then any way round, for what is no rectangle.
    for turn in (along, along + 90.0, *TURNS_DEG):
        spanned = _spanned(shape, near, turn)
        if spanned.free_mm2 <= TINY_MM2 and spanned.longest_mm <= allowed_mm + 0.05:
            return spanned
        tried.append(spanned)
    return min(tried, key=lambda s: (round(max(0.0, s.free_mm2 - TINY_MM2), 1), s.longest_mm))


def _along(shape: Any) -> float:
    """Return the direction of a side of the smallest rectangle round a patch, degrees."""
    import shapely  # noqa: PLC0415 - heavy

    ring = shapely.get_coordinates(shape.minimum_rotated_rectangle)
    side = ring[1] - ring[0]
    return math.degrees(math.atan2(float(side[1]), float(side[0])))


def _spanned(shape: Any, below: Any, turn_deg: float) -> Spanned:
    """Cross a patch with parallel lines and see which ends rest on material below."""
    import numpy as np  # noqa: PLC0415 - heavy
    import shapely  # noqa: PLC0415 - heavy
    from shapely.affinity import rotate  # noqa: PLC0415 - heavy

    flat = rotate(shape, -turn_deg, origin=(0, 0))
    ground = rotate(below, -turn_deg, origin=(0, 0))
    x0, y0, x1, y1 = flat.bounds
    count = max(2, math.ceil((y1 - y0) / LINE_MM))
    step = (y1 - y0) / count
    ys = y0 + step * (np.arange(count) + 0.5)
    ends = np.stack([np.full(count, x0 - 1), ys, np.full(count, x1 + 1), ys], axis=1)
    lines = shapely.linestrings(ends.reshape(-1, 2, 2))
    pieces = shapely.get_parts(shapely.intersection(lines, flat))
    pieces = pieces[shapely.length(pieces) > 0.05]
    if not len(pieces):
        return Spanned(0.0, shape, 0.0, shape)
    box = shapely.bounds(pieces)
    shapely.prepare(ground)
    left = shapely.intersects_xy(ground, box[:, 0] - 0.05, box[:, 1])
    right = shapely.intersects_xy(ground, box[:, 2] + 0.05, box[:, 1])
    length = box[:, 2] - box[:, 0]
    # An end that rests on nothing leaves its line hanging, but for the ledge that is forgiven.
    loose = ~(left & right) & ~((left | right) & (length <= LEDGE_MM))
    longest = int(np.argmax(np.where(loose, 0, length)))
    free = pieces[int(np.argmax(np.where(loose, length, 0)))]
    return Spanned(
        float((length * loose).sum() * step),
        rotate(free, turn_deg, origin=(0, 0)),
        float(length[longest]) if not loose[longest] else 0.0,
        rotate(pieces[longest], turn_deg, origin=(0, 0)),
    )
