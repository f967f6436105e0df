"""The finished part as an exact B-rep, perforations included, for STEP.

A boolean cut of 200 holes takes a second and grows with the square of their number. Here nothing is
intersected: the holes' outlines become inner wires of the two flat faces they pierce, and the new
shell is put together from faces as they are, every edge shared by its two faces.
"""

# The CAD kernel (OCP) is compiled and has no stubs:
# pyright: reportAttributeAccessIssue=false

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from mounts.geometry.flat import Point
from mounts.geometry.kernel import Space
from mounts.geometry.sheet import lift
from mounts.geometry.vents import Perforation
from mounts.part import Part

if TYPE_CHECKING:
    from cadquery import Shape

FLAT_MM = 1e-6


def exact(part: Part) -> "Shape":
    """Return the part's body with every perforation, as one exact solid.

    Raises:
        ValueError: a hole does not lie whole in a flat face at both its ends.
    """
    body = part.body.shape
    if not part.perforations:
        return body
    shells = body.Shells()
    if len(shells) != 1:
        text = f"{part.name} is not one body without cavities: {len(shells)} shells"
        raise ValueError(text)
    faces = [_Face(face.wrapped) for face in body.Faces()]
    sides: list[Any] = []
    for perforation in part.perforations:
        low, high = (_at(faces, perforation, z) for z in (perforation.start_mm, perforation.end_mm))
        for center in perforation.centers:
            sides += _bored(perforation, center, (low, high))
    return _closed([face.pierced() for face in faces] + sides)


class _Face:
    """A face of the plain body, and the holes that are to pierce it."""

    def __init__(self, face: Any) -> None:
        from OCP.BRepAdaptor import BRepAdaptor_Surface  # noqa: PLC0415 - loads the CAD kernel
        from OCP.GeomAbs import GeomAbs_SurfaceType  # noqa: PLC0415 - loads the CAD kernel

        self.face = face
        self.holes: list[Any] = []
        surface = BRepAdaptor_Surface(face)
        flat = surface.GetType() == GeomAbs_SurfaceType.GeomAbs_Plane
        self.plane: Any = surface.Plane() if flat else None
        self._inside: Any = None

    def holds(self, points: list[Space]) -> bool:
        """Say whether all points lie inside the face, none on its edge."""
        from OCP.BRepTopAdaptor import BRepTopAdaptor_FClass2d  # noqa: PLC0415 - loads the kernel
        from OCP.ElSLib import ElSLib  # noqa: PLC0415 - loads the CAD kernel
        from OCP.gp import gp_Pnt, gp_Pnt2d  # noqa: PLC0415 - loads the CAD kernel
        from OCP.TopAbs import TopAbs_State  # noqa: PLC0415 - loads the CAD kernel

        if self._inside is None:
            self._inside = BRepTopAdaptor_FClass2d(self.face, FLAT_MM)
        flat = (ElSLib.Parameters_s(self.plane, gp_Pnt(*point)) for point in points)
        return all(self._inside.Perform(gp_Pnt2d(*uv)) == TopAbs_State.TopAbs_IN for uv in flat)

    def outward(self) -> Space:
        """Return the normal that points out of the body."""
        from OCP.TopAbs import TopAbs_Orientation  # noqa: PLC0415 - loads the CAD kernel

        turn = 1 if self.plane.Position().Direct() else -1
        if self.face.Orientation() == TopAbs_Orientation.TopAbs_REVERSED:
            turn = -turn
        way = self.plane.Axis().Direction()
        return turn * way.X(), turn * way.Y(), turn * way.Z()

    def pierced(self) -> Any:
        """Return the face with its new inner wires."""
        from cadquery import Shape  # noqa: PLC0415 - loads the CAD kernel
        from OCP.BRep import BRep_Builder  # noqa: PLC0415 - loads the CAD kernel

        if not self.holes:
            return self.face
        builder, new = BRep_Builder(), self.face.EmptyCopied()
        for wire in [*(w.wrapped for w in Shape.cast(self.face).Wires()), *self.holes]:
            builder.Add(new, wire)
        return new


