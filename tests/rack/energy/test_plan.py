"""Every watt from the devices to the mains: sums again another way, the examples' own figures."""

from pathlib import Path
from typing import Any

import pytest

from catalog.load import Catalog
from catalog.problems import InputError
from rack.energy.loads import Load
from rack.energy.plan import EnergyPlan, plan_energy
from rack.read import plan_file
from rack.spec import RackSpec

EXAMPLES = Path(__file__).parents[3] / "examples"
A = Load("a", 2, 10.0, 20.0, 40.0, "")
B = Load("b", 1, 5.0, None, 30.0, "")
C = Load("c", 1, 1.0, 2.0, 3.0, "")


def energy(catalog: Catalog, loads: list[Load], **said: Any) -> EnergyPlan:
    """Return the plan of some loads for what a file says."""
    spec = RackSpec.model_validate({"version": 1, "name": "x", "rack": "10in", "height": 4, **said})
    return plan_energy(spec, loads, catalog, "rack.toml")


def test_what_no_supply_feeds_has_its_own_adapter(catalog: Catalog) -> None:
    plan = energy(catalog, [A, B, C])
    assert plan.own_adapters == ("a", "b", "c")
    assert plan.wall["idle"].watts_w == 26
    assert plan.wall["typical"].watts_w == 42
    assert plan.wall["typical"].unknown == ("b",)


def test_a_supply_takes_more_than_it_gives(catalog: Catalog) -> None:
    one = {"name": "s", "efficiency": 0.9, "modules": 0.8, "feeds": ["a"]}
    plan = energy(catalog, [A, B, C], supply=[one])
    (supply,) = plan.supplies
    assert supply.cases["peak"].load_w == pytest.approx(80 / 0.8)
    assert supply.cases["peak"].wall_w == pytest.approx(80 / 0.8 / 0.9)
    assert plan.wall["peak"].watts_w == pytest.approx(80 / 0.72 + 33)
    assert plan.own_adapters == ("b", "c")


def test_a_supply_without_feeds_takes_all_that_is_left(catalog: Catalog) -> None:
    first = {"name": "one", "efficiency": 0.9, "feeds": ["b"]}
    plan = energy(catalog, [A, B, C], supply=[first, {"name": "rest", "efficiency": 0.9}])
    assert plan.supplies[1].feeds == ("a", "c")
    assert plan.own_adapters == ()


def test_below_its_certificate_the_loss_is_unknown_and_never_zero(catalog: Catalog) -> None:
    big = {"name": "s", "watts": 1000, "level": "80plus-gold-115v", "feeds": ["a"]}
    plan = energy(catalog, [A], supply=[big])
    peak = plan.supplies[0].cases["peak"]
    assert peak.wall_w is None
    assert "8.0%" in peak.why
    assert plan.wall["peak"].unknown == ("s (what it loses)",)
    assert any("smaller supply" in text for text in plan.warnings)


def test_an_overloaded_supply_is_named(catalog: Catalog) -> None:
    small = {"name": "s", "watts": 60, "efficiency": 0.9, "feeds": ["a"]}
    (warning,) = energy(catalog, [A], supply=[small]).warnings
    assert "80 W at peak is more than its 60 W" in warning


@pytest.mark.parametrize(
    ("said", "match"),
    [
        ({"supply": [{"name": "s", "feeds": ["aa"]}]}, "called 'aa'"),
        ({"supply": [{"name": "s", "feeds": ["a", "a"]}]}, "stands there twice"),
        ({"supply": [{"name": "s", "feeds": ["a"]}, {"name": "t", "feeds": ["a"]}]}, "already"),
        ({"supply": [{"name": "s"}, {"name": "s", "feeds": ["a"]}]}, "second supply"),
        ({"supply": [{"name": "s", "level": "80plus-gold-115v"}]}, "rated load"),
        ({"supply": [{"name": "s", "psu": "atx", "level": "80plus-gold-115v"}]}, "many sizes"),
        ({"supply": [{"name": "s", "watts": 99, "level": "80plus-gild-115v"}]}, "80plus-gold-115v"),
        ({"ups": {"model": "apc-be600"}}, "apc-be600m1"),
        ({"ups": {"output_w": 100}}, "by its model or by its battery"),
        ({"ups": {"battery_wh": 84, "feeds": ["zz"]}}, "called 'zz'"),
        (
            {"supply": [{"name": "s", "feeds": ["a"]}], "ups": {"battery_wh": 84, "feeds": ["a"]}},
            "a hangs behind s",
        ),
    ],
)
def test_what_cannot_be_is_refused(catalog: Catalog, said: dict[str, Any], match: str) -> None:
    with pytest.raises((InputError, ValueError), match=match):
        energy(catalog, [A, B, C], **said)


def test_a_ups_holds_what_hangs_on_it_with_the_losses(catalog: Catalog) -> None:
    supply = {"name": "s", "efficiency": 0.5, "feeds": ["a"]}
    ups = {"battery_wh": 84, "output_w": 150, "feeds": ["s"]}
    plan = energy(catalog, [A, B, C], supply=[supply], ups=ups)
    assert plan.backup is not None
    assert plan.backup.loads["typical"].watts_w == pytest.approx(80)
    assert set(plan.backup.lasts) == {"idle", "typical"}
    (warning,) = plan.warnings
    assert "160 W is more than battery can feed" in warning


def test_a_year_is_its_hours(catalog: Catalog) -> None:
    price = {"price_per_kwh": 0.3, "currency": "EUR"}
    plan = energy(catalog, [C], energy=price)
    assert plan.a_year("typical") == {"kwh": 17.5, "cost": 5.26}  # 2 W for 365.25 days
    assert energy(catalog, [C]).a_year("typical")["cost"] is None


def test_s3_draws_what_its_builder_states(catalog: Catalog) -> None:
    """Twelve Pis 96 and 180 W; with the x86 node about 250 and 480, a supply of about 90 %."""
    plan = plan_file(EXAMPLES / "pico-10.toml", catalog).energy
    pis, x86 = plan.supplies
    assert (pis.cases["idle"].load_w, pis.cases["peak"].load_w) == (96, 180)
    both = [pis.cases[case].load_w + x86.cases[case].load_w for case in ("idle", "peak")]
    assert both == [pytest.approx(250, rel=0.02), 480]
    assert plan.wall["peak"].watts_w == pytest.approx(480 / 0.9)


def test_s1_is_told_a_number_with_energy_units(catalog: Catalog) -> None:
    plan = plan_file(EXAMPLES / "mini-rack.toml", catalog).energy
    assert plan.backup is not None
    assert plan.backup.battery_wh == 84  # 12 V, 7 Ah
    held = plan.backup.lasts["typical"]
    assert held.basis == "point"
    assert 29 <= held.delivered_wh <= 48  # what the neighbours' firmware says of seven models
    assert held.least_min < held.minutes < (held.most_min or 0)
    assert plan.poe[0].warnings == ()
