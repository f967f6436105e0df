"""With a cache and without: the same bytes; and what did not change is not made again."""

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from catalog.cache import Cache
from catalog.load import Catalog
from catalog.problems import InputError
from rack.build import Built, Target, build
from rack.parts import Way
from rack.read import plan_file

ROOT = Path(__file__).parents[2]
RACK = """\
version = 1
name = "small"
rack = "10in"
height = "3U"

[[item]]
name = "switch"
device = "netgear-gs305"

[[item]]
name = "nodes"
device = "raspberry-pi-4b"
mount = "tray"
"""
OTHER = RACK.replace("netgear-gs305", "netgear-gs308")


def files(folder: Path) -> dict[str, bytes]:
    found = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


class Bench:
    """Builds racks in one process, with one cache."""

    def __init__(self, folder: Path, catalog: Catalog) -> None:
        self.folder, self.catalog = folder, catalog
        self.cache = Cache(folder / "cache")

    def build(self, text: str, name: str, *, cached: bool = True) -> Built:
        """Build a rack into a folder, without pictures."""
        (self.folder / "rack.toml").write_text(text, encoding="utf-8")
        plan = plan_file(self.folder / "rack.toml", self.catalog)
        way = Way(pictures=False, cache=self.cache if cached else None)
        return build(plan, self.catalog, Target(self.folder / name), lambda _: None, way)


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory, catalog: Catalog) -> Bench:
    return Bench(tmp_path_factory.mktemp("kept"), catalog)


def test_cold_warm_damaged_and_without_a_cache_are_the_same_bytes(bench: Bench) -> None:
    cold = bench.build(RACK, "cold")
    assert cold.found == ()
    warm = bench.build(RACK, "warm")
    assert warm.made == ()
    assert warm.found == cold.made
    kept = sorted(path for path, _ in bench.cache.files())
    for path in kept[::2]:
        path.write_bytes(path.read_bytes()[:-1])
    damaged = bench.build(RACK, "damaged")
    assert len(damaged.made) == len(kept[::2])
    without = bench.build(RACK, "without", cached=False)
    assert without.found == ()
    one = files(bench.folder / "cold")
    assert len(one) > 10
    for name in ("warm", "damaged", "without"):
        assert files(bench.folder / name) == one, name
    assert cold.summary == warm.summary == without.summary


def test_one_changed_device_makes_only_what_depends_on_it(bench: Bench) -> None:
    before = bench.build(RACK, "before")
    after = bench.build(OTHER, "after")
    assert sorted(after.made) == ["part shelf-netgear-gs308-10in-1u", "view switch"]
    assert {"part tray-raspberry-pi-4b-10in-1u", "view nodes", "fit raspberry-pi-4b"} <= set(
        after.found
    )
    assert len(after.made) + len(after.found) == len(before.made) + len(before.found)
    alone = bench.build(OTHER, "alone", cached=False)
    assert files(bench.folder / "after") == files(bench.folder / "alone")
    assert after.summary == alone.summary


# What no second build loads, and what it prints.
AGAIN = """
import sys
from cli.main import main
try:
    main(sys.argv[1:])
finally:
    print(sorted({m.split(".")[0] for m in sys.modules} & set(%r)), file=sys.stderr)
"""
KERNELS = ("OCP", "cadquery", "manifold3d", "vtkmodules", "matplotlib", "ortools", "scipy")


def run(folder: Path, *words: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-c", AGAIN % (KERNELS,), "build", "rack.toml", *words],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "RACKPRESS_CACHE": str(folder / "cache")},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )


def test_a_second_build_says_the_same_and_loads_no_kernel(tmp_path: Path) -> None:
    (tmp_path / "rack.toml").write_text(RACK, encoding="utf-8")
    words = ("--no-pictures", "--jobs", "1")
    first = run(tmp_path, *words)
    there = files(tmp_path / "outputs")
    times = {p: p.stat().st_mtime_ns for p in (tmp_path / "outputs").rglob("*")}
    second = run(tmp_path, *words)
    warned = [line for line in first.stderr.splitlines() if line.startswith("warning: ")]
    same = "nothing has changed: outputs/small is as it was built"
    assert second.stderr.splitlines() == [same, *warned, "[]"]
    assert second.stdout == first.stdout
    assert {p: p.stat().st_mtime_ns for p in (tmp_path / "outputs").rglob("*")} == times
    (tmp_path / "outputs" / "small" / "bom.csv").unlink()
    third = run(tmp_path, *words)
    assert third.stderr.splitlines()[-1] == "[]"
    assert "0 results made" in third.stderr
    assert third.stdout == first.stdout
    assert files(tmp_path / "outputs") == there
    fresh = run(tmp_path, *words, "--no-cache")
    assert "from before" not in fresh.stderr
    assert fresh.stdout == first.stdout
    assert files(tmp_path / "outputs") == there


@pytest.mark.parametrize("at", [1, 2, 5, 12])
def test_a_disk_that_fills_up_in_a_build_leaves_the_last_whole_result(
    at: int, bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench.build(RACK, "out/full")
    old, count, real = files(bench.folder / "out"), 0, Path.write_bytes

    def filling(path: Path, data: bytes) -> int:
        nonlocal count
        if bench.folder / "out" in path.parents:
            count += 1
            if count >= at:
                real(path, data[: len(data) // 2])
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))
        return real(path, data)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "write_bytes", filling)
        with pytest.raises(InputError, match="No space left"):
            bench.build(RACK.replace("small", "other"), "out/full")
    assert files(bench.folder / "out") == old
    bench.build(RACK, "out/full")
    assert files(bench.folder / "out") == old
