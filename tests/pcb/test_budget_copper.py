"""Copper against published figures, and the tables' sources."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pcb.budget import copper
from pcb.budget.graph import networks
from pcb.budget.ratings import ratings, unconfirmed
from pcb.parts import INPUT_KINDS, OUTPUT_KINDS, tables
from pcb.spec import read_spec

# IPC-2221, outer layers, as public calculators print it: A, oz, K, mm.
STRIPS = [
    (15, 2, 10, 6.29), (3, 1, 10, 1.37), (5, 1, 20, 1.82), (8, 2, 10, 2.64), (12, 1, 10, 9.25),
    (16, 2, 20, 4.52), (21, 1, 20, 13.1), (21, 2, 10, 10.0),
]  # fmt: skip


@pytest.mark.parametrize(("amps", "oz", "rise", "wide"), STRIPS)
def test_strips_are_those_of_the_calculators(
    amps: float, oz: float, rise: float, wide: float
) -> None:
    assert copper.strip_mm(amps, oz, rise) == pytest.approx(wide, rel=5e-3)
    assert copper.strip_a(wide, oz, rise) == pytest.approx(amps, rel=5e-3)


@given(st.floats(0.1, 60), st.sampled_from([1, 2]))
def test_a_strip_for_a_current_carries_that_current(amps: float, oz: int) -> None:
    assert copper.strip_a(copper.strip_mm(amps, oz), oz) == pytest.approx(amps)


def test_sheets_vias_and_wires_are_those_of_the_books() -> None:
    """1 oz is 0.493 mOhm a square; a 0.5 mm via of 18 µm has 1.04 mOhm and carries 2.1 A."""
    assert copper.strip_ohm(10, 10, 1) * 1000 == pytest.approx(0.493, abs=1e-3)
    assert copper.strip_ohm(10, 10, 2) * 1000 == pytest.approx(0.246, abs=1e-3)
    assert copper.via_ohm() * 1000 == pytest.approx(1.04, abs=5e-3)
    assert copper.via_a() == pytest.approx(2.1, abs=0.05)
    assert pytest.approx(1.16, abs=5e-3) == copper.HOT
    assert [copper.vias(amps) for amps in (0.5, 1, 6, 6.1)] == [3, 3, 8, 9]


# ASTM B258 as every wire table prints it: mm, then Ohm per km of annealed copper at 20 °C.
WIRES = {14: 8.28, 16: 13.2, 18: 20.9, 20: 33.3, 22: 53.0, 24: 84.2}


@pytest.mark.parametrize("awg", WIRES)
def test_wires_have_the_resistance_of_the_tables(awg: int) -> None:
    assert copper.wire_ohm(awg, 1000) == pytest.approx(WIRES[awg], rel=6e-3)
    assert copper.wire_ohm(awg, 2) == pytest.approx(2 * copper.wire_ohm(awg, 1))
    assert copper.wire_ohm(awg, 1, worst=True) > copper.wire_ohm(awg, 1)


def test_a_thicker_wire_carries_more() -> None:
    rated = ratings().wire.rated_a
    assert sorted(rated) == sorted(WIRES)
    assert [rated[awg] for awg in sorted(rated)] == sorted(rated.values(), reverse=True)


def test_every_fuse_size_has_its_resistance_and_a_larger_one_less() -> None:
    ohms = ratings().fuse_mohm.mohm
    assert sorted(ohms) == sorted(tables().fuses.sizes_a)
    assert [ohms[size] for size in sorted(ohms)] == sorted(ohms.values(), reverse=True)
    lost = [size * ohms[size] for size in sorted(ohms)]  # at its rating: about a tenth of a volt
    assert all(60 < millivolts < 120 for millivolts in lost)


def test_every_figure_has_a_source_and_what_is_recalled_is_marked() -> None:
    kinds = {s.id: s.kind for s in (*tables().source, *ratings().source)}
    rows = (
        *tables().part, *tables().input, tables().fuses, *ratings().joint, ratings().fuse_mohm,
        ratings().wire, *ratings().rail, ratings().supply_5v, ratings().buck,
    )  # fmt: skip
    for row in rows:
        assert row.sources
        recalled = [cited for cited in row.sources if kinds[cited] == "recall"]
        assert unconfirmed(row.sources) == bool(recalled)
        if recalled and len(recalled) == len(row.sources):
            assert row.confidence in ("low", "medium")
            assert "nconfirmed" in row.note


@pytest.mark.parametrize("kind", INPUT_KINDS)
@pytest.mark.parametrize("connector", OUTPUT_KINDS)
def test_every_part_that_is_rated_says_why_and_by_whom(kind: str, connector: str) -> None:
    spec = read_spec({"outputs": 3, "input": kind, "connector": connector, "amps": 1})
    for network in networks(spec):
        for edge in network.edges:
            assert edge.why
            assert edge.sources
            assert all(math.isfinite(ohm) and ohm > 0 for ohm in edge.ohms)
            assert edge.rating_a is None or edge.rating_a > 0
            assert (edge.rating_a is None) <= (edge.kind == "lead")
