"""What a spec says of a managed board's bus: addresses of its chips, and how many it measures.

Expanders: A2 hangs on RESET, which is high, so 0x24 to 0x27 are left (TI SCPS197, SCPS201).
Sensors: A0 of an INA3221 is tied to GND, VS, SDA or SCL, in the order of its addresses (SBOS576).
"""

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from pcb.spec import BoardSpec

EXPANDERS = (0x24, 0x25, 0x26, 0x27)
SENSORS = (0x40, 0x41, 0x42, 0x43)
PORTS = 16  # pins of the larger expander
CHANNELS = 3  # of an INA3221
MOST_SENSED = CHANNELS * len(SENSORS)

Wrong = tuple[str, str, str, str]  # key, what, allowed, nearest
Kind = Literal["address", "sensor_address"]
OF: dict[Kind, tuple[int, ...]] = {"address": EXPANDERS, "sensor_address": SENSORS}


def sides(outputs: int) -> tuple[int, int]:
    """Return how many outputs stand left and right of the controller."""
    return -(-outputs // 2), outputs // 2


def chip_count(outputs: int) -> int:
    """Return how many expanders a board has."""
    return -(-outputs // PORTS)


def sensor_count(outputs: int) -> int:
    """Return how many sensors it has: those left and right of the controller share none."""
    return sum(-(-side // CHANNELS) for side in sides(outputs))


def shown(addresses: tuple[int, ...]) -> str:
    """Return addresses as they are written: 0x24, 0x25."""
    return ", ".join(f"0x{one:02x}" for one in addresses)


def bus_clash(spec: "BoardSpec") -> Wrong | None:
    """Return what is wrong with what a spec says of the bus."""
    if spec.level != "managed":
        return _simple(spec)
    if spec.sensing and spec.outputs > MOST_SENSED:
        what = (
            f"{spec.outputs} outputs cannot be measured on one bus: INA3221 has "
            f"{len(SENSORS)} addresses, and {CHANNELS} outputs each"
        )
        return "sensing", what, f"up to {MOST_SENSED} outputs", "leave it out, or take two boards"
    found = _first("address", spec.address, chip_count(spec.outputs), "expander")
    if found is None and spec.sensing:
        count = sensor_count(spec.outputs)
        found = _first("sensor_address", spec.sensor_address, count, "sensor")
    if found is None and not spec.sensing and spec.sensor_address != SENSORS[0]:
        what = "it measures nothing, so it has no sensors"
        found = "sensor_address", what, "only with sensing", "leave it out, or set sensing"
    return found


def _simple(spec: "BoardSpec") -> Wrong | None:
    """A simple board has no bus."""
    given = (
        ("sensing", spec.sensing),
        ("address", spec.address != EXPANDERS[0]),
        ("sensor_address", spec.sensor_address != SENSORS[0]),
    )
    key = next((key for key, there in given if there), None)
    if key is None:
        return None
    what = "a board of level simple has no chips"
    return key, what, "only with level managed", "leave it out, or take managed for level"


def _first(key: Kind, first: int, count: int, name: str) -> Wrong | None:
    """Hold the address of the first chip, which the others follow."""
    able = OF[key]
    fit = able[: len(able) - count + 1]
    if first in fit:
        return None
    near = min(fit, key=lambda one: abs(one - first))
    what = f"{name}s cannot begin at 0x{first:02x}"
    if first in able:
        what = f"{count} {name}s from 0x{first:02x} on need more addresses than there are"
    return key, what, shown(fit), f"use 0x{near:02x}"
