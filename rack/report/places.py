"""The report's section on the rack: where everything stands, of several cabinets one by one."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from catalog.page import Column, Row, table
from rack.energy.words import power_words
from rack.report.climate import stands_words

_PLACES: tuple[Column, ...] = (
    ("at_u", "unit"),
    ("height_u", "U"),
    ("label", "what"),
    ("holds", "device"),
    ("part", "on"),
    ("depth_mm", "mm deep"),
)
_BESIDE: tuple[Column, ...] = (
    ("label", "what"),
    ("holds", "device"),
    ("part", "on"),
    ("size", "mm wide, deep, high"),
)


def rack_html(facts: Mapping[str, Any], files: Mapping[str, bytes]) -> str:
    """Return front and rear beside the places; of several cabinets first all, then each.

    Args:
        facts: the plan, what hangs at the rear and the cabinets as plain data.
        files: everything written so far, by name; the drawings are taken from here.
    """
    plan = facts["plan"]
    if "cabinets" in facts:
        return _row(facts, files) + "".join(_cabinet(one, plan, files) for one in facts["cabinets"])
    front, rear = (files[f"elevation{face}.svg"].decode() for face in ("", "-rear"))
    drawing = front + _rear(facts["rear"], rear, min(1.0, _wide(rear) / _wide(front)))
    rack = plan["rack"]
    name = rack["name"][:1].upper() + rack["name"][1:]
    lead = f"<p>{escape(name)}, {rack['height_u']:g}U. {plan['free_u']:g}U are free.</p>"
    places = _places(plan["modules"], plan["kept"]) + _beside(plan["beside"])
    return _two(drawing, lead + places)


def _two(drawing: str, told: str) -> str:
    return f'<div class="two"><div>{drawing}</div><div>{told}</div></div>'


def _row(facts: Mapping[str, Any], files: Mapping[str, bytes]) -> str:
    """Return all cabinets as they stand; on a phone the drawing can be pushed sideways."""
    plan, every = facts["plan"], facts["cabinets"]
    many = f"{len(every)} cabinets, from the left: " if len(every) > 1 else ""
    listed = ", ".join(
        f'<a href="#cabinet-{escape(one["name"])}">{escape(one["name"])}</a> '
        f"({one['height_u']:g}U, {one['free_u']:g}U free)"
        for one in every
    )
    drawing = files["elevation.svg"].decode()
    shown = (
        f'<div class="row" style="--many:{len(every)}" tabindex="0" role="group" '
        f'aria-label="All cabinets from the front">{drawing}</div>'
    )
    return f"<p>{many}{listed}.</p>{shown}{_beside(plan['beside'])}"


def _cabinet(one: Row, plan: Mapping[str, Any], files: Mapping[str, bytes]) -> str:
    name = one["name"]
    front, rear = (files[f"cabinets/{name}-{face}.svg"].decode() for face in ("front", "rear"))
    modules = [m for m in plan["modules"] if m["cabinet"] == name]
    kept = [k for k in plan["kept"] if k["cabinet"] == name]
    deep = "" if one["depth_mm"] is None else f", {one['depth_mm']:g} mm deep"
    lead = (
        f"<p>{escape(one['rack'])}, {one['height_u']:g}U{deep}. {one['free_u']:g}U are free at "
        f"the front.</p><p>{escape(_draws(one))} {escape(stands_words(one['weight']))}</p>"
    )
    told = _two(front + _rear([], ""), lead + _places(modules, kept))
    if one["rear"]:
        both = f'<div class="faces"><div>{front}</div><div>{_rear(one["rear"], rear)}</div></div>'
        told = lead + both + _places(modules, kept)
    return f'<h3 id="cabinet-{escape(name)}">{escape(name)}</h3>{told}'


def _draws(one: Row) -> str:
    """Return what a cabinet draws, and the air it wants."""
    wanted = one["climate"]["wanted_m3h"]
    air = f", and wants {wanted:g} m³/h of air at peak" if wanted else ""
    return f"It draws {power_words(one['power'])}{air}."


def _places(modules: Sequence[Row], kept: Sequence[Row]) -> str:
    behind = any("face" in one for one in (*modules, *kept))
    rows = [
        {
            **m,
            "holds": _holds(m),
            "depth_mm": m["depth_mm"] or None,
            "face": m.get("face", "front"),
        }
        for m in modules
    ]
    columns = (_PLACES[0], ("face", "posts"), *_PLACES[1:]) if behind else _PLACES
    listed = "".join(f"<li>{escape(_kept(one))}</li>" for one in kept)
    return table(columns, rows) + (f"<ul>{listed}</ul>" if listed else "")


def _wide(drawing: str) -> float:
    """Return how wide a drawing is in its own units, which are the same in all: mm."""
    return float(drawing.partition('viewBox="')[2].split()[2])


def _rear(held: Sequence[Row], drawing: str, share: float = 1.0) -> str:
    """Return the rear as a drawing, if anything is held there; `share` of the width of its place.

    So front and rear are to one scale, though the front has beside it what stands beside the rack.
    """
    if not held:
        return '<p class="soft">Nothing is held at the rear posts.</p>'
    listed = "; ".join(f"{one['label']} by {one['by']}" for one in held)
    told = f'<p class="soft">At the rear posts: {escape(listed)}.</p>'
    return f'<div class="rear" style="width:{share:.1%}">{drawing}</div>{told}'


def _kept(one: Mapping[str, Any]) -> str:
    behind = " at the rear" if "face" in one else ""
    return f"Kept free for {one['name']}: {one['height_u']:g}U from unit {one['at_u']:g}{behind}."


def _beside(listed: Sequence[Row]) -> str:
    """Return what stands beside the rack, with its size; nothing if there is nothing."""
    if not listed:
        return ""
    rows = [
        {**one, "holds": _holds(one), "size": " × ".join(f"{mm:.0f}" for mm in one["size_mm"])}
        for one in listed
    ]
    return f"<h3>Beside the rack</h3>{table(_BESIDE, rows)}"


def _holds(module: Mapping[str, Any]) -> str:
    return module["holds"] or "–"
