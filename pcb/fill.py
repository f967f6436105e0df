"""Lets KiCad fill the pours of a board, and takes nothing from it but that copper.

The board stays ours, byte for byte, so that what KiCad would change on the way is not changed.
"""

import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from catalog.problems import CheckFailed
from pcb.kicad import KiCad
from pcb.sexpr import Tree, dump, every, parse, text_of


def fill(kicad: KiCad, files: Mapping[str, bytes], name: str) -> bytes:
    """Return the board of a project with its pours filled.

    Args:
        kicad: KiCad's programs.
        files: the whole project by name: rules and project file decide how KiCad fills.
        name: of the board's file.

    Raises:
        ToolMissing: KiCad's pcbnew module is not there.
        CheckFailed: KiCad cannot load the board, or lost a pour.
    """
    with tempfile.TemporaryDirectory(prefix="rackpress-fill-") as made:
        folder = Path(made)
        write(folder, files)
        theirs = parse(kicad.filled(folder / name))
    return with_pours(files[name].decode(), theirs).encode()


def write(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files into a folder that nobody else sees."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def copied(project: Path, folder: Path) -> None:
    """Copy the files of a project that KiCad reads, and no folder but the footprints'."""
    for path in sorted(project.iterdir()):
        if path.is_file() and path.suffix != ".net":
            shutil.copyfile(path, folder / path.name)
        elif path.is_dir() and path.suffix == ".pretty":
            shutil.copytree(path, folder / path.name)


def with_pours(ours: str, theirs: Tree) -> str:
    """Return our board with the copper of KiCad's in its pours, told apart by their ids.

    Raises:
        CheckFailed: a pour of ours is not on KiCad's board.
    """
    filled = {text_of(zone, "uuid"): list(every(zone, "filled_polygon")) for zone in zones(theirs)}
    tree = parse(ours)
    for zone in zones(tree):
        own = text_of(zone, "uuid")
        if own not in filled:
            what = f"KiCad lost the pour {text_of(zone, 'name')}"
            raise CheckFailed(what)
        zone[:] = [part for part in zone if not _is_filled(part)] + filled[own]
    return dump(tree)


def zones(tree: Tree) -> list[Tree]:
    """Return the pours of a board."""
    return list(every(tree, "zone"))


def is_filled(text: str) -> bool:
    """Return whether any pour of a board holds copper."""
    return "(filled_polygon" in text


def _is_filled(part: object) -> bool:
    return isinstance(part, list) and part[:1] == ["filled_polygon"]
