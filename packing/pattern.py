"""One cross-section of a module, boards seen end on: how many, in which pose, and where.

A board's section is `width` across (its y) by `total` through (its thickness with all parts):

    flat           flat, stacked    on edge          layers           columns          tilted
    ____ ____      ____ ____        | | | | |        ____ ____        ____ ____ |      / / / / /
                   ____ ____        | | | | |        | | | | |        ____ ____ |     / / / / /
"""

import math
from dataclasses import dataclass
from typing import Literal, NamedTuple, get_args

from packing.cavity import Cavity
from packing.row import fit, within

Pose = Literal["flat", "on-edge", "flat-stacked", "layers", "columns", "tilted"]
POSES: tuple[Pose, ...] = get_args(Pose)  # simplest first: it wins when counts are equal


class Section(NamedTuple):
    """A board seen end on, mm: `width_mm` is the larger, across; `total_mm` goes through it."""

    width_mm: float
    total_mm: float


@dataclass(frozen=True, slots=True)
class Pattern:
    """Boards in one cross-section.

    Args:
        pose: how they lie.
        count: boards in the cross-section.
        flat: layers (in pose `columns`: columns) of boards lying flat.
        edge: layers (in pose `columns`: columns) of boards on edge.
        angle_deg: of a tilted board's width against the floor.
        pitch_mm: from one tilted board to the next.
    """

    pose: Pose
    count: int
    flat: int = 0
    edge: int = 0
    angle_deg: float = 0.0
    pitch_mm: float = 0.0


def flat(section: Section, cavity: Cavity) -> Pattern:
    """Return one layer of boards lying flat: `fit(Wo, W, gx)`."""
    high = within(section.total_mm, cavity.height_mm)
    count = fit(cavity.width_mm, section.width_mm, cavity.edge_gap_mm) if high else 0
    return Pattern("flat", count, flat=1)


def flat_stacked(section: Section, cavity: Cavity) -> Pattern:
    """Return as many flat layers as go in: `fit(Wo, W, gx) * fit(H, T, g)`."""
    across = fit(cavity.width_mm, section.width_mm, cavity.edge_gap_mm)
    high = fit(cavity.height_mm, section.total_mm, cavity.air_gap_mm)
    return Pattern("flat-stacked", across * high, flat=high)


def on_edge(section: Section, cavity: Cavity) -> Pattern:
    """Return boards on edge, as many layers as go in: `fit(Wo, T, g) * fit(H, W, gx)`."""
    across = fit(cavity.width_mm, section.total_mm, cavity.air_gap_mm)
    high = fit(cavity.height_mm, section.width_mm, cavity.edge_gap_mm)
    return Pattern("on-edge", across * high, edge=high)


def layers(section: Section, cavity: Cavity) -> Pattern:
    """Return the best mix of on-edge and flat layers, on-edge ones below.

    `max a Ne + b Nf` over layers whose heights and gaps go in; an edge layer and a flat one keep
    the edge gap (docs/fit.md §1.3).
    """
    per_edge = fit(cavity.width_mm, section.total_mm, cavity.air_gap_mm)
    per_flat = fit(cavity.width_mm, section.width_mm, cavity.edge_gap_mm)
    best = (0, 0, 0)
    for edge in range(fit(cavity.height_mm, section.width_mm, cavity.edge_gap_mm) + 1):
        left = cavity.height_mm - edge * (section.width_mm + cavity.edge_gap_mm)
        stacked = fit(left, section.total_mm, cavity.air_gap_mm) if left > 0 and per_flat else 0
        count = edge * per_edge + stacked * per_flat
        if count > best[0]:
            best = (count, stacked, edge)
    return Pattern("layers", *best)


def columns(section: Section, cavity: Cavity) -> Pattern:
    """Return the best mix of flat stacks and on-edge columns, side by side.

    The layers turned by a right angle: it uses the strip that whole flat stacks leave over.
    """
    per_flat = fit(cavity.height_mm, section.total_mm, cavity.air_gap_mm)
    per_edge = fit(cavity.height_mm, section.width_mm, cavity.edge_gap_mm)
    best = (0, 0, 0)
    for stacks in range(fit(cavity.width_mm, section.width_mm, cavity.edge_gap_mm) + 1):
        left = cavity.width_mm - stacks * (section.width_mm + cavity.edge_gap_mm)
        edge = fit(left, section.total_mm, cavity.air_gap_mm) if left > 0 and per_edge else 0
        count = stacks * per_flat + edge * per_edge
        if count > best[0]:
            best = (count, stacks, edge)
    return Pattern("columns", *best)


