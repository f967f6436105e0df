"""Straight holes through an exact solid, without a boolean.

A boolean cut of 200 holes takes a second and grows with the square of their number. Here nothing is
intersected: the holes' outlines become inner wires of the two flat faces they pierce, and the new
shell is put together from faces as they are, every edge shared by its two faces.
"""

# The CAD kernel (OCP) is compiled and has no stubs:
# pyright: reportAttributeAccessIssue=false

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from mounts.geometry.flat import Loop
from mounts.geometry.sheet import AXES, Plane, lift
from mounts.geometry.wires import strokes, wire

if TYPE_CHECKING:
    from cadquery import Shape

Space = tuple[float, float, float]

FLAT_MM = 1e-6
SQUARE = 1e-9  # how far the cosine to an axis may be from 1


@dataclass(frozen=True)
class Bore:
    """A hole drawn in a plane, from a flat face at `start_mm` across it to one at `end_mm`."""

    plane: Plane
    loop: Loop
    start_mm: float
    end_mm: float


def pierced(body: "Shape", bores: Sequence[Bore]) -> "Shape":
    """Return a solid with holes. A hole's sides may be pierced by the holes after it.

    Args:
        body: one solid without cavities.
        bores: what to pierce.

    Raises:
        ValueError: a hole does not lie whole in a flat face at both its ends.
    """
    if not bores:
        return body
    shells = body.Shells()
    if len(shells) != 1:
        text = f"not one body without cavities: {len(shells)} shells"
        raise ValueError(text)
    faces = _Faces(face.wrapped for face in body.Faces())
    for bore in bores:
        faces.add(_bored(faces, bore))
    return _closed([face.pierced() for face in faces.every])


class _Faces:
    """The faces of a body, those across an axis found by where they stand."""

    def __init__(self, faces: Iterable[Any]) -> None:
        self.every: list[_Face] = []
        self._standing: dict[tuple[int, int], list[_Face]] = {}
        self.add(faces)

    def add(self, faces: Iterable[Any]) -> None:
        """Take more faces in."""
        for face in faces:
            one = _Face(face)
            self.every.append(one)
            if one.stands is not None:
                axis, at = one.stands
                self._standing.setdefault((axis, round(at / FLAT_MM)), []).append(one)

    def across(self, axis: int, at_mm: float) -> Iterator["_Face"]:
        """Yield the flat faces across an axis at a place along it, mm."""
        near = round(at_mm / FLAT_MM)
        for key in (near, near - 1, near + 1):
            yield from self._standing.get((axis, key), ())


class _Face:
    """A face of the body, and the holes that are to pierce it."""

    def __init__(self, face: Any) -> None:
        from OCP.BRepAdaptor import BRepAdaptor_Surface  # noqa: PLC0415 - loads the CAD kernel
        from OCP.GeomAbs import GeomAbs_SurfaceType  # noqa: PLC0415 - loads the CAD kernel

        self.face = face
        self.holes: list[Any] = []
        surface = BRepAdaptor_Surface(face)
        flat = surface.GetType() == GeomAbs_SurfaceType.GeomAbs_Plane
        self.plane: Any = surface.Plane() if flat else None
        self.stands = self._stand() if flat else None
        self._inside: Any = None

    def _stand(self) -> tuple[int, float] | None:
        """Return the axis that a flat face is square to and where it stands along it, mm."""
        way, at = self.plane.Axis().Direction().Coord(), self.plane.Location().Coord()
        axis = max(range(3), key=lambda k: abs(way[k]))
        return (axis, at[axis]) if abs(way[axis]) > 1 - SQUARE else None

    def holds(self, points: Sequence[Space]) -> bool:
        """Say whether all points of its plane lie inside the face, none on its edge."""
        from OCP.BRepTopAdaptor import BRepTopAdaptor_FClass2d  # noqa: PLC0415 - loads the kernel
        from OCP.ElSLib import ElSLib  # noqa: PLC0415 - loads the CAD kernel
        from OCP.gp import gp_Pnt, gp_Pnt2d  # noqa: PLC0415 - loads the CAD kernel
        from OCP.TopAbs import TopAbs_State  # noqa: PLC0415 - loads the CAD kernel

        if self._inside is None:
            self._inside = BRepTopAdaptor_FClass2d(self.face, FLAT_MM)
        flat = (gp_Pnt2d(*ElSLib.Parameters_s(self.plane, gp_Pnt(*point))) for point in points)
        return all(self._inside.Perform(spot) == TopAbs_State.TopAbs_IN for spot in flat)

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
        for edge in [*(w.wrapped for w in Shape.cast(self.face).Wires()), *self.holes]:
            builder.Add(new, edge)
        return new


