"""`[pack]` with racks, things and costs of its own: sums that can be done by hand, and mistakes."""

import json
import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from catalog.load import load_catalog
from cli.main import main
from rack.elevation import elevation_svg
from rack.read import plan_file

HEAD = 'version = 1\nname = "t"\nrack = "10in"\nheight = "8U"\nfill = "blank"\n'
ITEMS = "".join(f'[[item]]\nname = "{n}"\nmount = "blank"\nheight = "1U"\n' for n in "abc")
BRICKS = '[[pack.thing]]\nname = "brick"\ncount = 3\nheight = "1U"\nwidth = "70mm"\n'


def run(command: str, folder: Path, body: str, *words: str) -> Result:
    path = folder / "t.toml"
    path.write_text(HEAD + body, encoding="utf-8")
    return CliRunner().invoke(main, [command, str(path), *words], catch_exceptions=False)


def told(command: str, folder: Path, body: str, *words: str) -> dict[str, Any]:
    result = run(command, folder, body, *words, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


@pytest.mark.parametrize(("gap", "units"), [("2mm", 1), ("6mm", 1), ("7mm", 2)])
def test_narrow_things_stand_side_by_side_if_gaps_and_all_go_in(
    tmp_path: Path, gap: str, units: float
) -> None:
    """222.25 mm are between the posts: 3 × 70 and two gaps of 6 are 222, of 7 they are 224."""
    body = f'[pack]\ngoal = "fewest-u"\nside_gap = "{gap}"\n{BRICKS}'
    packed = told("pack", tmp_path, body)
    assert (packed["value"], packed["proven"]) == (units, True)
    inside = sorted((s["at_u"], s["x_mm"]) for s in packed["spots"])
    for (at, x), (next_at, next_x) in pairwise(inside):
        assert at != next_at or next_x - x >= 70 + float(gap.removesuffix("mm"))
    assert "70 mm, 0 mm from the left" in run("pack", tmp_path, body).stdout


def test_least_cost_takes_what_counts_enough_for_least(tmp_path: Path) -> None:
    """To count 5: one board of four for 30 and one node for 10; four nodes alone count 4."""
    body = (
        '[pack]\ngoal = "least-cost"\nleast = 5\n'
        '[[pack.thing]]\nname = "node"\ncount = 4\nheight = "1U"\ncost = 10\noptional = true\n'
        '[[pack.thing]]\nname = "four"\nheight = "2U"\ncost = 30\ncounts = 4\noptional = true\n'
        '[[pack.rack]]\nname = "low"\nheight = "4U"\ncost = 7\n'
    )
    packed = told("pack", tmp_path, body)
    assert (packed["value"], packed["proven"]) == (30 + 10 + 7, True)
    assert {spot["thing"].split("-")[0] for spot in packed["spots"]} == {"node", "four"}
    assert "cost 47 (the least, proven)" in run("pack", tmp_path, body).stdout


@pytest.mark.parametrize(("high", "cost"), [("1U", 60), ("2U", 120), ("2.5U", 130)])
def test_the_cheaper_racks_are_taken(tmp_path: Path, high: str, cost: int) -> None:
    """3 × 1U go into 3U for 60, 3 × 2U into two of 4U, 3 × 2.5U only into 8U for 130 or three."""
    racks = '[[pack.rack]]\nname = "low"\nheight = "4U"\ncost = 60\ncount = 3\n'
    racks += '[[pack.rack]]\nname = "tall"\ncost = 130\n'
    body = ITEMS.replace("1U", high) + f'[pack]\ngoal = "least-cost"\n{racks}'
    packed = told("pack", tmp_path, body)
    assert (packed["value"], packed["proven"]) == (cost, True)
    assert "3 × 4U, 1 × 8U: cost" in run("pack", tmp_path, body).stdout


def test_places_faces_and_racks_are_as_said(tmp_path: Path) -> None:
    body = (
        ITEMS + '[pack]\nrear = true\ndepth = "400mm"\n'
        '[[pack.stand]]\nitem = "a"\nat_u = 3\nface = "rear"\nrack = "rack-2"\n'
        '[[pack.near]]\nitems = ["a", "b"]\nsame_rack = true\n'
        '[[pack.far]]\nitems = ["b", "c"]\nother_rack = true\n'
        '[[pack.rack]]\nname = "rack"\ncount = 2\n'
    )
    packed = told("pack", tmp_path, body)
    spots = {spot["thing"]: spot for spot in packed["spots"]}
    at = spots["a"]
    assert (at["at_u"], at["face"], at["cabinet"]) == (3, "rear", "rack-2")
    assert [spots[name]["cabinet"] for name in "bc"] == ["rack-2", "rack-1"]
    warned = run("check", tmp_path, body)
    assert warned.exit_code == 0
    assert "several racks, the rack of a, what is in different racks" in warned.stderr


def test_a_plan_keeps_room_for_things_of_which_no_mount_is_made(
    tmp_path: Path,
) -> None:
    """Blanks close all of 8U, and count as free, but for the units in which bricks stand."""
    body = f'{ITEMS}[pack]\nside_gap = "2mm"\n{BRICKS}[[pack.stand]]\nitem = "brick-1"\nat_u = 5\n'
    body += '[[pack.far]]\nitems = ["brick-2", "brick-3"]\nby_u = 2\n'
    plan = told("check", tmp_path, body)
    assert plan["free_u"] == 8 - len({one["at_u"] for one in plan["kept"]})
    kept = {one["name"]: one["at_u"] for one in plan["kept"]}
    assert kept["brick-1"] == 5
    assert abs(kept["brick-2"] - kept["brick-3"]) >= 3
    taken = [(m["at_u"], m["height_u"]) for m in plan["modules"]]
    taken += [(at, 1) for at in set(kept.values())]
    assert sum(high for _, high in taken) == 8
    ends = sorted((at, at + high) for at, high in taken)
    assert all(end <= start for (_, end), (start, _) in pairwise(ends))
    shown = run("check", tmp_path, body).stdout
    assert "kept free: 1U from unit 5 for brick-1, 70 mm wide" in shown
    svg = elevation_svg(plan_file(tmp_path / "t.toml", load_catalog()), 254.0)
    assert all(f">{name}</text>" in svg for name in kept)


def test_names_that_are_too_long_for_the_drawing_keep_their_ends_apart(tmp_path: Path) -> None:
    name = "a-patch-panel-with-a-name-of-forty-chars"
    body = f'[[pack.thing]]\nname = "{name}"\ncount = 3\nheight = "1U"\nwidth = "70mm"\n'
    picture = tmp_path / "t.svg"
    told("pack", tmp_path, body, "--svg", str(picture))
    labels = re.findall(r'<text class="l"[^>]*>([^<]*)<', picture.read_text(encoding="utf-8"))
    assert len(set(labels)) == 3
    assert all(len(label) * 6.2 <= 70 * 254 / 222.25 for label in labels)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ('[[pack.stand]]\nitem = "a"\nface = "rear"\n', "rear = true"),
        ('[[pack.stand]]\nitem = "a"\nrack = "ruck"\n[[pack.rack]]\nname = "rack"\n', "'rack'?"),
        ('[[pack.stand]]\nitem = "aa"\n', "no thing in the rack is called 'aa'"),
        ("[pack]\ncosts = { d = 3 }\n", "pack.costs.d"),
        ("[pack]\ncounts = { d = 3 }\n", "pack.counts.d"),
        ('[[pack.thing]]\nname = "a"\nheight = "1U"\n', "'a' is taken already"),
        (BRICKS.replace("70mm", "230mm"), 'the largest value that works is "222.25mm"'),
        ('[[pack.rack]]\nname = "r"\n[[pack.rack]]\nname = "r"\n', "two racks share a name"),
        ("[pack]\nrear = true\n", 'depth = "600mm" under [pack]'),
        ('[pack]\ngoal = "cheap"\n', "pack.goal"),
    ],
)
def test_mistakes_are_told(tmp_path: Path, body: str, said: str) -> None:
    result = run("pack", tmp_path, ITEMS + body)
    assert result.exit_code == 2
    assert said in result.stderr


