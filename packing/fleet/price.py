"""The cabinet worth most at given prices of nodes: a small integer programme, by SCIP."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, inf
from typing import TYPE_CHECKING

from packing.programme import Row, least

if TYPE_CHECKING:
    from collections.abc import Sequence

    from packing.fleet.question import Fleet, Kind, Module

NODES = 50_000  # of the search for one filling


@dataclass(frozen=True, slots=True)
class Filling:
    """One way to fill a cabinet: how many of each module, in the fleet's order."""

    cabinet: int
    modules: tuple[int, ...]


def worth_most(fleet: Fleet, cabinet: int, prices: Sequence[float]) -> tuple[Filling, float]:
    """Return the filling of a cabinet of the greatest worth less its modules' cost, and a bound.

    There are no more of a module than its nodes could fill. The bound is the solver's own: no
    such filling is worth more.

    Args:
        fleet: the fleet.
        cabinet: the number of one of its kinds.
        prices: of one node of each kind.
    """
    kind = fleet.cabinets[cabinet]
    price = {node.name: each for node, each in zip(fleet.nodes, prices, strict=True)}
    costs = [-_worth(module, price) for module in fleet.modules]
    found = least(costs, _limits(fleet, kind), _most_of_each(fleet, kind), NODES)
    if not found.values:  # nothing is always a filling
        return Filling(cabinet, (0,) * len(costs)), inf
    chosen = _without_idle(fleet, [round(x) for x in found.values])
    return Filling(cabinet, chosen), -min(found.bound, found.cost)


def _without_idle(fleet: Fleet, chosen: list[int]) -> tuple[int, ...]:
    """Take out what holds no node as long as there are ports enough: it costs nothing to leave."""
    free = [module.ports - sum(module.holds.values()) for module in fleet.modules]
    spare = sum(n * each for n, each in zip(chosen, free, strict=True))
    if not fleet.counts_ports:
        spare = 0
    for number, module in enumerate(fleet.modules):
        while chosen[number] and not any(module.holds.values()) and module.ports <= spare:
            chosen[number] -= 1
            spare -= module.ports
    return tuple(chosen)


def _worth(module: Module, price: dict[str, float]) -> float:
    return sum(price[name] * many for name, many in module.holds.items()) - module.cost


def _most_of_each(fleet: Fleet, kind: Kind) -> list[float]:
    """Return how many of each module go into a cabinet, and are of use there."""
    count = {node.name: node.count for node in fleet.nodes}
    found: list[float] = []
    for module in fleet.modules:
        filled = [ceil(count[name] / many) for name, many in module.holds.items() if many]
        fits = kind.height_u // module.height_u
        found.append(min([fits, max(filled)]) if filled else fits)
    return found


def _limits(fleet: Fleet, kind: Kind) -> list[Row]:
    """Return rows over modules: height, power, ports."""
    rows: list[Row] = [
        (dict(enumerate(module.height_u for module in fleet.modules)), -inf, kind.height_u)
    ]
    if kind.power_w is not None:
        draws = dict(enumerate(fleet.power_w(module) for module in fleet.modules))
        rows.append((draws, -inf, kind.power_w))
    if fleet.counts_ports:
        short = (float(sum(m.holds.values()) - m.ports) for m in fleet.modules)
        rows.append((dict(enumerate(short)), -inf, 0.0))
    return rows