def _bored(faces: _Faces, bore: Bore) -> list[Any]:
    """Return the sides of one hole; its rims are left with the two faces that it pierces."""
    from OCP.BRepPrimAPI import BRepPrimAPI_MakePrism  # noqa: PLC0415 - loads the CAD kernel
    from OCP.gp import gp_Vec  # noqa: PLC0415 - loads the CAD kernel
    from OCP.TopAbs import TopAbs_ShapeEnum  # noqa: PLC0415 - loads the CAD kernel
    from OCP.TopoDS import TopoDS  # noqa: PLC0415 - loads the CAD kernel

    way = lift(bore.plane, (0.0, 0.0), bore.end_mm - bore.start_mm)
    prism = BRepPrimAPI_MakePrism(wire(bore.loop, bore.plane, bore.start_mm), gp_Vec(*way))
    start = _rim(faces, bore, bore.start_mm, prism.FirstShape())
    _rim(faces, bore, bore.end_mm, prism.LastShape())
    sides = [TopoDS.Face(side) for side in _parts(prism.Shape(), TopAbs_ShapeEnum.TopAbs_FACE)]
    # Two faces that share an edge run along it in opposite ways.
    edge = next(_parts(start, TopAbs_ShapeEnum.TopAbs_EDGE))
    edges = _parts(prism.Shape(), TopAbs_ShapeEnum.TopAbs_EDGE)
    same = next(other for other in edges if other.IsSame(edge))
    opposed = same.Orientation() != edge.Orientation()
    return sides if opposed else [TopoDS.Face(side.Reversed()) for side in sides]


def _rim(faces: _Faces, bore: Bore, across: float, rim: Any) -> Any:
    """Give a rim to the face that it lies in, as an inner wire; return it as given."""
    points = [p for start, middle, _ in strokes(bore.loop) for p in (start, middle) if p]
    outline = [lift(bore.plane, point, across) for point in points]
    standing = faces.across(AXES[bore.plane][2], across)
    owner = next((face for face in standing if face.holds(outline)), None)
    if owner is None:
        at = ", ".join(f"{value:g}" for value in outline[0])
        text = f"no flat face of the body holds the hole at ({at}) mm whole"
        raise ValueError(text)
    # An inner wire runs clockwise, seen from outside.
    inner = rim if _turns(outline, owner.outward()) < 0 else rim.Reversed()
    owner.holes.append(inner)
    return inner


def _turns(ring: Sequence[Space], normal: Space) -> float:
    """Return twice the area of a flat ring, positive if counter-clockwise round the normal."""
    (x, y, z), total = ring[0], 0.0
    for a, b in pairwise(ring[1:]):
        (u0, u1, u2), (v0, v1, v2) = (a[0] - x, a[1] - y, a[2] - z), (b[0] - x, b[1] - y, b[2] - z)
        cross = (u1 * v2 - u2 * v1, u2 * v0 - u0 * v2, u0 * v1 - u1 * v0)
        total += sum(c * n for c, n in zip(cross, normal, strict=True))
    return total


def _parts(shape: Any, kind: Any) -> Iterator[Any]:
    """Yield the faces or edges of a shape, turned as it uses them."""
    from OCP.TopExp import TopExp_Explorer  # noqa: PLC0415 - loads the CAD kernel

    explorer = TopExp_Explorer(shape, kind)
    while explorer.More():
        yield explorer.Current()
        explorer.Next()


def _closed(faces: Sequence[Any]) -> "Shape":
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
