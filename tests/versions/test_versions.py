"""Versions: old files are read as they were, steps lead to today's, newer files are refused."""

import json
import re
import shutil
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

import catalog.migrate
from catalog.calibration import Calibration, calibration_text, read_calibration
from catalog.load import load_catalog
from catalog.problems import InputError
from catalog.versions import FORMATS, RACK, Format, Step, Table, upgraded
from cli.main import main
from rack.read import plan_file

OLD = Path(__file__).parent / "old"  # as they were written when each format was first read
RACKS = sorted(OLD.glob("*.toml"))
ROOT = Path(__file__).parents[2]


def run(*words: str) -> Result:
    return CliRunner().invoke(main, list(words), catch_exceptions=False)


def renamed(before: str, after: str) -> Callable[[Table], None]:
    def change(table: Table) -> None:
        if before in table:
            table[after] = table.pop(before)

    return change


def doubled(table: Table) -> None:
    table["b"] = table["b"] * 2


# A kind of file that has moved twice, as none of ours has yet.
MOVED = Format(
    "moved.toml",
    (Step("a is called b", renamed("a", "b")), Step("b counts halves", doubled)),
    {3: "0.3.0", 4: "0.4.0"},
)


@pytest.mark.parametrize("path", RACKS, ids=lambda path: path.stem)
def test_a_rack_of_before_is_planned_as_it_was_written(path: Path) -> None:
    """Every item of the old file is there, with its device, height and number."""
    said = tomllib.loads(path.read_text(encoding="utf-8"))
    plan = plan_file(path, load_catalog())
    made = {one.label: one for one in plan.mounts if one.family != "blank"}
    assert len(made) == len(said["item"])
    for item in said["item"]:
        one = made[item.get("name", item.get("device", ""))]
        assert one.device == load_catalog().device(item["device"]).id
        assert one.count == item.get("count", 1)


def test_facts_of_before_are_read(tmp_path: Path) -> None:
    catalog = load_catalog(OLD / "facts")
    box = catalog.box("netgear-gs308p")
    assert (box.case.width_mm, box.case.depth_mm, box.case.height_mm) == (158, 101, 29)
    shutil.copytree(OLD / "facts", tmp_path / "facts")
    path = tmp_path / "facts" / "boxes" / "netgear-gs308p.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("version = 1\n", ""))
    assert load_catalog(tmp_path / "facts").box("netgear-gs308p") == box


@pytest.mark.parametrize("path", RACKS, ids=lambda path: path.stem)
def test_a_file_without_a_version_is_of_the_first(path: Path, tmp_path: Path) -> None:
    """`migrate` writes the line where people have it, and nothing else."""
    text = path.read_text(encoding="utf-8")
    bare = tmp_path / path.name
    bare.write_text(text.replace("version = 1\n", ""), encoding="utf-8")
    assert plan_file(bare, load_catalog()).as_dict() == plan_file(path, load_catalog()).as_dict()
    shown = run("migrate", str(bare))
    assert (shown.exit_code, shown.stdout) == (0, text)
    assert "version = 1 is written" in shown.stderr
    assert bare.read_text(encoding="utf-8") != text
    told = json.loads(run("migrate", str(bare), "--write", "--json").stdout)
    assert (told["kind"], told["from"], told["to"], len(told["changes"])) == (
        "rack.toml",
        None,
        1,
        1,
    )
    assert bare.read_text(encoding="utf-8") == text
    assert json.loads(run("migrate", str(bare), "--write", "--json").stdout)["changes"] == []


def test_a_calibration_and_a_plan_without_a_version(tmp_path: Path) -> None:
    own = Calibration(name="mine", printer="bambu-a1")
    path = tmp_path / "mine.toml"
    path.write_text(calibration_text(own).replace("version = 1\n", ""), encoding="utf-8")
    assert read_calibration(path, "x") == own
    assert run("migrate", str(path), "--write").exit_code == 0
    assert path.read_text(encoding="utf-8") == calibration_text(own)
    plan = plan_file(RACKS[0], load_catalog()).as_dict()
    made = tmp_path / "plan.json"
    made.write_text(json.dumps({k: v for k, v in plan.items() if k != "version"}))
    assert run("diff", str(made), str(RACKS[0])).stdout == "no difference\n"
    assert run("migrate", str(made), "--write").exit_code == 0
    assert json.loads(made.read_bytes()) == json.loads(json.dumps(plan))


NEWER: dict[str, tuple[str, tuple[str, ...]]] = {
    "rack.toml": ('version = {v}\nname = "x"\nrack = "10in"\nwhat_is_this = 1\n', ("check",)),
    "fans.toml": ("version = {v}\n[[fan]]\nunheard = 1\n", ("catalog", "check", "--catalog")),
    "cal.toml": ("version = {v}\nslide_mm = 9\n", ("calibrate", "--add-to")),
    "fleet.toml": ("version = {v}\n[[node]]\nunheard = 1\n", ("fleet",)),
    "plan.json": ('{{"version": {v}, "modules": 3}}', ("diff", str(RACKS[0]))),
}


