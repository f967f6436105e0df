"""A plate from above: what lies where, and how much of the bed is free."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from catalog.models import Printer
from mounts.assembly import blocks_solid
from mounts.board import Block
from mounts.export import picture
from mounts.files.picture import PART_COLOR, Actor, Color
from mounts.mesh import Mesh, from_manifold
from mounts.plates.project import placed

if TYPE_CHECKING:
    from mounts.plates.project import Plate

FROM_ABOVE = (0.0, -0.001, 1.0)  # not quite: a picture's right is square to the upright
WIDTH_PX = 640
BED_COLOR: Color = (0.80, 0.82, 0.84)
KEPT_OUT_COLOR: Color = (0.85, 0.35, 0.30)
# Neighbours differ: each object of a plate has the next of these.
COLORS: tuple[Color, ...] = (
    PART_COLOR,
    (0.96, 0.72, 0.36),
    (0.55, 0.76, 0.48),
    (0.80, 0.55, 0.72),
    (0.45, 0.72, 0.74),
    (0.88, 0.84, 0.45),
)
BED_MM, MARK_MM = 3.0, 0.4  # how thick the bed and the mark on it are drawn


def plate_png(plate: "Plate") -> bytes:
    """Return a picture of a plate as PNG.

    Raises:
        ToolMissing: the system cannot draw without a screen.
    """
    color = {one.name: COLORS[k % len(COLORS)] for k, one in enumerate(plate.bodies)}
    faces = {one.name: one.mesh.triangles for one in plate.bodies}
    parts = [
        Actor(Mesh(points, faces[spot.name]), color[spot.name])
        for spot, points in zip(plate.spots, placed(plate.bodies, plate.spots), strict=True)
    ]
    return picture([*_bed(plate.printer), *parts], FROM_ABOVE, WIDTH_PX)


def _bed(printer: Printer) -> Iterator[Actor]:
    top = Block((0.0, 0.0, -BED_MM), (printer.bed_x_mm, printer.bed_y_mm, 0.0))
    yield Actor(from_manifold(blocks_solid([top])), BED_COLOR)
    if printer.excluded_mm:
        corner = Block((0.0, 0.0, 0.0), (*printer.excluded_mm, MARK_MM))
        yield Actor(from_manifold(blocks_solid([corner])), KEPT_OUT_COLOR)
