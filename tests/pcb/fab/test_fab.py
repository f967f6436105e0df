"""The fab pack: what is in it, that it is the board, and that no clock is in it."""

import csv
import io
import json
import re
import zipfile
from collections import Counter, defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import Polygon

from catalog.problems import CheckFailed, InputError
from cli.main import main
from pcb.alternates import alternates, code, loose, recalled
from pcb.board.board import ROUND, VIA_DRILL
from pcb.board.place import lay_out
from pcb.build import filled_files, project_files, write_project
from pcb.fab.bom import bom, rows
from pcb.fab.pack import pack, write_pack
from pcb.fab.reread import differences, holes
from pcb.fab.shops import Shop, drills, shop, shortfalls
from pcb.fab.undated import undated
from pcb.kicad import KiCad
from pcb.model import E12, circuit, ohms_text
from pcb.parts import INPUT_KINDS, OUTPUT_KINDS, tables
from pcb.sexpr import Tree, every, first, parse, text_of
from pcb.spec import BoardSpec, read_spec

Make = Callable[..., BoardSpec]
BOARD = read_spec({"outputs": 2, "outputs_5v": 1, "name": "b"})  # round holes and slots
SHOPS = ("jlcpcb", "pcbway")


@pytest.mark.parametrize("name", SHOPS)
@pytest.mark.parametrize("oz", [1, 2])
@pytest.mark.parametrize("connector", ["barrel-5.5x2.1", "screw", "wire", "jst-vh", "mini-fit"])
def test_every_board_is_one_that_both_shops_make(
    spec: Make, name: str, oz: int, connector: str
) -> None:
    for outputs in (1, 24):
        made = spec(outputs=outputs, connector=connector, copper_oz=oz)
        assert shortfalls(shop(name), lay_out(circuit(made)), oz) == []


def test_what_a_shop_does_not_make_is_said(spec: Make) -> None:
    layout = lay_out(circuit(spec()))
    limits = shop("jlcpcb").copper[1].model_copy(update={"ring_mm": 0.5, "hole_gap_mm": 9.0})
    strict = shop("jlcpcb").model_copy(update={"copper": {1: limits}, "largest_mm": (40.0, 40.0)})
    said = " ".join(shortfalls(strict, layout, 1))
    for what in ("rings of 0.5 mm", "gaps between holes of 9 mm", "the board is larger"):
        assert what in said
    with pytest.raises(InputError, match="did you mean 'pcbway'"):
        shop("pcbwy")


def test_every_bought_part_is_in_the_list_once() -> None:
    made = circuit(BOARD)
    rows = list(csv.DictReader(io.StringIO(bom(made).decode())))
    listed = [ref for row in rows for ref in row["References"].split()]
    assert sorted(listed) == sorted(part.ref for part in made.parts if part.type.in_bom)
    soldered = [row for row in rows if row["References"]]
    assert all(int(row["Quantity"]) == len(row["References"].split()) for row in soldered)
    fuse = next(row for row in rows if "F1" in row["References"].split())
    assert (fuse["Maker"], fuse["MPN"]) == ("Keystone", "3568")
    assert all(row["MPN"] or row["Alternates"] for row in rows)
    loose = {row["MPN"]: int(row["Quantity"]) for row in rows if not row["References"]}
    assert sum(loose.values()) == sum(
        part.type_id in {"fuse", "ps-on-jumper"} for part in made.parts
    )


@pytest.mark.parametrize("kind", INPUT_KINDS)
def test_every_bought_part_says_what_fits_instead(spec: Make, kind: str) -> None:
    """A maker's number, or that there is none; what nobody has confirmed is marked."""
    for connector in OUTPUT_KINDS:
        made = circuit(spec(input=kind, connector=connector, ps_on="jumper", amps=1))
        for row in rows(made):
            assert row.alternates, row
            assert row.mpn or "{" not in "".join(row.alternates)


