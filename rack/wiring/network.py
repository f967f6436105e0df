"""Network cables: each node to a switch with a port to spare, each switch to the next one.

One switch is the middle: the one nearest to the router, or else the one with most ports. All others
hang on it, and it keeps a port for the way out of the rack.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from catalog.load import Catalog
from catalog.models import Board, Box
from rack.devices import find
from rack.items import labels
from rack.mounted import Mounted
from rack.spec import RackSpec
from rack.wiring.leads import node_names
from rack.wiring.row import Row, cable_m, row_of

WITH_NETWORK = {"sbc", "cluster", "carrier", "mini_pc", "nas", "router", "other"}


@dataclass(frozen=True)
class Link:
    """Cables from a switch to devices of one mount, and how long each must be, m."""

    switch: str
    end: str
    nodes: tuple[str, ...]
    way_m: float

    @property
    def count(self) -> int:
        """How many cables."""
        return len(self.nodes)


@dataclass(frozen=True)
class Hub:
    """A switch and its ports: how many it has (`None` unknown), and how many are taken.

    `way_out`: one of those taken is left for a cable out of the rack.
    """

    switch: str
    ports: int | None
    used: int
    way_out: bool

    def as_dict(self) -> dict[str, Any]:
        """Return the fields by name, for JSON."""
        return dict(vars(self))


@dataclass(frozen=True)
class Network:
    """Every network cable, the switches' ports, and the nodes that none is left for."""

    links: tuple[Link, ...] = ()
    hubs: tuple[Hub, ...] = ()
    portless: tuple[str, ...] = ()

    @property
    def warnings(self) -> tuple[str, ...]:
        """What there is to look at."""
        if not self.portless:
            return ()
        have = sum(hub.ports or 0 for hub in self.hubs)
        want = sum(hub.used for hub in self.hubs) + len(self.portless)
        names = ", ".join(hub.switch for hub in self.hubs)
        cure = "add a switch" if len(self.hubs) > 1 else f"take one of {want} ports, or add another"
        return (
            f"no network port is left for {', '.join(self.portless)}: {want} are wanted, "
            f"of {have} ({names}): {cure}",
        )


@dataclass
class _Ports:
    """The ports of a switch while they are given out."""

    mount: Mounted
    ports: int | None
    kept: int = 0
    used: int = 0

    def takes(self, many: int) -> int:
        """Take as many of some cables as there are ports for; return how many."""
        free = many if self.ports is None else max(0, self.ports - self.kept - self.used)
        taken = min(many, free)
        self.used += taken
        return taken


def plan_network(spec: RackSpec, mounts: Sequence[Mounted], catalog: Catalog) -> Network:
    """Return the network cables of a rack, in the order of its mounts.

    Args:
        spec: the rack as written: `poe` names the switch of an item.
        mounts: all that is made, in the rack and beside it.
        catalog: facts.

    What hangs on a switch by PoE takes a port of that one, then come routers, then all others: each
    at the nearest switch that has a port left. Without a switch the routers' own ports serve.
    """
    kinds = {mount.label: _category(mount, catalog) for mount in mounts}
    hubs = [m for m in mounts if kinds[m.label] == "switch"]
    routers = [m for m in mounts if kinds[m.label] == "router"]
    hubs, routers = (hubs, routers) if hubs else (routers, [])
    if not hubs:
        return Network()
    row = row_of(spec, catalog)
    ports = {m.label: _Ports(m, _ports_of(m, catalog)) for m in hubs}
    middle = _middle(hubs, routers, ports, row)
    for label, one in ports.items():
        one.kept = 1 if label != middle.label else len(hubs) - 1 + (not routers)
    poe = dict(zip(labels(spec.items), (item.poe for item in spec.items), strict=True))
    nodes = [m for m in mounts if kinds[m.label] in WITH_NETWORK and m.label not in ports]
    first = sorted(nodes, key=lambda m: (poe.get(m.label) is None, m not in routers))
    found: list[Link] = []
    left: list[str] = []
    for mount in first:
        own = ports.get(poe.get(mount.label) or "")
        near = sorted(ports.values(), key=lambda p: (cable_m(mount, p.mount, row), p.mount.label))
        ways = [own] if own else [ports[middle.label]] if mount in routers else near
        left += _plugged(mount, ways, row, found)
    order = {mount.label: n for n, mount in enumerate(mounts)}
    found.sort(key=lambda link: order[link.end])
    found += [
        Link(middle.label, m.label, (m.label,), cable_m(m, middle, row))
        for m in hubs
        if m is not middle
    ]
    return Network(tuple(found), tuple(_told(ports, middle, routers)), tuple(left))


def _plugged(mount: Mounted, ways: Sequence[_Ports], row: Row, found: list[Link]) -> Sequence[str]:
    """Plug a mount's devices into the first switches with ports left; return what is left."""
    nodes = node_ends(mount)
    for one in ways:
        taken = one.takes(len(nodes))
        if taken:
            way_m = cable_m(mount, one.mount, row)
            found.append(Link(one.mount.label, mount.label, tuple(nodes[:taken]), way_m))
            nodes = nodes[taken:]
    return nodes


def _told(
    ports: Mapping[str, _Ports], middle: Mounted, routers: Sequence[Mounted]
) -> Iterator[Hub]:
    for label, one in ports.items():
        way_out = label == middle.label and not routers
        yield Hub(label, one.ports, one.used + one.kept, way_out)


def node_ends(mount: Mounted) -> list[str]:
    """Return every device of a mount by the name its cables are known by."""
    found = node_names(mount.label, mount.count)
    for other in mount.others:
        found += node_names(f"{mount.label}: {other.device}", other.count)
    return found


def _middle(
    hubs: Sequence[Mounted], routers: Sequence[Mounted], ports: Mapping[str, _Ports], row: Row
) -> Mounted:
    """Return the switch that the others hang on."""
    if routers:
        return min(hubs, key=lambda m: (cable_m(m, routers[0], row), m.label))
    return max(hubs, key=lambda m: ports[m.label].ports or 0)


def _ports_of(mount: Mounted, catalog: Catalog) -> int | None:
    device = find(catalog, mount.device) if mount.device else None
    return device.network_ports if isinstance(device, Box) else None


def _category(mount: Mounted, catalog: Catalog) -> str:
    device = find(catalog, mount.device) if mount.device else None
    return device.category if isinstance(device, Board | Box) else ""
