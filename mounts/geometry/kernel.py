"""The few calls of the CAD kernel that CadQuery wraps too slowly: wires and prisms.

CadQuery repairs and re-orients what it is given; loops drawn here are closed, flat and of known
direction, so nothing needs it.
"""

# The CAD kernel (OCP) is compiled and has no stubs:
# pyright: reportAttributeAccessIssue=false

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cadquery import Shape

Space = tuple[float, float, float]
Line = tuple[Space, Space | None, Space]  # start, a point on the arc or none if straight, end


def wire(lines: Sequence[Line]) -> Any:
    """Return lines and arcs that follow each other as one closed kernel wire."""
    from OCP.BRepBuilderAPI import (  # noqa: PLC0415 - loads the CAD kernel
        BRepBuilderAPI_MakeEdge,
        BRepBuilderAPI_MakeWire,
    )
    from OCP.GC import GC_MakeArcOfCircle  # noqa: PLC0415 - loads the CAD kernel
    from OCP.gp import gp_Pnt  # noqa: PLC0415 - loads the CAD kernel

    maker = BRepBuilderAPI_MakeWire()
    for start, middle, end in lines:
        a, b = gp_Pnt(*start), gp_Pnt(*end)
        if middle is None:
            maker.Add(BRepBuilderAPI_MakeEdge(a, b).Edge())
        else:
            arc = GC_MakeArcOfCircle(a, gp_Pnt(*middle), b).Value()
            maker.Add(BRepBuilderAPI_MakeEdge(arc).Edge())
    if not maker.IsDone():
        raise ValueError("the lines do not follow each other")
    return maker.Wire()


def prism(outer: Any, holes: Sequence[Any], way: Space) -> "Shape":
    """Return the solid between a flat face and the same face moved along `way`.

    Args:
        outer: the face's outline, a kernel wire.
        holes: its inner wires, all running the other way round.
        way: normal to the face, mm.
    """
    from cadquery import Shape  # noqa: PLC0415 - loads the CAD kernel
    from OCP.BRepBuilderAPI import BRepBuilderAPI_MakeFace  # noqa: PLC0415 - loads the CAD kernel
    from OCP.BRepPrimAPI import BRepPrimAPI_MakePrism  # noqa: PLC0415 - loads the CAD kernel
    from OCP.gp import gp_Vec  # noqa: PLC0415 - loads the CAD kernel

    maker = BRepBuilderAPI_MakeFace(outer, True)
    for hole in holes:
        maker.Add(hole)
    return Shape.cast(BRepPrimAPI_MakePrism(maker.Face(), gp_Vec(*way)).Shape())
