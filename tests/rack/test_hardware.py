"""What there is to buy: every row says what it is, screws are long enough, sums are whole."""

import csv
import io
import re
from collections import Counter
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.load import Catalog
from catalog.models import Rack
from mounts.hardware import RACK_THREADS, for_rack, merged, rack_screws
from mounts.pieces import pieces
from mounts.registry import PARTS
from rack.bom.rows import COLUMNS, bom_csv, bom_rows
from rack.plan import Plan
from tests.rack.test_families import WRITTEN, planned

# ISO 261 and ASME B1.1: major diameter; ISO 4032 and ASME B18.6.3: height of a nut, mm.
MAJOR_MM = {"M4": 4.0, "M5": 5.0, "M6": 6.0, "#10-32": 4.826, "#12-24": 5.486}
NUT_MM = {"M4": 3.2, "M5": 4.7, "M6": 5.2, "#10-32": 3.3, "#12-24": 4.0}
SHEET_MM = 2.0
PRINTED = {"filament_g": 1.0, "minutes": 1, "minutes_off_pct": 0, "by": "a test"}
GRIPS = st.integers(20, 80).map(lambda tenths: tenths / 10)
POSTS = st.sampled_from(["tapped", "cage nuts", "inserts"])


def rack(**fields: Any) -> Rack:
    return Rack(id="r", name="r", sources=(), confidence="none", **fields)


def length_in_words_mm(text: str) -> float:
    """Read `M6 x 12 mm` and `#10-32 x 3/8 in`."""
    number, unit = re.findall(r"x ([\d./]+) (mm|in)", text)[0]
    return float(Fraction(number)) * (25.4 if unit == "in" else 1.0)


@given(GRIPS, st.sampled_from(sorted(RACK_THREADS)), POSTS, st.integers(1, 8))
def test_a_rack_screw_reaches_through_and_is_the_shortest_that_does(
    grip: float, thread: str, posts: Any, count: int
) -> None:
    own, *nuts = for_rack([rack_screws(count, grip)], rack(thread=thread, posts=posts))
    assert (own.kind, own.thread, own.count) == ("rack screw", thread, count)
    assert own.length_mm is not None
    assert length_in_words_mm(own.what) == pytest.approx(own.length_mm, abs=0.01)
    caged = posts == "cage nuts"
    needed = grip + (SHEET_MM + NUT_MM[thread] if caged else MAJOR_MM[thread])
    assert own.length_mm >= needed - 0.01
    shorter = [one for one in RACK_THREADS[thread].lengths_mm if one < own.length_mm - 0.01]
    assert all(one < needed for one in shorter)
    assert [(n.kind, n.thread, n.count) for n in nuts] == (
        [("cage nut", thread, count)] if caged else []
    )


@given(GRIPS)
def test_a_rack_of_no_known_make_is_told_every_thread_each_long_enough(grip: float) -> None:
    (row,) = for_rack([rack_screws(4, grip)], rack(standard="19in"))
    assert [one.split(" x ")[0] for one in row.alternatives] == ["M6", "#10-32", "#12-24"]
    for one in row.alternatives:
        thread = one.split(" x ")[0]
        least = grip + max(MAJOR_MM[thread], SHEET_MM + NUT_MM[thread])
        assert length_in_words_mm(one) >= least - 0.01
        assert one in row.what
    assert row.length_mm is None
    assert "cage nut" in row.use


def test_every_rack_of_the_catalogue_has_screws(catalog: Catalog) -> None:
    for one in [*catalog.racks.values(), *(catalog.rack(s) for s in catalog.standards)]:
        rows = for_rack([rack_screws(4, 3.0)], one)
        assert rows[0].thread == one.thread
        assert bool(rows[0].alternatives) == (not one.thread)
        assert ("cage nut" in {row.kind for row in rows}) == (one.posts == "cage nuts")


