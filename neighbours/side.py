"""The side file of an export: the rack.toml it was made from, for what the others cannot hold.

An import that finds it gives that rack.toml back, letter for letter if nothing was moved there.
What was moved, taken out or put in is changed in it, and its comments stay.
"""

import json
import re
import tomllib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from catalog.base import Fact
from catalog.load import Catalog
from catalog.problems import InputError, Problem
from catalog.validate import of_version, parse, read_json, read_text
from catalog.versions import RACK, SIDE, upgraded
from neighbours.elevation import Elevation, Face, Stand
from neighbours.rack_toml import NAME, tables
from neighbours.units import slug
from rack.items import labels
from rack.spec import RackSpec

VERSION = SIDE.newest


class Place(Fact):
    """Where something stood when the file was written, and what it was."""

    name: str
    at_u: float
    height_u: float
    face: Face = "front"
    cabinet: str = ""
    kind: str


class Side(Fact):
    """The whole file."""

    version: Annotated[int, BeforeValidator(of_version(SIDE)), Field(ge=1, le=SIDE.newest)] = (
        VERSION
    )
    places: tuple[Place, ...] = Field((), max_length=1000)
    rack_toml: str


def places_of(made: Elevation) -> tuple[Place, ...]:
    """Return who stands where, as the side file keeps it."""
    kinds = made.by_slug
    return tuple(
        Place(
            name=one.name,
            at_u=one.at_u,
            height_u=kinds[one.kind].height_u,
            face=one.face,
            cabinet=one.cabinet,
            kind=one.kind,
        )
        for one in made.stands
    )


def side_text(made: Elevation, text: str) -> str:
    """Return the side file of an elevation that was made from a rack.toml.

    Args:
        made: who stands where.
        text: the rack.toml.
    """
    side = Side(version=VERSION, places=places_of(made), rack_toml=text)
    return json.dumps(side.model_dump(mode="json"), ensure_ascii=False, indent=1) + "\n"


def read_side(path: Path) -> Side:
    """Read a side file.

    Raises:
        InputError: unreadable, not ours, of a newer version, or without a right rack.toml.
    """
    where = str(path)
    data: Any = read_json(read_text(path, where, "JSON in UTF-8"), where)
    if not isinstance(data, dict):
        raise InputError(Problem(where, "is no side file of Rackpress"))
    side = parse(Side, upgraded(data, SIDE, where), where)
    _spec(side, where)
    return side


def _spec(side: Side, where: str) -> RackSpec:
    try:
        data = tomllib.loads(side.rack_toml)
    except (ValueError, RecursionError) as error:
        raise InputError(Problem(where, f"is not TOML: {error}", "rack_toml")) from None
    inside = f"{where}: rack_toml"
    return parse(RackSpec, upgraded(data, RACK, inside), inside, side.rack_toml)


def given_back(side: Side, made: Elevation, catalog: Catalog, where: str) -> tuple[str, list[str]]:
    """Return the rack.toml of a side file with what was changed since, and words for each change.

    Args:
        side: what was written.
        made: who stands where now.
        catalog: facts.
        where: the side file, named in errors.

    Raises:
        InputError: the rack.toml in the side file is wrong.
    """
    before = {one.name: one for one in side.places}
    now = {one.name: one for one in places_of(made)}
    if before == now:
        return side.rack_toml, []
    return _Edit(side, made, catalog, where).run(before, now)


