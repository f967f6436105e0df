"""Every mistake of a file at once, each with its line and the name of the thing it is in."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, ParamSpec, TypeVar

from catalog.problems import InputError, Problem
from catalog.toml_lines import TomlPath, key_lines, line_of

P = ParamSpec("P")
T = TypeVar("T")

_STEP = re.compile(r'\[(\d+)\]|"([^"]*)"|([^.\[\]"]+)')
_FIRST = re.compile(r"^(\w+\[\d+\])")


@dataclass(frozen=True)
class SpecProblem(Problem):
    """A problem of a rack.toml that knows what the table it is in is called.

    A person finds `item[2] (nas)` faster than a number; `key` stays the plain path for programs.
    """

    label: str = ""

    def __str__(self) -> str:
        """Write the problem with the name behind the index."""
        named = _FIRST.sub(rf"\1 ({self.label})", self.key) if self.label else self.key
        return str(Problem(self.where, self.what, named, self.line, self.allowed, self.nearest))

    def as_dict(self) -> dict[str, str | int | None]:
        """Return the fields by name, for `--json`."""
        return {**super().as_dict(), "label": self.label}


class Gathering:
    """Goes on after a problem and raises all of them at the end."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def tried(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T | None:
        """Return what `work` returns, or `None` after keeping the problems it raised."""
        try:
            return work(*args, **kwargs)
        except InputError as error:
            self.problems += error.problems
            return None

    def settled(self, value: T | None) -> T:
        """Return a value that is there unless something went wrong, or raise what did.

        Raises:
            InputError: every problem, each once.
        """
        self.done()
        assert value is not None, "nothing is missing where no problem was found"
        return value

    def done(self) -> None:
        """Raise what was gathered, if anything.

        Raises:
            InputError: every problem, each once.
        """
        if self.problems:
            raise InputError(*dict.fromkeys(self.problems))


def located(problems: Iterable[Problem], data: dict[str, Any], text: str) -> InputError:
    """Return the problems of one file with line and name, in the file's order, to be raised.

    Args:
        problems: what is wrong.
        data: the file's content.
        text: the file's text, which `data` was read from.
    """
    lines = key_lines(text)
    found: list[SpecProblem] = []
    for p in dict.fromkeys(problems):
        path = path_of(p.key)
        line = p.line or line_of(lines, path) or 1
        label = _label(data, path)
        found.append(SpecProblem(p.where, p.what, p.key, line, p.allowed, p.nearest, label))
    return InputError(*sorted(found, key=lambda p: (p.line or 0, p.key)))


def path_of(key: str) -> TomlPath:
    """Return the path that a key such as `item[2].height` means."""
    return tuple(int(n) if n else quoted or bare for n, quoted, bare in _STEP.findall(key))


def _label(data: dict[str, Any], path: TomlPath) -> str:
    """Return the name of the table a path is in, or of the device in it."""
    if len(path) < 2 or not isinstance(path[1], int):
        return ""
    tables: Any = data.get(str(path[0]))
    table: Any = tables[path[1]] if isinstance(tables, list) and path[1] < len(tables) else None
    if not isinstance(table, dict):
        return ""
    for key in ("name", "device"):
        value: Any = table.get(key)
        if isinstance(value, str) and value.isprintable() and 0 < len(value) <= 40:
            return value
    return ""
