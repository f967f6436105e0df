"""Noise adds as power and falls with speed; fan laws against the curve they scale."""

from math import log10

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.load import load_catalog
from packing.airflow.fan import curve_of, noise_dba
from rack.climate.fans import slowed, slower_dba, together_dba

FANS = load_catalog().fans
KNOWN = sorted(n for n, f in FANS.items() if f.flow_m3h and f.static_mmh2o and f.noise_dba)


@given(one=st.floats(5, 60), many=st.integers(1, 100))
def test_equal_fans_add_as_the_packing_room_adds_them(one: float, many: int) -> None:
    assert together_dba([one] * many) == pytest.approx(noise_dba(one, many))


@given(st.lists(st.floats(0, 90), min_size=1, max_size=8), st.floats(0, 90))
def test_a_further_fan_is_never_quieter_and_adds_at_most_three_decibels_to_the_louder(
    levels: list[float], more: float
) -> None:
    before, after = together_dba(levels), together_dba([*levels, more])
    assert before is not None
    assert after is not None
    assert after >= before
    assert after <= max(before, more) + 10 * log10(2) + 1e-9


def test_no_fan_is_not_heard() -> None:
    assert together_dba([]) is None


def test_half_the_speed_is_fifteen_decibels_less() -> None:
    assert slower_dba(30, 0.5) == pytest.approx(30 - 15.05, abs=0.01)
    assert slower_dba(30, 1.0) == 30


@given(name=st.sampled_from(KNOWN), speed=st.floats(0.2, 1), share=st.floats(0, 1))
def test_a_slower_fan_has_the_same_curve_drawn_smaller(
    name: str, speed: float, share: float
) -> None:
    full, slow = curve_of(FANS[name]), curve_of(slowed(FANS[name], speed))
    pressure = share * full.still_pa
    assert slow.flow_m3h(pressure * speed**2) == pytest.approx(speed * full.flow_m3h(pressure))
