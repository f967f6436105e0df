"""The question without places: who is in, at which face of which cabinet, as sums only.

Whatever stands somewhere obeys the sums too, so their best is a bound. It is a strong one, for
things are mostly as wide as the cabinet, and then only heights add up; and it is a small integer
programme, which SCIP solves at once where a constraint solver would search.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from math import ceil, floor, inf
from typing import TYPE_CHECKING, Literal

from packing.cabinet.area import rows_of
from packing.cabinet.faces import Choice, choices, cliques
from packing.cabinet.grid import halves, milli
from packing.cabinet.kinds import alike, same_cabinets
from packing.cabinet.wishes import Apart, At, Cap, Together, Wanted, Worth
from packing.programme import Row, least

if TYPE_CHECKING:
    from collections.abc import Mapping

    from packing.cabinet.question import Question
    from packing.cabinet.wishes import Wish


@dataclass(frozen=True)
class Sums:
    """The best of the sums.

    Args:
        state: whether it is proven, only found, or proven that there is none.
        chosen: the choices made.
        cost: of them, as `goals` counts it.
        bound: no choices cost less.
    """

    state: Literal["best", "some", "none", "unknown"]
    chosen: frozenset[Choice] = frozenset()
    cost: int = 0
    bound: int = 0


@dataclass
class _Programme:
    """Rows over columns: one for each choice, then the top and the use of each cabinet."""

    asked: Question
    column: dict[Choice, int]
    rows: list[Row] = field(default_factory=list[Row])

    @property
    def top(self) -> int:
        return len(self.column)

    @property
    def used(self) -> int:
        return self.top + len(self.asked.cabinets)

    @property
    def size(self) -> int:
        return self.used + len(self.asked.cabinets)

    def of(self, name: str, cabinet: int | None = None) -> dict[int, float]:
        """Return a thing's columns, of one cabinet or of all, each once."""
        number = self.asked.index(name)
        return {
            column: 1.0
            for choice, column in self.column.items()
            if choice.thing == number and cabinet in {None, choice.cabinet}
        }

    def add(self, terms: Mapping[int, float], most: float, least: float = -inf) -> None:
        self.rows.append((dict(terms), least, most))


def sums(asked: Question, at_most: int | None = None) -> Sums:
    """Return the best choice of things and cabinets as far as sums tell.

    Args:
        asked: the question.
        at_most: the goal may cost so much; then the choice of fewest units is sought.
    """
    every = [c for i, t in enumerate(asked.things) for c in choices(t, i, asked.cabinets)]
    made = _Programme(asked, {choice: number for number, choice in enumerate(every)})
    for thing in asked.things:
        made.add(made.of(thing.name), 1, 1 if thing.required else 0)
    for number in range(len(asked.cabinets)):
        _cabinet(made, number)
    for wish in asked.wishes:
        _obey(made, wish)
    for one, other in alike(asked):
        names = [asked.things[number].name for number in (one, other)]
        made.add({**_minus(made.of(names[0])), **made.of(names[1])}, 0)
    for i, j in same_cabinets(asked):
        made.add({made.top + i: -1.0, made.top + j: 1.0}, 0)
    if at_most is None:
        return _solved(made, _costs(made))
    made.add(_costs(made), at_most)
    return _solved(made, {made.top + number: 1.0 for number in range(len(asked.cabinets))})


def _minus(terms: Mapping[int, float]) -> dict[int, float]:
    return {column: -weight for column, weight in terms.items()}


def _cabinet(made: _Programme, number: int) -> None:
    asked, top = made.asked, made.top + number
    here = [choice for choice in made.column if choice.cabinet == number]
    for choice in here:
        high = halves(asked.things[choice.thing].height_u)
        made.add({made.column[choice]: 1.0, made.used + number: -1.0}, 0)
        made.add({made.column[choice]: high, top: -1.0}, 0)
    made.add({top: 1.0, made.used + number: -halves(asked.cabinets[number].height_u)}, 0)
    for clique in cliques(asked.things, asked.cabinets[number], here):
        columns = [made.column[choice] for choice in clique]
        for weights, whole in rows_of(asked, number, clique):
            made.add({**dict(zip(columns, weights, strict=True)), top: -whole}, 0)


