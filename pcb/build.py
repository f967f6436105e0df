"""From a spec to the files of a KiCad project."""

from pathlib import Path

from catalog.files import write_all
from catalog.problems import InputError, Problem
from pcb.budget import budget
from pcb.draw import draw
from pcb.files import foreign
from pcb.model import circuit
from pcb.netlist import netlist
from pcb.project import (
    LIBRARY_FILE,
    RECORD,
    project_file,
    read_record,
    record,
    symbol_library,
    symbol_table,
)
from pcb.schematic import schematic
from pcb.spec import BoardSpec

NO_LAYOUT = (
    "the board layout (.kicad_pcb) is not made yet; this release writes schematic and netlist"
)


def project_files(spec: BoardSpec) -> dict[str, bytes]:
    """Return every file of the project by name; the same spec gives the same bytes.

    Raises:
        ToolMissing: a level that this release cannot make.
    """
    board, sums, name = circuit(spec), budget(spec), spec.title
    files = {
        f"{name}.kicad_sch": schematic(board, draw(board, sums)).encode(),
        f"{name}.kicad_pro": project_file(board),
        f"{name}.net": netlist(board).encode(),
        "sym-lib-table": symbol_table(),
        LIBRARY_FILE: symbol_library(),
    }
    return files | {f"{name}{RECORD}": record(spec, sums, files)}


def write_project(spec: BoardSpec, folder: Path, *, overwrite: bool = False) -> list[Path]:
    """Write the project into a folder and return the paths.

    Files that were changed since Rackpress wrote them are kept: the call fails before it writes.

    Args:
        spec: the board.
        folder: made if it is not there; other files in it are left alone.
        overwrite: replace changed files too.

    Raises:
        InputError: a file there was changed by hand, or the folder cannot be written.
        ToolMissing: a level that this release cannot make.
    """
    files = project_files(spec)
    path = folder / f"{spec.title}{RECORD}"
    if not overwrite:
        known = read_record(path)[1] if path.is_file() else {}
        changed = foreign(folder, {n: c for n, c in files.items() if n != path.name}, known)
        if changed:
            raise InputError(*(_changed(folder / name) for name in changed))
    return write_all(folder, files)


def _changed(path: Path) -> Problem:
    what = "was not written by Rackpress, or was changed since"
    return Problem(str(path), what, nearest="choose another folder, or lose it with --overwrite")


def write_netlist(spec: BoardSpec, folder: Path) -> tuple[Path, str]:
    """Write `NAME.net` again and return its path and text.

    Raises:
        InputError: the folder cannot be written.
    """
    text = netlist(circuit(spec))
    return write_all(folder, {f"{spec.title}.net": text.encode()})[0], text
