"""Laws of the circuit, tried on every board there is: 24 counts x 2 rails x 3 connectors x 2."""

from collections import Counter, defaultdict
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pcb.model import Circuit, circuit, led_ohms
from pcb.parts import OUTPUT_KINDS, OutputKind, fuse_a, largest_amps, part_type, tables
from pcb.spec import BoardSpec

# The 24-pin plug as ATX12V 2.0 and Intel 336521 print it, by what each pin carries.
PINOUT = {
    "+3.3V": (1, 2, 12, 13),
    "GND": (3, 5, 7, 15, 17, 18, 19, 24),
    "+5V": (4, 6, 21, 22, 23),
    "PWR_OK": (8,),
    "5VSB": (9,),
    "+12V": (10, 11),
    "-12V": (14,),
    "PS_ON": (16,),
    "NC": (20,),
}
SLEEVES = {kind: ("2", "MP") if kind.startswith("barrel") else ("2",) for kind in OUTPUT_KINDS}
KINDS = list(product((12, 5), OUTPUT_KINDS, (True, False)))


@pytest.fixture(params=KINDS, ids=lambda k: f"{k[0]}V-{k[1]}{'' if k[2] else '-no-points'}")
def boards(request: pytest.FixtureRequest) -> list[Circuit]:
    """The circuits of one kind, with 1 to 24 outputs."""
    volts, connector, points = request.param
    kind = {"volts": volts, "connector": connector, "test_points": points}
    return [circuit(BoardSpec(outputs=count, **kind)) for count in range(1, 25)]


def nodes(board: Circuit) -> list[tuple[str, str]]:
    return [pin for pins in board.nets.values() for pin in pins]


def test_every_pin_is_on_exactly_one_net(boards: list[Circuit]) -> None:
    for board in boards:
        pins = [(part.ref, pad) for part in board.parts for pad, _ in part.type.pins]
        assert Counter(nodes(board)) == Counter(pins)
        assert max(Counter(pins).values()) == 1


def test_no_reference_is_used_twice(boards: list[Circuit]) -> None:
    for board in boards:
        refs = [part.ref for part in board.parts]
        assert len(refs) == len(set(refs))
        assert len(refs) == 2 + 4 * board.spec.outputs + 4 * board.spec.test_points


def test_the_inlet_is_wired_as_the_standard_numbers_it(boards: list[Circuit]) -> None:
    for board in boards:
        connected = {board.spec.rail, "GND", "PS_ON"}
        if board.spec.test_points:
            connected |= {"5VSB", "PWR_OK"}
        for name, pads in PINOUT.items():
            on = {board.net_of("J100", str(pad)) for pad in pads}
            if name in connected:
                assert on == {name}
            else:
                assert on == {f"unconnected-(J100-{name}-Pad{pad})" for pad in pads}
        loose = [name for name in board.nets if name.startswith("unconnected-")]
        assert all(len(board.nets[name]) == 1 for name in loose)


def test_a_fuse_is_the_only_way_from_the_rail_to_an_output(boards: list[Circuit]) -> None:
    for board in boards:
        neighbours: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
        for part in board.parts:
            if part.ref != "J100":
                on = {board.net_of(part.ref, pad) for pad, _ in part.type.pins} - {"GND"}
                for net, other in product(on, on):
                    neighbours[net].add((other, part.ref))
        for index in range(1, board.spec.outputs + 1):
            assert board.net_of(f"F{index}", "1") == board.spec.rail
            assert board.net_of(f"F{index}", "2") == f"OUT{index}"
            reached, waiting = set[str](), [board.spec.rail]
            while waiting:
                net = waiting.pop()
                reached.add(net)
                waiting += [
                    o for o, ref in neighbours[net] if o not in reached and ref != f"F{index}"
                ]
            assert f"OUT{index}" not in reached


def test_an_output_has_its_plug_and_a_lamp_behind_the_fuse(boards: list[Circuit]) -> None:
    for board in boards:
        for index in range(1, board.spec.outputs + 1):
            assert set(board.nets[f"OUT{index}"]) == {
                (f"F{index}", "2"),
                (f"R{index}", "1"),
                (f"J{index}", "1"),
            }
            assert set(board.nets[f"Net-(D{index}-A)"]) == {(f"R{index}", "2"), (f"D{index}", "2")}
            assert board.net_of(f"D{index}", "1") == "GND"


def test_gnd_joins_every_sleeve(boards: list[Circuit]) -> None:
    for board in boards:
        for index in range(1, board.spec.outputs + 1):
            for pad in SLEEVES[board.spec.connector]:
                assert board.net_of(f"J{index}", pad) == "GND"
        assert {pad for ref, pad in board.nets["GND"] if ref == "J100"} == {
            str(pad) for pad in PINOUT["GND"]
        }


def test_the_jumper_joins_ps_on_to_gnd_and_nothing_else_is_on_it(boards: list[Circuit]) -> None:
    for board in boards:
        assert set(board.nets["PS_ON"]) == {("J100", "16"), ("JP1", "1")}
        assert board.net_of("JP1", "2") == "GND"


def test_the_switch_joins_them_on_one_side_and_nothing_on_the_other() -> None:
    board = circuit(BoardSpec(outputs=2, ps_on="switch"))
    assert set(board.nets["PS_ON"]) == {("J100", "16"), ("SW1", "2")}
    assert board.net_of("SW1", "3") == "GND"
    assert board.nets[board.net_of("SW1", "1")] == (("SW1", "1"),)


@given(st.sampled_from(OUTPUT_KINDS), st.floats(0, 1))
def test_a_fuse_carries_the_load_and_protects_the_plug(connector: OutputKind, share: float) -> None:
    amps = 0.1 + share * (largest_amps(connector) - 0.1)
    fuse = fuse_a(amps, connector)
    assert fuse * 0.7 >= amps - 1e-9
    assert fuse <= (part_type(connector).rated_a or 0)
    assert fuse <= (part_type("fuse").rated_a or 0)
    smaller = [size for size in tables().fuses.sizes_a if size < fuse]
    assert all(size * 0.7 < amps for size in smaller)


@pytest.mark.parametrize("connector", OUTPUT_KINDS)
def test_a_load_beyond_the_largest_fuse_has_no_fuse(connector: OutputKind) -> None:
    with pytest.raises(ValueError, match="is above"):
        fuse_a(largest_amps(connector) + 0.01, connector)


@pytest.mark.parametrize("volts", [12, 5])
def test_the_lamp_is_seen_and_its_resistor_stays_cool(volts: int) -> None:
    ohms = led_ohms(volts)
    milliamps = (volts - 2.0) / ohms * 1000
    assert 2 <= milliamps <= 5
    watts = (volts - 2.0) ** 2 / ohms
    assert watts < (part_type("resistor").rated_w or 0) / 2
    short = volts**2 / ohms  # the lamp shorted: still within the part's rating
    assert short < (part_type("resistor").rated_w or 0)
