"""Sheets: a flat drawing given a thickness along one axis, and solids joined from them."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

from mounts.geometry import kernel
from mounts.geometry.flat import SAME_MM, Loop, Point

if TYPE_CHECKING:
    from cadquery import Shape
    from manifold3d import Manifold

Plane = Literal["xy", "xz", "yz"]  # the two axes drawn in; the sheet is thick along the third

Stroke = tuple[Point, Point | None, Point]  # start, a point on the arc or none for a line, end

AXES: dict[Plane, tuple[int, int, int]] = {"xy": (0, 1, 2), "xz": (0, 2, 1), "yz": (1, 2, 0)}


@dataclass(frozen=True)
class Sheet:
    """A plate: outline and holes drawn in a plane, from `start_mm` to `end_mm` across it.

    Args:
        plane: the axes of the drawing; `xz` means (x, z), thick along y.
        outline: outer edge, mm.
        start_mm: lower end across the plane, mm.
        end_mm: upper end, mm.
        holes: inner edges, mm; none may touch another or the outline.
        broken_edge_mm: chamfer round the outline on its `start_mm` side.
    """

    plane: Plane
    outline: Loop
    start_mm: float
    end_mm: float
    holes: tuple[Loop, ...] = ()
    broken_edge_mm: float = 0.0

    def __post_init__(self) -> None:
        if self.end_mm <= self.start_mm:
            text = f"a sheet needs a thickness: {self.start_mm} to {self.end_mm} mm"
            raise ValueError(text)


def lift(plane: Plane, point: Point, across: float) -> tuple[float, float, float]:
    """Return the point of space at `point` of a plane, `across` mm along its normal axis."""
    first, second, third = AXES[plane]
    where = [0.0, 0.0, 0.0]
    where[first], where[second], where[third] = point[0], point[1], across
    return where[0], where[1], where[2]


def strokes(loop: Loop, forward: bool = True) -> list[Stroke]:
    """Return a loop's lines and arcs in order; two arcs that make half a circle become one.

    Args:
        loop: what to draw.
        forward: counter-clockwise if true, else clockwise.
    """
    around = zip(loop.points, [*loop.points[1:], loop.points[0]], strict=True)
    if (sum(a[0] * b[1] - b[0] * a[1] for a, b in around) > 0) != forward:
        loop = Loop(loop.points[::-1], loop.radii[::-1])
    found: list[Stroke] = []
    arcs = loop.corners()
    for arc, following in zip(arcs, [*arcs[1:], arcs[0]], strict=True):
        if arc[0] != arc[2]:
            found.append(arc)
        if math.dist(arc[2], following[0]) > SAME_MM:
            found.append((arc[2], None, following[0]))
    if found[-1][1] and any(stroke[1] is None for stroke in found):
        found = [found[-1], *found[:-1]]  # its other half may come first
    return _halves_joined(found)


def _halves_joined(found: list[Stroke]) -> list[Stroke]:
    kept: list[Stroke] = []
    for start, middle, end in found:
        before = kept[-1] if kept else None
        if before and before[1] and middle:
            center = (before[0][0] + end[0]) / 2, (before[0][1] + end[1]) / 2
            reach = [math.dist(center, p) for p in (before[0], before[1], start, middle, end)]
            if max(reach) - min(reach) < SAME_MM:
                kept[-1] = (before[0], start, end)
                continue
        kept.append((start, middle, end))
    return kept


def wire(loop: Loop, plane: Plane, across: float, forward: bool = True) -> Any:
    """Return the loop as a kernel wire, straight edges and true arcs."""
    return kernel.wire(
        [
            (
                lift(plane, start, across),
                None if middle is None else lift(plane, middle, across),
                lift(plane, end, across),
            )
            for start, middle, end in strokes(loop, forward)
        ]
    )


def solid(sheet: Sheet) -> "Shape":
    """Return the sheet as one solid: a face with inner wires, extruded once."""
    outer = wire(sheet.outline, sheet.plane, sheet.start_mm)
    inner = [wire(hole, sheet.plane, sheet.start_mm, forward=False) for hole in sheet.holes]
    way = lift(sheet.plane, (0.0, 0.0), sheet.end_mm - sheet.start_mm)
    plate = kernel.prism(outer, inner, way)
    return _broken(plate, sheet) if sheet.broken_edge_mm else plate


def _broken(plate: "Shape", sheet: Sheet) -> "Shape":
    """Return the plate with its outline chamfered where it starts: kind to hands, and no burr."""
    from cadquery import Compound, func  # noqa: PLC0415 - loads the CAD kernel

    axis = AXES[sheet.plane][2]
    for face in plate.Faces():
        box = face.BoundingBox()
        span = ((box.xmin, box.xmax), (box.ymin, box.ymax), (box.zmin, box.zmax))[axis]
        if max(abs(end - sheet.start_mm) for end in span) < 1e-6:
            edges = Compound.makeCompound(face.outerWire().Edges())
            return func.chamfer(plate, edges, sheet.broken_edge_mm)
    raise ValueError("the sheet has no face where it starts")


@dataclass(frozen=True)
class Body:
    """Sheets that are one solid together, drawn by whichever kernel is asked."""

    sheets: tuple[Sheet, ...]

    @cached_property
    def shape(self) -> "Shape":
        """The exact solid, coplanar faces merged."""
        from cadquery import func  # noqa: PLC0415 - loads the CAD kernel

        solids = [solid(sheet) for sheet in self.sheets]
        return solids[0] if len(solids) == 1 else func.clean(func.fuse(*solids))

    @cached_property
    def facets(self) -> "Manifold":
        """The same solid with its arcs cut into chords, in a hundredth of the time."""
        from manifold3d import Manifold, OpType  # noqa: PLC0415 - heavy

        from mounts.geometry.facets import faceted  # noqa: PLC0415 - heavy

        return Manifold.batch_boolean([faceted(sheet) for sheet in self.sheets], OpType.Add)


def joined(sheets: Sequence[Sheet]) -> Body:
    """Return the union of sheets."""
    return Body(tuple(sheets))
