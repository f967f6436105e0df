"""Writes a layout as a KiCad 9 board. Its pours are empty: only KiCad fills them.

Every item has an id made from the board's name and its own role: same spec, same bytes. The board
lies with its upper left corner at (25, 25) of the sheet.
"""

from itertools import pairwise

from pcb.board.footprint_files import (
    attributes,
    drawings,
    font,
    model,
    pad_tail,
    pad_tree,
    stroke,
)
from pcb.board.layout import Layout, Line, Pour, Put, Text, Track
from pcb.model import Circuit, Part
from pcb.sexpr import Tree, Word, dump, flag, node
from pcb.sheet.netlist import natural
from pcb.sheet.schematic import comments, extra_fields, make_id
from pcb.sheet.symbols import symbols

CORNER = 25.0  # of the board on the sheet
ROUND = 2.0  # radius of the corners
BOARD_MM = 1.6
OZ_MM = 0.035
VIA_MM, VIA_DRILL = 1.2, 0.5
POUR_GAP = 0.5  # copper of a pour to all else; rails among each other: pcb.board.rules
THINNEST = 0.4

LAYERS = (
    (0, "F.Cu", "signal", ""), (2, "B.Cu", "signal", ""), (9, "F.Adhes", "user", "F.Adhesive"),
    (11, "B.Adhes", "user", "B.Adhesive"), (13, "F.Paste", "user", ""), (15, "B.Paste", "user", ""),
    (5, "F.SilkS", "user", "F.Silkscreen"), (7, "B.SilkS", "user", "B.Silkscreen"),
    (1, "F.Mask", "user", ""), (3, "B.Mask", "user", ""),
    (17, "Dwgs.User", "user", "User.Drawings"), (19, "Cmts.User", "user", "User.Comments"),
    (25, "Edge.Cuts", "user", ""), (27, "Margin", "user", ""),
    (31, "F.CrtYd", "user", "F.Courtyard"), (29, "B.CrtYd", "user", "B.Courtyard"),
    (35, "F.Fab", "user", ""), (33, "B.Fab", "user", ""), (39, "User.1", "user", ""),
)  # fmt: skip


class _Writer:
    """What is the same for all items of one board."""

    def __init__(self, circuit: Circuit) -> None:
        self.circuit = circuit
        names = sorted(circuit.nets, key=natural)
        self.number = {name: place for place, name in enumerate(names, start=1)}
        self.net = {pin: name for name, pins in circuit.nets.items() for pin in pins}
        self.parts = {part.ref: part for part in circuit.parts}

    def id(self, *role: object) -> Tree:
        return node("uuid", make_id(self.circuit, "board", *role))


def board(circuit: Circuit, layout: Layout) -> str:
    """Return the text of the `.kicad_pcb` file."""
    writer = _Writer(circuit)
    spec = circuit.spec
    tree = node(
        "kicad_pcb", node("version", 20241229), node("generator", "rackpress"),
        node("generator_version", "1"),
        node("general", node("thickness", BOARD_MM), flag("legacy_teardrops", False)),
        node("paper", "A4" if layout.size[0] < 240 else "A3"),
        node(
            "title_block", node("title", f"Power board {spec.title}"), node("rev", spec.revision),
            *(node("comment", number, text) for number, text in comments(circuit).items()),
        ),
        node("layers", *(_layer(*one) for one in LAYERS)),
        _setup(spec.copper_oz),
        node("net", 0, ""),
        *(node("net", place, name) for name, place in writer.number.items()),
        *(_footprint(writer, put) for put in layout.parts),
        *_edge(writer, layout),
        *(_line(writer, place, line) for place, line in enumerate(layout.lines)),
        *(_text(writer, place, text) for place, text in enumerate(layout.texts)),
        *(tree for place, one in enumerate(layout.tracks) for tree in _track(writer, place, one)),
        *(
            node(
                "via", node("at", *_on_sheet(via.x, via.y)), node("size", VIA_MM),
                node("drill", VIA_DRILL), node("layers", "F.Cu", "B.Cu"),
                node("net", writer.number[via.net]), writer.id("via", place),
            )
            for place, via in enumerate(layout.vias)
        ),
        *(_zone(writer, pour) for pour in layout.pours),
        flag("embedded_fonts", False),
    )  # fmt: skip
    return dump(tree)


