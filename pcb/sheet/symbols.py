"""Our own schematic symbols, drawn here from lines and circles; none is copied from a library.

Coordinates are mm on the sheet, y down, the symbol's origin at 0; trees of shapes already have y
up, as KiCad's symbol files want it (`pcb.sheet.symbol_files` does the rest). Connection points lie
on the 1.27 mm grid. Symbols are never turned: each is drawn the way the sheet needs it, so that no
rule of rotation has to be trusted.
"""

import functools
from dataclasses import dataclass
from typing import Literal

from pcb.parts import INPUT_KINDS, input_type, part_type
from pcb.rails import RAILS
from pcb.sexpr import Tree, Word, node

LIBRARY = "Rackpress"
PITCH = 2.54
LEAD = 3.81  # long enough for a number of two letters above it
Side = Literal["left", "right", "up", "down"]
Point = tuple[float, float]


@dataclass(frozen=True)
class SymbolPin:
    """A pin: where a wire meets it, and on which side of the body it stands."""

    number: str
    name: str
    x: float
    y: float
    side: Side
    length: float = PITCH
    kind: str = "passive"


@dataclass(frozen=True)
class Symbol:
    """A drawn symbol; `ref` is the letter of its references, `align` that of its two texts."""

    name: str
    ref: str
    pins: tuple[SymbolPin, ...]
    shapes: tuple[Tree, ...]
    ref_at: Point
    value_at: Point
    align: str = "center"
    show_value: bool = True
    show_pin_names: bool = False
    show_pin_numbers: bool = False
    power: bool = False
    in_bom: bool = True
    description: str = ""

    @property
    def lib_id(self) -> str:
        """The name that KiCad knows it by."""
        return f"{LIBRARY}:{self.name}"


def line(*points: Point, width: float = 0.254, fill: str = "none") -> Tree:
    """Return a line through points."""
    return node(
        "polyline", node("pts", *(node("xy", x, -y) for x, y in points)), *_pen(width, fill)
    )


def box(left: float, top: float, right: float, bottom: float, fill: str = "background") -> Tree:
    """Return a filled rectangle."""
    return node(
        "rectangle", node("start", left, -top), node("end", right, -bottom), *_pen(0.254, fill)
    )


def dot(x: float, y: float, radius: float, fill: str = "none", width: float = 0.254) -> Tree:
    """Return a circle."""
    return node("circle", node("center", x, -y), node("radius", radius), *_pen(width, fill))


def _pen(width: float, fill: str) -> tuple[Tree, Tree]:
    stroke = node("stroke", node("width", width), node("type", Word("default")))
    return stroke, node("fill", node("type", Word(fill)))


# ---- inlets: one visible pin for each contact, grouped by what they carry

_RIGHT_GROUPS = (
    ("+12V", "+"), ("+5V",), ("+3.3V",), ("-12V", "NC"), ("SENSE", "SENSE0", "SENSE1"),
    ("5VSB", "12VSB", "PWR_OK", "PS_ON#"),
)  # fmt: skip
RETURNS = ("COM", "-")


def _inlet(part_id: str) -> Symbol:
    row = part_type(part_id)
    pins: list[SymbolPin] = []
    place = 0
    for group in _RIGHT_GROUPS:
        drawn = [(pad, name) for name in group for pad, called in row.pins if called == name]
        for pad, name in drawn:
            pins.append(SymbolPin(pad, name, 13.97, place * PITCH, "right", LEAD))
            place += 1
        place += bool(drawn)
    bottom = (place - 1) * PITCH
    returns = [(pad, called) for pad, called in row.pins if called in RETURNS]
    start = (place - 1 - len(returns)) // 2
    pins += [
        SymbolPin(pad, name, -13.97, (start + index) * PITCH, "left", LEAD)
        for index, (pad, name) in enumerate(returns)
    ]
    body = box(-10.16, -PITCH, 10.16, bottom)
    return Symbol(
        row.symbol, "J", tuple(pins), (body,), (0, -6.35), (0, -4.064),
        show_pin_names=True, show_pin_numbers=True, description=row.description,
    )  # fmt: skip


# ---- what an output ends in: pin 1 is +, on the upper left


