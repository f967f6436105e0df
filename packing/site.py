"""One question of a site, a rack's or a fleet's, with all that is told of it: plain data both ways.

Whoever answers needs nothing else, so it may as well be another machine.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from packing.cabinet.question import Question

if TYPE_CHECKING:
    from packing.cabinet.answer import Answer
    from packing.fleet.question import Fleet
    from packing.fleet.solve import FleetPlan

SWAPS = 12  # of what is left out, so many are asked what they would cost
Swaps = dict[str, tuple[str, ...] | None]


@dataclass(frozen=True)
class RackAnswer:
    """A rack's answer.

    Args:
        answer: of the solver.
        instead: if the wishes clash: the answer when everything may stay out.
        swaps: for what is left out: what would have to leave for it; `None`: it goes in never.
    """

    answer: Answer
    instead: Answer | None
    swaps: Swaps


@dataclass(frozen=True)
class FleetAnswer:
    """A fleet's answer: a plan, or the nodes that go into no cabinet."""

    plan: FleetPlan | None
    homeless: tuple[str, ...] = ()


def answer(asked: Question | Fleet) -> RackAnswer | FleetAnswer:
    """Return the answer of a site; the same question has the same answer anywhere."""
    return of_rack(asked) if isinstance(asked, Question) else of_fleet(asked)


def of_rack(asked: Question) -> RackAnswer:
    """Return where everything stands, what goes in if wishes clash, and what stays out for what."""
    from packing.cabinet.solve import arrange  # noqa: PLC0415 - the solver is heavy

    found = arrange(asked)
    instead = None
    if found.clash:
        free = tuple(replace(thing, required=False) for thing in asked.things)
        instead = arrange(replace(asked, things=free, goal="most"))
    swaps = {} if asked.goal != "most" else _swaps(found if instead is None else instead)
    return RackAnswer(found, instead, swaps)


def of_fleet(asked: Fleet) -> FleetAnswer:
    """Return the cheapest cabinets found, or what goes into none."""
    from packing.fleet.solve import homeless, house  # noqa: PLC0415 - the solver is heavy

    plan = house(asked)
    return FleetAnswer(plan, tuple(homeless(asked)) if plan is None else ())


def _swaps(found: Answer) -> Swaps:
    """Say for what is left out which others would leave for it; `None`: it cannot be in at all."""
    from packing.cabinet.solve import best, spots_of  # noqa: PLC0415 - the solver is heavy

    asked, swaps = found.question, Swaps()
    inside = {spot.thing for spot in found.spots}
    for name in found.left_out[:SWAPS]:
        things = tuple(
            replace(
                thing,
                required=thing.required or thing.name == name,
                value=2 * thing.value + (thing.name in inside),  # what is in already, a bit more
            )
            for thing in asked.things
        )
        solution, model, _ = best(replace(asked, things=things))
        if not solution.any:
            swaps[name] = None
            continue
        there = {spot.thing for spot in spots_of(model, solution)}
        swaps[name] = tuple(t.name for t in asked.things if t.name in inside - there)
    return swaps
