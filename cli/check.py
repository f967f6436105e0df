"""`rackpress check`: is a rack.toml right, without building it?"""

from pathlib import Path

import click

from cli.common import catalog_option, give, json_option, reports_errors


@click.command("check", epilog="Example:\n\n  rackpress check examples/mini-rack.toml")
@click.argument("file", metavar="FILE")
@catalog_option
@json_option
@reports_errors
def command(file: str, catalog_dir: str | None, as_json: bool) -> None:
    """Check FILE: keys, units, devices, whether each fits, and whether all find a place."""
    from catalog.load import load_catalog  # noqa: PLC0415 - heavy
    from rack.plan import make_plan  # noqa: PLC0415 - heavy
    from rack.spec import read_rack  # noqa: PLC0415 - heavy

    spec, _ = read_rack(Path(file))
    plan = make_plan(spec, load_catalog(catalog_dir), file)
    rows = [f"  unit {m.at_u:>4g}  {m.height_u:>4g}U  {m.label}: {m.family}" for m in plan.modules]
    rows += [f"warning: {text}" for text in plan.warnings]
    give(plan.as_dict(), "\n".join([f"{file} is right", *rows]), as_json)
