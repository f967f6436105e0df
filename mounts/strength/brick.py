"""The stiffness of a rectangular brick of eight corners.

With the nine incompatible modes of Wilson and Taylor a brick bends without locking, so that one
layer of them is a plate: a cantilever of one layer meets beam theory within 2 % (tests).

Source: R. L. Taylor, P. J. Beresford, E. L. Wilson, "A non-conforming element for stress analysis",
Int. J. Numer. Methods Eng. 10 (1976) 1211-1219; for rectangular bricks it passes the patch test.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# Corners in the order of bits: x fastest, then y, then z.
CORNERS = tuple((i & 1, i >> 1 & 1, i >> 2 & 1) for i in range(8))
GAUSS = 0.5773502691896258  # 1 / sqrt(3), two points a side


def strain_matrices(
    sizes: "NDArray[np.float64]", at: tuple[float, float, float]
) -> tuple["NDArray[np.float64]", "NDArray[np.float64]"]:
    """Return strains by corner displacements (n, 6, 24) and by inner modes (n, 6, 9).

    Args:
        sizes: of the bricks along x, y, z, (n, 3) mm.
        at: a point of the brick, each from -1 to 1.
    """
    import numpy as np  # noqa: PLC0415 - heavy

    signs = 2.0 * np.asarray(CORNERS) - 1.0
    ramps = 1.0 + signs * np.asarray(at)
    slope = np.empty((8, 3))
    for axis in range(3):
        other, third = (axis + 1) % 3, (axis + 2) % 3
        slope[:, axis] = signs[:, axis] * ramps[:, other] * ramps[:, third] / 8.0
    corner = slope[None, :, :] * (2.0 / sizes)[:, None, :]
    bubble = -2.0 * np.diag(np.asarray(at))[None, :, :] * (2.0 / sizes)[:, None, :]
    return _strains(corner), _strains(bubble)


def _strains(slope: "NDArray[np.float64]") -> "NDArray[np.float64]":
    """Return (n, 6, 3 m) from the slopes (n, m, 3) of m shapes: xx, yy, zz, yz, zx, xy."""
    import numpy as np  # noqa: PLC0415 - heavy

    count, shapes, _ = slope.shape
    found = np.zeros((count, 6, shapes, 3))
    for axis in range(3):
        found[:, axis, :, axis] = slope[:, :, axis]
    for row, (a, b) in enumerate(((1, 2), (2, 0), (0, 1)), start=3):
        found[:, row, :, a] = slope[:, :, b]
        found[:, row, :, b] = slope[:, :, a]
    return found.reshape(count, 6, 3 * shapes)


def stiffness(
    sizes: "NDArray[np.float64]", elastic: "NDArray[np.float64]"
) -> tuple["NDArray[np.float64]", "NDArray[np.float64]"]:
    """Return the bricks' stiffness (n, 24, 24) N/mm and how the inner modes follow (n, 9, 24).

    Args:
        sizes: of the bricks along x, y, z, (n, 3) mm.
        elastic: stress by strain, (6, 6) MPa.
    """
    import numpy as np  # noqa: PLC0415 - heavy

    count = len(sizes)
    outer = np.zeros((count, 24, 24))
    mixed = np.zeros((count, 9, 24))
    inner = np.zeros((count, 9, 9))
    weight = (sizes.prod(axis=1) / 8.0)[:, None, None]
    for corner in CORNERS:
        x, y, z = (GAUSS * (2.0 * bit - 1.0) for bit in corner)
        b, a = strain_matrices(sizes, (x, y, z))
        stressed = elastic @ b
        outer += weight * (b.transpose(0, 2, 1) @ stressed)
        mixed += weight * (a.transpose(0, 2, 1) @ stressed)
        inner += weight * (a.transpose(0, 2, 1) @ (elastic @ a))
    follow = np.asarray(-np.linalg.solve(inner, mixed), dtype=np.float64)
    return outer + mixed.transpose(0, 2, 1) @ follow, follow
