"""Checks placements without the code that made them: polygons, and the gap rule pair by pair."""

from itertools import combinations

from shapely import Polygon, affinity, box

from packing.cavity import Cavity
from packing.result import Placement

NEAR = 1e-6


def polygon(board: Placement) -> Polygon:
    flat = box(
        -board.across_mm / 2, -board.through_mm / 2, board.across_mm / 2, board.through_mm / 2
    )
    turned = affinity.rotate(flat, board.angle_deg, origin=(0, 0))
    return affinity.translate(turned, board.x_mm, board.z_mm)


def violations(boards: list[Placement], cavity: Cavity) -> list[str]:
    """Return what is wrong with a layout, in words."""
    shapes = [(board, polygon(board)) for board in boards]
    room = box(0, 0, cavity.width_mm, cavity.height_mm).buffer(NEAR, join_style="mitre")
    wrong = [f"{board} outside" for board, shape in shapes if not room.covers(shape)]
    if cavity.depth_mm is not None:
        deep = cavity.depth_mm + NEAR
        wrong += [f"{b} too deep" for b in boards if b.y_mm < 0 or b.y_mm + b.depth_mm > deep]
    pairs = combinations([(board, shape, shape.bounds) for board, shape in shapes], 2)
    return wrong + [
        f"{one[0]} and {other[0]}" for one, other in pairs if not apart(one, other, cavity)
    ]


Shape = tuple[Placement, Polygon, tuple[float, float, float, float]]


def apart(one: Shape, other: Shape, cavity: Cavity) -> bool:
    """Tell whether two boards keep their gap in at least one direction."""
    (a, shape_a, (ax0, az0, ax1, az1)), (b, shape_b, (bx0, bz0, bx1, bz1)) = one, other
    behind = max(a.y_mm - (b.y_mm + b.depth_mm), b.y_mm - (a.y_mm + a.depth_mm))
    if behind >= cavity.cable_gap_mm - NEAR:
        return True
    if a.angle_deg % 90 or b.angle_deg % 90:
        meets = shape_a.intersection(shape_b).area > NEAR
        return not meets and shape_a.distance(shape_b) >= least_gap(cavity) - NEAR
    faces_x = a.angle_deg == b.angle_deg == 90
    faces_z = a.angle_deg == b.angle_deg == 0
    need_x = cavity.air_gap_mm if faces_x else cavity.edge_gap_mm
    need_z = cavity.air_gap_mm if faces_z else cavity.edge_gap_mm
    clear_x, clear_z = max(bx0 - ax1, ax0 - bx1), max(bz0 - az1, az0 - bz1)
    return clear_x >= need_x - NEAR or clear_z >= need_z - NEAR


def least_gap(cavity: Cavity) -> float:
    return min(cavity.air_gap_mm, cavity.edge_gap_mm)
