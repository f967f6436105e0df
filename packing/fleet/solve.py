"""Column generation: fillings of a cabinet are found as their prices ask for them.

The master programme covers all nodes with fillings at the least cost; its dual prices say what a
node is worth, and a filling worth more than its cabinet costs is added, until there is none
(Gilmore and Gomory 1961). Prices divided by the most that any cabinet's filling is worth for its
cost bound the cost of every plan (Farley 1990), whether or not all fillings were found. Whole
numbers are then found in two ways, by building whole cabinets and asking again for the nodes left,
and by SCIP over all fillings known; the better one counts.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import ceil
from typing import TYPE_CHECKING, Any

from packing.fleet.master import cost_of, held_by, parts_of, whole
from packing.fleet.price import Filling, worth_most

if TYPE_CHECKING:
    from collections.abc import Sequence

    from packing.fleet.question import Fleet

ROUNDS = 400
DIVE_ROUNDS = 4  # for the nodes left at each step
NEAR = 1e-7


@dataclass(frozen=True)
class FleetPlan:
    """How many cabinets of each filling, with a bound.

    Args:
        fleet: what was asked.
        fillings: each filling with how often it is built.
        cost: of all of it.
        bound: no plan of these modules and cabinets costs less.
        rounds: of column generation.
    """

    fleet: Fleet
    fillings: tuple[tuple[Filling, int], ...]
    cost: int
    bound: int
    rounds: int

    @property
    def gap(self) -> float:
        """What is not proven of the cost, as a part of the bound."""
        return (self.cost - self.bound) / self.bound if self.bound else 0.0

    @property
    def cabinets(self) -> int:
        """How many cabinets there are in all."""
        return sum(times for _, times in self.fillings)

    def as_dict(self) -> dict[str, Any]:
        """Return the plan as plain data, for JSON."""
        modules, kinds = self.fleet.modules, self.fleet.cabinets
        return {
            "cabinets": self.cabinets,
            "cost": self.cost,
            "bound": self.bound,
            "gap": round(self.gap, 6),
            "fillings": [
                {
                    "times": times,
                    "cabinet": kinds[filling.cabinet].name,
                    "modules": {
                        m.name: n for m, n in zip(modules, filling.modules, strict=True) if n
                    },
                }
                for filling, times in self.fillings
            ],
        }


def house(fleet: Fleet) -> FleetPlan | None:
    """Return the cheapest cabinets found for a fleet, or `None` if some node goes into none.

    Args:
        fleet: nodes, modules and cabinets.
    """
    columns = _first(fleet)
    if columns is None:
        return None
    bound, rounds = _generate(fleet, columns, ROUNDS)
    plans = [_dive(fleet, columns), whole(fleet, columns)]
    costs = [(_cost(fleet, plan), plan) for plan in plans if plan is not None]
    cost, plan = min(costs, key=lambda pair: pair[0])
    ordered = tuple(sorted(plan.items(), key=lambda row: (-row[1], row[0].cabinet, row[0].modules)))
    return FleetPlan(fleet, ordered, cost, ceil(bound - 1e-6), rounds)


def _cost(fleet: Fleet, plan: dict[Filling, int]) -> int:
    return sum(cost_of(fleet, filling) * times for filling, times in plan.items())


def homeless(fleet: Fleet) -> list[str]:
    """Return the kinds of node of which not one goes into any cabinet, with all that it takes."""
    kinds = enumerate(fleet.nodes)
    return [node.name for i, node in kinds if node.count and not _fullest(fleet, i)]


def _first(fleet: Fleet) -> list[Filling] | None:
    """Return for each kind of node the cabinets that hold most of it, or `None` if one has none."""
    found: list[Filling] = []
    for number, node in enumerate(fleet.nodes):
        held = _fullest(fleet, number) if node.count else []
        if node.count and not held:
            return None
        found += [one for one in held if one not in found]
    return found


def _fullest(fleet: Fleet, number: int) -> list[Filling]:
    """Return for each kind of cabinet that takes a kind of node the filling of most of it."""
    free = replace(fleet, modules=tuple(replace(module, cost=0) for module in fleet.modules))
    prices = [float(i == number) for i in range(len(fleet.nodes))]
    best = [worth_most(free, c, prices)[0] for c in range(len(fleet.cabinets))]
    return [one for one in best if held_by(fleet, one)[number]]


def _generate(fleet: Fleet, columns: list[Filling], rounds: int) -> tuple[float, int]:
    """Add fillings while any is worth more than it costs; return the bound and the rounds."""
    bound, done = 0.0, 0
    for done in range(1, rounds + 1):  # noqa: B007 - returned
        prices = parts_of(fleet, columns).prices
        new, ratio = _priced(fleet, prices)
        worth = sum(p * node.count for p, node in zip(prices, fleet.nodes, strict=True))
        bound = max(bound, worth / ratio)
        fresh = [one for one in new if one not in columns]
        if not fresh:
            break
        columns += fresh
    return bound, done


def _priced(fleet: Fleet, prices: Sequence[float]) -> tuple[list[Filling], float]:
    """Return fillings worth more than they cost, and the most that worth is for any cost.

    A filling's worth is that of its nodes less its modules; its cabinet is the cost left. Prices
    divided by the ratio leave no filling worth more than it costs.
    """
    found: list[Filling] = []
    ratio = 1.0
    for number, kind in enumerate(fleet.cabinets):
        filling, bound = worth_most(fleet, number, prices)
        ratio = max(ratio, bound / kind.cost)
        if bound > kind.cost * (1 + NEAR):
            found.append(filling)
    return found, ratio


def _dive(fleet: Fleet, columns: list[Filling]) -> dict[Filling, int]:
    """Build whole cabinets of the best parts, then ask again for the nodes that are left.

    Fillings found on the way are added to `columns`.
    """
    left = [node.count for node in fleet.nodes]
    plan: dict[Filling, int] = {}
    while any(left):
        rows = zip(fleet.nodes, left, strict=True)
        rest = replace(fleet, nodes=tuple(replace(node, count=n) for node, n in rows))
        _generate(rest, columns, DIVE_ROUNDS)
        parts = parts_of(rest, columns).parts
        times = [int(part + NEAR) for part in parts]
        if not any(times):
            times[max(range(len(parts)), key=lambda i: (parts[i], -i))] = 1
        for filling, many in zip(columns, times, strict=True):
            if many:
                plan[filling] = plan.get(filling, 0) + many
                held = held_by(fleet, filling)
                left = [max(0, n - h * many) for n, h in zip(left, held, strict=True)]
    return plan
