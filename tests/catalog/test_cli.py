"""`rackpress catalog`, as a person and as a program uses it."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from catalog.load import load_catalog
from cli.main import main


def run(*args: str) -> Result:
    return CliRunner().invoke(main, ["catalog", *args])


@pytest.mark.parametrize("command", [[], ["list"], ["show"], ["check"]])
def test_help_ends_with_an_example(command: list[str]):
    result = run(*command, "--help")
    assert result.exit_code == 0
    assert "Example:" in result.stdout


def test_list_names_every_device_in_aligned_columns():
    result = run("list")
    assert result.exit_code == 0
    head, *rows = result.stdout.splitlines()
    assert [row.split()[0] for row in rows] == list(load_catalog().devices)
    column = head.index("category")
    assert {row[column:].split()[0] for row in rows} <= {
        device.category for device in load_catalog().devices.values()
    }


@pytest.mark.parametrize("kind", ["switch", "boards", "board", "fans", "form-factor", "upses"])
def test_list_takes_kinds_categories_and_tables(kind: str):
    result = run("list", kind, "--json")
    assert result.exit_code == 0
    entries = json.loads(result.stdout)["entries"]
    assert len(entries) == len(run("list", kind).stdout.splitlines()) - 1 > 0


def test_an_unknown_kind_is_met_with_the_nearest():
    result = run("list", "swich")
    assert result.exit_code == 2
    assert "did you mean 'switch'?" in result.stderr
    assert result.stdout == ""


@pytest.mark.parametrize(
    "name", [*load_catalog().devices, *load_catalog().racks, "pi-4b", "flex-atx"]
)
def test_show_tells_all_there_is(name: str):
    """Every number of the record, and every source's title, stands in the text."""
    text = " ".join(run("show", name).stdout.split())
    (record, *_) = json.loads(run("show", name, "--json").stdout)["found"]
    sources = record.pop("sources")
    names = (
        {s for names in sources.values() for s in names} if isinstance(sources, dict) else sources
    )
    for source in names:
        assert source in text
        assert load_catalog().source(source).title in text
    for number in numbers(record):
        assert f"{number:g}" in text


def numbers(value: object) -> list[float]:
    """Return all numbers but zeros (square corners) and other sources' readings of a port."""
    if isinstance(value, dict):
        kept = (below for key, below in value.items() if not str(key).startswith("center_alt"))
        return [number for below in kept for number in numbers(below)]
    if isinstance(value, list):
        return [number for below in value for number in numbers(below)]
    return [value] if isinstance(value, float) and value else []


def test_show_finds_all_of_one_name():
    found = json.loads(run("show", "flex-atx", "--json").stdout)["found"]
    assert {entry["what"] for entry in found} == {"form factor", "psu"}


def test_an_unknown_name_is_met_with_the_nearest():
    result = run("show", "raspbery-pi-5")
    assert result.exit_code == 2
    assert "did you mean 'raspberry-pi-5'?" in result.stderr


def test_check_finds_nothing_wrong():
    result = run("check", "--json")
    assert result.exit_code == 0
    record = json.loads(result.stdout)
    assert record["problems"] == []
    assert record["entries"]["devices"] == len(load_catalog().devices)


def test_check_names_what_is_wrong_and_exits_with_2(tmp_path: Path):
    (tmp_path / "fans.toml").write_text('version = 1\n[[fan]]\nid = "x"\nsize_mm = -4\n')
    result = run("check", "--catalog", str(tmp_path), "--json")
    assert result.exit_code == 2
    problems = json.loads(result.stdout)["problems"]
    assert {"fan[0].size_mm", "fan[0].hole_pitch_mm"} <= {problem["key"] for problem in problems}
    assert "fans.toml:4: fan[0].size_mm: -4 is out of range" in result.stderr
