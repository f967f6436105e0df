"""What mounts are told of a board: held against KiCad's board file, and laws of plugs and hands."""

import json
from functools import cache
from itertools import combinations, pairwise
from math import hypot
from typing import Any

import pytest

from catalog.load import load_catalog
from pcb.build import project_files
from pcb.device import device_toml
from pcb.interface import Interface, holder_fields, interface
from pcb.parts import INPUT_KINDS, OUTPUT_KINDS
from pcb.sexpr import Tree, every, first, parse
from pcb.spec import BoardSpec, read_spec

# Every count once, connectors and plugs in turn, and each kind of extra plug.
BOARDS: list[dict[str, Any]] = [
    {
        "outputs": count,
        "connector": OUTPUT_KINDS[count % len(OUTPUT_KINDS)],
        "amps": 1,
        "name": f"b{count}",
        "input": [kind for kind in INPUT_KINDS if kind != "screw"][count % 7],
        "extra_inputs": ["p4", "pcie-6", "eps-8"][: count % 4] if count > 3 else [],
    }
    for count in range(1, 25)
] + [
    {"outputs": 2, "input": "screw", "connector": "wire", "amps": 1, "name": "screws"},
    {"outputs": 12, "outputs_5v": 5, "connector_5v": "mini-fit", "amps": 1, "name": "mixed"},
    {"outputs": 7, "amps": 3, "extra_inputs": ["eps-8"], "name": "power-12v"},
]


@cache
def board(index: int) -> tuple[BoardSpec, Interface]:
    spec = read_spec(BOARDS[index])
    return spec, interface(spec)


Spot = tuple[float, float]
every_board = pytest.mark.parametrize(
    "index", range(len(BOARDS)), ids=[values["name"] for values in BOARDS]
)


@every_board
def test_two_plugs_side_by_side_fit_and_fingers_between(index: int) -> None:
    _, made = board(index)
    for one, other in combinations(made.mouths, 2):
        assert not one.plug.meets(other.plug)
    barrels = sorted(m.center_mm[0] for m in made.mouths if m.kind == "barrel-5.5x2.1")
    assert all(right - left >= 14 for left, right in pairwise(barrels))


@every_board
def test_nothing_stands_in_the_way_of_a_plug(index: int) -> None:
    """No part in the plug's room, and at the edges the plug is off the board as a whole."""
    spec, made = board(index)
    assert len(made.mouths) == spec.outputs + 1 + len(spec.extra_inputs)
    for mouth in made.mouths:
        others = {ref: room for ref, room in made.parts.items() if ref != mouth.ref}
        assert [ref for ref, room in others.items() if mouth.plug.meets(room)] == []
        if mouth.side == "y-":
            assert mouth.plug.high[1] <= 0.5
            assert mouth.cable.high[1] <= mouth.plug.low[1] + 1e-6
        elif mouth.side == "y+":
            assert mouth.plug.low[1] >= made.size_mm[1] - 0.5
        elif mouth.side == "top":
            assert mouth.plug.high[2] > mouth.body.high[2]
            assert mouth.plug.high[2] <= made.above_mm
        else:
            assert mouth.plug.high[2] <= -made.thickness_mm
            assert mouth.cable.low[2] >= -made.thickness_mm - made.below_mm - 1e-6


@every_board
def test_a_screw_s_head_and_its_driver_reach_every_hole(index: int) -> None:
    _, made = board(index)
    assert len(made.holes) >= 4
    places = [*made.size_mm, *(at for hole in made.holes for at in (hole.x_mm, hole.y_mm))]
    assert {place % made.grid_mm for place in places} == {0}
    for hole in made.holes:
        rooms = [
            *made.parts.values(),
            *(m.plug for m in made.mouths if m.side in ("top", "bottom")),
        ]
        for room in rooms:
            x = max(room.low[0] - hole.x_mm, 0, hole.x_mm - room.high[0])
            y = max(room.low[1] - hole.y_mm, 0, hole.y_mm - room.high[1])
            assert hypot(x, y) >= hole.free_d_mm / 2


