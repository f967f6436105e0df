"""The spine of a wide frame: it bears it, touches nothing but its bosses, and no sled is lost."""

import math
from typing import Any

import pytest
from manifold3d import Manifold

from catalog.load import load_catalog
from catalog.problems import InputError
from mounts.assembly import overlap_mm3
from mounts.mesh import solid_of
from mounts.order import Order, spec_for
from mounts.parts.frame_bays import span_mm
from mounts.parts.frame_spec import FrameSpec
from mounts.parts.frame_spine import PROUD_MM, screw_places
from mounts.pieces import like, pieces
from mounts.registry import PARTS
from mounts.strength.material import YEARS, Climate
from mounts.strength.verdict import judge
from mounts.verify.limits import Limits
from mounts.verify.run import verify
from mounts.verify.subject import subject_of
from tests.mounts.kit import PI

CATALOG = load_catalog()
EDGE: dict[str, Any] = {"pose": "on-edge"}
# Name, rack, board, height, options, sleds.
WISHES: list[tuple[str, str, float, dict[str, Any], int]] = [
    ("19in", PI, 2.0, EDGE, 21),
    ("19in", PI, 2.0, {**EDGE, "count": 15}, 15),
    ("10in", PI, 2.0, {**EDGE, "spine": True}, 10),
    ("19in", "pine64-quartz64-a", 2.5, EDGE, 20),  # the heaviest: bands make floor and roof stiffer
]


def spec_of(wish: tuple[str, str, float, dict[str, Any], int]) -> FrameSpec:
    rack, board, height, options, _ = wish
    spec = spec_for(Order("frame", rack, board, height, options=options), CATALOG)
    assert isinstance(spec, FrameSpec)
    return spec


def bolt(spec: FrameSpec, x: float, z: float) -> Manifold:
    """A rod as thick as the core of a screw, from outside the spine into its boss."""
    rod = Manifold.cylinder(9.0, 1.1).rotate([90.0, 0.0, 0.0])
    return rod.translate([x, spec.back_mm + 3.0, z])


@pytest.mark.parametrize("wish", WISHES, ids=str)
def test_it_bears_the_frame_and_no_sled_is_lost(wish: Any) -> None:
    spec = spec_of(wish)
    assert spec.sleds == wish[-1]
    assert spec.spined
    held = pieces(spec)
    assert [one.count for one in held if getattr(one.spec, "piece", "") == "spine"] == [1]
    petg, warm = CATALOG.material("petg"), Climate(40.0, YEARS)
    found = judge(PARTS["frame"].build(spec), spec, petg, warm)
    alone = like(spec, spine=False)
    bare = judge(PARTS["frame"].build(alone), alone, petg, warm)
    assert found is not None
    assert bare is not None
    assert found.deflection_mm <= 0.5
    assert found.sound
    assert bare.deflection_mm > found.deflection_mm


def test_where_walls_find_no_room_one_sled_fewer_is_usual_and_asked_for_it_says_so() -> None:
    """No strip of panel bears this floor: in one room of 215 mm it sags, in three it does not."""
    usual = spec_for(Order("frame", "10in", "odroid-m1s", options=EDGE), CATALOG)
    full = spec_for(Order("frame", "10in", "odroid-m1s", options={**EDGE, "count": 11}), CATALOG)
    assert isinstance(usual, FrameSpec)
    assert isinstance(full, FrameSpec)
    assert usual.sleds == full.sleds - 1 == usual.most - 1
    assert (len(usual.groups), len(full.groups)) == (3, 1)
    petg, warm = CATALOG.material("petg"), Climate(40.0, YEARS)
    parts = [PARTS["frame"].build(one) for one in (usual, full)]
    stiff, soft = (
        judge(part, spec, petg, warm) for part, spec in zip(parts, (usual, full), strict=True)
    )
    assert stiff is not None
    assert soft is not None
    assert stiff.deflection_mm < 0.3
    assert soft.deflection_mm > 1.0
    assert any("11 of them have room; with 10 walls" in note for note in parts[0].notes)
    assert any("sag by about" in note and "fewer sleds" in note for note in parts[1].notes)
    assert soft.deflection_mm == pytest.approx(full.sag_mm, rel=0.5)


