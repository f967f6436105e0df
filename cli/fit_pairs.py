"""The pairs part of `rackpress fit`: boards face to face, one turned, where that holds more."""

from typing import Any

from catalog.models import Board
from packing.explain import Question
from packing.interlock import interlocked
from packing.one_more import mm
from packing.result import FitResult
from packing.solve import best_fit


def pair_answer(
    board: Board, questions: list[Question], best: list[FitResult]
) -> tuple[list[dict[str, Any]], list[str]]:
    """Return records and lines for heights at which interlocked pairs hold more boards.

    Args:
        board: of the catalogue.
        questions: what is asked, height by height.
        best: the best count of single boards for each.
    """
    pair = interlocked(board, questions[0].envelope)
    if pair is None:
        return [], [
            f"Pairs face to face are not counted: heights of {board.name} by region are not known."
        ]
    records: list[dict[str, Any]] = []
    told: list[str] = []
    for question, single in zip(questions, best, strict=True):
        found = best_fit(pair.envelope(question.envelope), question.cavity, rows=question.rows)
        if 2 * found.count <= single.count:
            continue
        height = question.cavity.height_u
        record = {
            "height_u": height,
            "count": 2 * found.count,
            "upper_bound": 2 * found.upper_bound,
            "printable": False,
        }
        records.append(record | {"pair_mm": pair.total_mm, "arrangement": f"pairs: {found.words}"})
        told.append(f"{height:g}U {2 * found.count} instead of {single.count} ({found.words})")
    if not told:
        return [], []
    meets = " and ".join(pair.meets)
    return records, [
        f"Face to face, one turned, two boards take {mm(pair.total_mm)} mm instead of "
        f"{mm(2 * questions[0].envelope.total_mm)} ({meets} meet): {'; '.join(told)}. Half of them "
        "have their connectors at the rear. Pairs cannot be printed: no mount of ours holds them.",
        *(f"Not a fact: {assumption}." for assumption in pair.assumed),
    ]
