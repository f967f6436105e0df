"""Which things get in each other's way in a cabinet: cliques of choices that share a space.

Two things at one face always do. Across faces they do if one is of full depth, or both together
are deeper than the cabinet. That is a threshold: what meets a thing meets every deeper one. So the
things at the front at least so deep, with all those at the rear that meet the shallowest of them,
are a clique; these cliques together say all.
"""

from __future__ import annotations

import math
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from packing.cabinet.question import Cabinet, Face, Thing

NEAR_MM = 1e-6


class Choice(NamedTuple):
    """A thing, by its number, at a face of a cabinet."""

    thing: int
    cabinet: int
    face: Face


def choices(thing: Thing, number: int, cabinets: tuple[Cabinet, ...]) -> list[Choice]:
    """Return where a thing can go at all: as wide, deep and high as it is."""
    return [
        Choice(number, c, face)
        for (c, cabinet), face in product(enumerate(cabinets), thing.faces)
        if thing.height_u <= cabinet.height_u
        and (thing.width_mm is None or thing.width_mm <= cabinet.width_mm)
        and (cabinet.depth_mm is None or thing.depth_mm <= cabinet.depth_mm)
    ]


def cliques(
    things: tuple[Thing, ...], cabinet: Cabinet, here: list[Choice]
) -> list[tuple[Choice, ...]]:
    """Return the sets of choices of one cabinet of which no two share a space.

    Args:
        things: all of the question.
        cabinet: one of it.
        here: every choice in that cabinet.
    """
    found: set[frozenset[Choice]] = set()
    for face in ("front", "rear"):
        own = [c for c in here if c.face == face]
        other = [c for c in here if c.face != face]
        for least in {_depth(things[c.thing]) for c in own}:
            deep = [c for c in own if _depth(things[c.thing]) >= least]
            met = [c for c in other if _meets(least, _depth(things[c.thing]), cabinet)]
            found.add(frozenset(deep + met))
    largest = [one for one in found if not any(one < other for other in found)]
    return sorted(tuple(sorted(one)) for one in largest)


def _depth(thing: Thing) -> float:
    return math.inf if thing.full_depth else thing.depth_mm


def _meets(one: float, other: float, cabinet: Cabinet) -> bool:
    if math.isinf(one) or math.isinf(other):
        return True
    return (
        cabinet.depth_mm is not None
        and one + other + cabinet.cable_gap_mm > cabinet.depth_mm + 1e-6
    )
