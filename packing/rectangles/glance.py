"""Sets too large once each piece is called as large as the others let it: thousands at once.

It is what `packing.rectangles.poses.grown` does for one set, with every sum of some of the pieces
written out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from packing.rectangles.few import Rows
    from packing.rectangles.poses import Task

_MOST_PIECES = 11  # in a set: each one more doubles the sums
_CELLS = 2_000_000  # sums at once

Lengths = NDArray[np.int32]


def possible(task: Task, rows: Rows) -> Rows:
    """Return the sets, a row of poses each, whose grown pieces do not cover more than the sheet."""
    many = rows.shape[1]
    if not 1 < many <= _MOST_PIECES:
        return rows
    at_once = max(1, _CELLS >> many)
    parts = [rows[start : start + at_once] for start in range(0, len(rows), at_once)]
    return np.concatenate([part[_fits(task, part)] for part in parts]) if parts else rows


def _fits(task: Task, rows: Rows) -> NDArray[np.bool_]:
    area: NDArray[np.int64] = np.ones(rows.shape, dtype=np.int64)
    sheet = np.ones(len(rows), dtype=np.int64)
    for axis in (0, 1):
        lengths = np.array([pose.size[axis] for pose in task.poses], dtype=np.int32)[rows]
        grown, room = _grown(lengths, task.size[axis])
        area *= grown
        sheet *= room
    return area.sum(axis=1) <= sheet


def _grown(lengths: Lengths, size: int) -> tuple[Lengths, Lengths]:
    """Return lengths as large as they may be called, and the most of the room that sums reach."""
    sums = _sums(lengths)
    room = np.where(sums <= size, sums, 0).max(axis=1)
    lengths = lengths.copy()
    sets = np.arange(len(lengths))
    longest = np.argsort(-lengths, axis=1, kind="stable")
    for column in longest.T:
        length = lengths[sets, column]
        others = lengths.copy()
        others[sets, column] = 0
        beside = _sums(others)
        free = (room - length)[:, None]
        rest = free[:, 0] - np.where(beside <= free, beside, 0).max(axis=1)
        lengths[sets, column] = length + rest
    return lengths, room


def _sums(lengths: Lengths) -> Lengths:
    """Return all sums of some of each row's lengths."""
    sums = np.zeros((len(lengths), 1), dtype=np.int32)
    for column in range(lengths.shape[1]):
        sums = np.concatenate([sums, sums + lengths[:, column : column + 1]], axis=1)
    return sums
