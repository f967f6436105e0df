"""How many boards a cross-section cannot exceed, whatever the arrangement.

Three bounds for boards lying flat or on edge in any mixture, and one for boards at any angle.
All hold with gaps, by the same argument: two boards that must keep a gap r in one direction stay
apart by it there or in the other direction, so rectangles grown by u on every side do not
overlap as long as u_i + u_j <= r for each pair. Faces keep the air gap g from faces, everything
else keeps the edge gap e. Growing faces by f and edges by h is therefore allowed when
2f <= g, 2h <= e and f + h <= e: `_margins` lists the choices worth trying (shrinking, that is
h < 0, is allowed too).

area     the grown boards do not overlap and stay inside the grown cavity.
raster   pushing every board left and down until it touches leaves all positions at sums of sizes
         and gaps (Herz 1972; Christofides & Whitlock 1977). The boards then stay within the largest
         such sums, so the area bound holds with that reduced cavity. This is the hand proof of
         docs/fit.md §1.4: in 450 × 86.11 mm all positions are multiples of 4.
slices   a horizontal line crosses `a` flat and `b` on-edge boards only if they fit side by side.
         Integrated over the height, the mean pair (a, b) lies in the convex hull of the pairs that
         fit, and the means are n_flat * T / H and n_edge * W / H. The same with vertical lines.
         The largest whole n_flat + n_edge inside all these half-planes is a bound (a relaxation of
         the kind Isermann 1987 and Letchford & Amaral 2001 give for pallets).
"""

import math
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from packing.cavity import Cavity
from packing.pattern import Section
from packing.row import TOLERANCE, fit, within


class _Axis(NamedTuple):
    """Boards as a line along one axis meets them.

    `face` boards show their faces along the axis (size `thin`), `edge` boards their edges (`wide`).
    """

    space: float
    thin: float
    wide: float
    air: float
    edge: float
    faces_go: bool
    edges_go: bool

    def shortest(self, face: int, edge: int) -> float:
        """Return the least length of a chain of so many boards, in the best order, mm."""
        links = max(0, face + edge - 1)
        fewest, most = max(0, face - edge - 1), max(0, face - 1)
        faces_meet = fewest if self.air >= self.edge else most
        sizes = face * self.thin + edge * self.wide
        return sizes + faces_meet * self.air + (links - faces_meet) * self.edge

    def fits(self, face: int, edge: int) -> bool:
        """Tell whether so many boards go side by side in some order."""
        if (face and not self.faces_go) or (edge and not self.edges_go):
            return False
        return within(self.shortest(face, edge), self.space)

    def corners(self) -> list[tuple[int, int]]:
        """Return for each number of edge boards the most face boards that go beside them.

        A chain stays valid when a board is taken out, so the numbers never rise.
        """
        found: list[tuple[int, int]] = []
        face = int(self.space / self.thin) + 1 if self.faces_go else 0
        for edge in range(int(self.space / self.wide) + 2):
            while face >= 0 and not self.fits(face, edge):
                face -= 1
            if face < 0:
                break
            found.append((face, edge))
        return found

    def reduced(self) -> float:
        """Return the greatest length of a chain, in any order, inside the space, mm."""
        chains = (self._longest(f, edge) for most, edge in self.corners() for f in range(most + 1))
        return max(chains, default=0.0)

    def _longest(self, face: int, edge: int) -> float:
        """Return the greatest length inside the space that some order of these boards has, mm."""
        least, step = self.shortest(face, edge), abs(self.air - self.edge)
        orders = max(0, face - 1) - max(0, face - edge - 1)
        if step <= TOLERANCE:
            return least + orders * step
        return least + min(orders, fit(self.space - least, step)) * step


class _Cut(NamedTuple):
    """A half-plane: `flat * n_flat + edge * n_edge <= most`."""

    flat: float
    edge: float
    most: float


@lru_cache(maxsize=256)
def upper_bound(section: Section, cavity: Cavity) -> int:
    """Return a proven upper bound for boards flat or on edge in any mixture, per cross-section."""
    bounds = (area_bound, raster_bound, slice_bound)
    return min(bound(section, cavity) for bound in bounds)


def any_angle_bound(section: Section, cavity: Cavity) -> int:
    """Return a proven upper bound for boards at any angle, per cross-section.

    Boards that keep a distance m, the smaller of both gaps, stay apart when each is grown by a
    rim of m / 2 with round corners; the grown boards lie inside the cavity grown by the same rim.
    """
    rim = min(cavity.air_gap_mm, cavity.edge_gap_mm)
    round_corners = math.pi * rim * rim / 4
    wide, thin = section.width_mm, section.total_mm
    each = wide * thin + rim * (wide + thin) + round_corners
    inside = cavity.width_mm * cavity.height_mm
    inside += rim * (cavity.width_mm + cavity.height_mm) + round_corners
    return _floor(inside / each)


