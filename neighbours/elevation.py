"""Who stands where in a rack, as NetBox, Rackula and a rack.toml all know it.

A `Kind` is what they call a device type: what stands in the rack as one thing, with all that it
carries. An `Elevation` is one rack with its kinds and what stands in it. Heights and places are in
U counted from 1 at the bottom; weights in g, draws in W; `None` is unknown.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from catalog.problems import InputError, Problem
from catalog.tables import Airflow

Face = Literal["front", "rear"]
MARK = "rackpress: "  # begins the line of a comment that says what ours is
# A width in inches, from the id of its standard.
WIDTHS: dict[str, int] = {"10in": 10, "10in-250": 10, "19in": 19}


@dataclass(frozen=True, kw_only=True)
class Kind:
    """What stands in a rack as one thing.

    Args:
        slug: its id: small letters, digits, single hyphens.
        maker: who makes what it carries.
        model: what it is called; no two of one maker are called the same.
        height_u: units it takes.
        full_depth: nothing stands behind it.
        weight_g: with all that it carries, without its mount.
        typical_w: all of it together.
        max_w: likewise.
        airflow: in NetBox's words, if known.
        part_number: its maker's.
        category: what sort of thing, in Rackula's words; NetBox has none.
        bays: how many devices it carries, if several.
        ours: the item of a rack.toml that makes it; nothing for what is bought with ears.
        device: entry of `racked`, for what is bought with ears.
    """

    slug: str
    maker: str
    model: str
    height_u: float
    full_depth: bool = False
    weight_g: float | None = None
    typical_w: float | None = None
    max_w: float | None = None
    airflow: Airflow | None = None
    part_number: str = ""
    category: str = "other"
    bays: int = 0
    ours: Mapping[str, Any] = field(default_factory=dict[str, Any])
    device: str = ""

    @property
    def mark(self) -> str:
        """One line that says what ours it is; `read_mark` reads it."""
        said = {"item": dict(self.ours)} if self.ours else {"device": self.device}
        if not any(said.values()):
            return ""
        return MARK + json.dumps(said, ensure_ascii=False, sort_keys=True)


@dataclass(frozen=True, kw_only=True)
class Cabinet:
    """A rack: its width in inches, its height in whole units, and its sizes in mm.

    Args:
        id: a rack or a standard of our catalogue; empty where none is known.
        name: of the rack as it is sold.
        label: what it is called among several; empty where it is the only one.
    """

    id: str
    name: str
    label: str = ""
    width_in: int
    height_u: int
    depth_mm: float | None = None
    outer_w_mm: float | None = None
    outer_d_mm: float | None = None
    outer_h_mm: float | None = None
    weight_g: float | None = None

    def mark(self, file: str) -> str:
        """Return one line that says what ours it is; `cabinet_mark` reads it.

        Args:
            file: name of the elevation, where the rack is one of several.
        """
        said = {"name": self.name, "rack": self.id, **({"of": file} if self.label else {})}
        return MARK + json.dumps(said, ensure_ascii=False, sort_keys=True)


@dataclass(frozen=True, kw_only=True)
class Stand:
    """One thing in a rack: what it is called, the slug of its kind, the lowest unit it takes.

    `cabinet` is the label of its rack.
    """

    name: str
    kind: str
    at_u: float
    face: Face = "front"
    cabinet: str = ""


@dataclass(frozen=True, kw_only=True)
class Elevation:
    """Racks and what stands in them; kinds by slug, stands from the bottom up, rack after rack."""

    name: str
    title: str
    racks: tuple[Cabinet, ...]
    kinds: tuple[Kind, ...]
    stands: tuple[Stand, ...]

    def label(self, rack: Cabinet) -> str:
        """Return what a rack is called: as it is among several, else as all of it is."""
        return rack.label or self.name

    @property
    def by_slug(self) -> dict[str, Kind]:
        """Its kinds by slug."""
        return {kind.slug: kind for kind in self.kinds}


def apart(made: Elevation) -> tuple[Elevation, list[str]]:
    """Return an elevation in which nothing takes the units of another, and who was left out.

    Ours may stand side by side in one unit; nobody else's do.
    """
    kinds = made.by_slug
    kept: list[Stand] = []
    out: list[str] = []
    for one in made.stands:
        kind = kinds[one.kind]
        meets = any(
            one.at_u < other.at_u + kinds[other.kind].height_u
            and other.at_u < one.at_u + kind.height_u
            and one.cabinet == other.cabinet
            and (one.face == other.face or kind.full_depth or kinds[other.kind].full_depth)
            for other in kept
        )
        if meets:
            out.append(one.name)
        else:
            kept.append(one)
    used = {one.kind for one in kept}
    return replace(made, **ordered([k for k in made.kinds if k.slug in used], kept)), out


def ordered(kinds: Iterable[Kind], stands: Iterable[Stand]) -> dict[str, Any]:
    """Return kinds and stands in their one order, as fields of an `Elevation`."""
    return {
        "kinds": tuple(sorted(kinds, key=lambda kind: kind.slug)),
        "stands": tuple(
            sorted(stands, key=lambda one: (one.cabinet, one.at_u, one.face, one.name))
        ),
    }


def read_mark(text: str, where: str, key: str) -> dict[str, Any]:
    """Return what a comment says of ours: `item` or `device`; nothing if it says nothing.

    Args:
        text: of several lines.
        where: file named in an error.
        key: of the comment in it.

    Raises:
        InputError: the line is there and is not as we wrote it.
    """
    return _marked(text, {"item": dict, "device": str}, where, key)


def cabinet_mark(text: str, where: str, key: str) -> dict[str, str]:
    """Return what a rack's comment says of ours: `rack`, `name` and `of`; see `read_mark`."""
    return _marked(text, {"rack": str, "name": str, "of": str}, where, key)


def as_marked(made: Cabinet, mark: Mapping[str, str], many: int) -> tuple[Cabinet, str]:
    """Return a rack by the names that we know it by, and the file that it is one of several of.

    Args:
        made: the rack as the other program calls it.
        mark: what its comment says of ours, from `cabinet_mark`.
        many: how many racks were read with it.
    """
    known = mark.get("name", made.name)
    label = made.name if many > 1 or "of" in mark else ""
    return replace(made, id=mark.get("rack", ""), name=known, label=label), mark.get("of", "")


def _marked(text: str, known: dict[str, type], where: str, key: str) -> dict[str, Any]:
    line = next((one for one in text.splitlines() if one.startswith(MARK)), None)
    if line is None:
        return {}
    try:
        said: Any = json.loads(line.removeprefix(MARK))
    except (ValueError, RecursionError):
        said = None
    whole = isinstance(said, dict) and len(said) > 0
    if not whole or not all(isinstance(v, known.get(k, ())) for k, v in said.items()):
        what = "the line of Rackpress in this comment is not as it was written"
        raise InputError(Problem(where, what, key, nearest=f"take out what follows {MARK!r}"))
    return said
