"""What must hold of a managed board's circuit, read from a netlist alone: the one that KiCad makes.

The circuit is followed from pin to pin, by parts' values and data sheets, not by how it was made:
expander pin, driver, gate, switch, fuse and plug of each output; the volts at each gate with every
expander pin an input (the output is on) and with the pin low (it is off); addresses; the bus.
"""

from collections.abc import Iterator

from pcb.managed.edges import EDGE_K, NODE_F, THRESHOLD_V, Cell
from pcb.managed.pinmap import BUS_V, HEADER, HEADER_PINS, QWIIC, QWIIC_PINS, PinMap
from pcb.managed.reader import GROUND, LOGIC, Reader
from pcb.managed.sense_laws import sense_faults
from pcb.managed.sense_wiring import SHUNT
from pcb.rails import Output, outputs
from pcb.sheet.netlist import Netlist
from pcb.spec import BoardSpec

# Contacts by bit, and of the bus (TI SCPS197, SCPS201, pin functions).
PORTS = {
    "TCA9534": (4, 5, 6, 7, 9, 10, 11, 12),
    "TCA9535": (4, 5, 6, 7, 8, 9, 10, 11, 13, 14, 15, 16, 17, 18, 19, 20),
}
CONTACTS = {
    "TCA9534": {"A0": "1", "A1": "2", "A2": "3", "GND": "8", "INT": "13", "SCL": "14", "SDA": "15",
                "VCC": "16"},
    "TCA9535": {"INT": "1", "A1": "2", "A2": "3", "GND": "12", "A0": "21", "SCL": "22",
                "SDA": "23", "VCC": "24"},
}  # fmt: skip
BASE = 0x20  # of both chips
DRIVER_MOST_V, DRIVER_LEAST_V = 1.5, 0.8  # threshold of the BSS138
DRIVER_LEAK_A, PIN_LEAK_A = 0.5e-6, 1e-6  # of the BSS138 when off; of an expander's input
SWITCH_ON_V = 4.5  # where the IRF9310's resistance is given
SWITCH_OFF_V = THRESHOLD_V[0]
REST_V = 0.45  # BC847: base to emitter at what a gate leaks, 0.1 µA: 60 mV less a decade
RAIL_V_PER_S = 4e3  # a rail that rises in 3 ms; ATX12V 2.0 has 0.1 to 20
LOW_V = 0.5  # the most of an expander's low output (SCPS201: 8 mA; here next to nothing)
SUPPLY_LOW = 0.05  # how much lower than its name a rail may be (ATX12V 2.0)
LOGIC_LOW = 0.03  # and 3.3 V (DS21826)
STANDBY = "5VSB"
LINES = ("SDA", "SCL", "INT", "RESET")
RISE_S, BUS_F, RISE = 300e-9, 75e-12, 0.8473  # 400 kHz, a short cable; from 0.3 to 0.7 (UM10204)
PULL_OHM = {
    **dict.fromkeys(("SDA", "SCL"), (2.9 / 3e-3, RISE_S / RISE / BUS_F)),  # a chip sinks 3 mA
    **dict.fromkeys(("INT", "RESET"), (2.9 / 3e-3, 15e3)),  # no edge of theirs is in a hurry
}


def faults(spec: BoardSpec, found: Netlist, told: PinMap) -> list[str]:
    """Return what is wrong, one sentence each; nothing means that all laws hold."""
    net_of = {pin: name for name, pins in found.nets.items() for pin in pins}
    read = Reader(found, net_of)
    said: list[str] = []
    for one in outputs(spec):
        said += _output(read, told, one, sensing=spec.sensing)
    for chip in told.expanders:
        said += _chip(read, chip.ref, chip.chip, chip.address)
    said += sense_faults(spec, read, told)
    return [*said, *_starter(read, told), *_bus(read), *_supply(read)]


