"""Where a machine puts the parts of the surface: a position file, as shops that assemble read it.

Coordinates are the Gerber files': mm from the board's upper left corner, y up. Turns are those of
KiCad's footprints, counter-clockwise, though ours are drawn the way they lie: `Footprint.turn`.
"""

import csv
import io

from pcb.board.layout import Layout, Put
from pcb.model import Circuit
from pcb.sheet.netlist import natural

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
