"""No roof over a hole is ended so early by a slicer that it calls for supports.

PrusaSlicer (`detect_overhangs` of its support generator) wants supports where a layer reaches past
the one below by more than h / tan(46°): 45 degrees, inclusive. Before, it closes gaps of up to
twice `slice_closing_radius`. So the last gap under a roof may be spanned a layer too early.
"""

import math

import pytest
from hypothesis import given
from hypothesis.strategies import floats

from mounts.geometry.flat import ROOF_DEG, hexagon, hexagon_pitch
from mounts.parts.deck import upright_bore

LAYER_MM, CLOSING_MM = 0.2, 0.049
REACH_MM = LAYER_MM / math.tan(math.radians(46))


def widest_jump_mm(slope_deg: float, layer_mm: float, phase: float) -> float:
    """Return how far the layers under a pointed roof reach past the ones below, at the most."""
    run = 1 / math.tan(math.radians(slope_deg))  # of half a gap, for each mm of height
    heights = [(phase + k) * layer_mm for k in range(40)]  # below the apex
    gaps = [2 * z * run for z in heights]
    closed = [0.0 if gap <= 2 * CLOSING_MM else gap for gap in gaps]
    above = [0.0, *closed[:-1]]
    return max((low - high) / 2 for low, high in zip(closed, above, strict=True))


@given(phase=floats(0, 1, exclude_max=True))
def test_a_roof_of_ours_is_never_supported_wherever_the_layers_fall(phase: float) -> None:
    assert widest_jump_mm(ROOF_DEG, LAYER_MM, phase) <= REACH_MM


def test_a_roof_of_52_degrees_was_supported_for_some_layers() -> None:
    jumps = [widest_jump_mm(52, LAYER_MM, k / 100) for k in range(100)]
    assert max(jumps) > REACH_MM
    assert min(jumps) < REACH_MM


@pytest.mark.parametrize("across", [4.0, 8.0, 20.0])
def test_a_hexagons_roof_has_that_slope_and_its_webs_are_even(across: float) -> None:
    right, (x, y) = hexagon(across)[1], hexagon(across)[2]
    assert math.degrees(math.atan2(y - right[1], right[0] - x)) == pytest.approx(ROOF_DEG)
    column, row = hexagon_pitch(across, 2.0)
    # Between two slopes that face each other, square to both.
    lean = math.radians(ROOF_DEG)
    other = (column / 2 + x - 0.0, row - y)  # the lower tip of the hole up and to the right
    edge = (right[0], right[1])
    gap = (other[0] - edge[0]) * math.sin(lean) + (other[1] - edge[1]) * math.cos(lean)
    assert column - across == pytest.approx(2.0)
    assert gap == pytest.approx(2.0, abs=1e-6)


def test_a_bores_roof_has_that_slope() -> None:
    points = upright_bore((0.0, 0.0), 4.0).flattened()
    apex = max(points, key=lambda p: p[1])
    eaves = max((p for p in points if p != apex), key=lambda p: p[1])
    slope = math.degrees(math.atan2(apex[1] - eaves[1], abs(eaves[0] - apex[0])))
    assert slope == pytest.approx(ROOF_DEG, abs=0.1)
