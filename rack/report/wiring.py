"""The report's section on wiring: a drawing, and the same as a table."""

from collections.abc import Mapping
from html import escape
from typing import Any

from catalog.page import Column, table

_WIRED: tuple[Column, ...] = (
    ("node", "node"),
    ("fed", "fed from"),
    ("network", "network"),
)
KINDS = {"ups": "UPS", "supply": "Supply", "poe": "PoE of"}


def wiring_html(wiring: Mapping[str, Any], drawing: str) -> str:
    """Return which output feeds which node, which port leads where, and who feeds whom.

    Args:
        wiring: the plan's `wiring`.
        drawing: of the same, as SVG.
    """
    if not wiring["nodes"]:
        return ""
    rows = [
        {"node": row["node"] or "free", "fed": fed_from(row), "network": network(row)}
        for row in wiring["nodes"]
    ]
    feeds = "".join(
        f"<li>{escape(_feeds(one))}</li>" for one in wiring["feeds"] if one["kind"] in KINDS
    )
    told = f"<ul>{feeds}</ul>" if feeds else ""
    return f'<div class="two"><div>{drawing}</div><div>{told}{table(_WIRED, rows)}</div></div>'


def _feeds(one: Mapping[str, Any]) -> str:
    return f"{KINDS[one['kind']]} {one['name']}: {', '.join(one['feeds'])}"


def fed_from(row: Mapping[str, Any]) -> str | None:
    """Return what feeds a node, in words."""
    if row["output"] is not None:
        return f"{row['power']}, OUT{row['output']}: {row['volts']} V, fuse {row['fuse_a']:g} A"
    if row["kind"] == "mains":
        return "an adapter of its own"
    return f"{row['power']}, PoE" if row["kind"] == "poe" else row["power"]


def network(row: Mapping[str, Any]) -> str | None:
    """Return where a node's network cable ends, in words."""
    if row["switch"] is None:
        return None
    return f"{row['switch']}, port {row['port']}; {row['way_m']:g} m"