def _obey(made: _Programme, wish: Wish) -> None:
    cabinets = range(len(made.asked.cabinets))
    match wish:
        case At():
            _at(made, wish)
        case Together():
            _together(made, wish)
        case Apart() if wish.by_u is None:
            for number in cabinets:
                made.add({**made.of(wish.one, number), **made.of(wish.other, number)}, 1)
        case Cap():
            _cap(made, wish)
        case Worth():
            worth = {c: made.asked.things[choice.thing].value for choice, c in made.column.items()}
            made.add(worth, inf, wish.least)
        case Wanted():
            made.add(made.of(wish.thing), 1, 1)
        case _:
            pass  # of places only


def _at(made: _Programme, wish: At) -> None:
    thing = made.asked.index(wish.thing)
    end = halves((wish.at_u or 1) - 1 + made.asked.things[thing].height_u)
    for choice, column in made.column.items():
        if choice.thing != thing:
            continue
        cabinet = made.asked.cabinets[choice.cabinet]
        other = wish.face not in {None, choice.face} or wish.cabinet not in {None, cabinet.name}
        if other or end > halves(cabinet.height_u):
            made.add({column: 1.0}, 0)
        elif wish.at_u is not None:
            made.add({column: float(end), made.top + choice.cabinet: -1.0}, 0)


def _together(made: _Programme, wish: Together) -> None:
    """Say that where both are in, a thing in this cabinet has the other there, too."""
    for one, other in ((wish.one, wish.other), (wish.other, wish.one)):
        for number in range(len(made.asked.cabinets)):
            terms: dict[int, float] = defaultdict(float)
            for column in made.of(one, number):
                terms[column] += 1.0
            for column in made.of(other):
                terms[column] += 1.0
            for column in made.of(other, number):
                terms[column] -= 1.0
            made.add(terms, 1)


def _cap(made: _Programme, wish: Cap) -> None:
    for number, cabinet in enumerate(made.asked.cabinets):
        if wish.cabinet in {None, cabinet.name}:
            terms = {
                column: float(milli(figure))
                for choice, column in made.column.items()
                if choice.cabinet == number
                and (figure := wish.figure(made.asked.things[choice.thing])) is not None
            }
            made.add(terms, milli(wish.most))


def _costs(made: _Programme) -> dict[int, float]:
    """Return what each column adds to the goal's cost; see `goals.cost_of`."""
    asked = made.asked
    cabinets = range(len(asked.cabinets))
    match asked.goal:
        case "most":
            return {c: -asked.things[choice.thing].value for choice, c in made.column.items()}
        case "fewest-u":
            return {made.top + number: 1.0 for number in cabinets}
        case "fewest-cabinets":
            return {made.used + number: 1.0 for number in cabinets}
        case "least-cost":
            things = {c: asked.things[choice.thing].cost for choice, c in made.column.items()}
            return {**things, **{made.used + n: asked.cabinets[n].cost for n in cabinets}}


def _solved(made: _Programme, costs: Mapping[int, float]) -> Sums:
    upper = [1.0] * made.size
    for number, cabinet in enumerate(made.asked.cabinets):
        upper[made.top + number] = float(halves(cabinet.height_u))
    found = least([costs.get(column, 0.0) for column in range(made.size)], made.rows, upper)
    if found.state == "none":
        return Sums("none")
    bound = ceil(max(found.bound, _lowest(costs)) - 1e-6)
    if not found.values:
        return Sums("unknown", bound=bound)
    chosen = frozenset(c for c, column in made.column.items() if found.values[column] > 0.5)
    return Sums(found.state, chosen, floor(found.cost + 0.5), bound)


def _lowest(costs: Mapping[int, float]) -> float:
    """Return a cost that nothing undercuts, where the solver gave up before it had a bound."""
    return sum(min(0.0, each) for each in costs.values())
