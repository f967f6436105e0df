"""What buys one more board: each change is enough, a little less is not, and the text is true."""

import re
from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from packing.cavity import Cavity, rack_cavity
from packing.envelope import Envelope
from packing.job import Job
from packing.one_more import advised, changes, limiting
from packing.pattern import POSES, Section
from packing.solve import best_fit

PI = Envelope(length_mm=85, width_mm=56, thickness_mm=1.5, above_mm=16, below_mm=2.5)
HUNDREDTHS = st.integers(0, 1500).map(lambda n: n / 100)


@st.composite
def jobs(draw: st.DrawFn) -> Job:
    wall, floor = draw(st.sampled_from((0.0, 1.2, 3.0))), draw(st.sampled_from((0.0, 2.0)))
    space = rack_cavity(
        draw(st.sampled_from((222.25, 450.0))),
        draw(st.integers(1, 6)),
        floor_mm=floor,
        wall_mm=wall,
        depth_mm=draw(st.none() | st.floats(60, 400)),
    )
    cavity = replace(space, air_gap_mm=draw(HUNDREDTHS), edge_gap_mm=draw(HUNDREDTHS) / 5)
    poses = draw(st.sampled_from((POSES, *((pose,) for pose in POSES))))
    section = Section(draw(st.floats(30, 120)), draw(st.floats(5, 30)))
    return Job(section, draw(st.floats(50, 120)), cavity, draw(st.integers(1, 3)), poses)


def with_change(job: Job, key: str, by: float) -> Job:
    """Make a change by hand, without the code under test."""
    cavity = job.cavity
    new: dict[str, dict[str, float]] = {
        "width": {"width_mm": cavity.width_mm + by},
        "height": {"height_mm": cavity.height_mm + by},
        "depth": {"depth_mm": (cavity.depth_mm or 0) + by},
        "air_gap": {"air_gap_mm": max(0, cavity.air_gap_mm - by)},
        "edge_gap": {"edge_gap_mm": max(0, cavity.edge_gap_mm - by)},
        "wall": {"width_mm": cavity.width_mm + 2 * by},
        "floor": {"height_mm": cavity.height_mm + by},
        "height_u": {"height_mm": cavity.height_mm + 44.45 * by},
    }
    return replace(job, cavity=replace(cavity, **new[key]))


@given(job=jobs())
def test_each_change_buys_a_board_and_a_hundredth_less_does_not(job):
    found = changes(job)
    now = job.count()
    for change in found:
        assert change.count == change.job.count() == with_change(job, change.key, change.by).count()
        assert change.count > now
        step = 1.0 if change.key == "height_u" else 0.01
        assert with_change(job, change.key, change.by - step).count() <= now


@given(job=jobs())
def test_there_is_always_something_that_limits(job):
    found = changes(job)
    least = limiting(found)
    lacks_one = job.count() == 0
    if least is None:
        assert lacks_one  # several dimensions are short at once
    else:
        assert least.by == min(c.by for c in found if c.key in {"width", "height", "depth"})


@given(job=jobs())
def test_a_change_is_said_with_its_numbers(job):
    for change in changes(job):
        first = re.match(r"[\d.]+", change.text)
        assert first
        said = float(first[0])
        wanted = (job.cavity.height_u or 0) + change.by if change.key == "height_u" else change.by
        assert said == pytest.approx(wanted, abs=0.005)


def test_nothing_gets_thinner_than_can_be_printed():
    job = Job(Section(58, 20.4), 85, rack_cavity(450, 6, wall_mm=1.2))
    for change in changes(job):
        if change.key in {"wall", "floor"}:
            assert getattr(change.job.cavity, f"{change.key}_mm") >= 0.8


@pytest.mark.parametrize(
    ("opening", "height_u", "gap", "advice", "binding"),
    [
        # 19 × 20 + 18 × 4 = 452 for one more: 2 mm wider, or 18 gaps of 3.888…
        (450.0, 2, 4.0, "0.12 mm thinner air gap (3.88 mm)", "width"),
        # 12 × 20 = 240 for one more, but 3U has room for a second layer on edge
        (222.0, 2, 0.0, "3U instead of 2U", "height"),
    ],
)
def test_advice_on_a_row_on_edge(opening, height_u, gap, advice, binding):
    cavity = replace(rack_cavity(opening, height_u), air_gap_mm=gap)
    result = best_fit(PI, cavity, poses=("on-edge",))
    assert result.buys_one_more == advice
    if binding == "width":
        assert (result.binding, result.short_mm) == ("width", 2.0)


def test_what_lacks_in_several_dimensions_is_said():
    result = best_fit(PI, Cavity(width_mm=40, height_mm=10, depth_mm=80))
    assert (result.count, result.binding, result.buys_one_more) == (0, "more than one", "")
    assert result.binding_text == (
        "one board lying flat lacks 16 mm of width and 10 mm of height and 5 mm of depth"
    )


@given(short=st.integers(1, 900).map(lambda n: n / 100))
def test_a_board_that_is_too_tall_says_by_how_much(short):
    assume(short < 19)
    result = best_fit(PI, Cavity(width_mm=450, height_mm=20 - short))
    assert (result.count, result.binding) == (0, "height")
    assert result.short_mm == pytest.approx(short, abs=0.011)


def test_advice_prefers_a_small_change_to_more_height():
    job = Job(Section(56, 20), 85, rack_cavity(222, 1))
    found = changes(job)
    best = advised(found)
    assert best is not None
    assert (best.key, best.by, best.count) == ("width", 2.0, 8)
