"""Looks through a user's own folder of facts and says everything that is wrong in it."""

from catalog.check import check_catalog
from catalog.load import Catalog
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
    if not _exists(own):
        hint = "name a folder laid out like catalog/data, or one device's file"
        raise InputError(Problem(own.label, "no such folder", nearest=hint))
    problems = [*_strangers(own), *check_catalog(catalog, own_only=True)]
    if problems:
        raise InputError(*problems)


def _exists(own: Layer) -> bool:
    try:
        if own.root.is_dir():
            next(own.root.iterdir(), None)  # a folder that may not be read says so here
        return own.root.exists()
    except OSError as error:
        reason = error.strerror or str(error)
        raise InputError(Problem(own.label, f"cannot be read: {reason}")) from None


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
