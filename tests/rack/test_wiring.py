"""Wiring: every node on one output in order, every cable on one port, drawn as it is told."""

import xml.etree.ElementTree as ET
from itertools import accumulate
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.load import Catalog
from catalog.problems import InputError
from catalog.validate import parse
from rack.bom.cables import cables
from rack.plan import make_plan
from rack.read import plan_file
from rack.spec import RackSpec
from rack.wiring.drawing import wiring_svg

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.toml"))
SVG = "{http://www.w3.org/2000/svg}"


def rack(**tables: Any) -> RackSpec:
    """Return a rack of a few things that need no place."""
    head = {"version": 1, "name": "wired", "rack": "10in", "height": "4U"}
    return parse(RackSpec, {**head, **tables}, "rack.toml")


def board(name: str, outputs: int, *feeds: str) -> dict[str, Any]:
    """Return a power board as a file has it."""
    return {"name": name, "outputs": outputs, "amps": 1.0, "connector": "screw", "feeds": feeds}


def outside(**counts: int) -> list[dict[str, Any]]:
    """Return things that draw power, by name and number."""
    return [{"name": name, "count": count, "typical_w": 5} for name, count in counts.items()]


def wired(spec: RackSpec, catalog: Catalog) -> dict[str, Any]:
    """Return the plan's wiring."""
    return make_plan(spec, catalog, "rack.toml").as_dict()["wiring"]


@given(st.data())
def test_outputs_feed_what_is_named_in_that_order(catalog: Catalog, data: st.DataObject) -> None:
    counts = dict(
        zip("abcd", data.draw(st.lists(st.integers(1, 5), min_size=4, max_size=4)), strict=True)
    )
    order = data.draw(st.permutations("abcd"))
    cut = data.draw(st.integers(1, 3))
    boards: list[dict[str, Any]] = []
    for number, mine in enumerate((order[:cut], order[cut:]), 1):
        spare = data.draw(st.integers(0, 4))
        boards.append(board(f"p{number}", sum(counts[n] for n in mine) + spare, *mine))
    told = wired(rack(outside=outside(**counts), power_board=boards), catalog)
    for made in boards:
        rows = [one for one in told["outputs"] if one["board"] == made["name"]]
        assert [one["output"] for one in rows] == list(range(1, made["outputs"] + 1))
        starts = [0, *accumulate(counts[name] for name in made["feeds"])]
        for name, start in zip(made["feeds"], starts, strict=False):
            mine = [one["node"] for one in rows[start : start + counts[name]]]
            many = counts[name] > 1
            assert mine == [f"{name} {n}" if many else name for n in range(1, counts[name] + 1)]
        assert {one["node"] for one in rows[starts[-1] :]} <= {None}
    by_node = [row["node"] for row in told["nodes"] if row["node"]]
    assert len(by_node) == len(set(by_node)) == sum(counts.values())


@pytest.mark.parametrize(
    ("boards", "key", "words"),
    [
        ([board("p", 4, "a", "bb")], "power_board[0].feeds[1]", "nothing that draws power"),
        ([board("p", 4, "a", "a")], "power_board[0].feeds[1]", "stands there twice"),
        ([board("p", 4, "a"), board("q", 4, "a")], "power_board[1].feeds", "fed by p already"),
        ([board("p", 2, "a", "b")], "power_board[0].feeds", "2 outputs, and that is 3 nodes"),
        ([board("p", 4, "pi")], "power_board[0].feeds[0]", "hangs behind switch"),
    ],
)
def test_what_cannot_be_fed_is_refused(
    catalog: Catalog, boards: list[dict[str, Any]], key: str, words: str
) -> None:
    items = [
        {"name": "switch", "device": "netgear-gs308p"},
        {"name": "pi", "device": "raspberry-pi-4b", "hat": "rpi-poe-hat", "poe": "switch"},
    ]
    spec = rack(item=items, outside=outside(a=1, b=2), power_board=boards)
    with pytest.raises(InputError) as caught:
        make_plan(spec, catalog, "rack.toml")
    (problem,) = caught.value.problems
    assert problem.key == key
    assert words in problem.what
    assert problem.nearest


