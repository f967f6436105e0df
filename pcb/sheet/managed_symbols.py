"""Symbols of what only a managed board has: switches, expanders, regulator, bus."""

from pcb.parts import part_type
from pcb.sexpr import Tree
from pcb.sheet.symbols import LEAD, PITCH, Side, Symbol, SymbolPin, box, dot, jumper, line


def _p_fet() -> Symbol:
    """Sources on the left, drains on the right, gate below."""
    row = part_type("p-fet")
    names = dict(row.pins)
    pins = [SymbolPin(p, names[p], -8.89, PITCH * (int(p) - 1), "left", LEAD) for p in "123"]
    pins += [SymbolPin(p, names[p], 8.89, PITCH * (int(p) - 5), "right", LEAD) for p in "5678"]
    pins.append(SymbolPin("4", "G", 0, 13.97, "down", LEAD))
    shapes = (
        box(-5.08, -2.54, 5.08, 10.16),
        line((-5.08, 0), (-1.778, 0), (-1.778, 3.81)),
        line((5.08, 0), (1.778, 0), (1.778, 3.81)),
        line((-2.286, 3.81), (2.286, 3.81), width=0.381),
        line((-2.032, 4.826), (2.032, 4.826)),
        line((0, 4.826), (0, 10.16)),
        line((-1.016, 2.286), (-1.778, 3.556), (-2.54, 2.286), (-1.016, 2.286), fill="outline"),
    )
    return Symbol(
        row.symbol, "Q", tuple(pins), shapes, (0, -6.35), (0, -4.064), show_pin_numbers=True,
        description=row.description,
    )  # fmt: skip


def _transistor(part_id: str, *shapes: Tree) -> Symbol:
    """Contact 1, what controls it, on the left; 3 above, 2 below."""
    row = part_type(part_id)
    spots: dict[str, tuple[float, float, Side]] = {
        "1": (-6.35, 0, "left"), "2": (0, 6.35, "down"), "3": (0, -6.35, "up"),
    }  # fmt: skip
    pins = tuple(SymbolPin(number, name, *spots[number], LEAD) for number, name in row.pins)
    return Symbol(
        row.symbol, "Q", pins, shapes, (2.032, -1.016), (2.032, 1.27), "left",
        show_pin_numbers=True, description=row.description,
    )  # fmt: skip


def _n_fet() -> Symbol:
    return _transistor(
        "n-fet",
        line((-2.54, 0), (-1.524, 0)),
        line((-1.524, -1.778), (-1.524, 1.778)),
        line((-0.762, -2.032), (-0.762, 2.032), width=0.381),
        line((0, -2.54), (0, -1.524), (-0.762, -1.524)),
        line((0, 2.54), (0, 1.524), (-0.762, 1.524)),
        line((-0.762, 0), (0, 0), (0, 1.524)),
    )


def _npn() -> Symbol:
    return _transistor(
        "npn",
        line((-2.54, 0), (-1.27, 0)),
        line((-1.27, -1.905), (-1.27, 1.905), width=0.508),
        line((-1.27, -0.762), (0, -2.032), (0, -2.54)),
        line((-1.27, 0.762), (0, 2.032), (0, 2.54)),
        line((-0.102, 1.93), (-0.94, 1.626), (-0.432, 1.092), (-0.102, 1.93), fill="outline"),
    )


def _schottky_pair() -> Symbol:
    """Common cathode above, an anode lower left and one lower right."""
    row = part_type("schottky-pair")
    pins = (
        SymbolPin("1", "A1", -2.54, 5.08, "down", LEAD),
        SymbolPin("2", "A2", 2.54, 5.08, "down", LEAD),
        SymbolPin("3", "K", 0, -5.08, "up", PITCH),
    )
    bars = (
        line(
            (x - 1.524, 0.381), (x - 1.524, -0.127), (x - 1.016, -0.127), (x - 1.016, -0.635),
            (x + 1.016, -0.635), (x + 1.016, -1.143), (x + 1.524, -1.143), (x + 1.524, -0.635),
        )
        for x in (-2.54, 2.54)
    )  # fmt: skip
    arrows = (
        line((x - 1.27, 1.651), (x + 1.27, 1.651), (x, -0.635), (x - 1.27, 1.651), fill="outline")
        for x in (-2.54, 2.54)
    )
    shapes = (
        *bars,
        *arrows,
        line((-2.54, -0.635), (-2.54, -2.54), (2.54, -2.54), (2.54, -0.635)),
        line((-2.54, 1.651), (-2.54, 2.54)),
        line((2.54, 1.651), (2.54, 2.54)),
    )
    return Symbol(
        row.symbol, "D", pins, shapes, (5.08, -1.016), (5.08, 1.27), "left",
        show_pin_numbers=True, description=row.description,
    )  # fmt: skip


