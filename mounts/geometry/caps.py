"""Facets without height: three corners in a row, as a face with holes in line is cut up into.

Such a facet's long side is that of a neighbour too. Turned about, the edge between both leaves two
facets that share the neighbour's area, and nothing moves.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FLAT_MM = 1e-5  # float32 is good to that here
PASSES = 8  # a facet may lie on another that is flat as well


def without_caps(points: "NDArray[np.float64]", faces: "NDArray[np.int64]") -> "NDArray[np.int64]":
    """Return facets of which none lies flat on its own long side, if that can be had.

    Args:
        points: corners, (n, 3) mm.
        faces: their numbers, counter-clockwise from outside, (m, 3).
    """
    import numpy as np  # noqa: PLC0415 - heavy

    for _ in range(PASSES):
        corners = points[faces]
        sides = np.linalg.norm(np.roll(corners, -1, axis=1) - corners, axis=2)
        cross = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
        flat = np.flatnonzero(np.linalg.norm(cross, axis=1) < FLAT_MM * sides.max(axis=1))
        if not len(flat) or not _turn(faces := faces.copy(), flat, sides.argmax(axis=1)):
            break
        faces = faces[faces[:, 0] != faces[:, 1]]
    return faces


def _turn(
    faces: "NDArray[np.int64]", flat: "NDArray[np.int64]", longest: "NDArray[np.int64]"
) -> bool:
    """Turn the long sides of flat facets, in place; say whether any was turned."""
    rows: list[list[int]] = faces.tolist()
    owner = {(f[k], f[(k + 1) % 3]): i for i, f in enumerate(rows) for k in range(3)}
    touched: set[int] = set()
    for index in flat.tolist():
        side = int(longest[index])
        u, v, w = (rows[index][(side + k) % 3] for k in range(3))
        other = owner.get((v, u))
        if other is None or {index, other} & touched:
            continue
        (x,) = set(rows[other]) - {u, v}
        if x == w:  # two facets back to back: nothing lies between them
            touched |= {index, other}
            faces[index] = faces[other] = (u, u, u)
            continue
        if (x, w) in owner or (w, x) in owner:
            continue
        touched |= {index, other}
        faces[index], faces[other] = (w, u, x), (x, v, w)
    return bool(touched)