def tilted(section: Section, cavity: Cavity) -> Pattern:
    """Return one row of boards leaning on each other at the best angle that goes in.

    With w = W cos θ + T sin θ and pitch p = min((T + g) / sin θ, (W + gx) / cos θ) the row holds
    `floor((Wo - w) / p) + 1` (docs/fit.md §1.3). Only the steepest angle need be tried:
    with the first pitch, wherever (Wo - w) / p >= 1 that quotient grows with θ (its derivative has
    the sign of Wo cos θ - W cos 2θ - T sin 2θ, positive there), and the second never beats flat.
    Angle 0 means that flat is better, 90 that the boards can stand on edge.
    """
    lying = flat(section, cavity)
    if not within(section.total_mm, cavity.height_mm):
        return Pattern("tilted", 0)
    if within(section.width_mm, cavity.height_mm):
        count = fit(cavity.width_mm, section.total_mm, cavity.air_gap_mm)
        pitch = section.total_mm + cavity.air_gap_mm
        return Pattern("tilted", count, angle_deg=90.0, pitch_mm=pitch)
    leaning = _leaning(section, cavity, _steepest_rad(section, cavity.height_mm))
    if leaning.count >= lying.count:
        return leaning
    pitch = section.width_mm + cavity.edge_gap_mm
    return Pattern("tilted", lying.count, angle_deg=0.0, pitch_mm=pitch)


def _leaning(section: Section, cavity: Cavity, angle: float) -> Pattern:
    sine, cosine = math.sin(angle), math.cos(angle)
    across = section.width_mm * cosine + section.total_mm * sine
    if sine <= 0 or not within(across, cavity.width_mm):
        return Pattern("tilted", 0)
    by_face = (section.total_mm + cavity.air_gap_mm) / sine
    by_edge = (section.width_mm + cavity.edge_gap_mm) / cosine
    pitch = min(by_face, by_edge)
    count = fit(cavity.width_mm - across, pitch) + 1
    return Pattern("tilted", count, angle_deg=math.degrees(angle), pitch_mm=pitch)


def _steepest_rad(section: Section, height_mm: float) -> float:
    """Return the greatest angle with W sin θ + T cos θ <= H, for T <= H < W."""
    diagonal = math.hypot(section.width_mm, section.total_mm)
    flat_rad = math.atan2(section.total_mm, section.width_mm)
    return max(0.0, math.asin(height_mm / diagonal) - flat_rad)


BUILD = {
    "flat": flat,
    "on-edge": on_edge,
    "flat-stacked": flat_stacked,
    "layers": layers,
    "columns": columns,
    "tilted": tilted,
}


def pattern(pose: Pose, section: Section, cavity: Cavity) -> Pattern:
    """Return the best pattern of one pose."""
    return BUILD[pose](section, cavity)


def extent_mm(found: Pattern, section: Section, cavity: Cavity) -> tuple[float, float]:
    """Return the width and height that a pattern takes up, mm; (0, 0) if it is empty."""
    boxes = [_box(section, angle, x, z) for x, z, angle in boards(found, section, cavity)]
    if not boxes:
        return (0.0, 0.0)
    return (max(right for right, _ in boxes), max(top for _, top in boxes))


def boards(found: Pattern, section: Section, cavity: Cavity) -> list[tuple[float, float, float]]:
    """Return the middle of every board (x, z in mm from the left wall and the floor) and its angle.

    The angle is 0 for a flat board, 90 for one on edge, degrees.
    """
    if found.count == 0:
        return []
    if found.pose == "tilted":
        return _tilted_boards(found, section)
    across, through = section.width_mm, section.total_mm
    air, edge = cavity.air_gap_mm, cavity.edge_gap_mm
    spots: list[tuple[float, float, float]] = []
    if found.pose == "columns":
        high = fit(cavity.height_mm, through, air), fit(cavity.height_mm, across, edge)
        shift = found.flat * (across + edge)
        spots += _grid((found.flat, across, edge), (high[0], through, air), (0.0, 0.0, 0.0))
        spots += _grid((found.edge, through, air), (high[1], across, edge), (shift, 0.0, 90.0))
        return spots
    wide = fit(cavity.width_mm, through, air), fit(cavity.width_mm, across, edge)
    shift = found.edge * (across + edge)
    spots += _grid((wide[0], through, air), (found.edge, across, edge), (0.0, 0.0, 90.0))
    spots += _grid((wide[1], across, edge), (found.flat, through, air), (0.0, shift, 0.0))
    return spots


_Line = tuple[int, float, float]  # count, size, gap


def _grid(
    along_x: _Line, along_z: _Line, origin: tuple[float, float, float]
) -> list[tuple[float, float, float]]:
    (nx, sx, gx), (nz, sz, gz), (x0, z0, angle) = along_x, along_z, origin
    return [
        (x0 + i * (sx + gx) + sx / 2, z0 + k * (sz + gz) + sz / 2, angle)
        for k in range(nz)
        for i in range(nx)
    ]


def _tilted_boards(found: Pattern, section: Section) -> list[tuple[float, float, float]]:
    right, top = _box(section, found.angle_deg, 0.0, 0.0)
    return [(right + i * found.pitch_mm, top, found.angle_deg) for i in range(found.count)]


def _box(section: Section, angle_deg: float, x_mm: float, z_mm: float) -> tuple[float, float]:
    """Return the right and upper limits of a turned board whose middle is given."""
    angle = math.radians(angle_deg)
    sine, cosine = abs(math.sin(angle)), abs(math.cos(angle))
    half_x = (section.width_mm * cosine + section.total_mm * sine) / 2
    half_z = (section.width_mm * sine + section.total_mm * cosine) / 2
    return (x_mm + half_x, z_mm + half_z)
