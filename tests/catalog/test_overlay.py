"""The user's own facts, laid over the built-in ones."""

from pathlib import Path

import pytest

from catalog.load import DATA, load_catalog
from catalog.problems import InputError

BOARD = """\
version = 1
id = "my-board"
kind = "board"
name = "My board"
manufacturer = "Me"
category = "sbc"
aliases = ["mine"]
board = { x_mm = 100, y_mm = 60 }
holes = [{ x_mm = 5, y_mm = 5, d_mm = 3.2 }]
hole_screw = "M3"

[sources]
geometry = ["OWN"]

[confidence]
holes = "high"
"""
FAN = """
[[fan]]
id = "{id}"
size_mm = {size}
thickness_mm = 10
hole_pitch_mm = 32
sources = ["OWN"]
confidence = "high"
"""


def write(root: Path, name: str, text: str) -> Path:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("name", ["boards/my-board.toml", "my-board.toml"])
def test_a_board_is_one_file(name: str, tmp_path: Path):
    write(tmp_path, name, BOARD)
    facts = load_catalog(tmp_path)
    assert facts.board("my-board").board.x_mm == 100
    assert facts.board("mine") == facts.board("my-board")
    assert len(facts.devices) == len(load_catalog().devices) + 1


def test_a_single_file_is_an_overlay(tmp_path: Path):
    path = write(tmp_path, "my-board.toml", BOARD)
    facts = load_catalog(path)
    assert facts.board("my-board").manufacturer == "Me"
    assert facts.fan("40x20") == load_catalog().fan("40x20")


def test_the_users_entry_wins(tmp_path: Path):
    own = BOARD.replace('"my-board"', '"raspberry-pi-5"').replace('aliases = ["mine"]\n', "")
    write(tmp_path, "boards/raspberry-pi-5.toml", own)
    write(tmp_path, "fans.toml", "version = 1\n" + FAN.format(id="40x20", size=41))
    facts = load_catalog(tmp_path)
    assert facts.board("raspberry-pi-5").name == "My board"
    assert facts.fan("40x20").size_mm == 41
    assert facts.fan("40x10") == load_catalog().fan("40x10")
    assert len(facts.devices) == len(load_catalog().devices)
    assert len(facts.fans) == len(load_catalog().fans)


def test_a_box_may_replace_a_board(tmp_path: Path):
    own = BOARD.replace('"my-board"', '"raspberry-pi-5"').replace('kind = "board"', 'kind = "box"')
    own = own.replace("board = { x_mm = 100, y_mm = 60 }", "case = { width_mm = 9, depth_mm = 9, "
                      "height_mm = 9 }")  # fmt: skip
    lines = [x for x in own.splitlines() if not x.startswith(("holes = [", "hole_screw"))]
    write(tmp_path, "boxes/raspberry-pi-5.toml", "\n".join(lines))
    assert load_catalog(tmp_path).box("raspberry-pi-5").case.width_mm == 9


def test_the_users_insert_is_preferred(tmp_path: Path):
    rows = """version = 1
[[insert]]
id = "mine-m3"
brand = "mine"
thread = "M3"
length_mm = 4
outer_d_mm = 4.5
hole_d_mm = 4.1
sources = ["OWN"]
confidence = "high"
"""
    write(tmp_path, "inserts.toml", rows)
    assert load_catalog(tmp_path).insert("M3").brand == "mine"
    assert load_catalog().insert("M3").brand != "mine"


