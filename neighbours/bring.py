"""What `rackpress import` and `rackpress export` do, from files to files."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from catalog.load import ENV, Catalog
from catalog.problems import InputError, Problem
from catalog.validate import read_text
from neighbours.elevated import elevation_of
from neighbours.elevation import Elevation
from neighbours.netbox_export import netbox_files, not_held
from neighbours.netbox_import import KEPT, Imported, as_catalogue, read_types
from neighbours.netbox_racks import read_elevation
from neighbours.rack_toml import rack_toml
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
    given = _toml(found.made, folder / "devices.yaml", side, catalog, "NetBox")
    return Made(given.files, (*found.warnings, *given.warnings))


def _there(path: Path) -> Path | None:
    return path if path.is_file() else None


def _toml(made: Elevation, source: Path, side: Path | None, catalog: Catalog, program: str) -> Made:
    if side is not None:
        text, said = given_back(read_side(side), made, catalog, str(side))
    else:
        text, said = rack_toml(made, catalog, str(source), program)
    return Made({"rack.toml": text.encode()}, tuple(said))


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
    files = netbox_files(made, kept_types(catalog))
    files[SIDE] = side_text(made, read_text(file, str(file))).encode()
    warnings = (*left_out(plan.spec.model_fields_set, plan.beside, "NetBox", SIDE), *not_held(made))
    return Made(with_manifest(files), warnings)


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