def _output(read: Reader, told: PinMap, one: Output, *, sensing: bool) -> Iterator[str]:
    """Follow an output from the expander's pin to the plug."""
    pin = told.outputs[one.index - 1]
    chip = told.expanders[pin.expander]
    pad = str(PORTS[chip.chip][pin.bit])
    name, enable = f"output {one.index}", read.net(chip.ref, pad)
    drivers = read.on(enable, "BSS138", "1")
    if len(drivers) != 1:
        yield f"{name}: {chip.ref} contact {pad} drives {len(drivers)} transistors"
        return
    yield from _driver(read, name, drivers[0], enable)
    yield from _way(read, name, pin.ref, one, sensing=sensing)
    yield from _gate(read, name, pin.ref, one, drain=read.net(drivers[0], "3"))


def _gate(read: Reader, name: str, ref: str, one: Output, *, drain: str) -> Iterator[str]:
    """Hold what turns a switch on and off: its volts either way, and what its edges cost it."""
    gate, fused = read.net(ref, "4"), read.net(f"F{one.index}", "2")
    pulls = [up for up in read.on(gate, "BC847C", "2") if read.net(up, "3") == fused]
    if len(pulls) != 1:
        yield f"{name}: {len(pulls)} transistors pull the gate of {ref} up to its fuse"
        return
    base = read.net(pulls[0], "1")
    downs = set(read.on(base, "BAT54C", "3"))
    if not downs & set(read.on(gate, "BAT54C", "1")) & set(read.on(gate, "BAT54C", "2")):
        yield f"{name}: no diodes from the gate of {ref} to the base of {pulls[0]}"
    if len(read.found.nets.get(drain, ())) != 2:
        yield f"{name}: the driver of {ref} is joined to more than its resistor"
    series, off = read.between(base, drain), read.between(base, fused)
    slew = read.capacity(gate, read.net(ref, "5"))
    if (len(series), len(off), len(slew)) != (1, 1, 1):
        counts = f"{len(series)} resistors to its driver, {len(off)} to turn off"
        yield f"{name}: {ref} has {counts}, {len(slew)} capacitors to its output"
        return
    cell = Cell(one.volts, off[0], series[0], slew[0])
    low = cell.gate_v(one.volts * (1 - SUPPLY_LOW))
    if low < SWITCH_ON_V:
        yield f"{name}: {low:.2f} V at the gate of {ref}, {SWITCH_ON_V} V turn it on"
    leak = DRIVER_LEAK_A * off[0] + REST_V
    if leak > SWITCH_OFF_V:
        yield f"{name}: {ref} stays on by {leak:.2f} V of leakage"
    warmer = {"on": cell.on_k(NODE_F), "off": cell.off_k(one.fuse_a)}
    for edge, kelvin in warmer.items():
        if kelvin > EDGE_K:
            yield f"{name}: turning {edge} warms {ref} by {kelvin:.0f} K, {EDGE_K:g} are allowed"
    if cell.held_v_per_s() < RAIL_V_PER_S:
        yield f"{name}: {ref} opens while its rail rises, though it is held off"


def _way(read: Reader, name: str, ref: str, one: Output, *, sensing: bool) -> Iterator[str]:
    """Hold the switch against the fuse before it and the plug, or shunt, behind it."""
    fused, goal = read.net(f"F{one.index}", "2"), f"J{one.index}"
    before = read.net(goal, "1")
    if sensing:
        goal = f"R{SHUNT + one.index}"
        before = read.net(goal, "1")
    sources, drains = ({read.net(ref, pad) for pad in pads} for pads in ("123", "5678"))
    if sources != {fused} or drains != {before} or fused == before:
        yield f"{name}: {ref} does not stand between F{one.index} and {goal}"
    if read.net(f"R{one.index}", "1") != fused:
        yield f"{name}: its lamp is not behind its fuse"


