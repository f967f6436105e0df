"""`rackpress fit --table`: every board of the catalogue in a rack, height by height."""

import time
from typing import Any

from catalog.load import load_catalog
from catalog.models import Board, Rack
from cli.common import say, wrong
from cli.fit_answer import Options, fits
from cli.fit_text import as_dict
from packing.result import FitResult

RACKS = ("10in", "19in")
ONE_BOARD_ONLY = ("board", "hat", "thickness", "pitch", "svg", "png", "fan", "fans", "watts")
QUIET_S = 1.0
NONE = "–"

_Row = tuple[Board, list[FitResult]]


def answer(options: Options) -> tuple[dict[str, Any], str]:
    """Return the record and the text of the table.

    Raises:
        InputError: an option is wrong, or asks for what only one board can answer.
    """
    given = [f"--{key}" for key in ONE_BOARD_ONLY if options.get(key)]
    if given:
        near = "leave out --table, or this option"
        raise wrong(given[0], "is for one board; a table has them all", nearest=near)
    catalog = load_catalog(options["catalog_dir"])
    names = RACKS if options["rack"] is None else (options["rack"],)
    racks = [catalog.rack(name, where="--rack") for name in names]
    boards = sorted(catalog.boards.values(), key=lambda board: board.id)
    records: list[dict[str, Any]] = []
    lines: list[str] = []
    started = time.monotonic()
    for name, rack in zip(names, racks, strict=True):
        rows: list[_Row] = []
        for index, board in enumerate(boards):
            if time.monotonic() - started > QUIET_S:
                say(f"{name}: {index} of {len(boards)} boards")
                started = time.monotonic()
            _, found = fits(catalog, board, rack, options)
            rows.append((board, [each[0] for each in found]))
        records += [as_dict(result, board.id, name) for board, best in rows for result in best]
        lines += [*_table(name, rack, rows), ""]
    return {"results": records}, "\n".join(lines[:-1])


def _table(name: str, rack: Rack, rows: list[_Row]) -> list[str]:
    heights = [f"{result.job.cavity.height_u:g}U" for result in rows[0][1]]
    wide = max(len(board.id) for board, _ in rows)
    said = name if name == rack.name else f"{name}, {rack.name}"
    lines = [
        f"{said}: boards in each height",
        f"{'board':{wide}}" + "".join(f"{h:>6}" for h in heights),
    ]
    for board, best in rows:
        cells = "".join(f"{result.count or NONE:>6}" for result in best)
        lines.append(f"{board.id:{wide}}{cells}{_why(best)}")
    return lines


def _why(best: list[FitResult]) -> str:
    """Return what stops a board that fits at no height."""
    if any(result.count for result in best):
        return ""
    return f"  {best[-1].binding_text}"
