"""Turns pydantic's errors into problems in plain words: line, range, choices, nearest value."""

import difflib
import re
from dataclasses import dataclass
from typing import Any, cast

from pydantic import BaseModel, ValidationError
from pydantic.errors import PydanticInvalidForJsonSchema
from pydantic_core import ErrorDetails

from catalog.problems import Problem, did_you_mean
from catalog.toml_lines import TomlPath, key_lines, line_of

Schema = dict[str, Any]

_MM_PER = {"in": 25.4, "inch": 25.4, "cm": 10.0, "m": 1000.0}
_OTHER_UNITS = {
    "kg": "g",
    "lb": "g",
    "f": "c",
    "k": "c",
    "mw": "w",
    "kw": "w",
    "mv": "v",
    "ma": "a",
}
_PLAIN_TYPES = {
    "float_type": "a number",
    "float_parsing": "a number",
    "int_type": "a whole number",
    "int_parsing": "a whole number",
    "int_from_float": "a whole number",
    "bool_type": "true or false",
    "bool_parsing": "true or false",
    "string_type": "text in quotes",
    "tuple_type": "a list in square brackets",
    "list_type": "a list in square brackets",
    "dict_type": "a table",
    "model_type": "a table",
    "model_attributes_type": "a table",
}


@dataclass(frozen=True)
class Place:
    """Where data came from: the file's name, its text (`""` if none), the path inside it."""

    where: str
    text: str = ""
    at: TomlPath = ()


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
    schema = _schema_of(model)
    found: dict[tuple[str, str], Problem] = {}
    for detail in error.errors(include_url=False):
        path = place.at + _path_in(data, detail["loc"], keep_last=detail["type"] == "missing")
        what, allowed, nearest = _words(detail, _at(schema, detail["loc"]), schema)
        key = dotted(path)
        problem = Problem(place.where, what, key, line_of(lines, path), allowed, nearest)
        found.setdefault((key, what), problem)
    return sorted(found.values(), key=lambda p: (p.line or 0, p.key))


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


def _schema_of(model: type[BaseModel]) -> Schema:
    try:
        return model.model_json_schema()
    except PydanticInvalidForJsonSchema:
        return {}  # words only, without ranges and choices


def _resolved(node: Schema, root: Schema) -> Schema:
    while "$ref" in node:
        target: Any = root
        for part in str(node["$ref"]).removeprefix("#/").split("/"):
            target = target.get(part, {})
        node = target
    return node


def _at(root: Schema, loc: tuple[str | int, ...]) -> Schema:
    """Return the schema of the table that holds the last part, and of that part itself.

    The result has `parent` and `self`; either may be empty.
    """
    parent: Schema = {}
    here = root
    for part in loc:
        if part == "[key]":
            return {"parent": parent, "self": _resolved(here.get("propertyNames", {}), root)}
        below, tag = _step(here, part, root)
        if not tag:
            parent = here
        here = below
    return {"parent": _with_properties(parent, root), "self": _flat(here, root)}


def _with_properties(node: Schema, root: Schema) -> Schema:
    node = _resolved(node, root)
    if "properties" in node or "propertyNames" in node:
        return node
    for branch in node.get("anyOf", node.get("oneOf", [])):
        if "properties" in (found := _resolved(branch, root)):
            return found
    return {}


def _flat(node: Schema, root: Schema) -> Schema:
    """Look through `X | None` to X, keeping the first branch that is not null."""
    node = _resolved(node, root)
    for branch in node.get("anyOf", []):
        if branch.get("type") != "null":
            return {**node, **_resolved(branch, root)}
    return node


def _step(node: Schema, part: str | int, root: Schema) -> tuple[Schema, bool]:
    """Go one part down; the second value says that the part was a tag, not a key."""
    node = _resolved(node, root)
    if isinstance(part, str) and part in node.get("properties", {}):
        return node["properties"][part], False
    if isinstance(part, int) and ("prefixItems" in node or "items" in node):
        fixed = node.get("prefixItems", [])
        return (fixed[part] if part < len(fixed) else node.get("items") or {}), False
    mapping = node.get("discriminator", {}).get("mapping", {})
    if part in mapping:
        return {"$ref": mapping[part]}, True
    for branch in node.get("anyOf", node.get("oneOf", [])):
        if str(branch.get("$ref", "")).endswith(f"/{part}"):
            return branch, True
        below, tag = _step(branch, part, root)
        if below:
            return below, tag
    more = node.get("additionalProperties")
    return (more, False) if isinstance(more, dict) else ({}, False)


def _words(detail: ErrorDetails, found: Schema, root: Schema) -> tuple[str, str, str]:
    """Return what is wrong, what is allowed, and the nearest fix."""
    kind, value, context = detail["type"], detail["input"], detail.get("ctx", {})
    node: Schema = found["self"]
    if kind == "missing":
        return "is missing", _range_words(node), _missing_hint(detail["loc"][-1], node)
    if kind == "extra_forbidden":
        known = _resolved(found["parent"], root).get("properties", {})
        return _unknown_key(str(detail["loc"][-1]), value, list(known))
    if kind in _PLAIN_TYPES:
        return (
            f"{_shown(value)} is not {_PLAIN_TYPES[kind]}",
            _range_words(node),
            _retyped(value, kind),
        )
    if kind == "finite_number":
        return f"{value} is not a finite number", _range_words(node), "write a number"
    if kind in _BOUNDS:
        return f"{_shown(value)} is out of range", _range_words(node), _bound_hint(kind, context)
    if kind in ("literal_error", "enum", "union_tag_invalid"):
        choices = re.findall(
            r"'([^']*)'", str(context.get("expected", context.get("expected_tags", "")))
        )
        shown = str(context["tag"]) if "tag" in context else value
        return (
            f"{_shown(shown)} is not a choice",
            ", ".join(choices),
            did_you_mean(str(shown), choices),
        )
    if kind == "string_pattern_mismatch":
        hint = re.sub(r"[^a-z0-9.+-]+", "-", str(value).lower()).strip("-.+")
        allowed = node.get("description", f"text like {context.get('pattern')}")
        return f"{_shown(value)} has a wrong form", allowed, f"use {hint!r}" if hint else ""
    return _rarer_words(detail, node)


