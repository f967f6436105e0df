"""The circuit of what a managed board has more: a switch for each output, and what drives them.

    rail ── F1 ── FUS1 ──┬── Q1 P-FET ──┬── OUT1 ── J1      3V3 ── R301 ──┬── EN1 ── U1 pin
                         R101   │ gate   C1                               │
                         └──────┴────────┘                                gate
                                └── R201 ── Q101 N-FET drain, source to GND

    5VSB ── F100 ── VAUX ── U10 ── 3V3       SDA, SCL, INT, RESET ── pull-ups, J201, J202

An output is on while its EN is high, and R301 pulls it up: a pin of an expander is an input after
power-up, so every output is on until a host says otherwise. R101 and R201 give the gate nearly all
of the rail's volts; with R201, C1 makes the output's edge slow: 470 uF at a node are charged with
some 5 A. Off, R101 alone turns the gate round: see "What its edges are" in docs/managed.md.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from pcb.managed.pinmap import HEADER, HEADER_PINS, QWIIC, QWIIC_PINS, pin_map
from pcb.parts import part_type
from pcb.rails import outputs
from pcb.spec import BoardSpec

NODE_DRIVER, GATE_OFF, GATE_SERIES, PULL_UP = (
    100,
    100,
    200,
    300,
)  # Q101, R101, R201, R301 of output 1
OFF_OHM, SERIES_OHM, PULL_OHM = 220e3, 10e3, 100e3
SLEW_F = 100e-9
BUS_OHM = 4.7e3  # of SDA and SCL: 0.7 mA; 250 pF at 100 kHz, 75 pF at 400 kHz (UM10204, 7.1)
LOGIC_OHM = 10e3
LAMP_OHM = 470.0  # 2.8 mA at 3.3 V
STANDBY, LOGIC_IN, LOGIC, BUS_3V3, STARTS = "5VSB", "VAUX", "3V3", "3V3_BUS", "PS_EN"
BUS = ("SDA", "SCL", "INT", "RESET")
PULLS = {"SDA": "R401", "SCL": "R402", "INT": "R403", "RESET": "R404"}
PROBES = ("3V3", "GND", "SDA", "SCL")
REGULATOR, PTC, BUS_JUMPER, LAMP, LAMP_R = "U10", "F100", "JP2", "D100", "R405"
STARTER = "Q100"  # its pull-up is R300


@dataclass(frozen=True)
class Wired:
    """A part, its row of the tables, its value, and the net of each of its pads."""

    ref: str
    type_id: str
    value: str
    nets: dict[str, str]


def ohms(value: float) -> str:
    """Return a resistance as printed: 4.7k, 470."""
    return f"{value:g}" if value < 1000 else f"{value / 1000:g}k"


def farads(value: float) -> str:
    """Return a capacitance as printed: 100n, 1u."""
    return f"{value * 1e9:g}n" if value < 1e-6 else f"{value * 1e6:g}u"


def wired(spec: BoardSpec) -> tuple[Wired, ...]:
    """Return all parts that a managed board has more than a simple one."""
    switches = (part for one in outputs(spec) for part in _switch(spec, one.index))
    return (*switches, *_expanders(spec), *_supply(), *_bus(spec))


def two(ref: str, type_id: str, value: str, nets: tuple[str, str]) -> Wired:
    """Return a part of two pads, with the nets of pads 1 and 2."""
    return Wired(ref, type_id, value, dict(zip("12", nets, strict=True)))


def switched_net(spec: BoardSpec, index: int) -> str:
    """Return the net behind an output's switch: before its shunt, if it has one."""
    return f"SNS{index}" if spec.sensing else f"OUT{index}"


def _switch(spec: BoardSpec, index: int) -> Iterator[Wired]:
    """Yield the P-FET of an output, what drives it, and its resistors."""
    fused, gate, drain, enable = (f"{n}{index}" for n in ("FUS", "GATE", "DRV", "EN"))
    out = switched_net(spec, index)
    on = {"S": fused, "G": gate, "D": out}
    yield Wired(f"Q{index}", "p-fet", part_type("p-fet").value, by_name("p-fet", on))
    yield _driver(NODE_DRIVER + index, enable, drain)
    yield two(f"R{GATE_OFF + index}", "resistor-0805", ohms(OFF_OHM), (fused, gate))
    lying = "resistor-0805-lying"
    yield two(f"R{GATE_SERIES + index}", lying, ohms(SERIES_OHM), (drain, gate))
    yield two(f"R{PULL_UP + index}", lying, ohms(PULL_OHM), (enable, LOGIC))
    yield two(f"C{index}", "capacitor-0805", farads(SLEW_F), (gate, out))


