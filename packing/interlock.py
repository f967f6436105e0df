"""Pairs of boards face to face, one turned: low parts of the one lie over tall ones of the other.

    USB  |##|______.   |   tops of the first
         |##|   ___|===|
    =====================  PCB            pair: twice what is below, two PCBs, and the distance
                                          at which the first two tops meet
         .___|===|   |##|
         |   .______ |##| USB

A board is no slab: only its connectors are tall. Turned about its own y axis, the second has them
over the first one's free end. Both stay reachable: one from the front, one from the rear.
"""

from dataclasses import dataclass
from itertools import product
from typing import Literal

from catalog.models import Block, Board
from packing.envelope import Envelope

Turn = Literal["about x", "about y"]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two boards face to face.

    Args:
        turn: the axis of the board about which the second was turned over.
        apart_mm: between the two PCBs' top faces when the first parts touch.
        meets: which parts those are.
        total_mm: through both boards, parts below them included.
        assumed: what of this is not a fact.
    """

    turn: Turn
    apart_mm: float
    meets: tuple[str, str]
    total_mm: float
    assumed: tuple[str, ...]

    def envelope(self, board: Envelope) -> Envelope:
        """Return the space of the pair as that of one thick board.

        Args:
            board: one of the two.
        """
        over = dict(board.overhang_mm)
        if self.turn == "about y":
            ends = max(board.over("x-"), board.over("x+"))
            over |= {"x-": ends, "x+": ends}
        else:
            sides = max(board.over("y-"), board.over("y+"))
            over |= {"y-": sides, "y+": sides}
        above = self.total_mm - board.thickness_mm - board.below_mm
        changed = {"above_mm": above, "overhang_mm": {edge: mm for edge, mm in over.items() if mm}}
        return board.model_copy(update=changed | {"above_by": "the board turned over it"})


def interlocked(board: Board, envelope: Envelope) -> Pair | None:
    """Return the closest pair of a board, or `None` if its heights by region are not known.

    Args:
        board: of the catalogue; `blocks` are its tall parts.
        envelope: of one board, for what is below the PCB.
    """
    if not board.blocks or board.between_blocks_mm is None:
        return None
    turns: tuple[Turn, ...] = ("about y", "about x")
    found = {turn: _meeting(board, turn) for turn in turns}
    turn = min(turns, key=lambda each: found[each][0])
    apart, meets = found[turn]
    total = apart + 2 * (envelope.thickness_mm + envelope.below_mm)
    assumed = (f"{board.name}'s parts by region: {', '.join(board.sources.get('geometry', ()))}",)
    return Pair(turn, round(apart, 4), meets, round(total, 4), assumed)


def _meeting(board: Board, turn: Turn) -> tuple[float, tuple[str, str]]:
    """Return how near two boards come, and the parts that meet then."""
    assert board.between_blocks_mm is not None
    between = board.between_blocks_mm
    tallest = max(board.blocks, key=lambda block: block.top_mm)
    least = (tallest.top_mm + between, (tallest.name, "the other's low parts"))
    others = [_turned(block, board, turn) for block in board.blocks]
    meeting = [
        (one.top_mm + other.top_mm, (one.name, other.name))
        for one, other in product(board.blocks, others)
        if _over(one, other)
    ]
    return max([least, *meeting], key=lambda each: each[0])


def _turned(block: Block, board: Board, turn: Turn) -> Block:
    if turn == "about y":
        size = board.board.x_mm
        return block.model_copy(update={"x_mm": (size - block.x_mm[1], size - block.x_mm[0])})
    size = board.board.y_mm
    return block.model_copy(update={"y_mm": (size - block.y_mm[1], size - block.y_mm[0])})


def _over(one: Block, other: Block) -> bool:
    sides = ((one.x_mm, other.x_mm), (one.y_mm, other.y_mm))
    return all(a[0] < b[1] and b[0] < a[1] for a, b in sides)
