"""The cables of a rack: from where to where, how long by their way, and which is sold."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from catalog.load import Catalog
from catalog.models import Board, Box
from catalog.rack_units import U_MM
from pcb.spec import BoardSpec
from rack.devices import find
from rack.mounted import Module, Mounted
from rack.plan import Plan

SOLD_M = (0.15, 0.25, 0.3, 0.5, 1.0, 1.5, 2.0, 3.0, 5.0, 10.0)  # patch cables as shops have them
BENDS_MM = 2 * 50.0  # a plug and its bend at each end
BESIDE_M = 2.0  # from the rack to what stands beside it: assumed
WITH_NETWORK = {"sbc", "cluster", "carrier", "mini_pc", "nas", "router", "other"}


@dataclass(frozen=True)
class Cable:
    """Equal cables between two things.

    Args:
        kind: network or power.
        start: what it comes from.
        end: what it goes to.
        count: how many.
        way_m: how long it must be; `None` where the file says how long it is.
        sold_m: the shortest that is sold, or as the file has it.
        what: as one would ask for it.
    """

    kind: str
    start: str
    end: str
    count: int
    way_m: float | None
    sold_m: float
    what: str

    def as_dict(self) -> dict[str, Any]:
        """Return the fields by name, rounded as they are told."""
        way = None if self.way_m is None else round(self.way_m, 2)
        return {
            "kind": self.kind,
            "start": self.start,
            "end": self.end,
            "count": self.count,
            "way_m": way,
            "sold_m": self.sold_m,
            "what": self.what,
        }


def cables(plan: Plan, catalog: Catalog) -> tuple[Cable, ...]:
    """Return the cables of a rack: each node to the nearest switch, each output to its node.

    Args:
        plan: the rack.
        catalog: facts.
    """
    return (*_network(plan, catalog), *(one for b in plan.boards for one in _power(b.spec)))


def _network(plan: Plan, catalog: Catalog) -> list[Cable]:
    switches = [m for m in plan.mounts if _category(m, catalog) == "switch"]
    found: list[Cable] = []
    if not switches:
        return found
    wide_mm = catalog.standard(plan.rack.standard or plan.rack.id).opening_mm
    by_label = {m.label: m for m in switches}
    wished = {item.name: item.poe for item in plan.spec.items if item.poe}
    for mount in plan.mounts:
        if _category(mount, catalog) not in WITH_NETWORK:
            continue
        own = by_label.get(wished.get(mount.label) or "")
        nearest = own or min(switches, key=lambda s: (_way_mm(mount, s, wide_mm), s.label))
        way_m = _way_mm(mount, nearest, wide_mm) / 1000
        many = mount.count + sum(other.count for other in mount.others)
        sold = sold_m(way_m)
        what = f"patch cable, {sold:g} m"
        found.append(Cable("network", nearest.label, mount.label, many, way_m, sold, what))
    return found


def sold_m(way_m: float) -> float:
    """Return the shortest cable on sale that is long enough, the longest if none is, m."""
    return next((long for long in SOLD_M if long >= way_m - 1e-9), SOLD_M[-1])


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


def _power(spec: BoardSpec) -> Sequence[Cable]:
    """Return the leads from a board's outputs, as its own budget takes them."""
    lead = f"two wires of AWG {spec.cable_awg}, {spec.cable_m:g} m"
    kinds = [(spec.connector, spec.outputs - spec.outputs_5v, spec.volts)]
    kinds += [(spec.connector_5v, spec.outputs_5v, 5)]
    return [
        Cable(
            "power",
            spec.title,
            f"nodes at {volts} V",
            count,
            None,
            spec.cable_m,
            f"{_ends(connector)}{lead}",
        )
        for connector, count, volts in kinds
        if count
    ]


def _ends(connector: str) -> str:
    if connector.startswith("barrel"):
        return "lead with a barrel plug 5.5 x 2.1 at both ends, "
    return ""
