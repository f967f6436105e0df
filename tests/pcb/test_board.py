"""Laws of the layout, tried on boards of every kind: no KiCad needed."""

import re
from collections import Counter
from collections.abc import Callable
from itertools import combinations, pairwise, product

import pytest
from shapely.geometry import Point, Polygon, box

from pcb.board.board import board
from pcb.board.comb import APART, EDGE, GRID, Comb, comb
from pcb.board.footprints import Box, footprints
from pcb.board.layout import Layout, Put
from pcb.board.place import lay_out
from pcb.board.rules import CANARY, rules
from pcb.board.wires import AWGS, bundle_mm, relief_hole, wire_hole
from pcb.budget.copper import strip_mm
from pcb.model import Circuit, circuit
from pcb.sexpr import Tree, every, first, parse, text_of
from pcb.spec import BoardSpec, read_spec

COUNTS = (1, 2, 3, 4, 6, 8, 9, 16, 17, 24)
RAILS = ({"volts": 12}, {"volts": 5}, {"outputs_5v": 1}, {"extra_inputs": ["eps-8", "p4"]})
INLETS = ("atx-20", "eps-8", "p4", "pcie-6", "pcie-8", "atx12vo", "screw")


def every_spec() -> list[BoardSpec]:
    """Counts, rails, outputs; every inlet; 12 and 5 V from several inlets, joined and not."""
    values = [
        {"outputs": count, "connector": connector, "connector_5v": connector, **rails}
        for count, rails, connector in product(COUNTS, RAILS, ("barrel-5.5x2.1", "screw", "wire"))
        if count >= 3 or rails in RAILS[:2]
    ]
    values += [{"outputs": 4, "input": inlet} for inlet in INLETS]
    values += [{"outputs": 4, "connector": "wire", "cable_awg": awg} for awg in AWGS]
    extra = ["pcie-8", "eps-8", "p4"]
    values += [
        {"outputs": 24, "outputs_5v": 9, "extra_inputs": extra, "single_rail": joined, "amps": 5}
        for joined in (True, False)
    ]
    values += [{"outputs": count, "outputs_5v": 8} for count in (12, 16, 17, 24)]
    values += [{**one, "ps_on": "switch"} for one in (values[0], values[-1])]
    values.append({"outputs": 2, "input": "atx12vo", "ps_on": "switch"})
    values.append({"outputs": 24, "outputs_5v": 8, "extra_inputs": extra[::2], "single_rail": True})
    return [read_spec({"name": "b", **one}) for one in values]


SPECS = every_spec()


@pytest.fixture(scope="module")
def made() -> list[tuple[Circuit, Comb, Layout]]:
    """Circuit, comb and layout of every board."""
    found: list[tuple[Circuit, Comb, Layout]] = []
    for spec in SPECS:
        one = circuit(spec)
        found.append((one, comb(spec), lay_out(one)))
    return found


Made = list[tuple[Circuit, Comb, Layout]]


def placed(put: Put, area: Box) -> Box:
    left, top, right, bottom = area
    return put.x + left, put.y + top, put.x + right, put.y + bottom


def test_every_part_lies_once_and_nothing_else_but_holes(made: Made) -> None:
    for one, _, layout in made:
        refs = Counter(put.ref for put in layout.parts)
        assert set(refs.values()) == {1}
        assert {ref for ref in refs if not ref.startswith("H")} == {part.ref for part in one.parts}
        for put in layout.parts:
            if put.ref.startswith("H"):
                continue
            part = one.part(put.ref)
            assert part.footprint == put.footprint.lib_id
            pads = {pad.number for pad in put.footprint.pads} - {""}
            assert pads == {number for number, _ in part.type.pins}


