"""Reads STEP through the CAD kernel and turns it into triangles, mm."""

from pathlib import Path

from catalog.problems import InputError, Problem
from mounts.mesh import Mesh

CHORD_MM = 0.05  # finer than a printer's 0.1 mm repeatability
CHORD_RAD = 0.2
LARGEST_BYTES = 50_000_000  # the kernel reads some MB a second
FIRST, LAST = (
    b"ISO-10303-21;",
    b"END-ISO-10303-21;",
)  # ISO 10303-21: what a file begins and ends with
WELD_MM = 1e-5  # vertices of neighbouring faces differ by rounding only


def read_step(path: Path, data: bytes) -> Mesh:
    """Return all solids of a STEP file as one mesh.

    Args:
        path: where it is.
        data: what it holds.

    Raises:
        InputError: it is none, not whole or too large, the kernel cannot read it, or it holds no
            faces.
    """
    _look_at(str(path), data)
    import numpy as np  # noqa: PLC0415 - heavy
    from cadquery import importers  # noqa: PLC0415 - loads the CAD kernel

    _hush()
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


def _look_at(where: str, data: bytes) -> None:
    """Refuse what is plainly no STEP file before the kernel is loaded."""
    if len(data) > LARGEST_BYTES:
        what, most = f"{len(data) / 1e6:.0f} MB is too large", f"{LARGEST_BYTES / 1e6:.0f} MB"
        raise InputError(Problem(where, what, allowed=most))
    if not data[:1000].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(FIRST):
        raise InputError(Problem(where, "is no STEP file: it does not begin with ISO-10303-21"))
    if LAST not in data[-1000:]:
        what = "is no whole STEP file: its last line is missing"
        raise InputError(Problem(where, what, nearest="export it again"))


def _hush() -> None:
    """Take the kernel's messages off the standard output, which is for data."""
    from OCP.Message import (  # noqa: PLC0415 - loads the CAD kernel
        Message,  # pyright: ignore[reportAttributeAccessIssue] - its stubs lack the class
        Message_PrinterOStream,  # pyright: ignore[reportAttributeAccessIssue]
    )

    kind = Message_PrinterOStream.get_type_descriptor_s()
    Message.DefaultMessenger_s().RemovePrinters(kind)