class _Edit:
    """Changes the rack.toml of a side file to what stands in the racks now."""

    def __init__(self, side: Side, made: Elevation, catalog: Catalog, where: str) -> None:
        import tomlkit  # noqa: PLC0415 - only where something was changed

        spec = _spec(side, where)
        self.made, self.catalog = made, catalog
        self.file: Any = tomlkit.parse(side.rack_toml)
        self.items = labels(spec.items)
        self.several = [n for n, one in zip(self.items, spec.items, strict=True) if one.times != 1]
        self.things = [one.name for one in spec.pack.things if one.count == 1] if spec.pack else []
        self.said: list[str] = []

    def run(self, before: dict[str, Place], now: dict[str, Place]) -> tuple[str, list[str]]:
        """Move, take out, put in."""
        other = {n for n in before.keys() & now.keys() if not _same(before[n], now[n])}
        gone = (before.keys() - now.keys()) | other
        stay = before.keys() & now.keys() - other
        self.said += [_moved(n, now[n]) for n in sorted(stay) if before[n] != now[n]]
        copies = {name for many in self.several for name in _copies(many, stay)}
        self._pin({name: now[name] for name in stay - copies})
        self._take_out(gone, {*self.several})
        new = [s for s in self.made.stands if s.name not in stay or s.name in copies]
        self._put_in(new, copies)
        return self.file.as_string(), self.said

    def _pin(self, now: dict[str, Place]) -> None:
        """Give everything its place: what was free to go where there was room is not any more."""
        for index, name in enumerate(self.items):
            if name in now:
                item, place = self.file["item"][index], now[name]
                item["at_u"] = _whole(place.at_u)
                if place.face != item.get("face", "front"):
                    item["face"] = place.face
                if place.cabinet:
                    item["cabinet"] = slug(place.cabinet, NAME)
        for name in self.things:
            if name in now:
                place = now[name]
                row = {"item": name, "at_u": _whole(place.at_u), "face": place.face}
                self._stand({**row, "rack": slug(place.cabinet, NAME) if place.cabinet else ""})

    def _stand(self, row: dict[str, Any]) -> None:
        """Write a `[[pack.stand]]`, in place of the one for that thing."""
        import tomlkit  # noqa: PLC0415 - as above

        pack = self.file.setdefault("pack", tomlkit.table())
        rows = pack.setdefault("stand", tomlkit.aot())
        for old in rows:
            if old["item"] == row["item"]:
                old["at_u"] = row["at_u"]
                if row.get("face", "front") != old.get("face", "front"):
                    old["face"] = row["face"]
                if row.get("rack"):
                    old["rack"] = row["rack"]
                return
        usual = {("face", "front"), ("rack", "")}
        rows.append(_table({k: v for k, v in row.items() if (k, v) not in usual}))

    def _take_out(self, names: set[str], several: set[str]) -> None:
        """Take out what is gone, and what stands for several: each of them has its place now."""
        for index in range(len(self.items) - 1, -1, -1):
            if self.items[index] in names | several:
                del self.file["item"][index]
        self.said += [f"{name} is written out, one item for each" for name in sorted(several)]
        pack: Any = self.file.get("pack", {})
        for key, of in (("thing", "name"), ("stand", "item")):
            rows = pack.get(key, [])
            for index in range(len(rows) - 1, -1, -1):
                if rows[index][of] in names and rows[index].get("count", 1) == 1:
                    del rows[index]
        known = {*self.items, *self.things}
        self.said += [f"{name} is no longer in it" for name in sorted(names & known)]
        left = sorted(names - known)
        self.said += [f"{name} is gone there: it was not written by hand" for name in left]

    def _put_in(self, stands: Sequence[Stand], copies: set[str]) -> None:
        import tomlkit  # noqa: PLC0415 - as above

        taken = {slug(name, NAME) for name in (*self.items, *self.things)}
        taken -= {slug(one.name, NAME) for one in stands}
        new = tables(self.made, stands, self.catalog, taken)
        for row in new.items:
            self.file.setdefault("item", tomlkit.aot()).append(_table(row))
        for row in new.things:
            pack = self.file.setdefault("pack", tomlkit.table())
            pack.setdefault("thing", tomlkit.aot()).append(_table(row))
        for row in new.places:
            self._stand(row)
        self.said += new.warnings
        self.said += [f"{one.name} is new" for one in stands if one.name not in copies]


def _moved(name: str, place: Place) -> str:
    inside = f" of {place.cabinet}" if place.cabinet else ""
    rear = " at the rear" if place.face == "rear" else ""
    return f"{name} stands at {place.at_u:g}U{inside}{rear} now"


def _copies(name: str, among: Iterable[str]) -> set[str]:
    """Return which names are of the copies of an item that stands there several times."""
    start = re.sub("[^a-z0-9-]", "-", name)[:36]
    return {one for one in among if re.fullmatch(re.escape(start) + r"-\d+", one)}


def _same(one: Place, other: Place) -> bool:
    return (one.height_u, one.kind) == (other.height_u, other.kind)


def _table(row: dict[str, Any]) -> Any:
    import tomlkit  # noqa: PLC0415 - as above

    table = tomlkit.table()
    for key, value in row.items():
        table[key] = value
    return table


def _whole(value: float) -> float:
    return int(value) if value == int(value) else value
