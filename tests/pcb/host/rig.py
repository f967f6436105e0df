"""A board behind a simulated bus, ready to be tried."""

import errno
import json

from pcb.host.rackpress_power import Board
from pcb.managed.pinmap import PinMap, Sensed, Sensor, pin_map
from pcb.spec import BoardSpec, read_spec
from tests.pcb.host.simulated import Simulated

COUNTS = (4, 7, 8, 12, 16, 24)
LOST = (errno.EIO, 121, errno.ETIMEDOUT, errno.EAGAIN)


def pins_of(outputs: int, sensors: int = 0) -> PinMap:
    made = pin_map(BoardSpec(outputs=outputs, amps=0.5, level="managed", name="b"))
    read = tuple(
        Sensor(f"U{21 + n}", 0x40 + n, (Sensed(1, 3 * n + 1, 5000),)) for n in range(sensors)
    )
    return PinMap(made.board, made.expanders, made.outputs, read, made.ps_on)


def board(bus: Simulated) -> Board:
    record = json.loads(bus.pins.as_json())
    return Board(record, bus, sleep=bus.sleep, interrupt=bus.interrupt)


def start(outputs: int = 7) -> tuple[Simulated, Board]:
    bus = Simulated(pins_of(outputs))
    return bus, board(bus)


def sensed(outputs: int, **more: object) -> tuple[Simulated, Board]:
    """A board that measures, its whole pin map, on its bus."""
    values = {"outputs": outputs, "level": "managed", "sensing": True, "name": "b", **more}
    bus = Simulated(pin_map(read_spec(values)))
    return bus, board(bus)
