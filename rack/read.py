"""From a file to a plan, or to everything that is wrong with the file."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from catalog.calibration import Calibration
from catalog.load import Catalog
from catalog.problems import InputError, Problem
from catalog.validate import parse, read_versioned
from catalog.versions import RACK
from rack.bom.table import prices_beside
from rack.devices import find
from rack.gather import Gathering, located
from rack.items import Setting, item_parts, rack_of
from rack.plan import Plan, make_plan
from rack.spec import Item, RackSpec

MOST = 200  # entries looked at once the form is wrong already: as many as a right file may have


def plan_file(path: Path, catalog: Catalog, calibration: Calibration | None = None) -> Plan:
    """Read a `rack.toml` and decide every place and part.

    Args:
        path: the file.
        catalog: facts.
        calibration: how the printer prints, in place of the file that the rack names.

    Raises:
        InputError: everything that is wrong, each with file, line, key and nearest fix.
    """
    where = str(path)
    data, text = read_versioned(path, where, RACK)
    try:
        try:
            spec = parse(RackSpec, data, where, text)
        except InputError as error:
            raise InputError(*error.problems, *_beyond(data, catalog, where)) from None
        plan = make_plan(spec, catalog, where, calibration)
    except InputError as error:
        raise located(error.problems, data, text) from None
    return replace(plan, prices=prices_beside(path))


def _beyond(data: dict[str, Any], catalog: Catalog, where: str) -> list[Problem]:
    """Return what else is wrong in a file whose form is wrong already: names, and what fits not.

    So one run tells all, and nobody mends one thing only to hear of the next. Where things go is
    not asked: an item that cannot be read might be the one that is in the way.
    """
    found = Gathering()
    rack = data.get("rack")
    at = Setting(catalog, rack if isinstance(rack, str) else "", where)
    known = isinstance(rack, str) and found.tried(rack_of, at) is not None
    _names(found, data, "printer", (catalog.printer, where))
    _names(found, data, "material", (catalog.material, where))
    _names(found, data, "candidates", (partial(find, catalog), where))
    good: list[tuple[int, Item]] = []
    for index, table in enumerate(_tables(data)):
        try:
            good.append((index, Item.model_validate(table)))
        except ValidationError:
            if isinstance(table, dict):
                _names(found, table, "device", (partial(find, catalog), where), f"item[{index}].")
                _names(found, table, "hat", (catalog.hat, where), f"item[{index}].")
    item_parts(good, at, found, whole=known)
    return found.problems


def _tables(data: dict[str, Any]) -> list[Any]:
    items = data.get("item")
    return items[:MOST] if isinstance(items, list) else []


def _names(
    found: Gathering,
    table: dict[str, Any],
    key: str,
    look: tuple[Callable[..., Any], str],
    prefix: str = "",
) -> None:
    """Look up a name, or each name of a list; anything else was complained of before."""
    finder, where = look
    value: Any = table.get(key)
    entries = [(key, value)]
    if isinstance(value, list):
        entries = [(f"{key}[{i}]", one) for i, one in enumerate(value[:MOST])]
    for path, one in entries:
        if isinstance(one, str) and 0 < len(one) <= 60:
            found.tried(finder, one, where=where, key=prefix + path)
