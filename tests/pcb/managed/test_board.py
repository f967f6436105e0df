"""A managed board's layout, told without KiCad: clearances, channel, and what machines are told."""

import csv
import io
import itertools
import json
import math
from typing import Any

import pytest
from shapely import STRtree
from shapely.affinity import translate
from shapely.geometry import LineString, Point, box

from pcb.board.board import VIA_MM
from pcb.board.channel import channel
from pcb.board.comb import comb
from pcb.board.footprints import footprints
from pcb.board.layout import Layout
from pcb.board.place import lay_out
from pcb.board.surface import surface_footprints
from pcb.build import project_files
from pcb.copper.read import pad_area
from pcb.fab.position import positions, surface_bom
from pcb.interface import interface
from pcb.managed.pinmap import pin_map
from pcb.model import Circuit, circuit
from pcb.spec import BoardSpec, read_spec

LEAST_MM = 0.3  # copper of two nets: pcb.project
BOARDS: list[dict[str, Any]] = [
    {"outputs": 2, "connector": "wire"},
    {"outputs": 7, "extra_inputs": ["eps-8"], "amps": 3},
    {"outputs": 8, "outputs_5v": 3, "connector": "jst-vh"},
    {"outputs": 9, "volts": 5, "connector": "screw", "ps_on": "switch"},
    {"outputs": 16, "test_points": False},
    {"outputs": 17, "connector": "mini-fit"},
    {"outputs": 24, "outputs_5v": 9, "extra_inputs": ["p4", "pcie-6"]},
    *({"outputs": count, "sensing": True, "connector": "screw"} for count in range(2, 13)),
    *({"outputs": count, "address": address} for count in (5, 9) for address in (37, 38, 39)),
    *({"outputs": 17, "address": address} for address in (37, 38)),
    {"outputs": 5, "sensing": True, "sensor_address": 0x42, "address": 0x27},
    {"outputs": 2, "sensing": True, "sensor_address": 0x41, "volts": 5},
    {"outputs": 10, "sensing": True, "outputs_5v": 4, "extra_inputs": ["eps-8"], "amps": 5},
]


def made(values: dict[str, Any]) -> tuple[Circuit, Layout]:
    circuits = circuit(read_spec({"amps": 1, "level": "managed", **values}))
    return circuits, lay_out(circuits)


def name(values: dict[str, Any]) -> str:
    return "-".join(map(str, values.values()))


def items(board: Circuit, layout: Layout) -> list[tuple[str, int, Any]]:
    """Return net, layer and area of all tracks, vias and pads."""
    of_pin = {pin: net for net, pins in board.nets.items() for pin in pins}
    found: list[tuple[str, int, Any]] = []
    for track in layout.tracks:
        area = LineString(track.points).buffer(track.width / 2)
        found.append((track.net, ("F.Cu", "B.Cu").index(track.layer), area))
    for via in layout.vias:
        area = Point(via.x, via.y).buffer(VIA_MM / 2)
        found += [(via.net, 0, area), (via.net, 1, area)]
    for put in layout.parts:
        for place, pad in enumerate(put.footprint.pads):
            net = of_pin.get((put.ref, pad.number), f"{put.ref} {place}")
            area = translate(pad_area(pad.shape, *pad.size, 0.1), put.x + pad.x, put.y + pad.y)
            found += [(net, layer, area) for layer in ((0,) if pad.drill is None else (0, 1))]
    return found


@pytest.mark.parametrize("values", BOARDS, ids=name)
def test_no_two_nets_come_near_each_other(values: dict[str, Any]) -> None:
    board, layout = made(values)
    for layer in (0, 1):
        here = [(net, area) for net, on, area in items(board, layout) if on == layer]
        tree = STRtree([area for _, area in here])
        for net, area in here:
            for other in tree.query(area.buffer(LEAST_MM)):
                if here[other][0] != net:
                    gap = area.distance(here[other][1])
                    assert gap >= LEAST_MM - 0.005, (net, here[other][0], area.centroid, gap)


@pytest.mark.parametrize("values", BOARDS, ids=name)
def test_every_line_has_a_row_of_its_own_under_the_columns(values: dict[str, Any]) -> None:
    board, layout = made(values)
    shape = comb(board.spec)
    rows = channel(shape).rows
    assert sorted(row.output for row in rows) == list(range(1, board.spec.outputs + 1))
    for side in (-1, 1):
        ys = sorted(row.y for row in rows if row.side == side)
        assert all(b - a >= 1.1 - 1e-6 for a, b in itertools.pairwise(ys))
    told = pin_map(board.spec)
    for row in rows:
        pin = told.outputs[row.output - 1]
        assert board.net_of(told.expanders[pin.expander].ref, row.pad) == f"EN{row.output}"
    middle = channel(shape).x
    assert all((column.x < middle) == (row.side < 0) for column in shape.columns
               for row in rows if row.output == column.output.index)  # fmt: skip
    assert layout.size[0] <= 500
    assert layout.size[1] <= 400  # what both shops make


