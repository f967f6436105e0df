"""`rackpress build`: everything a rack.toml describes."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from cli.common import catalog_option, give, json_option, reports_errors, say

if TYPE_CHECKING:
    from rack.build import Built


@click.command(
    "build",
    epilog="""Examples:

\b
  rackpress build examples/mini-rack.toml
  rackpress build my-rack.toml -o build/my-rack --json""",
)
@click.argument("file", metavar="FILE")
@click.option(
    "-o", "--output", metavar="DIR", help="Folder for the results; outputs/NAME if left out."
)
@catalog_option
@json_option
@reports_errors
def command(file: str, output: str | None, catalog_dir: str | None, as_json: bool) -> None:
    """Build everything FILE describes: parts, board, plan, parts list and report.

    The folder is replaced as a whole when all of it is ready; an interrupted build leaves the last
    good result.
    """
    from catalog.load import load_catalog  # noqa: PLC0415 - heavy
    from rack.build import build  # noqa: PLC0415 - heavy
    from rack.plan import make_plan  # noqa: PLC0415 - heavy
    from rack.spec import read_rack  # noqa: PLC0415 - heavy

    catalog = load_catalog(catalog_dir)
    spec, _ = read_rack(Path(file))
    plan = make_plan(spec, catalog, file)
    folder = Path(output) if output else Path("outputs") / spec.name
    built = build(plan, catalog, folder, say)
    record = {"folder": str(built.folder), "files": built.files, "warnings": built.warnings}
    give({**record, **built.summary}, _text(built), as_json)


def _text(built: "Built") -> str:
    plan = built.summary["plan"]
    high = plan["rack"]["height_u"]
    lines = [f"{plan['name']}: {high - plan['free_u']:g} of {high:g}U used"]
    lines += [
        f"  {part['count']} × {part['name']}  {part['volume_cm3']:g} cm³, {part['bed']}"
        for part in built.summary["parts"]
    ]
    lines += [f"warning: {text}" for text in built.warnings]
    lines.append(f"{len(built.files)} files; look at {built.folder / 'index.html'}")
    return "\n".join(lines)
