"""The report's section on wiring: a drawing, and the same as a table."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from catalog.page import Column, Row, table
from rack.wiring.rows import is_node_of

_WIRED: tuple[Column, ...] = (
    ("node", "node"),
    ("fed", "fed from"),
    ("network", "network"),
)
KINDS = {"ups": "UPS", "supply": "Supply", "poe": "PoE of"}


def wiring_html(wiring: Mapping[str, Any], drawing: str, modules: Sequence[Row]) -> str:
    """Return which output feeds which node, which port leads where, and who feeds whom.

    Args:
        wiring: the plan's `wiring`.
        drawing: of the same, as SVG.
        modules: those of the plan: where there are several cabinets or faces, each node's is told.
    """
    if not wiring["nodes"]:
        return ""
    rows = [
        {
            "node": row["node"] or "free",
            "where": _where(row["node"], modules),
            "fed": fed_from(row),
            "network": network(row),
        }
        for row in wiring["nodes"]
    ]
    placed = any(row["where"] for row in rows)
    columns = (_WIRED[0], ("where", "stands in"), *_WIRED[1:]) if placed else _WIRED
    feeds = "".join(
        f"<li>{escape(_feeds(one))}</li>" for one in wiring["feeds"] if one["kind"] in KINDS
    )
    told = f"<ul>{feeds}</ul>" if feeds else ""
    return f'<div class="two"><div>{drawing}</div><div>{told}{table(columns, rows)}</div></div>'


def _where(node: str, modules: Sequence[Row]) -> str | None:
    """Return the cabinet that a node stands in and whether it is at the rear, as far as told."""
    own = next((one for one in modules if is_node_of(node, one["label"])), None)
    told = [own["cabinet"]] if own and "cabinet" in own else []
    return ", ".join([*told, *(["rear"] if own and "face" in own else [])]) or None


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
