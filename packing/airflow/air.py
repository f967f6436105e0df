"""Dry air at one atmosphere, and the heat that a stream of it carries away."""

import math
from dataclasses import dataclass

KELVIN_0_C = 273.15
PRESSURE_PA = 101_325.0
GAS_J_PER_KG_K = 287.055  # dry air
CP_J_PER_KG_K = 1006.0  # within 0.1 % from 0 to 60 °C
GRAVITY_M_PER_S2 = 9.81
M3H_PER_CFM = 1.699011  # 0.3048^3 * 60
SECONDS_PER_HOUR = 3600.0

# Sutherland's law, constants of White, Viscous Fluid Flow, tables 1-2 and 1-3; within 2 %.
_VISCOSITY = (1.716e-5, 273.0, 111.0)  # Pa s at K, and Sutherland's constant K
_CONDUCTIVITY = (0.0241, 273.0, 194.0)  # W/(m K) at K, the same


@dataclass(frozen=True, slots=True)
class Air:
    """Air at a temperature.

    Args:
        celsius: its temperature, °C.
        density: kg/m³.
        viscosity: dynamic, Pa s.
        conductivity: W/(m K).
    """

    celsius: float
    density: float
    viscosity: float
    conductivity: float

    @property
    def expansion(self) -> float:
        """Of an ideal gas, 1/K."""
        return 1.0 / (self.celsius + KELVIN_0_C)

    @property
    def kinematic(self) -> float:
        """Kinematic viscosity, m²/s."""
        return self.viscosity / self.density

    @property
    def prandtl(self) -> float:
        """Prandtl number, 1."""
        return self.viscosity * CP_J_PER_KG_K / self.conductivity

    @property
    def heat_per_m3(self) -> float:
        """What a cubic metre takes up for each kelvin, J/(m³ K)."""
        return self.density * CP_J_PER_KG_K


def air_at(celsius: float) -> Air:
    """Return dry air at sea level at a temperature, °C."""
    kelvin = celsius + KELVIN_0_C
    return Air(
        celsius,
        PRESSURE_PA / (GAS_J_PER_KG_K * kelvin),
        _sutherland(kelvin, *_VISCOSITY),
        _sutherland(kelvin, *_CONDUCTIVITY),
    )


def _sutherland(kelvin: float, at_reference: float, reference: float, constant: float) -> float:
    ratio = kelvin / reference
    return at_reference * ratio**1.5 * (reference + constant) / (kelvin + constant)


def rise_k(heat_w: float, flow_m3h: float, air: Air) -> float:
    """Return by how much a stream warms: `Q / (rho cp V)`, K; infinite without a stream.

    In the units of fan makers it is CFM = 1.757 W / K (EDN, 12 May 2005; docs/air.md §1).
    """
    if heat_w == 0.0:
        return 0.0
    if flow_m3h <= 0.0:
        return math.inf
    return heat_w * SECONDS_PER_HOUR / (air.heat_per_m3 * flow_m3h)


def flow_for_rise_m3h(heat_w: float, rise: float, air: Air) -> float:
    """Return the stream that warms by no more than `rise` kelvin, m³/h."""
    return heat_w * SECONDS_PER_HOUR / (air.heat_per_m3 * rise)
