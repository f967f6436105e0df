"""Laying a part on a printer's bed: which way up, how far turned, and whether it fits."""

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from catalog.models import Printer
from mounts.assembly import Matrix, moved_mesh
from mounts.part import Up

if TYPE_CHECKING:
    from mounts.mesh import Mesh

# Rotations that bring each direction up; the panel's front edge stays at the front of the bed.
STAND: dict[Up, Matrix] = {
    "+z": ((1, 0, 0, 0), (0, 1, 0, 0), (0, 0, 1, 0)),
    "-z": ((1, 0, 0, 0), (0, -1, 0, 0), (0, 0, -1, 0)),
    "+y": ((1, 0, 0, 0), (0, 0, -1, 0), (0, 1, 0, 0)),
    "-y": ((1, 0, 0, 0), (0, 0, 1, 0), (0, -1, 0, 0)),
    "+x": ((0, 0, -1, 0), (0, 1, 0, 0), (1, 0, 0, 0)),
    "-x": ((0, 0, 1, 0), (0, 1, 0, 0), (-1, 0, 0, 0)),
}
TURNS_DEG = (0.0, 90.0, 45.0, *(float(step) for step in range(5, 90, 5) if step != 45))


@dataclass(frozen=True)
class BedFit:
    """How a part lies on a bed. `over_mm` is what is missing in x, y and z, zeros if it fits."""

    fits: bool
    turn_deg: float
    size_mm: tuple[float, float, float]
    over_mm: tuple[float, float, float]

    def sentence(self, printer: Printer) -> str:
        """Say it in words."""
        size = " x ".join(f"{v:.1f}" for v in self.size_mm)
        if self.fits:
            turned = f", turned by {self.turn_deg:g} degrees" if self.turn_deg else ""
            return f"{size} mm, fits {printer.id}{turned}"
        over = ", ".join(
            f"{mm:.1f} mm in {axis}" for axis, mm in zip("xyz", self.over_mm, strict=True) if mm > 0
        )
        return f"{size} mm, needs a split: too large for {printer.id} by {over}"


def lying(mesh: "Mesh", up: Up) -> "Mesh":
    """Return the mesh as it is printed: `up` up, middle over the origin, lowest point at z = 0."""
    return _settled(moved_mesh(mesh, STAND[up]))


def turned(mesh: "Mesh", degrees: float) -> "Mesh":
    """Return a lying mesh turned on the bed."""
    if not degrees:
        return mesh
    c, s = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    return _settled(moved_mesh(mesh, ((c, -s, 0, 0), (s, c, 0, 0), (0, 0, 1, 0))))


def bed_fit(mesh: "Mesh", printer: Printer) -> BedFit:
    """Return how a lying mesh fits a printer's bed, turned as far as helps."""
    tried: list[BedFit] = []
    for turn in TURNS_DEG:
        laid = turned(mesh, turn)
        low, high = laid.bounds_mm()
        size = high[0] - low[0], high[1] - low[1], high[2] - low[2]
        room = printer.bed_x_mm, printer.bed_y_mm, printer.bed_z_mm
        over = tuple(max(0.0, s - r) for s, r in zip(size, room, strict=True))
        if printer.excluded_mm and not any(o > 1e-6 for o in over):
            over = (*_over_corner(laid, printer, printer.excluded_mm), 0.0)
        fit = BedFit(not any(o > 1e-6 for o in over), turn, size, (over[0], over[1], over[2]))
        if fit.fits:
            return fit
        tried.append(fit)
    # Turned askew it would miss by less, but no one cuts a part that way: straight or across.
    return min(tried[:2], key=lambda fit: sum(fit.over_mm))


def _over_corner(
    mesh: "Mesh", printer: Printer, corner: tuple[float, float]
) -> tuple[float, float]:
    """Return how far a mesh pushed to the far right still lies on the front left corner, mm.

    Either figure alone is what it would have to be smaller by; zeros if it lies clear.
    """
    import shapely  # noqa: PLC0415 - heavy

    (_, _, _), (right, rear, _) = mesh.bounds_mm()
    x0, y0 = right - printer.bed_x_mm, rear - printer.bed_y_mm
    kept_out = shapely.box(x0, y0, x0 + corner[0], y0 + corner[1])
    foot = shapely.MultiPoint(mesh.vertices[:, :2]).convex_hull
    shared = shapely.intersection(foot, kept_out)
    if shared.area < 1e-6:
        return 0.0, 0.0
    a, b, c, d = shared.bounds
    return (c - a, 0.0) if c - a <= d - b else (0.0, d - b)


def _settled(mesh: "Mesh") -> "Mesh":
    import numpy as np  # noqa: PLC0415 - heavy

    from mounts.mesh import Mesh  # noqa: PLC0415 - heavy

    low, high = mesh.bounds_mm()
    shift = np.array([(low[0] + high[0]) / 2, (low[1] + high[1]) / 2, low[2]])
    # STL keeps float32: settle on it here, so that every file holds the very same numbers.
    points = (mesh.vertices - shift).astype(np.float32).astype(np.float64)
    return Mesh(points, mesh.triangles)
