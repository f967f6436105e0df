"""The JSON schema of a rack.toml takes what the program takes, as an editor would check it."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from rack.schema import rack_schema
from rack.starter import starter

ROOT = Path(__file__).parents[2]
FILES = {path.stem: path.read_text("utf-8") for path in (ROOT / "examples").glob("*.toml")}
FILES["starter"] = starter("rack.toml", "rack")
KINDS: Mapping[str, tuple[type, ...]] = {
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "null": (type(None),),
    "array": (list,),
    "object": (dict,),
}
SCHEMA = rack_schema()


def faults(value: Any, node: Mapping[str, Any], at: str = "") -> Iterator[str]:
    """Yield what a value breaks of JSON schema, draft 2020-12: as much of it as ours uses."""
    yield from _of_branches(value, node, at)
    kind = node.get("type")
    if kind and (
        not isinstance(value, KINDS[kind]) or (isinstance(value, bool) and kind != "boolean")
    ):
        yield f"{at}: {value!r} is no {kind}"
        return
    if value not in node.get("enum", [value]) or value != node.get("const", value):
        yield f"{at}: {value!r} is no choice"
    if isinstance(value, str) and not re.search(node.get("pattern", ""), value):
        yield f"{at}: {value!r} has another form"
    yield from _of_number(value, node, at)
    if isinstance(value, list):
        for i, one in enumerate(value):
            yield from faults(one, node.get("items", {}), f"{at}[{i}]")
    if isinstance(value, dict):
        yield from _of_table(value, node, at)


def _of_branches(value: Any, node: Mapping[str, Any], at: str) -> Iterator[str]:
    if "$ref" in node:
        yield from faults(value, SCHEMA["$defs"][node["$ref"].rpartition("/")[2]], at)
    for word in ("anyOf", "oneOf"):
        ways = [list(faults(value, one, at)) for one in node.get(word, ())]
        if ways and all(ways):
            yield f"{at}: none of {ways}"
    for rule in node.get("allOf", ()):
        if not list(faults(value, rule["if"], at)):
            yield from faults(value, rule["then"], at)


def _of_number(value: Any, node: Mapping[str, Any], at: str) -> Iterator[str]:
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        low, high = node.get("minimum", value), node.get("maximum", value)
        if not low <= value <= high or value <= node.get("exclusiveMinimum", value - 1):
            yield f"{at}: {value} is out of range"


def _of_table(value: dict[str, Any], node: Mapping[str, Any], at: str) -> Iterator[str]:
    known = node.get("properties", {})
    yield from (f"{at}.{key} is missing" for key in node.get("required", ()) if key not in value)
    for key, one in value.items():
        if key in known:
            yield from faults(one, known[key], f"{at}.{key}")
        elif node.get("additionalProperties") is False:
            yield f"{at}.{key} is not known"


@pytest.mark.parametrize("name", sorted(FILES))
def test_what_the_program_takes_the_schema_takes(name: str) -> None:
    assert not list(faults(tomllib.loads(FILES[name]), SCHEMA))


@pytest.mark.parametrize(
    ("was", "becomes"),
    [
        ('rack = "19in"', "rack = 19"),
        ('height = "4U"', "height = true"),
        ('height = "4U"', 'hight = "4U"'),
        ("count = 15", "count = 0"),
        ("outputs = 15", "outputs = 25"),
        ('mount = "shelf"', 'mount = "shelve"'),
        ('mount = "shelf"', 'mount = "shelf"\nset = { wall_mm = true }'),
        ('name = "pi-19in"', 'name = "Pi 19in"'),
        ("version = 1", "version = 2"),
    ],
)
def test_what_the_program_refuses_by_its_form_so_does_the_schema(was: str, becomes: str) -> None:
    assert was in FILES["pi-19in"]
    changed = FILES["pi-19in"].replace(was, becomes, 1)
    assert list(faults(tomllib.loads(changed), SCHEMA))
