"""Reviews a board that lies in a folder: every check anew, on one page.

Without KiCad the page comes all the same and says what is not proved.
"""

from collections.abc import Mapping
from pathlib import Path

from catalog.problems import CheckFailed, ToolMissing
from pcb.board.place import lay_out
from pcb.check import check_with
from pcb.copper.picture import pictures
from pcb.copper.solved import Solved, solve_board, solve_pours
from pcb.fab.exports import drilled
from pcb.fab.order import project
from pcb.fab.reread import differences
from pcb.fill import is_filled
from pcb.host.files import PINS, names_in
from pcb.kicad import KiCad, open_kicad
from pcb.model import circuit
from pcb.page.checks import Check, Proof
from pcb.page.review import Subject, review_html
from pcb.project import read_board
from pcb.spec import BoardSpec

REVIEW = ".review.html"


def review(spec: BoardSpec, folder: Path) -> tuple[str, list[Check]]:
    """Return the review of the board in a folder, and its checks as data.

    Args:
        spec: what its record says.
        folder: where its project lies.
    """
    proof = _proof(spec, folder)
    drawn = {} if proof.solved is None else pictures(spec, proof.solved)
    pins = folder / f"{spec.title}{PINS}"
    nodes = names_in(pins.read_bytes()) if pins.is_file() else {}
    board = Subject.of(spec, proof, drawn, nodes)
    return review_html(board), board.checks()


def drill_faults(kicad: KiCad, spec: BoardSpec, files: Mapping[str, bytes]) -> tuple[str, ...]:
    """Return how the drill files that KiCad writes of a project differ from the board.

    Raises:
        CheckFailed: KiCad cannot load the board.
    """
    made = drilled(kicad, files, spec.title)
    return tuple(differences(made, spec.title, lay_out(circuit(spec))))


def _proof(spec: BoardSpec, folder: Path) -> Proof:
    try:
        with open_kicad() as kicad:
            report = check_with(kicad, spec, folder)
            drills = drill_faults(kicad, spec, project(folder))
            return Proof(report, report.solved, drills)
    except (ToolMissing, CheckFailed) as error:
        return _unproved(spec, folder, str(error))


def _unproved(spec: BoardSpec, folder: Path, missing: str) -> Proof:
    """Solve the copper of the board's file if it is filled, else of our own pours."""
    board = folder / f"{spec.title}.kicad_pcb"
    text = read_board(board) if board.is_file() else ""
    solved: Solved | None
    try:
        solved = solve_board(spec, text) if is_filled(text) else solve_pours(spec)
    except CheckFailed as error:
        return Proof(None, None, None, f"{missing}; {error}")
    return Proof(None, solved, None, missing)
