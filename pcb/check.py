"""Asks KiCad whether a project on disk is sound, and is what its record describes.

The board is checked as a copy with one thing wrong: a text that only the last rule of our rules
file forbids. If KiCad finds that and nothing else, it has read the rules and the board is sound.
"""

import tempfile
import uuid
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from catalog.problems import CheckFailed
from pcb.board.rules import CANARY, CANARY_LAYER
from pcb.copper.record import CopperReport
from pcb.copper.solved import OpenCircuit, Solved, solve_board
from pcb.fill import copied, is_filled
from pcb.kicad import BoardFindings, KiCad, Violation, open_kicad
from pcb.managed.laws import faults
from pcb.managed.pinmap import pin_map
from pcb.model import circuit
from pcb.project import read_board
from pcb.sheet.netlist import differences, netlist, read_netlist
from pcb.sheet.schematic import SPACE
from pcb.spec import BoardSpec

SEED = (
    f'(gr_text "{CANARY}" (at 30 30 0) (layer "{CANARY_LAYER}") '
    f'(uuid "{uuid.uuid5(SPACE, CANARY)}")'
    " (effects (font (size 1 1) (thickness 0.15))))"
)


@dataclass(frozen=True)
class Report:
    """What KiCad found: in the schematic, between the netlists, on the board; and the copper.

    `solved` is None where current cannot flow; `broken` then says where.
    """

    kicad: str
    violations: tuple[Violation, ...]
    differences: tuple[str, ...]
    board: BoardFindings
    solved: Solved | None
    broken: str = ""

    @property
    def copper(self) -> CopperReport | None:
        """What the copper does, if current can flow."""
        return None if self.solved is None else self.solved.report

    @property
    def passed(self) -> bool:
        """Whether nothing at all was found."""
        return not self.findings

    @property
    def findings(self) -> tuple[str, ...]:
        """Every finding in a line."""
        board = self.board
        parts = (
            ("schematic", self.violations),
            ("netlist", self.differences),
            ("board", board.violations),
            ("not connected", board.unconnected),
            ("board against schematic", board.parity),
            ("copper", self._copper_findings),
        )
        return tuple(f"{where}: {found}" for where, every in parts for found in every)

    @property
    def _copper_findings(self) -> tuple[str, ...]:
        return (self.broken,) if self.copper is None else self.copper.problems

    def counts(self) -> dict[str, int]:
        """Return how many findings there are of each kind."""
        board = self.board
        return {
            "erc": len(self.violations),
            "netlist": len(self.differences),
            "drc": len(board.violations),
            "unconnected": len(board.unconnected),
            "parity": len(board.parity),
            "copper": len(self._copper_findings),
        }

    def told(self) -> str:
        """Return the counts in one line."""
        number = self.counts()
        copper = self.broken if self.copper is None else self.copper.told()
        return (
            f"KiCad {self.kicad}: schematic {number['erc']} faults, netlist {number['netlist']} "
            f"differences, board {number['drc']} faults, {number['unconnected']} not connected, "
            f"{number['parity']} unlike the schematic; {copper}"
        )


def check(spec: BoardSpec, folder: Path) -> Report:
    """Run KiCad's rules checks and compare its netlist with the one we write.

    Raises:
        ToolMissing: KiCad 9 is not installed.
        CheckFailed: KiCad cannot load schematic or board, or did not read the board's rules.
    """
    with open_kicad() as kicad:
        return check_with(kicad, spec, folder)


def check_with(kicad: KiCad, spec: BoardSpec, folder: Path) -> Report:
    """Do as `check` does, with a KiCad at hand; the copper is solved while KiCad works."""
    drawn, layout = (folder / f"{spec.title}{kind}" for kind in (".kicad_sch", ".kicad_pcb"))
    with ThreadPoolExecutor(1) as beside:
        copper = beside.submit(_solved, spec, layout)
        found = tuple(kicad.erc(drawn))
        theirs = read_netlist(kicad.netlist(drawn))
        told = differences(read_netlist(netlist(circuit(spec))), theirs)
        if spec.level == "managed":
            told += faults(spec, theirs, pin_map(spec))
        board = check_board(kicad, layout)
        solved, broken = copper.result()
    return Report(kicad.version, found, tuple(told), board, solved, broken)


def _solved(spec: BoardSpec, layout: Path) -> tuple[Solved | None, str]:
    """Return the solved copper of a board's file, or why current cannot flow in it."""
    try:
        return solve_board(spec, read_board(layout)), ""
    except OpenCircuit as error:
        return None, str(error)


def check_board(kicad: KiCad, board: Path) -> BoardFindings:
    """Return what KiCad finds on a board but the fault that was sown.

    Raises:
        CheckFailed: KiCad cannot load the board, did not read its rules, or its pours are empty.
    """
    if not board.is_file():
        what = f"{board} is not there: make the project again"
        raise CheckFailed(what)
    text = read_board(board)
    if not is_filled(text):
        what = f"the pours of {board} are empty: rackpress pcb new fills them where KiCad is"
        raise CheckFailed(what)
    if not text.rstrip().endswith(")"):
        what = f"{board} is not whole: make the project again"
        raise CheckFailed(what)
    with tempfile.TemporaryDirectory(prefix="rackpress-check-") as made:
        copied(board.parent, Path(made))
        seeded = Path(made) / board.name
        end = text.rindex(")")
        seeded.write_text(f"{text[:end]}{SEED}\n)\n", encoding="utf-8")
        found = kicad.drc(seeded)
    sown = [one for one in found.violations if f"rule '{CANARY}'" in one.text]
    if len(sown) != 1:
        what = f"KiCad did not read the rules of {board.stem}: {board.stem}.kicad_dru is broken"
        raise CheckFailed(what)
    rest = tuple(one for one in found.violations if one is not sown[0])
    return BoardFindings(rest, found.unconnected, found.parity)
