"""The JSON schema of a rack.toml: the spec's own, and what each mount lets one set."""

from typing import Any

from rack.settings import schema_of_settings
from rack.spec import MOUNTS, RackSpec


def rack_schema() -> dict[str, Any]:
    """Return the schema; `set` is described for every mount that an item may name."""
    schema = RackSpec.model_json_schema(by_alias=True)
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    rules: list[dict[str, Any]] = []
    for mount in MOUNTS:
        own = dict(schema_of_settings(mount))
        schema["$defs"] |= own.pop("$defs", {})
        schema["$defs"][own["title"]] = own
        then = {"properties": {"set": {"$ref": f"#/$defs/{own['title']}"}}}
        named = {"properties": {"mount": {"const": mount}}, "required": ["mount"]}
        rules.append({"if": named, "then": then})
    schema["$defs"]["Item"]["allOf"] = rules
    return schema