def _rarer_words(detail: ErrorDetails, node: Schema) -> tuple[str, str, str]:
    kind, value, context = detail["type"], detail["input"], detail.get("ctx", {})
    if kind == "value_error" and "error" in context:
        error = context["error"]
        return str(error), getattr(error, "allowed", ""), getattr(error, "nearest", "")
    if kind == "multiple_of":
        step = float(context["multiple_of"])
        near = f"use {max(1, round(float(cast('float', value)) / step)) * step:g}"
        return f"{_shown(value)} is not a multiple of {step:g}", f"multiples of {step:g}", near
    if kind == "union_tag_not_found":
        key = str(context.get("discriminator", "")).strip("'")
        return f"{key} is missing", _range_words(node), f"add {key}"
    if kind in ("too_long", "too_short"):
        limit = context.get("max_length", context.get("min_length"))
        bound = "at most" if kind == "too_long" else "at least"
        return f"has {context['actual_length']} entries", f"{bound} {limit}", ""
    if kind == "string_too_long":
        return "is too long", f"at most {context['max_length']} characters", ""
    if kind == "string_too_short":
        return "is too short", f"at least {context['min_length']} characters", ""
    message = detail["msg"]
    return f"{_shown(value)}: {message[:1].lower()}{message[1:]}", _range_words(node), ""


_BOUNDS = {
    "greater_than": ("gt", "use a value above {}"),
    "greater_than_equal": ("ge", "the smallest value that works is {}"),
    "less_than": ("lt", "use a value below {}"),
    "less_than_equal": ("le", "the largest value that works is {}"),
}


def _bound_hint(kind: str, context: dict[str, Any]) -> str:
    name, words = _BOUNDS[kind]
    return words.format(_plain(context[name]))


def _plain(number: float) -> str:
    return str(int(number)) if float(number).is_integer() else f"{number:g}"


def _range_words(node: Schema) -> str:
    """Say a schema's range or choices, with the unit its description names."""
    if "enum" in node:
        return ", ".join(map(str, node["enum"]))
    unit = node.get("description", "") if len(node.get("description", "")) <= 5 else ""
    parts: list[str] = []
    for key, sign in (
        ("exclusiveMinimum", "above"),
        ("minimum", "from"),
        ("exclusiveMaximum", "below"),
        ("maximum", "up to"),
    ):
        if key in node:
            parts.append(f"{sign} {_plain(node[key])}")
    words = " ".join(parts)
    if words:
        return f"{words} {unit}".strip()
    kinds = {"number": "a number", "integer": "a whole number", "boolean": "true or false"}
    return f"{kinds.get(str(node.get('type')), '')} {unit}".strip()


def _missing_hint(key: str | int, node: Schema) -> str:
    if isinstance(key, int):
        return "add the entry to the list"
    kinds = {"string": '"…"', "array": "[…]", "object": "{ … }"}
    return f"add {key} = {kinds.get(str(node.get('type')), '…')}"


def _retyped(value: object, kind: str) -> str:
    if isinstance(value, str) and kind.startswith(("float", "int")):
        number = re.search(r"[+-]?\d+(?:\.\d+)?", value)
        return f"write {number[0]}, without quotes or unit" if number else "write a number"
    if kind == "string_type" and isinstance(value, (int, float)) and not isinstance(value, bool):
        return f'write "{value}"'
    if kind in ("tuple_type", "list_type") and isinstance(value, str):
        return f'write ["{value}"]' if len(value) <= 40 else ""
    return ""


def _unknown_key(key: str, value: object, known: list[str]) -> tuple[str, str, str]:
    base, _, unit = key.rpartition("_")
    proper = f"{base}_mm"
    if unit in _MM_PER and proper in known:
        hint = f"lengths are in mm: write {proper}"
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            hint += f" = {value * _MM_PER[unit]:g}"
        return f"unknown key {key!r}", "", hint
    if unit in _OTHER_UNITS and f"{base}_{_OTHER_UNITS[unit]}" in known:
        return f"unknown key {key!r}", "", f"write {base}_{_OTHER_UNITS[unit]}, in that unit"
    with_unit = sorted((name for name in known if name.startswith(f"{key}_")), key=len)
    if with_unit and not difflib.get_close_matches(key, known, n=1, cutoff=0.9):
        return f"unknown key {key!r}", "", f"did you mean {with_unit[0]!r}?"
    return f"unknown key {key!r}", "", did_you_mean(key, known)


def _shown(value: object) -> str:
    text = str(value).lower() if isinstance(value, bool) else repr(value)
    return text if len(text) <= 60 else text[:57] + "…"
