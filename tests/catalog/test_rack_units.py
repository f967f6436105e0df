"""EIA-310 arithmetic against a recomputation in integer thousandths of a millimetre."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.rack_units import (
    HALF_U_HOLES_MM,
    U_MM,
    Half,
    hole_heights_mm,
    panel_bottom_mm,
    panel_height_mm,
    smallest_height_u,
)

HALVES = st.integers(1, 96)  # heights in half units: up to a cabinet of 48 U
STARTS: tuple[Half, ...] = ("lower", "upper")

# IEC 60297-3-100 and the makers' sheets: whole panels in mm
PANELS = {1: 43.66, 2: 88.11, 3: 132.56, 4: 177.01}


def test_a_unit_is_an_inch_and_three_quarters():
    assert pytest.approx(1.75 * 25.4) == U_MM


@pytest.mark.parametrize(("units", "height"), PANELS.items())
def test_panels_have_the_published_heights(units: int, height: float):
    assert panel_height_mm(units) == pytest.approx(height, abs=0.005)


def expected_holes(halves: int, start: Half) -> list[int]:
    """Walk half unit by half unit, micrometres from the panel's lower boundary.

    EIA-310 puts holes 6350, 22225 and 38100 above the lower edge of a unit of 44450. The middle one
    lies 0 above the boundary of the halves: it counts only where both halves are the panel's.
    """
    first = 0 if start == "lower" else 1
    found: list[int] = []
    for half in range(first, first + halves):
        base = (half - first) * 22225
        found.append(base + (6350 if half % 2 == 0 else 15875))
        if half % 2 == 0 and half + 1 < first + halves:
            found.append(base + 22225)
    return found


@given(halves=HALVES, start=st.sampled_from(STARTS))
def test_holes_are_those_of_eia_310(halves: int, start: Half):
    holes = [round(z * 1000) for z in hole_heights_mm(halves / 2, start)]
    assert holes == expected_holes(halves, start)


@given(halves=HALVES, start=st.sampled_from(STARTS))
def test_every_hole_has_the_plate_around_it_that_eia_gives(halves: int, start: Half):
    bottom = panel_bottom_mm()
    top = bottom + panel_height_mm(halves / 2)
    holes = hole_heights_mm(halves / 2, start)
    assert min(holes) - bottom >= HALF_U_HOLES_MM[0] - bottom - 1e-9
    assert top - max(holes) >= HALF_U_HOLES_MM[0] - bottom - 1e-9


def test_a_half_unit_takes_its_own_hole():
    assert hole_heights_mm(0.5, "lower") == (6.35,)
    assert hole_heights_mm(0.5, "upper") == (15.875,)  # 38.1 above the unit's edge
    assert HALF_U_HOLES_MM == (6.35, 15.875)


@given(lower=HALVES, upper=HALVES)
def test_stacked_panels_never_bind(lower: int, upper: int):
    gap = (lower + upper) / 2 * U_MM - panel_height_mm(lower / 2) - panel_height_mm(upper / 2)
    assert gap == pytest.approx(2 * panel_bottom_mm() * 2)  # one relief each, half at either edge


@given(needed=st.floats(0.1, 2000))
def test_smallest_height_is_smallest(needed: float):
    height = smallest_height_u(needed)
    assert panel_height_mm(height) >= needed - 1e-6
    assert height == 0.5 or panel_height_mm(height - 0.5) < needed
