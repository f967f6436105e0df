"""`rackpress plates`: all parts of a rack.toml laid out on beds, and what they take."""

from pathlib import Path

import click

from cli.common import catalog_option, give, glance, json_option, reports_errors, say
from cli.planned import making_options, planned


@click.command(
    "plates",
    epilog="""Examples:

\b
  rackpress plates examples/mini-rack.toml
  rackpress plates my-rack.toml -o plates --slice

Without --slice weights and times are estimates, and each says how far it may be off.""",
)
@making_options(
    output="Folder for 3MF projects and pictures; none if left out.",
    slicing="Ask PrusaSlicer about every plate.",
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
    """Lay all parts of FILE out on the printer's bed: a 3MF project and a quote for each plate.

    DIR is replaced as a whole once all of it is ready, as `rackpress build` does.
    """
    glance(file)
    from catalog.cache import open_cache  # noqa: PLC0415 - heavy
    from catalog.load import load_catalog  # noqa: PLC0415 - heavy

    catalog = load_catalog(catalog_dir)
    plan = planned(file, catalog, calibration)
    from mounts.plates.quote import plates_text  # noqa: PLC0415 - not before the file is right
    from rack.folder import may_replace, real, replace_folder  # noqa: PLC0415 - as above
    from rack.parts import Way  # noqa: PLC0415 - as above
    from rack.plates import plates_alone  # noqa: PLC0415 - as above
    from rack.workers import usable  # noqa: PLC0415 - as above

    folder, overwrite = real(Path(output)) if output else None, bool(wishes["overwrite"])
    if folder is not None:
        may_replace(folder, overwrite=overwrite)
    way = Way(
        int(wishes["jobs"] or usable()),
        pictures=folder is not None and not wishes["no_pictures"],
        slicing=bool(wishes["slicing"]),
        files=False,
        cache=None if wishes["no_cache"] else open_cache(),
    )
    pressed = plates_alone(plan, catalog, say, way)
    if folder is not None:
        replace_folder(folder, pressed.files, overwrite=overwrite)
        count = len(pressed.files)
        say(f"wrote {count} file{'' if count == 1 else 's'} to {output}")
    written = sorted(pressed.files) if folder is not None else []
    record = {"folder": output, "files": written, "calibration": plan.calibration.name}
    record |= pressed.record
    give(record, plates_text(pressed.record), as_json)
