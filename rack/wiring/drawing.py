"""The wiring as SVG: what feeds each node on its left, the switch its cable ends in on its right.

As narrow as a phone, so that 1 unit of the drawing is about 1 px on it:

    ╭ power-12v ─╮               ╭ switch ────╮
    │ OUT1, 12 V ●──( node 1 )──● port 1      │
    │ OUT2, 12 V ●──( node 2 )──● port 2      │
    ╰────────────╯               ╰────────────╯
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from typing import Any

WIDTH = 360.0
SIDE = 106.0  # width of what stands left and right
CHIP = 114.0  # of a node in the middle
ROW, HEAD, GAP, CHIP_HIGH = 26.0, 24.0, 10.0, 20.0
MORE = 14.0  # a second line under a name
CHAR = 7.3  # width of a letter of 12 px in the widest of these fonts
INK, POWER, NETWORK = "#1b2733", "#b26a00", "#1a629a"
FILLS = {"power": "#f6e3c4", "network": "#cfe3f2", "node": "#d6ecd9"}
STYLE = (
    "text{font-family:system-ui,'Segoe UI',Roboto,'DejaVu Sans',sans-serif;fill:#1b2733}"
    ".wh{font-size:12px;font-weight:600}.wt{font-size:12px}"
)
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Side:
    """One side of the drawing: where its boxes stand, and what is written in them."""

    left: float
    edge: float
    kind: str
    colour: str


LEFT = Side(0.0, SIDE, "power", POWER)
RIGHT = Side(WIDTH - SIDE, WIDTH - SIDE, "network", NETWORK)


def wiring_svg(wiring: Mapping[str, Any]) -> str:
    """Return the drawing.

    Args:
        wiring: as the plan has it; its rows by node are drawn, each line straight.
    """
    rows: Sequence[Row] = wiring["nodes"]
    at, end = _heights(rows)
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:g} {end:g}" '
        f'role="img" aria-label="{escape(_spoken(rows))}">',
        f"<style>{STYLE}</style>",
    ]
    lines += _boxes(LEFT, [(_source(row), row["supply"]) for row in rows], at)
    lines += _boxes(RIGHT, [(row["switch"] or "", None) for row in rows], at)
    for row, y in zip(rows, at, strict=True):
        lines += _row(row, y)
    return "\n".join([*lines, "</svg>"]) + "\n"


def _source(row: Row) -> str:
    """Return what stands over what feeds a node."""
    if row["kind"] == "mains":
        return "own adapter"
    return str(row["power"] or "")


def _heights(rows: Sequence[Row]) -> tuple[list[float], float]:
    """Return the middle of each row, and where the drawing ends: a new box wants room."""
    y, found = 1.0, list[float]()
    before: Row | None = None
    for row in rows:
        fed = before is None or _source(before) != _source(row)
        if fed or (before and before["switch"] != row["switch"]):
            y += HEAD + (GAP if found else 0.0)
        y += MORE if fed and row["supply"] else 0.0
        found.append(y + ROW / 2)
        y, before = y + ROW, row
    return found, y + 3.0


def _boxes(side: Side, names: Sequence[tuple[str, str | None]], at: Sequence[float]) -> list[str]:
    """Draw one box around each run of rows that belong to the same thing; its name, and its own."""
    starts = [n for n, name in enumerate(names) if n == 0 or name != names[n - 1]]
    found: list[str] = []
    for start, end in pairwise([*starts, len(names)]):
        name, more = names[start]
        if not name:
            continue
        top = at[start] - ROW / 2 - HEAD - (MORE if more else 0.0)
        high = at[end - 1] + ROW / 2 - top
        middle = side.left + SIDE / 2
        found += [
            f'<rect x="{side.left + 0.5:g}" y="{top:g}" width="{SIDE - 1:g}" height="{high:g}" '
            f'rx="8" fill="{FILLS[side.kind]}" stroke="{side.colour}"/>',
            _text("wh", middle, top + 17, name, SIDE),
        ]
        found += [_text("wt", middle, top + 17 + MORE, f"on {more}", SIDE)] if more else []
    return found


def _row(row: Row, y: float) -> list[str]:
    """Draw a node, what is written beside it, and its one or two lines."""
    left = (WIDTH - CHIP) / 2
    free = ' stroke-dasharray="4 3"' if not row["node"] else ""
    found = [f"<g><title>{escape(_told(row))}</title>"]
    if row["power"]:
        found += _line(LEFT, y, left)
        found.append(_text("wt", SIDE / 2, y + 4, _plug(row), SIDE))
    if row["switch"]:
        found += _line(RIGHT, y, left + CHIP)
        port = f"port {row['port']}{', PoE' if row['kind'] == 'poe' else ''}"
        found.append(_text("wt", WIDTH - SIDE / 2, y + 4, port, SIDE))
    found += [
        f'<rect x="{left:g}" y="{y - CHIP_HIGH / 2:g}" width="{CHIP:g}" height="{CHIP_HIGH:g}" '
        f'rx="{CHIP_HIGH / 2:g}" fill="{FILLS["node"]}" stroke="{INK}" stroke-width="0.8"{free}/>',
        _text("wt", WIDTH / 2, y + 4, row["node"] or "free", CHIP),
        "</g>",
    ]
    return found


def _line(side: Side, y: float, chip: float) -> list[str]:
    """Draw a straight line from a box's edge to a node, a dot where it is plugged in."""
    return [
        f'<path d="M{side.edge:g} {y:g}H{chip:g}" stroke="{side.colour}" stroke-width="2"/>',
        f'<circle cx="{side.edge:g}" cy="{y:g}" r="3.5" fill="{side.colour}"/>',
    ]


def _plug(row: Row) -> str:
    if row["output"] is not None:
        return f"OUT{row['output']}, {row['volts']} V"
    return {"mains": "mains", "poe": "PoE"}.get(row["kind"], "lead")


def _told(row: Row) -> str:
    """Return a row as it is spoken."""
    own = row["node"] or "free"
    power = f"{_plug(row)} of {row['power']}" if row["power"] else "no supply is named"
    if row["kind"] == "mains":
        power = "an adapter of its own"
    port = f", port {row['port']} of {row['switch']}" if row["switch"] else ""
    return f"{own}: {power}{port}"


def _spoken(rows: Sequence[Row]) -> str:
    return f"Wiring. {'; '.join(map(_told, rows))}"


def _text(kind: str, x: float, y: float, text: str, wide: float) -> str:
    shown = _shortened(text, int((wide - 10) / CHAR))
    place = f'x="{x:g}" y="{y:g}" text-anchor="middle"'
    return f'<text class="{kind}" {place}>{escape(shown)}</text>'


def _shortened(name: str, room: int) -> str:
    """Return a name of at most so many letters; its end, often a number, is kept."""
    if len(name) <= room:
        return name
    end = min(4, (room - 1) // 2)
    return f"{name[: room - 1 - end]}…{name[-end:]}"
