"""A rack whose power board a host switches: built whole, and switched from the files it brought."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from catalog.load import Catalog
from catalog.problems import InputError
from pcb.host.rackpress_power import main
from pcb.managed.pinmap import Expander, Pin, PinMap, PinOfOutput, Sensed, Sensor
from pcb.project import read_record
from rack.read import plan_file
from tests.pcb.host.simulated import Simulated
from tests.rack.built import ROOT

RACK = """
version = 1
name = "switched"
rack = "10in"
height = "2U"

[[item]]
name = "supply"
device = "atx"
mount = "psu"

[[outside]]
name = "nas"
typical_w = 12

[[outside]]
name = "web one"
typical_w = 8

[[outside]]
name = "db"
typical_w = 9

[[power_board]]
name = "power"
level = "managed"
sensing = true
address = 0x26
sensor_address = 0x42
outputs = 4
amps = 2
feeds = ["nas", "web one", "db"]
"""
NAMES = ["nas", "web-one", "db", "OUT4"]
SECOND = """
[[power_board]]
name = "second"
level = "managed"
outputs = 2
amps = 2
feeds = []
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The board's folder of the built rack."""
    made = tmp_path_factory.mktemp("switched")
    (made / "rack.toml").write_text(RACK, encoding="utf-8")
    words = [sys.executable, "-m", "cli.main", "build", str(made / "rack.toml"), "-o"]
    done = subprocess.run(
        [*words, str(made / "out")], cwd=ROOT, env=dict(os.environ), capture_output=True,
        encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return made / "out" / "board" / "power"


def pins_in(record: dict[str, Any]) -> PinMap:
    """Return the map that a file holds; nothing of it is made again from a spec."""
    sensors = (
        Sensor(one["ref"], one["address"], tuple(Sensed(**row) for row in one["channels"]))
        for one in record["sensors"]
    )
    return PinMap(
        record["board"],
        tuple(Expander(**one) for one in record["expanders"]),
        tuple(PinOfOutput(**one) for one in record["outputs"]),
        tuple(sensors),
        Pin(**record["ps_on"]),
    )


def test_all_its_files_are_there_and_its_record_tells_how_it_was_wished(folder: Path) -> None:
    kinds = ("kicad_pcb", "kicad_sch", "kicad_pro", "kicad_dru", "net", "board.json", "pins.json",
             "pins.md", "overlay.dts", "interface.json", "review.html")  # fmt: skip
    there = {path.name for path in folder.iterdir()}
    assert {f"power.{kind}" for kind in kinds} | {"rackpress_power.py"} <= there
    spec, _ = read_record(folder / "power.board.json")
    wanted = ("managed", True, 0x26, 0x42)
    assert (spec.level, spec.sensing, spec.address, spec.sensor_address) == wanted
    review = (folder / "power.review.html").read_text(encoding="utf-8")
    assert all(text in review for text in ("What is measured", "web-one", "0x26", "0x43"))


def test_its_pin_map_has_the_names_of_the_nodes(folder: Path) -> None:
    told = json.loads((folder / "power.pins.json").read_bytes())
    assert [one["name"] for one in told["outputs"]] == NAMES
    assert [one["address"] for one in told["expanders"]] == [0x26]
    assert [one["address"] for one in told["sensors"]] == [0x42, 0x43]
    overlay = (folder / "power.overlay.dts").read_text(encoding="utf-8")
    assert all(f'"{name}"' in overlay for name in NAMES)


def test_the_driver_switches_and_measures_by_that_very_map(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = folder / "power.pins.json"
    bus = Simulated(pins_in(json.loads(path.read_bytes())))
    bus.amps = {1: 1.0, 2: 0.64, 3: 0.8}
    words = ["--pins", str(path)]

    def run(*more: str) -> str:
        assert main([*words, *more], lambda _: bus) == 0
        return capsys.readouterr().out

    assert "FAULT" not in run("selftest")
    assert run("off", "web-one") == "off: web-one\n"
    assert bus.nodes() == {1: True, 2: False, 3: True, 4: True}
    rows = json.loads(run("--json", "measure"))
    assert [row["name"] for row in rows] == NAMES
    assert [row["watts"] for row in rows] == [12.0, 0.0, 9.6, 0.0]
    assert run("start", "--stagger", "0") == "started: web-one\n"
    assert all(bus.nodes().values())


CLASHES = [
    ("address = 0x25\nsensing = true\nsensor_address = 0x43", "sensor_address", "use 0x42"),
    ("address = 0x25\nsensing = true\n", "", ""),
    ('bus = "i2c-3"\naddress = 0x26\nsensing = true\nsensor_address = 0x42', "", ""),
    ("address = 0x26\n", "address", "0x24, 0x25, 0x27"),
    ("address = 0x25\nsensing = true\nsensor_address = 0x42", "sensor_address", "0x40"),
    ("address = 0x20", "power_board[1].address", "use 0x24"),
]


@pytest.mark.parametrize(("second", "key", "said"), CLASHES)
def test_boards_of_one_bus_share_no_address(
    tmp_path: Path, catalog: Catalog, second: str, key: str, said: str
) -> None:
    path = tmp_path / "rack.toml"
    path.write_text(RACK + SECOND.replace("feeds = []", second), encoding="utf-8")
    if not key:
        assert len(plan_file(path, catalog).boards) == 2
        return
    with pytest.raises(InputError) as caught:
        plan_file(path, catalog)
    (problem,) = caught.value.problems
    assert key in problem.key
    assert said in f"{problem.allowed} {problem.nearest}"


def test_a_board_that_cannot_be_measured_is_refused_in_the_file(
    tmp_path: Path, catalog: Catalog
) -> None:
    path = tmp_path / "rack.toml"
    path.write_text(RACK.replace("outputs = 4", "outputs = 13"), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        plan_file(path, catalog)
    (problem,) = caught.value.problems
    assert problem.key == "power_board[0].sensing"
    assert problem.allowed == "up to 12 outputs"
