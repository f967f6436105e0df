"""Places by the cabinet solver: for a file with `[pack]`, or where the file's order finds none."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from catalog.models import Fact
from catalog.problems import InputError, Problem
from packing.cabinet.question import Cabinet, Question
from packing.cabinet.wishes import Apart, At
from packing.cabinet.wishes import Wish as PackWish
from rack.items import Setting
from rack.most import counted
from rack.own import opening_mm, own_things, priced
from rack.place import Wish, place
from rack.spec import RackSpec
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
    """

    name: str
    at_u: float
    height_u: float
    x_mm: float
    width_mm: float | None
    opening_mm: float

    def as_dict(self) -> dict[str, Any]:
        """Return the fields by name, for JSON."""
        return asdict(self)


Stood = tuple[dict[int, float], tuple[Kept, ...]]


def places(spec: RackSpec, parts: Sequence[Fact | None], height_u: float, at: Setting) -> Stood:
    """Return the lowest unit of every item in the rack whose part is known, by its index.

    With it comes the room that is kept for things of `[pack]`.

    Without `[pack]`, things stand in the file's order from the top, if they go in so. Else the
    solver finds places if there are any.

    Args:
        spec: the rack as written.
        parts: of each item the spec of its part.
        height_u: height of the rack.
        at: what all items share.

    Raises:
        InputError: two modules want one slot, one stands out of the rack, there is no room, or
            wishes clash.
    """
    known = [
        part is not None or item.count != "max"
        for item, part in zip(spec.items, parts, strict=True)
    ]
    things = things_of(counted(spec, parts) if all(known) else spec, parts, at)
    if len({thing.name for thing in things.values()}) < len(things):
        return {}, ()  # complained of elsewhere
    if spec.pack is not None:
        return _solved(spec, things, height_u, at)
    wishes = [
        Wish(f"item[{i}]", thing.name, thing.height_u, spec.items[i].at_u)
        for i, thing in things.items()
    ]
    try:
        return dict(zip(things, place(wishes, height_u, at.where), strict=True)), ()
    except InputError:
        if sum(thing.height_u for thing in things.values()) > height_u or _pinned(spec, things):
            raise
        found = _tried(spec, things, height_u)
        if found is None:
            raise
        return found, ()


def _pinned(spec: RackSpec, things: Places) -> bool:
    """Return whether every place is given already: then there is nothing to find."""
    return all(spec.items[i].at_u is not None for i in things)


def _tried(spec: RackSpec, things: Places, height_u: float) -> dict[int, float] | None:
    from packing.cabinet.solve import best, spots_of  # noqa: PLC0415 - the solver is heavy

    wished = tuple(pins(spec, things))
    cabinet = Cabinet("rack", height_u, 1.0)
    asked = Question(tuple(things.values()), (cabinet,), wished, limit_s=LIMIT_S)
    found, model, _ = best(asked)
    if not found.any:
        return None
    stood = {spot.thing: spot.at_u for spot in spots_of(model, found)}
    return {i: stood[thing.name] for i, thing in things.items()}


def _solved(spec: RackSpec, things: Places, height_u: float, at: Setting) -> Stood:
    from packing.cabinet.solve import arrange  # noqa: PLC0415 - the solver is heavy

    assert spec.pack is not None, "asked for where there are wishes"
    opening = opening_mm(at.catalog.rack(at.rack), at.catalog)
    taken = [*(thing.name for thing in things.values()), *spec.candidates]
    every = own_things(spec.pack, taken, opening, at.where, at.catalog)
    own = [replace(thing, depth_mm=0.0) for thing in every if thing.required]
    names = {thing.name for thing in (*things.values(), *own)}
    known = [*taken, *(thing.name for thing in every)]
    priced([*things.values(), *every], spec.pack, spec.candidates, at.where)
    wishes, cables = wishes_of(spec.pack, known, at.where)
    answer = arrange(
        Question(
            (*things.values(), *own),
            (Cabinet("the rack", height_u, opening, side_gap_mm=spec.pack.side_gap),),
            (*pins(spec, things), *(wish for wish in wishes if _heeded(wish, names))),
            tuple(cable for cable in cables if {cable.one, cable.other} <= names),
            limit_s=LIMIT_S,
        )
    )
    if answer.value is None:
        raise InputError(clashing(answer.clash, at.where, height_u))
    stood = {spot.thing: spot for spot in answer.spots}
    kept = tuple(
        Kept(one.name, spot.at_u, one.height_u, spot.x_mm, one.width_mm, opening)
        for one in own
        for spot in (stood[one.name],)
    )
    return {i: stood[thing.name].at_u for i, thing in things.items()}, kept


def _heeded(wish: PackWish, names: set[str]) -> bool:
    """Return whether a wish is about the front of one rack, and things that are in it."""
    if isinstance(wish, At) and (wish.face == "rear" or wish.cabinet is not None):
        return False
    if isinstance(wish, Apart) and wish.by_u is None:
        return False
    return names.issuperset(wish.things)


def clashing(clash: Sequence[object], where: str, height_u: float) -> Problem:
    """Return the problem with wishes that cannot all come true.

    Args:
        clash: the wishes; none if no place was found in the time.
        where: file named in errors.
        height_u: of the rack.
    """
    if not clash:
        what = "no places were found that all wishes allow, nor was it proved that there are none"
        return Problem(where, what, "pack", nearest="leave out a wish, or take a higher rack")
    told = "; ".join(str(wish) for wish in clash)
    what = f"in {height_u:g}U these cannot all be: {told}"
    near = "give up any one of them, take a higher rack, or ask `rackpress pack` what goes in"
    return Problem(where, what, "pack", allowed="all but one of them", nearest=near)
