"""Tables of the report: wide on a desk, a card for each row on a phone."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

Row = Mapping[str, Any]
Column = tuple[str, str]  # key of a row, title


class Html(str):
    """Text that is HTML already."""

    __slots__ = ()


def table(columns: Sequence[Column], rows: Sequence[Row]) -> str:
    """Return a table; on a phone each row becomes a card, its cells named by `data-h`."""
    head = "".join(f'<th scope="col">{escape(title)}</th>' for _, title in columns)
    body = "".join(
        "<tr>" + "".join(_cell(row[key], title) for key, title in columns) + "</tr>" for row in rows
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _cell(value: object, title: str) -> str:
    named = f'data-h="{escape(title)}"'
    if value is None:
        return f"<td {named}>–</td>"
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return f'<td class="n" {named}>{value:g}</td>'
    text = value if isinstance(value, Html) else escape(str(value))
    return f"<td {named}><span>{text}</span></td>"
