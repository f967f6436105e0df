"""Equal rectangles in a rectangle, both ways round: the pallet loader's problem.

    rows of both kinds          five blocks
    +--+--+--+--+--+            +-----+-----+---+
    |  |  |  |  |  |            |     |     |   |
    +--+--+--+--+--+            +-----+--+--+   |
    |    |    |    |            |   |    |  |   |
    +----+----+----+            |   +----+--+---+
    |    |    |    |            |   |     |     |
    +----+----+----+            +---+-----+-----+

Cuts from wall to wall and, where they fall short of the bound, five blocks around each other
(Bischoff and Dowsland 1982): both recursive, on the raster of sums of sides.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from math import floor
from typing import NamedTuple

SCALE = 100  # whole hundredths of a millimetre: sums stay exact
_DEPTH = 3  # cuts and blocks within each other


class Place(NamedTuple):
    """A rectangle's lower left corner, and whether it is turned by a right angle; mm."""

    x_mm: float
    y_mm: float
    turned: bool


@dataclass(frozen=True, slots=True)
class Loading:
    """What goes into a rectangle: the places, and a bound that nothing exceeds."""

    places: tuple[Place, ...]
    upper_bound: int

    @property
    def count(self) -> int:
        """How many go in."""
        return len(self.places)


def load(width_mm: float, height_mm: float, piece_mm: tuple[float, float]) -> Loading:
    """Return how equal pieces go into a rectangle.

    Args:
        width_mm: of the rectangle.
        height_mm: of the rectangle.
        piece_mm: width and height of a piece; it may be turned.
    """
    a, b = (round(side * SCALE) for side in piece_mm)
    wide, high = (floor(side * SCALE + 1e-6) for side in (width_mm, height_mm))
    found = _best(wide, high, a, b, _DEPTH)
    return Loading(
        tuple(Place(x / SCALE, y / SCALE, turned) for x, y, turned in _places(found, 0, 0, a, b)),
        _bound(wide, high, a, b),
    )


# A plan is a count and either a grid of one kind (turned, columns, rows) or blocks at offsets.
_Grid = tuple[bool, int, int]


class _Plan(NamedTuple):
    pieces: int
    grid: _Grid | None = None
    blocks: tuple[tuple[int, int, "_Plan"], ...] = ()


@cache
def _raster(side: int, a: int, b: int) -> tuple[int, ...]:
    """Return the sums of sides up to a length: where cuts are worth trying."""
    sums = {i * a + j * b for i in range(side // a + 1) for j in range((side - i * a) // b + 1)}
    return tuple(sorted(sums))


@cache
def _used(side: int, a: int, b: int) -> int:
    """Return the largest sum of sides that a length takes; the rest is waste."""
    return max(i * a + (side - i * a) // b * b for i in range(side // a + 1))


def _bound(wide: int, high: int, a: int, b: int) -> int:
    """Return what the area allows of the parts of both sides that sums of sides can use."""
    if wide < 0 or high < 0:
        return 0
    return _used(wide, a, b) * _used(high, a, b) // (a * b)


def _grid(wide: int, high: int, a: int, b: int) -> _Plan:
    straight = (wide // a) * (high // b)
    turned = (wide // b) * (high // a)
    if straight >= turned:
        return _Plan(straight, (False, wide // a, high // b))
    return _Plan(turned, (True, wide // b, high // a))


@cache
def _best(wide: int, high: int, a: int, b: int, depth: int) -> _Plan:
    best, most = _grid(wide, high, a, b), _bound(wide, high, a, b)
    if depth == 0 or best.pieces == most:
        return best
    for tried in (_cut(wide, high, a, b, depth), _five(wide, high, a, b, depth)):
        for plan in tried:
            if plan.pieces > best.pieces:
                best = plan
            if best.pieces == most:
                return best
    return best


def _cut(wide: int, high: int, a: int, b: int, depth: int) -> Iterator[_Plan]:
    """Yield plans of two parts, side by side or over each other."""
    for x in _raster(wide // 2, a, b)[1:]:
        parts = (_best(x, high, a, b, depth - 1), _best(wide - x, high, a, b, depth - 1))
        yield _Plan(sum(p.pieces for p in parts), None, ((0, 0, parts[0]), (x, 0, parts[1])))
    for y in _raster(high // 2, a, b)[1:]:
        parts = (_best(wide, y, a, b, depth - 1), _best(wide, high - y, a, b, depth - 1))
        yield _Plan(sum(p.pieces for p in parts), None, ((0, 0, parts[0]), (0, y, parts[1])))


def _five(wide: int, high: int, a: int, b: int, depth: int) -> Iterator[_Plan]:
    """Yield plans of four grids around a fifth: x1 < x2 and y1 < y2 are the inner corners.

    Grids of one kind end at whole pieces from their own wall, so no other corners are tried.
    """
    if depth < _DEPTH:  # blocks within blocks hardly ever gain, and take long
        return
    left, low = _whole(wide, a, b), _whole(high, a, b)
    for x1, x2 in ((x1, wide - x) for x1 in left for x in left if x1 < wide - x):
        for y1, y2 in ((y1, high - y) for y1 in low for y in low if y1 < high - y):
            corners = (
                (0, 0, x1, y2),
                (x1, 0, wide - x1, y1),
                (x2, y1, wide - x2, high - y1),
                (0, y2, x2, high - y2),
                (x1, y1, x2 - x1, y2 - y1),
            )
            blocks = tuple((x, y, _grid(w, h, a, b)) for x, y, w, h in corners)
            yield _Plan(sum(block.pieces for *_, block in blocks), None, blocks)


def _whole(side: int, a: int, b: int) -> list[int]:
    """Return the lengths of whole pieces of one kind."""
    return sorted({n * length for length in (a, b) for n in range(1, side // length + 1)})


def _places(plan: _Plan, x: int, y: int, a: int, b: int) -> Iterator[tuple[int, int, bool]]:
    if plan.grid is not None:
        turned, columns, rows = plan.grid
        wide, high = (b, a) if turned else (a, b)
        yield from (
            (x + i * wide, y + j * high, turned) for j in range(rows) for i in range(columns)
        )
    for left, low, block in plan.blocks:
        yield from _places(block, x + left, y + low, a, b)
