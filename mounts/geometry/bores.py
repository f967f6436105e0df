"""Which holes can be drawn into their own sheet, so that no boolean has to cut them.

A hole that pierces one sheet from face to face and meets no other is an inner edge of its drawing.
Hundreds of those cost next to nothing to draw and half a second to cut.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from mounts.geometry.sheet import AXES, Sheet
from mounts.geometry.vents import Perforation

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ring = NDArray[np.float64]  # (n, 2), mm
    Boxes = NDArray[np.float64]  # (n, 2, 3): lowest and highest corner, mm

SAME_MM = 1e-6


def drawn_in(
    sheets: Sequence[Sheet], perforations: Sequence[Perforation]
) -> tuple[list[list["Ring"]], list[Perforation]]:
    """Return the holes to draw into each sheet, and what is left to be cut.

    Args:
        sheets: what the body is joined from.
        perforations: holes through it.
    """
    import numpy as np  # noqa: PLC0415 - heavy

    boxes = np.array([_box(sheet) for sheet in sheets])
    rings: list[list[Ring]] = [[] for _ in sheets]
    taken: list[list[Boxes]] = [[] for _ in sheets]
    rest: list[Perforation] = []
    for hole in perforations:
        index = _owner(sheets, hole)
        if index is None:
            rest.append(hole)
            continue
        centers = np.asarray(hole.centers)
        room = _rooms(hole, centers)
        others = np.delete(boxes, index, axis=0)
        free = ~_meet(room, np.concatenate([others, *taken[index]])) & _inside(
            sheets[index], hole, centers
        )
        rings[index] += [np.asarray(hole.cell) + center for center in centers[free]]
        taken[index].append(room[free])
        if not free.all():
            left = tuple(c for c, f in zip(hole.centers, free, strict=True) if not f)
            rest.append(replace(hole, centers=left))
    return rings, rest


def _owner(sheets: Sequence[Sheet], hole: Perforation) -> int | None:
    """Return the sheet that a hole pierces from face to face, if there is just one."""
    found = [
        index
        for index, sheet in enumerate(sheets)
        if sheet.plane == hole.plane
        and abs(sheet.start_mm - hole.start_mm) < SAME_MM
        and abs(sheet.end_mm - hole.end_mm) < SAME_MM
    ]
    return found[0] if len(found) == 1 else None


def _box(sheet: Sheet) -> "NDArray[np.float64]":
    """Return the lowest and the highest corner of a sheet, (2, 3)."""
    import numpy as np  # noqa: PLC0415 - heavy

    points = np.array(sheet.outline.flattened())
    box = np.empty((2, 3))
    first, second, third = AXES[sheet.plane]
    box[:, first] = points[:, 0].min(), points[:, 0].max()
    box[:, second] = points[:, 1].min(), points[:, 1].max()
    box[:, third] = sheet.start_mm, sheet.end_mm
    return box


def _rooms(hole: Perforation, centers: "NDArray[np.float64]") -> "Boxes":
    """Return the box round each hole."""
    import numpy as np  # noqa: PLC0415 - heavy

    cell = np.asarray(hole.cell)
    found = np.empty((len(centers), 2, 3))
    first, second, third = AXES[hole.plane]
    for k, axis in enumerate((first, second)):
        found[:, 0, axis] = centers[:, k] + cell[:, k].min()
        found[:, 1, axis] = centers[:, k] + cell[:, k].max()
    found[:, :, third] = hole.start_mm, hole.end_mm
    return found


def _meet(rooms: "Boxes", boxes: "Boxes") -> "NDArray[np.bool_]":
    """Return which rooms share space with any of the boxes, or touch one."""
    import numpy as np  # noqa: PLC0415 - heavy

    low = rooms[:, None, 0, :] <= boxes[None, :, 1, :] + SAME_MM
    high = rooms[:, None, 1, :] >= boxes[None, :, 0, :] - SAME_MM
    return np.any(np.all(low & high, axis=-1), axis=-1)


def _inside(sheet: Sheet, hole: Perforation, centers: "NDArray[np.float64]") -> "NDArray[np.bool_]":
    """Return which holes lie within a sheet's drawing, clear of its edges and of each other."""
    import numpy as np  # noqa: PLC0415 - heavy
    import shapely  # noqa: PLC0415 - heavy

    drawing = shapely.Polygon(
        sheet.outline.flattened(), [inner.flattened() for inner in sheet.holes]
    ).buffer(-sheet.broken_edge_mm - SAME_MM)
    shapely.prepare(drawing)
    rings = np.asarray(hole.cell)[None, :, :] + centers[:, None, :]
    cells: Any = shapely.polygons(rings)
    one, other = shapely.STRtree(cells).query(cells, predicate="intersects")
    free = np.asarray(shapely.contains_properly(drawing, cells))
    free[one[one != other]] = False
    return free
