"""Which pin of which expander switches which output: plain data, derived from the spec alone.

    J201 bus ── SDA, SCL ──┬── U1  TCA9535 at 0x24 ── P00 … P07 ── outputs left of it
                           │                       └─ P10 … P17 ── outputs right of it
                           ├── U2  TCA9535 at 0x25, with more than 16 outputs
                           └── U21 … INA3221 at 0x40 and on, with sensing

The board is laid out so that the expanders stand in the middle of the outputs: pins on a chip's
left side lead to the left, those on its right side to the right, and no two lines cross. A pin that
drives low turns its output off; a pin that is an input leaves it on, and so does a dead host.
"""

import json
from dataclasses import asdict, dataclass
from typing import Any, Literal

from pcb.managed.sensing import groups, shunt_mohm
from pcb.rails import outputs, standing
from pcb.spec import BoardSpec
from pcb.spec_bus import sides

FORMAT = 1
BUS_V = 3.3  # what a Raspberry Pi's bus is made for; the expanders run on it too
HEADER, QWIIC = "J201", "J202"
HEADER_PINS = {"1": "GND", "2": "3V3", "3": "SDA", "4": "SCL", "5": "INT", "6": "RESET"}
QWIIC_PINS = {"1": "GND", "2": "3V3", "3": "SDA", "4": "SCL"}  # as SparkFun numbers them

Level = Literal["low", "high"]


@dataclass(frozen=True)
class Expander:
    """A chip on the bus: `bits` of it are pins that can drive."""

    ref: str
    address: int
    chip: str
    bits: int


@dataclass(frozen=True)
class PinOfOutput:
    """The pin that switches an output. `active` is the level that turns the output off."""

    output: int
    name: str
    ref: str
    expander: int
    bit: int
    active: Level
    fuse: str


@dataclass(frozen=True)
class Pin:
    """A pin of an expander that switches something else; `active` is the level of off."""

    expander: int
    bit: int
    active: Level


@dataclass(frozen=True)
class Sensed:
    """An output that a sensor reads: by which channel, 1 to 3, over which shunt."""

    channel: int
    output: int
    shunt_uohm: int


@dataclass(frozen=True)
class Sensor:
    """An INA3221 and what it reads, by channel."""

    ref: str
    address: int
    channels: tuple[Sensed, ...]


@dataclass(frozen=True)
class PinMap:
    """All that a host must know of a board. `ps_on` starts and stops the supply, if a bit is left.

    The supply's pin works only with the jumper of PS_ON taken off; fitted, the supply always runs.
    """

    board: str
    expanders: tuple[Expander, ...]
    outputs: tuple[PinOfOutput, ...]
    sensors: tuple[Sensor, ...]
    ps_on: Pin | None

    def as_record(self) -> dict[str, Any]:
        """Return the map as plain data, with the bus's plugs."""
        plugs = {HEADER: HEADER_PINS, QWIIC: QWIIC_PINS}
        return {"format": FORMAT, "bus_v": BUS_V, "plugs": plugs, **asdict(self)}

    def as_json(self) -> bytes:
        """Return `NAME.pins.json`."""
        return (json.dumps(self.as_record(), indent=2, sort_keys=True) + "\n").encode()


@dataclass(frozen=True)
class Chip:
    """A kind of expander: bits on its left and on its right side, in the order of outputs."""

    name: str
    left: tuple[int, ...]
    right: tuple[int, ...]

    @property
    def bits(self) -> int:
        """How many pins it has."""
        return len(self.left) + len(self.right)


# TI SCPS197 and SCPS201: P0 to P3 or P00 to P07 on the left side, the others on the right.
TCA9534 = Chip("TCA9534", tuple(range(4)), tuple(range(4, 8)))
TCA9535 = Chip("TCA9535", tuple(range(8)), tuple(range(8, 16)))


def chips(outputs: int) -> tuple[Chip, ...]:
    """Return the expanders of a board: eight bits for up to seven outputs, one more starts it."""
    if outputs < TCA9534.bits:
        return (TCA9534,)
    return (TCA9535,) * (1 if outputs <= TCA9535.bits else 2)


def pin_map(spec: BoardSpec) -> PinMap:
    """Return the pins of a managed board; of a simple one, those that it would have."""
    kinds = chips(spec.outputs)
    row = [one.index for _, runs in standing(spec) for _, run in runs for one in run]
    left = sides(spec.outputs)[0]
    found: list[PinOfOutput] = []
    for stand, side in ((row[:left], "left"), (row[left:], "right")):
        places = [(number, bit) for number, kind in enumerate(kinds) for bit in getattr(kind, side)]
        for output, (number, bit) in zip(stand, places, strict=False):
            ref, fuse = f"Q{output}", f"F{output}"
            found.append(PinOfOutput(output, f"OUT{output}", ref, number, bit, "low", fuse))
    found.sort(key=lambda one: one.output)
    taken = {(one.expander, one.bit) for one in found}
    last = len(kinds) - 1, kinds[-1].right[-1]
    return PinMap(
        spec.title,
        tuple(
            Expander(f"U{number}", spec.address + number - 1, kind.name, kind.bits)
            for number, kind in enumerate(kinds, start=1)
        ),
        tuple(found),
        sensors(spec),
        None if last in taken else Pin(*last, "low"),
    )


def sensors(spec: BoardSpec) -> tuple[Sensor, ...]:
    """Return the sensors of a board that measures its outputs."""
    shunts = {one.index: round(shunt_mohm(one) * 1000) for one in outputs(spec)}
    return tuple(
        Sensor(
            group.ref,
            spec.sensor_address + place,
            tuple(
                Sensed(one.channel, one.output, shunts[one.output])
                for one in sorted(group.places, key=lambda one: one.channel)
            ),
        )
        for place, group in enumerate(groups(spec))
    )
