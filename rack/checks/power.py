"""Checks of electricity: draws, supplies, ports that feed, starting, and the battery."""

from collections.abc import Iterator, Sequence

from catalog.load import Catalog
from rack.checks.check import Check, Facts, Result, cited, good
from rack.energy.words import CASES, KEYS, minutes_words

POWER, POE, UPS = "Power", "Power over Ethernet", "Battery"


def power_checks(facts: Facts, catalog: Catalog) -> Iterator[Check]:
    """Yield what every supply, port and battery was held to.

    Args:
        facts: what is told of the build, as plain data.
        catalog: facts and their sources.
    """
    plan = facts["plan"]
    yield _known(plan["power"])
    for supply in plan["energy"]["supplies"]:
        yield from _supply(supply)
    for switch in plan["energy"]["poe"]:
        yield from _poe(switch, plan, catalog)
    start = plan["energy"]["start"]
    if start["gap_s"] > 0:
        figure = f"{start['staggered_w']:g} W at most, {start['at_once_w']:g} W at once"
        source = "one node at its peak, those before it at their typical draw"
        asked = "Does a start one after the other help?"
        result = good(start["staggered_w"] < start["at_once_w"])
        yield Check(POWER, "start", asked, result, figure, "less than at once", source)
    if plan["energy"]["ups"]:
        yield from _battery(plan["energy"]["ups"], catalog)


def _known(power: Facts) -> Check:
    unknown = {case: power[f"unknown_{case}_w"] for case in CASES}
    gaps = sorted({label for names in unknown.values() for label in names})
    asked, source = "Is every draw known?", "the file's own figures, else the catalogue's"
    if not gaps:
        figure = f"{len(power['loads'])} loads at idle, typical and peak"
        return Check(POWER, "devices", asked, "passed", figure, "all", source)
    told = [
        f"{label} ({', '.join(case for case in CASES if label in unknown[case])})" for label in gaps
    ]
    figure = f"not in the sums: {', '.join(told)}; {KEYS}"
    return Check(POWER, "devices", asked, "not checked", figure, "all", source)


def _supply(supply: Facts) -> Iterator[Check]:
    name, rated, peak = supply["name"], supply["rated_w"], supply["peak"]
    asked = "Is the supply strong enough?"
    without = f", without {', '.join(peak['unknown'])}" if peak["unknown"] else ""
    figure = f"{peak['load_w']:g} W at peak{without}"
    if rated is None:
        figure += "; what it is rated for is not given: watts"
        yield Check(POWER, name, asked, "not checked", figure, "", "the supply's label")
    else:
        result = good(peak["load_w"] <= rated)
        yield Check(POWER, name, asked, result, figure, f"{rated:g} W", "the supply's label")
    for case in CASES:
        fed = supply[case]
        if not fed["load_w"]:
            continue
        asked = f"Is its efficiency known, {case}?"
        source = supply["rule"] or "80 PLUS, or what was measured"
        if fed["efficiency"] is None:
            yield Check(POWER, name, asked, "not checked", fed["why"], "", source)
            continue
        share = "" if fed["share"] is None else f" at {fed['share']:.0%} of its load"
        figure = f"{100 * fed['efficiency']:.1f} %{share}: {fed['wall_w']:g} W from the mains"
        yield Check(POWER, name, asked, "passed", figure, "", source)


def _poe(switch: Facts, plan: Facts, catalog: Catalog) -> Iterator[Check]:
    name, mine = switch["switch"], {m["label"]: m for m in (*plan["modules"], *plan["beside"])}
    if switch["budget_w"] is None:
        told = "what it gives is not known: read its label"
        yield Check(POE, name, "Does it feed them all?", "not checked", told, "", "")
        return
    facts = catalog.poes.get(mine[name]["device"])
    source = f"IEEE 802.3; {cited(facts.sources, catalog) if facts else ''}"
    used, ports = switch["ports_used"], switch["ports"]
    asked = "Are there ports enough that feed?"
    yield Check(POE, name, asked, good(used <= ports), f"{used} taken", f"{ports}", source)
    figure, limit = f"{switch['peak_w']:g} W at peak", f"{switch['budget_w']:g} W"
    unknown = [one["label"] for one in switch["devices"] if one["peak_w"] is None]
    result: Result = good(switch["peak_w"] <= switch["budget_w"])
    if unknown:
        figure, result = f"{figure}, without {', '.join(unknown)}", "not checked"
    yield Check(POE, name, "Do all ports together give it?", result, figure, limit, source)
    for one in switch["devices"]:
        asked, limit = "Does one port give it?", f"{switch['port_w']:g} W"
        if one["port_peak_w"] is None:
            told = f"its draw is not known: {KEYS}"
            yield Check(POE, one["label"], asked, "not checked", told, limit, source)
            continue
        figure = f"{one['port_peak_w']:g} W at the port, {one['peak_w']:g} W behind the cable"
        result = good(one["port_peak_w"] <= switch["port_w"])
        yield Check(POE, one["label"], asked, result, figure, limit, source)


def _battery(backup: Facts, catalog: Catalog) -> Iterator[Check]:
    name, ups = backup["name"], catalog.upses.get(backup["name"])
    source = cited(ups.sources, catalog) if ups else "the battery's Wh, as given"
    for case in CASES:
        drawn, held = backup["loads"][case], backup["lasts"].get(case)
        asked = f"How long does it hold, {case}?"
        if held is None:
            told = _why_not(backup["warnings"], case)
            result: Result = "look" if told else "not checked"
            told = told or "nothing of that load is known"
            yield Check(UPS, name, asked, result, told, "", source)
            continue
        figure = (
            f"{minutes_words(backup, case)}: {held['delivered_wh']:g} Wh at {held['load_w']:g} W"
        )
        if drawn["unknown"]:
            figure += f", without {', '.join(drawn['unknown'])}"
        result = good(not drawn["unknown"])
        yield Check(UPS, name, asked, result, figure, "", f"{held['note']}; {source}")


def _why_not(warnings: Sequence[str], case: str) -> str:
    return next((one for one in warnings if one.startswith(f"{case}: ")), "")
