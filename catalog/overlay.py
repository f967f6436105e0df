"""Looks through a user's own folder of facts and says everything that is wrong in it."""

from collections.abc import Callable, Mapping
from typing import Any

from catalog.load import Catalog
from catalog.lookup import Table
from catalog.problems import InputError, Problem, did_you_mean
from catalog.store import FOLDERS, TABLE_FILES, Layer


def check_overlay(catalog: Catalog, own: Layer) -> None:
    """Read every file of the user's layer.

    Args:
        catalog: the catalogue with that layer on top.
        own: the user's layer.

    Raises:
        InputError: the folder is missing or unreadable, or anything in it is wrong.
    """
    if not own.root.exists():
        hint = "name a folder laid out like catalog/data, or one device's file"
        raise InputError(Problem(own.label, "no such folder", nearest=hint))
    problems = _strangers(own)
    try:
        files = catalog.store.files
    except InputError as error:
        raise InputError(*problems, *error.problems) from None
    for name, file in files.items():
        if file.own:
            problems += _problems_of(lambda name=name: catalog.store.by_id(name))
    for table in tables().values():
        if own.root.is_dir() and (own.root / table.file).exists():
            problems += _problems_of(lambda table=table: table.store(catalog).sorted)
    if problems:
        raise InputError(*problems)


def tables() -> Mapping[str, Table[Any]]:
    """Return every table of the catalogue by its attribute's name."""
    return {name: item for name, item in vars(Catalog).items() if isinstance(item, Table)}


def _problems_of(read: Callable[[], object]) -> list[Problem]:
    try:
        read()
    except InputError as error:
        return list(error.problems)
    return []


def _strangers(own: Layer) -> list[Problem]:
    """Name the folders and files that would silently be left out."""
    if not own.root.is_dir():
        return []
    problems: list[Problem] = []
    for path in sorted(own.root.iterdir()):
        if path.name.startswith("."):
            continue
        if path.is_dir() and path.name not in FOLDERS:
            what, hint = "a folder of no known kind", did_you_mean(path.name, FOLDERS)
            problems.append(
                Problem(own.place(path), what, allowed=", ".join(FOLDERS), nearest=hint)
            )
        elif path.suffix.lower() == ".toml" and path.suffix != ".toml":
            hint = f"name it {path.stem}.toml"
            problems.append(Problem(own.place(path), "the ending is not .toml", nearest=hint))
        elif path.suffix == ".toml" and f"{path.stem}s.toml" in TABLE_FILES:
            hint = f"name it {path.stem}s.toml"
            problems.append(Problem(own.place(path), "no such table", nearest=hint))
    return problems
