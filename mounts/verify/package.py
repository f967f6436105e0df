"""Reads 3MF: a zip of XML, possibly a stranger's, so every size is held to a limit.

Objects, components with their transforms, several model files (production extension) and units, as
in the 3MF Core Specification 1.3, sections 3 and 4.
"""

import io
import lzma
import posixpath
import stat
import zipfile
import zlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any
from xml.parsers import expat

from catalog.problems import InputError, Problem
from mounts.mesh import Mesh

# A panel of 19 inches full of vents has 60 000 triangles, a scan some hundred thousand.
LARGEST_BYTES = 100_000_000
LARGEST_UNPACKED = 100_000_000
LARGEST_RATIO = 100  # XML of numbers packs to a tenth; a bomb to a thousandth
MOST_FILES = 2_000
MOST_TRIANGLES = 1_000_000
MOST_POINTS = 2_000_000
MOST_PARTS = 10_000  # objects that a build is put together from, each as often as it is used
LONGEST_TAG = 4_000_000  # bytes; the parser keeps a tag whole
LONGEST_RECIPE = 1_000_000  # characters; a recipe is some thousand
CHUNK = 1_000_000
MOST = {
    "vertex": MOST_POINTS,
    "triangle": MOST_TRIANGLES,
    "component": MOST_PARTS,
    "item": MOST_PARTS,
    "object": MOST_PARTS,
}
DEEPEST = 16
FARTHEST_MM = 1e6
UNIT_MM = {
    "micron": 0.001,
    "millimeter": 1.0,
    "centimeter": 10.0,
    "inch": 25.4,
    "foot": 304.8,
    "meter": 1000.0,
}
RECIPE = "rackpress:recipe"
ROOT_MODEL = "3D/3dmodel.model"
# What unpacking raises: no such method, a password, or bytes that are none of its.
BROKEN = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, RuntimeError, EOFError, OSError)


@dataclass(frozen=True)
class Package:
    """The bodies of a 3MF in mm, each with its name, and our recipe if it carries one."""

    bodies: tuple[tuple[str, Mesh], ...]
    recipe: str | None


@dataclass
class _Object:
    name: str = ""
    points: list[tuple[float, float, float]] = field(
        default_factory=list[tuple[float, float, float]]
    )
    faces: list[tuple[int, int, int]] = field(default_factory=list[tuple[int, int, int]])
    parts: list[tuple[str, str, str]] = field(default_factory=list[tuple[str, str, str]])


@dataclass
class _Model:
    unit_mm: float = 1.0
    objects: dict[str, _Object] = field(default_factory=dict[str, _Object])
    items: list[tuple[str, str, str]] = field(default_factory=list[tuple[str, str, str]])
    metadata: dict[str, str] = field(default_factory=dict[str, str])