def test_no_two_parts_meet_and_none_leaves_the_board(made: Made) -> None:
    for one, _, layout in made:
        wide, high = layout.size
        for put in layout.parts:
            left, top, right, bottom = placed(put, put.footprint.body)
            assert left >= 0
            assert top >= 0
            assert right <= wide, one.spec
            assert bottom <= high + 0.5 + 1e-9  # the collar of a jack
        areas = [(put.ref, box(*placed(put, put.footprint.courtyard))) for put in layout.parts]
        for (ref, area), (other, second) in combinations(areas, 2):
            assert area.intersection(second).area < 1e-6, (one.spec, ref, other)


def test_a_board_house_makes_every_board(made: Made) -> None:
    """400 by 500 mm is the most; holes are at most 135 mm apart where columns stand evenly."""
    for one, shape, layout in made:
        assert layout.size[0] <= 400, one.spec
        assert layout.size[1] <= 100
        if not one.spec.extra_inputs and not one.spec.outputs_5v:
            assert all(b - a <= 135 for a, b in pairwise(shape.hole_x)), one.spec


def test_outline_and_holes_are_on_a_grid(made: Made) -> None:
    """Whole steps of 5 mm from every edge: what holds a board needs no drill but its own grid's."""
    for one, _, layout in made:
        wide, high = layout.size
        holes = [put for put in layout.parts if put.ref.startswith("H")]
        places = [wide, high, *(x for put in holes for x in (put.x, put.y))]
        assert all(place / 5 == int(place / 5) for place in places), one.spec
        corners = {(5, high - 5), (wide - 5, high - 5)}
        assert corners <= {(put.x, put.y) for put in holes}, one.spec


def test_outputs_stand_in_a_row_with_room_for_plugs(made: Made) -> None:
    for _, _, layout in made:
        plugs = sorted(
            (p for p in layout.parts if re.fullmatch(r"J\d\d?", p.ref)), key=lambda p: p.x
        )
        assert {plug.y for plug in plugs} == {layout.size[1]}
        assert all(second.x - one.x >= 14 - 1e-6 for one, second in pairwise(plugs))


def test_numbers_run_from_left_to_right_unless_12_v_comes_from_several_plugs_beside_5_v(
    made: Made,
) -> None:
    for one, shape, _ in made:
        numbers = [column.output.index for column in shape.columns]
        assert sorted(numbers) == list(range(1, one.spec.outputs + 1))
        if not (one.spec.extra_inputs and one.spec.outputs_5v):
            assert numbers == sorted(numbers)


def test_pours_of_one_rank_stay_apart_and_all_stay_off_the_edge(made: Made) -> None:
    for one, _, layout in made:
        inside = box(EDGE, EDGE, layout.size[0] - EDGE, layout.size[1] - EDGE).buffer(1e-6)
        shapes = [(pour, Polygon(pour.outline)) for pour in layout.pours]
        for pour, shape in shapes:
            assert shape.is_valid
            assert inside.contains(shape), (one.spec, pour.name)
        for (pour, shape), (other, second) in combinations(shapes, 2):
            if pour.layer == other.layer and pour.rank and other.rank:
                assert shape.distance(second) >= APART - 1e-6, (one.spec, pour.name, other.name)


def test_every_pad_of_power_lies_in_its_pour_and_in_no_other(made: Made) -> None:
    """The middle of each pad; GND is what is left, so it is never under a pour of higher rank."""
    for one, _, layout in made:
        net_of = {pin: net for net, pins in one.nets.items() for pin in pins}
        tops = [(p.net, Polygon(p.outline)) for p in layout.pours if p.layer == "F.Cu" and p.rank]
        carried = {net for net, _ in tops}
        for put in layout.parts:
            for pad in put.footprint.pads:
                spot = Point(put.x + pad.x, put.y + pad.y)
                net = net_of.get((put.ref, pad.number), "")
                under = {name for name, shape in tops if shape.contains(spot)}
                if net in carried:
                    assert under == {net}, (one.spec, put.ref, pad.number)


