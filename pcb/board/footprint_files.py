"""Prints our footprints the way KiCad stores them: in the project's library and inside a board."""

import functools
from collections.abc import Iterable, Iterator
from itertools import pairwise

from pcb.board.bodies import bodies
from pcb.board.footprints import LIBRARY, Box, Footprint, Pad, footprints
from pcb.board.step import step
from pcb.sexpr import Tree, Word, dump, flag, node

FOLDER, MODELS = f"{LIBRARY.lower()}.pretty", f"{LIBRARY.lower()}.3dshapes"
COLOURED = ("Fuse_Mini_Blade_Keystone_3568", "Resistor_0207")  # whose value can be seen
SILK_MM, FAB_MM, COURTYARD_MM = 0.15, 0.1, 0.05
VERSION = 20241229  # of KiCad 9's files


def font(size: float, bold: bool = False) -> Tree:
    """Return the font of a printed text, its strokes 0.15 of its height, or 0.2 if bold."""
    made = node("font", node("size", size, size), node("thickness", pen_mm(size, bold)))
    return [*made, flag("bold", True)] if bold else made


def pen_mm(size: float, bold: bool = False) -> float:
    """Return the width of a text's strokes, mm."""
    return round(max(0.15, size * (0.2 if bold else 0.15)), 2)


def stroke(width: float) -> Tree:
    """Return a solid line's pen."""
    return node("stroke", node("width", width), node("type", Word("solid")))


def drawings(shape: Footprint) -> Iterator[Tree]:
    """Yield the lines and circles of a footprint, without ids."""
    for points in shape.silk:
        yield from _path(points, "F.SilkS", SILK_MM)
    for (x, y), radius in shape.circles:
        yield node(
            "fp_circle", node("center", x, y), node("end", round(x + radius, 4), y),
            stroke(SILK_MM), node("fill", Word("no")), node("layer", "F.SilkS"),
        )  # fmt: skip
    yield _rect(shape.courtyard, "F.CrtYd", COURTYARD_MM)
    yield _rect(shape.body, "F.Fab", FAB_MM)


def _path(points: tuple[tuple[float, float], ...], layer: str, width: float) -> Iterator[Tree]:
    for start, end in pairwise(points):
        yield node(
            "fp_line", node("start", *start), node("end", *end), stroke(width), node("layer", layer)
        )


def _rect(box: Box, layer: str, width: float) -> Tree:
    left, top, right, bottom = box
    return node(
        "fp_rect", node("start", left, top), node("end", right, bottom),
        stroke(width), node("fill", Word("no")), node("layer", layer),
    )  # fmt: skip


def pad_tree(pad: Pad, *, paste: bool = False) -> Tree:
    """Return a pad without its net and id; `paste`: what is soldered onto it comes by machine."""
    surface = pad.drill is None
    kind = "smd" if surface else "thru_hole" if pad.plated else "np_thru_hole"
    made = node("pad", pad.number, Word(kind), Word(pad.shape))
    made += [node("at", pad.x, pad.y), node("size", *pad.size)]
    if isinstance(pad.drill, tuple):
        made.append(node("drill", Word("oval"), *pad.drill))
    elif pad.drill is not None:
        made.append(node("drill", pad.drill))
    above = ("F.Cu", "F.Mask", "F.Paste") if paste else ("F.Cu", "F.Mask")
    made.append(node("layers", *(above if surface else ("*.Cu", "*.Mask"))))
    if pad.plated and not surface:
        made.append(flag("remove_unused_layers", False))
    if pad.shape == "roundrect":
        made.append(node("roundrect_rratio", 0.1))
    return made


def pad_tail(pad: Pad) -> list[Tree]:
    """Return what stands behind a pad's net: clearance, and spokes for what is soldered easily."""
    made: list[Tree] = []
    if pad.clearance is not None:
        made.append(node("clearance", pad.clearance))
    if pad.paste_ratio:
        made.append(node("solder_paste_margin_ratio", pad.paste_ratio))
    if pad.relief:
        made.append(node("zone_connect", 1))
    return made


def attributes(shape: Footprint) -> Tree:
    """Return what kind of part a footprint is."""
    soldered = any(pad.plated and pad.drill for pad in shape.pads)
    words = ["board_only"] if shape.board_only else ["through_hole"] if soldered else []
    words += ["smd"] if shape.on_surface else []
    if not shape.in_bom:
        words += ["exclude_from_pos_files", "exclude_from_bom"]
    return node("attr", *map(Word, words))


def model(shape: Footprint, value: str = "") -> list[Tree]:
    """Return where KiCad finds what a part looks like, if it looks like anything."""
    if not bodies(shape):
        return []
    place = (("offset", (0, 0, 0)), ("scale", (1, 1, 1)), ("rotate", (0, 0, 0)))
    made = node("model", f"${{KIPRJMOD}}/{MODELS}/{_model_name(shape, value)}.step")
    return [[*made, *(node(name, node("xyz", *values)) for name, values in place)]]


def model_files(parts: Iterable[tuple[Footprint, str]]) -> dict[str, bytes]:
    """Return what parts look like: a STEP file for each footprint and colour, none for bare pads.

    Args:
        parts: footprint and value of each.
    """
    looks = {(shape.name, value if shape.name in COLOURED else "") for shape, value in parts}
    looks |= {(name, "") for name, _ in looks}  # what the library itself refers to
    made: dict[str, bytes] = {}
    for name, value in sorted(looks):
        shape = footprints()[f"{LIBRARY}:{name}"]
        if bodies(shape):
            made[f"{MODELS}/{_model_name(shape, value)}.step"] = _model_file(name, value)
    return made


def _model_name(shape: Footprint, value: str) -> str:
    return f"{shape.name}_{value}" if value and shape.name in COLOURED else shape.name


@functools.cache
def _model_file(name: str, value: str) -> bytes:
    shape = footprints()[f"{LIBRARY}:{name}"]
    return step(_model_name(shape, value), bodies(shape, value))


def _library_file(shape: Footprint) -> Tree:
    texts = {"Reference": "REF**", "Value": shape.name, "Datasheet": "", "Description": ""}
    fields = [
        node(
            "property", name, text, node("at", 0, 0, 0), node("layer", "F.Fab"),
            *([flag("hide", True)] if name not in ("Reference", "Value") else []),
            node("effects", font(1.0)),
        )
        for name, text in texts.items()
    ]  # fmt: skip
    return node(
        "footprint", shape.name, node("version", VERSION), node("generator", "rackpress"),
        node("generator_version", "1"), node("layer", "F.Cu"), node("descr", shape.description),
        *fields, attributes(shape), *drawings(shape),
        *([*pad_tree(pad, paste=shape.on_surface), *pad_tail(pad)] for pad in shape.pads),
        flag("embedded_fonts", False),
        *model(shape),
    )  # fmt: skip


def library_files() -> dict[str, bytes]:
    """Return the footprint library, a file each, and the table that names it."""
    table = node(
        "fp_lib_table",
        node("version", 7),
        node(
            "lib",
            node("name", LIBRARY),
            node("type", "KiCad"),
            node("uri", f"${{KIPRJMOD}}/{FOLDER}"),
            node("options", ""),
            node("descr", "Footprints of the power board, drawn by Rackpress"),
        ),
    )
    files = {
        f"{FOLDER}/{one.name}.kicad_mod": dump(_library_file(one)).encode()
        for one in footprints().values()
    }
    return {"fp-lib-table": dump(table).encode(), **files}
