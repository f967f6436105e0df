"""Rectangles onto beds: as few beds as can be found, the same ones every time.

rectpack places one rectangle after another and looks at no clock. Several of its rules and several
orders are tried, and the fewest beds win; a lower bound says how good that is. Beside another, a
part keeps `GAP_MM`; to the edge of the bed it needs nothing, for a panel of 10 inches is 254 mm
wide and many a bed is 256.
"""

import math
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

from catalog.models import Printer

if TYPE_CHECKING:
    from rectpack.maxrects import MaxRects

GAP_MM = 4.0  # between two parts: room for a hand, and for a brim of 2 mm round each
STEPS = 100  # lengths are whole hundredths of a millimetre while they are placed: no float drifts


@dataclass(frozen=True)
class Rect:
    """What a thing covers on the bed as it lies, not turned, mm."""

    name: str
    wide_mm: float
    deep_mm: float


@dataclass(frozen=True)
class Spot:
    """Where a thing lies: the middle of what it covers, from the bed's front left corner, mm."""

    name: str
    x_mm: float
    y_mm: float
    turn_deg: float


@dataclass(frozen=True)
class _Box:
    """A rectangle placed: its front left corner, size with the gap, and whether it was turned."""

    name: str
    x: int
    y: int
    wide: int
    deep: int
    turned: bool


_Bed = tuple[int, int]  # width and depth with one gap more: so the outermost need none


def lay_out(rects: Sequence[Rect], printer: Printer) -> list[list[Spot]]:
    """Place every rectangle on one of as few beds as can be found, straight or turned by 90°.

    Args:
        rects: one for each thing to print; each fits the bed alone (`fits`).
        printer: whose bed; what it excludes stays free.
    """
    bed = _steps(printer.bed_x_mm) + _gap(), _steps(printer.bed_y_mm) + _gap()
    kept_out = [_steps(mm) for mm in printer.excluded_mm or ()]
    least, best = bound(rects, printer), list[list[_Box]]()
    for found in _tried(rects, bed, kept_out):
        if not best or len(found) < len(best):
            best = found
        if len(best) <= least:
            break
    return [_spots(boxes, bed, bool(kept_out)) for boxes in best]


def fits(rect: Rect, printer: Printer) -> bool:
    """Say whether a rectangle has room on the bed, straight or across, clear of its corner."""
    bed = _steps(printer.bed_x_mm) + _gap(), _steps(printer.bed_y_mm) + _gap()
    kept_out = [_steps(mm) for mm in printer.excluded_mm or ()]
    plate = _Plate(bed, kept_out, next(_rules()))
    return plate.took(rect)


def bound(rects: Sequence[Rect], printer: Printer) -> int:
    """Return how many beds these need at least, proven.

    By area, and by how many of them cannot lie two on a bed, whichever is more.
    """
    wide, deep = printer.bed_x_mm + GAP_MM, printer.bed_y_mm + GAP_MM
    area = sum((r.wide_mm + GAP_MM) * (r.deep_mm + GAP_MM) for r in rects)
    apart: list[Rect] = []
    for one in sorted(rects, key=lambda r: (-r.wide_mm * r.deep_mm, r.name)):
        if not any(_share(one, other, (wide, deep)) for other in apart):
            apart.append(one)
    return max(math.ceil(area / (wide * deep) - 1e-9), len(apart))


def _share(one: Rect, other: Rect, bed: tuple[float, float]) -> bool:
    """Say whether two rectangles have room on one empty bed: beside or behind one another."""
    ways = [(r.wide_mm + GAP_MM, r.deep_mm + GAP_MM) for r in (one, other)]
    for (a, b), (c, d) in product(*([way, way[::-1]] for way in ways)):
        beside = a + c <= bed[0] + 1e-6 and max(b, d) <= bed[1] + 1e-6
        behind = b + d <= bed[1] + 1e-6 and max(a, c) <= bed[0] + 1e-6
        if beside or behind:
            return True
    return False


_ORDERS: tuple[Callable[[Rect], tuple[float, ...]], ...] = (
    lambda r: (-r.wide_mm * r.deep_mm,),
    lambda r: (-max(r.wide_mm, r.deep_mm), -min(r.wide_mm, r.deep_mm)),
    lambda r: (-min(r.wide_mm, r.deep_mm), -max(r.wide_mm, r.deep_mm)),
    lambda r: (-r.wide_mm - r.deep_mm,),
)


