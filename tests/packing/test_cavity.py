"""The cavity of a module, and what it refuses."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.problems import InputError
from packing.cavity import Cavity, rack_cavity


@given(
    height=st.integers(1, 96).map(lambda n: n / 2),
    floor=st.floats(0, 10),
    wall=st.floats(0, 20),
    opening=st.sampled_from((222.25, 450.0)),
)
def test_walls_floor_and_space_add_up_to_the_module(height, floor, wall, opening):
    found = rack_cavity(opening, height, floor_mm=floor, wall_mm=wall)
    assert found.width_mm + 2 * wall == pytest.approx(opening)
    assert found.height_mm + floor + 0.79 == pytest.approx(height * 44.45)


@pytest.mark.parametrize(
    "wrong",
    [
        {"width_mm": 0.0},
        {"height_mm": -1.0},
        {"depth_mm": 0.0},
        {"air_gap_mm": -0.1},
        {"edge_gap_mm": float("nan")},
        {"width_mm": float("inf")},
    ],
)
def test_a_cavity_refuses_what_is_no_length(wrong):
    with pytest.raises(InputError) as caught:
        Cavity(**({"width_mm": 450.0, "height_mm": 40.0} | wrong))
    assert [problem.key for problem in caught.value.problems] == list(wrong)


def test_all_wrong_lengths_are_said_at_once():
    with pytest.raises(InputError) as caught:
        Cavity(width_mm=-1, height_mm=-1, air_gap_mm=-1)
    assert len(caught.value.problems) == 3


@pytest.mark.parametrize("thick", [{"wall_mm": 225.0}, {"floor_mm": 43.66}])
def test_walls_and_floor_leave_space(thick):
    with pytest.raises(InputError, match="largest value that works"):
        rack_cavity(450.0, 1, **thick)
