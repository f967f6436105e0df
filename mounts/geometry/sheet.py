"""Sheets: a flat drawing given a thickness along one axis, and solids joined from them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from mounts.geometry.flat import Loop, Point

if TYPE_CHECKING:
    from cadquery import Shape, Wire

Plane = Literal["xy", "xz", "yz"]  # the two axes drawn in; the sheet is thick along the third

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


def wire(loop: Loop, plane: Plane, across: float) -> "Wire":
    """Return the loop as a kernel wire, straight edges and true arcs."""
    from cadquery import Edge, Vector, Wire  # noqa: PLC0415 - loads the CAD kernel

    edges: list[Edge] = []
    arcs = loop.corners()
    for (start, middle, end), (following, _, _) in zip(arcs, [*arcs[1:], arcs[0]], strict=True):
        a, m, b, c = (Vector(*lift(plane, p, across)) for p in (start, middle, end, following))
        if start != end:
            edges.append(Edge.makeThreePointArc(a, m, b))
        if (c - b).Length > 1e-7:
            edges.append(Edge.makeLine(b, c))
    return Wire.assembleEdges(edges)


def solid(sheet: Sheet) -> "Shape":
    """Return the sheet as one solid: a face with inner wires, extruded once."""
    from cadquery import Face, Solid, Vector  # noqa: PLC0415 - loads the CAD kernel

    outer = wire(sheet.outline, sheet.plane, sheet.start_mm)
    inner = [wire(hole, sheet.plane, sheet.start_mm) for hole in sheet.holes]
    face = Face.makeFromWires(outer, inner)
    way = Vector(*lift(sheet.plane, (0.0, 0.0), sheet.end_mm - sheet.start_mm))
    plate = Solid.extrudeLinear(face, way)
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


def joined(sheets: Sequence[Sheet]) -> "Shape":
    """Return the union of sheets as one shape, coplanar faces merged."""
    from cadquery import func  # noqa: PLC0415 - loads the CAD kernel

    solids = [solid(sheet) for sheet in sheets]
    return solids[0] if len(solids) == 1 else func.clean(func.fuse(*solids))
