"""Holes drawn larger by what a printer makes them smaller: both kernels draw the same.

What something is put through, a screw, a tie, a plug or a pin, is drawn larger all round. Wider
openings are not: what a line's width takes off them is nothing to whoever looks through.
"""

import math
from collections.abc import Sequence
from dataclasses import replace

from mounts.geometry.flat import Loop, Point
from mounts.geometry.sheet import Body, Sheet
from mounts.geometry.vents import Perforation

WIDEST_MM = 12.0  # across; the shank of an M10 and the mouth of a jack pass


def grown_body(body: Body, by_mm: float) -> Body:
    """Return a body whose holes are wider.

    Args:
        body: sheets with their holes.
        by_mm: added to every diameter.
    """
    sheets = tuple(_grown_sheet(one, by_mm) for one in body.sheets)
    return replace(body, sheets=sheets)


def grown_bores(groups: Sequence[Perforation], by_mm: float) -> tuple[Perforation, ...]:
    """Return perforations, those that something is put through wider by so much across, mm."""
    return tuple(
        replace(one, cell=_outset(one.cell, by_mm / 2)) if one.bore else one for one in groups
    )


def grown_cuts(cuts: Sequence[Sheet], by_mm: float) -> tuple[Sheet, ...]:
    """Return what is bored out of a body, each bore wider by so much across, mm."""
    return tuple(replace(one, outline=grown(one.outline, by_mm)) for one in cuts)


def grown(loop: Loop, by_mm: float) -> Loop:
    """Return a hole's edge wider by so much across, mm, its round corners round the same middles.

    What is wide is left as it is, and what has a side too short to be moved.
    """
    across = min(max(values) - min(values) for values in zip(*loop.points, strict=True))
    moved = _outset(loop.points, by_mm / 2)
    if across > WIDEST_MM or not _alike(loop.points, moved):
        return loop
    bends = [by_mm / 2 if out else -by_mm / 2 for out in _bulging(loop.points)]
    wanted = [
        max(0.0, r + more) if r > 0 else 0.0 for r, more in zip(loop.radii, bends, strict=True)
    ]
    if not _drawable(moved, wanted):  # a round shoulder as long as its radius keeps it
        wanted = [
            more if _drawable(moved, [*loop.radii[:k], more, *loop.radii[k + 1 :]]) else kept
            for k, (kept, more) in enumerate(zip(loop.radii, wanted, strict=True))
        ]
    return Loop(moved, tuple(wanted))


def _drawable(points: Sequence[Point], radii: Sequence[float]) -> bool:
    try:
        Loop(tuple(points), tuple(radii)).corners()
    except ValueError:
        return False
    return True


def _grown_sheet(sheet: Sheet, by_mm: float) -> Sheet:
    return replace(sheet, holes=tuple(grown(hole, by_mm) for hole in sheet.holes))


def _outset(points: Sequence[Point], by_mm: float) -> tuple[Point, ...]:
    """Return a ring with every side moved outwards, corner for corner."""
    turn = 1.0 if _doubled(points) > 0 else -1.0
    found: list[Point] = []
    for index, at in enumerate(points):
        before, after = points[index - 1], points[(index + 1) % len(points)]
        a, b = _outward(before, at, turn), _outward(at, after, turn)
        spread = by_mm / (1 + a[0] * b[0] + a[1] * b[1])
        found.append((at[0] + (a[0] + b[0]) * spread, at[1] + (a[1] + b[1]) * spread))
    return tuple(found)


def _outward(start: Point, end: Point, turn: float) -> Point:
    long = math.dist(start, end)
    return turn * (end[1] - start[1]) / long, -turn * (end[0] - start[0]) / long


def _doubled(points: Sequence[Point]) -> float:
    after = (*points[1:], points[0])
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(points, after, strict=True))


def _bulging(points: Sequence[Point]) -> list[bool]:
    """Return for each corner whether the ring bends as a convex one does."""
    turn = 1.0 if _doubled(points) > 0 else -1.0
    found: list[bool] = []
    for index, at in enumerate(points):
        a, b = points[index - 1], points[(index + 1) % len(points)]
        bend = (at[0] - a[0]) * (b[1] - at[1]) - (at[1] - a[1]) * (b[0] - at[0])
        found.append(turn * bend >= 0)
    return found


def _alike(points: Sequence[Point], moved: Sequence[Point]) -> bool:
    """Return whether every side still runs the way it ran."""
    for index, (at, now) in enumerate(zip(points, moved, strict=True)):
        a, b = points[index - 1], moved[index - 1]
        if (at[0] - a[0]) * (now[0] - b[0]) + (at[1] - a[1]) * (now[1] - b[1]) <= 0:
            return False
    return True
