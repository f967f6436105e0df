"""Holes drawn into their sheet and holes cut by a boolean make the same body."""

from itertools import product

import pytest

from mounts.geometry.bores import drawn_in
from mounts.geometry.flat import rectangle
from mounts.geometry.sheet import Sheet, joined
from mounts.geometry.vents import Perforation
from mounts.mesh import drilled, mesh_of, solid_of
from mounts.order import spec_for
from mounts.part import Part
from mounts.registry import PARTS
from mounts.samples import SAMPLES
from tests.mounts import kit

SQUARE = ((-2.0, -2.0), (2.0, -2.0), (2.0, 2.0), (-2.0, 2.0))
FLOOR = Sheet("xy", rectangle((0.0, 0.0), (60.0, 40.0)), 0.0, 3.0)
WALL = Sheet("yz", rectangle((0.0, 0.0), (40.0, 20.0)), 20.0, 23.0)


@pytest.mark.parametrize("name", ["shelf", "tray-large", "psu-atx", "frame-flat", "panel-fans"])
def test_both_ways_make_the_same_body(name: str) -> None:
    (sample,) = (one for one in SAMPLES if one.name == name)
    part = PARTS[sample.order.part].build(spec_for(sample.order, kit.catalog()))
    drawn, cut = solid_of(part), drilled(part.body.facets, part.perforations)
    assert (drawn - cut).volume() + (cut - drawn).volume() < 1e-3
    assert drawn.genus() == cut.simplify(5e-4).genus()


def holes(*centers: tuple[float, float], end_mm: float = 3.0) -> Perforation:
    return Perforation("xy", 0.0, end_mm, SQUARE, centers)


def left(*perforations: Perforation) -> list[tuple[float, float]]:
    _, rest = drawn_in([FLOOR, WALL], perforations)
    return [center for one in rest for center in one.centers]


def test_a_hole_is_cut_where_it_meets_another_sheet_an_edge_or_another_hole() -> None:
    grid = [(float(x), float(y)) for x, y in product(range(5, 60, 10), range(5, 40, 10))]
    under_wall = [c for c in grid if 20 - 2 <= c[0] <= 23 + 2]
    assert left(holes(*grid)) == under_wall
    assert left(holes((1.0, 5.0), (10.0, 10.0))) == [(1.0, 5.0)]
    assert left(holes((10.0, 10.0)), holes((12.0, 12.0), (40.0, 30.0))) == [(12.0, 12.0)]
    assert left(holes((10.0, 10.0), (12.0, 12.0), (40.0, 30.0))) == [(10.0, 10.0), (12.0, 12.0)]
    assert left(holes((10.0, 10.0), end_mm=2.0)) == [(10.0, 10.0)], "it ends within the sheet"


def test_the_body_has_every_hole_just_once() -> None:
    asked = (holes((8.0, 8.0), (21.0, 20.0), (40.0, 20.0)), holes((10.0, 30.0), (9.0, 31.0)))
    mesh = mesh_of(Part("bored", "test", joined([FLOOR, WALL]), "+z", asked))
    areas = 16 + 16 + 16 + (16 + 16 - 3 * 3)  # the last two overlap
    whole = 60 * 40 * 3 + 3 * 40 * (20 - 3)
    # A drill goes 0.01 mm past a face, and so into the wall over one hole.
    assert mesh.volume_mm3() == pytest.approx(whole - 3 * areas - 0.01 * 3 * 4, abs=1e-3)
