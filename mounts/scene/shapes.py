"""Plain bodies for what is bought: cases, screws, standoffs, fans. Made to be seen, not printed."""

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from mounts.assembly import blocks_solid
from mounts.board import Block
from mounts.geometry.flat import Point
from mounts.mesh import Mesh, from_manifold

if TYPE_CHECKING:
    from manifold3d import Manifold

Axis = Literal["+x", "-x", "+y", "-y", "+z", "-z"]

CASE_CORNER_MM = 3.0
BLADES = 7
SIDES = 32

# Columns: where the drawing's x, its y and its height go.
TURNS: dict[Axis, tuple[tuple[int, int, int], ...]] = {
    "+z": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "-z": ((1, 0, 0), (0, -1, 0), (0, 0, -1)),
    "+x": ((0, 1, 0), (0, 0, 1), (1, 0, 0)),
    "-x": ((0, 1, 0), (0, 0, -1), (-1, 0, 0)),
    "+y": ((0, 0, 1), (1, 0, 0), (0, 1, 0)),
    "-y": ((1, 0, 0), (0, 0, 1), (0, -1, 0)),
}


def along(solid: "Manifold", axis: Axis, at: tuple[float, float, float]) -> "Manifold":
    """Return a solid drawn upwards from 0, standing at a point and pointing along an axis."""
    import numpy as np  # noqa: PLC0415 - heavy

    return solid.transform(np.array([*TURNS[axis], at], dtype=float).T)


def case(block: Block) -> Mesh:
    """Return a cased device: corners rounded, the upper edges broken."""
    from manifold3d import CrossSection, JoinType, Manifold  # noqa: PLC0415 - heavy

    low, high = block.low, block.high
    size = [b - a for a, b in zip(low, high, strict=True)]
    r = min(CASE_CORNER_MM, size[0] / 4, size[1] / 4)
    core = CrossSection.square([size[0] - 2 * r, size[1] - 2 * r]).translate(
        [low[0] + r, low[1] + r]
    )
    flat = core.offset(r, JoinType.Round, 2.0, 24)
    edge = min(0.8, size[2] / 4)
    inset = core.offset(r - edge, JoinType.Round, 2.0, 24)
    tall = Manifold.extrude(inset, size[2])
    body = Manifold.extrude(flat, size[2] - edge)
    return from_manifold((tall + body).translate([0.0, 0.0, low[2]]))


def blocks(found: Sequence[Block]) -> Mesh:
    """Return blocks as they are."""
    return from_manifold(blocks_solid(found))


def screw(at: tuple[float, float, float], into: Axis, shank: tuple[float, float]) -> "Manifold":
    """Return a pan-head screw whose head rests at a point.

    Args:
        at: under the head.
        into: where its tip points.
        shank: diameter and length, mm.
    """
    from manifold3d import Manifold  # noqa: PLC0415 - heavy

    wide, long = shank
    head = Manifold.cylinder(0.6 * wide, wide, 0.8 * wide, SIDES)
    body = Manifold.cylinder(long + 0.1, wide / 2, wide / 2, SIDES).translate([0, 0, -long])
    turned: Axis = into.translate(str.maketrans("+-", "-+"))  # type: ignore[assignment]
    return along(head + body, turned, at)


def rod(at: tuple[float, float, float], wide: float, long: float, sides: int = SIDES) -> "Manifold":
    """Return an upright rod or tube's outside; six sides for a hexagon, `wide` over its corners."""
    from manifold3d import Manifold  # noqa: PLC0415 - heavy

    return Manifold.cylinder(long, wide / 2, wide / 2, sides).translate(list(at))


