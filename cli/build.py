"""`rackpress build`: everything a rack.toml describes."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from cli.common import catalog_option, give, json_option, reports_errors, say
from cli.plan_text import energy_lines, power_line
from cli.planned import making_options, planned

if TYPE_CHECKING:
    from rack.build import Built


@click.command(
    "build",
    epilog="""Examples:

\b
  rackpress build examples/mini-rack.toml
  rackpress build my-rack.toml -o build/my-rack --json""",
)
@making_options(
    output="Folder for the results; outputs/NAME if left out.",
    slicing="Ask PrusaSlicer for grams and minutes.",
)
@catalog_option
@json_option
@reports_errors
def command(
    file: str,
    output: str | None,
    catalog_dir: str | None,
    as_json: bool,
    calibration: str | None,
    **wishes: int | bool | None,
) -> None:
    """Build everything FILE describes: parts, board, plan, parts list and report.

    DIR is replaced as a whole once all of it is ready: an interrupted build leaves the last good
    result. Files in it that no build wrote, or that were changed since, are never lost unasked.
    """
    from catalog.load import load_catalog  # noqa: PLC0415 - heavy
    from rack.build import Target, build  # noqa: PLC0415 - heavy
    from rack.parts import Way  # noqa: PLC0415 - heavy
    from rack.workers import usable  # noqa: PLC0415 - heavy

    catalog = load_catalog(catalog_dir)
    plan = planned(file, catalog, calibration)
    folder = Path(output) if output else Path("outputs") / plan.spec.name
    target = Target(folder, overwrite=bool(wishes["overwrite"]))
    way = Way(
        int(wishes["jobs"] or usable()),
        pictures=not wishes["no_pictures"],
        slicing=bool(wishes["slicing"]),
    )
    built = build(plan, catalog, target, say, way)
    for warning in built.warnings:
        say(f"warning: {warning}")
    record = {"folder": str(built.folder), "files": built.files}
    give({**record, **built.summary}, _text(built), as_json)


def _text(built: "Built") -> str:
    from mounts.plates.quote import plates_text  # noqa: PLC0415 - heavy
    from mounts.printing import print_sentence  # noqa: PLC0415 - heavy

    plan = built.summary["plan"]
    high = plan["rack"]["height_u"]
    lines = [f"{plan['name']}: {high - plan['free_u']:g} of {high:g}U used"]
    lines += [
        f"  {part['count']} × {part['name']}  {print_sentence(part['print'])}; {part['bed']}"
        for part in built.summary["parts"]
    ]
    lines.append(plates_text(built.summary["plates"]))
    lines.append(power_line(plan["power"]))
    lines += energy_lines(plan["energy"])
    lines.append(f"{len(built.files)} files; look at {built.folder / 'index.html'}")
    return "\n".join(lines)