def area_bound(section: Section, cavity: Cavity) -> int:
    """Return the area bound, per cross-section."""
    return _by_area(section, cavity, (cavity.width_mm, cavity.height_mm))


def raster_bound(section: Section, cavity: Cavity) -> int:
    """Return the area bound of the cavity reduced to sums of sizes and gaps, per cross-section."""
    across, upward = _axes(section, cavity)
    return _by_area(section, cavity, (across.reduced(), upward.reduced()))


def slice_bound(section: Section, cavity: Cavity) -> int:
    """Return the bound from horizontal and vertical lines, per cross-section."""
    across, upward = _axes(section, cavity)
    width_mm, height_mm = across.reduced(), upward.reduced()
    cuts: list[_Cut] = []
    for margin in _margins(section, cavity):
        thin, wide = section.total_mm + 2 * margin.face, section.width_mm + 2 * margin.edge
        height, width = height_mm + 2 * margin.above, width_mm + 2 * margin.beside
        # A horizontal line meets the faces of boards on edge; a vertical one those of flat boards.
        for face, side, most in _half_planes(across.corners()):
            cuts.append(_Cut(side * thin, face * wide, most * height))
        for face, side, most in _half_planes(upward.corners()):
            cuts.append(_Cut(face * wide, side * thin, most * width))
    return _most_boards(cuts)


def _axes(section: Section, cavity: Cavity) -> tuple[_Axis, _Axis]:
    sizes = (section.total_mm, section.width_mm, cavity.air_gap_mm, cavity.edge_gap_mm)
    flat, edge = _poses_possible(section, cavity)
    across = _Axis(cavity.width_mm, *sizes, faces_go=edge, edges_go=flat)
    return across, _Axis(cavity.height_mm, *sizes, faces_go=flat, edges_go=edge)


def _poses_possible(section: Section, cavity: Cavity) -> tuple[bool, bool]:
    """Return whether a single board goes in flat, and whether on edge."""
    wide, thin = section.width_mm, section.total_mm
    flat = within(wide, cavity.width_mm) and within(thin, cavity.height_mm)
    return flat, within(thin, cavity.width_mm) and within(wide, cavity.height_mm)


class _Margin(NamedTuple):
    """How far boards are grown at a face and at an edge, and so stand out of the cavity."""

    face: float
    edge: float
    above: float
    beside: float


def _margins(section: Section, cavity: Cavity) -> list[_Margin]:
    air, edge = cavity.air_gap_mm, cavity.edge_gap_mm
    flat, on_edge = _poses_possible(section, cavity)
    if not (flat and on_edge):  # no face ever meets an edge
        face, side = air / 2, edge / 2
        return [_Margin(face, side, *((face, side) if flat else (side, face)))]
    if air <= edge:
        return [_Margin(air / 2, edge / 2, edge / 2, edge / 2)]
    margins = [_Margin(edge / 2, edge / 2, edge / 2, edge / 2)]
    if section.width_mm + 2 * edge - air > 0:
        margins.append(_Margin(air / 2, edge - air / 2, air / 2, air / 2))
    return margins


def _by_area(section: Section, cavity: Cavity, size: tuple[float, float]) -> int:
    best = math.inf
    for margin in _margins(section, cavity):
        each = (section.total_mm + 2 * margin.face) * (section.width_mm + 2 * margin.edge)
        room = (size[0] + 2 * margin.beside) * (size[1] + 2 * margin.above)
        best = min(best, room / each)
    return _floor(best)


def _half_planes(corners: list[tuple[int, int]]) -> list[tuple[float, float, float]]:
    """Return (p, q, r) with p * face + q * edge <= r: the upper hull of the corners."""
    hull: list[tuple[int, int]] = []
    for point in sorted((edge, face) for face, edge in corners):
        while len(hull) >= 2 and _turn(hull[-2], hull[-1], point) >= 0:
            hull.pop()
        hull.append(point)
    planes = [(1.0, 0.0, float(hull[0][1])), (0.0, 1.0, float(hull[-1][0]))]
    for (e0, f0), (e1, f1) in pairwise(hull):
        face, edge = float(e1 - e0), float(f0 - f1)
        planes.append((face, edge, face * f0 + edge * e0))
    return planes


def _turn(a: tuple[int, int], b: tuple[int, int], c: tuple[int, int]) -> int:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def _most_boards(cuts: list[_Cut]) -> int:
    """Return the greatest whole n_flat + n_edge that obeys every cut."""
    most_flat = _floor(min(cut.most / cut.flat for cut in cuts if cut.flat > 0))
    best = 0
    for flat in range(most_flat + 1):
        left = ((cut.most - cut.flat * flat) / cut.edge for cut in cuts if cut.edge > 0)
        edge = _floor(min(left))
        if edge >= 0:
            best = max(best, flat + edge)
    return best


def _floor(number: float) -> int:
    return math.floor(number + 1e-7)  # rounding may only loosen a bound
