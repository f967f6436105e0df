"""The four systems: what their builders did or claimed, beside our answer, and why if it differs.

What the builders did is what they reported; it is written down here, not taken from the examples.
"""

import json
from collections.abc import Mapping
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from cli.main import main

EXAMPLES = Path(__file__).parents[2] / "examples"
FITS = (  # "could fit nicely", he says of each
    "apple-mac-mini-m4",
    "apple-mac-studio",
    "nvidia-dgx-spark",
    "nvidia-jetson-orin-nano-devkit",
)


@cache
def said(*words: str) -> str:
    result = CliRunner().invoke(main, words, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.stdout


@cache
def facts(*words: str) -> Mapping[str, Any]:
    return json.loads(said(*words, "--json"))


def example(name: str) -> str:
    return str(EXAMPLES / f"{name}.toml")


def module(name: str, label: str) -> Mapping[str, Any]:
    every = [*facts("check", example(name))["modules"], *facts("check", example(name))["beside"]]
    return next(one for one in every if one["label"] == label)


# ---- S1: an 8U cabinet -----------------------------------------------------------------------


def test_s1_what_could_fit_nicely_does_each_by_itself() -> None:
    rows = {row["device"]: row for row in facts("check", example("mini-rack"))["candidates"]}
    assert all(rows[name]["fits"] for name in FITS)
    for name in FITS:
        assert f"{name} would fit: " in said("check", example("mini-rack"))


def test_s1_together_two_of_five_go_in_and_the_qnap_never_with_them() -> None:
    """Every choice of candidates is tried: heights add up, and 8U less his four are 3.5U."""
    rows = facts("check", example("mini-rack"))["candidates"]
    tall = {row["device"]: row["height_u"] for row in rows if row["fits"]}
    his = ("switch", "pi", "nas", "cluster")
    room = 8 - sum(module("mini-rack", label)["height_u"] for label in his)
    sets = [
        set(some)
        for n in range(len(tall) + 1)
        for some in combinations(tall, n)
        if sum(tall[name] for name in some) <= room
    ]
    most = max(map(len, sets))
    packed = facts("pack", example("mini-rack"))
    inside = {spot["thing"] for spot in packed["spots"]}
    assert inside - set(his) in [one for one in sets if len(one) == most]
    assert set(his) <= inside
    for name, leaving in packed["swaps"].items():
        with_it = [one for one in sets if name in one]
        assert (leaving is None) == (with_it == [])
        if leaving is not None:
            assert max(map(len, with_it)) == len(inside) - len(his) - len(leaving) + 1
    text = said("pack", example("mini-rack"))
    assert "qnap-ts-453d (4.5U); not even if all that may be left out were" in text


@pytest.mark.parametrize(
    ("label", "his_u", "ours_u", "why"),
    [
        ("cluster", 1.0, 1.5, "closed to the height mini-ITX allows it takes 1.5U"),
        ("switch", 0.5, 1.0, "no 8-port switch of the catalogue is that low"),
        ("nas", 1.0, 1.0, ""),
    ],
)
def test_s1_heights_are_his_or_the_words_say_why(
    label: str, his_u: float, ours_u: float, why: str
) -> None:
    assert module("mini-rack", label)["height_u"] == ours_u
    assert (his_u == ours_u) == (why == "")
    for command in ("check", "pack"):
        assert why in said(command, example("mini-rack"))


def test_s1_what_stood_beside_his_rack_cannot_come_in_and_by_how_much_is_said() -> None:
    """10 inches leave 222.25 mm between the posts; the UPS is 274 mm wide, the laptop 325."""
    text = said("pack", example("mini-rack"))
    for name, wide_mm in (("apc-be600m1", 274), ("apple-macbook-pro-13-2009", 325)):
        assert wide_mm > 222.25
        assert f"never in: {name} is {wide_mm} mm wide" in text
    assert "beside the rack, takes no unit: router" in text


# ---- S2: fifteen in 1U -----------------------------------------------------------------------


def test_s2_fifteen_do_stand_in_a_row_but_the_row_is_2u() -> None:
    """His sum is right, 450.85 mm by 30 mm; but 56 mm on edge is more than a panel of 1U."""
    assert 450.85 // 30 == 15
    assert 56 > 44.45 - 0.79
    words = ("fit", "--board", "raspberry-pi-4b", "--rack", "19in", "--pitch", "30mm")
    heights = ("--height", "1U,2U", "--pose", "on-edge")
    counts = {row["height_u"]: row["count"] for row in facts(*words, *heights)["results"]}
    assert counts == {1.0: 0, 2.0: 15}
    assert module("pi-19in", "row")["count"] == 15
    assert module("pi-19in", "row")["height_u"] == 2
    asked = said(*words, "--height", "1U")
    assert "15 on edge at a 30 mm pitch is a 2U row" in asked
    assert "1U gives 43.66 mm" in asked
    for command in ("check", "pack"):
        assert "not in 1U: a Pi on edge is 56 mm high" in said(command, example("pi-19in"))


def test_s2_what_does_put_fifteen_in_1u_is_shown() -> None:
    """Flat, 8 × 56 mm are 448 of 450; two layers of 20 mm are 40 of 41.66."""
    assert 8 * 56 <= 450
    assert 2 * 20 <= 44.45 - 0.79 - 2
    asked = said("fit", "--board", "raspberry-pi-4b", "--rack", "19in", "--height", "1U")
    shown = asked.split("What puts 15 or more in 1U:\n")[1].split("\nNo room")[0]
    assert [line.split(":")[0].strip() for line in shown.splitlines()] == ["28", "16"]


# ---- S3: two stacks of five ------------------------------------------------------------------


def test_s3_two_stacks_of_five_stand_beside_the_rack_and_the_words_say_why() -> None:
    stacks = [module("pico-10", f"stack-{one}") for one in "ab"]
    assert [stack["count"] for stack in stacks] == [5, 5]
    packed = facts("pack", example("pico-10"))
    assert packed["beside"] == ["stack-a", "stack-b"]
    assert [spot["thing"] for spot in packed["spots"]] == ["switch"]
    high = max(round(stack["size_mm"][2]) for stack in stacks)
    for command in ("check", "pack"):
        text = said(command, example("pico-10"))
        assert f"a stack on standoffs is {high} mm high and hangs on no posts" in text
        assert "The one AC inlet is that of the supply" in text


def test_s3_in_the_rack_they_would_be_two_rows_as_is_said() -> None:
    """At 30 mm, a fan each, seven stand in 222.25 mm; ten are two rows of 2U."""
    words = ("fit", "--board", "raspberry-pi-4b", "--rack", "10in", "--height", "2U")
    edge = facts(*words, "--pitch", "30mm", "--pose", "on-edge")["results"]
    assert [row["count"] for row in edge] == [7]
    assert 222.25 // 30 == 7
    assert "two rows of 2U, for seven go into one" in said("pack", example("pico-10"))


def test_s3_the_power_is_as_he_reckoned_it() -> None:
    """Twelve at 8 and 15 W, one at 150 and 300 W: 246 W, he says about 250, and 480 W."""
    power = facts("check", example("pico-10"))["power"]
    assert (power["idle_w"], power["peak_w"]) == (12 * 8 + 150, 12 * 15 + 300)
    assert abs(power["idle_w"] - 250) < 5


# ---- S4: seven on one ATX supply -------------------------------------------------------------


def test_s4_seven_stacked_and_the_board_upright_beside_the_switch_as_built() -> None:
    plan = facts("check", example("rockpro64-7"))
    beside = {one["label"]: (one["part"], one["count"]) for one in plan["beside"]}
    assert beside == {"nodes": ("stack", 7), "switch": ("holder", 1), "power-board": ("holder", 1)}
    wide, deep, high = module("rockpro64-7", "power-board")["size_mm"]
    assert deep < high < wide  # upright on its long edge
    packed = facts("pack", example("rockpro64-7"))
    assert set(packed["beside"]) == set(beside)
    for command in ("check", "pack"):
        text = said(command, example("rockpro64-7"))
        assert "None of that takes a unit; only the supply hangs in a rack" in text


def test_s4_two_contacts_are_plenty_for_what_was_measured_and_too_few_for_the_wiki() -> None:
    """6 A a contact: 12 A; seven at 7 W are 4.1 A, at 3 to 5 A they are 21 to 35 A."""
    assert 7 * 7 / 12 < 2 * 6 < 7 * 3
    budget = ("pcb", "budget", "--outputs", "7")
    assert facts(*budget, "--amps", "0.6")["fits"]
    for amps in ("3", "5"):
        short = CliRunner().invoke(main, [*budget, "--amps", amps, "--json"])
        assert short.exit_code == 1
        assert not json.loads(short.stdout)["fits"]
        assert json.loads(short.stdout)["cures"]
    (board,) = facts("check", example("rockpro64-7"))["power_boards"]
    assert board["fits"]
    assert sum(rail["limit_a"] for rail in board["rails"]) >= 7 * 3
    for command in ("check", "pack"):
        text = said(command, example("rockpro64-7"))
        assert "Two 12 V contacts of a 24-pin plug carry 12 A" in text
        assert "too little for the 3 to 5 A of the wiki" in text
