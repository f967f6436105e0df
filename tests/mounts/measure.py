"""Measuring parts from their meshes, as one would with a calliper: nothing is taken from a spec."""

import math
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import shapely

from catalog.models import RackStandard
from catalog.rack_units import hole_heights_mm
from mounts.bed import lying
from mounts.exact import exact
from mounts.files.stl import stl_bytes
from mounts.mesh import Mesh, manifold, mesh_of, solid_of
from mounts.part import Part
from mounts.readback import read_panel

if TYPE_CHECKING:
    from cadquery import Shape

BRIDGE_MM = 20.0  # what a printer spans between two ends
BRIDGE_WAYS_DEG = range(0, 180, 5)  # slicers turn bridges as they like; a rib may run any way
LEDGE_MM = 1.2  # three lines that hang on their neighbours
STEEPEST = np.sin(np.radians(45)) + 1e-3
MANY = 60  # holes
AXES = {"x": (1, 2, 0), "y": (0, 2, 1), "z": (0, 1, 2)}


@dataclass(frozen=True)
class Opening:
    """A hole seen in a section: its middle and its size along the two axes left, mm."""

    u: float
    v: float
    wide: float
    high: float


def assert_valid(part: Part, true: "Shape", most: int) -> None:
    """The kernel finds no fault in the exact solid; before its holes are cut where they are many.

    Its check takes seconds where a face has hundreds of holes: only `test_golden` waits for that.
    """
    many = sum(len(p.centers) for p in part.perforations) > most
    assert (part.body.shape if many else true).isValid()


def assert_whole(part: Part) -> Mesh:
    """One closed body, whose mesh has the volume of the exact solid; returns the mesh."""
    mesh = mesh_of(part)
    assert mesh.open_edges() == 0
    assert mesh.pieces() == 1
    true = exact(part)
    assert_valid(part, true, MANY)
    assert len(true.Solids()) == 1
    # 36 chords to a circle take 1 - sin(10 deg) / (10 deg in radians) = 0.5 % of a round's area
    assert abs(mesh.volume_mm3() - true.Volume()) < 6e-3 * true.Volume()
    return mesh


def assert_panel(part: Part, mesh: Mesh, height_u: float, standard: RackStandard) -> None:
    """The panel reads back as one of its standard, slots at the posts' holes."""
    assert part.panel is not None
    read = read_panel(mesh, part.panel.mid_mm)
    assert read.width_mm == pytest.approx(standard.panel_width_mm, abs=0.02)
    assert read.height_mm == pytest.approx(height_u * 44.45 - 0.79, abs=0.02)  # EIA-310
    assert read.hole_pitch_mm == pytest.approx(standard.hole_pitch_mm, abs=0.05)
    assert read.hole_heights_mm == pytest.approx(hole_heights_mm(height_u), abs=0.05)


def openings(mesh: Mesh, axis: str, at: float) -> list[Opening]:
    """Return the holes of the section across an axis, sorted."""
    found: list[Opening] = []
    for polygon in _section(mesh, axis, at):
        for ring in polygon.interiors:
            a, b, c, d = ring.bounds
            found.append(Opening((a + c) / 2, (b + d) / 2, c - a, d - b))
    return sorted(found, key=lambda hole: (round(hole.u, 3), round(hole.v, 3)))


def opening_at(mesh: Mesh, axis: str, at: float, point: tuple[float, float]) -> Opening:
    """Return the hole whose middle is at a point, within 0.05 mm."""
    every = openings(mesh, axis, at)
    near = [o for o in every if abs(o.u - point[0]) < 0.05 and abs(o.v - point[1]) < 0.05]
    assert len(near) == 1, f"no hole at {point}: {every}"
    return near[0]


def bore_at(mesh: Mesh, axis: str, at: float, point: tuple[float, float]) -> Opening:
    """Return the hole round a point; its roof may be pointed, its sides and its floor are round."""
    every = openings(mesh, axis, at)
    near = [
        o for o in every
        if abs(o.u - point[0]) < 0.05 and abs(o.v - o.high / 2 + o.wide / 2 - point[1]) < 0.05
    ]  # fmt: skip
    assert len(near) == 1, f"no hole round {point}: {every}"
    return near[0]


def solid_along(mesh: Mesh, axis: str, at: float, second: float) -> list[tuple[float, float]]:
    """Return from where to where a mesh is solid along a line, cut across an axis.

    The line runs along the section's first axis, `second` mm along its second.
    """
    line = shapely.LineString([(-1e4, second), (1e4, second)])
    area = shapely.union_all(_section(mesh, axis, at))
    found = [part.bounds for part in shapely.get_parts(area.intersection(line))]
    return sorted((a, c) for a, _, c, _ in found if c - a > 1e-6)


def _section(mesh: Mesh, axis: str, at: float) -> list[shapely.Polygon]:
    first, second, third = AXES[axis]
    turned = mesh.vertices[:, [first, second, third]]
    faces = mesh.triangles if axis != "y" else mesh.triangles[:, ::-1]
    rings = manifold(Mesh(turned, faces)).slice(at).to_polygons()
    return _area([np.asarray(ring) for ring in rings])


