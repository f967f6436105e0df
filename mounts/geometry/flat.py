"""Flat drawing: closed loops with rounded corners, in mm, before any kernel is loaded."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

Point = tuple[float, float]

# Slope of every roof over a hole. 46 would do for the slope itself, but a slicer closes a gap of up
# to 0.098 mm (PrusaSlicer, slice_closing_radius) and so ends a roof one layer early: over the last
# gap the layer then reaches 0.2 / tan(slope) + 0.049 mm past the one below. Supports are called for
# past 0.2 / tan(46) mm: 54.3 degrees is the least that never needs them, wherever the layers fall.
ROOF_DEG = 55.0
SIDE_SHARE = 0.26  # upright side of a hexagon, in widths
MIN_PRONG_MM = 5.0
ARC_STEP_DEG = 10.0  # 36 chords to the circle: 0.4 % of the radius off, 0.03 mm at 8 mm
SAME_MM = 1e-7  # points nearer than this are one


@dataclass(frozen=True)
class Loop:
    """A closed polygon whose corners may be rounded.

    Args:
        points: corners in order, mm; either direction.
        radii: one corner radius for each point, mm; 0 keeps it sharp.
    """

    points: tuple[Point, ...]
    radii: tuple[float, ...]

    def moved(self, dx: float, dy: float) -> "Loop":
        """Return the loop shifted by (dx, dy), mm."""
        return Loop(tuple((x + dx, y + dy) for x, y in self.points), self.radii)

    def corners(self) -> list[tuple[Point, Point, Point]]:
        """Return for each corner its arc as (start, middle, end); all three equal if sharp.

        A radius larger than the neighbouring edges allow is an error of the drawing.

        Raises:
            ValueError: a corner's arc does not fit its edges.
        """
        count = len(self.points)
        arcs = [
            _corner(self.points[i - 1], self.points[i], self.points[(i + 1) % count], self.radii[i])
            for i in range(count)
        ]
        for i, (_, _, end) in enumerate(arcs):
            start = arcs[(i + 1) % count][0]
            a, b = self.points[i], self.points[(i + 1) % count]
            if (start[0] - end[0]) * (b[0] - a[0]) + (start[1] - end[1]) * (b[1] - a[1]) < -1e-6:
                text = (
                    f"corner radii {self.radii[i]} and {self.radii[(i + 1) % count]} overlap at {a}"
                )
                raise ValueError(text)
        return arcs

    def flattened(self) -> list[Point]:
        """Return the loop as a plain polygon, arcs cut into chords of `ARC_STEP_DEG`."""
        found: list[Point] = []
        for arc in self.corners():
            for point in _chords(*arc):
                if not found or math.dist(point, found[-1]) > SAME_MM:
                    found.append(point)
        return found if math.dist(found[0], found[-1]) > SAME_MM else found[:-1]


def polygon(points: Sequence[Point], radius: float = 0.0) -> Loop:
    """Return a polygon with the same radius at every corner, mm."""
    return Loop(tuple(points), (radius,) * len(points))


def polygon_r(points: Sequence[tuple[float, float, float]]) -> Loop:
    """Return a polygon from (x, y, corner radius), mm."""
    return Loop(tuple((x, y) for x, y, _ in points), tuple(r for _, _, r in points))


def rectangle(low: Point, high: Point, radius: float = 0.0) -> Loop:
    """Return the rectangle between two opposite corners, mm."""
    (x0, y0), (x1, y1) = low, high
    return polygon([(x0, y0), (x1, y0), (x1, y1), (x0, y1)], radius)


def slot(center: Point, length: float, height: float) -> Loop:
    """Return an obround: `length` along x between its round ends, `height` across, mm."""
    x, y = center
    half = length / 2, height / 2
    low, high = (x - half[0], y - half[1]), (x + half[0], y + half[1])
    return rectangle(low, high, min(half))


def circle(center: Point, diameter: float) -> Loop:
    """Return a circle as an obround without straight parts, mm."""
    return slot(center, diameter, diameter)


def hexagon(across_flats: float) -> tuple[Point, ...]:
    """Return a hexagon round the origin, two sides upright, stretched along the second axis, mm.

    Printed with the second axis up its roof rises at `ROOF_DEG` from the horizontal and needs no
    support; a regular hexagon's would at 30 degrees, or hang as a bridge with a flat side up.
    """
    half = across_flats / 2
    upright = SIDE_SHARE * across_flats / 2
    top = upright + half * math.tan(math.radians(ROOF_DEG))
    return (
        (half, -upright),
        (half, upright),
        (0, top),
        (-half, upright),
        (-half, -upright),
        (0, -top),
    )


def hexagon_pitch(across_flats: float, web: float) -> Point:
    """Return the steps of a honeycomb of such hexagons with the same web between all sides, mm.

    Columns lie the first figure apart, rows the second; every other row shifted by half a column.
    """
    rise = across_flats / 2 * math.tan(math.radians(ROOF_DEG))
    row = SIDE_SHARE * across_flats + rise * (1 - web / across_flats)
    return across_flats + web, row + web / math.cos(math.radians(ROOF_DEG))


def opened(outline: Loop, holes: Sequence[Loop], web_mm: float) -> tuple[Loop, tuple[Loop, ...]]:
    """Return an outline and its holes, the holes too near the edge turned into open notches.

    Args:
        outline: outer edge; only its extents and its corners' radii matter here.
        holes: cut-outs, mm; may reach over the edge.
        web_mm: a strip between a hole and the edge thinner than this is cut away.
    """
    import shapely  # noqa: PLC0415 - heavy

    outer = shapely.Polygon(outline.points)
    x0, y0, x1, y1 = outer.bounds
    kept: list[Loop] = []
    cuts: list[shapely.Polygon] = []
    for hole in holes:
        a, b, c, d = shapely.Polygon(hole.points).bounds
        past = [a < x0 + web_mm, b < y0 + web_mm, c > x1 - web_mm, d > y1 - web_mm]
        if not any(past):
            kept.append(hole)
            continue
        a, b = (x0 - 1 if past[0] else a), (y0 - 1 if past[1] else b)
        c, d = (x1 + 1 if past[2] else c), (y1 + 1 if past[3] else d)
        cuts.append(shapely.box(a, b, c, d))
    if not cuts:
        return outline, tuple(kept)
    # A prong left standing between two notches would break off: take it away too.
    reach = MIN_PRONG_MM / 2
    joined = shapely.union_all([cut.buffer(reach, join_style="mitre") for cut in cuts])
    rest = outer.difference(joined.buffer(-reach, join_style="mitre"))
    if not isinstance(rest, shapely.Polygon):
        raise ValueError("the cut-outs cut the plate in two")
    known = dict(zip(outline.points, outline.radii, strict=True))
    corners = [(float(x), float(y)) for x, y in rest.exterior.coords[:-1]]
    return Loop(tuple(corners), tuple(known.get(p, 0.0) for p in corners)), tuple(kept)


def _unit(a: Point, b: Point) -> Point:
    length = math.dist(a, b)
    return (b[0] - a[0]) / length, (b[1] - a[1]) / length


def _corner(before: Point, at: Point, after: Point, radius: float) -> tuple[Point, Point, Point]:
    if radius <= 0:
        return at, at, at
    u, v = _unit(at, before), _unit(at, after)
    cosine = max(-1.0, min(1.0, u[0] * v[0] + u[1] * v[1]))
    half = math.acos(cosine) / 2
    if half > math.pi / 2 - 1e-6:  # the edges run straight on: nothing to round
        return at, at, at
    reach = radius / math.tan(half)
    to_center = radius / math.sin(half)
    bisector = _unit((0, 0), (u[0] + v[0], u[1] + v[1]))
    center = at[0] + bisector[0] * to_center, at[1] + bisector[1] * to_center
    start = at[0] + u[0] * reach, at[1] + u[1] * reach
    end = at[0] + v[0] * reach, at[1] + v[1] * reach
    middle = center[0] - bisector[0] * radius, center[1] - bisector[1] * radius
    return start, middle, end


def _chords(start: Point, middle: Point, end: Point) -> list[Point]:
    if start == end:
        return [start]
    center = _center(start, middle, end)
    radius = math.dist(center, start)
    first = math.atan2(start[1] - center[1], start[0] - center[0])
    last = math.atan2(end[1] - center[1], end[0] - center[0])
    sweep = (last - first + math.pi) % (2 * math.pi) - math.pi
    steps = max(1, math.ceil(abs(math.degrees(sweep)) / ARC_STEP_DEG))
    angles = [first + sweep * k / steps for k in range(steps + 1)]
    return [(center[0] + radius * math.cos(t), center[1] + radius * math.sin(t)) for t in angles]


def _center(a: Point, b: Point, c: Point) -> Point:
    d = 2 * (a[0] * (b[1] - c[1]) + b[0] * (c[1] - a[1]) + c[0] * (a[1] - b[1]))
    square = [p[0] ** 2 + p[1] ** 2 for p in (a, b, c)]
    x = (square[0] * (b[1] - c[1]) + square[1] * (c[1] - a[1]) + square[2] * (a[1] - b[1])) / d
    y = (square[0] * (c[0] - b[0]) + square[1] * (a[0] - c[0]) + square[2] * (b[0] - a[0])) / d
    return x, y
