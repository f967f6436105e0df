"""The figures of docs/air.md, number by number: published ones, or computed by others' programs."""

from dataclasses import replace

import pytest

from catalog.load import load_catalog
from packing.airflow.air import CP_J_PER_KG_K, M3H_PER_CFM, Air, air_at, flow_for_rise_m3h, rise_k
from packing.airflow.board_heat import board_heat
from packing.airflow.channel import Channels, developed_pa, friction_pa
from packing.airflow.cooling import ROOM_C
from packing.airflow.fan import Curve
from packing.airflow.natural import (
    ISOFLUX_MIDDLE,
    ISOFLUX_MIDDLE_ONE_SIDE,
    ISOFLUX_TOP,
    ISOTHERMAL,
    ISOTHERMAL_ONE_SIDE,
    Relation,
    best_gap_isothermal_m,
    elenbaas,
    wall_rise_k,
)
from packing.airflow.working import working

A4X20 = Curve(((0.0, 22.2), (9.4, 0.0)), measured=False)
AIR = air_at(25.0)
TALL_M, DEEP_M = 0.056, 0.085


@pytest.mark.parametrize(("celsius", "factor"), [(20.0, 1.748), (25.0, 1.778)])
def test_cfm_for_a_watt_and_a_kelvin(celsius: float, factor: float) -> None:
    flow = flow_for_rise_m3h(1.0, 1.0, air_at(celsius)) / M3H_PER_CFM
    assert flow == pytest.approx(factor, rel=1e-3)  # CoolProp
    assert flow == pytest.approx(1.757, rel=0.02)  # the rule of thumb


@pytest.mark.parametrize(
    ("watts", "kelvin", "cfm"),
    [(102.4, 10.0, 18.2), (400.0, 34 / 1.8, 37.4), (1000.0, 10.0, 177.8)],
)
def test_worked_examples_of_a_stream(watts: float, kelvin: float, cfm: float) -> None:
    flow = flow_for_rise_m3h(watts, kelvin, AIR)
    assert flow / M3H_PER_CFM == pytest.approx(cfm, rel=8e-3)
    assert rise_k(watts, flow, AIR) == pytest.approx(kelvin)


@pytest.mark.parametrize(
    ("relation", "power", "gap", "nusselt"),
    [
        (ISOTHERMAL, 4, 2.714, 1.307),
        (ISOTHERMAL_ONE_SIDE, 4, 2.154, 1.04),
        (ISOFLUX_MIDDLE, 5, 1.472, 0.62),
        (ISOFLUX_MIDDLE_ONE_SIDE, 5, 1.169, 0.49),
    ],
)
def test_the_textbooks_best_gaps(
    relation: Relation, power: int, gap: float, nusselt: float
) -> None:
    """Heat out of a given volume goes as Nu / b^2, with the number growing as b to a power."""
    tried = [i * 1e-3 for i in range(500, 5000)]
    best = max(tried, key=lambda b: relation.nusselt(b**power) / b**2)
    assert best == pytest.approx(gap, rel=2e-3)
    assert relation.nusselt(best**power) == pytest.approx(nusselt, rel=5e-3)


@pytest.mark.parametrize(
    ("watts", "middle", "top"),
    [
        (2.1, (44, 33, 30, 28, 28, 27), (76, 48, 39, 36, 33, 32)),
        (3.0, (57, 43, 39, 38, 37, 37), (96, 62, 51, 47, 43, 43)),
        (5.0, (82, 63, 59, 57, 56, 55), (135, 89, 75, 70, 65, 64)),
        (6.41, (98, 77, 72, 70, 68, 68), (162, 107, 91, 85, 80, 79)),
    ],
)
def test_boards_on_edge_in_still_air(
    watts: float, middle: tuple[float, ...], top: tuple[float, ...]
) -> None:
    flux = watts / 2 / (TALL_M * DEEP_M)
    gaps = (0.004, 0.006, 0.008, 0.010, 0.015, 0.020)
    at_middle = [wall_rise_k(gap, TALL_M, flux, 25.0, ISOFLUX_MIDDLE) for gap in gaps]
    at_top = [wall_rise_k(gap, TALL_M, flux, 25.0, ISOFLUX_TOP) for gap in gaps]
    assert at_middle == pytest.approx(middle, abs=1.0)
    assert at_top == pytest.approx(top, abs=1.0)


def test_the_best_gap_of_a_published_heat_sink() -> None:
    """Çengel's fins: 18 cm tall, 80 °C in 30 °C: 7.5 mm apart."""
    assert best_gap_isothermal_m(0.18, 50.0, 30.0) == pytest.approx(7.5e-3, rel=0.01)
    assert best_gap_isothermal_m(TALL_M, 40.0, 25.0) == pytest.approx(5.7e-3, rel=0.01)
    assert best_gap_isothermal_m(TALL_M, 30.0, 25.0) == pytest.approx(6.0e-3, rel=0.01)


