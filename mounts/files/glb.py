"""Binary glTF 2.0: a scene of named meshes for any viewer, the same bytes every time.

Metres and y up, as the Khronos glTF 2.0 specification has it (sections 3.4 and 4.4); our frame is
in mm with z up and the front at y = 0. Without normals a viewer shades facets flat (3.7.2.1).
"""

import json
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from mounts.mesh import Mesh

MAGIC, VERSION = b"glTF", 2
FLOAT, UINT16, UINT32 = 5126, 5123, 5125  # component types
VERTICES, INDICES = 34962, 34963  # what a buffer view is bound to
ROUGH = 0.75  # printed plastic, neither glossy nor chalk
MM = 0.001  # in metres


@dataclass(frozen=True, eq=False)
class Node:
    """A named mesh of a model; its colour as on a screen, parts up to 1; opacity 1 is solid."""

    name: str
    mesh: "Mesh"
    color: tuple[float, float, float]
    opacity: float = 1.0


def glb_bytes(nodes: Sequence[Node], title: str) -> bytes:
    """Return a model as binary glTF.

    Args:
        nodes: what is in it, mm, rack frame; in this order.
        title: name of the scene.
    """
    looks = list(dict.fromkeys(map(_look, nodes)))
    views, accessors, whole = _buffer(nodes)
    document: dict[str, Any] = {
        "asset": {"version": "2.0", "generator": "Rackpress"},
        "scene": 0,
        "scenes": [{"name": title, "nodes": list(range(len(nodes)))}],
        "nodes": [{"name": node.name, "mesh": i} for i, node in enumerate(nodes)],
        "meshes": [
            {"name": node.name, "primitives": [_primitive(i, looks.index(_look(node)))]}
            for i, node in enumerate(nodes)
        ],
        "materials": [_material(color, opacity) for color, opacity in looks],
        "accessors": accessors,
        "bufferViews": views,
        "buffers": [{"byteLength": len(whole)}],
    }
    text = json.dumps(document, separators=(",", ":"), ensure_ascii=False).encode()
    return _packed(_padded(text, b" "), whole)


def _look(node: Node) -> tuple[tuple[float, float, float], float]:
    return node.color, node.opacity


def _primitive(number: int, material: int) -> dict[str, Any]:
    points, faces = 2 * number, 2 * number + 1  # as _buffer lays them
    return {"attributes": {"POSITION": points}, "indices": faces, "material": material}


def _buffer(nodes: Sequence[Node]) -> tuple[list[dict[str, Any]], list[dict[str, Any]], bytes]:
    """Return views, accessors and bytes: of each node its vertices, then its triangles."""
    views: list[dict[str, Any]] = []
    accessors: list[dict[str, Any]] = []
    whole = bytearray()
    for node in nodes:
        points = _upright(node.mesh)
        small = len(points) < 2**16 - 1  # the largest index is reserved
        faces = node.mesh.triangles.astype("<u2" if small else "<u4")
        low, high = (v.astype(float).tolist() for v in (points.min(axis=0), points.max(axis=0)))
        at, kind = len(views), UINT16 if small else UINT32
        common = {"bufferView": at, "componentType": FLOAT, "count": len(points), "type": "VEC3"}
        accessors.append({**common, "min": low, "max": high})
        common = {"bufferView": at + 1, "componentType": kind, "count": faces.size}
        accessors.append({**common, "type": "SCALAR"})
        for data, target in ((points, VERTICES), (faces, INDICES)):
            place = {"buffer": 0, "byteOffset": len(whole), "byteLength": data.nbytes}
            views.append({**place, "target": target})
            whole += _padded(data.tobytes(), b"\0")
    return views, accessors, bytes(whole)


def _upright(mesh: "Mesh") -> "NDArray[np.float32]":
    """Return vertices in metres: x right, y up, the front towards +z."""
    import numpy as np  # noqa: PLC0415 - heavy

    x, y, z = mesh.vertices.T
    return np.ascontiguousarray(np.stack([x, z, -y], axis=1) * MM, dtype="<f4")


def _material(color: tuple[float, float, float], opacity: float) -> dict[str, Any]:
    look: dict[str, Any] = {
        "pbrMetallicRoughness": {
            "baseColorFactor": [*(round(_linear(c), 4) for c in color), opacity],
            "metallicFactor": 0.0,
            "roughnessFactor": ROUGH,
        }
    }
    return look if opacity == 1 else {**look, "alphaMode": "BLEND"}


def _linear(value: float) -> float:
    """Return a colour's part without the screen's gamma (IEC 61966-2-1), as glTF wants it."""
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def _padded(data: bytes, by: bytes) -> bytes:
    return data + by * (-len(data) % 4)


def _packed(text: bytes, binary: bytes) -> bytes:
    """Return header and the two chunks, section 4.4."""
    total = 12 + 8 + len(text) + 8 + len(binary)
    return b"".join(
        [
            struct.pack("<4sII", MAGIC, VERSION, total),
            struct.pack("<I4s", len(text), b"JSON"),
            text,
            struct.pack("<I4s", len(binary), b"BIN\0"),
            binary,
        ]
    )
