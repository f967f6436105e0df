"""Reads the table files: many entries of one kind in each, the user's laid over ours."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Generic, TypeVar

from catalog.base import Fact
from catalog.problems import InputError, Problem, did_you_mean
from catalog.store import TABLE_FILES, Layer, read_facts
from catalog.toml_lines import TomlPath, key_lines, line_of
from catalog.validate import parse

Record = TypeVar("Record", bound=Fact)
NEIGHBOURS = {"standards.toml": "incomplete"}  # a file that holds a second kind of entry


@dataclass(frozen=True)
class Origin:
    """Where an entry was read: its layer, and its place in the file."""

    layer: Layer
    at: TomlPath


@dataclass
class TableStore(Generic[Record]):
    """The entries of one table file over all layers.

    Args:
        layers: where to look, later ones over earlier ones.
        file: the file's name in each layer.
        model: the entries' record.
        key: the array of tables to read.
    """

    layers: tuple[Layer, ...]
    file: str
    model: type[Record]
    key: str
    origins: dict[str, Origin] = field(default_factory=dict[str, Origin])

    @cached_property
    def ordered(self) -> dict[str, Record]:
        """The entries by id in the order of the files, the user's own first."""
        merged: dict[str, Record] = {}
        problems: list[Problem] = []
        for layer in reversed(self.layers):
            try:
                entries = self._entries(layer)
            except InputError as error:
                problems += error.problems
                continue
            for name, (index, record) in entries.items():
                if name not in merged:
                    merged[name] = record
                    self.origins[name] = Origin(layer, (self.key, index))
        if problems:
            raise InputError(*problems)
        return merged

    @cached_property
    def sorted(self) -> Mapping[str, Record]:
        """The entries by id, sorted by it."""
        return dict(sorted(self.ordered.items()))

    def _entries(self, layer: Layer) -> dict[str, tuple[int, Record]]:
        path = layer.root / self.file
        if layer.root.is_file() or not path.exists():
            return {}
        where = layer.place(path)
        data, text = read_facts(path, where)
        problems = self._strange_keys(data, where, text)
        entries: dict[str, tuple[int, Record]] = {}
        for index, row in self._rows(data, where, text, problems):
            try:
                record = parse(self.model, row, where, text, (self.key, index))
            except InputError as error:
                problems += error.problems
                continue
            name = str(row["id"])  # every table's record has one
            if name in entries:
                at: TomlPath = (self.key, index, "id")
                what, hint = f"a second entry {name!r}", "rename or remove one of them"
                line = line_of(key_lines(text), at)
                problems.append(Problem(where, what, f"{self.key}[{index}].id", line, "", hint))
            entries[name] = (index, record)
        if problems:
            raise InputError(*problems)
        return entries

    def _strange_keys(self, data: dict[str, Any], where: str, text: str) -> list[Problem]:
        known = {TABLE_FILES[self.file], NEIGHBOURS.get(self.file, self.key)}
        strange = [name for name in data if name not in known]
        return [
            Problem(
                where,
                f"unknown key {name!r}",
                name,
                line_of(key_lines(text), (name,)),
                nearest=did_you_mean(name, known),
            )
            for name in strange
        ]

    def _rows(
        self, data: dict[str, Any], where: str, text: str, problems: list[Problem]
    ) -> list[tuple[int, dict[str, Any]]]:
        """Return the rows by index; what is no row is added to `problems`."""
        entries: Any = data.get(self.key, [])
        if isinstance(entries, list) and all(isinstance(row, dict) for row in entries):
            return list(enumerate(entries))
        line = line_of(key_lines(text), (self.key,))
        hint = f"write [[{self.key}]] above each entry"
        problems.append(Problem(where, "is not a list of tables", self.key, line, "", hint))
        return []
