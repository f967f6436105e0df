"""The wishes of a question as constraints."""

from __future__ import annotations

from math import ceil, floor
from typing import TYPE_CHECKING

from packing.cabinet.grid import halves, milli
from packing.cabinet.wishes import Apart, At, Cap, HeavyLow, Together, Wanted, Worth

if TYPE_CHECKING:
    from ortools.sat.python import cp_model

    from packing.cabinet.model import Model


def obey(model: Model) -> None:
    """Add every wish of a model's question."""
    for wish in model.asked.wishes:
        match wish:
            case At():
                _at(model, wish)
            case Together():
                _together(model, wish)
            case Apart():
                _apart(model, wish)
            case HeavyLow():
                _heavy_low(model, wish)
            case Cap():
                _cap(model, wish)
            case Worth():
                pairs = zip(model.asked.things, model.inside, strict=True)
                model.cp.add(sum(t.value * literal for t, literal in pairs) >= wish.least)
            case Wanted():
                model.cp.add(model.inside[model.asked.index(wish.thing)] == 1)


def _at(model: Model, wish: At) -> None:
    number = model.asked.index(wish.thing)
    for choice, literal in model.of(number):
        here = model.asked.cabinets[choice.cabinet].name
        if (wish.face or choice.face) != choice.face or (wish.cabinet or here) != here:
            model.cp.add(literal == 0)
    if wish.at_u is None:
        return
    start = halves(wish.at_u - 1)
    end = start + halves(model.asked.things[number].height_u)
    for choice, literal in model.of(number):
        if end > halves(model.asked.cabinets[choice.cabinet].height_u):
            model.cp.add(literal == 0)
        else:
            model.cp.add(model.top[choice.cabinet] >= end * literal)
    model.cp.add(model.at[number] == start).only_enforce_if(model.inside[number])


def _same_cabinet(model: Model, one: int, other: int) -> None:
    """Where both are in, they are in one cabinet."""
    both = [model.inside[one], model.inside[other]]
    for cabinet in range(len(model.asked.cabinets)):
        sums = [sum(model.within(number, cabinet)) for number in (one, other)]
        model.cp.add(sums[0] == sums[1]).only_enforce_if(both)


def _together(model: Model, wish: Together) -> None:
    one, other = (model.asked.index(name) for name in wish.things)
    _same_cabinet(model, one, other)
    if wish.within_u is None:
        return
    both, near = [model.inside[one], model.inside[other]], floor(wish.within_u * 2 + 1e-6)
    for low, high in ((one, other), (other, one)):
        end = model.at[low] + halves(model.asked.things[low].height_u)
        model.cp.add(model.at[high] - end <= near).only_enforce_if(both)


def _apart(model: Model, wish: Apart) -> None:
    one, other = (model.asked.index(name) for name in wish.things)
    cp = model.cp
    for cabinet in range(len(model.asked.cabinets)):
        here = [model.within(number, cabinet) for number in (one, other)]
        if wish.by_u is None:
            cp.add(sum(here[0]) + sum(here[1]) <= 1)
        else:
            for a in here[0]:
                for b in here[1]:
                    over = cp.new_bool_var("")
                    _above(model, (one, other), wish.by_u, [a, b, over])
                    _above(model, (other, one), wish.by_u, [a, b, ~over])


def _above(model: Model, pair: tuple[int, int], by_u: float, when: list[cp_model.LiteralT]) -> None:
    low, high = pair
    end = model.at[low] + halves(model.asked.things[low].height_u)
    gap = ceil(by_u * 2 - 1e-6)  # a distance off the grid is met by the next half unit
    model.cp.add(model.at[high] >= end + gap).only_enforce_if(when)


def _heavy_low(model: Model, wish: HeavyLow) -> None:
    """Below a level of each cabinet stands what is heavy, above it what is light."""
    for number, cabinet in enumerate(model.asked.cabinets):
        level = model.cp.new_int_var(0, halves(cabinet.height_u), f"level {number}")
        for choice, literal in model.chosen.items():
            thing = model.asked.things[choice.thing]
            if choice.cabinet != number or thing.weight_g is None:
                continue
            at = model.at[choice.thing]
            if thing.weight_g >= wish.over_g:
                model.cp.add(at + halves(thing.height_u) <= level).only_enforce_if(literal)
            else:
                model.cp.add(at >= level).only_enforce_if(literal)


def _cap(model: Model, wish: Cap) -> None:
    for number, cabinet in enumerate(model.asked.cabinets):
        if wish.cabinet not in {None, cabinet.name}:
            continue
        terms: list[cp_model.LinearExprT] = []
        for choice, literal in model.chosen.items():
            thing = model.asked.things[choice.thing]
            figure = wish.figure(thing)
            if choice.cabinet == number and figure is not None:
                terms.append(milli(figure) * literal)
        model.cp.add(sum(terms) <= milli(wish.most))
