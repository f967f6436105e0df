"""KiCad 9 itself says that the schematic is sound and that its netlist is ours."""

import json
import re
from collections.abc import Callable, Iterator
from itertools import combinations
from pathlib import Path

import pytest

from catalog.problems import CheckFailed
from cli.common import Exit
from pcb.build import filled_files, project_files, write_project
from pcb.check import check
from pcb.kicad import KiCad
from pcb.sexpr import Tree, every, first, parse
from pcb.sheet.netlist import differences, read_netlist
from pcb.spec import BoardSpec, read_spec

Make = Callable[..., BoardSpec]

# Counts at every change of paper, rows or columns, with each rail and connector at least twice.
COVER = [
    {"outputs": 1, "volts": 5, "connector": "wire"},
    {"outputs": 2, "volts": 12, "connector": "screw", "name": "Rev.B_2-x", "revision": "B.1"},
    {"outputs": 4, "volts": 12, "connector": "wire", "test_points": False, "amps": 0.1},
    {"outputs": 7, "volts": 12, "connector": "barrel-5.5x2.1", "amps": 3},
    {"outputs": 7, "volts": 5, "connector": "barrel-5.5x2.1", "test_points": False},
    {"outputs": 12, "volts": 5, "connector": "screw", "amps": 7},
    {"outputs": 13, "volts": 12, "connector": "wire", "name": ""},
    {"outputs": 24, "volts": 12, "connector": "barrel-5.5x2.1", "amps": 5.25},
    {"outputs": 24, "volts": 5, "connector": "screw"},
    {"outputs": 7, "volts": 12, "extra_inputs": ["eps-8"], "connector": "barrel-5.5x2.1"},
    {"outputs": 24, "extra_inputs": ["p4", "pcie-6", "pcie-8"], "connector": "screw", "volts": 12},
    {"outputs": 24, "outputs_5v": 10, "connector": "barrel-5.5x2.1", "volts": 12,
     "extra_inputs": ["eps-8", "eps-8", "eps-8"], "single_rail": True},
    {"outputs": 6, "outputs_5v": 5, "input": "atx-20", "volts": 12, "connector": "wire"},
    {"outputs": 3, "input": "eps-8", "volts": 12, "connector": "screw"},
    {"outputs": 4, "input": "atx12vo", "extra_inputs": ["p4"], "volts": 12, "connector": "wire"},
    {"outputs": 2, "input": "screw", "volts": 5, "connector": "screw", "test_points": False},
    {"outputs": 9, "input": "pcie-8", "volts": 12, "connector": "wire"},
]  # fmt: skip


def name(values: dict[str, object]) -> str:
    kind = f"{values['outputs']}x{values['volts']}V-{values['connector']}"
    return f"{kind}-{values['input']}" if "input" in values else kind


