"""What stops a better answer: each limit is widened in turn, and the bound asked again."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from packing.cabinet.wishes import Cap

if TYPE_CHECKING:
    from collections.abc import Iterator

    from packing.cabinet.answer import Answer
    from packing.cabinet.question import Question

MOST = 12  # wishes tried without; each asks the whole question
EACH_S = 1.0


def binding(answer: Answer) -> tuple[str, ...]:
    """Return what stops a better answer, in words; nothing where all is in and that was the goal.

    Args:
        answer: with a layout.
    """
    asked = answer.question
    if asked.goal == "most" and not answer.left_out:
        return ()
    found: list[str] = []
    for words, wider in _wider(asked):
        gain = _gain(answer, wider)
        if gain > 0:
            found.append(f"{words} ({_bought(asked, gain)})")
    if not found and asked.goal == "most":
        return ("no one limit alone: without any single one, no more would go in",)
    return tuple(found)


def _wider(asked: Question) -> Iterator[tuple[str, Question]]:
    """Yield each limit in words with the question that lacks it."""
    if asked.goal != "fewest-u":
        cabinets = tuple(replace(c, height_u=c.height_u + 1) for c in asked.cabinets)
        yield "height: 1U more", replace(asked, cabinets=cabinets)
    for wish in asked.wishes[:MOST]:
        words = f"{wish.what}: without its cap" if isinstance(wish, Cap) else f"without: {wish}"
        yield words, asked.without([wish])


def _gain(answer: Answer, wider: Question) -> float:
    """Return by how much the best of a wider question is better, 0 where none is known."""
    from packing.cabinet.goals import spoken  # noqa: PLC0415 - beside the solver
    from packing.cabinet.solve import best  # noqa: PLC0415 - it asks here

    found, *_ = best(replace(wider, limit_s=min(EACH_S, wider.limit_s)))
    if not found.any:
        return 0.0
    better = spoken(wider, found.cost) - (answer.value or 0)
    return better if wider.goal == "most" else -better


def _bought(asked: Question, gain: float) -> str:
    what = {
        "most": f"{gain:g} more",
        "fewest-u": f"{gain:g}U less",
        "fewest-cabinets": f"{gain:g} fewer",
        "least-cost": f"{gain:g} less",
    }
    return what[asked.goal]
