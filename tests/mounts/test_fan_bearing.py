"""A wall of fans that bears its frame: clamped to floor and roof by the fans' own screws."""

import re
from typing import Any

import pytest

from mounts.assembly import moved, overlap_mm3, sled_matrix
from mounts.mesh import mesh_of, solid_of
from mounts.parts.frame_spec import FrameSpec
from mounts.pieces import like, pieces
from mounts.registry import PARTS
from mounts.sag import FACTOR, MOST_MM
from mounts.strength.material import YEARS, Climate
from mounts.strength.verdict import judge
from mounts.verify.sweep import pressed, swept
from tests.mounts import kit, measure
from tests.mounts.kit import PI, Wish
from tests.mounts.rows import row

FANS = (("fan", "80x25"),)
PILES = Wish("frame", PI, "10in", 2.0, (("layers", 4), ("latch", "front"), *FANS))
EDGE = Wish("frame", PI, "19in", 2.0, (("pose", "on-edge"), *FANS))
ORIN = Wish("frame", "nvidia-jetson-orin-nano-devkit", "19in", 1.0, (("fan", "40x20"),))
LIGHT = Wish("frame", PI, "10in", 2.0, (("pose", "on-edge"), ("count", 5), *FANS))


def spec_of(wish: Wish) -> FrameSpec:
    spec = kit.spec_of(wish)
    assert isinstance(spec, FrameSpec)
    return spec


def wall_of(spec: FrameSpec) -> Any:
    return PARTS["frame"].build(like(spec, piece="fan-wall"))


@pytest.fixture(autouse=True, scope="module")
def _let_go() -> object:
    yield
    row.cache_clear()  # the kernel counts what is left over at the end


@pytest.mark.parametrize("wish", [PILES, EDGE, ORIN], ids=str)
def test_what_would_sag_is_borne_and_loses_no_board(wish: Wish) -> None:
    spec, part = spec_of(wish), kit.sample(wish).part
    open_row = like(spec, fan=None, bar=False, spine=False)
    assert spec.fan_bears
    assert open_row.sag_mm > MOST_MM
    assert spec.sleds == open_row.sleds
    found = judge(part, spec, kit.catalog().material("petg"), Climate(40.0, YEARS))
    assert found is not None
    assert found.deflection_mm <= MOST_MM
    assert found.safe
    assert found.deflection_mm / FACTOR <= spec.sag_mm <= found.deflection_mm * FACTOR
    assert any("screws hold the wall of fans" in note for note in part.notes)


def test_what_bears_itself_is_left_as_it_was() -> None:
    spec = spec_of(LIGHT)
    assert not spec.fan_bears
    assert not any("M3 x 35" in ware.what for ware in wall_of(spec).hardware)


def test_the_fans_screws_go_through_the_wall_into_floor_and_roof() -> None:
    spec, frame = spec_of(PILES), kit.sample(PILES)
    assert spec.fan is not None
    wall = mesh_of(wall_of(spec))
    bores = [b for b in measure.openings(frame.mesh, "y", spec.back_mm - 4.0) if b.wide < 4.0]
    half = spec.fan.hole_pitch_mm / 2
    ours = {(round(x + dx * half, 3), round(z + dz * half, 3)) for x, z in spec.fan_middles
            for dx in (-1, 1) for dz in (-1, 1)}  # fmt: skip
    fans = [b for b in bores if (round(b.u, 3), round(b.v, 3)) in ours]
    assert len(fans) == 4 * len(spec.fan_middles) == len(bores) - 4
    for bore in fans:
        passing = measure.opening_at(wall, "y", spec.back_mm + 1.0, (bore.u, bore.v))
        assert passing.wide == pytest.approx(3.4, abs=0.02)  # M3, ISO 273 normal
    (screw,) = [w for w in wall_of(spec).hardware if "fan and wall" in w.use]
    assert screw.count == len(fans)
    found = re.search(r"M3 x (\d+)", screw.what)
    assert found is not None
    grip = float(found[1]) - spec.fan.thickness_mm - 3.0  # the wall is 3 mm
    assert grip >= 7.0
    deep = [b for b in measure.openings(frame.mesh, "y", spec.back_mm - grip - 1.0) if b.wide < 4]
    assert len(deep) >= len(fans)
    blind = measure.openings(frame.mesh, "y", spec.back_mm - grip - 2.0)
    assert not [b for b in blind if b.wide < 4.0 and (round(b.u, 3), round(b.v, 3)) in ours]


def test_sleds_go_in_and_stand_clear_of_walls_and_bosses() -> None:
    one = row(PILES)
    wall = solid_of(wall_of(one.spec))
    assert overlap_mm3(one.frame, wall) < 0.01  # they touch: rounding of the mesh
    whole = one.frame + wall
    loaded, way = one.sled + one.board, swept(pressed(one.sled, one.alone), one.alone)
    for index in range(one.spec.holds):
        place = sled_matrix(one.spec, index)
        assert overlap_mm3(whole, moved(loaded, place)) == 0.0
        assert overlap_mm3(whole, moved(way, place)) == 0.0


def test_it_prints_without_supports_and_comes_with_its_wall() -> None:
    part = kit.sample(PILES).part
    assert measure.overhangs(part) == []
    measure.assert_whole(part)
    specs = [one.spec for one in pieces(spec_of(PILES))]
    assert [one.piece for one in specs if isinstance(one, FrameSpec)] == ["frame", "fan-wall"]
