"""The plates of a plan: every part as often as it is needed, on as few beds as can be found."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from catalog.load import Catalog
from catalog.problems import ToolMissing
from mounts.plates.picture import plate_png
from mounts.plates.project import Plate, Wanted, plates_of
from mounts.plates.quote import quote, totals
from mounts.recipe import TOOL
from mounts.slicer import find_slicer
from rack.folder import MANIFEST, digests
from rack.parts import ALONE, Print, Tell, Way, make_parts
from rack.plan import Plan


@dataclass(frozen=True, eq=False)
class Pressed:
    """Plates as files by name, and what they take; the recipe of each by its name."""

    files: dict[str, bytes]
    record: dict[str, Any]
    recipes: dict[str, dict[str, Any]]


def make_plates(
    plan: Plan, prints: Sequence[Print], catalog: Catalog, tell: Tell, way: Way = ALONE
) -> Pressed:
    """Lay out all that has to be printed for a plan.

    Args:
        plan: the rack.
        prints: its parts.
        catalog: facts.
        tell: called with one line for each plate that a slicer was asked about.
        way: with pictures or not, asking a slicer or not.

    Raises:
        ToolMissing: a slicer is wanted and not installed.
        CheckFailed: the slicer failed.
    """
    if way.slicing:
        find_slicer()
    printer = catalog.printer(plan.spec.printer)
    material = catalog.material(plan.spec.material)
    wanted = [Wanted(body, one.count, printer, material) for one in prints for body in one.bodies]
    found = plates_of(wanted)
    files: dict[str, bytes] = {}
    quotes: list[dict[str, Any]] = []
    for plate in found.plates:
        data = files[f"{plate.name}.3mf"] = plate.threemf()
        quotes.append(quote(plate, data, slicing=way.slicing))
        if way.slicing:
            tell(f"plate {plate.number} of {len(found.plates)}: sliced")
    if way.pictures:
        files |= _pictures(found.plates, tell)
    recipes = {
        plate.name: {**said, "items": plate.recipe()["items"]}
        for plate, said in zip(found.plates, quotes, strict=True)
    }
    return Pressed(files, totals(found, quotes), recipes)


def _pictures(plates: Sequence[Plate], tell: Tell) -> dict[str, bytes]:
    """Return a picture of each plate; none where the system cannot draw, which is told."""
    try:
        return {f"{plate.name}.png": plate_png(plate) for plate in plates}
    except ToolMissing as missing:
        tell(f"note: no pictures of plates: {missing}")
        return {}


def plates_alone(plan: Plan, catalog: Catalog, tell: Tell, way: Way) -> Pressed:
    """Return the plates of a plan without anything else of its build, and a manifest.

    Args:
        plan: the rack.
        catalog: facts.
        tell: called with one line for each part and for each plate sliced.
        way: processes; with pictures or not, asking a slicer about the plates or not.

    Raises:
        CheckFailed: a part failed its checks, or the slicer did.
        ToolMissing: a slicer is wanted and not installed.
    """
    if way.slicing:
        find_slicer()  # better said now than after a minute
    prints, _ = make_parts(plan, catalog, tell, replace(way, files=False, slicing=False))
    pressed = make_plates(plan, prints, catalog, tell, way)
    manifest = {
        "tool": TOOL,
        "name": plan.spec.name,
        "files": digests(pressed.files),
        "recipe": pressed.recipes,
    }
    text = json.dumps(manifest, indent=2, ensure_ascii=False, sort_keys=True) + "\n"
    return replace(pressed, files={**pressed.files, MANIFEST: text.encode()})
