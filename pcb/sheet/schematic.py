"""Writes the sheet as a KiCad 9 schematic with kicad-skip.

The template is generated: every symbol a board uses, once, with its pins. kicad-skip clones, moves
and names those; what it need not know (drawings of symbols, wires, texts) joins its tree last.
Three of its traps are stepped around. Its `write()` puts line breaks inside quoted text, so
`pcb.sexpr` prints the tree. It turns symbols the wrong way at 90° and 270°, so none is ever turned.
Its clones carry random ids, so each id is replaced by one made from the board's name and the part's
reference: same spec, same bytes.
"""

import tempfile
import uuid
import warnings
from pathlib import Path
from typing import Any

from pcb.model import Circuit, Part
from pcb.rails import outputs
from pcb.sexpr import Tree, Word, dump, flag, node
from pcb.sheet.sheet import Frame, Label, Note, Placed, Sheet, Wire
from pcb.sheet.symbol_files import library_symbol, properties, text_effects
from pcb.sheet.symbols import symbols

SPACE = uuid.uuid5(uuid.NAMESPACE_URL, "rackpress/power-board")
TEMPLATE_REF = "T0"  # a name that kicad-skip can hold; no clone keeps it
ORDER = (
    "version", "generator", "generator_version", "uuid", "paper", "title_block", "lib_symbols",
    "rectangle", "text", "junction", "no_connect", "wire", "global_label", "symbol",
    "sheet_instances", "embedded_fonts",
)  # fmt: skip


def make_id(circuit: Circuit, *role: object) -> str:
    """Return the id of one item of a board: the same for the same name and role."""
    return str(uuid.uuid5(SPACE, "/".join(map(str, (circuit.spec.title, *role)))))


def schematic(circuit: Circuit, sheet: Sheet) -> str:
    """Return the text of the `.kicad_sch` file."""
    skip = _skip()
    kinds = {one.symbol.name: one for one in sheet.placed}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "template.kicad_sch"
        path.write_text(dump(_template(circuit, sheet, kinds)), encoding="utf-8")
        source = skip.Schematic(str(path))
    models = {one.lib_id.value.partition(":")[2]: one for one in source.symbol}
    templates = {id(one.raw) for one in models.values()}
    for one in sheet.placed:
        _clone(models[one.symbol.name], one, circuit)
    kept: list[Tree] = [tree for tree in source.tree[1:] if id(tree) not in templates]
    library = (library_symbol(symbols()[name], symbols()[name].lib_id) for name in sorted(kinds))
    kept += [_title_block(circuit), node("lib_symbols", *library), *_drawn(circuit, sheet)]
    kept.sort(key=lambda tree: ORDER.index(str(tree[0])))
    return dump([Word("kicad_sch"), *kept])


def _skip() -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # its sources hold escapes that Python has come to dislike
        import skip  # noqa: PLC0415 - slow to import, and only `schematic` needs it
    return skip


def _template(circuit: Circuit, sheet: Sheet, kinds: dict[str, Placed]) -> Tree:
    used = sorted(kinds)
    return [
        *node("kicad_sch", node("version", 20250114), node("generator", "rackpress")),
        node("generator_version", "1"),
        node("uuid", make_id(circuit, "sheet")),
        node("paper", sheet.paper),
        *(_instance(kinds[name], circuit) for name in used),
        node("sheet_instances", node("path", "/", node("page", "1"))),
        flag("embedded_fonts", False),
    ]


def comments(circuit: Circuit) -> dict[int, str]:
    """Return the numbered comments of the title block."""
    spec = circuit.spec
    drawn = outputs(spec)
    groups = dict.fromkeys((one.volts, one.amps, one.connector) for one in drawn)
    said = [
        f"{_count(sum(one.volts == volts for one in drawn))}, {volts} V, {amps:g} A each"
        for volts, amps, _ in groups
    ]
    plugs = ", ".join((spec.input, *spec.extra_inputs))
    ends = ", ".join(dict.fromkeys(connector for _, _, connector in groups))
    return {
        1: "; ".join(said),
        2: f"input {plugs}, outputs {ends}, level {spec.level}",
        3: "made by Rackpress; change the parameters, not this sheet",
    }


def _count(outputs: int) -> str:
    return "1 output" if outputs == 1 else f"{outputs} outputs"


def variables(circuit: Circuit) -> dict[str, str]:
    """Return the project's text variables, for `${AMPS}` and alike on sheet and board."""
    spec = circuit.spec
    groups = dict.fromkeys((one.volts, one.amps) for one in outputs(spec))
    return {
        "AMPS": " / ".join(f"{amps:g}" for _, amps in groups),
        "OUTPUTS": str(spec.outputs),
        "REV": spec.revision,
        "VOLTS": " / ".join(str(volts) for volts, _ in groups),
    }


def _title_block(circuit: Circuit) -> Tree:
    return node(
        "title_block",
        node("title", f"Power board {circuit.spec.title}"),
        node("rev", circuit.spec.revision),
        *(node("comment", number, text) for number, text in comments(circuit).items()),
    )


