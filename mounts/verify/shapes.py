"""Cylinders and overlaps for the rules that ask whether something is free."""

from typing import TYPE_CHECKING

from mounts.verify.findings import Point3

if TYPE_CHECKING:
    from manifold3d import Manifold

ROUND = 32  # sides of a cylinder; circumscribed, so that it is never too small


def cylinder(start: Point3, way: Point3, length_mm: float, diameter_mm: float) -> "Manifold":
    """Return a cylinder from a point along a unit vector."""
    import math  # noqa: PLC0415 - beside its only use

    import numpy as np  # noqa: PLC0415 - heavy
    from manifold3d import Manifold  # noqa: PLC0415 - heavy

    radius = diameter_mm / 2 / math.cos(math.pi / ROUND)
    body = Manifold.cylinder(length_mm, radius, radius, ROUND)
    axis = np.asarray(way, dtype=float)
    side = np.cross(axis, np.eye(3)[int(np.argmin(np.abs(axis)))])
    side /= np.linalg.norm(side)
    place = np.column_stack([side, np.cross(axis, side), axis, np.asarray(start, dtype=float)])
    return body.transform(place)


def block(low: Point3, high: Point3) -> "Manifold":
    """Return an axis-parallel box."""
    from manifold3d import Manifold  # noqa: PLC0415 - heavy

    size = [h - lo for lo, h in zip(low, high, strict=True)]
    return Manifold.cube(size).translate(list(low))


def shared(a: "Manifold", b: "Manifold") -> tuple[float, Point3]:
    """Return the volume two bodies share, mm³, and the middle of its box."""
    both = a ^ b
    volume = both.volume()
    if volume <= 0:
        return 0.0, (0.0, 0.0, 0.0)
    box = both.bounding_box()
    x, y, z = ((box[i] + box[i + 3]) / 2 for i in range(3))
    return volume, (x, y, z)