def test_where_nobody_says_boards_of_the_rack_take_the_outputs_but_those_with_plugs_of_their_own(
    catalog: Catalog,
) -> None:
    items = [
        {"name": "switch", "device": "netgear-gs308p"},
        {"name": "fed", "device": "raspberry-pi-4b", "hat": "rpi-poe-hat", "poe": "switch"},
        {"name": "cluster", "device": "turing-pi-2", "height": "1.5U"},
        {"name": "named", "device": "raspberry-pi-4b"},
        {"name": "pis", "device": "raspberry-pi-4b", "count": 2},
    ]
    boards = [board("p", 2), board("q", 3, "named"), board("r", 1)]
    told = wired(rack(item=items, power_board=boards, height="8U"), catalog)
    on = [(one["board"], one["output"], one["node"]) for one in told["outputs"]]
    assert on == [
        ("p", 1, "pis 1"),
        ("p", 2, "pis 2"),
        ("q", 1, "named"),
        ("q", 2, None),
        ("q", 3, None),
        ("r", 1, None),
    ]
    kinds = {row["node"]: (row["kind"], row["power"]) for row in told["nodes"]}
    assert kinds["fed"] == ("poe", "switch")
    assert kinds["cluster"][0] == "mains"
    assert told["ports"][0]["node"] == "fed", "what PoE feeds comes first"


def test_what_no_output_is_left_for_hangs_on_its_supply_itself(catalog: Catalog) -> None:
    items = [{"name": "pis", "device": "raspberry-pi-4b", "mount": "stack", "count": 5}]
    supply = [{"name": "s", "efficiency": 0.9, "feeds": ["pis"]}]
    told = wired(
        rack(item=items, power_board=[board("p", 2), board("q", 1)], supply=supply), catalog
    )
    (feed,) = told["feeds"]
    assert feed == {"kind": "supply", "name": "s", "feeds": ["p", "q", "pis"]}
    from_what = [(row["node"], row["power"], row["supply"]) for row in told["nodes"]]
    on = [("pis 1", "p", "s"), ("pis 2", "p", "s"), ("pis 3", "q", "s")]
    # Without a switch no cable tells them apart: the rest is told under its name.
    assert from_what == [*on, ("pis", "s", None)]


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_examples_are_wired_as_their_cables_are_counted_and_drawn(
    catalog: Catalog, path: Path
) -> None:
    plan = plan_file(path, catalog)
    told = plan.as_dict()["wiring"]
    sold = [one for one in cables(plan) if one.kind == "network"]
    assert len(told["ports"]) == sum(one.count for one in sold)
    for switch in {one["switch"] for one in told["ports"]}:
        numbers = [one["port"] for one in told["ports"] if one["switch"] == switch]
        assert numbers == list(range(1, len(numbers) + 1))
    drawing = ET.fromstring(wiring_svg(told))  # noqa: S314 - ours
    rows = drawing.findall(f"{SVG}g")
    assert len(rows) == len(told["nodes"])
    boxes = [
        (float(box.attrib["x"]), float(box.attrib["y"]), float(box.attrib["height"]))
        for box in drawing.findall(f"{SVG}rect")
    ]
    for group, row in zip(rows, told["nodes"], strict=True):
        (chip,) = group.findall(f"{SVG}rect")
        y = float(chip.attrib["y"]) + float(chip.attrib["height"]) / 2
        paths = [one.attrib["d"] for one in group.findall(f"{SVG}path")]
        assert len(paths) == (row["power"] is not None) + (row["switch"] is not None)
        assert all(float(d[1:].split("H")[0].split()[1]) == y for d in paths), "lines are level"
        beside = [x for x, top, high in boxes if top < y < top + high]
        assert len(beside) == len(paths)
        assert group.findtext(f"{SVG}title", "").startswith(row["node"] or "free")
        assert (group.findtext(f"{SVG}title", "").find(f"port {row['port']} ") > 0) == bool(
            row["port"]
        )