def _driver(read: Reader, name: str, ref: str, gate: str) -> Iterator[str]:
    """Hold the volts at a driver's gate: high with the pin an input, low with the pin low."""
    pulls = read.between(gate, LOGIC)
    if len(pulls) != 1:
        yield f"{name}: {len(pulls)} pull-ups at {ref}: off when nobody drives it"
        return
    high = BUS_V * (1 - LOGIC_LOW) - pulls[0] * (PIN_LEAK_A + 0.1e-6)
    if high < DRIVER_MOST_V:
        yield f"{name}: {high:.2f} V at {ref} when nobody drives it, {DRIVER_MOST_V} V turn it on"
    if BUS_V / pulls[0] > 1e-3 or LOW_V >= DRIVER_LEAST_V:
        yield f"{name}: a pin cannot pull {ref} down"
    if read.net(ref, "2") != GROUND:
        yield f"{name}: the source of {ref} is not at GND"


def _chip(read: Reader, ref: str, kind: str, address: int) -> Iterator[str]:
    """Hold an expander's supply, bus and address."""
    contact = CONTACTS[kind]
    if ref not in read.found.components or read.found.components[ref].value != kind:
        yield f"{ref} is no {kind}"
        return
    wanted = {"VCC": LOGIC, "GND": GROUND, "SDA": "SDA", "SCL": "SCL", "INT": "INT"}
    for name, net in wanted.items():
        if read.net(ref, contact[name]) != net:
            yield f"{ref}: {name} is on {read.net(ref, contact[name])}, not on {net}"
    high = {LOGIC, *(net for net in ("RESET",) if read.between(net, LOGIC))}
    bits = [read.net(ref, contact[f"A{bit}"]) for bit in range(3)]
    loose = [net for net in bits if net not in {*high, GROUND}]
    found = BASE | sum((net in high) << bit for bit, net in enumerate(bits))
    if loose or found != address:
        yield f"{ref}: its straps make 0x{found:02x}, not 0x{address:02x}"


def _starter(read: Reader, told: PinMap) -> Iterator[str]:
    """Hold what starts the supply: on when nobody drives it."""
    if told.ps_on is None:
        if read.on("PS_ON", "BSS138", "3"):
            yield "supply: a transistor is on PS_ON that nobody drives"
        return
    chip = told.expanders[told.ps_on.expander]
    gate = read.net(chip.ref, str(PORTS[chip.chip][told.ps_on.bit]))
    drivers = read.on(gate, "BSS138", "1")
    if len(drivers) != 1 or read.net(drivers[0], "3") != "PS_ON":
        yield f"supply: {chip.ref} does not drive PS_ON"
        return
    yield from _driver(read, "supply", drivers[0], gate)


def _bus(read: Reader) -> Iterator[str]:
    for line in LINES:
        pulls = read.between(line, LOGIC)
        least, most = PULL_OHM[line]
        if len(pulls) != 1 or not least <= pulls[0] <= most:
            yield f"{line}: pulled up by {pulls or 'nothing'}"
    for ref, pins in ((HEADER, HEADER_PINS), (QWIIC, QWIIC_PINS)):
        for pad, name in pins.items():
            net = read.net(ref, pad)
            if net != ("3V3_BUS" if name == LOGIC else name):
                yield f"{ref}: contact {pad} is on {net}, not on {name}"


def _supply(read: Reader) -> Iterator[str]:
    """Hold that logic hangs on standby, by fuse and regulator, and on nothing else."""
    fuse = {read.net("F100", "1"), read.net("F100", "2")}
    if STANDBY not in fuse or read.net("U10", "3") not in fuse - {STANDBY}:
        yield "3.3 V: the regulator is not fed by standby through its fuse"
    if (read.net("U10", "2"), read.net("U10", "1")) != (LOGIC, GROUND):
        yield "3.3 V: the regulator does not feed it"
    held = [pin for pin in read.found.nets.get(LOGIC, ()) if pin[0].startswith(("J", "F"))]
    held = [pin for pin in held if not pin[0].startswith("JP")]
    if held:
        yield f"3.3 V: joined to {held[0][0]}"
