"""What a load case is made of: weights, what holds the part, and what stiffens it."""

from dataclasses import dataclass

from mounts.board import Block
from mounts.part import Up

WASHER_MM = 6.0  # half of what a rack screw's washer presses on: M6, ISO 7089, 12 mm
BOLT_MM = 4.5  # half of an M4's washer (ISO 7089, 9 mm)
FAR_MM = 1e4


@dataclass(frozen=True)
class Held:
    """Grid points in a box of space that do not move along some axes."""

    where: Block
    axes: str = "xyz"


@dataclass(frozen=True)
class Load:
    """A weight on a part.

    Args:
        where: the box of space whose points carry it, or what stands on the part.
        grams: of it.
        below: whether the part carries it from below: what is under `where`, not what is in it.
    """

    where: Block
    grams: float
    below: bool = True


@dataclass(frozen=True)
class Tie:
    """A device with a stiff case, screwed to a part: what it is screwed to moves with it.

    Args:
        where: boxes of space round its screws.
        device: the room it fills; its weight is in the middle.
        grams: its weight.
    """

    where: tuple[Block, ...]
    device: Block
    grams: float

    @property
    def middle(self) -> tuple[float, float, float]:
        """Middle of its weight, mm."""
        (x0, y0, z0), (x1, y1, z1) = self.device.low, self.device.high
        return (x0 + x1) / 2, (y0 + y1) / 2, (z0 + z1) / 2


@dataclass(frozen=True)
class Rail:
    """A beam along x that lies in slots of a part.

    Args:
        where: the slots, from left to right.
        bending_nmm2: its E I.
        yields_nmm: the moment at which it yields.
    """

    where: tuple[Block, ...]
    bending_nmm2: float
    yields_nmm: float


@dataclass(frozen=True)
class Case:
    """What a part carries and what holds it.

    Args:
        loads: weights.
        held: where it is held.
        said: assumptions.
        ties: devices that stiffen it.
        rails: beams that lie in it.
        down: where the weights pull; what a part carries from below is for `-z` only.
    """

    loads: tuple[Load, ...]
    held: tuple[Held, ...]
    said: tuple[str, ...] = ()
    ties: tuple[Tie, ...] = ()
    rails: tuple[Rail, ...] = ()
    down: Up = "-z"

    @property
    def grams(self) -> float:
        """All weights together."""
        return sum(one.grams for one in (*self.loads, *self.ties))