def _area(rings: list[Any]) -> list[shapely.Polygon]:
    area = shapely.Polygon()
    for ring in rings:
        if len(ring) > 2:
            area = area.symmetric_difference(shapely.Polygon(ring).buffer(0))
    return [p for p in shapely.get_parts(area) if isinstance(p, shapely.Polygon)]


def overhangs(part: Part) -> list[tuple[float, float, float]]:
    """Return points (x, y, z on the bed) that would hang in the air when the part is printed.

    A facet that looks down more steeply than 45 degrees must lie on the bed, within 1.2 mm of what
    is below it, or on a bridge of at most 20 mm with something at both ends.
    """
    mesh = lying(mesh_of(part), part.up)
    corners = mesh.corners()
    normal = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    size = np.linalg.norm(normal, axis=1)
    down = (normal[:, 2] < -STEEPEST * size) & (size > 1e-9) & (corners[:, :, 2].max(axis=1) > 0.01)
    found: list[tuple[float, float, float]] = []
    for patch in _patches(mesh, np.flatnonzero(down)):
        area = shapely.union_all(
            [shapely.Polygon(corner[:, :2]).buffer(1e-4) for corner in corners[patch]]
        )
        low = float(corners[patch][:, :, 2].min())
        below = shapely.union_all(_section(mesh, "z", low - 0.02)).buffer(0.15)
        found += [(x, y, low) for x, y in _hanging(area, below)]
    return found


def _patches(mesh: Mesh, faces: Any) -> list[Any]:
    """Group facets that share an edge."""
    from scipy.sparse import coo_array  # noqa: PLC0415 - heavy
    from scipy.sparse.csgraph import connected_components  # noqa: PLC0415 - heavy

    edges: dict[tuple[int, int], int] = {}
    pairs: list[tuple[int, int]] = []
    for row, face in enumerate(mesh.triangles[faces]):
        for a, b in zip(face, np.roll(face, -1), strict=True):
            key = (min(int(a), int(b)), max(int(a), int(b)))
            if key in edges:
                pairs.append((edges[key], row))
            edges[key] = row
    rows, cols = zip(*pairs, strict=True) if pairs else ((), ())
    graph = coo_array((np.ones(len(pairs)), (rows, cols)), shape=(len(faces), len(faces)))
    count, label = connected_components(graph, directed=False)
    return [faces[label == one] for one in range(count)]


def _hanging(area: Any, below: Any) -> list[tuple[float, float]]:
    free = area.difference(below.buffer(LEDGE_MM))
    if free.area < 0.5:
        return []
    x0, y0, x1, y1 = free.bounds
    points = [
        shapely.Point(x, y)
        for x in np.arange(x0 + 0.25, x1, 1.5)
        for y in np.arange(y0 + 0.25, y1, 1.5)
    ]
    inside = [p for p in points if free.contains(p)] or [free.representative_point()]
    return [(p.x, p.y) for p in inside if not _bridged(p, area, below)]


def _bridged(point: Any, area: Any, below: Any) -> bool:
    reach = BRIDGE_MM + 1.0
    for turn in BRIDGE_WAYS_DEG:
        dx, dy = math.cos(math.radians(turn)), math.sin(math.radians(turn))
        line = shapely.LineString(
            [
                (point.x - reach * dx, point.y - reach * dy),
                (point.x + reach * dx, point.y + reach * dy),
            ]
        )
        span = [p for p in shapely.get_parts(line.intersection(area)) if p.distance(point) < 1e-6]
        if span and span[0].length <= BRIDGE_MM:
            ends = [shapely.Point(c) for c in (span[0].coords[0], span[0].coords[-1])]
            if all(below.distance(end) < 0.1 for end in ends):
                return True
    return False


def shared_mm3(part: Part, blocks: Any) -> float:
    """Return the volume a part shares with blocks, mm³."""
    from mounts.assembly import blocks_solid, overlap_mm3  # noqa: PLC0415 - heavy

    return overlap_mm3(solid_of(part), blocks_solid(blocks))


def filament_cm3(slicer: Path, part: Part, folder: Path, supports: bool) -> float:
    """Return what PrusaSlicer would extrude for a part on a bed of 256 x 256 mm, cm³."""
    file, code = folder / f"{part.name}.stl", folder / f"{part.name}-{supports}.gcode"
    file.write_bytes(stl_bytes(lying(mesh_of(part), part.up)))
    more = ["--support-material", "--support-material-threshold", "45"] if supports else []
    subprocess.run(
        [
            str(slicer), "--export-gcode", "--layer-height", "0.2", "--nozzle-diameter", "0.4",
            "--perimeters", "3", "--fill-density", "15%", "--filament-density", "1.27",
            "--bed-shape", "0x0,400x0,400x400,0x400", "--center", "200,200",
            *more, "--output", str(code), str(file),
        ],
        check=True,
        capture_output=True,
    )  # fmt: skip
    found = re.search(r"filament used \[cm3\] = ([\d.]+)", code.read_text())
    assert found is not None
    return float(found[1])


def assert_supports_change_nothing(slicer: Path, part: Part, folder: Path) -> float:
    """Automatic supports add less than 2 % of filament; returns the filament without, cm³."""
    bare = filament_cm3(slicer, part, folder, supports=False)
    assert filament_cm3(slicer, part, folder, supports=True) < 1.02 * bare
    return bare
