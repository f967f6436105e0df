"""Every managed board keeps its laws, and each seeded fault breaks one that names it."""

import copy
from collections.abc import Callable
from typing import Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.problems import InputError
from pcb.managed.laws import faults
from pcb.managed.pinmap import pin_map
from pcb.model import circuit
from pcb.parts import OUTPUT_KINDS
from pcb.sheet.netlist import Component, Netlist, netlist, read_netlist
from pcb.spec import BoardSpec, read_spec


def read(spec: BoardSpec) -> Netlist:
    return read_netlist(netlist(circuit(spec)))


@settings(max_examples=40)
@given(st.integers(2, 24), st.sampled_from([12, 5]), st.sampled_from(OUTPUT_KINDS), st.booleans())
def test_every_board_keeps_its_laws(count: int, volts: int, connector: str, points: bool) -> None:
    mixed = {"outputs_5v": count // 2} if volts == 12 and count % 2 else {}
    spec = read_spec(
        {"outputs": count, "volts": volts, "connector": connector, "test_points": points,
         "level": "managed", "amps": 2, "amps_5v": 2, **mixed}
    )  # fmt: skip
    assert faults(spec, read(spec), pin_map(spec)) == []


@pytest.mark.parametrize("volts", [12, 5])
def test_with_every_pin_an_input_each_gate_turns_its_switch_on(volts: Literal[12, 5]) -> None:
    """A second way: a table of what each part does, and the volts at the gates of output 3."""
    spec = BoardSpec(outputs=7, volts=volts, level="managed")
    made, value = circuit(spec), {part.ref: part.value for part in circuit(spec).parts}
    assert [value[ref] for ref in ("R103", "R203", "R303")] == ["270k", "10k", "100k"]
    assert set(made.nets["EN3"]) == {("Q103", "1"), ("R303", "2"), ("U1", "6")}
    # U1 contact 6 an input: no current through R303, so its driver has 3.3 V and conducts.
    assert made.net_of("R303", "1") == "3V3"
    assert made.net_of("Q103", "2") == "GND"
    # Driver on: R203 pulls the base down, R103 up to the rail; the gate follows by D203.
    base_v = volts * 10 / (10 + 270)
    assert set(made.nets["BASE3"]) == {("Q203", "1"), ("D203", "3"), ("R103", "2"), ("R203", "1")}
    assert set(made.nets["GATE3"]) == {
        ("Q3", "4"), ("Q203", "2"), ("D203", "1"), ("D203", "2"), ("C3", "1"),
    }  # fmt: skip
    assert volts - base_v - 0.1 >= 4.5
    # Driver off: Q203 pulls the gate up to within its base's volts of the rail.
    assert made.net_of("Q203", "3") == "FUS3" == made.net_of("Q3", "1")
    # 20 V at most between gate and source, whatever the supply gives within 10 %.
    assert 1.1 * volts < 20


def test_one_output_alone_is_not_managed_and_other_plugs_bring_no_standby() -> None:
    with pytest.raises(InputError, match="smallest value that works is 2"):
        read_spec({"outputs": 1, "level": "managed"})
    for plug in ("eps-8", "p4", "screw", "atx12vo"):
        with pytest.raises(InputError, match="brings no 5 V standby"):
            read_spec({"outputs": 2, "level": "managed", "input": plug})


def move(found: Netlist, pin: tuple[str, str], net: str) -> None:
    """Put a pin on another net."""
    for name, pins in found.nets.items():
        found.nets[name] = pins - {pin}
    found.nets[net] = found.nets.get(net, frozenset()) | {pin}


def swap(found: Netlist, one: tuple[str, str], other: tuple[str, str]) -> None:
    net_of = {pin: name for name, pins in found.nets.items() for pin in pins}
    move(found, one, net_of[other])
    move(found, other, net_of[one])


def drop(found: Netlist, ref: str) -> None:
    del found.components[ref]
    for name, pins in found.nets.items():
        found.nets[name] = frozenset(pin for pin in pins if pin[0] != ref)


def revalue(found: Netlist, ref: str, value: str) -> None:
    there = found.components[ref]
    found.components[ref] = Component(value, there.footprint, there.uuid)


FAULTS: dict[str, tuple[Callable[[Netlist], None], str]] = {
    "a strap swapped": (lambda n: move(n, ("U1", "21"), "3V3"), "U1: its straps make 0x25"),
    "two chips alike": (lambda n: move(n, ("U2", "21"), "GND"), "U2: its straps make 0x24"),
    "a strap left open": (lambda n: move(n, ("U1", "2"), "loose"), "U1: its straps"),
    "no pull-up at SDA": (lambda n: drop(n, "R401"), "SDA: pulled up by nothing"),
    "a wrong pull-up": (lambda n: revalue(n, "R402", "100k"), "SCL: pulled up"),
    "RESET floats": (lambda n: drop(n, "R404"), "RESET: pulled up by nothing"),
    "a driver on a wrong pin": (
        lambda n: swap(n, ("U1", "4"), ("U1", "5")), "output 1"),
    "two gates swapped": (
        lambda n: swap(n, ("Q4", "4"), ("Q5", "4")), "output 4: 0 transistors pull"),
    "a node's pull missing": (lambda n: drop(n, "R306"), "output 6: 0 pull-ups"),
    "a node pulled down": (lambda n: move(n, ("R307", "2"), "GND"), "output 7: 0 pull-ups"),
    "nothing turns it off": (lambda n: drop(n, "R108"), "output 8: Q8 has 1"),
    "nothing pulls it up": (lambda n: drop(n, "Q208"), "output 8: 0 transistors pull"),
    "a transistor the wrong way": (
        lambda n: swap(n, ("Q209", "2"), ("Q209", "3")), "output 9: 0 transistors pull"),
    "no diodes": (lambda n: drop(n, "D210"), "output 10: no diodes"),
    "diodes the wrong way": (
        lambda n: swap(n, ("D211", "1"), ("D211", "3")), "output 11: no diodes"),
    "no slope": (lambda n: drop(n, "C12"), "1 to turn off, 0 capacitors to its output"),
    "a slope too slow": (lambda n: revalue(n, "C13", "47u"), "output 13: turning off warms Q13"),
    "a slope too fast": (lambda n: revalue(n, "C14", "10n"), "output 14: turning on warms Q14"),
    "an edge too slow": (lambda n: revalue(n, "R115", "1000k"), "output 15: Q15 opens while"),
    "a gate that leaks on": (lambda n: revalue(n, "R109", "4700k"), "output 9: Q9 stays on"),
    "a gate too weak": (lambda n: revalue(n, "R210", "470k"), "output 10: 4.10 V"),
    "a bus too slow": (lambda n: revalue(n, "R401", "10k"), "SDA: pulled up by [10000.0]"),
    "a switch the wrong way": (
        lambda n: swap(n, ("Q11", "1"), ("Q11", "5")), "output 11: Q11 does not stand"),
    "a switch bridged": (lambda n: move(n, ("J12", "1"), "FUS12"), "output 12: Q12 does not"),
    "a driver off the ground": (lambda n: move(n, ("Q113", "2"), "5VSB"), "output 13: the source"),
    "the lamp before the fuse": (lambda n: move(n, ("R14", "1"), "+12V"), "output 14: its lamp"),
    "the supply cut by default": (lambda n: drop(n, "R300"), "supply: 0 pull-ups"),
    "PS_ON on another's pin": (lambda n: move(n, ("Q100", "3"), "PWR_OK"), "supply: U2 does not"),
    "the bus at 5 V": (lambda n: move(n, ("U1", "24"), "VAUX"), "U1: VCC is on VAUX"),
    "the regulator unfused": (lambda n: move(n, ("U10", "3"), "5VSB"), "3.3 V: the regulator"),
    "3.3 V at a plug": (lambda n: move(n, ("J201", "2"), "3V3"), "J201: contact 2"),
    "SDA and SCL swapped": (lambda n: swap(n, ("J202", "3"), ("J202", "4")), "J202: contact 3"),
    "a chip of another kind": (lambda n: revalue(n, "U2", "TCA9534"), "U2 is no TCA9535"),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_a_seeded_fault_is_named(name: str) -> None:
    spec = BoardSpec(outputs=20, amps=0.5, level="managed")
    found = copy.deepcopy(_twenty())
    spoil, said = FAULTS[name]
    spoil(found)
    told = faults(spec, found, pin_map(spec))
    assert any(said in sentence for sentence in told), told


def _twenty() -> Netlist:
    return read(BoardSpec(outputs=20, amps=0.5, level="managed"))
