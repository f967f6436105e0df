"""`rackpress verify` on the command line: text, JSON and exit codes."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from cli.main import main
from tests.verify.bodies import binary_stl, box, ear_slots, good, meshed, plate

RIGHT = meshed(plate(254, 43.66, ear_slots(236.525, (5.955, 21.83, 37.705), 10.3, 7.0)))
HIGH = meshed(plate(254, 44.45, ear_slots(236.525, (6.35, 22.225, 38.1), 10.3, 7.0)))


def stl(folder: Path, body: object) -> str:
    path = folder / "plate.stl"
    path.write_bytes(binary_stl(body))  # type: ignore[arg-type]
    return str(path)


def test_a_clean_file_says_what_was_checked_and_what_not(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["verify", stl(tmp_path, RIGHT), "--up", "+y"])
    assert result.exit_code == 0, result.output
    assert "no findings" in result.stdout
    assert "checked: closed, one solid; walls and webs" in result.stdout
    assert "not checked: device and plugs: a stranger's file does not name its device" in (
        result.stdout
    )
    assert "hole_pitch_mm 236.525" in result.stdout


def test_a_finding_is_one_paragraph_and_exit_1(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["verify", stl(tmp_path, HIGH), "--up", "+y"])
    assert result.exit_code == 1
    (paragraph,) = [p for p in result.stdout.split("\n\n") if p.startswith("panel.height")]
    assert "44.45 mm high" in paragraph
    assert "43.66 mm for 1U" in paragraph
    assert "(-0.79 mm)" in paragraph


def test_json_holds_every_field(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["verify", stl(tmp_path, HIGH), "--up", "+y", "--json"])
    assert result.exit_code == 1
    record = json.loads(result.stdout)
    assert record["findings"] == 1
    (finding,) = record["parts"][0]["findings"]
    assert set(finding) == {"rule", "place_mm", "measured", "allowed", "cure"}
    assert finding["rule"] == "panel.height"
    assert len(finding["place_mm"]) == 3
    assert record["parts"][0]["read"]["panel_height_mm"] == pytest.approx(44.45, abs=0.02)


def test_nozzle_and_printer_are_held_to(tmp_path: Path) -> None:
    thick = stl(tmp_path, meshed(box((0, 0, 0), (60, 1.0, 30))))
    assert CliRunner().invoke(main, ["verify", thick]).exit_code == 0
    assert CliRunner().invoke(main, ["verify", thick, "--nozzle", "0.6"]).exit_code == 1
    path = stl(tmp_path, RIGHT)
    small = ["verify", path, "--up", "+y", "--printer", "bambu-a1-mini", "--json"]
    result = CliRunner().invoke(main, small)
    assert [f["rule"] for f in json.loads(result.stdout)["parts"][0]["findings"]] == ["bed.size"]


@pytest.mark.parametrize(
    "arguments",
    [
        ["nothing.stl"],
        ["README.txt"],
        ["nothing.toml"],
        ["nothing.stl", "--printer", "no-such-printer"],
    ],
)
def test_what_cannot_be_read_is_exit_2(arguments: list[str]) -> None:
    result = CliRunner().invoke(main, ["verify", *arguments])
    assert result.exit_code == 2
    assert "error: " in result.stderr


def test_a_rack_is_verified_part_by_part(tmp_path: Path) -> None:
    path = tmp_path / "rack.toml"
    path.write_text(
        'version = 1\nname = "one"\nrack = "10in"\nheight = "3U"\nprinter = "bambu-a1-mini"\n'
        '[[item]]\ndevice = "netgear-gs308"\n[[item]]\nmount = "blank"\nheight = "1U"\n'
    )
    result = CliRunner().invoke(main, ["verify", str(path), "--json"])
    assert result.exit_code == 0, result.output
    parts = json.loads(result.stdout)["parts"]
    names = [part["name"] for part in parts]
    wholes = ["shelf-netgear-gs308-10in-1u", "blank-10in-1u"]
    assert [one for one in names if one in wholes] == wholes
    # The rack's own printer is 180 mm wide: both are printed in pieces, and those are measured.
    for whole in wholes:
        own = [part for part in parts if part["name"].startswith(f"{whole}-")]
        assert len(own) >= 2
        assert all(float(part["read"]["size_mm"].split(" x ")[0]) <= 180 for part in own)
        assert all("bed" in part["checked"] for part in own)
    larger = ["verify", str(path), "--printer", "bambu-a1"]
    assert CliRunner().invoke(main, larger).exit_code == 0
    assert good("shelf")[0].name == parts[0]["name"]


def test_what_cannot_be_cut_for_its_bed_is_too_large_and_says_why(tmp_path: Path) -> None:
    path = tmp_path / "rack.toml"
    path.write_text(
        'version = 1\nname = "one"\nrack = "10in"\nheight = "3U"\nprinter = "generic-150"\n'
        '[[item]]\ndevice = "bladerunner-4"\nmount = "shelf"\n',
        encoding="utf-8",
    )
    result = CliRunner().invoke(main, ["verify", str(path), "--json"])
    assert result.exit_code == 1, result.output
    (part, *_) = json.loads(result.stdout)["parts"]
    (found,) = (one for one in part["findings"] if one["rule"] == "bed.size")
    assert "too tall for generic-150" in found["cure"]
    assert "in pieces it takes a bed of" in found["cure"]


def test_a_part_of_ours_says_what_it_bears_and_pla_is_refused_where_it_is_warm(
    tmp_path: Path,
) -> None:
    made = ["mount", "shelf", "--device", "netgear-gs308", "--rack", "10in", "-o", str(tmp_path)]
    assert CliRunner().invoke(main, made).exit_code == 0
    (file,) = tmp_path.rglob("*.3mf")
    cool = CliRunner().invoke(main, ["verify", str(file), "--air", "30", "--json"])
    assert cool.exit_code == 0, cool.output
    read = json.loads(cool.stdout)["parts"][0]["read"]
    assert read["carries_kg"] == 0.5
    assert read["fails_at_kg"] > 3 * read["carries_kg"]
    warm = CliRunner().invoke(main, ["verify", str(file), "--material", "pla", "--air", "50"])
    assert warm.exit_code == 1
    assert "strength.warm" in warm.stdout
    assert "use petg" in warm.stdout


TINY = """\
version = 1
name = "tiny"
rack = "10in"
height = "2U"
printer = "prusa-xl"
material = "asa"

