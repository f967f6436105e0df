"""Our netlist is the circuit, and comparing it finds every change."""

import copy
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pcb.model import circuit
from pcb.sexpr import every, first, parse, text_of
from pcb.sheet.netlist import Component, Netlist, differences, natural, netlist, read_netlist
from pcb.spec import BoardSpec

BOARDS = [
    BoardSpec(outputs=n, volts=(12, 5)[n % 2], connector=("barrel-5.5x2.1", "screw", "wire")[n % 3])
    for n in range(1, 25)
]

# One output on 12 V with a barrel jack, written by hand from the pinout of the 24-pin plug.
ONE_OUTPUT = """
+12V: F1.1 J100.10 J100.11 TP1.1
5VSB: J100.9 TP3.1
GND: D1.1 J1.2 J1.MP J100.15 J100.17 J100.18 J100.19 J100.24 J100.3 J100.5 J100.7 JP1.2 TP2.1
Net-(D1-A): D1.2 R1.2
OUT1: F1.2 J1.1 R1.1
PS_ON: J100.16 JP1.1
PWR_OK: J100.8 TP4.1
unconnected-(J100-+3.3V-Pad1): J100.1
unconnected-(J100-+3.3V-Pad2): J100.2
unconnected-(J100-+3.3V-Pad12): J100.12
unconnected-(J100-+3.3V-Pad13): J100.13
unconnected-(J100-+5V-Pad4): J100.4
unconnected-(J100-+5V-Pad6): J100.6
unconnected-(J100-+5V-Pad21): J100.21
unconnected-(J100-+5V-Pad22): J100.22
unconnected-(J100-+5V-Pad23): J100.23
unconnected-(J100--12V-Pad14): J100.14
unconnected-(J100-NC-Pad20): J100.20
"""
PARTS = """
D1 green Rackpress:LED_3mm
F1 5A Rackpress:Fuse_Mini_Blade_Keystone_3568
J1 5.5x2.1 centre + Rackpress:Barrel_Jack_PJ-063AH
J100 ATX 24-pin Rackpress:Inlet_ATX_24
JP1 PS_ON Rackpress:Pin_Header_2
R1 3.3k Rackpress:Resistor_0207
TP1 +12V Rackpress:Test_Point
TP2 GND Rackpress:Test_Point
TP3 5VSB Rackpress:Test_Point
TP4 PWR_OK Rackpress:Test_Point
"""


def read(spec: BoardSpec) -> Netlist:
    return read_netlist(netlist(circuit(spec)))


def test_one_output_in_words() -> None:
    tree = parse(netlist(circuit(BoardSpec(outputs=1))))
    nets = [
        f"{text_of(net, 'name')}: "
        + " ".join(f"{text_of(n, 'ref')}.{text_of(n, 'pin')}" for n in every(net, "node"))
        for net in every(first(tree, "nets"), "net")
    ]
    assert nets == ONE_OUTPUT.strip().splitlines()
    parts = [
        " ".join(text_of(comp, key) for key in ("ref", "value", "footprint"))
        for comp in every(first(tree, "components"), "comp")
    ]
    assert parts == PARTS.strip().splitlines()


@pytest.mark.parametrize("spec", BOARDS, ids=lambda b: str(b.outputs))
def test_the_netlist_is_the_circuit(spec: BoardSpec) -> None:
    board, found = circuit(spec), read(spec)
    assert found.nets == {name: frozenset(pins) for name, pins in board.nets.items()}
    assert found.components.keys() == {part.ref for part in board.parts}
    for part in board.parts:
        there = found.components[part.ref]
        assert (there.value, there.footprint) == (part.value, part.footprint)
    assert len({there.uuid for there in found.components.values()}) == len(board.parts)


def test_counts_of_seven_outputs() -> None:
    found = read(BoardSpec(outputs=7))
    assert len(found.components) == 1 + 7 * 4 + 1 + 4
    assert len(found.nets) == 5 + 7 * 2 + 11
    assert sum(map(len, found.nets.values())) == 24 + 7 * (3 + 2 + 2 + 2) + 2 + 4


def swap_outputs(found: Netlist) -> None:
    found.nets["OUT1"], found.nets["OUT2"] = found.nets["OUT2"], found.nets["OUT1"]


def swap_jack_pins(found: Netlist) -> None:
    found.nets["OUT1"] = found.nets["OUT1"] - {("J1", "1")} | {("J1", "2")}
    found.nets["GND"] = found.nets["GND"] - {("J1", "2")} | {("J1", "1")}


def short_the_fuse(found: Netlist) -> None:
    found.nets["+12V"] |= found.nets.pop("OUT1")


def drop_a_part(found: Netlist) -> None:
    del found.components["F2"]


def drop_a_pin(found: Netlist) -> None:
    found.nets["GND"] -= {("J100", "24")}


def add_a_part(found: Netlist) -> None:
    found.components["X1"] = Component("", "", "")


def larger_fuse(found: Netlist) -> None:
    there = found.components["F1"]
    found.components["F1"] = Component("30A", there.footprint, there.uuid)


def other_symbol(found: Netlist) -> None:
    there = found.components["F1"]
    found.components["F1"] = Component(there.value, there.footprint, "0")


def rename_a_net(found: Netlist) -> None:
    found.nets["PSON"] = found.nets.pop("PS_ON")


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (swap_outputs, "OUT1"),
        (swap_jack_pins, "J1.2"),
        (short_the_fuse, "OUT1"),
        (drop_a_part, "F2"),
        (drop_a_pin, "J100.24"),
        (add_a_part, "X1"),
        (larger_fuse, "30A"),
        (other_symbol, "F1"),
        (rename_a_net, "PSON"),
    ],
)
def test_a_change_is_found_and_named(change: Callable[[Netlist], None], named: str) -> None:
    ours = read(BoardSpec(outputs=3))
    theirs = copy.deepcopy(ours)
    assert differences(ours, theirs) == []
    change(theirs)
    for told in (differences(ours, theirs), differences(theirs, ours)):
        assert any(named in sentence for sentence in told)


@pytest.mark.parametrize("text", ["(export (components (comp (ref A)) (comp (ref A))))", "(nets)"])
def test_what_is_no_netlist_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"twice|begins with"):
        read_netlist(text)


@given(st.lists(st.from_regex(r"[A-Z]{1,2}[0-9]{1,3}", fullmatch=True), min_size=2, unique=True))
def test_references_are_counted_not_spelled(refs: list[str]) -> None:
    def letters_and_number(ref: str) -> tuple[str, int]:
        letters = ref.rstrip("0123456789")
        return letters, int(ref[len(letters) :])

    ordered = sorted(refs, key=natural)
    assert [letters_and_number(r) for r in ordered] == sorted(letters_and_number(r) for r in refs)
