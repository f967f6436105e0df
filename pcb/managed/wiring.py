"""The circuit of what a managed board has more: a switch for each output, and what drives them.

    rail ── F1 ── FUS1 ──┬───────┬── Q1 P-FET ── OUT1 ── J1        3V3 ── R301 ──┬── EN1 ── U1 pin
                         R101    Q201 NPN   │ gate   │                           │
                         ├─ base─┘ │        │        │                          gate
                         │         ├────────┴─ C1 ───┘        BASE1 ── R201 ── Q101 N-FET, to GND
                         └─── D201 ┘ GATE1
                        BASE1

    5VSB ── F100 ── VAUX ── U10 ── 3V3       SDA, SCL, INT, RESET ── pull-ups, J201, J202

An output is on while its EN is high, and R301 pulls it up: a pin of an expander is an input after
power-up, so every output is on until a host says otherwise. On, Q101 pulls the gate down through
D201 and R201, nearly all of the rail's volts; with R201, C1 makes the output's edge slow. Off, R101
lifts the base of Q201, which takes the gate up with hundreds of times that current: C1 alone would
hold a switch under load half open for a tenth of a second. `pcb.managed.edges` has both.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from pcb.managed.edges import Cell
from pcb.managed.pinmap import HEADER, HEADER_PINS, QWIIC, QWIIC_PINS, pin_map
from pcb.parts import part_type
from pcb.rails import Output, outputs
from pcb.spec import BoardSpec

NODE_DRIVER, GATE_OFF, GATE_SERIES, PULL_UP = 100, 100, 200, 300  # Q101, R101, R201, R301
GATE_UP, GATE_DOWN = 200, 200  # Q201 and D201 of output 1
OFF_OHM, SERIES_OHM, PULL_OHM = 270e3, 10e3, 100e3
SLEW_F = 100e-9
BUS_OHM = 4.7e3  # of SDA and SCL: 0.7 mA; 250 pF at 100 kHz, 75 pF at 400 kHz (UM10204, 7.1)
LOGIC_OHM = 10e3
LAMP_OHM = 470.0  # 2.8 mA at 3.3 V
STANDBY, LOGIC_IN, LOGIC, BUS_3V3, STARTS = "5VSB", "VAUX", "3V3", "3V3_BUS", "PS_EN"
BUS = ("SDA", "SCL", "INT", "RESET")
PULLS = {"SDA": "R401", "SCL": "R402", "INT": "R403", "RESET": "R404"}
PROBES = ("3V3", "GND", "SDA", "SCL")
REGULATOR, PTC, BUS_JUMPER, LAMP, LAMP_R = "U10", "F100", "JP2", "D100", "R405"
LAMP_NET = "LAMP"
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
    fused, gate, base, drain, enable = (f"{n}{index}" for n in ("FUS", "GATE", "BASE", "DRV", "EN"))
    out = switched_net(spec, index)
    yield of_kind(f"Q{index}", "p-fet", {"S": fused, "G": gate, "D": out})
    yield of_kind(f"Q{NODE_DRIVER + index}", "n-fet", {"G": enable, "S": "GND", "D": drain})
    yield of_kind(f"Q{GATE_UP + index}", "npn", {"B": base, "E": gate, "C": fused})
    yield of_kind(f"D{GATE_DOWN + index}", "schottky-pair", {"A1": gate, "A2": gate, "K": base})
    yield two(f"R{GATE_OFF + index}", "resistor-0805", ohms(OFF_OHM), (fused, base))
    yield two(f"R{GATE_SERIES + index}", "resistor-0805", ohms(SERIES_OHM), (base, drain))
    yield two(f"R{PULL_UP + index}", "pull-up-0805", ohms(PULL_OHM), (LOGIC, enable))
    yield two(f"C{index}", "capacitor-0805-lying", farads(SLEW_F), (gate, out))


def cell_of(output: Output) -> Cell:
    """Return what makes the edges of an output's switch."""
    return Cell(output.volts, OFF_OHM, SERIES_OHM, SLEW_F)


def of_kind(ref: str, type_id: str, nets: dict[str, str]) -> Wired:
    """Return a part of its kind's own value, with the net of each named pin."""
    return Wired(ref, type_id, part_type(type_id).value, by_name(type_id, nets))


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
        yield of_kind(chip.ref, chip.chip.lower(), nets)
        ref = f"C{103 + number}"
        yield two(ref, "bypass-0805", farads(100e-9), (LOGIC, "GND"))
    if told.ps_on is not None:
        yield of_kind(STARTER, "n-fet", {"G": STARTS, "S": "GND", "D": "PS_ON"})
        yield two("R300", "pull-up-0805", ohms(PULL_OHM), (LOGIC, STARTS))


def _supply() -> Iterator[Wired]:
    """Yield what makes 3.3 V of the standby supply, and shows that it is there."""
    yield two(PTC, "ptc", part_type("ptc").value, (LOGIC_IN, STANDBY))
    yield of_kind(REGULATOR, "ldo", {"GND": "GND", "OUT": LOGIC, "IN": LOGIC_IN})
    yield two("C101", "capacitor-0805", farads(1e-6), (LOGIC_IN, "GND"))
    yield two("C102", "capacitor-0805", farads(1e-6), (LOGIC, "GND"))
    yield two(LAMP_R, "resistor-0805-lying", ohms(LAMP_OHM), (LOGIC, LAMP_NET))
    yield Wired(LAMP, "led-0805", "green", {"1": "GND", "2": LAMP_NET})


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
