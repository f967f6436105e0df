"""Places by the cabinet solver: for a file with `[pack]`, or where the file's order finds none."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from math import inf
from typing import Any

from catalog.models import Fact
from catalog.problems import InputError, Problem, did_you_mean
from packing.cabinet.answer import Spot
from packing.cabinet.question import BOTH, Question, Thing
from packing.cabinet.question import Cabinet as Asked
from packing.cabinet.wishes import Apart, At
from packing.cabinet.wishes import Wish as PackWish
from rack.cabinets import Cabinet, unknown_depth
from rack.items import Setting
from rack.most import counted
from rack.own import ONLY, opening_mm, own_things, priced
from rack.place import Face, Place, Wish, place
from rack.spec import Item, RackSpec
from rack.things import Places, pins, things_of, wishes_of

LIMIT_S = 5.0  # of the solver's work: a homelab's rack takes a hundredth of that


@dataclass(frozen=True)
class Kept:
    """Room kept free for a thing of `[pack]`, of which no mount is made.

    Args:
        name: of the thing.
        at_u: lowest unit it takes.
        height_u: of it.
        x_mm: from the left post as seen from the front.
        width_mm: `None`: all of it.
        opening_mm: between the posts.
        cabinet: its name; empty for the only one.
        face: the posts it hangs on.
        both: it takes the other face too.
        power_w: what it draws at most, W, if that is known: it is in no sum, for it is no item.
    """

    name: str
    at_u: float
    height_u: float
    x_mm: float
    width_mm: float | None
    opening_mm: float
    cabinet: str = ""
    face: Face = "front"
    both: bool = False
    power_w: float | None = None

    def as_dict(self) -> dict[str, Any]:
        """Return the fields by name, for JSON; cabinet and face where there are several."""
        told = asdict(self)
        if self.power_w is None:
            del told["power_w"]
        both, cabinet, face = told.pop("both"), told.pop("cabinet"), told.pop("face")
        told |= {"cabinet": cabinet} if cabinet else {}
        return told | ({"face": face} if face == "rear" else {}) | ({"both": both} if both else {})


def uncounted(kept: Iterable[Kept]) -> dict[str, Any]:
    """Return `uncounted`: what things draw at most that are in no sum, W, by name, if any do."""
    known = {one.name: one.power_w for one in kept if one.power_w is not None}
    return {"uncounted": known} if known else {}


Stood = tuple[dict[int, Place], tuple[Kept, ...]]


def places(
    spec: RackSpec, parts: Sequence[Fact | None], cabinets: Sequence[Cabinet], at: Setting
) -> Stood:
    """Return where every item in the rack stands whose part is known, by its index.

    With it comes the room that is kept for things of `[pack]`.

    Without `[pack]`, things stand in the file's order from the top, if they go in so. Else the
    solver finds places if there are any.

    Args:
        spec: the rack as written.
        parts: of each item the spec of its part.
        cabinets: those of the file, from the left.
        at: what all items share.

    Raises:
        InputError: two modules want one slot or meet in the depth, one stands out of its cabinet,
            there is no room, or wishes clash.
    """
    known = [
        part is not None or item.count != "max"
        for item, part in zip(spec.items, parts, strict=True)
    ]
    things = things_of(counted(spec, parts) if all(known) else spec, parts, at)
    if len({thing.name for thing in things.values()}) < len(things):
        return {}, ()  # complained of elsewhere
    if spec.pack is not None:
        return _solved(spec, things, cabinets, at)
    wishes = [_wish(i, thing, spec.items[i]) for i, thing in things.items()]
    spaces = [one.space for one in cabinets]
    try:
        return dict(zip(things, place(wishes, spaces, at.where), strict=True)), ()
    except InputError:
        room_u = sum(one.height_u for one in cabinets)
        front_u = sum(wish.height_u for wish in wishes if wish.face == "front")
        if front_u > room_u or _pinned(spec, things):
            raise
        found = _tried(spec, things, cabinets)
        if found is None:
            raise
        return found, ()


def _wish(index: int, thing: Thing, item: Item) -> Wish:
    return Wish(
        key=f"item[{index}]",
        label=thing.name,
        height_u=thing.height_u,
        at_u=item.at_u,
        cabinet=item.cabinet,
        face=item.face or "front",
        deep_mm=inf if thing.full_depth else thing.depth_mm,
    )


def _pinned(spec: RackSpec, things: Places) -> bool:
    """Return whether every place is given already: then there is nothing to find."""
    several = len(spec.cabinets) > 1
    items = [spec.items[i] for i in things]
    return all(one.at_u is not None and (one.cabinet or not several) for one in items)


def asked(
    cabinets: Sequence[Cabinet], spec: RackSpec, width_mm: float, *, deep: bool
) -> tuple[Asked, ...]:
    """Return the cabinets as the solver is asked about them; how deep only where that matters."""
    side = spec.pack.side_gap if spec.pack else 0.0
    return tuple(
        Asked(
            one.name or ONLY,
            one.height_u,
            width_mm,
            one.depth_mm if deep else None,
            cable_gap_mm=one.cable_gap_mm,
            side_gap_mm=side,
            cost=1,
        )
        for one in cabinets
    )


def _place(spot: Spot) -> Place:
    return Place(spot.at_u, "" if spot.cabinet == ONLY else spot.cabinet, spot.face)


def fitted(thing: Thing, cabinets: Sequence[Cabinet], *, deep: bool) -> Thing:
    """Return a thing as it is asked about: what sticks out of every cabinet takes both faces."""
    depths = [one.depth_mm for one in cabinets if one.depth_mm is not None]
    if not deep:
        return thing
    out = bool(depths) and thing.depth_mm >= max(depths)
    return replace(
        thing,
        depth_mm=0.0 if out else thing.depth_mm,
        full_depth=thing.full_depth or out,
    )


def mine(name: str | None, cabinets: Sequence[Cabinet]) -> list[Cabinet]:
    """Return the cabinets that a thing may stand in: the one it names, or all."""
    return [one for one in cabinets if name in (None, one.name)]


def _tried(spec: RackSpec, things: Places, cabinets: Sequence[Cabinet]) -> dict[int, Place] | None:
    from packing.cabinet.solve import best, spots_of  # noqa: PLC0415 - the solver is heavy

    deep = any(one.face == "rear" for one in spec.items)
    told = [
        fitted(thing, mine(spec.items[i].cabinet, cabinets), deep=deep)
        for i, thing in things.items()
    ]
    question = Question(
        tuple(told),
        asked(cabinets, spec, 1.0, deep=deep),
        tuple(pins(spec, things)),
        limit_s=LIMIT_S,
    )
    found, model, _ = best(question)
    if not found.any:
        return None
    stood = {spot.thing: spot for spot in spots_of(model, found)}
    return {i: _place(stood[thing.name]) for i, thing in things.items()}


def _solved(spec: RackSpec, things: Places, cabinets: Sequence[Cabinet], at: Setting) -> Stood:
    from packing.cabinet.solve import arrange  # noqa: PLC0415 - the solver is heavy

    assert spec.pack is not None, "asked for where there are wishes"
    deep = hangs_at_rear(spec)
    if deep:
        deep_enough(cabinets, at.where)
    known_racks(spec, at.where)
    opening = opening_mm(at.catalog.rack(at.rack), at.catalog)
    taken = [*(thing.name for thing in things.values()), *spec.candidates]
    every = own_things(spec.pack, taken, opening, at.where, at.catalog)
    own = [thing for thing in every if thing.required]
    names = {thing.name for thing in (*things.values(), *own)}
    known = [*taken, *(thing.name for thing in every)]
    priced([*things.values(), *every], spec.pack, spec.candidates, at.where)
    wishes, cables = wishes_of(spec.pack, known, at.where)
    pinned = pins(spec, things)
    faces: dict[str, Face] = {
        w.thing: w.face for w in (*pinned, *wishes) if isinstance(w, At) and w.face
    }
    inside = {w.thing: w.cabinet for w in (*pinned, *wishes) if isinstance(w, At) and w.cabinet}
    told = [
        _facing(
            fitted(thing, mine(inside.get(thing.name), cabinets), deep=deep),
            faces.get(thing.name),
            rear=spec.pack.rear,
        )
        for thing in (*things.values(), *own)
    ]
    answer = arrange(
        Question(
            tuple(told),
            asked(cabinets, spec, opening, deep=deep),
            tuple(dict.fromkeys((*pinned, *(w for w in wishes if _heeded(w, names, cabinets))))),
            tuple(cable for cable in cables if {cable.one, cable.other} <= names),
            limit_s=LIMIT_S,
        )
    )
    if answer.value is None:
        raise InputError(clashing(answer.clash, at.where, cabinets))
    stood = {spot.thing: spot for spot in answer.spots}
    kept = tuple(
        Kept(
            one.name,
            spot.at_u,
            one.height_u,
            spot.x_mm,
            one.width_mm,
            opening,
            cabinet=_place(spot).cabinet,
            face=spot.face,
            both=deep and told[len(things) + n].full_depth,
            power_w=one.power_w,
        )
        for n, one in enumerate(own)
        for spot in (stood[one.name],)
    )
    return {i: _place(stood[thing.name]) for i, thing in things.items()}, kept


def hangs_at_rear(spec: RackSpec) -> bool:
    """Return whether anything may hang at the rear: by `[pack]`, or by an item of its own."""
    pack = spec.pack
    wished = pack is not None and (pack.rear or any(s.face == "rear" for s in pack.stand))
    return wished or any(item.face == "rear" for item in spec.items)


def known_racks(spec: RackSpec, where: str) -> None:
    """Refuse a place in a cabinet that there is not, where the file lists its cabinets.

    Raises:
        InputError: all of them.
    """
    names = [one.name for one in spec.cabinets]
    wished = enumerate(spec.pack.stand if spec.pack and names else ())
    problems = [
        Problem(
            where,
            f"no cabinet is called {one.rack!r}",
            f"pack.stand[{index}].rack",
            allowed=", ".join(names),
            nearest=did_you_mean(one.rack, names),
        )
        for index, one in wished
        if one.rack is not None and one.rack not in names
    ]
    if problems:
        raise InputError(*problems)


def deep_enough(cabinets: Sequence[Cabinet], where: str) -> None:
    """Refuse the rear of a cabinet of which nobody knows the depth.

    Raises:
        InputError: the first of them.
    """
    for one in cabinets:
        if one.depth_mm is None:
            raise InputError(unknown_depth(one, where, "pack"))


def _facing(thing: Thing, face: Face | None, *, rear: bool) -> Thing:
    """Return a thing with the faces it may hang at."""
    if face is not None:
        return replace(thing, faces=(face,))
    return replace(thing, faces=BOTH) if rear else thing


def _heeded(wish: PackWish, names: set[str], cabinets: Sequence[Cabinet]) -> bool:
    """Return whether a wish is about cabinets of the file, and things that are in them."""
    inside = {one.name for one in cabinets}
    if isinstance(wish, At) and wish.cabinet is not None and wish.cabinet not in inside:
        return False
    if isinstance(wish, Apart) and wish.by_u is None and len(cabinets) == 1:
        return False
    return names.issuperset(wish.things)


def clashing(clash: Sequence[object], where: str, cabinets: Sequence[Cabinet]) -> Problem:
    """Return the problem with wishes that cannot all come true.

    Args:
        clash: the wishes; none if no place was found in the time.
        where: file named in errors.
        cabinets: that were to be filled.
    """
    if not clash:
        what = "no places were found that all wishes allow, nor was it proved that there are none"
        return Problem(where, what, "pack", nearest="leave out a wish, or take a higher rack")
    told = "; ".join(str(wish) for wish in clash)
    high = " and ".join(f"{one.height_u:g}U" for one in cabinets)
    what = f"in {high} these cannot all be: {told}"
    near = "give up any one of them, take a higher rack, or ask `rackpress pack` what goes in"
    return Problem(where, what, "pack", allowed="all but one of them", nearest=near)
