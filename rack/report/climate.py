"""The report's sections on heat, noise and weight."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from catalog.page import Column, Row, table
from rack.energy.words import CASES

HOTTEST_C = 110.0  # above that no processor runs: the figure would say nothing
_WARM: tuple[Column, ...] = (
    ("label", "where"),
    ("board", "board"),
    ("count", "×"),
    ("case", "when"),
    ("watts_w", "W each"),
    ("rise_k", "air warms K"),
    ("soc", "processor °C"),
    ("limit_c", "slows down at °C"),
    ("fans", "fans"),
    ("note", "note"),
)
_FANS: tuple[Column, ...] = (
    ("label", "where"),
    ("count", "×"),
    ("fan", "fan"),
    ("model", "model"),
    ("noise_dba", "dB(A) together"),
)
_AIR: tuple[Column, ...] = (
    ("name", "cabinet"),
    ("typical", "typical W"),
    ("peak", "peak W"),
    ("wanted_m3h", "m³/h wanted"),
    ("moved_m3h", "m³/h moved"),
    ("rise_k", "air warms K"),
)
_WEIGHT: tuple[Column, ...] = (
    ("label", "what"),
    ("kg", "kg"),
    ("kg_per_u", "kg per U"),
    ("screw_n", "N at each upper screw"),
    ("note", "note"),
)


def climate_html(climate: Mapping[str, Any], cabinets: Sequence[Row]) -> str:
    """Return how warm boards get, what air the rack wants, and how loud its fans are.

    Args:
        climate: the plan's `climate`.
        cabinets: each by itself, where they have names.
    """
    room, heat = climate["room"], climate["heat_w"]
    lead = f"<p>In a room of {room['air_c']:g} °C. Nothing in the rack has a known draw.</p>"
    moved = _moved(climate) if len(cabinets) < 2 else ""
    if heat["peak"]:
        lead = (
            f"<p>In a room of {room['air_c']:g} °C. The devices in the rack give off "
            f"{heat['peak']:g} W at peak; so that the air warms by no more than "
            f"{room['rise_k']:g} K on its way through, {climate['wanted_m3h']:g} m³/h "
            f"({climate['wanted_cfm']:g} CFM) must pass.{moved}</p>"
        )
    most = {warm["label"]: warm["watts_w"] for warm in climate["boards"]["peak"]}
    rows = [
        _warm_row(warm, case)
        for case in CASES
        for warm in climate["boards"][case]
        # Where the typical draw is not known the peak stands for it: that is told once.
        if case == "peak" or warm["watts_w"] != most.get(warm["label"])
    ]
    if len(cabinets) > 1:
        lead += table(_AIR, [_air_row(one) for one in cabinets])
    told = lead + (table(_WARM, rows) if rows else "")
    return told + _noise(climate)


def _air_row(one: Row) -> Row:
    air = one["climate"]
    return {**air, **air["heat_w"], "name": one["name"], "moved_m3h": air["moved_m3h"] or None}


def _moved(climate: Mapping[str, Any]) -> str:
    if climate["rise_k"] is None:
        return ""
    return (
        f" The fans in its panels move {climate['moved_m3h']:g} m³/h at half their free flow: it "
        f"warms by {climate['rise_k']:g} K."
    )


def _warm_row(warm: Mapping[str, Any], case: str) -> Row:
    return {
        **warm,
        "case": case,
        "soc": _soc(warm),
        "fans": _fans(warm),
        "note": "; ".join(warm["notes"]),
    }


def _soc(warm: Mapping[str, Any]) -> str | None:
    least, most = warm["soc_least_c"], warm["soc_most_c"]
    if least is None:
        return None
    if least > HOTTEST_C:
        return f"over {HOTTEST_C:g}"
    if most is None:
        return f"{least:.0f} or more"
    return f"{least:.0f}" if most == least else f"{least:.0f} to {min(most, HOTTEST_C):.0f}"


def _fans(warm: Mapping[str, Any]) -> str | None:
    if warm["rise_k"] is None:
        return None
    if warm["choked"]:
        return "choked: too little air gets through"
    return "full speed is too little" if warm["speed"] is None else f"at {warm['speed']:.0%}"


def _noise(climate: Mapping[str, Any]) -> str:
    if not climate["fans"]:
        return ""
    full, quiet = climate["noise_dba"], climate["quiet_dba"]
    told = "How loud they are is not known."
    if full is not None:
        told = f"All fans together: {full:g} dB(A) at full speed"
        told += f", {quiet:g} as typical load asks for." if quiet not in {None, full} else "."
        if climate["unknown_noise"]:
            told += f" Not in it: {', '.join(climate['unknown_noise'])}."
    return f"<h3>Noise</h3><p>{escape(told)}</p>{table(_FANS, climate['fans'])}"


def weight_html(weight: Mapping[str, Any], cabinets: Sequence[Row]) -> str:
    """Return what everything weighs, where its centre is, and when it tips.

    Args:
        weight: the build's `weight`.
        cabinets: each by itself, where they have names.
    """
    rows = [
        {**one, "note": "; ".join([*_braced(one), *one["assumed"]])}
        for one in weight["modules"]
        if one["kg"] > 0
    ]
    if not rows:
        return ""
    told = f"<p>{stands_words(weight)}</p>"
    if cabinets:
        listed = "".join(
            f"<li>{escape(one['name'])}: {stands_words(one['weight'])}</li>" for one in cabinets
        )
        told = f"<p>{weight['kg']:g} kg in all.</p><ul>{listed}</ul>"
    return f"{told}{table(_WEIGHT, rows)}"


def stands_words(weight: Mapping[str, Any]) -> str:
    """Return what a cabinet weighs, where its centre of gravity is, and when it tips.

    Args:
        weight: of one cabinet.
    """
    rack = "without the rack, whose weight is not known"
    if weight["rack_kg"] is not None:
        rack = f"{weight['rack_kg']:g} kg of it the rack"
    told = f"{weight['kg']:g} kg, {rack}."
    if weight["centre_mm"] is not None:
        deep, high = weight["centre_mm"]
        told += f" Centre of gravity {high:.0f} mm up, {deep:.0f} mm behind the front posts."
    if weight["tips_deg"] is not None:
        told += f" It tips at {weight['tips_deg']:.0f}°."
    return told


def _braced(one: Mapping[str, Any]) -> list[str]:
    return ["rests on the rear posts too"] if one["braced"] else []
