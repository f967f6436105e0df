"""Mains and battery as one sentence each: the terminal and the report share them."""

from collections.abc import Mapping
from typing import Any

CASES = ("idle", "typical", "peak")


def mains_words(energy: Mapping[str, Any]) -> str:
    """Return what is taken from the mains in each case, W.

    Args:
        energy: the plan's `energy`.
    """
    return ", ".join(
        f"{case} {'at least ' if wall['unknown'] else ''}{wall['watts_w']:g} W"
        for case, wall in energy["wall"].items()
    )


def minutes_words(backup: Mapping[str, Any], case: str) -> str:
    """Return how long a UPS holds one case, with its band; empty if that is not known.

    Args:
        backup: the `ups` of the plan's `energy`.
        case: idle, typical or peak.
    """
    held = backup["lasts"].get(case)
    if held is None:
        return ""
    most = "and more" if held["most_min"] is None else f"to {held['most_min']:.0f}"
    at_most = "at most " if backup["loads"][case]["unknown"] else ""
    return f"{at_most}about {held['minutes']:.0f} min ({held['least_min']:.0f} {most})"


def battery_words(backup: Mapping[str, Any]) -> str:
    """Return for how long, and for how many Wh, a UPS holds the typical load, or else the idle one.

    Args:
        backup: the `ups` of the plan's `energy`.
    """
    case = next((case for case in ("typical", "idle", "peak") if case in backup["lasts"]), None)
    if case is None:
        return f"{backup['name']} holds nothing here"
    held, load = backup["lasts"][case], backup["loads"][case]
    least = "at least " if load["unknown"] else ""
    of = "" if backup["battery_wh"] is None else f" of the battery's {backup['battery_wh']:g} Wh"
    return (
        f"{backup['name']} holds the {case} load of {least}{load['watts_w']:g} W "
        f"{minutes_words(backup, case)}: {held['delivered_wh']:.0f} Wh{of} reach it"
    )
