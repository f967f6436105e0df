"""NetBox and Nautobot device types as a folder of our catalogue.

What has ears and takes units becomes an entry of `racked.toml`. What the side file gives a size in
mm becomes a box of its own, for a mount of ours to carry. What takes no unit and has no size is
kept, as every type is, whole in `netbox.json`: that is what the catalogue cannot hold.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from catalog.load import Catalog
from catalog.problems import InputError, Problem
from catalog.versions import FACTS
from neighbours.elevation import Elevation
from neighbours.netbox_types import DeviceType, device_type
from neighbours.power import OUTLETS, Draw, draw_of
from neighbours.rack_toml import item_of
from neighbours.sizes import DeviceSize
from neighbours.toml_text import toml_text
from neighbours.units import distinct, slug
from neighbours.yaml_text import read_yaml

VERSION = FACTS.newest
KEPT = "netbox.json"
ENDINGS = (".yaml", ".yml")
MOST_FILES = 50_000
TALLEST_U = 60.0  # of our catalogue, as of EIA-310 a cabinet has 48
_HEAD = """\
# Devices with ears of their own, from NetBox device types, which say no width and no depth in mm.
# `rackpress import netbox` wrote this; what it could not hold is in netbox.json.
"""
_NO_SOCKET = {"", "virtual", "bridge", "lag", "other"}
_LAYOUT_HEAD = "# Devices with ears of their own, from a layout, by rackpress import.\n"
_BOX_HEAD = "# From a NetBox device type; its size from the side file. netbox.json has the rest.\n"


@dataclass(frozen=True)
class Read:
    """A device type with the file it came from, its whole content, and its id here."""

    id: str
    file: str
    type: DeviceType
    data: dict[str, Any]


@dataclass
class Imported:
    """What an import makes: files by name, and what is to be said of them.

    Args:
        files: of the folder.
        racked: ids of what has ears.
        boxes: ids of what a mount carries.
        kept: ids of what neither holds.
        places: how many ports and bays of each kind are kept beside.
        warnings: what was taken for granted, in words.
    """

    files: dict[str, bytes] = field(default_factory=dict[str, bytes])
    racked: list[str] = field(default_factory=list[str])
    boxes: list[str] = field(default_factory=list[str])
    kept: list[str] = field(default_factory=list[str])
    places: Counter[str] = field(default_factory=Counter[str])
    warnings: list[str] = field(default_factory=list[str])

    def as_dict(self) -> dict[str, Any]:
        """Return what is to be said, as plain data."""
        return {
            "racked": self.racked,
            "boxes": self.boxes,
            "kept": self.kept,
            "places": dict(sorted(self.places.items())),
            "warnings": self.warnings,
        }


def read_types(source: Path) -> list[Read]:
    """Read one device type, or all of a folder, in the order of maker and model.

    Args:
        source: a file, or a folder; of one with `device-types` inside, that alone.

    Raises:
        InputError: everything that is wrong in every file.
    """
    found: list[tuple[str, DeviceType, dict[str, Any]]] = []
    problems: list[Problem] = []
    for path, label in _files(source):
        try:
            data, text = read_yaml(path)
            found.append((label, device_type(data, str(path), text), data))
        except InputError as error:
            problems += error.problems
    if problems:
        raise InputError(*problems)
    found.sort(key=lambda one: (one[1].manufacturer, one[1].model, one[0]))
    taken: set[str] = set()
    return [Read(distinct(t.own_id, taken), label, t, data) for label, t, data in found]


def _files(source: Path) -> list[tuple[Path, str]]:
    """Return the files to read, each with its name seen from the source."""
    try:
        if not source.is_dir():
            return [(source, source.name)]
        inside = source / "device-types"
        root = inside if inside.is_dir() else source
        paths = [p for p in root.rglob("*") if p.suffix in ENDINGS and p.is_file()]
    except OSError as error:
        what = f"cannot be read: {error.strerror or error}"
        raise InputError(Problem(str(source), what)) from None
    if not paths:
        what, near = "holds no device type", "name a folder with .yaml files, or one such file"
        raise InputError(Problem(str(source), what, nearest=near))
    if len(paths) > MOST_FILES:
        what = f"holds {len(paths)} files"
        raise InputError(Problem(str(source), what, allowed=f"up to {MOST_FILES}"))
    return sorted((path, path.relative_to(root).as_posix()) for path in paths)


def as_catalogue(types: Sequence[Read], sizes: Mapping[str, DeviceSize]) -> Imported:
    """Return device types as the files of a catalogue folder.

    Args:
        types: what was read.
        sizes: of the side file, by id.
    """
    made = Imported()
    rows: list[dict[str, Any]] = []
    words: Counter[str] = Counter()
    for one in types:
        size, draw = sizes.get(one.id), draw_of(one.type)
        made.places.update(one.type.places)
        words.update([draw.words] if draw.words else [])
        if size is not None and size.width_mm is not None:
            made.boxes.append(one.id)
            text = toml_text(_box(one, size, draw), _BOX_HEAD)
            made.files[f"boxes/{one.id}.toml"] = text.encode()
        elif 0 < one.type.u_height <= TALLEST_U:
            made.racked.append(one.id)
            rows.append(_row(one, size, draw))
        else:
            made.kept.append(one.id)
    if rows:
        text = toml_text({"version": VERSION, "racked": rows}, _HEAD)
        made.files["racked.toml"] = text.encode()
    made.files[KEPT] = kept_text(types).encode()
    made.warnings = list(_warnings(made, words))
    return made


def racked_files(made: Elevation, catalog: Catalog) -> tuple[dict[str, bytes], frozenset[str]]:
    """Return what is in a rack and not in the catalogue as a table of it, and the slugs.

    Args:
        made: who stands where.
        catalog: facts.
    """
    new = [
        kind
        for kind in made.kinds
        if not item_of(kind, catalog) and (kind.device or slug(kind.slug)) not in catalog.racked
    ]
    rows = [
        {
            "id": slug(kind.slug),
            "name": kind.model,
            "manufacturer": kind.maker,
            "part_number": kind.part_number or None,
            "height_u": _whole(kind.height_u),
            "full_depth": kind.full_depth,
            "airflow": kind.airflow,
            "weight_g": _whole(kind.weight_g),
            "typical_w": _whole(kind.typical_w),
            "max_w": _whole(kind.max_w),
            "sources": ["OWN"],
            "confidence": "low",
            "note": "from a layout",
        }
        for kind in new
    ]
    text = toml_text({"version": VERSION, "racked": rows}, _LAYOUT_HEAD) if rows else ""
    files = {"racked.toml": text.encode()} if rows else {}
    return files, frozenset(kind.slug for kind in new)


def kept_text(types: Sequence[Read]) -> str:
    """Return every type whole, as JSON."""
    kept = {one.id: {"file": one.file, "type": one.data} for one in types}
    record = {"version": VERSION, "types": dict(sorted(kept.items()))}
    return json.dumps(record, ensure_ascii=False, sort_keys=False) + "\n"


def _row(one: Read, size: DeviceSize | None, draw: Draw) -> dict[str, Any]:
    found = one.type
    return {
        "id": one.id,
        "name": found.model,
        "manufacturer": found.manufacturer,
        "part_number": found.part_number or None,
        "height_u": _whole(found.u_height),
        "full_depth": found.is_full_depth,
        "depth_mm": size.depth_mm if size else None,
        "airflow": found.airflow,
        "weight_g": _whole(found.weight_g),
        "typical_w": _whole(draw.typical_w),
        "max_w": _whole(draw.max_w),
        "sources": ["NBX", "OWN"] if size else ["NBX"],
        "confidence": "medium",
        "note": draw.words or None,
    }


def _box(one: Read, size: DeviceSize, draw: Draw) -> dict[str, Any]:
    found = one.type
    case = {
        "width_mm": size.width_mm,
        "depth_mm": size.depth_mm,
        "height_mm": size.height_mm,
    }
    power = {
        "typical_w": _whole(draw.typical_w),
        "max_w": _whole(draw.max_w),
        "note": draw.words or None,
    }
    drawn = draw.max_w is not None or draw.typical_w is not None
    ports = network_ports(found) if size.category in ("switch", "router") else 0
    return {
        "version": VERSION,
        "id": one.id,
        "kind": "box",
        "name": found.model,
        "manufacturer": found.manufacturer,
        "category": size.category,
        "weight_g": _whole(found.weight_g),
        "network_ports": ports or None,
        "case": case,
        "power": power if drawn else None,
        "sources": {
            "case": ["OWN"],
            "power": ["NBX"] if drawn else None,
            "weight": ["NBX"] if found.weight_g else None,
            "network": ["NBX"] if ports else None,
        },
        "confidence": {
            "case": "medium",
            "power": "medium" if drawn else None,
            "weight": "medium" if found.weight_g else None,
        },
    }


def network_ports(one: DeviceType) -> int:
    """Return how many interfaces a network cable or an SFP module goes into, as far as 256."""
    kinds = [port.type for port in one.interfaces]
    return min(256, sum(kind not in _NO_SOCKET and not kind.startswith("ieee") for kind in kinds))


def _whole(value: float | None) -> float | None:
    """Return 24 for 24.0: as people write it."""
    return int(value) if value is not None and value == int(value) else value


def _warnings(made: Imported, words: Counter[str]) -> Iterator[str]:
    """Say what was taken for granted and what the catalogue does not hold, most frequent first."""
    if made.kept:
        shown = ", ".join(made.kept[:3]) + (" …" if len(made.kept) > 3 else "")
        yield (
            f"{_many(len(made.kept), 'type takes', 'types take')} no unit and no size is known: "
            f"kept in {KEPT} alone ({shown})"
        )
    passed = words.pop(OUTLETS, 0)
    if passed:
        yield (
            f"{_many(passed, 'type gives', 'types give')} power on to outlets: its own draw is "
            "not known and left out"
        )
    if words:
        many = _many(words.total(), "type has", "types have")
        yield (
            f"{many} several supplies: their draws are not added up, of one kind half carry the "
            "load; the note of each says how"
        )
    if made.places:
        told = ", ".join(f"{count} {name}" for name, count in sorted(made.places.items()))
        yield f"the catalogue has no place for {told}: kept in {KEPT}"


def _many(count: int, one: str, more: str) -> str:
    return f"1 {one}" if count == 1 else f"{count} {more}"
