"""How many go in, and how much plastic each takes: real assemblies, put together and taken apart.

The figures to beat are public: ten bare Pi 4B in 2U of 10 inch (Pi Slice), 21 in 2U of 19 inch
(docs/fit.md), 15 cm³ of filament for each Pi (LabStack).
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from manifold3d import Manifold

from catalog.problems import InputError
from mounts.assembly import frame_matrices, moved, overlap_mm3, sled_matrix
from mounts.parts.frame_spec import CABLES_MM
from mounts.pieces import pieces
from mounts.registry import PARTS
from mounts.strength.material import YEARS, Climate
from mounts.strength.verdict import judge
from mounts.verify.sweep import pressed, swept
from packing.cavity import rack_cavity
from packing.solve import best_fit
from tests.mounts import kit
from tests.mounts.kit import PI, Wish
from tests.mounts.measure import assert_supports_change_nothing, filament_cm3, overhangs
from tests.mounts.rows import Row, row

EDGE = (("pose", "on-edge"),)
BOTH = (("rows", 2), ("between_mm", 240.0))
CLIPS = (("latch", "front"),)
ONE_U = (("layers", 2), ("skin_mm", 0.83), *CLIPS)
TWO_U = (("layers", 4), *CLIPS)
TEN = Wish("frame", PI, "10in", 2.0, EDGE)
DENSEST = Wish("frame", PI, "19in", 1.0, ONE_U)
BARE = Wish("frame", PI, "19in", 1.0, (*ONE_U, ("bar", False)))
FLAT = {
    Wish("frame", PI, "10in", 1.0, ONE_U): 6,
    Wish("frame", PI, "10in", 2.0, TWO_U): 12,
    DENSEST: 14,
    Wish("frame", PI, "19in", 2.0, TWO_U): 28,
    Wish("frame", PI, "19in", 1.0, (*ONE_U, *BOTH)): 28,
    Wish("frame", PI, "19in", 2.0, (*TWO_U, *BOTH)): 56,
}
COUNTS = {
    TEN: 10,
    Wish("frame", PI, "10in", 1.0, (("hat", "rpi-poe-plus-hat"),)): 3,
    Wish("frame", PI, "19in", 2.0, EDGE): 21,
    **FLAT,
}


@pytest.fixture(autouse=True, scope="module")
def _let_go() -> Iterator[None]:
    yield
    row.cache_clear()  # the kernel counts what is left over at the end


def meeting(solids: list[Manifold], with_: Manifold) -> list[int]:
    """Return which of the solids have a box that meets another's: few of a row do."""
    q = with_.bounding_box()
    boxes = [solid.bounding_box() for solid in solids]
    return [
        i for i, p in enumerate(boxes) if all(p[k] < q[k + 3] and q[k] < p[k + 3] for k in range(3))
    ]


def loaded(one: Row) -> list[Manifold]:
    """Return every sled with its board at its place."""
    whole = one.sled + one.board
    return [one.at(whole, index) for index in range(one.spec.holds)]


def frames(one: Row) -> Manifold:
    """Return the frame on the front posts, and the one on the rear posts if there is one."""
    rows = [moved(one.frame, matrix) for matrix in frame_matrices(one.spec)]
    return Manifold.batch_boolean(rows, kit.ADD)


@pytest.mark.parametrize(("wish", "count"), COUNTS.items(), ids=str)
def test_so_many_stand_in_one_frame_and_touch_nothing(wish: Wish, count: int) -> None:
    one = row(wish)
    assert one.spec.holds == count
    assert one.spec.height_u == wish.height_u
    assert 2 * one.spec.outer_mm <= one.spec.standard.body_max_mm
    placed = loaded(one)
    posts = frames(one)
    assert [overlap_mm3(posts, sled) for sled in placed] == [0.0] * count
    for index, sled in enumerate(placed):
        for other in meeting(placed[:index], sled):
            assert overlap_mm3(placed[other], sled) == 0.0


@pytest.mark.parametrize(("wish", "count"), FLAT.items(), ids=str)
def test_no_frame_takes_more_that_lie_flat(wish: Wish, count: int) -> None:
    """The proof counts no walls, no play and no latch; a frame has all three, and as many."""
    spec = kit.spec_of(wish)
    cavity = rack_cavity(spec.standard.opening_mm, wish.height_u or 0.0, depth_mm=spec.between_mm)
    proven = best_fit(spec.envelope, cavity, rows=spec.rows, poses=("flat", "flat-stacked"))
    assert spec.holds == count == proven.count


@pytest.mark.parametrize("wish", COUNTS, ids=str)
def test_each_comes_out_past_all_the_others(wish: Wish) -> None:
    one = row(wish)
    way = swept(pressed(one.sled, one.alone), one.alone)
    placed = loaded(one)
    posts = frames(one)
    for index in range(one.spec.holds):
        path = moved(way, sled_matrix(one.spec, index))
        assert overlap_mm3(posts, path) == 0.0
        for other in {*meeting(placed, path)} - {index}:
            assert overlap_mm3(path, placed[other]) == 0.0


def test_a_pi_on_its_sled_takes_12_cm3_with_its_share_of_the_frame(
    prusa_slicer: Path, tmp_path: Path
) -> None:
    one = row(TEN)
    frame = filament_cm3(prusa_slicer, kit.sample(TEN).part, tmp_path, supports=False)
    sled = assert_supports_change_nothing(prusa_slicer, PARTS["sled"].build(one.alone), tmp_path)
    assert sled + frame / one.spec.sleds <= 12.0


