"""Power: sums computed again another way, unknown figures named and never counted as zero."""

import json
import tomllib
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.load import Catalog
from rack.energy.loads import Load, device_load, totals
from rack.plan import make_plan
from rack.read import plan_file
from rack.spec import RackSpec

EXAMPLES = Path(__file__).parents[3] / "examples"
WATTS = st.none() | st.integers(0, 2000).map(lambda n: n / 4)
LOADS = st.lists(
    st.builds(
        Load,
        label=st.sampled_from("abcdef"),
        count=st.integers(1, 64),
        idle_w=WATTS,
        typical_w=WATTS,
        peak_w=WATTS,
        source=st.just(""),
    ),
    max_size=10,
)


@given(LOADS)
def test_sums_are_exact_and_unknown_ones_are_named(loads: list[Load]) -> None:
    sums = totals(loads)
    for key in ("idle_w", "typical_w", "peak_w"):
        exact = sum((Fraction(w) * load.count for load in loads if (w := getattr(load, key))), 0)
        assert abs(Fraction(sums[key]) - exact) <= Fraction(51, 1000)  # told to 0.1 W
        assert sums[f"unknown_{key}"] == sorted({x.label for x in loads if getattr(x, key) is None})


@given(LOADS, LOADS)
def test_order_does_not_matter_and_parts_add_up(one: list[Load], two: list[Load]) -> None:
    assert totals([*one, *two]) == totals([*two, *one])
    for key in ("idle_w", "typical_w", "peak_w"):
        apart = totals(one)[key] + totals(two)[key]
        assert totals([*one, *two])[key] == pytest.approx(apart, abs=0.11)


def test_what_was_measured_goes_before_the_catalogue(catalog: Catalog) -> None:
    pi = catalog.device("raspberry-pi-4b")
    assert pi.power is not None
    known = (pi.power.idle_w, pi.power.typical_w, pi.power.max_w)
    plain = device_load(pi, "pi", 3, (None, None, None))
    assert (plain.idle_w, plain.typical_w, plain.peak_w, plain.source) == (*known, "catalogue")
    own = device_load(pi, "pi", 3, (None, 0.0, 15.0))
    assert (own.typical_w, own.peak_w, own.source) == (0.0, 15.0, "measured")
    assert own.idle_w is None  # what idles at more than it typically draws is another device
    hot = device_load(pi, "pi", 3, (8.0, None, 15.0))
    assert (hot.idle_w, hot.typical_w, hot.peak_w) == (8.0, None, 15.0)


def test_the_pico_cluster_draws_what_its_builder_says(catalog: Catalog) -> None:
    """Twelve Pis at 8 and 15 W, a GPU node at 150 and 300: 246 and 480 W."""
    power = plan_file(EXAMPLES / "pico-10.toml", catalog).as_dict()["power"]
    assert power["idle_w"] == 12 * 8 + 150 == 246
    assert power["peak_w"] == 12 * 15 + 300 == 480
    assert "switch" in power["unknown_idle_w"], "its draw is not known, so it is not in the sums"


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.toml")), ids=lambda p: p.stem)
def test_the_sums_of_every_example_follow_from_its_text(path: Path, catalog: Catalog) -> None:
    """From the TOML and the catalogue directly, past spec, plan and power."""
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    names = {"idle_w": "idle_w", "typical_w": "typical_w", "peak_w": "max_w"}
    told = json.loads(json.dumps(plan_file(path, catalog).as_dict()))["power"]
    for key, fact in names.items():
        total, unknown = Fraction(0), set[str]()
        for row in [*data["item"], *data.get("outside", [])]:
            if row.get("mount") in {"psu", "holder"} and row.get("device") not in catalog.boxes:
                continue  # a supply passes on what others draw; what is held may be anything
            power = catalog.device(row["device"]).power if "device" in row else None
            watts = row.get(key, getattr(power, fact, None))
            if key == "typical_w" and key not in row and row.get("idle_w", 0) > (watts or 0):
                watts = None  # measured to idle at more than the catalogue's typical draw
            poe = catalog.poes.get(row.get("device", ""))
            if key == "peak_w" and poe is not None and poe.in_max and watts is not None:
                watts -= poe.budget_w  # what its ports give is counted where it is drawn
            if watts is None:
                unknown.add(row["name"])
            else:
                total += Fraction(str(watts)) * row.get("count", 1)
        assert told[key] == pytest.approx(float(total), abs=0.051)
        assert told[f"unknown_{key}"] == sorted(unknown)


def test_a_blank_draws_nothing(catalog: Catalog) -> None:
    text = 'version = 1\nname = "b"\nrack = "10in"\nheight = "2U"\n[[item]]\nmount = "blank"\n'
    plan = make_plan(RackSpec.model_validate(tomllib.loads(text)), catalog, "b.toml")
    assert plan.loads == ()
    assert plan.as_dict()["power"]["peak_w"] == 0
