"""The files that a board brings for its host: pin map, driver, overlay, and a page on all three."""

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from pcb.host.overlay import INT_GPIO, overlay
from pcb.managed.pinmap import BUS_V, HEADER, HEADER_PINS, QWIIC, QWIIC_PINS, PinMap

NO_NAMES: Mapping[int, str] = MappingProxyType({})
PINS = ".pins.json"
DRIVER = Path(__file__).with_name("rackpress_power.py")


def host_files(pins: PinMap) -> dict[str, bytes]:
    """Return the files by name; the same board gives the same bytes."""
    return {
        f"{pins.board}{PINS}": pins.as_json(),
        f"{pins.board}.pins.md": pins_text(pins).encode("utf-8"),
        f"{pins.board}.overlay.dts": overlay(pins).encode("utf-8"),
        DRIVER.name: DRIVER.read_bytes(),
    }


def named(pins: PinMap, names: Mapping[int, str]) -> PinMap:
    """Return a pin map with the names of the nodes on its outputs, where there are any."""
    called = (replace(one, name=names.get(one.output, one.name)) for one in pins.outputs)
    return replace(pins, outputs=tuple(called))


def names_in(content: bytes) -> dict[int, str]:
    """Return the names of the nodes in a `NAME.pins.json`; of anything else none."""
    try:
        return {int(one["output"]): str(one["name"]) for one in json.loads(content)["outputs"]}
    except (ValueError, TypeError, KeyError):
        return {}


def pins_text(pins: PinMap) -> str:
    """Return the pin map as Markdown: what switches what, what i2cdetect shows, what to run."""
    name = pins.board
    nodes = _table(
        ("output", "node", "switch", "fuse", "expander", "pin", "off at"),
        [
            (f"{one.output}", one.name, one.ref, one.fuse, pins.expanders[one.expander].ref,
             pin_name(pins, one.expander, one.bit), one.active)
            for one in pins.outputs
        ],
    )  # fmt: skip
    chips = _table(
        ("address", "chip", "reference"),
        [(f"0x{one.address:02x}", one.chip, one.ref) for one in pins.expanders]
        + [(f"0x{one.address:02x}", "INA3221", one.ref) for one in pins.sensors],
    )
    sensed = _sensed(pins)
    plugs = _table(
        ("plug", *(f"{pin}" for pin in HEADER_PINS)),
        [(HEADER, *HEADER_PINS.values()), (QWIIC, *_padded(QWIIC_PINS, len(HEADER_PINS)))],
    )
    supply = "This board has no pin for PS_ON: its jumper or switch starts the supply."
    if pins.ps_on is not None:
        place = pin_name(pins, pins.ps_on.expander, pins.ps_on.bit)
        supply = (
            f"PS_ON is on pin {place} of {pins.expanders[pins.ps_on.expander].ref}, standby at "
            f"{pins.ps_on.active}; it works with the jumper of PS_ON taken off."
        )
    return f"""# {name}: pins

Every node is on unless its pin drives its switch: without a host, or with one that hangs, all run.

{nodes}

{supply}
{sensed}
## On the bus, {BUS_V:g} V

{chips}

`i2cdetect -y 1` shows these addresses, and no other from 0x20 to 0x27, unless the host has more on
its bus.

{plugs}

{_on_the_host(name, pins.outputs[0].name, measures=bool(pins.sensors))}"""


def _sensed(pins: PinMap) -> str:
    """Return which sensor reads which node, as a section; nothing for a board without sensors."""
    if not pins.sensors:
        return ""
    rows = sorted(
        (one.output, chip.ref, f"{one.channel}", f"{one.shunt_uohm / 1000:g} mOhm")
        for chip in pins.sensors
        for one in chip.channels
    )
    name = {one.output: one.name for one in pins.outputs}
    heads = ("output", "node", "sensor", "channel", "shunt")
    told = _table(heads, [(f"{output}", name[output], *rest) for output, *rest in rows])
    return f"""
## What is measured

{told}

Volts are those behind the shunt, at the plug's side; the cable's drop is not in them.
"""


def _on_the_host(name: str, node: str, *, measures: bool) -> str:
    measure = f"\npython3 {DRIVER.name} measure" if measures else ""
    return f"""## On the host

Either the driver, which needs smbus2 (`apt install python3-smbus2`) and this board's
`{name}.pins.json` beside it:

```
python3 {DRIVER.name} selftest
python3 {DRIVER.name} status
python3 {DRIVER.name} reboot {node}
python3 {DRIVER.name} start --stagger 2{measure}
```

`selftest` switches nothing. Where something is wrong it says what to check, first things first.

Or the overlay, which gives each node's line its name in the kernel; never both, for one chip has
one driver:

```
dtc -@ -I dts -O dtb -o {name}.dtbo {name}.overlay.dts
```

Copy it to `/boot/firmware/overlays` of a Raspberry Pi and add `dtoverlay={name}` to `config.txt`;
INT is then expected on GPIO {INT_GPIO}. A line at 0 turns its node off (`gpioset`); let go, it
leaves it on.
"""


def pin_name(pins: PinMap, expander: int, bit: int) -> str:
    """Return a pin as its data sheet calls it: P3 of eight, P13 of sixteen."""
    return f"P{bit // 8}{bit % 8}" if pins.expanders[expander].bits > 8 else f"P{bit}"


def _padded(pins: Mapping[str, str], count: int) -> list[str]:
    return [*pins.values(), *[""] * (count - len(pins))]


def _table(heads: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    lines = [heads, tuple("---" for _ in heads), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
