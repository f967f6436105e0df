"""The smallest set of wishes that cannot all come true.

Of the sets that clash one with the fewest wishes is sought by hitting sets (Ignatiev and others
2015): every wish list that can come true leaves some out, and a clash must hit each such rest. The
smallest set that hits all rests known so far either clashes, and none smaller does, or it can be
grown to a list that comes true, whose rest is a new one to hit. It begins from a clash of which no
wish can be spared, found by dropping one after the other; that is what stays after `CHECKS` lists.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from packing.cabinet.wishes import Wanted, Worth, all_wishes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from packing.cabinet.question import Question
    from packing.cabinet.wishes import Wish

CHECKS = 150  # lists of wishes tried in the search for a smaller clash
EACH_S = 1.0  # of the solver's work for one list of wishes


def clash(asked: Question) -> tuple[tuple[Wish, ...], bool]:
    """Return wishes that clash, in the order asked, and whether no smaller set does.

    Args:
        asked: a question that has no answer.
    """
    wishes = _ordered(asked)
    kept = wishes
    for wish in wishes:
        less = [one for one in kept if one != wish]
        if clashes(asked, less):
            kept = less
    kept, smallest = _smaller(asked, wishes, kept)
    return tuple(wish for wish in all_wishes(asked) if wish in kept), smallest


def clashes(asked: Question, wishes: Sequence[Wish]) -> bool:
    """Tell whether it is proven that wishes cannot all come true.

    Args:
        asked: the question they belong to; its other wishes are dropped.
        wishes: some of it.
    """
    from packing.cabinet.model import build  # noqa: PLC0415 - the solver is heavy
    from packing.cabinet.obey import obey  # noqa: PLC0415 - the same
    from packing.cabinet.solve import run  # noqa: PLC0415 - it asks here
    from packing.cabinet.sums import sums  # noqa: PLC0415 - as the first

    less = _about(asked.without(wish for wish in all_wishes(asked) if wish not in wishes))
    if sums(less).state == "none":
        return True
    model = build(less)
    obey(model)
    return run(model.cp, EACH_S).state == "none"


def _about(less: Question) -> Question:
    """Leave out things that nobody wants: they can only be in the way, and wishes of them hold."""
    if any(isinstance(wish, Worth) for wish in less.wishes):
        return less
    things = tuple(thing for thing in less.things if thing.required)
    names = {thing.name for thing in things}
    wishes = tuple(wish for wish in less.wishes if names.issuperset(wish.things))
    cables = tuple(c for c in less.cables if names.issuperset((c.one, c.other)))
    return replace(less, things=things, wishes=wishes, cables=cables)


def _ordered(asked: Question) -> list[Wish]:
    """Return the wishes in the order in which they are first tried without: small things first."""
    high = {thing.name: thing.height_u for thing in asked.things}
    wishes = list(all_wishes(asked))
    return sorted(wishes, key=lambda w: high[w.thing] if isinstance(w, Wanted) else 0.0)


def _smaller(asked: Question, wishes: Sequence[Wish], kept: list[Wish]) -> tuple[list[Wish], bool]:
    """Look for a clash of fewer wishes than a known one; return it, and whether that is proven."""
    rests: list[set[Wish]] = []
    for _ in range(CHECKS // max(1, len(wishes))):
        tried = _hitting(wishes, rests)
        if len(tried) >= len(kept):
            return kept, True
        if clashes(asked, tried):
            return tried, True
        grown = list(tried)
        for wish in sorted(wishes, key=lambda w: w in kept):
            if wish not in grown and not clashes(asked, [*grown, wish]):
                grown.append(wish)
        rests.append({wish for wish in wishes if wish not in grown})
    return kept, False


def _hitting(wishes: Sequence[Wish], rests: list[set[Wish]]) -> list[Wish]:
    """Return the fewest wishes of which each rest holds one."""
    from ortools.sat.python import cp_model  # noqa: PLC0415 - takes a second to import

    from packing.cabinet.solve import run  # noqa: PLC0415 - it asks here

    cp = cp_model.CpModel()
    taken = [cp.new_bool_var(str(wish)) for wish in wishes]
    for rest in rests:
        cp.add_bool_or([lit for lit, wish in zip(taken, wishes, strict=True) if wish in rest])
    cp.minimize(sum(taken))
    values = run(cp, EACH_S).values
    return [wish for wish, lit in zip(wishes, taken, strict=True) if values[lit.index]]
