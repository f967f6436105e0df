"""What a sheet can hold of each piece, in sizes as large as they may be called without harm.

The room beside a piece is filled by sums of other pieces' widths. What even the best of them leaves
is wasted in every layout: the piece may as well be called wider by it (Boschetti, Hadjiconstantinou
and Mingozzi 2002). Places of larger pieces are places of the pieces themselves.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from packing.rectangles.question import Sheet


@dataclass(frozen=True, slots=True)
class Pose:
    """A piece in one orientation: which, size (width, height) and worth."""

    piece: int
    size: tuple[int, int]
    value: int
    turned: bool = False

    @property
    def area(self) -> int:
        """What it covers."""
        return self.size[0] * self.size[1]


@dataclass(frozen=True)
class Task:
    """A sheet made ready: its size, poses that fit, and how many there are of each piece."""

    size: tuple[int, int]
    poses: tuple[Pose, ...]
    copies: tuple[int, ...]

    @property
    def area(self) -> int:
        """Of the sheet."""
        return self.size[0] * self.size[1]

    def most(self, pose: Pose) -> int:
        """Return how many of a pose there may be at once."""
        across, up = (room // length for room, length in zip(self.size, pose.size, strict=True))
        return min(self.copies[pose.piece], across * up)

    def worth(self, poses: Iterable[int]) -> int:
        """Return what some poses, by their index, are worth together."""
        return sum(self.poses[index].value for index in poses)

    def lengths(self, axis: int, but: int | None = None) -> list[tuple[int, int]]:
        """Return lengths along an axis, and of how many poses; without one of pose `but`."""
        return [
            (pose.size[axis], self.most(pose) - (index == but))
            for index, pose in enumerate(self.poses)
        ]


def reach(lengths: Iterable[tuple[int, int]], room: int) -> int:
    """Return the sums of lengths that stay within a room: bit n is set if n is one."""
    found, within = 1, (1 << room + 1) - 1
    for length, times in lengths:
        step, left = 1, times
        while left > 0:  # 1, 2, 4 ... of them at once
            many = min(step, left)
            found |= found << length * many & within
            left, step = left - many, step * 2
    return found


def ready(sheet: Sheet) -> Task:
    """Return the sheet with what fits on it and is worth something, as large as may be."""
    poses: list[Pose] = []
    for number, piece in enumerate(sheet.pieces):
        sizes = [(piece.wide, piece.high)]
        if sheet.turn and piece.wide != piece.high:
            sizes.append((piece.high, piece.wide))
        poses += [
            Pose(number, size, piece.value, turned)
            for turned, size in zip((False, True), sizes, strict=False)
            if size[0] <= sheet.wide and size[1] <= sheet.high and piece.value and piece.copies
        ]
    task = Task(
        (sheet.wide, sheet.high), tuple(poses), tuple(piece.copies for piece in sheet.pieces)
    )
    task = grown(task)
    return replace(task, poses=tuple(sorted(task.poses, key=lambda p: -p.area)))


def grown(task: Task) -> Task:
    """Return the same with a sheet as small and poses as large as changes no layout's pieces."""
    for axis in (0, 1):
        room = reach(task.lengths(axis), task.size[axis]).bit_length() - 1
        size = (room, task.size[1]) if axis == 0 else (task.size[0], room)
        task = replace(task, size=size)
        longest = sorted(range(len(task.poses)), key=lambda i: -task.poses[i].size[axis])
        for index in longest:
            task = _grown_pose(task, index, axis)
    return task


def _grown_pose(task: Task, index: int, axis: int) -> Task:
    """Return the task with one pose as long as no sum of others forbids, all its copies alike."""
    pose = task.poses[index]
    room = task.size[axis] - pose.size[axis]
    beside = reach(task.lengths(axis, but=index), room).bit_length() - 1
    if beside == room:
        return task
    length = pose.size[axis] + room - beside
    others = [*task.lengths(axis)]
    del others[index]
    for many in range(1, task.most(pose)):  # copies grow one by one: each must find the same rest
        mixed = [*others, (length, many), (pose.size[axis], task.most(pose) - 1 - many)]
        if reach(mixed, room).bit_length() - 1 != beside:
            return task
    size = (length, pose.size[1]) if axis == 0 else (pose.size[0], length)
    poses: Sequence[Pose] = task.poses
    return replace(task, poses=(*poses[:index], replace(pose, size=size), *poses[index + 1 :]))
