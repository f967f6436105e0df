"""KiCad fills and proves managed boards; what is spoilt in sheet, netlist or board is found."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pcb.build import filled_files, project_files, write_project
from pcb.check import check_board, check_with
from pcb.kicad import KiCad
from pcb.sexpr import Tree, dump, every, first, parse, text_of
from pcb.spec import read_spec

Make = Callable[..., Any]
# One expander of each kind and two of them, each rail, another inlet. All counts:
# scripts/nightly_boards.py.
COVER: list[dict[str, Any]] = [
    {"outputs": 8, "outputs_5v": 3, "connector": "screw", "amps": 2, "ps_on": "switch"},
    {"outputs": 17, "volts": 5, "amps": 1.5, "connector": "wire"},
    {"outputs": 2, "sensing": True, "address": 0x26, "sensor_address": 0x42},
    {"outputs": 4, "sensing": True, "volts": 5, "connector": "screw", "amps": 4},
    {"outputs": 8, "sensing": True, "outputs_5v": 3, "amps": 2, "connector": "jst-vh"},
    {"outputs": 12, "sensing": True, "amps": 1, "extra_inputs": ["eps-8"]},
    {"outputs": 3, "sensing": True, "connector": "mini-fit"},
    {"outputs": 3, "sensing": True, "connector": "wire", "test_points": False},
]
# Two outputs on 12 V, listed from the model, then held against the pinouts of the parts.
CONTROLLER = """
3V3: C102.1 C103.1 JP2.1 R300.1 R301.1 R302.1 R401.1 R402.1 R403.1 R404.1 R405.1 TP101.1 U1.16 U10.2
3V3_BUS: J201.2 J202.2 JP2.2
5VSB: F100.2 J100.9 TP3.1
DRV1: Q101.3 R201.2
DRV2: Q102.3 R202.2
EN1: Q101.1 R301.2 U1.4
EN2: Q102.1 R302.2 U1.9
FUS1: F1.2 Q1.1 Q1.2 Q1.3 Q201.3 R1.1 R101.1
FUS2: F2.2 Q2.1 Q2.2 Q2.3 Q202.3 R102.1 R2.1
GATE1: C1.1 D201.1 D201.2 Q1.4 Q201.2
BASE1: D201.3 Q201.1 R101.2 R201.1
GATE2: C2.1 D202.1 D202.2 Q2.4 Q202.2
BASE2: D202.3 Q202.1 R102.2 R202.1
INT: J201.5 R403.2 U1.13
OUT1: C1.2 J1.1 Q1.5 Q1.6 Q1.7 Q1.8
OUT2: C2.2 J2.1 Q2.5 Q2.6 Q2.7 Q2.8
PS_EN: Q100.1 R300.2 U1.12
PS_ON: J100.16 JP1.1 Q100.3
RESET: J201.6 R404.2 U1.3
SCL: J201.4 J202.4 R402.2 TP104.1 U1.14
SDA: J201.3 J202.3 R401.2 TP103.1 U1.15
VAUX: C101.1 F100.1 U10.3
"""


@pytest.mark.parametrize("values", COVER, ids=lambda values: "-".join(map(str, values.values())))
def test_kicad_finds_no_fault(kicad: KiCad, values: dict[str, Any], tmp_path: Path) -> None:
    made = read_spec({"name": "b", "level": "managed", **values})
    write_project(made, tmp_path, files=filled_files(project_files(made), made, kicad))
    report = check_with(kicad, made, tmp_path)
    assert report.findings == ()
    assert report.copper is not None
    assert {f"above Q{made.outputs}", f"below Q{made.outputs}"} <= {
        row.place for row in report.copper.necks
    }


@pytest.fixture(scope="module")
def two(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a sound board of two outputs; every test puts back what it spoils."""
    kicad: KiCad = request.getfixturevalue("kicad_home")
    folder, spec = tmp_path_factory.mktemp("managed"), read_spec(TWO)
    write_project(spec, folder, files=filled_files(project_files(spec), spec, kicad))
    return folder


TWO = {"outputs": 2, "name": "b", "level": "managed"}


