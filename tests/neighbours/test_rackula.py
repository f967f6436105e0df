"""Layouts of Rackula: ours are right by its rules, come back the same, and strangers' are read."""

import json
import math
import tomllib
import zipfile
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings

from catalog.load import load_catalog
from catalog.validate import MAX_BYTES
from cli.main import main
from neighbours.elevated import elevation_of
from neighbours.elevation import Elevation, apart
from neighbours.rackula_export import rackula_text
from neighbours.rackula_import import read_rackula
from neighbours.yaml_text import parse_yaml, write_yaml
from rack.read import plan_file
from tests.neighbours.elevations import elevations

ROOT = Path(__file__).parents[2]
EXAMPLES = sorted((ROOT / "examples").glob("*.toml"))
CATALOG = load_catalog()


def run(*words: str) -> Result:
    return CliRunner().invoke(main, list(words), catch_exceptions=False)


def broken(layout: dict[str, Any]) -> list[str]:
    """Return which of Rackula's rules a layout breaks, as its schema of format 1.1 has them.

    Written from those rules, apart from our writer: a device on the posts is whole units high and
    begins at one, but for blanks; one in a carrier fits a cell of it, one to a cell; nothing leaves
    the rack; nothing on one face meets anything.
    """
    types = {one["slug"]: one for one in layout["device_types"]}
    found = [] if len(types) == len(layout["device_types"]) else ["slugs"]
    for kind in types.values():
        found += [] if kind["u_height"] * 2 % 1 == 0 and 0.5 <= kind["u_height"] <= 50 else ["high"]
        found += [] if "-" not in (kind["slug"][0], kind["slug"][-1]) else ["slug"]
        ports = kind.get("power_ports", [])
        found += ["draw"] * any(v <= 0 for p in ports for k, v in p.items() if k.endswith("draw"))
    for rack in layout["racks"]:
        by_id = {one["id"]: one for one in rack["devices"]}
        found += [] if len(by_id) == len(rack["devices"]) else ["ids"]
        cells = Counter((d["container_id"], d["slot_id"]) for d in by_id.values() if "slot_id" in d)
        found += ["cell taken"] * any(count > 1 for count in cells.values())
        taken: Counter[tuple[int, str]] = Counter()
        for one in by_id.values():
            kind = types[one["device_type"]]
            if "container_id" in one:
                box = types[by_id[one["container_id"]]["device_type"]]
                cell = next(s for s in box["slots"] if s["id"] == one["slot_id"])
                found += ["cell low"] * (kind["u_height"] > cell["height_units"])
                found += ["nested"] * bool(kind.get("slots"))
                continue
            if one["position"] % 6 or (kind["u_height"] % 1 and kind["category"] != "blank"):
                found.append("half a unit on the posts")
            top = one["position"] + kind["u_height"] * 6
            found += ["above the rack"] * (top > (rack["height"] + 1) * 6)
            faces = ["front", "rear"] if one["face"] == "both" else [one["face"]]
            sixths = range(one["position"], math.ceil(top))
            taken.update((cell, face) for cell in sixths for face in faces)
        found += ["two in one place"] * any(count > 1 for count in taken.values())
    return found


@settings(max_examples=60)
@given(made=elevations(rackula=True))
def test_what_rackula_holds_comes_back_the_same(
    made: Elevation, tmp_path_factory: pytest.TempPathFactory
) -> None:
    text = rackula_text(made)
    path = tmp_path_factory.mktemp("r") / "x.rackula.yaml"
    path.write_text(text, encoding="utf-8")
    assert read_rackula(path, None).made == made


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_a_layout_of_an_example_breaks_no_rule(path: Path) -> None:
    made, _ = apart(elevation_of(plan_file(path, CATALOG), CATALOG))
    assert broken(parse_yaml(rackula_text(made), "x", core=True)) == []


@settings(max_examples=60)
@given(made=elevations(rackula=True))
def test_no_layout_of_one_face_breaks_a_rule(made: Elevation) -> None:
    """Front and rear share a carrier's depth nowhere, so each face is held to the rules alone."""
    front = [one for one in made.stands if one.face == "front"]
    used = {one.kind for one in front}
    kinds = tuple(k for k in made.kinds if k.slug in used)
    text = rackula_text(replace(made, kinds=kinds, stands=tuple(front)))
    assert broken(parse_yaml(text, "x", core=True)) == []


