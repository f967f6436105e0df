"""Which keys an item may carry once its family is known: its own, and those in `[item.set]`."""

from collections.abc import Mapping
from typing import Any

from pydantic.fields import FieldInfo

from catalog.load import Catalog
from catalog.models import Fact
from catalog.problems import InputError, Problem, did_you_mean
from catalog.units import length_mm
from mounts.order import finder_of, holds_many
from mounts.panel import PanelSpec
from mounts.registry import PARTS
from rack.gather import Gathering
from rack.spec import MOUNTS, Item, a

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
PLACED = ("at_u", "cabinet", "face")  # keys of an item that say where in the rack it hangs
KEYS = {field: key for key, field in FIELDS.items()}
# Fields that a family has from its base and does not heed.
DEAF = {
    "cable": {"vents", "vent_mm"},
    "coupon": {"height_u"},
    "ears": {"vents", "vent_mm"},
    "nas": {"beside"},
    "stack": {"fixing", "insert"},
    "ups": {"beside"},
}
OF_ITS_OWN = {"wall": {"fixing"}}  # not the field that an item's key means
# Decided by something else than a setting: by what.
ELSEWHERE = {
    "device": "the item's own key device",
    "count": "the item's own key count",
    "standard": "the file's key rack",
    "start": "the place in the rack",
    "piece": "the build: it makes every piece",
    "side": "the build: it makes both",
    "opening": "the file's key rack",
    "spacer_on": "the build: it makes every spacer",
    "calibration": "the file's key calibration",
    "form_factor": "the catalogue",
    "plugs": "the catalogue",
}


def in_rack(family: str) -> bool:
    """Return whether a part hangs in the rack; a part without a panel stands beside it."""
    return issubclass(PARTS[family].spec, PanelSpec)


def own_keys(family: str) -> dict[str, str]:
    """Return the keys of an item that its family heeds, and the fields they mean."""
    other = DEAF.get(family, set()) | OF_ITS_OWN.get(family, set())
    known = set(PARTS[family].spec.model_fields) - other
    return {key: field for key, field in FIELDS.items() if field in known}


def settable(family: str) -> dict[str, FieldInfo]:
    """Return the fields of a family that `[item.set]` may hold."""
    taken = {*own_keys(family).values(), *ELSEWHERE, *DEAF.get(family, set())}
    if PARTS[family].takes == "nothing":  # a cable bar counts its rings
        taken.discard("count")
    fields = PARTS[family].spec.model_fields
    return {name: field for name, field in fields.items() if name not in taken}


def refuse_idle(item: Item, family: str, place: tuple[str, str]) -> None:
    """Refuse what the part would not heed: a wish is never dropped in silence.

    Args:
        item: what was written.
        family: the part it becomes.
        place: file, and dotted path of the item.

    Raises:
        InputError: one problem for each key that means nothing here.
    """
    where, key = place
    heeded, problems = own_keys(family), list[Problem]()
    for name in FIELDS:
        if getattr(item, name) is not None and name not in heeded:
            takers = ", ".join(n for n in MOUNTS if name in own_keys(n))
            what = f"{a(family)} has no {name}; one of these has: {takers}"
            if name == "height" and not in_rack(family):
                what = f"{a(family)} stands beside the rack and has no height in U"
            problems.append(Problem(where, what, f"{key}.{name}", nearest=f"leave out {name}"))
    for name in PLACED:
        if getattr(item, name) is not None and not in_rack(family):
            what = f"{a(family)} stands beside the rack and takes no unit of it"
            problems.append(Problem(where, what, f"{key}.{name}", nearest=f"leave out {name}"))
    if problems:
        raise InputError(*dict.fromkeys(problems))


