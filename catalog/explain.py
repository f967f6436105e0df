"""Turns pydantic's errors into problems in plain words: line, range, choices, nearest value."""

import difflib
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple, cast

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from catalog.problems import Problem, did_you_mean
from catalog.schema_walk import Found, Schema, find, schema_of
from catalog.toml_lines import TomlPath, key_lines, line_of

MOST_TOLD = 100  # of one file; who made more mistakes begins with these
_MM_PER = {"in": 25.4, "inch": 25.4, "cm": 10.0, "m": 1000.0}
_OUR_UNIT = {"kg": "g", "lb": "g", "f": "c", "k": "c", "kw": "w", "mw": "w", "mv": "v", "ma": "a"}
_TYPES = {
    "float": "a number",
    "int": "a whole number",
    "bool": "true or false",
    "string": "text in quotes",
    "tuple": "a list in square brackets",
    "list": "a list in square brackets",
    "dict": "a table",
    "model": "a table",
}
_BOUNDS = {
    "greater_than": ("gt", "use a value above {}"),
    "greater_than_equal": ("ge", "the smallest value that works is {}"),
    "less_than": ("lt", "use a value below {}"),
    "less_than_equal": ("le", "the largest value that works is {}"),
}


@dataclass(frozen=True)
class Place:
    """Where data came from: the file's name, its text (`""` if none), the path inside it."""

    where: str
    text: str = ""
    at: TomlPath = ()


class Words(NamedTuple):
    """What is wrong, what is allowed, the nearest fix."""

    what: str
    allowed: str = ""
    nearest: str = ""


def explain(
    model: type[BaseModel], data: dict[str, Any], error: ValidationError, place: Place
) -> list[Problem]:
    """Return one problem for each thing pydantic refused, in the order of the file.

    Args:
        model: the record's class.
        data: what was refused.
        error: pydantic's error.
        place: where the data came from.
    """
    lines = key_lines(place.text) if place.text else {}
    schema = schema_of(model)
    found: dict[tuple[str, str], Problem] = {}
    details = error.errors(include_url=False)
    for detail in details[:MOST_TOLD]:
        path = place.at + _path_in(data, detail["loc"], keep_last=detail["type"] == "missing")
        words = _words(detail, find(schema, detail["loc"]))
        key = dotted(path)
        problem = Problem(place.where, words.what, key, line_of(lines, path), *words[1:])
        found.setdefault((key, words.what), problem)
    told = sorted(found.values(), key=lambda p: (p.line or 0, p.key))
    more = len(details) - MOST_TOLD
    return [*told, Problem(place.where, f"and {more} more")] if more > 0 else told


def dotted(path: TomlPath) -> str:
    """Write a path as people do: `holes[2].x_mm`, counted from 0."""
    out = ""
    for part in path:
        if isinstance(part, int):
            out += f"[{part}]"
        else:
            word = part if re.fullmatch(r"[A-Za-z0-9_-]+", part) else f'"{part}"'
            out += f".{word}" if out else word
    return out


def shown(value: object) -> str:
    """Write a value as it stands in a file, cut to 60 characters."""
    text = str(value).lower() if isinstance(value, bool) else repr(value)
    return text if len(text) <= 60 else text[:59] + "…"


def plain(number: float) -> str:
    """Write a number without a needless `.0` or exponent."""
    return str(int(number)) if float(number).is_integer() else f"{number:g}"


def _path_in(data: object, loc: tuple[str | int, ...], keep_last: bool) -> TomlPath:
    """Leave out what pydantic puts into a location that is not in the file: tags, `[key]`."""
    path: list[str | int] = []
    here: object = data
    for index, part in enumerate(loc):
        last = index == len(loc) - 1
        if isinstance(here, dict) and part in here:
            here = cast("dict[object, object]", here)[part]
        elif isinstance(here, list) and isinstance(part, int) and part < len(here):
            here = cast("list[object]", here)[part]
        elif not (last and keep_last):
            continue
        path.append(part)
    return tuple(path)


def _words(detail: ErrorDetails, found: Found) -> Words:
    kind = detail["type"]
    subject = re.sub(r"_(type|parsing|from_float|attributes_type)$", "", kind)
    if subject != kind and subject in _TYPES:
        return _wrong_type(detail, found, subject)
    say = _SAYINGS.get(kind)
    if say is not None:
        return say(detail, found)
    message = detail["msg"]
    text = f"{shown(detail['input'])}: {message[:1].lower()}{message[1:]}"
    return Words(text, range_words(found.node))


def _wrong_type(detail: ErrorDetails, found: Found, subject: str) -> Words:
    value = detail["input"]
    what = f"{shown(value)} is not {_TYPES[subject]}"
    hint = ""
    if isinstance(value, str) and subject in ("float", "int"):
        number = re.search(r"[+-]?\d+(?:\.\d+)?", value)
        hint = f"write {number[0]}, without quotes or unit" if number else "write a number"
    elif subject == "string" and isinstance(value, (int, float)) and not isinstance(value, bool):
        hint = f'write "{value}"'
    elif subject in ("tuple", "list") and isinstance(value, str) and len(value) <= 40:
        hint = f'write ["{value}"]'
    elif subject in ("tuple", "list") and isinstance(value, dict):
        name = ".".join(str(step) for step in detail["loc"])
        return Words(f"[{name}] is one table", "a table for each", f"write [[{name}]]")
    return Words(what, range_words(found.node), hint)


def _missing(detail: ErrorDetails, found: Found) -> Words:
    key = detail["loc"][-1]
    if isinstance(key, int):
        return Words("is missing", range_words(found.node), "add the entry to the list")
    forms = {"string": '"…"', "array": "[…]", "object": "{ … }"}
    form = forms.get(str(found.node.get("type")), "…")
    return Words("is missing", range_words(found.node), f"add {key} = {form}")


