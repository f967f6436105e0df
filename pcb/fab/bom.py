"""The list of parts as a shop, a buyer or a hand that solders reads it, one row for each kind."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

from pcb.alternates import loose, others, recalled
from pcb.budget.ratings import unconfirmed
from pcb.model import Circuit, Part
from pcb.sheet.netlist import natural

HEADS = ("References", "Quantity", "Value", "Description", "Maker", "MPN", "Alternates",
         "Rated", "Footprint", "Note")  # fmt: skip
UNREAD = "rating not confirmed, read the data sheet"


@dataclass(frozen=True)
class Row:
    """One kind of part; `loose` is bought and put into others, so it has no references."""

    refs: tuple[str, ...]
    quantity: int
    value: str
    description: str
    maker: str
    mpn: str
    alternates: tuple[str, ...]
    rated: str
    footprint: str
    note: str
    loose: bool = False


def rows(circuit: Circuit) -> list[Row]:
    """Return what is bought, soldered parts first, by reference; bare pads and wires are none."""
    kinds: dict[tuple[str, str], list[Part]] = {}
    for part in circuit.parts:
        if part.type.in_bom:
            kinds.setdefault((part.type_id, part.value), []).append(part)
    found = sorted(kinds.values(), key=lambda parts: natural(_refs(parts)[0]))
    return [*map(_row, found), *(row for parts in found for row in _loose(parts))]


def bom(circuit: Circuit) -> bytes:
    """Return the list of parts that are bought as CSV."""
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\r\n")
    table.writerow(HEADS)
    for row in rows(circuit):
        table.writerow([
            " ".join(row.refs), f"{row.quantity}", row.value, row.description, row.maker, row.mpn,
            "; ".join(row.alternates), row.rated, row.footprint, row.note,
        ])  # fmt: skip
    return out.getvalue().encode("utf-8")


def _refs(parts: list[Part]) -> list[str]:
    return sorted((part.ref for part in parts), key=natural)


def _row(parts: list[Part]) -> Row:
    first, kind = parts[0], parts[0].type
    figures = (kind.rated_a, "A"), (kind.rated_v, "V"), (kind.rated_w, "W")
    refs = tuple(_refs(parts))
    return Row(
        refs=refs,
        quantity=len(refs),
        value=first.value,
        description=kind.description,
        maker=kind.maker,
        mpn=kind.number(first.value),
        alternates=(*kind.alternates, *others(first.type_id, first.value)),
        rated=", ".join(f"{value:g} {unit}" for value, unit in figures if value is not None),
        footprint=first.footprint.partition(":")[2],
        note=UNREAD if unconfirmed(kind.sources) else "",
    )


def _loose(parts: list[Part]) -> Iterator[Row]:
    """Yield what is put into parts of a kind."""
    first = parts[0]
    made = loose(first.type_id)
    if made is None:
        return
    yield Row(
        refs=(),
        quantity=len(parts),
        value=first.value,
        description=f"{made.description}, for {' '.join(_refs(parts))}",
        maker=made.maker,
        mpn=made.number(first.value),
        alternates=made.alternates,
        rated="",
        footprint="",
        note="number in part by its pattern" if recalled(made.sources) else "",
        loose=True,
    )
