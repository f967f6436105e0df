"""What every command shares: exit codes, talk on stderr, data on stdout, errors made plain."""

import functools
import json
import sys
from collections.abc import Callable, Mapping
from enum import IntEnum
from pathlib import Path
from typing import Any, NamedTuple, NoReturn, ParamSpec, TypeVar

import click

from catalog.problems import InputError, Problem, RackpressError, ToolMissing

P = ParamSpec("P")
R = TypeVar("R")


class Exit(IntEnum):
    """What a command's exit code means."""

    FINE = 0
    CHECK_FAILED = 1
    WRONG_INPUT = 2
    TOOL_MISSING = 3
    STOPPED = 130  # as shells count a program that ^C ended: 128 + SIGINT


class Told(NamedTuple):
    """What a command has to tell: for JSON, for people, for the shell, and for stderr.

    Args:
        record: plain data.
        text: the same in words.
        code: how it went.
        talk: for stderr, if anything.
        error: why there is nothing to tell.
    """

    record: dict[str, Any]
    text: str
    code: Exit = Exit.FINE
    talk: str = ""
    error: RackpressError | None = None


def say(text: str) -> None:
    """Talk to the person: stderr, so that stdout stays data. Silent under `--quiet`."""
    context = click.get_current_context(silent=True)
    if context is None or not context.find_root().params.get("quiet", False):
        click.echo(text, err=True)


def give(record: Mapping[str, Any], text: str, as_json: bool) -> None:
    """Print a result on stdout, as one JSON document or as text."""
    click.echo(json.dumps(record, indent=2, ensure_ascii=False) if as_json else text)


def json_option(command: Callable[P, R]) -> Callable[P, R]:
    """Add `--json` as parameter `as_json`."""
    option = click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
    return option(command)


def catalog_option(command: Callable[P, R]) -> Callable[P, R]:
    """Add `--catalog DIR` as parameter `catalog_dir`."""
    return click.option(
        "--catalog",
        "catalog_dir",
        metavar="DIR",
        envvar="RACKPRESS_CATALOG",
        help="Your own folder of facts, laid over the built-in ones.",
    )(command)


def calibration_option(
    words: str = "How your printer prints, from `rackpress calibrate`.", envvar: str | None = None
) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Add `--calibration FILE` as parameter `calibration`.

    Args:
        words: what it is good for.
        envvar: where it is found if not given.
    """
    return click.option("--calibration", metavar="FILE", envvar=envvar, help=words)


def reports_errors(command: Callable[P, R]) -> Callable[P, R]:
    """Turn errors raised on purpose into a message and the right exit code."""

    @functools.wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return command(*args, **kwargs)
        except RackpressError as error:
            context = click.get_current_context(silent=True)
            fail(error, context is not None and context.params.get("as_json", False))

    return run


def fail(error: RackpressError, as_json: bool) -> NoReturn:
    """Report an error raised on purpose and exit with its code.

    Args:
        error: what is wrong.
        as_json: print it on stdout as JSON too.
    """
    if as_json:
        click.echo(json.dumps({"problems": problems_of(error)}, indent=2, ensure_ascii=False))
    complain(error)
    sys.exit(code_of(error))


def problems_of(error: RackpressError) -> list[dict[str, Any]]:
    """Return what is wrong as plain data, for `--json`."""
    if isinstance(error, InputError):
        return [problem.as_dict() for problem in error.problems]
    return [{"what": str(error)}]


def code_of(error: RackpressError) -> Exit:
    """Return the exit code of an error raised on purpose."""
    if isinstance(error, InputError):
        return Exit.WRONG_INPUT
    return Exit.TOOL_MISSING if isinstance(error, ToolMissing) else Exit.CHECK_FAILED


def complain(error: RackpressError) -> None:
    """Say on stderr what is wrong; `--quiet` does not silence errors."""
    for line in str(error).split("\n"):
        shown = printable(line)
        click.echo(shown if line.startswith("  hint:") else f"error: {shown}", err=True)


def printable(text: str) -> str:
    """Write control characters as escapes: no file name or key gets to steer a terminal."""
    return "".join(c if c >= " " and not "\x7f" <= c <= "\x9f" else repr(c)[1:-1] for c in text)


def glance(*names: str) -> None:
    """Refuse TOML files that no reader should be given, before anything heavy is loaded.

    Args:
        names: files; what is none, or none of TOML, is left to what reads it.

    Raises:
        InputError: too big, too deep, or not TOML: what their reader would say too.
    """
    from catalog.validate import read_toml  # noqa: PLC0415 - help stays quick

    for name in names:
        path = Path(name)
        if path.suffix != ".json" and path.is_file():
            read_toml(path, str(path))


def wrong(option: str, what: str, allowed: str = "", nearest: str = "") -> InputError:
    """Return the error for a bad option, to be raised by the caller."""
    return InputError(Problem(option, what, allowed=allowed, nearest=nearest))
