"""Sheets as one exact solid.

A boolean compares everything with everything: holes that no other sheet comes near are left out of
it and pierced afterwards.
"""

# The CAD kernel (OCP) is compiled and has no stubs:
# pyright: reportAttributeAccessIssue=false

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from mounts.geometry.pierce import Bore, pierced
from mounts.geometry.sheet import AXES, Plane, Sheet, lift
from mounts.geometry.wires import wire

if TYPE_CHECKING:
    from cadquery import Shape

    from mounts.geometry.flat import Loop

Span = tuple[float, float]


def fused(sheets: Sequence[Sheet]) -> "Shape":
    """Return the union of sheets as one exact solid, coplanar faces merged."""
    from cadquery import func  # noqa: PLC0415 - loads the CAD kernel

    bores = clear_bores(sheets)
    apart = {(bore.plane, bore.loop) for bore in bores}
    plain = [
        replace(s, holes=tuple(hole for hole in s.holes if (s.plane, hole) not in apart))
        for s in sheets
    ]
    solids = [solid(sheet) for sheet in plain]
    whole = solids[0] if len(solids) == 1 else func.clean(func.fuse(*solids))
    if bores and len(whole.Shells()) > 1:  # a hollow that a cut opens later
        return cut_apart(whole, [Sheet(b.plane, b.loop, b.start_mm, b.end_mm) for b in bores])
    return pierced(whole, bores)


def cut(whole: "Shape", sheets: Sequence[Sheet]) -> "Shape":
    """Return a solid with sheets taken away, all of them at once.

    Raises:
        ValueError: what is left is not one solid.
    """
    from cadquery import func  # noqa: PLC0415 - loads the CAD kernel

    tools = [solid(sheet) for sheet in sheets]
    tool = tools[0] if len(tools) == 1 else func.fuse(*tools)  # they may overlap
    return _without(whole, tool)


def cut_apart(whole: "Shape", sheets: Sequence[Sheet]) -> "Shape":
    """Return a solid with sheets taken away of which no two share space, as `cut` does.

    Raises:
        ValueError: what is left is not one solid.
    """
    from cadquery import func  # noqa: PLC0415 - loads the CAD kernel

    return _without(whole, func.compound([solid(sheet) for sheet in sheets]))


def _without(whole: "Shape", tool: "Shape") -> "Shape":
    from cadquery import func  # noqa: PLC0415 - loads the CAD kernel

    rest = func.cut(whole, tool).Solids()
    if len(rest) != 1:
        text = f"{len(rest)} solids are left where one was wanted"
        raise ValueError(text)
    return rest[0]


def solid(sheet: Sheet) -> "Shape":
    """Return a sheet as one solid: a face with inner wires, extruded once."""
    from cadquery import Shape  # noqa: PLC0415 - loads the CAD kernel
    from OCP.BRepBuilderAPI import BRepBuilderAPI_MakeFace  # noqa: PLC0415 - loads the CAD kernel
    from OCP.BRepPrimAPI import BRepPrimAPI_MakePrism  # noqa: PLC0415 - loads the CAD kernel
    from OCP.gp import gp_Vec  # noqa: PLC0415 - loads the CAD kernel

    face = BRepBuilderAPI_MakeFace(wire(sheet.outline, sheet.plane, sheet.start_mm), True)
    for hole in sheet.holes:
        face.Add(wire(hole, sheet.plane, sheet.start_mm, forward=False))
    way = lift(sheet.plane, (0.0, 0.0), sheet.end_mm - sheet.start_mm)
    plate = Shape.cast(BRepPrimAPI_MakePrism(face.Face(), gp_Vec(*way)).Shape())
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


def clear_bores(sheets: Sequence[Sheet]) -> list[Bore]:
    """Return the holes that only sheets with the very same hole come near."""
    spans: dict[tuple[Plane, Loop], list[Span]] = {}
    for sheet in sheets:
        for hole in sheet.holes:
            spans.setdefault((sheet.plane, hole), []).append((sheet.start_mm, sheet.end_mm))
    found: list[Bore] = []
    for (plane, loop), every in spans.items():
        bores = [Bore(plane, loop, *span) for span in _merged(every)]
        others = [s for s in sheets if s.plane != plane or loop not in s.holes]
        if not any(_meet(_box(bore), _box(other)) for bore in bores for other in others):
            found += bores
    return found


def _merged(spans: Sequence[Span]) -> list[Span]:
    """Return spans that touch or overlap as one."""
    found: list[Span] = []
    for low, high in sorted(spans):
        if found and low <= found[-1][1]:
            found[-1] = found[-1][0], max(high, found[-1][1])
        else:
            found.append((low, high))
    return found


def _box(drawn: Bore | Sheet) -> tuple[Span, Span, Span]:
    """Return the lowest and highest x, y and z of what is drawn, mm."""
    points = drawn.loop.points if isinstance(drawn, Bore) else drawn.outline.points
    ends = [lift(drawn.plane, point, z) for point in points for z in (drawn.start_mm, drawn.end_mm)]
    x, y, z = ((min(values), max(values)) for values in zip(*ends, strict=True))
    return x, y, z


def _meet(a: tuple[Span, Span, Span], b: tuple[Span, Span, Span]) -> bool:
    return all(p[0] <= q[1] and q[0] <= p[1] for p, q in zip(a, b, strict=True))
