"""A plan in words, for the terminal."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from rack.energy.words import KEYS, battery_words, mains_words, power_words

SUMS = ("idle", "typical", "peak")


def plan_text(plan: Mapping[str, Any]) -> str:
    """Return where each module goes, from the top, then room, power and candidates.

    Args:
        plan: as `rack.plan.Plan.as_dict` gives it.
    """
    lines = _table(plan["modules"])
    high = plan["rack"]["height_u"]
    lines.append(f"room:  {high - plan['free_u']:g} of {high:g}U used, {plan['free_u']:g}U free")
    lines += [_room(one) for one in plan.get("cabinets", ())]
    lines += [_kept(one) for one in plan["kept"]]
    lines += [_beside(one) for one in plan["beside"]]
    lines.append(power_line(plan["power"]))
    lines += energy_lines(plan["energy"])
    for board in plan["power_boards"]:
        loads = ", ".join(
            f"{row['rail']} {row['typical_a']:g} to {row['worst_a']:g} of {row['limit_a']:g} A"
            for row in board["rails"]
        )
        lines.append(f"board: {board['name']}: {board['outputs']} outputs; {loads}")
    for row in plan["candidates"]:
        verdict = "would fit: " if row["fits"] else "would not fit: "
        why = row["why"].removeprefix(f"{row['device']} ")
        lines.append(f"{row['device']} {verdict}{why}")
    lines += [f"note:  {plan['note']}"] if plan["note"] else []
    return "\n".join(lines)


def _table(modules: Sequence[Mapping[str, Any]]) -> list[str]:
    """Return a line for each module: with its cabinet and its posts where there are several."""
    columns: list[tuple[str, Callable[[Mapping[str, Any]], str]]]
    columns = [("unit", _unit), ("high", _high), ("what", _what), ("on", _on), ("deep", _deep)]
    if any("cabinet" in one for one in modules):
        columns.insert(0, ("cabinet", lambda module: str(module["cabinet"])))
    if any("face" in one for one in modules):
        columns.append(("posts", lambda module: str(module.get("face", "front"))))
    rows = [[title for title, _ in columns]]
    rows += [[told(one) for _, told in columns] for one in modules]
    widths = [max(len(row[i]) for row in rows) for i in range(len(columns))]
    right = [title in {"unit", "high", "deep"} for title, _ in columns]
    return [
        "  ".join(
            text.rjust(width) if to_right else text.ljust(width)
            for text, width, to_right in zip(row, widths, right, strict=True)
        ).rstrip()
        for row in rows
    ]


def _room(one: Mapping[str, Any]) -> str:
    high, weight = one["height_u"], one["weight"]
    used = f"{high - one['free_u']:g} of {high:g}U used, {one['free_u']:g}U free"
    tips = "" if weight["tips_deg"] is None else f", tips at {weight['tips_deg']:.0f}°"
    return (
        f"{one['name']}: {used}; peak {one['power']['peak_w']:g} W; {weight['kg']:g} kg without "
        f"prints{tips}"
    )


def _kept(one: Mapping[str, Any]) -> str:
    room = f"{one['height_u']:g}U from unit {one['at_u']:g}"
    room += f" of {one['cabinet']}" if "cabinet" in one else ""
    room += " at the rear" if "face" in one else ""
    narrow = "" if one["width_mm"] is None else f", {one['width_mm']:g} mm wide"
    left = f", {one['x_mm']:g} mm from the left post" if narrow else ""
    return f"kept free: {room} for {one['name']}{narrow}{left}; no mount is made of it"


def power_line(power: Mapping[str, Any]) -> str:
    """Return the sums in one line, with what is not known and not in them.

    Args:
        power: the plan's `power`.
    """
    gaps: dict[str, list[str]] = {}
    for name in SUMS:
        for label in power[f"unknown_{name}_w"]:
            gaps.setdefault(label, []).append(name)
    told = [
        label if len(names) == len(SUMS) else f"{label} ({', '.join(names)})"
        for label, names in sorted(gaps.items())
    ]
    unknown = f"; not known: {', '.join(told)}: {KEYS}" if told else ""
    return f"power: {power_words(power)}{unknown}"


def energy_lines(energy: Mapping[str, Any]) -> list[str]:
    """Return what the mains give, if a supply loses some of it, and what a battery lasts.

    Args:
        energy: the plan's `energy`.
    """
    lines = [f"mains: {mains_words(energy)}"] if energy["supplies"] or energy["poe"] else []
    return lines + ([f"battery: {battery_words(energy['ups'])}"] if energy["ups"] else [])


def _what(module: Mapping[str, Any]) -> str:
    return f"{module['label']}: {module['holds']}" if module["holds"] else module["label"]


def _beside(one: Mapping[str, Any]) -> str:
    size = " × ".join(f"{mm:.0f}" for mm in one["size_mm"])
    return f"beside: {_what(one)}, on {one['part']}, {size} mm"


def _unit(module: Mapping[str, Any]) -> str:
    return f"{module['at_u']:g}"


def _high(module: Mapping[str, Any]) -> str:
    return f"{module['height_u']:g}U"


def _on(module: Mapping[str, Any]) -> str:
    return str(module["part"])


def _deep(module: Mapping[str, Any]) -> str:
    return f"{module['depth_mm']:.0f} mm" if module["device"] else ""
