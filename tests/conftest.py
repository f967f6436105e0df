"""What all tests share: outside programs and data, and how hypothesis draws.

A test that needs KiCad, PrusaSlicer, CalculiX, Chromium, dtc or the public data is marked so, or
takes the fixture, which marks it. Where the thing is missing the test is skipped; under
`RACKPRESS_REQUIRE_TOOLS=1` a skip is a failure. Only the data may be missing even then, for it lies
outside the repository: it is required as soon as `RACKPRESS_DATA` is set.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Callable, Generator
from pathlib import Path

import pytest
from hypothesis import settings

# What is tested is made, and not taken from an earlier run; tests of the cache name one of theirs.
os.environ["RACKPRESS_CACHE"] = "off"
REQUIRE_TOOLS = os.environ.get("RACKPRESS_REQUIRE_TOOLS") == "1"

# Derandomised, so that the same code gives the same verdict; no deadline, as machines differ.
settings.register_profile("default", derandomize=True, deadline=None, max_examples=40)
settings.register_profile("ci", derandomize=True, deadline=None, max_examples=100, print_blob=True)
settings.load_profile("ci" if REQUIRE_TOOLS else "default")


def find_kicad_cli() -> Path | None:
    """Return `kicad-cli` of KiCad 9 or newer."""
    path = shutil.which("kicad-cli")
    if path is None:
        return None
    version = subprocess.run([path, "version"], capture_output=True, text=True, check=False).stdout
    major = re.match(r"\d+", version)
    return Path(path) if major and int(major[0]) >= 9 else None


def find_prusa_slicer() -> Path | None:
    """Return PrusaSlicer's program, under any of the names it goes by."""
    names = ("prusa-slicer", "PrusaSlicer", "prusa-slicer-console")
    found = (shutil.which(name) for name in names)
    return next((Path(path) for path in found if path), None)


def find_fem() -> Path | None:
    """Return CalculiX, if gmsh is there too to make its meshes."""
    solver = shutil.which("ccx")
    return Path(solver) if solver and shutil.which("gmsh") else None


def find_chromium() -> Path | None:
    """Return Chromium's program, under any of the names it goes by."""
    found = (shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome"))
    return next((Path(path) for path in found if path), None)


def find_dtc() -> Path | None:
    """Return the device-tree compiler."""
    path = shutil.which("dtc")
    return Path(path) if path else None


def find_data() -> Path | None:
    """Return the folder of public data."""
    folder = os.environ.get("RACKPRESS_DATA", "")
    return Path(folder) if folder and Path(folder).is_dir() else None


# marker: (fixture, finder, what is missing)
NEEDS: dict[str, tuple[str, Callable[[], Path | None], str]] = {
    "kicad": ("kicad_cli", find_kicad_cli, "KiCad 9 is not installed"),
    "slicer": ("prusa_slicer", find_prusa_slicer, "PrusaSlicer is not installed"),
    "fem": ("fem", find_fem, "gmsh and CalculiX are not installed"),
    "browser": ("chromium", find_chromium, "Chromium is not installed"),
    "dtc": ("dtc", find_dtc, "the device-tree compiler is not installed"),
    "data": ("data", find_data, "RACKPRESS_DATA names no folder"),
}
FOUND = pytest.StashKey[dict[str, Path | None]]()


def found(config: pytest.Config, marker: str) -> Path | None:
    """Look for a thing once per session."""
    cache = config.stash.setdefault(FOUND, {})
    if marker not in cache:
        cache[marker] = NEEDS[marker][1]()
    return cache[marker]


def found_or_skip(request: pytest.FixtureRequest, marker: str) -> Path:
    """Return the path of a thing, or skip the test."""
    path = found(request.config, marker)
    return path if path is not None else pytest.skip(NEEDS[marker][2])


@pytest.fixture
def kicad_cli(request: pytest.FixtureRequest) -> Path:
    """The program `kicad-cli`, KiCad 9 or newer."""
    return found_or_skip(request, "kicad")


@pytest.fixture
def prusa_slicer(request: pytest.FixtureRequest) -> Path:
    """The program PrusaSlicer."""
    return found_or_skip(request, "slicer")


@pytest.fixture
def fem(request: pytest.FixtureRequest) -> Path:
    """The program CalculiX; gmsh is there too."""
    return found_or_skip(request, "fem")


@pytest.fixture
def chromium(request: pytest.FixtureRequest) -> Path:
    """The program Chromium."""
    return found_or_skip(request, "browser")


@pytest.fixture
def dtc(request: pytest.FixtureRequest) -> Path:
    """The program dtc."""
    return found_or_skip(request, "dtc")


@pytest.fixture
def data(request: pytest.FixtureRequest) -> Path:
    """The folder of public data."""
    return found_or_skip(request, "data")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what takes a fixture, so that `-m 'not kicad'` leaves it out."""
    for item in items:
        for marker, (fixture, _, _) in NEEDS.items():
            if fixture in getattr(item, "fixturenames", ()):
                item.add_marker(marker)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip what is marked and misses its thing."""
    for marker, (_, _, missing) in NEEDS.items():
        if item.get_closest_marker(marker) and found(item.config, marker) is None:
            pytest.skip(missing)


def _may_skip(item: pytest.Item) -> bool:
    return item.get_closest_marker("data") is not None and "RACKPRESS_DATA" not in os.environ


def _fail_skipped(report: pytest.TestReport | pytest.CollectReport) -> None:
    if REQUIRE_TOOLS and report.skipped and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome = "failed"
        report.longrepr = f"{report.nodeid}: RACKPRESS_REQUIRE_TOOLS=1 forbids this: {reason}"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Turn a skip into a failure where tools are required."""
    report = yield
    if not _may_skip(item):
        _fail_skipped(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Do the same for a file that skips as a whole."""
    report = yield
    _fail_skipped(report)
    return report
