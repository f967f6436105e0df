"""The constraint solver's model of a question: who is in, at which face of which cabinet, where."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from packing.cabinet.area import rows_of, widths
from packing.cabinet.faces import Choice, choices, cliques
from packing.cabinet.grid import halves
from packing.cabinet.kinds import alike, same_cabinets
from packing.cabinet.raster import starts

if TYPE_CHECKING:
    from ortools.sat.python import cp_model

    from packing.cabinet.question import Question, Thing


@dataclass
class Model:
    """A question as variables.

    Args:
        asked: the question.
        cp: the solver's model.
        chosen: a literal for each face of each cabinet where a thing may be.
        inside: a literal for each thing.
        at: its lowest half unit, counted from 0.
        x: tenths of a millimetre from the left post, of what is narrower than its cabinet.
        top: half units up to the highest thing of each cabinet.
        used: whether anything is in a cabinet.
    """

    asked: Question
    cp: cp_model.CpModel
    chosen: dict[Choice, cp_model.IntVar] = field(default_factory=dict["Choice", "cp_model.IntVar"])
    inside: list[cp_model.IntVar] = field(default_factory=list["cp_model.IntVar"])
    at: list[cp_model.IntVar] = field(default_factory=list["cp_model.IntVar"])
    x: dict[int, cp_model.IntVar] = field(default_factory=dict[int, "cp_model.IntVar"])
    top: list[cp_model.IntVar] = field(default_factory=list["cp_model.IntVar"])
    used: list[cp_model.IntVar] = field(default_factory=list["cp_model.IntVar"])

    def of(self, thing: int) -> list[tuple[Choice, cp_model.IntVar]]:
        """Return the choices of one thing."""
        return [(c, literal) for c, literal in self.chosen.items() if c.thing == thing]

    def within(self, thing: int, cabinet: int) -> list[cp_model.IntVar]:
        """Return the literals of a thing's faces in one cabinet."""
        return [lit for c, lit in self.chosen.items() if c[:2] == (thing, cabinet)]


def build(asked: Question) -> Model:
    """Return the model of a question without its wishes and goal."""
    from ortools.sat.python import cp_model  # noqa: PLC0415 - takes a second to import

    model = Model(asked, cp_model.CpModel())
    tallest = max(halves(c.height_u) for c in asked.cabinets)
    for number, thing in enumerate(asked.things):
        _thing(model, number, thing, tallest)
    for number, cabinet in enumerate(asked.cabinets):
        model.top.append(model.cp.new_int_var(0, halves(cabinet.height_u), f"top {number}"))
        model.used.append(model.cp.new_bool_var(f"used {number}"))
        _cabinet(model, number)
    _in_order(model)
    return model


def _thing(model: Model, number: int, thing: Thing, tallest: int) -> None:
    """Add a thing's literals, its unit, and how far to the right it is."""
    cp = model.cp
    inside = cp.new_bool_var(f"in {number}")
    model.inside.append(inside)
    for choice in choices(thing, number, model.asked.cabinets):
        model.chosen[choice] = cp.new_bool_var(str(choice))
    cp.add(sum(literal for _, literal in model.of(number)) == inside)
    if thing.required:
        cp.add(inside == 1)
    step, high = halves(thing.step_u), halves(thing.height_u)
    last = max(0, tallest - high) // step
    if step == 1:
        model.at.append(cp.new_int_var(0, last, f"at {number}"))
    else:
        steps = cp.new_int_var(0, last, f"step {number}")
        model.at.append(cp.new_int_var(0, last * step, f"at {number}"))
        cp.add(model.at[-1] == step * steps)
    if thing.width_mm is not None:
        model.x[number] = cp.new_int_var_from_domain(starts(model.asked, thing), f"x {number}")


def _cabinet(model: Model, number: int) -> None:
    """Keep the things of one cabinet out of each other's way, and below its top."""
    cp, things, cabinet = model.cp, model.asked.things, model.asked.cabinets[number]
    here = [c for c in model.chosen if c.cabinet == number]
    for choice in here:
        literal, high = model.chosen[choice], halves(things[choice.thing].height_u)
        cp.add_implication(literal, model.used[number])
        cp.add(model.at[choice.thing] + high <= model.top[number]).only_enforce_if(literal)
    for clique in cliques(things, cabinet, here):
        _no_overlap(model, number, clique)
        for weights, whole in rows_of(model.asked, number, clique):
            terms = (w * model.chosen[c] for w, c in zip(weights, clique, strict=True))
            cp.add(sum(terms) <= whole * model.top[number])


def _no_overlap(model: Model, number: int, clique: tuple[Choice, ...]) -> None:
    cp, things = model.cp, model.asked.things
    upward: list[cp_model.IntervalVar] = []
    across: list[cp_model.IntervalVar] = []
    for choice in clique:
        literal = model.chosen[choice]
        high = halves(things[choice.thing].height_u)
        at = model.at[choice.thing]
        upward.append(cp.new_optional_fixed_size_interval_var(at, high, literal, f"z {choice}"))
        room, wide = widths(model.asked, number, choice.thing)
        x = model.x.get(choice.thing, 0)
        if choice.thing in model.x:
            cp.add(x + wide <= room).only_enforce_if(literal)
        across.append(cp.new_optional_fixed_size_interval_var(x, wide, literal, f"x {choice}"))
    if any(choice.thing in model.x for choice in clique):
        cp.add_no_overlap_2d(across, upward)
    else:
        cp.add_no_overlap(upward)


def _in_order(model: Model) -> None:
    """Things and cabinets that differ by name only are taken in order, from below."""
    asked = model.asked
    tall = max(halves(c.height_u) for c in asked.cabinets)
    for pair in alike(asked):
        one, other = (
            model.at[number]
            + sum(tall * index * literal for index, (_, literal) in enumerate(model.of(number)))
            for number in pair
        )
        model.cp.add_implication(model.inside[pair[1]], model.inside[pair[0]])
        model.cp.add(one <= other).only_enforce_if(model.inside[pair[1]])
    for i, j in same_cabinets(asked):
        model.cp.add(model.top[i] >= model.top[j])
        model.cp.add_implication(model.used[j], model.used[i])
