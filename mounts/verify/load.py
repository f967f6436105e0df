"""Reads a file to be checked: STL, 3MF or STEP, with the recipe of a part of ours if it has one."""

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from catalog.problems import InputError, Problem
from mounts.files.step_recipe import step_recipe
from mounts.mesh import Mesh
from mounts.part import Up
from mounts.verify.findings import Finding
from mounts.verify.package import FARTHEST_MM, MOST_TRIANGLES, file_bytes, read_package
from mounts.verify.subject import Subject

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np
    from numpy.typing import NDArray

KINDS = (".stl", ".3mf", ".step", ".stp")
WELD_MM = 1e-3  # for files written with few digits, and only if that closes them
INCH_MM = 25.4
# A mount is some hand's breadths across. STL names no unit: what is far off is another one.
UNITS = {"inches": INCH_MM, "centimetres": 10.0, "metres": 1000.0}
SMALL_MM = 30.0
HUGE_MM = 2000.0
_CALIBRATED = re.compile(rb"Rackpress, millimetres, calibration ([a-z0-9-]+)")
UPS: tuple[Up, ...] = ("+z", "+y", "-y", "+x", "-x", "-z")


def load(path: Path, up: Up | None = None) -> list[Subject]:
    """Read every body of a file.

    Args:
        path: an STL, 3MF or STEP file.
        up: the direction of the file that is up on the bed; as it lies if not given, and for a
            stranger's STEP the direction with the least overhang.

    Raises:
        InputError: the file is missing, too large, of another kind, or not whole.
    """
    kind = path.suffix.lower()
    if kind not in KINDS:
        what = f"{path.suffix or 'a file without an ending'} is not a file this can check"
        raise InputError(Problem(str(path), what, allowed="STL, 3MF, STEP, or a rack.toml"))
    data = file_bytes(path)
    readers: dict[str, Callable[[], list[Subject]]] = {
        ".stl": lambda: [_stl(path, data, up or "+z")],
        ".3mf": lambda: _threemf(path, data, up),
    }
    found = readers[kind]() if kind in readers else [_step(path, data, up)]
    if not found:
        raise InputError(Problem(str(path), "there is no body in it"))
    return found


