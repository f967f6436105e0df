"""Where each module goes: pinned ones first, the rest from the top down in the file's order."""

from collections.abc import Sequence
from dataclasses import dataclass

from catalog.problems import InputError, Problem


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
    cells: list[str | None] = [None] * round(height_u * 2)
    found: list[float | None] = [None] * len(wishes)
    problems: list[Problem] = []
    for index, wish in enumerate(wishes):
        if wish.at_u is not None:
            problem = _pin(cells, wish, where)
            problems += [problem] if problem else []
            found[index] = wish.at_u
    for index, wish in enumerate(wishes):
        if wish.at_u is None:
            start = _first_gap(cells, round(wish.height_u * 2))
            if start is None:
                problems.append(_no_room(cells, wish, where))
            else:
                _fill(cells, start, wish)
                found[index] = start / 2 + 1
    if problems:
        raise InputError(*problems)
    return [at for at in found if at is not None]


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


def _pin(cells: list[str | None], wish: Wish, where: str) -> Problem | None:
    start = round(((wish.at_u or 1) - 1) * 2)
    end = start + round(wish.height_u * 2)
    if end > len(cells):
        top = len(cells) / 2
        what = f"{wish.label} would end at {end / 2:g}U in a rack of {top:g}U"
        near = f"the largest value that works is {max(1.0, top - wish.height_u + 1):g}"
        return Problem(where, what, f"{wish.key}.at_u", nearest=near)
    other = next((name for name in cells[start:end] if name is not None), None)
    if other is not None:
        what = f"{wish.label} and {other} want the same rack units"
        return Problem(where, what, f"{wish.key}.at_u", nearest="leave out at_u of one of them")
    _fill(cells, start, wish)
    return None


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


def _no_room(cells: list[str | None], wish: Wish, where: str) -> Problem:
    free = sum(cell is None for cell in cells) / 2
    longest, run = 0, 0
    for cell in cells:
        run = run + 1 if cell is None else 0
        longest = max(longest, run)
    what = f"{wish.label} needs {wish.height_u:g}U and there is no such gap"
    left = f"{free:g}U are left, the longest gap is {longest / 2:g}U"
    near = f"a rack of {len(cells) / 2 + wish.height_u - longest / 2:g}U, or one item less"
    return Problem(where, what, wish.key, allowed=left, nearest=near)
