"""`rackpress pcb fab`: everything to order a board at a shop."""

from pathlib import Path

import click

from cli.common import give, json_option, reports_errors, say

_FOLDER = click.Path(file_okay=False, path_type=Path)


@click.command(
    short_help="Write what a shop needs to make the board.",
    epilog="Example:\n\n  rackpress pcb fab power -o power-order",
)
@click.argument("folder", metavar="DIR", type=_FOLDER)
@click.option("--name", help="Which board, if DIR holds several.")
@click.option("--fab", "shop_id", metavar="SHOP", default="jlcpcb", show_default=True,
              help="Whose limits and order form: jlcpcb or pcbway.")  # fmt: skip
@click.option("-o", "--output", "target", type=_FOLDER, required=True, help="Folder to write into.")
@click.option("--overwrite", is_flag=True, help="Also replace files that were changed by hand.")
@json_option
@reports_errors
def fab(  # noqa: PLR0913 - one for each option
    *, folder: Path, name: str | None, shop_id: str, target: Path, overwrite: bool, as_json: bool
) -> None:
    """Write what a shop needs to make the board in DIR; KiCad 9 is needed.

    Gerber X2 and drill files, one archive of them to upload, nets for the electrical test, list of
    parts with maker's numbers and what fits instead, a page to solder by, schematic and assembly as
    PDF, STEP, pictures, and a README with what to choose in the order form. The board is checked
    first, and the holes in the drill files are held against it. The same board gives the same
    bytes.
    """
    from pcb.fab.order import order  # noqa: PLC0415 - help stays quick
    from pcb.fab.pack import write_pack  # noqa: PLC0415 - as above
    from pcb.fab.shops import shop  # noqa: PLC0415 - as above
    from pcb.project import find_record, read_record  # noqa: PLC0415 - as above

    made = shop(shop_id)
    spec, _ = read_record(find_record(folder, name))
    files, told = order(spec, folder, made)
    say(f"note: {told}")
    paths = write_pack(target, files, overwrite=overwrite)
    result = {"name": spec.title, "fab": made.id, "files": [str(path) for path in paths]}
    give(result, "\n".join(map(str, paths)), as_json)
