"""The wiring of a rack as one record: outputs, ports, supplies."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any

from catalog.load import Catalog
from catalog.models import Psu
from rack.devices import find
from rack.energy.plan import EnergyPlan
from rack.items import labels
from rack.mounted import Mounted
from rack.spec import RackSpec
from rack.wiring.across import across
from rack.wiring.leads import Lead
from rack.wiring.network import Link, Network, plan_network
from rack.wiring.row import Row, inside_m, row_of
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
class Way:
    """The longest way from a power board to a node of it in the same rack, and its leads, m."""

    board: str
    node: str
    way_m: float
    lead_m: float

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


NO_NETWORK = Network()


@dataclass(frozen=True)
class Wiring:
    """Every lead, every network cable, and what hangs on what."""

    outputs: tuple[Lead, ...] = ()
    ports: tuple[Port, ...] = ()
    feeds: tuple[Feed, ...] = ()
    network: Network = NO_NETWORK
    ways: tuple[Way, ...] = ()
    assumed: tuple[str, ...] = ()

    @property
    def warnings(self) -> tuple[str, ...]:
        """What there is to look at."""
        short = [
            f"{one.board}: its leads are {one.lead_m:g} m long, and to {one.node} it is "
            f"{one.way_m:.2f} m: cable_m = {ceil(one.way_m * 4) / 4:g}"
            for one in self.ways
            if one.lead_m < one.way_m
        ]
        return (*self.network.warnings, *short, *self.assumed)

    def as_dict(self) -> dict[str, Any]:
        """Return the parts by name, for JSON, and the same by node."""
        told = {
            "outputs": [one.as_dict() for one in self.outputs],
            "ports": [one.as_dict() for one in self.ports],
            "feeds": [one.as_dict() for one in self.feeds],
        }
        return {
            **told,
            "nodes": node_rows(told),
            "switches": [one.as_dict() for one in self.network.hubs],
            "portless": list(self.network.portless),
            "ways": [one.as_dict() for one in self.ways],
        }


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
    network = plan_network(spec, mounts, catalog)
    many = {m.label: m.count + sum(other.count for other in m.others) for m in mounts}
    many |= {one.name: one.count for one in spec.outside}
    psus = [*_psus(spec, catalog)]
    feeds = _feeds(leads, energy, many, psus[0] if psus else None)
    row = row_of(spec, catalog)
    ways = _ways(spec, mounts, leads, row)
    ports = tuple(_ports(network.links, energy))
    assumed = tuple(across(spec, mounts, (leads, network.links, psus), row))
    return Wiring(tuple(leads), ports, tuple(feeds), network, tuple(ways), assumed)


def _ports(links: Sequence[Link], energy: EnergyPlan) -> Iterable[Port]:
    """Yield the ports of each switch: what they feed first, for only some give PoE."""
    fed = {load.label for one in energy.poe for load in one.loads}
    for switch in dict.fromkeys(link.switch for link in links):
        mine = [
            (any(is_node_of(node, name) for name in fed), node, link.way_m)
            for link in links
            if link.switch == switch
            for node in link.nodes
        ]
        mine.sort(key=lambda one: not one[0])
        for number, (poe, node, way_m) in enumerate(mine, 1):
            yield Port(switch, number, node, poe, way_m)


def _ways(
    spec: RackSpec, mounts: Sequence[Mounted], leads: Sequence[Lead], row: Row
) -> Iterable[Way]:
    """Yield for each power board in the rack which of its nodes is furthest away."""
    by_label = {m.label: m for m in mounts}
    at = {
        item.power_board: by_label[label]
        for label, item in zip(labels(spec.items), spec.items, strict=True)
        if item.power_board and label in by_label
    }
    for board in (one for one in spec.power_boards if one.name in at):
        ways = [
            (way, lead.node)
            for lead in leads
            if lead.board == board.name and lead.node
            for label, mount in by_label.items()
            if is_node_of(lead.node, label)
            and (way := inside_m(at[board.name], mount, row)) is not None
        ]
        if ways:
            way, node = max(ways, key=lambda one: one[0])
            yield Way(board.name, node, way, board.cable_m)


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
