"""The review's section on switching: which pin turns which node off, and what is on the bus."""

from html import escape
from typing import Any

from catalog.page import Column, Row, table
from pcb.host.files import pin_name
from pcb.managed.edges import EDGE_K, NODE_F
from pcb.managed.pinmap import BUS_V, HEADER, HEADER_PINS, PinMap
from pcb.managed.wiring import cell_of
from pcb.rails import outputs
from pcb.spec import BoardSpec

_PIN: tuple[Column, ...] = (
    ("output", "output"), ("name", "node"), ("ref", "switch"), ("fuse", "fuse"),
    ("chip", "expander"), ("pin", "pin"), ("active", "off at"),
)  # fmt: skip
_READ: tuple[Column, ...] = (
    ("output", "output"), ("name", "node"), ("ref", "sensor"), ("channel", "channel"),
    ("shunt", "shunt"),
)  # fmt: skip
SMALL_F = 470e-6  # what a small node has at its jack
_EDGE: tuple[Column, ...] = (
    ("which", "outputs"), ("on", "on"), ("small", f"{SMALL_F * 1e6:g} µF at the node"),
    ("large", f"{NODE_F * 1e6:g} µF at the node"), ("off", "off, the whole fuse's current"),
)  # fmt: skip
_CHIP: tuple[Column, ...] = (("address", "address"), ("chip", "chip"), ("ref", "reference"))


def switching_html(pins: PinMap, spec: BoardSpec) -> str:
    """Return the section of a managed board."""
    nodes: list[Row] = [
        {
            "output": one.output, "name": one.name, "ref": one.ref, "fuse": one.fuse,
            "chip": pins.expanders[one.expander].ref,
            "pin": pin_name(pins, one.expander, one.bit), "active": one.active,
        }
        for one in pins.outputs
    ]  # fmt: skip
    chips: list[Row] = [
        {"address": f"0x{one.address:02x}", "chip": one.chip, "ref": one.ref}
        for one in pins.expanders
    ]
    chips += [
        {"address": f"0x{one.address:02x}", "chip": "INA3221", "ref": one.ref}
        for one in pins.sensors
    ]
    starts = "PS_ON is on no pin."
    if pins.ps_on is not None:
        place = pin_name(pins, pins.ps_on.expander, pins.ps_on.bit)
        starts = f"PS_ON is on {place} of {pins.expanders[pins.ps_on.expander].ref}."
    plug = ", ".join(f"{pin} {name}" for pin, name in HEADER_PINS.items())
    return (
        "<p>Every node is on unless its pin drives: without a host, or with one that hangs, all "
        f"run. {escape(starts)}</p>{table(_PIN, nodes)}"
        f"{_edges(spec)}{_measured(pins)}"
        f"<h3>On the bus, {BUS_V:g} V</h3>{table(_CHIP, chips)}<p>{HEADER}: {escape(plug)}.</p>"
    )


def _edges(spec: BoardSpec) -> str:
    """Return how fast switches turn, what a node draws for it, and how warm they get."""
    kinds = {(one.volts, one.fuse_a): one for one in outputs(spec)}
    rows: list[Row] = []
    for (volts, fuse), one in kinds.items():
        cell = cell_of(one)
        slow, fast = (rate / 1000 for rate in cell.on_v_per_s())
        least, most = (rate / 1000 for rate in cell.off_v_per_s())
        row: dict[str, Any] = {
            "which": f"{volts} V, fuse {fuse:g} A", "on": f"{slow:.1f} to {fast:.1f} V/ms",
            "off": f"{least:.0f} to {most:.0f} V/ms, {cell.off_k(fuse):.0f} K warmer",
        }  # fmt: skip
        for key, farads in (("small", SMALL_F), ("large", NODE_F)):
            row[key] = f"{cell.inrush_a(farads):.0f} A, {cell.on_k(farads):.0f} K warmer"
        rows.append(row)
    return (
        f"<h3>How fast they turn</h3>{table(_EDGE, rows)}<p>Reckoned from the least and most of "
        f"data sheets, not measured; a switch may get {EDGE_K:g} K warmer by one edge.</p>"
    )


def _measured(pins: PinMap) -> str:
    """Return which sensor reads which node; nothing for a board without sensors."""
    name = {one.output: one.name for one in pins.outputs}
    read = sorted((one.output, chip.ref, one) for chip in pins.sensors for one in chip.channels)
    rows: list[Row] = [
        {
            "output": output, "name": name[output], "ref": ref, "channel": one.channel,
            "shunt": f"{one.shunt_uohm / 1000:g} mOhm",
        }
        for output, ref, one in read
    ]  # fmt: skip
    return f"<h3>What is measured</h3>{table(_READ, rows)}" if rows else ""
