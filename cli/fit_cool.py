"""What of a fit can be printed and stays cool: walls, plays and latches counted, and air."""

from collections.abc import Sequence
from typing import Any

from catalog.load import Catalog
from cli.fit_make import item_of
from mounts.cooled import CoolFrame, Cooling, densest_cool
from mounts.order import Order
from mounts.samples import command
from packing.airflow.board_heat import BoardHeat
from packing.airflow.cooling import Case

SINKS_K_PER_W = (5.0, 4.0, 3.0)  # to show what a heat sink is worth; no product's figures


def cool_answer(
    catalog: Catalog, order: Order, cases: Sequence[Case], frames: Sequence[dict[str, Any]]
) -> tuple[list[dict[str, Any]], list[str]]:
    """Return the densest frames whose boards stay cool, as records and as text.

    Args:
        catalog: facts.
        order: a frame for the board; heights come from the frames.
        cases: what was asked about air, one for each height.
        frames: what can be printed without air, as `fit_make` has it.
    """
    case = cases[0]
    if case.fan is None or not any(frame["count"] for frame in frames):
        return [], []
    asked = [(frame["height_u"], frame["rows"]) for frame in frames if frame["count"]]
    sinks = (None,) if case.room.inlet_c + case.heat.soc_rise_k <= case.limit_c else SINKS_K_PER_W
    records: list[dict[str, Any]] = []
    lines: list[str] = []
    for sink in sinks:
        heat = case.heat if sink is None else _with_sink(case.heat, sink)
        cooling = Cooling(heat, case.fan, case.room, case.most_fans)
        found = [densest_cool(_of(order, height, rows), catalog, cooling) for height, rows in asked]
        records += [
            _record(one, height, heat) for one, (height, _) in zip(found, asked, strict=True)
        ]
        told = [_told(one, height) for one, (height, _) in zip(found, asked, strict=True)]
        lines += [f"  with {heat.soc_k_per_w:g} K/W:", *(f"    {text}" for text in told)]
    head = (
        f"What can be printed and stays cool at {case.heat.power_w:g} W a board, processor under "
        f"{case.limit_c:g} °C:"
    )
    bare = [] if sinks == (None,) else [_bare(case)]
    return records, [head, *bare, *lines, *_making(records)]


def _bare(case: Case) -> str:
    heat = case.heat
    alone = case.room.inlet_c + heat.soc_rise_k
    return (
        f"  as it is ({heat.soc_k_per_w:g} K/W): none; alone it reaches {alone:.0f} °C. With a "
        "heat sink, by its processor over the air (figures to aim at, no product's):"
    )


def _with_sink(heat: BoardHeat, k_per_w: float) -> BoardHeat:
    return BoardHeat(heat.power_w, k_per_w, heat.throttle_c, heat.assumed)


def _of(order: Order, height_u: float, rows: int) -> Order:
    options = {"rows": rows} if rows > 1 else {}
    return Order("frame", order.rack, order.device, height_u, order.hat, options=options)


def _told(found: CoolFrame | None, height_u: float) -> str:
    if found is None:
        return f"{height_u:g}U none"
    air = found.cooled
    reached = f"processor {air.soc_least_c:.0f} to {air.soc_c:.0f} °C"
    return (
        f"{height_u:g}U {found.spec.holds} ({found.spec.words}; {air.fans} × {air.fan}, "
        f"air +{air.rise_k:.0f} K, {reached})"
    )


def _record(found: CoolFrame | None, height_u: float, heat: BoardHeat) -> dict[str, Any]:
    record = {"height_u": height_u, "power_w": heat.power_w, "soc_k_per_w": heat.soc_k_per_w}
    if found is None:
        return {**record, "count": 0, "arrangement": "", "command": "", "rack_toml": ""}
    air = found.cooled
    return {
        **record,
        "count": found.spec.holds,
        "arrangement": found.spec.words,
        "air_gap_mm": found.air_gap_mm,
        "fan": air.fan,
        "fans": air.fans,
        "air_rise_k": round(air.rise_k, 2),
        "soc_c": round(air.soc_c, 1),
        "soc_least_c": round(air.soc_least_c, 1),
        "command": command(found.order),
        "rack_toml": item_of(found.order),
    }


def _making(records: Sequence[dict[str, Any]]) -> list[str]:
    some = [record for record in records if record["count"]]
    if not some:
        return []
    best = max(some, key=lambda record: (record["count"], record["soc_k_per_w"]))
    return [
        f"To make that of {best['height_u']:g}U with {best['soc_k_per_w']:g} K/W (and its wall of "
        "fans with --set piece=fan-wall):",
        f"  {best['command']}",
    ]
