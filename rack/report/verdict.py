"""What the first screen says: does it fit, what to print and buy, how warm, how long on battery."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from catalog.page import Row
from rack.energy.words import minutes_words, sum_words
from rack.report.checks import counted

Card = tuple[str, str, str, str]  # question, answer, what more there is to say, section


def verdict_html(facts: Mapping[str, Any], bom: Sequence[Row]) -> str:
    """Return the answers as cards, each leading to its section, and all that there is to look at.

    Args:
        facts: plan, parts, plates, warnings and sums as plain data.
        bom: the parts list.
    """
    listed = facts["warnings"]
    say = "It fits, with this to look at:" if listed else "Everything fits."
    notes = "".join(f'<li dir="auto">{escape(text)}</li>' for text in listed)
    cards = "".join(_card(*card) for card in _cards(facts, bom))
    shown = f"<ul>{notes}</ul>" if notes else ""
    checks = f'<p class="soft"><a href="#checks">Checks: {escape(counted(facts["checks"]))}</a></p>'
    shown += f'<ul class="cards">{cards}</ul>{checks}'
    return f'<section class="verdict"><p>{say}</p>{shown}</section>'


def _card(question: str, answer: str, more: str, section: str) -> str:
    return (
        f'<li><a href="#{section}"><span>{escape(question)}</span>'
        f"<b>{escape(answer)}</b><small>{escape(more)}</small></a></li>"
    )


def _cards(facts: Mapping[str, Any], bom: Sequence[Row]) -> list[Card]:
    plan = facts["plan"]
    cards = [_fits(plan), _prints(facts), _buys(facts, bom), _draws(plan), _warm(plan["climate"])]
    backup = plan["energy"]["ups"]
    if backup:
        cards.append(_lasts(backup))
    return cards


def _fits(plan: Mapping[str, Any]) -> Card:
    high = plan["rack"]["height_u"]
    free = f"{plan['free_u']:g} U free" if plan["free_u"] else "nothing free"
    many = len(plan.get("cabinets", ()))
    free += f", {many} cabinets" if many > 1 else ""
    return "Does it fit?", f"Yes: {high - plan['free_u']:g} of {high:g} U", free, "rack"


def _prints(facts: Mapping[str, Any]) -> Card:
    whole = sum(part["count"] for part in facts["parts"])
    if not whole:
        return "What do I print?", "Nothing", "", "print"
    plates = facts["plates"]
    many = len(plates["plates"])
    told = f"{plates['print']['filament_g']:.0f} g, {_hours(plates['print']['minutes'])}"
    on = f"on {many} plate{'s' if many > 1 else ''}"
    return "What do I print?", f"{whole} part{'s' if whole > 1 else ''}", f"{told}, {on}", "print"


def _buys(facts: Mapping[str, Any], bom: Sequence[Row]) -> Card:
    total = facts["total"]
    about = "About " if total["unsure"] or total["unpriced"] else ""
    kinds = sum(row["kind"] not in {"print", "device", "hat"} for row in bom)
    more = f"{kinds} kinds of things, devices not counted"
    return "What do I buy?", f"{about}{total['cost']:.0f} {total['currency']}", more, "buy"


def _draws(plan: Mapping[str, Any]) -> Card:
    wall = plan["energy"]["wall"]
    told = {case: sum_words(one["watts_w"], one["unknown"]) for case, one in wall.items()}
    usual = f"{told['typical']} most of the time"
    if not wall["typical"]["watts_w"]:
        usual = f"{told['idle']} idle; most of the time not known"
    most = told["peak"]
    answer = f"{most[:1].upper()}{most[1:]} at peak" if wall["peak"]["watts_w"] else "Not known"
    return "What does it draw?", answer, usual, "power"


def _warm(climate: Mapping[str, Any]) -> Card:
    question = "Will it overheat?"
    boards = climate["boards"]["peak"]
    hot = [b["label"] for b in boards if b["soc_least_c"] and b["soc_least_c"] > b["limit_c"]]
    known = [b["soc_most_c"] for b in boards if b["soc_most_c"] is not None]
    air = [f"{climate['wanted_m3h']:g} m³/h of air at peak"] if climate["wanted_m3h"] else []
    if climate["warnings"]:
        return question, "Yes, as it is", "see above", "heat-and-noise"
    if hot:
        return (
            question,
            "Not known",
            "; ".join([f"measure {', '.join(hot)} (soc_k_per_w)", *air]),
            "heat-and-noise",
        )
    if boards and len(known) == len(boards):
        more = "; ".join([f"processors up to {max(known):.0f} °C", *air])
        return question, "No", more, "heat-and-noise"
    unsure = [b["label"] for b in boards if b["soc_most_c"] is None]
    more = "; ".join([*([f"measure {', '.join(unsure)} (soc_k_per_w)"] if unsure else []), *air])
    return question, "Not known", more, "heat-and-noise"


def _lasts(backup: Mapping[str, Any]) -> Card:
    case = next((c for c in ("typical", "idle", "peak") if c in backup["lasts"]), "")
    question, section = "How long on battery?", "on-battery"
    if not case:
        return question, "Not at all", backup["warnings"][0] if backup["warnings"] else "", section
    told = minutes_words(backup, case)
    held = backup["lasts"][case]
    more = f"{told.partition('(')[2].rstrip(')')} min, {held['delivered_wh']:.0f} Wh, {case} load"
    return question, told.partition(" (")[0].capitalize(), more, section


def _hours(minutes: float) -> str:
    return f"{minutes / 60:.0f} h" if minutes >= 60 else f"{minutes:.0f} min"
