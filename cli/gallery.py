"""`rackpress gallery`: every part in pictures, on one page."""

from pathlib import Path

import click

from cli.common import catalog_option, give, json_option, reports_errors, say


@click.command(
    "gallery",
    epilog="""Examples:

\b
  rackpress gallery
  rackpress gallery --only shelf --only frame -o pictures""",
)
@click.option(
    "-o", "--output", metavar="DIR", help="Folder for the results; outputs/gallery if left out."
)
@click.option("--only", metavar="FAMILY", multiple=True, help="Only this family of parts.")
@click.option("--overwrite", is_flag=True, help="Also lose what was added or changed in DIR.")
@click.option(
    "--jobs",
    metavar="N",
    type=click.IntRange(1, 64),
    help="Processes to draw in; as many as this machine runs at once if left out.",
)
@catalog_option
@json_option
@reports_errors
def command(
    output: str | None,
    only: tuple[str, ...],
    catalog_dir: str | None,
    as_json: bool,
    **wishes: int | bool | None,
) -> None:
    """Draw every part: alone, with its device in place, and taken apart; and as a glTF model.

    DIR is replaced as a whole once all of it is ready; `index.html` in it shows everything.
    """
    from catalog.load import load_catalog  # noqa: PLC0415 - heavy
    from rack.folder import may_replace, real, replace_folder  # noqa: PLC0415 - heavy
    from rack.gallery import chosen, gallery  # noqa: PLC0415 - heavy
    from rack.workers import usable  # noqa: PLC0415 - heavy

    samples = chosen(only)
    shown = Path(output) if output else Path("outputs") / "gallery"
    folder, overwrite = real(shown), bool(wishes["overwrite"])
    may_replace(folder, overwrite=overwrite)
    files, records = gallery(
        samples, load_catalog(catalog_dir), say, int(wishes["jobs"] or usable())
    )
    replace_folder(folder, files, overwrite=overwrite)
    text = f"{len(records)} parts, {len(files)} files; look at {shown / 'index.html'}"
    give({"folder": str(shown), "files": sorted(files), "parts": records}, text, as_json)
