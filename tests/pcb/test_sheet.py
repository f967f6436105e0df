"""The drawn sheet, read back without our own code or KiCad, joins exactly what the circuit says.

The reader below knows what KiCad's file format says of symbols, wires, labels and rails, but
nothing of how the sheet was made. KiCad itself says the same in test_kicad.py.
"""

import json
import os
import re
import subprocess
import sys
import uuid
from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations
from typing import Any

import pytest
import sexpdata

from pcb.budget import budget
from pcb.build import project_files
from pcb.model import circuit
from pcb.sheet.draw import draw
from pcb.sheet.schematic import schematic
from pcb.spec import BoardSpec

# Every count once, with rails, connectors and test points in turn.
KINDS = ("barrel-5.5x2.1", "screw", "wire")
BOARDS = [
    BoardSpec(
        outputs=n,
        volts=(12, 5)[n % 2],
        connector=KINDS[n % 3],
        test_points=n % 4 > 0,
        ps_on="switch" if n % 5 == 2 else "jumper",
    )
    for n in range(1, 25)
]
SHOWN = [board for board in BOARDS if board.outputs in (1, 2, 7, 12, 13, 24)]
PAPER_MM = {"A4": (297, 210), "A3": (420, 297)}
Point = tuple[int, int]


def inner(tree: list[Any], name: str) -> Iterator[list[Any]]:
    return (item for item in tree if isinstance(item, list) and item and str(item[0]) == name)


def one(tree: list[Any], name: str) -> list[Any]:
    (found,) = inner(tree, name)
    return found


def point(x: float, y: float) -> Point:
    """Hundredths of mm, so that equal means equal."""
    return round(x * 100), round(y * 100)


class Drawing:
    """A sheet joined up: which point is on which net."""

    def __init__(self, text: str) -> None:
        self.tree = sexpdata.loads(text)
        self.parent: dict[Any, Any] = {}
        self.pins: dict[tuple[str, str], Point] = {}
        self.powers: list[tuple[str, Point]] = []
        self.wires = [
            tuple(point(*xy[1:3]) for xy in inner(one(wire, "pts"), "xy"))
            for wire in inner(self.tree, "wire")
        ]
        self._read_symbols()
        for start, end in self.wires:
            self.join(start, end)
        for spot in self.all_points():
            for wire in self.wires:
                if self.touches(spot, *wire):
                    self.join(spot, wire[0])
        self.labels = [
            (str(label[1]), point(*one(label, "at")[1:3]))
            for label in inner(self.tree, "global_label")
        ]
        for name, spot in [*self.labels, *self.powers]:
            self.join(("net", name), spot)
            for wire in self.wires:
                if self.touches(spot, *wire):
                    self.join(spot, wire[0])

    def _read_symbols(self) -> None:
        library = {
            str(symbol[1]): symbol for symbol in inner(one(self.tree, "lib_symbols"), "symbol")
        }
        for symbol in inner(self.tree, "symbol"):
            drawn = library[one(symbol, "lib_id")[1]]
            x, y, turned = one(symbol, "at")[1:4]
            assert turned == 0
            fields = {str(field[1]): str(field[2]) for field in inner(symbol, "property")}
            use = one(one(one(symbol, "instances"), "project"), "path")
            assert one(use, "reference")[1] == fields["Reference"]
            assert use[1] == f"/{one(self.tree, 'uuid')[1]}"
            for unit in inner(drawn, "symbol"):
                for pin in inner(unit, "pin"):
                    dx, dy = one(pin, "at")[1:3]
                    spot = point(x + dx, y - dy)  # a library counts y up, a sheet down
                    if fields["Reference"].startswith("#PWR"):
                        self.powers.append((fields["Value"], spot))
                    elif not fields["Reference"].startswith("#"):
                        self.pins[fields["Reference"], str(one(pin, "number")[1])] = spot

    def all_points(self) -> set[Point]:
        """Every pin, end of a wire and dot."""
        junctions = {point(*one(dot, "at")[1:3]) for dot in inner(self.tree, "junction")}
        ends = {end for wire in self.wires for end in wire}
        return {*self.pins.values(), *ends} | junctions

    @staticmethod
    def touches(spot: Point, start: Point, end: Point) -> bool:
        """Whether a point lies on a wire."""
        (x, y), (x1, y1), (x2, y2) = spot, start, end
        across = (x2 - x1) * (y - y1) - (y2 - y1) * (x - x1)
        return across == 0 and min(x1, x2) <= x <= max(x1, x2) and min(y1, y2) <= y <= max(y1, y2)

    def root(self, item: Any) -> Any:
        """Return what stands for everything that is joined to an item."""
        while self.parent.get(item, item) != item:
            item = self.parent[item]
        return item

    def join(self, item: Any, other: Any) -> None:
        """Put two items on one net."""
        self.parent[self.root(item)] = self.root(other)

    def groups(self) -> set[frozenset[tuple[str, str]]]:
        """Return the nets, each as its pins."""
        found: defaultdict[Any, set[tuple[str, str]]] = defaultdict(set)
        for pin, spot in self.pins.items():
            found[self.root(spot)].add(pin)
        return {frozenset(pins) for pins in found.values()}


