"""A whole mount: the part asked for, and every other that it is of no use without."""

from dataclasses import dataclass
from typing import Any, TypeVar

from catalog.models import Fact
from mounts.parts.adapter import AdapterSpec
from mounts.parts.ears import EarsSpec
from mounts.parts.frame_spec import FrameSpec
from mounts.parts.holder import HolderSpec
from mounts.parts.rear_spec import RearSpec
from mounts.parts.stack_spec import StackSpec
from mounts.registry import PARTS

S = TypeVar("S", bound=Fact)


@dataclass(frozen=True)
class Piece:
    """A part to print for one mount, and how often."""

    family: str
    spec: Fact
    count: int


def family_of(spec: Fact) -> str:
    """Return the registered name of the family a spec is made for."""
    return next(name for name, family in PARTS.items() if family.spec is type(spec))


def pieces(spec: Fact) -> tuple[Piece, ...]:
    """Return all that has to be printed for one mount, the part asked for first.

    Args:
        spec: a frame, a shelf with rear brackets, the base of a stack, an ear, half an adapter, a
            holder; anything else, and a piece that was asked for by itself, stands alone.
    """
    family = family_of(spec)
    own = Piece(family, spec, 1)
    match spec:
        case FrameSpec() if spec.piece == "frame":
            frames = Piece(family, spec, spec.rows)
            kinds = zip(spec.kinds, spec.counts, strict=True)
            sleds = [Piece("sled", sled, total) for sled, (_, total) in kinds]
            walls = [Piece(family, like(spec, piece="fan-wall"), spec.rows)] if spec.fan else []
            walls += [Piece(family, like(spec, piece="spine"), spec.rows)] if spec.spined else []
            return frames, *sleds, *walls
        case RearSpec() if spec.braced and spec.piece == "shelf":
            sides = ("left-bracket", "right-bracket")
            return own, *(Piece(family, like(spec, piece=side), 1) for side in sides)
        case EarsSpec() | AdapterSpec():
            return own, *_other_side(spec)
        case HolderSpec():
            return (Piece(family, spec, 2),)
        case StackSpec() if spec.piece == "plate":
            return own, *_of_stack(spec)
        case _:
            return (own,)


def _other_side(spec: EarsSpec | AdapterSpec) -> list[Piece]:
    """Return the other ear, or the other half of an adapter that is made of two."""
    if isinstance(spec, EarsSpec):
        return [Piece("ears", like(spec, side="right" if spec.side == "left" else "left"), 1)]
    if spec.whole:
        return []
    return [Piece("adapter", like(spec, piece="right" if spec.piece == "left" else "left"), 1)]


def _of_stack(spec: StackSpec) -> list[Piece]:
    """Return top, fan brackets and printed spacers: as many as there are boards and holes."""
    found = [Piece("stack", like(spec, piece="top"), 1)]
    if spec.fan:
        found.append(Piece("stack", like(spec, piece="fan-bracket"), spec.count))
    if spec.standoffs == "printed":
        each = len(spec.board_holes)
        kinds = [("foot", each), ("board", each * spec.count)]
        kinds += [("bracket", each * spec.count)] if spec.fan else []
        found += [
            Piece("stack", like(spec, piece="spacer", spacer_on=on), many) for on, many in kinds
        ]
    return found


def like(spec: S, **changes: Any) -> S:
    """Return a spec made anew with other values: what it has worked out so far is not taken on."""
    fields = {key: getattr(spec, key) for key in type(spec).model_fields}
    return type(spec)(**{**fields, **changes})
