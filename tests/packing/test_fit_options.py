"""`rackpress fit` beyond counting: air, the table of every board, drawings."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from catalog.load import load_catalog
from cli.fit import command

S2 = ("--board", "raspberry-pi-4b", "--rack", "19in")


def run(*options: str) -> Result:
    return CliRunner().invoke(command, list(options))


def record(*options: str) -> dict[str, Any]:
    done = run(*options, "--json")
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def test_air_says_how_many_stay_cool_and_how_warm_they_get() -> None:
    cool = record(*S2, "--height", "1U..4U", "--watts", "9", "--soc-k-per-w", "4", "--fan", "40x20")
    for row, air in zip(cool["results"], cool["air"], strict=True):
        assert 0 < air["count"] <= air["fit"] <= row["count"]
        assert air["layout"]["soc_least_c"] < air["layout"]["soc_c"] <= air["limit_c"] == 75
    assert [air["assumed"] for air in cool["air"]] == [[]] * 4


def test_a_bare_pi_at_nine_watts_is_refused_with_the_heat_sink_that_it_needs() -> None:
    """(75 - 25) / 9 = 5.6 K/W; bare it has 7.7 and would reach 94 °C."""
    (air,) = record(*S2, "--height", "2U", "--watts", "9")["air"]
    assert air["count"] == 0
    assert "94 °C" in air["reason"]
    assert "5.6 K/W" in air["reason"]
    again = record(*S2, "--height", "2U", "--watts", "9", "--soc-k-per-w", "5.5", "--fan", "none")
    assert again["air"][0]["count"] > 0


def test_a_straight_curve_is_called_one() -> None:
    assert "straight line" in run(*S2, "--height", "2U", "--fan", "40x20").stdout
    assert "straight line" not in run(*S2, "--height", "2U", "--fan", "none").stdout


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--watts", "-3"), "more than 0"),
        (("--watts", "nan"), "out of range"),
        (("--room", "90"), "largest value that works is 60"),
        (("--fan", "41x20"), "did you mean '40x20'"),
        (("--fan", "50x15"), "not known"),
        (("--fans", "0"), "--fan none"),
        (("--svg", "fit.pdf"), "fit.svg"),
        (("--png", "no/such/folder/fit.png"), "cannot be written"),
    ],
)
def test_what_cannot_be_meant_is_refused(options: tuple[str, str], words: str) -> None:
    done = run(*S2, "--height", "2U", *options)
    assert done.exit_code == 2
    assert words in done.output
    assert options[0].lstrip("-") in done.output or "fan" in done.output


def test_the_table_has_every_board_in_both_racks_at_every_height() -> None:
    boards = load_catalog().boards
    rows = record("--table", "--height", "1U..2U")["results"]
    asked = {(row["board"], row["rack"], row["height_u"]) for row in rows}
    assert asked == {(b, r, h) for b in boards for r in ("10in", "19in") for h in (1, 2)}
    (pi,) = [row for row in rows if (row["board"], row["rack"], row["height_u"]) == (*S2[1::2], 1)]
    assert pi["count"] == record(*S2, "--height", "1U")["results"][0]["count"]


def test_a_board_that_fits_nowhere_says_by_how_much() -> None:
    text = run("--table", "--rack", "10in", "--height", "1U", "--opening", "12mm").stdout
    wide = next(line for line in text.splitlines() if line.startswith("raspberry-pi-5"))
    assert re.search(r"–.* mm", wide)


def test_neither_a_board_nor_a_table_is_a_mistake() -> None:
    done = run("--rack", "10in")
    assert done.exit_code == 2
    assert "--table" in done.output
    assert run("--table", "--board", "raspberry-pi-5").exit_code == 2


def test_drawings_show_every_board_and_are_the_same_each_time(tmp_path: Path) -> None:
    for name in ("one", "two"):
        drawn = ("--svg", str(tmp_path / f"{name}.svg"), "--png", str(tmp_path / f"{name}.png"))
        assert run(*S2, "--height", "1U..2U", *drawn).exit_code == 0
    for ending in (".svg", ".png"):
        assert (tmp_path / f"one{ending}").read_bytes() == (tmp_path / f"two{ending}").read_bytes()
    text = (tmp_path / "one.svg").read_text(encoding="utf-8")
    boards = sum(row["count"] for row in record(*S2, "--height", "1U..2U")["results"])
    # two shapes a board, the cavity, and the page behind
    assert text.count('<g id="patch_') == 2 * boards + 2 + 1


def test_a_mix_goes_into_the_lowest_height_that_takes_it_all() -> None:
    mix = ("--mix", "raspberry-pi-4b=3,raspberry-pi-5=3", "--rack", "10in", "--edge-gap", "2mm")
    mix = (*mix, "--air-gap", "2mm")  # 20.4 + 20.65 + 2 are more than the 41.66 of 1U
    found = record(*mix, "--height", "1U..4U")["results"]
    assert [row["missing"] == {} for row in found] == [False, True]
    assert len(found[-1]["boards"]) == found[-1]["count"] == 6
    assert "All go into 2U" in run(*mix, "--height", "2U").stdout


@pytest.mark.parametrize(
    ("mix", "words"),
    [
        ("raspberry-pi-44", "did you mean"),
        ("raspberry-pi-4b=0", "1 to 64"),
        ("raspberry-pi-4b,raspberry-pi-4b", "raspberry-pi-4b=2"),
    ],
)
def test_a_mix_that_cannot_be_meant_is_refused(mix: str, words: str) -> None:
    done = run("--mix", mix, "--rack", "10in")
    assert done.exit_code == 2
    assert words in done.output


def test_a_chart_has_a_dot_for_every_choice_twice_and_is_the_same_each_time(
    tmp_path: Path,
) -> None:
    """Once over warmth, once over noise."""
    asked = (*S2, "--height", "1U..2U", "--watts", "4", "--soc-k-per-w", "5", "--pose", "flat")
    for name in ("one", "two"):
        found = record(*asked, "--chart", str(tmp_path / f"{name}.svg"))
    one, two = ((tmp_path / f"{name}.svg").read_bytes() for name in ("one", "two"))
    assert one == two
    choices = [choice for air in found["air"] for choice in air["pareto"]]
    dots = len(re.findall(r'<g clip-path="[^"]+">\s*<use', one.decode()))
    assert dots == 2 * len(choices)
    assert "straight lines" in one.decode()
    assert run(*asked, "--chart", str(tmp_path / "chart.pdf")).exit_code == 2
    hot = run(*S2, "--height", "2U", "--watts", "12", "--chart", str(tmp_path / "hot.svg"))
    assert hot.exit_code == 2
    assert "nothing stays cool" in hot.output