def test_everything_wrong_in_every_file_is_said_at_once(tmp_path: Path):
    write(tmp_path, "boards/one.toml", BOARD.replace('"my-board"', '"one"').replace("100", "-100"))
    write(tmp_path, "two.toml", BOARD.replace('"my-board"', '"two"').replace('"mine"', '"pi-5"'))
    write(tmp_path, "three.toml", "version = 1\nid = 'three'\n")
    write(tmp_path, "fans.toml", "version = 1\n" + FAN.format(id="a", size=10) * 2)
    write(tmp_path, "racks.toml", "version = 1\n[[rakc]]\n")
    write(tmp_path, "board/four.toml", BOARD)
    write(tmp_path, "printer.toml", "version = 1\n")
    write(tmp_path, "broken.toml", "version = = 1\n")
    with pytest.raises(InputError) as caught:
        load_catalog(tmp_path)
    said = {(Path(p.where).name, p.key): str(p) for p in caught.value.problems}
    assert "out of range" in said["one.toml", "board.x_mm"]
    assert "also names another device" in said["two.toml", "aliases[0]"]
    assert "is missing" in said["three.toml", "kind"]
    assert "a second entry 'a'" in said["fans.toml", "fan[1].id"]
    assert "did you mean 'rack'?" in said["racks.toml", "rakc"]
    assert "did you mean 'boards'?" in said["board", ""]
    assert "name it printers.toml" in said["printer.toml", ""]
    assert "not valid TOML" in said["broken.toml", ""]


RACK = """version = 1
[[rack]]
id = "mine"
name = "Mine"
standard = "10in"
hole_pitch_mm = {pitch}
opening_mm = {opening}
sources = ["OWN"]
confidence = "high"
"""


@pytest.mark.parametrize(
    ("pitch", "opening", "key"),
    [(236.53, 222, None), (238.125, 222, "hole_pitch_mm"), (236.5, 229, "opening_mm")],
)
def test_a_rack_must_be_of_its_standard(
    pitch: float, opening: float, key: str | None, tmp_path: Path
):
    """236.53 is DeskPi's drawing; 238.125 the pitch of holes centred in their posts."""
    write(tmp_path, "racks.toml", RACK.format(pitch=pitch, opening=opening))
    if key is None:
        assert load_catalog(tmp_path).rack("mine").hole_pitch_mm == pitch
        return
    with pytest.raises(InputError, match="is not that of 10in") as caught:
        load_catalog(tmp_path)
    assert [problem.key for problem in caught.value.problems] == [f"rack[0].{key}"]


@pytest.mark.parametrize(
    ("old", "new", "key", "said"),
    [
        ('"M3"', '"M33"', "hole_screw", "did you mean 'M3'"),
        ('"M3"', '"M3"\nform_factor = "nuc"', "board.y_mm", "is not the size of a nuc"),
        ('"M3"', '"M3"\nform_factor = "nuk"', "form_factor", "did you mean 'nuc'"),
    ],
)
def test_what_a_board_names_must_exist_and_fit(
    old: str, new: str, key: str, said: str, tmp_path: Path
):
    write(tmp_path, "my-board.toml", BOARD.replace(old, new).replace("x_mm = 100", "x_mm = 101.6"))
    with pytest.raises(InputError, match=said) as caught:
        load_catalog(tmp_path)
    assert key in {problem.key for problem in caught.value.problems}


def test_a_device_given_twice_is_refused(tmp_path: Path):
    write(tmp_path, "boards/my-board.toml", BOARD)
    write(tmp_path, "my-board.toml", BOARD)
    with pytest.raises(InputError, match="a second device 'my-board'"):
        load_catalog(tmp_path)


def test_the_built_in_folder_is_itself_an_overlay():
    """Laid over itself, the catalogue stays the same: layout and rules are one for both."""
    assert load_catalog(DATA).devices == load_catalog().devices


@pytest.mark.parametrize("name", ["absent", "nul\0", "x" * 300])
def test_an_absent_folder_is_said(name: str, tmp_path: Path):
    with pytest.raises(InputError):
        load_catalog(tmp_path / name)


def test_a_folder_in_place_of_a_file_is_said(tmp_path: Path):
    (tmp_path / "boards" / "x.toml").mkdir(parents=True)
    with pytest.raises(InputError, match="is a folder"):
        load_catalog(tmp_path)


def test_files_that_are_no_facts_are_left_alone(tmp_path: Path):
    write(tmp_path, "README.md", "my boards")
    write(tmp_path, ".hidden.txt", "")
    assert len(load_catalog(tmp_path).devices) == len(load_catalog().devices)