def _layer(number: int, name: str, kind: str, shown: str) -> Tree:
    return [Word(str(number)), name, Word(kind), *([shown] if shown else [])]


def _setup(copper_oz: float) -> Tree:
    copper = round(copper_oz * OZ_MM, 3)
    core = round(BOARD_MM - 2 * copper - 0.02, 3)

    white, green = node("color", "White"), node("color", "Green")

    def layer(
        name: str, kind: str, thick: float | None = None, *more: Tree, first: bool = False
    ) -> Tree:
        made = node("layer", name, node("type", kind))
        deep = [] if thick is None else [node("thickness", thick)]
        return [*made, *more, *deep] if first else [*made, *deep, *more]

    fr4 = node("material", "FR4"), node("epsilon_r", 4.5), node("loss_tangent", 0.02)
    return node(
        "setup",
        node(
            "stackup",
            layer("F.SilkS", "Top Silk Screen", None, white),
            layer("F.Paste", "Top Solder Paste"),
            layer("F.Mask", "Top Solder Mask", 0.01, green, first=True),
            layer("F.Cu", "copper", copper),
            layer("dielectric 1", "core", core, *fr4),
            layer("B.Cu", "copper", copper),
            layer("B.Mask", "Bottom Solder Mask", 0.01, green, first=True),
            layer("B.Paste", "Bottom Solder Paste"),
            layer("B.SilkS", "Bottom Silk Screen", None, white),
            node("copper_finish", "HAL lead-free"),
            flag("dielectric_constraints", False),
        ),
        node("pad_to_mask_clearance", 0),
        flag("allow_soldermask_bridges_in_footprints", False),
        node("tenting", Word("front"), Word("back")),
        node("aux_axis_origin", CORNER, CORNER),
        node("grid_origin", CORNER, CORNER),
    )


def _on_sheet(x: float, y: float) -> tuple[float, float]:
    return round(x + CORNER, 4), round(y + CORNER, 4)


# ---- parts


def _footprint(writer: _Writer, put: Put) -> Tree:
    shape, part = put.footprint, writer.parts.get(put.ref)
    origin: list[Tree] = []
    if part is not None:
        origin = [
            node("path", f"/{make_id(writer.circuit, 'symbol', put.ref)}"),
            node("sheetname", "/"),
            node("sheetfile", f"{writer.circuit.spec.title}.kicad_sch"),
        ]
    drawn = [
        [*tree, writer.id(put.ref, "drawing", place)] for place, tree in enumerate(drawings(shape))
    ]
    return node(
        "footprint", shape.lib_id, node("layer", "F.Cu"), writer.id(put.ref),
        node("at", *_on_sheet(put.x, put.y)), node("descr", shape.description),
        *_fields(writer, put, part), *origin, attributes(shape), *drawn,
        *_pads(writer, put), flag("embedded_fonts", False),
        *model(shape, part.value if part else ""),
    )  # fmt: skip


def _fields(writer: _Writer, put: Put, part: Part | None) -> list[Tree]:
    texts = {"Reference": put.ref, "Value": part.value if part else put.footprint.name}
    about = symbols()[part.type.symbol].description if part else ""
    texts |= {"Datasheet": "", "Description": about}
    texts |= extra_fields(part) if part else {}
    made: list[Tree] = []
    for name, text in texts.items():
        place = {"Reference": put.name_at, "Value": put.value_at}.get(name)
        field = node("property", name, text)
        if place is None:
            field += [node("at", 0, 0, 0), node("layer", "F.Fab")]
            field += [] if name == "Reference" else [flag("hide", True)]
        else:
            x, y = round(place[0] - put.x, 4), round(place[1] - put.y, 4)
            field += [node("at", x, y, place[2]), node("layer", "F.SilkS")]
        size = 1.0 if place or name != "Reference" else _fab_size(put, text)
        made.append([*field, writer.id(put.ref, name), node("effects", font(size))])
    return made


def _fab_size(put: Put, ref: str) -> float:
    """Return the letter height at which a name stands within its part on the layer F.Fab."""
    left, _, right, _ = put.footprint.body
    return max(0.4, min(1.0, int((right - left) / len(ref) * 10) / 10))


