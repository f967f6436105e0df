"""What is said in words: the row that does not stand in 1U, and what puts as many there."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.load import load_catalog
from packing.cavity import rack_cavity
from packing.check import violations
from packing.envelope import Envelope, envelope_of
from packing.explain import (
    PUBLISHED,
    Question,
    air_lines,
    body_lines,
    depth_lines,
    envelope_lines,
    plug_lines,
    published_lines,
    row_on_edge,
    ways,
    ways_to_row,
)
from packing.result import placements

PI = envelope_of(load_catalog().board("raspberry-pi-4b"))


def asked(
    envelope: Envelope, height_u: float = 1, air: float = 0.0, rows: int = 1, **space: float
) -> Question:
    cavity = replace(rack_cavity(450.0, height_u), air_gap_mm=air, **space)
    return Question(envelope, cavity, rows)


def test_fifteen_on_edge_is_a_two_unit_row():
    (line,) = row_on_edge(asked(PI, air=30 - PI.total_mm))
    assert line.startswith("15 on edge at a 30 mm pitch is a 2U row")
    for fact in ("not 1U", "56 mm tall", "43.66 mm", "7.5 per U"):
        assert fact in line


def test_a_closer_row_still_tells_of_the_thirty_mm_rule():
    (line,) = row_on_edge(asked(PI, air=4.0))
    # 454 / 24.4 = 18.6; with the board's 20.4 mm
    assert line.startswith("18 on edge at a 24.4 mm pitch or 15 on edge at a 30 mm pitch is a 2U")


def test_nothing_is_said_of_a_row_that_stands():
    assert row_on_edge(asked(PI, height_u=2)) == []
    assert ways_to_row(asked(PI, height_u=2)) == []


def test_what_puts_fifteen_or_sixteen_of_the_published_board_in_one_unit():
    found = list(ways(asked(PUBLISHED, air=10.0), 15))
    # docs/fit.md §1.2: flat, 8 across, 2 high, touching; or 8 across, front and rear
    assert [way.result.count for way in found] == [16, 16]
    assert {way.gives_up for way in found} == {("front and rear",), ("no gap between boards",)}
    by_rows, touching = found
    assert by_rows.result.words == "8 flat across, 2 rows deep"
    assert by_rows.result.depth_mm == 190
    assert touching.result.words == "8 flat across × 2 high"
    assert touching.result.size_mm == (448, 40)


def test_the_catalogues_board_needs_two_concessions():
    found = {way.gives_up: way.result for way in ways(asked(PI, air=9.6), 15)}
    assert all(len(given_up) == 2 for given_up in found)
    assert sorted(result.count for result in found.values()) == [16, 16, 28]
    for result in found.values():
        assert not violations(placements(result), result.job.cavity)


@given(
    air=st.floats(0, 20),
    height=st.sampled_from((1, 1.5, 2)),
    count=st.integers(1, 60),
    rows=st.integers(1, 2),
)
def test_ways_reach_the_number_and_nothing_less_does(air, height, count, rows):
    question = asked(PI, height_u=height, air=air, rows=rows)
    found = list(ways(question, count))
    given_up = [set(way.gives_up) for way in found]
    assert all(way.result.count >= count for way in found)
    assert not any(a < b for a in given_up for b in given_up)
    assert (given_up == [set()]) == (question.answer().count >= count)


def test_no_way_is_said_too():
    wide = PI.model_copy(update={"width_mm": 200.0})
    lines = ways_to_row(asked(wide))
    assert lines == ["Nothing puts 22 in 1U, not even in two rows, touching."]


def test_what_the_catalogue_changes_against_twenty_mm():
    (line,) = published_lines([asked(PI, 1), asked(PI, 2)])
    assert "20.4 mm high, not 20" in line
    assert "58 mm across, not 56" in line
    for height, theirs in ((1, 16), (2, 32)):  # docs/fit.md §1.4, B0
        ours = asked(PI, height).answer().count
        assert f"{height}U {ours} instead of {theirs}" in line
    assert published_lines([asked(PUBLISHED)]) == []


def test_a_thinner_outline_that_changes_nothing_says_so():
    thin = PUBLISHED.with_total(19.75)
    (line,) = published_lines([asked(thin)])
    assert line == (
        "Published counts take 85 × 56 × 20 mm; this board is 19.75 mm high, not 20. "
        "Counted alike: no count changes."
    )


def test_other_boards_are_not_compared_with_a_pi():
    other = PI.model_copy(update={"length_mm": 100.0})
    assert published_lines([asked(other)]) == []
    assert "30 mm" not in row_on_edge(asked(other, air=1.0))[0]


def test_the_envelope_names_what_is_assumed():
    guess = PI.model_copy(update={"assumed": ("20 mm above the PCB",)})
    lines = envelope_lines("Pi", guess)
    assert lines[0].startswith("Pi takes 87.11 × 58 × 20.4 mm: PCB 85 × 56 × 1.4")
    assert lines[1:] == ["Not a fact: 20 mm above the PCB."]


def test_air_is_missed_only_where_none_was_asked_for():
    (line,) = air_lines(asked(PUBLISHED, 2))
    # docs/fit.md §1.4, on edge: B0 22, H 18, N 16, and 15 at a 30 mm pitch
    assert [int(n) for n in re.findall(r"(\d+) (?:touching|with|at)", line)] == [22, 18, 16, 15]
    assert air_lines(asked(PUBLISHED, 2, air=1.0)) == []


@pytest.mark.parametrize(
    ("depth", "says"),
    [
        (None, "2 rows take 194.22 mm of depth with 20 mm for cables; the rack's depth is not"),
        (200.0, "2 rows take 194.22 mm of depth with 20 mm for cables, of 200 mm."),
        (180.0, "14.22 mm more than there are, so 1 counted."),
    ],
)
def test_depth_of_two_rows(depth, says):
    cavity = rack_cavity(450.0, 1, depth_mm=depth)
    question = Question(PI, cavity, 2)
    (line,) = depth_lines(question, question.answer())
    assert says in line


def test_a_narrow_body_that_loses_boards_is_said():
    ten_inch = [Question(PUBLISHED, rack_cavity(222.25, n)) for n in (1, 4)]
    assert body_lines(ten_inch, 220.0) == []  # 11 × 20 = 220
    assert body_lines(ten_inch, 219.0) == [
        f"Between the posts of racks as sold 219 mm pass, so there: 4U "
        f"{Question(PUBLISHED, rack_cavity(219.0, 4)).answer().count}."
    ]


def test_ports_without_room_for_a_plug_are_named():
    (line,) = plug_lines(load_catalog().board("raspberry-pi-4b"))
    assert "Audio 3.5 mm, Micro-HDMI, USB-C" in line
    assert "RJ45" not in line