def test_the_rules_notice_what_is_wrong() -> None:
    made, _ = apart(elevation_of(plan_file(EXAMPLES[0], CATALOG), CATALOG))
    layout = parse_yaml(rackula_text(made), "x", core=True)
    devices = layout["racks"][0]["devices"]
    on_posts = next(one for one in devices if "container_id" not in one)
    for change, rule in (
        ({"position": on_posts["position"] + 3}, "half a unit on the posts"),
        ({"position": 600}, "above the rack"),
    ):
        was = dict(on_posts)
        on_posts.update(change)
        assert rule in broken(layout)
        on_posts.update(was)
    assert broken(layout) == []


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_comes_back_letter_for_letter(path: Path, tmp_path: Path) -> None:
    layout, back = str(tmp_path / "h.rackula.yaml"), tmp_path / "back.toml"
    assert run("export", "rackula", str(path), "-o", layout).exit_code == 0
    assert run("import", "rackula", layout, "-o", str(back)).exit_code == 0
    assert back.read_bytes() == path.read_bytes()
    (tmp_path / "h.rackpress.json").unlink()
    assert run("import", "rackula", layout, "-o", str(back), "--overwrite").exit_code == 0
    was, now = plan_file(path, CATALOG), plan_file(back, CATALOG)
    assert {(m.label, m.at_u, m.height_u, m.device) for m in now.modules} == {
        (m.label, m.at_u, m.height_u, m.device) for m in was.modules
    }


def test_what_is_moved_there_is_moved_here(tmp_path: Path) -> None:
    path = next(p for p in EXAMPLES if p.stem == "mini-rack")
    layout = tmp_path / "h.rackula.yaml"
    assert run("export", "rackula", str(path), "-o", str(layout)).exit_code == 0
    data = parse_yaml(layout.read_text(encoding="utf-8"), "x", core=True)
    devices = {one["id"]: one for one in data["racks"][0]["devices"]}
    devices["pi"]["position"], devices["switch"]["position"] = 8 * 6, 7 * 6
    layout.write_text(write_yaml(data), encoding="utf-8")
    back = tmp_path / "back.toml"
    assert run("import", "rackula", str(layout), "-o", str(back)).exit_code == 0
    at = {m.label: m.at_u for m in plan_file(back, CATALOG).modules}
    assert (at["pi"], at["switch"]) == (8, 7)
    assert "# How long does it last?" in back.read_text(encoding="utf-8")


def layout(**more: Any) -> dict[str, Any]:
    """A layout as a stranger might have it: a UPS, a shelf with one of our devices on it."""
    types: list[dict[str, Any]] = [
        {
            "slug": "acme-ups",
            "manufacturer": "Acme",
            "model": "UPS",
            "u_height": 2,
            "weight": 10,
            "weight_unit": "lb",
            "colour": "#aa0000",
            "category": "power",
            "power_ports": [{"name": "in", "maximum_draw": 500}],
            "interfaces": [{"name": "e", "type": "1000base-t"}],
        },
        {
            "slug": "a-shelf",
            "u_height": 1,
            "colour": "#aaaaaa",
            "category": "shelf",
            "is_full_depth": False,
            "slots": [{"id": "l", "position": {"row": 0, "col": 0}}],
        },
        {
            "slug": "netgear-gs308p",
            "u_height": 1,
            "colour": "#aaaaaa",
            "category": "network",
            "is_full_depth": False,
        },
    ]
    devices: list[dict[str, Any]] = [
        {"id": "1", "device_type": "acme-ups", "position": 6, "face": "both", "name": "My UPS"},
        {"id": "2", "device_type": "a-shelf", "position": 24, "face": "front"},
        {
            "id": "3",
            "device_type": "netgear-gs308p",
            "position": 0,
            "face": "front",
            "container_id": "2",
            "slot_id": "l",
            "name": "on",
        },
    ]
    rack = {"id": "r", "name": "Home", "height": 12, "width": 10, "devices": devices}
    head = {"version": "26.9.2", "name": "Home", "metadata": {"schema_version": "1.1"}}
    return {**head, "racks": [rack], "device_types": types, "settings": {}, **more}


