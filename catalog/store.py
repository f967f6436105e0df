"""Reads records from folders of TOML files, each file when it is first asked for.

A layer is a folder laid out like `catalog/data`; a later layer replaces or adds entries by id.
"""

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from catalog.devices import Blade, Board, Box, Device
from catalog.problems import InputError, Problem, did_you_mean
from catalog.toml_lines import key_lines, line_of
from catalog.validate import parse, read_versioned
from catalog.versions import FACTS

FOLDERS: dict[str, type[Board] | type[Box] | type[Blade]] = {
    "boards": Board,
    "boxes": Box,
    "blades": Blade,
}
KINDS = {"board": Board, "box": Box, "blade": Blade}
# file: key of its array of tables
TABLE_FILES = {
    "connectors.toml": "connector",
    "drives.toml": "drive",
    "efficiencies.toml": "efficiency",
    "fans.toml": "fan",
    "form-factors.toml": "form_factor",
    "hats.toml": "hat",
    "inserts.toml": "insert",
    "materials.toml": "material",
    "plugs.toml": "plug",
    "poe.toml": "poe",
    "prices.toml": "price",
    "printers.toml": "printer",
    "psus.toml": "psu",
    "racked.toml": "racked",
    "racks.toml": "rack",
    "screws.toml": "screw",
    "sources.toml": "source",
    "standards.toml": "standard",
    "upses.toml": "ups",
}


@dataclass(frozen=True)
class Layer:
    """A folder of facts, or a single device file.

    Args:
        root: the folder or file.
        label: how to name it in an error.
        own: it is the user's, not ours.
    """

    root: Path
    label: str
    own: bool = False

    def place(self, path: Path) -> str:
        """Name a file of this layer."""
        if path == self.root:
            return self.label
        return f"{self.label.rstrip('/')}/{path.relative_to(self.root).as_posix()}"


@dataclass(frozen=True)
class DeviceFile:
    """A file that holds one device; `model` is `None` where only its `kind` tells."""

    path: Path
    where: str
    model: type[Device] | None
    own: bool


@dataclass
class DeviceStore:
    """All devices of all layers. The file's name is the id, so one device reads one file."""

    layers: tuple[Layer, ...]
    loaded: dict[str, Device] = field(default_factory=dict[str, Device])

    @cached_property
    def files(self) -> dict[str, DeviceFile]:
        """The file of each id, later layers over earlier ones."""
        found: dict[str, DeviceFile] = {}
        for layer in self.layers:
            found.update(_device_files(layer))
        return dict(sorted(found.items()))

    def by_id(self, name: str) -> Device | None:
        """Return a device by its id, or `None`; reads that one file only."""
        if name not in self.loaded:
            if name not in self.files:
                return None
            self.loaded[name] = _read_device(name, self.files[name])
        return self.loaded[name]

    def by_alias(self, name: str) -> Device | None:
        """Return the device with this alias, or `None`.

        Searches the bare text of each file first: parsing all of them takes ten times as long.
        """
        for identity, file in self.files.items():
            text = file.path.read_bytes() if identity not in self.loaded else None
            if text is not None and name.encode() not in text:
                continue
            device = self.by_id(identity)
            if device is not None and name in device.aliases:
                return device
        return None

    def readable(self) -> list[Device]:
        """Return every device whose file is in order."""
        self._read_all()
        return [self.loaded[name] for name in self.files if name in self.loaded]

    def all(self) -> dict[str, Device]:
        """Return every device by id; reports the problems of all files at once."""
        problems = self._read_all()
        if problems:
            raise InputError(*problems)
        return {name: self.loaded[name] for name in self.files}

    def _read_all(self) -> list[Problem]:
        problems: list[Problem] = []
        for name in self.files:
            try:
                self.by_id(name)
            except InputError as error:
                problems += error.problems
        return problems


def _device_files(layer: Layer) -> dict[str, DeviceFile]:
    if layer.root.is_file():
        file = DeviceFile(layer.root, layer.label, None, layer.own)
        return {layer.root.stem: file}
    found: dict[str, DeviceFile] = {}
    problems: list[Problem] = []
    places: list[tuple[Path, type[Device] | None]] = [
        *((layer.root / name, model) for name, model in FOLDERS.items()),
        *([(layer.root, None)] if layer.own else []),
    ]
    for folder, model in places:
        for path in sorted(folder.glob("*.toml")) if folder.is_dir() else ():
            if model is None and path.name in TABLE_FILES:
                continue
            if path.stem in found:
                what = f"a second device {path.stem!r}, also in {found[path.stem].where}"
                problems.append(Problem(layer.place(path), what, nearest="rename one of them"))
            found[path.stem] = DeviceFile(path, layer.place(path), model, layer.own)
    if problems:
        raise InputError(*problems)
    return found


def read_facts(path: Path, where: str) -> tuple[dict[str, Any], str]:
    """Read a file of facts without its `version`.

    Args:
        path: the file.
        where: how to name it in an error.

    Raises:
        InputError: not readable, or of a newer version.
    """
    data, text = read_versioned(path, where, FACTS)
    return {key: value for key, value in data.items() if key != "version"}, text


def _read_device(name: str, file: DeviceFile) -> Device:
    data, text = read_facts(file.path, file.where)
    model = file.model or _model_of(data, file.where, text)
    kind: Any = data.get("kind")
    known = isinstance(kind, str) and kind in KINDS
    if file.model is not None and known and KINDS[kind] is not file.model:
        folder = next(name for name, model in FOLDERS.items() if model is KINDS[kind])
        line = line_of(key_lines(text), ("kind",))
        what = f"a {kind} does not belong in this folder"
        raise InputError(Problem(file.where, what, "kind", line, "", f"move it to {folder}/"))
    device = parse(model, data, file.where, text)
    if device.id != name:
        line = line_of(key_lines(text), ("id",))
        what = f"{device.id!r} is not the file's name"
        hint = f"write id = {name!r}, or name the file {device.id}.toml".replace("'", '"')
        raise InputError(Problem(file.where, what, "id", line, name, hint))
    return device


def _model_of(data: dict[str, Any], where: str, text: str) -> type[Device]:
    kind = data.get("kind")
    if isinstance(kind, str) and kind in KINDS:
        return KINDS[kind]
    likely = next((k for k, key in (("board", "board"), ("box", "case")) if key in data), "board")
    what = "is missing: is this file a device?" if kind is None else f"{kind!r} is not a choice"
    hint = did_you_mean(str(kind), KINDS) if kind is not None else f'write kind = "{likely}"'
    line = line_of(key_lines(text), ("kind",))
    raise InputError(Problem(where, what, "kind", line, ", ".join(KINDS), hint))
