"""Sheets: a flat drawing given a thickness along one axis, and solids joined from them."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from mounts.geometry.flat import Loop, Point

if TYPE_CHECKING:
    from cadquery import Shape
    from manifold3d import Manifold

Plane = Literal["xy", "xz", "yz"]  # the two axes drawn in; the sheet is thick along the third

AXES: dict[Plane, tuple[int, int, int]] = {"xy": (0, 1, 2), "xz": (0, 2, 1), "yz": (1, 2, 0)}


@dataclass(frozen=True)
class Sheet:
    """A plate: outline and holes drawn in a plane, from `start_mm` to `end_mm` across it.

    Args:
        plane: the axes of the drawing; `xz` means (x, z), thick along y.
        outline: outer edge, mm.
        start_mm: lower end across the plane, mm.
        end_mm: upper end, mm.
        holes: inner edges, mm; none may touch another or the outline.
        broken_edge_mm: chamfer round the outline on its `start_mm` side.
    """

    plane: Plane
    outline: Loop
    start_mm: float
    end_mm: float
    holes: tuple[Loop, ...] = ()
    broken_edge_mm: float = 0.0

    def __post_init__(self) -> None:
        if self.end_mm <= self.start_mm:
            text = f"a sheet needs a thickness: {self.start_mm} to {self.end_mm} mm"
            raise ValueError(text)


def lift(plane: Plane, point: Point, across: float) -> tuple[float, float, float]:
    """Return the point of space at `point` of a plane, `across` mm along its normal axis."""
    first, second, third = AXES[plane]
    where = [0.0, 0.0, 0.0]
    where[first], where[second], where[third] = point[0], point[1], across
    return where[0], where[1], where[2]


@dataclass(frozen=True)
class Body:
    """Sheets that are one solid together, drawn by whichever kernel is asked.

    Args:
        sheets: what is joined.
        cuts: taken away from the whole of them, in one boolean.
    """

    sheets: tuple[Sheet, ...]
    cuts: tuple[Sheet, ...] = ()

    @cached_property
    def shape(self) -> "Shape":
        """The exact solid, coplanar faces merged."""
        from mounts.geometry.brep import cut, fused  # noqa: PLC0415 - loads the CAD kernel

        whole = fused(self.sheets)
        return cut(whole, self.cuts) if self.cuts else whole

    @property
    def facets(self) -> "Manifold":
        """The same solid with its arcs cut into chords, in a hundredth of the time."""
        from manifold3d import Manifold, OpType  # noqa: PLC0415 - heavy

        from mounts.geometry.facets import faceted  # noqa: PLC0415 - heavy

        whole = Manifold.batch_boolean([faceted(sheet) for sheet in self.sheets], OpType.Add)
        if not self.cuts:
            return whole
        return Manifold.batch_boolean([whole, *map(faceted, self.cuts)], OpType.Subtract)


def joined(sheets: Sequence[Sheet]) -> Body:
    """Return the union of sheets."""
    return Body(tuple(sheets))
