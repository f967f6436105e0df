"""A foil: copper of one net on its layers, where current enters and leaves, and what joins layers.

    contact ●───── copper of layer 0 ─────● via     a contact is copper that is all at one voltage:
            │                             ┆ link    the wall of a drilled hole, a pad with its part
            ┆ link                        │
    contact ●───── copper of layer 1 ─────●         a link is a resistance between two names

Lengths are mm, the rest SI units. Names are of contacts and of points that only links know.
"""

import math
from dataclasses import dataclass
from typing import Any

from pcb.budget.copper import OZ_MM, PER_KELVIN, RHO, RHO_PLATED


@dataclass(frozen=True)
class Contact:
    """An area of one layer that is all at one voltage. Several may share a name: they are one."""

    name: str
    layer: int
    area: Any  # shapely


@dataclass(frozen=True)
class Link:
    """A resistance between two named places, Ohm."""

    ends: tuple[str, str]
    ohm: float


@dataclass(frozen=True)
class Foil:
    """Copper of one net: for each layer its area (shapely, flat) and Ohm a square."""

    layers: tuple[Any, ...]
    square_ohm: tuple[float, ...]
    contacts: tuple[Contact, ...]
    links: tuple[Link, ...] = ()


def square_ohm(thick_mm: float, kelvin_over_20: float = 0.0) -> float:
    """Return the resistance of a square of foil, Ohm (resistivity: `pcb.budget.copper`)."""
    return RHO * (1 + PER_KELVIN * kelvin_over_20) / (thick_mm / 1000)


def foil_mm(oz: float) -> float:
    """Return the thickness of a foil of so many ounces a square foot, mm."""
    return oz * OZ_MM


def barrel_ohm(drill_mm: float, wall_mm: float, long_mm: float, kelvin_over_20: float = 0) -> float:
    """Return the resistance of a plated hole's wall, Ohm: R = rho h / (pi (d + t) t).

    `drill_mm` is the finished hole, as KiCad's drills are: the wall stands around it.
    """
    area_mm2 = math.pi * (drill_mm + wall_mm) * wall_mm
    return RHO_PLATED * (1 + PER_KELVIN * kelvin_over_20) * 1000 * long_mm / area_mm2
