"""Where a machine puts the parts of the surface, and which: two files as shops that assemble want.

Coordinates are the Gerber files': mm from the board's upper left corner, y up. Turns are those of
KiCad's footprints, counter-clockwise, though ours are drawn the way they lie: `Footprint.turn`.
"""

import csv
import io

from pcb.board.layout import Layout, Put
from pcb.model import Circuit
from pcb.sheet.netlist import natural

BOM_HEADS = ("Comment", "Designator", "Footprint", "MPN")  # JLCPCB matches the first three
HEADS = ("Designator", "Val", "Package", "Mid X", "Mid Y", "Rotation", "Layer")


def on_surface(layout: Layout) -> list[Put]:
    """Return the parts that are soldered onto the surface, by reference."""
    found = (put for put in layout.parts if put.footprint.on_surface)
    return sorted(found, key=lambda put: natural(put.ref))


def positions(circuit: Circuit, layout: Layout) -> bytes:
    """Return the position file as CSV."""
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\r\n")
    table.writerow(HEADS)
    for put in on_surface(layout):
        shape = put.footprint
        package = shape.like.partition(":")[2]
        table.writerow([
            put.ref, circuit.part(put.ref).value, package, f"{put.x:.4f}", f"{0.0 - put.y:.4f}",
            f"{shape.turn}", "top",
        ])  # fmt: skip
    return out.getvalue().encode("utf-8")


def surface_bom(circuit: Circuit, layout: Layout) -> bytes:
    """Return what a machine places as CSV, a row for each kind, in the form of the shop's page."""
    kinds: dict[tuple[str, str, str], list[str]] = {}
    for put in on_surface(layout):
        part = circuit.part(put.ref)
        package = put.footprint.like.partition(":")[2]
        kinds.setdefault((part.value, package, part.type.number(part.value)), []).append(put.ref)
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\r\n")
    table.writerow(BOM_HEADS)
    for (value, package, mpn), refs in kinds.items():
        table.writerow([value, ",".join(refs), package, mpn])
    return out.getvalue().encode("utf-8")
