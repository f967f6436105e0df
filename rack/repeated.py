"""`times` of an item: the same mount several times, or as often as it finds room.

What is counted is written out as items of their own, so that nothing after it has to count; where
each came from is kept for errors.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from catalog.models import Fact
from catalog.problems import InputError, Problem
from mounts.panel import PanelSpec
from rack.cabinets import Cabinet
from rack.items import Setting, height_of, labels
from rack.packed import places
from rack.spec import Item, RackSpec

_INDEX = re.compile(r"^item\[(\d+)\]")


def repeated(spec: RackSpec) -> tuple[RackSpec, list[int]]:
    """Return a rack with every mount written out, and the item of the file that each is of.

    What is wanted as often as it finds room stands there once, behind all others.

    Args:
        spec: the rack as written.
    """
    if all(item.times == 1 for item in spec.items):
        return spec, [*range(len(spec.items))]
    names = labels(spec.items)
    found: list[tuple[int, Item]] = []
    last: list[tuple[int, Item]] = []
    for index, (name, item) in enumerate(zip(names, spec.items, strict=True)):
        if item.times == "max":
            last.append((index, item.model_copy(update={"name": _name(name, 1)})))
        else:
            found += [(index, one) for one in _copies(item, name, range(1, item.times + 1))]
    every = [*found, *last]
    counted = {name: _names(item, name) for name, item in zip(names, spec.items, strict=True)}
    own = spec.model_copy(update={"items": tuple(item for _, item in every)})
    return _fed(own, counted), [index for index, _ in every]


def _names(item: Item, name: str) -> list[str]:
    if item.times == 1:
        return [name]
    many = 1 if item.times == "max" else item.times
    return [_name(name, n) for n in range(1, many + 1)]


def _name(name: str, number: int) -> str:
    """Return the name of one of several mounts, such as a file may have it."""
    return f"{re.sub('[^a-z0-9-]', '-', name)[:36]}-{number}"


def _copies(item: Item, name: str, numbers: Sequence[int]) -> list[Item]:
    if item.times == 1:
        return [item]
    return [item.model_copy(update={"name": _name(name, n), "times": 1}) for n in numbers]


def _fed(spec: RackSpec, counted: dict[str, list[str]]) -> RackSpec:
    """Return a rack in which what feeds a mount feeds all of its copies."""

    def all_of(feeds: Sequence[str]) -> tuple[str, ...]:
        return tuple(one for name in feeds for one in counted.get(name, [name]))

    def each(listed: Sequence[Any]) -> tuple[Any, ...]:
        return tuple(one.model_copy(update={"feeds": all_of(one.feeds)}) for one in listed)

    update: dict[str, Any] = {
        "supplies": each(spec.supplies),
        "power_boards": each(spec.power_boards),
        "ups": each([spec.ups])[0] if spec.ups else None,
    }
    return spec.model_copy(update=update)


def as_many(
    spec: RackSpec,
    parts: Sequence[Fact | None],
    cabinets: Sequence[Cabinet],
    at: Setting,
    origin: list[int],
) -> tuple[RackSpec, list[Fact | None]]:
    """Return a rack with as many of each mount as find room, the first of them before the next.

    Args:
        spec: of `repeated`.
        parts: of each item the spec of its part.
        cabinets: those of the file.
        at: what all items share.
        origin: of `repeated`; grows by the item of the file that each new one is of.
    """
    made = list(parts)
    for index, item in enumerate(spec.items):
        part = made[index]
        if item.times != "max" or part is None:
            continue
        few, none = 1, 1 + most_of(part, cabinets, at, f"item[{index}]")
        while none - few > 1:
            middle = (few + none) // 2
            tried, own = _with(spec, made, index, middle)
            fits = _stands(tried, own, cabinets, at)
            few, none = (middle, none) if fits else (few, middle)
        spec, made = _with(spec, made, index, few)
        origin += [origin[index]] * (few - 1)
    return spec, made


def most_of(part: Fact, cabinets: Sequence[Cabinet], at: Setting, key: str) -> int:
    """Return how many of a mount there can be at one face of all cabinets: 1 at least.

    Args:
        part: its spec.
        cabinets: those of the file.
        at: what all items share.
        key: dotted path of the item.

    Raises:
        InputError: it stands beside the rack, where nothing counts it.
    """
    if not isinstance(part, PanelSpec):
        what = "it stands beside the rack, where as many as you like find room"
        raise InputError(Problem(at.where, what, f"{key}.times", nearest="write how many"))
    return max(1, sum(int(one.height_u / height_of(part)) for one in cabinets))


def _with(
    spec: RackSpec, parts: Sequence[Fact | None], index: int, many: int
) -> tuple[RackSpec, list[Fact | None]]:
    """Return a rack with so many of one mount, the others behind all items."""
    item = spec.items[index]
    name = (item.name or "").removesuffix("-1")
    first, *more = _copies(item, name, range(1, many + 1))
    items = [*spec.items[:index], first, *spec.items[index + 1 :], *more]
    own = spec.model_copy(update={"items": tuple(items)})
    counted = {f"{name}-1": [one.name or "" for one in (first, *more)]}
    return _fed(own, counted), [*parts, *[parts[index]] * (many - 1)]


def _stands(
    spec: RackSpec, parts: Sequence[Fact | None], cabinets: Sequence[Cabinet], at: Setting
) -> bool:
    """Say whether all find a place."""
    try:
        places(spec, parts, cabinets, at)
    except InputError:
        return False
    return True


def in_the_file(problem: Problem, origin: Sequence[int]) -> Problem:
    """Return a problem with the item of the file that it is about.

    Args:
        problem: of an item that was written out.
        origin: of `repeated`.
    """
    found = _INDEX.match(problem.key)
    if found is None:
        return problem
    return replace(problem, key=f"item[{origin[int(found[1])]}]{problem.key[found.end() :]}")


def at_most(
    spec: RackSpec, parts: Sequence[Fact | None], cabinets: Sequence[Cabinet], at: Setting
) -> tuple[RackSpec, list[Fact | None], set[int]]:
    """Return a rack with as many of each mount as there can be, and which of them may stay out.

    Args:
        spec: of `repeated`.
        parts: of each item the spec of its part.
        cabinets: those of the file.
        at: what all items share.
    """
    made, optional = list(parts), set[int]()
    for index, item in enumerate(spec.items):
        part = made[index]
        if item.times == "max" and part is not None:
            before = len(made)
            many = most_of(part, cabinets, at, f"item[{index}]")
            spec, made = _with(spec, made, index, many)
            optional |= {*range(before, len(made))}
    return spec, made, optional
