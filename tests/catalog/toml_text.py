"""A small TOML writer for the tests: one key per line, and where each key came to stand."""

import json
import math
from typing import Any

Path = tuple[str | int, ...]


def written(value: Any) -> str:
    """Write a value on one line."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    if isinstance(value, list):
        return "[" + ", ".join(map(written, value)) + "]"
    if isinstance(value, dict):
        return (
            "{ " + ", ".join(f"{written(str(k))} = {written(v)}" for k, v in value.items()) + " }"
        )
    return repr(value)


def document(data: dict[str, Any]) -> str:
    """Write a file: `version`, plain keys, then a table for each dictionary."""
    lines = ["version = 1"]
    lines += [f"{key} = {written(v)}" for key, v in data.items() if not isinstance(v, dict)]
    for key, table in data.items():
        if isinstance(table, dict):
            lines += ["", f"[{key}]", *(f"{written(k)} = {written(v)}" for k, v in table.items())]
    return "\n".join(lines) + "\n"


def paths(value: Any, at: Path = ()) -> list[Path]:
    """Return the place of every key, element and value below."""
    if not isinstance(value, (dict, list)):
        return []
    items = value.items() if isinstance(value, dict) else enumerate(value)
    return [path for key, below in items for path in ((*at, key), *paths(below, (*at, key)))]


def dotted(path: Path) -> str:
    """Write a place as an error does."""
    text = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path)
    return text.removeprefix(".")
