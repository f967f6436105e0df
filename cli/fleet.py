"""`rackpress fleet`: how many cabinets thousands of nodes take, with a bound."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from cli.common import Exit, give, json_option, reports_errors, say

if TYPE_CHECKING:
    from packing.fleet.solve import FleetPlan

SHOWN = 12  # ways to fill a cabinet; --json has all

EXAMPLES = """Example:

\b
  rackpress fleet farm.toml

\b
  # farm.toml
  version = 1
  name = "farm"
  [[node]]
  name = "pi"
  count = 60000
  power_w = 8
  pitch = "24mm"     # from one to the next in a row on edge
  height = "2U"      # of its row
  [[module]]
  name = "switch"
  height = "1U"
  ports = 48         # each node then takes one
  power_w = 40
  [[cabinet]]
  name = "tall"
  height = "42U"
  power_w = 5000
"""


@click.command("fleet", epilog=EXAMPLES)
@click.argument("file", metavar="FILE")
@json_option
@reports_errors
def command(file: str, as_json: bool) -> int:
    """House thousands of nodes of few kinds: which cabinets, filled how, and how many of each.

    FILE lists nodes, modules and cabinets. Nodes with a pitch and a height stand in rows, of one
    kind or of two; other modules are listed with what they hold. The cost of cabinets and modules
    is made least; where nothing says a cost, that is the fewest cabinets. The gap to the bound,
    which no plan of the same rows and modules goes below, is always said.
    """
    from packing.fleet.solve import homeless, house  # noqa: PLC0415 - heavy
    from rack.fleet import read_fleet  # noqa: PLC0415 - heavy

    spec, fleet = read_fleet(Path(file))
    plan = house(fleet)
    if plan is None:
        lost = homeless(fleet)
        say(f"go into no cabinet, with the power and ports that they need: {', '.join(lost)}")
        give({"name": spec.name, "homeless": lost}, "", as_json)
        return Exit.CHECK_FAILED
    give({"name": spec.name, **plan.as_dict()}, _text(plan), as_json)
    return Exit.FINE


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
