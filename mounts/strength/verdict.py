"""The verdict on one part: how far it bends, what load would break it, what helps."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from catalog.models import Fact, Material
from catalog.problems import InputError
from mounts.part import Part, Up
from mounts.parts import shelf_ribs
from mounts.parts.frame_spec import FrameSpec
from mounts.parts.rear_spec import RearSpec
from mounts.parts.shelf_spec import ShelfSpec
from mounts.sag import MOST_MM
from mounts.strength.beam import Beam, bent
from mounts.strength.case import ON_MM, Case, Load, Rail, Tie, assembled, case_of
from mounts.strength.grid import Bricks, bricks
from mounts.strength.material import Climate, creep, design
from mounts.strength.solve import Solved, Stiff, corners_of, solve

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from mounts.strength.material import Design

GRAVITY_N_KG = 9.81
LEAST_SAFETY = 3.0  # a rule of ours: notches and bad layers, which the bricks do not see


@dataclass(frozen=True)
class Verdict:
    """What a part does under its load.

    Args:
        carries_kg: the load.
        deflection_mm: how far the lowest loaded point sinks at once.
        later_mm: how far after years.
        stress_mpa: highest tension along the layers.
        across_mpa: highest tension across the layers.
        safety: strength over stress after those years, the lower of both directions.
        said: assumptions.
        cures: what would help, if it bends too far or is not safe enough.
        joint_kg: the load at which the weakest seam gives way, of a part that is printed in pieces.
    """

    carries_kg: float
    deflection_mm: float
    later_mm: float
    stress_mpa: float
    across_mpa: float
    safety: float
    said: tuple[str, ...] = ()
    cures: tuple[str, ...] = ()
    joint_kg: float | None = None

    @property
    def fails_at_kg(self) -> float:
        """The load at which it would break, or come apart where its pieces are joined."""
        whole = self.carries_kg * self.safety
        return whole if self.joint_kg is None else min(whole, self.joint_kg)

    @property
    def safe(self) -> bool:
        """Whether it bears several times what it carries."""
        return self.fails_at_kg >= LEAST_SAFETY * self.carries_kg

    @property
    def sound(self) -> bool:
        """Whether it is stiff and safe enough."""
        return self.deflection_mm <= MOST_MM and self.safe

    def as_dict(self) -> dict[str, Any]:
        """Return the figures by name, rounded."""
        return {
            "carries_kg": round(self.carries_kg, 2),
            "deflection_mm": round(self.deflection_mm, 2),
            "later_mm": round(self.later_mm, 2),
            "stress_mpa": round(self.stress_mpa, 2),
            "safety": round(self.safety, 1),
            "fails_at_kg": round(self.fails_at_kg, 1),
            "assumed": list(self.said),
        }


def judge(
    part: Part, spec: Fact, material: Material, climate: Climate, step_mm: float | None = None
) -> Verdict | None:
    """Return the verdict on a part, or nothing for one that carries nothing.

    Args:
        part: the part.
        spec: what it was made from.
        material: what it is printed in.
        climate: how warm, and for how many years.
        step_mm: largest brick it is cut into; as its size allows if not given.

    Raises:
        InputError: the air is too warm for the material.
    """
    case = case_of(spec)
    if case is None:
        return None
    now = design(material, Climate(climate.air_c))
    later = design(material, climate)
    part = assembled(part, spec)
    body, solved, loaded = under(part, case, now, step_mm)
    sunk = sunk_mm(case, solved, loaded)
    along, across = _stresses(body, case, solved, part)
    safety = min(
        later.strength_mpa / max(along, 1e-6), later.strength_across_mpa / max(across, 1e-6)
    )
    verdict = Verdict(
        case.grams / 1000, sunk, sunk * creep(climate.years), along, across, safety, case.said
    )
    return verdict if verdict.sound else _cured(verdict, spec)


def under(
    part: Part, case: Case, material: "Design", step_mm: float | None = None
) -> tuple[Bricks, Solved, "NDArray[np.int64]"]:
    """Return a part's bricks, what they do under a load, and the points that carry it."""
    import numpy as np  # noqa: PLC0415 - heavy

    body = bricks(part, step_mm, tuple(tuple(sorted(_faces(case, k))) for k in range(3)))
    points, cells = body.points(), corners_of(body)
    force = np.zeros_like(points)
    pulled, sign = way(case.down)
    for load in case.loads:
        if load.below:
            _press(body, cells, load, force)
        else:
            _pull(points, np.unique(cells), load, force[:, pulled], sign)
    held = np.zeros(points.shape, dtype=bool)
    for one in case.held:
        where = _inside(points, one.where.low, one.where.high)
        for axis in one.axes:
            held[where, "xyz".index(axis)] = True
    own = np.unique(cells)
    stiff = [_stiff(points, own, tie) for tie in case.ties]
    beams = [_beam(points[own], own, rail) for rail in case.rails]
    solved = solve(body, material.elastic(part.up), held, force, [*stiff, *beams])
    loaded = np.concatenate([np.flatnonzero(force[:, pulled]), *(one.points for one in stiff)])
    return body, solved, loaded


