"""How far it is from one thing to another: within a cabinet, through its depth, along the row.

Cabinets stand in a row on one floor, as far apart as the file says; a cable from one to the other
goes along the row, up or down, and once across an opening. Between front and rear it goes once
through the cabinet's depth.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from catalog.load import Catalog
from catalog.rack_units import U_MM
from rack.cabinets import Cabinet, cabinets_of
from rack.mounted import Module, Mounted
from rack.spec import RackSpec
from rack.weight import floor_mm

BENDS_MM = 2 * 50.0  # a plug and its bend at each end
BESIDE_M = 2.0  # from the rack to what stands beside it: assumed


@dataclass(frozen=True)
class Row:
    """The cabinets of a file by name, and the width between the posts of each, mm."""

    cabinets: Mapping[str, Cabinet]
    opening_mm: float


def row_of(spec: RackSpec, catalog: Catalog) -> Row:
    """Return the cabinets of a file as they stand."""
    rack = catalog.rack(spec.rack)
    opening = catalog.standard(rack.standard or rack.id).opening_mm
    return Row({one.name: one for one in cabinets_of(spec, catalog, "")}, opening)


def inside_m(one: Mounted, other: Mounted, row: Row) -> float | None:
    """Return how long a cable between two modules must be, m; `None` if one is not in a cabinet.

    Up or down, once across the opening at most, and the bends at both ends; through the depth from
    front to rear, along the row from one cabinet to another.

    Args:
        one: at one end.
        other: at the other.
        row: the cabinets.
    """
    if not (isinstance(one, Module) and isinstance(other, Module)):
        return None
    here, there = row.cabinets[one.cabinet], row.cabinets[other.cabinet]
    floors = floor_mm(here.rack) - floor_mm(there.rack)
    up = abs((_middle_u(one) - _middle_u(other)) * U_MM + floors)
    along = abs(here.middle_mm - there.middle_mm)
    deep = max(here.depth_mm or 0.0, there.depth_mm or 0.0) if one.face != other.face else 0.0
    return (up + along + deep + row.opening_mm + BENDS_MM) / 1000


def cable_m(one: Mounted, other: Mounted, row: Row) -> float:
    """Return how long a cable between two things must be, m: assumed where one is beside."""
    inside = inside_m(one, other, row)
    return BESIDE_M if inside is None else inside


def _middle_u(module: Module) -> float:
    return module.at_u + module.height_u / 2
