"""Solves a network of resistances: constant currents drawn at its ends, all from one source.

Nodes are taken out one by one, the one with fewest neighbours first: its neighbours are joined by
what led through it (star to mesh), its current is handed on to them. Only sums and quotients of
positive numbers, so nothing is lost to rounding; a tree or a ladder takes time in proportion to its
nodes.
"""

import heapq
from collections.abc import Mapping

from pcb.budget.graph import Edge, Network


def drops(network: Network, amps: Mapping[int, float], worst: bool) -> dict[str, float]:
    """Return how much lower each node is than the source, V.

    Args:
        network: where the currents flow.
        amps: what each output draws, A; an output of another network is passed over.
        worst: with the resistances of poor parts rather than good ones.

    Raises:
        ValueError: a part of the network hangs on nothing.
    """
    links = _links(network, worst)
    drawn = dict.fromkeys(links, 0.0)
    for output, end in network.taps.items():
        drawn[end] += amps[output]
    gone: list[tuple[str, dict[str, float], float]] = []
    waiting = [(len(around), node) for node, around in links.items() if node != network.source]
    heapq.heapify(waiting)
    while waiting:
        number, node = heapq.heappop(waiting)
        if node not in links or len(links[node]) != number:
            continue  # it is gone, or waits again with another number
        around = links.pop(node)
        if not around:
            what = f"{node} hangs on nothing"
            raise ValueError(what)
        gone.append((node, around, drawn[node]))
        _hand_on(links, drawn, node, around)
        for other in around:
            if other != network.source:
                heapq.heappush(waiting, (len(links[other]), other))
    found = {network.source: 0.0}
    for node, around, load in reversed(gone):
        held = sum(siemens * found[other] for other, siemens in around.items())
        found[node] = (load + held) / sum(around.values())
    return found


def currents(network: Network, drop: Mapping[str, float], worst: bool) -> dict[str, float]:
    """Return the current of each edge by its name, A; negative where it flows from end to start."""
    return {
        edge.name: (drop[edge.ends[1]] - drop[edge.ends[0]]) / edge.ohms[worst]
        for edge in network.edges
    }


def _links(network: Network, worst: bool) -> dict[str, dict[str, float]]:
    """Return the conductance between each two nodes, S."""
    links: dict[str, dict[str, float]] = {network.source: {}}
    for edge in network.edges:
        start, end = edge.ends
        for one, other in ((start, end), (end, start)):
            around = links.setdefault(one, {})
            around[other] = around.get(other, 0.0) + _siemens(edge, worst)
    return links


def _siemens(edge: Edge, worst: bool) -> float:
    return 1 / edge.ohms[worst]


def _hand_on(
    links: dict[str, dict[str, float]], drawn: dict[str, float], node: str, around: dict[str, float]
) -> None:
    """Join the neighbours of a node that goes, and give them its current."""
    whole = sum(around.values())
    for one, siemens in around.items():
        del links[one][node]
        drawn[one] += drawn[node] * siemens / whole
        for other, more in around.items():
            if other != one:
                links[one][other] = links[one].get(other, 0.0) + siemens * more / whole