def block(part_id: str, ref: str, left: tuple[str, ...], right: tuple[str, ...]) -> Symbol:
    """Draw a box with named pins; an empty name leaves a gap."""
    row = part_type(part_id)
    number: dict[str, list[str]] = {}
    for pad, name in row.pins:
        number.setdefault(name, []).append(pad)
    pins: list[SymbolPin] = []
    sides: tuple[tuple[float, Side, tuple[str, ...]], ...] = (
        (-13.97, "left", left),
        (13.97, "right", right),
    )
    for x, side, names in sides:
        for place, name in enumerate(names):
            if name:
                pad = number[name].pop(0)
                pins.append(SymbolPin(pad, name, x, place * PITCH, side, LEAD))
    low = (max(len(left), len(right)) - 1) * PITCH
    return Symbol(
        row.symbol, ref, tuple(pins), (box(-10.16, -PITCH, 10.16, low + PITCH),),
        (0, -6.35), (0, -4.064), show_pin_names=True, show_pin_numbers=True,
        description=row.description,
    )  # fmt: skip


def _plug(part_id: str) -> Symbol:
    """A plug of the bus: pins on the left."""
    row = part_type(part_id)
    pins = tuple(
        SymbolPin(pad, name, -8.89, place * PITCH, "left", LEAD)
        for place, (pad, name) in enumerate(row.pins)
    )
    low = (len(pins) - 1) * PITCH
    return Symbol(
        row.symbol, "J", pins, (box(-5.08, -PITCH, 7.62, low + PITCH),), (0, -6.35), (0, -4.064),
        show_pin_names=True, show_pin_numbers=True, description=row.description,
    )  # fmt: skip


def _upright(part_id: str, ref: str, shapes: tuple[Tree, ...], *, led: bool = False) -> Symbol:
    row = part_type(part_id)
    up, down = ("2", "1") if led else ("1", "2")
    names = dict(row.pins)
    pins = (
        SymbolPin(up, names[up], 0, -3.81, "up", 1.27 if not led else PITCH),
        SymbolPin(down, names[down], 0, 3.81, "down", 1.27 if not led else PITCH),
    )
    at = 3.048 if led else 2.032
    return Symbol(
        row.symbol, ref, pins, shapes, (at, -1.016), (at, 1.27), "left",
        description=row.description,
    )  # fmt: skip


def _ptc() -> Symbol:
    row = part_type("ptc")
    pins = (
        SymbolPin("1", "", 6.35, 0, "right", 1.27),
        SymbolPin("2", "", -6.35, 0, "left", 1.27),
    )
    shapes = (
        box(-5.08, -1.27, 5.08, 1.27),
        line((-5.08, 0), (5.08, 0)),
        line((-3.81, 2.54), (-2.54, 2.54), (2.54, -2.54)),
    )
    return Symbol(
        row.symbol, "F", pins, shapes, (0, -4.064), (0, 4.064), description=row.description
    )


def managed_symbols() -> tuple[Symbol, ...]:
    """Return them all."""
    resistor = (box(-1.016, -2.54, 1.016, 2.54),)
    plates = (
        line((0, -2.54), (0, -0.508)),
        line((-1.524, -0.508), (1.524, -0.508), width=0.381),
        line((-1.524, 0.508), (1.524, 0.508), width=0.381),
        line((0, 0.508), (0, 2.54)),
    )
    lamp = (
        line((-1.524, -1.27), (1.524, -1.27), (0, 1.27), (-1.524, -1.27), fill="background"),
        line((-1.524, 1.27), (1.524, 1.27)),
        dot(0, 0, 2.286),
    )
    bus = ("VCC", "", "SDA", "SCL", "INT", "A2", "", "A1", "A0", "", "GND")
    eight = tuple(f"P{bit}" for bit in range(8))
    sixteen = tuple(f"P{port}{bit}" for port in range(2) for bit in range(8))
    return (
        _p_fet(), _n_fet(), _npn(), _schottky_pair(), block("tca9534", "U", bus, eight),
        block("tca9535", "U", bus, sixteen), block("ldo", "U", ("IN", "", "GND"), ("OUT",)),
        _plug("bus-header"), _plug("qwiic"), _ptc(), jumper("bus-jumper"),
        _upright("resistor-0805", "R", resistor), _upright("capacitor-0805", "C", plates),
        _upright("led-0805", "D", lamp, led=True),
    )  # fmt: skip