@pytest.mark.parametrize("mount", sorted(WRITTEN))
def test_every_row_says_what_it_is(mount: str, catalog: Catalog) -> None:
    (one,) = planned(catalog, WRITTEN[mount]).mounts
    for piece in pieces(one.spec):
        for row in PARTS[piece.family].build(piece.spec).hardware:
            assert row.count > 0
            assert row.use
            assert row.kind != "other" or row.what.startswith(("wall plug", "I/O shield"))
            if row.kind in {"standoff", "rod", "insert", "screw"} and mount != "ears":
                assert row.length_mm is not None, row  # ears: the box's own screws, longer
                assert f"{row.length_mm:g}" in row.what
            if row.kind in {"nut", "washer", "standoff", "rod", "insert"}:
                assert row.what.startswith(f"{row.thread} ")
            if row.kind == "rack screw":
                assert row.grip_mm is not None


def records(plan: Plan) -> list[dict[str, Any]]:
    """Return what the build knows of each part, without making its mesh."""
    found: list[dict[str, Any]] = []
    for mount in plan.mounts:
        for piece in pieces(mount.spec):
            rows = for_rack(PARTS[piece.family].build(piece.spec).hardware, plan.rack)
            record = {"name": piece.family, "count": piece.count, "bed": "", "print": PRINTED}
            record |= {"hardware": [row.as_dict() for row in rows]}
            found.append(record)
    return found


def named_in(item: str) -> str:
    words = r"rack screw|fan screw|standoff|washer|nut|screw|tie|fan|jack"
    found = re.search(words, item)
    return found[0] if found else ""


def test_the_parts_list_of_a_rack_by_hand(catalog: Catalog) -> None:
    """A stack of two Pis with fans, a pair of holders and one panel."""
    stack = WRITTEN["stack"].replace("count = 5", "count = 2")
    items = (stack, WRITTEN["holder"], WRITTEN["panel"])
    plan = planned(catalog, *items, rack="deskpi-rackmate-t2", height="12U")
    rows = [row for row in bom_rows(plan, records(plan), catalog) if row["kind"] == "hardware"]
    told: Counter[tuple[str, str]] = Counter()
    for row in rows:
        told[named_in(row["item"]), row["thread"] or ""] += row["count"]
    pis, holes, fans = 2, 4, 2
    assert told == {
        ("rack screw", "#10-32"): 4,
        ("standoff", "M2.5"): holes * (1 + pis + fans),  # the lowest, on each board, on each fan
        ("nut", "M2.5"): holes,
        ("screw", "M2.5"): holes,
        ("screw", "M3"): 4 * fans,
        ("nut", "M3"): 4 * fans,
        ("screw", "M4"): 4 + 2 * 2,  # base, and two holders of two
        ("nut", "M4"): 4 + 2 * 2,
        ("washer", "M4"): 4 + 2 * 2 * 2,
        ("tie", ""): 2,
        ("fan", ""): fans + 1,
        ("jack", ""): 4,
        ("fan screw", ""): 4,
    }


def test_the_parts_list_has_a_row_for_each_thing_and_sums_are_whole(catalog: Catalog) -> None:
    plan = planned(catalog, *WRITTEN.values())
    made = records(plan)
    rows = list(csv.DictReader(io.StringIO(bom_csv(bom_rows(plan, made, catalog)))))
    assert tuple(rows[0]) == COLUMNS
    bought = [row for row in rows if row["kind"] == "hardware"]
    assert len({row["item"] for row in bought}) == len(bought)
    wanted: Counter[str] = Counter()
    for record in made:
        for one in record["hardware"]:
            wanted[one["what"]] += one["count"] * record["count"]
            (row,) = (row for row in bought if row["item"] == one["what"])
            assert one["use"] in row["note"]
            assert row["thread"] == (one["thread"] or "")
    assert Counter({row["item"]: int(row["count"]) for row in bought}) == wanted


def test_rows_that_differ_in_number_only_are_counted_together() -> None:
    rows = [rack_screws(2, 3.0), rack_screws(3, 3.0), rack_screws(1, 4.0)]
    assert [(row.count, row.grip_mm) for row in merged(rows)] == [(5, 3.0), (1, 4.0)]
