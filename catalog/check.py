"""Does the whole catalogue make sense? Each entry alone, and what entries name of each other."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from catalog.base import Fact, Sourced
from catalog.bounded import FACTS_MARKS
from catalog.check_devices import Finding, check_device
from catalog.check_tables import check_row
from catalog.devices import Board, Device
from catalog.explain import dotted
from catalog.load import Catalog
from catalog.lookup import Table
from catalog.problems import InputError, Problem, did_you_mean
from catalog.tables import Rack, Ups
from catalog.toml_lines import TomlPath, key_lines, line_of
from catalog.validate import read_toml

PITCH_MM = 0.5  # a rack's own figures may differ from its standard's by this much
OPENING_MM = 1.0
OUTLINE_MM = 1.0


def check_catalog(catalog: Catalog, own_only: bool = False) -> list[Problem]:
    """Return everything that makes no sense, in the order of files and lines.

    Args:
        catalog: what to check.
        own_only: look at the user's entries only.

    """
    problems: list[Problem] = []
    lines = _Lines()
    try:
        files = catalog.store.files
    except InputError as error:  # two files of one device: nothing to be said of either
        files, problems = {}, list(error.problems)
    for name, file in files.items():
        if file.own or not own_only:
            try:
                device = catalog.store.by_id(name)
            except InputError as error:
                problems += error.problems
                continue
            if device is not None:
                found = [*check_device(device), *_named(_device_names, device, catalog)]
                problems += lines.locate(found, file.path, file.where)
    for table in tables().values():
        try:
            rows = _rows(catalog, table, own_only)
        except InputError as error:
            problems += error.problems
            continue
        for row, path, where, at in rows:
            found = [*check_row(row), *_named(_row_names, row, catalog)]
            problems += lines.locate(found, path, where, at)
    return sorted(problems, key=lambda p: (p.where, p.line or 0, p.key))


def tables() -> Mapping[str, Table[Any]]:
    """Return every table of the catalogue by its attribute's name."""
    return {name: item for name, item in vars(Catalog).items() if isinstance(item, Table)}


def _rows(
    catalog: Catalog, table: Table[Any], own_only: bool
) -> list[tuple[Any, Path, str, TomlPath]]:
    """Return a table's entries, each with its file, the file's name, and its place in it."""
    if own_only and not any(x.own and (x.root / table.file).exists() for x in catalog.layers):
        return []
    store = table.store(catalog)
    rows: list[tuple[Any, Path, str, TomlPath]] = []
    for name, row in store.sorted.items():
        origin = store.origins[name]
        if origin.layer.own or not own_only:
            path = origin.layer.root / table.file
            rows.append((row, path, origin.layer.place(path), origin.at))
    return rows


def _named(
    find: Callable[[Any, Catalog], Iterable[Finding]], record: Fact, catalog: Catalog
) -> list[Finding]:
    """Look up what a record names; nothing if the table it names is itself in disorder."""
    try:
        return list(find(record, catalog))
    except InputError:
        return []  # that table's own problems are reported where it is read


@dataclass
class _Lines:
    """Finds the lines of findings; reads a file again only if something is wrong in it."""

    known: dict[Path, dict[TomlPath, int]] = field(default_factory=dict[Path, dict[TomlPath, int]])

    def locate(
        self, found: list[Finding], path: Path, where: str, at: TomlPath = ()
    ) -> Iterator[Problem]:
        for finding in found:
            if path not in self.known:
                self.known[path] = key_lines(read_toml(path, where, FACTS_MARKS)[1])
            full = at + finding.at
            line = line_of(self.known[path], full)
            yield Problem(where, finding.what, dotted(full), line, finding.allowed, finding.nearest)


def _device_names(device: Device, catalog: Catalog) -> Iterator[Finding]:
    for topic, names in device.sources.items():
        yield from _unknown_sources(names, catalog, ("sources", topic))
    yield from _unknown_sources(device.thermal.sources, catalog, ("thermal", "sources"))
    if device.aliases:
        yield from _aliases(device, catalog)
    if not isinstance(device, Board):
        return
    threads = [screw.thread for screw in catalog.screws.values()]
    if device.hole_screw is not None and device.hole_screw not in threads:
        what = f"unknown thread {device.hole_screw!r}"
        hint = did_you_mean(device.hole_screw, threads)
        yield Finding("screw", ("hole_screw",), what, "", hint)
    if device.form_factor is not None:
        yield from _form_factor(device, device.form_factor, catalog)


def _form_factor(board: Board, name: str, catalog: Catalog) -> Iterator[Finding]:
    form = catalog.form_factors.get(name)
    if form is None:
        hint = did_you_mean(name, catalog.form_factors)
        yield Finding("form", ("form_factor",), f"unknown form factor {name!r}", "", hint)
        return
    for axis, given, expected in (
        ("x_mm", board.board.x_mm, form.x_mm),
        ("y_mm", board.board.y_mm, form.y_mm),
    ):
        if abs(given - expected) > OUTLINE_MM:
            what = f"{given:g} mm is not the size of a {name}"
            yield Finding("form", ("board", axis), what, f"{expected:g} mm, within {OUTLINE_MM:g}")


def _aliases(device: Device, catalog: Catalog) -> Iterator[Finding]:
    taken = Counter(catalog.store.files)
    for other in catalog.store.readable():
        taken.update(other.aliases)
    for index, alias in enumerate(device.aliases):
        if taken[alias] > 1:
            what = f"{alias!r} also names another device"
            yield Finding("alias", ("aliases", index), what, "", "remove it here or there")


def _row_names(row: Any, catalog: Catalog) -> Iterator[Finding]:
    if isinstance(row, Sourced):
        yield from _unknown_sources(row.sources, catalog, ("sources",))
    if isinstance(row, Rack) and row.standard is not None:
        yield from _rack_standard(row, row.standard, catalog)
    if isinstance(row, Ups) and row.device is not None and row.device not in catalog.store.files:
        hint = did_you_mean(row.device, catalog.store.files)
        yield Finding("device", ("device",), f"unknown device {row.device!r}", "", hint)


def _rack_standard(rack: Rack, name: str, catalog: Catalog) -> Iterator[Finding]:
    standard = catalog.standards.get(name)
    if standard is None:
        hint = did_you_mean(name, catalog.standards)
        yield Finding("standard", ("standard",), f"unknown rack standard {name!r}", "", hint)
        return
    for key, margin in (("hole_pitch_mm", PITCH_MM), ("opening_mm", OPENING_MM)):
        given, expected = getattr(rack, key), getattr(standard, key)
        if given is not None and abs(given - expected) > margin:
            what = f"{given:g} mm is not that of {name}"
            yield Finding("standard", (key,), what, f"{expected:g} mm, within {margin:g}")


def _unknown_sources(names: Iterable[str], catalog: Catalog, at: TomlPath) -> Iterator[Finding]:
    for index, name in enumerate(names):
        if name not in catalog.sources:
            hint = did_you_mean(name, catalog.sources)
            hint += " OWN is for what you measured yourself"
            yield Finding("sources", (*at, index), f"unknown source {name!r}", "", hint)


def must_make_sense(catalog: Catalog, own_only: bool = False) -> None:
    """Raise everything `check_catalog` finds.

    Args:
        catalog: what to check.
        own_only: look at the user's entries only.

    Raises:
        InputError: something makes no sense.
    """
    problems = check_catalog(catalog, own_only)
    if problems:
        raise InputError(*problems)
