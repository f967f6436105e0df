"""From a spec to the files of a KiCad project."""

from collections.abc import Mapping
from pathlib import Path

from catalog.files import write_all
from catalog.problems import InputError
from pcb.board.board import board
from pcb.board.comb import comb
from pcb.board.footprint_files import library_files, model_files
from pcb.board.footprints import footprints
from pcb.board.place import lay_out
from pcb.board.rules import rules
from pcb.budget import budget
from pcb.copper.solved import solve_board
from pcb.device import device_toml
from pcb.files import changed_by_hand, foreign
from pcb.fill import fill
from pcb.host.files import NO_NAMES, host_files, named
from pcb.interface import interface_of
from pcb.kicad import KiCad
from pcb.managed.pinmap import pin_map
from pcb.model import circuit
from pcb.project import (
    LIBRARY_FILE,
    RECORD,
    project_file,
    read_record,
    record,
    symbol_library,
    symbol_table,
)
from pcb.sheet.draw import draw
from pcb.sheet.netlist import netlist
from pcb.sheet.schematic import schematic
from pcb.spec import BoardSpec


def project_files(spec: BoardSpec, nodes: Mapping[int, str] = NO_NAMES) -> dict[str, bytes]:
    """Return every file of the project by name; the same spec gives the same bytes.

    Args:
        spec: the board.
        nodes: what hangs on its outputs; a host switches them by these names.
    """
    made, sums, name = circuit(spec), budget(spec), spec.title
    layout = lay_out(made)
    told = interface_of(made, layout)
    files = {
        f"{name}.kicad_pcb": board(made, layout).encode(),
        f"{name}.kicad_dru": rules(comb(spec)).encode(),
        f"{name}.kicad_sch": schematic(made, draw(made, sums)).encode(),
        f"{name}.kicad_pro": project_file(made),
        f"{name}.net": netlist(made).encode(),
        f"{name}.interface.json": told.as_json(),
        f"{told.device_id}.toml": device_toml(told),
        "sym-lib-table": symbol_table(),
        LIBRARY_FILE: symbol_library(),
        **library_files(),
        **model_files((footprints()[part.footprint], part.value) for part in made.parts),
    }
    if spec.level == "managed":
        files |= host_files(named(pin_map(spec), nodes))
    return files | {f"{name}{RECORD}": record(spec, sums, files, layout.size)}


def filled_files(files: Mapping[str, bytes], spec: BoardSpec, kicad: KiCad) -> dict[str, bytes]:
    """Return the files of a project with the pours of its board filled by KiCad.

    The copper is solved then, and the rules on tracks are what it asks for.

    Raises:
        ToolMissing: KiCad's pcbnew module is not there.
        CheckFailed: KiCad cannot load the board.
    """
    layout = f"{spec.title}.kicad_pcb"
    made = {**files, layout: fill(kicad, files, layout)}
    made.pop(f"{spec.title}{RECORD}")
    shape, copper = comb(spec), solve_board(spec, made[layout].decode()).report
    made[f"{spec.title}.kicad_dru"] = rules(shape, copper.neck_mm(spec.copper_oz)).encode()
    again = record(spec, budget(spec), made, (shape.width, shape.height), copper)
    return made | {f"{spec.title}{RECORD}": again}


def write_project(
    spec: BoardSpec,
    folder: Path,
    *,
    overwrite: bool = False,
    files: Mapping[str, bytes] | None = None,
) -> list[Path]:
    """Write the project into a folder and return the paths.

    Files that were changed since Rackpress wrote them are kept: the call fails before it writes.

    Args:
        spec: the board.
        folder: made if it is not there; other files in it are left alone.
        overwrite: replace changed files too.
        files: what to write, if it is not what `project_files` makes.

    Raises:
        InputError: a file there was changed by hand, or the folder cannot be written.
    """
    files = project_files(spec) if files is None else files
    path = folder / f"{spec.title}{RECORD}"
    if not overwrite:
        known = read_record(path)[1] if path.is_file() else {}
        changed = foreign(folder, {n: c for n, c in files.items() if n != path.name}, known)
        if changed:
            raise InputError(*(changed_by_hand(folder / name) for name in changed))
    return write_all(folder, files)


def write_netlist(spec: BoardSpec, folder: Path) -> tuple[Path, str]:
    """Write `NAME.net` again and return its path and text.

    Raises:
        InputError: the folder cannot be written.
    """
    text = netlist(circuit(spec))
    return write_all(folder, {f"{spec.title}.net": text.encode()})[0], text
