"""How long a UPS lasts: every published point, the bands held to the tables, laws for any load."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.load import Catalog, load_catalog
from catalog.models import Ups
from catalog.problems import InputError
from rack.energy import runtime as law
from rack.energy.runtime import by_battery, output_w, runtime

UPSES = load_catalog().upses
TABLED = sorted(name for name, ups in UPSES.items() if ups.fit is not None)
# V times Ah of their batteries as recalled (RBC2, RBC4, two of 12 Ah, two of 17 Ah): unconfirmed,
# and used here only to see how far the law of a battery is from a maker's table.
BATTERY_WH = {
    "apc-smart-ups-420": 84.0,
    "apc-smart-ups-650": 144.0,
    "apc-smart-ups-1000": 288.0,
    "apc-smart-ups-1400": 408.0,
}


def points(name: str) -> list[tuple[float, float]]:
    """Return W and minutes of a maker's table."""
    return [(p.load_va / law.VA_PER_W, p.minutes) for p in UPSES[name].runtime if p.load_va]


def test_every_published_point_is_met_within_six_percent() -> None:
    listed = [(name, *point) for name in TABLED for point in points(name)]
    assert len(listed) == 54
    for name, watts, minutes in listed:
        found = runtime(UPSES[name], watts)
        assert found.minutes == pytest.approx(minutes, rel=0.06), (name, watts)
        assert found.least_min <= minutes * 1.0005
        assert found.most_min is not None
        assert found.most_min >= minutes * 0.9995


def test_the_band_of_a_battery_holds_every_published_point() -> None:
    assert set(BATTERY_WH) == set(TABLED)
    for name, capacity in BATTERY_WH.items():
        for watts, minutes in points(name):
            found = by_battery(capacity, watts)
            assert found.most_min is not None
            assert found.least_min <= minutes <= found.most_min, (name, watts)


def test_the_band_of_one_point_holds_all_others_within_its_reach() -> None:
    for name in TABLED:
        for point in UPSES[name].runtime:
            alone = UPSES[name].model_copy(update={"fit": None, "runtime": (point,)})
            assert point.load_va is not None
            for watts, minutes in points(name):
                reach = watts * law.VA_PER_W / point.load_va
                if 1 / law.POINT_REACH <= reach <= law.POINT_REACH:
                    found = runtime(alone, watts)
                    assert found.most_min is not None
                    assert found.least_min <= minutes <= found.most_min, (name, watts)


def test_peukert_is_the_textbook_law() -> None:
    """C_act = C_H * ((C_H / H) / I)^(k-1); 7 Ah at 7 A last 40 min where k is 1.135."""
    capacity, hours, k = 7.0, 20.0, 1.135
    current = 7.0
    held = capacity * ((capacity / hours) / current) ** (k - 1) / current
    assert 60 * held == pytest.approx(40, abs=0.2)
    # The same form, with our exponent, in power.
    watts = 60.0
    drawn = watts / law.INVERTER + law.STANDBY_W
    share = (84 / hours) / drawn
    assert by_battery(84, watts).minutes == pytest.approx(
        60 * 84 * share ** (law.PEUKERT - 1) / drawn
    )


def test_the_standby_draw_is_what_a_fit_says_of_two_small_ones() -> None:
    smallest = [UPSES[name].fit for name in ("apc-smart-ups-420", "apc-smart-ups-650")]
    watts = [fit.p0_va / law.VA_PER_W for fit in smallest if fit is not None]
    assert all(law.STANDBY_W <= each <= law.STANDBY_W + 6 for each in watts)


@given(name=st.sampled_from(sorted(UPSES)), one=st.floats(1, 150), two=st.floats(1, 150))
def test_more_load_never_lasts_longer(name: str, one: float, two: float) -> None:
    ups = UPSES[name]
    if len(ups.runtime) != 1 and ups.fit is None:
        return
    low, high = sorted((one, two))
    longer, shorter = runtime(ups, low), runtime(ups, high)
    assert longer.minutes >= shorter.minutes
    for found in (longer, shorter):
        assert found.least_min <= found.minutes
        assert found.most_min is None or found.most_min >= found.minutes
        assert found.delivered_wh == pytest.approx(found.load_w * found.minutes / 60)


@given(capacity=st.floats(20, 2000), watts=st.floats(5, 1000), more=st.floats(1, 4))
def test_a_larger_battery_never_lasts_shorter_and_gives_no_more_than_it_holds(
    capacity: float, watts: float, more: float
) -> None:
    small, large = by_battery(capacity, watts), by_battery(capacity * more, watts)
    assert large.minutes >= small.minutes
    if small.minutes <= 60 * law.RATED_H:  # slower than rated, Peukert's law promises too much
        assert small.delivered_wh < capacity


def test_too_much_none_and_unknown_are_refused(catalog: Catalog) -> None:
    be600 = catalog.ups("apc-be600m1")
    assert output_w(be600) == 330
    with pytest.raises(InputError, match="switches off"):
        runtime(be600, 331)
    assert runtime(be600, 330).minutes > 0
    for nothing in (0.0, -1.0, math.nan, math.inf):
        with pytest.raises(InputError, match="empties no battery"):
            runtime(be600, nothing)
    blank = Ups(id="x", name="x", sources=("OWN",), confidence="low")
    with pytest.raises(InputError, match="battery of x are known"):
        runtime(blank, 10)


def test_outside_a_table_only_the_side_that_is_known_is_stated(catalog: Catalog) -> None:
    ups = catalog.ups("apc-smart-ups-650")
    below = runtime(ups, 10)
    assert below.most_min is None
    assert below.least_min == 90  # its table's first point, at 50 VA
    above = runtime(replace_output(ups), 500)
    assert above.least_min == 0


def replace_output(ups: Ups) -> Ups:
    """Return a UPS that would feed more than its table has."""
    return ups.model_copy(update={"output_va": 2000})
