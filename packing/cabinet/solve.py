"""Finds the best layout and proves it, in steps: sums, then places, then comfort.

The sums alone (no places) give a bound and say who should be in, and where. Mostly that can be
built, and then it is the proven best. Else the whole question is asked with places.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from packing.cabinet.answer import Answer, Spot
from packing.cabinet.goals import comfort_of, cost_of, spoken
from packing.cabinet.grid import TENTHS
from packing.cabinet.model import Model, build
from packing.cabinet.obey import obey
from packing.cabinet.sums import Sums, sums

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ortools.sat.python import cp_model

    from packing.cabinet.question import Question

TRY_S = 2.0  # for building what the sums chose
COMFORT_S = 0.03  # for each choice among equal answers, in the solver's seconds
_State = Literal["best", "some", "none", "unknown"]


@dataclass(frozen=True)
class Found:
    """What one step of the solver returned: a literal's or a variable's value by its number."""

    state: _State
    values: Sequence[int] = ()
    cost: int = 0
    bound: int = 0

    @property
    def any(self) -> bool:
        """Whether there is a solution."""
        return self.state in {"best", "some"}


def arrange(asked: Question) -> Answer:
    """Return where everything stands, with a bound, or the wishes that clash.

    The same question has the same answer: the solver counts its work, not the clock.
    """
    found, model, bound = best(asked)
    if not found.any:
        return _none(asked, found, bound)
    model, found, proven = _comfort(asked, model, found)
    spots, cost = spots_of(model, found), found.cost
    answer = Answer(
        question=asked,
        spots=spots,
        value=spoken(asked, cost),
        bound=spoken(asked, bound),
        shortest=proven,
        used_u=_used_u(asked, spots),
    )
    from packing.cabinet.binding import binding  # noqa: PLC0415 - it asks again

    return replace(answer, binding=binding(answer))


def best(asked: Question) -> tuple[Found, Model, int]:
    """Return the best solution of the goal alone, its model, and the bound on its cost."""
    rough = sums(asked)
    model = _whole(asked)
    if rough.state == "none":
        return Found("none"), model, rough.bound
    if rough.state == "best":
        found = _built(model, rough)
        if found.any:
            return found, model, rough.bound
        model = _whole(asked)
    cost = cost_of(model)
    model.cp.add(cost >= rough.bound)
    model.cp.minimize(cost)
    _hint(model, rough)
    found = run(model.cp, asked.limit_s)
    return found, model, max(found.bound, rough.bound)


def _whole(asked: Question) -> Model:
    model = build(asked)
    obey(model)
    return model


def _built(model: Model, rough: Sums, at_most_top: int | None = None) -> Found:
    """Return the layout of what the sums chose, as good as they say, if there is one."""
    if at_most_top is None:
        model.cp.add(cost_of(model) <= rough.cost)
    else:
        model.cp.add(sum(model.top) <= at_most_top)
    inside = {choice.thing for choice in rough.chosen}
    for number, literal in enumerate(model.inside):
        model.cp.add(literal == (number in inside))
    _hint(model, rough)
    return replace(run(model.cp, min(TRY_S, model.asked.limit_s)), cost=rough.cost)


def _hint(model: Model, rough: Sums) -> None:
    for choice, literal in model.chosen.items():
        model.cp.add_hint(literal, choice in rough.chosen)


def _comfort(asked: Question, model: Model, found: Found) -> tuple[Model, Found, bool]:
    """Return the same goal with fewest units, then the shortest cables and the weight low."""
    model, found, lowest = _low(asked, model, found)
    final = _whole(asked)
    final.cp.add(cost_of(final) <= found.cost)
    final.cp.add(sum(final.top) <= _height(model, found))
    final.cp.minimize(comfort_of(final))
    _again(final, found)
    last = run(final.cp, COMFORT_S)
    if not last.any:
        return model, found, False
    return final, replace(last, cost=found.cost), lowest and last.state == "best"


def _low(asked: Question, model: Model, found: Found) -> tuple[Model, Found, bool]:
    """Return the same goal with fewest units, and whether fewer are proven impossible."""
    rough = sums(asked, found.cost)
    if rough.state == "best" and rough.cost < _height(model, found):
        lower = _whole(asked)
        lower.cp.add(cost_of(lower) <= found.cost)
        low = _built(lower, rough, rough.cost)
        if low.any:
            return lower, replace(low, cost=found.cost), True
        lower = _whole(asked)
        lower.cp.add(cost_of(lower) <= found.cost)
        lower.cp.minimize(sum(lower.top))
        _again(lower, found)
        low = run(lower.cp, COMFORT_S)
        if low.any:
            return lower, replace(low, cost=found.cost), low.state == "best"
    proven = rough.state == "best" and rough.cost == _height(model, found)
    return model, found, proven


def _height(model: Model, found: Found) -> int:
    """Return the half units up to the highest thing of each cabinet, added up."""
    return sum(found.values[top.index] for top in model.top)


def _again(model: Model, found: Found) -> None:
    """Begin from a solution of the same model with another goal: variables come in one order."""
    for index, value in enumerate(found.values):
        if index < len(model.cp.proto.variables):
            model.cp.add_hint(model.cp.get_int_var_from_proto_index(index), value)


def run(cp: cp_model.CpModel, limit_s: float) -> Found:
    """Solve a model: always in the same way, counting work and not the clock.

    Args:
        cp: the model.
        limit_s: of the solver's own seconds.
    """
    from ortools.sat.python import cp_model  # noqa: PLC0415 - takes a second to import

    solver = cp_model.CpSolver()
    solver.parameters.random_seed = 1
    solver.parameters.num_workers = 1
    solver.parameters.max_deterministic_time = limit_s
    status = solver.solve(cp)
    if status == cp_model.INFEASIBLE:
        return Found("none")
    if status not in {cp_model.OPTIMAL, cp_model.FEASIBLE}:
        return Found("unknown", bound=_up(solver.best_objective_bound))
    values = tuple(solver.response_proto.solution)
    state: _State = "best" if status == cp_model.OPTIMAL else "some"
    return Found(state, values, round(solver.objective_value), _up(solver.best_objective_bound))


def _up(bound: float) -> int:
    return -int(-(bound - 1e-6) // 1)


def spots_of(model: Model, found: Found) -> tuple[Spot, ...]:
    """Return where everything stands in a solution of a model, from the top of each cabinet."""
    asked = model.asked
    spots: list[Spot] = []
    for choice, literal in model.chosen.items():
        if found.values[literal.index]:
            x = model.x.get(choice.thing)
            spots.append(
                Spot(
                    thing=asked.things[choice.thing].name,
                    cabinet=asked.cabinets[choice.cabinet].name,
                    face=choice.face,
                    at_u=found.values[model.at[choice.thing].index] / 2 + 1,
                    x_mm=found.values[x.index] / TENTHS if x is not None else 0.0,
                )
            )
    order = {cabinet.name: number for number, cabinet in enumerate(asked.cabinets)}
    return tuple(sorted(spots, key=lambda s: (order[s.cabinet], -s.at_u, s.face, s.x_mm)))


def _used_u(asked: Question, spots: tuple[Spot, ...]) -> dict[str, float]:
    """Return the units up to the highest thing of each cabinet."""
    found = {cabinet.name: 0.0 for cabinet in asked.cabinets}
    for spot in spots:
        end = spot.at_u - 1 + asked.things[asked.index(spot.thing)].height_u
        found[spot.cabinet] = max(found[spot.cabinet], end)
    return found


def _none(asked: Question, found: Found, bound: int) -> Answer:
    """Return the clash, or that nothing was found in the time."""
    if found.state == "unknown":
        return Answer(asked, (), None, spoken(asked, bound))
    from packing.cabinet.clash import clash  # noqa: PLC0415 - it asks again

    wishes, smallest = clash(asked)
    return Answer(asked, (), None, None, clash=wishes, clash_smallest=smallest)
