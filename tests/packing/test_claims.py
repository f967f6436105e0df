"""What is told to a reader: what puts fifteen into one unit, by how much a board is too large."""

import re
from dataclasses import replace

import pytest

from packing.cavity import Cavity, rack_cavity
from packing.envelope import Envelope
from packing.pattern import POSES, Pose
from packing.solve import best_fit

PI_ENVELOPE = Envelope(length_mm=85, width_mm=56, thickness_mm=1.5, above_mm=16, below_mm=2.5)


def test_what_puts_fifteen_or_more_in_one_unit() -> None:
    """docs/fit.md §1.2: 8 × 56 = 448 of 450 wide, 2 × 20 = 40 of 41.66 high, 190 deep."""
    space = rack_cavity(450, 1, depth_mm=190)
    stacked = best_fit(PI_ENVELOPE, space, poses=("flat-stacked",))
    both = best_fit(PI_ENVELOPE, space, rows=2, poses=("flat",))
    assert (stacked.count, both.count) == (16, 16)
    assert both.depth_mm == 190
    walls = replace(space, edge_gap_mm=1.4)  # 1.2 mm of wall and 0.2 of play
    assert best_fit(PI_ENVELOPE, walls, poses=("flat-stacked",)).count == 14


@pytest.mark.parametrize("pose", POSES)
@pytest.mark.parametrize(
    ("wide", "high", "deep"), [(50.0, 41.66, None), (450.0, 15.0, None), (450.0, 41.66, 80.0)]
)
def test_a_board_that_goes_in_in_no_way_says_by_how_many_mm(
    pose: Pose, wide: float, high: float, deep: float | None
) -> None:
    """In each pose; by hand: what is lacking is enough, and a hundredth less is not."""
    space = Cavity(width_mm=wide, height_mm=high, depth_mm=deep)
    result = best_fit(PI_ENVELOPE, space, poses=(pose,))
    if result.count:  # 50 mm wide: on edge there is room, if it is high enough
        return
    assert re.search(r"[\d.]+ mm", result.binding_text)
    if result.short_mm is None:
        return
    name = f"{result.binding}_mm"
    for more, goes_in in ((result.short_mm, True), (result.short_mm - 0.011, False)):
        grown = replace(space, **{name: getattr(space, name) + more})
        assert (best_fit(PI_ENVELOPE, grown, poses=(pose,)).count > 0) == goes_in
