"""`rackpress --help` and the build of `make demo`, whole processes, seconds as JSON.

.venv/bin/python benchmarks/main_job.py
"""

import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
RACKPRESS = [str(Path(sys.executable).parent / "rackpress")]


def clocked(*words: str) -> float:
    """Return how long a command takes, s."""
    start = time.perf_counter()
    subprocess.run([*RACKPRESS, *words], check=True, capture_output=True, cwd=ROOT)
    return time.perf_counter() - start


def main() -> None:
    """Print both figures."""
    helps = [clocked("--help") for _ in range(9)]
    with tempfile.TemporaryDirectory() as folder:
        example = str(ROOT / "examples" / "mini-rack.toml")
        build = clocked("build", example, "--no-cache", "-o", str(Path(folder) / "out"))
    record = {
        "help_s": round(statistics.median(helps), 3),
        "help_goal_s": 0.15,
        "build_s": round(build, 2),
        "build_goal_s": 15,
    }
    print(json.dumps(record, indent=2))


if __name__ == "__main__":
    main()
