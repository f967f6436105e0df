"""Many sites, each a file of its own: a rack or a fleet, told apart by what the file holds."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from catalog.load import Catalog
from catalog.problems import InputError, Problem
from catalog.validate import read_toml
from packing.fleet.question import Fleet
from rack.fleet import FleetSpec, read_fleet
from rack.pack import Case, Wanted, read_case


@dataclass(frozen=True)
class FleetCase:
    """A fleet's file as a question."""

    spec: FleetSpec
    asked: Fleet


Site = Case | FleetCase


def files_of(names: Sequence[str]) -> list[Path]:
    """Return the files that are named, and those of the folders named, each once.

    Args:
        names: files, and folders that hold files named *.toml.

    Raises:
        InputError: a folder without any.
    """
    found: list[Path] = []
    problems: list[Problem] = []
    for path in map(Path, names):
        inside = sorted(path.glob("*.toml")) if path.is_dir() else [path]
        found += inside
        if not inside:
            near = f"the files of racks and fleets: {path}/*.toml"
            problems.append(Problem(str(path), "holds no file named *.toml", nearest=near))
    if problems:
        raise InputError(*problems)
    return list(dict.fromkeys(found))


def read_site(path: Path, catalog: Catalog, wanted: Wanted) -> Site:
    """Read a file of a rack or of a fleet; only a fleet's has nodes.

    Raises:
        InputError: everything that is wrong, each with file, line, key and nearest fix.
    """
    data, _ = read_toml(path, str(path))
    if "node" in data and "rack" not in data:
        return FleetCase(*read_fleet(path))
    return read_case(path, catalog, wanted)
