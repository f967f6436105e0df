"""Network cables: from each node to the switch its file names, or the nearest one."""

from collections.abc import Sequence
from dataclasses import dataclass

from catalog.load import Catalog
from catalog.models import Board, Box
from catalog.rack_units import U_MM
from rack.devices import find
from rack.mounted import Module, Mounted
from rack.spec import RackSpec

BENDS_MM = 2 * 50.0  # a plug and its bend at each end
BESIDE_M = 2.0  # from the rack to what stands beside it: assumed
WITH_NETWORK = {"sbc", "cluster", "carrier", "mini_pc", "nas", "router", "other"}


@dataclass(frozen=True)
class Link:
    """A cable from each device of a mount to a switch, and how long it must be, m."""

    switch: str
    mount: Mounted
    way_m: float

    @property
    def count(self) -> int:
        """How many cables."""
        return self.mount.count + sum(other.count for other in self.mount.others)


def links(spec: RackSpec, mounts: Sequence[Mounted], catalog: Catalog) -> list[Link]:
    """Return the network cables of a rack, in the order of its mounts.

    Args:
        spec: the rack as written: `poe` names the switch of an item.
        mounts: all that is made, in the rack and beside it.
        catalog: facts.
    """
    rack = catalog.rack(spec.rack)
    wide_mm = catalog.standard(rack.standard or rack.id).opening_mm
    switches = [m for m in mounts if _category(m, catalog) == "switch"]
    found: list[Link] = []
    if not switches:
        return found
    by_label = {m.label: m for m in switches}
    wished = {item.name: item.poe for item in spec.items if item.poe}
    for mount in mounts:
        if _category(mount, catalog) not in WITH_NETWORK:
            continue
        own = by_label.get(wished.get(mount.label) or "")
        nearest = own or min(switches, key=lambda s: (_way_mm(mount, s, wide_mm), s.label))
        found.append(Link(nearest.label, mount, _way_mm(mount, nearest, wide_mm) / 1000))
    return found


def _way_mm(one: Mounted, other: Mounted, wide_mm: float) -> float:
    """Return how long a cable between two things must be, mm.

    Between fronts: up or down, once across the opening at most, and the bends at both ends.
    """
    if not (isinstance(one, Module) and isinstance(other, Module)):
        return BESIDE_M * 1000
    return abs(_middle_u(one) - _middle_u(other)) * U_MM + wide_mm + BENDS_MM


def _middle_u(module: Module) -> float:
    return module.at_u + module.height_u / 2


def _category(mount: Mounted, catalog: Catalog) -> str:
    device = find(catalog, mount.device) if mount.device else None
    return device.category if isinstance(device, Board | Box) else ""
