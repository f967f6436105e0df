"""Shapes and two-pole resistances for tests of the copper solver. Lengths mm, 1 Ohm a square."""

import math
from collections.abc import Sequence
from typing import Any

from shapely.geometry import Point, Polygon

from pcb.copper.field import Field, field
from pcb.copper.foil import Contact, Foil


def disc(x: float, y: float, radius: float) -> Any:
    """Return a polygon of 256 corners with the area of a circle."""
    corners = 256
    swollen = radius * math.sqrt(2 * math.pi / corners / math.sin(2 * math.pi / corners))
    return Point(x, y).buffer(swollen, quad_segs=corners // 4)


def around(radius: float, thick: float = 5.0) -> Any:
    """Return a ring round a circle about (0, 0)."""
    return Polygon(disc(0, 0, radius + thick).exterior, [disc(0, 0, radius).exterior])


def poles(area: Any, one: Any, other: Any, cell: float) -> Field:
    """Return the field of 1 A from one contact to the other."""
    foil = Foil((area,), (1.0,), (Contact("in", 0, one), Contact("out", 0, other)))
    return field(foil, {"in": 1.0}, "out", cell)


def ohms(area: Any, one: Any, other: Any, cell: float) -> float:
    """Return the resistance of a sheet between two contacts, Ohm."""
    return poles(area, one, other, cell).volt("in")


def sheet_ohms(shapes: Sequence[Any], cell: float) -> float:
    """Return the resistance of a sheet between two contacts; it comes first of the three."""
    area, one, other = shapes
    return ohms(area, one, other, cell)


def limit(coarse: float, fine: float, order: float = 2.0) -> float:
    """Return what two results, on cells of which one has half the side, tend to (Richardson)."""
    return fine + (fine - coarse) / (2**order - 1)
