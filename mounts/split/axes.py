"""Which way a part is cut: the axes of its bed, and what of its drawing lies along them."""

from collections.abc import Iterator
from dataclasses import dataclass

from mounts.geometry.sheet import AXES, Plane, Sheet
from mounts.geometry.vents import Perforation
from mounts.part import Part

Span = tuple[float, float]


@dataclass(frozen=True)
class Bed:
    """The plane that lies on the bed: every cut is drawn in it and runs on upwards.

    A cut along the print direction takes nothing away that something printed rests on, so that
    what prints without supports does so in pieces too.

    Args:
        plane: the axes of the drawing.
        play_mm: what its printer leaves between two pieces, each side.
    """

    plane: Plane
    play_mm: float

    @property
    def sides(self) -> tuple[int, int]:
        """The two axes of the bed."""
        return AXES[self.plane][:2]

    @property
    def up(self) -> int:
        """The axis that is upright on the bed."""
        return AXES[self.plane][2]

    def across(self, axis: int) -> int:
        """Return the other axis of the bed."""
        first, second = self.sides
        return second if axis == first else first


def bed_of(part: Part) -> Bed:
    """Return the bed that a part lies on."""
    planes: dict[str, Plane] = {"x": "yz", "y": "xz", "z": "xy"}
    return Bed(planes[part.up[1]], part.calibration.press_mm)


def sheet_span(sheet: Sheet, axis: int) -> Span:
    """Return from where to where a sheet reaches along an axis, mm."""
    return _span(sheet.plane, sheet.outline.points, (sheet.start_mm, sheet.end_mm), axis)


def hole_spans(part: Part, axis: int) -> Iterator[Span]:
    """Yield the reach of every hole that must stay whole, along an axis, mm."""
    for sheet in part.body.sheets:
        for hole in sheet.holes:
            yield _span(sheet.plane, hole.points, (sheet.start_mm, sheet.end_mm), axis)
    for group in part.perforations:
        if group.needed:
            yield from perforation_spans(group, axis)


def perforation_spans(group: Perforation, axis: int) -> Iterator[Span]:
    """Yield the reach of each hole of a perforation along an axis, mm."""
    for u, v in group.centers:
        points = tuple((u + x, v + y) for x, y in group.cell)
        yield _span(group.plane, points, (group.start_mm, group.end_mm), axis)


def corners_along(part: Part, axis: int) -> set[float]:
    """Return where along an axis anything begins, ends or turns: walls, ribs, posts, mm."""
    found: set[float] = set()
    for sheet in part.body.sheets:
        first, second, _ = AXES[sheet.plane]
        if axis not in (first, second):
            found |= {sheet.start_mm, sheet.end_mm}
            continue
        index = 0 if axis == first else 1
        loops = (sheet.outline, *sheet.holes)
        found |= {round(point[index], 3) for loop in loops for point in loop.points}
    return found


def _span(plane: Plane, points: tuple[tuple[float, float], ...], ends: Span, axis: int) -> Span:
    first, second, _ = AXES[plane]
    if axis not in (first, second):
        return ends
    values = [point[0 if axis == first else 1] for point in points]
    return min(values), max(values)
