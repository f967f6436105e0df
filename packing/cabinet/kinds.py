"""What differs by name only: things and cabinets that may as well be taken in order."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import fields
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from packing.cabinet.question import Cabinet, Question, Thing


def alike(asked: Question) -> list[tuple[int, int]]:
    """Return pairs of things, by number, that differ by name only and that no wish names."""
    named = {name for wish in asked.wishes for name in wish.things}
    named |= {name for cable in asked.cables for name in (cable.one, cable.other)}
    kinds: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for number, thing in enumerate(asked.things):
        if thing.name not in named:
            kinds[_but_name(thing)].append(number)
    return [pair for numbers in kinds.values() for pair in pairwise(numbers)]


def same_cabinets(asked: Question) -> list[tuple[int, int]]:
    """Return pairs of neighbours, by number, that differ by name only and that no wish names."""
    named = {getattr(wish, "cabinet", None) for wish in asked.wishes}
    return [
        (i, j)
        for (i, one), (j, other) in pairwise(enumerate(asked.cabinets))
        if _but_name(one) == _but_name(other) and not {one.name, other.name} & named
    ]


def _but_name(record: Thing | Cabinet) -> tuple[object, ...]:
    return tuple(getattr(record, f.name) for f in fields(record) if f.name != "name")
