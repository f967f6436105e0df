"""`rackpress diff`: what another rack.toml would change, in words."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cli.common import catalog_option, give, glance, json_option, reports_errors, wrong

if TYPE_CHECKING:
    from catalog.load import Catalog


@click.command(
    "diff",
    epilog="""Examples:

\b
  rackpress diff my-rack.toml my-rack-2.toml
  rackpress diff outputs/my-rack/plan.json my-rack.toml
  rackpress diff before.toml after.toml --json""",
)
@click.argument("before", metavar="A")
@click.argument("after", metavar="B")
@catalog_option
@json_option
@reports_errors
def command(before: str, after: str, catalog_dir: str | None, as_json: bool) -> None:
    """Say what is different in B from A: places, devices, wires, power, heat, weight, cost.

    Both are planned and nothing is built. What is alike is not named. Either may be the plan.json
    that a build left: then nothing is said of what is bought.
    """
    glance(before, after)
    from catalog.load import load_catalog  # noqa: PLC0415 - heavy
    from rack.diff import changes  # noqa: PLC0415 - heavy

    catalog = load_catalog(catalog_dir)
    one, two = (_plan(Path(file), catalog) for file in (before, after))
    try:
        found = changes(one, two)
    except (KeyError, TypeError, AttributeError, IndexError, ValueError):
        built = [file for file in (before, after) if file.endswith(".json")]
        if not built:
            raise
        what = "is not as a build wrote it"
        raise wrong(built[0], what, nearest="build the rack again") from None
    lines = [f"{one['about']}: {one['words']}" for one in found]
    give({"a": before, "b": after, "changes": found}, "\n".join(lines) or "no difference", as_json)


def _plan(file: Path, catalog: "Catalog") -> dict[str, Any]:
    """Return the plan of a rack.toml, with what is bought for it, or of a plan.json, as JSON."""
    if file.suffix == ".json":
        from rack.plan_json import read_plan  # noqa: PLC0415 - only for such a file

        return read_plan(file)
    from rack.bom.bought import bought  # noqa: PLC0415 - heavy
    from rack.read import plan_file  # noqa: PLC0415 - heavy

    plan = plan_file(file, catalog)
    told = {**plan.as_dict(), "bought": bought(plan, catalog)}
    made: dict[str, Any] = json.loads(json.dumps(told))
    return made