@pytest.mark.parametrize("name", sorted(NEWER))
@pytest.mark.parametrize(
    ("said", "words"), [("2", "newer than this program"), ("true", "no"), ("0", "no")]
)
def test_a_newer_file_is_refused_before_anything_else_in_it(
    name: str, said: str, words: str, tmp_path: Path
) -> None:
    """One problem, not one for every key that a later version may have."""
    text, command = NEWER[name]
    path = tmp_path / name
    path.write_text(text.format(v=said), encoding="utf-8")
    last = str(tmp_path) if "--catalog" in command else str(path)
    for asked in ((*command, last), ("migrate", str(path))):
        result = run(*asked)
        assert result.exit_code == 2, asked
        assert words in result.stderr
        assert result.stderr.count("error:") == 1
        assert "version" in result.stderr
    if said == "2":
        assert "get a newer Rackpress" in result.stderr
        assert "rackpress 0." in result.stderr


@given(version=st.integers(1, 3), number=st.integers(-100, 100), other=st.text(max_size=5))
def test_steps_are_done_one_after_the_other_from_any_version(
    version: int, number: int, other: str
) -> None:
    key = "a" if version == 1 else "b"
    data = {"version": version, key: number, "c": other}
    before = dict(data)
    made = upgraded(data, MOVED, "x")
    assert made == {"version": 3, "b": number * (1 if version == 3 else 2), "c": other}
    assert data == before
    assert upgraded(made, MOVED, "x") == made


def test_what_a_newer_version_needs_is_said_if_it_is_known() -> None:
    with pytest.raises(InputError) as caught:
        upgraded({"version": 4}, MOVED, "x")
    assert "0.4.0 or newer" in caught.value.problems[0].nearest
    with pytest.raises(InputError) as caught:
        upgraded({"version": 5}, MOVED, "x")
    assert caught.value.problems[0].nearest == "get a newer Rackpress"


def test_a_migration_keeps_comments_and_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a step that only this test has: the heights of items are called rows."""

    def change(table: Table) -> None:
        for item in table.get("item", []):
            renamed("height", "rows")(item)

    later = Format("rack.toml", (Step("height is called rows", change),))
    keys: Any = tuple(
        (later if kind is RACK else kind, names)
        for kind, names in catalog.migrate._KEYS  # pyright: ignore[reportPrivateUsage]
    )
    monkeypatch.setattr(catalog.migrate, "_KEYS", keys)
    text = RACKS[1].read_text(encoding="utf-8")
    path = tmp_path / "r.toml"
    path.write_text(text, encoding="utf-8")
    result = run("migrate", str(path), "--write")
    assert result.exit_code == 0
    assert "height is called rows" in result.stderr
    made = path.read_text(encoding="utf-8")
    comments = re.findall("#.*", text)
    assert len(comments) > 3
    assert re.findall("#.*", made) == comments
    was, now = tomllib.loads(text), tomllib.loads(made)
    assert now.pop("version") == 2
    assert [one.get("rows") for one in now["item"]] == [one.get("height") for one in was["item"]]


def test_every_format_says_since_when_its_version_is_read() -> None:
    assert all(kind.newest in kind.since for kind in FORMATS)
    assert len({kind.name for kind in FORMATS}) == len(FORMATS)


@pytest.mark.parametrize("path", sorted((ROOT / "examples").glob("*.toml")), ids=lambda p: p.stem)
def test_the_examples_are_of_today(path: Path) -> None:
    assert json.loads(run("migrate", str(path), "--json").stdout)["changes"] == []


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("x.toml", "a = 1\n", "is no file that has a version"),
        ("x.json", "[]", "is no file that has a version"),
        ("x.json", "{", "is not JSON"),
        ("x.json", "[" * 100_000, "is not JSON"),
        ("x.toml", "a = ", "not valid TOML"),
    ],
)
def test_what_is_no_file_of_ours_is_left_alone(
    name: str, text: str, words: str, tmp_path: Path
) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    result = run("migrate", str(path), "--write")
    assert result.exit_code == 2
    assert words in result.stderr
    assert path.read_text(encoding="utf-8") == text


@pytest.mark.parametrize("change", ["modules", "power", "wiring"])
def test_a_plan_that_no_build_wrote_is_refused(change: str, tmp_path: Path) -> None:
    plan = json.loads(json.dumps(plan_file(RACKS[0], load_catalog()).as_dict()))
    path = tmp_path / "plan.json"
    for wrong in ({**plan, change: 3}, {k: v for k, v in plan.items() if k != change}):
        path.write_text(json.dumps(wrong), encoding="utf-8")
        assert run("diff", str(path), str(RACKS[0])).exit_code == 2
    path.write_text(json.dumps({**plan, change: type(plan[change])()}), encoding="utf-8")
    assert run("diff", str(path), str(RACKS[0])).exit_code in (0, 2)
