"""A module of two Pis in the opening of a LabStack bracket, the bracket drawn from its figures.

51 x 72 mm, M3 at 26 x 80 mm round it, 56.0855 mm to the next: see `mounts/labstack.py`.
"""

from collections.abc import Iterator

import pytest
from manifold3d import Manifold

from catalog.problems import InputError
from mounts.assembly import overlap_mm3
from tests.mounts import kit, measure
from tests.mounts.kit import PI, Wish
from tests.mounts.rows import Row, row

INTO = (("pose", "on-edge"), ("opening", "labstack"))
WISH = Wish("frame", PI, "10in", 2.0, (*INTO, ("shell_mm", 1.6)))
MIDDLE = 44.45  # of 2U
BEHIND = 3.001  # the flange is 3 mm, the bracket lies against it


@pytest.fixture(autouse=True, scope="module")
def _let_go() -> Iterator[None]:
    yield
    row.cache_clear()  # the kernel counts what is left over at the end


def cube(size: tuple[float, float, float], middle: tuple[float, float, float]) -> Manifold:
    """Return a box round a point."""
    return Manifold.cube(list(size), center=True).translate(list(middle))


def bracket() -> Manifold:
    """Return three openings of a bracket, 4 mm thick, with bores for M3."""
    plate = cube((180.0, 4.0, 89.0), (0.0, BEHIND + 2.0, MIDDLE))
    holes: list[Manifold] = []
    for x in (-56.0855, 0.0, 56.0855):
        holes.append(cube((51.0, 9.0, 72.0), (x, BEHIND + 2.0, MIDDLE)))
        holes += [bolt(x + dx, dz) for dx in (-13.0, 13.0) for dz in (-40.0, 40.0)]
    return plate - Manifold.batch_boolean(holes, kit.ADD)


def bolt(x: float, dz: float, wide: float = 2.8) -> Manifold:
    """Return what an M3 takes up along y, from 10 mm before the flange to 10 mm behind it."""
    pin = Manifold.cylinder(20.0, wide / 2, circular_segments=48, center=True)
    return pin.rotate([90.0, 0.0, 0.0]).translate([x, 0.0, MIDDLE + dz])


def whole(one: Row) -> Manifold:
    """Return the module with its sleds and boards."""
    sleds = [one.at(s, index) for index in range(2) for s in (one.sled, one.board)]
    return Manifold.batch_boolean([one.frame, *sleds], kit.ADD)


def test_two_boards_go_through_the_opening_and_the_neighbours_too() -> None:
    one = row(WISH)
    assert one.spec.sleds == 2
    module, plate = whole(one), bracket()
    assert overlap_mm3(module, plate) == 0.0
    for x in (-56.0855, 56.0855):
        assert overlap_mm3(module.translate([x, 0.0, 0.0]), plate) == 0.0
        assert overlap_mm3(module.translate([x, 0.0, 0.0]), module) == 0.0
    for step in range(1, 12):  # it is put in from the front
        assert overlap_mm3(module.translate([0.0, -10.0 * step, 0.0]), plate) == 0.0
    assert overlap_mm3(module.translate([0.0, 0.05, 0.0]), plate) > 10.0  # and stops at its flange
    assert overlap_mm3(module.translate([0.3, 0.0, 0.0]), plate) > 10.0


def test_its_screws_are_the_brackets() -> None:
    one = row(WISH)
    for x in (-13.0, 13.0):
        for dz in (-40.0, 40.0):
            hole = measure.opening_at(kit.sample(WISH).mesh, "y", 1.5, (x, MIDDLE + dz))
            assert hole.wide == pytest.approx(3.4, abs=0.02)  # M3, ISO 273 normal
            head = Manifold.cylinder(3.0, 3.0).rotate([90.0, 0.0, 0.0])
            head = head.translate([x, -1e-3, MIDDLE + dz])
            assert overlap_mm3(whole(one), head) == 0.0
    assert kit.sample(WISH).part.panel is None


def test_it_prints_without_supports() -> None:
    assert measure.overhangs(kit.sample(WISH).part) == []


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ((("shell_mm", 1.6), ("count", 3)), "the largest count that works is 2"),
        ((("rows", 2),), "rows: a module for LabStack's bracket stands in front"),
        ((("pose", "flat"),), "pose = 'on-edge'"),
        ((("piece", "fan-wall"),), "leave out piece"),
    ],
)
def test_what_does_not_go_is_refused(more: tuple[tuple[str, object], ...], said: str) -> None:
    with pytest.raises(InputError, match=said):
        kit.spec_of(Wish("frame", PI, "10in", None, tuple({**dict(INTO), **dict(more)}.items())))


def test_a_board_too_high_for_the_opening_is_refused() -> None:
    with pytest.raises(InputError, match=r"opening: .* needs .* mm in an opening of LabStack's"):
        kit.spec_of(Wish("frame", kit.ROCKPRO, "10in", 2.0, INTO))
