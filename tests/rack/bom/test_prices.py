"""Prices: whole packs, the narrowest price, the user's own first; nothing unpriced in silence."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.load import Catalog, load_catalog
from catalog.models import Price
from rack.bom.prices import over_budget, price_of, priced, total
from rack.bom.rows import COLUMNS, bom_rows
from rack.read import plan_file

EXAMPLES = Path(__file__).parents[3] / "examples"


def row(kind: str, item: str, count: int = 1, **said: Any) -> dict[str, Any]:
    """Return a row of a parts list."""
    return {**dict.fromkeys(COLUMNS), "kind": kind, "item": item, "count": count, **said}


def price(name: str, kind: str, pack: int = 1, each: float = 1.0, **said: Any) -> Price:
    """Return a price per pack."""
    own: dict[str, Any] = {"sources": ("OWN",), "confidence": "high", **said}
    return Price(id=name, kind=kind, pack=pack, price=each, **own)


@given(count=st.integers(1, 500), pack=st.integers(1, 100), each=st.integers(0, 1000))
def test_whole_packs_are_bought_and_none_too_many(count: int, pack: int, each: int) -> None:
    prices = [price("p", "screw", pack, each / 10)]
    (bought,) = priced([row("hardware", "M3 x 8", count, sort="screw")], prices)
    assert bought["packs"] * pack >= count > (bought["packs"] - 1) * pack
    assert bought["cost"] == pytest.approx(bought["packs"] * each / 10)
    assert total([bought], prices).cost == pytest.approx(bought["cost"])


def test_the_narrowest_price_of_its_kind_is_taken() -> None:
    prices = [
        price("any", "screw"),
        price("m3", "screw", thread="M3"),
        price("m3-plastics", "screw", thread="M3", words="for plastics"),
        price("nut", "nut", thread="M3"),
    ]
    asked = {
        "M3 x 10 pan-head screw for plastics": "m3-plastics",
        "M3 x 10 pan-head screw": "m3",
    }
    for item, expected in asked.items():
        found = price_of(row("hardware", item, sort="screw", thread="M3"), prices)
        assert found is not None
        assert found.id == expected
    other = price_of(row("hardware", "M4 x 10", sort="screw", thread="M4"), prices)
    assert other is not None
    assert other.id == "any"
    assert price_of(row("hardware", "rod", sort="rod"), prices) is None


def test_devices_are_at_hand_and_what_has_no_price_is_named() -> None:
    rows = priced([row("device", "raspberry-pi-4b", 15), row("module", "a module", 2)], [])
    summed = total(rows, [])
    assert summed.cost == 0
    assert summed.unpriced == ("a module",)


def test_a_wish_that_is_passed_names_what_costs_most() -> None:
    prices = [price("a", "supply", each=45.0), price("b", "module", each=2.0)]
    rows = priced([row("supply", "s"), row("module", "m", 3)], prices)
    summed = total(rows, prices).as_dict()
    assert summed["cost"] == 51
    assert over_budget(rows, summed, 51) == over_budget(rows, summed, None) == []
    (text,) = over_budget(rows, summed, 50)
    assert text == "without devices it costs 51 USD, more than 50; most of it: supply 45, module 6"


def test_your_own_prices_go_before_ours(tmp_path: Path) -> None:
    (tmp_path / "prices.toml").write_text(
        'version = 1\n[[price]]\nid = "supply"\nkind = "supply"\npack = 1\nprice = 12.5\n'
        'currency = "EUR"\nsources = ["OWN"]\nconfidence = "high"\n',
        encoding="utf-8",
    )
    own = load_catalog(tmp_path)
    (bought,) = priced([row("supply", "ATX")], list(own.prices.values()))
    assert bought["cost"] == 12.5


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.toml")), ids=lambda p: p.stem)
def test_all_that_the_examples_need_is_listed(path: Path, catalog: Catalog) -> None:
    plan = plan_file(path, catalog)
    rows = bom_rows(plan, [], catalog)
    bought = {r["item"]: r["count"] for r in rows}
    for board in plan.boards:
        many = board.spec.outputs
        fuses = {item: n for item, n in bought.items() if item.startswith("mini blade fuse,")}
        assert sum(fuses.values()) >= many, "one fuse for each output"
        leads = sum(r["count"] for r in rows if r["kind"] == "power cable")
        assert leads >= many
    for wish in plan.spec.supplies:
        assert any(r["kind"] == "supply" and wish.name in r["item"] for r in rows)
    assert not total(rows, list(catalog.prices.values())).unpriced


def test_s2_is_told_what_it_costs_beside_its_wish(catalog: Catalog) -> None:
    """Its builder wants 100 to 150 USD without boards; a module and a fuse a node cost more."""
    rows = bom_rows(plan_file(EXAMPLES / "pi-19in.toml", catalog), [], catalog)
    bought = {r["item"]: (r["count"], r["cost"]) for r in rows}
    assert bought["module of 12 V to 5 V"][0] == 15
    assert bought["Two-way screw terminal, 5.08 mm pitch, Phoenix Contact 1715721"][0] == 15
    summed = total(rows, list(catalog.prices.values())).as_dict()
    (text,) = over_budget(rows, summed, 150)
    assert "more than 150" in text
