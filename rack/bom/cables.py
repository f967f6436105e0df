"""The cables of a rack: from where to where, how long by their way, and which is sold."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pcb.spec import BoardSpec
from rack.plan import Plan

SOLD_M = (0.15, 0.25, 0.3, 0.5, 1.0, 1.5, 2.0, 3.0, 5.0, 10.0)  # patch cables as shops have them


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


def cables(plan: Plan) -> tuple[Cable, ...]:
    """Return the cables of a rack: each node to the nearest switch, each output to its node.

    Args:
        plan: the rack.
    """
    return (*_network(plan), *(one for b in plan.boards for one in _power(b.spec)))


def _network(plan: Plan) -> list[Cable]:
    found: list[Cable] = []
    for link in plan.wiring.network.links:
        sold, end = sold_m(link.way_m), link.end
        what = f"patch cable, {sold:g} m"
        found.append(Cable("network", link.switch, end, link.count, link.way_m, sold, what))
    return found


def sold_m(way_m: float) -> float:
    """Return the shortest cable on sale that is long enough, the longest if none is, m."""
    return next((long for long in SOLD_M if long >= way_m - 1e-9), SOLD_M[-1])


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
