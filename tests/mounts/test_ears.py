"""Rack ears: both sides together are a rack's width, holes where the box has them."""

import re
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from catalog.load import load_catalog
from catalog.problems import InputError
from mounts.board import Block
from mounts.mesh import Mesh, mesh_of
from mounts.order import Order, spec_for
from mounts.parts.ears import EarsSpec, ears
from mounts.readback import read_panel

from .measure import (
    assert_whole,
    openings,
    overhangs,
    shared_mm3,
)

CATALOG = load_catalog()


def spec(rack: str = "10in", height: float = 1.0, **options: Any) -> EarsSpec:
    found = spec_for(Order("ears", rack, height_u=height, options=options), CATALOG)
    assert isinstance(found, EarsSpec)
    return found


def pair(rack: str, height: float, **options: Any) -> Mesh:
    left, right = (
        mesh_of(ears(spec(rack, height, side=side, **options))) for side in ("left", "right")
    )
    corners = np.concatenate([left.vertices, right.vertices])
    return Mesh(corners, np.concatenate([left.triangles, right.triangles + len(left.vertices)]))


@pytest.mark.parametrize("rack", ["10in", "10in-250", "19in"])
@pytest.mark.parametrize("height", [0.5, 1.0, 2.0, 4.0])
def test_a_pair_reads_back_as_a_panel(rack: str, height: float) -> None:
    found = read_panel(pair(rack, height), 2.0)
    standard = CATALOG.standard(rack)
    assert found.width_mm == pytest.approx(standard.panel_width_mm, abs=0.01)
    assert found.hole_pitch_mm == pytest.approx(standard.hole_pitch_mm, abs=0.01)
    assert found.height_mm == pytest.approx(height * 44.45 - 0.79, abs=0.01)


@pytest.mark.parametrize("rack", ["10in", "19in"])
def test_left_is_the_mirror_of_right(rack: str) -> None:
    low, high = pair(rack, 1.0, box_width_mm=150.0).bounds_mm()
    assert low[0] == pytest.approx(-high[0], abs=1e-4)
    volumes = [
        mesh_of(ears(spec(rack, box_width_mm=150.0, side=side))).volume_mm3()
        for side in ("left", "right")
    ]
    assert volumes[0] == pytest.approx(volumes[1], rel=1e-6)


def test_the_box_fits_between_the_wings() -> None:
    found = pair("19in", 1.0, box_width_mm=430.0)
    behind = found.vertices[found.vertices[:, 1] > 10]
    assert np.abs(behind[:, 0]).min() == pytest.approx(215.0, abs=1e-4)
    assert np.abs(behind[:, 0]).max() <= 224.0 + 1e-4  # passes between the posts


@settings(max_examples=8)
@given(width=st.integers(60, 440), first=st.sampled_from([None, 8.0, 20.0, 60.0]))
def test_a_driver_reaches_every_screw(width: int, first: float | None) -> None:
    """From the side, a head of twice the thread: nothing stands in its way, rib or no rib."""
    made = spec("19in", box_width_mm=float(width), first_hole_mm=first, side="right")
    outside = width / 2 + made.wing_mm + 0.01
    ways = [
        Block((outside, y - 4.0, z - 4.0), (outside + 100.0, y + 4.0, z + 4.0))
        for y, z in made.holes
    ]
    assert shared_mm3(ears(made), ways) == 0


@settings(max_examples=8)
@given(
    width=st.integers(120, 212),
    columns=st.integers(1, 4),
    rows=st.integers(1, 3),
    pitch=st.integers(8, 30),
    screw=st.sampled_from([None, "M3", "M5"]),
)
def test_holes_lie_where_they_are_asked_for(
    width: int, columns: int, rows: int, pitch: int, screw: str | None
) -> None:
    options: dict[str, Any] = {
        "box_width_mm": float(width),
        "first_hole_mm": 20.0,
        "columns": columns,
        "rows": rows,
    }
    options |= {"row_pitch_mm": float(pitch), "column_pitch_mm": 15.0, "screw": screw}
    needs = (rows - 1) * pitch + {None: 4.5, "M3": 3.4, "M5": 5.5}[screw] + 6
    assume(rows == 1 or (needs <= 43.66 and pitch >= 8.5))
    made = spec(side="right", **options)
    part = ears(made)
    holes = openings(assert_whole(part), "x", width / 2 + made.wing_mm / 2)
    assert len(holes) == rows * columns
    assert {round(h.u, 2) for h in holes} == {round(4.0 + 20 + 15 * i, 2) for i in range(columns)}
    heights = sorted({round(h.v, 2) for h in holes})
    assert heights == pytest.approx([heights[0] + pitch * i for i in range(rows)], abs=0.02)
    wanted = {None: 4.5, "M3": 3.4, "M5": 5.5}[screw]  # ISO 273, normal
    assert all(h.wide == pytest.approx(wanted, rel=0.02) for h in holes)
    assert overhangs(part) == []


def test_refusals_name_the_largest_value_that_works() -> None:
    with pytest.raises(InputError) as caught:
        spec(box_width_mm=216.0)
    problem = caught.value.problems[0]
    assert problem.key == "box_width_mm"
    widest = float(re.findall(r"is ([\d.]+) mm", problem.nearest)[0])
    assert spec(box_width_mm=widest).box_mm == widest
    with pytest.raises(InputError):
        spec(box_width_mm=widest + 0.1)
    with pytest.raises(InputError) as caught:
        spec(rows=4, row_pitch_mm=20.0)
    pitch = float(re.findall(r"pitch of ([\d.]+)", caught.value.problems[0].nearest)[0])
    assert len(spec(rows=4, row_pitch_mm=pitch - 0.01).holes) == 8