def _outlet(part_id: str, pads_y: tuple[float, ...], shapes: tuple[Tree, ...]) -> Symbol:
    row = part_type(part_id)
    pins = tuple(
        SymbolPin(pad, name, -8.89, y, "left", LEAD)
        for (pad, name), y in zip(row.pins, pads_y, strict=True)
    )
    return Symbol(
        row.symbol, "J", pins, shapes, (0, -6.35), (0, pads_y[-1] + 4.064),
        show_pin_numbers=True, in_bom=row.in_bom, description=row.description,
    )  # fmt: skip


def _barrel() -> Symbol:
    sleeve = box(-1.27, -3.302, 3.81, -1.778, "outline")  # the centre pin, seen from the side
    spring = line((-5.08, 2.54), (-2.54, 2.54), (-1.27, 1.016), (0, 2.54), (3.81, 2.54))
    shapes = (
        box(-5.08, -5.08, 5.08, 6.858),
        sleeve,
        line((-5.08, -2.54), (-1.27, -2.54)),
        spring,
        line((-5.08, 5.08), (3.81, 5.08), (3.81, 2.54)),
        _plus(1.27, -0.508),
        _minus(2.54, 3.81),
    )
    return _outlet("barrel-5.5x2.1", (-2.54, 2.54, 5.08), shapes)


def _screw() -> Symbol:
    shapes = [box(-5.08, -5.08, 5.08, 5.08)]
    for y in (-2.54, 2.54):
        shapes += [line((-5.08, y), (-1.27, y)), dot(0.254, y, 1.524)]
        shapes.append(line((-0.762, y + 1.016), (1.27, y - 1.016), width=0.381))
    shapes += [_plus(3.429, -2.54), _minus(3.429, 2.54)]
    return _outlet("screw", (-2.54, 2.54), tuple(shapes))


def _wire() -> Symbol:
    shapes = [box(-5.08, -5.08, 5.08, 5.08)]
    for y in (-2.54, 2.54):
        shapes += [line((-5.08, y), (-1.27, y)), dot(0, y, 1.27), dot(0, y, 0.508, "outline")]
    shapes += [_plus(3.302, -2.54), _minus(3.302, 2.54)]
    return _outlet("wire", (-2.54, 2.54), tuple(shapes))


def _header(part_id: str) -> Symbol:
    shapes = [box(-5.08, -5.08, 5.08, 5.08)]
    for y in (-2.54, 2.54):
        shapes += [line((-5.08, y), (-1.524, y)), box(-1.524, y - 1.016, 1.016, y + 1.016)]
    shapes += [_plus(3.302, -2.54), _minus(3.302, 2.54)]
    return _outlet(part_id, (-2.54, 2.54), tuple(shapes))


def _plus(x: float, y: float) -> Tree:
    arm = 0.762
    return line((x - arm, y), (x + arm, y), (x, y), (x, y - arm), (x, y + arm), width=0.2032)


def _minus(x: float, y: float) -> Tree:
    return line((x - 0.762, y), (x + 0.762, y), width=0.2032)


# ---- small parts


def _fuse() -> Symbol:
    pins = (
        SymbolPin("1", "", -6.35, 0, "left", 1.27),
        SymbolPin("2", "", 6.35, 0, "right", 1.27),
    )
    shapes = (box(-5.08, -1.27, 5.08, 1.27), line((-5.08, 0), (5.08, 0)))
    about = part_type("fuse").description
    return Symbol("Fuse", "F", pins, shapes, (0, -2.794), (0, 2.794), description=about)


def _resistor() -> Symbol:
    pins = (SymbolPin("1", "", 0, -3.81, "up", 1.27), SymbolPin("2", "", 0, 3.81, "down", 1.27))
    shapes = (box(-1.016, -2.54, 1.016, 2.54),)
    about = part_type("resistor").description
    return Symbol("R", "R", pins, shapes, (2.032, -1.016), (2.032, 1.27), "left", description=about)


def _led() -> Symbol:
    pins = (SymbolPin("1", "K", 0, 3.81, "down"), SymbolPin("2", "A", 0, -3.81, "up"))
    shapes = (
        line((-1.524, -1.27), (1.524, -1.27), (0, 1.27), (-1.524, -1.27), fill="background"),
        line((-1.524, 1.27), (1.524, 1.27)),
        *_arrow(-1.778, 0.254),
        *_arrow(-2.54, -0.762),
    )
    about = part_type("led").description
    return Symbol(
        "LED", "D", pins, shapes, (3.048, -1.016), (3.048, 1.27), "left", description=about
    )


