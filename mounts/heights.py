"""The height of a part that hangs in a rack: as asked for, or the smallest that works."""

from dataclasses import replace
from typing import Any

from catalog.models import Fact
from catalog.problems import InputError, Problem
from catalog.validate import parse
from mounts.parts.frame_spec import FrameSpec

TALLEST_U = 12.0
FEWER = "fewer of them, or two frames"


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
    if height_u is None:
        try:
            return _smallest(spec, fields, where)
        except InputError as error:
            told = [
                p if p.key != "height" or p.nearest else replace(p, nearest=FEWER)
                for p in error.problems
            ]
            raise InputError(*told) from None
    fields = {**fields, "height_u": height_u}
    if spec is not FrameSpec:
        return parse(spec, fields, where)
    try:
        return _frame(fields, where)
    except InputError as error:
        raise InputError(*(_with_height(p, fields, where) for p in error.problems)) from None


def _made(spec: type[Fact], fields: dict[str, Any], where: str) -> Fact:
    return _frame(fields, where, why=False) if spec is FrameSpec else parse(spec, fields, where)


def _frame(fields: dict[str, Any], where: str, *, why: bool = True) -> Fact:
    """Return a frame, what is not said of its sleds chosen."""
    from mounts.densest import draft, is_open, settled  # noqa: PLC0415 - only frames need it

    open_ = is_open(fields)
    if fields.get("count") == "max":  # as many as fit, as where no count is given
        fields = {key: value for key, value in fields.items() if key != "count"}
    if open_:
        checked = parse(draft(), fields, where)
        known = {key: getattr(checked, key) for key in checked.model_fields_set}
        fields = settled(known, why=why)
    return parse(FrameSpec, fields, where)


def _smallest(spec: type[Fact], fields: dict[str, Any], where: str, over_u: float = 0.0) -> Fact:
    """Return the spec of the smallest height over another that works."""
    if over_u >= TALLEST_U:
        raise InputError(Problem(where, "no frame is higher", "height"))
    height = over_u + 0.5 if over_u or "device" in fields else 1.0
    while True:
        try:
            return _made(spec, {**fields, "height_u": height}, where)
        except InputError as error:
            # A height that was not asked for is no mistake of the user's.
            others = [p for p in error.problems if p.key != "height"]
            if others:
                raise InputError(*others) from None
            if height >= TALLEST_U:
                raise
        height += 0.5


def _with_height(problem: Problem, fields: dict[str, Any], where: str) -> Problem:
    """Return a frame's problem of height that names none with the lowest height that would do."""
    if problem.key != "height" or problem.nearest:
        return problem
    try:
        least = _smallest(FrameSpec, fields, where, fields["height_u"])
    except InputError:
        return replace(problem, nearest=FEWER)
    return replace(problem, nearest=f"use {getattr(least, 'height_u'):g}U")  # noqa: B009
