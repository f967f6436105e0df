"""What would let one more board of a mix in, and by how much a board does not go in at all.

Layouts of strips count what a change gives: quick, and every change told was itself placed. What
they do not find may still exist, so a change is enough, and a smaller one may be.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass, replace

from catalog.rack_units import U_MM
from packing.cavity import Cavity
from packing.mixed.question import Mix, Mixed
from packing.mixed.shapes import SCALE, Shape, Space, every_shape, to_place
from packing.mixed.solve import quick
from packing.one_more import MORE_U, NEAR_MM, THINNEST_MM, mm

STEPS_PER_MM = 10
_AXES = ("width", "height", "depth")


@dataclass(frozen=True)
class MixChange:
    """A change of the cavity with which more boards of a mix go in.

    Args:
        key: what changes.
        by: by how much, mm; for height_u in U.
        count: boards after it.
        text: the change in words.
        cavity: the cavity with the change made.
    """

    key: str
    by: float
    count: int
    text: str
    cavity: Cavity


_Turn = Callable[[Cavity, float], Cavity]


def _wider(cavity: Cavity, by: float) -> Cavity:
    return replace(cavity, width_mm=cavity.width_mm + by)


def _higher(cavity: Cavity, by: float) -> Cavity:
    return replace(cavity, height_mm=cavity.height_mm + by)


def _deeper(cavity: Cavity, by: float) -> Cavity:
    return replace(cavity, depth_mm=None if cavity.depth_mm is None else cavity.depth_mm + by)


def _less_air(cavity: Cavity, by: float) -> Cavity:
    return replace(cavity, air_gap_mm=cavity.air_gap_mm - by)


def _less_edge(cavity: Cavity, by: float) -> Cavity:
    return replace(cavity, edge_gap_mm=cavity.edge_gap_mm - by)


def _thinner_walls(cavity: Cavity, by: float) -> Cavity:
    wide = cavity.width_mm + 2 * by
    return replace(cavity, wall_mm=cavity.wall_mm - by, width_mm=wide)


def _thinner_floor(cavity: Cavity, by: float) -> Cavity:
    high = cavity.height_mm + by
    return replace(cavity, floor_mm=cavity.floor_mm - by, height_mm=high)


def more_for(found: Mixed, tell: Callable[[str], None] | None = None) -> tuple[MixChange, ...]:
    """Return changes, small ones first, with which more boards of a mix go in.

    Args:
        found: the mix as it is; nothing is looked for if all boards are in.
        tell: is told what goes on, in words.
    """
    mix, cavity = found.mix, found.mix.cavity
    if not found.missing and all(kind.most is not None for kind in mix.kinds):
        return ()
    knobs: dict[str, tuple[_Turn, float, str]] = {
        "width": (_wider, NEAR_MM, "wider opening"),
        "height": (_higher, NEAR_MM, "more height"),
        "depth": (_deeper, _lacking_depth(found), "more depth"),
        "air_gap": (_less_air, cavity.air_gap_mm, "thinner air gap"),
        "edge_gap": (_less_edge, cavity.edge_gap_mm, "thinner edge gap"),
        "wall": (_thinner_walls, cavity.wall_mm - THINNEST_MM, "thinner walls"),
        "floor": (_thinner_floor, cavity.floor_mm - THINNEST_MM, "thinner floor"),
    }
    changes: list[MixChange] = []
    for key, (turn, limit, text) in knobs.items():
        if tell is not None:
            tell(f"what one more board takes: {text}")
        by = _least(found, turn, min(limit, NEAR_MM) if key != "depth" else limit)
        if by is not None:
            after = turn(cavity, by)
            count = quick(replace(mix, cavity=after))
            changes.append(MixChange(key, by, count, f"{mm(by)} mm {text}", after))
    return (*sorted(changes, key=lambda change: change.by), *_more_units(found))


def lacking(mix: Mix) -> dict[str, str]:
    """Return for each kind that goes in in no pose what it lacks in each of them, in words."""
    space = to_place(mix)
    there = {shape.kind for shape in space.shapes}
    return {
        kind.name: "; ".join(
            _lacks(space, shape) for shape in every_shape(mix) if shape.kind == number
        )
        for number, kind in enumerate(mix.kinds)
        if number not in there
    }


def _lacks(space: Space, shape: Shape) -> str:
    have = (*space.room, math.inf if space.depth is None else space.depth)
    need = (shape.wide, shape.high, shape.deep)
    short = [
        f"{mm((size - room) / SCALE)} mm of {name}"
        for name, size, room in zip(_AXES, need, have, strict=True)
        if size > room
    ]
    return f"{shape.pose} it lacks {' and '.join(short)}"


def _lacking_depth(found: Mixed) -> float:
    """Return the depth that all rows of the deepest boards lack, mm."""
    mix, cavity = found.mix, found.mix.cavity
    if cavity.depth_mm is None:
        return 0.0
    deepest = max(shape.deep for shape in every_shape(mix)) / SCALE
    wanted = mix.rows * deepest + (mix.rows - 1) * cavity.cable_gap_mm
    return max(0.0, wanted - cavity.depth_mm)


def _least(found: Mixed, turn: _Turn, limit: float) -> float | None:
    """Return the least turn, in tenths of a mm, with which strips hold more than now."""

    def enough(steps: int) -> bool:
        by = min(limit, steps / STEPS_PER_MM)
        return quick(replace(found.mix, cavity=turn(found.mix.cavity, by))) > found.count

    low, high = 0, math.ceil(limit * STEPS_PER_MM - 1e-6)
    if high <= 0 or not enough(high):
        return None
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if enough(middle) else (middle, high)
    return min(limit, high / STEPS_PER_MM)


def _more_units(found: Mixed) -> tuple[MixChange, ...]:
    """Return the next height, in whole U from a whole U, in which more boards go in."""
    cavity = found.mix.cavity
    if cavity.height_u is None:
        return ()
    step = 1.0 if cavity.height_u == int(cavity.height_u) else 0.5
    for more in range(1, MORE_U + 1):
        by = more * step
        high = cavity.height_u + by
        after = replace(cavity, height_mm=cavity.height_mm + by * U_MM, height_u=high)
        count = quick(replace(found.mix, cavity=after))
        if count > found.count:
            text = f"{high:g}U instead of {cavity.height_u:g}U"
            return (MixChange("height_u", by, count, text, after),)
    return ()
