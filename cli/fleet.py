"""`rackpress fleet`: how many cabinets thousands of nodes take, with a bound."""

from pathlib import Path

import click

from cli.common import give, glance, json_option, reports_errors, say

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
    glance(file)
    from cli.fleet_text import fleet_told  # noqa: PLC0415 - heavy
    from packing.site import of_fleet  # noqa: PLC0415 - heavy
    from rack.fleet import read_fleet  # noqa: PLC0415 - heavy

    spec, fleet = read_fleet(Path(file))
    told = fleet_told(spec, of_fleet(fleet))
    if told.talk:
        say(told.talk)
    give(told.record, told.text, as_json)
    return told.code
