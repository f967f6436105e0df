"""Says what is wrong with a value of a spec, what is allowed, and the nearest that works."""

import re
from collections.abc import Mapping
from typing import Any

from catalog.problems import did_you_mean
from pcb.parts import (
    CONTACT_KINDS,
    EXTRA_KINDS,
    INPUT_KINDS,
    OUTPUT_KINDS,
    STARTER_KINDS,
    OutputKind,
    largest_amps,
)
from pcb.spec import MAX_CABLE_M, MAX_EXTRA_INPUTS, MAX_OUTPUTS, MIN_A, BoardSpec
from pcb.spec_bus import OF, shown

LEVELS = ("simple", "managed")
CHOICES: dict[str, tuple[str, ...]] = {
    "connector": OUTPUT_KINDS,
    "connector_5v": OUTPUT_KINDS,
    "level": LEVELS,
    "input": INPUT_KINDS,
    "contacts": CONTACT_KINDS,
    "ps_on": STARTER_KINDS,
}
NUMBERS: dict[str, tuple[str, tuple[int, ...]]] = {
    "volts": ("is not a rail of this board", (12, 5)),
    "copper_oz": ("is no copper that is stocked", (1, 2)),
    "cable_awg": ("is no wire of the list", (14, 16, 18, 20, 22, 24)),
}
RANGES = {
    "outputs": ("outputs", 1, MAX_OUTPUTS),
    "outputs_5v": ("outputs at 5 V", 0, MAX_OUTPUTS - 1),
    "cable_m": ("m of cable", 0, MAX_CABLE_M),
    "supply_5v_a": ("A at 5 V", 1, 100),
}
ALLOWED = {
    "outputs": f"1 to {MAX_OUTPUTS}",
    "name": "up to 40 letters, digits, dots, dashes and underscores; first a letter or digit",
    "revision": "1 to 8 letters, digits and dots",
    "test_points": "true, false",
    "single_rail": "true, false",
    "sensing": "true, false",
}


def explain(key: str, kind: str, values: Mapping[str, Any]) -> tuple[str, str, str]:
    """Return what is wrong, what is allowed and the nearest value that works.

    Args:
        key: the field.
        kind: pydantic's name of the error.
        values: all that was written.
    """
    given = values.get(key)
    if kind == "extra_forbidden":
        return f"no such setting: {key!r}", "", did_you_mean(key, BoardSpec.model_fields)
    if kind == "missing":
        return "is not given", ALLOWED[key], f"the largest value that works is {MAX_OUTPUTS}"
    if key == "extra_inputs":
        return _explain_extra(given)
    if key in RANGES:
        return _explain_number(given, *RANGES[key])
    if key in OF:
        return f"{given!r} is no address", shown(OF[key]), f"use 0x{OF[key][0]:02x}"
    return _explain_amps(key, values) if "amps" in key else _explain_choice(key, given)


def _explain_amps(key: str, values: Mapping[str, Any]) -> tuple[str, str, str]:
    """Return the words for a current; the smallest that is typical is as small as one likes."""
    low_voltage = key.endswith("_5v")
    known = values.get("connector_5v" if low_voltage else "connector")
    connector: OutputKind = "screw" if low_voltage else "barrel-5.5x2.1"
    connector = known if known in OUTPUT_KINDS else connector
    low = 0.001 if key.startswith("typical") else MIN_A
    return _explain_number(
        values.get(key), f"A on one {connector} output", low, largest_amps(connector)
    )


def _explain_extra(given: object) -> tuple[str, str, str]:
    words = given.split(",") if isinstance(given, str) else given
    allowed = f"up to {MAX_EXTRA_INPUTS} of {', '.join(EXTRA_KINDS)}"
    if not isinstance(words, (list, tuple)):
        return f"{given!r} is no list of plugs", allowed, "such as eps-8"
    wrong = next((str(word).strip() for word in words if word not in EXTRA_KINDS), None)  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType] - whatever a file holds
    if wrong is not None and wrong not in EXTRA_KINDS:
        return f"{wrong!r} is no further plug", allowed, did_you_mean(wrong, EXTRA_KINDS)
    return f"{len(words)} are too many", allowed, f"the most that works is {MAX_EXTRA_INPUTS}"  # pyright: ignore[reportUnknownArgumentType] - as above


def _explain_choice(key: str, given: object) -> tuple[str, str, str]:
    if key in NUMBERS:
        what, able = NUMBERS[key]
        number = _number(given)
        near = min(able, key=lambda one: abs(one - (able[0] if number is None else number)))
        return f"{given} {what}", ", ".join(map(str, able)), f"use {near}"
    choices = CHOICES.get(key)
    if choices is not None:
        return f"{given!r} is not known", ", ".join(choices), did_you_mean(str(given), choices)
    near = re.sub(r"^[^A-Za-z0-9]+|[^A-Za-z0-9_.-]|[.]$", "", str(given))
    near = near[: 8 if key == "revision" else 40]
    return f"{given!r} cannot be used here", ALLOWED[key], f"use {near}" if near else ""


def _explain_number(given: object, unit: str, low: float, high: float) -> tuple[str, str, str]:
    allowed, value = f"{low:g} to {high:g}", _number(given)
    largest = f"the largest value that works is {high:g}"
    if value is None:
        return f"{given!r} is not a number", allowed, largest
    what = f"{value:.12g} {unit}"
    if value > high:
        return f"{what} is too much", allowed, largest
    if value < low:
        return f"{what} is too little", allowed, f"the smallest value that works is {low:g}"
    return f"{what} is not a whole number", allowed, f"use {round(value)}"


def _number(value: object) -> float | None:
    try:
        number = float(str(value))
    except ValueError:
        return None
    return number if abs(number) < 1e12 else None
