"""What a board brings for its host: the map, the page and the overlay say the same."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from cli.main import main
from pcb.host.files import host_files, named, names_in, pin_name
from pcb.host.rackpress_power import Board
from pcb.page.switching import switching_html
from pcb.spec import BoardSpec
from tests.pcb.host.rig import COUNTS, pins_of
from tests.pcb.host.simulated import Simulated
from tests.rack.page import Page


@pytest.mark.parametrize("outputs", COUNTS)
def test_the_page_names_every_node_its_pin_and_its_address(outputs: int) -> None:
    pins = pins_of(outputs, sensors=1)
    files = host_files(pins)
    assert sorted(files) == ["b.overlay.dts", "b.pins.json", "b.pins.md", "rackpress_power.py"]
    assert files == host_files(pins_of(outputs, sensors=1))
    text = files["b.pins.md"].decode()
    rows = [
        [cell.strip() for cell in line.split("|")[1:-1]]
        for line in text.splitlines()
        if "|" in line
    ]
    for one in pins.outputs:
        chip = pins.expanders[one.expander].ref
        place = pin_name(pins, one.expander, one.bit)
        assert [f"{one.output}", one.name, one.ref, one.fuse, chip, place, one.active] in rows
    for chip in pins.expanders:
        assert [f"0x{chip.address:02x}", chip.chip, chip.ref] in rows
    assert ("no pin for PS_ON" in text) == (pins.ps_on is None)


@pytest.mark.parametrize("outputs", COUNTS)
def test_the_review_says_the_same_of_each_pin(outputs: int) -> None:
    pins = named(pins_of(outputs, sensors=1), {1: "<nas>"})
    spec = BoardSpec(outputs=outputs, amps=0.5, level="managed")
    read = Page(switching_html(pins, spec))
    assert read.open == []
    assert "12 V, fuse 2 A" in read.text
    assert "6 A, 11 K warmer" in read.text, "470 uF filled at 12.3 V/ms draw 5.8 A"
    cells = [text.strip() for text in read.text]
    for one in pins.outputs:
        place = pin_name(pins, one.expander, one.bit)
        row = [f"{one.output}", one.name, one.ref, one.fuse, pins.expanders[one.expander].ref]
        assert [*row, place, one.active] in [cells[n : n + 7] for n in range(len(cells))]
    assert {f"0x{one.address:02x}" for one in (*pins.expanders, *pins.sensors)} <= set(cells)
    assert names_in(pins.as_json()) == {one.output: one.name for one in pins.outputs}
    assert names_in(b"[]") == names_in(b"{") == {}


@pytest.mark.parametrize("outputs", COUNTS)
def test_each_line_of_the_overlay_has_the_name_of_its_node(outputs: int) -> None:
    pins = pins_of(outputs)
    text = host_files(pins)["b.overlay.dts"].decode()
    found = re.findall(r"reg = <(0x[0-9a-f]+)>;.*?gpio-line-names = ([^;]+);", text, re.DOTALL)
    assert [int(address, 16) for address, _ in found] == [one.address for one in pins.expanders]
    lines = [re.findall(r'"([^"]*)"', names) for _, names in found]
    assert [len(one) for one in lines] == [one.bits for one in pins.expanders]
    for pin in pins.outputs:
        assert lines[pin.expander][pin.bit] == pin.name
    named = sum(bool(name) for one in lines for name in one)
    assert named == outputs + (pins.ps_on is not None)


def test_the_compiler_takes_the_overlay(dtc: Path, tmp_path: Path) -> None:
    source = tmp_path / "b.dts"
    source.write_bytes(host_files(pins_of(24, sensors=2))["b.overlay.dts"])
    words = [str(dtc), "-@", "-I", "dts", "-O", "dtb", "-o", str(tmp_path / "b.dtbo"), str(source)]
    done = subprocess.run(words, capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stderr) == (0, "")
    back = subprocess.run(
        [str(dtc), "-I", "dtb", "-O", "dts", str(tmp_path / "b.dtbo")],
        capture_output=True, encoding="utf-8", check=True,
    )  # fmt: skip
    assert back.stdout.count("ti,tca9535") == 2
    assert back.stdout.count("ti,ina3221") == 2


def test_the_driver_runs_from_a_folder_of_its_own(tmp_path: Path) -> None:
    """Without Rackpress, and with nothing but the files that a board brings."""
    for name, content in host_files(pins_of(4)).items():
        (tmp_path / name).write_bytes(content)
    words = [sys.executable, "-I", str(tmp_path / "rackpress_power.py")]
    told = subprocess.run([*words, "--help"], capture_output=True, encoding="utf-8", check=True)
    assert "Rackpress power board" in told.stdout
    done = subprocess.run([*words, "status"], capture_output=True, encoding="utf-8", check=False)
    assert done.returncode in (1, 3), "smbus2 or the bus is missing here"
    assert "smbus2" in done.stderr or "/dev/i2c-1" in done.stderr
    assert json.loads((tmp_path / "b.pins.json").read_bytes())["board"] == "b"


# ---- the command, and the names of nodes


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the record of a managed board of four outputs, and one of a simple board."""
    for level in ("managed", "simple"):
        spec = BoardSpec.model_validate({"outputs": 4, "level": level, "name": level[0]})
        record = {"format": 1, "spec": spec.model_dump(mode="json")}
        (tmp_path / f"{level[0]}.board.json").write_text(json.dumps(record))
    return tmp_path


def test_the_command_names_the_nodes(folder: Path) -> None:
    words = ["pcb", "host", str(folder), "--name", "m", "-o", str(folder / "out")]
    done = CliRunner().invoke(main, [*words, "--nodes", "nas,,db", "--json"])
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout)["nodes"] == {"1": "nas", "3": "db"}
    record = json.loads((folder / "out" / "m.pins.json").read_bytes())
    assert [one["name"] for one in record["outputs"]] == ["nas", "OUT2", "db", "OUT4"]
    assert '"nas"' in (folder / "out" / "m.overlay.dts").read_text(encoding="utf-8")
    bus = Simulated(pins_of(4))
    switched = Board(record, bus, sleep=bus.sleep)
    for name, output in (("db", 3), ("4", 4)):
        (pin,) = switched.find(name)
        switched.off(pin)
        assert bus.nodes()[output] is False


def test_what_is_wrong_with_names_is_said_at_once(folder: Path) -> None:
    words = ["pcb", "host", str(folder), "--name", "m", "-o", str(folder / "out")]
    done = CliRunner().invoke(main, [*words, "--nodes", "a,a,3,b,c"])
    assert done.exit_code == 2
    for said in ("5 names for 4 outputs", "'a' is named twice", "'3' is the number of an output"):
        assert said in done.stderr
    assert not (folder / "out").exists()
    simple = CliRunner().invoke(main, [*words[:3], "--name", "s", *words[5:]])
    assert simple.exit_code == 2
    assert "--level managed" in simple.stderr
