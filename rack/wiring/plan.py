"""The wiring of a rack as one record: outputs, ports, supplies."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from catalog.load import Catalog
from catalog.models import Psu
from rack.devices import find
from rack.energy.plan import EnergyPlan
from rack.mounted import Mounted
from rack.spec import RackSpec
from rack.wiring.leads import Lead, node_names
from rack.wiring.network import Link, links
from rack.wiring.rows import is_node_of, node_rows


@dataclass(frozen=True)
class Port:
    """One port of a switch, the cable's other end, its way, and whether it feeds the node."""

    switch: str
    port: int
    node: str
    poe: bool
    way_m: float

    def as_dict(self) -> dict[str, Any]:
        """Return the fields by name, rounded as they are told."""
        return {**vars(self), "way_m": round(self.way_m, 2)}


@dataclass(frozen=True)
class Feed:
    """Something that feeds other things by name: a UPS, a supply, a switch by its ports."""

    kind: str
    name: str
    feeds: tuple[str, ...]

    def as_dict(self) -> dict[str, Any]:
        """Return the fields by name, for JSON."""
        return {"kind": self.kind, "name": self.name, "feeds": list(self.feeds)}


@dataclass(frozen=True)
class Wiring:
    """Every lead, every network cable, and what hangs on what."""

    outputs: tuple[Lead, ...] = ()
    ports: tuple[Port, ...] = ()
    feeds: tuple[Feed, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """Return the parts by name, for JSON, and the same by node."""
        told = {
            "outputs": [one.as_dict() for one in self.outputs],
            "ports": [one.as_dict() for one in self.ports],
            "feeds": [one.as_dict() for one in self.feeds],
        }
        return {**told, "nodes": node_rows(told)}


def plan_wiring(
    spec: RackSpec,
    mounts: Sequence[Mounted],
    leads: Sequence[Lead],
    energy: EnergyPlan,
    catalog: Catalog,
) -> Wiring:
    """Return the wiring of a rack.

    Args:
        spec: the rack as written.
        mounts: all that is made, in the rack and beside it.
        leads: the power boards' outputs.
        energy: what hangs on which supply.
        catalog: facts.
    """
    cables = links(spec, mounts, catalog)
    many = {m.label: m.count + sum(other.count for other in m.others) for m in mounts}
    many |= {one.name: one.count for one in spec.outside}
    feeds = _feeds(leads, energy, many, next(_psus(spec, catalog), None))
    return Wiring(tuple(leads), tuple(_ports(cables, energy)), tuple(feeds))


def _ports(links: Sequence[Link], energy: EnergyPlan) -> Iterable[Port]:
    """Yield the ports of each switch: what they feed first, for only some give PoE."""
    fed = {load.label for one in energy.poe for load in one.loads}
    for switch in dict.fromkeys(link.switch for link in links):
        mine = [
            (name not in fed, name, count, link)
            for link in links
            if link.switch == switch
            for name, count in _ends(link.mount)
        ]
        mine.sort(key=lambda one: one[0])
        cables = [
            (node, not unfed, link.way_m)
            for unfed, name, count, link in mine
            for node in node_names(name, count)
        ]
        for number, (node, poe, way_m) in enumerate(cables, 1):
            yield Port(switch, number, node, poe, way_m)


def _ends(mount: Mounted) -> list[tuple[str, int]]:
    others = [(f"{mount.label}: {one.device}", one.count) for one in mount.others]
    return [(mount.label, mount.count), *others]


def _feeds(
    leads: Sequence[Lead], energy: EnergyPlan, many: Mapping[str, int], psu: str | None
) -> Iterable[Feed]:
    """Yield who feeds whom, from the mains on; a power board stands for the nodes on it."""
    if energy.backup is not None:
        yield Feed("ups", energy.backup.name, energy.backup.feeds)
    left = list(dict.fromkeys(lead.board for lead in leads))
    for supply in energy.supplies:
        told = [one for name in supply.feeds for one in _through(name, leads, many)]
        mine = tuple(dict.fromkeys(told))
        left = [board for board in left if board not in mine]
        yield Feed("supply", supply.name, mine)
    if left and (psu or not energy.supplies):
        yield Feed("supply", psu or "a supply", tuple(left))
    for one in energy.poe:
        yield Feed("poe", one.switch, tuple(load.label for load in one.loads))
    boards = {lead.board for lead in leads}
    alone = [one for name in energy.own_adapters for one in _through(name, leads, many)]
    rest = tuple(name for name in alone if name not in boards)
    if rest:
        yield Feed("mains", "the mains", rest)


def _through(name: str, leads: Sequence[Lead], many: Mapping[str, int]) -> list[str]:
    """Return the power boards that a thing hangs on, and itself if not all of it does."""
    mine = [lead.board for lead in leads if lead.node and is_node_of(lead.node, name)]
    rest = [name] if len(mine) < many.get(name, 1) else []
    return [*dict.fromkeys(mine), *rest]


def _psus(spec: RackSpec, at: Catalog) -> Iterator[str]:
    """Yield the names of the supplies in the rack."""
    for item in spec.items:
        if item.device and isinstance(find(at, item.device), Psu):
            yield item.name or item.device