def _arrow(x: float, y: float) -> tuple[Tree, Tree]:
    """A ray of light that leaves to the lower left."""
    tip = (x - 1.524, y + 1.016)
    head = line((tip[0] + 0.254, tip[1] - 0.762), tip, (tip[0] + 0.889, tip[1]), width=0.1524)
    return line((x, y), tip, width=0.1524), head


def jumper(part_id: str) -> Symbol:
    """Draw a jumper of two pins."""
    row = part_type(part_id)
    pins = (
        SymbolPin("1", row.pins[0][1], -5.08, 0, "left"),
        SymbolPin("2", row.pins[1][1], 5.08, 0, "right"),
    )
    shapes = (
        dot(-2.032, 0, 0.508),
        dot(2.032, 0, 0.508),
        line((-2.032, -1.27), (-1.27, -1.778), (1.27, -1.778), (2.032, -1.27)),
    )
    return Symbol(
        row.symbol, "JP", pins, shapes, (0, -3.302), (0, 2.286), description=row.description
    )


def _switch() -> Symbol:
    row = part_type("ps-on-switch")
    (off, off_name), (middle, name), (on, on_name) = row.pins
    pins = (
        SymbolPin(off, off_name, 5.08, -2.54, "right"),
        SymbolPin(middle, name, -5.08, 0, "left"),
        SymbolPin(on, on_name, 5.08, 0, "right"),
    )
    shapes = (
        *(dot(x, y, 0.508) for x, y in ((-2.032, 0), (2.032, 0), (2.032, -2.54))),
        line((-1.524, -0.254), (1.524, -2.286)),
    )
    return Symbol(
        row.symbol, "SW", pins, shapes, (0, -5.842), (0, 2.286), show_pin_numbers=True,
        description=row.description,
    )  # fmt: skip


def _test_point() -> Symbol:
    pins = (SymbolPin("1", "", -2.54, 0, "left", 1.524),)
    row = part_type("test-point")
    return Symbol(
        "Test_Point", "TP", pins, (dot(0, 0, 1.016),), (2.032, 0), (6.35, 0), "left",
        show_value=False, in_bom=False, description=row.description,
    )  # fmt: skip


# ---- rails: they name a net, and the flag tells KiCad's check that power comes from outside


def _rail(name: str) -> Symbol:
    pins = (SymbolPin("1", "", 0, 0, "down", 0, "power_in"),)
    shapes = (line((0, 0), (0, -2.54)), line((-0.762, -1.27), (0, -2.54), (0.762, -1.27)))
    about = f"Names the net {name}"
    return Symbol(name, "#PWR", pins, shapes, (0, 3.81), (0, -3.81), power=True, description=about)


def _ground() -> Symbol:
    pins = (SymbolPin("1", "", 0, 0, "up", 0, "power_in"),)
    shapes = (
        line((0, 0), (0, 1.27)),
        line((-1.27, 1.27), (1.27, 1.27)),
        line((-0.762, 1.778), (0.762, 1.778)),
        line((-0.254, 2.286), (0.254, 2.286)),
    )
    return Symbol(
        "GND",
        "#PWR",
        pins,
        shapes,
        (0, 6.35),
        (0, 3.81),
        power=True,
        description="Names the net GND",
    )


def _power_flag() -> Symbol:
    pins = (SymbolPin("1", "", 0, 0, "down", 0, "power_out"),)
    shapes = (line((0, 0), (0, -1.27), (1.016, -1.905), (0, -2.54), (-1.016, -1.905), (0, -1.27)),)
    return Symbol(
        "PWR_FLAG", "#FLG", pins, shapes, (0, 3.81), (0, -3.81), power=True,
        description="Power enters the board here",
    )  # fmt: skip


@functools.cache
def symbols() -> dict[str, Symbol]:
    """Return every symbol by name; the library file holds them all, whatever a board uses."""
    from pcb.sheet.managed_symbols import managed_symbols  # noqa: PLC0415 - drawn with what is here
    from pcb.sheet.sense import sense_symbols  # noqa: PLC0415 - as above

    inlets = dict.fromkeys(input_type(kind).part for kind in INPUT_KINDS)
    drawn = (
        *map(_inlet, inlets),
        _barrel(), _screw(), _wire(), _header("jst-vh"), _header("mini-fit"),
        _fuse(), _resistor(), _led(), jumper("ps-on-jumper"), _switch(), _test_point(),
        *map(_rail, RAILS), _ground(), _power_flag(), *managed_symbols(), *sense_symbols(),
    )  # fmt: skip
    return {symbol.name: symbol for symbol in drawn}
