"""The price table that a user edits: read beside a rack.toml, and written by every build."""

from collections.abc import Sequence
from pathlib import Path

from catalog.models import Price
from catalog.store import Layer
from catalog.table_store import TableStore

FILE = "prices.toml"
HEAD = """\
# What this parts list was priced with. Put it beside your rack.toml and write your prices into it:
# they go before ours. `price` is that of a pack without tax, `date` says when you read it.
# Take out `sources` and `confidence` of a price that is yours: they mark what is only remembered.
#
# A row of the parts list takes the first price of its kind whose thread and words it has; a price
# without thread and words is for all else of that kind.
version = 1
"""


def prices_beside(path: Path) -> tuple[Price, ...]:
    """Return the prices of the table that lies beside a file, in its order; none if there is none.

    Args:
        path: a rack.toml.

    Raises:
        InputError: the table is wrong; all that is wrong in it at once.
    """
    folder = path.parent
    if not (folder / FILE).is_file():
        return ()
    layer = Layer(folder, str(folder), own=True)
    return tuple(TableStore((layer,), FILE, Price, "price").ordered.values())


def prices_toml(prices: Sequence[Price]) -> str:
    """Return prices as a table to edit.

    Args:
        prices: those that a parts list took.
    """
    return HEAD + "".join(f"\n[[price]]\n{_entry(price)}" for price in prices)


def _entry(price: Price) -> str:
    known = price.confidence == "high"
    fields = {
        "id": _quoted(price.id),
        "kind": _quoted(price.kind),
        "thread": _quoted(price.thread) if price.thread else "",
        "words": _quoted(price.words) if price.words else "",
        "pack": f"{price.pack}",
        "price": f"{price.price!r}",
        "currency": _quoted(price.currency),
        "date": _quoted(price.date) if price.date else "",
        "note": _quoted(price.note) if price.note else "",
        "sources": "" if known else f"[{', '.join(map(_quoted, price.sources))}]",
        "confidence": "" if known else _quoted(price.confidence),
    }
    return "".join(f"{key} = {value}\n" for key, value in fields.items() if value)


def _quoted(text: str) -> str:
    """Return a text as TOML has it."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