def sunk_mm(case: Case, solved: Solved, loaded: "NDArray[np.int64]") -> float:
    """Return how far the lowest loaded point sinks, or the lowest corner of a stiff device."""
    axis, sign = way(case.down)
    found = [0.0, *(sign * solved.moved_mm[loaded, axis])]
    for tie, (_, _, down, about_x, about_y, _) in zip(case.ties, solved.shifts, strict=True):
        mx, my, _ = tie.middle
        low, high = tie.device.low, tie.device.high
        for x, y in ((x, y) for x in (low[0], high[0]) for y in (low[1], high[1])):
            found.append(-(down + about_x * (y - my) - about_y * (x - mx)))
    return float(max(found))


def _stiff(points: "NDArray[np.float64]", own: "NDArray[np.int64]", tie: Tie) -> Stiff:
    """Return a device as the solver takes it, by the points round its screws."""
    import numpy as np  # noqa: PLC0415 - heavy

    near = [own[_inside(points[own], one.low, one.high)] for one in tie.where]
    weight = 0.0, 0.0, -tie.grams / 1000 * GRAVITY_N_KG
    return Stiff(np.unique(np.concatenate(near)), tie.middle, weight)


def _beam(points: "NDArray[np.float64]", own: "NDArray[np.int64]", rail: Rail) -> Beam:
    """Return a beam as the solver takes it: it bears on what is nearest over and under a slot."""
    import numpy as np  # noqa: PLC0415 - heavy

    near: list[NDArray[np.int64]] = []
    for slot in rail.where:
        low, high = np.asarray(slot.low), np.asarray(slot.high)
        off = np.maximum(np.maximum(low - points, points - high), 0.0)
        # Through the whole of the wall, so that it does not turn it.
        through = off[:, 0] < ON_MM
        away = np.linalg.norm(off[:, 1:], axis=1)
        near.append(own[through & (away <= away[through].min() + ON_MM)])
    middles = [(slot.low[0] + slot.high[0]) / 2 for slot in rail.where]
    return Beam(tuple(near), bent(middles, rail.bending_nmm2))


def _faces(case: Case, axis: int) -> set[float]:
    where = [one.where for one in case.held] + [box for tie in case.ties for box in tie.where]
    if case.down != "-z":
        where += [one.where for one in case.loads]
    where += [slot for rail in case.rails for slot in rail.where]
    ends = {v for one in where for v in (one.low[axis], one.high[axis])}
    return {v for v in ends if abs(v) < 5e3}


def _inside(
    points: "NDArray[np.float64]", low: tuple[float, ...], high: tuple[float, ...]
) -> "NDArray[np.bool_]":
    import numpy as np  # noqa: PLC0415 - heavy

    return np.all((points >= np.asarray(low) - 1e-6) & (points <= np.asarray(high) + 1e-6), axis=1)


def way(down: Up) -> tuple[int, int]:
    """Return the axis that weights pull along, and their sign."""
    return "xyz".index(down[1]), 1 if down[0] == "+" else -1


