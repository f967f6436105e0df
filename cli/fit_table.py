"""`rackpress fit --table`: every board of the catalogue in a rack, height by height."""

import time
from typing import Any, NamedTuple

from catalog.load import Catalog, load_catalog
from catalog.models import Board, Rack
from cli.common import say
from cli.fit_air import air_cases, wanted
from cli.fit_answer import Options, fits, poses_of
from cli.fit_text import as_dict
from packing.airflow.most import AirResult, most_cooled
from packing.explain import Question
from packing.result import FitResult

RACKS = ("10in", "19in")
QUIET_S = 1.0
NONE, UNKNOWN = "–", "?"

_Cool = list[AirResult] | None  # None: the board's power is not known


class _Row(NamedTuple):
    """A board, its best fit in each height, and what stays cool of it if air was asked about."""

    board: Board
    best: list[FitResult]
    cool: _Cool | None


def answer(options: Options) -> tuple[dict[str, Any], str]:
    """Return the record and the text of the table.

    Raises:
        InputError: an option is wrong, or asks for what only one board can answer.
    """
    catalog = load_catalog(options["catalog_dir"])
    aired = wanted(options)
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
            questions, found = fits(catalog, board, rack, options)
            cool = _cool(catalog, board, questions, options) if aired else None
            rows.append(_Row(board, [each[0] for each in found], cool))
        records += [record for row in rows for record in _records(row, name, aired=aired)]
        lines += [*_table(name, rack, rows, aired=aired), ""]
    return {"results": records}, "\n".join(lines[:-1])


def _cool(catalog: Catalog, board: Board, questions: list[Question], options: Options) -> _Cool:
    """Return what stays cool of a board in each height, `None` if its heat is not known."""
    known = board.power and (board.power.max_w or board.power.typical_w)
    if options["watts"] is None and not known:
        return None
    cases = air_cases(catalog, board, questions, poses_of(options), options)
    return [most_cooled(case) for case in cases]


def _records(row: _Row, rack: str, *, aired: bool) -> list[dict[str, Any]]:
    found = [as_dict(result, row.board.id, rack) for result in row.best]
    if aired:
        for index, record in enumerate(found):
            cool = None if row.cool is None else row.cool[index]
            best = None if cool is None else cool.best
            record["cool"] = {
                "count": None if cool is None else cool.count,
                "reason": "power is not known" if cool is None else cool.reason,
                "soc_c": None if best is None else round(best.soc_c, 1),
                "fans": None if best is None else best.fans,
            }
    return found


def _table(name: str, rack: Rack, rows: list[_Row], *, aired: bool) -> list[str]:
    heights = [f"{result.job.cavity.height_u:g}U" for result in rows[0].best]
    wide = max(len(row.board.id) for row in rows)
    said = name if name == rack.name else f"{name}, {rack.name}"
    which = "boards that stay cool" if aired else "boards"
    lines = [
        f"{said}: {which} in each height",
        f"{'board':{wide}}" + "".join(f"{h:>6}" for h in heights),
    ]
    for row in rows:
        counts = [result.count or NONE for result in row.best]
        if aired:
            counts = [UNKNOWN] * len(counts) if row.cool is None else _cells(row.cool)
        cells = "".join(f"{count:>6}" for count in counts)
        lines.append(f"{row.board.id:{wide}}{cells}{_why(row)}")
    if aired and any(row.cool is None for row in rows):
        lines.append(f"{UNKNOWN}: its power is not known; measure it and give --watts.")
    assumed = {
        text for row in rows for result in row.cool or () for text in result.case.heat.assumed
    }
    lines += [f"Not a fact, of boards without a figure: {text}." for text in sorted(assumed)]
    return lines


def _cells(cool: list[AirResult]) -> list[int | str]:
    return [result.count or NONE for result in cool]


def _why(row: _Row) -> str:
    """Return what stops a board that fits, or stays cool, at no height."""
    if not any(result.count for result in row.best):
        return f"  {row.best[-1].binding_text}"
    if row.cool and not any(result.count for result in row.cool):
        return f"  {row.cool[-1].reason}"
    return ""
