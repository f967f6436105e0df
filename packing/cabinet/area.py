"""Heights times widths of what shares a space: rows of weights that stay below the top."""

from __future__ import annotations

from math import gcd
from typing import TYPE_CHECKING

from packing.cabinet.grid import halves, taken, there

if TYPE_CHECKING:
    from packing.cabinet.faces import Choice
    from packing.cabinet.question import Question

_PARTS = (1, 2, 3, 4)  # dual feasible functions worth their rows: halves to fifths of the width
Row = tuple[tuple[int, ...], int]


def rows_of(asked: Question, cabinet: int, clique: tuple[Choice, ...]) -> list[Row]:
    """Return rows (weights, whole): weights of what is in add up to at most whole × top.

    With u(w) in place of the width as well, for every dual feasible function u: for k parts,
    u(w) is floor((k + 1) w) / k of the whole, or w itself where (k + 1) w is whole (Fekete and
    Schepers 2001). k = 1 says that of what is wider than half nothing stands side by side.

    Args:
        asked: the question.
        cabinet: the number of one of it.
        clique: choices there of which no two share a space.
    """
    room, _ = widths(asked, cabinet, 0)
    wide = [widths(asked, cabinet, c.thing)[1] for c in clique]
    high = [halves(asked.things[c.thing].height_u) for c in clique]
    scaled = [(wide, room)] + [([_dual(w, room, k) for w in wide], k * (k + 1)) for k in _PARTS]
    rows: set[Row] = set()
    for weights, whole in scaled:
        terms = [w * h for w, h in zip(weights, high, strict=True)]
        shared = gcd(whole, *terms)
        rows.add((tuple(term // shared for term in terms), whole // shared))
    return sorted(rows)


def widths(asked: Question, cabinet: int, thing: int) -> tuple[int, int]:
    """Return the room across and what a thing takes of it, each with one gap, tenths of mm."""
    gap, wide = asked.cabinets[cabinet].side_gap_mm, asked.things[thing].width_mm
    room = there(asked.cabinets[cabinet].width_mm + gap)
    return room, room if wide is None else min(room, taken(wide + gap))


def _dual(width: int, room: int, k: int) -> int:
    """Return u(width) in parts of which k(k + 1) are the whole."""
    parts, rest = divmod((k + 1) * width, room)
    return k * parts if rest == 0 else (k + 1) * parts
