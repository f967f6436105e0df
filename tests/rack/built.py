"""An example built in a process of its own, and its folder read again."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from rack.bom.prices import over_budget
from rack.plan import Plan

ROOT = Path(__file__).parents[2]
EXAMPLES = {path.stem: path for path in sorted((ROOT / "examples").glob("*.toml"))}


def build(name: str, folder: Path, *options: str, seed: str = "0") -> str:
    """Build an example in a process of its own and return what it said on stderr."""
    command = [sys.executable, "-m", "cli.main", "build", str(EXAMPLES[name]), "-o", str(folder)]
    run = subprocess.run(
        [*command, *options],
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": seed},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert run.returncode == 0, run.stderr
    return run.stderr


class Example:
    """A built example: its plan made again, its folder, what the build said."""

    def __init__(self, name: str, plan: Plan, folder: Path, said: str) -> None:
        self.name, self.plan, self.folder, self.said = name, plan, folder, said

    def warnings(self) -> list[str]:
        """Those of the plan, and each part that is too large for the printer."""
        parts = self.json("manifest.json")["recipe"]["parts"]
        large = [n for n, p in parts.items() if not p["fits_bed"] and not p.get("pieces")]
        bill = self.json("bom.json")
        dear = over_budget(bill["rows"], bill["total"], self.plan.spec.most_cost)
        return [*self.plan.warnings, *dear, *(f"{name}: {parts[name]['bed']}" for name in large)]

    def json(self, file: str) -> Any:
        """Read one of its files."""
        return json.loads((self.folder / file).read_bytes())

    def files(self) -> dict[str, bytes]:
        """Read all of its files."""
        found = (path for path in self.folder.rglob("*") if path.is_file())
        return {path.relative_to(self.folder).as_posix(): path.read_bytes() for path in found}