def test_with_a_clip_it_takes_9_cm3_or_15_where_a_bar_bears_it() -> None:
    """All of it counted as if solid: no slicer puts more into walls as thin as these."""
    for wish, most in ((BARE, 9.0), (DENSEST, 15.0)):
        one = row(wish)
        assert (one.frame.volume() / one.spec.sleds + one.sled.volume()) / 1000.0 <= most


def test_a_frame_that_bears_no_row_by_itself_says_so() -> None:
    """As the strength model has it: seven over a strip of panel hold themselves, 14 do not."""
    petg, warm = kit.catalog().material("petg"), Climate(40.0, YEARS)
    for wish, bears in (
        (BARE, False),
        (DENSEST, True),
        (Wish("frame", PI, "19in", 1.0, CLIPS), True),
    ):
        one = kit.sample(wish)
        found = judge(one.part, one.spec, petg, warm)
        assert found is not None
        assert found.sound == bears
        told = [note for note in one.part.notes if "rest it on rails" in note]
        # What bears itself may still sag so far that it says what would help: by less than 0.5 mm.
        assert told if not bears else all("by about 0.4 mm" in note for note in told)


def test_a_clip_and_its_frame_want_no_supports(prusa_slicer: Path, tmp_path: Path) -> None:
    one = row(DENSEST)
    assert_supports_change_nothing(prusa_slicer, PARTS["sled"].build(one.alone), tmp_path)
    assert overhangs(kit.sample(DENSEST).part) == []


def test_a_frame_wants_no_supports(prusa_slicer: Path, tmp_path: Path) -> None:
    """Two bays are drawn as ten are, and sliced in a fifth of the time."""
    two = kit.sample(Wish("frame", PI, "10in", 2.0, (*EDGE, ("count", 2))))
    assert_supports_change_nothing(prusa_slicer, two.part, tmp_path)


def test_two_rows_stand_back_to_back_with_room_for_cables() -> None:
    one = row(Wish("frame", PI, "19in", 1.0, BOTH))
    front, rear = (moved(one.frame, matrix).bounding_box() for matrix in frame_matrices(one.spec))
    assert front[1] == pytest.approx(0.0)
    assert rear[4] == pytest.approx(240.0)  # its face is the rear posts'
    placed = [sled.bounding_box() for sled in loaded(one)]
    half = one.spec.sleds
    behind = max(box[4] for box in placed[:half]), min(box[1] for box in placed[half:])
    assert behind[1] - behind[0] >= CABLES_MM
    assert [pair.count for pair in pieces(one.spec)] == [2, 12]


def test_layers_too_many_are_refused_with_what_would_do() -> None:
    thin = Wish("frame", PI, "19in", 1.0, (("layers", 2),))
    with pytest.raises(InputError, match=r"use 1\.5U, or skin_mm = 0\.83, or 1 layer$"):
        kit.spec_of(thin)
    with pytest.raises(InputError, match=r"5 layers .* do not fit; .*\n.*, or 4 layers$"):
        kit.spec_of(Wish("frame", PI, "19in", 2.0, (("layers", 5),)))


@pytest.mark.parametrize("board", [PI, "raspberry-pi-5", "radxa-rock-5b", "pine64-rockpro64"])
@pytest.mark.parametrize("rack", ["10in", "19in"])
def test_what_a_refusal_says_of_sleds_on_edge_is_true(board: str, rack: str) -> None:
    with pytest.raises(InputError) as refused:
        kit.spec_of(Wish("frame", board, rack, 1.0, (("count", 30),)))
    near = refused.value.problems[0].nearest
    (flat,) = re.findall(r"works is (\d+)", near)
    found = re.findall(r"(\d+) with pose = 'on-edge' and height = '([\d.]+)U'", near)
    assert kit.spec_of(Wish("frame", board, rack, 1.0, (("count", int(flat)),)))
    for count, high in found:
        assert int(count) > int(flat)
        turned = (("pose", "on-edge"), ("count", int(count)))
        assert kit.spec_of(Wish("frame", board, rack, float(high), turned))
    assert found or "rockpro64" in board


def test_more_than_go_in_are_refused_with_how_many_would_with_clips() -> None:
    with pytest.raises(InputError, match=r"works is 12, or 14 with latch = 'front'$"):
        kit.spec_of(Wish("frame", PI, "19in", 1.0, (*ONE_U[:2], ("count", 14))))
    with pytest.raises(InputError, match=r"a clip reaches 16\.2 mm up.*\n.*latch = 'side'$"):
        kit.spec_of(Wish("sled", "raspberry-pi-zero-2w", "19in", 2.0, TWO_U))
    with pytest.raises(InputError, match=r"on edge the spring takes none"):
        kit.spec_of(Wish("sled", PI, "19in", 2.0, (*EDGE, *CLIPS)))
    with pytest.raises(InputError, match=r"panel up to 3\.1 mm.*\n.*panel_mm = 3, or latch"):
        kit.spec_of(Wish("frame", PI, "19in", 1.0, (*CLIPS, ("panel_mm", 4.0))))


def test_rows_that_the_rack_is_too_shallow_for_are_refused() -> None:
    with pytest.raises(InputError, match=r"need 209 mm .*; allowed: 180 mm in this rack"):
        kit.spec_of(Wish("frame", PI, "deskpi-rackmate-t1", 2.0, (*EDGE, ("rows", 2))))
    deep = kit.spec_of(Wish("frame", PI, "deskpi-rackmate-t2", 2.0, (*EDGE, ("rows", 2))))
    assert (deep.between_mm, deep.holds) == (240.0, 20)
