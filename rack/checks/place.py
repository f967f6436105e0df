"""Checks of places: units, depth, and weight."""

from collections.abc import Iterator

from catalog.load import Catalog
from rack.checks.check import Check, Facts, cited, good
from rack.filled import Filled
from rack.mounted import Module
from rack.plan import Plan
from rack.weight import LEAST_TIP_DEG

RACK, WEIGHT = "Rack", "Weight"


def place_checks(plan: Plan, catalog: Catalog) -> Iterator[Check]:
    """Yield whether everything has its units and its depth.

    Args:
        plan: the rack.
        catalog: facts and their sources.
    """
    source = "EIA-310-D: a unit is 44.45 mm"
    for one in plan.cabinets:
        figure = f"{one.height_u - one.free_u:g}U taken, no two share a unit"
        about, limit = one.name or plan.spec.rack, f"{one.height_u:g}U"
        yield Check(RACK, about, "Is there room?", "passed", figure, limit, source)
        yield from _deep(one, catalog)
    for module in plan.modules:
        if getattr(module.spec, "braced", False):
            yield _rear(module)


def _deep(filled: Filled, catalog: Catalog) -> Iterator[Check]:
    deepest = max(filled.modules, key=lambda m: m.depth_mm, default=None)
    if deepest is None or not deepest.depth_mm:
        return
    asked, deep = "Is it deep enough?", f"{deepest.depth_mm:.0f} mm"
    room = filled.cabinet.depth_mm
    source = f"depth of the rack: {cited(filled.cabinet.rack.sources, catalog)}"
    if room is None:
        told = f"{deep} are wanted; the depth of the rack is not known: measure it"
        yield Check(RACK, deepest.label, asked, "not checked", told, "", source)
        return
    result = good(deepest.depth_mm <= room)
    yield Check(RACK, deepest.label, asked, result, deep, f"{room:g} mm", source)


def _rear(module: Module) -> Check:
    asked = "Do the rear posts stand where they are taken to?"
    rear_mm = getattr(module.spec, "rear_mm", None)
    source = "its brackets' slots take 8 mm more or less"
    if rear_mm is None:
        told = "taken from its depth: measure yours and set rear_mm"
        return Check(RACK, module.label, asked, "not checked", told, "", source)
    return Check(RACK, module.label, asked, "passed", f"made for {rear_mm:g} mm", "", source)


def weight_checks(facts: Facts) -> Iterator[Check]:
    """Yield whether each rack tips, and what is only taken of its weight.

    Args:
        facts: what is told of the build, as plain data.
    """
    each = {one["name"]: one["weight"] for one in facts.get("cabinets", ())}
    for name, weight in (each or {"the rack": facts["weight"]}).items():
        yield _tips(name, weight)
    taken = [text for one in facts["weight"]["modules"] for text in one["assumed"]]
    if taken:
        asked = "Are the weights known?"
        source = "the catalogue has none: weigh yours"
        yield Check(WEIGHT, "devices", asked, "look", "; ".join(taken), "", source)


def _tips(name: str, weight: Facts) -> Check:
    asked, source = "Does it stand?", "15° is a rule of thumb; lever of the centre of gravity"
    tips, limit = weight["tips_deg"], f"{LEAST_TIP_DEG:g}° or more"
    if tips is None:
        told = f"{weight['kg']:g} kg in it, but what the rack weighs or measures is not known"
        return Check(WEIGHT, name, asked, "not checked", told, limit, source)
    told, result = f"tips at {tips:.0f}°, {weight['kg']:g} kg", good(tips >= LEAST_TIP_DEG)
    return Check(WEIGHT, name, asked, result, told, limit, source)
