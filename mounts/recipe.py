"""What a file of ours says of its own making, so that a stranger can make it again."""

import json
import re
from dataclasses import dataclass, replace
from importlib.metadata import version
from typing import Any

from catalog.models import Fact, Material, Printer
from catalog.problems import InputError, Problem
from catalog.validate import parse
from mounts.part import Part

TOOL = f"rackpress {version('rackpress')}"
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9.+_-]{0,199}")  # it becomes a file's name


@dataclass(frozen=True)
class Recipe:
    """A part with all that its files depend on."""

    part: Part
    spec: Fact
    printer: Printer
    material: Material


def recipe_of(part: Part, spec: Fact, printer: Printer, material: Material) -> dict[str, Any]:
    """Return what a stranger needs to make the part again; no catalogue is asked for it.

    Args:
        part: what the spec makes.
        spec: what it is made from.
        printer: whose bed it is laid on, which decides how it is turned.
        material: what it is printed in.
    """
    more = {"piece": part.piece} if part.piece else {}
    if part.calibration.measured:  # its figures are the spec's; this is for people to read
        more["calibration"] = part.calibration.name
    return {
        "tool": TOOL,
        **more,
        "name": part.name,
        "part": part.family,
        "spec": dumped(spec),
        "printer": dumped(printer),
        "material": dumped(material),
    }


def dumped(fact: Fact) -> dict[str, Any]:
    """Return a record as plain data, without what it has by default."""
    return fact.model_dump(mode="json", exclude_defaults=True, by_alias=True)


def read_recipe(text: str | None, where: str) -> dict[str, Any]:
    """Return a file's recipe as data.

    Raises:
        InputError: there is none, or it is no record.
    """
    near = "only 3MF and STEP files that Rackpress wrote can be made again"
    if text is None:
        raise InputError(Problem(where, "carries no recipe", nearest=near))
    try:
        data: Any = json.loads(text)
    except (ValueError, RecursionError):
        data = None
    if not isinstance(data, dict):
        raise InputError(Problem(where, "its recipe is no record in JSON", nearest=near))
    return {str(key): value for key, value in data.items()}


def part_of(data: dict[str, Any], where: str) -> Recipe:
    """Return the part that a recipe makes.

    Args:
        data: the recipe.
        where: how to name its file in an error.

    Raises:
        InputError: it names no part known here, or its spec, printer or material does not hold.
    """
    from mounts.registry import PARTS  # noqa: PLC0415 - registers all families

    family, name = data.get("part"), data.get("name")
    if not isinstance(family, str) or family not in PARTS:
        what = f"its recipe names no part known here: {family!r}"
        raise InputError(Problem(where, what, "part", allowed=", ".join(sorted(PARTS))))
    if not isinstance(name, str) or not NAME.fullmatch(name):
        allowed = "letters, digits and . + _ -"
        raise InputError(
            Problem(where, f"its recipe has no usable name: {name!r}", "name", None, allowed)
        )
    spec = parse(PARTS[family].spec, _record(data, "spec", where), where)
    printer = parse(Printer, _record(data, "printer", where), where)
    material = parse(Material, _record(data, "material", where), where)
    part = PARTS[family].build(spec)
    if data.get("piece"):
        whole = Recipe(part, spec, printer, material)
        part = _piece(whole, data["piece"], where)
    return Recipe(replace(part, name=name), spec, printer, material)


def _piece(whole: Recipe, word: Any, where: str) -> Part:
    """Return a piece of a part, cut again for the bed of its recipe."""
    from mounts.split.pieces import split  # noqa: PLC0415 - loads the mesh kernel
    from mounts.verify.limits import Limits  # noqa: PLC0415 - beside its only use

    limits = Limits(whole.printer, whole.material, ())
    found = {one.piece: one for one in split(whole.part, limits, whole.spec).pieces}
    if not isinstance(word, str) or word not in found:
        what = f"its recipe names no piece of {whole.part.name}: {word!r}"
        raise InputError(Problem(where, what, "piece", allowed=", ".join(found)))
    return found[word]


def _record(data: dict[str, Any], key: str, where: str) -> dict[str, Any]:
    found = data.get(key)
    if not isinstance(found, dict):
        raise InputError(Problem(where, f"its recipe has no {key}", key))
    return {str(name): value for name, value in found.items()}
