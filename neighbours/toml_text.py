"""Writes plain data as TOML: what an import makes is read by people."""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

_BARE = re.compile(r"^[A-Za-z0-9_-]+$")


def toml_text(data: Mapping[str, Any], head: str = "") -> str:
    """Return a table as TOML: its plain keys first, then its tables and lists of tables.

    Args:
        data: texts, numbers, truth values, lists and tables; what is `None` is left out.
        head: comment above it, each line begun with `# `.
    """
    return head + "\n".join(_lines(data, ())) + "\n"


def _lines(table: Mapping[str, Any], at: tuple[str, ...]) -> list[str]:
    plain = {k: v for k, v in table.items() if v is not None and not _is_tables(v)}
    lines = [f"{_key(key)} = {_value(value)}" for key, value in plain.items()]
    for key, value in table.items():
        if value is None or key in plain:
            continue
        path = (*at, key)
        name = ".".join(map(_key, path))
        if isinstance(value, Mapping):
            lines += ["", f"[{name}]", *_lines(value, path)]
        else:
            for one in value:
                lines += ["", f"[[{name}]]", *_lines(one, path)]
    return lines


def _is_tables(value: Any) -> bool:
    if isinstance(value, Mapping):
        return bool(value)
    several = isinstance(value, Sequence) and not isinstance(value, str)
    return several and len(value) > 0 and all(isinstance(one, Mapping) for one in value)


def _key(key: str) -> str:
    return key if _BARE.match(key) else _quoted(key)


def _quoted(text: str) -> str:
    """Return a text in quotes: what JSON escapes, TOML reads the same, but for DEL."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return _quoted(value)
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, Mapping):
        inside = ", ".join(f"{_key(k)} = {_value(v)}" for k, v in value.items() if v is not None)
        return f"{{ {inside} }}" if inside else "{}"
    return "[" + ", ".join(_value(one) for one in value) + "]"