def test_a_thing_is_what_the_catalogue_says_of_its_device(tmp_path: Path) -> None:
    """Naming a device of `racked` is as good as writing its figures out; what is written wins."""
    own_facts = tmp_path / "own"
    own_facts.mkdir()
    (own_facts / "racked.toml").write_text(
        'version = 1\n[[racked]]\nid = "box"\nname = "Box"\nmanufacturer = "X"\nheight_u = 1.5\n'
        "full_depth = true\ndepth_mm = 150\nweight_g = 900\ntypical_w = 7\nmax_w = 20\n"
        'sources = ["OWN"]\nconfidence = "low"\n',
        encoding="utf-8",
    )
    words = ("--catalog", str(own_facts))
    named = told("pack", tmp_path, '[[pack.thing]]\nname = "x"\ndevice = "box"\n', *words)
    spelt = told(
        "pack",
        tmp_path,
        '[[pack.thing]]\nname = "x"\nheight = "1.5U"\nfull_depth = true\ndepth = "150mm"\n'
        "weight_g = 900\nheat_w = 7\npower_w = 20\n",
    )
    assert named == spelt
    over = '[[pack.thing]]\nname = "x"\ndevice = "box"\nheight = "3U"\n'
    own = told("pack", tmp_path, over, *words)
    assert own != spelt


@pytest.mark.parametrize(
    ("body", "key", "near"),
    [
        ('[[pack.thing]]\nname = "x"\n', "pack.thing[0]", 'height = "1U"'),
        (
            '[[pack.thing]]\nname = "x"\ndevice = "mikrotik-crs326-24g-2s-plus-rn"\n',
            "pack.thing[0].device",
            "mikrotik-crs326-24g-2s-plus-rm",
        ),
    ],
)
def test_a_thing_without_a_height_or_of_an_unknown_device(
    tmp_path: Path, body: str, key: str, near: str
) -> None:
    result = run("pack", tmp_path, body, "--json")
    assert result.exit_code == 2
    problem = json.loads(result.stdout)["problems"][0]
    assert problem["key"] == key
    assert near in problem["nearest"]
