"""The report's section on checks: what was held to what, and by which source."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from catalog.page import Column, Html, Row, table

_CHECKS: tuple[Column, ...] = (
    ("about", "what"),
    ("asked", "question"),
    ("told", "result"),
    ("figure", "found"),
    ("limit", "limit"),
    ("source", "source"),
)
WORDS = {
    "passed": "passed",
    "look": "look at it",
    "failed": "failed",
    "not checked": "not checked",
}


def checks_html(checks: Sequence[Row]) -> str:
    """Return how many checks passed, and every one by what it is about.

    Args:
        checks: as `rack.checks` has them.
    """
    groups: dict[str, list[Mapping[str, Any]]] = {}
    for one in checks:
        groups.setdefault(one["group"], []).append({**one, "told": _told(one["result"])})
    told = "".join(
        f"<details{_open(rows)}><summary><h3>{escape(name)}</h3> "
        f"<span>{escape(counted(rows))}</span></summary>{table(_CHECKS, rows)}</details>"
        for name, rows in groups.items()
    )
    return f'<p>{escape(counted(checks))}</p><div class="checks">{told}</div>'


def counted(checks: Sequence[Row]) -> str:
    """Return how many checks passed, and how many there are to look at.

    Args:
        checks: as `rack.checks` has them.
    """
    many = {word: sum(one["result"] == kind for one in checks) for kind, word in WORDS.items()}
    named = {"look at it": "to look at"}
    return ", ".join(f"{n} {named.get(word, word)}" for word, n in many.items() if n)


def _told(result: str) -> Html:
    """Return a result that stands out unless all is well: by its weight, not by its colour."""
    word = escape(WORDS[result])
    return Html(word if result == "passed" else f"<b>{word}</b>")


def _open(rows: Sequence[Row]) -> str:
    """Open what is not all passed."""
    return "" if all(one["result"] == "passed" for one in rows) else " open"
