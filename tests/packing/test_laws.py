"""Laws of fitting: what can never happen, whatever the board and the cavity."""

from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from packing.cavity import Cavity
from packing.check import violations
from packing.envelope import Envelope
from packing.job import Job
from packing.pattern import POSES, Section, boards, columns, flat_stacked, layers, on_edge, pattern
from packing.result import placements
from packing.solve import best_fit, best_fits

POSE = st.sampled_from(POSES)
MORE = st.floats(0.01, 60)


@st.composite
def sections(draw: st.DrawFn) -> Section:
    wide = draw(st.floats(20, 130))
    return Section(wide, wide * draw(st.floats(0.05, 1)))


@st.composite
def cavities(draw: st.DrawFn) -> Cavity:
    return Cavity(
        width_mm=draw(st.floats(10, 480)),
        height_mm=draw(st.floats(5, 280)),
        depth_mm=draw(st.none() | st.floats(50, 900)),
        air_gap_mm=draw(st.just(0.0) | st.floats(0, 20)),
        edge_gap_mm=draw(st.just(0.0) | st.floats(0, 6)),
    )


def envelope(section: Section, length: float = 85.0) -> Envelope:
    above = section.total_mm * 0.8
    return Envelope(
        length_mm=length,
        width_mm=section.width_mm,
        thickness_mm=section.total_mm * 0.1,
        above_mm=above,
        below_mm=section.total_mm * 0.1,
    )


@given(section=sections(), cavity=cavities(), pose=POSE, rows=st.integers(1, 4))
def test_every_board_counted_has_a_place_that_keeps_its_distance(section, cavity, pose, rows):
    result = best_fit(envelope(section), cavity, rows=rows, poses=(pose,))
    placed = placements(result)
    assert len(placed) == result.count
    assume(result.count <= 150)  # the checker looks at every pair
    assert not violations(placed, cavity)


@given(section=sections(), cavity=cavities(), pose=POSE, more=MORE)
def test_a_larger_cavity_never_holds_fewer(section, cavity, pose, more):
    now = pattern(pose, section, cavity).count
    wider = replace(cavity, width_mm=cavity.width_mm + more)
    higher = replace(cavity, height_mm=cavity.height_mm + more)
    assert pattern(pose, section, wider).count >= now
    assert pattern(pose, section, higher).count >= now


@given(section=sections(), cavity=cavities(), pose=POSE, more=MORE)
def test_a_larger_gap_or_board_never_holds_more(section, cavity, pose, more):
    now = pattern(pose, section, cavity).count
    air = replace(cavity, air_gap_mm=cavity.air_gap_mm + more)
    edge = replace(cavity, edge_gap_mm=cavity.edge_gap_mm + more)
    assert pattern(pose, section, air).count <= now
    assert pattern(pose, section, edge).count <= now
    wide = Section(section.width_mm + more, section.total_mm)
    assert pattern(pose, wide, cavity).count <= now
    thick = min(section.width_mm, section.total_mm + more)
    assert pattern(pose, Section(section.width_mm, thick), cavity).count <= now


@given(section=sections(), cavity=cavities())
def test_a_cavity_on_its_side_holds_the_same(section, cavity):
    turned = replace(cavity, width_mm=cavity.height_mm, height_mm=cavity.width_mm)
    assert flat_stacked(section, cavity).count == on_edge(section, turned).count
    assert layers(section, cavity).count == columns(section, turned).count


@given(section=sections(), cavity=cavities(), pose=POSE, scale=st.floats(0.3, 3))
def test_everything_larger_by_one_factor_holds_the_same(section, cavity, pose, scale):
    lengths = ("width_mm", "height_mm", "air_gap_mm", "edge_gap_mm")
    scaled = replace(cavity, **{name: getattr(cavity, name) * scale for name in lengths})
    larger = Section(section.width_mm * scale, section.total_mm * scale)
    assert pattern(pose, larger, scaled).count == pattern(pose, section, cavity).count


@given(section=sections(), cavity=cavities(), pose=POSE)
def test_a_mirrored_layout_is_as_good(section, cavity, pose):
    cavity = replace(cavity, depth_mm=None)  # across the width; the depth has its own laws
    result = best_fit(envelope(section), cavity, poses=(pose,))
    assume(result.count <= 150)  # the checker looks at every pair
    mirrored = [
        replace(
            board,
            x_mm=cavity.width_mm - board.x_mm,
            angle_deg=180 - board.angle_deg if board.angle_deg % 90 else board.angle_deg,
        )
        for board in placements(result)
    ]
    assert not violations(mirrored, cavity)


@given(section=sections(), cavity=cavities(), rows=st.integers(1, 6))
def test_rows_multiply_and_need_their_depth(section, cavity, rows):
    result = best_fit(envelope(section), cavity, rows=rows)
    one = best_fit(envelope(section), replace(cavity, depth_mm=None)).count
    assert result.count == result.rows * one <= rows * one
    if cavity.depth_mm is not None and result.rows:
        assert result.depth_mm <= cavity.depth_mm + 1e-6
    if cavity.depth_mm is not None and result.rows < rows:
        assert result.job.depth_needed_mm(result.rows + 1) > cavity.depth_mm - 1e-6


@given(section=sections(), cavity=cavities(), rows=st.integers(1, 3))
def test_no_result_is_above_its_bound_and_the_best_comes_first(section, cavity, rows):
    found = best_fits(envelope(section), cavity, rows=rows)
    assert all(0 <= result.count <= result.upper_bound for result in found)
    assert all(result.gap == result.upper_bound - result.count for result in found)
    counts = [result.count for result in found]
    assert counts == sorted(counts, reverse=True)
    assert {result.pose for result in found} == set(POSES)
    assert best_fit(envelope(section), cavity, rows=rows) == found[0]


@given(section=sections(), cavity=cavities())
def test_whole_layers_are_the_best_of_all_numbers_of_layers(section, cavity):
    wide, thin = section.width_mm, section.total_mm
    flats = int((cavity.width_mm + cavity.edge_gap_mm) / (wide + cavity.edge_gap_mm) + 1e-9)
    edges = int((cavity.width_mm + cavity.air_gap_mm) / (thin + cavity.air_gap_mm) + 1e-9)
    best = 0
    for on in range(int(cavity.height_mm / wide) + 2):
        for lying in range(int(cavity.height_mm / thin) + 2):
            heights = [wide] * on + [thin] * lying
            air = max(0, lying - 1)
            gaps = air * cavity.air_gap_mm + max(0, len(heights) - 1 - air) * cavity.edge_gap_mm
            if sum(heights) + gaps <= cavity.height_mm + 1e-7:
                best = max(best, on * edges + lying * flats)
    assert layers(section, cavity).count == best


@pytest.mark.parametrize("pose", POSES)
def test_nothing_goes_into_a_slot(pose):
    cavity = Cavity(width_mm=450, height_mm=1)
    assert pattern(pose, Section(56, 20), cavity).count == 0
    assert boards(pattern(pose, Section(56, 20), cavity), Section(56, 20), cavity) == []


def test_equal_counts_go_to_the_simplest_pose():
    job = Job(Section(56, 20), 85, Cavity(width_mm=450, height_mm=25))
    assert job.pattern().pose == "flat"
