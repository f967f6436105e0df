"""From an elevation to a rack.toml."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from catalog.load import Catalog
from catalog.problems import InputError, Problem
from catalog.validate import parse
from neighbours.elevation import Cabinet, Elevation, Kind, Stand
from neighbours.toml_text import toml_text
from neighbours.units import distinct, slug
from rack.devices import find
from rack.spec import VERSION, RackSpec

NAME = 40  # letters of a name in a rack.toml
STANDARD = {10: "10in", 19: "19in"}


@dataclass
class Written:
    """Tables of a rack.toml, and what did not go into them, in words."""

    items: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    things: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    places: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    warnings: list[str] = field(default_factory=list[str])


def rack_toml(
    made: Elevation, catalog: Catalog, where: str, program: str, own: frozenset[str] = frozenset()
) -> tuple[str, list[str]]:
    """Return a rack.toml for an elevation, and what was taken for granted.

    Args:
        made: who stands where.
        catalog: facts, with the imported ones if there are any.
        where: the file it came from.
        program: whose it is.
        own: slugs of kinds that a folder of facts beside it holds as `racked`.

    Raises:
        InputError: a width that no rack of ours has, or an item that is none of ours.
    """
    written = tables(made, made.stands, catalog, set(), own)
    title = made.title or (made.name if made.name != slug(made.name, NAME) else "")
    data: dict[str, Any] = {
        "version": VERSION,
        "name": slug(made.name, NAME),
        "title": title[:120] or None,
        "rack": _rack(made.racks[0], catalog, where),
        "height": f"{made.racks[0].height_u}U",
        "cabinet": _cabinets(made, catalog, where) if made.racks[0].label else [],
        "item": written.items,
    }
    lone = made.racks[0]
    depth = _depth(lone, data["rack"], catalog) if not lone.label else None
    pack = {"depth": depth, "thing": written.things, "stand": written.places}
    data["pack"] = {key: value for key, value in pack.items() if value not in (None, [])}
    data = {key: value for key, value in data.items() if value not in (None, [], {})}
    try:
        parse(RackSpec, data, where)
    except InputError as error:
        what = "makes no rack.toml: "
        found = (
            Problem(where, what + p.what, p.key, None, p.allowed, p.nearest) for p in error.problems
        )
        raise InputError(*found) from None
    return toml_text(data, f"# From {program}, by rackpress import.\n"), written.warnings


def tables(
    made: Elevation,
    stands: Iterable[Stand],
    catalog: Catalog,
    taken: set[str],
    own: frozenset[str] = frozenset(),
) -> Written:
    """Return the tables of a rack.toml for what stands in a rack, from the top down.

    Args:
        made: whose kinds they are.
        stands: those to write.
        catalog: facts.
        taken: names that are in use; those of the new tables are added.
        own: see `rack_toml`.
    """
    written = Written()
    kinds = made.by_slug
    for stand in sorted(stands, key=lambda s: (s.cabinet, -s.at_u, s.face, s.name)):
        kind = kinds[stand.kind]
        name = distinct(slug(stand.name, NAME), taken, NAME)
        if name != stand.name:
            written.warnings.append(f"{stand.name!r} is called {name!r} in a rack.toml")
        rear = {"face": "rear"} if stand.face == "rear" else {}
        inside = {"cabinet": slug(stand.cabinet, NAME)} if stand.cabinet else {}
        within = {"rack": inside["cabinet"]} if inside else {}
        ours = item_of(kind, catalog)
        if ours:
            item: dict[str, Any] = {"name": name, **ours, "height": f"{kind.height_u:g}U"}
            item |= {"at_u": _whole(stand.at_u), **rear, **inside}
            written.items.append(item)
            continue
        if kind.ours:
            written.warnings.append(f"{name}: no device {kind.ours.get('device')!r} is known here")
        written.things.append(_thing(name, kind, catalog, own))
        written.places.append({"item": name, "at_u": _whole(stand.at_u), **rear, **within})
    return written


def item_of(kind: Kind, catalog: Catalog) -> dict[str, Any]:
    """Return what makes the item of a kind; nothing where it is bought with ears, or unknown.

    What nobody marked is an item too if its slug is a device of ours.
    """
    ours = dict(kind.ours)
    if not ours and not kind.device and kind.slug in catalog.store.files:
        ours = {"device": kind.slug}
    device = ours.get("device")
    if isinstance(device, str):
        try:
            find(catalog, device)
        except InputError:
            return {}
    return ours


def _thing(name: str, kind: Kind, catalog: Catalog, own: frozenset[str]) -> dict[str, Any]:
    """Return a thing with ears: by its name in the catalogue, or with its figures."""
    device = kind.device or slug(kind.slug)
    if kind.slug in own:
        return {"name": name, "device": slug(kind.slug)}
    if device in catalog.racked and catalog.racked[device].height_u == kind.height_u:
        return {"name": name, "device": device}
    found = {
        "name": name,
        "height": f"{kind.height_u:g}U",
        "full_depth": kind.full_depth or None,
        "power_w": _whole(kind.max_w),
        "heat_w": _whole(kind.typical_w),
        "weight_g": _whole(kind.weight_g),
    }
    return {key: value for key, value in found.items() if value is not None}


def _rack(rack: Cabinet, catalog: Catalog, where: str) -> str:
    known = {**catalog.racks, **catalog.standards}
    if rack.id in known:
        return rack.id
    if rack.width_in not in STANDARD:
        what = f"racks of {rack.width_in} inches are not known here"
        raise InputError(Problem(where, what, "width", allowed="10, 19"))
    return STANDARD[rack.width_in]


def _cabinets(made: Elevation, catalog: Catalog, where: str) -> list[dict[str, Any]]:
    """Return a `[[cabinet]]` for each rack; all have the posts of the first."""
    first = _rack(made.racks[0], catalog, where)
    found: list[dict[str, Any]] = []
    for rack in made.racks:
        own = _rack(rack, catalog, where)
        row = {
            "name": slug(rack.label, NAME),
            "height": f"{rack.height_u}U",
            "rack": own if own != first else None,
            "depth": _depth(rack, own, catalog),
        }
        found.append({key: value for key, value in row.items() if value is not None})
    return found


def _depth(rack: Cabinet, own: str, catalog: Catalog) -> float | None:
    """Return the clear depth of a rack, mm, where the catalogue does not say the same."""
    known = catalog.rack(own).clear_depth_mm
    if rack.depth_mm is None or (known is not None and int(known) == int(rack.depth_mm)):
        return None
    return _whole(rack.depth_mm)


def _whole(value: float | None) -> float | None:
    return int(value) if value is not None and value == int(value) else value
