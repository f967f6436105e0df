"""Natural convection between parallel upright boards: composite relations of Elenbaas' channel.

    |   |   |    b   clear gap
    |   |   |    L   height of the boards along the rising air
    | b |   |    both ends of every channel must be open
    |<->|   |

`Nu = (a / El^2 + c / sqrt(El))^-1/2` for plates at one temperature, the same with R'' for plates of
one heat flux (Bar-Cohen and Rohsenow 1984; the definition of El in Mechanical Engineers' Handbook
vol. 4 p. 386). The coefficients are recalled ones, held to the four textbook optima that they must
give (docs/air.md §2). Radiation is left out: between boards each sees its like.
"""

from dataclasses import dataclass

from packing.airflow.air import CP_J_PER_KG_K, GRAVITY_M_PER_S2, Air, air_at

_STEPS = 40  # of the fixed point for the film temperature; it halves its error in each
_FIRST_RISE_K = 30.0  # any will do
_FILM_MOST_K = 300.0  # hotter boards have burnt; the air's own figures hold no further


@dataclass(frozen=True, slots=True)
class Relation:
    """A composite relation, `Nu = (narrow / x^p + wide / x^q)^-1/2`, and its best gap."""

    narrow: float
    wide: float
    powers: tuple[float, float]

    def nusselt(self, number: float) -> float:
        """Return the Nusselt number over the gap at an Elenbaas number or R''."""
        p, q = self.powers
        return (self.narrow / number**p + self.wide / number**q) ** -0.5


ISOTHERMAL = Relation(576.0, 2.873, (2.0, 0.5))
ISOTHERMAL_ONE_SIDE = Relation(144.0, 2.873, (2.0, 0.5))
ISOFLUX_MIDDLE = Relation(12.0, 1.88, (1.0, 0.4))
ISOFLUX_MIDDLE_ONE_SIDE = Relation(6.0, 1.88, (1.0, 0.4))
ISOFLUX_TOP = Relation(48.0, 2.51, (1.0, 0.4))
ISOFLUX_TOP_ONE_SIDE = Relation(24.0, 2.51, (1.0, 0.4))


def elenbaas(gap_m: float, length_m: float, difference_k: float, air: Air) -> float:
    """Return `El = g beta dT b^4 Pr / (nu^2 L)`, air at film temperature."""
    buoyancy = GRAVITY_M_PER_S2 * air.expansion * difference_k * gap_m**4
    return buoyancy * air.prandtl / (air.kinematic**2 * length_m)


def modified_rayleigh(gap_m: float, length_m: float, flux_w_per_m2: float, air: Air) -> float:
    """Return `R'' = rho^2 g beta cp q'' b^5 / (mu L k^2)`."""
    driven = air.density**2 * GRAVITY_M_PER_S2 * air.expansion * CP_J_PER_KG_K * flux_w_per_m2
    return driven * gap_m**5 / (air.viscosity * length_m * air.conductivity**2)


def wall_rise_k(
    gap_m: float,
    length_m: float,
    flux_w_per_m2: float,
    ambient_c: float,
    relation: Relation = ISOFLUX_TOP,
) -> float:
    """Return how far a board's face is above the air that comes in, K.

    Args:
        gap_m: clear gap between two boards.
        length_m: along the rising air.
        flux_w_per_m2: heat through each of the two faces.
        ambient_c: air that comes in.
        relation: at mid-height or at the top edge, where it is hottest.
    """
    air = _film(gap_m, length_m, flux_w_per_m2, ambient_c)
    number = modified_rayleigh(gap_m, length_m, flux_w_per_m2, air)
    return flux_w_per_m2 * gap_m / (air.conductivity * relation.nusselt(number))


def _film(gap_m: float, length_m: float, flux_w_per_m2: float, ambient_c: float) -> Air:
    """Return the air half-way between what comes in and the faces at mid-height."""
    rise = _FIRST_RISE_K
    for _ in range(_STEPS):
        air = air_at(ambient_c + rise / 2)
        number = modified_rayleigh(gap_m, length_m, flux_w_per_m2, air)
        found = flux_w_per_m2 * gap_m / (air.conductivity * ISOFLUX_MIDDLE.nusselt(number))
        rise = min(found, _FILM_MOST_K)
    return air_at(ambient_c + rise / 2)


def crowding_k(gap_m: float, length_m: float, flux_w_per_m2: float, ambient_c: float) -> float:
    """Return what neighbours at a gap add to a board's top edge over standing alone, K."""
    alone = wall_rise_k(10 * length_m, length_m, flux_w_per_m2, ambient_c)
    return max(0.0, wall_rise_k(gap_m, length_m, flux_w_per_m2, ambient_c) - alone)


def best_gap_isothermal_m(length_m: float, difference_k: float, ambient_c: float) -> float:
    """Return the gap that lets most heat out of a space full of boards, m: `2.714 L / Ra^1/4`.

    Args:
        length_m: of the boards along the rising air.
        difference_k: boards over the air that comes in.
        ambient_c: air that comes in.
    """
    air = air_at(ambient_c + difference_k / 2)
    rayleigh = elenbaas(length_m, length_m, difference_k, air)
    return 2.714 * length_m / rayleigh**0.25
