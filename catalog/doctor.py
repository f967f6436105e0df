"""What Rackpress needs of this machine: what is there, what it is for, how to get what is missing.

Nothing heavy is imported: a broken CAD kernel is what this is to tell. What must be tried is tried
in a process of its own.
"""

import importlib.metadata
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from catalog.cache import ENV, open_cache
from catalog.problems import InputError
from catalog.tools import CALCULIX, CHROMIUM, GMSH, KICAD, PCBNEW, SLICER, Tool

FINE, MISSING, WRONG = "fine", "missing", "wrong"
OLDEST_PYTHON = (3, 11)  # pyproject.toml: requires-python
OLDEST_KICAD = 9
LEAST_FREE_MB = 500  # four times what the largest example and its cache take
SECONDS = 60
KERNELS = ("cadquery-ocp", "cadquery-ocp-novtk", "cadquery_ocp", "cadquery_ocp_novtk")
CLASHING = ("build123d", "bd_warehouse", "bd-warehouse")  # each brings a kernel over CadQuery's
TRY_KERNEL = "import cadquery.func as f; assert abs(f.box(1, 2, 3).Volume() - 6) < 1e-9"
TRY_MESHES = "import manifold3d as m; assert abs(m.Manifold.cube((1, 2, 3)).volume() - 6) < 1e-9"
TRY_DRAWING = "from mounts.files.picture import open_window; open_window((8, 8)).Render()"
AGAIN = "an environment of its own: python -m venv .venv, then .venv/bin/pip install rackpress"


@dataclass(frozen=True)
class Finding:
    """One thing that is looked at.

    Args:
        name: what it is.
        state: fine, missing or wrong.
        found: what is there, or what is wrong with it.
        purpose: what it is for.
        get: how to get it, or mend it.
        own: only who changes Rackpress itself wants it.
    """

    name: str
    state: str
    found: str
    purpose: str
    get: str = ""
    own: bool = False

    def as_dict(self) -> dict[str, Any]:
        """Return it as plain data."""
        return asdict(self)


def examine() -> list[Finding]:
    """Return everything that is looked at, in the order of its weight."""
    return [
        _python(),
        _kernel(),
        _meshes(),
        _drawing(),
        _fonts(),
        _kicad(),
        _pcbnew(),
        _there(SLICER),
        *_disks(),
        _cache(),
        *(_there(tool, own=True) for tool in (GMSH, CALCULIX, CHROMIUM)),
    ]


def _python() -> Finding:
    version = ".".join(map(str, sys.version_info[:3]))
    state = FINE if sys.version_info[:2] >= OLDEST_PYTHON else WRONG
    wanted = ".".join(map(str, OLDEST_PYTHON))
    get = f"Python {wanted} or newer"
    return Finding("Python", state, f"{version} ({sys.executable})", "runs Rackpress", get)


def _kernel() -> Finding:
    """Look for CadQuery and its kernel, and for what overwrites it."""
    name, purpose = "CadQuery", "draws parts exactly: STEP, and what meshes are checked against"
    clash = [f"{one} {version}" for one in CLASHING if (version := _version(one))]
    kernels = sorted({f"{one.replace('_', '-')} {v}" for one in KERNELS if (v := _version(one))})
    if clash:
        what = f"{' and '.join(clash)} beside it overwrites its kernel with another"
        return Finding(name, WRONG, what, purpose, AGAIN)
    if len(kernels) > 1:
        what = f"two kernels in one environment: {' and '.join(kernels)}"
        return Finding(name, WRONG, what, purpose, AGAIN)
    version = _version("cadquery")
    if not version:
        return Finding(name, MISSING, "not installed", purpose, AGAIN)
    wrong = _tried([sys.executable, "-c", TRY_KERNEL])
    if wrong:
        return Finding(name, WRONG, f"{version} does not work: {wrong}", purpose, AGAIN)
    return Finding(name, FINE, f"{version} with {kernels[0] if kernels else 'its kernel'}", purpose)


def _meshes() -> Finding:
    version = _version("manifold3d")
    wrong = _tried([sys.executable, "-c", TRY_MESHES]) if version else "not installed"
    state = MISSING if not version else WRONG if wrong else FINE
    purpose = "meshes: STL, 3MF, pictures"
    return Finding("manifold3d", state, wrong or version, purpose, AGAIN if wrong else "")


def _drawing() -> Finding:
    wrong = _tried([sys.executable, "-c", TRY_DRAWING])
    get = "Debian: apt install libegl1 libgl1 libgl1-mesa-dri; or build with --no-pictures"
    found = f"cannot draw without a screen: {wrong}" if wrong else "draws without a screen"
    state = MISSING if wrong else FINE
    return Finding("OpenGL", state, found, "pictures of parts, modules and plates", get)


