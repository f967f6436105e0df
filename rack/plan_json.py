"""Reads a `plan.json` that a build left: what was decided then, as plain data."""

from pathlib import Path
from typing import Any

from catalog.problems import InputError, Problem
from catalog.validate import read_json, read_text
from catalog.versions import PLAN, upgraded

# What a plan cannot be without: that much is looked at, the rest is as a build wrote it.
PARTS: dict[str, type] = {
    "name": str,
    "rack": dict,
    "modules": list,
    "beside": list,
    "power": dict,
    "energy": dict,
    "climate": dict,
    "weight": dict,
    "wiring": dict,
    "warnings": list,
}


def read_plan(path: Path) -> dict[str, Any]:
    """Return a plan as of today's version.

    Args:
        path: a `plan.json`.

    Raises:
        InputError: unreadable, no plan, or of a newer version than this program reads.
    """
    where = str(path)
    data: Any = read_json(read_text(path, where, "JSON in UTF-8"), where)
    if not isinstance(data, dict):
        raise InputError(Problem(where, "is no plan", allowed="a plan.json of `rackpress build`"))
    made: dict[str, Any] = upgraded(data, PLAN, where)
    problems = [
        Problem(where, "is not as a build wrote it", key, nearest="build the rack again")
        for key, kind in PARTS.items()
        if not isinstance(made.get(key), kind)
    ]
    if problems:
        raise InputError(*problems)
    return made
