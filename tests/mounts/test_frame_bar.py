"""A steel bar behind flat sleds: it goes in, is in no way, and bears what nothing else does."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from manifold3d import Manifold

from catalog.problems import InputError
from mounts.assembly import moved, overlap_mm3, sled_matrix
from mounts.order import Order, spec_for
from mounts.parts.frame_bar import bar_long_mm
from mounts.parts.frame_spec import FrameSpec
from mounts.sag import FACTOR, MOST_MM
from mounts.strength.beam import bent
from mounts.strength.material import YEARS, Climate
from mounts.strength.verdict import judge
from mounts.verify.sweep import swept
from tests.mounts import kit
from tests.mounts.fixes import fixes
from tests.mounts.kit import PI, Wish
from tests.mounts.measure import assert_supports_change_nothing, overhangs
from tests.mounts.rows import Row, row

CLIPS = (("latch", "front"),)
ONE_U = Wish("frame", PI, "19in", 1.0, (("layers", 2), ("skin_mm", 0.83), *CLIPS))
TWO_U = Wish("frame", PI, "19in", 2.0, (("layers", 4), *CLIPS))
WIDE = Wish("frame", "nvidia-jetson-orin-nano-devkit", "19in", 1.0)
SPRINGS = Wish("frame", PI, "19in", 2.0, (("layers", 4),))
BARRED = (ONE_U, TWO_U, WIDE, SPRINGS)
BARE = (("bar", False),)


def without(wish: Wish) -> Wish:
    """Return the same without a bar."""
    return Wish(wish.part, wish.device, wish.rack, wish.height_u, (*wish.options, *BARE))


def steel(one: Row, long_mm: float | None = None) -> Manifold:
    """Return the bar as it is bought, in its slots, or a longer one."""
    bar, long = one.spec.steel, long_mm or bar_long_mm(one.spec)
    y = sum(bar.y_mm) / 2
    return Manifold.cube([long, 3.0, 20.0], True).translate([0.0, y, bar.middle_mm])


def judged(wish: Wish) -> tuple[float, FrameSpec]:
    """Return how far a frame sinks as the bricks have it, and its spec."""
    one = kit.sample(wish)
    assert isinstance(one.spec, FrameSpec)
    found = judge(one.part, one.spec, kit.catalog().material("petg"), Climate(40.0, YEARS))
    assert found is not None
    return found.deflection_mm, one.spec


def made(order: Order) -> FrameSpec:
    """Return the spec of an order."""
    spec = spec_for(order, kit.catalog())
    assert isinstance(spec, FrameSpec)
    return spec


@pytest.fixture(autouse=True, scope="module")
def _let_go() -> object:
    yield
    row.cache_clear()  # the kernel counts what is left over at the end


@pytest.mark.parametrize("wish", BARRED, ids=str)
def test_it_is_had_where_a_frame_would_sag_and_the_frame_does_not(wish: Wish) -> None:
    """No board is lost for it: as many stand in the frame without one."""
    bare_mm, bare = judged(without(wish))
    sag_mm, spec = judged(wish)
    assert not bare.barred
    assert spec.barred
    assert spec.sleds == bare.sleds
    assert bare_mm > 1.5 * MOST_MM
    assert sag_mm <= MOST_MM
    assert spec.sag_mm == pytest.approx(sag_mm, abs=max(0.1, sag_mm * (FACTOR - 1)))


@pytest.mark.parametrize(
    ("board", "strip_mm"), [("nvidia-jetson-nano-devkit", 6.0), ("turing-pi-2", 11.0)]
)
def test_a_shallow_strip_of_panel_or_a_deep_box_asks_for_one_too(
    board: str, strip_mm: float
) -> None:
    wish = Wish("frame", board, "19in")
    sag_mm, spec = judged(wish)
    assert spec.barred
    assert 0.0 < spec.strip_mm < strip_mm
    assert sag_mm < MOST_MM / 2


@pytest.mark.parametrize("wish", BARRED, ids=str)
def test_it_is_pushed_through_from_the_side_past_nothing(wish: Wish) -> None:
    one = row(wish)
    part = kit.sample(wish).part
    path = steel(one, 3000.0)  # all the way in
    assert overlap_mm3(one.frame, path) == 0.0
    assert overlap_mm3(one.frame, path.translate([0.0, 0.0, 0.3])) > 1.0  # and has little play
    assert overlap_mm3(one.frame, path.translate([0.0, 0.0, -0.3])) > 1.0
    (bought,) = [ware for ware in part.hardware if "flat steel" in ware.what]
    assert f"{bar_long_mm(one.spec):g} mm" in bought.what
    assert 2 * one.spec.inner_mm < bar_long_mm(one.spec) <= 2 * one.spec.outer_mm
    assert overhangs(part) == []


@pytest.mark.parametrize("wish", BARRED, ids=str)
def test_no_sled_meets_it_in_its_place_or_on_its_way(wish: Wish) -> None:
    one = row(wish)
    way, bar = swept(one.sled, one.alone), steel(one)
    for index in range(one.spec.sleds):
        for solid in (one.sled + one.board, way):
            assert overlap_mm3(moved(solid, sled_matrix(one.spec, index)), bar) == 0.0


def test_its_slots_want_no_supports(prusa_slicer: Path, tmp_path: Path) -> None:
    """Two bays are drawn as seven are, and sliced in a fifth of the time."""
    options = (*ONE_U.options, ("count", 2), ("bar", True))
    two = kit.sample(Wish("frame", PI, "10in", 1.0, options))
    assert_supports_change_nothing(prusa_slicer, two.part, tmp_path)


def test_what_bears_itself_has_none() -> None:
    for wish in (
        Wish("frame", PI, "19in", 1.0, CLIPS),
        Wish("frame", PI, "19in", 2.0, (("pose", "on-edge"),)),
        Wish("frame", PI, "10in", 2.0, (("pose", "on-edge"),)),
    ):
        spec = kit.spec_of(wish)
        assert not spec.barred
        assert spec.end_mm == spec.guide_mm


@pytest.mark.parametrize(
    ("height", "options"),
    [
        (2.0, {"pose": "on-edge"}),
        (2.0, {"layers": 4, "fan": "40x20"}),
        (2.0, {"layers": 4, "rows": 2, "between_mm": 210.0}),
        (2.0, {"opening": "labstack", "pose": "on-edge"}),
    ],
    ids=str,
)
def test_where_it_cannot_be_it_is_refused_with_what_can(
    height: float, options: dict[str, Any]
) -> None:
    """And is not had by itself there either."""
    order = Order("frame", "19in", PI, height, options=options)
    assert not made(order).barred
    with pytest.raises(InputError) as caught:
        made(replace(order, options={**options, "bar": True}))
    (problem,) = caught.value.problems
    assert problem.key == "bar"
    ways = fixes(replace(order, options={**options, "bar": True}), problem)
    assert ways
    assert not any(made(way).barred for way in ways)


def test_a_beam_pushes_back_as_the_closed_form_has_it() -> None:
    """A force in the middle of a beam on two supports: 48 E I d / l³; none against being moved."""
    long, stiff = 440.0, 4.2e8
    table = bent([0.0, long / 2, long], stiff)
    push = table @ np.array([0.0, 1.0, 0.0])
    assert push[1] == pytest.approx(48 * stiff / long**3)
    assert push[[0, 2]] == pytest.approx([-push[1] / 2] * 2)
    for rigid in ([1.0, 1.0, 1.0], [0.0, 1.0, 2.0]):
        assert table @ np.array(rigid) == pytest.approx(0.0, abs=1e-9 * push[1])
    many = bent(np.linspace(0.0, long, 9).tolist(), stiff)
    # The same beam with supports that follow: what they do not resist is eliminated.
    inner = [1, 2, 3, 5, 6, 7]
    ends = [0, 4, 8]
    rest = np.linalg.solve(many[np.ix_(inner, inner)], many[np.ix_(inner, ends)])
    assert many[np.ix_(ends, ends)] - many[np.ix_(ends, inner)] @ rest == pytest.approx(table)
