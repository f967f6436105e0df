"""The row counter: products as sold, and the law that defines it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from packing.row import fit, row_length_mm, within

# docs/fit.md §1.1: opening, pitch as sold (the last three rounded), boards counted in them.
PRODUCTS = {
    "Oracle 2U bank of Pi 3B+": (450.0, 21.4, 21),
    "Uptime Platform n18": (450.0, 24.11, 18),
    "Pi Slice rack, 10 inch": (222.0, 22.2, 10),
    "Compute Blade, 1U": (450.0, 22.5, 20),
}


@pytest.mark.parametrize(("opening", "pitch", "count"), PRODUCTS.values(), ids=list(PRODUCTS))
def test_products_as_sold_hold_what_they_hold(opening, pitch, count):
    thickness = 20.0
    assert fit(opening, thickness, pitch - thickness) == count


def test_seventeen_and_three_quarter_inches_hold_fifteen_at_thirty_mm():
    assert fit(17.75 * 25.4, 20.0, 10.0) == 15
    assert fit(450.0, 20.0, 10.0) == 15


@pytest.mark.parametrize(("depth", "rows"), [(200, 2), (260, 2), (400, 4), (600, 5), (800, 7)])
def test_rows_in_depth(depth, rows):
    assert fit(depth, 85, 20) == rows


LENGTH = st.decimals(min_value="0.5", max_value="600", places=2).map(float)
GAP = st.decimals(min_value="0", max_value="40", places=2).map(float)


@given(space=LENGTH, size=LENGTH, gap=GAP)
def test_what_is_counted_goes_in_and_one_more_does_not(space, size, gap):
    count = fit(space, size, gap)
    assert within(row_length_mm(count, size, gap), space)
    assert not within(row_length_mm(count + 1, size, gap) - 1e-5, space)


@given(count=st.integers(1, 400), size=LENGTH, gap=GAP)
def test_a_row_fits_in_its_own_length(count, size, gap):
    assert fit(row_length_mm(count, size, gap), size, gap) == count
