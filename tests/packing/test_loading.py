"""Equal boxes in a space: another program's counts, laws, and places that do not overlap."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from packing.loading import Box, load_boxes
from packing.pallet import Place, load

BOARD = (85.0, 56.0, 20.0)
NEAR = 1e-6


def overlap(one: Box, other: Box) -> bool:
    return all(
        a + la > b + NEAR and b + lb > a + NEAR
        for a, la, b, lb in zip(
            one.corner_mm, one.size_mm, other.corner_mm, other.size_mm, strict=True
        )
    )


# Counts of packingsolver3d (8 s, 0.1 mm, all six turns) and the volume's own bound.
@pytest.mark.parametrize(
    ("space", "theirs", "volume"),
    [
        ((450.0, 200.0, 41.66), 36, 39),
        ((450.0, 260.0, 41.66), 48, 51),
        ((450.0, 400.0, 41.66), 74, 78),
        ((450.0, 200.0, 86.11), 80, 81),
        ((450.0, 400.0, 86.11), 160, 162),
        ((222.0, 200.0, 41.66), 16, 19),
        ((222.0, 200.0, 86.11), 36, 40),
    ],
)
def test_as_many_as_a_solver_of_boxes_finds(
    space: tuple[float, float, float], theirs: int, volume: int
) -> None:
    found = load_boxes(space, BOARD)
    assert theirs <= found.count <= found.upper_bound
    assert found.upper_bound == volume
    for box in found.boxes:
        assert sorted(box.size_mm) == sorted(BOARD)
        for corner, size, room in zip(box.corner_mm, box.size_mm, space, strict=True):
            assert corner >= 0
            assert corner + size <= room + NEAR
    assert not any(overlap(one, other) for one, other in combinations(found.boxes, 2))


SIDE = st.integers(60, 400).map(lambda n: n / 4)
ROOM = st.integers(40, 1200).map(lambda n: n / 4)


def rectangle(place: Place, piece: tuple[float, float]) -> Box:
    size = piece[::-1] if place.turned else piece
    return Box((place.x_mm, place.y_mm, 0.0), (*size, 1.0))


@given(wide=ROOM, high=ROOM, a=SIDE, b=SIDE)
def test_pieces_lie_inside_and_apart_and_never_above_the_bound(
    wide: float, high: float, a: float, b: float
) -> None:
    found = load(wide, high, (a, b))
    assert found.count <= found.upper_bound <= wide * high / (a * b) + NEAR
    boxes = [rectangle(place, (a, b)) for place in found.places]
    for box in boxes:
        assert min(box.corner_mm) >= 0
        assert box.corner_mm[0] + box.size_mm[0] <= wide + NEAR
        assert box.corner_mm[1] + box.size_mm[1] <= high + NEAR
    if len(boxes) <= 60:
        assert not any(overlap(one, other) for one, other in combinations(boxes, 2))


@given(wide=ROOM, high=ROOM, a=SIDE, b=SIDE)
def test_a_mirror_changes_no_count(wide: float, high: float, a: float, b: float) -> None:
    count = load(wide, high, (a, b)).count
    assert load(high, wide, (a, b)).count == count
    assert load(wide, high, (b, a)).count == count


def test_five_blocks_beat_every_cut_from_wall_to_wall() -> None:
    """Four blocks of two turn around each other; straight cuts get seven."""
    assert load(222.0, 200.0, (85.0, 56.0)).count == 8
