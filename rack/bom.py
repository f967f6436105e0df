"""What to print and what to buy, as one table."""

import csv
import io
from collections import Counter
from collections.abc import Sequence
from typing import Any

from catalog.models import Material
from mounts.plates.quote import cost
from mounts.printing import print_sentence
from rack.devices import others_on
from rack.plan import Plan

COLUMNS: tuple[str, ...] = (
    "kind",
    "item",
    "count",
    "unit_weight_g",
    "note",
    "thread",
    "length_mm",
    "weight_g",
    "time_h",
    "cost",
)


def bom_rows(
    plan: Plan, prints: Sequence[dict[str, Any]], material: Material
) -> list[dict[str, Any]]:
    """Return the rows: prints, hardware, devices, boards.

    Args:
        plan: the rack.
        prints: each part's record, with the count that is needed.
        material: what they are printed in; its price per kg makes the cost.

    `weight_g`, `time_h` and `cost` of a print are those of all its copies.
    """
    rows: list[dict[str, Any]] = []
    for record in prints:
        note = f"{print_sentence(record['print'])}; {record['bed']}"
        row = _row("print", record["name"], record["count"], note)
        rows.append({**row, **_takes(record, material)})
    rows += _hardware(prints)
    devices: Counter[tuple[str, str]] = Counter()
    for mount in plan.mounts:
        for kind, name in (("device", mount.device), ("hat", mount.hat)):
            if name:
                devices[kind, name] += mount.count
    for item in plan.spec.items:
        for other in others_on(item):
            devices["device", other.device] += other.count
            if other.hat:
                devices["hat", other.hat] += other.count
    rows += [_row(kind, name, many) for (kind, name), many in sorted(devices.items())]
    for board in (one.spec for one in plan.boards):
        note = f"{board.outputs} × {board.volts} V, {board.amps:g} A, {board.connector}"
        rows.append(_row("board", board.title, 1, note))
    return rows


def bom_csv(rows: Sequence[dict[str, Any]]) -> str:
    """Return the rows as CSV with a header."""
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def _takes(record: dict[str, Any], material: Material) -> dict[str, Any]:
    """Return what the copies of a part take: the same figures that its plates are summed from."""
    many, each = record["count"], record["print"]
    grams = round(many * each["filament_g"], 1)
    return {
        "unit_weight_g": each["filament_g"],
        "weight_g": grams,
        "time_h": round(many * each["minutes"] / 60, 2),
        "cost": cost(grams, material),
    }


def _hardware(prints: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return one row for each thing to buy, with all it is for; sorted by kind, thread, length."""
    found: dict[tuple[Any, ...], dict[str, Any]] = {}
    uses: dict[tuple[Any, ...], set[str]] = {}
    for record in prints:
        for one in record["hardware"]:
            key = one["kind"], one["thread"] or "", one["length_mm"] or 0.0, one["what"]
            row = _row("hardware", one["what"], 0)
            row |= {name: one[name] for name in ("thread", "length_mm")}
            found.setdefault(key, row)["count"] += one["count"] * record["count"]
            uses.setdefault(key, set()).add(one["use"])
    return [{**row, "note": "; ".join(sorted(uses[key]))} for key, row in sorted(found.items())]


def _row(kind: str, item: str, count: int, note: str = "") -> dict[str, Any]:
    return {**dict.fromkeys(COLUMNS), "kind": kind, "item": item, "count": count, "note": note}