def test_the_netlist_of_two_outputs_is_that_of_the_data_sheets(kicad: KiCad, two: Path) -> None:
    tree = parse(kicad.netlist(two / "b.kicad_sch"))
    theirs = {
        text_of(net, "name"): sorted(
            f"{text_of(n, 'ref')}.{text_of(n, 'pin')}" for n in every(net, "node")
        )
        for net in every(first(tree, "nets"), "net")
    }
    for line in CONTROLLER.strip().splitlines():
        net, _, pins = line.partition(": ")
        assert theirs[net] == sorted(pins.split()), net


SHEET = [  # what is written instead of what, once, and what then is said
    ("EN2", "EN1", "output 2"),
    ("DRV1", "DRV2", "output 1"),
]


@pytest.mark.parametrize(("label", "instead", "said"), SHEET)
def test_a_net_of_the_sheet_that_is_another_s_is_found(
    kicad: KiCad, two: Path, label: str, instead: str, said: str
) -> None:
    path, spec = two / "b.kicad_sch", read_spec(TWO)
    whole = path.read_text(encoding="utf-8")
    place = re.search(rf'\(global_label "{label}"', whole)
    assert place
    path.write_text(
        whole[: place.start()] + f'(global_label "{instead}"' + whole[place.end() :],
        encoding="utf-8",
    )
    try:
        report = check_with(kicad, spec, two)
    finally:
        path.write_text(whole, encoding="utf-8")
    assert any(said in text for text in report.differences), report.differences
    assert report.board.parity


