"""Wishes: each a plain record that can say itself, so that a clash can be told in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from packing.cabinet.question import Face, Question, Thing

Quantity = Literal["power", "heat", "weight"]
_UNITS = {"power": ("draw", "W"), "heat": ("give off", "W"), "weight": ("weigh", "g")}


@dataclass(frozen=True, slots=True)
class Wanted:
    """A thing must be in."""

    thing: str

    @property
    def things(self) -> tuple[str, ...]:
        """The things it is about."""
        return (self.thing,)

    def __str__(self) -> str:
        return f"{self.thing} is in"


@dataclass(frozen=True, slots=True)
class At:
    """A thing's lowest unit, face and cabinet, as far as they are given; if it is in."""

    thing: str
    at_u: float | None = None
    face: Face | None = None
    cabinet: str | None = None

    @property
    def things(self) -> tuple[str, ...]:
        """The things it is about."""
        return (self.thing,)

    def __str__(self) -> str:
        where = [f"from unit {self.at_u:g}"] if self.at_u is not None else []
        where += [f"at the {self.face}"] if self.face else []
        where += [f"in {self.cabinet}"] if self.cabinet else []
        return f"{self.thing} stands {' '.join(where)}"


@dataclass(frozen=True, slots=True)
class Together:
    """Two things in one cabinet, with at most so many units between them; if both are in."""

    one: str
    other: str
    within_u: float | None = None

    @property
    def things(self) -> tuple[str, ...]:
        """The things it is about."""
        return (self.one, self.other)

    def __str__(self) -> str:
        if self.within_u is None:
            return f"{self.one} and {self.other} are in one cabinet"
        if self.within_u == 0:
            return f"{self.one} and {self.other} stand next to each other"
        return f"{self.one} and {self.other} are at most {self.within_u:g}U apart"


@dataclass(frozen=True, slots=True)
class Apart:
    """Two things in different cabinets, or with at least so many units between them."""

    one: str
    other: str
    by_u: float | None = None

    @property
    def things(self) -> tuple[str, ...]:
        """The things it is about."""
        return (self.one, self.other)

    def __str__(self) -> str:
        if self.by_u is None:
            return f"{self.one} and {self.other} are in different cabinets"
        return f"{self.one} and {self.other} are at least {self.by_u:g}U apart"


@dataclass(frozen=True, slots=True)
class HeavyLow:
    """In each cabinet, what weighs so much stands below all that weighs less."""

    over_g: float

    @property
    def things(self) -> tuple[str, ...]:
        """The things it is about: none by name."""
        return ()

    def __str__(self) -> str:
        return f"what weighs {self.over_g / 1000:g} kg or more stands below all that is lighter"


@dataclass(frozen=True, slots=True)
class Cap:
    """What the things of one cabinet, or of each, may draw, give off or weigh together."""

    what: Quantity
    most: float
    cabinet: str | None = None

    @property
    def things(self) -> tuple[str, ...]:
        """The things it is about: none by name."""
        return ()

    def figure(self, thing: Thing) -> float | None:
        """Return what one thing adds, W or g; `None` is unknown."""
        return {"power": thing.power_w, "heat": thing.heat_w, "weight": thing.weight_g}[self.what]

    def __str__(self) -> str:
        verb, unit = _UNITS[self.what]
        return f"{self.cabinet or 'each cabinet'} may {verb} at most {self.most:g} {unit}"


@dataclass(frozen=True, slots=True)
class Worth:
    """What is in is worth so much, all cabinets together."""

    least: int

    @property
    def things(self) -> tuple[str, ...]:
        """The things it is about: none by name."""
        return ()

    def __str__(self) -> str:
        return f"what is in counts at least {self.least}"


Wish = Worth | Wanted | At | Together | Apart | HeavyLow | Cap


def all_wishes(asked: Question) -> tuple[Wish, ...]:
    """Return the wishes of a question, with one for each thing that must be in."""
    return (*(Wanted(t.name) for t in asked.things if t.required), *asked.wishes)


def off_grid(wish: Wish) -> str:
    """Return what is wrong with a wish's figures, or nothing."""
    match wish:
        case At() if wish.at_u is not None and (wish.at_u < 1 or (wish.at_u * 2) % 1):
            return f"{wish}: units count from 1 in halves"
        case Together() if wish.within_u is not None and wish.within_u < 0:
            return f"{wish}: nothing stands nearer than that"
        case Apart() if wish.by_u is not None and wish.by_u <= 0:
            return f"{wish}: any two are"
        case _:
            return ""