def test_the_table_of_alternates_is_of_parts_that_there_are() -> None:
    table = alternates()
    known = {part.id for part in tables().part}
    assert {row.part for row in (*table.alternate, *table.single, *table.loose)} <= known
    both = {row.part for row in table.alternate} & {row.part for row in table.single}
    assert both == set()
    assert [row.mpn for row in table.alternate if recalled(row.sources)], "some are from memory"
    fuse = loose("fuse")
    assert fuse is not None
    for size in tables().fuses.sizes_a:
        assert fuse.number(f"{size:g}A").endswith("WXNV")


@given(st.sampled_from(E12), st.integers(0, 4))
def test_a_resistor_s_code_says_its_ohms(step: float, decade: int) -> None:
    """R or K stands where the point is, and for the thousand (IEC 60062)."""
    ohms = step * 10**decade * 10
    letters = code(ohms_text(ohms))
    scale = 1000 if "K" in letters else 1
    assert float(letters.replace("K", ".").replace("R", ".")) * scale == pytest.approx(ohms)


DATED = [
    (
        "a.gtl",
        "%TF.CreationDate,2026-11-27T08:08:48+00:00*%\nG04 Created date 2026-11-27 08:08:48*\n",
    ),
    ("a.drl", "; DRILL file date 2026-11-27T08:08:52+0000\nM48\n"),
    ("b.drl", "; #@! TF.CreationDate,2026-11-27T08:08:52+00:00\nM48\n"),
    ("a.gbrjob", '{ "CreationDate": "2026-11-27T08:08:48+00:00" }'),
    ("a.step", "FILE_NAME('b.step','2026-11-27T08:08:48',('x'),(''));"),
    ("a.pdf", "<< /CreationDate (D:20261127080858) >>"),
]


@pytest.mark.parametrize(("name", "text"), DATED, ids=[one[0] for one in DATED])
def test_no_time_is_left_and_a_pdf_keeps_its_length(name: str, text: str) -> None:
    dated = text.encode()
    done = undated(name, dated)
    assert b"2026" not in done
    assert undated(name, dated.replace(b"08", b"09")) == done
    assert undated(name, done) == done
    if name.endswith(".pdf"):
        assert len(done) == len(dated)


# ---- with KiCad


@pytest.fixture(scope="module")
def project(kicad_home: KiCad) -> dict[str, bytes]:
    return filled_files(project_files(BOARD), BOARD, kicad_home)


@pytest.fixture(scope="module")
def packed(kicad_home: KiCad, project: dict[str, bytes]) -> dict[str, bytes]:
    return pack(kicad_home, BOARD, project, shop("jlcpcb"))


@pytest.mark.usefixtures("kicad_cli")
def test_everything_is_in_it_and_no_time(packed: dict[str, bytes]) -> None:
    kinds = Counter(Path(name).suffix for name in packed)
    assert kinds == {
        ".gtl": 1, ".gbl": 1, ".gts": 1, ".gbs": 1, ".gto": 1, ".gbo": 1, ".gm1": 1,
        ".gbrjob": 1, ".drl": 2, ".d356": 1, ".pdf": 2, ".png": 2, ".step": 1, ".zip": 1,
        ".csv": 1, ".txt": 1, ".json": 1, ".html": 1,
    }  # fmt: skip
    clock = re.compile(rb"20[23]\d-?[01]\d-?[0-3]\d[T ]?\d\d:?\d\d")
    for name, data in packed.items():
        if not name.endswith((".png", ".zip")):
            assert not clock.search(data), name
    with zipfile.ZipFile(io.BytesIO(packed["b-jlcpcb.zip"])) as archive:
        inside = {f"gerber/{name}": archive.read(name) for name in archive.namelist()}
    assert inside == {name: data for name, data in packed.items() if name.startswith("gerber/")}
    assert b"Layers: 2" in packed["README.txt"]
    assert b"FILE_NAME" in packed["b.step"]


def test_the_same_board_gives_the_same_bytes(
    kicad: KiCad, project: dict[str, bytes], packed: dict[str, bytes]
) -> None:
    again = pack(kicad, BOARD, project, shop("jlcpcb"))
    assert [name for name in again if again[name] != packed[name]] == []
    assert set(again) == set(packed)


