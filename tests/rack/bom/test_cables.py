"""Cables: long enough for their way, the shortest on sale, one for each node."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.load import load_catalog
from rack.bom.cables import SOLD_M, cables, sold_m
from rack.plan import Plan, make_plan
from rack.read import plan_file
from rack.spec import RackSpec

FACTS = load_catalog()
EXAMPLES = Path(__file__).parents[3] / "examples"


def plan(*items: dict[str, Any]) -> Plan:
    """Return the plan of a 10-inch rack of 8U."""
    data = {"version": 1, "name": "x", "rack": "10in", "height": 8, "item": list(items)}
    return make_plan(RackSpec.model_validate(data), FACTS, "rack.toml")


@given(st.floats(0, 12))
def test_what_is_sold_is_long_enough_and_nothing_shorter_is(way: float) -> None:
    sold = sold_m(way)
    assert sold >= way - 1e-6 or sold == max(SOLD_M)
    assert all(one < way for one in SOLD_M if one < sold)


@given(at=st.integers(1, 7), other=st.integers(1, 7))
def test_a_way_is_the_units_between_once_across_and_two_bends(at: int, other: int) -> None:
    if at == other:
        return
    switch = {"device": "netgear-gs308", "name": "switch", "at_u": at}
    pi = {"device": "raspberry-pi-4b", "name": "pi", "at_u": other}
    (cable,) = cables(plan(switch, pi))
    assert (cable.start, cable.end, cable.count) == ("switch", "pi", 1)
    assert cable.way_m is not None
    assert 1000 * cable.way_m == pytest.approx(abs(at - other) * 44.45 + 222.25 + 100)


def test_each_goes_to_the_nearest_switch_or_to_the_one_that_feeds_it() -> None:
    low = {"device": "netgear-gs308", "name": "low", "at_u": 1}
    high = {"device": "netgear-gs308p", "name": "high", "at_u": 8}
    pi = {"device": "raspberry-pi-4b", "name": "pi", "at_u": 2}
    ends = [(c.start, c.end) for c in cables(plan(low, high, pi))]
    assert sorted(ends) == [("high", "low"), ("low", "pi")], "the smaller one hangs on the other"
    ends = [(c.start, c.end) for c in cables(plan(low, high, {**pi, "poe": "high"}))]
    assert sorted(ends) == [("high", "low"), ("high", "pi")]
    assert cables(plan(pi)) == ()


def test_every_node_of_the_examples_has_a_cable() -> None:
    for name, nodes in (("mini-rack", 4), ("pi-19in", 15), ("pico-10", 10), ("rockpro64-7", 7)):
        made = plan_file(EXAMPLES / f"{name}.toml", FACTS)
        network = [c for c in cables(made) if c.kind == "network"]
        assert sum(c.count for c in network) == nodes, name
