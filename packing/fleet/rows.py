"""Modules that are one row of boards on edge, of one kind or of two, filled as far as they go."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import NamedTuple

from packing.fleet.question import Module
from packing.row import fit


class Board(NamedTuple):
    """A kind of board in a row: its name, thickness with its own air, and the rows it needs, U."""

    name: str
    pitch_mm: float
    height_u: float


def row_modules(boards: Sequence[Board], width_mm: float, cost: int = 0) -> list[Module]:
    """Return every full row of one kind, and of two kinds of one height.

    Rows of three kinds or more are not made: a bound is over the modules that there are.

    Args:
        boards: the kinds; those of one height may share a row.
        width_mm: inside the module.
        cost: of each module.
    """
    found = [
        Module(b.name, b.height_u, {b.name: n}, cost=cost)
        for b in boards
        if (n := fit(width_mm, b.pitch_mm))
    ]
    for one, other in combinations(boards, 2):
        if one.height_u != other.height_u:
            continue
        for many in range(1, fit(width_mm, one.pitch_mm) + 1):
            rest = fit(width_mm - many * one.pitch_mm, other.pitch_mm)
            if rest:
                name = f"{many} {one.name} + {rest} {other.name}"
                holds = {one.name: many, other.name: rest}
                found.append(Module(name, one.height_u, holds, cost=cost))
    return found