@pytest.mark.parametrize("values", BOARDS, ids=name)
def test_gnd_returns_between_the_columns_through_as_many_vias_as_its_current_asks(
    values: dict[str, Any],
) -> None:
    """The channel parts the lower layer: all current of an output goes up and down beside it."""
    board, layout = made(values)
    shape = comb(board.spec)
    low = channel(shape).first_y
    for column in shape.columns:
        beside = [via for via in layout.vias if via.net == "GND" and via.y < low
                  and 0 < via.x - column.x < 7]  # fmt: skip
        assert len(beside) >= math.ceil(column.output.amps) + 2


def test_what_a_part_is_turned_by_is_what_its_pads_say() -> None:
    """The pads of KiCad's footprint, turned: contact 1 goes where ours is (y is down)."""
    first = {
        "SO-8": (-2.475, -1.905),
        "SOT-23": (-0.9375, -0.95),
        "SOT-23_Upright": (-0.9375, -0.95),
        "R_0805": (-0.9125, 0),
        "R_0805_Upright": (-0.9125, 0),
        "R_0805_Turned": (-0.9125, 0),
        "C_0805": (-0.95, 0),
        "C_0805_Upright": (-0.95, 0),
        "C_0805_Bypass": (-0.95, 0),
        "LED_0805": (-0.9375, 0),
        "PTC_1206": (-1.4, 0),
        "R_2512_Upright": (-2.9625, 0),
        "VQFN-16": (-1.8625, -0.975),
        "TSSOP-16": (-2.8625, -2.275),
        "TSSOP-24": (-2.8625, -3.575),
        "JST_SH_SM04B-SRSS-TB": (-1.5, -2),
    }  # fmt: skip - contact 1 of KiCad's footprints
    drawn = {one.name: one for one in footprints().values() if one.on_surface}
    assert drawn.keys() == first.keys()
    for shape in drawn.values():
        turn = -math.radians(shape.turn)  # counter-clockwise as seen
        x, y = first[shape.name]
        there = x * math.cos(turn) - y * math.sin(turn), x * math.sin(turn) + y * math.cos(turn)
        assert there == pytest.approx(shape.spot("1"), abs=1e-3), shape.name


def test_the_position_file_names_every_part_of_the_surface() -> None:
    board, layout = made({"outputs": 3})
    rows = list(csv.DictReader(io.StringIO(positions(board, layout).decode())))
    refs = {row["Designator"] for row in rows}
    flat = {
        p.ref for p in board.parts if p.type_id in {"p-fet", "npn", "schottky-pair", "ldo", "qwiic"}
    }
    assert flat <= refs
    assert not {"F1", "J1", "D1", "J201", "TP1"} & refs
    wide, high = layout.size
    assert all(0 < float(row["Mid X"]) < wide for row in rows)
    assert all(-high < float(row["Mid Y"]) < 0 for row in rows)
    bought = list(csv.DictReader(io.StringIO(surface_bom(board, layout).decode())))
    listed = [ref for row in bought for ref in row["Designator"].split(",")]
    assert sorted(listed) == sorted(row["Designator"] for row in rows)
    kinds = {(row["Comment"], row["Footprint"], row["MPN"]) for row in bought}
    assert len(kinds) == len(bought)
    placed = {row["Designator"]: (row["Val"], row["Package"]) for row in rows}
    for row in bought:
        for ref in row["Designator"].split(","):
            assert placed[ref] == (row["Comment"], row["Footprint"])
            assert row["MPN"] == board.part(ref).type.number(row["Comment"]) != ""


def test_a_lamp_says_which_end_is_its_cathode() -> None:
    """A line beyond contact 1, and none beyond the other, clear of both by what shops print."""
    (lamp,) = (one for one in surface_footprints() if one.name == "LED_0805")
    xs = [x for line in lamp.silk for x, _ in line]
    cathode, anode = lamp.spot("1")[0], lamp.spot("2")[0]
    assert anode < cathode
    (pad,) = (one for one in lamp.pads if one.number == "1")
    assert max(xs) - 0.06 - (cathode + pad.size[0] / 2) >= 0.15
    assert min(xs) > anode


def test_the_socket_looks_over_the_edge_and_the_header_up() -> None:
    told = interface(BoardSpec(outputs=4, level="managed"))
    mouths = {mouth.ref: mouth for mouth in told.mouths}
    assert (mouths["J202"].side, mouths["J201"].side) == ("y-", "top")
    assert mouths["J202"].body.low[1] > 0
    assert box(*mouths["J201"].body.low[:2], *mouths["J201"].body.high[:2]).area > 0


def test_addresses_are_printed_and_the_pin_map_is_among_the_files() -> None:
    spec = BoardSpec(outputs=20, amps=0.5, level="managed", name="b")
    texts = {text.text for text in lay_out(circuit(spec)).texts}
    assert {"U1 0x24", "U2 0x25", "JP2 3V3 OUT 0.1 A", "open = host", "RST"} <= texts
    told = json.loads(project_files(spec)["b.pins.json"])
    assert told == json.loads(pin_map(spec).as_json())
