"""Published instances of the literature: the best values that are known are reached, and proven."""

import csv
from pathlib import Path

import pytest

from benchmarks.packing.knapsack import known, read
from packing.rectangles.check import violations
from packing.rectangles.solve import fill

QUICK = (
    *("cgcut1", "cgcut3", "gcut1", "gcut2", "gcut3", "gcut5", "gcut6", "gcut7"),
    *("3", "3s", "A1", "A1s", "A2", "CHL2s", "CHL3", "CHL3s", "CHL4s"),
)


@pytest.mark.data
@pytest.mark.parametrize("name", QUICK)
def test_the_best_known_value_is_reached_and_proven(name: str, data: Path) -> None:
    sheet = read(data / "knapsack2d", name)
    answer = fill(sheet)
    assert violations(sheet, answer.spots) == []
    assert answer.value == answer.bound == known(data / "knapsack2d")[name]


@pytest.mark.data
def test_pieces_are_read_with_their_copies_and_worth_their_area_where_no_profit_is_given(
    data: Path,
) -> None:
    with (data / "knapsack2d" / "cgcut2_items.csv").open(encoding="utf-8") as text:
        rows = list(csv.DictReader(text))
    sheet = read(data / "knapsack2d", "cgcut2")
    assert sum(piece.copies for piece in sheet.pieces) == sum(int(row["COPIES"]) for row in rows)
    assert sum(piece.value for piece in sheet.pieces) == sum(int(row["PROFIT"]) for row in rows)
    plain = read(data / "knapsack2d", "A1s")
    assert all(piece.value == piece.wide * piece.high for piece in plain.pieces)
