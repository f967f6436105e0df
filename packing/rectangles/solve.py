"""The most value of rectangles on a sheet, with the proof: several ways take turns, ever longer.

Each way is exact, and quick where another is slow. Lists of sets, from the dearest down, prove most
sheets that hold a dozen pieces; the whole question as one model finds good layouts of many;
columns, where pieces keep apart in one direction only, give bounds that are mostly reached. What
one finds out the others start from. Work is counted and no clock is looked at: the same question
has the same answer.
"""

from __future__ import annotations

from packing.rectangles.poses import ready
from packing.rectangles.question import Answer, Sheet
from packing.rectangles.ways import Bars, Lists, State, Whole

_FIRST_WORK = 0.1  # deterministic seconds of each way in its first turn
_LONGER = 3.0  # times, from turn to turn
_LISTS = 3.0  # times as long as the others: they prove the most


def fill(sheet: Sheet, effort: float = 60.0) -> Answer:
    """Return the layout worth the most, as far as the effort reaches, and a bound.

    Args:
        sheet: the sheet and what could go onto it.
        effort: seconds of work, about; less may do.
    """
    state = State(ready(sheet))
    ways = ((Lists(state), _LISTS), (Whole(state), 1.0), (Bars(state), 1.0))
    work = _FIRST_WORK
    while not state.closed and state.spent < effort:
        for way, share in ways:
            if not state.closed:
                left = max(effort - state.spent, _FIRST_WORK)
                state.spent += way.work(min(work * share, left))
        work *= _LONGER
    return Answer(sheet, state.spots, state.bound, state.proof)
