"""The netlist in KiCad's own format (version E), written from the circuit without KiCad.

It holds what `kicad-cli sch export netlist` gives for the same sheet, item for item and in the same
order, but for four things that say where and when it was made: source, date, tool and the path of
the symbol library.
"""

import re
from dataclasses import dataclass

from pcb.model import Circuit, Part, Pin
from pcb.sexpr import Tree, dump, every, first, node, parse, text_of
from pcb.sheet.schematic import comments, extra_fields, make_id, variables
from pcb.sheet.symbols import LIBRARY, Symbol, symbols


@dataclass(frozen=True)
class Component:
    """What a board needs to know of a part. `uuid` is that of its symbol on the sheet."""

    value: str
    footprint: str
    uuid: str


@dataclass(frozen=True)
class Netlist:
    """A netlist as read: components by reference, pins by net."""

    components: dict[str, Component]
    nets: dict[str, frozenset[Pin]]


def natural(text: str) -> list[tuple[int, int]]:
    """Return a sort key that counts, as KiCad's does: J2 before J10, +5V before 5VSB."""
    found = re.findall(r"([0-9]+)|([^0-9])", text)
    return [(ord("0"), int(number)) if number else (ord(letter), 0) for number, letter in found]


def netlist(circuit: Circuit) -> str:
    """Return the text of the `.net` file."""
    parts = sorted(circuit.parts, key=lambda part: natural(part.ref))
    kinds = sorted({part.type.symbol for part in parts})
    nets = sorted(circuit.nets, key=natural)
    tree = node(
        "export",
        node("version", "E"),
        _design(circuit),
        node("components", *(_component(circuit, part) for part in parts)),
        node("libparts", *(_libpart(symbols()[kind]) for kind in kinds)),
        node("libraries", _library()),
        node("nets", *(_net(circuit, code, name) for code, name in enumerate(nets, start=1))),
    )
    return dump(tree)


def _design(circuit: Circuit) -> Tree:
    said = comments(circuit)
    block = node(
        "title_block",
        node("title", f"Power board {circuit.spec.title}"),
        node("company"),
        node("rev", circuit.spec.revision),
        node("date"),
        node("source", f"{circuit.spec.title}.kicad_sch"),
        *(
            node("comment", node("number", str(number)), node("value", said.get(number, "")))
            for number in range(1, 10)
        ),
    )
    sheet = node("sheet", node("number", "1"), node("name", "/"), node("tstamps", "/"), block)
    source = node("source", f"{circuit.spec.title}.kicad_sch")
    texts = (node("textvar", node("name", k), v) for k, v in sorted(variables(circuit).items()))
    return node("design", source, node("date", ""), node("tool", "Rackpress"), *texts, sheet)


def _component(circuit: Circuit, part: Part) -> Tree:
    kind, symbol = part.type, symbols()[part.type.symbol]
    extra = extra_fields(part)
    texts = {**extra, "Footprint": part.footprint, "Datasheet": "", "Description": kind.description}
    shown = {**extra, "Sheetname": "", "Sheetfile": f"{circuit.spec.title}.kicad_sch"}
    library = node("lib", LIBRARY), node("part", symbol.name)
    made = node(
        "comp",
        node("ref", part.ref),
        node("value", part.value),
        node("footprint", part.footprint),
        node("description", kind.description),
        _fields(texts),
        node("libsource", *library, node("description", symbol.description)),
        *(node("property", node("name", key), node("value", text)) for key, text in shown.items()),
    )
    if not symbol.in_bom:
        made.append(node("property", node("name", "exclude_from_bom")))
    made.append(node("sheetpath", node("names", "/"), node("tstamps", "/")))
    made.append(node("tstamps", make_id(circuit, "symbol", part.ref)))
    return made


def _fields(texts: dict[str, str]) -> Tree:
    """KiCad leaves an empty text out altogether."""
    made = (
        node("field", node("name", key), *([text] if text else [])) for key, text in texts.items()
    )
    return node("fields", *made)


def _libpart(symbol: Symbol) -> Tree:
    texts = {"Reference": symbol.ref, "Value": symbol.name, "Footprint": "", "Datasheet": ""}
    texts["Description"] = symbol.description
    pins = sorted(symbol.pins, key=lambda pin: natural(pin.number))
    return node(
        "libpart",
        node("lib", LIBRARY),
        node("part", symbol.name),
        node("description", symbol.description),
        _fields(texts),
        node(
            "pins",
            *(
                node("pin", node("num", pin.number), node("name", pin.name), node("type", pin.kind))
                for pin in pins
            ),
        ),
    )


def _library() -> Tree:
    uri = f"${{KIPRJMOD}}/{LIBRARY.lower()}.kicad_sym"
    return node("library", node("logical", LIBRARY), node("uri", uri))


def _net(circuit: Circuit, code: int, name: str) -> Tree:
    head = node("net", node("code", str(code)), node("name", name), node("class", "Default"))
    return [*head, *(_node(circuit, ref, pad, name) for ref, pad in sorted(circuit.nets[name]))]


def _node(circuit: Circuit, ref: str, pad: str, net: str) -> Tree:
    symbol = symbols()[circuit.part(ref).type.symbol]
    pin = next(pin for pin in symbol.pins if pin.number == pad)
    kind = pin.kind + ("+no_connect" if net.startswith("unconnected-") else "")
    made = node("node", node("ref", ref), node("pin", pad))
    if pin.name:
        made.append(node("pinfunction", pin.name))
    return [*made, node("pintype", kind)]


def read_netlist(text: str) -> Netlist:
    """Read a netlist of ours or of KiCad's.

    Raises:
        ValueError: it is no netlist, or names a part or a net twice.
    """
    tree = parse(text)
    if tree[0] != "export":
        what = f"a netlist begins with (export, not with ({tree[0]}"
        raise ValueError(what)
    components: dict[str, Component] = {}
    for comp in every(first(tree, "components"), "comp"):
        ref = text_of(comp, "ref")
        if ref in components:
            what = f"part {ref} is named twice"
            raise ValueError(what)
        components[ref] = Component(
            text_of(comp, "value"), text_of(comp, "footprint"), text_of(comp, "tstamps")
        )
    nets: dict[str, frozenset[Pin]] = {}
    for net in every(first(tree, "nets"), "net"):
        name = text_of(net, "name")
        if name in nets:
            what = f"net {name} is named twice"
            raise ValueError(what)
        nets[name] = frozenset((text_of(n, "ref"), text_of(n, "pin")) for n in every(net, "node"))
    return Netlist(components, nets)


def differences(ours: Netlist, theirs: Netlist) -> list[str]:
    """Return what differs, one sentence each; nothing means the two are the same circuit."""
    found: list[str] = []
    for ref in sorted(ours.components.keys() | theirs.components.keys(), key=natural):
        one, other = ours.components.get(ref), theirs.components.get(ref)
        if one is None or other is None:
            found.append(f"{ref} is {'not in ours' if one is None else 'not in theirs'}")
        elif one != other:
            found.append(f"{ref}: {one} against {other}")
    for name in sorted(ours.nets.keys() | theirs.nets.keys(), key=natural):
        mine, other = ours.nets.get(name, frozenset()), theirs.nets.get(name, frozenset())
        missing = ", ".join(f"{ref}.{pad}" for ref, pad in sorted(mine - other))
        extra = ", ".join(f"{ref}.{pad}" for ref, pad in sorted(other - mine))
        if missing:
            found.append(f"net {name}: only ours has {missing}")
        if extra:
            found.append(f"net {name}: only theirs has {extra}")
    return found
