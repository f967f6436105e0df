"""A packed rack in words, for the terminal."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from cli.common import Exit, Told

if TYPE_CHECKING:
    from packing.cabinet.answer import Answer, Spot
    from packing.cabinet.question import Thing
    from rack.pack import Packed

GOALS = {
    "most": ("devices", "the most"),
    "fewest-u": ("U", "the fewest"),
    "fewest-cabinets": ("racks", "the fewest"),
    "least-cost": ("cost", "the least"),
}


def pack_told(packed: "Packed") -> Told:
    """Return what is told of a packed rack; without a layout for all that must be in, it failed."""
    code = Exit.FINE if packed.answer.value is not None else Exit.CHECK_FAILED
    return Told(packed.as_dict(), pack_text(packed), code)


def pack_text(packed: "Packed") -> str:
    """Return what stands where, from the top, then what stays out and why.

    Args:
        packed: of `rack.pack.pack`.
    """
    lines: list[str] = []
    answer = packed.answer
    if answer.clash:
        lines += [*_clash(answer), "if anything may stay out, this goes in:"]
    elif answer.value is None:
        lines.append("no layout was found in the time given, nor was it proved that there is none")
    shown = packed.shown
    if shown.value is not None:
        lines += [_verdict(shown, packed), *_table(shown)]
    lines += _out(packed)
    lines += [f"stops more: {words}" for words in shown.binding]
    lines += [f"{words} not known, counted as 0: {', '.join(n)}" for words, n in _unknown(packed)]
    lines += [f"note: {packed.case.spec.note}"] if packed.case.spec.note else []
    return "\n".join(lines)


def _clash(answer: "Answer") -> list[str]:
    """Say which wishes cannot all be; things that simply are too high together, in one line."""
    from packing.cabinet.wishes import Wanted  # noqa: PLC0415 - heavy

    asked, cabinets = answer.question, answer.question.cabinets
    names = [wish.thing for wish in answer.clash if isinstance(wish, Wanted)]
    high = sum(asked.things[asked.index(name)].height_u for name in names)
    if len(names) == len(answer.clash) and len(cabinets) == 1 and high > cabinets[0].height_u:
        told = ", ".join(names)
        return [f"it does not go: {told} are {high:g}U in {cabinets[0].height_u:g}U"]
    smallest = "the fewest wishes that" if answer.clash_smallest else "wishes that"
    head = f"it does not go; {smallest} cannot all be, though without any one they can:"
    return [head, *(f"  - {wish}" for wish in answer.clash)]


def _verdict(answer: "Answer", packed: "Packed") -> str:
    what, best = GOALS[answer.question.goal]
    value, bound = answer.value, answer.bound
    racks = len(answer.question.cabinets)
    tall = Counter(cabinet.height_u for cabinet in answer.question.cabinets)
    many = ", ".join(f"{f'{n} × ' if racks > 1 else ''}{high:g}U" for high, n in tall.items())
    used = sum(answer.used_u.values())
    proof = f"{best}, proven" if answer.gap == 0 else f"proven bound {bound:g}"
    what = what[:-1] if value == 1 and what.endswith("s") else what
    told = f"cost {value:g}" if what == "cost" else f"{value:g} {what}"
    head = f"{packed.case.rack.id}, {many}: {told} ({proof})"
    return f"{head}, up to {used:g}U high" if racks == 1 else f"{head}, {used:g}U in all"


def _table(answer: "Answer") -> list[str]:
    asked = answer.question
    several = len(asked.cabinets) > 1
    rear = any(spot.face == "rear" for spot in answer.spots)
    narrow = any(thing.width_mm is not None for thing in asked.things)
    rows: list[Sequence[str]] = []
    for spot in answer.spots:
        thing = asked.things[asked.index(spot.thing)]
        row = {"unit": f"{spot.at_u:g}", "high": f"{thing.height_u:g}U", "what": spot.thing}
        row |= {"face": spot.face} if rear else {}
        row |= {"rack": spot.cabinet} if several else {}
        row |= {"across": _across(thing, spot)} if narrow else {}
        rows += [[*row.values()]] if rows else [[*row], [*row.values()]]
    if not rows:
        return []
    head = rows[0]
    widths = [max(len(row[i]) for row in rows) for i in range(len(head))]
    return [
        "  ".join(
            text.rjust(width) if i < 2 else text.ljust(width)
            for i, (text, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]


def _across(thing: "Thing", spot: "Spot") -> str:
    """Say where something narrow stands, seen from the front."""
    if thing.width_mm is None:
        return ""
    return f"{thing.width_mm:g} mm, {spot.x_mm:g} mm from the left"


def _out(packed: "Packed") -> list[str]:
    asked = packed.shown.question
    lines: list[str] = []
    for name in packed.shown.left_out:
        high = f"{asked.things[asked.index(name)].height_u:g}U"
        lines.append(f"stays out: {name} ({high}){_swap(packed.found.swaps, name)}")
    for name, why in packed.case.never.items():
        lines.append(f"never in: {name} {why.removeprefix(f'{name} ')}")
    if packed.case.beside:
        lines.append(f"beside the rack, takes no unit: {', '.join(packed.case.beside)}")
    inside = {spot.thing for spot in packed.shown.spots}
    for name, out_mm in packed.case.sticking_out_mm.items():
        if name in inside:
            lines.append(f"sticks out at the back: {name}, by {out_mm:.0f} mm")
    return lines


def _swap(swaps: Mapping[str, tuple[str, ...] | None], name: str) -> str:
    if name not in swaps:
        return ""
    leaving = swaps[name]
    if leaving is None:
        return "; not even if all that may be left out were"
    return f"; in its place would go: {', '.join(leaving)}" if leaving else ""


def _unknown(packed: "Packed") -> list[tuple[str, list[str]]]:
    from rack.pack import unknown  # noqa: PLC0415 - heavy

    return list(unknown(packed.shown.question).items())
