"""Loops as wires of the CAD kernel, straight edges and true arcs.

CadQuery repairs and re-orients what it is given; loops drawn here are closed, flat and of known
direction, so nothing needs it.
"""

# The CAD kernel (OCP) is compiled and has no stubs:
# pyright: reportAttributeAccessIssue=false

import math
from typing import Any

from mounts.geometry.flat import SAME_MM, Loop, Point
from mounts.geometry.sheet import Plane, lift

Stroke = tuple[Point, Point | None, Point]  # start, a point on the arc or none if straight, end


def wire(loop: Loop, plane: Plane, across: float, forward: bool = True) -> Any:
    """Return a loop as one closed kernel wire, `across` mm along the plane's normal axis.

    Args:
        loop: what to draw.
        plane: the axes it is drawn in.
        across: where it lies, mm.
        forward: counter-clockwise in these axes if true, else clockwise.
    """
    from OCP.BRepBuilderAPI import (  # noqa: PLC0415 - loads the CAD kernel
        BRepBuilderAPI_MakeEdge,
        BRepBuilderAPI_MakeWire,
    )
    from OCP.GC import GC_MakeArcOfCircle  # noqa: PLC0415 - loads the CAD kernel
    from OCP.gp import gp_Pnt  # noqa: PLC0415 - loads the CAD kernel

    maker = BRepBuilderAPI_MakeWire()
    for start, middle, end in strokes(loop, forward):
        a, b = gp_Pnt(*lift(plane, start, across)), gp_Pnt(*lift(plane, end, across))
        if middle is None:
            maker.Add(BRepBuilderAPI_MakeEdge(a, b).Edge())
        else:
            arc = GC_MakeArcOfCircle(a, gp_Pnt(*lift(plane, middle, across)), b).Value()
            maker.Add(BRepBuilderAPI_MakeEdge(arc).Edge())
    return maker.Wire()


def strokes(loop: Loop, forward: bool = True) -> list[Stroke]:
    """Return a loop's lines and arcs in order; two arcs that make half a circle become one."""
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
