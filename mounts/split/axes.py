"""Which way a part is cut: the axes of its bed, and what of its drawing lies along them."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from mounts.geometry.sheet import AXES, Plane, Sheet
from mounts.geometry.vents import Perforation
from mounts.part import Part, Up

Span = tuple[float, float]
Box = tuple[Span, Span, Span]  # from where to where in x, y and z, mm


@dataclass(frozen=True)
class Way:
    """How a seam is drawn: square to an axis, in a plane, and cut straight through that plane."""

    plane: Plane
    axis: int

    @property
    def across(self) -> int:
        """The other axis of the drawing."""
        first, second, _ = AXES[self.plane]
        return second if self.axis == first else first

    @property
    def through(self) -> int:
        """The axis along which the drawing is cut."""
        return AXES[self.plane][2]


@dataclass(frozen=True)
class Bed:
    """How a part lies on the bed, and so how it is cut.

    A cut along the print direction takes nothing away that something printed rests on, so that
    what prints without supports does so in pieces too.
    """

    plane: Plane
    sign: int

    @property
    def sides(self) -> tuple[int, int]:
        """The two axes of the bed."""
        return AXES[self.plane][:2]

    @property
    def up(self) -> int:
        """The axis that is upright on the bed."""
        return AXES[self.plane][2]

    def way(self, axis: int) -> Way:
        """Return how a seam square to an axis is drawn.

        One that is square to the print direction is drawn over that and the part's width, and the
        piece beyond it is printed from its other end.
        """
        upright: Plane = "xz" if self.up == 2 else "xy"
        return Way(self.plane if axis != self.up else upright, axis)


def bed_of(up: Up) -> Bed:
    """Return the bed of a print direction."""
    planes: dict[str, Plane] = {"x": "yz", "y": "xz", "z": "xy"}
    return Bed(planes[up[1]], 1 if up[0] == "+" else -1)


def sheet_box(sheet: Sheet) -> Box:
    """Return the box round a sheet, mm."""
    return _box(sheet.plane, sheet.outline.points, (sheet.start_mm, sheet.end_mm))


def hole_boxes(part: Part) -> Iterator[tuple[Box, int]]:
    """Yield the box of every hole that must stay whole, and the axis it is drilled along.

    A pocket that another sheet closes is none.
    """
    for sheet in part.body.sheets:
        ends = sheet.start_mm, sheet.end_mm
        for hole in sheet.holes:
            box = _box(sheet.plane, hole.points, ends)
            if not any(_closes(other, sheet, box) for other in part.body.sheets):
                yield box, AXES[sheet.plane][2]
    for group in part.perforations:
        if group.needed:
            for box in perforation_boxes(group):
                yield box, AXES[group.plane][2]


def _closes(other: Sheet, sheet: Sheet, hole: Box) -> bool:
    """Say whether another sheet, drawn in the same plane, lies all over a hole."""
    if other is sheet or other.plane != sheet.plane:
        return False
    axes = AXES[sheet.plane][:2]
    own = sheet_box(other)
    if not all(own[k][0] <= hole[k][0] and hole[k][1] <= own[k][1] for k in axes):
        return False
    inner = (_box(other.plane, one.points, (0.0, 1.0)) for one in other.holes)
    return not any(all(b[k][0] < hole[k][1] and hole[k][0] < b[k][1] for k in axes) for b in inner)


def is_groove(part: Part, hole: Box, drilled: int) -> bool:
    """Say whether a sheet on one side of a hole closes it in its middle.

    Args:
        part: what has the hole.
        hole: its box, mm.
        drilled: the axis it is drilled along.
    """
    first, second = (axis for axis in range(3) if axis != drilled)
    u, v = (sum(hole[axis]) / 2 for axis in (first, second))
    low, high = hole[drilled]
    for sheet in part.body.sheets:
        if AXES[sheet.plane][2] != drilled or not (sheet.start_mm == high or sheet.end_mm == low):
            continue
        inner = [_box(sheet.plane, one.points, (0.0, 1.0)) for one in sheet.holes]
        boxes = [_holds(box, first, u) and _holds(box, second, v) for box in inner]
        own = sheet_box(sheet)
        if _holds(own, first, u) and _holds(own, second, v) and not any(boxes):
            return True
    return False


def _holds(box: Box, axis: int, at_mm: float) -> bool:
    return box[axis][0] <= at_mm <= box[axis][1]


def perforation_boxes(group: Perforation) -> Iterator[Box]:
    """Yield the box of each hole of a perforation, mm."""
    us, vs = [u for u, _ in group.cell], [v for _, v in group.cell]
    first, second, third = AXES[group.plane]
    for u, v in group.centers:
        spans: dict[int, Span] = {
            first: (u + min(us), u + max(us)),
            second: (v + min(vs), v + max(vs)),
            third: (group.start_mm, group.end_mm),
        }
        yield spans[0], spans[1], spans[2]


def with_holes(
    groups: Iterable[Perforation], keep: Callable[[Perforation, Box], bool]
) -> tuple[Perforation, ...]:
    """Return perforations with the holes that are kept, those without any left out.

    Args:
        groups: the perforations.
        keep: says of a perforation's hole, given its box, whether it stays.
    """
    thinned = (
        replace(
            group,
            centers=tuple(
                center
                for center, box in zip(group.centers, perforation_boxes(group), strict=True)
                if keep(group, box)
            ),
        )
        for group in groups
    )
    return tuple(group for group in thinned if group.centers)


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


def boxed(way: Way, along: Span, across: Span, through: Span) -> Box:
    """Return a box said in the axes of a seam."""
    spans = {way.axis: along, way.across: across, way.through: through}
    return spans[0], spans[1], spans[2]


def share(a: Box, b: Box) -> bool:
    """Say whether two boxes share space."""
    return all(p[0] < q[1] and q[0] < p[1] for p, q in zip(a, b, strict=True))


def _box(plane: Plane, points: tuple[tuple[float, float], ...], ends: Span) -> Box:
    first, second, third = AXES[plane]
    us, vs = [u for u, _ in points], [v for _, v in points]
    spans = {first: (min(us), max(us)), second: (min(vs), max(vs)), third: ends}
    return spans[0], spans[1], spans[2]