@pytest.mark.parametrize(
    ("gap", "speed", "reynolds", "developed", "developing"),
    [(4.0, 1.0, 514, 1.18, 1.55), (4.0, 2.0, 1027, 2.35, 3.81), (2.0, 2.0, 514, 9.41, 10.9)],
)
def test_pressure_in_a_channel(
    gap: float, speed: float, reynolds: float, developed: float, developing: float
) -> None:
    channel = Channels(1, gap, 56.0, 85.0)
    flow = speed * channel.area_m2 * 3600
    assert channel.reynolds(flow, AIR) == pytest.approx(reynolds, rel=5e-3)
    assert developed_pa(channel, flow, AIR) == pytest.approx(developed, rel=0.01)
    assert friction_pa(channel, flow, AIR) == pytest.approx(developing, rel=0.01)


@pytest.mark.parametrize(
    ("fans", "flow", "speed", "pressure", "rise"),
    [
        (2, 15.8, 1.1, 3.5, 22.0),
        (4, 24.9, 1.7, 7.5, 14.0),
        (6, 30.1, 2.1, 10.4, 11.6),
        (8, 33.2, 2.3, 12.4, 10.5),
        (10, 35.4, 2.4, 13.8, 9.8),
    ],
)
def test_fans_against_eighteen_boards_4_mm_apart(
    fans: int, flow: float, speed: float, pressure: float, rise: float
) -> None:
    row = Channels(18, 4.0, 56.0, 85.0)
    work = working(A4X20, fans, [row], AIR, 2.5)
    assert work.flow_m3h == pytest.approx(flow, abs=0.1)
    assert row.speed_m_per_s(work.flow_m3h) == pytest.approx(speed, abs=0.05)
    assert work.pressure_pa == pytest.approx(pressure, abs=0.05)
    assert rise_k(18 * 6.41, work.flow_m3h, AIR) == pytest.approx(rise, abs=0.06)
    assert not work.choked


@pytest.mark.parametrize(("fans", "rise"), [(2, 58), (4, 49), (6, 46), (8, 44), (10, 43)])
def test_fans_against_twenty_one_boards_are_choked(fans: int, rise: float) -> None:
    work = working(A4X20, fans, [Channels(21, 1.4, 56.0, 85.0)], AIR, 2.5)
    assert rise_k(21 * 6.41, work.flow_m3h, AIR) == pytest.approx(rise, abs=0.6)
    assert work.choked == (fans > 2)


def film(gap_m: float, length_m: float, difference_k: float, air: Air) -> float:
    """Heat that leaves upright plates, W/m²K."""
    number = elenbaas(gap_m, length_m, difference_k, air)
    return ISOTHERMAL.nusselt(number) * air.conductivity / gap_m


def test_the_heat_that_leaves_at_the_best_gap() -> None:
    """Çengel's fins with the book's own air: 7.5 mm, 4.83 W/m²K, 14 of them 29.4 W.

    Pis on edge: 2.4 W each at 40 K and 1.7 W at 30 K.
    """
    viscosity = 0.704 * 0.02772 / CP_J_PER_KG_K
    book = replace(
        air_at(55.0), conductivity=0.02772, viscosity=viscosity, density=viscosity / 1.847e-5
    )
    gap_m = 2.714 * 0.18 / elenbaas(0.18, 0.18, 50.0, book) ** 0.25
    assert gap_m == pytest.approx(7.5e-3, rel=2e-3)
    per_m2 = film(gap_m, 0.18, 50.0, book)
    assert per_m2 == pytest.approx(4.83, rel=3e-3)
    assert 14 * 2 * 0.18 * 0.024 * per_m2 * 50.0 == pytest.approx(29.4, rel=0.01)
    for difference, watts in ((40.0, 2.4), (30.0, 1.7)):
        best = best_gap_isothermal_m(TALL_M, difference, 25.0)
        found = film(best, TALL_M, difference, air_at(25.0 + difference / 2))
        assert found * 2 * TALL_M * DEEP_M * difference == pytest.approx(watts, abs=0.06)


def test_a_bare_pi_slows_down_at_its_worst_case_in_ten_kelvin_of_rise() -> None:
    """docs/air.md §5: 58 °C at 3 W, 73.5 at 5 W, 84 at 6.41 W."""
    pi = load_catalog().board("raspberry-pi-4b")
    for watts, celsius in ((3.0, 58.0), (5.0, 73.5), (6.41, 84.0)):
        heat = board_heat(pi, watts)
        reached = ROOM_C + 10.0 + heat.soc_rise_k
        assert reached == pytest.approx(celsius, abs=0.5)
        assert (reached > heat.throttle_c) == (watts > 6.0)
