"""What a load does to a board: current and share of every part, volts at every plug."""

import functools
from collections.abc import Mapping
from dataclasses import dataclass

from pcb.budget.graph import Edge, Network, networks
from pcb.budget.ratings import node_v
from pcb.budget.solve import currents, drops
from pcb.rails import Output, inlets, outputs
from pcb.spec import BoardSpec

EPS = 1e-9  # of a share: dust of sums is no overload


@dataclass(frozen=True)
class Load:
    """One case: current of each edge and volts at each output's plug."""

    amps: dict[str, float]
    volts: dict[int, float]


@dataclass(frozen=True)
class Assessment:
    """A board and both cases of its load."""

    spec: BoardSpec
    networks: tuple[Network, ...]

    @functools.cached_property
    def typical(self) -> Load:
        """The usual currents through good parts."""
        return _load(self.spec, self.networks, worst=False)

    @functools.cached_property
    def worst(self) -> Load:
        """The largest currents through poor parts, from a supply as low as it may be."""
        return _load(self.spec, self.networks, worst=True)

    def overloaded(self, case: Load) -> list[Edge]:
        """Return the parts that carry more than they are made for, the fullest first."""
        found = [edge for edge in self.edges if use(edge, case) > 1 + EPS]
        return sorted(found, key=lambda edge: (-round(use(edge, case), 6), self.edges.index(edge)))

    def limit_a(
        self, rail: str, *, ref: str = "", kinds: tuple[str, ...] = ("contact", "lead")
    ) -> float:
        """Return what a rail could give before its fullest contact or lead has what it carries, A.

        All currents grow with the load, so it is the load over the share of that part.

        Args:
            rail: its net.
            ref: count one inlet only, and what comes through it.
            kinds: of the parts that count.
        """
        network = next(one for one in self.networks if one.name == rail)
        contacts = [e for e in network.edges if e.kind == "contact" and e.name.startswith(ref)]
        mine = [e for e in network.edges if e.kind in kinds and e.name.startswith(ref)]
        amps = sum(abs(self.worst.amps[edge.name]) for edge in contacts)
        return amps / max(use(edge, self.worst) for edge in mine)

    def starved(self, case: Load) -> list[Output]:
        """Return the outputs whose nodes get too few volts."""
        drawn = outputs(self.spec)
        return [one for one in drawn if case.volts[one.index] < node_v(one.volts) - EPS]

    @functools.cached_property
    def edges(self) -> tuple[Edge, ...]:
        """All parts of the way, there and back."""
        return tuple(edge for network in self.networks for edge in network.edges)

    @property
    def fits(self) -> bool:
        """Whether nothing is ever overloaded and every node mostly gets its volts."""
        return not self.overloaded(self.worst) and not self.starved(self.typical)

    @property
    def robust(self) -> bool:
        """Whether every node gets its volts even where supply and parts are poor."""
        return self.fits and not self.starved(self.worst)

    def fullest(self, case: Load) -> Edge:
        """Return the part that is nearest to its rating or furthest over it."""
        rated = [edge for edge in self.edges if edge.rating_a is not None]
        return max(rated, key=lambda edge: round(use(edge, case), 9))


def use(edge: Edge, case: Load) -> float:
    """Return the share of its rating that a part carries; 0 where it has none."""
    return abs(case.amps[edge.name]) / edge.rating_a if edge.rating_a else 0.0


def assess(spec: BoardSpec) -> Assessment:
    """Return what the load does to a board; each case is worked out when it is asked for."""
    return Assessment(spec, networks(spec))


def _load(spec: BoardSpec, made: tuple[Network, ...], *, worst: bool) -> Load:
    amps = {one.index: one.amps if worst else one.typical_a for one in outputs(spec)}
    drop = {network.name: drops(network, amps, worst) for network in made}
    flow: dict[str, float] = {}
    for network in made:
        flow |= currents(network, drop[network.name], worst)
    return Load(flow, plug_volts(spec, made, drop, worst=worst))


def plug_volts(
    spec: BoardSpec,
    made: tuple[Network, ...],
    drop: Mapping[str, Mapping[str, float]],
    *,
    worst: bool,
) -> dict[int, float]:
    """Return the volts at each output's plug.

    Args:
        spec: the board.
        made: its networks, GND last.
        drop: for each network how much lower the ends of its leads and its nodes are, V.
        worst: from a supply as low as it may be.
    """
    held = {network.name: _held_v(spec, network, made[-1], drop, worst) for network in made[:-1]}
    return {
        one.index: held[one.rail]
        - drop[one.rail][f"node {one.index}"]
        - drop["GND"][f"node {one.index}"]
        for one in outputs(spec)
    }


def _held_v(
    spec: BoardSpec,
    rail: Network,
    ground: Network,
    drop: Mapping[str, Mapping[str, float]],
    worst: bool,
) -> float:
    """Return the volts at the supply's end of the leads.

    An ATX supply holds its volts where the lead ends, so inside it has what the leads cost more; of
    several plugs of one rail the one whose leads cost most has its volts too.
    """
    plugs = [
        (plug, volts)
        for plug in inlets(spec)
        for volts, net in plug.rails.items()
        if net == rail.name
    ]
    low = max(plug.type.low_share for plug, _ in plugs) if worst else 0.0
    lost = max(
        _mean(drop[rail.name], rail.leads[plug.ref]) + _mean(drop["GND"], ground.leads[plug.ref])
        if plug.type.held_at == "plug"
        else 0.0
        for plug, _ in plugs
    )
    return plugs[0][1] * (1 - low) + lost


def _mean(drop: Mapping[str, float], nodes: tuple[str, ...]) -> float:
    return sum(drop[node] for node in nodes) / len(nodes)
