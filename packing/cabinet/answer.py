"""What comes back: where each thing stands, how good that is, and how much better it could be."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from packing.cabinet.question import Face, Question
    from packing.cabinet.wishes import Wish


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a thing stands; `x_mm` is from the left post as seen from the front."""

    thing: str
    cabinet: str
    face: Face
    at_u: float
    x_mm: float = 0.0


@dataclass(frozen=True)
class Answer:
    """A layout with its proof, or the wishes that clash.

    Args:
        question: what was asked.
        spots: where each thing that is in stands, from the top of each cabinet.
        value: what the goal comes to: value of things in, units, cabinets or cost; `None` if
            nothing was found.
        bound: no layout is better than this; `None` if wishes clash.
        clash: wishes that cannot all come true, none of which can be spared; empty if they can.
        clash_smallest: no smaller set clashes.
        binding: what stops a better answer, each in words.
        shortest: the choice among equal answers is proven too.
    """

    question: Question
    spots: tuple[Spot, ...]
    value: int | float | None
    bound: int | float | None
    clash: tuple[Wish, ...] = ()
    clash_smallest: bool = False
    binding: tuple[str, ...] = ()
    shortest: bool = False
    used_u: dict[str, float] = field(default_factory=dict[str, float])

    @property
    def gap(self) -> float:
        """Between value and bound; at 0 the answer is the proven best."""
        if self.value is None or self.bound is None:
            return float("inf")
        return abs(self.bound - self.value)

    @property
    def left_out(self) -> tuple[str, ...]:
        """Things that are in no cabinet, in the order asked."""
        there = {spot.thing for spot in self.spots}
        return tuple(t.name for t in self.question.things if t.name not in there)

    def as_dict(self) -> dict[str, Any]:
        """Return the answer as plain data, for JSON."""
        return {
            "goal": self.question.goal,
            "value": self.value,
            "bound": self.bound,
            "proven": self.gap == 0,
            "used_u": self.used_u,
            "spots": [
                {
                    "thing": spot.thing,
                    "cabinet": spot.cabinet,
                    "face": spot.face,
                    "at_u": spot.at_u,
                    "height_u": self.question.things[self.question.index(spot.thing)].height_u,
                    "x_mm": spot.x_mm,
                }
                for spot in self.spots
            ],
            "left_out": list(self.left_out),
            "binding": list(self.binding),
            "clash": [str(wish) for wish in self.clash],
            "clash_is_smallest": self.clash_smallest,
        }
