"""Mains and battery as one sentence each: the terminal and the report share them."""

from collections.abc import Mapping, Sequence
from typing import Any

CASES = ("idle", "typical", "peak")
KEYS = "measure it and give idle_w, typical_w or peak_w"


def sum_words(watts_w: float, unknown: Sequence[str]) -> str:
    """Return a sum of loads in words: how much, at least how much, or that nothing is known.

    Args:
        watts_w: of what is known, W.
        unknown: the names of what is not in it.
    """
    if not unknown:
        return f"{watts_w:g} W"
    return f"at least {watts_w:g} W" if watts_w else "not known"


def mains_words(energy: Mapping[str, Any]) -> str:
    """Return what is taken from the mains in each case, W.

    Args:
        energy: the plan's `energy`.
    """
    return ", ".join(
        f"{case} {sum_words(wall['watts_w'], wall['unknown'])}"
        for case, wall in energy["wall"].items()
    )


def power_words(power: Mapping[str, Any]) -> str:
    """Return what all devices draw in each case, W.

    Args:
        power: the plan's `power`.
    """
    kept = power.get("uncounted", {})
    told = ", ".join(
        f"{case} {sum_words(power[f'{case}_w'], (*power[f'unknown_{case}_w'], *kept))}"
        for case in CASES
    )
    more = ", ".join(f"{name} ({watts:g} W at most)" for name, watts in kept.items())
    return f"{told}; without {more}, of `[[pack.thing]]`" if more else told


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
