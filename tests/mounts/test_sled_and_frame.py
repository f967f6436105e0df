"""A frame with its sleds and boards: nothing clashes, a sled comes out when pressed and only then.

Sleds, boards and frame are solids of their own, put together here step by step.
"""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
import shapely
from manifold3d import Manifold

from catalog.problems import InputError
from mounts.assembly import overlap_mm3
from mounts.parts.latch import (
    BUMP_MM,
    BUMP_Y_MM,
    CATCH_Y_MM,
    CLIP_BUMP_MM,
    CLIP_SLIT_MM,
    CLIP_TRAVEL_MM,
    FACE_MM,
    LATCH_MM,
)
from mounts.verify import sweep
from tests.mounts import kit
from tests.mounts.kit import HOLELESS, PI, ROCKPRO, Wish
from tests.mounts.measure import assert_whole
from tests.mounts.rows import Row, row

TWO = [Wish("frame", PI, "10in", None, (("pose", pose),)) for pose in ("flat", "on-edge")]
# The shortest board of the catalogue: 30 mm from front to rear.
SHORT = [replace(wish, device="raspberry-pi-zero-2w") for wish in TWO]
LAYERS = Wish("frame", PI, "19in", 2.0, (("layers", 4), ("count", 8)))
MODULE = (("pose", "on-edge"), ("opening", "labstack"), ("shell_mm", 1.6))
CLIP = (("latch", "front"), ("count", 4))
CLIPS = [
    Wish("frame", PI, "19in", 1.0, (("layers", 2), ("skin_mm", 0.83), *CLIP)),
    Wish("frame", HOLELESS, "19in", None, (("latch", "front"), ("count", 2))),
    Wish("frame", PI, "19in", None, (*CLIP, ("front", "x-"))),
]
WISHES = [
    *(
        Wish("frame", board, rack, None, (("pose", pose),))
        for board in (PI, ROCKPRO, HOLELESS)
        for rack in ("10in", "19in")
        for pose in ("flat", "on-edge")
    ),
    LAYERS,
    Wish("frame", PI, "10in", 2.0, MODULE),
    *CLIPS[1:],  # the first is put together in test_density, all of it
]
each = pytest.mark.parametrize("wish", WISHES, ids=str)
each_and_layers = pytest.mark.parametrize("wish", [*WISHES, CLIPS[0]], ids=str)


@pytest.fixture(autouse=True, scope="module")
def _let_go() -> object:
    yield
    row.cache_clear()  # the kernel counts what is left over at the end


def pressed(one: Row) -> Manifold:
    """Return the sled with its catch pressed in, that is without what stands over the edge."""
    if one.alone.latch == "front":
        right = one.alone.plate_across_mm / 2
        beside = Manifold.cube([10.0, 6.0, 50.0]).translate([right, 2.0, 0.0])
        return one.sled - (beside if one.alone.clip_hand > 0 else beside.mirror([1.0, 0.0, 0.0]))
    left = -one.alone.plate_across_mm / 2
    beside = Manifold.cube([10.0, 8.0, 50.0]).translate([left - 10.0, BUMP_Y_MM - 2.0, -10.0])
    return one.sled - beside


def neighbours(one: Row) -> list[tuple[int, int]]:
    """Return which sleds stand beside or over one another."""
    columns = one.spec.columns
    beside = [(a, b) for a, b in pairwise(range(one.spec.sleds)) if b % columns]
    return [*beside, *((k - columns, k) for k in range(columns, one.spec.sleds))]


@each
def test_frame_sleds_and_boards_are_clear_of_each_other(wish: Wish) -> None:
    one = row(wish)
    assert overlap_mm3(one.sled, one.board) == 0.0
    for index in range(one.spec.sleds):
        assert overlap_mm3(one.frame, one.at(one.sled, index)) == 0.0
        assert overlap_mm3(one.frame, one.at(one.board, index)) == 0.0
    for left, right in neighbours(one):
        for a in (one.sled, one.board):
            for b in (one.sled, one.board):
                assert overlap_mm3(one.at(a, left), one.at(b, right)) == 0.0


