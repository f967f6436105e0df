"""Boards face to face: nothing of one goes through the other, and the pair saves space."""

from itertools import product

import pytest
from shapely import box

from catalog.load import load_catalog
from catalog.models import Block, Board
from packing.cavity import rack_cavity
from packing.envelope import envelope_of
from packing.interlock import Pair, interlocked
from packing.solve import best_fit

CATALOG = load_catalog()
PI = CATALOG.board("raspberry-pi-4b")
KNOWN = ("raspberry-pi-3b-plus", "raspberry-pi-4b", "raspberry-pi-5")
NEAR_MM = 0.75  # connectors of the 4B reach 0.7 further in RAVEN than in NOP


def pair_of(board: Board) -> Pair:
    found = interlocked(board, envelope_of(board))
    assert found is not None
    return found


def turned_over(block: Block, board: Board, pair: Pair) -> tuple[float, float, float, float]:
    """Turn a block about the pair's axis point by point, as a hand would turn the board."""
    (x0, x1), (y0, y1) = block.x_mm, block.y_mm
    if pair.turn == "about y":
        return board.board.x_mm - x1, y0, board.board.x_mm - x0, y1
    return x0, board.board.y_mm - y1, x1, board.board.y_mm - y0


def room_left_mm(board: Board, pair: Pair) -> float:
    """Return the least distance between parts of the two that lie over each other."""
    left = [
        pair.apart_mm - one.top_mm - other.top_mm
        for one, other in product(board.blocks, board.blocks)
        if box(one.x_mm[0], one.y_mm[0], one.x_mm[1], one.y_mm[1])
        .intersection(box(*turned_over(other, board, pair)))
        .area
        > 0
    ]
    assert board.between_blocks_mm is not None
    tallest = max(block.top_mm for block in board.blocks)
    return min([*left, pair.apart_mm - tallest - board.between_blocks_mm])


@pytest.mark.parametrize("name", KNOWN)
def test_the_first_parts_touch_and_nothing_goes_through_anything(name: str) -> None:
    board = CATALOG.board(name)
    assert room_left_mm(board, pair_of(board)) == pytest.approx(0.0, abs=1e-6)


def test_only_boards_with_a_source_have_heights_by_region() -> None:
    assert sorted(board.id for board in CATALOG.boards.values() if board.blocks) == sorted(KNOWN)


@pytest.mark.parametrize("name", KNOWN)
def test_no_part_stands_out_of_its_board_s_space(name: str) -> None:
    board = CATALOG.board(name)
    space = envelope_of(board)
    for block in board.blocks:
        assert block.top_mm <= space.above_mm
        low, high = -space.over("x-") - NEAR_MM, space.length_mm + space.over("x+") + NEAR_MM
        assert low <= block.x_mm[0] < block.x_mm[1] <= high
        low, high = -space.over("y-") - NEAR_MM, space.width_mm + space.over("y+") + NEAR_MM
        assert low <= block.y_mm[0] < block.y_mm[1] <= high


@pytest.mark.parametrize(
    ("name", "apart", "total"),
    [
        # the taller USB over the pin header: 16.15 + 8.6; twice 1.4 of PCB and 2.75 below it
        ("raspberry-pi-3b-plus", 24.75, 33.05),
        # over the Active Cooler: 16.15 + 11.49; twice 1.65 and 2.75
        ("raspberry-pi-5", 27.64, 36.44),
    ],
)
def test_pairs_of_other_pis_by_hand(name: str, apart: float, total: float) -> None:
    pair = pair_of(CATALOG.board(name))
    assert (pair.apart_mm, pair.total_mm) == (apart, total)


def test_a_pair_of_pis_takes_thirty_one_millimetres() -> None:
    """docs/fit.md §1.5: 30 to 31, the RJ45 over the GPIO header."""
    pair = pair_of(PI)
    assert 30 <= pair.total_mm <= 31
    assert set(pair.meets) == {"RJ45", "GPIO header"}


def test_pairs_on_edge_hold_a_quarter_more_in_a_row() -> None:
    envelope = envelope_of(PI)
    thick = pair_of(PI).envelope(envelope)
    cavity = rack_cavity(450.0, 2)
    single = best_fit(envelope, cavity, poses=("on-edge",)).count
    assert (single, 2 * best_fit(thick, cavity, poses=("on-edge",)).count) == (22, 28)


def test_a_pair_is_never_thicker_than_two_boards_nor_thinner_than_its_tallest_part() -> None:
    for board in CATALOG.boards.values():
        envelope = envelope_of(board)
        found = interlocked(board, envelope)
        if found is not None:
            assert found.total_mm <= 2 * envelope.total_mm
            assert found.total_mm >= 2 * (envelope.thickness_mm + envelope.below_mm)
            thick = found.envelope(envelope)
            assert thick.total_mm == pytest.approx(found.total_mm)


def test_without_heights_by_region_there_is_no_pair() -> None:
    bare = PI.model_copy(update={"blocks": ()})
    assert interlocked(bare, envelope_of(bare)) is None
