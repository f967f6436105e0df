"""What results depend on besides their input: our own code and facts, libraries, outside tools."""

import contextlib
import functools
import hashlib
import os
import platform
import re
import sys
from collections.abc import Generator, Iterator
from contextvars import ContextVar
from pathlib import Path

from catalog.tools import KICAD, PCBNEW, SLICER

HOME = Path(__file__).parent.parent
PCBNEW_MODULES = ("/usr/lib/python3/dist-packages", "/usr/lib64/python3/site-packages")
ROOMS = ("catalog", "packing", "mounts", "pcb", "neighbours", "rack", "cli")
# What computes anything that ends in a file: the run-time dependencies, and what they bring.
LIBRARIES = {
    *("cadquery", "cadquery_ocp", "cadquery_ocp_novtk", "kicad_skip", "manifold3d", "matplotlib"),
    *("numpy", "ortools", "pillow", "protobuf", "pydantic", "pydantic_core", "rackpress"),
    *("rectpack", "scipy", "sexpdata", "shapely", "trame_vtk", "vtk"),
}
# What draws pictures without a screen: names, and where Linux keeps them.
DRIVERS = re.compile(
    r"(lib(gallium|GLX_|EGL|OSMesa|LLVM|nvidia-gl)[\w.+-]*\.so[\d.]*|swrast_dri\.so)"
)
LIBRARY_PLACES = ("/usr/lib", "/usr/lib64", "/usr/local/lib", "/usr/lib/{}-linux-gnu")
DRAWING = ("DISPLAY", "GALLIUM_DRIVER", "LIBGL_ALWAYS_SOFTWARE", "VTK_DEFAULT_OPENGL_WINDOW")


_READ: ContextVar[dict[Path, str] | None] = ContextVar("read", default=None)


@contextlib.contextmanager
def noting() -> Generator[dict[Path, str]]:
    """Yield a table that gains path and digest of every file of facts that is read meanwhile."""
    found: dict[Path, str] = {}
    before = _READ.set(found)
    try:
        yield found
    finally:
        _READ.reset(before)


def note(path: Path, data: bytes) -> None:
    """Note that a file was read, if anybody wants to know."""
    found = _READ.get()
    if found is not None:
        found[path] = digest_of(data)


def digest_of(data: bytes) -> str:
    """Return a digest of bytes."""
    return hashlib.sha256(data).hexdigest()


@functools.cache
def code_digest(rooms: tuple[str, ...] = ROOMS) -> str:
    """Return a digest of rooms of this program: every source file and table in them.

    Args:
        rooms: names of top-level packages.
    """
    whole = hashlib.sha256()
    for room in sorted(rooms):
        for name, data in tree(HOME / room):
            whole.update(f"{room}/{name}\0{len(data)}\0".encode())
            whole.update(data)
    return whole.hexdigest()


def tree(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Yield name and content of every file below a folder, sorted; no compiled code, no links."""
    waiting, found = [str(folder)], list[str]()
    while waiting:
        with os.scandir(waiting.pop()) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    if entry.name != "__pycache__" and not entry.name.startswith("."):
                        waiting.append(entry.path)
                elif entry.is_file():
                    found.append(entry.path)
    for path in sorted(found):
        with open(path, "rb") as file:  # noqa: PTH123 - hundreds of them at every start
            yield os.path.relpath(path, folder).replace(os.sep, "/"), file.read()


def folder_digest(folder: Path) -> str:
    """Return a digest of a user's file, or of all files in a folder of theirs; empty if none."""
    whole = hashlib.sha256()
    try:
        if folder.is_file():
            return digest_of(folder.read_bytes())
        for name, data in tree(folder):
            whole.update(f"{name}\0{len(data)}\0".encode())
            whole.update(data)
    except OSError:
        return ""
    return whole.hexdigest()


@functools.cache
def libraries() -> str:
    """Return Python, system and the versions of all libraries that results depend on.

    The names of their folders tell; asking each for its version takes twenty times as long.
    """
    found = {platform.python_version(), sys.platform, platform.machine()}
    for place in sys.path:
        for name in _names(place):
            stem, _, kind = name.rpartition(".")
            if kind in ("dist-info", "egg-info"):
                known = stem.partition("-")[0].lower().replace("-", "_").replace(".", "_")
                found |= {stem} if known in LIBRARIES else set()
    return " ".join(sorted(found))


@functools.cache
def drawing() -> str:
    """Return what draws pictures without a screen on this system, and what steers it."""
    places = [one.format(platform.machine()) for one in LIBRARY_PLACES]
    places += [f"{place}/dri" for place in places]
    found = {
        stamp(Path(place, name))
        for place in places
        for name in _names(place)
        if DRIVERS.fullmatch(name)
    }
    return " ".join([*sorted(found), *(f"{name}={os.environ.get(name, '')}" for name in DRAWING)])


def stamp(path: Path) -> str:
    """Return what tells one version of a file from another without reading it; empty if none."""
    try:
        real = path.resolve()
        stat = real.stat()
    except (OSError, RuntimeError):
        return ""
    return f"{real} {stat.st_size} {stat.st_mtime_ns}"


@functools.cache
def tools() -> tuple[str, ...]:
    """Return what tells one version of each outside program from another, without calling any."""
    found = [stamp(Path(one)) if one else "" for one in (KICAD.find(), SLICER.find())]
    pythons = [os.environ.get(PCBNEW.variable, ""), *PCBNEW.places]
    found += [stamp(Path(one)) if one else "" for one in pythons]
    return (*found, *(stamp(Path(place, "_pcbnew.so")) for place in PCBNEW_MODULES))


@functools.cache
def world() -> str:
    """Return a digest of all that results depend on besides their input.

    With it the user's own facts that `RACKPRESS_CATALOG` names: parts ask for them by themselves.
    """
    own = os.environ.get("RACKPRESS_CATALOG", "")
    facts = folder_digest(Path(own).expanduser()) if own else ""
    text = "\n".join([code_digest(), libraries(), drawing(), *tools(), own, facts])
    return hashlib.sha256(text.encode()).hexdigest()


def _names(folder: str) -> list[str]:
    try:
        return os.listdir(folder or ".")  # noqa: PTH208 - names are all that is wanted
    except OSError:
        return []
