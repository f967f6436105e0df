"""`rackpress gallery`: a page of what was made, the same whoever draws it; commands that work."""

import base64
import json
import re
import shlex
import struct
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from catalog.load import load_catalog
from cli.main import main
from cli.mount import _order  # pyright: ignore[reportPrivateUsage] - what the words mean
from cli.mount import command as mount
from mounts.files.contact import CELL_PX, NAME_PX
from mounts.order import spec_for
from mounts.samples import SAMPLES, Sample, command, of_family
from tests.scripts import script


def run(*words: str) -> Any:
    return CliRunner().invoke(main, list(words), catch_exceptions=False)


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("gallery") / "one"
    words = ("--only", "wall", "--only", "coupon", "--jobs", "1", "--json")
    result = run("gallery", "-o", str(folder), *words)
    assert result.exit_code == 0, result.output
    record = json.loads(result.stdout)
    assert record["files"] == sorted(files(folder))
    assert [one["family"] for one in record["parts"]] == ["coupon", "wall"]
    return folder


def test_a_whole_mount_has_three_pictures_and_a_model_and_a_piece_has_one(drawn: Path) -> None:
    ends = {"wall.png", "wall-assembled.png", "wall-exploded.png", "wall.glb", "coupon.png"}
    assert set(files(drawn)) == {*ends, "index.html", "manifest.json"}


def test_the_page_holds_every_picture_and_needs_no_other_file(drawn: Path) -> None:
    page = (drawn / "index.html").read_text(encoding="utf-8")
    inside = {base64.b64decode(data) for data in re.findall(r"base64,([^\"]+)\"", page)}
    assert inside == {data for name, data in files(drawn).items() if name.endswith(".png")}
    linked = re.findall(r'(?:src|href)="([^"#][^"]*)"', page)
    outside = {link for link in linked if not link.startswith("data:")}
    assert outside == {"wall.glb"}
    assert "http" not in re.sub(r"base64,[^\"]+", "", page)


def test_every_label_has_its_input_and_every_anchor_its_card(drawn: Path) -> None:
    page = (drawn / "index.html").read_text(encoding="utf-8")
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r' for="([^"]+)"', page)) <= set(ids)
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(ids)


def test_two_processes_draw_the_same_bytes(drawn: Path, tmp_path: Path) -> None:
    words = ("--only", "wall", "--only", "coupon", "--jobs", "2")
    assert run("gallery", "-o", str(tmp_path / "two"), *words).exit_code == 0
    assert files(tmp_path / "two") == files(drawn)


def test_drawn_again_it_is_replaced_but_nothing_of_the_users_is_lost(drawn: Path) -> None:
    mine = drawn / "notes.txt"
    mine.write_text("mine", encoding="utf-8")
    result = run("gallery", "-o", str(drawn), "--only", "wall")
    assert result.exit_code == 2
    assert "notes.txt" in result.stderr
    mine.unlink()


def test_an_unknown_family_is_named_with_the_nearest() -> None:
    result = run("gallery", "--only", "shelv")
    assert result.exit_code == 2
    assert "did you mean 'shelf'" in result.stderr


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)
def test_the_command_of_a_sample_means_its_order(sample: Sample) -> None:
    words = shlex.split(command(sample.order))
    assert words[:2] == ["rackpress", "mount"]
    wishes = mount.make_context("mount", words[2:]).params
    catalog = load_catalog()
    assert spec_for(_order(wishes.pop("part"), wishes), catalog) == spec_for(sample.order, catalog)


def test_what_is_no_whole_mount_is_a_piece_of_one_or_stands_alone() -> None:
    for sample in SAMPLES:
        alone = len(of_family(sample.order.part)) == 1
        assert sample.whole or alone or of_family(sample.order.part)[0].whole


def test_the_contact_sheet_shows_the_parts_of_today() -> None:
    """Its stamp is of the golden digests, which are held to the parts themselves."""
    drawn = script("draw_pictures")
    kept = json.loads((drawn.IMAGES / "stamps.json").read_text(encoding="utf-8"))
    assert drawn.gallery_stamp() == kept["gallery"], "scripts/draw_pictures.py gallery"
    sheet = (drawn.IMAGES / "gallery.png").read_bytes()
    assert sheet.startswith(b"\x89PNG")
    shown = sum(sample.whole for sample in SAMPLES)
    rows = -(-shown // drawn.COLUMNS)
    wide, tall = CELL_PX[0] * drawn.COLUMNS, (CELL_PX[1] + NAME_PX) * rows
    assert struct.unpack(">II", sheet[16:24]) == (wide, tall)
