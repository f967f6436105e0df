"""From readings to a calibration: the arithmetic again by another way, and what is refused."""

import json
import math
import tomllib
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.calibration import (
    UNCALIBRATED,
    Calibration,
    Shrink,
    calibration_text,
    check_made_for,
    read_calibration,
)
from catalog.problems import InputError
from catalog.validate import parse
from cli.main import main
from mounts.calibrate.questions import QUESTIONS
from mounts.calibrate.readings import Readings, calibration_from, with_shrink
from mounts.corrected import stretch_of

PLAYS = (0.05, 0.1, 0.15, 0.2, 0.3, 0.4)
GOOD: dict[str, Any] = {
    "version": 1, "name": "mine", "printer": "bambu-a1", "material": "petg",
    "slide_groove": 4, "press_groove": 2, "hole_small_mm": 3.82, "hole_large_mm": 5.4,
    "core_hole": 4, "tower_foot_mm": 10.3, "tower_top_mm": 10.04, "tower_height_mm": 11.95,
    "bar_x_outer_mm": 99.7, "bar_x_inner_mm": 89.6,
    "bar_y_outer_mm": 69.8, "bar_y_inner_mm": 59.7,
}  # fmt: skip


def toml(values: dict[str, Any]) -> str:
    return "\n".join(f"{key} = {json.dumps(value)}" for key, value in values.items()) + "\n"


def run(*words: str, answers: str = "") -> Result:
    return CliRunner().invoke(main, list(words), input=answers, catch_exceptions=False)


def readings(**changes: Any) -> Readings:
    """Good readings, some of them changed."""
    values: dict[str, Any] = {**GOOD, **changes}
    return Readings(**values)


def problems_of(**changes: Any) -> list[str]:
    with pytest.raises(InputError) as caught:
        calibration_from(readings(**changes))
    return [p.key for p in caught.value.problems]


FAULTS = st.fixed_dictionaries(
    {
        "loss": st.floats(-0.05, 0.25),
        "wide": st.floats(-0.15, 0.15),
        "shrink": st.floats(0.0, 0.8),
        "foot": st.floats(0.0, 0.28),
        "squeeze": st.floats(-0.1, 0.15),
    }
)


@settings(max_examples=20)
@given(faults=FAULTS, slide=st.integers(2, 6), core=st.integers(3, 5))
def test_a_printer_of_known_faults_is_found_out(
    faults: dict[str, float], slide: int, core: int
) -> None:
    """A coupon is 'printed' by the model's own words, its features read, and the faults are back.

    `wide`: what a line is too wide, which makes posts thicker and must not pass for shrink.
    """
    loss, wide, foot, squeeze = (faults[key] for key in ("loss", "wide", "foot", "squeeze"))
    shrink = faults["shrink"]
    left = 1 - shrink / 100
    read = {
        "slide_groove": slide, "press_groove": slide - 1, "core_hole": core,
        "hole_small_mm": 4.0 * left - loss, "hole_large_mm": 5.6 * left - loss,
        "tower_foot_mm": 10.0 * left + wide + 2 * foot, "tower_top_mm": 10.0 * left + wide,
        "tower_height_mm": 12.0 - squeeze,
        "bar_x_outer_mm": 100 * left + wide, "bar_x_inner_mm": 90 * left - wide,
        "bar_y_outer_mm": 70 * left + wide, "bar_y_inner_mm": 60 * left - wide,
    }  # fmt: skip
    found = calibration_from(readings(**read))
    assert found.slide_mm == PLAYS[slide - 1]
    assert found.press_mm == PLAYS[slide - 2]
    assert found.hole_mm == pytest.approx(loss, abs=1.1e-3)
    assert found.foot_mm == pytest.approx(foot, abs=1.1e-3)
    assert found.first_layer_mm == pytest.approx(squeeze, abs=1.1e-3)
    assert found.shrink_of("petg").xy_pct == pytest.approx(shrink, abs=1.1e-3)
    # A part's core hole, 2.5 mm with both added, comes out as wide as the one that was chosen.
    chosen = (2.3, 2.4, 2.5, 2.6, 2.7)[core - 1] * left - loss
    assert 2.5 + found.hole_mm + found.screw_mm - loss == pytest.approx(chosen, abs=3e-3)


def test_every_reading_counts_and_none_is_asked_twice() -> None:
    keys = [one.key for one in QUESTIONS]
    assert sorted(keys) == sorted(
        set(Readings.model_fields)
        - {"version", "name", "printer", "material", "tall_drawn_mm", "tall_read_mm"}
    )
    base = calibration_from(readings())
    for one in QUESTIONS:
        step = 1 if one.whole else -0.02
        assert calibration_from(readings(**{one.key: GOOD[one.key] + step})) != base, one.key


