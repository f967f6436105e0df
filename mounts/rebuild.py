"""A file of ours made again from what it says of itself."""

from dataclasses import dataclass
from pathlib import Path

from catalog.problems import InputError, Problem
from mounts.export import Format, make
from mounts.files.step_recipe import step_recipe
from mounts.plates.project import rebuilt
from mounts.recipe import TOOL, part_of, read_recipe
from mounts.verify.package import file_bytes, read_package

KINDS: dict[str, Format] = {".3mf": "3mf", ".step": "step", ".stp": "step"}


@dataclass(frozen=True)
class Rebuilt:
    """A file made again.

    Args:
        name: the file's name, as it was first called.
        data: its bytes.
        same: whether they are those of the file it was made from.
        tool: the version that wrote that file.
    """

    name: str
    data: bytes
    same: bool
    tool: str

    def sentence(self) -> str:
        """Say how it compares."""
        if self.same:
            return f"{self.name}: the same {len(self.data)} bytes"
        other = f"; it was written by {self.tool}, this is {TOOL}" if self.tool != TOOL else ""
        return f"{self.name}: made again, but not the same bytes{other}"


def rebuild(path: Path) -> Rebuilt:
    """Make a 3MF or STEP file again from the recipe it carries.

    Raises:
        InputError: it cannot be read, carries no recipe of ours, or one that does not hold.
    """
    kind, where = path.suffix.lower(), str(path)
    if kind not in KINDS:
        what = f"{path.suffix or 'a file without an ending'} carries no recipe"
        raise InputError(Problem(where, what, allowed="3MF or STEP"))
    old = file_bytes(path)
    if kind == ".3mf":
        text = read_package(old, where).recipe
    else:
        text = step_recipe(old.decode("utf-8", errors="replace"))
    recipe = read_recipe(text, where)
    if kind == ".3mf" and isinstance(recipe.get("items"), list):
        name, new = rebuilt(recipe, where)
    else:
        name, new = _again(recipe, KINDS[kind], where)
    return Rebuilt(name, new, new == old, str(recipe.get("tool", "an unknown version")))


def _again(recipe: dict[str, object], kind: Format, where: str) -> tuple[str, bytes]:
    found = part_of(recipe, where)
    made = make(found, (kind,))
    ((name, data),) = made.files.items()
    return name, data
