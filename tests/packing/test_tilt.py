"""Tilted rows: published vectors, polygons, and the claim that the steepest angle is the best."""

import math
from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from packing.cavity import Cavity
from packing.check import violations
from packing.envelope import Envelope
from packing.pattern import Section, flat, flat_stacked, tilted
from packing.result import placements
from packing.solve import best_fit, best_fits

# docs/fit.md §1.4, H = 41.66: (opening, T, g) -> tilted | flat | flat stacked. The two
# 10-inch rows are those of its table (B0, B1) and of §0 ("10 vs 9 in 10 inch").
VECTORS = {
    (450, 20, 0): (9, 8, 16),
    (450, 20, 1.4): (8, 7, 14),
    (450, 17.5, 0): (11, 8, 16),
    (450, 15, 0): (14, 8, 16),
    (450, 12, 2): (17, 7, 21),
    (450, 8, 4): (22, 7, 21),
    (450, 10, 0): (25, 8, 32),
    (222, 20, 0): (4, 3, 6),
    (222, 20, 1.4): (4, 3, 6),
    (222, 8, 4): (10, 3, 9),
}


def room(width: float, gap: float, height: float = 41.66) -> Cavity:
    return Cavity(width_mm=width, height_mm=height, air_gap_mm=gap, edge_gap_mm=gap)


def pi(thickness: float) -> Envelope:
    above = thickness - 2.0
    return Envelope(length_mm=85, width_mm=56, thickness_mm=1.5, above_mm=above, below_mm=0.5)


@pytest.mark.parametrize(("width", "thickness", "gap"), VECTORS)
def test_vectors(width, thickness, gap):
    section, cavity = Section(56.0, thickness), room(width, gap)
    found = tuple(pose(section, cavity).count for pose in (tilted, flat, flat_stacked))
    assert found == VECTORS[width, thickness, gap]


@pytest.mark.parametrize(("width", "thickness", "gap"), VECTORS)
def test_polygons_of_a_tilted_row_stay_apart_and_inside(width, thickness, gap):
    cavity = room(width, gap)
    result = best_fit(pi(thickness), cavity, poses=("tilted",))
    boards = placements(result)
    assert len(boards) == VECTORS[width, thickness, gap][0]
    assert 0 < boards[0].angle_deg < 90
    assert not violations(boards, cavity)


@pytest.mark.parametrize(("width", "thickness", "gap"), VECTORS)
def test_tilt_beats_stacking_only_for_slim_boards_with_an_air_gap(width, thickness, gap):
    best = best_fits(pi(thickness), room(width, gap))[0]
    assert (best.pose == "tilted") == ((thickness, gap) == (8, 4))
    assert best.count == max(VECTORS[width, thickness, gap])


def row_at(angle: float, section: Section, cavity: Cavity) -> int:
    """Count a tilted row at any angle, straight from the geometry."""
    wide, thin = section.width_mm, section.total_mm
    sine, cosine = math.sin(angle), math.cos(angle)
    if wide * sine + thin * cosine > cavity.height_mm + 1e-9:
        return 0
    across = wide * cosine + thin * sine
    if across > cavity.width_mm + 1e-9:
        return 0
    pitch = min((thin + cavity.air_gap_mm) / sine, (wide + cavity.edge_gap_mm) / cosine)
    return int((cavity.width_mm - across) / pitch + 1e-9) + 1


@given(
    wide=st.floats(20, 120),
    ratio=st.floats(0.05, 1.0),
    width=st.floats(20, 500),
    height=st.floats(5, 140),
    gap=st.floats(0, 15),
)
def test_no_angle_holds_more_than_the_one_chosen(wide, ratio, width, height, gap):
    section = Section(wide, wide * ratio)
    cavity = replace(room(width, gap, height), edge_gap_mm=gap / 2)
    assume(section.total_mm <= height)
    best = tilted(section, cavity)
    steps = 720
    for step in range(1, steps):
        assert row_at(step * math.pi / 2 / steps, section, cavity) <= best.count


@given(height=st.floats(20.5, 59), gap=st.floats(0, 12))
def test_a_tilted_row_uses_the_whole_height_and_no_more(height, gap):
    section = Section(60.0, 20.0)
    found = tilted(section, Cavity(width_mm=450, height_mm=height, air_gap_mm=gap, edge_gap_mm=gap))
    if found.angle_deg > 0:
        angle = math.radians(found.angle_deg)
        assert 60 * math.sin(angle) + 20 * math.cos(angle) == pytest.approx(height)
