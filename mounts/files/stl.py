"""Binary STL."""

from typing import TYPE_CHECKING

from catalog.calibration import UNCALIBRATED, Calibration

if TYPE_CHECKING:
    from mounts.mesh import Mesh

HEADER = b"Rackpress, millimetres"  # must not start with the word "solid"


def stl_bytes(mesh: "Mesh", calibration: Calibration = UNCALIBRATED) -> bytes:
    """Return the mesh as binary STL, millimetres, triangles in the mesh's own order.

    Args:
        mesh: as it is to be printed.
        calibration: what it was corrected for; the header names it.
    """
    import numpy as np  # noqa: PLC0415 - heavy

    corners = mesh.corners().astype("<f4")
    normals = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    lengths = np.linalg.norm(normals, axis=1, keepdims=True)
    facets = np.zeros(
        len(corners), dtype=[("normal", "<f4", 3), ("corners", "<f4", (3, 3)), ("pad", "<u2")]
    )
    facets["normal"] = normals / np.where(lengths > 0, lengths, 1)
    facets["corners"] = corners
    count = np.uint32(len(corners)).astype("<u4").tobytes()
    said = f", calibration {calibration.name}" if calibration.measured else ""
    return (HEADER + said.encode()).ljust(80, b"\0") + count + facets.tobytes()


def read_stl(data: bytes) -> "Mesh":
    """Return a binary STL as a welded mesh, mm.

    Raises:
        ValueError: not a whole binary STL.
    """
    import numpy as np  # noqa: PLC0415 - heavy

    from mounts.mesh import Mesh  # noqa: PLC0415 - heavy

    count = int.from_bytes(data[80:84], "little")
    if len(data) != 84 + 50 * count:
        text = f"not a binary STL: {len(data)} bytes for {count} triangles"
        raise ValueError(text)
    kind = np.dtype([("normal", "<f4", 3), ("corners", "<f4", (3, 3)), ("pad", "<u2")])
    corners = np.frombuffer(data, kind, offset=84)["corners"].reshape(-1, 3).astype(np.float64)
    points, index = np.unique(corners, axis=0, return_inverse=True)
    return Mesh(points, index.reshape(-1, 3))
