"""Reads a TOML file and turns it into a record, naming everything that is wrong at once.

Shared by the catalogue's own files, a user's overlay, and `rack.toml`.
"""

import difflib
import json
import re
import tomllib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from catalog.bounded import FACTS_MARKS, MOST_MARKS, too_much
from catalog.origin import note
from catalog.problems import InputError, Problem
from catalog.toml_lines import TomlPath, key_lines, line_of
from catalog.versions import FACTS, Format, upgraded, version_of

MAX_BYTES = (
    5_000_000  # hundreds of times the longest file here; more is not a description of a rack
)

Model = TypeVar("Model", bound=BaseModel)
Value = TypeVar("Value")


class Wrong(ValueError):  # noqa: N818 - reads as what it says: raise Wrong("…")
    """Raised inside a model's validator: what is wrong, what is allowed, the nearest fix.

    Args:
        what: what is wrong, as a phrase without a full stop.
        allowed: what would be allowed.
        nearest: the smallest change that works.
    """

    def __init__(self, what: str, allowed: str = "", nearest: str = "") -> None:
        self.what = what
        self.allowed = allowed
        self.nearest = nearest
        super().__init__(what)


def of_version(known: Format) -> Callable[[Any], int]:
    """Make a check of a file's `version`, fit for pydantic's `BeforeValidator`.

    A later format is refused by saying so, and so is `true` for 1. Files are brought to today's
    version when they are read (`read_versioned`); this holds for what never was a file.

    Args:
        known: what kind of file it is.
    """

    def read(value: Any) -> int:
        try:
            said = version_of({"version": value}, known, "")
        except InputError as error:
            first = error.problems[0]
            raise Wrong(first.what, first.allowed, first.nearest) from None
        if said != known.newest:
            msg = f"version {said} is an old one"
            raise Wrong(msg, str(known.newest), "rackpress migrate")
        return said

    return read


def reads(reader: Callable[[Any, str, str], Value]) -> Callable[[Any], Value]:
    """Make a reader of `catalog.units` fit for pydantic's `BeforeValidator`.

    Args:
        reader: takes a value, a place and a key; raises `InputError`.
    """

    def read(value: Any) -> Value:
        if isinstance(value, bool) or not isinstance(value, (str, int, float)):
            msg = f"{value!r} is neither a number nor text"
            raise Wrong(msg)
        try:
            return reader(value, "", "")
        except InputError as error:
            first = error.problems[0]
            raise Wrong(first.what, first.allowed, first.nearest) from None

    return read


def read_toml(path: Path, where: str, most: int = MOST_MARKS) -> tuple[dict[str, Any], str]:
    """Read a TOML file and return its content and its text.

    Args:
        path: the file.
        where: how to name it in an error.
        most: keys, values and tables that it may have.

    Raises:
        InputError: unreadable, too big, too deep, not UTF-8 text, or not TOML.
    """
    text = read_text(path, where)
    much = too_much(text, where, most)
    if much is not None:
        raise InputError(much)
    try:
        return tomllib.loads(text), text
    except RecursionError:
        raise InputError(Problem(where, "the lists or tables are nested too deeply")) from None
    except ValueError as error:  # TOMLDecodeError, and int()'s limit on digits
        raise InputError(_syntax_problem(str(error), text, where)) from None


def read_versioned(path: Path, where: str, known: Format) -> tuple[dict[str, Any], str]:
    """Read a TOML file of any version as of today's; return its content and its text.

    Args:
        path: the file.
        where: how to name it in an error.
        known: what kind of file it is.

    Raises:
        InputError: see `read_toml`; of a newer version, or of none.
    """
    data, text = read_toml(path, where, FACTS_MARKS if known is FACTS else MOST_MARKS)
    try:
        return upgraded(data, known, where), text
    except InputError as error:
        line = line_of(key_lines(text), ("version",))
        raise InputError(*(replace(p, line=line) for p in error.problems)) from None


def parse(
    model: type[Model], data: dict[str, Any], where: str, text: str = "", at: TomlPath = ()
) -> Model:
    """Make a record of a file's content.

    Args:
        model: the record's class.
        data: the content.
        where: how to name the file in an error.
        text: the file's text, to find lines in.
        at: where in the file `data` stands, for an entry of a table.

    Raises:
        InputError: one problem for each thing that is wrong.
    """
    try:
        return model.model_validate(data)
    except ValidationError as error:
        from catalog.explain import Place, explain  # noqa: PLC0415 - only when something is wrong

        raise InputError(*explain(model, data, error, Place(where, text, at))) from None


def read_json(text: str, where: str) -> Any:
    """Return what a text of JSON holds.

    Args:
        text: the file's.
        where: how to name it in an error.

    Raises:
        InputError: not JSON, or nested too deep to read.
    """
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InputError(Problem(where, f"is not JSON: {error}")) from None


def read_text(path: Path, where: str, allowed: str = "TOML in UTF-8", most: int = MAX_BYTES) -> str:
    """Return a file's text.

    Args:
        path: the file.
        where: how to name it in an error.
        allowed: what it should be.
        most: bytes that it may have.

    Raises:
        InputError: unreadable, over `most` bytes, or not UTF-8 text.
    """
    limit = f"up to {most // 1_000_000} MB"
    try:
        if path.is_dir():
            raise InputError(Problem(where, "is a folder, not a file"))
        if path.stat().st_size > most:
            size = f"{path.stat().st_size / 1e6:.1f} MB"
            raise InputError(Problem(where, f"is too big ({size})", allowed=limit))
        with path.open("rb") as file:  # a device has no size, and no end
            raw = file.read(most + 1)
        if len(raw) > most:
            raise InputError(Problem(where, "is too big", allowed=limit))
    except FileNotFoundError:
        raise InputError(Problem(where, "no such file", nearest=_near_file(path))) from None
    except (OSError, ValueError) as error:  # ValueError: a path with a null character
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError(Problem(where, f"cannot be read: {reason}")) from None
    note(path, raw)
    if b"\0" in raw:
        raise InputError(Problem(where, "is not a text file", allowed=allowed))
    try:
        return raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        what = f"byte {raw[error.start]:#04x} is not UTF-8 text"
        hint = "save it as UTF-8"
        raise InputError(Problem(where, what, "", line, allowed, hint)) from None


def _near_file(path: Path) -> str:
    try:
        names = sorted(other.name for other in path.parent.iterdir())
    except OSError:
        return f"there is no folder {path.parent}"
    near = difflib.get_close_matches(path.name, names, n=1)
    return f"did you mean {near[0]!r}?" if near else ""


def _syntax_problem(message: str, text: str, where: str) -> Problem:
    match = re.search(r"\(at (?:line (\d+), column (\d+)|end of document)\)", message)
    what = re.sub(r"\s*\(at .*\)$", "", message)
    what = "not valid TOML: " + what[:1].lower() + what[1:]
    if match is None:
        return Problem(where, what)
    if match[1] is None:
        return Problem(where, what, "", text.count("\n") + 1, nearest="the file ends too early")
    line = int(match[1])
    written = text.split("\n")[line - 1].strip()
    hint = f"look at column {match[2]} of: {written[:80]}" if written else ""
    if re.fullmatch(r"[\w.-]+\s*=\s*[A-Za-z][^\"'\[\]{}#]*", written):
        hint += "; text stands in quotes"
    return Problem(where, what, "", line, nearest=hint)
