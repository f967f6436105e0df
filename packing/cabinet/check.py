"""Checks any layout of cabinets against what was asked, without the code that made it.

Pair by pair, as boxes in space: units, millimetres across, millimetres from each pair of posts.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from packing.cabinet.wishes import Apart, At, Cap, HeavyLow, Together, Wanted, Worth

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from packing.cabinet.answer import Spot
    from packing.cabinet.question import Cabinet, Question, Thing
    from packing.cabinet.wishes import Wish

NEAR = 1e-6
_Stood = tuple["Thing", "Spot"]


def violations(asked: Question, spots: Sequence[Spot]) -> list[str]:
    """Return what is wrong with a layout, in words; nothing if it can be built so.

    Args:
        asked: the things, cabinets and wishes.
        spots: where each thing stands.
    """
    things = {thing.name: thing for thing in asked.things}
    stood = [(things[spot.thing], spot) for spot in spots]
    names = [spot.thing for spot in spots]
    wrong = [f"{name} stands twice" for name in sorted(set(names)) if names.count(name) > 1]
    wrong += [f"{t.name} is missing" for t in asked.things if t.required and t.name not in names]
    for cabinet in asked.cabinets:
        inside = [one for one in stood if one[1].cabinet == cabinet.name]
        wrong += [text for one in inside for text in _alone(one, cabinet)]
        wrong += [
            f"{a[0].name} and {b[0].name} are in each other's way"
            for a, b in combinations(inside, 2)
            if _meet(a, b, cabinet)
        ]
    places = {spot.thing: one for one in stood for spot in (one[1],)}
    return wrong + [f"not so: {wish}" for wish in asked.wishes if not _holds(wish, places)]


def _alone(one: _Stood, cabinet: Cabinet) -> Iterable[str]:
    thing, spot = one
    if spot.at_u < 1 - NEAR or spot.at_u - 1 + thing.height_u > cabinet.height_u + NEAR:
        yield f"{thing.name} stands out of {cabinet.name}"
    steps = (spot.at_u - 1) / thing.step_u
    if abs(steps - round(steps)) > NEAR:
        yield f"{thing.name} stands between the holes"
    wide = cabinet.width_mm if thing.width_mm is None else thing.width_mm
    if spot.x_mm < -NEAR or spot.x_mm + wide > cabinet.width_mm + NEAR:
        yield f"{thing.name} is wider than its place in {cabinet.name}"
    if spot.face not in thing.faces:
        yield f"{thing.name} does not hang at the {spot.face}"
    if cabinet.depth_mm is not None and thing.depth_mm > cabinet.depth_mm + NEAR:
        yield f"{thing.name} is deeper than {cabinet.name}"


def _meet(a: _Stood, b: _Stood, cabinet: Cabinet) -> bool:
    """Tell whether two things of one cabinet take the same space."""
    (one, here), (other, there) = a, b
    low = max(here.at_u, there.at_u)
    high = min(here.at_u + one.height_u, there.at_u + other.height_u)
    if high - low < NEAR:
        return False
    if here.face != there.face:
        if one.full_depth or other.full_depth:
            deep = True
        elif cabinet.depth_mm is None:
            deep = False
        else:
            needed = one.depth_mm + other.depth_mm + cabinet.cable_gap_mm
            deep = needed > cabinet.depth_mm + NEAR
        if not deep:
            return False
    ends = [
        (spot.x_mm, spot.x_mm + (cabinet.width_mm if t.width_mm is None else t.width_mm))
        for t, spot in (a, b)
    ]
    between = max(ends[0][0], ends[1][0]) - min(ends[0][1], ends[1][1])
    return between < cabinet.side_gap_mm - NEAR


def _holds(wish: Wish, places: dict[str, _Stood]) -> bool:
    if any(name not in places for name in wish.things):
        return not isinstance(wish, Wanted)
    stood = list(places.values())
    holds = True
    match wish:
        case At():
            holds = _stands(wish, places[wish.thing][1])
        case Together():
            distance = _distance(places[wish.one], places[wish.other])
            near = distance is not None and (wish.within_u is None or distance <= wish.within_u)
            holds = near
        case Apart():
            distance = _distance(places[wish.one], places[wish.other])
            holds = distance is None or (wish.by_u is not None and distance >= wish.by_u)
        case HeavyLow():
            holds = _heavy_low(wish.over_g, stood)
        case Cap():
            holds = _capped(wish, stood)
        case Worth():
            holds = sum(thing.value for thing, _ in stood) >= wish.least
        case Wanted():
            pass  # it is there: looked up above
    return holds


def _stands(wish: At, spot: Spot) -> bool:
    pairs = ((wish.at_u, spot.at_u), (wish.face, spot.face), (wish.cabinet, spot.cabinet))
    return all(asked is None or asked == found for asked, found in pairs)


def _distance(a: _Stood, b: _Stood) -> float | None:
    """Return the units between two things, 0 if they overlap in height; none across cabinets."""
    (one, here), (other, there) = a, b
    if here.cabinet != there.cabinet:
        return None
    above = here.at_u - (there.at_u + other.height_u)
    below = there.at_u - (here.at_u + one.height_u)
    return max(0.0, above, below)


def _heavy_low(over_g: float, stood: list[_Stood]) -> bool:
    known = [(t.weight_g, t, spot) for t, spot in stood if t.weight_g is not None]
    heavy = [(t, spot) for grams, t, spot in known if grams >= over_g]
    light = [spot for grams, _, spot in known if grams < over_g]
    return all(
        up.at_u >= low.at_u + thing.height_u - NEAR
        for thing, low in heavy
        for up in light
        if up.cabinet == low.cabinet
    )


def _capped(wish: Cap, stood: list[_Stood]) -> bool:
    sums: dict[str, float] = {}
    for thing, spot in stood:
        figure = {"power": thing.power_w, "heat": thing.heat_w, "weight": thing.weight_g}[wish.what]
        sums[spot.cabinet] = sums.get(spot.cabinet, 0.0) + (figure or 0.0)
    return all(
        total <= wish.most + NEAR
        for name, total in sums.items()
        if wish.cabinet is None or wish.cabinet == name
    )
