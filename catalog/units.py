"""Lengths and heights as people write them, read once at the edge.

Inside Rackpress a length is a float in mm and a height in rack units is a float in U; the text
forms `4mm`, `1.5in`, `2U` and `1U..6U` exist in files and options only.
"""

import math
import re

from catalog.problems import InputError, Problem
from catalog.rack_units import U_MM

MM_PER = {"mm": 1.0, "cm": 10.0, "in": 25.4, '"': 25.4, "″": 25.4, "m": 1000.0}
MAX_LENGTH_MM = 3000.0  # longer than the tallest cabinet of the catalogue and of EIA-310 (48U)
MAX_HEIGHT_U = 60.0

_NUMBER = r"\s*([+-]?\d+(?:\.\d*)?(?:[eE][+-]?\d+)?|[+-]?\.\d+)\s*"
_LENGTH = re.compile(_NUMBER + r"(mm|cm|in|m|\"|″)?\s*")
_HEIGHT = re.compile(_NUMBER + r"[uU]?\s*")


def length_mm(text: str | float, where: str, key: str = "") -> float:
    """Read a length and return it in mm.

    Args:
        text: a number (mm) or text such as `4`, `4mm`, `1.5in`.
        where: file or option named in the error.
        key: dotted path named in the error.

    Raises:
        InputError: not a length, negative, not finite, or over `MAX_LENGTH_MM`.
    """
    match = _LENGTH.fullmatch(str(text))
    if match is None:
        hint = _other_unit_hint(str(text))
        raise InputError(
            Problem(where, f"{text!r} is not a length", key, None, "4, 4mm, 1.5in", hint)
        )
    value = float(match[1]) * MM_PER[match[2] or "mm"]
    return _bounded(value, MAX_LENGTH_MM, "mm", where, key)


def height_u(text: str | float, where: str, key: str = "") -> float:
    """Read a height in rack units, a positive multiple of one half.

    Args:
        text: a number (U) or text such as `2U`, `1.5U`.
        where: file or option named in the error.
        key: dotted path named in the error.

    Raises:
        InputError: not a height, not a multiple of 0.5 U, or over `MAX_HEIGHT_U`.
    """
    match = _HEIGHT.fullmatch(str(text))
    if match is None:
        problem = f"{text!r} is not a height in rack units"
        allowed = "0.5U, 1U, 1.5U, 2U …"
        raise InputError(Problem(where, problem, key, None, allowed, _height_meant(str(text))))
    value = _bounded(float(match[1]), MAX_HEIGHT_U, "U", where, key)
    if value < 0.5 or (value * 2) % 1:
        near = max(0.5, math.ceil(value * 2 - 1e-9) / 2)
        what = f"{value:g}U is not a multiple of half a unit"
        raise InputError(Problem(where, what, key, None, "multiples of 0.5U", f"use {near:g}U"))
    return value


def _height_meant(text: str) -> str:
    """Say how a height is written that was given in mm or inches, or with another word for U."""
    match = re.match(_NUMBER, text)
    if match is None:
        return "write 1U or 2U"
    unit = text[match.end() :].strip().lower()
    value = float(match[1]) * (MM_PER.get(unit, U_MM) / U_MM)
    near = round(2 * value) / 2 if math.isfinite(value) else 0.0
    return f"write {near:g}U" if 0.5 <= near <= MAX_HEIGHT_U else "write 1U or 2U"


def height_range_u(text: str, where: str) -> list[float]:
    """Read `1U..6U`, `1U,2U,4U` or a single `2U` as heights that rise; a range has steps of 1 U.

    Args:
        text: the range as written.
        where: file or option named in the error.

    Raises:
        InputError: one of them is no height, or a range runs backwards.
    """
    every = {each for part in text.split(",") for each in _range_u(part.strip(), where)}
    return sorted(every)


def _range_u(text: str, where: str) -> list[float]:
    first, dots, last = text.partition("..")
    low = height_u(first, where)
    if not dots:
        return [low]
    high = height_u(last, where)
    if high < low:
        what = f"the range {text!r} runs backwards"
        raise InputError(Problem(where, what, nearest=f"use {high:g}U..{low:g}U"))
    return [low + step for step in range(int(high - low) + 1)]


def _bounded(value: float, largest: float, unit: str, where: str, key: str) -> float:
    if not math.isfinite(value) or value < 0 or value > largest:
        what = f"{value:g} {unit} is out of range"
        near = (
            f"the largest value that works is {largest:g} {unit}"
            if value > 0
            else "use a positive value"
        )
        raise InputError(Problem(where, what, key, None, f"0 to {largest:g} {unit}", near))
    return value


def _other_unit_hint(text: str) -> str:
    if re.fullmatch(_NUMBER + r"[uU]\s*", text):
        return "U counts rack units; a length here is in mm or in"
    if re.fullmatch(_NUMBER + r"(ft|feet|')\s*", text):
        return "write feet as inches: 1 ft is 12in"
    return "write a number and mm or in, such as 4mm"