def _unknown_key(detail: ErrorDetails, found: Found) -> Words:
    key, value = str(detail["loc"][-1]), detail["input"]
    what = f"unknown key {key!r}"
    base, _, unit = key.rpartition("_")
    proper = f"{base}_mm"
    if unit in _MM_PER and proper in found.known:
        number = isinstance(value, (int, float)) and not isinstance(value, bool)
        mm = f" = {value * _MM_PER[unit]:g}" if number else ""
        return Words(what, nearest=f"lengths are in mm: write {proper}{mm}")
    if unit in _OUR_UNIT and f"{base}_{_OUR_UNIT[unit]}" in found.known:
        return Words(what, nearest=f"write {base}_{_OUR_UNIT[unit]}, in that unit")
    with_unit = sorted((name for name in found.known if name.startswith(f"{key}_")), key=len)
    if with_unit and not difflib.get_close_matches(key, found.known, n=1, cutoff=0.9):
        return Words(what, nearest=f"did you mean {with_unit[0]!r}?")
    return Words(what, nearest=did_you_mean(key, found.known))


def _not_finite(detail: ErrorDetails, found: Found) -> Words:
    what = f"{detail['input']} is not a finite number"
    return Words(what, range_words(found.node), "write a number")


def _out_of_range(detail: ErrorDetails, found: Found) -> Words:
    name, hint = _BOUNDS[detail["type"]]
    limit = plain(detail.get("ctx", {})[name])
    what = f"{shown(detail['input'])} is out of range"
    return Words(what, range_words(found.node), hint.format(limit))


def _not_a_choice(detail: ErrorDetails, found: Found) -> Words:
    context = detail.get("ctx", {})
    expected = str(context.get("expected", context.get("expected_tags", "")))
    choices = re.findall(r"'([^']*)'", expected) or list(map(str, found.node.get("enum", [])))
    value = str(context.get("tag", detail["input"]))
    return Words(f"{value!r} is not a choice", ", ".join(choices), did_you_mean(value, choices))


def _wrong_form(detail: ErrorDetails, found: Found) -> Words:
    value = str(detail["input"])
    near = re.sub(r"[^a-z0-9.+-]+", "-", value.lower()).strip("-.+")
    allowed = found.node.get("description", f"text like {detail.get('ctx', {}).get('pattern')}")
    fits = re.fullmatch(str(found.node.get("pattern", "")), near) is not None
    return Words(f"{value!r} has a wrong form", allowed, f"use {near!r}" if fits else "")


def _validator_said(detail: ErrorDetails, found: Found) -> Words:  # noqa: ARG001 - one shape for all
    error = detail.get("ctx", {})["error"]
    return Words(str(error), getattr(error, "allowed", ""), getattr(error, "nearest", ""))


def _not_multiple(detail: ErrorDetails, found: Found) -> Words:
    step = float(detail.get("ctx", {})["multiple_of"])
    value = float(cast("float", detail["input"]))
    low, high = found.node.get("minimum", step), found.node.get("maximum", 1e6 * step)
    near = round(min(max(value, low), high) / step) * step  # of 1e308 there is no multiple
    what = f"{plain(value)} is not a multiple of {plain(step)}"
    return Words(what, f"multiples of {plain(step)}", f"use {plain(near)}")


def _no_tag(detail: ErrorDetails, found: Found) -> Words:
    key = str(detail.get("ctx", {}).get("discriminator", "")).strip("'")
    choices = ", ".join(found.node.get("discriminator", {}).get("mapping", {}))
    return Words(f"{key} is missing", choices, f'add {key} = "…"')


def _wrong_length(detail: ErrorDetails, found: Found) -> Words:  # noqa: ARG001 - one shape for all
    context = detail.get("ctx", {})
    things = "characters" if detail["type"].startswith("string") else "entries"
    size = len(cast("str", detail["input"])) if things == "characters" else context["actual_length"]
    limits = [
        f"{words} {context[name]} {things}"
        for name, words in (("min_length", "at least"), ("max_length", "at most"))
        if name in context
    ]
    return Words(f"has {size} {things}", " and ".join(limits))


_SAYINGS: dict[str, Callable[[ErrorDetails, Found], Words]] = {
    "missing": _missing,
    "extra_forbidden": _unknown_key,
    "finite_number": _not_finite,
    **dict.fromkeys(_BOUNDS, _out_of_range),
    **dict.fromkeys(("literal_error", "enum", "union_tag_invalid"), _not_a_choice),
    "string_pattern_mismatch": _wrong_form,
    "value_error": _validator_said,
    "multiple_of": _not_multiple,
    "union_tag_not_found": _no_tag,
    **dict.fromkeys(
        ("too_long", "too_short", "string_too_long", "string_too_short"), _wrong_length
    ),
}


def range_words(node: Schema) -> str:
    """Say a schema's range or choices, with the unit its description names."""
    if "enum" in node:
        return ", ".join(map(str, node["enum"]))
    unit = node.get("description", "") if len(node.get("description", "")) <= 5 else ""
    signs = {
        "exclusiveMinimum": "above",
        "minimum": "from",
        "exclusiveMaximum": "below",
        "maximum": "up to",
    }
    parts = [f"{sign} {plain(node[key])}" for key, sign in signs.items() if key in node]
    kinds = {"number": "a number", "integer": "a whole number", "boolean": "true or false"}
    words = " ".join(parts) or kinds.get(str(node.get("type")), "")
    return f"{words} {unit}".strip()
