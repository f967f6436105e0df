"""What is asked of a mix of boards, and what is found."""

from dataclasses import dataclass
from typing import Literal

from packing.cavity import Cavity
from packing.envelope import Envelope
from packing.result import Placement

MixPose = Literal["flat", "on-edge", "flat-turned", "on-edge-turned", "upright", "upright-turned"]
USUAL_POSES: tuple[MixPose, ...] = ("flat", "on-edge")
LIMIT_S = 1.5  # of deterministic time: some seconds


@dataclass(frozen=True)
class Kind:
    """A kind of board to place.

    Args:
        name: what it is called in the result.
        envelope: its space.
        most: how many there are; `None`: as many as go in.
    """

    name: str
    envelope: Envelope
    most: int | None = None


@dataclass(frozen=True)
class Mix:
    """A question: which boards into which cavity.

    Args:
        kinds: the boards.
        cavity: its space and gaps.
        rows: 1, or 2 for boards at the front and at the rear.
        poses: those allowed.
        limit_s: deterministic time for the solver.
    """

    kinds: tuple[Kind, ...]
    cavity: Cavity
    rows: int = 1
    poses: tuple[MixPose, ...] = USUAL_POSES
    limit_s: float = LIMIT_S


@dataclass(frozen=True)
class Placed:
    """A board in its place: which kind, in which pose, where."""

    kind: str
    pose: MixPose
    place: Placement


@dataclass(frozen=True)
class Mixed:
    """What was found.

    Args:
        mix: the question.
        boards: where each board is, front row first, left to right.
        upper_bound: proven; no layout in these poses and rows holds more boards.
        missing: how many of each kind that is limited in number are left out.
    """

    mix: Mix
    boards: tuple[Placed, ...]
    upper_bound: int
    missing: dict[str, int]

    @property
    def count(self) -> int:
        """Boards placed."""
        return len(self.boards)

    @property
    def gap(self) -> int:
        """Boards between the count and its bound; at 0 the count is proved."""
        return self.upper_bound - self.count
