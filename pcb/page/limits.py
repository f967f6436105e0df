"""The limits that a board is held against, as rows of tables: figure, who says so, how sure."""

from collections.abc import Iterable, Iterator
from itertools import chain

from catalog.base import Source
from catalog.page import Html, Row
from pcb.alternates import alternates
from pcb.board.layout import Layout
from pcb.budget import Budget, PartRow
from pcb.budget.ratings import ratings, unconfirmed
from pcb.fab.shops import asked, shops
from pcb.model import Circuit
from pcb.parts import tables
from pcb.rails import inlets
from pcb.spec import BoardSpec

MARK = "unconfirmed"


def sources() -> dict[str, Source]:
    """Return every source that a figure here may cite, by id."""
    every = chain(tables().source, ratings().source, shops().source, alternates().source)
    return {source.id: source for source in every}


class Marks:
    """Numbers the sources of a page in the order in which they are cited."""

    def __init__(self) -> None:
        self.cited: list[str] = []

    def of(self, ids: Iterable[str]) -> Html:
        """Return the numbers of sources, each leading to its row."""
        known = [one for one in ids if one in sources()]
        self.cited += [one for one in dict.fromkeys(known) if one not in self.cited]
        numbers = sorted(self.cited.index(one) + 1 for one in known)
        return Html(" ".join(f'<a href="#source-{n}">[{n}]</a>' for n in numbers))

    def rows(self) -> list[Row]:
        """Return every source that was cited, by its number."""
        found = [sources()[one] for one in self.cited]
        return [
            {
                "number": Html(f'<b id="source-{number}">[{number}]</b>'),
                "title": source.title,
                "where": source.where,
                "kind": source.kind,
            }
            for number, source in enumerate(found, start=1)
        ]


def part_limits(made: Circuit, marks: Marks) -> list[Row]:
    """Return what each kind of part on a board is rated for, and who says so."""
    rated = [part for part in made.parts if part.type.rated_a is not None]
    kinds = {part.type_id: (part.type, part.type.number(part.value)) for part in rated}
    return [
        {
            "part": f"{kind.maker} {number}".strip() or kind.description,
            "rated": f"{kind.rated_a:g} A a {kind.rated_per}"
            + (f", {kind.rated_v:g} V" if kind.rated_v else ""),
            "sure": MARK if unconfirmed(kind.sources) else kind.confidence,
            "sources": marks.of(kind.sources),
            "note": kind.note,
        }
        for kind, number in kinds.values()
    ]


def inlet_limits(spec: BoardSpec, marks: Marks) -> list[Row]:
    """Return what each inlet's contacts give."""
    found: list[Row] = []
    for plug in inlets(spec):
        kind = plug.type
        for volts, rail in plug.rails.items():
            count, each = kind.contacts(volts), kind.contact_a(spec.contacts)
            found.append({
                "part": f"{plug.ref}: {rail}",
                "rated": f"{kind.limit_a(volts, spec.contacts):g} A: {count} x {each:g} A",
                "sure": MARK if unconfirmed(kind.sources) else kind.confidence,
                "sources": marks.of(kind.sources),
                "note": kind.note,
            })  # fmt: skip
    return found


def way_limits(sums: Budget, marks: Marks) -> list[Row]:
    """Return of each kind of part of the way the fullest, with what it is made for and why."""
    rated = [row for row in sums.parts if row.rating_a is not None]
    kinds = dict.fromkeys(row.kind for row in rated)
    return [
        way_row(max((row for row in rated if row.kind == kind), key=lambda row: row.use), marks)
        for kind in kinds
    ]


def way_row(row: PartRow, marks: Marks) -> Row:
    """Return a part of the way as a row."""
    return {
        "name": row.name,
        "typical": f"{row.typical_a:.3g} A",
        "worst": f"{row.worst_a:.3g} A",
        "rating": "" if row.rating_a is None else f"{row.rating_a:.3g} A",
        "use": f"{row.use * 100:.0f} %" if row.rating_a is not None else "",
        "ohms": f"{row.typical_mohm:.3g} to {row.worst_mohm:.3g} mΩ",
        "why": row.why + (f" ({MARK})" if row.unconfirmed else ""),
        "sources": marks.of(row.sources),
    }


def shop_limits(spec: BoardSpec, layout: Layout, marks: Marks) -> list[Row]:
    """Return what the board asks of each shop, beside what it promises."""
    return list(_shops(spec, layout, marks))


def _shops(spec: BoardSpec, layout: Layout, marks: Marks) -> Iterator[Row]:
    for shop in shops().fab:
        for name, has, least in asked(layout, shop.copper[spec.copper_oz]):
            yield {
                "shop": shop.name, "what": name, "has": f"{has:g} mm",
                "least": f"{least:g} mm or more", "sources": marks.of(shop.sources),
            }  # fmt: skip