@pytest.fixture(scope="module", params=COVER, ids=name)
def sheet(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The schematic of a board on disk; nobody changes it."""
    made = read_spec({"name": "b", **request.param})
    folder = tmp_path_factory.mktemp("board")
    write_project(made, folder)
    return folder / f"{made.title}.kicad_sch"


@pytest.fixture
def folder(tmp_path: Path, spec: Make) -> Path:
    """The folder of a board of two outputs named b, to be spoilt."""
    write_project(spec(), tmp_path)
    return tmp_path


@pytest.fixture
def finished(tmp_path: Path, spec: Make, kicad: KiCad) -> Path:
    """The same, its pours filled."""
    write_project(spec(), tmp_path, files=filled_files(project_files(spec()), spec(), kicad))
    return tmp_path


def test_no_error_and_no_warning(kicad: KiCad, sheet: Path) -> None:
    assert kicad.erc(sheet) == []


def test_its_netlist_is_ours(kicad: KiCad, sheet: Path) -> None:
    """First the circuit, then every word of the file but when, where and by whom it was made."""
    theirs = kicad.netlist(sheet)
    ours = (sheet.parent / f"{sheet.stem}.net").read_text()
    assert differences(read_netlist(ours), read_netlist(theirs)) == []
    if kicad.version.startswith("9."):  # a later format may hold more than ours
        assert without_origin(parse(ours)) == without_origin(parse(theirs))


def without_origin(tree: Tree) -> Tree:
    design, libraries = first(tree, "design"), first(tree, "libraries")
    for key in ("source", "date", "tool"):
        design.remove(first(design, key))
    for library in every(libraries, "library"):
        library.remove(first(library, "uri"))
    return tree


def test_nothing_is_written_beside_the_project(kicad: KiCad, folder: Path) -> None:
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    kicad.erc(folder / "b.kicad_sch")
    kicad.netlist(folder / "b.kicad_sch")
    after = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    assert after == before


# ---- each of these must be found, else the checks above say nothing


def edit(path: Path, pattern: str, replacement: str) -> None:
    text = path.read_text()
    changed, times = re.subn(pattern, replacement, text, count=1)
    assert times == 1
    path.write_text(changed)


def without_a_wire(folder: Path) -> None:
    edit(folder / "b.kicad_sch", r"\t\(wire\n(?:\t\t.*\n)+\t\)\n", "")


def without_a_cross(folder: Path) -> None:
    edit(folder / "b.kicad_sch", r"\t\(no_connect\n(?:\t\t.*\n)+\t\)\n", "")


def without_the_library(folder: Path) -> None:
    (folder / "sym-lib-table").unlink()


def with_an_unknown_footprint(folder: Path) -> None:
    edit(folder / "b.kicad_sch", r'"Rackpress:Fuse_Mini_Blade_Keystone_3568"', '"Rackpress:None"')


def with_a_changed_symbol(folder: Path) -> None:
    edit(folder / "rackpress.kicad_sym", r'\(number "MP"', '(number "3"')


@pytest.mark.parametrize(
    "spoil",
    [
        without_a_wire,
        without_a_cross,
        without_the_library,
        with_an_unknown_footprint,
        with_a_changed_symbol,
    ],
)
def test_a_spoilt_project_is_found(
    kicad: KiCad, folder: Path, spoil: Callable[[Path], None]
) -> None:
    spoil(folder)
    assert kicad.erc(folder / "b.kicad_sch")


def test_a_schematic_that_is_another_circuit_is_found(finished: Path, spec: Make) -> None:
    """It stays free of errors: only the comparison with netlist and board can tell."""
    assert check(spec(), finished).passed
    path = finished / "b.kicad_sch"
    text = path.read_text().replace('"OUT1"', '"X"').replace('"OUT2"', '"OUT1"')
    path.write_text(text.replace('"X"', '"OUT2"'))
    report = check(spec(), finished)
    assert report.violations == ()
    assert any("net OUT1" in told for told in report.differences)
    assert {one.kind for one in report.board.parity} == {"net_conflict"}
    assert not report.passed


def test_an_unreadable_schematic_is_a_failed_check(kicad: KiCad, folder: Path) -> None:
    (folder / "b.kicad_sch").write_text("(kicad_sch")
    for ask in (kicad.erc, kicad.netlist):
        with pytest.raises(CheckFailed, match="failed with code 3"):
            ask(folder / "b.kicad_sch")


def test_the_command_checks(finished: Path) -> None:
    from click.testing import CliRunner  # noqa: PLC0415 - only here

    from cli.main import main  # noqa: PLC0415 - as above

    fine = CliRunner().invoke(main, ["pcb", "check", str(finished), "--json"])
    assert fine.exit_code == Exit.FINE
    assert json.loads(fine.stdout)["passed"] is True
    without_a_cross(finished)
    spoilt = CliRunner().invoke(main, ["pcb", "check", str(finished), "--json"])
    assert spoilt.exit_code == Exit.CHECK_FAILED
    assert json.loads(spoilt.stdout)["violations"][0]["kind"] == "pin_not_connected"
    assert "pin_not_connected" in spoilt.stderr


# ---- what is drawn


def texts(svg: str) -> set[tuple[str, tuple[float, float, float, float]]]:
    """Return every text of a drawing with the box that its strokes fill, mm.

    A set, because KiCad draws some texts twice in the same place.
    """
    return set(every_text(svg))


def every_text(svg: str) -> Iterator[tuple[str, tuple[float, float, float, float]]]:
    for found in re.finditer(r'<g class="stroked-text"><desc>(.*?)</desc>(.*?)</g>', svg, re.S):
        points = [
            (float(x), float(y)) for x, y in re.findall(r"[ML](-?[\d.]+) (-?[\d.]+)", found[2])
        ]
        if points:
            xs, ys = zip(*points, strict=True)
            yield found[1], (min(xs), min(ys), max(xs), max(ys))


def apart(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]


def test_every_text_stands_free(kicad: KiCad, sheet: Path, tmp_path: Path) -> None:
    """No text covers another, and no wire runs through one."""
    found = texts(kicad.drawing(sheet, tmp_path / "drawn").read_text())
    assert len(found) > 60
    clashes = [
        (text, other)
        for (text, box), (other, second) in combinations(found, 2)
        if not apart(box, second)
    ]
    assert clashes == []
    wires: list[tuple[float, ...]] = []
    for wire in every(parse(sheet.read_text()), "wire"):
        ends = [(float(xy[1]), float(xy[2])) for xy in every(first(wire, "pts"), "xy")]
        xs, ys = zip(*ends, strict=True)
        wires.append((min(xs), min(ys), max(xs), max(ys)))
    assert len(wires) > 20
    assert [text for text, box in found for wire in wires if not apart(box, wire)] == []
