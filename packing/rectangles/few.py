"""Lists of sets of pieces that may be worth enough; most sets are refuted before they are listed.

Sets grow by one pose at a time, thousands at once as rows of arrays. A set is dropped as soon as
two of its poses can lie neither side by side nor above each other, one of the rulers in
`packing.rectangles.dual` finds it too large, or what may still be added is worth too little. A few
rulers tell nearly all: which, is learned from the first sets that come through.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from packing.rectangles.dual import Whole, areas

if TYPE_CHECKING:
    from packing.rectangles.poses import Task

_AT_ONCE = 20_000  # sets as arrays that stay in the processor's cache
_FIRST = 40  # rulers before any is known to tell much
_LEARNED = 40  # rulers at most that a sample says to use
_KEPT = 12  # of the first ones beside them
_SAMPLE = 2_000
_MOST_FOUND = 300_000  # sets at once: some hundred megabytes
_ANY = 1e15  # worth for each area, where a ruler finds no area

Flags = NDArray[np.bool_]
Rows = NDArray[np.int16]


class Listed(NamedTuple):
    """Sets, a row of poses each, by how many they are; nothing if they are too many; sets seen."""

    sets: list[Rows] | None
    seen: int


class _Sets(NamedTuple):
    """Sets of the same number of poses, a row for each."""

    rows: Rows
    allowed: Flags  # which poses may be added: none that comes before those in
    left: Whole  # of the sheet, by each ruler
    value: Whole


class Few:
    """What is known of the poses of a task: which can lie together, how large rulers find them."""

    def __init__(self, task: Task) -> None:
        """Measure the poses of a task."""
        self._value = np.array([pose.value for pose in task.poses], dtype=np.int64)
        self._piece = np.array([pose.piece for pose in task.poses], dtype=np.int64)
        self._copies = np.array(task.copies)
        wide = np.array([pose.size[0] for pose in task.poses])
        high = np.array([pose.size[1] for pose in task.poses])
        beside = wide[:, None] + wide[None, :] <= task.size[0]
        together = beside | (high[:, None] + high[None, :] <= task.size[1])
        self._after = together & np.triu(np.ones_like(together))
        self._most = self._value * np.array([task.most(pose) for pose in task.poses])
        self._sizes, self._rooms = areas(task)
        share = (self._sizes / self._rooms[:, None]).sum(axis=1)
        self._first = np.argsort(-share, kind="stable")
        self.learned = False
        self._use(self._first[:_FIRST])

    def candidates(self, least: int, below: int, most_sets: int) -> Listed:
        """Return sets worth `least` or more that nothing here refutes.

        All that can be laid out and are worth less than `below` are among them, if no more than
        `most_sets` had to be looked at.
        """
        stack = [self._empty()]
        found: list[Rows] = []
        seen = many = 0
        while stack:
            parents = stack.pop()
            parent, pose = np.nonzero(parents.allowed)
            seen += len(parent)
            for start in range(0, len(parent), _AT_ONCE):
                part = slice(start, start + _AT_ONCE)
                sets = self._larger(parents, parent[part], pose[part])
                found.append(sets.rows[(sets.value >= least) & (sets.value < below)])
                many += len(found[-1])
                sets = self._hopeful(sets, least)
                if len(sets.rows):
                    stack.append(sets)
            if seen > most_sets or many > _MOST_FOUND:
                return Listed(None, seen)
            if many > _SAMPLE and not self.learned:
                self._learn(found)
                stack, found, many = [self._empty()], [], 0
        return Listed([kept for rows in found if len(kept := self._true(rows))], seen)

    def _empty(self) -> _Sets:
        """Return the set of nothing."""
        none = np.zeros(1, dtype=np.int64)
        every = np.ones((1, len(self._value)), dtype=np.bool_)
        return _Sets(np.zeros((1, 0), dtype=np.int16), every, self._room[None, :], none)

    def _use(self, rulers: NDArray[np.intp]) -> None:
        """Lay these rulers on every set from now on; the true one is among them."""
        keep = np.unique(np.append(rulers, 0))
        self._few, self._room = self._sizes[keep], self._rooms[keep]
        rate = np.where(self._few > 0, self._value / np.maximum(self._few, 1), _ANY)
        # worth for each area of the poses that may follow one, by each ruler, at best
        self._rate = np.maximum.accumulate(rate[:, ::-1], axis=1)[:, ::-1]

    def _learn(self, found: list[Rows]) -> None:
        """Choose rulers that refute the most of what was found, each of what the others left."""
        self.learned = True
        over = np.concatenate([self._over(rows[:_SAMPLE]) for rows in found], axis=1)
        chosen: list[int] = []
        while len(chosen) < _LEARNED and over.size:
            refuted = over.sum(axis=1)
            best = int(refuted.argmax())
            if not refuted[best]:
                break
            chosen.append(best)
            over = over[:, ~over[best]]
        self._use(np.append(self._first[:_KEPT], np.array(chosen, dtype=np.intp)))

    def _over(self, rows: Rows) -> Flags:
        """Tell which rulers find which sets too large."""
        covered = np.zeros((len(self._rooms), len(rows)), dtype=np.int64)
        for column in range(rows.shape[1]):
            covered += self._sizes[:, rows[:, column]]
        return covered > self._rooms[:, None]

    def _true(self, rows: Rows) -> Rows:
        """Return sets that no ruler at all finds too large."""
        parts = [rows[start : start + _SAMPLE] for start in range(0, len(rows), _SAMPLE)]
        kept = [part[~self._over(part).any(axis=0)] for part in parts]
        return np.concatenate(kept) if kept else rows

    def _larger(self, sets: _Sets, parent: NDArray[np.intp], pose: NDArray[np.intp]) -> _Sets:
        """Return sets with one pose more, without those that are found too large."""
        left = sets.left[parent] - self._few.T[pose]
        fits = (left >= 0).all(axis=1)
        parent, pose, left = parent[fits], pose[fits], left[fits]
        rows = np.concatenate([sets.rows[parent], pose[:, None].astype(np.int16)], axis=1)
        allowed = sets.allowed[parent] & self._after[pose] & self._there(rows)
        return _Sets(rows, allowed, left, sets.value[parent] + self._value[pose])

    def _there(self, rows: Rows) -> Flags:
        """Tell of which poses there is another copy, beside those in each row."""
        used = np.zeros((len(rows), len(self._copies)), dtype=np.int16)
        for column in range(rows.shape[1]):
            used[np.arange(len(rows)), self._piece[rows[:, column]]] += 1
        return (used < self._copies)[:, self._piece]

    def _hopeful(self, sets: _Sets, least: int) -> _Sets:
        """Return sets that can still become worth enough, by what is there and by its area."""
        lack = least - sets.value
        enough = sets.allowed @ self._most >= lack
        rate = self._rate.T[sets.rows[:, -1]]
        enough &= ((sets.left * rate >= lack[:, None] - 1e-6) | (rate >= _ANY)).all(axis=1)
        rows, allowed, left, value = sets
        return _Sets(rows[enough], allowed[enough], left[enough], value[enough])
