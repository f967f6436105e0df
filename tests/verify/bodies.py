"""Good parts, and ways to spoil them, for the tests of `rackpress verify`."""

import struct
from collections.abc import Iterable
from functools import cache
from typing import Any

import numpy as np
from manifold3d import CrossSection, Manifold, OpType

from catalog.load import load_catalog
from mounts.mesh import Mesh, from_manifold, manifold, mesh_of
from mounts.order import Order, spec_for
from mounts.part import Part
from mounts.registry import PARTS
from mounts.verify.limits import Limits
from mounts.verify.subject import Subject, subject_of

ORDERS = {
    "blank": Order("blank", "10in", height_u=1.0, options={"vents": False}),
    "vented blank": Order("blank", "10in", height_u=1.0),
    "shelf": Order("shelf", "10in", "netgear-gs308"),
    "tray": Order("tray", "10in", "raspberry-pi-4b", hat="rpi-poe-hat"),
    "frame": Order("frame", "10in", "raspberry-pi-4b", options={"pose": "on-edge", "count": 2}),
    "two rows": Order(
        "frame", "19in", "raspberry-pi-4b", options={"count": 2, "rows": 2, "between_mm": 300.0}
    ),
    "psu": Order("psu", "10in", "atx"),
    "drives": Order("drives", "10in", "2.5in", options={"count": 1}),
    "panel": Order("panel", "10in", options={"keystones": 2}),
    "bracket": Order("nas", "10in", "qnap-ts-233", options={"piece": "left-bracket"}),
    "wall": Order("wall", "10in", "mikrotik-hex"),
    "holder": Order("holder", "10in", "netgear-gs308"),
    "sled": Order("sled", "10in", "raspberry-pi-4b", options={"pose": "on-edge"}),
    "clip": Order(
        "sled",
        "19in",
        "raspberry-pi-4b",
        height_u=1.0,
        options={"latch": "front", "layers": 2, "skin_mm": 0.83},
    ),
}


@cache
def limits() -> Limits:
    """The limits of the command's defaults."""
    catalog = load_catalog()
    standards = tuple(catalog.standards.values())
    return Limits(catalog.printer("bambu-a1"), catalog.material("petg"), standards)


@cache
def good(name: str) -> tuple[Part, Any, Mesh]:
    """A part of ours, its spec and its mesh in its own frame."""
    order = ORDERS[name]
    spec = spec_for(order, load_catalog())
    part = PARTS[order.part].build(spec)
    return part, spec, mesh_of(part)


def subject(name: str, mesh: Mesh | None = None) -> Subject:
    """A good part as a subject, or the same part with another mesh."""
    part, spec, own = good(name)
    return subject_of(part, spec, own if mesh is None else mesh)


def solid(name: str) -> Manifold:
    """A good part as a solid."""
    return manifold(good(name)[2])


def box(low: Iterable[float], high: Iterable[float]) -> Manifold:
    """A box between two corners."""
    low, high = np.array(list(low), float), np.array(list(high), float)
    return Manifold.cube((high - low).tolist()).translate(low.tolist())


def stadium(x: float, z: float, length: float, height: float) -> Manifold:
    """A slot-shaped prism along y, from y = -5 to 15, round ends on x."""
    disc = CrossSection.circle(height / 2, 64)
    reach = (length - height) / 2
    ends = [disc.translate((-reach, 0)), disc.translate((reach, 0))]
    flat = CrossSection.batch_hull(ends).translate((x, z))
    return Manifold.extrude(flat, 20).transform(
        np.array([[1, 0, 0, 0], [0, 0, -1, 15], [0, 1, 0, 0]], float)
    )


SlotAt = tuple[float, float, float, float]  # x, z, length, height


def plate(width: float, height: float, slots: Iterable[SlotAt], thick: float = 4) -> Manifold:
    """A plain panel with its front at y = 0 and its lower edge at z = 0."""
    body = box((-width / 2, 0, 0), (width / 2, thick, height))
    return Manifold.batch_boolean([body, *(stadium(*s) for s in slots)], OpType.Subtract)


def ear_slots(pitch: float, heights: Iterable[float], length: float, height: float) -> list[SlotAt]:
    """Slots of both ears."""
    return [(side * pitch / 2, z, length, height) for z in heights for side in (-1, 1)]


def turned(mesh: Mesh, matrix: Any, shift: Iterable[float] = (0, 0, 0)) -> Mesh:
    """A mesh turned by a 3 x 3 matrix and shifted, in single precision as a file keeps it."""
    points = mesh.vertices @ np.asarray(matrix, float).T + np.array(list(shift), float)
    return Mesh(points.astype(np.float32).astype(float), mesh.triangles)


def meshed(body: Manifold) -> Mesh:
    """A solid as a mesh, without the facets on one line that booleans leave."""
    return from_manifold(body.simplify(2e-4))


def ascii_stl(mesh: Mesh) -> bytes:
    """A mesh as ASCII STL."""
    lines = ["solid plate"]
    for corners in mesh.corners():
        lines += ["facet normal 0 0 0", "outer loop"]
        lines += ["vertex " + " ".join(f"{v:.9g}" for v in corner) for corner in corners]
        lines += ["endloop", "endfacet"]
    return "\n".join([*lines, "endsolid plate"]).encode()


def binary_stl(mesh: Mesh, header: bytes = b"") -> bytes:
    """A mesh as binary STL, written without the code under test."""
    rows = [
        struct.pack("<12fH", 0, 0, 0, *(float(v) for v in corners.reshape(-1)), 0)
        for corners in mesh.corners()
    ]
    return header.ljust(80, b" ") + struct.pack("<I", len(rows)) + b"".join(rows)
