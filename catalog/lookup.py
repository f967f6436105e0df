"""Typed access to the table files: a mapping and a lookup for each kind of entry."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Generic, TypeVar, cast, overload

from catalog.base import Fact
from catalog.problems import InputError, Problem, did_you_mean
from catalog.store import TABLE_FILES, Layer
from catalog.table_store import TableStore

HERE = "catalog"  # the place named in an error when the caller names none

Record = TypeVar("Record", bound=Fact)


@dataclass(frozen=True)
class Shelves:
    """The table files of all layers, each read when first asked for."""

    layers: tuple[Layer, ...]

    @cached_property
    def stores(self) -> dict[str, TableStore[Any]]:
        """What has been opened so far, by key of the array of tables."""
        return {}


class Table(Generic[Record]):
    """A class attribute that reads one table file and yields its entries, sorted by id."""

    def __init__(self, file: str, model: type[Record], key: str = "") -> None:
        self.file = file
        self.model = model
        self.key = key or TABLE_FILES[file]

    @overload
    def __get__(self, shelves: None, owner: type[Shelves]) -> "Table[Record]": ...
    @overload
    def __get__(self, shelves: Shelves, owner: type[Shelves]) -> Mapping[str, Record]: ...
    def __get__(
        self, shelves: Shelves | None, owner: type[Shelves]
    ) -> "Table[Record] | Mapping[str, Record]":
        return self if shelves is None else self.store(shelves).sorted

    def store(self, shelves: Shelves) -> TableStore[Record]:
        """Return the open table of one catalogue."""
        if self.key not in shelves.stores:
            store = TableStore(shelves.layers, self.file, self.model, self.key)
            shelves.stores[self.key] = store
        return cast("TableStore[Record]", shelves.stores[self.key])


class Lookup(Generic[Record]):
    """A class attribute that finds one entry of a table.

    Args:
        table: where to look.
        also: a field that may be named instead of the id; the first entry that has it wins.
    """

    def __init__(self, table: Table[Record], also: str = "") -> None:
        self.table = table
        self.also = also

    def __get__(self, shelves: Shelves, owner: type[Shelves]) -> "Finder[Record]":
        return Finder(self.table.store(shelves), self.table.key.replace("_", " "), self.also)


@dataclass(frozen=True)
class Finder(Generic[Record]):
    """A lookup in an open table."""

    store: TableStore[Record]
    noun: str
    also: str

    def __call__(self, name: str, *, where: str = HERE, key: str = "") -> Record:
        """Return the entry of this name.

        Args:
            name: its id, or its thread or name where that is usual.
            where: file or option named in an error.
            key: dotted path named in an error.

        Raises:
            InputError: there is no such entry.
        """
        entries = self.store.ordered
        if name in entries:
            return entries[name]
        for record in entries.values():
            if self.also and _plain(getattr(record, self.also)) == _plain(name):
                return record
        known = {str(getattr(r, self.also)) for r in entries.values()} if self.also else entries
        raise unknown(self.noun, name, known, (where, key))


def _plain(text: str) -> str:
    return text.casefold().strip()


def unknown(noun: str, name: str, known: Iterable[str], place: tuple[str, str]) -> InputError:
    """Return the error for a name that is not in the catalogue.

    Args:
        noun: what was asked for.
        name: what was written.
        known: every name that would be right.
        place: file or option, and dotted path.
    """
    what = f"unknown {noun} {name!r}"
    return InputError(Problem(place[0], what, place[1], nearest=did_you_mean(name, known)))
