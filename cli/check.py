"""`rackpress check`: is a rack.toml right, without building it?"""

from pathlib import Path

import click

from cli.common import catalog_option, give, glance, json_option, reports_errors, say
from cli.plan_text import plan_text


@click.command(
    "check",
    epilog="""Examples:

\b
  rackpress check examples/mini-rack.toml
  rackpress check my-rack.toml --json""",
)
@click.argument("file", metavar="FILE")
@catalog_option
@json_option
@reports_errors
def command(file: str, catalog_dir: str | None, as_json: bool) -> None:
    """Check FILE: keys, units, devices, whether each fits, and whether all find a place.

    Says every mistake with its line, or where each thing goes and what all of it draws. Nothing is
    built and nothing is written.
    """
    glance(file)
    from catalog.load import load_catalog  # noqa: PLC0415 - heavy
    from rack.read import plan_file  # noqa: PLC0415 - heavy

    plan = plan_file(Path(file), load_catalog(catalog_dir))
    record = plan.as_dict()
    for warning in plan.warnings:
        say(f"warning: {warning}")
    give({"file": file, **record}, f"{file} is right\n{plan_text(record)}", as_json)
