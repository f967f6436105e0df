"""Lengths and heights as people write them."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.problems import InputError
from catalog.units import MAX_HEIGHT_U, MAX_LENGTH_MM, height_range_u, height_u, length_mm

INCH_MM = 25.4  # exact since 1959
SANE = st.floats(0, 50, allow_nan=False).map(lambda x: round(x, 4))


@given(value=SANE)
def test_units_agree_with_each_other(value: float):
    mm = length_mm(value, "file")
    assert mm == pytest.approx(value)
    assert length_mm(f"{value:f}mm", "file") == pytest.approx(mm, abs=1e-5)
    assert length_mm(f" {value:f} in ", "file") == pytest.approx(mm * INCH_MM, abs=1e-4)
    assert length_mm(f"{value:f}cm", "file") == pytest.approx(mm * 10, abs=1e-4)


@pytest.mark.parametrize(
    "text", ["", "mm", "4 5", "four", "nan", "inf", "1e400", "-4mm", "3001", "4ft", "2U", "0x10"]
)
def test_what_is_no_length_is_refused_with_a_hint(text: str):
    with pytest.raises(InputError) as caught:
        length_mm(text, "rack.toml", "module[0].floor_mm")
    (problem,) = caught.value.problems
    assert problem.where == "rack.toml"
    assert problem.key == "module[0].floor_mm"
    assert problem.nearest


@given(halves=st.integers(1, int(2 * MAX_HEIGHT_U)))
def test_every_half_unit_is_a_height(halves: int):
    assert height_u(f"{halves / 2}U", "file") == halves / 2
    assert height_u(halves / 2, "file") == halves / 2


@given(value=st.floats(0.01, MAX_HEIGHT_U - 0.5))
def test_what_is_no_half_unit_is_offered_one_that_holds_it(value: float):
    if value * 2 == int(value * 2):
        return
    with pytest.raises(InputError) as caught:
        height_u(value, "file")
    offered = height_u(caught.value.problems[0].nearest.removeprefix("use "), "file")
    assert offered >= value - 1e-6
    assert offered - value < 0.5 + 1e-6


@pytest.mark.parametrize("text", ["0", "0U", "-1U", "60.5U", "two", "1in", "nan"])
def test_what_is_no_height_is_refused_with_a_hint(text: str):
    with pytest.raises(InputError) as caught:
        height_u(text, "--height")
    assert caught.value.problems[0].nearest


@given(low=st.integers(1, 30), more=st.integers(0, 30))
def test_ranges_run_in_whole_units(low: int, more: int):
    heights = height_range_u(f"{low}U..{low + more}U", "--height")
    assert heights == [float(low + step) for step in range(more + 1)]


def test_a_backward_range_is_turned_round():
    with pytest.raises(InputError, match=r"use 2U\.\.6U"):
        height_range_u("6U..2U", "--height")


@given(text=st.text(max_size=12))
def test_no_text_breaks_the_readers(text: str):
    for read, largest in ((length_mm, MAX_LENGTH_MM), (height_u, MAX_HEIGHT_U)):
        try:
            value = read(text, "file")
        except InputError:
            continue
        assert math.isfinite(value)
        assert 0 <= value <= largest


@pytest.mark.parametrize(
    ("written", "meant"),
    [("4 HE", "4U"), ("178mm", "4U"), ("7in", "4U"), ("1.3 RU", "1.5U"), ("tall", "1U or 2U")],
)
def test_a_height_in_other_words_is_answered_by_the_nearest(written: str, meant: str) -> None:
    with pytest.raises(InputError) as caught:
        height_u(written, "file")
    assert caught.value.problems[0].nearest == f"write {meant}"
