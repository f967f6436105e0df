"""What to print and what to buy, as one table."""

import csv
import io
from collections import Counter
from collections.abc import Sequence
from typing import Any

from mounts.printing import print_sentence
from rack.devices import others_on
from rack.plan import Plan

COLUMNS: tuple[str, ...] = ("kind", "item", "count", "unit_weight_g", "note")


def bom_rows(plan: Plan, prints: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the rows: prints, hardware, devices, boards.

    Args:
        plan: the rack.
        prints: each part's record, with the count that is needed.
    """
    rows: list[dict[str, Any]] = []
    screws: Counter[tuple[str, str]] = Counter()
    for record in prints:
        count = record["count"]
        note = f"{print_sentence(record['print'])}; {record['bed']}"
        rows.append(_row("print", record["name"], count, record["print"]["filament_g"], note))
        for hardware in record["hardware"]:
            screws[hardware["what"], hardware["use"]] += hardware["count"] * count
    for (what, use), count in sorted(screws.items()):
        rows.append(_row("hardware", what, count, None, use))
    devices: Counter[tuple[str, str]] = Counter()
    for mount in plan.mounts:
        for kind, name in (("device", mount.device), ("hat", mount.hat)):
            if name:
                devices[kind, name] += mount.count
    for item in plan.spec.items:
        devices.update(("device", name) for name in others_on(item))
    rows += [_row(kind, name, many, None, "") for (kind, name), many in sorted(devices.items())]
    for board in (one.spec for one in plan.boards):
        note = f"{board.outputs} × {board.volts} V, {board.amps:g} A, {board.connector}"
        rows.append(_row("board", board.title, 1, None, note))
    return rows


def bom_csv(rows: Sequence[dict[str, Any]]) -> str:
    """Return the rows as CSV with a header."""
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def _row(kind: str, item: str, count: int, weight: float | None, note: str) -> dict[str, Any]:
    return dict(zip(COLUMNS, (kind, item, count, weight, note), strict=True))
