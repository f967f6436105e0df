"""From an item of a rack.toml to the part that carries it."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from catalog.load import Catalog
from catalog.models import Device, Fact, Rack
from catalog.problems import InputError, Problem
from mounts.order import Order, spec_for, standard_of
from mounts.registry import PARTS
from rack.gather import Gathering
from rack.spec import MOUNTS, Item

# Key of an item: field of the part it becomes.
FIELDS = {
    "hat": "hat",
    "front": "front",
    "fixing": "fixing",
    "pose": "pose",
    "air_gap": "air_gap_mm",
    "plug_room": "plug_room_mm",
    "height": "height_u",
}
KEYS = {field: key for key, field in FIELDS.items()}


@dataclass(frozen=True)
class Setting:
    """What all items of one file have in common: facts, the rack's id, the file named in errors."""

    catalog: Catalog
    rack: str
    where: str


def rack_of(at: Setting) -> Rack:
    """Return the rack, if our panels fit its posts.

    Raises:
        InputError: unknown rack, or one whose posts take no panel of ours.
    """
    rack = at.catalog.rack(at.rack, where=at.where, key="rack")
    try:
        standard_of(at.catalog, at.rack, at.where)
    except InputError as error:
        raise InputError(*(replace(p, key="rack") for p in error.problems)) from None
    return rack


def height_of(made: Fact) -> float:
    """Return the height of a part with a panel, U."""
    return float(getattr(made, "height_u"))  # noqa: B009 - every panel spec has one


def standing_at(made: Fact, at_u: float) -> Fact:
    """Return a part's spec with its holes where they are at its place in the rack."""
    start = "upper" if at_u % 1 else "lower"
    if getattr(made, "start") == start:  # noqa: B009 - as above
        return made
    fields = {key: getattr(made, key) for key in type(made).model_fields}
    return type(made)(**{**fields, "start": start})


def labels(items: Sequence[Item]) -> list[str]:
    """Return what to call each item; those without a name of their own are numbered if need be."""
    given = {item.name for item in items if item.name}
    seen: Counter[str] = Counter()
    found: list[str] = []
    for item in items:
        label = item.name or item.device or item.mount
        while not item.name:
            seen[label] += 1
            number = seen[label]
            tried = label if number == 1 else f"{label}-{number}"
            if tried not in given:
                label = tried
                break
        found.append(label)
    return found


def same_names(items: Sequence[Item], where: str) -> None:
    """Refuse a name that two items share: pictures and sentences could not tell them apart.

    Raises:
        InputError: one problem for each item after the first.
    """
    first: dict[str, int] = {}
    problems: list[Problem] = []
    for index, item in enumerate(items):
        if item.name is None:
            continue
        if item.name in first:
            what = f"item[{first[item.name]}] is called {item.name!r} already"
            near = f'name = "{item.name[:38]}-2"'
            problems.append(Problem(where, what, f"item[{index}].name", nearest=near))
        first.setdefault(item.name, index)
    if problems:
        raise InputError(*problems)


def look_up(item: Item, key: str, at: Setting) -> Device | None:
    """Return the device of an item, `None` for a blank; its HAT is looked up too.

    Raises:
        InputError: unknown device or HAT.
    """
    found = Gathering()
    device = None
    if item.device is not None:
        device = found.tried(at.catalog.device, item.device, where=at.where, key=f"{key}.device")
    if item.hat is not None:
        found.tried(at.catalog.hat, item.hat, where=at.where, key=f"{key}.hat")
    found.done()
    return device


def item_parts(
    items: Iterable[tuple[int, Item]], at: Setting, found: Gathering, *, whole: bool
) -> list[Fact | None]:
    """Return the spec of each item's part, `None` where a problem was gathered.

    Args:
        items: index in the file, and what was written.
        at: what all items share.
        found: takes the problems of all.
        whole: the rack is known; else names are looked up only.
    """
    parts: list[Fact | None] = []
    for index, item in items:
        key = f"item[{index}]"
        if whole:
            parts.append(found.tried(item_part, item, key, at))
        else:
            found.tried(look_up, item, key, at)
            parts.append(None)
    return parts


