"""`rackpress build`: everything a rack.toml describes."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from catalog.cache import Cache, open_cache
from catalog.origin import noting
from cli.common import catalog_option, give, json_option, reports_errors, say
from cli.plan_text import energy_lines, power_line
from cli.planned import making_options, planned
from rack.folder import usual_folder
from rack.unchanged import Request, is_new, known, remember

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
    **wishes: Any,
) -> None:
    """Build everything FILE describes: parts, board, plan, parts list and report.

    DIR is replaced as a whole once all of it is ready: an interrupted build leaves the last good
    result. Files in it that no build wrote, or that were changed since, are never lost unasked.
    What did not change since an earlier build comes from the cache: see `rackpress cache`.
    """
    cache = None if wishes["no_cache"] else open_cache()
    options = {name: wishes[name] for name in ("no_pictures", "slicing")}
    request = Request(Path(file), catalog_dir, {**options, "calibration": calibration})
    given = Path(output) if output else None
    same = known(request, given, cache) if cache else None
    if same is not None:
        say(f"nothing has changed: {same[0]} is as it was built")
    folder, told = same or _built(request, given, wishes, cache)
    for warning in told["warnings"]:
        say(f"warning: {warning}")
    files = told.pop("files")
    text = f"{told.pop('text')}\n{len(files)} files; look at {folder / 'index.html'}"
    give({"folder": str(folder), "files": files, **told}, text, as_json)


def _built(
    request: Request, given: Path | None, wishes: dict[str, Any], cache: Cache | None
) -> tuple[Path, dict[str, Any]]:
    """Build, and return where and what there is to say."""
    from rack.spec import read_rack  # noqa: PLC0415 - heavy
    from rack.workers import usable, warmed  # noqa: PLC0415 - heavy

    jobs = wishes["jobs"] or usable()
    read_rack(request.file)  # what is no rack starts no process
    with warmed(jobs if is_new(request, cache) else 1), noting() as read:
        from catalog.load import load_catalog  # noqa: PLC0415 - heavy
        from rack.build import Target, build  # noqa: PLC0415 - heavy
        from rack.parts import Way  # noqa: PLC0415 - heavy

        catalog = load_catalog(request.catalog_dir)
        plan = planned(str(request.file), catalog, request.options["calibration"])
        target = Target(given or usual_folder(plan.spec.name), overwrite=wishes["overwrite"])
        way = Way(
            jobs,
            pictures=not wishes["no_pictures"],
            slicing=wishes["slicing"],
            cache=cache,
        )
        built = build(plan, catalog, target, say, way)
    told = {**built.summary, "files": built.files, "text": _text(built)}
    if cache is not None:
        remember(request, read, built.folder, told, cache)
    return built.folder, told


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
    return "\n".join(lines)
