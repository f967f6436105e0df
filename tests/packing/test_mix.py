"""Different boards in one module: places that hold, counts that agree with closed forms, bounds."""

from collections import Counter
from dataclasses import replace
from functools import cache

import pytest

from catalog.load import Catalog, load_catalog
from packing.cavity import Cavity, rack_cavity
from packing.check import violations
from packing.envelope import Envelope, envelope_of
from packing.mixed.question import Kind, Mix, Mixed
from packing.mixed.solve import solve
from packing.solve import best_fit

TEN = (
    *("raspberry-pi-4b", "raspberry-pi-5", "odroid-c4", "pine64-rockpro64", "radxa-rock-5b"),
    *("orange-pi-5", "raspberry-pi-zero-2w", "libre-le-potato", "beaglebone-black", "khadas-vim3"),
)


@cache
def catalog() -> Catalog:
    return load_catalog()


def space(name: str) -> Envelope:
    board = catalog().board(name)
    form = board.form_factor
    return envelope_of(board, None, None if form is None else catalog().form_factor(form))


def sound(found: Mixed) -> None:
    places = [board.place for board in found.boards]
    assert not violations(places, found.mix.cavity, reached_rows=2)
    assert found.count <= found.upper_bound
    there = Counter(board.kind for board in found.boards)
    for kind in found.mix.kinds:
        size = sorted((kind.envelope.width_with_connectors_mm, kind.envelope.total_mm))
        for board in found.boards:
            if board.kind == kind.name and not board.pose.endswith("turned"):
                got = sorted((board.place.across_mm, board.place.through_mm))
                assert got == pytest.approx(size, abs=0.011)
        assert kind.most is None or there[kind.name] + found.missing.get(kind.name, 0) == kind.most


@pytest.mark.parametrize("opening", [450.0, 222.25])
def test_ten_different_boards_stand_in_two_units(opening: float) -> None:
    cavity = replace(rack_cavity(opening, 2), air_gap_mm=2.0, edge_gap_mm=2.0)
    found = solve(Mix(tuple(Kind(name, space(name), 1) for name in TEN), cavity))
    sound(found)
    assert (found.count, found.upper_bound, found.missing) == (10, 10, {})


def test_one_kind_alone_is_what_the_closed_form_says() -> None:
    for name, opening in (("raspberry-pi-4b", 222.25), ("pine64-rockpro64", 450.0)):
        cavity = rack_cavity(opening, 1)
        found = solve(Mix((Kind(name, space(name)),), cavity))
        sound(found)
        assert found.count == found.upper_bound == best_fit(space(name), cavity).count


def test_a_second_row_takes_what_the_first_has_no_room_for_if_the_depth_allows() -> None:
    kinds = (Kind("pi", space("raspberry-pi-4b"), 8),)
    deep = rack_cavity(222.25, 1, depth_mm=2 * 87.11 + 20.0 + 0.1)
    for rows, cavity, count in ((1, deep, 6), (2, deep, 8), (2, replace(deep, depth_mm=194.0), 6)):
        found = solve(Mix(kinds, cavity, rows))
        sound(found)
        assert found.count == found.upper_bound == count


def test_gaps_are_kept_and_walls_need_none() -> None:
    """Two boards of 56 on 113 with a gap of 1; on 112.9 only one."""
    board = Envelope(length_mm=85, width_mm=56, thickness_mm=1.4, above_mm=16, below_mm=2.6)
    for width, count in ((113.0, 2), (112.9, 1)):
        cavity = Cavity(width_mm=width, height_mm=30.0, edge_gap_mm=1.0, air_gap_mm=1.0)
        found = solve(Mix((Kind("board", board, 3),), cavity, poses=("flat",)))
        sound(found)
        assert found.count == count


def test_turned_and_upright_boards_go_where_straight_ones_do_not() -> None:
    board = Envelope(length_mm=85, width_mm=56, thickness_mm=1.4, above_mm=16, below_mm=2.6)
    shallow = Cavity(width_mm=90.0, height_mm=60.0, depth_mm=30.0)
    assert solve(Mix((Kind("board", board, 1),), shallow)).count == 0
    found = solve(Mix((Kind("board", board, 1),), shallow, poses=("upright", "upright-turned")))
    sound(found)
    assert [board.pose for board in found.boards] == ["upright-turned"]


def test_the_same_question_has_the_same_answer() -> None:
    cavity = rack_cavity(222.25, 1)
    mix = Mix((Kind("pi", space("raspberry-pi-4b"), 4), Kind("zero", space(TEN[6]), 6)), cavity)
    assert solve(mix) == solve(mix)
