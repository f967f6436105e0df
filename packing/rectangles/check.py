"""Checks a layout of rectangles without the code that made it: pair by pair, whole numbers only."""

from __future__ import annotations

from collections import Counter
from itertools import combinations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from packing.rectangles.question import Sheet, Spot


def violations(sheet: Sheet, spots: tuple[Spot, ...]) -> list[str]:
    """Return what is wrong with a layout, in words; nothing if it is one."""
    wrong: list[str] = []
    boxes: list[tuple[int, int, int, int]] = []
    for spot in spots:
        if not 0 <= spot.piece < len(sheet.pieces):
            return [f"there is no piece {spot.piece}"]
        piece = sheet.pieces[spot.piece]
        wide, high = (piece.high, piece.wide) if spot.turned else (piece.wide, piece.high)
        if spot.turned and not sheet.turn:
            wrong.append(f"{spot} may not lie turned")
        boxes.append((spot.x, spot.y, spot.x + wide, spot.y + high))
        if spot.x < 0 or spot.y < 0 or spot.x + wide > sheet.wide or spot.y + high > sheet.high:
            wrong.append(f"{spot} stands out")
    for (one, a), (other, b) in combinations(zip(spots, boxes, strict=True), 2):
        if a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]:
            wrong.append(f"{one} and {other} overlap")
    for number, many in sorted(Counter(spot.piece for spot in spots).items()):
        if many > sheet.pieces[number].copies:
            wrong.append(f"{many} of piece {number}, of which there are fewer")
    return wrong
