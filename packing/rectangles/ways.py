"""The ways that `packing.rectangles.solve` takes in turn, and what they tell each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from packing.rectangles.columns import Columns
from packing.rectangles.few import Few
from packing.rectangles.glance import possible
from packing.rectangles.layout import place
from packing.rectangles.whole import search

if TYPE_CHECKING:
    from collections.abc import Sequence

    from packing.rectangles.layout import Trial
    from packing.rectangles.poses import Pose, Task
    from packing.rectangles.question import Spot

_SETS = 2_000_000  # looked at in a second
_TRIAL = 0.01  # seconds to set up CP-SAT for one layout
_GLANCE = 2e-4  # seconds for a set that is refuted at a glance
_STEP = 0.005  # of the bound: how far the first list reaches down


class State:
    """What is known so far: the best layout and the bound, and what proved it."""

    def __init__(self, task: Task) -> None:
        """Begin with nothing on the sheet."""
        self.task = task
        self.spots: tuple[Spot, ...] = ()
        self.value = 0
        self.spent = 0.0
        self.proof = "area"
        self._worth = {pose.piece: pose.value for pose in task.poses}
        self.bound = _by_area(task)

    @property
    def closed(self) -> bool:
        """Whether the best layout is known to be the best."""
        return self.value >= self.bound

    def keep(self, spots: tuple[Spot, ...]) -> None:
        """Note a layout, if it is worth more than the best so far."""
        value = sum(self._worth[spot.piece] for spot in spots)
        if value > self.value:
            self.spots, self.value = tuple(sorted(spots)), value

    def lower(self, bound: int | None, proof: str) -> None:
        """Note that nothing is worth more than a bound; `None`: than the best so far."""
        bound = self.value if bound is None else max(bound, self.value)
        if bound < self.bound:
            self.bound, self.proof = bound, proof

    def place(self, poses: Sequence[int], work: float) -> Trial:
        """Try to lay out a set, and note what comes of it."""
        trial = place(self.task, poses, work)
        if trial.spots is not None:
            self.keep(trial.spots)
        return trial._replace(work=trial.work + _TRIAL * (trial.work > 0))


def _by_area(task: Task) -> int:
    """Return what pieces are worth that cover the sheet, the dearest for their area first."""
    smallest: dict[int, Pose] = {}
    for pose in sorted(task.poses, key=lambda pose: -pose.area):
        smallest[pose.piece] = pose
    left, worth = task.area, 0
    for pose in sorted(smallest.values(), key=lambda pose: (-pose.value / pose.area, pose.piece)):
        most = max(task.most(one) for one in task.poses if one.piece == pose.piece)
        many = min(most, left // pose.area)
        worth, left = worth + many * pose.value, left - many * pose.area
        if many < most:  # a part of one more
            return worth + left * pose.value // pose.area
    return worth


class Lists:
    """Sets are listed from the dearest down, and tried; the first that can lie is the best."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._few: Few | None = None
        self._waiting: list[tuple[int, ...]] = []  # the dearest last
        self._listed = state.bound + 1  # sets worth so much were listed
        self._step = max(1, int(state.bound * _STEP))

    def work(self, work: float) -> float:
        """Go on for so many seconds; return how long it took."""
        state, left = self._state, work
        self._few = self._few or Few(state.task)
        while left > 0 and not state.closed:
            left -= self._try(work) if self._waiting else self._list(left)
        return work - left

    def _list(self, left: float) -> float:
        """List the next sets; return the seconds it took."""
        state = self._state
        self._listed = min(self._listed, state.bound + 1)
        least = max(state.value + 1, self._listed - self._step)
        assert self._few is not None
        listed = self._few.candidates(least, self._listed, int(left * _SETS))
        if listed.sets is None:
            self._step = max(1, self._step // 4)
            return max(left, listed.seen / _SETS)
        sets = [tuple(map(int, r)) for rows in listed.sets for r in possible(state.task, rows)]
        self._waiting = sorted(sets, key=lambda poses: (state.task.worth(poses), poses))
        self._listed = least
        self._step *= 2
        self._note()
        return listed.seen / _SETS + 1e-3

    def _try(self, work: float) -> float:
        """Try the dearest set that waits; return the seconds it took."""
        state, poses = self._state, self._waiting[-1]
        spent = _GLANCE
        if state.value < state.task.worth(poses) <= state.bound:
            trial = state.place(poses, work)
            spent += trial.work
            if trial.spots is None and not trial.impossible:
                return max(spent, work)  # it waits for a longer turn
        self._waiting.pop()
        self._note()
        return spent

    def _note(self) -> None:
        """Lower the bound to what waits or is not listed."""
        state = self._state
        waits = state.task.worth(self._waiting[-1]) if self._waiting else 0
        state.lower(max(waits, self._listed - 1), "lists of sets")


class Whole:
    """The whole question as one model."""

    def __init__(self, state: State) -> None:
        """Begin with what is known."""
        self._state = state

    def work(self, work: float) -> float:
        """Look for a better layout for so many seconds; return how long it took."""
        state = self._state
        found = search(state.task, state.value + 1, state.bound, work)
        if found.spots is not None:
            state.keep(found.spots)
        state.lower(None if found.best else found.bound, "one model")
        return found.work


class Bars:
    """Pieces keep their place in one direction only; what that allows is tried or forbidden."""

    def __init__(self, state: State) -> None:
        """Begin with what is known."""
        self._state = state
        self._open = 0  # worth of sets that could be neither laid out nor refuted
        self._columns: list[Columns] = []

    def work(self, work: float) -> float:
        """Go on for so many seconds in each direction; return how long it took."""
        if not self._columns:
            both = (Columns(self._state.task, axis) for axis in (0, 1))
            self._columns = sorted(both, key=lambda way: way.size)
        return sum(self._along(way, work) for way in self._columns)

    def _along(self, way: Columns, work: float) -> float:
        state, left = self._state, work
        while left > 0 and not state.closed:
            guess = way.best(state.value + 1, state.bound, left)
            left -= guess.work
            bound = state.value if guess.bound is None else guess.bound
            state.lower(max(bound, self._open), "columns")
            if guess.poses is None:
                break
            left -= self._try(guess.poses, work)
        return work - left

    def _try(self, poses: tuple[int, ...], work: float) -> float:
        """Lay out a set, or forbid it; return the seconds it took."""
        state = self._state
        trial = state.place(poses, work)
        if trial.spots is None:
            if not trial.impossible:
                self._open = max(self._open, state.task.worth(poses))
            for way in self._columns:
                way.forbid(poses)
        return trial.work + _GLANCE
