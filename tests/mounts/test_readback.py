"""Every panel, measured on its mesh in two ways, is what EIA-310 and the rack's makers ask for.

The figures are written out here once more: they come from the standard, not from the catalogue.
"""

import math
from typing import Any

import numpy as np
import pytest
import shapely

from mounts.mesh import Mesh, manifold
from mounts.readback import read_panel, section
from tests.mounts import kit
from tests.mounts.kit import PI, ROCKPRO, SWITCH, Sample, Wish

# EIA-310-D: 1 U is 1.75 in, a panel is 1/32 in lower, holes stand 1/4, 7/8 and 1 1/2 in above the
# lower edge of each U, and 18 5/16 in apart. 10-inch racks: 236.525 mm (9 5/16 in), panels 254 mm,
# or 250 mm as some makers cut them.
U, RELIEF, IN_U = 44.45, 0.79, (6.35, 22.225, 38.1)
PITCH = {"10in": 236.525, "10in-250": 236.525, "19in": 465.12}
WIDTH = {"10in": 254.0, "10in-250": 250.0, "19in": 482.6}
WITHIN = 0.05
# What a slot must pass, mm: M6 with ISO 273's normal play, and the unified threads' majors.
SCREWS = {"M6": 6.6, "#12-24": 5.486, "#10-32": 4.826}
POSTS_OFF_MM = 1.5  # a rack's posts may stand this far off their place, to either side

HEIGHTS = (0.5, 1.0, 1.5, 2.0, 2.5, 3.0, 3.5, 4.0)
FAMILIES: tuple[tuple[str, str | None, tuple[tuple[str, Any], ...]], ...] = (
    ("blank", None, ()),
    ("shelf", SWITCH, ()),
    ("tray", PI, ()),
    ("tray", ROCKPRO, ()),
    ("frame", PI, ()),
    ("frame", PI, (("pose", "on-edge"),)),
)


def wishes() -> list[Wish]:
    """Return each family in each rack, in every height it can have, from both halves of a U."""
    found: list[Wish] = []
    for part, device, more in FAMILIES:
        for rack in kit.EVERY_RACK:
            lowest = 0.5 if device is None else kit.spec_of(Wish(part, device, rack, None, more))
            least = lowest if isinstance(lowest, float) else lowest.height_u
            # Vents are drawn in the lowest only: elsewhere they would cost most of the time.
            found += [
                Wish(part, device, rack, height, (*more, ("start", start), ("vents", lowest)))
                for height in HEIGHTS if height >= least for start in ("lower", "upper")
                for lowest in (height == least,)
            ]  # fmt: skip
    return found


EVERY = wishes()
LOWEST = [wish for wish in EVERY if dict(wish.options)["vents"]]
each = pytest.mark.parametrize("wish", EVERY, ids=str)
each_of_the_lowest = pytest.mark.parametrize("wish", LOWEST, ids=str)


def rack_of(panel: Sample) -> tuple[str, float, str]:
    """Return what the panel was asked to be: rack, height in U, half of a U that it starts in."""
    height = panel.wish.height_u
    assert height is not None
    return panel.wish.rack, height, str(dict(panel.wish.options)["start"])


def expected_holes(height_u: float, start: str) -> list[float]:
    """Return the holes behind a panel, mm above where it starts: all with plate around them."""
    origin = 0.0 if start == "lower" else U / 2
    every = [unit * U + hole - origin for unit in range(6) for hole in IN_U]
    return [z for z in every if 6.0 < z < height_u * U - 6.0]


def cut(mesh: Mesh, y: float) -> shapely.Polygon:
    """Return the panel's section at a depth as manifold3d cuts it, in (x, z)."""
    stood = manifold(mesh).transform(np.array([[1, 0, 0, 0], [0, 0, 1, 0], [0, -1, 0, 0]], float))
    rings = [shapely.Polygon(ring) for ring in stood.slice(-y).to_polygons()]
    rings.sort(key=lambda ring: -ring.area)
    whole = rings[0]
    assert all(whole.contains(ring) for ring in rings[1:])
    return shapely.Polygon(whole.exterior, [ring.exterior for ring in rings[1:]])


def ears(area: shapely.Polygon) -> tuple[list[shapely.Polygon], list[shapely.Polygon]]:
    """Return the holes of the left and of the right ear, from below."""
    holes = sorted(map(shapely.Polygon, area.interiors), key=lambda hole: hole.centroid.y)
    left, right = area.bounds[0] + 20.0, area.bounds[2] - 20.0
    return [h for h in holes if h.bounds[2] < left], [h for h in holes if h.bounds[0] > right]


def middle(hole: shapely.Polygon) -> tuple[float, float]:
    """Return the middle of a hole's extent."""
    a, b, c, d = hole.bounds
    return (a + c) / 2, (b + d) / 2


