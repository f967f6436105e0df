"""Mistakes on the command line itself: unknown options and commands, missing and wrong values."""

from collections.abc import Callable
from typing import Any

import click

from catalog.problems import InputError, Problem, did_you_mean


def explained(error: click.UsageError) -> InputError:
    """Return click's complaint as one of ours: where, what, what is allowed, the nearest fix.

    Args:
        error: what click says.
    """
    for kind, words in _KINDS:
        if isinstance(error, kind):
            found = words(error)
            if found is not None:
                return found
    what = error.format_message().rstrip(".")
    what = what[:1].lower() + what[1:]
    return _one(_path(error.ctx), what, nearest=_example(error.ctx))


def _no_option(error: click.NoSuchOption) -> InputError:
    near = did_you_mean(error.option_name, _options(error.ctx))
    return _one(error.option_name, "no such option", nearest=near)


def _missing(error: click.MissingParameter) -> InputError | None:
    if error.param is None:
        return None
    return _one(_shown(error.param), "is missing", nearest=_example(error.ctx))


def _no_value(error: click.BadOptionUsage) -> InputError:
    return _one(error.option_name, "needs a value", nearest=_example(error.ctx))


def _bad_value(error: click.BadParameter) -> InputError | None:
    if error.param is None:
        return None
    where, param = _shown(error.param), error.param
    if isinstance(param.type, click.Choice):
        choices = [str(choice) for choice in param.type.choices]
        written = error.message.split("'")[1] if error.message.count("'") > 1 else ""
        near = did_you_mean(written, choices)
        return _one(where, f"{written!r} is not a choice", ", ".join(choices), near)
    what = error.message.rstrip(".")
    return _one(where, what[:1].lower() + what[1:], nearest=_example(error.ctx))


def _no_command(error: click.UsageError) -> InputError | None:
    group, words = error.ctx and error.ctx.command, error.message.split("'")
    if not isinstance(group, click.Group) or error.ctx is None or len(words) < 3:
        return None
    if not error.message.startswith("No such command"):
        return None
    known = group.list_commands(error.ctx)
    return _one(words[1], "no such command", ", ".join(known), did_you_mean(words[1], known))


_KINDS: tuple[tuple[type[click.UsageError], Callable[[Any], InputError | None]], ...] = (
    (click.NoSuchOption, _no_option),
    (click.MissingParameter, _missing),
    (click.BadParameter, _bad_value),
    (click.BadOptionUsage, _no_value),
    (click.UsageError, _no_command),
)


def _one(where: str, what: str, allowed: str = "", nearest: str = "") -> InputError:
    return InputError(Problem(where, what, allowed=allowed, nearest=nearest))


def _options(context: click.Context | None) -> list[str]:
    if context is None:
        return []
    params = context.command.get_params(context)
    return [name for p in params if isinstance(p, click.Option) for name in p.opts]


def _shown(param: click.Parameter) -> str:
    if isinstance(param, click.Option):
        return max(param.opts, key=len)
    return param.human_readable_name


def _path(context: click.Context | None) -> str:
    return context.command_path if context else "rackpress"


def _example(context: click.Context | None) -> str:
    """Return the first example of the command's help."""
    epilog = (context.command.epilog if context else None) or ""
    lines = [line.strip() for line in epilog.splitlines()]
    first = next((line for line in lines if line.startswith("rackpress ")), "")
    return f"such as: {first}" if first else ""
