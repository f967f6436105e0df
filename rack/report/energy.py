"""The report's sections on electricity: who draws what, through which supply, and on battery."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from catalog.page import Column, Row, table
from rack.energy.words import CASES, KEYS, battery_words, mains_words, power_words

_LOAD: tuple[Column, ...] = (
    ("label", "what"),
    ("count", "×"),
    ("idle_w", "idle W each"),
    ("typical_w", "typical W each"),
    ("peak_w", "peak W each"),
    ("source", "source"),
)
_SUPPLY: tuple[Column, ...] = (
    ("name", "supply"),
    ("feeds", "feeds"),
    ("rated_w", "rated W"),
    ("case", "when"),
    ("load_w", "gives W"),
    ("loaded", "loaded"),
    ("efficiency_pct", "efficiency %"),
    ("wall_w", "takes W"),
    ("why", "note"),
)
_POE: tuple[Column, ...] = (
    ("switch", "switch"),
    ("label", "feeds"),
    ("count", "×"),
    ("peak_w", "peak W each"),
    ("port_peak_w", "at the port W"),
    ("limit", "a port, all ports W"),
    ("sum_w", "all ports W"),
)
_LASTS: tuple[Column, ...] = (
    ("case", "when"),
    ("load_w", "load W"),
    ("minutes", "minutes"),
    ("band", "from, to"),
    ("delivered_wh", "Wh delivered"),
    ("note", "how it is known"),
)


def power_html(power: Mapping[str, Any], energy: Mapping[str, Any]) -> str:
    """Return what each thing draws, the ports and supplies it hangs on, and what the mains give.

    Args:
        power: the plan's `power`.
        energy: the plan's `energy`.
    """
    unknown = sorted({label for name in CASES for label in power[f"unknown_{name}_w"]})
    told = f" A dash is a figure nobody knows: {KEYS} ({', '.join(unknown)})." if unknown else ""
    lead = f"<p>In all: {power_words(power)}.{escape(told)}</p>{table(_LOAD, power['loads'])}"
    return lead + _poe(energy["poe"]) + _supplies(energy["supplies"]) + _mains(energy)


def battery_html(backup: Mapping[str, Any] | None) -> str:
    """Return how long the UPS holds the rack; nothing without one.

    Args:
        backup: the `ups` of the plan's `energy`.
    """
    if backup is None:
        return ""
    rows = [{**held, "case": case, "band": _band(held)} for case, held in backup["lasts"].items()]
    feeds = f"It feeds {', '.join(backup['feeds'])}."
    return f"<p>{escape(battery_words(backup))}. {escape(feeds)}</p>{table(_LASTS, rows)}"


def _band(held: Mapping[str, Any]) -> str:
    most = "more" if held["most_min"] is None else f"{held['most_min']:.0f}"
    return f"{held['least_min']:.0f} to {most}"


def _supplies(plans: Sequence[Row]) -> str:
    if not plans:
        return ""
    rows = [_supply_row(plan, case) for plan in plans for case in CASES]
    rules = "".join(
        f"<p>{escape(plan['name'])}: {escape(plan['rule'])}.</p>" for plan in plans if plan["rule"]
    )
    return f"<h3>Supplies</h3>{table(_SUPPLY, rows)}{rules}"


def _supply_row(plan: Row, case: str) -> Row:
    fed = plan[case]
    return {
        "name": plan["name"],
        "feeds": ", ".join(plan["feeds"]),
        "rated_w": plan["rated_w"],
        "case": case,
        "load_w": fed["load_w"],
        "loaded": None if fed["share"] is None else f"{fed['share']:.0%}",
        "efficiency_pct": None if fed["efficiency"] is None else round(100 * fed["efficiency"], 1),
        "wall_w": fed["wall_w"],
        "why": "; ".join([*([fed["why"]] if fed["why"] else []), *_not_in(fed["unknown"])]),
    }


def _not_in(unknown: Sequence[str]) -> list[str]:
    return [f"not in it: {', '.join(unknown)}"] if unknown else []


def _poe(plans: Sequence[Row]) -> str:
    rows = [
        {
            **one,
            "switch": plan["switch"],
            "limit": _limit(plan),
            "sum_w": plan["peak_w"],
        }
        for plan in plans
        for one in plan["devices"]
    ]
    return f"<h3>Power over Ethernet</h3>{table(_POE, rows)}" if rows else ""


def _limit(plan: Row) -> str:
    if plan["budget_w"] is None:
        return "not known"
    sure = "" if plan["confidence"] == "high" else ", unconfirmed"
    return f"{plan['port_w']:g}, {plan['budget_w']:g}{sure}"


def _mains(energy: Mapping[str, Any]) -> str:
    years = ", ".join(
        f"{_least(energy['wall'][case])}{year['kwh']:.0f} kWh"
        f"{_cost(year['cost'], energy['currency'])} {case}"
        for case, year in energy["a_year"].items()
        if energy["wall"][case]["watts_w"]
    )
    year = f" A year: {escape(years)}." if years else ""
    told = f"<p>From the mains: {mains_words(energy)}.{year}</p>"
    begin = energy["start"]
    if begin["gap_s"] > 0:
        told += (
            f"<p>Started {begin['gap_s']:g} s after one another, {begin['nodes']} things draw "
            f"{begin['staggered_w']:g} W at most instead of {begin['at_once_w']:g} W, "
            f"and the last one starts after {begin['takes_s']:g} s.</p>"
        )
    return told


def _least(wall: Mapping[str, Any]) -> str:
    return "at least " if wall["unknown"] else ""


def _cost(cost: float | None, currency: str) -> str:
    return "" if cost is None else f" ({cost:.2f} {currency})".replace(" )", ")")
