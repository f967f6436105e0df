"""Prints our symbols the way KiCad stores them: in the project's library and inside a sheet."""

from typing import Any

from pcb.sexpr import Tree, Word, flag, node
from pcb.sheet.symbols import Symbol, SymbolPin, symbols

# direction from the connection point to the body, in KiCad's degrees
_INWARD = {"left": 0, "right": 180, "up": 270, "down": 90}


def text_effects(align: str = "center", size: float = 1.27, hide: bool = False) -> Tree:
    """Return the `effects` of a text: size in mm, `left`, `right` or `center`."""
    effects = node("effects", node("font", node("size", size, size)))
    if align != "center":
        effects.append(node("justify", Word(align)))
    if hide:
        effects.append(flag("hide", True))
    return effects


def properties(symbol: Symbol, fields: dict[str, str]) -> list[Tree]:
    """Return the fields of a symbol at its origin, `Reference` and `Value` where it wants them.

    Args:
        symbol: the symbol that carries them.
        fields: text by name; y is up, as in a library.
    """
    spots = {"Reference": symbol.ref_at, "Value": symbol.value_at}
    hidden = {"Reference": symbol.power, "Value": not symbol.show_value}
    made: list[Tree] = []
    for name, text in fields.items():
        x, y = spots.get(name, (0, 0))
        hide = hidden.get(name, True)
        align = symbol.align if name in spots else "center"
        made.append(
            node("property", name, text, node("at", x, -y, 0), text_effects(align, hide=hide))
        )
    return made


def library_symbol(symbol: Symbol, name: str) -> Tree:
    """Return the tree of a symbol as a library file or a sheet's own store holds it.

    Args:
        symbol: what to print.
        name: `Fuse` in a library, `Rackpress:Fuse` in a sheet.
    """
    tree: Tree = node("symbol", name)
    if symbol.power:
        tree.append(node("power"))
    if not symbol.show_pin_numbers:
        tree.append(node("pin_numbers", flag("hide", True)))
    names: Tree = node("pin_names", node("offset", 1.016))
    if not symbol.show_pin_names:
        names.append(flag("hide", True))
    tree.append(names)
    for key, yes in (("exclude_from_sim", False), ("in_bom", symbol.in_bom), ("on_board", True)):
        tree.append(flag(key, yes))
    fields = {
        "Reference": symbol.ref,
        "Value": symbol.name,
        "Footprint": "",
        "Datasheet": "",
        "Description": symbol.description,
    }
    tree += properties(symbol, fields)
    tree.append(node("symbol", f"{symbol.name}_0_1", *symbol.shapes))
    tree.append(node("symbol", f"{symbol.name}_1_1", *map(_pin, symbol.pins)))
    tree.append(flag("embedded_fonts", False))
    return tree


def _pin(pin: SymbolPin) -> Tree:
    size: list[Any] = [text_effects()]
    return node(
        "pin",
        Word(pin.kind),
        Word("line"),
        node("at", pin.x, -pin.y, _INWARD[pin.side]),
        node("length", pin.length),
        node("name", pin.name or "~", *size),
        node("number", pin.number, *size),
    )


def library_file() -> Tree:
    """Return the project's symbol library."""
    head = node(
        "kicad_symbol_lib",
        node("version", 20241209),
        node("generator", "rackpress"),
        node("generator_version", "1"),
    )
    return [*head, *(library_symbol(symbol, name) for name, symbol in sorted(symbols().items()))]