def _at(faces: list[_Face], perforation: Perforation, across: float) -> list[_Face]:
    """Return the flat faces that stand `across` mm along the perforation."""
    from OCP.gp import gp_Pnt  # noqa: PLC0415 - loads the CAD kernel

    spots = [lift(perforation.plane, at, across) for at in ((0.0, 0.0), (1.0, 0.0), (0.0, 1.0))]
    return [
        face
        for face in faces
        if face.plane and all(face.plane.Distance(gp_Pnt(*spot)) < FLAT_MM for spot in spots)
    ]


def _bored(
    perforation: Perforation, center: Point, ends: tuple[list[_Face], list[_Face]]
) -> list[Any]:
    """Return the sides of one hole, their edges left with the two faces that it pierces."""
    from OCP.BRepBuilderAPI import BRepBuilderAPI_MakePolygon  # noqa: PLC0415 - loads the kernel
    from OCP.BRepPrimAPI import BRepPrimAPI_MakePrism  # noqa: PLC0415 - loads the CAD kernel
    from OCP.gp import gp_Pnt, gp_Vec  # noqa: PLC0415 - loads the CAD kernel
    from OCP.TopoDS import TopoDS_Iterator  # noqa: PLC0415 - loads the CAD kernel

    start, end = perforation.start_mm, perforation.end_mm
    flat = [(u + center[0], v + center[1]) for u, v in perforation.cell]
    outlines = [[lift(perforation.plane, p, z) for p in flat] for z in (start, end)]
    maker = BRepBuilderAPI_MakePolygon()
    for point in outlines[0]:
        maker.Add(gp_Pnt(*point))
    maker.Close()
    prism = BRepPrimAPI_MakePrism(
        maker.Wire(), gp_Vec(*lift(perforation.plane, (0.0, 0.0), end - start))
    )
    inside = [lift(perforation.plane, center, z) for z in (start, end)]
    for faces, outline, wire in zip(
        ends, outlines, (prism.FirstShape(), prism.LastShape()), strict=True
    ):
        owner = next((face for face in faces if face.holds([*outline])), None)
        if owner is None:
            at = ", ".join(f"{value:g}" for value in inside[0])
            text = f"no flat face of the body holds the hole at ({at}) mm whole"
            raise ValueError(text)
        owner.holes.append(wire if _turns(outline, owner.outward()) < 0 else wire.Reversed())
    shell, sides = TopoDS_Iterator(prism.Shape()), []
    while shell.More():
        sides.append(shell.Value())
        shell.Next()
    return sides if _faces_in(sides[0], inside[0]) else [side.Reversed() for side in sides]


def _turns(ring: list[Space], normal: Space) -> float:
    """Return twice the area of a flat ring, positive if counter-clockwise round the normal."""
    (x0, y0, z0), total = ring[0], 0.0
    for a, b in pairwise(ring[1:]):
        u, v = (a[0] - x0, a[1] - y0, a[2] - z0), (b[0] - x0, b[1] - y0, b[2] - z0)
        cross = (
            u[1] * v[2] - u[2] * v[1],
            u[2] * v[0] - u[0] * v[2],
            u[0] * v[1] - u[1] * v[0],
        )
        total += sum(c * n for c, n in zip(cross, normal, strict=True))
    return total


def _faces_in(side: Any, center: Space) -> bool:
    """Say whether a side of a hole faces the hole's middle, as the body's surface must there."""
    from OCP.TopoDS import TopoDS  # noqa: PLC0415 - loads the CAD kernel

    face = _Face(TopoDS.Face(side))
    at = face.plane.Location()
    middle = (center[0] - at.X(), center[1] - at.Y(), center[2] - at.Z())
    return sum(m * n for m, n in zip(middle, face.outward(), strict=True)) > 0


def _closed(faces: list[Any]) -> "Shape":
    from cadquery import Shape  # noqa: PLC0415 - loads the CAD kernel
    from OCP.BRep import BRep_Builder  # noqa: PLC0415 - loads the CAD kernel
    from OCP.TopoDS import TopoDS_Shell, TopoDS_Solid  # noqa: PLC0415 - loads the CAD kernel

    builder, shell, solid = BRep_Builder(), TopoDS_Shell(), TopoDS_Solid()
    builder.MakeShell(shell)
    for face in faces:
        builder.Add(shell, face)
    shell.Closed(True)
    builder.MakeSolid(solid)
    builder.Add(solid, shell)
    return Shape.cast(solid)
