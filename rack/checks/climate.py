"""Checks of heat and noise."""

from collections.abc import Iterator

from rack.checks.check import Check, Facts, Result, good
from rack.plan import Plan

HEAT, NOISE = "Heat", "Noise"
AIR = "balance of heat, fan curve and channel, processor over air (docs/air.md)"


def climate_checks(plan: Plan) -> Iterator[Check]:
    """Yield how warm boards get, what air passes, and how loud it is.

    Args:
        plan: the rack.
    """
    climate = plan.climate.as_dict()
    for warm in climate["boards"]["peak"]:
        yield _warm(warm, climate["room"]["margin_k"])
    for one in plan.cabinets:
        air = one.climate.as_dict()
        if air["heat_w"]["peak"]:
            yield _air(one.name or "the rack", air)
    if climate["fans"]:
        yield _noise(climate)


def _warm(warm: Facts, margin_k: float) -> Check:
    least, most, limit_c = warm["soc_least_c"], warm["soc_most_c"], warm["limit_c"]
    asked = f"Does it stay cool, at {warm['watts_w']:g} W?"
    limit = f"{limit_c - margin_k:g} °C, {margin_k:g} K below {limit_c:g}"
    notes = "; ".join(warm["notes"])
    source = "; ".join([AIR, *warm["notes"]])
    result: Result = "not checked"
    if warm["choked"]:
        result, figure = "look", "its fans get too little through"
    elif least is None:
        figure = notes or "nobody knows how warm it gets"
    elif least > limit_c and not warm["notes"]:
        result, figure = "look", f"{least:.0f} °C even in the open"
    elif least > limit_c:
        figure = "by another board's figure it would not: measure it and give soc_k_per_w"
    elif most is None:
        figure = f"{least:.0f} °C or more: how the air moves is not known; give soc_k_per_w"
    else:
        figure = f"{least:.0f} to {most:.0f} °C" if most > least + 0.5 else f"{most:.0f} °C"
        result = good(most <= limit_c - margin_k)
    return Check(HEAT, warm["label"], asked, result, figure, limit, source)


def _air(name: str, climate: Facts) -> Check:
    asked, limit = "Does enough air pass?", f"{climate['room']['rise_k']:g} K"
    source = "heat carried off = density × heat capacity × flow × rise (docs/air.md)"
    rise = climate["rise_k"]
    if rise is None:
        told = f"{climate['wanted_m3h']:g} m³/h are wanted, and no fan in a panel moves any known"
        return Check(HEAT, name, asked, "not checked", told, limit, source)
    told = f"it warms by {rise:g} K in {climate['moved_m3h']:g} m³/h"
    result = good(rise <= climate["room"]["rise_k"])
    return Check(HEAT, name, asked, result, told, limit, source)


def _noise(climate: Facts) -> Check:
    asked, source = "Is it quiet enough?", "levels add as power; speed by its fifth power"
    quiet, unknown = climate["quiet_dba"], climate["unknown_noise"]
    most = climate["room"]["most_dba"]
    limit = "" if most is None else f"{most:g} dB(A)"
    if quiet is None:
        told = f"nobody knows how loud the fans of {', '.join(unknown)} are"
        return Check(NOISE, "fans", asked, "not checked", told, limit, source)
    told = f"{quiet:g} dB(A)" + (f", without {', '.join(unknown)}" if unknown else "")
    if most is None:
        told += "; no limit is given: most_dba"
    result: Result = good(quiet <= (quiet if most is None else most))
    return Check(NOISE, "fans", asked, "not checked" if unknown else result, told, limit, source)
