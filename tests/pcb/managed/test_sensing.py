"""What a board measures: by which chip and channel, over which shunt, and what is refused."""

import copy
import math
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import get_coordinates
from shapely.geometry import Polygon, box

from catalog.problems import InputError
from pcb.board.comb import comb
from pcb.board.place import lay_out
from pcb.board.sense import bay_x
from pcb.budget.graph import networks
from pcb.copper.solved import solve_pours
from pcb.copper.ways import series_ohm
from pcb.fab.bom import rows
from pcb.fab.position import on_surface
from pcb.managed.laws import faults
from pcb.managed.pinmap import pin_map
from pcb.managed.sense_laws import limits
from pcb.managed.sensing import groups, shunt_mohm
from pcb.model import circuit
from pcb.parts import OUTPUT_KINDS, part_type
from pcb.rails import outputs
from pcb.sheet.netlist import Netlist
from pcb.spec import BoardSpec, read_spec
from tests.pcb.managed.test_laws import drop, move, read, revalue, swap

EVERY = range(2, 13)


def made(count: int, **more: Any) -> BoardSpec:
    values = {"outputs": count, "level": "managed", "sensing": True, "amps": 2, "amps_5v": 2}
    return read_spec({**values, **more})


@settings(max_examples=40)
@given(
    st.integers(2, 12), st.sampled_from([12, 5]), st.sampled_from(OUTPUT_KINDS), st.floats(0.1, 3.5)
)
def test_every_board_keeps_its_laws(count: int, volts: int, connector: str, amps: float) -> None:
    mixed = {"outputs_5v": count // 2} if volts == 12 and count % 2 else {}
    spec = made(count, volts=volts, connector=connector, amps=amps, **mixed)
    assert faults(spec, read(spec), pin_map(spec)) == []


def test_figures_that_a_chip_does_not_allow_are_told() -> None:
    """A fuse of 3 A shows up to 54 mOhm; ten times the 10 mOhm that it has is too much."""
    spec = made(2)
    told = pin_map(spec)
    assert limits(spec, told) == []
    wide = tuple(
        replace(chip, channels=tuple(replace(one, shunt_uohm=100_000) for one in chip.channels))
        for chip in told.sensors
    )
    said = limits(spec, replace(told, sensors=wide))
    assert said == [f"output {n}: 3 A are more than a shunt can show" for n in (1, 2)]


@pytest.mark.parametrize("count", EVERY)
def test_every_output_has_a_channel_of_its_own(count: int) -> None:
    told = pin_map(made(count))
    seen = [(one.address, row.channel) for one in told.sensors for row in one.channels]
    assert len(set(seen)) == len(seen) == count
    assert {channel for _, channel in seen} <= {1, 2, 3}
    addresses = [one.address for one in told.sensors]
    assert addresses == list(range(0x40, 0x40 + len(addresses)))
    assert max(addresses) <= 0x43
    refs = {part.ref: part.type_id for part in circuit(made(count)).parts}
    assert [refs[one.ref] for one in told.sensors] == ["ina3221"] * len(addresses)


@pytest.mark.parametrize("count", EVERY)
def test_a_chip_stands_among_its_own_columns_and_beside_no_other(count: int) -> None:
    """So that its lines cross those of no other chip, nor the controller."""
    spec = made(count)
    shape = comb(spec)
    x_of = {column.output.index: column.x for column in shape.columns}
    spans: list[tuple[float, float]] = []
    for group in groups(spec):
        middle, xs = bay_x(shape.columns, group), [x_of[one.output] for one in group.places]
        for one in group.places:
            assert (x_of[one.output] < middle) == (one.where == "left")
        assert all(abs(middle - x) >= 10.9 for x in x_of.values())
        spans.append((min(middle, *xs), max(middle, *xs)))
    assert all(a[1] < b[0] for a, b in pairwise(spans))


@given(st.sampled_from(OUTPUT_KINDS), st.floats(0.1, 7.0))
def test_a_shunt_costs_little_stays_cool_and_shows_all_that_its_fuse_lets_through(
    connector: str, amps: float
) -> None:
    try:
        spec = made(2, connector=connector, amps=amps)
    except InputError:
        return  # more than the connector carries
    one = outputs(spec)[0]
    ohm = shunt_mohm(one) / 1000
    assert amps * ohm <= 0.025 + 1e-9  # 0.5 % of 5 V
    assert one.fuse_a**2 * ohm <= 0.5  # half of a 2512's watt
    assert one.fuse_a * ohm <= 0.1638  # full scale (SBOS576)
    # 80 uV of offset at worst (SBOS576) are no more than 0.03 A.
    assert 80e-6 / ohm <= 0.03
    (part,) = (part for part in circuit(spec).parts if part.ref == "R501")
    assert part.value == f"{shunt_mohm(one):g}m"
    assert part.type.mpn[7:12] == f"R{round(ohm * 1e4):04d}"  # WSL2512R0050FEA: 0.0050 Ohm


def test_the_shunt_is_in_the_budget_and_in_the_solved_copper() -> None:
    spec = made(4)
    plain = spec.model_copy(update={"sensing": False})
    ohm = shunt_mohm(outputs(spec)[0]) / 1000
    for index in range(1, 5):
        sensed, bare = (networks(one)[0] for one in (spec, plain))
        more = series_ohm(sensed, index, poor=False) - series_ohm(bare, index, poor=False)
        assert more == pytest.approx(ohm, rel=1e-9)
        edge = next(edge for edge in sensed.edges if edge.name == f"R{500 + index}")
        assert edge.rating_a is not None
        assert edge.rating_a**2 * ohm == pytest.approx(0.5)  # half of its watt
    with_, without = (solve_pours(one).report for one in (spec, plain))
    assert with_.problems == ()
    for row, other in zip(with_.outputs, without.outputs, strict=True):
        assert row.full_v < other.full_v - 0.9 * 2 * ohm
    assert {"below Q1", "below R501"} <= {row.place for row in with_.necks}


@pytest.mark.parametrize("count", EVERY)
def test_no_current_of_an_output_passes_a_tap(count: int) -> None:
    """Kelvin: a tap touches its shunt's pad at its inner side only, and no other copper."""
    spec = made(count)
    layout = lay_out(circuit(spec))
    pours = {one.name: Polygon(one.outline) for one in layout.pours}
    for index in range(1, count + 1):
        put = layout.part(f"R{500 + index}")
        for number, net, inner in (("1", "SNS", 1), ("2", "OUT", -1)):
            x, y = put.pad(number)
            pad = next(pad for pad in put.footprint.pads if pad.number == number)
            half = pad.size[0] / 2, pad.size[1] / 2
            whole = box(x - half[0], y - half[1], x + half[0], y + half[1])
            tap, main = pours[f"{net}{index} tap"], pours[f"{net}{index}"]
            assert tap.distance(main) >= 0.3
            assert tap.intersects(whole)
            assert main.intersects(whole)
            # Towards the middle of the shunt, main copper ends before the tap begins.
            assert inner * (tap.centroid.y - y) > 0
            spots = get_coordinates(main.intersection(whole))
            assert all(inner * (spot[1] - y) <= 0 for spot in spots)


def test_what_it_has_more_is_in_the_parts_list_and_the_position_file() -> None:
    spec = made(7)
    board = circuit(spec)
    bought = {ref: row for row in rows(board) for ref in row.refs}
    placed = {put.ref for put in on_surface(lay_out(board))}
    wanted = {f"R{base + index}" for base in (500, 600, 700) for index in range(1, 8)}
    wanted |= {one.ref for one in pin_map(spec).sensors} | {"C121", "C122", "C123"}
    assert wanted <= placed
    assert wanted <= bought.keys()
    assert bought["U21"].mpn == "INA3221AIRGVR"
    assert bought["R501"].rated == "1 W"
    assert part_type("ina3221").rated_v == 26


# ---- a seeded fault is named

FAULTS: dict[str, tuple[Callable[[Netlist], None], str]] = {
    "a strap swapped": (lambda n: move(n, ("U21", "5"), "SDA"), "U21: its strap makes 0x42"),
    "a strap left open": (lambda n: move(n, ("U22", "5"), "loose"), "U22: its strap"),
    "SDA and SCL swapped": (lambda n: swap(n, ("U21", "6"), ("U21", "7")), "U21: SCL is on SDA"),
    "the chip at 5 V": (lambda n: move(n, ("U23", "4"), "VAUX"), "U23: VS is on VAUX"),
    "a channel the wrong way": (
        lambda n: swap(n, ("U21", "11"), ("U21", "12")), "sensing 2: IN+1"),
    "two channels swapped": (lambda n: swap(n, ("U21", "12"), ("U21", "2")), "sensing 1: IN+3"),
    "a line to the wrong side": (lambda n: swap(n, ("R601", "1"), ("R701", "2")), "sensing 1: IN"),
    "a line without its resistor": (lambda n: drop(n, "R702"), "sensing 2: IN-1"),
    "a line of too much": (lambda n: revalue(n, "R603", "1k"), "sensing 3: IN+3"),
    "a load on a line": (lambda n: move(n, ("D4", "2"), "SP4"), "sensing 4: 1 more on its line"),
    "no shunt": (lambda n: drop(n, "R505"), "output 5: Q5 does not"),
    "a shunt bridged": (lambda n: move(n, ("J6", "1"), "SNS6"), "sensing 6: 0 shunts"),
    "two shunts": (lambda n: move(n, ("R507", "1"), "SNS6") or move(n, ("R507", "2"), "OUT6"),
                   "sensing 6: 2 shunts"),
    "another shunt": (lambda n: revalue(n, "R507", "3m"), "sensing 7: a shunt of 3 mOhm"),
    "a channel that floats": (lambda n: move(n, ("U21", "14"), "loose"), "U21: channel 2 reads"),
    "another chip": (lambda n: revalue(n, "U22", "INA219"), "U22 is no INA3221"),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_a_seeded_fault_is_named(name: str) -> None:
    spec = made(8)
    found = copy.deepcopy(read(spec))
    spoil, said = FAULTS[name]
    spoil(found)
    told = faults(spec, found, pin_map(spec))
    assert any(said in sentence for sentence in told), told


# ---- what is refused

WRONG: list[tuple[dict[str, Any], str, str]] = [
    ({"outputs": 13}, "sensing", "up to 12 outputs"),
    ({"outputs": 24}, "sensing", "take two boards"),
    ({"level": "simple"}, "sensing", "only with level managed"),
    ({"sensing": False, "sensor_address": 0x41}, "sensor_address", "only with sensing"),
    ({"sensor_address": 0x43}, "sensor_address", "use 0x42"),
    ({"outputs": 12, "sensor_address": 0x41}, "sensor_address", "use 0x40"),
    ({"sensor_address": 0x24}, "sensor_address", "use 0x40"),
    ({"address": 0x40}, "address", "0x24, 0x25, 0x26, 0x27"),
    ({"address": 0x20}, "address", "use 0x24"),
    ({"address": "U1"}, "address", "use 0x24"),
    ({"address": True}, "address", "use 0x24"),
    ({"outputs": 17, "sensing": False, "address": 0x27}, "address", "use 0x26"),
    ({"level": "simple", "sensing": False, "address": 0x25}, "address", "only with level managed"),
]


@pytest.mark.parametrize(("values", "key", "said"), WRONG)
def test_what_cannot_be_is_refused_with_what_can(
    values: dict[str, Any], key: str, said: str
) -> None:
    with pytest.raises(InputError) as caught:
        made(**{"count": values.pop("outputs", 4), **values})
    assert [problem.where for problem in caught.value.problems] == [f"--{key.replace('_', '-')}"]
    assert said in str(caught.value)


@pytest.mark.parametrize("address", [0x25, "0x25", "0X25", "37", 37.0])
def test_an_address_may_be_written_in_any_way(address: object) -> None:
    spec = made(20, sensing=False, amps=0.5, address=address)
    told = pin_map(spec)
    assert [one.address for one in told.expanders] == [0x25, 0x26]
    texts = {text.text for text in lay_out(circuit(spec)).texts}
    assert {"U1 0x25", "U2 0x26"} <= texts
    # A0 and A1 of U1, then of U2, by the contacts of SCPS201; A2 is high with RESET.
    board = circuit(spec)
    straps = [board.net_of(ref, pad) for ref in ("U1", "U2") for pad in ("21", "2")]
    assert straps == ["3V3", "GND", "GND", "3V3"]


@given(st.sampled_from([0x24, 0x25, 0x26, 0x27]), st.integers(2, 16))
def test_straps_follow_every_address(address: int, count: int) -> None:
    spec = made(count, sensing=False, address=address)
    assert faults(spec, read(spec), pin_map(spec)) == []


def test_two_boards_share_a_bus() -> None:
    one, two = made(6), made(6, address=0x25, sensor_address=0x42)
    seen = [
        chip.address for spec in (one, two) for told in [pin_map(spec)]
        for chip in (*told.expanders, *told.sensors)
    ]  # fmt: skip
    assert len(set(seen)) == len(seen) == 6
    # Both boards' pull-ups at once: 3 mA are what a chip must sink (UM10204, table 10).
    assert 2 * 3.3 / 4700 < 3e-3
    assert math.isclose(sum(chip in range(0x40, 0x44) for chip in seen), 4)