def _stl(path: Path, data: bytes, up: Up) -> Subject:
    import numpy as np  # noqa: PLC0415 - heavy

    count = int.from_bytes(data[80:84], "little")
    if len(data) >= 84 and len(data) == 84 + 50 * count:
        _not_too_many(path, count)
        kind = np.dtype([("normal", "<f4", 3), ("corners", "<f4", (3, 3)), ("pad", "<u2")])
        corners = np.frombuffer(data, kind, offset=84)["corners"].astype(np.float64)
    elif data[:80].lstrip()[:5].lower() == b"solid":
        _not_too_many(path, data.lower().count(b"vertex") // 3)
        corners = _ascii(path, data)
    else:
        what = f"is no whole STL: {len(data)} bytes for {count} triangles"
        raise InputError(Problem(str(path), what, nearest="export it again"))
    if not len(corners):
        raise InputError(Problem(str(path), "holds no triangles"))
    if not (np.abs(corners) < FARTHEST_MM).all():  # also what is no number
        what = f"holds coordinates past {FARTHEST_MM:g} mm, or that are no numbers"
        raise InputError(Problem(str(path), what))
    mesh, notes, found = _in_mm(_welded(corners))
    notes = (*notes, "STL: taken to lie as it is printed" if up == "+z" else f"STL: {up} up")
    named = _CALIBRATED.match(data[:80])
    if named:
        own = named[1].decode()
        notes = (*notes, f"drawn for {own}: name that file with --calibration, it is larger for it")
    return Subject(path.name, mesh, up, notes=notes, found=found)


def _not_too_many(path: Path, count: int) -> None:
    if count > MOST_TRIANGLES:
        what = f"holds {count} triangles: too many"
        raise InputError(Problem(str(path), what, allowed=f"up to {MOST_TRIANGLES}"))


def _ascii(path: Path, data: bytes) -> "NDArray[np.float64]":
    import numpy as np  # noqa: PLC0415 - heavy

    lines = re.findall(rb"vertex\s+(\S+)\s+(\S+)\s+(\S+)", data, re.IGNORECASE)
    try:
        # STL means single precision, in whatever digits: corners that are one must stay one.
        points = np.array(lines, dtype=np.float64).astype(np.float32).astype(np.float64)
    except ValueError as error:
        raise InputError(Problem(str(path), "holds a vertex that is no number")) from error
    if len(points) % 3 or not len(points):
        what = f"is no whole STL: {len(points)} corners"
        raise InputError(Problem(str(path), what, nearest="export it again"))
    return points.reshape(-1, 3, 3)


def _welded(corners: "NDArray[np.float64]") -> Mesh:
    """Join equal corners; nearly equal ones too where that closes the mesh."""
    import numpy as np  # noqa: PLC0415 - heavy

    raw = corners.reshape(-1, 3)
    points, index = np.unique(raw, axis=0, return_inverse=True)
    mesh = Mesh(points, index.reshape(-1, 3))
    if mesh.open_edges():
        keys = np.round(raw / WELD_MM).astype(np.int64)
        _, first, index = np.unique(keys, axis=0, return_index=True, return_inverse=True)
        near = Mesh(raw[first], index.reshape(-1, 3))
        if not near.open_edges():
            return near
    return mesh


def _in_mm(mesh: Mesh) -> tuple[Mesh, tuple[str, ...], tuple[Finding, ...]]:
    """Return a mesh in mm, and say so if it was plainly drawn in something else."""
    low, high = mesh.bounds_mm()
    size = max(h - lo for lo, h in zip(low, high, strict=True))
    if SMALL_MM <= size <= HUGE_MM or size <= 0:
        return mesh, (), ()
    unit = next((u for u, f in UNITS.items() if 60.0 <= size * f <= 600.0), None)
    if size > HUGE_MM or unit is None:
        return mesh, (f"{size:.4g} mm across: is that meant?",), ()
    note = f"taken as {unit} and enlarged by {UNITS[unit]:g}"
    at = low[0], low[1], low[2]
    measured, cure = f"{size:.4g} mm across", f"export it in mm; it reads as {unit}"
    found = Finding("file.unit", at, measured, "a mount in mm", cure)
    return Mesh(mesh.vertices * UNITS[unit], mesh.triangles), (note,), (found,)


def _threemf(path: Path, data: bytes, up: Up | None) -> list[Subject]:
    package = read_package(data, str(path))
    bodies = [
        (f"{path.name}: {name}" if name and name != path.stem else path.name, name, mesh)
        for name, mesh in package.bodies
    ]
    if package.recipe is None:
        return [Subject(title, mesh, up or "+z") for title, _, mesh in bodies]
    from mounts.verify.recipe import made_for, recognised  # noqa: PLC0415 - loads the CAD kernel

    recipe, notes = _json(package.recipe)
    found: list[Subject] = []
    for title, name, mesh in bodies:
        if up is not None or notes:
            found.append(Subject(title, mesh, up or "+z", notes=notes))
        else:
            found.append(recognised(title, mesh, _of_plate(recipe, name)))
    return [replace(one, made_for=made_for(recipe)) for one in found]


def _json(text: str) -> tuple[Any, tuple[str, ...]]:
    """Return a recipe as data, or what is wrong with it."""
    try:
        return json.loads(text), ()
    except (ValueError, RecursionError):
        return None, ("its recipe is no JSON: checked as a stranger's",)


def _of_plate(data: Any, name: str) -> Any:
    """Return the recipe of one object of a plate; any other recipe as it is."""
    parts: Any = data.get("parts") if isinstance(data, dict) else None
    if not isinstance(parts, list):
        return data
    own = (one for one in parts if isinstance(one, dict) and one.get("name") == name)
    return {**data, **next(own, {})}


def _step(path: Path, data: bytes, up: Up | None) -> Subject:
    from mounts.verify.step import read_step  # noqa: PLC0415 - loads the CAD kernel

    mesh = read_step(path, data)
    if up is not None:
        return Subject(path.name, mesh, up)
    text = step_recipe(data.decode("utf-8", errors="replace"))
    own = None if text is None else _recognised_step(path.name, mesh, text)
    if own is not None and own.spec is not None:
        return own
    notes = () if own is None else own.notes
    chosen = _least_overhang(mesh)
    note = f"print direction not given: {chosen} up, which hangs over least; say --up to change it"
    return Subject(path.name, mesh, chosen, notes=(*notes, note))


def _recognised_step(name: str, mesh: Mesh, text: str) -> Subject:
    """Return a body with what its recipe says, or a stranger's with a note that says why not."""
    from mounts.verify.recipe import in_place, made_for  # noqa: PLC0415 - loads the CAD kernel

    recipe, notes = _json(text)
    if notes:
        return Subject(name, mesh, notes=notes)
    return replace(in_place(name, mesh, recipe), made_for=made_for(recipe))


def _least_overhang(mesh: Mesh) -> Up:
    """Return the direction in which the least area looks down too steeply."""
    import numpy as np  # noqa: PLC0415 - heavy

    from mounts.assembly import moved_mesh  # noqa: PLC0415 - beside its only use
    from mounts.bed import STAND  # noqa: PLC0415 - beside its only use
    from mounts.verify.overhang import steep  # noqa: PLC0415 - beside its only use

    def hanging(up: Up) -> float:
        turned = moved_mesh(mesh, STAND[up])
        a, b, c = np.moveaxis(turned.corners()[steep(turned, 45.0)], 1, 0)
        return float(np.linalg.norm(np.cross(b - a, c - a), axis=1).sum())

    return min(UPS, key=lambda up: round(hanging(up), 1))
