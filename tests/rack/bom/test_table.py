"""The price table: what a build writes is read again beside a rack.toml, and edits count."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.load import Catalog, load_catalog
from catalog.models import Price
from catalog.problems import InputError
from rack.bom.prices import over_budget, taken_by, total
from rack.bom.rows import bom_rows, prices_of
from rack.bom.table import FILE, prices_beside, prices_toml
from rack.read import plan_file
from rack.report.buy import total_words

EXAMPLE = Path(__file__).parents[3] / "examples" / "pi-19in.toml"
FACTS = load_catalog()
TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=20)


@pytest.fixture(name="rack")
def here(tmp_path: Path) -> Path:
    """A rack.toml in a folder of its own."""
    path = tmp_path / "rack.toml"
    path.write_bytes(EXAMPLE.read_bytes())
    return path


def bought(path: Path, catalog: Catalog = FACTS) -> tuple[dict[str, float], dict[str, object]]:
    """Return the costs of a rack's parts list by item, and its sum."""
    plan = plan_file(path, catalog)
    rows = bom_rows(plan, [], catalog)
    told = {row["item"]: row["cost"] for row in rows if row["cost"] is not None}
    return told, total(rows, prices_of(plan, catalog)).as_dict()


def written(path: Path) -> str:
    """Return the table that a build of a rack writes."""
    plan = plan_file(path, FACTS)
    prices = prices_of(plan, FACTS)
    return prices_toml(taken_by(bom_rows(plan, [], FACTS), prices))


def test_the_table_written_prices_the_same_and_stays_remembered(rack: Path) -> None:
    before = bought(rack)
    rack.with_name(FILE).write_text(written(rack), encoding="utf-8")
    assert bought(rack) == before
    assert before[1]["unsure"]
    assert before[1]["since"] == "2025"
    read = prices_beside(rack)
    assert read == tuple(FACTS.prices[price.id] for price in read)
    assert written(rack) == written(rack)


def test_what_is_edited_counts_and_is_no_longer_remembered(rack: Path) -> None:
    costs, summed = bought(rack)
    table = tomllib.loads(written(rack))["price"]
    mine = [{**one, "price": 2 * one["price"], "date": "2026-11"} for one in table]
    prices = [
        Price.model_validate({k: v for k, v in one.items() if k not in {"sources", "confidence"}})
        for one in mine
    ]
    rack.with_name(FILE).write_text(prices_toml(prices), encoding="utf-8")
    told, again = bought(rack)
    assert told == {item: pytest.approx(2 * cost) for item, cost in costs.items()}
    assert again["cost"] == pytest.approx(2 * float(str(summed["cost"])))
    assert not again["unsure"]
    assert again["since"] == "2026-11"
    assert "remembered" not in total_words(again)


def test_sums_in_two_currencies_are_told_apart_and_held_against_no_wish(rack: Path) -> None:
    costs, summed = bought(rack)
    rack.with_name(FILE).write_text(
        'version = 1\n[[price]]\nid = "supply"\nkind = "supply"\nprice = 40\ncurrency = "EUR"\n',
        encoding="utf-8",
    )
    _, again = bought(rack)
    assert again["others"] == {"EUR": 40.0}
    (supply,) = [cost for item, cost in costs.items() if item.startswith("ATX supply")]
    assert again["cost"] == pytest.approx(float(str(summed["cost"])) - supply)
    assert "and 40 EUR with filament" in total_words(again)
    (text,) = over_budget([], again, 150)
    assert text.endswith("prices are in USD and EUR")


def test_what_is_wrong_in_the_table_is_told_with_its_line(rack: Path) -> None:
    rack.with_name(FILE).write_text(
        'version = 1\n[[price]]\nid = "a"\nkind = "screw"\nprice = -1\ndate = "last week"\n',
        encoding="utf-8",
    )
    with pytest.raises(InputError) as caught:
        plan_file(rack, FACTS)
    assert {(one.key, one.line) for one in caught.value.problems} == {
        ("price[0].price", 5),
        ("price[0].date", 6),
    }
    assert all(one.where.endswith(FILE) for one in caught.value.problems)


@given(words=TEXT, note=TEXT, pack=st.integers(1, 500), each=st.integers(0, 10**8))
def test_any_price_is_read_as_it_was_written(words: str, note: str, pack: int, each: int) -> None:
    made = Price(id="a", kind="screw", words=words, note=note, pack=pack, price=each / 100)
    (row,) = tomllib.loads(prices_toml([made]))["price"]
    assert Price.model_validate(row) == made
