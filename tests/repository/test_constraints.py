"""constraints.txt: exact, complete, and nothing but names and versions."""

import re
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

# hatchling and what it needs: pip fetches them to build the package, then drops them.
BUILD_ONLY = {"hatchling", "pathspec", "tomlkit", "trove-classifiers"}


@pytest.fixture(scope="module")
def lines(root: Path) -> list[str]:
    """The lines that are no comments."""
    text = (root / "constraints.txt").read_text(encoding="utf-8")
    return [line for line in text.splitlines() if not line.startswith("#")]


def installed(name: str, extras: frozenset[str]) -> Iterator[tuple[str, str]]:
    """Yield name and version of everything that a package brings into this environment."""
    seen: set[tuple[str, frozenset[str]]] = set()
    waiting = [(name, extras)]
    while waiting:
        name, extras = waiting.pop()
        for requirement in map(Requirement, requires(name) or []):
            marker = requirement.marker
            if marker and not any(marker.evaluate({"extra": e}) for e in extras | {""}):
                continue
            key = (canonicalize_name(requirement.name), frozenset(requirement.extras))
            if key not in seen:
                seen.add(key)
                waiting.append(key)
                yield key[0], version(key[0])


def test_only_names_and_exact_versions_sorted(lines: list[str]) -> None:
    strange = [line for line in lines if not re.fullmatch(r"[a-z0-9-]+==[0-9][0-9a-z.]*", line)]
    assert strange == []
    names = [line.split("==")[0] for line in lines]
    assert names == sorted(set(names))


def test_what_is_installed_is_what_is_pinned(lines: list[str]) -> None:
    pins = dict(line.split("==") for line in lines)
    have = dict(installed("rackpress", frozenset({"dev"})))
    assert {name: pins.get(name) for name in have} == have
    assert set(pins) - set(have) == BUILD_ONLY - set(have)


@pytest.mark.parametrize("name", ["build123d", "bd_warehouse", "cadquery-ocp-novtk"])
def test_nothing_that_overwrites_cadquerys_kernel_is_installed(name: str) -> None:
    with pytest.raises(PackageNotFoundError):
        version(name)
