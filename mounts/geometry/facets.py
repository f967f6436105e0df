"""Sheets as manifold3d solids: arcs cut into chords, straight from the drawing."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from mounts.geometry.flat import Loop
from mounts.geometry.sheet import AXES, Plane, Sheet

if TYPE_CHECKING:
    import numpy as np
    from manifold3d import Manifold
    from numpy.typing import NDArray

    Ring = NDArray[np.float64]  # (n, 2), mm
    Wall = list[tuple[Ring, float]]  # rings of equal length and their heights, from below


def faceted(sheet: Sheet, bores: "Sequence[Ring]" = ()) -> "Manifold":
    """Return a sheet as a solid.

    Args:
        sheet: the drawing.
        bores: further holes through it, (n, 2) mm each, clear of its edges and of each other.

    Raises:
        ValueError: its edge is drawn finer than the chamfer that is to break it.
    """
    outer = _ring(sheet.outline, forward=True)
    low, high = sheet.start_mm, sheet.end_mm
    wall: Wall = [(outer, low), (outer, high)]
    if sheet.broken_edge_mm:
        shrunk = _shrunk(outer, sheet.broken_edge_mm)
        wall = [(shrunk, low), (outer, low + sheet.broken_edge_mm), (outer, high)]
    holes = [_ring(hole, forward=False) for hole in sheet.holes]
    holes += [_wound(bore, forward=False) for bore in bores]
    drawn = _walled([wall, *([(hole, low), (hole, high)] for hole in holes)])
    return drawn.transform(placing(sheet.plane))


def placing(plane: Plane) -> "NDArray[np.float64]":
    """Return the 3 x 4 matrix that takes a drawing and the height over it to space."""
    import numpy as np  # noqa: PLC0415 - heavy

    place = np.zeros((3, 4))
    for column, row in enumerate(AXES[plane]):
        place[row, column] = 1.0
    return place


def _ring(loop: Loop, forward: bool) -> "Ring":
    """Return a loop's chords, counter-clockwise if `forward`."""
    import numpy as np  # noqa: PLC0415 - heavy

    return _wound(np.array(loop.flattened()), forward)


def _wound(ring: "Ring", forward: bool) -> "Ring":
    """Return a ring counter-clockwise if `forward`, else clockwise."""
    x, y = (ring - ring[0]).T  # from its first corner, so that the last edge adds nothing
    doubled = float(x[:-1] @ y[1:] - x[1:] @ y[:-1])
    return ring if (doubled > 0) == forward else ring[::-1]


def _shrunk(ring: "Ring", by_mm: float) -> "Ring":
    """Return a ring with every side moved inwards, corner for corner."""
    import numpy as np  # noqa: PLC0415 - heavy
    import shapely  # noqa: PLC0415 - heavy

    along = np.roll(ring, -1, axis=0) - ring
    along /= np.linalg.norm(along, axis=1, keepdims=True)
    inward = np.column_stack([-along[:, 1], along[:, 0]])
    before = np.roll(inward, 1, axis=0)
    spread = 1 + (before * inward).sum(axis=1, keepdims=True)
    moved = ring + by_mm * (before + inward) / spread
    if not shapely.Polygon(moved).is_valid:
        text = f"an edge drawn finer than {by_mm:g} mm cannot be broken by as much"
        raise ValueError(text)
    return moved


def _walled(walls: "list[Wall]") -> "Manifold":
    """Return the solid inside the first wall and outside the others, closed below and above."""
    import numpy as np  # noqa: PLC0415 - heavy
    from manifold3d import Error, Manifold, Mesh64, triangulate  # noqa: PLC0415 - heavy

    points = [np.column_stack([ring, np.full(len(ring), z)]) for wall in walls for ring, z in wall]
    faces: list[NDArray[np.int64]] = []
    ends: tuple[list[NDArray[np.int64]], list[NDArray[np.int64]]] = [], []
    first = 0
    for wall in walls:
        size = len(wall[0][0])
        near = np.arange(size)
        for level in range(len(wall) - 1):
            a = first + level * size + near
            b = first + level * size + (near + 1) % size
            faces += [np.column_stack([a, b, b + size]), np.column_stack([a, b + size, a + size])]
        last = first + (len(wall) - 1) * size
        ends[0].append(first + near)
        ends[1].append(last + near)
        first = last + size
    floor = np.asarray(triangulate([wall[0][0] for wall in walls]))
    same = all(wall[-1][0] is wall[0][0] for wall in walls)  # drawn alike, cut up alike
    roof = floor if same else np.asarray(triangulate([wall[-1][0] for wall in walls]))
    faces += [np.concatenate(ends[0])[floor][:, ::-1], np.concatenate(ends[1])[roof]]
    made = Manifold(Mesh64(np.concatenate(points), np.concatenate(faces).astype(np.uint64)))
    if made.status() != Error.NoError:
        text = f"a sheet does not close: {made.status()}"
        raise ValueError(text)
    return made
