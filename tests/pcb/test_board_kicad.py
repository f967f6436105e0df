"""KiCad 9 fills every board and finds no fault with it; what is spoilt is found."""

import math
import os
import re
import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from catalog.problems import CheckFailed
from pcb.board.footprints import Footprint, footprints
from pcb.build import filled_files, project_files, write_project
from pcb.check import check_board, check_with
from pcb.kicad import KiCad
from pcb.prove import prove
from pcb.sexpr import Tree, Word, dump, every, first, parse, text_of
from pcb.spec import BoardSpec, read_spec

Make = Callable[..., BoardSpec]

# Each output, each rail and each way that copper takes: the strip of 5 V on the left and on the
# right, several bars, one bar of several inlets, a throat widened for a screw terminal. All counts
# with all of them: scripts/nightly_boards.py.
COVER = [
    {"outputs": 1, "connector": "barrel-5.5x2.1"},
    {"outputs": 4, "volts": 5, "connector": "wire", "cable_awg": 16},
    {"outputs": 7, "outputs_5v": 3, "connector": "screw", "amps": 2, "ps_on": "switch"},
    {"outputs": 7, "amps": 3, "extra_inputs": ["eps-8"]},
    {"outputs": 3, "input": "screw", "connector": "screw", "amps": 7, "copper_oz": 2},
    {"outputs": 24, "outputs_5v": 8, "extra_inputs": ["pcie-8", "p4"], "single_rail": True},
    {"outputs": 2, "input": "atx12vo", "ps_on": "switch", "test_points": False},
]


EIGHT = read_spec({"outputs": 8, "name": "b"})


def name(values: dict[str, object]) -> str:
    return "-".join(str(value) for value in values.values())


@pytest.mark.parametrize("values", COVER, ids=name)
def test_kicad_finds_no_fault(kicad: KiCad, values: dict[str, object], tmp_path: Path) -> None:
    made = read_spec({"name": "b", **values})
    write_project(made, tmp_path, files=filled_files(project_files(made), made, kicad))
    report = check_with(kicad, made, tmp_path)
    assert report.findings == ()
    assert set(report.counts().values()) == {0}
    assert report.copper is not None
    assert len(report.copper.necks) >= 2 * made.outputs + 2