@each
def test_panel_measured_by_sections_and_read_back(wish: Wish) -> None:
    panel = kit.sample(wish)
    rack, height, start = rack_of(panel)
    area = cut(panel.mesh, 0.75 * panel.spec.panel_mm)
    x0, z0, x1, z1 = area.bounds
    assert z1 - z0 == pytest.approx(height * U - RELIEF, abs=WITHIN)
    assert x1 - x0 == pytest.approx(WIDTH[rack], abs=WITHIN)
    assert x0 + x1 == pytest.approx(0.0, abs=WITHIN)
    # Half the relief below and half above: neighbours of any height never touch.
    assert (z0, z1) == pytest.approx((RELIEF / 2, height * U - RELIEF / 2), abs=WITHIN)
    left, right = ears(area)
    heights = expected_holes(height, start)
    assert [middle(hole)[1] for hole in left] == pytest.approx(heights, abs=WITHIN)
    assert [middle(hole)[1] for hole in right] == pytest.approx(heights, abs=WITHIN)
    for one, other in zip(left, right, strict=True):
        assert middle(other)[0] - middle(one)[0] == pytest.approx(PITCH[rack], abs=WITHIN)
    claim = panel.part.panel
    assert claim is not None
    read = read_panel(panel.mesh, claim.mid_mm)
    assert read.height_u == pytest.approx(height, abs=WITHIN / U)
    assert read.height_mm == pytest.approx(height * U - RELIEF, abs=WITHIN)
    assert read.width_mm == pytest.approx(WIDTH[rack], abs=WITHIN)
    assert read.hole_pitch_mm == pytest.approx(PITCH[rack], abs=WITHIN)
    assert list(read.hole_heights_mm) == pytest.approx(heights, abs=WITHIN)
    assert (claim.height_u, claim.width_mm) == (height, pytest.approx(WIDTH[rack]))
    assert claim.hole_heights_mm == pytest.approx(read.hole_heights_mm, abs=WITHIN)


@each_of_the_lowest
def test_screws_pass_the_slots_wherever_the_posts_stand(wish: Wish) -> None:
    panel = kit.sample(wish)
    rack, height, start = rack_of(panel)
    for depth in (0.1, 0.5, 0.9):
        sides = ears(cut(panel.mesh, depth * panel.spec.panel_mm))
        for side, holes in zip((-1, 1), sides, strict=True):
            for z, hole in zip(expected_holes(height, start), holes, strict=True):
                for size in SCREWS.values():
                    # 64 chords round the screw, so that they and not the screw's edge are outside
                    reach = size / 2 / math.cos(math.pi / 64)
                    for off in (-POSTS_OFF_MM, 0.0, POSTS_OFF_MM):
                        at = shapely.Point(side * PITCH[rack] / 2 + off, z)
                        assert hole.contains(at.buffer(reach, quad_segs=16))


@each_of_the_lowest
def test_slots_have_plate_around_and_washers_bear_on_it(wish: Wish) -> None:
    """At least 1.5 mm, for panels of 250 mm leave no more, and an M6 washer has 2 mm to bear on."""
    panel = kit.sample(wish)
    area = cut(panel.mesh, 0.75 * panel.spec.panel_mm)
    for hole in [hole for side in ears(area) for hole in side]:
        ring = hole.buffer(1.5).difference(hole.buffer(1e-3))
        assert area.buffer(1e-3).contains(ring)
        assert hole.bounds[3] - hole.bounds[1] <= 12.0 - 2 * 2.0  # ISO 7089: 12 mm outside


def test_a_panel_of_the_wrong_size_is_read_as_such() -> None:
    """The reader measures: stretched meshes read as what they have become."""
    one = kit.sample(Wish("blank", None, "10in", 1))
    claim = one.part.panel
    assert claim is not None
    stretched = Mesh(one.mesh.vertices * np.array([1.01, 1.0, 1.02]), one.mesh.triangles)
    read = read_panel(stretched, claim.mid_mm)
    assert read.width_mm == pytest.approx(254.0 * 1.01, abs=1e-3)
    assert read.height_mm == pytest.approx((U - RELIEF) * 1.02, abs=1e-3)
    assert read.hole_pitch_mm == pytest.approx(236.525 * 1.01, abs=1e-3)


def test_no_panel_and_no_slots_are_said() -> None:
    one = kit.sample(Wish("blank", None, "10in", 1))
    with pytest.raises(ValueError, match="no panel at y = 900"):
        read_panel(one.mesh, 900.0)
    rib = one.spec.panel_mm + 2.0
    with pytest.raises(ValueError, match="no slots"):
        read_panel(one.mesh, rib)


def test_both_sections_agree() -> None:
    one = kit.sample(Wish("shelf", SWITCH))
    area = cut(one.mesh, 1.7)
    loops = sorted(shapely.Polygon(loop).convex_hull.area for loop in section(one.mesh, 1.7))
    hulls = [shapely.Polygon(ring).convex_hull.area for ring in (area.exterior, *area.interiors)]
    assert loops == pytest.approx(sorted(hulls), abs=0.01)
