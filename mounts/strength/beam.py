"""A beam that lies in a part loosely: it bears where it touches, and turns freely there."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix


@dataclass(frozen=True, eq=False)
class Beam:
    """Where a beam bears on grid points, and what it does against being bent.

    Args:
        points: indices of the grid points round each place it bears at; they move as their mean.
        stiffness: forces along z there by displacements, (n, n) N/mm.
    """

    points: tuple["NDArray[np.int64]", ...]
    stiffness: "NDArray[np.float64]"


def bent(at_mm: Sequence[float], bending_nmm2: float) -> "NDArray[np.float64]":
    """Return the forces across a straight beam by the displacements across it, (n, n) N/mm.

    Bernoulli's beam; the turns, at which nothing pulls, are eliminated (Guyan).

    Args:
        at_mm: where along the beam, rising.
        bending_nmm2: E I.
    """
    import numpy as np  # noqa: PLC0415 - heavy

    count = len(at_mm)
    whole = np.zeros((2 * count, 2 * count))
    for k, long in enumerate(np.diff(at_mm)):
        shear, mixed, turn = 12 / long**3, 6 / long**2, 2 / long
        own = np.array(
            [
                [shear, mixed, -shear, mixed],
                [mixed, 2 * turn, -mixed, turn],
                [-shear, -mixed, shear, -mixed],
                [mixed, turn, -mixed, 2 * turn],
            ]
        )
        whole[2 * k : 2 * k + 4, 2 * k : 2 * k + 4] += bending_nmm2 * own
    move, turn_of = slice(0, None, 2), slice(1, None, 2)
    rest = np.linalg.solve(whole[turn_of, turn_of], whole[turn_of, move])
    return whole[move, move] - whole[move, turn_of] @ rest


def spread(beams: Sequence[Beam], size: int) -> "csr_matrix":
    """Return what beams add to the stiffness of a grid's displacements, sparse (size, size)."""
    import numpy as np  # noqa: PLC0415 - heavy
    from scipy.sparse import coo_matrix  # noqa: PLC0415 - heavy
    from scipy.sparse import csr_matrix as sparse  # noqa: PLC0415 - heavy

    total = sparse((size, size))
    for beam in beams:
        rows = np.repeat(np.arange(len(beam.points)), [len(p) for p in beam.points])
        cols = 3 * np.concatenate(beam.points) + 2
        share = np.concatenate([np.full(len(p), 1 / len(p)) for p in beam.points])
        mean = coo_matrix((share, (rows, cols)), shape=(len(beam.points), size)).tocsr()
        total = total + mean.T @ sparse(beam.stiffness) @ mean
    return total
