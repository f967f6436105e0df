"""The finished part as an exact B-rep, perforations included, for STEP.

A boolean cut of 200 holes takes a second and grows with the square of their number. Here the holes'
outlines become inner wires of the two faces they pierce, their sides are extruded in one go, and
everything is sewn into one shell: linear, and no seam is left on the faces.
"""

from collections import defaultdict
from typing import TYPE_CHECKING

from mounts.geometry.sheet import AXES, lift
from mounts.geometry.vents import Perforation
from mounts.part import Part

if TYPE_CHECKING:
    import numpy as np
    from cadquery import Face, Shape, Wire
    from numpy.typing import NDArray

FLAT_MM = 1e-6


def exact(part: Part) -> "Shape":
    """Return the part's body with every perforation, as one exact solid.

    Raises:
        ValueError: a hole does not pierce two parallel faces of the body.
    """
    if not part.perforations:
        return part.body
    from cadquery import Compound, Face, Solid, Vector, func  # noqa: PLC0415 - loads the CAD kernel

    faces = part.body.Faces()
    extra: dict[int, list[Wire]] = defaultdict(list)
    sides: list[Shape] = []
    for perforation in part.perforations:
        low = _wires(perforation, perforation.start_mm)
        high = _wires(perforation, perforation.end_mm)
        for wires, across in ((low, perforation.start_mm), (high, perforation.end_mm)):
            for index, hole in zip(_owners(faces, perforation, across), wires, strict=True):
                extra[index].append(hole)
        length = perforation.end_mm - perforation.start_mm
        way = Vector(*lift(perforation.plane, (0.0, 0.0), length))
        sides.append(func.extrude(Compound.makeCompound(low), way))
    pierced = [
        Face.makeFromWires(face.outerWire(), [*face.innerWires(), *extra[index]])
        if index in extra
        else face
        for index, face in enumerate(faces)
    ]
    walls = [wall for side in sides for wall in side.Faces()]
    sewn = func.solid(func.shell(*pierced, *walls))
    return sewn if isinstance(sewn, Solid) else sewn.Solids()[0]


def _wires(perforation: Perforation, across: float) -> "list[Wire]":
    from cadquery import Vector, Wire  # noqa: PLC0415 - loads the CAD kernel

    return [
        Wire.makePolygon(
            [
                Vector(*lift(perforation.plane, (u + center[0], v + center[1]), across))
                for u, v in perforation.cell
            ],
            close=True,
        )
        for center in perforation.centers
    ]


def _owners(faces: "list[Face]", perforation: Perforation, across: float) -> list[int]:
    """Return for each hole the index of the flat face that its centre lies in."""
    import numpy as np  # noqa: PLC0415 - heavy

    first, second, third = AXES[perforation.plane]
    centers = np.asarray(perforation.centers)
    owner = np.full(len(centers), -1)
    for index, face in enumerate(faces):
        if face.geomType() != "PLANE":
            continue
        box = face.BoundingBox()
        low = (box.xmin, box.ymin, box.zmin)[third]
        high = (box.xmax, box.ymax, box.zmax)[third]
        if abs(low - across) > FLAT_MM or abs(high - across) > FLAT_MM:
            continue
        points, triangles = face.tessellate(0.1)
        flat = np.array([p.toTuple() for p in points])[:, [first, second]]
        owner[_inside(flat[np.asarray(triangles)], centers)] = index
    if (owner < 0).any():
        lost = perforation.centers[int(np.argmax(owner < 0))]
        text = f"no face of the body at {across} mm holds the hole at {lost} ({perforation.plane})"
        raise ValueError(text)
    return owner.tolist()


def _inside(triangles: "NDArray[np.float64]", points: "NDArray[np.float64]") -> "NDArray[np.bool_]":
    """Return which points (n, 2) lie in any of the triangles (m, 3, 2)."""
    import numpy as np  # noqa: PLC0415 - heavy

    a, b, c = (triangles[:, None, k, :] for k in range(3))
    p = points[None, :, :]

    def side(u: "NDArray[np.float64]", v: "NDArray[np.float64]") -> "NDArray[np.float64]":
        return (v[..., 0] - u[..., 0]) * (p[..., 1] - u[..., 1]) - (v[..., 1] - u[..., 1]) * (
            p[..., 0] - u[..., 0]
        )

    signs = np.stack([side(a, b), side(b, c), side(c, a)])
    within = (signs >= -FLAT_MM).all(axis=0) | (signs <= FLAT_MM).all(axis=0)
    return np.asarray(within.any(axis=0))
