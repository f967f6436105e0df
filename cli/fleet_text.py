"""A fleet's plan in words, for the terminal."""

from typing import TYPE_CHECKING

from cli.common import Exit, Told

if TYPE_CHECKING:
    from packing.fleet.solve import FleetPlan
    from packing.site import FleetAnswer
    from rack.fleet import FleetSpec

SHOWN = 12  # ways to fill a cabinet; --json has all


def fleet_told(spec: "FleetSpec", answer: "FleetAnswer") -> Told:
    """Return what is told of a fleet.

    Args:
        spec: the fleet as written.
        answer: its plan, or what goes into no cabinet.
    """
    if answer.plan is None:
        lost = list(answer.homeless)
        talk = f"go into no cabinet, with the power and ports that they need: {', '.join(lost)}"
        return Told({"name": spec.name, "homeless": lost}, "", Exit.CHECK_FAILED, talk)
    return Told({"name": spec.name, **answer.plan.as_dict()}, _text(answer.plan))


def _text(plan: "FleetPlan") -> str:
    told = plan.as_dict()
    nodes = sum(node.count for node in plan.fleet.nodes)
    proof = "proven the least" if plan.gap == 0 else f"bound {plan.bound}, gap {plan.gap:.2%}"
    lines = [f"{nodes} nodes in {plan.cabinets} cabinets, cost {plan.cost} ({proof})"]
    for filling in told["fillings"][:SHOWN]:
        inside = ", ".join(f"{n} × {name}" for name, n in filling["modules"].items())
        lines.append(f"{filling['times']:>6} × {filling['cabinet']}: {inside}")
    more = len(told["fillings"]) - SHOWN
    if more > 0:
        lines.append(f"and {more} other ways to fill one: --json lists all")
    return "\n".join(lines)
