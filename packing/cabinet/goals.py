"""What is best, as the solver counts it: first the goal, then units, then cables and weight."""

from __future__ import annotations

from typing import TYPE_CHECKING

from packing.cabinet.grid import halves

if TYPE_CHECKING:
    from ortools.sat.python import cp_model

    from packing.cabinet.model import Model
    from packing.cabinet.question import Question


def cost_of(model: Model) -> cp_model.LinearExprT:
    """Return what the goal makes small; `most` counts down."""
    from ortools.sat.python import cp_model  # noqa: PLC0415 - takes a second to import

    asked = model.asked
    worth = sum(t.value * lit for t, lit in zip(asked.things, model.inside, strict=True))
    match asked.goal:
        case "most":
            return -worth
        case "fewest-u":
            return sum(model.top)
        case "fewest-cabinets":
            return sum(model.used)
        case "least-cost":
            cabinets = sum(c.cost * lit for c, lit in zip(asked.cabinets, model.used, strict=True))
            things = sum(t.cost * lit for t, lit in zip(asked.things, model.inside, strict=True))
            return cp_model.LinearExpr.sum([cabinets, things])


def spoken(asked: Question, cost: int) -> int | float:
    """Return what the goal comes to in its own measure: value, units, cabinets or cost."""
    match asked.goal:
        case "most":
            return -cost
        case "fewest-u":
            return cost / 2
        case _:
            return cost


def comfort_of(model: Model) -> cp_model.LinearExprT:
    """Return what is kept small among equal answers: cables, then odd halves, then weight high up.

    A cable's length is between the middles of what it joins; to another cabinet it is as long as
    both are high.
    """
    from ortools.sat.python import cp_model  # noqa: PLC0415 - takes a second to import

    asked = model.asked
    tall = max(halves(c.height_u) for c in asked.cabinets)
    moments = _moments(asked)
    most = sum(moments) * tall + 1
    odd = [_odd(model, i) for i, t in enumerate(asked.things) if t.height_u % 1 == 0]
    light = sum(moment * at for moment, at in zip(moments, model.at, strict=True))
    lengths, odds = (cp_model.LinearExpr.sum(terms) for terms in (_lengths(model, tall), odd))
    return (len(odd) + 1) * most * lengths + most * odds + light


def _moments(asked: Question) -> list[int]:
    """Return whole kilograms of each thing, at least one where its weight is unknown."""
    return [max(1, round((thing.weight_g or 0.0) / 1000)) for thing in asked.things]


def _odd(model: Model, number: int) -> cp_model.IntVar:
    """Return whether something of whole units begins in the middle of one."""
    cp = model.cp
    odd, whole = cp.new_bool_var(f"odd {number}"), cp.new_int_var(0, 200, f"whole {number}")
    cp.add(model.at[number] == 2 * whole + odd)
    return odd


def _lengths(model: Model, tall: int) -> list[cp_model.LinearExprT]:
    cp, found = model.cp, list["cp_model.LinearExprT"]()
    for cable in model.asked.cables:
        one, other = (model.asked.index(name) for name in (cable.one, cable.other))
        length = cp.new_int_var(0, 4 * tall, f"{cable.one} to {cable.other}")
        both = [model.inside[one], model.inside[other]]
        middles = [2 * model.at[i] + halves(model.asked.things[i].height_u) for i in (one, other)]
        cp.add(length >= middles[0] - middles[1]).only_enforce_if(both)
        cp.add(length >= middles[1] - middles[0]).only_enforce_if(both)
        for a in range(len(model.asked.cabinets)):
            elsewhere = sum(model.within(one, a)) - sum(model.within(other, a))
            cp.add(length >= 4 * tall * elsewhere).only_enforce_if(both)
        found.append(cable.count * length)
    return found
