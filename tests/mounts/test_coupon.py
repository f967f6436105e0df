"""The calibration print: every figure it promises, read from its mesh."""

import re
from typing import Any

import pytest
import shapely

from catalog.load import load_catalog
from catalog.problems import InputError
from mounts.geometry.digits import figure
from mounts.mesh import Mesh, mesh_of
from mounts.order import Order, spec_for
from mounts.part import Part
from mounts.parts.coupon import (
    BARS_MM,
    CORES_MM,
    HOLES_MM,
    SLIDES_MM,
    WALLS_MM,
    CouponSpec,
    coupon,
)

from .measure import assert_whole, openings, overhangs, solid_along

CATALOG = load_catalog()
DOT_MM = 1.6


def made(**options: Any) -> Part:
    found = spec_for(Order("coupon", "10in", options=options), CATALOG)
    assert isinstance(found, CouponSpec)
    return coupon(found)


def profile(mesh: Mesh, y_mm: float, z_mm: float) -> list[float]:
    """Return the x where a line along x at (y, z) enters or leaves the part, sorted."""
    points: set[float] = set()
    for a, b, c in mesh.corners():
        low, high = min(a[2], b[2], c[2]), max(a[2], b[2], c[2])
        upright = abs(a[0] - b[0]) < 1e-6 and abs(b[0] - c[0]) < 1e-6
        across = min(a[1], b[1], c[1]) < y_mm < max(a[1], b[1], c[1])
        if upright and across and low < z_mm < high:
            points.add(round(float(a[0]), 3))
    return sorted(points)


@pytest.mark.parametrize("plate_mm", [0.8, 5.7])
def test_any_coupon_is_whole_small_and_hangs_nowhere(plate_mm: float) -> None:
    """The thinnest and the thickest key; between them nothing but widths changes."""
    part = made(plate_mm=plate_mm)
    mesh = assert_whole(part)
    low, high = mesh.bounds_mm()
    size = [b - a for a, b in zip(low, high, strict=True)]
    assert all(s <= m + 1e-6 for s, m in zip(size, (100.0, 70.0, 12.0), strict=True))
    assert overhangs(part) == []


def test_holes_are_the_catalogues() -> None:
    screws = {thread: CATALOG.screw(thread).tap_soft_mm for thread in ("M2.5", "M3", "M4")}
    inserts = {thread: CATALOG.insert(thread).hole_d_mm for thread in ("M2.5", "M3", "M4")}
    assert inserts["M2.5"] == inserts["M3"]
    wanted = [screws["M2.5"], screws["M3"], screws["M4"], inserts["M3"], inserts["M4"]]
    assert list(HOLES_MM.values()) == wanted
    found = openings(mesh_of(made()), "z", 11.0)
    assert CORES_MM[2] == screws["M3"], "the cores lie round the catalogue's"
    assert [o.wide for o in found] == pytest.approx([*wanted, *CORES_MM], rel=0.01)


def test_grooves_take_the_key_with_their_play() -> None:
    mesh = mesh_of(made(plate_mm=2.0))
    walls = profile(mesh, 33.5, 8.0)
    gaps = [b - a for a, b in zip(walls[1:-1:2], walls[2:-1:2], strict=True)]
    assert gaps == pytest.approx([2.0 + 2 * play for play in SLIDES_MM], abs=2e-3)
    # Over its top the window is free: the key is lifted out as soon as its tabs are broken.
    assert any(o.wide >= 24.0 and o.high >= 12.0 for o in openings(mesh, "z", 2.5))
    left, right = profile(mesh, 30.0, 1.0)[-4:-2]  # before the window's far side
    assert right - left == pytest.approx(24.0, abs=2e-3)


def test_walls_and_tower_have_their_sizes() -> None:
    mesh = mesh_of(made())
    edges = profile(mesh, 9.13, 8.0)  # between the posts
    walls, tower = edges[:-2], edges[-2:]
    thick = [b - a for a, b in zip(walls[::2], walls[1::2], strict=True)]
    assert thick == pytest.approx(list(WALLS_MM), abs=2e-3)
    assert tower[1] - tower[0] == pytest.approx(10.0, abs=2e-3)
    foot = profile(mesh, 6.0, 0.2)[-2:]
    assert foot == tower  # straight down to the bed: what is wider is the print's


def test_a_rack_screw_passes_and_dots_count() -> None:
    holes = openings(mesh_of(made()), "z", 1.0)
    slot = next(o for o in holes if abs(o.high - 7.0) < 0.01)
    assert slot.wide == pytest.approx(10.3, abs=0.01)
    dots = [o for o in holes if abs(o.wide - DOT_MM) < 0.02]
    assert len(dots) == 2 * sum(range(1, 6)) + 2 * sum(range(1, 7))
    for one in dots:  # each whole: no two touch, none at the edge
        others = [o for o in dots if o is not one]
        assert min((o.u - one.u) ** 2 + (o.v - one.v) ** 2 for o in others) > (DOT_MM + 0.8) ** 2
        assert min(one.u, one.v, 100 - one.u, 70 - one.v) > DOT_MM / 2 + 1.2


def test_a_key_too_thick_is_refused() -> None:
    with pytest.raises(InputError) as caught:
        made(plate_mm=6.0)
    widest = float(re.findall(r"is ([\d.]+)", caught.value.problems[0].nearest)[0])
    assert_whole(made(plate_mm=widest))


def test_posts_give_two_lengths_each_way() -> None:
    """Outer and inner faces, seen where a calliper is held: over the base."""
    mesh = mesh_of(made())
    assert solid_ends(solid_along(mesh, "z", 8.0, 66.5)) == pytest.approx(BARS_MM["x"], abs=2e-3)
    turned = Mesh(mesh.vertices[:, [1, 0, 2]], mesh.triangles[:, ::-1])
    assert solid_ends(solid_along(turned, "z", 8.0, 3.5)) == pytest.approx(BARS_MM["y"], abs=2e-3)


@pytest.mark.parametrize(("digit", "bars"), [("1", 2), ("7", 3), ("4", 4), ("0", 6), ("8", 7)])
def test_figures_are_made_of_bars_that_hang_together(digit: str, bars: int) -> None:
    drawn = figure(digit, (3.0, 4.0))
    assert len(drawn) == bars
    area = shapely.union_all([shapely.Polygon(bar.points) for bar in drawn])
    assert isinstance(area, shapely.Polygon)
    assert len(area.interiors) == {"0": 1, "8": 2}.get(digit, 0)


def solid_ends(spans: list[tuple[float, float]]) -> tuple[float, float]:
    return spans[-1][1] - spans[0][0], spans[-1][0] - spans[0][1]
