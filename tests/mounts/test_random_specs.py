"""Any order of any family: a sound part that leaves its device free, or a refusal that helps.

`RACKPRESS_EXAMPLES=1000` draws so many for each family; `RACKPRESS_SEED=7` draws others.
"""

import os
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, Phase, given, note, seed, settings
from hypothesis import strategies as st

from catalog.models import Fact
from catalog.problems import InputError, Problem
from mounts.assembly import blocks_solid, device_blocks
from mounts.mesh import Mesh, manifold, mesh_of
from mounts.order import Order, spec_for
from mounts.part import Part
from mounts.parts.frame import FrameSpec
from mounts.registry import PARTS
from mounts.verify import device, panel, solid
from mounts.verify.subject import subject_of
from tests.mounts.fixes import fixes
from tests.mounts.kit import catalog
from tests.mounts.wishes import orders
from tests.verify.bodies import limits

EXAMPLES = int(os.environ.get("RACKPRESS_EXAMPLES", "8"))
SEED = os.environ.get("RACKPRESS_SEED")
# A refusal leads to another order; no chain of them is longer than there are fields in a spec.
MOST_STEPS = 24


def drawn(test: Callable[..., None]) -> Callable[..., None]:
    """Run a test on so many draws, the same ones each time unless a seed is given."""
    quiet = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
    test = settings(
        max_examples=EXAMPLES,
        derandomize=SEED is None,
        deadline=None,
        suppress_health_check=quiet,
        phases=[Phase.generate],  # orders are short as they are
    )(given(st.data())(test))
    return test if SEED is None else seed(int(SEED))(test)


@pytest.mark.parametrize("family", sorted(PARTS))
@drawn
def test_any_order_gives_a_sound_part_or_a_refusal_that_helps(
    family: str, data: st.DataObject
) -> None:
    spec = _accepted(data.draw(orders(family)))
    if spec is None:
        return
    part = PARTS[family].build(spec)
    note(part.name)
    mesh = mesh_of(part)
    _assert_sound(part, spec, mesh)
    _assert_device_free(part, spec, mesh)
    if part.panel is not None:
        _assert_panel(part, spec, mesh)


def _accepted(order: Order) -> Fact | None:
    """Return the spec of an order, or of the one that its refusals lead to, if they lead to one."""
    for _ in range(MOST_STEPS):
        note(order)
        try:
            return spec_for(order, catalog())
        except InputError as error:
            _assert_helpful(order, error)
            ways = [way for problem in error.problems for way in fixes(order, problem)]
            if not ways:
                return None
            order = ways[0]
    raise AssertionError("the refusals lead to no end")


def _assert_helpful(order: Order, error: InputError) -> None:
    """Each problem says what would be right, and what it says is right."""
    for problem in error.problems:
        assert problem.key, problem
        assert problem.what, problem
        assert problem.allowed or problem.nearest, problem
        for mended in fixes(order, problem):
            again = [other for other in _refusals(mended) if other.key == problem.key]
            assert again == [], f"{problem}\nfollowed: {again[0]}"


def _refusals(order: Order) -> tuple[Problem, ...]:
    try:
        spec_for(order, catalog())
    except InputError as error:
        return error.problems
    return ()


def _assert_sound(part: Part, spec: Fact, mesh: Mesh) -> None:
    assert [str(f) for f in solid.check(subject_of(part, spec, mesh), limits()).findings] == []
    assert mesh.open_edges() == 0
    assert mesh.volume_mm3() > 0
    assert len(manifold(mesh).decompose()) == 1


def _assert_device_free(part: Part, spec: Fact, mesh: Mesh) -> None:
    """Neither a device, nor a board on a sled of a frame, nor a plug or its cable is cut into."""
    if not isinstance(spec, FrameSpec):
        body = manifold(mesh)
        for block in device_blocks(spec):
            assert (body ^ blocks_solid([block])).volume() < 1e-3, block
    found = device.check(subject_of(part, spec, mesh), limits()).findings
    assert [str(finding) for finding in found] == []


def _assert_panel(part: Part, spec: Fact, mesh: Mesh) -> None:
    outcome = panel.check(subject_of(part, spec, mesh), limits())
    assert [str(f) for f in outcome.findings] == []
    claim, read = part.panel, outcome.read
    assert claim is not None
    assert read["height_u"] == claim.height_u
    assert read["panel_width_mm"] == pytest.approx(claim.width_mm, abs=0.01)
    assert read["hole_pitch_mm"] == pytest.approx(claim.hole_pitch_mm, abs=0.01)
    assert read["panel_height_mm"] == pytest.approx(claim.height_u * 44.45 - 0.79, abs=0.01)