def sheet_text(spec: BoardSpec) -> str:
    board = circuit(spec)
    return schematic(board, draw(board, budget(spec)))


@pytest.fixture(scope="module", params=SHOWN, ids=lambda b: f"{b.outputs}x{b.volts}-{b.connector}")
def drawing(request: pytest.FixtureRequest) -> tuple[BoardSpec, Drawing]:
    return request.param, Drawing(sheet_text(request.param))


def test_wires_join_the_circuit_and_nothing_else(drawing: tuple[BoardSpec, Drawing]) -> None:
    spec, drawn = drawing
    board = circuit(spec)
    assert drawn.groups() == {frozenset(pins) for pins in board.nets.values()}
    for name in {name for name, _ in [*drawn.labels, *drawn.powers]}:
        root = drawn.root(("net", name))
        on = {pin for pin, spot in drawn.pins.items() if drawn.root(spot) == root}
        assert on == set(board.nets[name])


def test_loose_pins_and_only_they_carry_the_cross(drawing: tuple[BoardSpec, Drawing]) -> None:
    spec, drawn = drawing
    nets = circuit(spec).nets
    loose = {drawn.pins[pins[0]] for name, pins in nets.items() if name.startswith("unconnected")}
    assert {point(*one(no, "at")[1:3]) for no in inner(drawn.tree, "no_connect")} == loose


def test_everything_that_connects_is_on_the_grid(drawing: tuple[BoardSpec, Drawing]) -> None:
    _, drawn = drawing
    spots = drawn.all_points() | {spot for _, spot in [*drawn.labels, *drawn.powers]}
    assert all(value % 127 == 0 for spot in spots for value in spot)


def test_where_three_wires_meet_there_is_a_dot(drawing: tuple[BoardSpec, Drawing]) -> None:
    _, drawn = drawing
    dots = {point(*one(dot, "at")[1:3]) for dot in inner(drawn.tree, "junction")}
    pins = list(drawn.pins.values())
    for spot in {end for wire in drawn.wires for end in wire}:
        ends = sum(spot in wire for wire in drawn.wires)
        through = sum(spot not in wire and drawn.touches(spot, *wire) for wire in drawn.wires)
        meeting = ends + 2 * through + pins.count(spot)
        assert (spot in dots) == (meeting >= 3)


def test_no_two_ids_are_equal_and_none_is_random(drawing: tuple[BoardSpec, Drawing]) -> None:
    _, drawn = drawing
    ids = re.findall(r'\(uuid "([^"]*)"\)', sexpdata.dumps(drawn.tree))
    assert len(ids) == len(set(ids)) > 100
    assert {uuid.UUID(own).version for own in ids} == {5}


@pytest.mark.parametrize("spec", BOARDS, ids=lambda b: str(b.outputs))
def test_blocks_lie_on_the_paper_and_apart(spec: BoardSpec) -> None:
    sheet = draw(circuit(spec), budget(spec))
    width, height = PAPER_MM[sheet.paper]
    title = (width - 120, height - 44, width - 10, height - 10)  # KiCad's default frame
    boxes = [(f.x1, f.y1, f.x2, f.y2) for f in sheet.frames]
    assert len(boxes) == 4
    for box in boxes:
        assert 12 <= box[0] < box[2] <= width - 12
        assert 12 <= box[1] < box[3] <= height - 12
    for (ax1, ay1, ax2, ay2), (bx1, by1, bx2, by2) in combinations([*boxes, title], 2):
        assert ax2 <= bx1 or bx2 <= ax1 or ay2 <= by1 or by2 <= ay1
    for placed in sheet.placed:
        assert any(b[0] < placed.x < b[2] and b[1] < placed.y < b[3] for b in boxes)


def test_the_sheet_says_budget_overload_and_polarity() -> None:
    text = sheet_text(BoardSpec(outputs=7, amps=3.0))
    assert "21 A (252 W)" in text
    assert "12 A" in text
    assert "at most 4 outputs at 3 A" in text.replace("\\n", " ")
    assert "centre pin +" in text
    assert "overload" not in sheet_text(BoardSpec(outputs=4, amps=3.0))


def test_same_spec_same_bytes_in_any_process() -> None:
    """Two fresh interpreters that order their sets differently write the same files."""
    code = (
        "import hashlib, json; from pcb.build import project_files; from pcb.spec import BoardSpec;"
        "files = project_files(BoardSpec(outputs=5, connector='screw'));"
        "print(json.dumps({n: hashlib.sha256(c).hexdigest() for n, c in files.items()}))"
    )
    runs = [
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert runs[0] == runs[1]
    spec = BoardSpec(outputs=5, connector="screw")
    assert sorted(json.loads(runs[0])) == sorted(project_files(spec))
    assert project_files(spec) == project_files(spec)


def test_two_boards_share_no_id() -> None:
    """So that both can lie on one panel or in one project."""
    ids = [
        set(re.findall(r'uuid "([^"]*)"', sheet_text(BoardSpec(outputs=2, name=name))))
        for name in ("a", "b")
    ]
    assert not ids[0] & ids[1]
