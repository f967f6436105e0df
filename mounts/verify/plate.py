"""Finds a rack panel in a mesh of any orientation and measures it.

The largest flat faces are tried: the body is cut a little below each, the cut is turned so that its
longer side lies along x, and small holes in pairs at both ends are taken for rack slots.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from mounts.mesh import Mesh
from mounts.verify.findings import Point3

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FACES = 20  # planes tried, largest first
LONGEST = 8  # and the longest: a frame's panel is mostly windows, and its many walls are larger
LEAST_MM2 = 300.0
LARGEST_SLOT_MM = 20.0  # wider holes are windows
SMALLEST_SLOT_MM = 3.0  # narrower ones take no rack screw
EAR_MM = 26.0  # slots lie within this distance of the panel's side edges
LEVEL_MM = 1.5  # slots of one row lie this level, however badly made
THICKEST_MM = 16.0


@dataclass(frozen=True)
class Slot:
    """A slot in the panel's plane, mm: x from the panel's middle, z from its lower edge."""

    x: float
    z: float
    length_mm: float
    height_mm: float


@dataclass(frozen=True, eq=False)
class Plate:
    """A panel as found.

    Args:
        width_mm: over both ears.
        height_mm: across.
        thick_mm: of the plate.
        left: slots of the left ear, lowest first.
        right: slots of the right ear, lowest first.
        origin: the middle of the panel's lower edge on the face, in the mesh's axes.
        axes: rows: along the width, into the plate, up along the height.
    """

    width_mm: float
    height_mm: float
    thick_mm: float
    left: tuple[Slot, ...]
    right: tuple[Slot, ...]
    origin: "NDArray[np.float64]"
    axes: "NDArray[np.float64]"

    @property
    def rows(self) -> list[tuple[Slot, Slot]]:
        """Slots that face each other, lowest first."""
        found: list[tuple[Slot, Slot]] = []
        for slot in self.left:
            near = [other for other in self.right if abs(other.z - slot.z) < LEVEL_MM]
            if near:
                found.append((slot, min(near, key=lambda other: abs(other.z - slot.z))))
        return found

    @property
    def pitch_mm(self) -> float:
        """Mean distance between the slots of the two ears."""
        rows = self.rows
        return sum(right.x - left.x for left, right in rows) / len(rows)

    def place(self, x: float, z: float) -> Point3:
        """Return a point of the panel's face in the mesh's axes."""
        point = self.origin + x * self.axes[0] + z * self.axes[2]
        return float(point[0]), float(point[1]), float(point[2])


@lru_cache(maxsize=2)  # asked by the panel's rules and by those of its screws
def find_plates(mesh: Mesh) -> tuple[Plate, ...]:
    """Return the panels found, the one with most slots first, then the widest."""
    found: list[Plate] = []
    for normal, offset in _planes(mesh):
        thick = _thickness(mesh, normal, offset)
        found += _read(mesh, normal, offset, thick)
    return tuple(sorted(found, key=lambda p: (-len(p.rows), -p.width_mm)))


def _planes(mesh: Mesh) -> "list[tuple[NDArray[np.float64], float]]":
    """Return the flat faces of the largest area and extent: outward normal and offset along it."""
    import numpy as np  # noqa: PLC0415 - heavy

    a, b, c = np.moveaxis(mesh.corners(), 1, 0)
    normal = np.cross(b - a, c - a)
    double = np.linalg.norm(normal, axis=1)
    fine = double > 1e-9
    unit = normal[fine] / double[fine, None]
    offset = np.einsum("ij,ij->i", unit, a[fine])
    keys = np.round(np.column_stack([unit * 200, offset * 20])).astype(np.int64)
    _, index = np.unique(keys, axis=0, return_inverse=True)
    area = np.bincount(index.reshape(-1), double[fine] / 2)
    low, high = (np.full((len(area), 3), far) for far in (np.inf, -np.inf))
    for corner in (a[fine], b[fine], c[fine]):
        np.minimum.at(low, index.reshape(-1), corner)
        np.maximum.at(high, index.reshape(-1), corner)
    long = np.linalg.norm(high - low, axis=1)
    firsts = [*np.argsort(-area, kind="stable")[:FACES], *np.argsort(-long, kind="stable")]
    fit = dict.fromkeys(int(i) for i in firsts if area[i] > LEAST_MM2)
    order = list(fit)[: FACES + LONGEST]
    found: list[tuple[NDArray[np.float64], float]] = []
    for one in order:
        mine = index.reshape(-1) == one
        mean = (unit[mine] * double[fine][mine, None]).sum(axis=0)
        mean /= np.linalg.norm(mean)
        found.append((mean, float(np.median(a[fine][mine] @ mean))))
    return found


def _thickness(mesh: Mesh, normal: "NDArray[np.float64]", offset: float) -> float:
    """Return how far behind a face the next large face looks the other way, mm."""
    import numpy as np  # noqa: PLC0415 - heavy

    a, b, c = np.moveaxis(mesh.corners(), 1, 0)
    cross = np.cross(b - a, c - a)
    double = np.linalg.norm(cross, axis=1)
    away = (cross @ normal) < -0.999 * double
    depth = offset - a[away] @ normal
    area = double[away] / 2
    near = (depth > 0.3) & (depth < THICKEST_MM)
    if not near.any():
        return 2.0
    steps, index = np.unique(np.round(depth[near], 1), return_inverse=True)
    return float(steps[int(np.argmax(np.bincount(index.reshape(-1), area[near])))])


def _read(mesh: Mesh, normal: "NDArray[np.float64]", offset: float, thick: float) -> list[Plate]:
    import numpy as np  # noqa: PLC0415 - heavy

    first: Any = np.cross(normal, np.eye(3)[int(np.argmin(np.abs(normal)))])
    first /= np.linalg.norm(first)
    second: Any = np.cross(normal, first)
    loops = _cut(mesh, np.stack([first, second, normal]), offset - thick / 2)
    found: list[Plate] = []
    for outer in loops:
        if np.ptp(outer, axis=0).max() < 100:
            continue
        c, s = _turn(outer)
        for along in ((c, s), (-s, c)):
            width = along[0] * first + along[1] * second
            height: Any = np.cross(-normal, width) * -1.0
            rows = np.array([along, (height @ first, height @ second)])
            plate = _measured([loop @ rows.T for loop in loops], outer @ rows.T)
            if plate is not None:
                left, right, box = plate
                origin = normal * offset + width * (box[0] + box[2]) / 2 + height * box[1]
                axes = np.stack([width, -normal, height])
                size = box[2] - box[0], box[3] - box[1]
                found.append(Plate(size[0], size[1], thick, left, right, origin, axes))
    return found


def _turn(loop: "NDArray[np.float64]") -> tuple[float, float]:
    """Return the direction of a side of the smallest rectangle round a loop."""
    import numpy as np  # noqa: PLC0415 - heavy
    import shapely  # noqa: PLC0415 - heavy

    box = shapely.MultiPoint(loop).minimum_rotated_rectangle
    ring: Any = np.asarray(shapely.get_coordinates(box))
    side = ring[1] - ring[0]
    length = float(np.hypot(side[0], side[1]))
    return float(side[0]) / length, float(side[1]) / length


def _measured(
    loops: "list[NDArray[np.float64]]", outer: "NDArray[np.float64]"
) -> tuple[tuple[Slot, ...], tuple[Slot, ...], tuple[float, float, float, float]] | None:
    """Return the slots of both ears and the box of the outer loop, or nothing."""
    x0, z0 = (float(v) for v in outer.min(axis=0))
    x1, z1 = (float(v) for v in outer.max(axis=0))
    ears: tuple[list[Slot], list[Slot]] = ([], [])
    for loop in loops:
        low, high = loop.min(axis=0), loop.max(axis=0)
        size = high - low
        if size.max() > LARGEST_SLOT_MM or size.min() < SMALLEST_SLOT_MM:
            continue
        x, z = (low + high) / 2
        if not (x0 < x < x1 and z0 < z < z1):
            continue
        slot = Slot(float(x - (x0 + x1) / 2), float(z - z0), float(size[0]), float(size[1]))
        if high[0] < x0 + EAR_MM:
            ears[0].append(slot)
        elif low[0] > x1 - EAR_MM:
            ears[1].append(slot)
    left, right = (_outermost(ear) for ear in ears)
    if not left or not right:
        return None
    return left, right, (x0, z0, x1, z1)


def _outermost(ear: list[Slot]) -> tuple[Slot, ...]:
    """Return the column of slots nearest the edge: vents may follow further in."""
    if not ear:
        return ()
    far = max(abs(slot.x) for slot in ear)
    column = [slot for slot in ear if abs(slot.x) > far - 6.0]
    return tuple(sorted(column, key=lambda slot: slot.z))


def _cut(mesh: Mesh, rows: "NDArray[np.float64]", height: float) -> "list[NDArray[np.float64]]":
    """Return the outlines, (n, 2) each, of a cut across the third row at a height."""
    import numpy as np  # noqa: PLC0415 - heavy
    import shapely  # noqa: PLC0415 - heavy

    points = mesh.vertices @ rows.T
    corners = points[mesh.triangles]
    above = corners[:, :, 2] > height
    crossed = above.any(axis=1) & ~above.all(axis=1)
    corners, above = corners[crossed], above[crossed]
    ends: list[NDArray[np.float64]] = []
    for i in range(3):
        j = (i + 1) % 3
        up = above[:, [i]]
        low = np.where(up, corners[:, j], corners[:, i])
        high = np.where(up, corners[:, i], corners[:, j])
        rise = high[:, 2] - low[:, 2]
        share = (height - low[:, 2]) / np.where(rise == 0, 1, rise)
        point = low + share[:, None] * (high - low)
        point[above[:, i] == above[:, j]] = np.nan
        ends.append(point[:, :2])
    every = np.stack(ends, axis=1)
    segments = np.round(every[~np.isnan(every[:, :, 0])].reshape(-1, 2, 2), 4)
    lines: Any = shapely.linestrings(segments[(segments[:, 0] != segments[:, 1]).any(axis=1)])
    merged = shapely.line_merge(shapely.multilinestrings(lines))
    return [shapely.get_coordinates(line) for line in shapely.get_parts(merged)]