def _instance(one: Placed, circuit: Circuit) -> Tree:
    """Return one use of a symbol at the origin, to be cloned; hidden fields come later."""
    symbol = one.symbol
    fields = {"Reference": TEMPLATE_REF, "Value": symbol.name}
    sheet = node("path", f"/{make_id(circuit, 'sheet')}")
    path = [*sheet, node("reference", TEMPLATE_REF), node("unit", 1)]
    return [
        *node("symbol", node("lib_id", symbol.lib_id), node("at", 0, 0, 0), node("unit", 1)),
        flag("exclude_from_sim", False),
        flag("in_bom", symbol.in_bom and not symbol.power),
        flag("on_board", True),
        flag("dnp", False),
        node("uuid", "template"),
        *_upright(properties(symbol, fields)),
        *(node("pin", pin.number, node("uuid", "template")) for pin in symbol.pins),
        node("instances", node("project", circuit.spec.title, path)),
    ]


def extra_fields(part: Part) -> dict[str, str]:
    """Return the fields of a part beyond KiCad's own: who makes it and its number."""
    number = part.type.number(part.value)
    return {"Manufacturer": part.type.maker, "MPN": number} if number else {}


def _upright(fields: list[Tree]) -> list[Tree]:
    """Turn y downwards: a library counts it up, a sheet down."""
    for made in fields:
        at = next(item for item in made if isinstance(item, list) and item[0] == "at")
        at[2] = -at[2]
    return fields


def _clone(model: Any, one: Placed, circuit: Circuit) -> None:
    """Make one use of a symbol from its template."""
    new = model.clone()
    new.move(one.x, one.y)
    new.setAllReferences(one.ref)
    new.property.Value.value = one.value
    own = new.getElementsByEntityType("uuid")
    roles = [("symbol", one.ref), *(("pin", one.ref, pin.number) for pin in one.symbol.pins)]
    for made, role in zip(own, roles, strict=True):
        made.value = make_id(circuit, *role)
    tree: Tree = new.raw
    heads = [str(item[0]) if isinstance(item, list) else "" for item in tree]
    end = heads.index("property") + heads.count("property")
    tree[end:end] = _hidden_fields(one)


def _hidden_fields(one: Placed) -> list[Tree]:
    """Return what a netlist wants to know and a reader of the sheet need not see."""
    part = one.part
    texts = {
        "Footprint": part.footprint if part else "",
        "Datasheet": "",
        "Description": one.symbol.description,
        **(extra_fields(part) if part else {}),
    }
    at, effects = node("at", one.x, one.y, 0), text_effects(hide=True)
    return [node("property", name, text, at, effects) for name, text in texts.items()]


def _drawn(circuit: Circuit, sheet: Sheet) -> list[Tree]:
    """Return everything that is no symbol, each with its id."""
    made = [
        *map(_frame, sheet.frames),
        *map(_text, sheet.notes),
        *(node("junction", node("at", x, y), node("diameter", 0)) for x, y in sheet.junctions),
        *(node("no_connect", node("at", x, y)) for x, y in sheet.no_connects),
        *map(_wire, sheet.wires),
        *map(_label, sheet.labels),
    ]
    return [_with_id(tree, make_id(circuit, tree[0], *map(str, tree[1:]))) for tree in made]


def _with_id(tree: Tree, own: str) -> Tree:
    at = next((i for i, part in enumerate(tree) if part and part[0] == "property"), len(tree))
    return [*tree[:at], node("uuid", own), *tree[at:]]


def _frame(one: Frame) -> Tree:
    stroke = node("stroke", node("width", 0), node("type", Word("dash")))
    fill = node("fill", node("type", Word("none")))
    return node(
        "rectangle", node("start", one.x1, one.y1), node("end", one.x2, one.y2), stroke, fill
    )


def _text(one: Note) -> Tree:
    font: Tree = node("font", node("size", one.size, one.size))
    if one.bold:
        font.append(flag("bold", True))
    effects = node("effects", font, node("justify", Word("left"), Word("top")))
    at = node("at", one.x, one.y, 0)
    return node("text", one.text, flag("exclude_from_sim", False), at, effects)


def _wire(one: Wire) -> Tree:
    ends = node("pts", node("xy", one.x1, one.y1), node("xy", one.x2, one.y2))
    return node("wire", ends, node("stroke", node("width", 0), node("type", Word("default"))))


def _label(one: Label) -> Tree:
    angle, align = (0, "left") if one.runs == "right" else (180, "right")
    at = node("at", one.x, one.y, angle)
    hidden = text_effects(align, hide=True)
    return node(
        "global_label",
        one.net,
        node("shape", Word("passive")),
        at,
        flag("fields_autoplaced", True),
        text_effects(align),
        node(
            "property", "Intersheetrefs", "${INTERSHEET_REFS}", node("at", one.x, one.y, 0), hidden
        ),
    )
