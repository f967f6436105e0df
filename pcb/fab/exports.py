"""What KiCad writes of a board for a shop, with the time taken out: names and contents."""

import tempfile
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from pcb.board.board import CORNER
from pcb.fab.undated import undated
from pcb.fill import write
from pcb.kicad import KiCad

PASTE = ",F.Paste"  # where parts are soldered onto the surface: the stencil
GERBER_LAYERS = "F.Cu,B.Cu,F.Mask,B.Mask,F.Silkscreen,B.Silkscreen,Edge.Cuts"
SHOWN_LAYERS = "Edge.Cuts,F.Mask,F.Silkscreen,F.Fab"
AT_ONCE = 4  # programs of KiCad's, each on one processor; more would wait for each other
PIXELS, MOST_PIXELS, RIM_MM = 14.0, 3000.0, 8.0  # of a picture: each mm, its width, round a board


def exports(
    kicad: KiCad,
    files: Mapping[str, bytes],
    name: str,
    size: tuple[float, float],
    *,
    paste: bool = False,
) -> dict[str, bytes]:
    """Return every file that KiCad writes for a shop, by its name in the pack.

    Coordinates begin at the board's upper left corner, y up, in Gerber, drill and STEP alike.

    Args:
        kicad: KiCad's programs.
        files: the whole project, its pours filled.
        name: of the board, without an ending.
        size: its width and height, mm: pictures are as high as it makes them.
        paste: with the layer of the stencil.

    Raises:
        CheckFailed: KiCad cannot load the board.
    """
    with tempfile.TemporaryDirectory(prefix="rackpress-fab-") as made:
        project, out = Path(made) / "project", Path(made) / "out"
        (out / "gerber").mkdir(parents=True)
        write(project, files)
        board, sheet = str(project / f"{name}.kicad_pcb"), str(project / f"{name}.kicad_sch")
        layers = GERBER_LAYERS + (PASTE if paste else "")
        commands = _pictures(board, out / name, size)  # beside STEP they take longest
        commands += _commands(board, sheet, out, name, layers)
        with ThreadPoolExecutor(AT_ONCE) as several:
            for done in [several.submit(kicad.apart, words) for words in commands]:
                done.result()
        written = sorted(path for path in out.rglob("*") if path.is_file())
        return {
            path.relative_to(out).as_posix(): undated(path.name, path.read_bytes())
            for path in written
        }


def drilled(kicad: KiCad, files: Mapping[str, bytes], name: str) -> dict[str, bytes]:
    """Return the drill files alone, by their names in the pack.

    Raises:
        CheckFailed: KiCad cannot load the board.
    """
    with tempfile.TemporaryDirectory(prefix="rackpress-drill-") as made:
        project, out = Path(made) / "project", Path(made) / "gerber"
        out.mkdir()
        write(project, files)
        kicad.apart(_drill(str(project / f"{name}.kicad_pcb"), f"{out}/"))
        return {f"gerber/{path.name}": path.read_bytes() for path in sorted(out.iterdir())}


def _drill(board: str, folder: str) -> list[str]:
    return [
        "pcb", "export", "drill", "--format", "excellon", "--excellon-separate-th",
        "--excellon-oval-format", "route", "--drill-origin", "plot", "-o", folder, board,
    ]  # fmt: skip


def _commands(board: str, sheet: str, out: Path, name: str, layers: str) -> list[list[str]]:
    """Return what is asked of kicad-cli, one line for each kind of file, the longest first."""
    gerber = f"{out / 'gerber'}/"
    return [
        ["pcb", "export", "step", "--force", "--board-only", "--user-origin",
         f"{CORNER:g}x{CORNER:g}mm", "-o", str(out / f"{name}.step"), board],
        ["pcb", "export", "gerbers", "--layers", layers, "--subtract-soldermask",
         "--use-drill-file-origin", "-o", gerber, board],
        ["pcb", "export", "pdf", "--layers", SHOWN_LAYERS, "--mode-single", "--black-and-white",
         "-o", str(out / f"{name}-assembly.pdf"), board],
        _drill(board, gerber),
        ["pcb", "export", "ipcd356", "-o", str(out / f"{name}.d356"), board],
        ["sch", "export", "pdf", "-o", str(out / f"{name}-schematic.pdf"), sheet],
    ]  # fmt: skip


def _pictures(board: str, path: Path, size: tuple[float, float]) -> list[list[str]]:
    """Return what is asked of kicad-cli for a picture of each side, filled by the board."""
    wide, high = (side + 2 * RIM_MM for side in size)
    each = min(PIXELS, MOST_PIXELS / wide)
    return [
        ["pcb", "render", "--side", side, "--width", f"{wide * each:.0f}",
         "--height", f"{high * each:.0f}", "-o", f"{path}-{side}.png", board]
        for side in ("top", "bottom")
    ]  # fmt: skip
