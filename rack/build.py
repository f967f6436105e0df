"""From a `rack.toml` to a folder with everything in it."""

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from catalog.load import Catalog
from catalog.problems import InputError, Problem
from pcb.budget import budget
from pcb.build import project_files
from pcb.spec import BoardSpec
from rack.bom import bom_csv, bom_rows
from rack.elevation import elevation_svg
from rack.fit import fit_rows
from rack.parts import make_parts
from rack.plan import Plan
from rack.report import report_html

MANIFEST = "manifest.json"
Tell = Callable[[str], None]


@dataclass(frozen=True)
class Built:
    """What a build wrote: the folder, and what there is to say about it."""

    folder: Path
    files: tuple[str, ...]
    warnings: tuple[str, ...]
    summary: dict[str, Any]


def build(plan: Plan, catalog: Catalog, folder: Path, tell: Tell) -> Built:
    """Write everything a plan needs into `folder`, whole or not at all.

    Args:
        plan: the rack.
        catalog: facts.
        folder: replaced as a whole when the new content is complete.
        tell: called with one line for each step.

    Raises:
        InputError: the folder cannot be written, or holds files that are not ours.
        CheckFailed: a part failed its checks; the folder is left as it was.
    """
    _may_replace(folder)
    boards, warnings = _boards(plan)
    prints, views = make_parts(plan, catalog, tell)
    files: dict[str, bytes] = dict(boards)
    for one in prints:
        files |= {f"parts/{name}": data for name, data in one.made.files.items()}
    files |= {f"modules/{v.module.label}.png": v.png for v in views if v.png is not None}
    records = [(one.made.record, one.count) for one in prints]
    rows = bom_rows(plan, records)
    width = catalog.standard(plan.rack.standard or plan.rack.id).panel_width_mm
    facts: dict[str, Any] = {
        "plan": plan.as_dict(),
        "parts": [{**record, "count": count} for record, count in records],
        "fit": fit_rows(plan, catalog),
        "boards": warnings,
    }
    everything = (*plan.warnings, *(f"{b['name']}: {w}" for b in warnings for w in b["warnings"]))
    files["plan.json"] = _json(facts["plan"])
    files["bom.csv"] = bom_csv(rows).encode()
    files["elevation.svg"] = elevation_svg(plan, width).encode()
    files["index.html"] = report_html(facts, rows, views, files).encode()
    recipes = {f"parts/{r['name']}": r for r, _ in records}
    files[MANIFEST] = _manifest(plan, files, recipes)
    _replace(folder, files)
    return Built(folder, tuple(sorted(files)), everything, facts)


def _boards(plan: Plan) -> tuple[dict[str, bytes], list[dict[str, Any]]]:
    """Return the KiCad files of all power boards, and each board's budget with its warnings."""
    files: dict[str, bytes] = {}
    found: list[dict[str, Any]] = []
    for wish in plan.spec.power_boards:
        spec = BoardSpec(**wish.model_dump())
        files |= {f"board/{wish.name}/{name}": data for name, data in project_files(spec).items()}
        sums = budget(spec)
        found.append({"name": wish.name, **sums.model_dump(mode="json")})
    return files, found


def _manifest(plan: Plan, files: dict[str, bytes], parts: dict[str, dict[str, Any]]) -> bytes:
    listed: dict[str, Any] = {}
    for name, data in sorted(files.items()):
        entry: dict[str, Any] = {"sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)}
        stem = name.rsplit(".", 1)[0]
        if stem in parts:
            entry["part"] = parts[stem]["name"]
        listed[name] = entry
    specs = {m.label: m.spec.model_dump(mode="json", exclude_defaults=True) for m in plan.modules}
    record = {
        "tool": f"rackpress {version('rackpress')}",
        "name": plan.spec.name,
        "recipe": {
            "rack": plan.spec.model_dump(mode="json", exclude_defaults=True, by_alias=True),
            "modules": specs,
        },
        "parts": sorted(parts.values(), key=lambda record: record["name"]),
        "files": listed,
    }
    return _json(record)


def _json(record: dict[str, Any]) -> bytes:
    return (json.dumps(record, indent=2, ensure_ascii=False, sort_keys=True) + "\n").encode()


def _may_replace(folder: Path) -> None:
    """Refuse to throw away a folder that a build of ours did not write.

    Raises:
        InputError: it is a file, or holds something else.
    """
    if not folder.exists():
        return
    if not folder.is_dir():
        raise InputError(Problem("--output", f"{folder} is a file", nearest="name a folder"))
    if any(folder.iterdir()) and not (folder / MANIFEST).is_file():
        what = f"{folder} holds files that no build of Rackpress wrote"
        raise InputError(Problem("--output", what, nearest="name a new or an empty folder"))


def _replace(folder: Path, files: dict[str, bytes]) -> None:
    """Write all files beside the folder, then put them in its place.

    Raises:
        InputError: the place cannot be written.
    """
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        stage = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
        try:
            new, old = stage / "new", stage / "old"
            for name, data in files.items():
                path = new / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(data)
            if folder.exists():
                os.replace(folder, old)  # noqa: PTH105 - one step, on every system
            os.replace(new, folder)  # noqa: PTH105 - as above
        finally:
            shutil.rmtree(stage, ignore_errors=True)
    except OSError as error:
        what = f"{folder} cannot be written: {error.strerror or error}"
        raise InputError(Problem("--output", what, nearest="name a folder of your own")) from error