@pytest.fixture(scope="module")
def measured(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a sound board of four outputs that measures them."""
    kicad: KiCad = request.getfixturevalue("kicad_home")
    folder, spec = tmp_path_factory.mktemp("measured"), read_spec(FOUR)
    write_project(spec, folder, files=filled_files(project_files(spec), spec, kicad))
    return folder


FOUR = {"outputs": 4, "name": "b", "level": "managed", "sensing": True}
# What an INA3221 reads, by SBOS576's contacts: output 1 by channel 3, output 2 by channel 1.
SENSORS = """
SNS1: C1.2 Q1.5 Q1.6 Q1.7 Q1.8 R501.1 R601.1
OUT1: J1.1 R501.2 R701.2
SP1: R601.2 U21.2
SN1: R701.1 U21.1
SP2: R602.2 U21.12
SN2: R702.1 U21.11
SDA: J201.3 J202.3 R401.2 TP103.1 U1.15 U21.7 U22.7
SCL: J201.4 J202.4 R402.2 TP104.1 U1.14 U21.6 U22.6
"""


def test_the_netlist_of_sensors_is_that_of_the_data_sheet(kicad: KiCad, measured: Path) -> None:
    tree = parse(kicad.netlist(measured / "b.kicad_sch"))
    theirs = {
        text_of(net, "name"): {
            f"{text_of(n, 'ref')}.{text_of(n, 'pin')}" for n in every(net, "node")
        }
        for net in every(first(tree, "nets"), "net")
    }
    for line in SENSORS.strip().splitlines():
        net, _, pins = line.partition(": ")
        assert theirs[net] == set(pins.split()), net
    # A0: U21 at GND is 0x40, U22 at the supply is 0x41. Channel 2 reads nothing here.
    assert {f"U2{n}.{pin}" for n in (1, 2) for pin in (3, 14, 15, 16, 17)} | {"U21.5"} <= theirs[
        "GND"
    ]
    assert {"U21.4", "U22.4", "U22.5"} <= theirs["3V3"]


SENSED_SHEET = [
    ("SP1", "SN1", "sensing 1"),
    ("SN2", "SN1", "sensing"),
    ("SNS3", "OUT3", "sensing 3: 1 shunts"),
]


@pytest.mark.parametrize(("label", "instead", "said"), SENSED_SHEET)
def test_a_line_of_the_sheet_that_is_another_s_is_found(
    kicad: KiCad, measured: Path, label: str, instead: str, said: str
) -> None:
    path, spec = measured / "b.kicad_sch", read_spec(FOUR)
    whole = path.read_text(encoding="utf-8")
    place = re.search(rf'\(global_label "{label}"', whole)
    assert place
    path.write_text(
        whole[: place.start()] + f'(global_label "{instead}"' + whole[place.end() :],
        encoding="utf-8",
    )
    try:
        report = check_with(kicad, spec, measured)
    finally:
        path.write_text(whole, encoding="utf-8")
    assert any(said in text for text in report.differences), report.differences
    assert report.board.parity


def spoil_sensing(board: Tree) -> None:
    """Make one fault of each kind in what measures."""
    numbers = {str(net[2]): net[1] for net in every(board, "net")}
    vias, zones = list(every(board, "via")), list(every(board, "zone"))
    board.remove(next(one for one in vias if first(one, "net")[1] == numbers["SP1"]))
    for net in ("SN2", "SCL"):
        lines = every(board, "segment")
        board.remove(next(one for one in lines if first(one, "net")[1] == numbers[net]))
    board.remove(next(one for one in zones if text_of(one, "name") == "OUT4 tap"))
    for part in every(board, "footprint"):
        ref = next(str(f[2]) for f in every(part, "property") if f[1] == "Reference")
        if ref == "U22":  # its strap at GND
            pad = next(pad for pad in every(part, "pad") if pad[1] == "5")
            first(pad, "net")[1:] = [numbers["GND"], "GND"]
        if ref == "R503":
            next(f for f in every(part, "property") if f[1] == "Value")[2] = "3m"
        if ref == "R603":
            board.remove(part)


SENSED_FOUND = [
    ("unconnected_items", "SP1"),
    ("unconnected_items", "SN2"),
    ("unconnected_items", "SCL"),
    ("unconnected_items", "OUT4"),
    ("net_conflict", "U22"),
    ("missing_footprint", "R603"),
    ("footprint_symbol_mismatch", "R503"),
]


def spoil(board: Tree) -> None:
    """Make one fault of each kind."""
    lines = list(every(board, "segment"))
    numbers = {str(net[2]): net[1] for net in every(board, "net")}
    board.remove(next(one for one in lines if first(one, "net")[1] == numbers["EN2"]))
    board.remove(next(one for one in every(board, "via") if first(one, "net")[1] == numbers["SDA"]))
    for part in every(board, "footprint"):
        ref = next(str(f[2]) for f in every(part, "property") if f[1] == "Reference")
        if ref == "U1":  # a strap at 3.3 V
            pad = next(pad for pad in every(part, "pad") if pad[1] == "1")
            first(pad, "net")[1:] = [numbers["3V3"], "3V3"]
        if ref == "R301":  # the pull that keeps output 1 on
            board.remove(part)
        if ref == "R101":  # another resistance
            next(f for f in every(part, "property") if f[1] == "Value")[2] = "1k"


FOUND = [
    ("unconnected_items", "EN2"),
    ("unconnected_items", "SDA"),
    ("net_conflict", "U1"),
    ("missing_footprint", "R301"),
    ("footprint_symbol_mismatch", "R101"),
]


@pytest.mark.parametrize(
    ("sound", "spoils", "wanted"),
    [("two", spoil, FOUND), ("measured", spoil_sensing, SENSED_FOUND)],
    ids=["switched", "measured"],
)
def test_every_fault_of_a_board_is_found(
    kicad: KiCad,
    request: pytest.FixtureRequest,
    sound: str,
    spoils: Callable[[Tree], None],
    wanted: list[tuple[str, str]],
) -> None:
    path: Path = request.getfixturevalue(sound) / "b.kicad_pcb"
    whole = path.read_text(encoding="utf-8")
    board = parse(whole)
    spoils(board)
    path.write_text(dump(board), encoding="utf-8")
    try:
        found = check_board(kicad, path)
    finally:
        path.write_text(whole, encoding="utf-8")
    every_one = (*found.violations, *found.unconnected, *found.parity)
    for kind, what in wanted:
        told = [one.text for one in every_one if one.kind == kind]
        assert any(re.search(rf"\b{what}\b", text) for text in told), (kind, what, told)
