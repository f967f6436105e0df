"""Checks a fleet's plan by counting again, without the code that made it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from packing.fleet.solve import FleetPlan


def violations(plan: FleetPlan) -> list[str]:
    """Return what is wrong with a plan, in words; nothing if it can be built so.

    Args:
        plan: of `packing.fleet.solve.house`.
    """
    wrong: list[str] = []
    housed: Counter[str] = Counter()
    total = 0
    fleet = plan.fleet
    draw = {node.name: node.power_w for node in fleet.nodes}
    for filling, times in plan.fillings:
        kind = fleet.cabinets[filling.cabinet]
        inside = [m for m, n in zip(fleet.modules, filling.modules, strict=True) for _ in range(n)]
        nodes = Counter[str]()
        for module in inside:
            nodes.update(module.holds)
        watts = sum(m.power_w for m in inside) + sum(draw[k] * n for k, n in nodes.items())
        ports = sum(m.ports for m in inside)
        if sum(m.height_u for m in inside) > kind.height_u + 1e-9:
            wrong.append(f"{kind.name} is too low for what is in it")
        if kind.power_w is not None and watts > kind.power_w + 1e-6:
            wrong.append(f"{kind.name} draws {watts:g} W")
        if any(m.ports for m in fleet.modules) and sum(nodes.values()) > ports:
            wrong.append(f"{kind.name} has {ports} ports for {sum(nodes.values())} nodes")
        housed.update({name: n * times for name, n in nodes.items()})
        total += times * (kind.cost + sum(m.cost for m in inside))
    wrong += [
        f"{n.name}: {housed[n.name]} of {n.count}" for n in fleet.nodes if housed[n.name] < n.count
    ]
    if total != plan.cost:
        wrong.append(f"costs {total}, not {plan.cost}")
    return wrong
