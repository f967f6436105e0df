"""How warm a rack gets: S3's builder's readings, the air page's figures, laws of load and room."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.load import Catalog, load_catalog
from packing.airflow.air import air_at, rise_k
from rack.climate.plan import ClimatePlan
from rack.plan import make_plan
from rack.read import plan_file
from rack.spec import RackSpec

EXAMPLES = Path(__file__).parents[3] / "examples"
FACTS = load_catalog()


def climate(*items: dict[str, Any], **said: Any) -> ClimatePlan:
    """Return how warm a 19-inch rack with some items gets."""
    data = {"version": 1, "name": "x", "rack": "19in", "height": 6, "item": list(items), **said}
    return make_plan(RackSpec.model_validate(data), FACTS, "rack.toml").climate


def row(**said: Any) -> dict[str, Any]:
    """Return a 2U row of ten Pi 4B before a wall of fans."""
    own = {"fan": "40x20", **said.pop("set", {})}
    return {
        "device": "raspberry-pi-4b",
        "name": "row",
        "count": 10,
        "pose": "on-edge",
        "height": "2U",
        "air_gap": 8,
        "set": own,
        **said,
    }


def test_s3_reads_what_its_builder_read(catalog: Catalog) -> None:
    """45 to 50 °C idle at 8 W, 60 to 65 °C under load at 15 W, no throttling."""
    plan = plan_file(EXAMPLES / "pico-10.toml", catalog)
    assert plan.climate.warnings == ()
    for stack in plan.climate.boards["peak"]:
        assert stack.soc_most_c is not None
        assert 60 <= stack.soc_most_c <= 65 < stack.limit_c
        own = stack.soc_most_c - plan.climate.room.air_c
        assert 45 <= plan.climate.room.air_c + own * 8 / 15 <= 50


def test_a_bare_board_at_its_worst_slows_down() -> None:
    """A Pi 4B at 6.41 W with 10 K of rise reaches 84 °C (docs/air.md §5), in the open 74."""
    pi = {"device": "raspberry-pi-4b", "name": "pi", "typical_w": 6.41, "peak_w": 9.0}
    plan = climate(pi)
    (typical,), (peak,) = plan.boards["typical"], plan.boards["peak"]
    assert typical.soc_least_c == pytest.approx(84 - 10, abs=0.5)
    assert typical.soc_most_c is None
    assert "slows down at 9 W: 94 °C" in plan.warnings[0]
    assert climate(pi, room={"air_c": 35.0}).boards["typical"][0].soc_least_c == pytest.approx(
        84, abs=0.5
    )
    assert peak.soc_least_c is not None


def test_fans_turn_no_faster_than_they_must() -> None:
    quiet = climate(row(typical_w=3.0, peak_w=4.0, soc_k_per_w=4.0))
    idle, busy = quiet.boards["typical"][0], quiet.boards["peak"][0]
    assert idle.speed is not None
    assert busy.speed is not None
    assert idle.speed <= busy.speed
    assert idle.noise_dba is not None
    assert idle.noise_dba <= (quiet.noise_dba or 0)
    assert quiet.quiet_dba == pytest.approx(idle.noise_dba)


@settings(max_examples=12, deadline=None)
@given(watts=st.floats(2, 8), more=st.floats(0.1, 4), room=st.floats(10, 35))
def test_more_heat_or_a_warmer_room_is_never_cooler(watts: float, more: float, room: float) -> None:
    fixed: dict[str, Any] = {"soc_k_per_w": 3.0, "typical_w": 1.0}
    one = climate(row(peak_w=watts, **fixed), room={"air_c": room})
    hot = climate(row(peak_w=watts + more, **fixed), room={"air_c": room})
    warm = climate(row(peak_w=watts, **fixed), room={"air_c": room + more})
    speed = one.boards["peak"][0].speed or 2.0
    assert (hot.boards["peak"][0].speed or 2.0) >= speed
    assert (warm.boards["peak"][0].speed or 2.0) >= speed
    assert hot.wanted_m3h > one.wanted_m3h


def test_the_air_that_is_wanted_is_the_balance_of_heat() -> None:
    switch = {"device": "unifi-lite-16-poe", "name": "switch", "peak_w": 400}
    plan = climate(switch, room={"rise_k": 34 / 1.8})
    assert plan.wanted_m3h / 1.699 == pytest.approx(37.4, rel=0.02)  # docs/air.md §1: 37.4 CFM
    fans = {"mount": "panel", "name": "fans", "height": "2U", "set": {"fan": "80x25", "fans": 2}}
    moved = climate(switch, fans, room={"rise_k": 10.0})
    assert moved.rise_k == pytest.approx(rise_k(400, moved.moved_m3h, air_at(25)))
    assert moved.moved_m3h == pytest.approx(FACTS.fan("80x25").flow_m3h)  # two at half their flow
    assert ("the air warms" in " ".join(moved.warnings)) == ((moved.rise_k or 0) > 10)


def test_a_board_without_a_figure_of_its_own_is_told_and_not_judged() -> None:
    plan = climate({"device": "pine64-rockpro64", "name": "n", "typical_w": 7, "peak_w": 36})
    (warm,) = plan.boards["peak"]
    assert "bare Pi 4B" in warm.notes[0]
    assert plan.warnings == ()


def test_too_loud_and_too_warm_around_are_named() -> None:
    loud = climate(row(typical_w=9.0, peak_w=9.0, soc_k_per_w=5.0), room={"most_dba": 10.0})
    assert any("dB(A) together, more than 10" in text for text in loud.warnings)
    hot = climate({"device": "nvidia-dgx-spark", "name": "s"}, room={"air_c": 31.0})
    assert any("it is made for 30 °C" in text for text in hot.warnings)
