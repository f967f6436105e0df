"""What of a fit can be printed, and the line that makes it: walls, plays and latches counted."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, TypedDict

from catalog.load import Catalog
from catalog.problems import InputError
from mounts.order import Order, most_of, spec_for
from mounts.parts.frame_spec import FrameSpec
from mounts.parts.sled_problems import SKIN_LEAST_MM
from mounts.samples import as_toml, command
from packing.cavity import Cavity
from packing.one_more import mm

TALLEST_U = 12.0
MOST_ROWS = 2
PILES = range(2, 13)


class Asked(TypedDict):
    """Of the options of `rackpress fit`, those that matter here."""

    hat: str | None
    rows: str
    thickness: str | None
    outline: bool
    opening: str | None


def printable(
    catalog: Catalog, order: Order, cavities: Sequence[Cavity], options: Asked
) -> tuple[list[dict[str, Any]], list[str]]:
    """Return for each height the densest frame that can be printed, as records and as text.

    A board or a rack that was only made up for the question is nothing to print for.

    Args:
        catalog: facts.
        order: a frame, its boards and how many; height and gaps come from the cavities.
        cavities: one for each height that is asked about.
        options: of the command; a frame is made for one row or two.
    """
    if options["thickness"] or options["outline"] or options["opening"]:
        return [], []
    if catalog.rack(order.rack).standard is None:
        why = f"{order.rack} has posts of its own kind, and no frame of ours fits them"
        return [], ["", f"None can be printed: {why}."]
    heights = [one for one in cavities if _is_a_panel(one.height_u)]
    rows = min(int(options["rows"]), MOST_ROWS)
    wish = replace(order, hat=options["hat"])
    found = [_best(catalog, wish, one, rows) for one in heights]
    return found, _told(found)


def _best(catalog: Catalog, order: Order, cavity: Cavity, rows: int) -> dict[str, Any]:
    """Return the frame of most rows that the rack is deep enough for."""
    tried = [_asked(order, cavity, many) for many in range(rows, 0, -1)]
    every = [_one(catalog, one) for one in tried]
    best = next((one for one in every if one["count"]), every[-1])
    if best["count"] or not order.options.get("beside"):
        return best
    return _some(catalog, tried[-1], best)


def _some(catalog: Catalog, order: Order, none: dict[str, Any]) -> dict[str, Any]:
    """Return the frame of as many boards of a mix as go in, and how many are left out."""
    beside = order.options["beside"]
    names = [order.device, *(one["device"] for one in beside)]
    asked = [order.options["count"], *(one["count"] for one in beside)]
    most = most_of(order, catalog)
    if most is None:
        return none
    there = most.counts
    own, *others = [(name, many) for name, many in zip(names, there, strict=True) if many]
    options = {k: v for k, v in order.options.items() if k != "beside"} | {"count": own[1]}
    if others:
        options["beside"] = [{"device": name, "count": many} for name, many in others]
    asks = replace(order, device=own[0], options=options)
    found = _one(catalog, asks) if others else _of_one_kind(catalog, asks)
    left = zip(names, asked, there, strict=True)
    missing = {str(name): many - some for name, many, some in left if many > some}
    short = None if most.short_mm is None else round(most.short_mm, 2)
    return {**found, "missing": missing, "why_not": none["why_not"], "short_mm": short}


def _of_one_kind(catalog: Catalog, order: Order) -> dict[str, Any]:
    """Return a frame of so many boards of one kind: what stands simplest of all that goes in."""
    stands: list[dict[str, Any]] = [{}, {"latch": "front"}, {"pose": "on-edge"}]
    piles: list[dict[str, Any]] = [
        {"latch": latch, "layers": layers, **skin}
        for layers in PILES
        for skin in ({}, {"skin_mm": SKIN_LEAST_MM})
        for latch in ("front", "side")
    ]
    tried = (
        _one(catalog, replace(order, options={**order.options, **how})) for how in (*stands, *piles)
    )
    return next((one for one in tried if one["count"]), _one(catalog, order))


def _is_a_panel(height_u: float | None) -> bool:
    return height_u is not None and height_u <= TALLEST_U and not height_u % 0.5


def _asked(order: Order, cavity: Cavity, rows: int) -> Order:
    options = dict(order.options)
    if cavity.air_gap_mm:
        options["air_gap_mm"] = cavity.air_gap_mm
    if rows > 1:
        options["rows"] = rows
    if not options.get("beside"):
        options.pop("beside", None)
    return replace(order, height_u=cavity.height_u, options=options)


def _one(catalog: Catalog, order: Order) -> dict[str, Any]:
    """Return how many of what is asked for a frame holds, how they stand, and how it is made."""
    record: dict[str, Any] = {"height_u": order.height_u, "rows": order.options.get("rows", 1)}
    record |= {"air_gap_mm": order.options.get("air_gap_mm", 0.0), "missing": {}}
    try:
        spec = spec_for(order, catalog)
    except InputError as error:
        why = error.problems[0]
        text = why.what + (f" ({why.allowed})" if why.allowed else "")
        none = {"count": 0, "arrangement": "", "why_not": text, "command": "", "rack_toml": ""}
        return {**record, **none, "short_mm": None}
    assert isinstance(spec, FrameSpec)
    most = most_of(order, catalog)
    short = None if most is None or most.short_mm is None else round(most.short_mm, 2)
    record |= {"count": spec.holds, "arrangement": spec.words, "why_not": "", "short_mm": short}
    return {**record, "command": command(order), "rack_toml": item_of(order)}


def _told(found: Sequence[dict[str, Any]]) -> list[str]:
    if not found:
        return []
    some = [one for one in found if one["count"]]
    if not some:
        return ["", f"None can be printed: {found[-1]['why_not']}."]
    told = [
        f"{one['height_u']:g}U {one['count']} ({one['arrangement']}{_short(one)}{_out(one)})"
        for one in some
    ]
    last = some[-1]
    lines = last["rack_toml"].splitlines()[1:]
    return [
        "",
        f"What can be printed, with walls, play{_air(last)}: {'; '.join(told)}. {_height(last)}:",
        f"  {last['command']}",
        f"or in a rack.toml under [[item]]: {', '.join(lines)}",
    ]


def _short(one: dict[str, Any]) -> str:
    """Say what one board more wants, where there is one."""
    return "" if one["short_mm"] is None else f", {mm(one['short_mm'])} mm too narrow for one more"


def _out(one: dict[str, Any]) -> str:
    left = ", ".join(f"{many} × {name}" for name, many in one["missing"].items())
    return f"; left out: {left}" if left else ""


def _air(one: dict[str, Any]) -> str:
    air = one["air_gap_mm"]
    return f", latches and {air:g} mm of air" if air else " and latches, without air"


def _height(one: dict[str, Any]) -> str:
    return f"To make that of {one['height_u']:g}U"


def item_of(order: Order) -> str:
    """Return the item of a rack.toml that asks for the same frame."""
    own = {"device": order.device, "mount": "frame", "hat": order.hat}
    own |= {"count": order.options.get("count"), "height": f"{order.height_u:g}U"}
    own |= {key: value for key, value in order.options.items() if key in {"pose", "front"}}
    if "air_gap_mm" in order.options:
        own["air_gap"] = f"{order.options['air_gap_mm']:g}mm"
    taken = {"count", "pose", "front", "air_gap_mm"}
    further = {key: value for key, value in order.options.items() if key not in taken}
    own |= {"set": further} if further else {}
    lines = [f"{key} = {as_toml(value)}" for key, value in own.items() if value is not None]
    return "\n".join(["[[item]]", *lines])