@each
def test_a_pressed_sled_comes_out_with_its_board(wish: Wish) -> None:
    one = row(wish)
    free = pressed(one)
    steps = [0.1, 0.5, *np.arange(1.0, one.alone.depth_mm + 4.0, 3.0).tolist()]
    for index in sorted({0, one.spec.sleds // 2, one.spec.sleds - 1}):
        near = one.frame + Manifold.batch_boolean(
            [one.at(s, k) for pair in neighbours(one) if index in pair for k in pair if k != index
             for s in (one.sled, one.board)], kit.ADD,
        )  # fmt: skip
        for out_mm in steps:
            for solid in (free, one.board):
                assert overlap_mm3(near, one.at(solid, index, out_mm)) == 0.0, out_mm


@each_and_layers
def test_the_latch_holds_a_sled_that_is_not_pressed(wish: Wish) -> None:
    one = row(wish)
    for index in range(one.spec.sleds):
        free = overlap_mm3(one.frame, one.at(one.sled, index, 0.3))
        held = overlap_mm3(one.frame, one.at(one.sled, index, 2.0))
        stopped = overlap_mm3(one.frame, one.at(one.sled, index, -0.3))
        assert free == 0.0  # a little play, no more
        assert held > 1.0  # the catch meets the front of its slot
        assert stopped > 1.0  # the front plate meets the panel


@each_and_layers
def test_a_sled_is_guided_on_all_sides(wish: Wish) -> None:
    one = row(wish)
    seated = one.at(one.sled, 0)
    for way in ([1.0, 0, 0], [-1.0, 0, 0], [0, 0, 1.0], [0, 0, -1.0]):
        assert overlap_mm3(one.frame, seated.translate(way)) > 1.0


@pytest.mark.parametrize("wish", [*TWO, *SHORT], ids=str)
def test_the_spring_gives_way_without_breaking(wish: Wish) -> None:
    one = row(wish)
    outline = one.sled.slice(one.alone.plate_mm / 2)
    rings = [shapely.Polygon(ring) for ring in outline.to_polygons()]
    plate = max(rings, key=lambda ring: ring.area)
    across = shapely.LineString([(-500.0, BUMP_Y_MM + 0.5), (500.0, BUMP_Y_MM + 0.5)])
    spring, rest = sorted(
        (part.bounds for part in shapely.get_parts(across.intersection(plate))), key=lambda b: b[0]
    )[:2]
    stands_out = -one.alone.plate_across_mm / 2 - spring[0]
    assert stands_out == pytest.approx(BUMP_MM, abs=0.02)
    assert rest[0] - spring[2] > BUMP_MM + 0.3  # it can be pressed flush, and a little further
    # A cantilever's strain at its root, 3 t d / (2 L²): PETG stands 2 % without creeping away.
    _, root = one.alone.spring_mm
    assert 1.5 * LATCH_MM * (BUMP_MM + 0.3) / (root - BUMP_Y_MM) ** 2 < 0.02


@pytest.mark.parametrize("wish", CLIPS, ids=str)
def test_a_clip_is_pressed_past_board_and_front_plate(wish: Wish) -> None:
    one = row(wish)
    bent = sweep.pressed(one.sled, one.alone)
    assert bent.volume() == pytest.approx(one.sled.volume(), rel=1e-9)  # it goes into nothing
    assert overlap_mm3(bent, one.board) == 0.0
    edge = one.alone.plate_across_mm / 2
    box = bent.bounding_box()
    reach = box[3] if one.alone.clip_hand > 0 else -box[0]
    assert reach == pytest.approx(one.alone.face_across_mm / 2, abs=1e-3)
    over = bent.split_by_plane([0.0, 0.0, 1.0], one.alone.plate_mm + 3.0)[0]
    behind = over.split_by_plane([0.0, 1.0, 0.0], 0.5)[0].bounding_box()
    assert (behind[3] if one.alone.clip_hand > 0 else -behind[0]) <= edge + 1e-3


@pytest.mark.parametrize("wish", CLIPS[:1], ids=str)
def test_a_clip_gives_way_without_breaking_and_is_stopped_before(wish: Wish) -> None:
    one = row(wish)
    rings = one.sled.slice(one.alone.plate_mm / 2).to_polygons()
    plan = shapely.union_all([shapely.Polygon(ring) for ring in rings])
    press, stop = -FACE_MM - 3.0, -FACE_MM - 2.0  # a finger's middle; where the tab ends
    across = shapely.LineString([(-99.0, press), (99.0, press)])
    tab, clip = (part.bounds for part in shapely.get_parts(across.intersection(plan)))
    thick, slit = clip[2] - clip[0], clip[0] - tab[2]
    middle = tab[2] + slit / 2
    along = shapely.LineString([(middle, press), (middle, -99.0)])
    root = press - shapely.Point(middle, press).distance(along.intersection(plan))
    long, far = press - root, CATCH_Y_MM + 0.3 - press
    # A cantilever pressed at a, straight beyond it: d(x) = d(a) (1 + 1.5 (x - a) / a).
    lever = 1.0 + 1.5 * far / long
    needed = CLIP_BUMP_MM / lever
    most = slit / (1.0 + 1.5 * (stop - press) / long)
    assert needed < most  # it is free before it is stopped
    assert 1.5 * thick * needed / long**2 < 0.015  # PETG stands 2 % without creeping away
    assert 1.5 * thick * most / long**2 < 0.025  # and yields at 4 % and more
    assert slit == pytest.approx(CLIP_SLIT_MM, abs=0.01)
    assert CLIP_TRAVEL_MM > CLIP_BUMP_MM


@pytest.mark.parametrize("wish", TWO, ids=str)
def test_as_many_sleds_as_fit_and_not_one_more(wish: Wish) -> None:
    most = kit.spec_of(wish).sleds
    options = dict(wish.options)
    fewer = kit.spec_of(Wish("frame", PI, "10in", None, (*options.items(), ("count", most - 1))))
    assert fewer.sleds == most - 1
    assert fewer.outer_mm < kit.spec_of(wish).outer_mm <= fewer.standard.body_max_mm / 2
    assert 2 * (kit.spec_of(wish).outer_mm - fewer.outer_mm) == pytest.approx(fewer.bay_mm)
    turned = r"(, or \d+ with pose = 'on-edge' and height = '[\d.]+U')?"
    with pytest.raises(InputError, match=f"the largest count that works is {most}{turned}$"):
        kit.spec_of(Wish("frame", PI, "10in", None, (*options.items(), ("count", most + 1))))


def test_a_plate_that_a_ties_groove_would_cut_is_refused() -> None:
    """A board without holes is held by a tie that lies flush under its plate."""
    with pytest.raises(InputError, match=r"plate_mm.*\n.*plate_mm = 1\.6"):
        kit.spec_of(Wish("sled", HOLELESS, "19in", None, (("plate_mm", 1.2),)))
    for wish in (
        Wish("sled", HOLELESS, "19in", None, (("plate_mm", 1.6),)),
        Wish("sled", PI, "19in", None, (("plate_mm", 1.2),)),
    ):
        assert_whole(kit.sample(wish).part)


def test_a_thin_plates_ports_do_not_cut_its_front_in_two() -> None:
    """What is left under a port is as thick as the plate behind it."""
    thin = (("plate_mm", 1.2), ("front", "x-"), ("layers", 2))
    assert_whole(kit.sample(Wish("sled", "pine64-quartz64-a", "10in", None, thin)).part)


@pytest.mark.parametrize("family", ["sled", "tray"])
def test_a_post_that_a_connector_would_cut_open_takes_no_insert(family: str) -> None:
    """The card slot of an Orange Pi 5 Max stands 1.8 mm from the middle of one of its holes."""
    board = "orange-pi-5-max"
    said = rf"{board}: fixing: the post at x = 7\.5 mm, y = 52\.5 mm .*\n.*fixing = 'self-tap'"
    with pytest.raises(InputError, match=said):
        kit.spec_of(Wish(family, board, "10in", None, (("fixing", "insert"),)))
    assert_whole(kit.sample(Wish(family, board, "10in", None, ())).part)
