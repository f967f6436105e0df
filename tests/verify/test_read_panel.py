"""A panel is read back to 0.02 mm however it lies; what a stranger did wrong is named."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mounts.mesh import Mesh
from mounts.verify import panel
from mounts.verify.run import verify
from mounts.verify.subject import Subject
from tests.verify.bodies import ear_slots, limits, meshed, plate, turned

EXACT = 0.02
# What the makers' plates measured at mid-thickness; heights of the holes over the panel's edge.
PLATES = {
    # spuder, 10-inch 1U: right pitch, no gap to the neighbour
    "spuder": (254.0, 44.45, 236.525, (10.0, 7.0), (6.35, 22.225, 38.1), "10in"),
    # universal-rack-shelf: holes in the middle of a post of 15.875, round
    "universal": (254.0, 44.5, 238.125, (6.1, 6.1), (6.375, 22.25, 38.125), "10in"),
    # rackad, 19-inch 1U: right height and pitch, round holes
    "rackad": (482.6, 43.7, 465.0, (10.4, 10.4), (5.975, 21.85, 37.725), "19in"),
    # DeskPi, 10-inch 1U of sheet: two holes, lower than the standard's panel
    "deskpi": (250.0, 43.0, 236.53, (12.0, 7.0), (5.625, 37.375), "10in-250"),
}
BROKEN = {
    "spuder": {"panel.height"},
    "universal": {"panel.height", "panel.pitch", "panel.slot-height", "panel.slot-length"},
    "rackad": set[str](),
    "deskpi": set[str](),
}
TURNS = {
    "as drawn": np.eye(3),
    "lying": [[1, 0, 0], [0, 0, -1], [0, 1, 0]],
    "on its ear": [[0, 0, -1], [0, 1, 0], [1, 0, 0]],
    "facing sideways": [[0, -1, 0], [1, 0, 0], [0, 0, 1]],
    "upside down": [[-1, 0, 0], [0, 1, 0], [0, 0, -1]],
    "45 degrees on the bed": [
        [0.5**0.5, -(0.5**0.5), 0],
        [0, 0, -1],
        [0.5**0.5, 0.5**0.5, 0],
    ],
}


def mesh_of(name: str) -> Mesh:
    width, height, pitch, slot, heights, _ = PLATES[name]
    return meshed(plate(width, height, ear_slots(pitch, heights, *slot)))


def check_reading(name: str, mesh: Mesh) -> None:
    width, height, pitch, slot, heights, standard = PLATES[name]
    found = panel.check(Subject(name, mesh), limits())
    read = found.read
    assert read["standard"] == standard
    assert read["height_u"] == 1
    assert abs(read["panel_width_mm"] - width) < EXACT
    assert abs(read["panel_height_mm"] - height) < EXACT
    assert abs(read["hole_pitch_mm"] - pitch) < EXACT
    assert abs(read["panel_thickness_mm"] - 4) < 0.1
    assert abs(read["slot_length_mm"] - slot[0]) < 0.03  # a circle of 64 sides
    assert abs(read["slot_height_mm"] - slot[1]) < 0.03
    # The panel is centred in its rack unit: what is missing in height is shared by both edges.
    right = [z + (44.45 - height) / 2 for z in heights]
    assert read["hole_heights_mm"] == pytest.approx(right, abs=EXACT)
    assert {finding.rule for finding in found.findings} == BROKEN[name]


@pytest.mark.parametrize("turn", TURNS)
@pytest.mark.parametrize("name", PLATES)
def test_reading_is_right_in_any_pose(name: str, turn: str) -> None:
    check_reading(name, turned(mesh_of(name), TURNS[turn], (31.7, -120.4, 9.3)))


@settings(max_examples=15)
@given(
    angles=st.tuples(*[st.floats(-3.14, 3.14)] * 3),
    shift=st.tuples(*[st.floats(-200, 200)] * 3),
    name=st.sampled_from(sorted(PLATES)),
)
def test_reading_does_not_depend_on_the_pose(
    angles: tuple[float, float, float], shift: tuple[float, float, float], name: str
) -> None:
    a, b, c = angles
    about = [
        [[1, 0, 0], [0, np.cos(a), -np.sin(a)], [0, np.sin(a), np.cos(a)]],
        [[np.cos(b), 0, np.sin(b)], [0, 1, 0], [-np.sin(b), 0, np.cos(b)]],
        [[np.cos(c), -np.sin(c), 0], [np.sin(c), np.cos(c), 0], [0, 0, 1]],
    ]
    turn = np.linalg.multi_dot([np.array(one) for one in about])
    check_reading(name, turned(mesh_of(name), turn, shift))


@settings(max_examples=20)
@given(
    units=st.sampled_from([1, 1.5, 2, 3, 4]),
    pitch=st.floats(234.5, 239.0),
    over=st.floats(-1.0, 0.9),
    play=st.floats(7.7, 12.0),
)
def test_any_panel_reads_as_it_was_made(
    units: float, pitch: float, over: float, play: float
) -> None:
    height = units * 44.45 - 0.79 + over
    shift = (units * 44.45 - height) / 2
    every = [u * 44.45 + z - shift for u in range(int(units)) for z in (6.35, 22.225, 38.1)]
    body = plate(254, height, ear_slots(pitch, every, play, 7.0))
    report = verify(Subject("plate", meshed(body), "+y"), limits())
    assert report.read["height_u"] == units
    assert abs(report.read["hole_pitch_mm"] - pitch) < EXACT
    assert abs(report.read["panel_height_mm"] - height) < EXACT
    assert ("panel.pitch" in report.rules()) == (abs(report.read["hole_pitch_mm"] - 236.525) > 0.4)
    assert ("panel.height" in report.rules()) == (over > 0.25)


def test_a_plate_without_slots_is_no_panel() -> None:
    report = verify(Subject("plate", meshed(plate(254, 43.66, [])), "+y"), limits())
    assert report.findings == ()
    assert any("no plate with rack slots" in text for text in report.skipped)
