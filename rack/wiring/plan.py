"""The wiring of a rack as one record: outputs, ports, supplies."""

from collections.abc import Iterable, Sequence
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
    feeds = _feeds(spec, leads, energy, catalog)
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
    spec: RackSpec, leads: Sequence[Lead], energy: EnergyPlan, at: Catalog
) -> Iterable[Feed]:
    """Yield who feeds whom, from the mains on; a power board stands for the nodes on it."""
    if energy.backup is not None:
        yield Feed("ups", energy.backup.name, energy.backup.feeds)
    on = {lead.node: lead.board for lead in leads if lead.node}
    left = list(dict.fromkeys(lead.board for lead in leads))
    for supply in energy.supplies:
        told = [_on_board(name, on) or name for name in supply.feeds]
        mine = tuple(dict.fromkeys(told))
        left = [board for board in left if board not in mine]
        yield Feed("supply", supply.name, mine)
    psu = next((name for name, made in _psus(spec, at) if made), None)
    if left and (psu or not energy.supplies):
        yield Feed("supply", psu or "a supply", tuple(left))
    for one in energy.poe:
        yield Feed("poe", one.switch, tuple(load.label for load in one.loads))
    alone = tuple(name for name in energy.own_adapters if _on_board(name, on) is None)
    if alone:
        yield Feed("mains", "the mains", alone)


def _on_board(name: str, on: dict[str, str]) -> str | None:
    """Return the power board that feeds a thing, or the first of several."""
    mine = (board for node, board in on.items() if is_node_of(node, name))
    return next(mine, None)


def _psus(spec: RackSpec, at: Catalog) -> Iterable[tuple[str, bool]]:
    for item in spec.items:
        if item.device:
            yield item.name or item.device, isinstance(find(at, item.device), Psu)
