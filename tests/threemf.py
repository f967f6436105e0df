"""3MF files as strangers read them: lib3mf, in strict mode, and PrusaSlicer."""

import re
import subprocess
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import lib3mf

RECIPE = "https://rackpress.invalid/2026/recipe", "recipe"


@dataclass(frozen=True)
class Read:
    """What lib3mf reads: objects by name and whether each is manifold, items by name, recipe."""

    objects: dict[str, bool]
    items: Counter[str]
    recipe: str


def by_lib3mf(path: Path) -> Read:
    """Read a file; whatever strays from the specification is an error."""
    model = lib3mf.get_wrapper().CreateModel()
    reader = model.QueryReader("3mf")
    reader.SetStrictModeActive(True)
    reader.ReadFromFile(str(path))
    assert reader.GetWarningCount() == 0
    objects: dict[str, bool] = {}
    meshes = model.GetMeshObjects()
    while meshes.MoveNext():
        mesh = meshes.GetCurrentMeshObject()
        assert mesh.GetName() not in objects
        objects[mesh.GetName()] = bool(mesh.IsManifoldAndOriented())
    items: Counter[str] = Counter()
    listed = model.GetBuildItems()
    while listed.MoveNext():
        items[listed.GetCurrent().GetObjectResource().GetName()] += 1
    recipe = model.GetMetaDataGroup().GetMetaDataByKey(*RECIPE).GetValue()
    return Read(objects, items, recipe)


def by_slicer(program: Path, paths: Sequence[Path], home: Path) -> dict[str, list[str]]:
    """Return what PrusaSlicer says of every object of some files, each figure as a list."""
    command = [str(program), "--info", *map(str, paths), "--datadir", str(home / "data")]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    told: dict[str, list[str]] = {}
    for key, value in re.findall(r"^(\w+) = +(\S+)", said, re.MULTILINE):
        told.setdefault(key, []).append(value)
    return told
