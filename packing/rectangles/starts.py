"""Where pieces may begin along an axis, when all are pushed towards two edges.

What begins left of a line is pushed to the left, the rest to the right: a piece then begins at a
sum of others' lengths, from its edge (meet-in-the-middle patterns; Côté and Iori 2018). The line is
put where that leaves the fewest places.
"""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING

from packing.rectangles.poses import reach

if TYPE_CHECKING:
    from packing.rectangles.poses import Task


def starts(task: Task, axis: int) -> list[list[int]]:
    """Return the places along an axis, sorted, where each pose may begin."""
    room = task.size[axis]
    left = [_sums(task, index, axis) for index in range(len(task.poses))]
    right = [
        sorted(room - pose.size[axis] - at for at in places)
        for pose, places in zip(task.poses, left, strict=True)
    ]
    begin = list(accumulate(_tally(left, room)))  # places up to and with n
    end = list(accumulate(_tally(right, room)))
    line = min(range(room + 1), key=lambda n: (begin[n - 1] if n else 0) - (end[n - 1] if n else 0))
    return [
        sorted({*(n for n in one if n < line), *(n for n in other if n >= line)})
        for one, other in zip(left, right, strict=True)
    ]


def pushed(task: Task, axis: int) -> list[list[int]]:
    """Return the places where each pose may begin if all are pushed to the same edge."""
    return [_sums(task, index, axis) for index in range(len(task.poses))]


def _sums(task: Task, index: int, axis: int) -> list[int]:
    room = task.size[axis] - task.poses[index].size[axis]
    sums = reach(task.lengths(axis, but=index), room)
    return [n for n in range(room + 1) if sums >> n & 1]


def _tally(places: list[list[int]], room: int) -> list[int]:
    found = [0] * (room + 1)
    for row in places:
        for place in row:
            found[place] += 1
    return found
