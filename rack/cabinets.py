"""The cabinets of a file, empty: how high, how deep, and where each stands in the row."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from catalog.load import Catalog
from catalog.models import Rack
from catalog.problems import InputError, Problem, did_you_mean
from rack.cabinet_spec import CabinetSpec
from rack.gather import Gathering
from rack.place import Space
from rack.spec import Item, RackSpec


@dataclass(frozen=True)
class Cabinet:
    """A cabinet before anything stands in it.

    Args:
        name: what to call it; empty where the file has none of its own.
        rack: as sold, its clear depth as the file has it.
        height_u: of it.
        left_mm: its left side, seen from the front, from that of the first one.
        wide_mm: over its sides; where the catalogue does not know, over a panel.
        gap_known: the file says how far it stands from the one to its left.
        cable_gap_mm: between what hangs at its front and at its rear.
    """

    name: str
    rack: Rack
    height_u: float
    left_mm: float = 0.0
    wide_mm: float = 0.0
    gap_known: bool = True
    cable_gap_mm: float = 0.0

    @property
    def depth_mm(self) -> float | None:
        """What front and rear share; `None` if nobody knows."""
        return self.rack.clear_depth_mm

    @property
    def middle_mm(self) -> float:
        """Its middle, seen from the front, from the left side of the first one."""
        return self.left_mm + self.wide_mm / 2

    @property
    def space(self) -> Space:
        """It as a space to be filled."""
        return Space(self.name, self.height_u, self.depth_mm, self.cable_gap_mm)


def cabinets_of(spec: RackSpec, catalog: Catalog, where: str) -> tuple[Cabinet, ...]:
    """Return the cabinets of a file, from the left; one without a name if it lists none.

    Args:
        spec: the rack as written; our panels fit the posts of its rack.
        catalog: facts.
        where: file named in errors.

    Raises:
        InputError: unknown racks, racks of other posts, heights that nobody says, names twice; all
            at once.
    """
    rack = catalog.rack(spec.rack, where=where, key="rack")
    if not spec.cabinets:
        deep = spec.pack.depth if spec.pack else None
        return (_cabinet(spec, ("", rack, height_of_rack(spec, rack, where)), deep, catalog),)
    found, made, left = Gathering(), list[Cabinet](), 0.0
    if spec.pack and spec.pack.racks:
        what, near = "the file lists its racks as [[cabinet]] already", "leave out one of the two"
        found.problems.append(Problem(where, what, "pack.rack", nearest=near))
    for index, wish in enumerate(spec.cabinets):
        key = f"cabinet[{index}]"
        if wish.name in {one.name for one in spec.cabinets[:index]}:
            what, near = f"{wish.name!r} is taken already", f'name = "{wish.name[:38]}-2"'
            found.problems.append(Problem(where, what, f"{key}.name", nearest=near))
        if wish.gap is not None and index == 0:
            what = f"{wish.name} is the first from the left: nothing stands there"
            near = "leave out gap, or give it to the next cabinet"
            found.problems.append(Problem(where, what, f"{key}.gap", nearest=near))
        own = found.tried(_own_rack, wish, rack, catalog, (where, key))
        high = found.tried(_height, wish, spec, own, (where, key)) if own else None
        if own is None or high is None:
            continue
        gap = wish.gap if index and wish.gap is not None else 0.0
        deep = wish.depth if wish.depth is not None or not spec.pack else spec.pack.depth
        one = _cabinet(spec, (wish.name, own, high), deep, catalog, (left + gap, wish.gap))
        made.append(one)
        left = one.left_mm + one.wide_mm
    found.done()
    return tuple(made)


def _cabinet(
    spec: RackSpec,
    known: tuple[str, Rack, float],
    depth: float | None,
    catalog: Catalog,
    at: tuple[float, float | None] = (0.0, None),
) -> Cabinet:
    name, rack, high = known
    panel = catalog.standard(rack.standard or rack.id).panel_width_mm
    return Cabinet(
        name=name,
        rack=rack if depth is None else rack.model_copy(update={"clear_depth_mm": depth}),
        height_u=high,
        left_mm=at[0],
        wide_mm=rack.outer_w_mm or panel,
        gap_known=at[0] == 0 or at[1] is not None,
        cable_gap_mm=spec.pack.cable_gap if spec.pack else 0.0,
    )


def _own_rack(wish: CabinetSpec, rack: Rack, catalog: Catalog, at: tuple[str, str]) -> Rack:
    """Return the rack of a cabinet.

    Raises:
        InputError: unknown, or its posts take other panels or screws than those of the file's.
    """
    where, key = at
    if wish.rack is None:
        return rack
    own = catalog.rack(wish.rack, where=where, key=f"{key}.rack")
    if _posts(own) != _posts(rack):
        fitting = [one.id for one in catalog.racks.values() if _posts(one) == _posts(rack)]
        what = f"the posts of {own.id} are not those of {rack.id}, and all parts are made for one"
        near = f"leave out rack, or make {own.id} the rack of a file of its own"
        allowed = ", ".join(sorted(fitting))
        raise InputError(Problem(where, what, f"{key}.rack", allowed=allowed, nearest=near))
    return own


def _posts(rack: Rack) -> tuple[object, ...]:
    """Return what panels and rack screws ask of a rack."""
    return rack.standard, rack.opening_mm, rack.thread, rack.posts


def _height(wish: CabinetSpec, spec: RackSpec, rack: Rack, at: tuple[str, str]) -> float:
    """Return how high a cabinet is: as it says, else as its own rack or the file has it, U.

    Raises:
        InputError: nobody says, or more than there is.
    """
    where, key = at
    high = wish.height
    if high is None and wish.rack is None:
        high = spec.height
    return _high(high, rack, Problem(where, "", f"{key}.height"))


def height_of_rack(spec: RackSpec, rack: Rack, where: str) -> float:
    """Return how high a rack is, U.

    Raises:
        InputError: the file does not say, or more than there is.
    """
    return _high(spec.height, rack, Problem(where, "", "height"))


def _high(said: float | None, rack: Rack, at: Problem) -> float:
    if said is None and rack.height_u is None:
        what = f"{rack.id} comes in any height: say how high yours is"
        near = 'add height = "8U"'
        raise InputError(replace(at, what=what, allowed="0.5U to 60U", nearest=near))
    own = said if said is not None else rack.height_u or 0.0
    if rack.height_u is not None and own > rack.height_u:
        what = f"{rack.id} has {rack.height_u:g}U, not {own:g}U"
        near = f"the largest value that works is {rack.height_u:g}U"
        allowed = f"up to {rack.height_u:g}U"
        raise InputError(replace(at, what=what, allowed=allowed, nearest=near))
    return own


def racks_by_cabinet(spec: RackSpec) -> Mapping[str, str]:
    """Return the rack of each cabinet that has one of its own."""
    return {one.name: one.rack for one in spec.cabinets if one.rack is not None}


def placed_well(
    items: Sequence[Item], cabinets: Sequence[Cabinet], where: str
) -> Sequence[Cabinet]:
    """Return the cabinets, if items name none but these, and the rear only where a depth is known.

    Raises:
        InputError: all of them.
    """
    problems = [
        problem
        for index, item in enumerate(items)
        for problem in _misplaced(item, f"item[{index}]", cabinets, where)
    ]
    if problems:
        raise InputError(*problems)
    return cabinets


def _misplaced(item: Item, key: str, cabinets: Sequence[Cabinet], where: str) -> Iterable[Problem]:
    names = [one.name for one in cabinets if one.name]
    if item.cabinet is not None and item.cabinet not in names:
        what = f"no cabinet is called {item.cabinet!r}"
        near = did_you_mean(item.cabinet, names) if names else "the file lists no [[cabinet]]"
        allowed = ", ".join(names)
        yield Problem(where, what, f"{key}.cabinet", allowed=allowed, nearest=near)
        return
    mine = [one for one in cabinets if item.cabinet in (None, one.name)]
    unknown = [one for one in mine if one.depth_mm is None]
    if item.face == "rear" and unknown:
        yield unknown_depth(unknown[0], where, f"{key}.face")


def unknown_depth(cabinet: Cabinet, where: str, key: str) -> Problem:
    """Return the problem with the rear of a cabinet of which nobody knows the depth.

    Args:
        cabinet: the one.
        where: file named in errors.
        key: what asks for its rear.
    """
    rack = cabinet.rack.id
    what = f"how deep {cabinet.name or rack} is is not known, and front and rear share it"
    near = 'say it: depth = "600mm" under [pack] (`pack` takes --depth 600mm too)'
    if cabinet.name:
        near = f'say it: depth = "600mm" in the [[cabinet]] {cabinet.name}'
    return Problem(where, what, key, nearest=near)
