"""Power in words: a sum of nothing known is never told as a figure."""

from hypothesis import given
from hypothesis import strategies as st

from catalog.load import Catalog
from rack.energy.loads import Load, totals
from rack.energy.words import CASES, KEYS, power_words, sum_words
from rack.plan import make_plan
from rack.report.energy import power_html
from rack.spec import RackSpec

WATTS = st.none() | st.floats(0.1, 500)


@given(st.lists(WATTS, min_size=1, max_size=5))
def test_a_sum_is_told_as_much_as_is_known_of_it(watts: list[float | None]) -> None:
    loads = [Load(f"n{n}", 1, w, None, 7.0, "") for n, w in enumerate(watts)]
    told = power_words(totals(loads)).split(", ")
    known = [w for w in watts if w is not None]
    assert [text.split(" ")[0] for text in told] == list(CASES)
    assert ("at least" in told[0]) == (0 < len(known) < len(watts))
    assert (told[0] == "idle not known") == (known == [])
    assert told[1] == "typical not known"
    assert told[2] == f"peak {7 * len(watts)} W"


def test_nothing_that_draws_is_told_as_nothing() -> None:
    assert sum_words(0, ()) == "0 W"


def test_a_year_is_told_only_of_what_is_known(catalog: Catalog) -> None:
    one = {"name": "a", "peak_w": 9.0}
    told = {"version": 1, "name": "x", "rack": "10in", "height": 2, "item": []}
    told["item"] = [{"device": "netgear-gs308p"}]
    told["outside"] = [one]
    plan = make_plan(RackSpec.model_validate(told), catalog, "rack.toml").as_dict()
    page = power_html(plan["power"], plan["energy"])
    assert "A year" not in page
    assert "typical not known" in page
    assert KEYS in page
