"""Slices through a body as shapely polygons."""

from typing import TYPE_CHECKING, Any

from mounts.assembly import moved
from mounts.bed import STAND
from mounts.part import Up

if TYPE_CHECKING:
    from manifold3d import CrossSection, Manifold

# The direction that must be up for a slice across each axis.
ACROSS: tuple[Up, Up, Up] = ("+x", "+y", "+z")


def polygons(section: "CrossSection") -> list[Any]:
    """Return a section as shapely polygons with their holes."""
    import shapely  # noqa: PLC0415 - heavy

    found: list[Any] = []
    for piece in section.decompose():
        rings = piece.to_polygons()
        if len(rings) > 1:
            rings = sorted(rings, key=_area)
        if not rings or len(rings[-1]) < 3:
            continue
        shape = shapely.Polygon(rings[-1], [r for r in rings[:-1] if len(r) >= 3])
        found.append(shape if shape.is_valid else shape.buffer(0))
    return found


def slice_at(solid: "Manifold", height_mm: float) -> Any:
    """Return the slice of a body at a height as one shapely geometry."""
    import shapely  # noqa: PLC0415 - heavy

    parts = [p for p in polygons(solid.slice(height_mm)) if not p.is_empty]
    return shapely.MultiPolygon([q for p in parts for q in shapely.get_parts(p)])


def standing(solid: "Manifold", axis: int) -> "Manifold":
    """Return a body turned so that an axis is up."""
    return moved(solid, STAND[ACROSS[axis]])


def _area(ring: Any) -> float:
    x, y = ring[:, 0], ring[:, 1]
    return abs(float(x[:-1] @ y[1:] - x[1:] @ y[:-1] + x[-1] * y[0] - x[0] * y[-1]))
