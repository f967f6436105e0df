"""Checks any layout of boards, without the code that made it.

It shares nothing with the counting: polygons for what overlaps and stands out, the gap rule pair by
pair, and a walk from the openings for what a hand can reach. Every result passes it in the tests.
"""

from collections.abc import Sequence
from itertools import combinations
from typing import TYPE_CHECKING

from packing.cavity import Cavity
from packing.result import Placement

if TYPE_CHECKING:
    from shapely import Polygon

NEAR_MM = 1e-6
REACHED_ROWS = 2  # from the front and from the rear

_Shape = tuple[Placement, "Polygon", tuple[float, float, float, float]]


def violations(
    boards: Sequence[Placement], cavity: Cavity, *, reached_rows: int | None = None
) -> list[str]:
    """Return what is wrong with a layout, in words; nothing if it can be built so.

    Args:
        boards: where they are.
        cavity: what they have to stay in, and the gaps that they have to keep.
        reached_rows: how many boards may stand behind each other; `None`: any number.
    """
    shapes: list[_Shape] = [(board, (shape := outline(board)), shape.bounds) for board in boards]
    return [
        *_outside(shapes, cavity),
        *_too_near(shapes, cavity),
        *(_hidden(shapes, reached_rows) if reached_rows is not None else ()),
    ]


def outline(board: Placement) -> "Polygon":
    """Return a board's section in the cavity, seen from the front, mm."""
    from shapely import affinity, box  # noqa: PLC0415 - counting needs no polygons

    half_wide, half_high = board.across_mm / 2, board.through_mm / 2
    flat = box(-half_wide, -half_high, half_wide, half_high)
    turned = affinity.rotate(flat, board.angle_deg, origin=(0, 0))
    return affinity.translate(turned, board.x_mm, board.z_mm)


def _outside(shapes: list[_Shape], cavity: Cavity) -> list[str]:
    from shapely import box  # noqa: PLC0415 - counting needs no polygons

    room = box(0, 0, cavity.width_mm, cavity.height_mm).buffer(NEAR_MM, join_style="mitre")
    wrong = [f"{board} stands out" for board, shape, _ in shapes if not room.covers(shape)]
    wrong += [f"{board} stands out at the front" for board, *_ in shapes if board.y_mm < -NEAR_MM]
    if cavity.depth_mm is None:
        return wrong
    deep = cavity.depth_mm + NEAR_MM
    behind = [board for board, *_ in shapes if board.y_mm + board.depth_mm > deep]
    return [*wrong, *(f"{board} stands out at the rear" for board in behind)]


def _too_near(shapes: list[_Shape], cavity: Cavity) -> list[str]:
    pairs = combinations(shapes, 2)
    return [
        f"{one[0]} and {other[0]} are too near"
        for one, other in pairs
        if not _apart(one, other, cavity)
    ]


def _apart(one: _Shape, other: _Shape, cavity: Cavity) -> bool:
    """Tell whether two boards keep their gap in at least one direction."""
    (a, shape_a, (ax0, az0, ax1, az1)), (b, shape_b, (bx0, bz0, bx1, bz1)) = one, other
    behind = max(a.y_mm - (b.y_mm + b.depth_mm), b.y_mm - (a.y_mm + a.depth_mm))
    if behind >= cavity.cable_gap_mm - NEAR_MM:
        return True
    if a.angle_deg % 90 or b.angle_deg % 90:
        meets = shape_a.intersection(shape_b).area > NEAR_MM
        least = min(cavity.air_gap_mm, cavity.edge_gap_mm)
        return not meets and shape_a.distance(shape_b) >= least - NEAR_MM
    faces_x = a.angle_deg % 180 == b.angle_deg % 180 == 90
    faces_z = a.angle_deg % 180 == b.angle_deg % 180 == 0
    need_x = cavity.air_gap_mm if faces_x else cavity.edge_gap_mm
    need_z = cavity.air_gap_mm if faces_z else cavity.edge_gap_mm
    clear_x, clear_z = max(bx0 - ax1, ax0 - bx1), max(bz0 - az1, az0 - bz1)
    return clear_x >= need_x - NEAR_MM or clear_z >= need_z - NEAR_MM


def _hidden(shapes: list[_Shape], reached_rows: int) -> list[str]:
    """Name boards that have others both before and behind them: no hand gets there.

    With one row allowed, a board with any other before it is out of reach.
    """
    wrong: list[str] = []
    for board, shape, _ in shapes:
        covering = [
            other
            for other, around, _ in shapes
            if other is not board and shape.intersection(around).area > NEAR_MM
        ]
        before = any(other.y_mm < board.y_mm for other in covering)
        after = any(other.y_mm > board.y_mm for other in covering)
        if before and (after or reached_rows < REACHED_ROWS):
            wrong.append(f"{board} is out of reach")
    return wrong