def _rules() -> "Iterator[type[MaxRects]]":
    from rectpack import (  # noqa: PLC0415 - beside its only use
        MaxRectsBaf,
        MaxRectsBl,
        MaxRectsBlsf,
        MaxRectsBssf,
    )

    yield from (MaxRectsBl, MaxRectsBssf, MaxRectsBlsf, MaxRectsBaf)


class _Plate:
    """One bed that fills."""

    def __init__(self, bed: _Bed, kept_out: Sequence[int], rule: "type[MaxRects]") -> None:
        self.boxes: list[_Box] = []
        self.space = rule(*bed, rot=False)
        if kept_out:  # the first one on an empty bed comes to lie in the front left corner
            corner = self.space.add_rect(*kept_out)
            assert corner is not None, "the corner that is kept free is smaller than the bed"
            assert (corner.x, corner.y) == (0, 0)
        self.space.rot = True

    def rated(self, rect: Rect) -> float | None:
        """Return how much a rectangle would leave unused by the rule, or nothing: no room."""
        rate = self.space.fitness(*_grown(rect))
        return None if rate is None else float(rate)

    def took(self, rect: Rect) -> bool:
        """Place a rectangle if there is room."""
        wide, deep = _grown(rect)
        put = self.space.add_rect(wide, deep)
        if put is None:
            return False
        turned = (put.width, put.height) != (wide, deep)
        self.boxes.append(_Box(rect.name, put.x, put.y, put.width, put.height, turned))
        return True


def _tried(rects: Sequence[Rect], bed: _Bed, kept_out: Sequence[int]) -> Iterator[list[list[_Box]]]:
    """Yield one layout after another: by every rule in every order, then by the best fit of all."""
    for rule, order in product(_rules(), _ORDERS):
        ordered = sorted(rects, key=lambda r, order=order: (*order(r), r.name))
        yield _packed(ordered, bed, kept_out, rule)
    for rule in _rules():
        yield _filled(rects, bed, kept_out, rule)


def _packed(
    rects: Sequence[Rect], bed: _Bed, kept_out: Sequence[int], rule: "type[MaxRects]"
) -> list[list[_Box]]:
    """Put each rectangle onto the first bed that has room for it."""
    plates: list[_Plate] = []
    for rect in rects:
        if any(plate.took(rect) for plate in plates):
            continue
        plates.append(_Plate(bed, kept_out, rule))
        if not plates[-1].took(rect):
            text = f"{rect.name} does not fit the bed alone"
            raise ValueError(text)
    return [plate.boxes for plate in plates]


def _filled(
    rects: Sequence[Rect], bed: _Bed, kept_out: Sequence[int], rule: "type[MaxRects]"
) -> list[list[_Box]]:
    """Fill one bed after another, each time with the rectangle that fits a gap best."""
    left = Counter(sorted(rects, key=lambda r: (*_ORDERS[0](r), r.name)))
    plates: list[_Plate] = []
    while left:
        plates.append(_Plate(bed, kept_out, rule))
        while left:
            rated = [(plates[-1].rated(rect), rect) for rect in left]
            able = [(rate, rect) for rate, rect in rated if rate is not None]
            if not able:
                break
            rect = min(able, key=lambda one: one[0])[1]
            plates[-1].took(rect)
            left[rect] -= 1
            if not left[rect]:
                del left[rect]
    return [plate.boxes for plate in plates]


def _spots(boxes: Sequence[_Box], bed: _Bed, cornered: bool) -> list[Spot]:
    """Return where the middles are, all moved so that the edges of the bed have equal room.

    Where the front left corner must stay free, only away from it.
    """
    moves: list[float] = []
    for side, far in ((("x", "wide"), bed[0]), (("y", "deep"), bed[1])):
        low = min(getattr(box, side[0]) for box in boxes)
        high = max(getattr(box, side[0]) + getattr(box, side[1]) for box in boxes)
        free = (far - high - low) / 2
        moves.append(max(0.0, free) if cornered else free)
    return [
        Spot(
            box.name,
            (box.x + (box.wide - _gap()) / 2 + moves[0]) / STEPS,
            (box.y + (box.deep - _gap()) / 2 + moves[1]) / STEPS,
            90.0 if box.turned else 0.0,
        )
        for box in boxes
    ]


def _grown(rect: Rect) -> _Bed:
    return _steps(rect.wide_mm) + _gap(), _steps(rect.deep_mm) + _gap()


def _steps(mm: float) -> int:
    return math.ceil(mm * STEPS - 1e-6)


def _gap() -> int:
    return _steps(GAP_MM)
