"""The files around the schematic: KiCad's project, its symbol table, and our own record.

`NAME.board.json` is the record: the parameters that made the board, its budget, and the sha256 of
each file. Every other file can be made again from it.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from catalog.problems import InputError, Problem, did_you_mean
from catalog.validate import read_json, read_text
from pcb.budget import Budget
from pcb.copper.record import CopperReport
from pcb.files import digest
from pcb.model import Circuit
from pcb.sexpr import dump, node
from pcb.sheet.schematic import make_id, variables
from pcb.sheet.symbol_files import library_file
from pcb.sheet.symbols import LIBRARY
from pcb.spec import BoardSpec, read_spec

RECORD = ".board.json"
BOARD_BYTES = 50_000_000  # the largest board that is made here has 2 MB
FORMAT = 1
LIBRARY_FILE = f"{LIBRARY.lower()}.kicad_sym"

# A board that is not the schematic's must not pass; by default KiCad only warns of it.
_PARITY = ("net_conflict", "missing_footprint", "extra_footprint", "footprint_symbol_mismatch")


def project_file(circuit: Circuit) -> bytes:
    """Return `NAME.kicad_pro`: rules, the default net class, the board's numbers as variables."""
    spec = circuit.spec
    return _json(
        {
            "board": {
                "design_settings": {
                    "defaults": {},
                    "meta": {"version": 2},
                    "rule_severities": dict.fromkeys(_PARITY, "error"),
                    "rules": {
                        "min_clearance": 0.3,
                        "min_copper_edge_clearance": 0.5,
                        "min_hole_to_hole": 0.5,
                        "min_text_height": 1.0,
                        "min_through_hole_diameter": 0.3,
                        "min_track_width": 0.3,
                        "min_via_annular_width": 0.3,
                    },
                    "track_widths": [],
                    "via_dimensions": [],
                },
                "layer_presets": [],
                "viewports": [],
            },
            "boards": [],
            "libraries": {"pinned_footprint_libs": [], "pinned_symbol_libs": []},
            "meta": {"filename": f"{spec.title}.kicad_pro", "version": 3},
            "net_settings": {
                "classes": [_DEFAULT_CLASS],
                "meta": {"version": 4},
                "net_colors": None,
                "netclass_assignments": None,
                "netclass_patterns": [],
            },
            "pcbnew": {"page_layout_descr_file": ""},
            "schematic": {"legacy_lib_dir": "", "legacy_lib_list": []},
            "sheets": [[make_id(circuit, "sheet"), "Root"]],
            "text_variables": variables(circuit),
        }
    )


# Twice what the two usual board houses promise for 2 oz copper, so that any shop can make it.
_DEFAULT_CLASS = {
    "bus_width": 12,
    "clearance": 0.3,
    "diff_pair_gap": 0.25,
    "diff_pair_via_gap": 0.25,
    "diff_pair_width": 0.3,
    "line_style": 0,
    "microvia_diameter": 0.3,
    "microvia_drill": 0.1,
    "name": "Default",
    "pcb_color": "rgba(0, 0, 0, 0.000)",
    "priority": 2147483647,
    "schematic_color": "rgba(0, 0, 0, 0.000)",
    "track_width": 0.5,
    "via_diameter": 1.2,
    "via_drill": 0.5,
    "wire_width": 6,
}


def symbol_table() -> bytes:
    """Return `sym-lib-table`: where KiCad finds our symbols, beside the project."""
    tree = node(
        "sym_lib_table",
        node("version", 7),
        node(
            "lib",
            node("name", LIBRARY),
            node("type", "KiCad"),
            node("uri", f"${{KIPRJMOD}}/{LIBRARY_FILE}"),
            node("options", ""),
            node("descr", "Symbols of the power board, drawn by Rackpress"),
        ),
    )
    return dump(tree).encode()


def symbol_library() -> bytes:
    """Return the symbol library; it is the same for every board."""
    return dump(library_file()).encode()


def record(
    spec: BoardSpec,
    budget: Budget,
    files: Mapping[str, bytes],
    size_mm: tuple[float, float],
    copper: CopperReport | None = None,
) -> bytes:
    """Return `NAME.board.json`; `copper` is there once KiCad has filled the pours."""
    return _json(
        {
            "format": FORMAT,
            "tool": "rackpress",
            "spec": spec.model_dump(mode="json") | {"name": spec.title},
            "budget": budget.short.model_dump(mode="json"),
            "layout": {"size_mm": list(size_mm), "pours": "filled" if copper else "empty"},
            **({"copper": copper.short} if copper else {}),
            "files": {name: digest(content) for name, content in files.items()},
        }
    )


def recorded_too(made: bytes, more: Mapping[str, bytes]) -> bytes:
    """Return a record with further files in it."""
    content = json.loads(made)
    content["files"] |= {name: digest(data) for name, data in more.items()}
    return _json(content)


def _json(content: Mapping[str, Any]) -> bytes:
    return (json.dumps(content, indent=2, sort_keys=True, ensure_ascii=False) + "\n").encode()


def find_record(folder: Path, name: str | None = None) -> Path:
    """Return the record of the board in a folder.

    Args:
        folder: where `pcb new` wrote.
        name: which board, if the folder holds several.

    Raises:
        InputError: none there, or several and no name.
    """
    found = {path.name.removesuffix(RECORD): path for path in sorted(folder.glob(f"*{RECORD}"))}
    if not found:
        hint = f"make one: rackpress pcb new --outputs 4 -o {folder}"
        raise InputError(Problem(str(folder), "there is no board in this folder", nearest=hint))
    if name is None and len(found) == 1:
        return next(iter(found.values()))
    if name is None:
        what = f"there are {len(found)} boards in this folder"
        raise InputError(Problem(str(folder), what, "", None, ", ".join(found), "add --name"))
    if name not in found:
        what = f"there is no board {name!r} in {folder}"
        raise InputError(Problem("--name", what, nearest=did_you_mean(name, found)))
    return found[name]


def read_record(path: Path) -> tuple[BoardSpec, dict[str, str]]:
    """Return the parameters in a record and the sha256 of each file it wrote.

    Raises:
        InputError: the file is no record of ours, or its parameters are wrong.
    """
    content = read_json(read_text(path, str(path), "JSON in UTF-8"), str(path))
    if not isinstance(content, dict) or not isinstance(content.get("spec"), dict):
        raise InputError(Problem(str(path), "is no record of a power board"))
    if content.get("format") != FORMAT:
        what, hint = f"has format {content.get('format')!r}", "make the board again"
        raise InputError(Problem(str(path), what, "format", None, str(FORMAT), hint))
    files = content.get("files")
    known = files.items() if isinstance(files, dict) else ()
    spec = read_spec(content["spec"], str(path), "spec.")
    return spec, {str(name): str(sum256) for name, sum256 in known}


def read_board(path: Path) -> str:
    """Return the text of a `.kicad_pcb` file.

    Raises:
        InputError: unreadable, over `BOARD_BYTES`, or not UTF-8 text.
    """
    return read_text(path, str(path), "a board that KiCad wrote", BOARD_BYTES)
