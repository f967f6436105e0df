"""How each sort of result is written as bytes and read again, exactly; see `rack.crew`."""

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from mounts.mesh import Mesh
from rack.crew import Blobs, Kind

if TYPE_CHECKING:
    from numpy.typing import NDArray

FILE = "file/"


def json_bytes(value: Any) -> bytes:
    """Return plain data as JSON; floats come back as they were, and keys in their order."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def files_in(blobs: Blobs) -> dict[str, bytes]:
    """Return what was kept as files, by name."""
    return {n.removeprefix(FILE): data for n, data in blobs.items() if n.startswith(FILE)}


def as_files(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return files as they are kept."""
    return {f"{FILE}{name}": data for name, data in files.items()}


def mesh_blobs(mesh: Mesh, name: str) -> dict[str, bytes]:
    """Return a mesh as bytes under a name: little endian, row by row."""
    return {
        f"{name}/vertices": mesh.vertices.astype("<f8").tobytes(),
        f"{name}/triangles": mesh.triangles.astype("<i8").tobytes(),
    }


def mesh_in(blobs: Blobs, name: str) -> Mesh:
    """Return the mesh kept under a name."""
    return Mesh(_rows(blobs[f"{name}/vertices"], "<f8"), _rows(blobs[f"{name}/triangles"], "<i8"))


def _rows(data: bytes, kind: str) -> "NDArray[Any]":
    import numpy as np  # noqa: PLC0415 - heavy

    return np.frombuffer(data, dtype=kind).reshape(-1, 3)


def _packed_json(value: Any) -> Blobs:
    return {"json": json_bytes(value)}


def _read_json(blobs: Blobs) -> Any:
    return json.loads(blobs["json"])


def plain_kind(name: str) -> Kind[Any]:
    """Return a sort of result that is plain data."""
    return Kind(name, _packed_json, _read_json)


def _one_blob(data: bytes) -> Blobs:
    return {"data": data}


def _read_blob(blobs: Blobs) -> bytes:
    return blobs["data"]


def bytes_kind(name: str) -> Kind[bytes]:
    """Return a sort of result that is one file's content."""
    return Kind(name, _one_blob, _read_blob)