def _pull(
    points: "NDArray[np.float64]",
    own: "NDArray[np.int64]",
    load: Load,
    force: "NDArray[np.float64]",
    sign: int,
) -> None:
    """Spread a weight evenly over a bolt's points, or those of a face."""
    there = own[_inside(points[own], load.where.low, load.where.high)]
    if not len(there):
        raise ValueError("a load lies beside the body")
    force[there] += sign * load.grams / 1000 * GRAVITY_N_KG / len(there)


def _press(
    body: Bricks, cells: "NDArray[np.int64]", load: Load, force: "NDArray[np.float64]"
) -> None:
    """Spread a weight over what carries it from below, by area."""
    import numpy as np  # noqa: PLC0415 - heavy

    points = body.points()
    newtons = load.grams / 1000 * GRAVITY_N_KG
    low, high = points[cells[:, 0]], points[cells[:, 7]]
    a, b = np.asarray(load.where.low), np.asarray(load.where.high)
    over = np.minimum(high, b)[:, :2] - np.maximum(low, a)[:, :2]
    under = np.all(over > 0, axis=1)
    own = np.flatnonzero(under & (high[:, 2] <= a[2] + 1.0))
    if not len(own):  # it hangs or stands on nothing below: all bricks beside it carry it
        own = np.flatnonzero(under)
    if not len(own):
        raise ValueError("a load lies beside the body")
    at = body.solid()[own]
    column = at[:, 0] * body.filled.shape[1] + at[:, 1]
    order = np.lexsort((-at[:, 2], column))
    _, first = np.unique(column[order], return_index=True)
    top = own[order[first]]
    full = body.material[tuple(body.solid()[top].T)]
    area = np.prod(over[top], axis=1) * full
    share = newtons * area / area.sum() / 4
    np.subtract.at(force[:, 2], cells[top][:, 4:].ravel(), np.repeat(share, 4))


def _stresses(body: Bricks, case: Case, solved: Solved, part: Part) -> tuple[float, float]:
    """Return the highest tension, and the highest across the layers, MPa.

    Bricks under a washer are left out: there the stress has no limit, however small the bricks.
    """
    import numpy as np  # noqa: PLC0415 - heavy

    points = solved.points
    pinned = np.zeros(len(points), dtype=bool)
    for one in case.held:
        pinned |= _inside(points, one.where.low, one.where.high)
    full = body.filled[tuple(body.solid().T)]
    keep = ~pinned[solved.cells].any(axis=1) & (full > 0.3)
    stress = solved.stress_mpa[keep].reshape(-1, 6)
    x, y, z, yz, zx, xy = stress.T
    table = np.stack([x, xy, zx, xy, y, yz, zx, yz, z], axis=1).reshape(-1, 3, 3)
    most = np.linalg.eigvalsh(table)[:, 2].max()
    return float(most), float(stress[:, "xyz".index(part.up[1])].max())


def _cured(verdict: Verdict, spec: Fact) -> Verdict:
    cures: list[str] = []
    if isinstance(spec, RearSpec) and not spec.braced and spec.can_brace:
        cures.append("rear_mm = the way to the rear posts: two brackets hold it there too")
    if isinstance(spec, ShelfSpec) and spec.kind == "shelf" and len(spec.boxes) == 1:
        other = "" if spec.cross_ribs.ends_mm else "nas or ups: ribs under the floor"
        cures += [cure for cure in (shelf_ribs.cure(spec) or other,) if cure]
    if isinstance(spec, FrameSpec):
        if max(one.layers for one in spec.kinds) > 1 and not spec.strip_mm:
            cures.append("a layer less, for a strip of panel that bears the rest")
        cures.append("rails, a shelf or the module below to rest on; fewer sleds")
    for key in ("floor_mm", "wall_mm", "panel_mm"):
        if key in type(spec).model_fields and _takes(spec, key, getattr(spec, key) + 1):
            cures.append(f"{key} = {getattr(spec, key) + 1:g}")
    return replace(verdict, cures=tuple(cures))


def _takes(spec: Fact, key: str, value: float) -> bool:
    """Whether a part can be made with that value."""
    known = {name: getattr(spec, name) for name in spec.model_fields_set}
    try:
        type(spec)(**{**known, key: value})
    except (InputError, ValueError):
        return False
    return True
