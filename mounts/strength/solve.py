"""Displacements and stresses of bricks that are held somewhere and loaded elsewhere."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mounts.strength.brick import CORNERS, GAUSS, stiffness, strain_matrices
from mounts.strength.grid import Bricks

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, eq=False)
class Solved:
    """What a body does under its load.

    Args:
        points: grid points, (n, 3) mm.
        moved_mm: their displacements, (n, 3) mm; 0 in air.
        cells: corners of the solid bricks, (m, 8).
        stress_mpa: highest over each brick's points, (m, 8, 6): xx, yy, zz, yz, zx, xy.
    """

    points: "NDArray[np.float64]"
    moved_mm: "NDArray[np.float64]"
    cells: "NDArray[np.int64]"
    stress_mpa: "NDArray[np.float64]"


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
) -> Solved:
    """Solve a body for its displacements.

    Args:
        body: its bricks.
        elastic: stress by strain, (6, 6) MPa.
        held: which displacements are none, for each grid point (n, 3).
        force_n: forces on the grid points, (n, 3).

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
    stiff, follow = stiffness(kinds, elastic)
    full = body.filled[tuple(at.T)]
    dofs = (3 * cells[:, :, None] + np.arange(3)).reshape(len(cells), 24)
    free = np.zeros(held.size, dtype=bool)
    free[np.unique(dofs)] = True
    free &= ~held.ravel()
    if not (held.ravel()[np.unique(dofs)]).any():
        raise ValueError("nothing holds the body")
    number = np.cumsum(free) - 1
    values = (stiff[kind] * full[:, None, None]).ravel()
    rows, cols = np.repeat(dofs, 24, axis=1).ravel(), np.tile(dofs, (1, 24)).ravel()
    keep = free[rows] & free[cols]
    size = int(free.sum())
    matrix = coo_matrix(
        (values[keep], (number[rows[keep]], number[cols[keep]])), shape=(size, size)
    ).tocsc()
    options = {"SymmetricMode": True, "DiagPivotThresh": 0.0}
    factor = splu(matrix, permc_spec="MMD_AT_PLUS_A", options=options)
    moved = np.zeros(held.size)
    moved[free] = factor.solve(force_n.ravel()[free])
    own = moved[dofs]
    inner = np.einsum("nij,nj->ni", follow[kind], own)
    stress = np.empty((len(cells), 8, 6))
    for index, corner in enumerate(CORNERS):
        x, y, z = (GAUSS * (2.0 * bit - 1.0) for bit in corner)
        b, a = strain_matrices(kinds, (x, y, z))
        strain = np.einsum("nij,nj->ni", b[kind], own) + np.einsum("nij,nj->ni", a[kind], inner)
        stress[:, index] = strain @ elastic
    return Solved(body.points(), moved.reshape(-1, 3), cells, stress)