def _fonts() -> Finding:
    spec = importlib.util.find_spec("matplotlib")
    places = list(spec.submodule_search_locations or ()) if spec else []
    fonts = [Path(place, "mpl-data", "fonts", "ttf", "DejaVuSans.ttf") for place in places]
    there = any(path.is_file() for path in fonts)
    found = "DejaVu Sans, with matplotlib" if there else "DejaVu Sans is not with matplotlib"
    purpose = "words in drawings, the same on every machine"
    return Finding("fonts", FINE if there else MISSING, found, purpose, "" if there else AGAIN)


def _kicad() -> Finding:
    program = KICAD.find()
    if program is None:
        return _of(KICAD, MISSING, f"not found; without it {KICAD.without}")
    with tempfile.TemporaryDirectory(prefix="rackpress-doctor-") as home:
        said = _said([program, "version"], {"HOME": home, "KICAD_CONFIG_HOME": home})
    version = re.search(r"^(\d+)\.\S*", said, re.MULTILINE)
    if version is None:
        return _of(KICAD, WRONG, f"{program} tells no version: {_last(said)}")
    state = FINE if int(version[1]) >= OLDEST_KICAD else WRONG
    return _of(KICAD, state, f"{version[0]} ({program})")


def _pcbnew() -> Finding:
    named = os.environ.get(PCBNEW.variable)
    places = [named] if named else [place for place in PCBNEW.places if Path(place).is_file()]
    for place in places:
        if not _tried([place, "-c", "import pcbnew"]):
            return _of(PCBNEW, FINE, f"pcbnew of {place}")
    tried = ", ".join(places) or "no Python of KiCad's"
    return _of(PCBNEW, MISSING, f"pcbnew is not in {tried}; without it {PCBNEW.without}")


def _there(tool: Tool, *, own: bool = False) -> Finding:
    program = tool.find()
    if program is None:
        return _of(tool, MISSING, f"not found; without it {tool.without}", own=own)
    if shutil.which(program) is None:
        return _of(tool, WRONG, f"{program} cannot be run", own=own)
    return _of(tool, FINE, program, own=own)


def _of(tool: Tool, state: str, found: str, *, own: bool = False) -> Finding:
    return Finding(tool.name, state, found, tool.purpose, tool.get, own)


def _disks() -> Iterator[Finding]:
    places = (("disk here", Path.cwd(), "results"), ("temporary files", None, "work in between"))
    for name, path, purpose in places:
        try:
            place = path or Path(tempfile.gettempdir())
            free_mb = shutil.disk_usage(place).free / 1e6
        except OSError as error:
            yield Finding(name, WRONG, str(error.strerror or error), purpose, "make room")
            continue
        state = FINE if free_mb >= LEAST_FREE_MB else WRONG
        get = f"make room: at least {LEAST_FREE_MB} MB"
        yield Finding(name, state, f"{free_mb:.0f} MB free at {place}", purpose, get)


def _cache() -> Finding:
    purpose = "what did not change since an earlier build"
    try:
        cache = open_cache()
    except InputError as error:
        return Finding("cache", WRONG, error.problems[0].what, purpose, f"set {ENV}_MB to MB")
    if cache is None:
        return Finding("cache", FINE, f"none: {ENV}=off, or no home for it", purpose)
    near = next((one for one in (cache.folder, *cache.folder.parents) if one.exists()), None)
    if near is None or not near.is_dir() or not os.access(near, os.W_OK):
        what = f"{cache.folder} cannot be written; all is made anew each time"
        return Finding("cache", WRONG, what, purpose, f"name another folder: {ENV}=DIR")
    used_mb = sum(stat.st_size for _, stat in cache.files()) / 1e6
    return Finding("cache", FINE, f"{used_mb:.0f} MB at {cache.folder}", purpose)


def _version(name: str) -> str:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return ""


def _tried(command: Sequence[str]) -> str:
    """Run a program and return the last thing it said if it failed; empty if it did not."""
    try:
        run = _run(command, {})
    except (OSError, subprocess.TimeoutExpired) as error:
        return str(getattr(error, "strerror", None) or error)
    return "" if run.returncode == 0 else _last(run.stderr or run.stdout)


def _said(command: Sequence[str], more: dict[str, str]) -> str:
    try:
        run = _run(command, more)
    except (OSError, subprocess.TimeoutExpired) as error:
        return str(getattr(error, "strerror", None) or error)
    return run.stdout or run.stderr


def _run(command: Sequence[str], more: dict[str, str]) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(  # noqa: S603 - our own arguments, no shell
        command,
        env={**os.environ, **more},
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
        timeout=SECONDS,
        check=False,
    )


def _last(said: str) -> str:
    lines = said.strip().splitlines()
    return lines[-1][:200] if lines else "it said nothing"
