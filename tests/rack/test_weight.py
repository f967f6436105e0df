"""Weight: statics computed again by moments, laws of heavier and lower things."""

from math import atan, degrees

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.load import load_catalog
from rack.mounted import Module
from rack.plan import make_plan
from rack.spec import RackSpec
from rack.weight import G, plan_weight

FACTS = load_catalog()
T1 = FACTS.rack("deskpi-rackmate-t1")


def modules(*places: tuple[str, float]) -> tuple[Module, ...]:
    """Return the modules of a 10-inch rack with devices at some units."""
    items = [{"device": name, "at_u": at} for name, at in places]
    data = {"version": 1, "name": "x", "rack": "deskpi-rackmate-t1", "item": items}
    return make_plan(RackSpec.model_validate(data), FACTS, "rack.toml").modules


def test_the_centre_is_where_the_moments_cancel() -> None:
    held = modules(("netgear-gs308", 8), ("apple-mac-mini-m4", 1))
    heavy = T1.model_copy(update={"weight_g": 3000.0})
    plan = plan_weight(held, heavy, FACTS)
    assert [one.label for one in plan.modules] == ["netgear-gs308", "apple-mac-mini-m4"]
    assert plan.centre_mm is not None
    deep, high = plan.centre_mm
    floor = (450.95 - 410.95) + (410.95 - 380.95) / 2  # feet, and the frame under the opening
    bodies = [(one.grams, one.behind_mm, floor + one.at_mm) for one in plan.modules]
    for grams, behind, at in bodies:
        assert grams > 0
        assert 0 < behind < 180
        assert floor < at < 450.95
    bodies.append((3000, 100, 450.95 / 2))  # the rack's own, in its middle
    about = [(grams, behind - deep, at - high) for grams, behind, at in bodies]
    assert sum(g * y for g, y, _ in about) == pytest.approx(0, abs=1e-6)
    assert sum(g * z for g, _, z in about) == pytest.approx(0, abs=1e-6)
    assert plan.tips_deg == pytest.approx(degrees(atan(min(deep, 200 - deep, 282.25 / 2) / high)))
    assert plan.grams == pytest.approx(3000 + sum(one.grams for one in plan.modules))


def test_where_the_rack_is_not_weighed_nobody_knows_when_it_tips() -> None:
    plan = plan_weight(modules(("netgear-gs308", 8)), T1, FACTS)
    assert plan.rack_g is None
    assert plan.tips_deg is None
    assert plan.centre_mm is not None


def test_a_module_held_at_the_front_pulls_at_its_upper_screws() -> None:
    (one,) = plan_weight(modules(("netgear-gs308", 4)), T1, FACTS).modules
    moment_nmm = one.grams / 1000 * G * one.behind_mm
    assert 2 * one.screw_n * (44.45 - 6.35) == pytest.approx(moment_nmm)
    (braced,) = plan_weight(modules(("apple-mac-studio", 1)), T1, FACTS).modules
    assert braced.braced
    assert braced.screw_n == 0


@given(
    low=st.sampled_from([1.0, 2.0, 3.0]),
    high=st.sampled_from([5.0, 6.0, 7.0]),
    print_g=st.floats(0, 2000),
)
def test_a_heavy_thing_lower_never_tips_sooner(low: float, high: float, print_g: float) -> None:
    rack = T1.model_copy(update={"weight_g": 3000.0})
    tips = [
        plan_weight(
            modules(("netgear-gs308", 8), ("friendlyelec-cm3588-nas-kit", at)),
            rack,
            FACTS,
            {"friendlyelec-cm3588-nas-kit": print_g},
        ).tips_deg
        for at in (low, high)
    ]
    assert tips[0] is not None
    assert tips[1] is not None
    assert tips[0] >= tips[1]


def test_prints_count_once_they_are_made() -> None:
    held = modules(("netgear-gs308", 8))
    bare, printed = (
        plan_weight(held, T1, FACTS),
        plan_weight(held, T1, FACTS, {"netgear-gs308": 60}),
    )
    assert printed.grams == pytest.approx(bare.grams + 60)
    assert (bare.with_prints, printed.with_prints) == (False, True)
    assert plan_weight((), T1, FACTS).centre_mm is None


def test_a_weight_taken_by_size_is_said() -> None:
    (one,) = plan_weight(modules(("netgear-gs308p", 8)), T1, FACTS).modules
    assert one.assumed
