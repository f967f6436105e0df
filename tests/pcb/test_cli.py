"""The commands: exit codes, data on stdout, talk on stderr, and the examples in their help."""

import json
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from cli.main import main
from cli.pcb import command
from pcb.netlist import read_netlist

SEVEN = ["new", "--outputs", "7", "--volts", "12", "--amps", "3", "--connector", "barrel-5.5x2.1"]


def run(*words: str) -> Result:
    return CliRunner().invoke(main, ["pcb", *words])


@pytest.fixture
def there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_contract_s_example_is_made_with_a_warning(there: Path) -> None:
    result = run(*SEVEN, "-o", "power")
    assert result.exit_code == 0
    written = [Path(line) for line in result.stdout.splitlines()]
    assert sorted(written) == sorted(Path("power").iterdir())
    assert {"power-7x12v.kicad_sch", "power-7x12v.kicad_pro", "power-7x12v.net"} <= {
        path.name for path in written
    }
    assert "warning: overload: 7 outputs x 3 A = 21 A" in result.stderr
    assert "not made yet" in result.stderr


def test_json_carries_the_warning_and_no_layout(there: Path) -> None:
    result = run(*SEVEN, "--name", "p", "-o", "power", "--json")
    told = json.loads(result.stdout)
    assert told["warnings"] == told["budget"]["warnings"] != []
    assert (told["budget"]["steady_a"], told["budget"]["limit_a"]) == (21.0, 12.0)
    assert told["layout"] is None
    assert all(Path(path).is_file() for path in told["files"])
    assert told["name"] == told["spec"]["name"] == "p"


def test_quiet_says_nothing_but_data(there: Path) -> None:
    result = CliRunner().invoke(main, ["-q", "pcb", *SEVEN, "-o", "power"])
    assert (result.exit_code, result.stderr) == (0, "")


def test_a_load_that_fits_gives_no_warning(there: Path) -> None:
    result = run("new", "--outputs", "7", "--amps", "0.6", "-o", "power")
    assert result.exit_code == 0
    assert "warning" not in result.stderr


def test_managed_says_it_cannot_and_exits_3(there: Path) -> None:
    result = run("new", "--outputs", "7", "--level", "managed", "-o", "power")
    assert result.exit_code == 3
    assert "cannot be made yet" in result.stderr
    assert not Path("power").exists()


@pytest.mark.parametrize(
    ("words", "option", "nearest"),
    [
        (["--outputs", "25"], "--outputs", "24"),
        (["--outputs", "seven"], "--outputs", "24"),
        (["--outputs", "2", "--amps", "8"], "--amps", "5.25"),
        (["--outputs", "2", "--volts", "24"], "--volts", "12"),
        (["--outputs", "2", "--connector", "scrw"], "--connector", "screw"),
        (["--outputs", "2", "--level", "x"], "--level", "simple"),
        (["--outputs", "2", "--name", "a/b"], "--name", "ab"),
        ([], "--outputs", "24"),
    ],
)
def test_a_wrong_option_is_named_with_what_works(
    there: Path, words: list[str], option: str, nearest: str
) -> None:
    result = run("new", *words, "-o", "power", "--json")
    assert result.exit_code == 2
    (problem,) = json.loads(result.stdout)["problems"]
    assert problem["where"] == option
    assert nearest in problem["nearest"]
    assert f"error: {option}" in result.stderr
    assert not Path("power").exists()


def test_the_netlist_is_printed_and_written(there: Path) -> None:
    run(*SEVEN, "-o", "power")
    made = Path("power/power-7x12v.net").read_text()
    Path("power/power-7x12v.net").unlink()
    result = run("netlist", "power")
    assert result.exit_code == 0
    assert result.stdout == made == Path("power/power-7x12v.net").read_text()
    told = json.loads(run("netlist", "power", "--json").stdout)
    assert told["nets"]["OUT7"] == ["F7.2", "J7.1", "R7.1"]
    assert told["parts"].keys() == read_netlist(made).components.keys()


@pytest.mark.parametrize("words", [["netlist", "nowhere"], ["check", "nowhere"]])
def test_no_board_is_wrong_input(there: Path, words: list[str]) -> None:
    result = run(*words)
    assert result.exit_code == 2
    assert "there is no board in this folder" in result.stderr


def test_check_without_kicad_exits_3(there: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(*SEVEN, "-o", "power")
    monkeypatch.setenv("RACKPRESS_KICAD_CLI", str(there / "no-such-program"))
    result = run("check", "power")
    assert result.exit_code == 3
    assert "no-such-program" in result.stderr


def test_an_old_kicad_exits_3(there: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(*SEVEN, "-o", "power")
    old = there / "kicad-cli"
    old.write_text("#!/bin/sh\necho 8.0.4\n")
    old.chmod(0o755)
    monkeypatch.setenv("RACKPRESS_KICAD_CLI", str(old))
    result = run("check", "power")
    assert result.exit_code == 3
    assert "version 8.0.4; this needs KiCad 9" in result.stderr


@pytest.mark.parametrize("name", ["new", "netlist"])
def test_the_example_in_the_help_works(there: Path, name: str) -> None:
    run(*SEVEN, "-o", "power")
    assert isinstance(command, click.Group)
    found = re.search(r"rackpress (.*)", command.commands[name].epilog or "")
    assert found is not None
    result = CliRunner().invoke(main, shlex.split(found[1]))
    assert result.exit_code == 0, result.stderr
