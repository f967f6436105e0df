"""Every 3MF and STEP of the examples' builds, made again from the recipe in it: the same bytes?

    .venv/bin/python scripts/nightly_rebuild.py [FOLDER ...] [--jobs N]

Without a FOLDER, which `rackpress build` wrote, the examples are built first. One JSON line for
each file that comes out otherwise, or that lib3mf does not read as closed bodies with a name each;
then a summary, and exit 1 if there was such a file. Takes some minutes.
"""

import argparse
import json
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from catalog.load import load_catalog
from catalog.problems import InputError
from mounts.rebuild import KINDS, rebuild
from rack.build import Target, build
from rack.parts import Way
from rack.read import plan_file

EXAMPLES = Path(__file__).parent.parent / "examples"


def built(folder: Path, jobs: int) -> Iterator[Path]:
    """Build every example without its pictures; yield where each went."""
    catalog = load_catalog()
    for file in sorted(EXAMPLES.glob("*.toml")):
        plan = plan_file(file, catalog, None)
        where, way = folder / file.stem, Way(jobs, pictures=False)
        yield build(plan, catalog, Target(where), lambda _: None, way).folder


def wrong(path: Path) -> str:
    """Return what is wrong with a file, empty if nothing is."""
    try:
        found = rebuild(path)
    except InputError as error:
        return str(error)
    if found.name != path.name:
        return f"it calls itself {found.name}"
    if not found.same:
        return found.sentence()
    return misread(path) if path.suffix == ".3mf" else ""


def misread(path: Path) -> str:
    """Return what a stranger's reader says of a 3MF, empty if it takes all for closed bodies."""
    import lib3mf  # noqa: PLC0415 - heavy

    model: Any = lib3mf.get_wrapper().CreateModel()
    reader = model.QueryReader("3mf")
    reader.ReadFromFile(str(path))
    said = [reader.GetWarning(k)[1] for k in range(reader.GetWarningCount())]
    every, names = model.GetMeshObjects(), list[str]()
    while every.MoveNext():
        one = every.GetCurrentMeshObject()
        names.append(one.GetName())
        if not one.IsManifoldAndOriented():
            said.append(f"{one.GetName()} is no closed body")
    if not names or not all(names) or len(set(names)) < len(names):
        said.append(f"objects without a name of their own: {names}")
    return "; ".join(said)


def run(folders: Sequence[Path]) -> dict[str, Any]:
    """Make all files again, print which come out otherwise, and return the summary."""
    count, start = Counter[str](), time.monotonic()
    for folder in folders:
        for path in sorted(path for path in folder.rglob("*") if path.suffix in KINDS):
            count[path.suffix[1:]] += 1
            said = wrong(path)
            if said:
                count["failed"] += 1
                name = str(path.relative_to(folder))
                print(json.dumps({"folder": folder.name, "file": name, "said": said}), flush=True)
    return {**dict(sorted(count.items())), "took_s": round(time.monotonic() - start)}


def main() -> int:
    """Read the options, run, print the summary, return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("folders", nargs="*", type=Path, metavar="FOLDER")
    parser.add_argument("--jobs", type=int, default=1, metavar="N")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        summary = run(asked.folders or list(built(Path(scratch), asked.jobs)))
    print(json.dumps({"summary": summary}))
    few = not summary.get("3mf") or not summary.get("step")
    return 1 if summary.get("failed") or few else 0


if __name__ == "__main__":
    sys.exit(main())
