"""Plastic and minutes of a part from its volume and its surface, when no slicer is asked.

A slicer fills what lies within a few lines of the surface, and a share of the rest. So the plastic
is that shell, at most the whole part, plus the infill; the minutes go with both, since lines along
the surface are laid slowly. The factors are fitted to PrusaSlicer over parts of every family
(`benchmarks/slicer.py` prints the fit); they hold for its default speeds and for `PROFILE` only.
How far off the worst of those parts is, is stated with every estimate.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from catalog.models import Material
from mounts.profile import PROFILE

if TYPE_CHECKING:
    from mounts.mesh import Mesh

# Fitted, see above. Three lines of 0.45 mm and three layers of 0.2 mm would make 1.35 and 0.6 mm.
SIDE_MM = 1.565  # depth of the shell under upright faces
FLAT_MM = 0.453  # and under level ones
DENSE = 0.907  # what a slicer lays where it lays all: lines overlap
MIN_PER_CM3 = 2.43
MIN_PER_SIDE_CM2 = 0.591
MIN_PER_FLAT_CM2 = 0.534
LAYER_S = 5.0  # a layer takes no less, so that it cools (PrusaSlicer, slowdown_below_layer_time)
# Held against the slicer by `tests/mounts/test_slicer.py`.
WEIGHT_OFF = 0.10
TIME_OFF = 0.30


@dataclass(frozen=True)
class Estimate:
    """What a part takes to print, about.

    Args:
        filament_cm3: plastic, within `WEIGHT_OFF`.
        filament_g: its weight.
        minutes: at PrusaSlicer's default speeds, within `TIME_OFF`.
    """

    filament_cm3: float
    filament_g: float
    minutes: float


@dataclass(frozen=True)
class Measures:
    """A part as it lies: volume, surface as seen from the sides and from above, and height."""

    volume_cm3: float
    side_cm2: float
    flat_cm2: float
    height_mm: float


def measures(mesh: "Mesh") -> Measures:
    """Return what the estimate goes by.

    Args:
        mesh: as it lies on the bed.
    """
    import numpy as np  # noqa: PLC0415 - heavy

    corners = mesh.corners()
    a, b, c = np.moveaxis(corners, 1, 0)
    normal = np.cross(b - a, c - a) / 200  # twice the area in mm², to cm²
    side = float(np.hypot(normal[:, 0], normal[:, 1]).sum())
    flat, height = float(np.abs(normal[:, 2]).sum()), float(np.ptp(corners[:, :, 2]))
    return Measures(mesh.volume_mm3() / 1000, side, flat, height)


def estimate(mesh: "Mesh", material: Material) -> Estimate:
    """Return about how much plastic and time a part takes with `PROFILE`.

    Args:
        mesh: as it lies on the bed.
        material: gives the density.
    """
    m = measures(mesh)
    shell = min(m.volume_cm3, m.side_cm2 * SIDE_MM / 10 + m.flat_cm2 * FLAT_MM / 10)
    plastic = DENSE * (shell + PROFILE.infill * (m.volume_cm3 - shell))
    pace = MIN_PER_CM3 * plastic + MIN_PER_SIDE_CM2 * m.side_cm2 + MIN_PER_FLAT_CM2 * m.flat_cm2
    minutes = max(pace, m.height_mm / PROFILE.layer_mm * LAYER_S / 60)
    return Estimate(plastic, plastic * material.density_g_cm3, minutes)
