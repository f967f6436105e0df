"""Thin places of a body that is looked at only here and there."""

import random
from typing import TYPE_CHECKING

import pytest

from catalog.load import load_catalog
from mounts.parts.coupon import CouponSpec
from mounts.registry import PARTS
from mounts.verify import wall
from mounts.verify.limits import Limits
from mounts.verify.subject import subject_of
from mounts.verify.wall import Thin, thin_places

if TYPE_CHECKING:
    from manifold3d import Manifold

LONG_MM = (180.0, 90.0, 60.0)
FINS = 8
REACH_MM = 22.0


def finned(seed: int) -> "Manifold":
    """Return a block with fins on it, thin ones and thick ones, square to any of its axes."""
    from manifold3d import Manifold, OpType  # noqa: PLC0415 - heavy

    rng = random.Random(seed)  # noqa: S311 - no secret
    bodies = [Manifold.cube([LONG_MM[0], LONG_MM[1], 8.0])]
    for _ in range(FINS):
        size = [rng.uniform(4.0, 30.0), rng.uniform(4.0, 30.0), rng.uniform(4.0, 40.0)]
        size[rng.randrange(3)] = rng.choice((0.4, 0.6, 3.0))
        at = [rng.uniform(2.0, far - one - 2.0) for one, far in zip(size, LONG_MM, strict=True)]
        at[2] = 7.0
        bodies.append(Manifold.cube(size).translate(at))
    return Manifold.batch_boolean(bodies, OpType.Add)


@pytest.mark.parametrize("axis", [0, 1, 2])
@pytest.mark.parametrize("seed", [1, 2])
def test_beside_a_seam_are_all_thin_places_that_a_look_at_the_whole_finds(
    seed: int, axis: int
) -> None:
    facts = load_catalog()
    limits = Limits(facts.printer("generic-220"), facts.material("petg"), ())
    body = finned(seed)
    every = thin_places(body, limits)
    assert len(every) > FINS
    for at in (0.3 * LONG_MM[axis], 0.5 * LONG_MM[axis]):
        span = at - REACH_MM, at + REACH_MM
        seen = thin_places(body, limits, {axis: [span]})
        assert beside(seen, axis, span) == beside(every, axis, span)
        assert axis or len(seen) < len(every)  # along the longest some slices are left out


def beside(places: list[Thin], axis: int, span: tuple[float, float]) -> list[Thin]:
    """Return the thin places within a span of an axis."""
    return [one for one in places if span[0] < one.place[axis] < span[1]]


def test_a_coupon_may_be_as_thin_as_what_it_tries_and_no_thinner(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    spec = CouponSpec.model_validate({})
    subject = subject_of(PARTS["coupon"].build(spec), spec)
    facts = load_catalog()
    limits = Limits(facts.printer("bambu-a1"), facts.material("petg"), ())
    outcome = wall.check(subject, limits)
    assert outcome.findings == ()
    assert outcome.notes == ("walls down to 0.4 mm are what it is printed to try",)
    monkeypatch.setattr(CouponSpec, "thinnest_mm", 0.6)
    (found,) = wall.check(subject, limits).findings
    assert found.rule == "wall.thin"
