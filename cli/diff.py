"""`rackpress diff`: what another rack.toml would change, in words."""

from pathlib import Path

import click

from cli.common import catalog_option, give, json_option, reports_errors


@click.command(
    "diff",
    epilog="""Examples:

\b
  rackpress diff my-rack.toml my-rack-2.toml
  rackpress diff before.toml after.toml --json""",
)
@click.argument("before", metavar="A")
@click.argument("after", metavar="B")
@catalog_option
@json_option
@reports_errors
def command(before: str, after: str, catalog_dir: str | None, as_json: bool) -> None:
    """Say what is different in B from A: places, devices, parts, power, battery, heat, weight.

    Both are planned and nothing is built. What is alike is not named.
    """
    from catalog.load import load_catalog  # noqa: PLC0415 - heavy
    from rack.diff import changes  # noqa: PLC0415 - heavy
    from rack.read import plan_file  # noqa: PLC0415 - heavy

    catalog = load_catalog(catalog_dir)
    one, two = (plan_file(Path(file), catalog).as_dict() for file in (before, after))
    found = changes(one, two)
    lines = [f"{one['about']}: {one['words']}" for one in found]
    give({"a": before, "b": after, "changes": found}, "\n".join(lines) or "no difference", as_json)