def test_a_strangers_layout_is_read(tmp_path: Path) -> None:
    """`on` is a name in YAML 1.2; 10 lb are 4535.92 g; what a shelf carries stands there."""
    path = tmp_path / "a.rackula.yaml"
    path.write_text(write_yaml(layout(connections=[{"id": "c"}])), encoding="utf-8")
    out, own = tmp_path / "rack.toml", tmp_path / "own"
    words = ["import", "rackula", str(path), "-o", str(out), "--devices", str(own)]
    result = run(*words)
    assert result.exit_code == 0
    assert "1 connections, 1 interfaces" in result.stderr
    catalog = load_catalog(own)
    assert catalog.racked["acme-ups"].weight_g == pytest.approx(4535.92)
    plan = plan_file(out, catalog)
    assert [(m.label, m.device, m.at_u) for m in plan.modules] == [("on", "netgear-gs308p", 4)]
    assert [(k.name, k.at_u, k.height_u) for k in plan.kept] == [("my-ups", 1, 2)]
    inline = tmp_path / "inline.toml"
    assert run("import", "rackula", str(path), "-o", str(inline)).exit_code == 0
    told = plan_file(inline, CATALOG)
    assert [(k.name, k.at_u, k.height_u) for k in told.kept] == [("my-ups", 1, 2)]
    assert "power_w = 500" in inline.read_text(encoding="utf-8")


def test_an_archive_is_read_and_a_bomb_is_not(tmp_path: Path) -> None:
    plain, packed, bomb = (tmp_path / name for name in ("a.yaml", "a.Rackula.zip", "b.zip"))
    plain.write_text(write_yaml(layout()), encoding="utf-8")
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("../../x/home.rackula.yaml", plain.read_bytes())
        archive.writestr("assets/x.png", b"\x89PNG")
    assert read_rackula(packed, None).made == read_rackula(plain, None).made
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.yaml", b" " * (MAX_BYTES * 20))
    result = run("import", "rackula", str(bomb), "-o", str(tmp_path / "o.toml"))
    assert result.exit_code == 2
    assert "too big" in result.stderr


@pytest.mark.parametrize(("version", "position", "at_u"), [("0.6.9", 4, 4), (None, 4, 4)])
def test_old_places_are_units(
    version: str | None, position: float, at_u: float, tmp_path: Path
) -> None:
    data = layout(version=version)
    data["racks"][0]["devices"] = [
        {"id": "1", "device_type": "acme-ups", "position": position, "face": "front"}
    ]
    data["rack"] = data.pop("racks")[0]
    path = tmp_path / "a.yaml"
    path.write_text(write_yaml(data), encoding="utf-8")
    assert [one.at_u for one in read_rackula(path, None).made.stands] == [at_u]


def test_of_several_racks_all_are_read_or_the_one_that_is_named(tmp_path: Path) -> None:
    data = layout()
    data["racks"].append({**data["racks"][0], "name": "Other", "height": 4, "devices": []})
    path = tmp_path / "a.yaml"
    path.write_text(write_yaml(data), encoding="utf-8")
    out = tmp_path / "o.toml"
    assert run("import", "rackula", str(path), "-o", str(out)).exit_code == 0
    told = tomllib.loads(out.read_text(encoding="utf-8"))
    assert [one["name"] for one in told["cabinet"]] == ["home", "other"]
    words = ["import", "rackula", str(path), "-o", str(out), "--overwrite", "--name"]
    assert run(*words, "Othr").exit_code == 2
    assert run(*words, "Other").exit_code == 0
    assert 'height = "4U"' in out.read_text(encoding="utf-8")


WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "a newer format": ({"metadata": {"schema_version": "3.0"}}, "newer than this program"),
    "no format at all": ({"metadata": {"schema_version": "2.O"}}, "metadata.schema_version"),
    "no racks": ({"racks": []}, "holds no rack"),
    "racks of another sort": ({"racks": [3]}, "racks[0]"),
    "no types": ({"device_types": None}, "device_types: is missing"),
    "a width of its own": (
        {"racks": [{"name": "a", "height": 3, "width": 11, "devices": []}]},
        "racks[0].width",
    ),
    "a width that we have none of": (
        {"racks": [{"name": "a", "height": 3, "width": 23, "devices": []}]},
        "racks of 23 inches",
    ),
    "a type that is not there": (
        {
            "racks": [
                {
                    "name": "a",
                    "height": 3,
                    "width": 10,
                    "devices": [
                        {"id": "1", "device_type": "acme-upc", "position": 6, "face": "front"}
                    ],
                }
            ]
        },
        "did you mean 'acme-ups'?",
    ),
}


@pytest.mark.parametrize("what", sorted(WRONG))
def test_what_is_wrong_is_said_and_nothing_is_written(what: str, tmp_path: Path) -> None:
    more, words = WRONG[what]
    path, out = tmp_path / "a.yaml", tmp_path / "o.toml"
    path.write_text(write_yaml(layout(**more)), encoding="utf-8")
    result = run("import", "rackula", str(path), "-o", str(out), "--json")
    assert result.exit_code == 2
    problem = json.loads(result.stdout)["problems"][0]
    assert words in result.stderr
    assert problem["where"] == str(path)
    assert not out.exists()
