"""The main job from the outside: a `rack.toml` in, a folder out, and what wrong files are told."""

import csv
import hashlib
import itertools
import json
import os
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from cli.main import main
from mounts.files.stl import read_stl

ROOT = Path(__file__).parent.parent.parent
EXAMPLES = sorted((ROOT / "examples").glob("*.toml"))
SMALL = """\
version = 1
name = "small"
rack = "10in"
height = "3U"

[[item]]
device = "netgear-gs305"

[[item]]
name = "nodes"
device = "raspberry-pi-4b"
count = 2

[[power_board]]
outputs = 2
volts = 5
amps = 3
connector = "screw"
"""


def run(*words: str) -> Any:
    return CliRunner().invoke(main, list(words), catch_exceptions=False)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small rack, built twice: here, and in one other process alone with another hash seed."""
    place = tmp_path_factory.mktemp("build")
    (place / "small.toml").write_text(SMALL, encoding="utf-8")
    result = run("build", str(place / "small.toml"), "-o", str(place / "one"))
    assert result.exit_code == 0, result.output
    command = [sys.executable, "-m", "cli.main", "build", "small.toml", "-o", "two", "--jobs", "1"]
    other = {**os.environ, "PYTHONHASHSEED": "7", "PYTHONPATH": str(ROOT)}
    subprocess.run(command, cwd=place, env=other, check=True, capture_output=True)
    return place


def files(folder: Path) -> dict[str, bytes]:
    found = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in found}


def test_two_builds_are_the_same_bytes(built: Path) -> None:
    one, two = files(built / "one"), files(built / "two")
    assert sorted(one) == sorted(two)
    assert [name for name in one if one[name] != two[name]] == []
    kinds = {Path(name).suffix for name in one}
    assert {
        ".stl",
        ".3mf",
        ".step",
        ".json",
        ".csv",
        ".svg",
        ".html",
        ".png",
        ".glb",
        ".kicad_sch",
        ".net",
    } <= kinds


def test_the_manifest_names_every_file_and_its_digest(built: Path) -> None:
    there = files(built / "one")
    manifest = json.loads(there.pop("manifest.json"))
    assert sorted(manifest["files"]) == sorted(there)
    for name, entry in manifest["files"].items():
        assert entry["sha256"] == hashlib.sha256(there[name]).hexdigest(), name
    assert manifest["recipe"]


def test_every_mesh_is_closed_and_one_body(built: Path) -> None:
    meshes = {n: read_stl(d) for n, d in files(built / "one").items() if n.endswith(".stl")}
    assert len(meshes) == 3  # shelf, frame, sled
    for name, mesh in meshes.items():
        assert mesh.open_edges() == 0, name
        assert mesh.pieces() == 1, name
        assert mesh.volume_mm3() > 0, name


def test_the_parts_list_counts_sleds_and_screws(built: Path) -> None:
    table = (built / "one" / "bom.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(table.splitlines()))
    prints = {r["item"]: int(r["count"]) for r in rows if r["kind"] == "print"}
    assert sorted(prints.values()) == [1, 1, 2]
    screws = {r["item"]: int(r["count"]) for r in rows if r["kind"] == "hardware"}
    assert screws["M2.5 x 6 pan-head screw for plastics"] == 2 * 4  # two sleds, four holes each
    assert sum(n for item, n in screws.items() if "rack screw" in item) == 4 + 4


def test_the_page_needs_nothing_else(built: Path) -> None:
    page = (built / "one" / "index.html").read_text(encoding="utf-8")
    assert page.count("<h1") == 1
    assert '<html lang="en">' in page
    links = [part.split('"')[0] for part in page.split('src="')[1:]]
    assert all(link.startswith("data:image/png;base64,") for link in links)
    for target in (part.split('"')[0] for part in page.split('href="')[1:]):
        assert target.startswith("#") or (built / "one" / target).is_file(), target
    ET.fromstring((built / "one" / "elevation.svg").read_text(encoding="utf-8"))  # noqa: S314 - ours


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_example_is_right(path: Path) -> None:
    result = run("check", str(path), "--json")
    assert result.exit_code == 0, result.output
    plan = json.loads(result.stdout)
    taken = sorted((m["at_u"], m["at_u"] + m["height_u"]) for m in plan["modules"])
    assert all(end <= start for (_, end), (start, _) in itertools.pairwise(taken))
    assert taken[0][0] >= 1
    assert taken[-1][1] <= plan["rack"]["height_u"] + 1


def test_ten_pis_two_more_and_a_gpu_node_draw_what_their_builder_measured() -> None:
    plan = json.loads(run("check", str(ROOT / "examples" / "pico-10.toml"), "--json").stdout)
    assert plan["power"]["idle_w"] == pytest.approx(12 * 8 + 150)
    assert plan["power"]["peak_w"] == pytest.approx(12 * 15 + 300)


def test_seven_nodes_at_three_amps_are_too_much_for_two_contacts(tmp_path: Path) -> None:
    """The example takes the EPS plug too; without it the plan says what is wrong and works."""
    text = (ROOT / "examples" / "rockpro64-7.toml").read_text(encoding="utf-8")
    alone = tmp_path / "alone.toml"
    alone.write_text(text.replace('extra_inputs = ["eps-8"]', ""), encoding="utf-8")
    result = run("check", str(alone))
    assert result.exit_code == 0
    assert "7 outputs x 3 A = 21 A at +12V" in result.output
    assert "2 contacts x 6 A = 12 A" in result.output
    assert "works: one more plug, EPS 8-pin" in result.output


WRONG = {
    "unknown key": (SMALL.replace("rack =", "rakc ="), "rakc", "rack"),
    "unknown device": (
        SMALL.replace("netgear-gs305", "netgear-gs30"),
        "netgear-gs30",
        "did you mean 'netgear-gs30",
    ),
    "unknown rack": (SMALL.replace('"10in"', '"11in"'), "11in", "hint"),
    "wrong unit": (SMALL.replace('"3U"', '"3mm"'), "3mm", "U"),
    "negative height": (SMALL.replace('"3U"', '"-3U"'), "height", "positive"),
    "no such half": (SMALL.replace('"3U"', '"2.3U"'), "height", "2.5U"),
    "not a number": (SMALL.replace("count = 2", "count = nan"), "count", ""),
    "huge count": (SMALL.replace("count = 2", "count = 1000000"), "count", "64"),
    "no room": (SMALL.replace('"3U"', '"1U"'), "", "U"),
    "too wide": (SMALL.replace("netgear-gs305", "mikrotik-crs309"), "crs309", "19in"),
    "newer version": (SMALL.replace("version = 1", "version = 2"), "version", "1"),
    "one table": (
        SMALL.partition("[[item]]")[0] + '[item]\ndevice = "x"\n',
        "item",
        "write [[item]]",
    ),
    "no quotes": (
        SMALL.replace('"netgear-gs305"', "netgear-gs305"),
        "not valid TOML",
        "text stands in quotes",
    ),
    "not TOML": (SMALL.replace("[[item]]", "[[item"), "", ""),
    "a board on a shelf": (
        SMALL.replace("netgear-gs305", 'raspberry-pi-5"\nmount = "shelf'),
        "",
        "",
    ),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_wrong_file_is_told_where_and_how(case: str, tmp_path: Path) -> None:
    text, named, near = WRONG[case]
    assert text != SMALL
    (tmp_path / "rack.toml").write_text(text, encoding="utf-8")
    result = run("build", str(tmp_path / "rack.toml"), "-o", str(tmp_path / "out"))
    assert result.exit_code == 2
    assert "rack.toml" in result.stderr
    assert named in result.stderr
    assert near in result.stderr
    assert "Traceback" not in result.output
    assert sorted(p.name for p in tmp_path.iterdir()) == ["rack.toml"]


@pytest.mark.parametrize("content", [b"\x00\xff\xfe" * 50, "name = 'ü'".encode("utf-16"), b""])
def test_what_is_no_text_is_refused(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "rack.toml").write_bytes(content)
    assert run("check", str(tmp_path / "rack.toml")).exit_code == 2
    assert run("check", str(tmp_path)).exit_code == 2
    assert run("check", str(tmp_path / "missing.toml")).exit_code == 2


def test_a_folder_of_somebody_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "small.toml").write_text(SMALL, encoding="utf-8")
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("keep", encoding="utf-8")
    for folder in ("mine", "small.toml", "small.toml/below"):
        result = run("build", str(tmp_path / "small.toml"), "-o", str(tmp_path / folder))
        assert result.exit_code == 2, folder
    assert files(tmp_path / "mine") == {"thesis.txt": b"keep"}


def test_new_check_and_schema(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("new", "my rack.toml").exit_code == 0
    assert run("check", "my rack.toml").exit_code == 0
    assert run("new", "my rack.toml").exit_code == 2
    schema = json.loads(run("schema").stdout)
    assert {"version", "name", "rack", "item"} <= set(schema["properties"])
