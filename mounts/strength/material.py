"""What a printed material is worth in design: stiffness and strength, warm, old, across layers.

Facts come from the catalogue; the factors are below, each with where it is from and how sure it is.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from catalog.models import Material
from catalog.problems import InputError, Problem
from mounts.part import Up

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

POISSON = 0.35  # of glassy polymers, 0.33 to 0.40; matters little in bending
# Printed parts are slightly softer across their layers. Unconfirmed: 0.8 to 0.95 by what papers on
# printed PLA and PETG report; 0.85 taken.
ACROSS = 0.85
ROOM_C = 23.0  # at which data sheets are measured (ISO 291)
# Plastic that touches a device is that much warmer than the air. Material guides for racks: design
# for 60 °C air, 70 °C contact.
CONTACT_OVER_C = 10.0
# Glassy polymers lose stiffness steadily and fall off some 10 K below the glass transition. At
# that point 0.7 of the modulus is left. Unconfirmed, read off published DMA curves by memory.
SOFT_BELOW_TG_K = 10.0
LEFT_AT_SOFT = 0.7
CLEAR_OF_TG_K = 5.0  # nothing may carry closer to the glass transition than that: a rule of ours
# Long-term modulus by Findley's law: E(t) = E / (1 + m t^n). At 20 % of strength or less and room
# temperature plastics' data sheets give 0.5 to 0.6 of E after 1000 h; with n = 0.2 that is m = 0.2.
# Unconfirmed for prints; creep at low stress even far below Tg is measured (arXiv:2302.11240).
CREEP_M = 0.2
CREEP_N = 0.2
# Creep rupture: amorphous plastics hold for ten years about half of what they hold for a minute.
RUPTURE_10_YEARS = 0.5
HOURS_A_YEAR = 8766.0
YEARS = 5.0  # a rack's life, a rule of ours


@dataclass(frozen=True)
class Climate:
    """Where a part spends its life.

    Args:
        air_c: round it.
        years: under load; 0 means as soon as it is loaded.
    """

    air_c: float = ROOM_C
    years: float = 0.0


@dataclass(frozen=True)
class Design:
    """A material as designed with.

    Args:
        modulus_mpa: along the layers.
        across_mpa: across them.
        strength_mpa: along the layers, tension.
        strength_across_mpa: across them.
    """

    modulus_mpa: float
    across_mpa: float
    strength_mpa: float
    strength_across_mpa: float

    def elastic(self, up: Up) -> "NDArray[np.float64]":
        """Return stress by strain (6, 6) MPa in the part's axes: xx, yy, zz, yz, zx, xy.

        Args:
            up: the direction across the layers.
        """
        import numpy as np  # noqa: PLC0415 - heavy

        moduli = np.full(3, self.modulus_mpa)
        moduli["xyz".index(up[1])] = self.across_mpa
        softness = np.zeros((6, 6))
        for a in range(3):
            softness[a, a] = 1.0 / moduli[a]
            for b in range(a):
                # The smaller modulus keeps the table symmetric and positive.
                softness[a, b] = softness[b, a] = -POISSON / max(moduli[a], moduli[b])
            b, c = (a + 1) % 3, (a + 2) % 3
            softness[3 + a, 3 + a] = 2 * (1 + POISSON) / min(moduli[b], moduli[c])
        return np.asarray(np.linalg.inv(softness), dtype=np.float64)


def warmest_air_c(material: Material) -> float:
    """Return the air up to which a material may carry weight, °C.

    What touches the device is warmer by `CONTACT_OVER_C`, and has to stay below the heat deflection
    temperature at 0.45 MPa, and `CLEAR_OF_TG_K` below the glass transition.
    """
    return min(material.hdt_045_c, material.tg_c[0] - CLEAR_OF_TG_K) - CONTACT_OVER_C


def left_warm(material: Material, air_c: float) -> float:
    """Return the share of modulus and strength left in warm air, 0.2 to 1."""
    soft_c = material.tg_c[0] - SOFT_BELOW_TG_K
    return min(1.0, max(0.2, 1.0 - (1.0 - LEFT_AT_SOFT) * (air_c - ROOM_C) / (soft_c - ROOM_C)))


def creep(years: float) -> float:
    """Return how many times the first deflection a part shows after years under load."""
    return 1.0 + CREEP_M * (years * HOURS_A_YEAR) ** CREEP_N if years > 0 else 1.0


def design(material: Material, climate: Climate) -> Design:
    """Return what to reckon with: the lowest figures of all brands, warm, and after years.

    Raises:
        InputError: the air is too warm for the material to carry anything.
    """
    limit = warmest_air_c(material)
    if climate.air_c > limit + 1e-9:
        what = f"{material.id} may carry nothing in air of {climate.air_c:g} °C: it creeps away"
        near = "use petg up to 55 °C, abs or asa beyond, or cool the air"
        raise InputError(Problem("material", what, "material", None, f"up to {limit:g} °C", near))
    warm = left_warm(material, climate.air_c)
    slow = RUPTURE_10_YEARS ** min(1.0, climate.years / 10.0) if climate.years else 1.0
    modulus = 1000.0 * material.e_gpa[0] * warm / creep(climate.years)
    along, across = (pair[0] * warm * slow for pair in (material.uts_xy_mpa, material.uts_z_mpa))
    return Design(modulus, ACROSS * modulus, along, across)
