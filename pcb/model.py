"""The circuit as plain data: parts, pins, nets. It knows nothing of sheets, layers or files.

    input contacts ── rail ──┬── F1 ── OUT1 ──┬── J1 +      (a rail of its own for every plug)
                             │                └── R1 ── D1 ── GND
                             ├── F2 ── OUT2 … one branch per output, all returns on GND
    PS_ON ── JP1 ── GND (or SW1)     5VSB, PWR_OK ── test points

Inputs are counted from J100, so that J3, F3, R3, D3 and OUT3 belong together. `pcb.rails` says
which plug feeds which output.
"""

from collections import defaultdict
from dataclasses import dataclass

from pcb.managed.sense_wiring import sense_wired
from pcb.managed.wiring import STANDBY, wired
from pcb.parts import PartType, part_type
from pcb.rails import Inlet, Output, inlets, outputs, rails
from pcb.spec import BoardSpec

LED_V = 2.0  # forward voltage of a common green or red 3 mm LED; unconfirmed, see parts.toml
LED_MA = 3.0  # bright enough behind a rack's front, and cool
E12 = (1.0, 1.2, 1.5, 1.8, 2.2, 2.7, 3.3, 3.9, 4.7, 5.6, 6.8, 8.2)  # IEC 60063

STARTERS = {"jumper": "JP1", "switch": "SW1"}  # what joins PS_ON to GND

SIGNALS = ("5VSB", "12VSB", "PWR_OK")  # contacts that get a test point

Pin = tuple[str, str]  # reference, pad name


@dataclass(frozen=True)
class Part:
    """One part on the board."""

    ref: str
    type_id: str
    value: str
    awg: int = 18  # of the wire that a wire hole is for

    @property
    def footprint(self) -> str:
        """The footprint in our library."""
        return self.type.footprint.format(awg=self.awg)

    @property
    def type(self) -> PartType:
        """The row of `parts.toml` that this part is."""
        return part_type(self.type_id)


@dataclass(frozen=True)
class Circuit:
    """Parts by reference and nets by name. Pins that go nowhere are nets of one pin."""

    spec: BoardSpec
    parts: tuple[Part, ...]
    nets: dict[str, tuple[Pin, ...]]

    def part(self, ref: str) -> Part:
        """Return one part by its reference."""
        return next(part for part in self.parts if part.ref == ref)

    def net_of(self, ref: str, pad: str) -> str:
        """Return the name of the net that a pin is on."""
        return next(name for name, pins in self.nets.items() if (ref, pad) in pins)


def fused_net(spec: BoardSpec, index: int) -> str:
    """Return the net behind an output's fuse: of a simple board the output itself."""
    return f"FUS{index}" if spec.level == "managed" else f"OUT{index}"


def led_ohms(volts: float) -> float:
    """Return the series resistor of a LED on a rail, ohm: the E12 value nearest to `LED_MA`."""
    wanted = (volts - LED_V) / LED_MA * 1000
    values = [step * 10**decade for decade in range(1, 6) for step in E12]
    return min(values, key=lambda ohms: abs(ohms - wanted))


def ohms_text(ohms: float) -> str:
    """Return a resistance as printed on drawings: 330, 3.3k."""
    return f"{ohms:g}" if ohms < 1000 else f"{ohms / 1000:g}k"


def circuit(spec: BoardSpec) -> Circuit:
    """Return the circuit of a board."""
    managed = spec.level == "managed"
    parts: list[Part] = []
    nets: defaultdict[str, list[Pin]] = defaultdict(list)
    for plug in inlets(spec):
        parts.append(Part(plug.ref, plug.type.part, part_type(plug.type.part).value))
        _input(spec, plug, nets)
    for output in outputs(spec):
        parts += _output(output, nets, spec)
    if "PS_ON" in nets:
        parts.append(_starter(spec, nets))
    for number, net in enumerate(probe_nets(spec), start=1):
        parts.append(Part(f"TP{number}", "test-point", net))
        nets[net].append((f"TP{number}", "1"))
    for one in (*wired(spec), *sense_wired(spec)) if managed else ():
        parts.append(Part(one.ref, one.type_id, one.value))
        for pad, name in part_type(one.type_id).pins:
            net = one.nets.get(pad) or f"unconnected-({one.ref}-{name}-Pad{pad})"
            nets[net].append((one.ref, pad))
    return Circuit(spec, tuple(parts), {name: tuple(pins) for name, pins in nets.items()})


def _starter(spec: BoardSpec, nets: dict[str, list[Pin]]) -> Part:
    """Join PS_ON to GND by jumper or switch; a contact of the switch goes nowhere."""
    type_id = f"ps-on-{spec.ps_on}"
    ref = STARTERS[spec.ps_on]
    for pad, name in part_type(type_id).pins:
        net = {"PS_ON#": "PS_ON", "COM": "GND"}.get(name)
        nets[net or f"unconnected-({ref}-{name}-Pad{pad})"].append((ref, pad))
    return Part(ref, type_id, "PS_ON")


def probe_nets(spec: BoardSpec) -> tuple[str, ...]:
    """Return the nets that get a test point, in order."""
    if not spec.test_points:
        return ()
    signals = {name for _, name in part_type(inlets(spec)[0].type.part).pins}
    return (*rails(spec), "GND", *(net for net in SIGNALS if net in signals))


def _input(spec: BoardSpec, plug: Inlet, nets: dict[str, list[Pin]]) -> None:
    used = {f"+{volts}V": rail for volts, rail in plug.rails.items()}
    used |= {"+": spec.rail, "-": "GND", "COM": "GND", "PS_ON#": "PS_ON"}
    used |= {net: net for net in probe_nets(spec) if net in SIGNALS}
    used |= {STANDBY: STANDBY} if spec.level == "managed" else {}
    for pad, name in part_type(plug.type.part).pins:
        net = used.get(name, f"unconnected-({plug.ref}-{name}-Pad{pad})")
        nets[net].append((plug.ref, pad))


def _output(output: Output, nets: dict[str, list[Pin]], spec: BoardSpec) -> list[Part]:
    """Add fuse, lamp and connector; the switch of a managed board stands between lamp and plug."""
    index = output.index
    out, fuse, led, resistor, plug = (f"{kind}{index}" for kind in ("OUT", "F", "D", "R", "J"))
    kind = part_type(output.connector)
    fused = fused_net(spec, index)
    nets[output.rail].append((fuse, "1"))
    nets[fused] += [(fuse, "2"), (resistor, "1")]
    nets[out].append((plug, "1"))
    nets[f"Net-({led}-A)"] += [(resistor, "2"), (led, "2")]
    nets["GND"].append((led, "1"))
    nets["GND"] += [(plug, pad) for pad, _ in kind.pins if pad != "1"]
    return [
        Part(plug, output.connector, kind.value, spec.cable_awg),
        Part(fuse, "fuse", f"{output.fuse_a:g}A"),
        Part(resistor, "resistor", ohms_text(led_ohms(output.volts))),
        Part(led, "led", part_type("led").value),
    ]