def read_settings(
    item: Item, family: str, place: tuple[str, str], catalog: Catalog
) -> tuple[dict[str, Any], list[Problem]]:
    """Return what `[item.set]` asks for, and what is wrong with it.

    Lengths come as mm and names of the catalogue as its records; ranges are the part's to check.

    Args:
        item: what was written.
        family: the part it becomes.
        place: file, and dotted path of the item.
        catalog: facts.
    """
    known, gathered, found = settable(family), Gathering(), dict[str, Any]()
    for name, value in item.settings.items():
        at = place[0], f"{place[1]}.set.{name}"
        if name not in known:
            gathered.problems.append(_no_setting(name, family, at))
            continue
        read = gathered.tried(_value, (family, name), value, catalog, at)
        if read is not None:
            found[name] = read
    return found, gathered.problems


def _no_setting(name: str, family: str, at: tuple[str, str]) -> Problem:
    heeded = own_keys(family)
    key = name if name in heeded else KEYS.get(name, "")
    if key in heeded:
        what = f"{key} stands in the item itself, not in its set"
        return Problem(at[0], what, at[1], nearest=f"write {key} = … under [[item]]")
    fields = PARTS[family].spec.model_fields
    if name in ELSEWHERE and name in fields and name not in settable(family):
        what = f"{name} is decided by {ELSEWHERE[name]}"
        return Problem(at[0], what, at[1], nearest="leave it out")
    known = settable(family)
    what = f"{a(family)} has no setting {name[:40]!r}"
    allowed = ", ".join(sorted(known)) or "none"
    return Problem(at[0], what, at[1], allowed=allowed, nearest=did_you_mean(name, known))


def _value(field: tuple[str, str], value: Any, catalog: Catalog, at: tuple[str, str]) -> Any:
    spec, name = PARTS[field[0]].spec, field[1]
    finder = finder_of(spec, name)
    if finder and holds_many(spec, name):
        names: list[Any] = value if isinstance(value, list) else [value]
        listed = [(one, (at[0], f"{at[1]}[{i}]")) for i, one in enumerate(names)]
        # A table says more of a board than its name; a form factor is a board of no make.
        return tuple(
            one
            if isinstance(one, dict) or (finder == "board" and one in catalog.form_factors)
            else _record(one, finder, catalog, place)
            for one, place in listed
        )
    if finder:
        return _record(value, finder, catalog, at)
    if name.endswith("_mm") and isinstance(value, str):
        return length_mm(value, *at)
    return value


def _record(value: Any, finder: str, catalog: Catalog, at: tuple[str, str]) -> Fact:
    if not isinstance(value, str):
        what = f"a {finder} is named as in the catalogue"
        near = f"see `rackpress catalog list {'boxes' if finder == 'box' else finder + 's'}`"
        raise InputError(Problem(at[0], what, at[1], None, "an id in quotes", near))
    return getattr(catalog, finder)(value, where=at[0], key=at[1])


def schema_of_settings(family: str) -> Mapping[str, Any]:
    """Return the JSON schema of a family's `[item.set]`, with its definitions under `$defs`."""
    from pydantic import Field, create_model  # noqa: PLC0415 - for `rackpress schema` only

    spec = PARTS[family].spec
    fields: dict[str, Any] = {}
    for name, info in settable(family).items():
        finder = finder_of(spec, name)
        if finder:
            words = info.description or f"Id of {a(finder)} of the catalogue."
            many = holds_many(spec, name)
            one = str | dict[str, Any] if finder == "board" else str
            default = ... if info.is_required() else None
            fields[name] = (list[one] if many else str, Field(default, description=words))
        else:
            fields[name] = (info.annotation, info)
    schema = create_model(f"{family.title()}Set", __base__=Fact, **fields).model_json_schema()
    for name, node in schema.get("properties", {}).items():
        if name.endswith("_mm") and "prefixItems" not in str(node):
            branches = node.pop("anyOf", None) or [
                {k: node.pop(k) for k in list(node) if k not in {"title", "description", "default"}}
            ]
            node["anyOf"] = [*branches, {"type": "string", "description": "Such as 4mm or 0.5in."}]
    schema.pop("required", None)
    schema["description"] = f"Further fields of {a(family)}."
    return schema