def read_package(data: bytes, where: str) -> Package:
    """Read a 3MF.

    Args:
        data: the file.
        where: what to call it in errors.

    Raises:
        InputError: not a 3MF, damaged, or beyond a limit.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            models = _models(package, where)
    except zipfile.BadZipFile as error:
        raise _wrong(where, "is no zip, so no 3MF") from error
    if not models:
        raise _wrong(where, "holds no 3D model")
    root = models.get(ROOT_MODEL) or models[min(models)]
    home = ROOT_MODEL if ROOT_MODEL in models else min(models)
    reader = _Reader(models, where)
    bodies: list[tuple[str, Mesh]] = []
    for number, (target, transform, path) in enumerate(root.items, start=1):
        name, mesh = reader.body(path or home, target, transform)
        bodies.append((name or f"object {number}", mesh))
    if not bodies:
        raise _wrong(where, "its build lists no object")
    return Package(tuple(bodies), root.metadata.get(RECIPE))


def _models(package: zipfile.ZipFile, where: str) -> dict[str, _Model]:
    entries = package.infolist()
    unpacked = sum(entry.file_size for entry in entries)
    packed = max(1, sum(entry.compress_size for entry in entries))
    if len(entries) > MOST_FILES or unpacked > LARGEST_UNPACKED:
        raise _wrong(where, f"unpacks to {unpacked / 1e6:.0f} MB in {len(entries)} files: too much")
    if unpacked > 1_000_000 and unpacked / packed > LARGEST_RATIO:
        raise _wrong(where, f"unpacks to {unpacked / packed:.0f} times its size: looks like a bomb")
    found: dict[str, _Model] = {}
    for entry in entries:
        if entry.filename.lower().endswith(".model"):
            try:
                with package.open(entry) as file:
                    model = _parsed(file, f"{where}: {entry.filename}")
            except BROKEN as error:
                raise _wrong(where, f"{entry.filename} cannot be unpacked: {error}") from error
            found[entry.filename.lstrip("/")] = model
    return found


def _parsed(file: IO[bytes], where: str) -> _Model:
    maker = _Maker(where)
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = maker.start
    parser.EndElementHandler = maker.end
    parser.CharacterDataHandler = maker.text
    parser.StartDoctypeDeclHandler = maker.doctype
    fed = 0
    try:
        while chunk := file.read(CHUNK):
            fed += len(chunk)
            parser.Parse(chunk, False)
            if fed - parser.CurrentByteIndex > LONGEST_TAG:
                raise _wrong(where, f"holds a tag of more than {LONGEST_TAG // 1_000_000} MB")
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise _wrong(where, f"is no whole XML: {error}") from error
    except (KeyError, ValueError) as error:
        raise _wrong(where, f"lacks or garbles an attribute: {error}") from error
    return maker.model


class _Maker:
    """Collects what the XML says."""

    def __init__(self, where: str) -> None:
        self.where = where
        self.model = _Model()
        self.open: _Object | None = None
        self.meta = ""
        self.count = {"vertex": 0, "triangle": 0, "component": 0, "item": 0, "object": 0}

    def doctype(self, *_: Any) -> None:
        raise _wrong(self.where, "declares a document type, which 3MF forbids")

    def text(self, data: str) -> None:
        if self.meta:
            so_far = self.model.metadata.get(self.meta, "")
            if len(so_far) > LONGEST_RECIPE:
                raise _wrong(self.where, f"holds more than {LONGEST_RECIPE} letters of {self.meta}")
            self.model.metadata[self.meta] = so_far + data

    def end(self, tag: str) -> None:
        name = tag.rpartition(" ")[2]
        if name == "object":
            self.open = None
        elif name == "metadata":
            self.meta = ""

    def start(self, tag: str, a: dict[str, str]) -> None:
        name = tag.rpartition(" ")[2]
        if name in self.count:
            self.count[name] += 1
            if self.count[name] > MOST[name]:
                raise _wrong(self.where, f"holds more than {MOST[name]} of {name}")
        if self.open is not None:
            self._inside(name, a)
        elif name == "object":
            self.open = self.model.objects[a["id"]] = _Object(a.get("name", ""))
        elif name == "item":
            self.model.items.append((a["objectid"], a.get("transform", ""), _path(a)))
        elif name == "model":
            self.model.unit_mm = UNIT_MM[a.get("unit", "millimeter")]
        elif name == "metadata":
            self.meta = a["name"]

    def _inside(self, name: str, a: dict[str, str]) -> None:
        body = self.open
        assert body is not None
        if name == "vertex":
            body.points.append((float(a["x"]), float(a["y"]), float(a["z"])))
        elif name == "triangle":
            face = int(a["v1"]), int(a["v2"]), int(a["v3"])
            if min(face) < 0 or max(face) > MOST_POINTS:
                raise _wrong(self.where, f"names a vertex past {MOST_POINTS}, or before 0")
            body.faces.append(face)
        elif name == "component":
            body.parts.append((a["objectid"], a.get("transform", ""), _path(a)))


class _Reader:
    """Puts objects together from their components."""

    def __init__(self, models: dict[str, _Model], where: str) -> None:
        self.models = models
        self.where = where
        self.faces = self.points = self.parts = 0

    def body(self, path: str, target: str, transform: str) -> tuple[str, Mesh]:
        import numpy as np  # noqa: PLC0415 - heavy

        meshes: list[tuple[Any, Any]] = []
        name = self._collect((path, target), self._matrix(transform), meshes, 0)
        if not meshes:
            raise _wrong(self.where, f"object {target} holds no triangles")
        starts = np.cumsum([0, *(len(points) for points, _ in meshes)])
        faces = [f + start for (_, f), start in zip(meshes, starts[:-1], strict=True)]
        points = np.concatenate([p for p, _ in meshes]) * self.models[path].unit_mm
        if not (np.abs(points) < FARTHEST_MM).all():  # also what is no number
            raise _wrong(self.where, f"holds coordinates past {FARTHEST_MM:g} mm, or no numbers")
        keep, index = np.unique(points, axis=0, return_inverse=True)
        return name, Mesh(keep, index.reshape(-1)[np.concatenate(faces)])

    def _collect(self, target: tuple[str, str], matrix: Any, meshes: list[Any], depth: int) -> str:
        import numpy as np  # noqa: PLC0415 - heavy

        path, number = target
        model = self.models.get(path)
        self.parts += 1
        if self.parts > MOST_PARTS:
            raise _wrong(self.where, f"is put together from more than {MOST_PARTS} objects")
        if depth > DEEPEST or model is None or number not in model.objects:
            what = "components lie too deep" if depth > DEEPEST else f"object {number} is not there"
            raise _wrong(self.where, what)
        body = model.objects[number]
        if body.faces:
            self.faces, self.points = self.faces + len(body.faces), self.points + len(body.points)
            if self.faces > MOST_TRIANGLES or self.points > MOST_POINTS:
                raise _wrong(self.where, f"object {number}: too many triangles or vertices in all")
            faces = np.array(body.faces, dtype=np.int64)
            if faces.max() >= len(body.points):
                raise _wrong(self.where, f"object {number} lacks vertex {faces.max()}")
            points = np.array(body.points) @ matrix[:3] + matrix[3]
            meshes.append((points, faces[:, ::-1] if np.linalg.det(matrix[:3]) < 0 else faces))
        for child, transform, other in body.parts:
            inner = self._matrix(transform)
            joined = np.vstack([inner[:3] @ matrix[:3], inner[3] @ matrix[:3] + matrix[3]])
            self._collect((other or path, child), joined, meshes, depth + 1)
        return body.name

    def _matrix(self, text: str) -> Any:
        """Return a transform as (4, 3) rows; points are rows and stand before it."""
        import numpy as np  # noqa: PLC0415 - heavy

        try:
            values = [float(word) for word in text.split()]
        except ValueError as error:
            raise _wrong(self.where, f"a transform is no numbers: {text[:80]!r}") from error
        if any(not abs(value) < FARTHEST_MM for value in values):
            raise _wrong(self.where, f"a transform moves past {FARTHEST_MM:g} mm: {text[:80]!r}")
        if values and len(values) != 12:
            raise _wrong(self.where, f"a transform has {len(values)} numbers, not 12")
        return np.array(values or [1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0], dtype=float).reshape(4, 3)


def _path(attributes: dict[str, str]) -> str:
    """Return the model file a reference names, as its name in the zip."""
    for key, value in attributes.items():
        if key.rpartition(" ")[2] == "path":
            return posixpath.normpath(value).lstrip("/")
    return ""


def _wrong(where: str, what: str) -> InputError:
    return InputError(Problem(where, what))


def file_bytes(path: Path) -> bytes:
    """Return what a file holds.

    Raises:
        InputError: it cannot be read, or is larger than any part.
    """
    try:
        about = path.stat()
        if not stat.S_ISREG(about.st_mode):  # a device or a pipe may never end
            raise InputError(Problem(str(path), "is no file"))
        size = about.st_size
        if size > LARGEST_BYTES:
            what = f"{size / 1e6:.0f} MB is too large"
            raise InputError(Problem(str(path), what, allowed=f"{LARGEST_BYTES / 1e6:.0f} MB"))
        return path.read_bytes()
    except OSError as error:
        what = f"cannot be read: {error.strerror or error}"
        raise InputError(Problem(str(path), what)) from error
