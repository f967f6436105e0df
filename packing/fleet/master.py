"""The master programme: which of the fillings known cover all nodes at the least cost."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf
from typing import TYPE_CHECKING, Any

from packing.programme import least

if TYPE_CHECKING:
    from collections.abc import Sequence

    from packing.fleet.price import Filling
    from packing.fleet.question import Fleet

NODES = 2_000  # of the search for whole numbers: work is counted and not the clock


@dataclass(frozen=True)
class Parts:
    """The least cost with parts of cabinets: how much of each filling, and prices of nodes."""

    cost: float
    parts: tuple[float, ...]
    prices: tuple[float, ...]


def cost_of(fleet: Fleet, filling: Filling) -> int:
    """Return what one cabinet so filled costs."""
    modules = sum(m.cost * n for m, n in zip(fleet.modules, filling.modules, strict=True))
    return fleet.cabinets[filling.cabinet].cost + modules


def held_by(fleet: Fleet, filling: Filling) -> list[int]:
    """Return how many nodes of each kind a filling holds."""
    pairs = [(m, n) for m, n in zip(fleet.modules, filling.modules, strict=True) if n]
    return [sum(m.holds.get(node.name, 0) * n for m, n in pairs) for node in fleet.nodes]


def parts_of(fleet: Fleet, columns: Sequence[Filling]) -> Parts:
    """Return the least cost of a fleet where cabinets may be built in part."""
    from scipy.optimize import linprog  # noqa: PLC0415 - heavy

    holds, counts, cost = _tables(fleet, columns)
    found = linprog(cost, A_ub=-holds, b_ub=-counts, method="highs")
    prices = tuple(max(0.0, -float(price)) for price in found.ineqlin.marginals)
    return Parts(float(found.fun), tuple(float(x) for x in found.x), prices)


def whole(fleet: Fleet, columns: Sequence[Filling]) -> dict[Filling, int] | None:
    """Return how often each filling is built, in whole numbers, or `None` if none were found."""
    held = [held_by(fleet, column) for column in columns]
    rows = [
        ({i: float(each[number]) for i, each in enumerate(held)}, float(node.count), inf)
        for number, node in enumerate(fleet.nodes)
    ]
    costs = [float(cost_of(fleet, column)) for column in columns]
    most = float(max(node.count for node in fleet.nodes))
    found = least(costs, rows, [most] * len(columns), NODES)
    if not found.values:
        return None
    return {c: round(x) for c, x in zip(columns, found.values, strict=True) if round(x)}


def _tables(fleet: Fleet, columns: Sequence[Filling]) -> tuple[Any, Any, Any]:
    import numpy as np  # noqa: PLC0415 - with scipy

    holds = np.array([held_by(fleet, column) for column in columns], dtype=float).T
    counts = np.array([node.count for node in fleet.nodes], dtype=float)
    return holds, counts, np.array([cost_of(fleet, column) for column in columns], dtype=float)
