"""Every check of a board as plain data: who did it, what it looks at, what came of it.

A check that could not be made is neither passed nor failed, and says what it lacks; `beware` is
what a board may have and yet be made.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from pcb.board.layout import Layout
from pcb.budget import Budget
from pcb.check import Report
from pcb.copper.record import KICAD, CopperReport
from pcb.copper.solved import Solved
from pcb.fab.shops import shops, shortfalls
from pcb.page.copper import share
from pcb.spec import BoardSpec

State = Literal["passed", "beware", "failed", "not proved"]
OURS = "Rackpress"
LACKS = "KiCad 9 could not make it"
ENERGY_GAP = 1e-6  # between power in and heat out; more would be a fault of the solver


@dataclass(frozen=True)
class Check:
    """One check: its name, who did it, what it looks at, its state, the result in words."""

    name: str
    by: str
    about: str
    state: State
    told: str
    findings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Proof:
    """What is known of a board: KiCad's report or why there is none, its copper, its drill file."""

    report: Report | None
    solved: Solved | None
    drills: tuple[str, ...] | None
    missing: str = ""


def checks(spec: BoardSpec, layout: Layout, sums: Budget, proof: Proof) -> list[Check]:
    """Return every check of a board."""
    return [*_kicad(proof), *_budget(sums), *_copper(proof), _drills(proof), *_shops(spec, layout)]


GRAVITY: tuple[State, ...] = ("passed", "beware", "not proved", "failed")


def worst_state(every: Iterable[Check]) -> State:
    """Return the state of all checks together: the gravest there is."""
    found: list[State] = [one.state for one in every]
    return max(found, key=GRAVITY.index) if found else "not proved"


_KICAD: tuple[tuple[str, str, str], ...] = (
    ("erc", "Schematic: electrical rules",
     "KiCad's electrical rules check of the schematic, errors and warnings alike"),
    ("netlist", "Schematic: nets",
     "the netlist that KiCad reads from the schematic, against the one written from the model"),
    ("drc", "Board: design rules",
     "KiCad's design rules check with the rules of NAME.kicad_dru; a fault sown beforehand has to "
     "be found, or the rules were not read"),
    ("unconnected", "Board: connections", "every pad of a net is joined to all others of it"),
    ("parity", "Board against schematic",
     "parts, values and nets of the board are those of the schematic"),
)  # fmt: skip


def _kicad(proof: Proof) -> Iterator[Check]:
    report = proof.report
    if report is None:
        for _, name, about in _KICAD:
            yield Check(name, "KiCad 9", about, "not proved", LACKS)
        return
    board = report.board
    found = {
        "erc": report.violations,
        "netlist": report.differences,
        "drc": board.violations,
        "unconnected": board.unconnected,
        "parity": board.parity,
    }
    for kind, name, about in _KICAD:
        findings = tuple(map(str, found[kind]))
        yield _judged(name, f"KiCad {report.kicad}", about, findings, "nothing found")


def _judged(name: str, by: str, about: str, findings: tuple[str, ...], fine: str) -> Check:
    told = f"{len(findings)} found" if findings else fine
    return Check(name, by, about, "failed" if findings else "passed", told, findings)


def _budget(sums: Budget) -> Iterator[Check]:
    worst, typical = sums.worst, sums.typical
    yield _judged(
        "Budget: ampere and usual volts", OURS,
        "every contact, clip, fuse, jack and cable at full load, against its rating; the volts at "
        "every plug at the usual load, against what the node needs",
        sums.problems,
        f"fullest part: {worst.limit}, {worst.use * 100:.0f} %; {typical.lowest_v:.2f} V or more",
    )  # fmt: skip
    about = "volts at every plug with full load, poor parts and the lowest supply"
    told = f"{worst.lowest_v:.2f} V or more"
    starved = tuple(text for text in sums.warnings if text.startswith("too few volts"))
    state: State = "beware" if starved else "passed"
    yield Check("Budget: volts at the worst", OURS, about, state, told, starved)


def _copper(proof: Proof) -> Iterator[Check]:
    about = (
        "direct current in both layers as they are filled: ampere in every neck and via against "
        "what they carry, volts at every plug"
    )
    solved = proof.solved
    if solved is None:
        broken = proof.report.broken if proof.report else proof.missing
        yield Check("Copper", OURS, about, "failed", "current cannot flow", (broken,))
        return
    report = solved.report
    poured = "" if report.pours == KICAD else f"; {report.pours}"
    yield _judged("Copper", OURS, about, report.problems, f"{_copper_told(report)}{poured}")
    gap = max(row.energy_gap for row in report.nets)
    about = "power that goes in at the inlet, and comes out as heat and at the outputs"
    wrong = () if gap < ENERGY_GAP else (f"they differ by {gap:.1e}",)
    fine = f"they differ by {share(gap)}; a drop is known to {report.error * 100:.1f} %"
    yield _judged("Copper: energy", OURS, about, wrong, fine)


def _copper_told(report: CopperReport) -> str:
    neck = report.worst_neck
    return (
        f"largest drop {report.worst_output.board_mv:.1f} mV, fullest neck {neck.place}, "
        f"{neck.use * 100:.0f} %"
    )


def _drills(proof: Proof) -> Check:
    name, about = "Drill files", "KiCad's drill files, read again and held against every hole"
    if proof.drills is None:
        return Check(name, OURS, about, "not proved", LACKS)
    return _judged(name, OURS, about, proof.drills, "every hole is where it belongs")


def _shops(spec: BoardSpec, layout: Layout) -> Iterator[Check]:
    for shop in shops().fab:
        about = f"size, tracks, gaps, holes, rings and print, against what {shop.name} makes"
        findings = tuple(shortfalls(shop, layout, spec.copper_oz))
        yield _judged(f"Fab: {shop.name}", OURS, about, findings, "can be made there")
