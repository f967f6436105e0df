"""Finds, in a model's JSON schema, the piece that describes one place of a file.

The schema says ranges, choices and units in one form, whatever the model was written with.
"""

from typing import Any, NamedTuple

from pydantic import BaseModel
from pydantic.errors import PydanticInvalidForJsonSchema

Schema = dict[str, Any]


class Found(NamedTuple):
    """The schema of a place, and the keys known in the table around it."""

    node: Schema
    known: tuple[str, ...]


def schema_of(model: type[BaseModel]) -> Schema:
    """Return a model's JSON schema, `{}` if it has none: then errors go without ranges."""
    try:
        return model.model_json_schema()
    except PydanticInvalidForJsonSchema:
        return {}


def find(root: Schema, loc: tuple[str | int, ...]) -> Found:
    """Return what the schema says of a place.

    Args:
        root: the whole schema.
        loc: the place as pydantic gives it: keys, indices, tags of unions, `[key]`.
    """
    parent: Schema = {}
    here = root
    for part in loc:
        if part == "[key]":
            parent, here = here, _resolved(here, root).get("propertyNames", {})
            break
        below, is_tag = _step(here, part, root)
        parent, here = (parent, below) if is_tag else (here, below)
    return Found(_without_null(here, root), _keys(parent, root))


def _resolved(node: Schema, root: Schema) -> Schema:
    while "$ref" in node:
        target: Any = root
        for part in str(node["$ref"]).removeprefix("#/").split("/"):
            target = target.get(part, {})
        node = target
    return node


def _branches(node: Schema) -> list[Schema]:
    return [*node.get("anyOf", []), *node.get("oneOf", [])]


def _keys(node: Schema, root: Schema) -> tuple[str, ...]:
    node = _resolved(node, root)
    for branch in (node, *(_resolved(b, root) for b in _branches(node))):
        if "properties" in branch:
            return tuple(branch["properties"])
    return ()


def _without_null(node: Schema, root: Schema) -> Schema:
    """Look through `X | None` to X."""
    node = _resolved(node, root)
    for branch in _branches(node):
        if branch.get("type") != "null":
            return {**node, **_resolved(branch, root)}
    return node


def _step(node: Schema, part: str | int, root: Schema) -> tuple[Schema, bool]:
    """Go one part down; the second value says that the part was a tag, not a key."""
    node = _resolved(node, root)
    if isinstance(part, int):
        return _element(node, part, root), False
    if part in node.get("properties", {}):
        return node["properties"][part], False
    mapping = node.get("discriminator", {}).get("mapping", {})
    if part in mapping:
        return {"$ref": mapping[part]}, True
    for branch in _branches(node):
        if str(branch.get("$ref", "")).endswith(f"/{part}"):
            return branch, True
        below, is_tag = _step(branch, part, root)
        if below:
            return below, is_tag
    more = node.get("additionalProperties")
    return (more, False) if isinstance(more, dict) else ({}, False)


def _element(node: Schema, index: int, root: Schema) -> Schema:
    node = _resolved(node, root)
    fixed = node.get("prefixItems", [])
    if index < len(fixed):
        return fixed[index]
    if isinstance(node.get("items"), dict):
        return node["items"]
    below = (_element(branch, index, root) for branch in _branches(node))
    return next((found for found in below if found), {})
