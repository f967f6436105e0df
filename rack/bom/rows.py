"""What to print and what to buy, as one table."""

import csv
import io
from collections import Counter
from collections.abc import Sequence
from typing import Any

from catalog.load import Catalog
from catalog.models import Material, Price
from mounts.plates.quote import cost
from mounts.printing import print_sentence
from rack.bom.cables import cables
from rack.bom.components import components
from rack.bom.prices import priced
from rack.devices import others_on
from rack.energy.supplies import is_of
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
    "sort",
    "pack",
    "packs",
    "currency",
    "priced",
)


def bom_rows(
    plan: Plan, prints: Sequence[dict[str, Any]], catalog: Catalog
) -> list[dict[str, Any]]:
    """Return the rows: prints, hardware, devices, boards with their parts, supplies, cables.

    Args:
        plan: the rack.
        prints: each part's record, with the count that is needed.
        catalog: facts; the material's price per kg makes a print's cost, its prices all others.

    `weight_g`, `time_h` and `cost` of a print are those of all its copies; what is bought counts
    in whole packs. `sort` says what a piece of hardware is.
    """
    material = catalog.material(plan.spec.material)
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
        rows += [_row("component", what, many, board.title) for what, many in components(board)]
    rows += _supplies(plan)
    rows += _cables(plan)
    return priced(rows, prices_of(plan, catalog))


def prices_of(plan: Plan, catalog: Catalog) -> list[Price]:
    """Return all prices, those that lie beside the rack.toml first, then the user's, then ours."""
    own = {price.id for price in plan.prices}
    return [*plan.prices, *(price for name, price in catalog.prices.items() if name not in own)]


def _supplies(plan: Plan) -> list[dict[str, Any]]:
    """Return supplies that no item is, and a module for each node where modules regulate."""
    rows: list[dict[str, Any]] = []
    items = {item.device for item in plan.spec.items}
    for wish, made in zip(plan.spec.supplies, plan.energy.supplies, strict=True):
        if wish.psu is None or wish.psu not in items:
            rated = f", {made.rated_w:g} W" if made.rated_w else ""
            feeds = f"feeds {', '.join(made.feeds)}"
            rows.append(_row("supply", f"{wish.name}{rated}", 1, feeds))
        if wish.modules is not None:
            fed = [load for load in plan.loads if any(is_of(load, name) for name in made.feeds)]
            many = sum(load.count for load in fed)
            note = f"between {wish.name} and each node"
            rows.append(_row("module", "module of 12 V to 5 V", many, note))
    return rows


def _cables(plan: Plan) -> list[dict[str, Any]]:
    """Return one row for each kind of cable."""
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for one in cables(plan):
        row = _row(f"{one.kind} cable", one.what, 0)
        row |= {"length_mm": round(1000 * one.sold_m)}
        kept = found.setdefault((one.kind, one.what), row)
        kept["count"] += one.count
        kept["note"] += f"{'; ' if kept['note'] else ''}{one.start} to {one.end}"
    return [found[key] for key in sorted(found)]


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
            row = {**_row("hardware", one["what"], 0), "sort": one["kind"]}
            row |= {name: one[name] for name in ("thread", "length_mm")}
            found.setdefault(key, row)["count"] += one["count"] * record["count"]
            uses.setdefault(key, set()).add(one["use"])
    return [{**row, "note": "; ".join(sorted(uses[key]))} for key, row in sorted(found.items())]


def _row(kind: str, item: str, count: int, note: str = "") -> dict[str, Any]:
    return {**dict.fromkeys(COLUMNS), "kind": kind, "item": item, "count": count, "note": note}
