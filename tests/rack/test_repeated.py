"""`times`: a mount several times, or as often as it finds room in all cabinets."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.problems import InputError
from cli.main import main
from rack.place import gaps
from rack.steps import build_steps
from tests.rack.two_cabinets import BLANK, NODES, ROUTER, SWITCH, plan

PINS = st.lists(st.tuples(st.sampled_from(["main", "side"]), st.integers(2, 24)), max_size=4)
FILLER = {"mount": "blank", "name": "filler", "times": "max"}


def labels(items: list[dict[str, Any]], **said: Any) -> list[str]:
    """Return what everything in the cabinets is called, in the order of the names."""
    return sorted(m.label for m in plan(*items, **said).modules)


@settings(max_examples=25)
@given(PINS, st.sampled_from([0.5, 1.0, 1.5, 2.0, 3.0]))
def test_as_many_as_fit_are_what_each_gap_holds(pins: list[tuple[str, int]], high: float) -> None:
    """Between pins, each of 1U, a gap takes its height over that of the filler, and no more."""
    taken: dict[str, list[float]] = {"main": [], "side": []}
    for cabinet, half in pins:
        tall = {"main": 12, "side": 4}[cabinet]
        free = all(abs(half / 2 - at) >= 1 for at in taken[cabinet])
        if free and half / 2 <= tall:
            taken[cabinet].append(half / 2)
    items = [
        {**BLANK, "name": f"pin-{cabinet}-{n}", "at_u": at, "cabinet": cabinet}
        for cabinet, ats in taken.items()
        for n, at in enumerate(ats)
    ]
    most = sum(
        int(gap / high)
        for cabinet, tall in (("main", 12.0), ("side", 4.0))
        for _, gap in gaps([(at, 1.0) for at in taken[cabinet]], tall)
    )
    found = [one for one in labels([{**FILLER, "height": f"{high}U"}, *items]) if "filler" in one]
    assert len(found) == most
    assert set(found) == {f"filler-{n}" for n in range(1, most + 1)}


def test_so_many_times_is_as_if_each_were_written() -> None:
    written = [{**NODES, "name": f"nodes-{n}"} for n in (1, 2, 3)]
    feeds = {"name": "brick", "watts": 100}
    one = plan(SWITCH, {**NODES, "times": 3}, supply=[{**feeds, "feeds": ["nodes", "switch"]}])
    names = [*(item["name"] for item in written), "switch"]
    two = plan(SWITCH, *written, supply=[{**feeds, "feeds": names}])
    assert one.as_dict() == two.as_dict()
    hung = [s for s in build_steps(one, [], {}, one.wiring.as_dict()) if "Hang" in s["title"]]
    assert sum(len(step["does"]) for step in hung) == 4


def test_what_feeds_a_mount_feeds_as_many_as_fit_of_it() -> None:
    low = [{"name": "a", "height": "4U"}, {"name": "b", "height": "3U"}]
    nodes = {**NODES, "height": "2U", "times": "max"}
    brick = {"name": "brick", "watts": 500, "feeds": ["nodes"]}
    told = plan(nodes, cabinet=low, supply=[brick], ups={"model": "apc-be600m1"}).as_dict()
    (supply,) = told["energy"]["supplies"]
    assert supply["feeds"] == ["nodes-1", "nodes-2", "nodes-3"]
    assert supply["peak"]["load_w"] == told["power"]["peak_w"] > 0
    assert told["energy"]["own_adapters"] == []


def test_the_first_of_several_takes_what_it_can_and_caps_are_heeded() -> None:
    low = [{"name": "a", "height": "4U"}, {"name": "b", "height": "3U"}]
    two = {"mount": "blank", "height": "2U", "name": "two", "times": "max"}
    one = {"mount": "blank", "height": "1U", "name": "one", "times": "max"}
    assert labels([two, one], cabinet=low) == ["one-1", "two-1", "two-2", "two-3"]
    assert labels([one, two], cabinet=low)[-1] == "two-1"
    nodes = {**NODES, "times": "max", "peak_w": 10.0}
    for cap, most in ((65.0, 2), (30.0, 1)):  # 30 W for each frame, in each of two cabinets
        found = labels([nodes], cabinet=low, pack={"power_w": cap})
        assert len(found) == 2 * most


def test_pack_proves_that_no_more_go_in(tmp_path: Path) -> None:
    path = tmp_path / "t.toml"
    head = 'version = 1\nname = "t"\nrack = "deskpi-rackmate-t2"\n[[cabinet]]\nname = "a"\n'
    body = '[[cabinet]]\nname = "b"\nheight = "5U"\n[[item]]\nname = "nodes"\ntimes = "max"\n'
    path.write_text(f'{head}{body}device = "raspberry-pi-4b"\ncount = 3\nheight = "2U"\n')
    packed = json.loads(CliRunner().invoke(main, ["pack", str(path), "--json"]).stdout)
    checked = json.loads(CliRunner().invoke(main, ["check", str(path), "--json"]).stdout)
    assert packed["proven"]
    assert packed["value"] == sum(m["count"] for m in checked["modules"]) == 3 * (6 + 2)


@pytest.mark.parametrize(
    ("item", "key", "near"),
    [
        ({**SWITCH, "times": 2, "at_u": 3}, "item[0]", "leave out at_u, or times"),
        ({**SWITCH, "times": 0}, "item[0].times", "nearest value that works is 1"),
        ({**SWITCH, "times": "most"}, "item[0].times", '"max" in a rack'),
        ({**ROUTER, "mount": "wall", "times": "max"}, "item[0].times", "write how many"),
        ({**SWITCH, "times": 40}, "item[0]", "one item less"),
        ({**SWITCH, "times": 3, "hat": "rpi-poe-hat"}, "item[0].hat", "leave out hat"),
    ],
)
def test_mistakes_are_those_of_the_item_in_the_file(
    tmp_path: Path, item: dict[str, Any], key: str, near: str
) -> None:
    path = tmp_path / "t.toml"
    lines = [f"{name} = {json.dumps(value)}" for name, value in item.items()]
    head = 'version = 1\nname = "t"\nrack = "10in"\nheight = "6U"\n'
    path.write_text(head + "[[item]]\n" + "\n".join(lines) + "\n", encoding="utf-8")
    result = CliRunner().invoke(main, ["check", str(path)])
    assert result.exit_code == 2, result.output
    assert (
        f"{key.split(']', maxsplit=1)[0]}] (switch)" in result.stderr or "(router)" in result.stderr
    )
    assert key.rpartition(".")[2] in result.stderr
    assert near in result.stderr


def test_a_name_that_a_copy_would_have_too_is_refused() -> None:
    with pytest.raises(InputError, match="'switch-2'"):
        plan({**SWITCH, "times": 2}, {**ROUTER, "name": "switch-2"})
