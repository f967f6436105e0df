"""The plates of a plan: every part as often as it is needed, on as few beds as can be found."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from catalog.load import Catalog
from catalog.problems import ToolMissing
from mounts.plates.picture import plate_png
from mounts.plates.project import Plate, Wanted, plates_of
from mounts.plates.quote import quote, totals
from mounts.recipe import TOOL
from mounts.slicer import find_slicer
from rack.crew import Asked, Crew, crew
from rack.folder import MANIFEST, digests
from rack.forms import bytes_kind, plain_kind
from rack.parts import Making, Print, Tell, Way
from rack.plan import Plan

PICTURE = bytes_kind("plate picture")
QUOTE = plain_kind("quote")


class By(NamedTuple):
    """How something is made, and by whom."""

    way: Way
    hands: Crew


@dataclass(frozen=True, eq=False)
class Pressed:
    """Plates as files by name, and what they take; the recipe of each by its name."""

    files: dict[str, bytes]
    record: dict[str, Any]
    recipes: dict[str, dict[str, Any]]


def make_plates(
    plan: Plan, prints: Sequence[Print], catalog: Catalog, tell: Tell, by: By
) -> Pressed:
    """Lay out all that has to be printed for a plan.

    Args:
        plan: the rack.
        prints: its parts.
        catalog: facts.
        tell: called with one line for each plate that a slicer was asked about.
        by: with pictures or not, asking a slicer or not; who does it.

    Raises:
        ToolMissing: a slicer is wanted and not installed.
        CheckFailed: the slicer failed.
    """
    way, hands = by
    if way.slicing:
        find_slicer()
    printer = catalog.printer(plan.spec.printer)
    material = catalog.material(plan.spec.material)
    wanted = [Wanted(body, one.count, printer, material) for one in prints for body in one.bodies]
    found = plates_of(wanted)
    files = {f"{plate.name}.3mf": plate.threemf() for plate in found.plates}
    drawn = _drawn(found.plates, files, hands) if way.pictures else {}
    quotes = _quotes(found.plates, files, tell, by)
    files |= _pictures(drawn, tell)
    recipes = {
        plate.name: {**said, "items": plate.recipe()["items"]}
        for plate, said in zip(found.plates, quotes, strict=True)
    }
    return Pressed(files, totals(found, quotes), recipes)


def _quotes(
    plates: Sequence[Plate], files: Mapping[str, bytes], tell: Tell, by: By
) -> list[dict[str, Any]]:
    """Return what each plate takes: estimated, or the slicer's word."""
    every = [(plate, files[f"{plate.name}.3mf"]) for plate in plates]
    if not by.way.slicing:
        return [quote(plate, data, slicing=False) for plate, data in every]
    asked = [
        by.hands.ask(QUOTE, _of(data), plate.name, _sliced, plate, data) for plate, data in every
    ]
    found: list[dict[str, Any]] = []
    for (plate, _), one in zip(every, asked, strict=True):
        found.append(one.result())
        tell(f"plate {plate.number} of {len(plates)}: sliced")
    return found


def _sliced(plate: Plate, data: bytes) -> dict[str, Any]:
    return quote(plate, data, slicing=True)


def _of(data: bytes) -> dict[str, Any]:
    """Return what a plate is told by: its file holds all of it."""
    return {"plate": hashlib.sha256(data).hexdigest()}


def _drawn(
    plates: Sequence[Plate], files: Mapping[str, bytes], hands: Crew
) -> dict[str, Asked[bytes]]:
    """Ask for a picture of each plate."""
    return {
        f"{plate.name}.png": hands.ask(
            PICTURE, _of(files[f"{plate.name}.3mf"]), plate.name, plate_png, plate
        )
        for plate in plates
    }


def _pictures(drawn: Mapping[str, Asked[bytes]], tell: Tell) -> dict[str, bytes]:
    """Return pictures that were asked for; none where the system cannot draw, which is told."""
    try:
        return {name: one.result() for name, one in drawn.items()}
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
    with crew(way.jobs, way.cache) as hands:
        bare = replace(way, files=False, slicing=False)
        prints = Making(plan, catalog, bare, hands).prints(tell)
        pressed = make_plates(plan, prints, catalog, tell, By(way, hands))
    manifest = {
        "tool": TOOL,
        "name": plan.spec.name,
        "files": digests(pressed.files),
        "recipe": pressed.recipes,
    }
    text = json.dumps(manifest, indent=2, ensure_ascii=False, sort_keys=True) + "\n"
    return replace(pressed, files={**pressed.files, MANIFEST: text.encode()})
