"""The load at which a seam of a part in pieces would give way: beam theory on what is joined.

A joint resists bending by the section modulus of what crosses the seam, each as if it were the
part's own plastic, and gives way where that is weakest:

- dovetail: its neck pulls apart. Its head shears along two sides as long as the neck is wide, each
  good for 0.577 of the strength (von Mises): 1.15 times as much.
- lap: the thinner of its lips.
- hinge: its printed pin is cut between two fingers, 0.577 of its section.
- bolted flange: the root of a lug, bent by its screw. An M3 of class 4.8 holds 1.6 kN (ISO 898-1:
  5.03 mm² at 310 MPa), three times what a root does.
- a steel bar through all pieces: where it yields. It is ductile and far stiffer than plastic, so
  that it still bears as much when the plastic beside it gives way: the two add up.

What bends the seam is taken from the part's own load case: a beam on two supports between the
screws of a rack (they clamp it, so that less bends it), or one that stands out behind them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from catalog.models import Fact, Material
from catalog.problems import InputError
from mounts.part import Part
from mounts.split.seam import LEAST_KEPT, Seam
from mounts.strength.case import case_of
from mounts.strength.loads import FAR_MM, Case
from mounts.strength.material import YEARS, Climate, design
from mounts.strength.verdict import LEAST_SAFETY

GRAVITY_N_KG = 9.81
LEAST_KG = 5.0  # a seam that is taken for its load alone bears a hand on it too: a rule of ours
AIR_C = 40.0  # as `rackpress verify` takes it
ALONG, BACK, UP = 0, 1, 2  # axes; a bar lies along the first


@dataclass(frozen=True)
class Weight:
    """A weight at a place along an axis, mm and g."""

    at_mm: float
    grams: float


def fails_at_kg(
    seam: Seam, part: Part, spec: Fact, material: Material, climate: Climate | None = None
) -> float | None:
    """Return the load of the whole part at which a seam would give way, kg.

    Nothing is returned where no weight bends the seam, where that is not the way it is drawn, or
    where the air is too warm for the material to bear anything.

    Args:
        seam: one of the part's.
        part: the whole.
        spec: what it is made from.
        material: what it is printed in.
        climate: warmth, and years under load; a rack's if not given.
    """
    case, axis = case_of(spec), seam.way.axis
    modulus = seam.modulus_mm3 if seam.way.across == UP else seam.through_mm3
    if case is None or case.down != "-z" or axis == UP:
        return None
    steel = sum(one.yields_nmm for one in case.rails if axis == ALONG)
    if not modulus and not steel:
        return None
    moment = _moment_nmm_kg(case, axis, seam.at_mm)
    try:
        plastic = design(material, climate or Climate(AIR_C, YEARS))
    except InputError:
        return None
    if moment <= 0.0:
        return None
    across = part.up[1] == "xyz"[axis]
    strength = plastic.strength_across_mpa if across else plastic.strength_mpa
    return (strength * modulus + steel) / moment


def bears_enough(seam: Seam, part: Part, spec: Fact | None, material: Material) -> bool:
    """Say whether a seam is strong enough: by its share of the whole, or by what it bears itself.

    A small share of a part that is stiff far beyond its load may still be plenty. Of parts on a
    bar the share decides: the bar would bear where nothing is joined at all.

    Args:
        seam: one of the part's.
        part: the whole.
        spec: what it is made from; without it the share decides.
        material: what it is printed in.
    """
    case = case_of(spec) if spec is not None and seam.kept < LEAST_KEPT else None
    if spec is None or case is None or case.rails or not seam.joints:
        return seam.kept >= LEAST_KEPT
    kg = fails_at_kg(seam, part, spec, material)
    return kg is not None and kg >= max(LEAST_SAFETY * case.grams / 1000, LEAST_KG)


def weakest_kg(
    seams: Sequence[Seam], part: Part, spec: Fact, material: Material, climate: Climate
) -> float | None:
    """Return the least load at which any seam gives way, kg; nothing if weight bends none."""
    every = [fails_at_kg(one, part, spec, material, climate) for one in seams]
    return min((kg for kg in every if kg is not None), default=None)


def _moment_nmm_kg(case: Case, axis: int, at_mm: float) -> float:
    """Return the bending moment at a place along an axis, N mm for each kg of the whole load."""
    weights = _weights(case, axis)
    total = sum(one.grams for one in weights)
    low, high = _supports(case, axis)
    if total <= 0.0:
        return 0.0
    if axis == BACK and at_mm >= high - 1e-6:  # nothing holds it further back
        moment = sum(one.grams * max(0.0, one.at_mm - at_mm) for one in weights)
    elif high - low < 1e-6 or not low < at_mm < high:
        return 0.0
    else:
        right = sum(one.grams * (one.at_mm - low) for one in weights) / (high - low)
        beyond = [one for one in weights if one.at_mm > at_mm]
        moment = right * (high - at_mm) - sum(o.grams * (o.at_mm - at_mm) for o in beyond)
    return abs(moment) / total * GRAVITY_N_KG


def _weights(case: Case, axis: int) -> list[Weight]:
    """Return the weights, those that are spread as two halves."""
    found: list[Weight] = [Weight(one.middle[axis], one.grams) for one in case.ties]
    for one in case.loads:
        low, high = one.where.low[axis], one.where.high[axis]
        if high - low > FAR_MM:  # it says nothing of this axis
            found.append(Weight(0.0, one.grams))
        else:
            found += [Weight(low + share * (high - low), one.grams / 2) for share in (0.25, 0.75)]
    return found


def _supports(case: Case, axis: int) -> tuple[float, float]:
    """Return the first and the last place along an axis where something holds the part up."""
    ends = [(one.where.low[axis], one.where.high[axis]) for one in case.held if "z" in one.axes]
    at = [0.0 if b - a > FAR_MM else (a + b) / 2 for a, b in ends]
    return min(at), max(at)
