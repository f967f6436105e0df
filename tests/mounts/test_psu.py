"""Trays for power supplies: screw patterns, windows, and what does not fit."""

import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.load import load_catalog
from catalog.problems import InputError
from mounts.assembly import collision_mm3
from mounts.board import Block
from mounts.order import Order, spec_for
from mounts.parts.psu import PsuSpec, psu
from tests.mounts.measure import (
    assert_panel,
    assert_whole,
    bore_at,
    opening_at,
    overhangs,
    shared_mm3,
)

CATALOG = load_catalog()


def made(device: str, rack: str = "10in", height: float | None = None, **options: Any) -> PsuSpec:
    spec = spec_for(Order("psu", rack, device, height, options=options), CATALOG)
    assert isinstance(spec, PsuSpec)
    return spec


@pytest.mark.parametrize("device", sorted(CATALOG.psus))
@pytest.mark.parametrize("rack", ["10in", "19in"])
def test_every_supply_of_the_catalogue_has_a_tray(device: str, rack: str):
    spec = made(device, rack)
    part = psu(spec)
    mesh = assert_whole(part)
    assert_panel(part, mesh, spec.height_u, spec.standard)
    assert collision_mm3(part, spec) == 0


@pytest.mark.parametrize("device", ["atx", "sfx", "flex-atx", "meanwell-lrs-350"])
def test_nothing_hangs_in_the_air(device: str):
    assert overhangs(psu(made(device, vents=False))) == []


# Screws of the rear face, mm from its middle: ATX12V design guide; SFX: 6 mm from every edge.
ATX = [(-69.0, -27.0), (-69.0, 37.0), (69.0, 37.0), (45.0, -37.0)]
SFX = [(x, z) for x in (-56.5, 56.5) for z in (-25.75, 25.75)]


@pytest.mark.parametrize(("device", "pattern", "tall"), [("atx", ATX, 86.0), ("sfx", SFX, 63.5)])
def test_rear_screws_sit_where_the_supply_has_them(
    device: str, pattern: list[tuple[float, float]], tall: float
):
    """Measured from the floor the supply stands on, through the whole panel."""
    spec = made(device)
    mesh = assert_whole(psu(spec))
    floor = spec.bottom_mm + spec.floor_mm
    for y in (0.7, 1.5, 2.5):
        for x, z in pattern:
            hole = opening_at(mesh, "y", y, (x, floor + tall / 2 + z))
            assert hole.wide == pytest.approx(4.31, abs=0.03)  # #6-32, normal fit


@pytest.mark.parametrize(("device", "pattern"), [("atx", ATX), ("sfx", SFX)])
def test_the_window_shows_the_face_but_leaves_a_pad_under_every_screw(
    device: str, pattern: list[tuple[float, float]]
):
    spec = made(device)
    part = psu(spec)
    middle = spec.middle_mm
    core = Block((-35.0, -1.0, middle - 25), (35.0, 4.0, middle + 25))
    assert shared_mm3(part, [core]) == 0, "fan, inlet and switch are free"
    for x, above in pattern:
        z = middle + above
        ring = [
            Block((x + dx - 0.5, 1.0, z + dz - 0.5), (x + dx + 0.5, 2.0, z + dz + 0.5))
            for dx, dz in ((4, 0), (-4, 0), (0, 4), (0, -4))
            if spec.bottom_mm + 1 < z + dz < spec.top_mm - 1
        ]
        assert shared_mm3(part, ring) == pytest.approx(len(ring), rel=1e-3)


@pytest.mark.parametrize("device", ["meanwell-lrs-350", "generic-s-300-12"])
def test_bottom_screws_are_50_by_150_and_their_heads_stay_inside(device: str):
    spec = made(device, vents=False)
    mesh = assert_whole(psu(spec))
    low = spec.bottom_mm + spec.lift_mm
    record = CATALOG.psu(device)
    end = 3 + 12 + record.depth_mm
    for dx in (-25, 25):
        for dy in (-75, 75):
            at = (dx, end - record.depth_mm / 2 + dy)
            hole = bore_at(mesh, "z", low + spec.floor_mm / 2, at)
            assert hole.wide == pytest.approx(4.5, abs=0.03)
    assert low - spec.bottom_mm > 3.1, "an M4 pan head is 3.1 mm high (ISO 7045)"


@settings(max_examples=8)
@given(depth=st.floats(150, 260), device=st.sampled_from(["atx", "meanwell-lrs-350"]))
def test_a_rack_too_short_is_refused_just_when_the_supply_reaches_past_it(
    depth: float, device: str
):
    tail = 0 if device == "atx" else 12
    end = 3 + tail + CATALOG.psu(device).depth_mm
    if end <= depth:
        assert made(device, clear_depth_mm=depth).end_mm == end
        return
    with pytest.raises(InputError) as wrong:
        made(device, clear_depth_mm=depth)
    problem = wrong.value.problems[0]
    deep = re.search(r"([\d.]+) mm deep", problem.allowed)
    assert deep is not None
    assert depth - 0.011 < float(deep[1]) + 3 + tail <= depth + 1e-6, "rounded down"


def test_heights_that_do_not_fit_are_refused_with_the_one_that_does():
    with pytest.raises(InputError) as wrong:
        made("atx", height=1.5)
    problem = wrong.value.problems[0]
    assert problem.key == "height"
    assert problem.nearest == "use 2U"
    assert "63.88" in problem.allowed  # 1.5 x 44.45 - 0.79 - 2
    assert made("atx", height=2.0).height_u == 2
    assert made("atx").height_u == 2


def test_a_supply_as_wide_as_the_posts_is_refused():
    wide = CATALOG.psu("atx").model_copy(update={"width_mm": 216.0})
    with pytest.raises(InputError, match=r"up to 214.2 mm"):
        PsuSpec(standard=CATALOG.standard("10in"), device=wide, height_u=2)
    fits = wide.model_copy(update={"width_mm": 214.2})
    assert PsuSpec(standard=CATALOG.standard("10in"), device=fits, height_u=2)
