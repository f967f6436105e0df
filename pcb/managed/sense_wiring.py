"""The circuit of what a board has more that measures its outputs.

    Q1 drain ── SNS1 ── R501 shunt ── OUT1 ── J1      R601 and R701 stand at the shunt's own pads:
                 │                     │              what follows them carries no current but
                R601                 R701             10 µA, so its nets are lines of their own
                SP1 ── INA3221 IN+   SN1 ── IN-

10 Ohm in each line keep the chip's inputs whole when a cable is pulled under load (SBOS576 8.3,
overload). The 10 µA of an input cost 0.1 mV in each, the same in both.
"""

from collections.abc import Iterator

from pcb.managed.sensing import groups, shunt_id, shunt_mohm
from pcb.managed.wiring import LOGIC, Wired, farads, of_kind, ohms, two
from pcb.parts import part_type
from pcb.rails import outputs
from pcb.spec import BoardSpec
from pcb.spec_bus import SENSORS

SHUNT, PLUS, MINUS, BYPASS = 500, 600, 700, 120  # R501, R601, R701 of output 1; C121 of U21
LINE_OHM = 10.0
BYPASS_F = 100e-9
STRAPS = ("GND", LOGIC, "SDA", "SCL")  # of A0, in the order of the addresses


def strap(address: int) -> str:
    """Return the net that A0 is tied to."""
    return STRAPS[SENSORS.index(address)]


def sense_wired(spec: BoardSpec) -> tuple[Wired, ...]:
    """Return shunts, lines and chips; nothing for a board that measures nothing."""
    if not spec.sensing:
        return ()
    return (*_lines(spec), *_chips(spec))


def _lines(spec: BoardSpec) -> Iterator[Wired]:
    """Yield the shunt of each output and the resistors of its two lines."""
    for one in outputs(spec):
        index, kind = one.index, shunt_id(shunt_mohm(one))
        before, out = f"SNS{index}", f"OUT{index}"
        yield two(f"R{SHUNT + index}", kind, part_type(kind).value, (before, out))
        plus, minus = (before, f"SP{index}"), (f"SN{index}", out)
        yield two(f"R{PLUS + index}", "resistor-0805", ohms(LINE_OHM), plus)
        yield two(f"R{MINUS + index}", "resistor-0805", ohms(LINE_OHM), minus)


def _chips(spec: BoardSpec) -> Iterator[Wired]:
    """Yield the chips and their capacitors; a channel that reads nothing is at GND."""
    for place, group in enumerate(groups(spec)):
        nets = {"VS": LOGIC, "GND": "GND", "EP": "GND", "VPU": "GND", "SDA": "SDA", "SCL": "SCL"}
        nets["A0"] = strap(spec.sensor_address + place)
        nets |= {f"IN{sign}{channel}": "GND" for sign in "+-" for channel in (1, 2, 3)}
        for one in group.places:
            nets[f"IN+{one.channel}"] = f"SP{one.output}"
            nets[f"IN-{one.channel}"] = f"SN{one.output}"
        yield of_kind(group.ref, "ina3221", nets)
        ref = f"C{BYPASS + group.number}"
        yield two(ref, "bypass-0805", farads(BYPASS_F), (LOGIC, "GND"))
