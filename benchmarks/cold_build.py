"""The four examples cold on one core and on two, again unchanged, and again without their folder.

Whole processes, wall seconds and processor seconds of all processes, as JSON. The ratios mean
something only on a machine that does nothing else.

.venv/bin/python benchmarks/cold_build.py
"""

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
EXAMPLES = sorted((ROOT / "examples").glob("*.toml"))


def clocked(example: Path, home: Path, *words: str, cores: int = 2) -> dict[str, float]:
    """Build an example and return wall and processor seconds.

    Args:
        example: its rack.toml.
        home: where its results and the cache go.
        words: more options.
        cores: how many the build and all its processes are held to, as on a machine of so many.
    """
    held = set(sorted(os.sched_getaffinity(0))[:cores])
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "cli.main", "build", str(example), "-o", str(home / "out"), *words],
        cwd=home,
        env={**os.environ, "PYTHONPATH": str(ROOT), "RACKPRESS_CACHE": str(home / "cache")},
        check=True,
        capture_output=True,
        preexec_fn=lambda: os.sched_setaffinity(0, held),
    )
    wall, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = sum(getattr(after, one) - getattr(before, one) for one in ("ru_utime", "ru_stime"))
    return {"wall_s": round(wall, 2), "processor_s": round(spent, 2)}


def measured(example: Path) -> dict[str, Any]:
    """Return all figures of one example."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        one = clocked(example, home, "--jobs", "1", cores=1)
        shutil.rmtree(home / "out")
        shutil.rmtree(home / "cache")
        two = clocked(example, home, "--jobs", "2")
        again = min((clocked(example, home) for _ in range(3)), key=lambda row: row["wall_s"])
        shutil.rmtree(home / "out")
        kept = clocked(example, home)
    return {
        "one_core": one,
        "two_cores": two,
        "unchanged": again,
        "from_the_cache": kept,
        "ratio": round(one["wall_s"] / two["wall_s"], 2),
    }


def main() -> None:
    """Print all figures; `--only` takes one example."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--only", metavar="NAME")
    wish = reader.parse_args()
    chosen = [path for path in EXAMPLES if wish.only in (None, path.stem)]
    rows = {path.stem: measured(path) for path in chosen}
    one, two = (sum(row[k]["wall_s"] for row in rows.values()) for k in ("one_core", "two_cores"))
    again = max((row["unchanged"]["wall_s"] for row in rows.values()), default=0.0)
    record = {
        "examples": rows,
        "two_cores_quicker": round(one / two, 2),
        "two_cores_goal": 1.7,
        "unchanged_s": again,
        "unchanged_goal_s": 0.7,
    }
    print(json.dumps(record, indent=2))


if __name__ == "__main__":
    main()
