"""`rackpress import`: devices and racks of other programs."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from cli.common import catalog_option, give, json_option, reports_errors, say, wrong

_NETBOX = """Examples:

\b
  rackpress import netbox device-types/Ubiquiti -o my-devices
  rackpress import netbox device-types -o my-devices --sizes sizes.toml
  rackpress import netbox from-netbox --rack rack.toml"""


@click.group("import", epilog="Example:\n\n  rackpress import netbox device-types -o my-devices")
def command() -> None:
    """Devices and racks from NetBox and from Rackula."""


@command.command(
    "netbox", short_help="Device types become facts, a rack a rack.toml.", epilog=_NETBOX
)
@click.argument("source", metavar="FILE|DIR")
@click.option("-o", "--output", metavar="DIR", help="Folder of facts to write, for --catalog.")
@click.option("--sizes", metavar="FILE", help="Your sizes in mm: [[size]] device, depth_mm …")
@click.option("--rack", "rack_file", metavar="FILE", help="The rack.toml to write.")
@click.option("--name", metavar="RACK", help="One rack of racks.yaml; all if left out.")
@click.option("--side", metavar="FILE", help="Side file of an export; DIR/rackpress.json if there.")
@click.option("--overwrite", is_flag=True, help="Also lose what was added or changed there.")
@catalog_option
@json_option
@reports_errors
def netbox(source: str, catalog_dir: str | None, as_json: bool, **options: Any) -> None:
    """Device types of NetBox or Nautobot as a folder of facts, or a rack as a rack.toml.

    What has ears becomes an entry of racked.toml, for a [[pack.thing]]. What --sizes gives a width
    becomes a box that a mount carries. Draws of redundant supplies are not added up. What our
    facts have no place for stays in the folder's netbox.json.

    With --rack: DIR holds device-types/, racks.yaml and devices.yaml, as `rackpress export netbox`
    writes them and NetBox's bulk import takes them.
    """
    if not options["output"] and not options["rack_file"]:
        raise wrong("--output", "is missing", nearest="such as -o my-devices, or --rack rack.toml")
    record: dict[str, Any] = {}
    lines: list[str] = []
    if options["output"]:
        _devices(Path(source), options, record, lines)
    if options["rack_file"]:
        from catalog.load import load_catalog  # noqa: PLC0415 - heavy
        from neighbours.bring import netbox_rack  # noqa: PLC0415 - heavy

        side = Path(options["side"]) if options["side"] else None
        catalog = load_catalog(catalog_dir)
        made = netbox_rack(Path(source), options["name"], side, catalog)
        write_rack(made, options, record, lines)
    give(record, "\n".join(lines), as_json)


_RACKULA = """Examples:

\b
  rackpress import rackula home.rackula.yaml -o rack.toml
  rackpress import rackula home.rackula.yaml -o rack.toml --devices my-devices"""


@command.command("rackula", short_help="A layout becomes a rack.toml.", epilog=_RACKULA)
@click.argument("file", metavar="FILE")
@click.option(
    "-o", "--output", "rack_file", metavar="FILE", required=True, help="The rack.toml to write."
)
@click.option("--devices", metavar="DIR", help="Write unknown devices here, for --catalog.")
@click.option("--name", metavar="RACK", help="One rack of the layout; all if left out.")
@click.option(
    "--side", metavar="FILE", help="Side file of an export; the one beside FILE if there."
)
@click.option("--overwrite", is_flag=True, help="Also lose what was there before.")
@catalog_option
@json_option
@reports_errors
def rackula(file: str, catalog_dir: str | None, as_json: bool, **options: Any) -> None:
    """The racks of a Rackula layout (.rackula.yaml or .Rackula.zip) as a rack.toml.

    What is a device of our facts by its slug gets a mount of ours, the rest is a [[pack.thing]].
    """
    from catalog.load import load_catalog  # noqa: PLC0415 - heavy
    from neighbours.bring import Asked, rackula_rack, with_manifest  # noqa: PLC0415 - heavy
    from rack.folder import may_replace, real, replace_folder  # noqa: PLC0415 - heavy

    side = Path(options["side"]) if options["side"] else None
    asked = Asked(options["name"], side, bool(options["devices"]))
    folder = real(Path(options["devices"])) if options["devices"] else None
    if folder is not None:
        may_replace(folder, overwrite=options["overwrite"])
    made = rackula_rack(Path(file), asked, load_catalog(catalog_dir))
    record: dict[str, Any] = {}
    lines: list[str] = []
    write_rack(made, options, record, lines)
    facts = {name: data for name, data in made.files.items() if name != "rack.toml"}
    if folder is not None and facts:
        replace_folder(folder, with_manifest(facts))
        lines[-1] += f" --catalog {options['devices']}"
    record["devices"] = options["devices"] if facts else None
    give(record, "\n".join(lines), as_json)


def _devices(
    source: Path, options: dict[str, Any], record: dict[str, Any], lines: list[str]
) -> None:
    from neighbours.bring import netbox_devices  # noqa: PLC0415 - heavy
    from rack.folder import may_replace, real, replace_folder  # noqa: PLC0415 - heavy

    folder = real(Path(options["output"]))
    may_replace(folder, overwrite=options["overwrite"])
    sizes = Path(options["sizes"]) if options["sizes"] else None
    made = netbox_devices(source, sizes)
    replace_folder(folder, made.files)
    for warning in made.warnings:
        say(f"warning: {warning}")
    record |= {"folder": options["output"], **made.as_dict()}
    many = f"{len(made.racked)} with ears, {len(made.boxes)} for a mount, {len(made.kept)} kept"
    lines.append(f"wrote {options['output']}: {many}")
    lines.append(f"next: rackpress catalog list racked --catalog {options['output']}")


def write_rack(
    made: Any, options: dict[str, Any], record: dict[str, Any], lines: list[str]
) -> None:
    """Write a rack.toml and say what there is to say.

    Raises:
        InputError: it is there already and differs, or cannot be written.
    """
    file = Path(options["rack_file"])
    files = {file.name: made.files["rack.toml"]}
    write_files(file.parent, files, "the rack.toml", overwrite=options["overwrite"])
    for warning in made.warnings:
        say(f"warning: {warning}")
    record |= {"rack": options["rack_file"], "rack_warnings": list(made.warnings)}
    lines += [f"wrote {file}", f"next: rackpress check {file}"]


def write_files(folder: Path, files: Mapping[str, bytes], option: str, *, overwrite: bool) -> None:
    """Write files whole, all or none, never over others unasked.

    Args:
        folder: where.
        files: content by name.
        option: named in an error.
        overwrite: replace what is there.

    Raises:
        InputError: something else is there already, or it cannot be written.
    """
    from catalog.files import write_all  # noqa: PLC0415 - only when there is something

    for name, data in files.items():
        path = folder / name
        try:
            there = path.read_bytes() if path.exists() else data
        except OSError as error:
            raise wrong(option, f"{path} cannot be read: {error.strerror or error}") from None
        if there != data and not overwrite:
            near = "choose another name, or lose it with --overwrite"
            raise wrong(option, f"{path} is there already", nearest=near)
    write_all(folder, files, option)
