"""`rackpress catalog`: list, show and check the facts everything else rests on."""

from collections.abc import Mapping
from typing import Any

import click

from catalog.base import Fact
from catalog.check import must_make_sense, tables
from catalog.describe import device_text, row_text
from catalog.devices import Device
from catalog.load import Catalog, load_catalog
from catalog.lookup import unknown
from catalog.problems import did_you_mean
from catalog.summary import columns, summary
from cli.common import catalog_option, give, json_option, reports_errors, say, wrong


@click.group(epilog="Example:\n\n  rackpress catalog show raspberry-pi-5")
def command() -> None:
    """List, show and check devices and other facts."""


@command.command("list", epilog="Example:\n\n  rackpress catalog list switch")
@click.argument("kind", required=False, default="devices")
@catalog_option
@json_option
@reports_errors
def list_command(kind: str, catalog_dir: str | None, as_json: bool) -> None:
    """List the entries of one KIND.

    KIND is a kind of device (boards, boxes, blades), a category of device (switch, nas …) or a
    table (fans, racks …). Without it, all devices.
    """
    catalog = load_catalog(catalog_dir)
    entries = _entries(catalog, kind)
    rows = [summary(entry) for entry in entries.values()]
    head = list(dict.fromkeys(key for row in rows for key in row))
    text = columns(head, [[row.get(key, "") for key in head] for row in rows])
    records = [entry.model_dump(mode="json") for entry in entries.values()]
    give({"kind": kind, "entries": records}, text, as_json)
    if kind == "devices":
        say(f"{len(entries)} devices; other kinds: {', '.join(_table_names())}")


@command.command(
    "show",
    short_help="Show all that is known of one entry.",
    epilog="Example:\n\n  rackpress catalog show raspberry-pi-5",
)
@click.argument("name", metavar="ID")
@catalog_option
@json_option
@reports_errors
def show_command(name: str, catalog_dir: str | None, as_json: bool) -> None:
    """Show all that is known of one device, fan, rack … by its ID or alias."""
    catalog = load_catalog(catalog_dir)
    found = _named(catalog, name)
    texts = [
        device_text(entry, catalog) if isinstance(entry, Device) else row_text(kind, entry, catalog)
        for kind, entry, _ in found
    ]
    records = [{"what": k, "file": f, **e.model_dump(mode="json")} for k, e, f in found]
    give({"found": records}, "\n\n".join(texts), as_json)
    for _, entry, file in found:
        say(f"{getattr(entry, 'id', name)} is in {file}")


@command.command("check", epilog="Example:\n\n  rackpress catalog check --catalog my-devices")
@catalog_option
@json_option
@reports_errors
def check_command(catalog_dir: str | None, as_json: bool) -> None:
    """Check that every entry is whole and makes sense. Wrong entries exit with 2."""
    catalog = load_catalog(catalog_dir)
    must_make_sense(catalog)
    counts = {"devices": len(catalog.devices)}
    counts |= {name: len(getattr(catalog, name)) for name in sorted(tables())}
    text = f"{sum(counts.values())} entries checked, nothing wrong: "
    text += ", ".join(f"{count} {name.replace('_', ' ')}" for name, count in counts.items())
    give({"problems": [], "entries": counts}, text, as_json)


def _table_names() -> list[str]:
    return ["boards", "boxes", "blades", *sorted(tables())]


def _entries(catalog: Catalog, kind: str) -> Mapping[str, Any]:
    wanted = kind.replace("-", "_").casefold()
    names = ["devices", *_table_names()]
    for name in names:
        if wanted in (name, name.removesuffix("s"), name.removesuffix("es")):
            return getattr(catalog, name)
    chosen = {i: device for i, device in catalog.devices.items() if device.category == wanted}
    if chosen:
        return chosen
    known = {*names, *(device.category for device in catalog.devices.values())}
    what, hint = f"unknown kind {kind!r}", did_you_mean(wanted, known)
    raise wrong("KIND", what, nearest=hint)


def _named(catalog: Catalog, name: str) -> list[tuple[str, Fact, str]]:
    """Return everything of this id or alias, with what it is and the file that says so."""
    found: list[tuple[str, Fact, str]] = []
    device = catalog.store.by_id(name) or catalog.store.by_alias(name)
    if device is not None:
        found.append((device.kind, device, catalog.store.files[device.id].where))
    known: set[str] = set()
    for table in tables().values():
        store = table.store(catalog)
        known |= set(store.sorted)
        if name in store.sorted:
            layer = store.origins[name].layer
            file = layer.place(layer.root / table.file)
            found.append((table.key.replace("_", " "), store.sorted[name], file))
    if not found:
        known |= {*catalog.devices, *(a for d in catalog.devices.values() for a in d.aliases)}
        raise unknown("entry", name, known, ("ID", ""))
    return found
