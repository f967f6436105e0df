"""How a face plate is opened for the connectors behind it, so that it still prints upright."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from catalog.models import Plug, Port
from mounts.board import PLUG_REACH_MM, Seat, plug_size
from mounts.geometry.flat import ROOF_DEG, Loop, rectangle

BRIDGE_MM = 20.0  # a flat ceiling up to this wide prints without support
RIDGE_MM = 18.0  # flat part of a wider one, between slopes
STEP_MM = 0.25  # places tried for it
SLOPE = math.tan(math.radians(ROOF_DEG))


@dataclass(frozen=True)
class Openings:
    """How a face plate is opened for connectors.

    Args:
        plugs: overmoulds known to the catalogue.
        clearance_mm: added on each side of a connector.
        web_mm: strips narrower than this between two openings are cut away.
        floor_mm: no opening reaches below this z.
    """

    plugs: tuple[Plug, ...]
    clearance_mm: float = 0.3
    web_mm: float = 2.0
    floor_mm: float = 0.0


def openings(seat: Seat, face_mm: float, fit: Openings) -> tuple[Loop, ...]:
    """Return the cut-outs of a front plate in (x, z), merged where the web would be too thin.

    A plug whose socket lies back behind the face at `face_mm` needs room for its overmould. The
    plate is printed with z up: each opening gets a roof that needs no support.
    """
    import shapely  # noqa: PLC0415 - heavy

    boxes = [_opening(seat, at, port, face_mm, fit) for at, port in seat.ports("front")]
    shapes: list[Any] = [shapely.box(x0, max(z0, fit.floor_mm), x1, z1) for x0, z0, x1, z1 in boxes]
    count = 0
    while len(shapes) != count:  # a roof may come near the opening above it
        count = len(shapes)
        grown = shapely.union_all([s.buffer(fit.web_mm / 2, join_style="mitre") for s in shapes])
        merged = grown.buffer(-fit.web_mm / 2, join_style="mitre")
        shapes = [_roofed(shape) for shape in shapely.get_parts(merged)]
    found = [_squared(shape.exterior.coords) for shape in shapes]
    return tuple(sorted(found, key=lambda loop: loop.points))


def _opening(
    seat: Seat, at: float, port: Port, face: float, fit: Openings
) -> tuple[float, float, float, float]:
    play = 2 * fit.clearance_mm
    width, height = (port.width_mm or 0.0) + play, (port.height_mm or 0.0) + play
    middle = seat.top_mm + (port.z0_mm or 0.0) + (port.height_mm or 0.0) / 2
    mouth = seat.edge_mm - (port.overhang_mm or 0.0)
    if mouth - face > PLUG_REACH_MM:
        across, tall = plug_size(port, fit.plugs)
        width, height = max(width, across), max(height, tall)
    return at - width / 2, middle - height / 2, at + width / 2, middle + height / 2


def _roofed(shape: Any) -> Any:
    """Return an opening with a roof that prints: flat if narrow, else slopes up to a bridge.

    A ceiling with a step in it would hang in the air at the step; a wide one would sag.
    """
    import shapely  # noqa: PLC0415 - heavy

    x0, _, x1, _ = shape.bounds
    flat = x1 - x0 if x1 - x0 <= BRIDGE_MM else RIDGE_MM
    corners = [(float(x), float(z)) for x, z in shape.exterior.coords]
    steps = math.ceil((x1 - x0 - flat) / STEP_MM)
    starts = [x0 + (x1 - x0 - flat) * step / max(1, steps) for step in range(steps + 1)]
    middle = (x0 + x1 - flat) / 2
    start = min(starts, key=lambda s: (round(_ridge(corners, s, flat), 6), abs(s - middle)))
    top, end = _ridge(corners, start, flat), start + flat
    left, right = top - SLOPE * (start - x0), top - SLOPE * (x1 - end)
    roof = [(x1, right), (end, top), (start, top), (x0, left)]
    return shapely.Polygon([*_floor(shape), *roof])


def _ridge(corners: list[tuple[float, float]], start: float, flat: float) -> float:
    """Return how high a roof must be over all corners if its bridge begins at `start`, mm."""
    return max(z + SLOPE * max(0.0, start - x, x - start - flat) for x, z in corners)


def _floor(shape: Any) -> list[tuple[float, float]]:
    """Return an opening's lower edge from left to right."""
    import shapely  # noqa: PLC0415 - heavy

    found: list[tuple[float, float]] = []
    edges = sorted({round(float(x), 4) for x, _ in shape.exterior.coords})
    for left, right in pairwise(edges):
        middle = (left + right) / 2
        line = shapely.LineString([(middle, -1e4), (middle, 1e4)]).intersection(shape)
        z = float(line.bounds[1])
        found += [(left, z), (right, z)]
    return found


def _squared(coords: Iterable[tuple[float, ...]]) -> Loop:
    """Return a ring rounded to a ten-thousandth, without points that straight lines pass."""
    points = [(round(c[0], 4), round(c[1], 4)) for c in coords][:-1]
    points = [p for i, p in enumerate(points) if p != points[i - 1]]
    kept = [
        p
        for i, p in enumerate(points)
        if not (
            (points[i - 1][0] == p[0] == points[(i + 1) % len(points)][0])
            or (points[i - 1][1] == p[1] == points[(i + 1) % len(points)][1])
        )
    ]
    if len(kept) == 4:
        xs, ys = [p[0] for p in kept], [p[1] for p in kept]
        return rectangle((min(xs), min(ys)), (max(xs), max(ys)))
    return Loop(tuple(kept), (0.0,) * len(kept))
