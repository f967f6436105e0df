"""Hexagon grids that fill a flat region and keep clear of what is in it."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from mounts.geometry.flat import Loop, Point, hexagon, hexagon_pitch
from mounts.geometry.sheet import Plane

FEWEST = 3  # one or two hexagons are no vent, only a blemish


@dataclass(frozen=True)
class Perforation:
    """Equal holes through a body, kept as data until the mesh or the STEP file is made.

    Args:
        plane: the axes the holes are drawn in.
        start_mm: where the holes begin across the plane; a face of the body.
        end_mm: where they end; the opposite face.
        cell: outline of one hole round its own centre, mm.
        centers: where the holes are, mm.
        needed: each is made for something, such as a catch; else it is air, and one may go.
        bore: a screw is put through, which a printer that makes holes too small must leave room.
        bridged: where they end something runs over them, so that no one face holds them whole.
    """

    plane: Plane
    start_mm: float
    end_mm: float
    cell: tuple[Point, ...]
    centers: tuple[Point, ...]
    needed: bool = False
    bore: bool = False
    bridged: bool = False

    @property
    def open_area_mm2(self) -> float:
        """Return the area of all holes, mm²."""
        shifted = zip(self.cell, self.cell[1:] + self.cell[:1], strict=True)
        return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in shifted)) / 2 * len(self.centers)


@dataclass(frozen=True)
class HexGrid:
    """Size of a vent pattern: across flats and the web left between holes, mm."""

    flats_mm: float = 8.0
    web_mm: float = 2.0
    margin_mm: float = 3.0

    def centers(self, region: Loop, keep_clear: Sequence[Loop] = ()) -> tuple[Point, ...]:
        """Return hole centres inside `region`, each whole and `margin_mm` from every edge.

        The grid is centred on the region, on a hole or between two, whichever gives more holes.
        """
        import numpy as np  # noqa: PLC0415 - heavy
        import shapely  # noqa: PLC0415 - heavy

        cell = shapely.Polygon(hexagon(self.flats_mm)).buffer(self.margin_mm)
        area = shapely.Polygon(region.flattened())
        for loop in keep_clear:
            area = area.difference(shapely.Polygon(loop.flattened()))
        if area.is_empty:
            return ()
        ring = np.asarray(cell.exterior.coords)
        shapely.prepare(area)
        best: tuple[Point, ...] = ()
        for phase in ((0.0, 0.0), (0.5, 0.0), (0.0, 0.5), (0.5, 0.5)):
            points = self._lattice(area.bounds, phase)
            cells = shapely.polygons(ring[None, :, :] + np.asarray(points)[:, None, :])
            inside = np.flatnonzero(shapely.contains(area, cells))
            if len(inside) > len(best):
                best = tuple(points[index] for index in inside)
        return best

    def through(
        self,
        plane: Plane,
        span: tuple[float, float],
        region: Loop,
        keep_clear: Sequence[Loop] = (),
    ) -> tuple[Perforation, ...]:
        """Return the grid as a perforation of a sheet's `span` (start, end); empty if none fits.

        The holes point along the plane's second axis, or along y where y is the first: that is the
        direction they are printed in.
        """
        if plane != "yz":
            centers, cell = self.centers(region, keep_clear), hexagon(self.flats_mm)
        else:
            swapped = self.centers(_swapped(region), [_swapped(loop) for loop in keep_clear])
            centers = tuple((y, x) for x, y in swapped)
            cell = tuple((y, x) for x, y in hexagon(self.flats_mm))
        if len(centers) < FEWEST:
            return ()
        return (Perforation(plane, span[0], span[1], cell, centers),)

    def _lattice(self, bounds: tuple[float, float, float, float], phase: Point) -> list[Point]:
        x0, y0, x1, y1 = bounds
        column, row = hexagon_pitch(self.flats_mm, self.web_mm)
        middle = (x0 + x1) / 2 + phase[0] * column, (y0 + y1) / 2 + phase[1] * row
        columns = math.ceil((x1 - x0) / column / 2) + 1
        rows = math.ceil((y1 - y0) / row / 2) + 1
        return [
            (
                round(middle[0] + (i + (j % 2) / 2) * column, 6),
                round(middle[1] + j * row, 6),
            )
            for i in range(-columns, columns + 1)
            for j in range(-rows, rows + 1)
        ]


def _swapped(loop: Loop) -> Loop:
    return Loop(tuple((y, x) for x, y in loop.points), loop.radii)
