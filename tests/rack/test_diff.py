"""Differences of two plans: none with itself, each change named once, and turned round."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from catalog.load import Catalog
from cli.main import main
from rack.diff import changes
from rack.plan import make_plan
from rack.read import plan_file
from rack.spec import RackSpec

EXAMPLES = Path(__file__).parents[2] / "examples"
SWITCH = {"device": "netgear-gs308", "name": "switch", "at_u": 8}
PI = {"device": "raspberry-pi-4b", "name": "pi", "at_u": 3, "peak_w": 6.0}


def plan(catalog: Catalog, *items: dict[str, Any], **said: Any) -> dict[str, Any]:
    """Return the plan of a 10-inch rack as plain data."""
    data = {"version": 1, "name": "x", "rack": "10in", "height": 8, "item": list(items), **said}
    return make_plan(RackSpec.model_validate(data), catalog, "rack.toml").as_dict()


def told(before: dict[str, Any], after: dict[str, Any]) -> set[str]:
    """Return the changes as lines."""
    return {f"{one['about']}: {one['words']}" for one in changes(before, after)}


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.toml")), ids=lambda p: p.stem)
def test_nothing_differs_from_itself(path: Path, catalog: Catalog) -> None:
    whole = plan_file(path, catalog).as_dict()
    assert changes(whole, json.loads(json.dumps(whole))) == []


def test_every_kind_of_change_is_named(catalog: Catalog) -> None:
    one = plan(catalog, SWITCH, PI, ups={"battery_wh": 84})
    moved = plan(catalog, SWITCH, {**PI, "at_u": 5, "peak_w": 7.0}, ups={"battery_wh": 168})
    found = told(one, moved)
    assert "pi: moves up from unit 3 to 5" in found
    assert "pi: processors at peak 79 °C or more instead of 71 °C or more" in found
    assert any(line.startswith("battery: ") and "min instead of" in line for line in found)
    assert "mains: 12 W instead of 11 W, peak (+1.0 W)" in found  # the switch draws 5
    less = told(one, plan(catalog, PI, ups={"battery_wh": 84}))
    assert any(line.startswith("switch: is gone: netgear-gs308, shelf, 1U from") for line in less)
    assert "rack: 7U free instead of 6U" in less
    other = told(one, plan(catalog, SWITCH, {**PI, "device": "raspberry-pi-5"}))
    assert "pi: holds raspberry-pi-5 instead of raspberry-pi-4b" in other
    assert "battery: is gone" in other


def test_turned_round_as_many_things_change(catalog: Catalog) -> None:
    one = plan(catalog, SWITCH, PI)
    two = plan(catalog, {**SWITCH, "at_u": 1}, {**PI, "count": 3}, printer="prusa-xl")
    there, back = changes(one, two), changes(two, one)
    assert {(c["kind"], c["about"]) for c in there} == {(c["kind"], c["about"]) for c in back}
    assert len(there) == len(back) > 3


def test_the_command_says_it_in_words_and_as_json(tmp_path: Path) -> None:
    text = (EXAMPLES / "mini-rack.toml").read_text(encoding="utf-8")
    other = tmp_path / "other.toml"
    other.write_text(text.replace('printer = "bambu-a1"', 'printer = "prusa-xl"'), "utf-8")
    words = ["diff", str(EXAMPLES / "mini-rack.toml"), str(other)]
    result = CliRunner().invoke(main, words)
    assert result.exit_code == 0
    assert result.stdout == "printer: prusa-xl instead of bambu-a1\n"
    same = CliRunner().invoke(main, ["diff", str(other), str(other)])
    assert same.stdout == "no difference\n"
    record = json.loads(CliRunner().invoke(main, [*words, "--json"]).stdout)
    assert record["changes"][0]["kind"] == "rack"
    missing = CliRunner().invoke(main, ["diff", str(other), str(tmp_path / "none.toml")])
    assert missing.exit_code == 2
