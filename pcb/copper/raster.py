"""Puts copper on a grid of square cells, and cuts the cells where its edge runs through them.

    +---+---+---+     a face between two cells conducts by how much of it is copper: 0 to 1
    |   |  /|   |     a link from a cell to an electrode ends where the electrode begins
    +---+-/-+---+
    |   |/##|###|     so an edge may run anywhere; the error falls with the square of the cell
    +---+---+---+

Lengths are mm. A shape is given by its edges, each with the inside on its left (x to the right, y
up); a line of the grid meets them in crossings, and sums of signed crossings are lengths of copper.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]
    Labels = NDArray[np.int32]

LEAST_PART = 1e-3  # of a cell: an electrode is never nearer to a cell's middle


@dataclass(frozen=True)
class Grid:
    """Square cells: the lower left corner, the side, and how many across and up."""

    left_mm: float
    low_mm: float
    cell_mm: float
    across: int
    up: int


def grid_over(box: Sequence[float], cell_mm: float) -> Grid:
    """Return the grid over a box (left, low, right, high), a cell wider on each side.

    It stands off round figures, which edges of copper have: no edge lies on a line of the grid.
    """
    left, low = box[0] - 1.37 * cell_mm, box[1] - 1.41 * cell_mm
    across = int((box[2] - left) / cell_mm) + 2
    up = int((box[3] - low) / cell_mm) + 2
    return Grid(left, low, cell_mm, across, up)


def edges_of(shape: Any) -> "Floats":
    """Return the edges of a shapely area, [n, (x0, y0, x1, y1)], the inside on their left."""
    import numpy as np  # noqa: PLC0415 - slow to import
    import shapely  # noqa: PLC0415 - as above
    from shapely.geometry.polygon import orient  # noqa: PLC0415 - as above

    found: list[Floats] = []
    for part in shapely.get_parts(shape):
        turned = orient(part)
        for ring in (turned.exterior, *turned.interiors):
            points = shapely.get_coordinates(ring)
            found.append(np.hstack([points[:-1], points[1:]]))
    return np.vstack(found) if found else np.zeros((0, 4))


def faces(edges: "Floats", grid: Grid) -> "tuple[Floats, Floats]":
    """Return how much of each face is copper: upright ones [up, across + 1], flat [up + 1, across].

    The first is the face on the left of a cell, the second the face below it.
    """
    upright = _lengths(edges, grid.left_mm, grid.low_mm, grid, (grid.across + 1, grid.up))
    swapped = edges[:, [1, 0, 3, 2]]
    flat = -_lengths(swapped, grid.low_mm, grid.left_mm, grid, (grid.up + 1, grid.across))
    return _whole(upright.T), _whole(flat)


def _whole(parts: "Floats") -> "Floats":
    """Return shares of faces with the dust of sums taken off."""
    import numpy as np  # noqa: PLC0415 - slow to import

    clean = np.clip(parts, 0.0, 1.0)
    clean[clean < 1e-9] = 0.0  # of a face
    clean[clean > 1 - 1e-9] = 1.0
    return np.ascontiguousarray(clean)


def _crossings(
    edges: "Floats", first: float, step: float, count: int
) -> "tuple[Ints, Ints, Floats]":
    """Return where edges cross the upright lines at first, first + step, …: edge, line, y.

    An edge from left to right enters the inside as y rises; one from right to left leaves it.
    """
    import numpy as np  # noqa: PLC0415 - slow to import

    x0, y0, x1, y1 = edges.T
    a, b = np.ceil((x0 - first) / step), np.ceil((x1 - first) / step)
    begin = np.clip(np.minimum(a, b), 0, count).astype(np.int64)
    number = np.clip(np.maximum(a, b), 0, count).astype(np.int64) - begin
    edge = np.repeat(np.arange(len(edges)), number)
    inner = np.arange(len(edge)) - np.repeat(np.cumsum(number) - number, number)
    line = begin[edge] + inner
    share = (first + line * step - x0[edge]) / (x1[edge] - x0[edge])
    return edge, line, y0[edge] + share * (y1 - y0)[edge]


def _lengths(
    edges: "Floats", first: float, low: float, grid: Grid, shape: tuple[int, int]
) -> "Floats":
    """Return the share of copper on upright lines between the heights of the grid, [line, row]."""
    import numpy as np  # noqa: PLC0415 - slow to import

    lines, rows = shape
    edge, line, y = _crossings(edges, first, grid.cell_mm, lines)
    sign = np.sign(edges[:, 2] - edges[:, 0])[edge]
    place = (y - low) / grid.cell_mm
    row = np.clip(np.floor(place).astype(np.int64), 0, rows - 1)
    flat = line * (rows + 1) + row
    size = lines * (rows + 1)
    here: Any = np.bincount(flat, sign * (1 - (place - row)), size).reshape(lines, rows + 1)
    above: Any = np.bincount(flat + 1, sign, size).reshape(lines, rows + 1)
    return (here + np.cumsum(above, axis=1))[:, :rows]


SMALL_CELLS = 1.5  # a contact narrower than this may lie between the middles of cells


def snapped(shape: Any, grid: Grid) -> Any:
    """Return a contact, moved to the middle of the nearest cell if it is small.

    Else it might hold no middle, and be lost; cells as wide as a hole know its place no better.
    """
    from shapely.affinity import translate  # noqa: PLC0415 - slow to import

    left, low, right, high = shape.bounds
    cell = grid.cell_mm
    if min(right - left, high - low) >= SMALL_CELLS * cell:
        return shape
    x, y = (left + right) / 2, (low + high) / 2
    column, row = (x - grid.left_mm) / cell - 0.5, (y - grid.low_mm) / cell - 0.5
    return translate(shape, (round(column) - column) * cell, (round(row) - row) * cell)


@dataclass(frozen=True)
class Marks:
    """Electrodes on a grid: whose each cell is (0: nobody's), and where links meet their edges.

    `across` [up, across - 1] and `upwards` [up - 1, across] are the part of a link, 0 to 1, from
    the cell outside to the electrode; 1 where a link meets none.
    """

    label: "Labels"
    across: "Floats"
    upwards: "Floats"


def marks(shapes: Iterable[Any], grid: Grid) -> Marks:
    """Return electrodes on a grid; they are counted from 1, and none overlaps another."""
    import numpy as np  # noqa: PLC0415 - slow to import

    listed = [edges_of(shape) for shape in shapes]
    edges = np.vstack([np.zeros((0, 4)), *listed])
    owner = np.repeat(np.arange(1, len(listed) + 1), [len(one) for one in listed])
    half = grid.cell_mm / 2
    turned = edges[:, [1, 0, 3, 2]]
    label, across = _marked(turned, owner, (grid.low_mm + half, grid.left_mm + half), grid, -1)
    _, upwards = _marked(edges, owner, (grid.left_mm + half, grid.low_mm + half), grid, 1)
    return Marks(label, across, np.ascontiguousarray(upwards.T))


def _marked(
    edges: "Floats", owner: "Ints", start: tuple[float, float], grid: Grid, turn: int
) -> "tuple[Labels, Floats]":
    """Return owners of cells and parts of links along upright lines through their middles."""
    import numpy as np  # noqa: PLC0415 - slow to import

    lines, rows = (grid.up, grid.across) if turn < 0 else (grid.across, grid.up)
    edge, line, y = _crossings(edges, start[0], grid.cell_mm, lines)
    sign = turn * np.sign(edges[:, 2] - edges[:, 0])[edge]
    place = (y - start[1]) / grid.cell_mm
    after = np.clip(np.floor(place) + 1, 0, rows).astype(np.int64)
    size = lines * (rows + 1)
    changes = np.bincount(line * (rows + 1) + after, sign * owner[edge], size)
    label = np.rint(np.cumsum(changes.reshape(lines, rows + 1), axis=1))[:, :rows]
    part = np.where(sign > 0, place - (after - 1), after - place)
    parts = np.ones((lines, rows - 1))
    met = (after > 0) & (after < rows)
    parts[line[met], after[met] - 1] = np.clip(part[met], LEAST_PART, 1.0)
    return label.astype(np.int32), parts
