"""What is to stand in which cabinets, and what is wished of it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from packing.cabinet.wishes import Wish

Face = Literal["front", "rear"]
Goal = Literal["most", "fewest-u", "fewest-cabinets", "least-cost"]
FRONT: tuple[Face, ...] = ("front",)
BOTH: tuple[Face, ...] = ("front", "rear")


@dataclass(frozen=True, slots=True)
class Thing:
    """Something that takes units: a device, a module of nodes, a supply, a UPS, a switch.

    Args:
        name: what to call it; no two things share one.
        height_u: a multiple of 0.5.
        width_mm: of the opening; `None` takes all of it. Narrow things may stand side by side.
        depth_mm: from the posts it hangs on.
        full_depth: it takes both faces, however deep it is.
        faces: where it may hang.
        step_u: 1 if its holes meet the posts' on whole units only.
        power_w: what it draws; `None` is unknown and counts nothing.
        heat_w: what it warms the cabinet with, likewise.
        weight_g: likewise.
        value: what it counts where most is wanted: its nodes, say.
        cost: of anything, as whole numbers.
        required: it must be in; else it is one to choose from.
    """

    name: str
    height_u: float
    width_mm: float | None = None
    depth_mm: float = 0.0
    full_depth: bool = False
    faces: tuple[Face, ...] = FRONT
    step_u: float = 0.5
    power_w: float | None = None
    heat_w: float | None = None
    weight_g: float | None = None
    value: int = 1
    cost: int = 0
    required: bool = True


@dataclass(frozen=True, slots=True)
class Cabinet:
    """A cabinet that may be filled.

    Args:
        name: what to call it.
        height_u: a multiple of 0.5.
        width_mm: between the posts.
        depth_mm: clear; `None` is unknown: then only what is of full depth meets the other face.
        cable_gap_mm: between what hangs at the front and at the rear.
        side_gap_mm: between things side by side.
        cost: of using it, as a whole number.
    """

    name: str
    height_u: float
    width_mm: float
    depth_mm: float | None = None
    cable_gap_mm: float = 0.0
    side_gap_mm: float = 0.0
    cost: int = 0


@dataclass(frozen=True, slots=True)
class Cable:
    """So many cables between two things: among equal answers they are kept short."""

    one: str
    other: str
    count: int = 1


@dataclass(frozen=True)
class Question:
    """Things, cabinets, wishes, and what is best.

    Args:
        things: to be placed.
        cabinets: that may be used.
        wishes: that must come true.
        cables: kept short where the goal leaves a choice.
        goal: `most` value of what is in, the `fewest-u` up to the highest thing of each cabinet,
            the `fewest-cabinets`, or the `least-cost` of cabinets and things.
        limit_s: the solver's work for each of its steps, in its own seconds: it counts steps, so
            that the same question has the same answer.
    """

    things: tuple[Thing, ...]
    cabinets: tuple[Cabinet, ...]
    wishes: tuple[Wish, ...] = ()
    cables: tuple[Cable, ...] = ()
    goal: Goal = "most"
    limit_s: float = 10.0
    _names: dict[str, int] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._names.update({thing.name: i for i, thing in enumerate(self.things)})
        _refuse(_mistakes(self))

    def index(self, name: str) -> int:
        """Return the number of the thing of a name."""
        return self._names[name]

    def without(self, dropped: Iterable[Wish]) -> Question:
        """Return the question with fewer wishes; a thing not wanted any more is one to choose."""
        from packing.cabinet.wishes import Wanted  # noqa: PLC0415 - wishes speak of things

        gone = set(dropped)
        free = {wish.thing for wish in gone if isinstance(wish, Wanted)}
        things = tuple(
            replace(thing, required=False) if thing.name in free else thing for thing in self.things
        )
        kept = tuple(wish for wish in self.wishes if wish not in gone)
        return replace(self, things=things, wishes=kept)


def _refuse(mistakes: list[str]) -> None:
    if mistakes:
        raise ValueError("; ".join(mistakes))


def _mistakes(asked: Question) -> list[str]:
    """Return what no caller may ask: names twice, unknown names, heights off the grid."""
    from packing.cabinet.wishes import off_grid  # noqa: PLC0415 - wishes speak of things

    found: list[str] = []
    if len({thing.name for thing in asked.things}) < len(asked.things):
        found.append("two things share a name")
    if len({one.name for one in asked.cabinets}) < len(asked.cabinets) or not asked.cabinets:
        found.append("cabinets need names of their own, and there must be one")
    for one in (*asked.things, *asked.cabinets):
        if one.height_u <= 0 or (one.height_u * 2) % 1:
            found.append(f"{one.name}: {one.height_u:g}U is no positive multiple of 0.5U")
    found += [text for wish in asked.wishes if (text := off_grid(wish))]
    known = {thing.name for thing in asked.things}
    named = {name for wish in asked.wishes for name in wish.things}
    named |= {name for cable in asked.cables for name in (cable.one, cable.other)}
    found += [f"no thing is called {name}" for name in sorted(named - known)]
    return found
