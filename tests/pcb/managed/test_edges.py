"""The edges of a switch: the arithmetic against the equations of its parts, solved in time."""

import math

import numpy as np
import pytest

from pcb.managed.edges import BASE_V, GAIN, THRESHOLD_V, Cell, heat_k
from tests.pcb.managed.cell import FET_A_PER_V2, Moving, Rail, between

CELL = Cell(12.0, 270e3, 10e3, 100e-9)
OFF = (12.0, 12.0, 0.0)  # gate, base and output of a switch that is off
ON = (0.3, 0.4, 12.0)


def steady(volts: float = 12.0) -> Rail:
    return lambda _: volts


@pytest.mark.parametrize("threshold", THRESHOLD_V)
@pytest.mark.parametrize("farads", [47e-6, 470e-6, 2.2e-3])
def test_a_capacity_at_the_node_is_filled_with_a_steady_current(
    threshold: float, farads: float
) -> None:
    made = Moving(threshold_v=threshold, node_f=farads)
    times, (gate, _, out) = made.run(steady(), 4e-3, OFF, on=True)
    slope = between(times, out, 10.0, 2.0)
    slow, fast = CELL.on_v_per_s()
    assert slow * 0.95 < slope < fast  # tens of ampere want more at the gate, so less at R201
    amps = [made.fet_a(12.0, g, o) for g, o in zip(gate, out, strict=True)]
    assert max(amps) < CELL.inrush_a(farads)
    assert max(amps) == pytest.approx(slope * farads, rel=0.06)
    assert out[-1] == pytest.approx(12.0, abs=0.01)


@pytest.mark.parametrize(("threshold", "gain"), list(zip(THRESHOLD_V, GAIN, strict=True)))
def test_a_load_is_turned_off_in_milliseconds(threshold: float, gain: float) -> None:
    made = Moving(threshold_v=threshold, gain=gain, load=lambda _: 10.0)
    times, (gate, _, out) = made.run(steady(), 6e-3, ON, on=False)
    slope = between(times, out, 11.0, 1.0)
    own = threshold + math.sqrt(10 / FET_A_PER_V2)  # at the gate, for ten ampere
    assert slope == pytest.approx((own - BASE_V) / 270e3 * gain / 100e-9, rel=0.08)
    assert slope > CELL.off_v_per_s()[0]
    watts = [(12 - o) * made.fet_a(12.0, g, o) for g, o in zip(gate, out, strict=True)]
    assert float(np.trapezoid(watts, times)) < CELL.off_j(10.0)
    assert max(watts) <= 120.5


def test_without_the_transistor_it_would_take_a_tenth_of_a_second() -> None:
    """What Q201 is for: the same cell with a gain of nothing."""
    made = Moving(gain=1e-3, load=lambda out: out / 4)
    times, (_, _, out) = made.run(steady(), 0.4, ON, on=False)
    assert between(times, out, 10.0, 2.0) < 100
    quick = Moving(load=lambda out: out / 4)
    times, (_, _, out) = quick.run(steady(), 10e-3, ON, on=False)
    assert between(times, out, 10.0, 2.0) > 5_000


@pytest.mark.parametrize("milliseconds", [3.0, 10.0, 20.0])
def test_held_off_nothing_gets_through_while_the_rail_rises(milliseconds: float) -> None:
    """The worst corner: least threshold, least gain."""
    made = Moving(THRESHOLD_V[0], GAIN[0], node_f=10e-6, load=lambda out: out / 20)
    end = milliseconds / 1000
    _, (_, _, out) = made.run(lambda t: 12 * min(t / end, 1), 2 * end, (0, 0, 0), on=False)
    assert max(out) < 0.2


def test_a_rail_that_rises_at_once_is_seen_for_milliseconds_only() -> None:
    made = Moving(THRESHOLD_V[0], GAIN[0], node_f=470e-6, load=lambda out: out / 20)
    times, (gate, _, out) = made.run(lambda t: 12 * min(t / 2e-4, 1), 30e-3, (0, 0, 0), on=False)
    assert max(out) < 12
    fet = [made.fet_a(12.0, g, o) for g, o in zip(gate, out, strict=True)]
    shut = next(t for t, amps in zip(times[200:], fet[200:], strict=True) if amps < 0.01)
    assert shut < 5e-3


@pytest.mark.parametrize("volts", [12.0, 5.0])
def test_the_gate_settles_where_the_law_says(volts: float) -> None:
    made = Moving(node_f=1e-6)
    _, (gate, _, _) = made.run(steady(volts), 0.2, (volts, volts, 0.0), on=True)
    told = Cell(volts, 270e3, 10e3, 100e-9).gate_v(volts)
    assert told < volts - gate[-1] < told + 0.1
    _, (gate, _, _) = made.run(steady(volts), 0.2, (0.3, 0.4, volts), on=False)
    assert volts - gate[-1] < 0.5


def test_heat_is_that_of_the_published_avalanche_and_grows_as_it_does_in_a_solid() -> None:
    whole, time = 16.0 * 30.0, 4.9e-3 * 16 / 30
    assert heat_k(whole, time) == pytest.approx(125.0)
    assert heat_k(whole / 2, time * 4) == pytest.approx(125.0)
    # Half of 4.9 mH times the current's square, by its data sheet 630 mJ, is that triangle's area.
    assert whole * time / 2 == pytest.approx(0.5 * 4.9e-3 * 16**2)


def test_a_power_that_rises_ends_hotter_by_the_root_of_two() -> None:
    """The convolution of both triangles with one over the root of time, in numbers."""
    steps = 4000
    time = (np.arange(steps) + 0.5) / steps
    kernel = 2 * (np.sqrt(np.arange(1, steps + 1)) - np.sqrt(np.arange(steps))) / math.sqrt(steps)
    falling, rising = (max(np.convolve(power, kernel)[:steps]) for power in (1 - time, time))
    assert rising / falling == pytest.approx(math.sqrt(2), rel=0.005)


def test_silicon_keeps_below_its_limit_at_the_largest_fuse_and_node() -> None:
    assert CELL.off_k(10.0) < 60
    assert CELL.on_k(2.2e-3) < 60
    assert CELL.inrush_a(470e-6) < 7
