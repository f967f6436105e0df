"""Copper: what it carries and what it costs in volts. Strips, vias and wires; SI units inside.

Current of a strip or a via: IPC-2221, outer layers, I = 0.048 dT^0.44 A^0.725 with A in square mil
(it is not IPC-2152, which has charts and no formula). Resistivity 1.724e-8 Ohm m at 20 °C (IACS),
+0.393 % per kelvin; plated copper 1.9e-8. Wires by ASTM B258: d = 0.127 mm · 92^((36 - n)/39).
"""

import math

RHO, RHO_PLATED = 1.724e-8, 1.9e-8  # Ohm m at 20 °C
PER_KELVIN = 0.00393
OZ_MM = 1.378 * 0.0254  # thickness of 1 oz
HOT = 1 + PER_KELVIN * 40  # copper at 60 °C
THIN = 1.25  # a fab's copper may be a quarter thinner than its name
RISE_K = 20.0  # how much warmer than its surroundings a pour may get
VIA_RISE_K = 10.0
VIA_MM, VIA_WALL_MM, BOARD_MM = 0.5, 0.018, 1.6
VIA_EACH_A, VIA_SPARE = 1.0, 2  # one via for each ampere, and two more


def strip_a(width_mm: float, oz: float, rise_k: float = RISE_K) -> float:
    """Return the current that warms a strip on an outer layer by `rise_k`, A."""
    return _ipc_2221_a(width_mm * oz * OZ_MM, rise_k)


def strip_mm(amps: float, oz: float, rise_k: float = RISE_K) -> float:
    """Return the width of a strip on an outer layer that `amps` warm by `rise_k`, mm."""
    mil2 = (amps / (0.048 * rise_k**0.44)) ** (1 / 0.725)
    return mil2 * 0.0254**2 / (oz * OZ_MM)


def strip_ohm(length_mm: float, width_mm: float, oz: float, worst: bool = False) -> float:
    """Return the resistance of a strip, Ohm: cold and as thick as named, or hot and thin."""
    return RHO * 1000 * length_mm / (width_mm * oz * OZ_MM) * (HOT * THIN if worst else 1)


def vias(amps: float) -> int:
    """Return how many vias a change of layer gets."""
    return math.ceil(amps / VIA_EACH_A - 1e-9) + VIA_SPARE


def via_a() -> float:
    """Return the current of one via, A."""
    return _ipc_2221_a(_via_mm2(), VIA_RISE_K)


def via_ohm(worst: bool = False) -> float:
    """Return the resistance of one via's barrel, Ohm."""
    return RHO_PLATED * 1000 * BOARD_MM / _via_mm2() * (HOT if worst else 1)


def wire_ohm(awg: int, length_m: float, worst: bool = False) -> float:
    """Return the resistance of one wire, Ohm."""
    d_m = 0.127e-3 * 92 ** ((36 - awg) / 39)
    return RHO * length_m / (math.pi / 4 * d_m**2) * (HOT if worst else 1)


def _via_mm2() -> float:
    return math.pi * (VIA_MM + VIA_WALL_MM) * VIA_WALL_MM


def _ipc_2221_a(area_mm2: float, rise_k: float) -> float:
    return 0.048 * rise_k**0.44 * (area_mm2 / 0.0254**2) ** 0.725
