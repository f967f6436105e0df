"""Power over Ethernet: the standard's pairs, the loss behind a cable, budgets and their words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.models import Poe
from rack.energy.loads import Load
from rack.energy.poe import CLASSES, PoeLoad, PoePlan, at_port_w, poe_load

SWITCH = Poe(id="s", ports=8, port_w=30, budget_w=63, sources=("OWN",), confidence="low")


def test_a_full_class_takes_what_the_standard_says() -> None:
    for _, port_w, device_w in CLASSES:
        assert at_port_w(device_w) == pytest.approx(port_w)


@given(st.floats(0, 71), st.floats(0, 71))
def test_a_cable_never_gives_and_more_behind_it_takes_more(one: float, two: float) -> None:
    low, high = sorted((one, two))
    assert at_port_w(low) >= low
    if not any(low <= most < high for _, _, most in CLASSES):  # in one class
        assert at_port_w(low) <= at_port_w(high)


def test_eight_overclocked_boards_are_more_than_63_w() -> None:
    """S2's builder: 8 times 9 W is over a 63 W PoE switch already."""
    plan = PoePlan("switch", SWITCH, (PoeLoad("row", 8, None, 9.0),))
    assert plan.peak_w > 8 * 9.0 > SWITCH.budget_w
    (warning,) = plan.warnings
    assert "6 of them would do" in warning
    assert PoePlan("switch", SWITCH, (PoeLoad("row", 6, None, 9.0),)).warnings == ()


def test_ports_and_one_port_have_limits_of_their_own() -> None:
    many = PoePlan("s", SWITCH, (PoeLoad("row", 9, None, 1.0),))
    assert many.warnings == ("9 devices, and 8 ports give PoE",)
    hungry = PoePlan("s", SWITCH, (PoeLoad("nas", 1, None, 26.0),))
    assert "gives 25.5 W" in hungry.warnings[0]
    unknown = PoePlan("s", None, (PoeLoad("nas", 1, None, 5.0),))
    assert "not known" in unknown.warnings[0]


def test_a_hat_takes_its_own() -> None:
    load = Load("pi", 2, 2.0, 5.0, None, "")
    assert poe_load(load, 4.0) == PoeLoad("pi", 2, 9.0, None)
