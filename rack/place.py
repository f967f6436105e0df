"""Where each module goes: pinned ones first, the rest from the top down in the file's order.

Cabinets are filled one after the other. What hangs at the front and what hangs at the rear of the
same units must not be deeper than the cabinet together.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import isinf
from typing import Literal

from catalog.problems import InputError, Problem
from catalog.units import MAX_HEIGHT_U

Face = Literal["front", "rear"]
NEAR_MM = 1e-6


@dataclass(frozen=True)
class Wish:
    """A module that wants a place.

    Args:
        key: dotted path of the item, for errors.
        label: what to call it.
        height_u: its height, a multiple of 0.5.
        at_u: lowest rack unit if pinned, counted from 1.
        cabinet: by name; `None`: the first one with room.
        face: where it hangs.
        deep_mm: from the posts it hangs on; infinite if it is held at those of the other face too.
    """

    key: str
    label: str
    height_u: float
    at_u: float | None
    cabinet: str | None = None
    face: Face = "front"
    deep_mm: float = 0.0


@dataclass(frozen=True)
class Space:
    """A cabinet to be filled.

    Args:
        name: what to call it; empty for the only one.
        height_u: of it.
        depth_mm: between its posts; `None`: not known, and nothing hangs at its rear.
        cable_gap_mm: between what hangs at the front and at the rear.
    """

    name: str
    height_u: float
    depth_mm: float | None = None
    cable_gap_mm: float = 0.0

    def meet(self, one: Wish, other: Wish) -> bool:
        """Say whether what hangs at the two faces of the same units is too deep together."""
        deep = one.deep_mm + other.deep_mm
        if self.depth_mm is None:
            return isinf(deep)
        return deep + self.cable_gap_mm > self.depth_mm + NEAR_MM


@dataclass(frozen=True)
class Place:
    """Where a module stands: its lowest unit, counted from 1 at the bottom, at a face."""

    at_u: float
    cabinet: str = ""
    face: Face = "front"


def place(wishes: Sequence[Wish], spaces: Sequence[Space], where: str) -> list[Place]:
    """Return where each module stands.

    Args:
        wishes: the modules, in the file's order.
        spaces: the cabinets, in the file's order.
        where: file named in errors.

    Raises:
        InputError: two modules want one slot or meet in the depth, one stands out of its cabinet,
            or there is no room.
    """
    stood = _stand(wishes, spaces, where)
    problems = list(stood.problems)
    if stood.homeless:
        problems += _no_room(stood, wishes, where)
    if problems:
        raise InputError(*problems)
    return [at for at in stood.places if at is not None]


Cells = list[Wish | None]


@dataclass(frozen=True)
class _Stood:
    """Half units of each face with who is in them, places, problems, and who found no room."""

    spaces: Sequence[Space]
    cells: dict[tuple[str, Face], Cells]
    places: list[Place | None]
    problems: list[Problem]
    homeless: list[Wish]

    def of(self, wish: Wish) -> list[Space]:
        """Return the cabinets that a module may stand in."""
        return [one for one in self.spaces if wish.cabinet in (None, one.name)]

    def own(self, space: Space, wish: Wish) -> Cells:
        """Return the half units at the face that a module hangs at."""
        return self.cells[space.name, wish.face]

    def in_the_way(self, space: Space, start: int, wish: Wish) -> Iterator[Wish]:
        """Yield who is met from a half unit on: at the same face, then through the depth."""
        end = start + round(wish.height_u * 2)
        other: Face = "rear" if wish.face == "front" else "front"
        yield from (one for one in self.own(space, wish)[start:end] if one is not None)
        behind = self.cells[space.name, other][start:end]
        yield from (one for one in behind if one is not None and space.meet(one, wish))

    def is_free(self, space: Space, start: int, wish: Wish) -> bool:
        """Say whether a module can stand from a half unit on."""
        return next(self.in_the_way(space, start, wish), None) is None

    def fill(self, space: Space, start: int, wish: Wish) -> Place:
        """Put a module there."""
        cells = self.own(space, wish)
        for k in range(start, start + round(wish.height_u * 2)):
            cells[k] = wish
        return Place(start / 2 + 1, space.name, wish.face)


def _stand(wishes: Sequence[Wish], spaces: Sequence[Space], where: str) -> _Stood:
    faces: tuple[Face, Face] = ("front", "rear")
    empty: dict[tuple[str, Face], Cells] = {
        (one.name, face): [None] * round(one.height_u * 2) for one in spaces for face in faces
    }
    stood = _Stood(spaces, empty, [None] * len(wishes), [], [])
    refused: list[tuple[Wish, str]] = []
    for index, wish in enumerate(wishes):
        if wish.at_u is not None:
            found = _pin(stood, wish)
            refused += [(wish, found)] if isinstance(found, str) else []
            stood.places[index] = found if isinstance(found, Place) else Place(wish.at_u)
    # Once all pins stand, so that the place that is offered really is free.
    stood.problems.extend(_off_pin(stood, wish, reason, where) for wish, reason in refused)
    for index, wish in enumerate(wishes):
        if wish.at_u is None:
            found = _first_gap(stood, wish)
            if found is None:
                stood.homeless.append(wish)
            else:
                stood.places[index] = stood.fill(*found, wish)
    return stood


def gaps(taken: Iterable[tuple[float, float]], height_u: float) -> list[tuple[float, float]]:
    """Return what is left empty as (lowest unit, height), from the bottom."""
    cells = [False] * round(height_u * 2)
    for at, height in taken:
        for k in range(round((at - 1) * 2), round((at - 1 + height) * 2)):
            cells[k] = True
    found: list[tuple[float, float]] = []
    start: int | None = None
    for k, full in enumerate([*cells, True]):
        if not full and start is None:
            start = k
        if full and start is not None:
            found.append((start / 2 + 1, (k - start) / 2))
            start = None
    return found


def _pin(stood: _Stood, wish: Wish) -> Place | str:
    """Put a module where it is pinned, or return why it cannot stand there."""
    start = round(((wish.at_u or 1) - 1) * 2)
    reasons: list[str] = []
    for space in stood.of(wish):
        end, of = start / 2 + wish.height_u, _named(space, " of ")
        other = next(stood.in_the_way(space, start, wish), None)
        if end > space.height_u:
            tall = f"{wish.label} is {wish.height_u:g}U high"
            reasons.append(f"{tall} and would end at {end:g}U of {space.height_u:g}U{of}")
        elif other is None:
            return stood.fill(space, start, wish)
        elif other.face == wish.face:
            reasons.append(f"{wish.label} and {other.label} want the same rack units{of}")
        else:
            reasons.append(_too_deep(wish, other, space))
    return reasons[0]


def _named(space: Space, before: str) -> str:
    return f"{before}{space.name}" if space.name else ""


def _too_deep(wish: Wish, other: Wish, space: Space) -> str:
    """Say how two modules at the two faces of the same units meet."""
    pair = f"{wish.label} at the {wish.face} and {other.label} at the {other.face}"
    if isinf(wish.deep_mm) or isinf(other.deep_mm):
        both = wish.label if isinf(wish.deep_mm) else other.label
        return f"{pair} want the same rack units: {both} is held at both faces"
    deep = f"{wish.deep_mm:.0f} and {other.deep_mm:.0f} mm deep"
    gap = f", with {space.cable_gap_mm:g} mm for cables" if space.cable_gap_mm else ""
    return f"{pair} meet: {deep}{gap}, and {space.depth_mm:g} mm are between the posts"


def _off_pin(stood: _Stood, wish: Wish, what: str, where: str) -> Problem:
    """Return the problem with a pin, with the free place nearest to it."""
    asked = round(((wish.at_u or 1) - 1) * 2)
    last = max(_last(space, wish) for space in stood.of(wish))
    allowed = f"1 to {last / 2 + 1:g}" if last >= 0 else f"a rack of {wish.height_u:g}U"
    free = [
        (abs(start - asked), start % 2, start, number, space)
        for number, space in enumerate(stood.of(wish))
        for start in range(_last(space, wish) + 1)
        if stood.is_free(space, start, wish)
    ]
    near = "leave out at_u of one of them" if last >= 0 else ""
    if free:
        *_, start, _, space = min(free, key=lambda one: one[:4])
        near = f"at_u = {start / 2 + 1:g} is free{_named(space, ' in ')}"
    return Problem(where, what, f"{wish.key}.at_u", allowed=allowed, nearest=near)


def _last(space: Space, wish: Wish) -> int:
    """Return the highest half unit that a module may start at; negative if it is too high."""
    return round(space.height_u * 2) - round(wish.height_u * 2)


def _first_gap(stood: _Stood, wish: Wish) -> tuple[Space, int] | None:
    """Return the highest free start in the first cabinet with one; whole units on whole ones."""
    step = 2 if round(wish.height_u * 2) % 2 == 0 else 1
    for space in stood.of(wish):
        last = _last(space, wish)
        for steps in (range(last // step * step, -1, -step), range(last, -1, -1)):
            for start in steps:
                if stood.is_free(space, start, wish):
                    return space, start
    return None


def _no_room(stood: _Stood, wishes: Sequence[Wish], where: str) -> list[Problem]:
    """Say for each what it needs, what is left, and in how high a rack everything would stand."""
    found: list[Problem] = []
    enough: dict[str, float | None] = {}
    for wish in stood.homeless:
        grown = stood.of(wish)[-1]
        if grown.name not in enough:
            enough[grown.name] = _enough_u(wishes, stood.spaces, grown)
        high = enough[grown.name]
        rack = f"{grown.name} of" if grown.name else "a rack of"
        less = ", or one item less" if len(wishes) > 1 else ""
        found.append(
            Problem(
                where,
                f"{wish.label} needs {wish.height_u:g}U{_at_rear(wish)} and there is no such gap"
                + (f" in {wish.cabinet}" if wish.cabinet else ""),
                wish.key,
                allowed="; ".join(_left(stood, space, wish) for space in stood.of(wish)),
                nearest=f"{rack} {high:g}U{less}" if high else "fewer items",
            )
        )
    return found


def _at_rear(wish: Wish) -> str:
    return " at the rear" if wish.face == "rear" else ""


def _left(stood: _Stood, space: Space, wish: Wish) -> str:
    slot = replace(wish, height_u=0.5)
    empty = [stood.is_free(space, k, slot) for k in range(round(space.height_u * 2))]
    free, longest, run = sum(empty) / 2, 0, 0
    for one in empty:
        run = run + 1 if one else 0
        longest = max(longest, run)
    named = f"{space.name}: " if space.name else ""
    return f"{named}{free:g}U are left, the longest gap is {longest / 2:g}U"


def _enough_u(wishes: Sequence[Wish], spaces: Sequence[Space], grown: Space) -> float | None:
    """Return how high a cabinet must be, U, for all that is not pinned to find a place, if any."""
    others = sum(one.height_u for one in spaces if one is not grown)
    every = sum(wish.height_u for wish in wishes if wish.face == "front")
    least = max(round(grown.height_u * 2), round((every - others) * 2))
    for more in range(least, round(MAX_HEIGHT_U * 2) + 1):
        higher = [replace(one, height_u=more / 2) if one is grown else one for one in spaces]
        if not _stand(wishes, higher, "").homeless:
            return more / 2
    return None
