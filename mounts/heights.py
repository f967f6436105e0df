"""The height of a part that hangs in a rack: as asked for, or the smallest that works."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from catalog.models import Fact
from catalog.problems import InputError, Problem
from catalog.validate import parse
from mounts.parts.frame_spec import FrameSpec

TALLEST_U = 12.0

Make = Callable[[type[Fact], dict[str, Any], str], Fact]


def of_height(spec: type[Fact], fields: dict[str, Any], height_u: float | None, where: str) -> Fact:
    """Return a spec at the height that is asked for, or at the smallest that works, in half units.

    Args:
        spec: what a part is made to.
        fields: of it, as far as they are given.
        height_u: in U; the smallest that works if not given.
        where: option or file named in errors.

    Raises:
        InputError: it does not fit, or fields do not go together.
    """
    made = _frame if spec is FrameSpec else parse
    if height_u is None:
        return _smallest(spec, fields, where, made)
    try:
        return made(spec, {**fields, "height_u": height_u}, where)
    except InputError as error:
        told = [_with_height(p, spec, fields, where, made) for p in error.problems]
        raise InputError(*told) from None


def _frame(spec: type[Fact], fields: dict[str, Any], where: str) -> Fact:
    """Return a frame, what is not said of its sleds chosen."""
    from mounts.densest import settled  # noqa: PLC0415 - only frames need it

    return parse(spec, settled(fields), where)


def _smallest(spec: type[Fact], fields: dict[str, Any], where: str, made: Make) -> Fact:
    """Return the spec of the smallest height that works."""
    height = 1.0 if "device" not in fields else 0.5
    while True:
        try:
            return made(spec, {**fields, "height_u": height}, where)
        except InputError as error:
            # A height that was not asked for is no mistake of the user's.
            others = [p for p in error.problems if p.key != "height"]
            if others:
                raise InputError(*others) from None
            if height >= TALLEST_U:
                raise
        height += 0.5


def _with_height(
    problem: Problem, spec: type[Fact], fields: dict[str, Any], where: str, made: Make
) -> Problem:
    """Return a frame's problem of height that names none with the lowest height that would do."""
    if spec is not FrameSpec or problem.key != "height" or problem.nearest:
        return problem
    try:
        least = _smallest(spec, fields, where, made)
    except InputError:
        return replace(problem, nearest="fewer of them, or two frames")
    return replace(problem, nearest=f"use {getattr(least, 'height_u'):g}U")  # noqa: B009
