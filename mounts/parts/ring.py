"""The openings of a sled's plate that is a ring of bars, with an arm to each hole of the board.

 __________________________
|  ____________________    |
|_|  ____         __   |   |   the board lies on the arms' ends; what is below it
|  _|    |_______|  |__|   |   reaches down into the openings
|_|                    |   |
"""

import math
from typing import TYPE_CHECKING, Any

from mounts.geometry.flat import Loop, Point
from mounts.parts.latch import SLIT_MM
from mounts.parts.sled_sides import CLEAR_MM, RAIL_MM
from mounts.parts.sled_spec import SledSpec

if TYPE_CHECKING:
    from shapely import Polygon

CORNER_MM = 3.0
UNDER_MM = 0.6  # at the board: a larger round would not clear what is under it by a diagonal
LEAST_MM2 = 12.0  # smaller openings are blemishes


def windows(spec: SledSpec) -> tuple[Loop, ...]:
    """Return the openings of the plate, (x, y), their corners rounded."""
    import shapely  # noqa: PLC0415 - heavy

    room = shapely.union_all([shapely.box(*low, *high) for low, high in _room(spec)])
    arms = shapely.union_all([shapely.box(*low, *high) for low, high in _arms(spec)])
    # A gap narrower than 2 mm is drawn as none, and so is a bar.
    open_ = room.difference(arms)
    for by in (-1.0, 2.0, -1.0):
        open_ = open_.buffer(by, join_style="mitre")
    pieces = [p for p in shapely.get_parts(open_) if p.area > LEAST_MM2]
    return tuple(sorted((_rounded(piece, spec) for piece in pieces), key=lambda loop: loop.points))


def _room(spec: SledSpec) -> list[tuple[Point, Point]]:
    """Return what may be open: beside the spring's bar in front, and behind the spring's root."""
    half, (inner, root) = spec.plate_across_mm / 2, spec.spring_mm
    front, rear = spec.seat.edge_mm - CLEAR_MM, spec.depth_mm - RAIL_MM
    if spec.latch == "front":
        low, high = spec.seat.outline()
        return [((low[0] - CLEAR_MM, front), (high[0] + CLEAR_MM, rear))]
    left, right = inner + SLIT_MM[1] + RAIL_MM, half - RAIL_MM
    return [
        ((left, front), (right, rear)),
        ((-half + RAIL_MM, root + RAIL_MM), (right, rear)),
    ]


def _arms(spec: SledSpec) -> list[tuple[Point, Point]]:
    """Return a bar for each hole: its clear ring, drawn out to the nearest side of the plate."""
    (x0, y0), (x1, y1) = spec.seat.outline()
    half = spec.plate_across_mm / 2
    found: list[tuple[Point, Point]] = []
    for (a, b), (c, d) in spec.seat.rings():
        low, high = (a + CLEAR_MM, b + CLEAR_MM), (c - CLEAR_MM, d - CLEAR_MM)
        reach = {
            a - x0: ((-half, low[1]), high),
            x1 - c: (low, (half, high[1])),
            y1 - d: (low, (high[0], spec.depth_mm)),
            b - y0: ((low[0], 0.0), high),
        }
        found.append(reach[min(reach)])
    return found


def _rounded(piece: "Polygon", spec: SledSpec) -> Loop:
    """Return an opening with its corners rounded as far as its sides and the board allow."""
    import shapely  # noqa: PLC0415 - heavy

    ring: list[Any] = list(shapely.orient_polygons(piece).exterior.coords)[:-1]
    points = [(round(float(x), 4), round(float(y), 4)) for x, y in ring]
    low, high = spec.seat.outline()
    board = shapely.box(*low, *high)
    radii: list[float] = []
    for i, at in enumerate(points):
        before, after = points[i - 1], points[(i + 1) % len(points)]
        room = 0.45 * min(math.dist(before, at), math.dist(at, after))
        filled = _turn(before, at, after) > 0  # the bars gain here what the opening loses
        near = filled and board.distance(shapely.Point(at)) < CORNER_MM
        radii.append(round(min(UNDER_MM if near else CORNER_MM, room), 4))
    return Loop(tuple(points), tuple(radii))


def _turn(a: Point, b: Point, c: Point) -> float:
    """Return whether a path turns left (positive) at b."""
    return (b[0] - a[0]) * (c[1] - b[1]) - (b[1] - a[1]) * (c[0] - b[0])