@pytest.mark.parametrize("key", [one.key for one in QUESTIONS])
@pytest.mark.parametrize("factor", [0.1, 10.0])
def test_a_slipped_decimal_point_is_refused(key: str, factor: float) -> None:
    value = GOOD[key] * factor
    wrong = 0 if isinstance(GOOD[key], int) and factor < 1 else value
    changes = {key: int(wrong) if isinstance(GOOD[key], int) else wrong}
    assert problems_of(**changes) == [key]


def test_all_absurd_readings_are_told_at_once_with_what_would_be_believed() -> None:
    with pytest.raises(InputError) as caught:
        calibration_from(readings(core_hole=6, tower_height_mm=13.0))
    first, second = caught.value.problems
    assert (first.key, first.allowed) == ("core_hole", "1 to 5 dots")
    assert (second.key, second.allowed) == ("tower_height_mm", "11.8 to 12.15 mm")
    assert "no printer makes 13 mm of 12 mm" in second.what


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"press_groove": 5}, "press_groove"),
        ({"hole_large_mm": 5.05}, "hole_large_mm"),
        ({"tower_foot_mm": 9.9}, "tower_foot_mm"),
        ({"tower_foot_mm": 10.75}, "tower_foot_mm"),
        ({"core_hole": 1, "hole_small_mm": 3.6, "hole_large_mm": 5.2}, "core_hole"),
        ({"bar_x_inner_mm": 88.5}, "bar_x_inner_mm"),
        ({"bar_y_outer_mm": 68.9, "bar_y_inner_mm": 58.9}, "bar_y_outer_mm"),
    ],
)
def test_readings_that_contradict_each_other_are_refused(changes: dict[str, Any], key: str) -> None:
    assert problems_of(**changes) == [key]


figures = st.builds(
    Calibration,
    name=st.from_regex(r"[a-z0-9][a-z0-9-]{0,38}", fullmatch=True).filter(
        lambda name: name != "uncalibrated"
    ),
    printer=st.just("bambu-a1"),
    slide_mm=st.floats(0.05, 0.6),
    press_mm=st.floats(0.02, 0.4),
    hole_mm=st.floats(-0.2, 0.6),
    screw_mm=st.floats(-0.3, 0.4),
    foot_mm=st.floats(0, 0.3),
    first_layer_mm=st.floats(-0.15, 0.2),
    shrink=st.lists(
        st.builds(
            Shrink,
            material=st.sampled_from(["pla", "petg", "asa", "abs"]),
            xy_pct=st.floats(-1, 3),
            z_pct=st.floats(-1, 3),
        ),
        max_size=3,
        unique_by=lambda one: one.material,
    ).map(tuple),
)


@settings(max_examples=20)
@given(own=figures)
def test_a_file_reads_back_as_it_was_written(own: Calibration) -> None:
    assert parse(Calibration, tomllib.loads(calibration_text(own)), "own.toml") == own


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("version = 1", "version = 2", "version 2 is newer than this program"),
        ('name = "mine"', 'name = "uncalibrated"', "is not called 'uncalibrated'"),
        ("slide_mm = 0.2", "slide_mm = 2", "out of range"),
        ("slide_mm = 0.2", "slide_mm = nan", "slide_mm"),
        ("slide_mm = 0.2", 'slide_mm = "0.2"', "slide_mm"),
        ("slide_mm", "slid_mm", "did you mean 'slide_mm'"),
        ("xy_pct", "xy_mm", "xy_mm"),
        ('printer = "bambu-a1"\n', "", "printer is missing"),
        ('material = "petg"', 'material = "petg"\n[[shrink]]\nmaterial = "petg"', "listed twice"),
    ],
)
def test_a_file_that_does_not_hold_says_what_is_wrong(
    old: str, new: str, told: str, tmp_path: Path
) -> None:
    text = calibration_text(calibration_from(readings()))
    assert old in text
    (tmp_path / "bad.toml").write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_calibration(tmp_path / "bad.toml", "bad.toml")
    assert told in str(caught.value)


def test_figures_of_another_printer_or_filament_are_refused() -> None:
    own = calibration_from(readings())
    check_made_for(own, "bambu-a1", "petg", "x")
    check_made_for(UNCALIBRATED, "bambu-h2d", "pla", "x")
    with pytest.raises(InputError) as caught:
        check_made_for(own, "bambu-h2d", "pla", "x")
    assert [p.key for p in caught.value.problems] == ["printer", "material"]


