"""A lying mesh as it must be printed to come out as drawn: larger, higher, its foot drawn in.

Only STL and 3MF are corrected, for they go to the printer. A print comes out

- smaller by the filament's shrink s, so that it is printed 1 / (1 - s) times as large;
- lower by what its first layer is squeezed, so that this layer is made higher;
- wider where it stands, so that its lowest layer is drawn in (slicers call it the elephant's foot).
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from catalog.calibration import Calibration, Shrink
from catalog.models import Printer
from mounts.mesh import NEEDLE_MM, Mesh, from_manifold, manifold
from mounts.profile import PROFILE

if TYPE_CHECKING:
    from manifold3d import Manifold

FOOT_HIGH_MM = PROFILE.layer_mm  # what is drawn in: the layer that spreads
# Where less than two lines would be left, nothing is drawn in: a slicer would leave it out.
LEAST_MM = 2 * PROFILE.nozzle_mm
UPRIGHT_MM = 0.05  # a face that leans less over the first layer's height stands upright
SLIVER_MM = 0.02  # what an offset there and back leaves over of a corner


@dataclass(frozen=True)
class Stretch:
    """How a lying mesh is stretched for the printer: factors along and off the bed, and a rise."""

    along: float
    up: float
    rise_mm: float

    @property
    def none(self) -> bool:
        """Whether it changes nothing."""
        return self.along == 1.0 and self.up == 1.0 and self.rise_mm == 0.0


def stretch_of(calibration: Calibration, material: str) -> Stretch:
    """Return how prints in a material are stretched.

    Raises:
        InputError: the calibration has no readings of it.
    """
    shrink: Shrink = calibration.shrink_of(material)
    along, up = (1 / (1 - pct / 100) for pct in (shrink.xy_pct, shrink.z_pct))
    return Stretch(along, up, calibration.first_layer_mm)


def printed(mesh: Mesh, calibration: Calibration, material: str) -> Mesh:
    """Return a mesh as it goes to the printer.

    Args:
        mesh: as it lies on the bed, its lowest point at z = 0.
        calibration: how the printer prints.
        material: id of the filament.

    Raises:
        InputError: the calibration has no readings of the filament.
    """
    own = footed(mesh, calibration)
    stretch = stretch_of(calibration, material)
    return own if stretch.none else Mesh(_stretched(own.vertices, stretch), own.triangles)


def as_drawn(mesh: Mesh, calibration: Calibration, material: str) -> Mesh:
    """Return a mesh read from a printer's file at the size it was drawn in; its foot stays.

    Args:
        mesh: as it lies on the bed.
        calibration: what it was printed for.
        material: id of the filament.

    Raises:
        InputError: the calibration has no readings of the filament.
    """
    stretch = stretch_of(calibration, material)
    if stretch.none:
        return mesh
    points = mesh.vertices.copy()
    low = float(points[:, 2].min())
    z = (points[:, 2] - low) / stretch.up
    points[:, :2] /= stretch.along
    points[:, 2] = low + _risen(z, FOOT_HIGH_MM + stretch.rise_mm, -stretch.rise_mm)
    return Mesh(points, mesh.triangles)


def footed(mesh: Mesh, calibration: Calibration) -> Mesh:
    """Return a lying mesh with its lowest layer drawn in by what a first layer spreads."""
    if not calibration.foot_mm:
        return mesh
    return from_manifold(_drawn_in(manifold(mesh), calibration.foot_mm))


def room_for(printer: Printer, calibration: Calibration, material: str) -> Printer:
    """Return a printer with the bed that drawn sizes may fill: prints are stretched after.

    Raises:
        InputError: the calibration has no readings of the filament.
    """
    stretch = stretch_of(calibration, material)
    if stretch.none:
        return printer
    room = {
        "bed_x_mm": printer.bed_x_mm / stretch.along,
        "bed_y_mm": printer.bed_y_mm / stretch.along,
        "bed_z_mm": printer.bed_z_mm / stretch.up - stretch.rise_mm,
    }
    return printer.model_copy(update=room)


def sentences(calibration: Calibration, material: str) -> tuple[str, ...]:
    """Say what was corrected, and where not; nothing if nothing was."""
    if not calibration.measured:
        return ()
    stretch, said = stretch_of(calibration, material), list[str]()
    if stretch.along != 1 or stretch.up != 1:
        said.append(f"{stretch.along - 1:.2%} larger, {stretch.up - 1:.2%} higher")
    if stretch.rise_mm:
        said.append(f"the first layer {stretch.rise_mm:+g} mm high")
    if calibration.foot_mm:
        said.append(f"the first layer drawn in by {calibration.foot_mm:g} mm")
    for_it = f"drawn for {calibration.name}"
    if not said:
        return (for_it,)
    return (f"{for_it}; STL and 3MF: {', '.join(said)}; STEP: as it is once printed",)


def _stretched(points: Any, stretch: Stretch) -> Any:
    import numpy as np  # noqa: PLC0415 - heavy

    found = points.copy()
    found[:, :2] *= stretch.along
    found[:, 2] = _risen(points[:, 2], FOOT_HIGH_MM, stretch.rise_mm) * stretch.up
    # STL keeps float32: settle on it here, so that every file holds the very same numbers.
    return found.astype(np.float32).astype(np.float64)


def _risen(z: Any, high_mm: float, rise_mm: float) -> Any:
    """Return heights with all above the first layer raised, and what lies in it in proportion."""
    import numpy as np  # noqa: PLC0415 - heavy

    return z + rise_mm * np.clip(z / high_mm, 0.0, 1.0)


def _drawn_in(body: "Manifold", by_mm: float) -> "Manifold":
    """Return a lying body without what is within so much of its side faces in the first layer."""
    from manifold3d import CrossSection, JoinType, Manifold  # noqa: PLC0415 - heavy

    def offset(area: CrossSection, mm: float) -> CrossSection:
        return area.offset(mm, JoinType.Miter, 4.0)

    foot = body.slice(FOOT_HIGH_MM - 1e-3)
    # A broken edge gives way to the spread by itself: only what stands upright is drawn in.
    edge = offset(body.slice(1e-3) - offset(foot, -UPRIGHT_MM), -SLIVER_MM / 2)
    if foot.is_empty() or edge.is_empty():
        return body
    least = LEAST_MM / 2 + by_mm
    broad = offset(offset(foot, -least), least)
    thin = offset(offset(foot - broad, -SLIVER_MM), 2 * SLIVER_MM) ^ foot
    kept = offset(foot, -by_mm) + thin
    near = by_mm + 0.5
    ring = (offset(foot, near) - kept) ^ offset(edge, near)
    past = 0.5  # below the bed
    cut = Manifold.extrude(ring, FOOT_HIGH_MM + past).translate([0.0, 0.0, -past])
    return (body - cut).as_original().simplify(NEEDLE_MM)