def test_bands_across_a_bare_floor_have_no_vents_and_air_still_passes() -> None:
    spec = spec_for(Order("frame", "10in", "odroid-m1", options=EDGE), CATALOG)
    assert isinstance(spec, FrameSpec)
    part = PARTS["frame"].build(spec)
    floors = [
        (min(v for _, v in hole.cell) + y, max(v for _, v in hole.cell) + y)
        for hole in part.perforations
        if hole.plane == "xy"
        for _, y in hole.centers
        if y < spec.end_mm
    ]
    assert min(low for low, _ in floors) >= spec.panel_mm + 7.5
    assert max(high - low for low, high in floors) <= 40.0
    opened = sum(one.open_area_mm2 for one in part.perforations if one.plane == "xy")
    assert opened > 0.2 * 2 * (2 * spec.inner_mm) * (spec.back_mm - spec.panel_mm)


@pytest.mark.parametrize("wish", WISHES, ids=str)
def test_it_lies_on_its_bosses_alone_and_its_screws_meet_their_holes(wish: Any) -> None:
    spec = spec_of(wish)
    frame = solid_of(PARTS["frame"].build(spec))
    spine = solid_of(PARTS["frame"].build(like(spec, piece="spine")))
    assert overlap_mm3(frame, spine) == 0.0
    places = screw_places(spec)
    near = frame.translate([0.0, PROUD_MM / 2, 0.0]) ^ spine
    assert len(near.decompose()) == len(places), "pushed a little it meets the bosses only"
    for x, z in places:
        rod = bolt(spec, x, z)
        assert (rod ^ frame).volume() < 1e-6
        assert (rod ^ spine).volume() < 1e-6
        ring = Manifold.cylinder(6.0, 3.0).rotate([90.0, 0.0, 0.0])
        ring = ring.translate([x, spec.back_mm, z])
        assert (ring ^ frame).volume() > 0.7 * (ring.volume() - 6.0 * math.pi * 1.25**2)


@pytest.mark.parametrize("wish", WISHES, ids=str)
def test_frame_and_spine_are_ready_to_print(wish: Any) -> None:
    spec = spec_of(wish)
    bed = CATALOG.printer("prusa-xl").model_copy(update={"bed_x_mm": 1000.0, "bed_y_mm": 1000.0})
    limits = Limits(bed, CATALOG.material("petg"), tuple(CATALOG.standards.values()))
    for one in (spec, like(spec, piece="spine")):
        report = verify(subject_of(PARTS["frame"].build(one), one), limits)
        assert report.findings == ()


def test_walls_among_sleds_on_edge_leave_each_its_play() -> None:
    """Behind a board its headroom, before a plate its play: as between two neighbours at least."""
    spec = spec_of(WISHES[1])
    assert [len(group) for group in spec.groups] == [5, 5, 5]
    for group, (low, _) in zip(spec.groups, spec.walls_mm[1:], strict=True):
        last = group[-1]
        board = last.plate_mm + last.sled.tall_mm - last.sled.headroom_mm
        assert low - board >= last.sled.slide_mm - 1e-9
        left, right = span_mm(group)
        assert group[0].plate_mm - left == pytest.approx(last.sled.slide_mm)
        assert right == pytest.approx(low)


REFUSED = {
    "fans close the rear": ({**EDGE, "fan": "80x25", "spine": True}, "no room for a spine"),
    "a module": ({**EDGE, "opening": "labstack", "spine": True}, "no room for a spine"),
    "flat sleds": ({"pose": "flat", "spine": True}, "a steel bar bears flat sleds"),
    "nothing to bear": ({**EDGE, "count": 3, "piece": "spine"}, "bears itself"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_where_it_has_no_place_it_is_refused(name: str) -> None:
    options, said = REFUSED[name]
    with pytest.raises(InputError, match=said):
        spec_for(Order("frame", "10in", PI, 2.0, options=options), CATALOG)