ANSWERS = [str(GOOD[one.key]) for one in QUESTIONS]


def test_asking_and_reading_a_file_give_the_same_and_nothing_is_written_over(
    tmp_path: Path,
) -> None:
    readings, one, other = (str(tmp_path / name) for name in ("r.toml", "a.toml", "b.toml"))
    Path(readings).write_text(toml(GOOD), encoding="utf-8")
    slip = [*ANSWERS[:2], "38.2", *ANSWERS[2:]]  # asked for again
    asked = run("calibrate", "--name", "mine", "-o", one, answers="\n".join(slip) + "\n")
    assert asked.exit_code == 0, asked.output
    assert "no printer makes 38.2 mm of 4 mm" in asked.output
    assert run("calibrate", "--from", readings, "-o", other).exit_code == 0
    assert Path(one).read_bytes() == Path(other).read_bytes()
    again = run("calibrate", "--from", readings, "-o", other)
    assert again.exit_code == 2
    assert "is there already" in again.output
    said = json.loads(run("calibrate", "--from", readings, "--json").stdout)
    assert said["calibration"]["slide_mm"] == 0.2
    assert any("0.2 mm of play" in line for line in said["means"])


def test_answers_that_end_or_stay_absurd_are_wrong_input(tmp_path: Path) -> None:
    assert run("calibrate", answers="4\n").exit_code == 2
    assert run("calibrate", answers="40\n" * 9).exit_code == 2
    assert run("calibrate", "--printer", "bamboo-a1").exit_code == 2
    (tmp_path / "r.toml").write_text(toml({**GOOD, "tower_top_mm": 1.0}), encoding="utf-8")
    told = run("calibrate", "--from", str(tmp_path / "r.toml"), "--json")
    assert told.exit_code == 2
    assert json.loads(told.stdout)["problems"][0]["key"] == "tower_top_mm"
    assert run("calibrate", "--from", str(tmp_path / "r.toml"), "--name", "x").exit_code == 2


@pytest.mark.parametrize("shrink", [-0.2, 0.0, 0.45])
def test_a_tall_print_tells_how_a_filament_shrinks_upwards(shrink: float) -> None:
    """Made worse by shrink and by a squeezed first layer, measured, and found again."""
    lost = 12.0 - GOOD["tower_height_mm"]
    read = 120.0 * (1 - shrink / 100) - lost
    tall = {"tall_drawn_mm": 120.0, "tall_read_mm": read}
    found = calibration_from(readings(**tall))
    assert found.shrink_of("petg").z_pct == pytest.approx(shrink, abs=1.1e-3)
    assert found.shrink_of("petg").xy_pct == calibration_from(readings()).shrink_of("petg").xy_pct
    assert stretch_of(found, "petg").up == pytest.approx(1 / (1 - shrink / 100), abs=2e-5)
    more = with_shrink(found, readings(**tall).model_dump(), "asa", "readings")
    assert more.shrink_of("asa").z_pct == pytest.approx(shrink, abs=1.1e-3)


TALL = {
    "one alone": ({"tall_read_mm": 119.0}, "without tall_drawn_mm"),
    "too low": ({"tall_drawn_mm": 20.0, "tall_read_mm": 19.9}, "80 to 1000 mm"),
    "no filament": ({"tall_drawn_mm": 120.0, "tall_read_mm": 100.0}, "no filament's doing"),
}


@pytest.mark.parametrize("name", TALL)
def test_a_tall_print_that_cannot_be_right_is_refused(name: str) -> None:
    told, said = TALL[name]
    with pytest.raises(InputError, match=said):
        calibration_from(readings(**told))


def test_a_tall_print_is_asked_for_last_and_may_be_left_out(tmp_path: Path) -> None:
    """Enter leaves it out, as the end of the answers does; half an answer is none."""
    tall = ["20", "120", "19.5", "119.47"]  # two slips, asked for again
    names = ("none", "ended", "tall")
    for name, more in zip(names, ([""], [], tall), strict=True):
        answers = "\n".join([*ANSWERS, *more]) + "\n"
        made = run("calibrate", "-o", str(tmp_path / name), answers=answers)
        assert made.exit_code == 0, made.output
    none, ended, found = (read_calibration(tmp_path / name, name) for name in names)
    assert none == ended
    assert none.shrink_of("petg").z_pct == 0.0
    assert found.shrink_of("petg").z_pct == pytest.approx(100 * (1 - (119.47 + 0.05) / 120))
    half = run("calibrate", answers="\n".join([*ANSWERS, "120"]) + "\n")
    assert half.exit_code == 2
    assert "tall_read_mm: no answer" in half.output