@pytest.mark.usefixtures("kicad_cli")
@pytest.mark.filterwarnings("ignore::SyntaxWarning")  # gerbonara's, of G90 in the body of a file
def test_a_stranger_reads_the_same_board(
    packed: dict[str, bytes], project: dict[str, bytes], tmp_path: Path
) -> None:
    """Outline, every hole, and the copper of every pour, read by gerbonara."""
    from gerbonara import LayerStack  # noqa: PLC0415 - for this test alone
    from gerbonara.graphic_objects import Line, Region  # noqa: PLC0415 - as above

    for name, data in packed.items():
        if name.startswith("gerber/"):
            (tmp_path / Path(name).name).write_bytes(data)
    read = LayerStack.open(tmp_path)
    layout = lay_out(circuit(BOARD))
    (left, low), (right, high) = read.board_bounds()
    assert (right - left - 0.1, high - low - 0.1) == pytest.approx(layout.size)  # a pen of 0.1
    assert (left + 0.05, high - 0.05) == pytest.approx((0, 0), abs=1e-6)
    for file, plated in ((read.drill_pth, True), (read.drill_npth, False)):
        theirs: Counter[tuple[float, ...]] = Counter()
        for hit in file.objects:
            size = hit.aperture.diameter
            if isinstance(hit, Line):
                x, y = (hit.x1 + hit.x2) / 2, (hit.y1 + hit.y2) / 2
                wide, high = size + abs(hit.x2 - hit.x1), size + abs(hit.y2 - hit.y1)
            else:
                (x, y), wide, high = (hit.x, hit.y), size, size
            theirs[tuple(round(one, 2) for one in (x, -y, wide, high))] += 1
        ours = (one[:4] for one in drills(layout) if one[4] == plated)
        assert theirs == Counter(tuple(round(one, 2) for one in hole) for hole in ours)
    board = parse(project["b.kicad_pcb"].decode())
    for layer, side in (("F.Cu", "top"), ("B.Cu", "bottom")):
        regions = [one for one in read[side, "copper"].objects if isinstance(one, Region)]
        theirs_mm2 = sum(Polygon(one.outline).buffer(0).area for one in regions)
        assert theirs_mm2 == pytest.approx(poured_mm2(board, layer), rel=1e-3)


@pytest.mark.usefixtures("kicad_cli")
def test_the_step_has_the_board_s_outline_and_holes(
    packed: dict[str, bytes], tmp_path: Path
) -> None:
    """Read by the CAD kernel: every round wall, by place and radius. KiCad leaves vias out."""
    from cadquery import importers  # noqa: PLC0415 - for this test alone

    (tmp_path / "b.step").write_bytes(packed["b.step"])
    solid: Any = importers.importStep(str(tmp_path / "b.step")).val()
    layout = lay_out(circuit(BOARD))
    box, (wide, high) = solid.BoundingBox(), layout.size
    assert (box.xmin, box.xmax, box.ymin, box.ymax) == pytest.approx((0, wide, -high, 0), abs=1e-3)
    walls: set[Wall] = set()
    for face in solid.Faces():
        if face.geomType() == "CYLINDER":
            cylinder = face._geomAdaptor().Cylinder()
            spot = cylinder.Axis().Location()
            walls.add(wall(spot.X(), spot.Y(), cylinder.Radius()))
    corners = {wall(x, -y, ROUND) for x in (ROUND, wide - ROUND) for y in (ROUND, high - ROUND)}
    vias = {wall(via.x, -via.y, VIA_DRILL / 2) for via in layout.vias}
    ours = {one for hole in drills(layout) for one in ends(*hole[:4])}
    assert walls == (ours | corners) - vias
    assert len(ours - vias) > 50


Wall = tuple[float, float, float]  # x and y of its axis, radius; mm


def wall(x: float, y: float, radius: float) -> Wall:
    return round(x, 2) + 0.0, round(y, 2) + 0.0, round(radius, 3)


def ends(x: float, y: float, wide: float, high: float) -> set[Wall]:
    """Return the round walls of a hole: one, or both ends of a slot. A STEP's y runs up."""
    radius = min(wide, high) / 2
    across, along = wide / 2 - radius, high / 2 - radius
    return {wall(x + i * across, -y + i * along, radius) for i in (-1, 1)}


