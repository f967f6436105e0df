"""`rackpress export`: a rack for other programs."""

from pathlib import Path

import click

from cli.common import catalog_option, give, glance, json_option, reports_errors, say


@click.group("export", epilog="Example:\n\n  rackpress export netbox rack.toml -o to-netbox")
def command() -> None:
    """A rack.toml for NetBox and for Rackula."""


@command.command(
    "netbox",
    short_help="Device types, rack type, racks and devices.",
    epilog="Example:\n\n  rackpress export netbox rack.toml -o to-netbox",
)
@click.argument("file", metavar="FILE")
@click.option("-o", "--output", metavar="DIR", required=True, help="Folder to write.")
@click.option("--overwrite", is_flag=True, help="Also lose what was added or changed in DIR.")
@catalog_option
@json_option
@reports_errors
def netbox(file: str, output: str, overwrite: bool, catalog_dir: str | None, as_json: bool) -> None:
    """Device types, rack type, racks.yaml and devices.yaml of FILE, for NetBox's imports.

    What NetBox has no place for is said, and kept in DIR/rackpress.json: `rackpress import netbox
    DIR --rack FILE` gives the rack.toml back as it was, with what was moved there.
    """
    glance(file)
    from catalog.load import load_catalog  # noqa: PLC0415 - heavy
    from neighbours.bring import to_netbox  # noqa: PLC0415 - heavy
    from rack.folder import may_replace, real, replace_folder  # noqa: PLC0415 - heavy

    folder = real(Path(output))
    may_replace(folder, overwrite=overwrite)
    made = to_netbox(Path(file), load_catalog(catalog_dir))
    replace_folder(folder, made.files)
    for warning in made.warnings:
        say(f"warning: {warning}")
    names = sorted(made.files)
    record = {"folder": output, "files": names, "warnings": list(made.warnings)}
    give(record, f"wrote {len(names)} files into {output}", as_json)


_RACKULA = "Example:\n\n  rackpress export rackula rack.toml -o home.rackula.yaml"


@command.command(
    "rackula", short_help="A layout, and what it cannot hold beside it.", epilog=_RACKULA
)
@click.argument("file", metavar="FILE")
@click.option("-o", "--output", metavar="FILE", required=True, help="Layout to write.")
@click.option("--overwrite", is_flag=True, help="Also lose what was there before.")
@catalog_option
@json_option
@reports_errors
def rackula(
    file: str, output: str, overwrite: bool, catalog_dir: str | None, as_json: bool
) -> None:
    """A layout of FILE for Rackula, and beside it a side file with all that Rackula cannot hold.

    `rackpress import rackula` gives the rack.toml back as it was, with what was moved there.
    """
    glance(file)
    from catalog.load import load_catalog  # noqa: PLC0415 - heavy
    from cli.importing import write_files  # noqa: PLC0415 - heavy
    from neighbours.bring import to_rackula  # noqa: PLC0415 - heavy

    layout = Path(output)
    made = to_rackula(Path(file), layout.name, load_catalog(catalog_dir))
    write_files(layout.parent, made.files, "--output", overwrite=overwrite)
    for warning in made.warnings:
        say(f"warning: {warning}")
    names = sorted(made.files)
    record = {"files": names, "warnings": list(made.warnings)}
    give(record, f"wrote {' and '.join(names)} into {layout.parent}", as_json)
