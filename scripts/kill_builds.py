"""Kills builds at seeded moments with SIGKILL: the folder always holds the last whole result.

After each kill the folder is one of two whole results, byte for byte; the next build succeeds and
leaves nothing beside it, and nothing of ours among the temporary files.

    .venv/bin/python scripts/kill_builds.py --kills 50
"""

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from itertools import count, product
from pathlib import Path

ROOT = Path(__file__).parent.parent
RACK = """\
version = 1
name = "small"
rack = "10in"
height = "3U"
note = "{note}"

[[item]]
device = "netgear-gs305"
"""
NOTES = ("one", "another")


def content(folder: Path) -> dict[str, bytes]:
    """Return every file of a folder by name."""
    found = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


class Place:
    """A folder to build in, with temporary files and a cache of its own."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.out, self.temporary = home / "work" / "out", home / "tmp"
        (home / "work").mkdir()
        self.temporary.mkdir()

    def started(self, note: str, *, cached: bool) -> "subprocess.Popen[bytes]":
        """Begin a build and return its process."""
        rack = self.home / f"{note}.toml"
        rack.write_text(RACK.format(note=note), encoding="utf-8")
        words = ["build", str(rack), "-o", str(self.out), "--no-pictures", "--jobs", "2"]
        own = {"TMPDIR": str(self.temporary), "RACKPRESS_CACHE": str(self.home / "cache")}
        return subprocess.Popen(  # noqa: S603 - our own arguments
            [sys.executable, "-m", "cli.main", *words, *([] if cached else ["--no-cache"])],
            env={**os.environ, "PYTHONPATH": str(ROOT), **own},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def built(self, note: str, *, cached: bool) -> float:
        """Build, and return how long it took, s."""
        begun = time.perf_counter()
        with self.started(note, cached=cached) as process:
            code = process.wait()
        assert code == 0, f"a build that nobody killed ended with {code}"
        return time.perf_counter() - begun

    def beside(self) -> list[str]:
        """Return what lies beside the result, and among the temporary files."""
        every = [*self.out.parent.iterdir(), *self.temporary.iterdir()]
        return sorted(str(path.relative_to(self.home)) for path in every if path != self.out)


def killed(kills: int, seed: int) -> dict[str, int]:
    """Kill so many builds and return how often each was the result.

    Args:
        kills: how many; a build that ended before it was hit is not one.
        seed: of the moments.

    Raises:
        AssertionError: half a result, a build that fails afterwards, or something left.
    """
    dice, counts = random.Random(seed), {"old": 0, "new": 0, "ended before": 0}  # noqa: S311
    with tempfile.TemporaryDirectory() as home:
        place = Place(Path(home))
        whole: dict[str, dict[str, bytes]] = {}
        seconds: dict[bool, float] = {}
        for cached, note in product((True, False, True), NOTES):  # the first fills the cache
            seconds[cached] = place.built(note, cached=cached)
            whole[note] = content(place.out)
        there = NOTES[1]
        for number in count():
            if counts["old"] + counts["new"] == kills:
                break
            other, cached = NOTES[there == NOTES[0]], number % 2 == 0
            process = place.started(other, cached=cached)
            time.sleep(dice.uniform(0, seconds[cached]))
            ended = process.poll() is not None
            process.send_signal(signal.SIGKILL)
            process.wait()
            found = content(place.out)
            assert found in whole.values(), f"kill {number}: half a result"
            new = found == whole[other]
            counts["ended before" if ended else "new" if new else "old"] += 1
            there = other if new else there
            place.built(there, cached=number % 3 != 0)
            assert content(place.out) == whole[there], f"kill {number}: the next build differs"
            assert place.beside() == [], f"kill {number}: left {place.beside()}"
    return counts


def main() -> None:
    """Run from the command line."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--kills", type=int, default=50)
    reader.add_argument("--seed", type=int, default=9)
    wish = reader.parse_args()
    print(json.dumps({"kills": wish.kills, "left": killed(wish.kills, wish.seed)}, indent=2))


if __name__ == "__main__":
    main()