def item_part(item: Item, key: str, at: Setting) -> Fact:
    """Return the spec of the part that carries an item.

    Args:
        item: what was written.
        key: dotted path of the item, for errors.
        at: what all items share.

    Raises:
        InputError: unknown names, a mount that does not take the device, a setting that the mount
            does not know, or a device that does not fit.
    """
    device = look_up(item, key, at)
    family = family_of(item, device, at.where, key)
    _refuse_idle_settings(item, family, (at.where, key))
    options: dict[str, Any] = {
        field: getattr(item, name)
        for name, field in FIELDS.items()
        if name not in {"hat", "height"} and getattr(item, name) is not None
    }
    if family == "frame":
        options["count"] = item.count
    if item.at_u is not None and item.at_u % 1:
        options["start"] = "upper"  # known now: what does not fit there is the item's mistake
    named = device.id if device else None
    order = Order(family, at.rack, named, item.height, item.hat, at.where, options)
    try:
        return spec_for(order, at.catalog)
    except InputError as error:
        raise InputError(*(_at(p, at.where, key) for p in error.problems)) from None


def family_of(item: Item, device: Device | None, where: str, key: str) -> str:
    """Return the part family that carries an item.

    Args:
        item: what was written.
        device: what it carries; `None` for a blank.
        where: file named in errors.
        key: dotted path of the item, for errors.

    Raises:
        InputError: a device that no mount of ours takes, or not the one that was asked for.
    """
    if device is None:
        return "blank"
    if device.kind == "blade":
        what = f"{device.id} is made for its maker's own enclosure"
        near = "put the enclosure on a shelf: device = 'bladerunner-19'"
        raise InputError(Problem(where, what, f"{key}.device", nearest=near))
    if item.mount == "auto":
        _one_on_a_shelf(item, device, where, key)
        return "shelf" if device.kind == "box" else "frame" if item.count > 1 else "tray"
    takes = PARTS[item.mount].takes
    if takes != device.kind:
        what = f"a {item.mount} carries a {takes}, and {device.id} is a {device.kind}"
        fitting = ", ".join(name for name in MOUNTS if PARTS[name].takes == device.kind)
        near = "leave out mount: the right one is chosen"
        raise InputError(Problem(where, what, f"{key}.mount", allowed=fitting, nearest=near))
    return item.mount


def _one_on_a_shelf(item: Item, device: Device, where: str, key: str) -> None:
    if device.kind == "box" and item.count > 1:
        what = f"a shelf carries one {device.id}, not {item.count}"
        near = "write one [[item]] for each"
        raise InputError(Problem(where, what, f"{key}.count", allowed="1", nearest=near))


def _refuse_idle_settings(item: Item, family: str, place: tuple[str, str]) -> None:
    """Refuse what the part would not heed: a wish is never dropped in silence."""
    where, key = place
    known = PARTS[family].spec.model_fields
    problems: list[Problem] = []
    for name, field in FIELDS.items():
        if getattr(item, name) is not None and field not in known:
            takers = ", ".join(n for n in MOUNTS if field in PARTS[n].spec.model_fields)
            what = f"a {family} has no {name}; one of these has: {takers}"
            problems.append(Problem(where, what, f"{key}.{name}", nearest=f"leave out {name}"))
    if problems:
        raise InputError(*problems)


def _at(problem: Problem, where: str, key: str) -> Problem:
    """Return a problem of a part as one of the item in the file that asks for it."""
    if problem.key.startswith(key):
        return problem
    own = KEYS.get(problem.key, problem.key)
    path = f"{key}.{own}" if own else key
    return Problem(where, problem.what, path, problem.line, problem.allowed, problem.nearest)
