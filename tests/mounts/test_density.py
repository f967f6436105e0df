"""How many go in, and how much plastic each takes: real assemblies, put together and taken apart.

The figures to beat are public: ten bare Pi 4B in 2U of 10 inch (Pi Slice), 21 in 2U of 19 inch
(docs/fit.md), 15 cm³ of filament for each Pi (LabStack).
"""

from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import pytest
from manifold3d import Manifold

from mounts.assembly import moved, overlap_mm3, sled_matrix
from mounts.registry import PARTS
from mounts.verify.sweep import pressed, swept
from tests.mounts import kit
from tests.mounts.kit import PI, Wish
from tests.mounts.measure import assert_supports_change_nothing, filament_cm3
from tests.mounts.rows import Row, row

EDGE = (("pose", "on-edge"),)
TEN = Wish("frame", PI, "10in", 2.0, EDGE)
COUNTS = {
    TEN: 10,
    Wish("frame", PI, "10in", 1.0, (("hat", "rpi-poe-plus-hat"),)): 3,
    Wish("frame", PI, "19in", 2.0, EDGE): 21,
    Wish("frame", PI, "19in", 2.0, (("layers", 4),)): 24,
}


@pytest.fixture(autouse=True, scope="module")
def _let_go() -> Iterator[None]:
    yield
    row.cache_clear()  # the kernel counts what is left over at the end


def apart(a: Manifold, b: Manifold) -> bool:
    """Say whether two solids' boxes are apart: most pairs of a row are."""
    (p, q) = a.bounding_box(), b.bounding_box()
    return any(p[k] >= q[k + 3] or q[k] >= p[k + 3] for k in range(3))


def loaded(one: Row) -> list[Manifold]:
    """Return every sled with its board at its place."""
    whole = one.sled + one.board
    return [one.at(whole, index) for index in range(one.spec.sleds)]


@pytest.mark.parametrize(("wish", "count"), COUNTS.items(), ids=str)
def test_so_many_stand_in_one_frame_and_touch_nothing(wish: Wish, count: int) -> None:
    one = row(wish)
    assert one.spec.sleds == count
    assert one.spec.height_u == wish.height_u
    assert 2 * one.spec.outer_mm <= one.spec.standard.body_max_mm
    placed = loaded(one)
    assert [overlap_mm3(one.frame, sled) for sled in placed] == [0.0] * count
    for a, b in combinations(placed, 2):
        assert apart(a, b) or overlap_mm3(a, b) == 0.0


@pytest.mark.parametrize("wish", COUNTS, ids=str)
def test_each_comes_out_past_all_the_others(wish: Wish) -> None:
    one = row(wish)
    way = swept(pressed(one.sled, one.alone), one.alone)
    placed = loaded(one)
    for index in range(one.spec.sleds):
        path = moved(way, sled_matrix(one.spec, index))
        assert overlap_mm3(one.frame, path) == 0.0
        for other in {*range(one.spec.sleds)} - {index}:
            assert apart(path, placed[other]) or overlap_mm3(path, placed[other]) == 0.0


def test_a_pi_on_its_sled_takes_12_cm3_with_its_share_of_the_frame(
    prusa_slicer: Path, tmp_path: Path
) -> None:
    one = row(TEN)
    frame = filament_cm3(prusa_slicer, kit.sample(TEN).part, tmp_path, supports=False)
    sled = assert_supports_change_nothing(prusa_slicer, PARTS["sled"].build(one.alone), tmp_path)
    assert sled + frame / one.spec.sleds <= 12.0


def test_a_frame_wants_no_supports(prusa_slicer: Path, tmp_path: Path) -> None:
    """Two bays are drawn as ten are, and sliced in a fifth of the time."""
    two = kit.sample(Wish("frame", PI, "10in", 2.0, (*EDGE, ("count", 2))))
    assert_supports_change_nothing(prusa_slicer, two.part, tmp_path)
