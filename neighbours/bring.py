"""What `rackpress import` and `rackpress export` do, from files to files."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple

from catalog.load import ENV, Catalog
from catalog.problems import InputError, Problem
from catalog.validate import read_text
from neighbours.elevated import elevation_of
from neighbours.elevation import Elevation, apart
from neighbours.netbox_export import netbox_files, not_held
from neighbours.netbox_import import KEPT, Imported, as_catalogue, racked_files, read_types
from neighbours.netbox_racks import read_elevation
from neighbours.rack_toml import rack_toml
from neighbours.rackula_export import not_held as not_held_by_rackula
from neighbours.rackula_export import rackula_text
from neighbours.rackula_import import read_rackula
from neighbours.side import given_back, read_side, side_text
from neighbours.sizes import read_sizes
from rack.folder import MANIFEST, digests
from rack.read import plan_file

SIDE = "rackpress.json"  # beside what was exported


@dataclass(frozen=True)
class Made:
    """Files to write, and what there is to say of them."""

    files: dict[str, bytes]
    warnings: tuple[str, ...]


def netbox_devices(source: Path, sizes: Path | None) -> Imported:
    """Return NetBox device types as the files of a catalogue folder, with its manifest.

    Args:
        source: a file or a folder.
        sizes: the side file of sizes in mm.

    Raises:
        InputError: everything that is wrong with any of the files.
    """
    types = read_types(source)
    known = read_sizes(sizes, {one.id for one in types}) if sizes else {}
    made = as_catalogue(types, known)
    made.files = with_manifest(made.files)
    return made


def with_manifest(files: dict[str, bytes]) -> dict[str, bytes]:
    """Return files with the list of them: a folder that has one may be replaced, if all is ours."""
    record = {"tool": f"rackpress {version('rackpress')}", "files": digests(files)}
    text = json.dumps(record, indent=2, sort_keys=True) + "\n"
    return {**files, MANIFEST: text.encode()}


def netbox_rack(folder: Path, name: str | None, side: Path | None, catalog: Catalog) -> Made:
    """Return a rack of NetBox's as a rack.toml.

    Args:
        folder: with `device-types/`, `racks.yaml` and `devices.yaml`.
        name: of the rack.
        side: the side file; the one in the folder if left out.
        catalog: facts.

    Raises:
        InputError: everything that is wrong with any of the files.
    """
    found = read_elevation(folder, name)
    side = side or _there(folder / SIDE)
    given = _toml(found.made, side, catalog, From("NetBox", folder / "devices.yaml"))
    return Made(given.files, (*found.warnings, *given.warnings))


def _there(path: Path) -> Path | None:
    return path if path.is_file() else None


class From(NamedTuple):
    """Where an elevation comes from: whose, which file, and slugs that a folder of facts holds."""

    program: str
    source: Path
    own: frozenset[str] = frozenset()


def _toml(made: Elevation, side: Path | None, catalog: Catalog, origin: From) -> Made:
    if side is not None:
        text, said = given_back(read_side(side), made, catalog, str(side))
    else:
        text, said = rack_toml(made, catalog, str(origin.source), origin.program, origin.own)
    return Made({"rack.toml": text.encode()}, tuple(said))


def side_of(layout: Path) -> Path:
    """Return the side file of a layout: `home.rackpress.json` beside `home.rackula.yaml`."""
    return layout.with_name(layout.name.split(".")[0] + ".rackpress.json")


def rackula_rack(file: Path, asked: "Asked", catalog: Catalog) -> Made:
    """Return a rack of a layout of Rackula as `rack.toml`.

    With `asked.devices` comes `racked.toml`, of what the catalogue does not know.

    Args:
        file: the layout.
        asked: which rack, with which side file.
        catalog: facts.

    Raises:
        InputError: everything that is wrong with any of the files.
    """
    found = read_rackula(file, asked.name)
    side = asked.side or _there(side_of(file))
    files, own = racked_files(found.made, catalog) if asked.devices else ({}, frozenset[str]())
    given = _toml(found.made, side, catalog, From("Rackula", file, own))
    return Made({**files, **given.files}, (*found.warnings, *given.warnings))


@dataclass(frozen=True)
class Asked:
    """What else is asked of an import: which rack, which side file, devices as facts too."""

    name: str | None = None
    side: Path | None = None
    devices: bool = False


def to_rackula(file: Path, name: str, catalog: Catalog) -> Made:
    """Return a rack.toml as a layout of Rackula, with the side file.

    Args:
        file: the rack.toml.
        name: of the layout's file.
        catalog: facts.

    Raises:
        InputError: the file is wrong.
    """
    plan = plan_file(file, catalog)
    made = elevation_of(plan, catalog)
    there, out = apart(made)
    side = side_of(Path(name)).name
    files = {name: rackula_text(there).encode(), side: _side(there, file)}
    warnings = [*left_out(plan.spec.model_fields_set, plan.beside, "Rackula", side)]
    return Made(files, (*warnings, *_side_by_side(out), *not_held_by_rackula(there)))


def _side(made: Elevation, file: Path) -> bytes:
    return side_text(made, read_text(file, str(file))).encode()


def _side_by_side(out: list[str]) -> list[str]:
    return [f"beside others in the same units, so left out there: {', '.join(out)}"] if out else []


def to_netbox(file: Path, catalog: Catalog) -> Made:
    """Return a rack.toml as NetBox's files, with the side file.

    Args:
        file: the rack.toml.
        catalog: facts; types that an import kept whole go back whole.

    Raises:
        InputError: the file is wrong.
    """
    plan = plan_file(file, catalog)
    made = elevation_of(plan, catalog)
    there, out = apart(made)
    files = netbox_files(there, kept_types(catalog))
    files[SIDE] = _side(there, file)
    warnings = [*left_out(plan.spec.model_fields_set, plan.beside, "NetBox", SIDE)]
    return Made(with_manifest(files), (*warnings, *_side_by_side(out), *not_held(there)))


# Parts of a rack.toml that others have no place for, by the name of the field.
_OURS = {
    "printer": "printer",
    "material": "material",
    "calibration": "calibration",
    "fill": "fill",
    "outside": "what stands outside",
    "power_boards": "power boards",
    "candidates": "candidates",
    "supplies": "supplies",
    "ups": "UPS",
    "energy": "price of energy",
    "room": "room",
    "most_cost": "cost",
    "note": "note",
}


def left_out(given: Iterable[str], beside: Iterable[Any], program: str, side: str) -> Iterable[str]:
    """Say what of a rack.toml a program has no place for."""
    lost = [words for field, words in _OURS.items() if field in set(given)]
    if lost:
        yield f"{program} has no place for: {', '.join(lost)}; {side} keeps them"
    names = [one.label for one in beside]
    if names:
        yield f"beside the rack, so not in it there: {', '.join(names)}; {side} keeps them"


def kept_types(catalog: Catalog) -> dict[str, dict[str, Any]]:
    """Return the device types that imports kept whole, by id.

    Args:
        catalog: its own layers are looked through.

    Raises:
        InputError: such a file is not as it was written.
    """
    found: dict[str, dict[str, Any]] = {}
    for layer in catalog.layers:
        path = layer.root / KEPT
        if not layer.own or not path.is_file():
            continue
        try:
            record: Any = json.loads(path.read_bytes())
            if record["version"] != 1:
                raise ValueError("of another version")
            found |= {str(name): dict(one["type"]) for name, one in record["types"].items()}
        except OSError as error:
            what = f"cannot be read: {error.strerror or error}"
            raise InputError(Problem(str(path), what)) from None
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            near = "import the device types again"
            raise InputError(Problem(str(path), "is not as it was written", nearest=near)) from None
    return found


def own_folder(catalog_dir: str | None) -> str:
    """Return how a command is told the folder of facts in use, for what it says to do next."""
    return f" --catalog {catalog_dir}" if catalog_dir else f" ({ENV} may name it)"
