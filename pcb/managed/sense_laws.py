"""What must hold of the circuit that measures, read from a netlist alone.

Followed from each channel's contacts through its lines to the shunt: the right one, the right way
round, alone in its way, of the value that the pin map tells; and the chips' supply and addresses.
"""

from collections.abc import Iterator

from pcb.managed.pinmap import PinMap, Sensed, Sensor
from pcb.managed.reader import GROUND, LOGIC, Reader
from pcb.rails import outputs
from pcb.spec import BoardSpec

# Contacts of an INA3221 (TI SBOS576, pin functions): IN+ and IN- by channel.
PLUS = {1: "12", 2: "15", 3: "2"}
MINUS = {1: "11", 2: "14", 3: "1"}
REST = {"VS": ("4", LOGIC), "GND": ("3", GROUND), "SCL": ("6", "SCL"), "SDA": ("7", "SDA")}
A0 = "5"
BASE = 0x40
TIED = (GROUND, LOGIC, "SDA", "SCL")  # A0, from the first address on (SBOS576, table 1)
FULL_SCALE_V = 0.1638
MOST_V = 26.0  # of an input
MOST_OHM = 10.0  # in a line (SBOS576, 8.3: filtering): more falsifies what is read
SUPPLY_HIGH = 0.1  # how much more than its name a rail may be


def sense_faults(spec: BoardSpec, read: Reader, told: PinMap) -> list[str]:
    """Return what is wrong, one sentence each; nothing means that all laws hold."""
    said = [text for chip in told.sensors for text in _chip(read, chip)]
    seen = sorted(one.output for chip in told.sensors for one in chip.channels)
    wanted = [one.index for one in outputs(spec)] if spec.sensing else []
    if seen != wanted:
        said.append(f"sensing: the pin map reads outputs {seen}")
    elif seen:
        said += limits(spec, told)
    return said


def _chip(read: Reader, chip: Sensor) -> Iterator[str]:
    """Hold a chip's supply, bus, address and channels."""
    ref = chip.ref
    if ref not in read.found.components or read.found.components[ref].value != "INA3221":
        yield f"{ref} is no INA3221"
        return
    for name, (pad, net) in REST.items():
        if read.net(ref, pad) != net:
            yield f"{ref}: {name} is on {read.net(ref, pad)}, not on {net}"
    tied = read.net(ref, A0)
    made = BASE + TIED.index(tied) if tied in TIED else 0
    if made != chip.address:
        yield f"{ref}: its strap makes 0x{made:02x}, not 0x{chip.address:02x}"
    used = {one.channel: one for one in chip.channels}
    for channel, plus in PLUS.items():
        if channel in used:
            yield from _channel(read, ref, used[channel])
        elif {read.net(ref, plus), read.net(ref, MINUS[channel])} != {GROUND}:
            yield f"{ref}: channel {channel} reads nothing and is not at GND"


def _channel(read: Reader, ref: str, one: Sensed) -> Iterator[str]:
    """Follow a channel's contacts to the shunt of its output."""
    name, switch, plug = f"sensing {one.output}", f"Q{one.output}", f"J{one.output}"
    before, out = read.net(switch, "5"), read.net(plug, "1")
    shunts = read.between(before, out)
    if before == out or len(shunts) != 1:
        yield f"{name}: {len(shunts)} shunts between {switch} and {plug}"
        return
    if abs(shunts[0] * 1e6 - one.shunt_uohm) > 1:
        yield f"{name}: a shunt of {shunts[0] * 1000:g} mOhm, the pin map has {one.shunt_uohm} uOhm"
    for sign, pads, end in (("+", PLUS, before), ("-", MINUS, out)):
        line = read.net(ref, pads[one.channel])
        found = read.between(line, end)
        if len(found) != 1 or found[0] > MOST_OHM:
            yield f"{name}: IN{sign}{one.channel} of {ref} does not read {end} through its line"
        pins = read.found.nets.get(line, frozenset())
        if found and len(pins) != 2:
            yield f"{name}: {len(pins) - 2} more on its line {line}: current would falsify it"


def limits(spec: BoardSpec, told: PinMap) -> list[str]:
    """Return which figures a chip's data sheet does not allow: volts at inputs, at shunts."""
    said: list[str] = []
    by_output = {one.output: one for chip in told.sensors for one in chip.channels}
    for one in outputs(spec):
        read = by_output[one.index]
        if one.fuse_a * read.shunt_uohm * 1e-6 > FULL_SCALE_V:
            said.append(f"output {one.index}: {one.fuse_a:g} A are more than a shunt can show")
        if one.volts * (1 + SUPPLY_HIGH) > MOST_V:
            said.append(f"output {one.index}: {one.volts} V are more than an input takes")
    return said
