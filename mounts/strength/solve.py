"""Displacements and stresses of bricks that are held somewhere and loaded elsewhere."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mounts.strength.beam import Beam, spread
from mounts.strength.brick import CORNERS, GAUSS, stiffness, strain_matrices
from mounts.strength.grid import Bricks

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from scipy.sparse import csr_array


@dataclass(frozen=True, eq=False)
class Solved:
    """What a body does under its load.

    Args:
        points: grid points, (n, 3) mm.
        moved_mm: their displacements, (n, 3) mm; 0 in air.
        cells: corners of the solid bricks, (m, 8).
        stress_mpa: highest over each brick's points, (m, 8, 6): xx, yy, zz, yz, zx, xy.
        shifts: of the stiff bodies' middles, and their turns, (k, 6) mm and rad.
    """

    points: "NDArray[np.float64]"
    moved_mm: "NDArray[np.float64]"
    cells: "NDArray[np.int64]"
    stress_mpa: "NDArray[np.float64]"
    shifts: "NDArray[np.float64]"


@dataclass(frozen=True, eq=False)
class Stiff:
    """Points that move as one stiff body, and the force on it.

    Args:
        points: indices of grid points.
        middle: where the force acts, mm.
        force_n: along x, y and z.
    """

    points: "NDArray[np.int64]"
    middle: tuple[float, float, float]
    force_n: tuple[float, float, float]


def corners_of(body: Bricks) -> "NDArray[np.int64]":
    """Return the grid points at the corners of the solid bricks, (m, 8)."""
    import numpy as np  # noqa: PLC0415 - heavy

    shape = tuple(len(line) for line in body.lines)
    at = body.solid()[:, None, :] + np.asarray(CORNERS)[None, :, :]
    x, y, z = np.moveaxis(at, 2, 0)
    return (x * shape[1] + y) * shape[2] + z


def solve(
    body: Bricks,
    elastic: "NDArray[np.float64]",
    held: "NDArray[np.bool_]",
    force_n: "NDArray[np.float64]",
    stiff: Sequence[Stiff | Beam] = (),
) -> Solved:
    """Solve a body for its displacements.

    Args:
        body: its bricks.
        elastic: stress by strain, (6, 6) MPa.
        held: which displacements are none, for each grid point (n, 3).
        force_n: forces on the grid points, (n, 3).
        stiff: what moves together, no point of it held, or another's; and beams that lie in it.

    Raises:
        ValueError: nothing holds the body.
    """
    import numpy as np  # noqa: PLC0415 - heavy
    from scipy.sparse import coo_matrix  # noqa: PLC0415 - heavy
    from scipy.sparse.linalg import splu  # noqa: PLC0415 - heavy

    cells = corners_of(body)
    at = body.solid()
    sizes = np.stack([np.diff(body.lines[k])[at[:, k]] for k in range(3)], axis=1)
    kinds, kind = np.unique(np.round(sizes, 9), axis=0, return_inverse=True)
    kind = kind.reshape(-1)
    own, follow = stiffness(kinds, elastic)
    full = body.filled[tuple(at.T)]
    dofs = (3 * cells[:, :, None] + np.arange(3)).reshape(len(cells), 24)
    free = np.zeros(held.size, dtype=bool)
    free[np.unique(dofs)] = True
    free &= ~held.ravel()
    if not (held.ravel()[np.unique(dofs)]).any():
        raise ValueError("nothing holds the body")
    values = (own[kind] * full[:, None, None]).ravel()
    rows, cols = np.repeat(dofs, 24, axis=1).ravel(), np.tile(dofs, (1, 24)).ravel()
    matrix = coo_matrix((values, (rows, cols)), shape=(held.size, held.size)).tocsr()
    beams = [one for one in stiff if isinstance(one, Beam)]
    if beams:
        matrix = matrix + spread(beams, held.size)
    stiff = [one for one in stiff if isinstance(one, Stiff)]
    ways, pull = _ways(body.points(), free, stiff)
    options = {"SymmetricMode": True, "DiagPivotThresh": 0.0}
    factor = splu((ways.T @ matrix @ ways).tocsc(), permc_spec="MMD_AT_PLUS_A", options=options)
    unknown = factor.solve(ways.T @ force_n.ravel() + pull)
    moved, shifts = ways @ unknown, unknown[len(unknown) - 6 * len(stiff) :].reshape(-1, 6)
    corner_mm = moved[dofs]
    inner = np.einsum("nij,nj->ni", follow[kind], corner_mm)
    stress = np.empty((len(cells), 8, 6))
    for index, corner in enumerate(CORNERS):
        x, y, z = (GAUSS * (2.0 * bit - 1.0) for bit in corner)
        b, a = strain_matrices(kinds, (x, y, z))
        strain = np.einsum("nij,nj->ni", b[kind], corner_mm) + np.einsum(
            "nij,nj->ni", a[kind], inner
        )
        stress[:, index] = strain @ elastic
    return Solved(body.points(), moved.reshape(-1, 3), cells, stress, shifts)


def _ways(
    points: "NDArray[np.float64]", free: "NDArray[np.bool_]", stiff: Sequence[Stiff]
) -> tuple["csr_array", "NDArray[np.float64]"]:
    """Return how displacements follow from those that are unknown, and forces on stiff bodies.

    A point of a stiff body follows its middle's shift and turn: u = t + w x r.
    """
    import numpy as np  # noqa: PLC0415 - heavy
    from scipy.sparse import coo_matrix  # noqa: PLC0415 - heavy

    alone = free.copy()
    for body in stiff:
        alone[(3 * body.points[:, None] + np.arange(3)).ravel()] = False
    index = np.flatnonzero(alone)
    rows, cols = [index], [np.arange(len(index))]
    values = [np.ones(len(index))]
    size = len(index)
    pull = np.zeros(size + 6 * len(stiff))
    for body in stiff:
        x, y, z = (points[body.points] - np.asarray(body.middle)).T
        follows = (
            *((axis, axis, np.ones_like(x)) for axis in range(3)),
            *((0, 4, z), (0, 5, -y), (1, 3, -z), (1, 5, x), (2, 3, y), (2, 4, -x)),
        )
        for axis, unknown, by in follows:
            rows.append(3 * body.points + axis)
            cols.append(np.full(len(x), size + unknown))
            values.append(by)
        pull[size : size + 3] = body.force_n
        size += 6
    table = np.concatenate(values), (np.concatenate(rows), np.concatenate(cols))
    return coo_matrix(table, shape=(len(free), size)).tocsr(), pull