@pytest.mark.parametrize("index", [0, 6, 11, 23, 24, 25, 26])
def test_it_is_the_board_that_kicad_reads(index: int) -> None:
    """Outline, holes and connectors, from the board file and with y turned upwards."""
    spec, made = board(index)
    tree = parse(project_files(spec)[f"{spec.title}.kicad_pcb"].decode())
    edge = [
        (float(point[1]), float(point[2]))
        for line in (*every(tree, "gr_line"), *every(tree, "gr_arc"))
        if first(line, "layer")[1] == "Edge.Cuts"
        for point in (first(line, "start"), first(line, "end"))
    ]
    (left, right), (top, bottom) = ((min(c), max(c)) for c in zip(*edge, strict=True))
    assert made.size_mm == pytest.approx((right - left, bottom - top))
    holes, places = set[Spot](), dict[str, Spot]()
    pads: dict[str, list[Spot]] = {}
    for part in every(tree, "footprint"):
        x, y = (float(value) for value in first(part, "at")[1:3])
        spot = (round(x - left, 2), round(bottom - y, 2))
        if "Hole_M3" in str(part[1]):
            holes.add(spot)
        places[reference(part)] = spot
        pads[reference(part)] = [
            (spot[0] + float(at[1]), spot[1] - float(at[2]))
            for at in (first(pad, "at") for pad in every(part, "pad") if pad[2] == "thru_hole")
        ]
    assert {(hole.x_mm, hole.y_mm) for hole in made.holes} == holes
    for mouth in made.mouths:
        x, y = places[mouth.ref]
        if mouth.side == "y-":
            assert y == pytest.approx(0)
            assert mouth.center_mm[0] == pytest.approx(x)
        for x, y in pads[mouth.ref]:
            assert mouth.body.low[0] <= x <= mouth.body.high[0]
            assert mouth.body.low[1] <= y <= mouth.body.high[1]


def reference(part: Tree) -> str:
    return next(str(p[2]) for p in every(part, "property") if p[1] == "Reference")


@every_board
def test_the_catalogue_reads_it_as_a_device(index: int, tmp_path: Any) -> None:
    _, made = board(index)
    path = tmp_path / f"{made.device_id}.toml"
    path.write_bytes(device_toml(made))
    device = load_catalog(path).board(made.device_id)
    assert (device.board.x_mm, device.board.y_mm) == made.size_mm
    assert {(h.x_mm, h.y_mm, h.d_mm) for h in device.holes} == {
        (h.x_mm, h.y_mm, h.d_mm) for h in made.holes
    }
    assert len(device.ports) == len(made.mouths)
    at_edges = [m for m in made.mouths if m.side in ("y-", "y+")]
    assert [(p.side, p.center_mm) for p in device.ports if p.side in ("y-", "y+")] == [
        (m.side, m.center_mm[0]) for m in at_edges
    ]
    assert device.height_above_pcb_mm == made.above_mm


@every_board
def test_a_holder_grips_where_no_part_stands(index: int) -> None:
    _, made = board(index)
    fields = holder_fields(made)
    assert fields["edge_mm"] >= 10
    for room in made.parts.values():
        assert room.low[0] >= fields["edge_mm"] - 1e-6
        assert room.high[0] <= made.size_mm[0] - fields["edge_mm"] + 1e-6
        assert room.high[2] <= fields["front_mm"]


def test_the_file_is_plain_and_the_same_each_time() -> None:
    spec, made = board(26)
    told = json.loads(made.as_json())
    assert told["unit"] == "mm"
    assert told["size_mm"] == list(made.size_mm)
    assert interface(spec).as_json() == made.as_json()
    assert {mouth["ref"] for mouth in told["mouths"]} == {"J100", "J101"} | {
        f"J{i}" for i in range(1, 8)
    }
