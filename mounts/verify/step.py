"""Reads STEP through the CAD kernel and turns it into triangles, mm."""

from pathlib import Path

from catalog.problems import InputError, Problem
from mounts.mesh import Mesh

CHORD_MM = 0.05  # finer than a printer's 0.1 mm repeatability
CHORD_RAD = 0.2
WELD_MM = 1e-5  # vertices of neighbouring faces differ by rounding only


def read_step(path: Path) -> Mesh:
    """Return all solids of a STEP file as one mesh.

    Raises:
        InputError: the kernel cannot read it, or it holds no faces.
    """
    import numpy as np  # noqa: PLC0415 - heavy
    from cadquery import importers  # noqa: PLC0415 - loads the CAD kernel

    try:
        shapes = importers.importStep(str(path)).vals()
    except (ValueError, RuntimeError) as error:
        what = f"is no STEP file that can be read: {error}"
        raise InputError(Problem(str(path), what)) from error
    points: list[tuple[float, ...]] = []
    faces: list[tuple[int, ...]] = []
    for shape in shapes:
        if not hasattr(shape, "tessellate"):
            continue
        corners, triangles = shape.tessellate(CHORD_MM, CHORD_RAD)  # type: ignore[union-attr]
        faces += [tuple(len(points) + i for i in t) for t in triangles]
        points += [p.toTuple() for p in corners]
    if not faces:
        raise InputError(Problem(str(path), "holds no faces"))
    raw = np.array(points)
    keys = np.round(raw / WELD_MM).astype(np.int64)
    _, first, index = np.unique(keys, axis=0, return_index=True, return_inverse=True)
    welded = index.reshape(-1)[np.array(faces, dtype=np.int64)]
    a, b, c = welded.T
    return Mesh(raw[first], welded[(a != b) & (b != c) & (c != a)])