[[item]]
device = "netgear-gs308"
"""


def test_a_file_of_ours_is_held_to_the_printer_and_material_of_its_recipe(tmp_path: Path) -> None:
    """A part and a plate; what is asked for instead is said, and held to."""
    (tmp_path / "tiny.toml").write_text(TINY, encoding="utf-8")
    build = ["build", str(tmp_path / "tiny.toml"), "-o", str(tmp_path / "out"), "--no-pictures"]
    assert CliRunner().invoke(main, [*build, "--jobs", "1"]).exit_code == 0
    part, *_ = sorted((tmp_path / "out" / "parts").glob("shelf*.3mf"))
    plate = tmp_path / "out" / "plates" / "plate-1.3mf"
    for file in (part, plate):
        # PETG, which was the default, bears nothing at 65 °C; ASA does.
        own = CliRunner().invoke(main, ["verify", str(file), "--air", "65"])
        assert own.exit_code == 0, own.output
        assert "note: made for prusa-xl in asa\n" in own.stdout + "\n"
        words = ["verify", str(file), "--air", "65", "--material", "petg"]
        other = CliRunner().invoke(main, words)
        assert other.exit_code == 1
        assert "strength.warm" in other.stdout
        assert "made for prusa-xl in asa, held to prusa-xl in petg as asked" in other.stdout
        small = ["verify", str(file), "--printer", "bambu-a1-mini", "--json"]
        record = json.loads(CliRunner().invoke(main, small).stdout)
        rules = {f["rule"] for one in record["parts"] for f in one["findings"]}
        assert rules == {"bed.size"}
        notes = [note for one in record["parts"] for note in one["notes"]]
        assert "made for prusa-xl in asa, held to bambu-a1-mini in asa as asked" in notes
    # A recipe knows what its part was drawn for: a calibration that is named is not asked for.
    (tmp_path / "mine.toml").write_text(
        'name = "mine"\nprinter = "voron-0"\nhole_mm = 0.2\n', encoding="utf-8"
    )
    named = ["verify", str(part), "--calibration", str(tmp_path / "mine.toml")]
    said = CliRunner().invoke(main, named)
    assert said.exit_code == 0, said.output
    assert "--calibration changes nothing" in said.stdout