def test_a_calibration_learns_one_more_filament(tmp_path: Path) -> None:
    own, bars_file = tmp_path / "own.toml", tmp_path / "pla.toml"
    own.write_text(calibration_text(calibration_from(readings())), encoding="utf-8")
    bars = {
        key: value for key, value in GOOD.items() if key.startswith(("bar", "version", "print"))
    }
    bars_file.write_text(toml({**bars, "material": "pla"}), encoding="utf-8")
    words = ("calibrate", "--add-to", str(own), "-o", str(own))
    assert run(*words, "--from", str(bars_file)).exit_code == 0
    found = read_calibration(own, "own.toml")
    assert [one.material for one in found.shrink] == ["petg", "pla"]
    assert found.shrink[0].xy_pct == found.shrink[1].xy_pct
    other = run(*words, "--printer", "bambu-h2d", answers="\n".join(ANSWERS[-4:]))
    assert other.exit_code == 2
    asked = run(*words, "--material", "asa", answers="100\n90\n70\n60\n100\n99.45\n")
    assert asked.exit_code == 0, asked.output
    # The coupon's tower says that the first layer loses 0.05 mm of height.
    assert read_calibration(own, "own.toml").shrink_of("asa").z_pct == pytest.approx(0.5)
    assert read_calibration(own, "own.toml").shrink_of("asa").xy_pct == 0.0
    assert math.isclose(read_calibration(own, "x").shrink_of("pla").xy_pct, 0.375)


def test_a_part_is_made_for_the_calibration_and_says_so(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text(calibration_text(calibration_from(readings())), encoding="utf-8")
    words = ("mount", "ears", "--rack", "19in", "--set", "box_width_mm=330", "--format", "stl")
    words += ("-o", str(tmp_path / "parts"), "--json", "--calibration", str(own))
    made = run(*words)
    assert made.exit_code == 0, made.output
    records = json.loads(made.stdout)["parts"]
    assert [one["calibration"] for one in records] == ["mine", "mine"]
    assert run(*words, "--material", "pla").exit_code == 2
    assert run(*words, "--printer", "bambu-h2d").exit_code == 2
    assert run(*words, "--set", "calibration=1").exit_code == 2


RACK = """
version = 1
name = "tiny"
rack = "10in"
height = "2U"
calibration = "{file}"

[[item]]
mount = "blank"
"""


def test_a_rack_file_names_a_calibration_beside_it(tmp_path: Path) -> None:
    own = calibration_text(calibration_from(readings()))
    (tmp_path / "own.toml").write_text(own, encoding="utf-8")
    rack = tmp_path / "rack.toml"
    rack.write_text(RACK.format(file="own.toml"), encoding="utf-8")
    folder = str(tmp_path / "out")
    built = run("build", str(rack), "-o", folder, "--no-pictures", "--jobs", "1", "--json")
    assert built.exit_code == 0, built.output
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_bytes())
    assert manifest["calibration"] == "mine"
    assert "calibrated: mine" in (tmp_path / "out" / "index.html").read_text(encoding="utf-8")
    assert json.loads((tmp_path / "out" / "plan.json").read_bytes())["calibration"] == "mine"
    (name,) = manifest["recipe"]["parts"]
    assert manifest["recipe"]["parts"][name]["spec"]["calibration"]["slide_mm"] == 0.2
    rebuilt = run("rebuild", str(tmp_path / "out" / "parts" / f"{name}.3mf"))
    assert rebuilt.exit_code == 0, rebuilt.output
    plate = str(tmp_path / "out" / "plates" / "plate-1.3mf")
    assert run("rebuild", plate).exit_code == 0
    checked = run("verify", plate)
    assert checked.exit_code == 0, checked.output
    assert "printed larger for mine" in checked.output
    assert "panel_width_mm 254.0" in checked.output
    rack.write_text(RACK.format(file="own2.toml"), encoding="utf-8")
    missing = run("check", str(rack))
    assert missing.exit_code == 2
    assert "rack.toml:6: calibration: own2.toml: no such file" in missing.output
    (tmp_path / "own2.toml").write_text(own.replace("0.2 ", "0.9 "), encoding="utf-8")
    assert "slide_mm: 0.9 is out of range" in run("check", str(rack)).output
