"""The list of parts as a shop or a buyer reads it: CSV, one row for each kind."""

import csv
import io

from pcb.budget.ratings import unconfirmed
from pcb.model import Circuit, Part
from pcb.sheet.netlist import natural

HEADS = ("References", "Quantity", "Value", "Description", "Maker", "MPN", "Alternates",
         "Rated", "Footprint", "Note")  # fmt: skip
ANY = "any of this size and rating"


def bom(circuit: Circuit) -> bytes:
    """Return the list of parts that are bought; bare pads and wires are none."""
    kinds: dict[tuple[str, str], list[Part]] = {}
    for part in circuit.parts:
        if part.type.in_bom:
            kinds.setdefault((part.type_id, part.value), []).append(part)
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\r\n")
    rows.writerow(HEADS)
    for parts in sorted(kinds.values(), key=lambda parts: natural(parts[0].ref)):
        rows.writerow(_row(parts))
    return out.getvalue().encode("utf-8")


def _row(parts: list[Part]) -> list[str]:
    kind = parts[0].type
    figures = (kind.rated_a, "A"), (kind.rated_v, "V"), (kind.rated_w, "W")
    rated = (f"{value:g} {unit}" for value, unit in figures if value is not None)
    alternates = "; ".join(kind.alternates) or ("" if kind.mpn else ANY)
    note = "rating not confirmed, read the data sheet" if unconfirmed(kind.sources) else ""
    refs = sorted((part.ref for part in parts), key=natural)
    return [
        " ".join(refs), f"{len(refs)}", parts[0].value, kind.description, kind.maker, kind.mpn,
        alternates, ", ".join(rated), parts[0].footprint.partition(":")[2], note,
    ]  # fmt: skip
