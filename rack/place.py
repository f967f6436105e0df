"""Where each module goes: pinned ones first, the rest from the top down in the file's order."""

from collections.abc import Sequence
from dataclasses import dataclass

from catalog.problems import InputError, Problem
from catalog.units import MAX_HEIGHT_U


@dataclass(frozen=True)
class Wish:
    """A module that wants a place.

    Args:
        key: dotted path of the item, for errors.
        label: what to call it.
        height_u: its height, a multiple of 0.5.
        at_u: lowest rack unit if pinned, counted from 1.
    """

    key: str
    label: str
    height_u: float
    at_u: float | None


def place(wishes: Sequence[Wish], height_u: float, where: str) -> list[float]:
    """Return the lowest rack unit of each module, counted from 1 at the bottom.

    Args:
        wishes: the modules, in the file's order.
        height_u: height of the rack.
        where: file named in errors.

    Raises:
        InputError: two modules want one slot, one stands out of the rack, or there is no room.
    """
    stood = _stand(wishes, round(height_u * 2), where)
    problems = list(stood.problems)
    if stood.homeless:
        problems += _no_room(stood, wishes, where)
    if problems:
        raise InputError(*problems)
    return [at for at in stood.places if at is not None]


@dataclass(frozen=True)
class _Stood:
    """Half units with who is in them, places, what is wrong with pins, and who found no room."""

    cells: list[str | None]
    places: list[float | None]
    problems: list[Problem]
    homeless: list[Wish]


def _stand(wishes: Sequence[Wish], halves: int, where: str) -> _Stood:
    stood = _Stood([None] * halves, [None] * len(wishes), [], [])
    refused: list[tuple[Wish, str]] = []
    for index, wish in enumerate(wishes):
        if wish.at_u is not None:
            reason = _pin(stood.cells, wish)
            refused += [(wish, reason)] if reason else []
            stood.places[index] = wish.at_u
    # Once all pins stand, so that the place that is offered really is free.
    stood.problems.extend(_off_pin(stood.cells, wish, reason, where) for wish, reason in refused)
    for index, wish in enumerate(wishes):
        if wish.at_u is None:
            start = _first_gap(stood.cells, round(wish.height_u * 2))
            if start is None:
                stood.homeless.append(wish)
            else:
                _fill(stood.cells, start, wish)
                stood.places[index] = start / 2 + 1
    return stood


def gaps(taken: Sequence[tuple[float, float]], height_u: float) -> list[tuple[float, float]]:
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


def _pin(cells: list[str | None], wish: Wish) -> str:
    """Put a module where it is pinned, or return why it cannot stand there."""
    start = round(((wish.at_u or 1) - 1) * 2)
    end = start + round(wish.height_u * 2)
    if end > len(cells):
        tall = f"{wish.label} is {wish.height_u:g}U high"
        return f"{tall} and would end at {end / 2:g}U of {len(cells) / 2:g}U"
    other = next((name for name in cells[start:end] if name is not None), None)
    if other is not None:
        return f"{wish.label} and {other} want the same rack units"
    _fill(cells, start, wish)
    return ""


def _off_pin(cells: list[str | None], wish: Wish, what: str, where: str) -> Problem:
    """Return the problem with a pin, with the free place nearest to it."""
    needed, asked = round(wish.height_u * 2), round(((wish.at_u or 1) - 1) * 2)
    last = len(cells) - needed
    allowed = f"1 to {last / 2 + 1:g}" if last >= 0 else f"a rack of {wish.height_u:g}U"
    free = [
        start
        for start in range(last + 1)
        if all(cell is None for cell in cells[start : start + needed])
    ]
    near = "leave out at_u of one of them" if last >= 0 else ""
    if free:
        best = min(free, key=lambda start: (abs(start - asked), start % 2, start))
        near = f"at_u = {best / 2 + 1:g} is free"
    return Problem(where, what, f"{wish.key}.at_u", allowed=allowed, nearest=near)


def _fill(cells: list[str | None], start: int, wish: Wish) -> None:
    for k in range(start, start + round(wish.height_u * 2)):
        cells[k] = wish.label


def _first_gap(cells: list[str | None], needed: int) -> int | None:
    """Return the highest start with `needed` free half units; whole units start on whole ones."""
    step = 2 if needed % 2 == 0 else 1
    starts = range((len(cells) - needed) // step * step, -1, -step)
    for steps in (starts, range(len(cells) - needed, -1, -1)):
        for start in steps:
            if all(cell is None for cell in cells[start : start + needed]):
                return start
    return None


def _no_room(stood: _Stood, wishes: Sequence[Wish], where: str) -> list[Problem]:
    """Say for each what it needs, what is left, and in how high a rack everything would stand."""
    free = sum(cell is None for cell in stood.cells) / 2
    longest, run = 0, 0
    for cell in stood.cells:
        run = run + 1 if cell is None else 0
        longest = max(longest, run)
    left = f"{free:g}U are left, the longest gap is {longest / 2:g}U"
    enough = _enough_u(wishes, len(stood.cells))
    near = f"a rack of {enough:g}U, or one item less" if enough else "fewer items"
    return [
        Problem(
            where,
            f"{wish.label} needs {wish.height_u:g}U and there is no such gap",
            wish.key,
            allowed=left,
            nearest=near,
        )
        for wish in stood.homeless
    ]


def _enough_u(wishes: Sequence[Wish], halves: int) -> float | None:
    """Return the lowest rack, U, in which all that is not pinned finds a place, if any does."""
    needed = round(sum(wish.height_u for wish in wishes) * 2)
    for more in range(max(halves, needed), round(MAX_HEIGHT_U * 2) + 1):
        if not _stand(wishes, more, "").homeless:
            return more / 2
    return None