def _pads(writer: _Writer, put: Put) -> list[Tree]:
    made: list[Tree] = []
    part = writer.parts.get(put.ref)
    pins = {pin.number: pin for pin in symbols()[part.type.symbol].pins} if part else {}
    for place, pad in enumerate(put.footprint.pads):
        tree = pad_tree(pad, paste=put.footprint.on_surface)
        net = writer.net.get((put.ref, pad.number))
        if net is not None and pad.number:
            tree.append(node("net", writer.number[net], net))
            pin = pins[pad.number]
            if pin.name:
                tree.append(node("pinfunction", pin.name))
            kind = pin.kind + ("+no_connect" if net.startswith("unconnected-") else "")
            tree.append(node("pintype", kind))
        made.append([*tree, *pad_tail(pad), writer.id(put.ref, "pad", place)])
    return made


# ---- what is no part


def _edge(writer: _Writer, layout: Layout) -> list[Tree]:
    """Return the outline, with round corners."""
    wide, high = layout.size
    r, k = ROUND, ROUND * (1 - 0.5**0.5)
    lines = [
        ((r, 0), (wide - r, 0)), ((wide, r), (wide, high - r)),
        ((wide - r, high), (r, high)), ((0, high - r), (0, r)),
    ]  # fmt: skip
    arcs = [
        ((0, r), (k, k), (r, 0)), ((wide - r, 0), (wide - k, k), (wide, r)),
        ((wide, high - r), (wide - k, high - k), (wide - r, high)),
        ((r, high), (k, high - k), (0, high - r)),
    ]  # fmt: skip
    pen, layer = stroke(0.1), node("layer", "Edge.Cuts")
    made = [
        node(
            "gr_line", node("start", *_on_sheet(*a)), node("end", *_on_sheet(*b)),
            pen, layer, writer.id("edge", "line", place),
        )
        for place, (a, b) in enumerate(lines)
    ]  # fmt: skip
    return made + [
        node(
            "gr_arc", node("start", *_on_sheet(*a)), node("mid", *_on_sheet(*m)),
            node("end", *_on_sheet(*b)), pen, layer, writer.id("edge", "arc", place),
        )
        for place, (a, m, b) in enumerate(arcs)
    ]  # fmt: skip


def _line(writer: _Writer, place: int, line: Line) -> Tree:
    tail = [node("layer", line.layer), writer.id("line", place)]
    if line.circle:
        (x, y), *_ = line.points
        return node(
            "gr_circle", node("center", *_on_sheet(x, y)),
            node("end", *_on_sheet(x + line.circle, y)), stroke(line.width),
            flag("fill", line.filled), *tail,
        )  # fmt: skip
    start, end = line.points
    return node(
        "gr_line", node("start", *_on_sheet(*start)), node("end", *_on_sheet(*end)),
        stroke(line.width), *tail,
    )  # fmt: skip


def _text(writer: _Writer, place: int, text: Text) -> Tree:
    effects = node("effects", font(text.size, text.bold))
    words = [Word("left")] if text.align == "left" else []
    words += [Word("mirror")] if text.layer == "B.SilkS" else []
    if words:
        effects.append(node("justify", *words))
    return node(
        "gr_text", text.text, node("at", *_on_sheet(text.x, text.y), text.angle),
        node("layer", text.layer), writer.id("text", place), effects,
    )  # fmt: skip


def _track(writer: _Writer, place: int, track: Track) -> list[Tree]:
    ends = pairwise(track.points)
    return [
        node(
            "segment", node("start", *_on_sheet(*start)), node("end", *_on_sheet(*end)),
            node("width", track.width), node("layer", track.layer),
            node("net", writer.number[track.net]), writer.id("track", place, part),
        )
        for part, (start, end) in enumerate(ends)
    ]  # fmt: skip


def _zone(writer: _Writer, pour: Pour) -> Tree:
    points = [node("xy", *_on_sheet(*point)) for point in pour.outline]
    made = node(
        "zone", node("net", writer.number[pour.net]), node("net_name", pour.net),
        node("layer", pour.layer), writer.id("pour", pour.name), node("name", pour.name),
        node("hatch", Word("edge"), 0.5),
    )  # fmt: skip
    made += [node("priority", pour.rank)] if pour.rank else []
    return [
        *made, node("connect_pads", Word("yes"), node("clearance", POUR_GAP)),
        node("min_thickness", THINNEST), flag("filled_areas_thickness", False),
        node("fill", Word("yes"), node("thermal_gap", 0.5), node("thermal_bridge_width", 0.8)),
        node("polygon", node("pts", *points)),
    ]  # fmt: skip
