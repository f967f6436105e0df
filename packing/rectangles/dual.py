"""Areas by rulers that bend lengths: pieces that are too much by one of them cannot be laid out.

A dual feasible function keeps every sum of lengths that fits within what the room becomes. One for
widths and one for heights give each piece a new area, and all pieces on a sheet together at most
the sheet's own (Fekete and Schepers 2004). The functions: `u` and `U` of theirs, and that of
Carlier, Clautiaux and Moukrim (2007).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from packing.rectangles.poses import Task

Whole = NDArray[np.int64]
_STEPS = 4  # of `u`: beyond, it hardly ever tells more


class Rulers:
    """New lengths of poses along one axis, a row for each function, and of the room."""

    def __init__(self, task: Task, axis: int) -> None:
        """Bend the lengths of a task; the first row is as they are."""
        room = task.size[axis]
        lengths = np.array([pose.size[axis] for pose in task.poses], dtype=np.int64)
        rows: dict[bytes, tuple[Whole, int]] = {}
        for row, most in _bent(lengths, room):
            key = np.append(row * 27720 // max(most, 1), most > 0).tobytes()  # alike to scale
            if most > 0 and key not in rows:
                rows[key] = (row, most)
        self.rows = np.array([row for row, _ in rows.values()])
        self.room = np.array([most for _, most in rows.values()])


def _bent(lengths: Whole, room: int) -> list[tuple[Whole, int]]:
    found = [(lengths, room)]
    steps = sorted({int(n) for n in lengths} | {room - int(n) + 1 for n in lengths})
    for least in (n for n in steps if 1 <= n <= room // 2):
        large = lengths > room - least
        found.append((np.where(large, room, np.where(lengths < least, 0, lengths)), room))
        found.append(_half(lengths, room, least))
    for k in range(1, _STEPS + 1):
        exact = (k + 1) * lengths % room == 0
        found.append((np.where(exact, k * lengths, room * ((k + 1) * lengths // room)), k * room))
    return found


def _half(lengths: Whole, room: int, step: int) -> tuple[Whole, int]:
    """Return lengths counted in steps; what is over half the room leaves the others the rest."""
    most = room // step
    over = 2 * (most - (room - lengths) // step)
    return np.where(
        2 * lengths > room, over, np.where(2 * lengths == room, most, 2 * (lengths // step))
    ), 2 * most


def areas(task: Task) -> tuple[Whole, Whole]:
    """Return new areas of poses, a row for each pair of functions, and of the sheet."""
    across, up = Rulers(task, 0), Rulers(task, 1)
    pairs = np.einsum("ip,jp->ijp", across.rows, up.rows).reshape(-1, len(task.poses))
    return pairs, np.outer(across.room, up.room).ravel()
