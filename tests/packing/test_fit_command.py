"""`rackpress fit`: data on stdout, exit codes, and errors that name the nearest fix."""

import json

import pytest
from click.testing import CliRunner, Result

from cli.fit import command
from tests.packing.test_reference import PER_HEIGHT

S2 = ("--board", "raspberry-pi-4b", "--rack", "19in")
T0 = ("--board", "pi-4b", "--rack", "deskpi-rackmate-t0")  # a rack of 4U
# The envelope of docs/fit.md §1.3
PUBLISHED = ("--thickness", "20mm", "--outline")


def run(*options: str) -> Result:
    return CliRunner().invoke(command, list(options))


def results(*options: str) -> list[dict[str, object]]:
    done = run(*options, "--json")
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)["results"]


@pytest.mark.parametrize(
    ("config", "gaps"),
    [
        ("B0", ()),
        ("B1", ("--air-gap", "1.4mm", "--edge-gap", "1.4mm")),
        ("H", ("--air-gap", "4mm", "--edge-gap", "1.4mm")),
        ("N", ("--air-gap", "8mm", "--edge-gap", "1.4mm")),
    ],
)
def test_published_rows(config, gaps):
    found = results(*S2, *PUBLISHED, *gaps, "--pose", "layers")
    assert tuple(row["count"] for row in found) == PER_HEIGHT[config, 450]


def test_a_published_row_of_ten_inches():
    ten = ("--board", "pi-4b", "--rack", "10in", "--opening", "222mm", *PUBLISHED)
    found = results(*ten, "--pose", "layers")
    assert tuple(row["count"] for row in found) == PER_HEIGHT["B0", 222]


def test_every_field_of_the_contract_is_there():
    for row in results(*S2, "--all", "--height", "1U..2U"):
        assert {
            *("board", "rack", "height_u", "pose", "rows", "count", "per_u"),
            *("upper_bound", "binding", "buys_one_more"),
        } <= set(row)
        assert row["per_u"] == pytest.approx(row["count"] / row["height_u"], abs=1e-4)
        assert row["count"] <= row["upper_bound"]
        assert row["binding"] in {"width", "height", "depth"}


def test_the_claim_of_fifteen_in_one_unit_is_answered():
    done = run(*S2, "--height", "1U", "--pitch", "30mm")
    assert done.exit_code == 0
    assert "15 on edge at a 30 mm pitch is a 2U row" in done.stdout
    assert "What puts 15 or more in 1U:" in done.stdout
    assert "8 flat across × 2 high" in done.stdout
    assert "8 flat across, 2 rows deep" in done.stdout
    assert "190 mm deep" in done.stdout


def test_all_poses_come_with_the_best_first():
    found = results(*S2, "--height", "2U", "--all")
    counts = [row["count"] for row in found]
    assert counts == sorted(counts, reverse=True)
    assert {"flat", "on-edge", "flat-stacked"} <= {row["pose"] for row in found}
    assert len(found) == len({json.dumps(row["arrangement"]) for row in found})


def test_a_rack_as_sold_brings_its_opening_and_depth():
    (row,) = results("--board", "pi-4b", "--rack", "deskpi-rackmate-t1", "--height", "1U")
    assert (row["cavity"]["width_mm"], row["cavity"]["depth_mm"]) == (222.25, 180.0)


def test_all_heights_of_a_small_rack_are_counted_when_none_is_given():
    assert [row["height_u"] for row in results(*T0)] == [1, 2, 3, 4]
    assert [row["height_u"] for row in results(*S2)] == [1, 2, 3, 4, 5, 6]


def test_columns_say_what_whole_layers_hold():
    options = (*S2, *PUBLISHED, "--air-gap", "1.4mm", "--edge-gap", "1.4mm", "--height", "2U")
    done = run(*options)
    # 7 stacks of 4 leave 451.4 - 7 * 57.4 = 49.6 mm: two boards on edge at 21.4; the table has 28
    assert [row["count"] for row in results(*options)] == [30]
    assert "whole layers alone hold 28 in a row" in done.stdout


def test_two_rows_are_counted_only_where_they_fit():
    shallow = results(*S2, "--height", "1U", "--rows", "2", "--depth", "190mm")[0]
    deep = results(*S2, "--height", "1U", "--rows", "2", "--depth", "195mm")[0]
    assert (shallow["rows"], deep["rows"]) == (1, 2)
    assert deep["count"] == 2 * shallow["count"]
    assert (shallow["binding"], shallow["buys_one_more"]) == ("depth", "4.22 mm more depth")


def test_a_hat_makes_a_board_thicker():
    plain = results(*S2, "--height", "2U", "--pose", "on-edge")[0]
    hatted = results(*S2, "--height", "2U", "--pose", "on-edge", "--hat", "rpi-poe-plus-hat")[0]
    # 22 mm stack + 1.4 + 2.75 = 26.15; 450 / 26.15 = 17.2
    assert (plain["count"], hatted["count"]) == (22, 17)


def test_a_board_that_does_not_fit_says_by_how_much():
    done = run("--board", "turing-pi-2", "--rack", "10in", "--height", "1U")
    assert done.exit_code == 0
    # 44 allowed by mini-ITX + 1.6 + 2.5 assumed = 48.1 in 41.66
    assert "does not fit" in done.stdout
    assert "height, 6.44 mm short" in done.stdout
    assert "Not a fact: 44 mm above the PCB" in done.stdout


@pytest.mark.parametrize(
    ("options", "where", "hint"),
    [
        (("--board", "raspbery-pi-4b", "--rack", "19in"), "--board", "'raspberry-pi-4b'"),
        (("--board", "pi-4b", "--rack", "19inch"), "--rack", "'19in'"),
        (("--board", "pi-4b", "--rack", "picocluster-10h"), "--rack", "--opening"),
        ((*T0, "--height", "2U..5U"), "--height", "use 4U"),
        ((*S2, "--height", "0.7U"), "--height", "use 1U"),
        ((*S2, "--air-gap", "400"), "--air-gap", "300mm"),
        ((*S2, "--air-gap", "4mm", "--pitch", "30mm"), "--pitch", "one of them"),
        ((*S2, "--pitch", "20mm"), "--pitch", "20.4mm"),
        ((*S2, "--wall", "225mm"), "--wall", "225 mm"),
        ((*S2, "--floor", "50mm"), "--floor", "43.66 mm"),
        ((*S2, "--depth", "0"), "--depth", "leave the option out"),
        ((*S2, "--rows", "two"), "--rows", "use 2"),
        ((*S2, "--pose", "stacked"), "--pose", "'flat-stacked'"),
        ((*S2, "--thickness", "1mm"), "--thickness", "1.4 mm"),
        ((*S2, "--hat", "poe"), "--hat", "rpi-poe-hat"),
    ],
)
def test_wrong_options_exit_with_two_and_a_fix(options, where, hint):
    done = run(*options)
    assert done.exit_code == 2
    assert done.stdout == ""
    assert f"error: {where}: " in done.stderr
    assert hint in done.stderr
    problems = json.loads(run(*options, "--json").stdout)["problems"]
    assert [problem["where"] for problem in problems] == [where]


def test_same_question_same_bytes():
    once, again = (run(*S2, "--all", "--rows", "2", "--json").stdout for _ in range(2))
    assert once == again
