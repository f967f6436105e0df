"""What is asked: pieces of some worth, a sheet that cannot hold them all; and what comes back."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Piece:
    """A kind of piece: its size in whole units, what one is worth, and how many there are."""

    wide: int
    high: int
    value: int
    copies: int = 1


@dataclass(frozen=True)
class Sheet:
    """Which pieces go onto a sheet so that none overlaps, and all are worth the most?

    Lengths are whole numbers of whatever unit the caller likes, a tenth of a millimetre for
    example: proofs hold for whole numbers only.

    Args:
        wide: room from left to right.
        high: room from bottom to top.
        pieces: kinds of them.
        turn: each piece may also lie turned by 90 degrees.

    Raises:
        ValueError: no room, a piece without size, a worth or number below nought.
    """

    wide: int
    high: int
    pieces: tuple[Piece, ...]
    turn: bool = False

    def __post_init__(self) -> None:
        wrong = [
            f"piece {number}: {piece.copies} of {piece.wide} x {piece.high}, worth {piece.value}"
            for number, piece in enumerate(self.pieces)
            if min(piece.wide, piece.high) < 1 or min(piece.value, piece.copies) < 0
        ]
        if min(self.wide, self.high) < 1:
            wrong.append(f"a sheet of {self.wide} x {self.high}")
        if wrong:
            raise ValueError("; ".join(wrong))


@dataclass(frozen=True, slots=True, order=True)
class Spot:
    """A piece, by its place in the question, and where its lower left corner lies."""

    piece: int
    x: int
    y: int
    turned: bool = False


@dataclass(frozen=True)
class Answer:
    """Where pieces lie, what they are worth, and what no layout exceeds.

    Args:
        sheet: what was asked.
        spots: pieces that are on the sheet, sorted.
        bound: no layout is worth more.
        proof: what closed the search, in words; for people, not for programs.
    """

    sheet: Sheet
    spots: tuple[Spot, ...]
    bound: int
    proof: str = ""

    @property
    def value(self) -> int:
        """What the pieces on the sheet are worth."""
        return sum(self.sheet.pieces[spot.piece].value for spot in self.spots)

    @property
    def proven(self) -> bool:
        """Whether nothing better exists."""
        return self.value == self.bound
