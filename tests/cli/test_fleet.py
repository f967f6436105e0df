"""`rackpress fleet`: its sums against counting by hand, and its mistakes."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cli.main import main

FARM = """version = 1
name = "farm"
[[node]]
name = "pi"
count = 60000
power_w = 8
pitch = "24mm"
height = "2U"
[[module]]
name = "switch"
height = "1U"
ports = 48
power_w = 40
[[cabinet]]
name = "tall"
height = "42U"
power_w = 5000
"""


def run(folder: Path, text: str, *words: str) -> Result:
    path = folder / "farm.toml"
    path.write_text(text, encoding="utf-8")
    return CliRunner().invoke(main, ["fleet", str(path), *words], catch_exceptions=False)


def test_one_kind_is_counted_by_hand(tmp_path: Path) -> None:
    """18 in a row of 2U. 17 rows are 306 nodes with 7 switches, 41U; 18 with 7 would be 43U."""
    result = run(tmp_path, FARM, "--json")
    assert result.exit_code == 0
    told = json.loads(result.stdout)
    assert told["bound"] <= -(-60000 // 306) <= told["cost"]
    assert told["gap"] < 0.01
    assert told["fillings"][0]["modules"] == {"pi": 17, "switch": 7}
    assert "60000 nodes in" in run(tmp_path, FARM).stdout


def test_what_goes_into_no_cabinet_is_named(tmp_path: Path) -> None:
    result = run(tmp_path, FARM.replace("power_w = 5000", "power_w = 40"))
    assert result.exit_code == 1
    assert "go into no cabinet" in result.stderr
    assert "pi" in result.stderr


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('pitch = "24mm"\n', "", "pitch is missing"),
        ('pitch = "24mm"\nheight = "2U"\n', "", "no row and no module holds it"),
        ('pitch = "24mm"', 'pitch = "460mm"', "does not go into a row of 450 mm"),
        ('name = "switch"', 'name = "pi"', "'pi' is taken already"),
        ("ports = 48", "holds = { pii = 3 }", "did you mean 'pi'?"),
        ("count = 60000", "count = -1", "node[0]"),
        ('name = "tall"\n', "", "cabinet[0]"),
    ],
)
def test_mistakes_are_told(tmp_path: Path, old: str, new: str, said: str) -> None:
    result = run(tmp_path, FARM.replace(old, new))
    assert result.exit_code == 2
    assert said in result.stderr