def fan(size_mm: float, thick_mm: float, pitch_mm: float) -> "Manifold":
    """Return an axial fan standing on z = 0 round the z axis: frame, hub and blades."""
    import numpy as np  # noqa: PLC0415 - heavy
    from manifold3d import CrossSection, FillRule, JoinType, Manifold, OpType  # noqa: PLC0415 - heavy

    r = 0.08 * size_mm
    square = CrossSection.square([size_mm - 2 * r] * 2, center=True)
    drills = [
        CrossSection.circle(2.15, 24).translate([sx * pitch_mm / 2, sy * pitch_mm / 2])
        for sx in (-1, 1)
        for sy in (-1, 1)
    ]
    mouth = CrossSection.circle(0.47 * size_mm, 64)
    rim = CrossSection.batch_boolean(
        [square.offset(r, JoinType.Round, 2.0, 24), mouth, *drills], OpType.Subtract
    )
    hub = Manifold.cylinder(0.96 * thick_mm, 0.2 * size_mm, 0.2 * size_mm, 48)
    sickles = [np.asarray(_blade(0.44 * size_mm, turn)) for turn in range(BLADES)]
    blades = CrossSection(sickles, FillRule.NonZero)
    wheel = Manifold.extrude(blades, 0.6 * thick_mm, 8, 20.0).translate([0, 0, 0.2 * thick_mm])
    stay = CrossSection.square([size_mm * 0.98, 0.05 * size_mm], center=True)
    stays = Manifold.extrude(stay.rotate(45) + stay.rotate(-45), 0.1 * thick_mm)
    round_stays = stays ^ Manifold.cylinder(thick_mm, 0.475 * size_mm, 0.475 * size_mm, 64)
    return Manifold.batch_boolean(
        [Manifold.extrude(rim, thick_mm), hub, wheel, round_stays], OpType.Add
    )


def _blade(reach: float, turn: int) -> list[Point]:
    """Return one blade's outline: a sickle from the hub outwards."""
    start, wide = 2 * math.pi * turn / BLADES, 1.55 * math.pi / BLADES
    steps = [k / 6 for k in range(7)]
    near, far = 0.3 * reach, reach
    lead = [(near + (far - near) * t, start + 0.35 * t * t) for t in steps]
    trail = [(near + (far - near) * t, start + wide * 0.8 + 0.35 * t * t) for t in reversed(steps)]
    return [(r * math.cos(a), r * math.sin(a)) for r, a in (*lead, *trail)]


def mesh(solids: "Sequence[Manifold]") -> Mesh:
    """Return solids as one mesh."""
    from manifold3d import Manifold, OpType  # noqa: PLC0415 - heavy

    return from_manifold(Manifold.batch_boolean(list(solids), OpType.Add))


def drilled_plate(
    corners: tuple[Point, Point], span: tuple[float, float], holes: Sequence[tuple[Point, float]]
) -> Mesh:
    """Return a rectangular plate with round holes, `span` in z."""
    from manifold3d import CrossSection, JoinType, Manifold, OpType  # noqa: PLC0415 - heavy

    (x0, y0), (x1, y1) = corners
    r = min(3.0, (x1 - x0) / 4, (y1 - y0) / 4)
    core = CrossSection.square([x1 - x0 - 2 * r, y1 - y0 - 2 * r]).translate([x0 + r, y0 + r])
    edge: CrossSection = core.offset(r, JoinType.Round, 2.0, 24)
    drills = [CrossSection.circle(wide / 2, 24).translate(list(at)) for at, wide in holes]
    flat = CrossSection.batch_boolean([edge, *drills], OpType.Subtract)
    return from_manifold(Manifold.extrude(flat, span[1] - span[0]).translate([0, 0, span[0]]))


def sink(corners: tuple[Point, Point], span: tuple[float, float]) -> Mesh:
    """Return a heat sink of eight fins along x; `span` is where it stands and its height."""
    (x0, y0), (x1, y1) = corners
    low, high = span[0], span[0] + span[1]
    fins = 8
    pitch = (y1 - y0) / fins
    found = [Block((x0, y0, low), (x1, y1, low + 0.25 * span[1]))]
    found += [
        Block((x0, y0 + k * pitch, low), (x1, y0 + (k + 0.5) * pitch, high)) for k in range(fins)
    ]
    return blocks(found)