def test_bars_are_as_high_as_their_current_asks(made: Made) -> None:
    """Independently of the flow along the bar: all on one side is the worst there is.

    What the grid adds to the board's height, less than a step of it, is the bar's too.
    """
    for one, shape, _ in made:
        for bar in shape.bars:
            asked = sum(c.output.amps for c in shape.columns if c.output.rail == bar.rail)
            largest = max(c.output.amps for c in shape.columns if c.output.rail == bar.rail)
            assert shape.bar_mm >= strip_mm(largest, one.spec.copper_oz)
            needed = max(8.0, strip_mm(asked, one.spec.copper_oz) + 0.5)
            assert shape.bar_mm < needed + GRID or len(shape.bars) > 1


def test_wire_holes_let_a_tinned_end_in() -> None:
    """The builder's holes were made as wide as the wire, and could not be soldered."""
    assert (wire_hole(18), wire_hole(16)) == (2.0, 2.4)
    for awg in AWGS:
        assert bundle_mm(awg) + 0.5 <= wire_hole(awg) <= bundle_mm(awg) + 1.0
        assert relief_hole(awg) > bundle_mm(awg) + 1.5
    holes = [pad for pad in footprints()["Rackpress:Wire_16AWG_Relief"].pads if pad.number]
    assert [pad.drill for pad in holes] == [2.4, 2.4]
    assert all(pad.size[0] - 2.4 >= 1.6 for pad in holes)  # a ring of 0.8 mm


# ---- the file


@pytest.fixture
def written(spec: Callable[..., BoardSpec]) -> Tree:
    """A board of two outputs, as parsed back."""
    one = circuit(spec())
    return parse(board(one, lay_out(one)))


def identities(tree: Tree) -> list[str]:
    own = [text_of(tree, "uuid")] if first(tree, "uuid") else []
    return own + [one for item in tree if isinstance(item, list) for one in identities(item)]


def test_ids_are_the_same_each_time_and_never_twice(
    written: Tree, spec: Callable[..., BoardSpec]
) -> None:
    one = circuit(spec())
    assert parse(board(one, lay_out(one))) == written
    every_id = identities(written)
    assert len(every_id) == len(set(every_id)) > 300
    other = circuit(spec(name="c"))
    assert set(identities(parse(board(other, lay_out(other))))).isdisjoint(every_id)


def test_the_board_carries_the_netlist(written: Tree, spec: Callable[..., BoardSpec]) -> None:
    one = circuit(spec())
    found: dict[str, set[tuple[str, str]]] = {}
    for part in every(written, "footprint"):
        ref = next(str(p[2]) for p in every(part, "property") if p[1] == "Reference")
        for pad in every(part, "pad"):
            net = first(pad, "net")
            if net:
                found.setdefault(str(net[2]), set()).add((ref, str(pad[1])))
    assert found == {net: set(pins) for net, pins in one.nets.items()}


def test_print_is_large_enough_for_any_board_house(made: Made) -> None:
    for _, _, layout in made:
        assert min(text.size for text in layout.texts) >= 1.0
        assert min(line.width for line in layout.lines) >= 0.15


def test_print_says_what_each_output_is(made: Made) -> None:
    for one, shape, layout in made:
        said = Counter(text.text for text in layout.texts if text.layer == "F.SilkS")
        for column in shape.columns:
            assert said[str(column.output.index)] == 1
        for volts in {column.output.volts for column in shape.columns}:
            count = sum(column.output.volts == volts for column in shape.columns)
            assert said[f"{volts} V"] == count
        assert said[f"b rev {one.spec.revision}"] == 1
        fuses = [put for put in layout.parts if put.ref.startswith("F")]
        assert all(put.value_at for put in fuses)  # its ampere is printed at the holder


def test_the_rules_end_with_the_canary_and_name_every_current(made: Made) -> None:
    for one, shape, _ in made:
        text = rules(shape)
        assert text.count("(") == text.count(")")
        assert text.rstrip().split('(rule "')[-1].startswith(CANARY)
        for column in shape.columns:
            wide = strip_mm(column.output.amps, one.spec.copper_oz)
            net = f"OUT{column.output.index}"
            assert (
                f"track_width (min {wide:.2f}mm))\n\t(condition \"A.NetName == '{net}'\")" in text
            )
