"""What `rackpress fit` calls printable: the lines it names make just that."""

import json
import shlex
import tomllib
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from catalog.load import load_catalog
from cli.fit import command
from cli.mount import command as mount
from mounts.densest import Wanted, densest
from mounts.order import Order, spec_for
from mounts.parts.frame_spec import FrameSpec
from packing.envelope import envelope_of
from packing.interlock import interlocked
from packing.row import fit
from rack.plan import make_plan
from rack.spec import RackSpec

PI = "raspberry-pi-4b"
S2 = ("--board", PI, "--rack", "19in")
MIX = ("--mix", f"{PI}=4,raspberry-pi-5=3", "--rack", "10in")


def run(*options: str) -> Result:
    done = CliRunner().invoke(command, list(options))
    assert done.exit_code == 0, done.output
    return done


def records(*options: str) -> list[dict[str, Any]]:
    return json.loads(run(*options, "--json").stdout)["printable"]


def holds(item: str, rack: str) -> int:
    text = f'version = 1\nname = "r"\nrack = "{rack}"\nheight = "9U"\n{item}\n'
    plan = make_plan(RackSpec.model_validate(tomllib.loads(text)), load_catalog(), "rack.toml")
    (module,) = plan.modules
    assert isinstance(module.spec, FrameSpec)
    return module.spec.holds


def test_the_densest_printable_answer_is_named_for_each_height() -> None:
    found = {one["height_u"]: one["count"] for one in records(*S2, "--height", "1U..4U")}
    assert found == {1.0: 14, 2.0: 28, 3.0: 42, 4.0: 56}
    both = records(*S2, "--height", "1U..2U", "--rows", "2", "--depth", "300mm")
    assert [one["count"] for one in both] == [28, 56]


@pytest.mark.parametrize(
    ("options", "rack"),
    [
        ((*S2, "--height", "2U"), "19in"),
        ((*S2, "--height", "2U", "--air-gap", "4.5mm", "--rows", "2"), "19in"),
        ((*S2, "--height", "4U", "--hat", "rpi-poe-plus-hat"), "19in"),
        ((*MIX, "--height", "2U", "--air-gap", "1mm"), "10in"),
    ],
)
def test_both_lines_make_what_they_are_said_to(options: tuple[str, ...], rack: str) -> None:
    (one,) = records(*options)
    assert one["count"] > 0
    assert holds(one["rack_toml"], rack) == one["count"]
    *_, typed, written = run(*options).stdout.splitlines()
    assert typed.strip() == one["command"]
    assert written.split(": ", 1)[1].split(", ") == ", ".join(
        one["rack_toml"].splitlines()[1:]
    ).split(", ")


def test_of_a_mix_that_does_not_all_go_in_the_most_that_do_are_printed() -> None:
    (mix,) = records(*MIX, "--height", "1U")
    assert (mix["count"], sum(mix["missing"].values())) == (5, 2)
    assert "mm of width" in mix["why_not"]
    assert holds(mix["rack_toml"], "10in") == 5
    assert "left out: 2 × raspberry-pi-5" in run(*MIX, "--height", "1U").stdout


def test_the_command_makes_its_frame(tmp_path: Path) -> None:
    (one,) = records(*MIX, "--height", "2U")
    words = shlex.split(one["command"])
    assert words[:2] == ["rackpress", "mount"]
    asked = [*words[2:-2], "--format", "stl", "-o", str(tmp_path), "--json"]
    done = CliRunner().invoke(mount, asked)
    assert done.exit_code == 0, done.output
    parts = json.loads(done.stdout)["parts"]
    assert [part["name"].split("-")[0] for part in parts] == ["frame", "sled", "sled"]


def test_what_cannot_be_printed_is_said_and_why() -> None:
    assert "None can be printed: turing-pi-2 flat needs" in run(
        "--board", "turing-pi-2", "--rack", "10in", "--height", "1U"
    ).stdout  # fmt: skip
    (none,) = records("--mix", "turing-pi-2=1,odroid-h3=1", "--rack", "10in", "--height", "1U")
    assert (none["count"], none["command"]) == (0, "")
    own = run("--board", PI, "--rack", "deskpi-rackmate-tt", "--height", "1U").stdout
    assert "None can be printed: deskpi-rackmate-tt has posts of its own kind" in own


@pytest.mark.parametrize(
    "made_up", [("--thickness", "20mm"), ("--outline",), ("--opening", "450mm")]
)
def test_boards_and_racks_made_up_for_the_question_are_not_printed(
    made_up: tuple[str, ...],
) -> None:
    assert records(*S2, "--height", "2U", *made_up) == []


def test_a_frame_for_pairs_would_hold_no_more() -> None:
    """Why there is none: two plates and play on, pairs on edge are at best as many as piles.

    Each board lies on a plate of 1.6 mm on pads that clear what is below it, and the two sleds keep
    the headroom of one; a room on edge keeps 0.3 mm at both ends.
    """
    catalog = load_catalog()
    board = catalog.board(PI)
    pair = interlocked(board, envelope_of(board))
    assert pair is not None
    for rack, inside in (("10in", 218.0 - 4.0), ("19in", 448.0 - 4.0)):
        spec = spec_for(
            Order("frame", rack, PI, 2.0, options={"pose": "on-edge", "count": 1}), catalog
        )
        assert isinstance(spec, FrameSpec)
        sled = spec.kinds[0]
        under = sled.plate_mm + sled.standoff_mm + board.board.thickness_mm
        pitch = 2 * under + pair.apart_mm + 0.6
        pairs = fit(inside - 2 * sled.slide_mm, pitch)
        fields = {k: getattr(sled, k) for k in ("device", "form_factor", "plugs", "screw")}
        for height in (2.0, 3.0, 4.0):
            found = densest({"standard": spec.standard, "height_u": height}, [Wanted(fields)])
            assert found is not None
            assert 2 * pairs <= found.bays.count
    done = json.loads(run(*S2, "--height", "3U", "--json").stdout)
    assert [one["printable"] for one in done["interlocked"]] == [False]


@pytest.mark.parametrize("many", [2, 4, 6])
def test_a_board_that_is_too_tall_leaves_a_frame_of_the_others(many: int) -> None:
    mix = ("--mix", f"{PI}={many},turing-pi-2=1", "--rack", "10in", "--height", "1U")
    (found,) = records(*mix)
    assert (found["count"], found["missing"]) == (many, {"turing-pi-2": 1})
    assert holds(found["rack_toml"], "10in") == many
    assert "turing-pi-2 does not go into 1U: flat it lacks" in run(*mix).stdout