def _driver(number: int, gate: str, drain: str) -> Wired:
    nets = {"G": gate, "S": "GND", "D": drain}
    return Wired(f"Q{number}", "n-fet", part_type("n-fet").value, by_name("n-fet", nets))


def by_name(type_id: str, nets: dict[str, str]) -> dict[str, str]:
    """Return the net of each pad from the nets of named pins."""
    return {pad: nets[name] for pad, name in part_type(type_id).pins if name in nets}


def port(chip: str, bit: int) -> str:
    """Return the name of an expander's pin: P5 of eight, P13 of sixteen (bit 11)."""
    return f"P{bit}" if chip == "TCA9534" else f"P{bit // 8}{bit % 8}"


def _expanders(spec: BoardSpec) -> Iterator[Wired]:
    """Yield the expanders with their straps, a capacitor each, and what starts the supply."""
    told = pin_map(spec)
    for number, chip in enumerate(told.expanders):
        straps = {f"A{bit}": LOGIC if chip.address >> bit & 1 else "GND" for bit in (0, 1)}
        nets = {"VCC": LOGIC, "GND": "GND", **{name: name for name in BUS[:3]}}
        nets |= {**straps, "A2": "RESET"}
        for one in told.outputs:
            if one.expander == number:
                nets[port(chip.chip, one.bit)] = f"EN{one.output}"
        if told.ps_on is not None and told.ps_on.expander == number:
            nets[port(chip.chip, told.ps_on.bit)] = STARTS
        type_id = chip.chip.lower()
        yield Wired(chip.ref, type_id, chip.chip, by_name(type_id, nets))
        ref = f"C{103 + number}"
        yield two(ref, "capacitor-0805", farads(100e-9), ("GND", LOGIC))
    if told.ps_on is not None:
        yield _driver(100, STARTS, "PS_ON")
        yield two("R300", "resistor-0805-lying", ohms(PULL_OHM), (STARTS, LOGIC))


def _supply() -> Iterator[Wired]:
    """Yield what makes 3.3 V of the standby supply, and shows that it is there."""
    yield two(PTC, "ptc", part_type("ptc").value, (LOGIC_IN, STANDBY))
    nets = {"GND": "GND", "OUT": LOGIC, "IN": LOGIC_IN}
    yield Wired(REGULATOR, "ldo", part_type("ldo").value, by_name("ldo", nets))
    yield two("C101", "capacitor-0805", farads(1e-6), (LOGIC_IN, "GND"))
    yield two("C102", "capacitor-0805", farads(1e-6), (LOGIC, "GND"))
    yield two(LAMP_R, "resistor-0805-lying", ohms(LAMP_OHM), (LOGIC, f"Net-({LAMP}-A)"))
    yield Wired(LAMP, "led-0805", "green", {"1": "GND", "2": f"Net-({LAMP}-A)"})


def _bus(spec: BoardSpec) -> Iterator[Wired]:
    """Yield pull-ups, plugs, the jumper that feeds the bus, and test points."""
    for net, ref in PULLS.items():
        value = BUS_OHM if net in ("SDA", "SCL") else LOGIC_OHM
        yield two(ref, "resistor-0805", ohms(value), (LOGIC, net))
    yield two(BUS_JUMPER, "bus-jumper", part_type("bus-jumper").value, (LOGIC, BUS_3V3))
    fed = {"3V3": BUS_3V3}
    for ref, type_id, pins in ((HEADER, "bus-header", HEADER_PINS), (QWIIC, "qwiic", QWIIC_PINS)):
        nets = {pad: fed.get(net, net) for pad, net in pins.items()}
        nets |= {pad: "GND" for pad, name in part_type(type_id).pins if name == "SHELL"}
        yield Wired(ref, type_id, part_type(type_id).value, nets)
    if spec.test_points:
        for number, net in enumerate(PROBES, start=101):
            yield Wired(f"TP{number}", "test-point", net, {"1": net})
