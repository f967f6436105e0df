"""The commands: exit codes, data on stdout, talk on stderr, and the examples in their help."""

import json
import re
import shlex
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from cli.main import main
from cli.pcb import command
from pcb.sheet.netlist import read_netlist

SEVEN = ["new", "--outputs", "7", "--volts", "12", "--amps", "3", "--connector", "barrel-5.5x2.1",
         "--extra-inputs", "eps-8"]  # fmt: skip
ALONE = SEVEN[:-2]


def run(*words: str) -> Result:
    return CliRunner().invoke(main, ["pcb", *words])


@pytest.fixture
def there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in, where there is no KiCad: quick, and the same everywhere."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("RACKPRESS_KICAD_CLI", str(tmp_path / "no-such-program"))
    return tmp_path


def test_the_contract_s_example_is_made(there: Path) -> None:
    result = run(*SEVEN, "-o", "power")
    assert result.exit_code == 0
    written = [Path(line) for line in result.stdout.splitlines()]
    assert sorted(written) == sorted(Path("power").iterdir())
    assert {"power-7x12v.kicad_sch", "power-7x12v.kicad_pro", "power-7x12v.net"} <= {
        path.name for path in written
    }
    assert "warning" not in result.stderr


def test_a_board_that_cannot_feed_its_nodes_is_refused_and_nothing_is_written(there: Path) -> None:
    result = run(*ALONE, "-o", "power")
    assert result.exit_code == 1
    assert "refused: overload: 7 outputs x 3 A = 21 A" in result.stderr
    assert "--extra-inputs eps-8" in result.stderr
    assert not Path("power").exists()
    cured = re.search(r"works: .*?\((--.*?)\)", result.stderr)
    assert cured is not None
    assert run(*ALONE, *shlex.split(cured[1]), "-o", "power").exit_code == 0


def test_whoever_insists_gets_it_with_a_warning(there: Path) -> None:
    result = run(*ALONE, "--overload", "--name", "p", "-o", "power", "--json")
    assert result.exit_code == 0
    told = json.loads(result.stdout)
    assert told["warnings"][0] == told["budget"]["problems"][0]
    assert f"warning: {told['warnings'][0]}" in result.stderr
    assert (told["budget"]["worst"]["amps_a"], told["budget"]["fits"]) == (21.0, False)
    assert told["proved"] is None
    assert all(Path(path).is_file() for path in told["files"])
    assert told["name"] == told["spec"]["name"] == "p"


def test_quiet_says_nothing_but_data(there: Path) -> None:
    result = CliRunner().invoke(main, ["-q", "pcb", *SEVEN, "-o", "power"])
    assert (result.exit_code, result.stderr) == (0, "")


def test_a_load_that_fits_gives_no_warning(there: Path) -> None:
    result = run("new", "--outputs", "7", "--amps", "0.6", "-o", "power")
    assert result.exit_code == 0
    assert "warning" not in result.stderr


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
    made = Path("power/power-7x12v.net").read_text(encoding="utf-8")
    Path("power/power-7x12v.net").unlink()
    result = run("netlist", "power")
    assert result.exit_code == 0
    assert result.stdout == made == Path("power/power-7x12v.net").read_text(encoding="utf-8")
    told = json.loads(run("netlist", "power", "--json").stdout)
    assert told["nets"]["OUT7"] == ["F7.2", "J7.1", "R7.1"]
    assert told["parts"].keys() == read_netlist(made).components.keys()


@pytest.mark.parametrize("words", [[name, "nowhere"] for name in ("netlist", "check", "budget")])
def test_no_board_is_wrong_input(there: Path, words: list[str]) -> None:
    result = run(*words)
    assert result.exit_code == 2
    assert "there is no board in this folder" in result.stderr


@pytest.mark.usefixtures("there")
def test_check_without_kicad_exits_3() -> None:
    run(*SEVEN, "-o", "power")
    result = run("check", "power")
    assert result.exit_code == 3
    assert "no-such-program" in result.stderr


def test_an_old_kicad_exits_3(there: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(*SEVEN, "-o", "power")
    old = there / "kicad-cli"
    old.write_text("#!/bin/sh\necho 8.0.4\n", encoding="utf-8")
    old.chmod(0o755)
    monkeypatch.setenv("RACKPRESS_KICAD_CLI", str(old))
    result = run("check", "power")
    assert result.exit_code == 3
    assert "version 8.0.4; this needs KiCad 9" in result.stderr


BUDGET = ["budget", "--outputs", "7", "--amps", "3", "--typical-amps", "0.6"]


def test_the_budget_of_a_board_that_fits_says_so_in_words(there: Path) -> None:
    result = run(*BUDGET, "--extra-inputs", "eps-8")
    assert result.exit_code == 0
    text = result.stdout
    assert re.search(r"drawn +4\.2 A +21 A", text)
    assert re.search(r"\+12V +1-2 .* 12 A  J100 ATX 24-pin", text)
    assert re.search(r"\+12V_B +3-7 .* 24 A  J101 EPS 8-pin", text)
    assert (
        len(re.findall(r"^ +\d  \+12V\S* +5 A +1\d\.\d\d V +1\d\.\d\d V +10\.8 V$", text, re.M))
        == 7
    )
    assert "? not confirmed, read the maker's data sheet:" in text
    assert text.rstrip().splitlines()[-1].startswith("fits: ")
    assert all(line == line.rstrip() and len(line) < 200 for line in text.splitlines())


def test_the_budget_of_one_that_does_not_exits_1_with_the_cure_as_options(there: Path) -> None:
    result = run(*BUDGET)
    assert result.exit_code == 1
    assert "refused: overload: 7 outputs x 3 A = 21 A at +12V" in result.stdout
    told = json.loads(run(*BUDGET, "--json").stdout)
    first = told["cures"][0]
    assert first["options"] == "--extra-inputs eps-8"
    again = json.loads(run(*BUDGET, *shlex.split(first["options"]), "--json").stdout)
    assert again["fits"]
    assert again["worst"]["lowest_v"] == first["lowest_v"]
    contact = next(row for row in told["parts"] if row["name"] == "J100 contact 10")
    assert contact["worst_a"] == pytest.approx(10.5)
    assert contact["rating_a"] == 6
    assert contact["sources"]


def test_the_budget_of_a_board_on_disk_and_what_if(there: Path) -> None:
    run(*SEVEN, "-o", "power")
    kept = json.loads(Path("power/power-7x12v.board.json").read_text(encoding="utf-8"))["budget"]
    told = json.loads(run("budget", "power", "--json").stdout)
    assert told["worst"] == kept["worst"]
    assert kept["parts"] == []
    assert run("budget", "power", "--amps", "5").exit_code == 1
    wrong = run("budget", "power", "--cable-awg", "17")
    assert wrong.exit_code == 2
    assert "error: --cable-awg: 17 is no wire of the list" in wrong.stderr


@pytest.mark.parametrize("name", ["new", "netlist", "budget"])
def test_the_example_in_the_help_works(there: Path, name: str) -> None:
    run(*SEVEN, "-o", "power")
    assert isinstance(command, click.Group)
    found = re.search(r"rackpress (.*)", command.commands[name].epilog or "")
    assert found is not None
    result = CliRunner().invoke(main, shlex.split(found[1]))
    assert result.exit_code == 0, result.stderr
