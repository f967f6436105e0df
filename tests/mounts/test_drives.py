"""Trays for disks: screw patterns of SFF, how many fit, plugs and air."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.load import load_catalog
from catalog.problems import InputError
from mounts.assembly import collision_mm3
from mounts.board import Block
from mounts.order import Order, spec_for
from mounts.parts.drives import DrivesSpec, drives
from tests.mounts.measure import (
    assert_panel,
    assert_whole,
    openings,
    overhangs,
    shared_mm3,
)

CATALOG = load_catalog()


def made(
    device: str, rack: str = "10in", height: float | None = None, **options: Any
) -> DrivesSpec:
    spec = spec_for(Order("drives", rack, device, height, options=options), CATALOG)
    assert isinstance(spec, DrivesSpec)
    return spec


@pytest.mark.parametrize("device", ["2.5in", "3.5in"])
@pytest.mark.parametrize("rack", ["10in", "10in-250", "19in"])
def test_a_tray_is_whole_and_clear_of_its_disks(device: str, rack: str):
    spec = made(device, rack)
    part = drives(spec)
    assert_panel(part, assert_whole(part), spec.height_u, spec.standard)
    assert collision_mm3(part, spec) == 0


@pytest.mark.parametrize("device", ["2.5in", "3.5in"])
def test_nothing_hangs_in_the_air(device: str):
    assert overhangs(drives(made(device, vents=False))) == []


@pytest.mark.parametrize(
    ("device", "rack", "most"),
    [("2.5in", "10in", 3), ("3.5in", "10in", 2), ("2.5in", "19in", 6), ("3.5in", "19in", 4)],
)
def test_as_many_as_fit_and_no_more(device: str, rack: str, most: int):
    """220 and 448 mm between the posts; 69.85 and 101.6 mm a disk."""
    assert made(device, rack).number == most
    assert (most + 1) * CATALOG.drive(device).width_mm > CATALOG.standard(rack).body_max_mm - 6
    with pytest.raises(InputError) as wrong:
        made(device, rack, count=most + 1)
    assert wrong.value.problems[0].nearest == f"count = {most}"
    assert made(device, rack, count=most).number == most


# SFF-8201: 61.72 apart, 14.0 and 90.6 from the plug. SFF-8301: 95.25 apart, 41.28 and, 44.45 or
# 76.2 further on, 85.73 or 117.48.
PATTERN = {"2.5in": (61.72, (14.0, 90.6)), "3.5in": (95.25, (41.28, 85.73, 117.48))}


@pytest.mark.parametrize("device", sorted(PATTERN))
def test_screws_sit_where_the_disks_have_them(device: str):
    spec = made(device, count=2)
    mesh = assert_whole(drives(spec))
    apart, rows = PATTERN[device]
    found = [o for o in openings(mesh, "z", spec.deck.top_mm - 1) if max(o.wide, o.high) < 6]
    assert len(found) == 2 * 2 * len(rows)
    plug = spec.plug_mm
    wide, gap = CATALOG.drive(device).width_mm, spec.gap_mm
    for middle in (-(wide + gap) / 2, (wide + gap) / 2):
        own = [o for o in found if abs(o.u - middle) < wide / 2]
        assert [abs(o.u - middle) for o in own] == pytest.approx([apart / 2] * len(own), abs=0.01)
        # their roofs are pointed: the middle counts from the round floor
        measured = sorted({round(plug - (o.v - o.high / 2 + o.wide / 2), 2) for o in own})
        assert measured == pytest.approx(sorted(rows), abs=0.01)


@pytest.mark.parametrize("device", sorted(PATTERN))
def test_plugs_and_air_are_free(device: str):
    spec = made(device)
    part = drives(spec)
    low, far = spec.bottom_mm, spec.plug_mm
    half = spec.deck.inner_mm
    assert shared_mm3(part, [Block((-half, far, low), (half, far + 100, low + 60))]) == 0
    mesh = assert_whole(part)
    slots = [o for o in openings(mesh, "z", spec.deck.top_mm - 1) if max(o.wide, o.high) > 20]
    air = sum(o.wide * o.high for o in slots)
    under = spec.number * spec.device.width_mm * spec.device.depth_mm
    assert air > 0.2 * under


@settings(max_examples=15)
@given(tall=st.floats(5, 60))
def test_the_height_is_the_smallest_in_which_the_disk_fits(tall: float):
    spec = made("3.5in", tall_mm=tall, count=1)
    room = spec.height_u * 44.45 - 0.79
    needed = tall + 3.0 + 3.0  # floor, and heads of 2.5 mm with 0.5 to spare
    assert needed <= room + 1e-9
    assert spec.height_u == 0.5 or needed > room - 44.45 / 2


def test_what_does_not_fit_is_refused_with_the_largest_that_does():
    with pytest.raises(InputError) as wrong:
        made("3.5in", height=0.5)
    assert wrong.value.problems[0].nearest == "use 1U"
    assert made("3.5in", height=1.0).height_u == 1
    with pytest.raises(InputError, match="no screw holes"):
        made("m2-2280")