@pytest.fixture(scope="module")
def sound(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a sound board of eight outputs named b; nobody changes it."""
    kicad: KiCad = request.getfixturevalue("kicad_home")
    folder = tmp_path_factory.mktemp("sound")
    write_project(EIGHT, folder, files=filled_files(project_files(EIGHT), EIGHT, kicad))
    return folder


@pytest.fixture
def finished(kicad_cli: Path, request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A copy of it, to be spoilt."""
    assert kicad_cli
    return shutil.copytree(request.getfixturevalue("sound"), tmp_path / "spoilt")


def test_saving_it_in_kicad_changes_nothing(kicad: KiCad, finished: Path) -> None:
    """But who wrote it, and the options of KiCad's plot dialogue, which KiCad adds."""
    ours, theirs = (
        (finished / "b.kicad_pcb").read_text(),
        kicad.saved_again(finished / "b.kicad_pcb"),
    )
    assert bag(parse(ours)) == bag(parse(theirs))
    assert list(finished.glob("*.kicad_prl")) == []


def bag(board: Tree) -> Counter[str]:
    for origin in ("generator", "generator_version"):
        board.remove(first(board, origin))
    setup = first(board, "setup")
    setup[:] = [item for item in setup if item[:1] != ["pcbplotparams"]]
    return Counter(canonical(item) for item in board if isinstance(item, list))


def canonical(tree: Tree) -> str:
    """Return a tree with its inner lists in order and its numbers in one form."""
    atoms = " ".join(plain(item) for item in tree if not isinstance(item, list))
    inner = sorted(canonical(item) for item in tree if isinstance(item, list))
    if str(tree[0]) == "pts":
        inner = [canonical(item) for item in tree if isinstance(item, list)]
    return f"({atoms} {' '.join(inner)})"


def plain(atom: object) -> str:
    try:
        return f"{float(str(atom)):g}"
    except ValueError:
        return repr(str(atom))


def test_filling_it_twice_gives_the_same_bytes(kicad: KiCad, finished: Path) -> None:
    again = filled_files(project_files(EIGHT), EIGHT, kicad)
    assert again["b.kicad_pcb"] == (finished / "b.kicad_pcb").read_bytes()


def test_nothing_of_ours_is_changed_by_filling(finished: Path) -> None:
    filled = parse((finished / "b.kicad_pcb").read_text())
    for zone in every(filled, "zone"):
        assert list(every(zone, "filled_polygon"))
        zone[:] = [item for item in zone if item[:1] != ["filled_polygon"]]
    assert dump(filled) == dump(parse(project_files(EIGHT)["b.kicad_pcb"].decode()))


# ---- each of these must be found, else the checks above say nothing


def part(board: Tree, ref: str) -> Tree:
    return next(
        one
        for one in every(board, "footprint")
        if any(field[1:3] == ["Reference", ref] for field in every(one, "property"))
    )


def spoil(board: Tree) -> None:
    """Make one fault of each kind, each at an output of its own."""
    nets = [first(next(every(part(board, ref), "pad")), "net") for ref in ("J1", "J2")]
    nets[0][1:], nets[1][1:] = nets[1][1:], nets[0][1:]  # two outputs swapped
    board.remove(part(board, "R3"))  # a part that is not there
    extra: Tree = parse(dump(part(board, "R4")).replace('"R4"', '"R99"'))
    extra[:] = [item for item in extra if item[:1] not in (["path"], ["uuid"])]
    board.append(extra)  # a part that no sheet has
    beside = float(first(part(board, "F6"), "at")[1]) - 5
    first(part(board, "F5"), "at")[1] = Word(f"{beside:g}")  # a part that was moved
    value = next(field for field in every(part(board, "F7"), "property") if field[1] == "Value")
    value[2] = "30A"  # a fuse of another size
    part(board, "R7")[1] = "Rackpress:LED_3mm"  # another footprint
    zone = next(zone for zone in every(board, "zone") if text_of(zone, "name") == "OUT8")
    zone[:] = [item for item in zone if item[:1] != ["filled_polygon"]]  # a pour with no copper


FOUND = [
    ("net_conflict", "J1"),
    ("net_conflict", "J2"),
    ("missing_footprint", "R3"),
    ("extra_footprint", "R99"),
    ("courtyards_overlap", "F5"),  # it was moved onto F6
    ("footprint_symbol_mismatch", "F7"),
    ("footprint_symbol_mismatch", "R7"),
    ("lib_footprint_mismatch", "R7"),
    ("unconnected_items", "OUT8"),
]


def test_every_fault_is_found(kicad: KiCad, finished: Path) -> None:
    assert check_with(kicad, EIGHT, finished).findings == ()
    path = finished / "b.kicad_pcb"
    board = parse(path.read_text())
    spoil(board)
    path.write_text(dump(board))
    found = check_board(kicad, path)
    every_one = (*found.violations, *found.unconnected, *found.parity)
    for kind, what in FOUND:
        told = [one.text for one in every_one if one.kind == kind]
        assert any(re.search(rf"\b{what}\b", text) for text in told), (kind, what, told)


def test_rules_that_kicad_does_not_read_are_found(kicad: KiCad, finished: Path) -> None:
    """It ignores a broken file without a word; only the canary that does not fire tells."""
    (finished / "b.kicad_dru").write_text("(version 1")
    with pytest.raises(CheckFailed, match="did not read the rules"):
        check_board(kicad, finished / "b.kicad_pcb")


def test_a_schematic_that_is_not_there_is_found(kicad: KiCad, finished: Path) -> None:
    (finished / "b.kicad_sch").unlink()
    with pytest.raises(CheckFailed, match="did not compare"):
        check_board(kicad, finished / "b.kicad_pcb")


def test_empty_pours_are_said(kicad: KiCad, tmp_path: Path, spec: Make) -> None:
    write_project(spec(), tmp_path)
    with pytest.raises(CheckFailed, match=r"pours of .* are empty"):
        check_board(kicad, tmp_path / "b.kicad_pcb")


@pytest.mark.usefixtures("kicad_cli")
def test_a_new_board_is_proved(spec: Make) -> None:
    proved = prove(spec(connector="jst-vh", outputs_5v=1, connector_5v="mini-fit"))
    assert proved.report is not None
    assert proved.report.passed
    assert "board 0 faults" in proved.told()
    assert b'"pours": "filled"' in proved.files["b.board.json"]


def test_a_board_can_be_looked_at(kicad: KiCad, finished: Path) -> None:
    picture = kicad.picture(finished / "b.kicad_pcb", finished / "top.png", wide=400)
    assert picture.read_bytes().startswith(b"\x89PNG")


# ---- our footprints against KiCad's


def test_holes_and_pads_are_those_of_kicad_s_library(kicad: KiCad) -> None:
    """Every footprint that has a like there: same numbers, holes, pads and places, once turned."""
    program = Path(shutil.which(kicad.program) or kicad.program).resolve()
    folder = Path(
        os.environ.get("KICAD9_FOOTPRINT_DIR", program.parents[1] / "share/kicad/footprints")
    )
    if not folder.is_dir():
        pytest.skip("KiCad's footprint libraries are not installed")
    alike = [one for one in footprints().values() if one.like]
    assert len(alike) >= 17
    for shape in alike:
        library, footprint = shape.like.split(":")
        tree = parse((folder / f"{library}.pretty" / f"{footprint}.kicad_mod").read_text())
        soldered = (pad for pad in every(tree, "pad") if first(pad, "layers")[1:] != ["F.Paste"])
        theirs = sorted(map(pad_of, soldered))
        turned = [quarters(shape, turns) for turns in range(4)]
        ours_are = {"Slide_Switch": 0.1, "TSSOP": 0.05}  # narrower, see there
        narrower = max((by for n, by in ours_are.items() if shape.name.startswith(n)), default=0.0)
        assert any(close(ours, theirs, narrower) for ours in turned), shape.name
        excluded = "exclude_from_bom" in first(tree, "attr")
        assert excluded == (not shape.in_bom), shape.name


PadFigures = tuple[str, float, float, float, float, float]


def pad_of(pad: Tree) -> PadFigures:
    at, size = first(pad, "at"), first(pad, "size")
    drill = [float(x) for x in first(pad, "drill")[1:] if re.match(r"[\d.]+$", str(x))]
    return (str(pad[1]), float(at[1]), float(at[2]), float(size[1]), float(size[2]), sum(drill))


def quarters(shape: Footprint, turns: int) -> list[PadFigures]:
    """Return our pads turned by quarters, from the first numbered pad of the lowest place on."""
    angle = turns * math.pi / 2
    cos, sin = round(math.cos(angle)), round(math.sin(angle))
    found: list[PadFigures] = []
    for pad in shape.pads:
        wide, high = pad.size if turns % 2 == 0 else pad.size[::-1]
        drill = pad.drill if isinstance(pad.drill, tuple) else (pad.drill or 0.0,)
        x, y = pad.x * cos - pad.y * sin, pad.x * sin + pad.y * cos
        found.append((pad.number, x, y, wide, high, sum(drill)))
    return found


def close(ours: list[PadFigures], theirs: list[PadFigures], narrower: float) -> bool:
    """Compare two sets of pads, each from its own middle on; all but their width to a hair."""
    return len(ours) == len(theirs) and all(
        one[0] == other[0]
        and one[3:5] == pytest.approx(other[3:5], abs=0.002 + narrower)
        and (*one[1:3], *one[5:]) == pytest.approx((*other[1:3], *other[5:]), abs=0.002)
        for one, other in zip(centred(ours), centred(theirs), strict=True)
    )


def centred(pads: list[PadFigures]) -> list[PadFigures]:
    x = sum(pad[1] for pad in pads) / len(pads)
    y = sum(pad[2] for pad in pads) / len(pads)
    return sorted((p[0], round(p[1] - x, 3), round(p[2] - y, 3), *p[3:]) for p in pads)
