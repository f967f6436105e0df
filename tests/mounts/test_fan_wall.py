"""A frame with a wall of fans behind its sleds: it fits, it holds, air gets through."""

import math
from typing import Any

import pytest
import shapely
from manifold3d import Manifold

from catalog.problems import InputError
from mounts.assembly import frame_matrices, moved, overlap_mm3, sled_matrix
from mounts.mesh import manifold, mesh_of, solid_of
from mounts.pieces import pieces
from mounts.registry import PARTS
from mounts.verify.sweep import pressed, swept
from tests.mounts import kit, measure
from tests.mounts.kit import PI, Wish
from tests.mounts.rows import row

WISHES = [
    Wish("frame", PI, "10in", 2.0, (("pose", "on-edge"), ("count", 5), ("fan", "80x25"))),
    Wish("frame", PI, "10in", 1.0, (("fan", "40x10"), ("rows", 2), ("between_mm", 300.0))),
]
each = pytest.mark.parametrize("wish", WISHES, ids=str)


def wall_of(wish: Wish) -> Any:
    """Return the fan wall's spec."""
    frame = kit.spec_of(wish)
    *_, wall = pieces(frame)
    assert wall.count == frame.rows
    return wall.spec


def fan_bodies(spec: Any) -> Manifold:
    """Return the fans on their wall."""
    size, thick = spec.fan.size_mm, spec.fan.thickness_mm
    one = Manifold.cube([size, thick, size])
    start = spec.back_mm + 3.0 + 1e-3  # the wall is 3 mm
    return Manifold.batch_boolean(
        [one.translate([x - size / 2, start, z - size / 2]) for x, z in spec.fan_middles], kit.ADD
    )


@each
def test_frame_wall_fans_and_sleds_are_clear_of_each_other(wish: Wish) -> None:
    one, spec = row(wish), wall_of(wish)
    wall, fans = solid_of(PARTS["frame"].build(spec)), fan_bodies(spec)
    assert overlap_mm3(one.frame, wall) < 0.01  # they touch all round: rounding of the mesh
    assert overlap_mm3(one.frame, fans) == overlap_mm3(wall, fans) == 0.0
    whole = one.frame + wall + fans
    posts = Manifold.batch_boolean([moved(whole, m) for m in frame_matrices(one.spec)], kit.ADD)
    loaded, way = one.sled + one.board, swept(pressed(one.sled, one.alone), one.alone)
    for index in range(one.spec.holds):
        place = sled_matrix(one.spec, index)
        assert overlap_mm3(posts, moved(loaded, place)) == 0.0
        assert overlap_mm3(posts, moved(way, place)) == 0.0
    row.cache_clear()


@each
def test_the_walls_screws_meet_the_frames_bores(wish: Wish) -> None:
    frame, spec = kit.sample(wish), wall_of(wish)
    wall = mesh_of(PARTS["frame"].build(spec))
    bores = [
        hole for hole in measure.openings(frame.mesh, "y", spec.back_mm - 4.0) if hole.wide < 4.0
    ]
    assert len(bores) == 4
    for bore in bores:
        passing = measure.opening_at(wall, "y", spec.back_mm + 1.0, (bore.u, bore.v))
        assert passing.wide == pytest.approx(3.4, abs=0.02)  # M3, ISO 273 normal
        assert bore.wide == pytest.approx(2.5, abs=0.02)  # its core in plastics
    # The bore is blind: 8 mm of thread, and the boss is whole below.
    assert [h for h in measure.openings(frame.mesh, "y", spec.back_mm - 8.5) if h.wide < 4.0] == []


@each
def test_the_wall_is_open_for_its_fans_as_it_says_and_closed_elsewhere(wish: Wish) -> None:
    spec = wall_of(wish)
    part = PARTS["frame"].build(spec)
    section = manifold(mesh_of(part)).rotate([90, 0, 0]).slice(spec.back_mm + 1.0)
    solid = shapely.union_all([shapely.Polygon(r) for r in section.to_polygons()])
    holes = solid.area - section.area()
    said = float(part.notes[0].split(" cm²")[0].split(", ")[1]) * 100
    fans = len(spec.fan_middles)
    screws = math.pi / 4 * (4 * fans * 4.3**2 + 4 * 3.4**2)
    assert holes == pytest.approx(said + screws, rel=0.01)
    assert said > 0.6 * fans * spec.fan.size_mm**2


@each
def test_frame_and_wall_print_without_supports(wish: Wish) -> None:
    assert measure.overhangs(kit.sample(wish).part) == []
    part = PARTS["frame"].build(wall_of(wish))
    assert measure.overhangs(part) == []
    measure.assert_whole(part)


def test_a_fan_too_large_is_refused_with_the_largest_that_fits() -> None:
    with pytest.raises(InputError, match=r"120 mm high .*; allowed: a fan up to 85\.1 mm"):
        kit.spec_of(Wish("frame", PI, "10in", 2.0, (("pose", "on-edge"), ("fan", "120x25"))))
    with pytest.raises(InputError, match="a fan wall without fans"):
        kit.spec_of(Wish("frame", PI, "10in", 2.0, (("piece", "fan-wall"),)))
