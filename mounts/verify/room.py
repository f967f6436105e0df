"""Room that a print must leave round what it carries, in words and as a block."""

from dataclasses import dataclass

from mounts.board import BEND_MM, OVERMOULD_MM, Block

CABLE_MM = 8.0  # a cable of 6 mm, and how askew it hangs
DEEP_MM = OVERMOULD_MM + BEND_MM


@dataclass(frozen=True)
class Room:
    """Room that a print must leave.

    Args:
        of: whose, in words.
        part: what fills it: `plug`, `cable bend`, `face`.
        block: where, in the part's own frame.
    """

    of: str
    part: str
    block: Block


@dataclass(frozen=True)
class Rooms:
    """All rooms of a part, what they rest on, and what nobody can tell."""

    rooms: tuple[Room, ...] = ()
    assumed: tuple[str, ...] = ()
    skipped: tuple[str, ...] = ()
