"""Power boards made and proved: asked for, and read again as they were kept."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from catalog.problems import CheckFailed
from pcb.prove import Proved, prove
from pcb.spec import BoardSpec
from rack.crew import Asked, Blobs, Crew, Kind, plain
from rack.forms import as_files, files_in, json_bytes
from rack.plan import Plan


@dataclass(frozen=True)
class BoardMade:
    """The files of a power board, what KiCad and the copper say of it, and whether that is all.

    `said` is the same as plain data: `kicad` and `counts` of its faults, or what is `missing`;
    of the copper in words, and its `problems`, if it could be reckoned.
    """

    files: dict[str, bytes]
    told: str
    findings: tuple[str, ...]
    proved: bool
    said: dict[str, Any]


def _pack(made: BoardMade) -> Blobs:
    said: dict[str, Any] = {"told": made.told, "findings": made.findings, "proved": made.proved}
    said["said"] = made.said
    return {"said": json_bytes(said), **as_files(made.files)}


def _unpack(blobs: Blobs) -> BoardMade:
    said = json.loads(blobs["said"])
    told, findings = said["told"], tuple(said["findings"])
    return BoardMade(files_in(blobs), told, findings, said["proved"], said["said"])


def _lasts(made: BoardMade) -> bool:
    """Say whether a board is worth keeping: not if KiCad was missing, or found a fault."""
    return made.proved and not made.findings


BOARD = Kind("board", _pack, _unpack, _lasts)


def ask_boards(plan: Plan, hands: Crew) -> dict[str, Asked[BoardMade]]:
    """Ask for every power board, filled and proved if KiCad is there; by title."""
    found: dict[str, Asked[BoardMade]] = {}
    for spec in (one.spec for one in plan.boards):
        fed = {
            lead.output: lead.node.replace(" ", "-")
            for lead in plan.wiring.outputs
            if lead.node and lead.board == spec.title
        }
        of = {"spec": plain(spec), "nodes": sorted(fed.items())}
        found[spec.title] = hands.ask(BOARD, of, spec.title, _made, spec, fed)
    return found


def board_made(title: str, asked: Asked[BoardMade], tell: Callable[[str], None]) -> BoardMade:
    """Return a board when it is made.

    Raises:
        CheckFailed: KiCad finds a fault, or the copper does not carry its current.
    """
    made = asked.result()
    tell(f"power board {title}{' (from before)' if asked.there else ''}")
    if made.findings:
        raise CheckFailed("\n".join(f"{title}: {one}" for one in made.findings))
    return made


def _made(spec: BoardSpec, nodes: Mapping[int, str]) -> BoardMade:
    proved = prove(spec, drawn=True, nodes=nodes)
    is_proved = proved.report is not None
    return BoardMade(proved.files, proved.told(), proved.findings, is_proved, said_of(proved))


def said_of(proved: Proved) -> dict[str, Any]:
    """Return what was proved of a board as plain data.

    Args:
        proved: the board.
    """
    report, solved = proved.report, proved.solved
    return {
        "kicad": None if report is None else report.kicad,
        "counts": None if report is None else report.counts(),
        "missing": proved.missing,
        "copper": None if solved is None else solved.report.told(),
        "problems": [] if solved is None else list(solved.report.problems),
    }
