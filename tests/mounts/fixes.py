"""Does what an error message says, word for word, to the order that it refused."""

import ast
import re
from dataclasses import replace
from typing import Any

from catalog.problems import Problem
from mounts.order import Order
from tests.mounts.kit import catalog

NUMBER = r"(\d+(?:\.\d+)?)"
# `height` and `device` are said in words; these are fields that words stand for.
WORDS = {"largest count in": "rows", "a pitch of": "row_pitch_mm"}
WORDING = "|".join(WORDS)


def fixes(order: Order, problem: Problem) -> list[Order]:
    """Return the order with each of the ways out that a problem names, if a program can follow it.

    Args:
        order: what was refused.
        problem: what was said of it.
    """
    said = re.split(r"; |, or ", problem.nearest)
    tried = [_mended(order, problem, text) for text in said]
    found = [mended for mended in tried if mended is not None]
    if problem.nearest or not problem.allowed:
        return found
    # Where only a limit is said, the limit itself must work.
    if problem.key == "fixing":
        return [_fixed(order, problem.where, problem.allowed)]
    limit = re.match(rf"up to {NUMBER}", problem.allowed)
    if limit and problem.key in order.options:
        return [_set(order, problem.key, float(limit[1]))]
    return []


def _mended(order: Order, problem: Problem, text: str) -> Order | None:
    key, given = problem.key, order.options
    found: Order | None = None
    if "use a 19in rack" in text:
        found = replace(order, rack="19in")
    elif match := re.search(rf"use {NUMBER}U", text):
        found = replace(order, height_u=float(match[1]))
    elif re.search(r"^leave (it|\w+) out", text):
        found = replace(order, options={k: v for k, v in given.items() if k != key})
    elif match := re.match(rf"{NUMBER} with (\w+) = ('[^']*')$", text):
        also = _set(order, match[2], _literal(match[3]))
        found = _set(also, key, _number(match[1], given.get(key, 0)))
    elif " it is " not in text and (match := re.search(r"(\w+) ?= ?('[^']*'|[\w.]+)", text)):
        value, fixing = _literal(match[2]), match[1] == "fixing"
        found = _fixed(order, problem.where, value) if fixing else _set(order, match[1], value)
    elif match := re.search(rf"a heat sink {NUMBER} mm high", text):
        found = _set(order, "sink_mm", (*given["sink_mm"][:2], float(match[1])))
    elif match := re.search(rf"^{NUMBER} x {NUMBER} mm is the largest square", text):
        found = _square(order, key, float(match[1]))
    elif match := re.search(rf"({WORDING}).* {NUMBER}(?: mm)?$", text):
        field = WORDS[match[1]]
        found = _set(order, field, _number(match[2], given.get(field, 0)))
    elif match := re.search(rf"works is {NUMBER}|^use {NUMBER} mm$", text):
        found = _set(order, key, _number(match[1] or match[2], given.get(key, 0.0)))
    return found


def _fixed(order: Order, device: str, value: Any) -> Order:
    """Return the order with another fixing of every board of that name, the first or beside it."""
    beside = order.options.get("beside")
    if isinstance(beside, list):
        rows = [{**row, "fixing": value} if row.get("device") == device else row for row in beside]
        order = _set(order, "beside", rows)
    return _set(order, "fixing", value) if order.device == device else order


def _set(order: Order, key: str, value: Any) -> Order:
    return replace(order, options={**order.options, key: value})


def _literal(text: str) -> Any:
    try:
        return ast.literal_eval(text)
    except (SyntaxError, ValueError):
        return text


def _number(text: str, like: Any) -> float | int:
    return int(text) if isinstance(like, int) and text.isdigit() else float(text)


def _square(order: Order, key: str, side: float) -> Order | None:
    """Return the order with a heat sink, or the catalogue's largest fan, that is no larger."""
    if key == "sink_mm":
        return _set(order, key, (side, side, order.options[key][2])) if side > 0 else None
    fans = [f for f in catalog().fans.values() if f.size_mm <= side]
    largest = max(fans, key=lambda fan: fan.size_mm, default=None)
    return None if largest is None else _set(order, key, largest.id)
