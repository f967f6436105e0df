"""Brings a file's text to today's version, and leaves what a person wrote in it as it was."""

import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from catalog.problems import InputError, Problem
from catalog.store import KINDS, TABLE_FILES
from catalog.validate import read_json, read_text, read_toml
from catalog.versions import (
    CALIBRATION,
    FACTS,
    FIRST,
    FLEET,
    PLAN,
    RACK,
    READINGS,
    SIDE,
    SIZES,
    Format,
    version_of,
)

# Which kind of TOML file has one of these keys; the first that fits.
_KEYS: tuple[tuple[Format, frozenset[str]], ...] = (
    (RACK, frozenset({"rack"})),  # a rack.toml must have one; racks.toml has one too, as a list
    (FLEET, frozenset({"node"})),
    (READINGS, frozenset({"slide_groove", "bar_x_outer_mm"})),
    (CALIBRATION, frozenset({"slide_mm", "press_mm", "shrink"})),
    (SIZES, frozenset({"size"})),
)


@dataclass(frozen=True)
class Migrated:
    """A file as of today's version.

    Args:
        kind: what kind of file it is.
        said: its version before, `None` if it did not say.
        text: as it is to be; the same text if there is nothing to do.
        words: what was changed.
    """

    kind: Format
    said: int | None
    text: str
    words: tuple[str, ...]


def migrated(path: Path) -> Migrated:
    """Return a file as of today's version, its comments kept.

    Args:
        path: any file that Rackpress reads or writes and that has a version.

    Raises:
        InputError: unreadable, no such file, or newer than this program.
    """
    where = str(path)
    if path.suffix.lower() == ".json":
        return _json(read_text(path, where, "JSON in UTF-8"), where)
    data, text = read_toml(path, where)
    kind = _kind(data)
    if kind is None:
        raise _stranger(where)
    said = version_of(data, kind, where)
    words = [step.words for step in kind.steps[said - FIRST :]]
    if "version" not in data:
        text = _with_version(text, said)
        words.insert(0, f"version = {said} is written at its top")
    if said < kind.newest:
        text = _stepped(text, kind, said)
    return Migrated(kind, data.get("version"), text, tuple(words))


def _stranger(where: str) -> InputError:
    kinds = "a rack.toml, a catalogue file, a calibration, readings, a fleet.toml, a plan.json"
    return InputError(Problem(where, "is no file that has a version here", allowed=kinds))


def _kind(data: Mapping[str, Any]) -> Format | None:
    tables = {key for key, value in data.items() if isinstance(value, list)}
    if data.get("kind") in KINDS or tables & (set(TABLE_FILES.values()) | {"incomplete"}):
        return FACTS
    return next((kind for kind, keys in _KEYS if keys & data.keys()), None)


def _with_version(text: str, said: int) -> str:
    """Return a text with its version in the first line that is no comment."""
    lines = text.split("\n")
    at = next((i for i, line in enumerate(lines) if not re.match(r"\s*(#|$)", line)), len(lines))
    return "\n".join([*lines[:at], f"version = {said}", *lines[at:]])


def _stepped(text: str, kind: Format, said: int) -> str:
    import tomlkit  # noqa: PLC0415 - only an old file needs it

    made: Any = tomlkit.parse(text)
    for step in kind.steps[said - FIRST :]:
        step.change(made)
    made["version"] = kind.newest
    changed: str = made.as_string()
    tomllib.loads(changed)  # what is written can be read
    return changed


def _json(text: str, where: str) -> Migrated:
    data: Any = read_json(text, where)
    known = {"rack_toml": SIDE, "modules": PLAN}
    kind = next((known[key] for key in known if isinstance(data, dict) and key in data), None)
    if kind is None:
        raise _stranger(where)
    said = version_of(data, kind, where)
    words = [step.words for step in kind.steps[said - FIRST :]]
    if "version" not in data:
        words.insert(0, f'"version": {said} is written at its top')
    made = {"version": kind.newest, **{k: v for k, v in data.items() if k != "version"}}
    for step in kind.steps[said - FIRST :]:
        step.change(made)
    out = json.dumps(made, indent=2, ensure_ascii=False) + "\n" if words else text
    return Migrated(kind, data.get("version"), out, tuple(words))
