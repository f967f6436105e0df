"""The report's section on what to buy: in whole packs, with what it costs."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from catalog.page import Column, Row, table

_BUY: tuple[Column, ...] = (
    ("item", "item"),
    ("count", "×"),
    ("packed", "packs"),
    ("cost", "cost"),
    ("priced", "price of"),
    ("thread", "thread"),
    ("length_mm", "mm long"),
    ("sold_as", "kind"),
    ("note", "for"),
)


def buy_html(bom: Sequence[Row], total: Mapping[str, Any]) -> str:
    """Return what to buy, and what all of it costs with the prints.

    Args:
        bom: the parts list.
        total: its sum, as plain data.
    """
    rows = [_told(row) for row in bom if row["kind"] != "print"]
    return f"<p>{escape(total_words(total))}</p>{table(_BUY, rows)}"


def total_words(total: Mapping[str, Any]) -> str:
    """Return what the rack costs without its devices, in one sentence.

    Args:
        total: the sum of the parts list, as plain data.
    """
    about = "About " if total["unsure"] else ""
    sums = {total["currency"]: total["cost"], **total["others"]}
    summed = " and ".join(f"{cost:.0f} {currency}" for currency, cost in sums.items())
    told = f"{about}{summed} with filament and without devices"
    if total["unsure"]:
        told += (
            ", some at remembered prices: edit prices.toml, which lies beside this page, and put "
            "it beside your rack.toml"
        )
    left = total["unpriced"]
    return f"{told}. Without a price: {', '.join(left)}." if left else f"{told}."


def _told(row: Row) -> Row:
    packed = None if not row["pack"] or row["pack"] == 1 else f"{row['packs']} × {row['pack']}"
    return {**row, "packed": packed, "sold_as": row["sort"] or row["kind"]}