def poured_mm2(board: Tree, layer: str) -> float:
    """Return the area of what KiCad filled on a layer."""
    filled = (
        [(float(xy[1]), float(xy[2])) for xy in every(first(one, "pts"), "xy")]
        for zone in every(board, "zone")
        for one in every(zone, "filled_polygon")
        if text_of(one, "layer") == layer
    )
    return sum(Polygon(points).buffer(0).area for points in filled)


@pytest.mark.usefixtures("kicad_cli")
def test_the_electrical_test_has_our_nets(packed: dict[str, bytes]) -> None:
    """IPC-D-356 cuts names short, so what counts is which pads it puts together."""
    together: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
    for line in packed["b.d356"].decode().splitlines():
        if line[:3] in ("317", "327") and line[20:26].strip() not in ("VIA", ""):
            net, ref, pad = line[3:17].strip(), line[20:26].strip(), line[27:31].strip()
            if net != "N/C":
                together[net].add((ref, pad))
    ours = {frozenset(pins) for pins in circuit(BOARD).nets.values() if len(pins) > 1}
    assert {frozenset(pins) for pins in together.values() if len(pins) > 1} == ours


def test_a_hole_too_many_or_too_few_is_found(packed: dict[str, bytes]) -> None:
    layout, name = lay_out(circuit(BOARD)), "gerber/b-PTH.drl"
    assert differences(packed, "b", layout) == []
    lines = packed[name].decode().splitlines()
    spots = [place for place, line in enumerate(lines) if line.startswith("X")]
    less = "\n".join(lines[: spots[3]] + lines[spots[3] + 1 :])
    more = "\n".join([*lines[: spots[3]], "X1.0Y-1.0", *lines[spots[3] :]])
    assert [
        "is not drilled" in one for one in differences({**packed, name: less.encode()}, "b", layout)
    ] == [True]
    assert [
        "at 1, 1 is no hole" in one
        for one in differences({**packed, name: more.encode()}, "b", layout)
    ] == [True]
    assert len(holes(packed[name].decode())) == sum(one[4] for one in drills(layout))


def test_a_pack_changed_by_hand_is_kept(packed: dict[str, bytes], tmp_path: Path) -> None:
    write_pack(tmp_path, packed)
    write_pack(tmp_path, packed)
    (tmp_path / "README.txt").write_text("mine")
    with pytest.raises(InputError, match="changed since"):
        write_pack(tmp_path, packed)
    assert (tmp_path / "README.txt").read_text() == "mine"
    write_pack(tmp_path, packed, overwrite=True)
    assert json.loads((tmp_path / "manifest.json").read_text())["fab"] == "jlcpcb"


def test_another_board_s_drills_stop_it(
    kicad: KiCad, packed: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    drilled = packed["gerber/b-PTH.drl"].replace(b"C1.400", b"C1.500")
    spoilt = {**packed, "gerber/b-PTH.drl": drilled}

    def exported(*_: object, paste: bool) -> dict[str, bytes]:
        return spoilt

    monkeypatch.setattr("pcb.fab.pack.exports", exported)
    with pytest.raises(CheckFailed, match="not those of the board"):
        pack(kicad, BOARD, {}, shop("pcbway"))


def test_a_folder_without_a_board_is_said(tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["pcb", "fab", str(tmp_path), "-o", str(tmp_path / "out")])
    assert done.exit_code == 2
    assert "there is no board" in done.output


def test_the_command_writes_the_pack(
    packed: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:

    def ordered(spec: BoardSpec, folder: Path, made: Shop) -> tuple[dict[str, bytes], str]:
        return packed, "all is well"

    monkeypatch.setattr("pcb.fab.order.order", ordered)
    write_project(BOARD, tmp_path / "power")
    words = ["pcb", "fab", str(tmp_path / "power"), "-o", str(tmp_path / "out"), "--json"]
    done = CliRunner().invoke(main, words)
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout)["fab"] == "jlcpcb"
    assert "all is well" in done.stderr
    assert {path.name for path in (tmp_path / "out").iterdir()} >= {"README.txt", "gerber"}
    wrong = CliRunner().invoke(main, [*words, "--fab", "pcbwy"])
    assert (wrong.exit_code, "did you mean 'pcbway'" in wrong.stderr) == (2, True)
