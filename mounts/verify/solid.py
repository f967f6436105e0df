"""Is it one closed body? Open edges, facing, facets of no area, facets twice, several bodies."""

from typing import TYPE_CHECKING

from mounts.mesh import Mesh
from mounts.verify.findings import Finding, Outcome, Point3
from mounts.verify.limits import CONTACT_MM3, Limits
from mounts.verify.subject import Subject

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# Facets whose corners lie this near to one line have no area a slicer could use. Float32 at 250 mm
# is good to 0.00002 mm, so that this is rounding and not shape.
FLAT_MM = 1e-5


def check(subject: Subject, limits: Limits) -> Outcome:  # noqa: ARG001 - every group's signature
    """Check the mesh as it stands in the file."""
    mesh = subject.mesh
    found = [*_zero_area(mesh), *_twice(mesh)]
    edges = _edges(subject.clean)
    found += [*_open(subject.clean, edges), *_facing(subject, edges)]
    return Outcome((*found, *_bodies(subject)))


def _zero_area(mesh: Mesh) -> list[Finding]:
    import numpy as np  # noqa: PLC0415 - heavy

    corners = mesh.corners()
    sides = np.linalg.norm(corners - np.roll(corners, 1, axis=1), axis=2).max(axis=1)
    a, b, c = np.moveaxis(corners, 1, 0)
    double = np.linalg.norm(np.cross(b - a, c - a), axis=1)
    # Twice the area over the longest side is the height; corners that repeat have none either.
    flat = double <= FLAT_MM * sides
    if not flat.any():
        return []
    at = _point(corners[int(np.argmax(flat))].mean(axis=0))
    measured = f"{int(flat.sum())} facets without area"
    cure = "export again, or let a mesh tool mend it"
    return [Finding("solid.zero-area", at, measured, "none", cure)]


def _twice(mesh: Mesh) -> list[Finding]:
    import numpy as np  # noqa: PLC0415 - heavy

    keys, first, count = np.unique(
        np.sort(mesh.triangles, axis=1), axis=0, return_index=True, return_counts=True
    )
    again = (count > 1) & (keys[:, 0] != keys[:, 1]) & (keys[:, 1] != keys[:, 2])
    if not again.any():
        return []
    at = _point(mesh.corners()[int(first[int(np.argmax(again))])].mean(axis=0))
    measured = f"{int((count[again] - 1).sum())} facets are there twice"
    return [Finding("solid.duplicate", at, measured, "each once", "remove the second copy")]


def _edges(mesh: Mesh) -> "tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]":
    """Return undirected edges (n, 2), how often each is used, and forward less backward uses."""
    import numpy as np  # noqa: PLC0415 - heavy

    t = mesh.triangles
    edges = np.concatenate([t[:, [0, 1]], t[:, [1, 2]], t[:, [2, 0]]])
    way = np.where(edges[:, 0] < edges[:, 1], 1, -1)
    unique, index, count = np.unique(
        np.sort(edges, axis=1), axis=0, return_inverse=True, return_counts=True
    )
    return unique, count, np.bincount(index.reshape(-1), way, len(unique)).astype(np.int64)


def _open(
    mesh: Mesh, edges: "tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]"
) -> list[Finding]:
    import numpy as np  # noqa: PLC0415 - heavy

    pairs, count, _ = edges
    loose = count % 2 == 1
    if not loose.any():
        return []
    at = _point(mesh.vertices[pairs[int(np.argmax(loose))]].mean(axis=0))
    measured = f"{int(loose.sum())} open edges"
    cure = "close the hole: the slicer must guess what is inside"
    return [Finding("solid.closed", at, measured, "none", cure)]


def _facing(
    subject: Subject, edges: "tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]"
) -> list[Finding]:
    import numpy as np  # noqa: PLC0415 - heavy

    mesh = subject.clean
    pairs, count, balance = edges
    wrong = (count % 2 == 0) & (balance != 0)
    cure = "turn the facets so that all look outwards"
    if wrong.any():
        at = _point(mesh.vertices[pairs[int(np.argmax(wrong))]].mean(axis=0))
        measured = f"{int(wrong.sum())} edges between facets that look opposite ways"
        return [Finding("solid.orientation", at, measured, "none", cure)]
    if mesh.volume_mm3() < 0:
        at = _point(mesh.corners()[0].mean(axis=0))
        return [Finding("solid.orientation", at, "all facets look inwards", "outwards", cure)]
    return []


def _bodies(subject: Subject) -> list[Finding]:
    """Find more than one body. A shell that looks inwards is a cavity, not a body."""
    mesh = subject.clean
    shells = _shells(mesh)
    solids = [m for m in shells if m.volume_mm3() > CONTACT_MM3]
    if len(solids) < 2:
        return []
    solids.sort(key=lambda m: -m.volume_mm3())
    at = _point(solids[1].corners()[0].mean(axis=0))
    measured = f"{len(solids)} bodies{_shared(subject)}"
    cure = "join them, or put each into a file of its own"
    return [Finding("solid.one-body", at, measured, "1", cure)]


def _shared(subject: Subject) -> str:
    """Say how much the bodies run into each other."""
    if subject.solid is None:
        return ""
    from manifold3d import Manifold, OpType  # noqa: PLC0415 - heavy

    parts = subject.solid.decompose()
    joined = Manifold.batch_boolean(parts, OpType.Add).volume()
    shared = sum(p.volume() for p in parts) - joined
    return f", {shared:.1f} mm³ of them inside each other" if shared > CONTACT_MM3 else ""


def _shells(mesh: Mesh) -> list[Mesh]:
    """Return the parts of a mesh that share no vertex."""
    import numpy as np  # noqa: PLC0415 - heavy
    from scipy.sparse import coo_array  # noqa: PLC0415 - heavy
    from scipy.sparse.csgraph import connected_components  # noqa: PLC0415 - heavy

    t, n = mesh.triangles, len(mesh.vertices)
    rows, cols = np.concatenate([t[:, 0], t[:, 1]]), np.concatenate([t[:, 1], t[:, 2]])
    graph = coo_array((np.ones(len(rows)), (rows, cols)), shape=(n, n))
    _, label = connected_components(graph, directed=False)
    of = label[t[:, 0]]
    return [Mesh(mesh.vertices, t[of == one]) for one in np.unique(of)]


def _point(values: "NDArray[np.float64]") -> Point3:
    return float(values[0]), float(values[1]), float(values[2])
