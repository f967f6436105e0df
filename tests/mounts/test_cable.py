"""Cable management bars: rings that stay closed, slots a tie passes, measured on the mesh."""

import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.load import load_catalog
from catalog.problems import InputError
from catalog.rack_units import hole_heights_mm
from mounts.board import Block
from mounts.mesh import mesh_of
from mounts.order import Order, spec_for
from mounts.parts.cable import CableSpec, cable
from mounts.readback import read_panel

from .measure import (
    assert_whole,
    openings,
    overhangs,
    shared_mm3,
)

CATALOG = load_catalog()


def spec(rack: str = "10in", height: float = 1.0, **options: Any) -> CableSpec:
    found = spec_for(Order("cable", rack, height_u=height, options=options), CATALOG)
    assert isinstance(found, CableSpec)
    return found


@settings(max_examples=12)
@given(
    rack=st.sampled_from(["10in", "10in-250", "19in"]),
    height=st.sampled_from([0.5, 1.0, 2.0, 4.0]),
    style=st.sampled_from(["rings", "lacing"]),
    window=st.booleans(),
)
def test_every_bar_is_whole_reads_back_and_hangs_nowhere(
    rack: str, height: float, style: str, window: bool
) -> None:
    part = cable(spec(rack, height, style=style, window=window))
    mesh = assert_whole(part)
    assert part.panel is not None
    found = read_panel(mesh, part.panel.mid_mm)
    standard = CATALOG.standard(rack)
    assert found.width_mm == pytest.approx(standard.panel_width_mm, abs=0.01)
    assert found.height_mm == pytest.approx(height * 44.45 - 0.79, abs=0.01)
    assert found.hole_pitch_mm == pytest.approx(standard.hole_pitch_mm, abs=0.01)
    assert found.hole_heights_mm == pytest.approx(hole_heights_mm(height), abs=0.01)
    assert overhangs(part) == []
    beyond = mesh.vertices[(mesh.vertices[:, 1] < -1) | (mesh.vertices[:, 1] > 4)]
    assert abs(beyond[:, 0]).max() <= standard.body_max_mm / 2 + 1e-4  # clear of screws and posts


@pytest.mark.parametrize("height", [0.5, 1.0, 2.0])
def test_rings_hold_cables_and_let_one_in(height: float) -> None:
    """A bundle lies inside; a cable of 4 mm goes in at the tip, what is thicker stays inside."""
    made = spec(height=height, count=3)
    part, middle = cable(made), height * 44.45 / 2
    # Arms of 4 mm, 1.5 from the edge; hands reach round rings of 85 mm at most.
    clear = min(height * 44.45 - 0.79 - 3.0, 85.0) / 2 - 4.0 - 0.01
    bundle = Block((-120.0, -12.0, middle - clear), (120.0, -0.01, middle + clear))
    assert shared_mm3(part, (bundle,)) == 0
    for thick, passes in ((4.0, True), (6.0, False)):
        low, high = middle - thick / 2, middle + thick / 2
        way = Block((-120.0, -made.deep_mm - 5, low), (120.0, -3.0, high))
        assert (shared_mm3(part, (way,)) == 0) is passes


def test_tie_slots_pass_a_tie_of_4_8() -> None:
    mesh = mesh_of(cable(spec(style="lacing", count=6)))
    slots = openings(mesh, "z", 1.5)
    assert len(slots) == 2 * 5
    assert all(s.wide >= 2.0 and s.high >= 4.8 for s in slots)


@pytest.mark.parametrize(
    ("style", "rack"), [("rings", "10in"), ("lacing", "10in"), ("lacing", "19in")]
)
def test_too_many_are_refused_with_the_count_that_works(style: str, rack: str) -> None:
    with pytest.raises(InputError) as caught:
        spec(rack, style=style, count=40)
    most = int(re.findall(r"\d+", caught.value.problems[0].nearest)[-1])
    assert_whole(cable(spec(rack, style=style, count=most)))
    with pytest.raises(InputError):
        spec(rack, style=style, count=most + 1)


def test_a_ring_too_shallow_to_close_is_refused() -> None:
    with pytest.raises(InputError) as caught:
        spec(height=2.0, reach_mm=30.0)
    least = float(re.findall(r"is (\d+)", caught.value.problems[0].nearest)[0])
    assert overhangs(cable(spec(height=2.0, reach_mm=least))) == []
