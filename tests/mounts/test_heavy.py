"""Shelves for a UPS and a NAS: ribs, straps, and brackets that reach the rear posts."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.load import load_catalog
from catalog.problems import InputError
from mounts.assembly import collision_mm3, overlap_mm3
from mounts.board import Block
from mounts.mesh import solid_of
from mounts.order import Order, spec_for
from mounts.parts.heavy import HeavySpec, NasSpec, UpsSpec, is_heavy
from mounts.registry import PARTS
from tests.mounts.measure import (
    assert_panel,
    assert_whole,
    openings,
    overhangs,
    shared_mm3,
)

CATALOG = load_catalog()
UPS = ("ups", "19in", "apc-be600m1", 400.0)
NAS = ("nas", "10in", "qnap-ts-464", 180.0)
TWO_BAY = ("nas", "10in", "synology-ds223", 240.0)
CASES = [UPS, NAS, TWO_BAY]


def made(case: tuple[str, str, str, float], **options: Any) -> HeavySpec:
    family, rack, device, rear = case
    order = Order(family, rack, device, options={"rear_mm": rear, **options})
    spec = spec_for(order, CATALOG)
    assert isinstance(spec, UpsSpec if family == "ups" else NasSpec)
    return spec


def build(spec: HeavySpec):
    return PARTS[spec.kind].build(spec)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case[2])
@pytest.mark.parametrize("piece", ["shelf", "left-bracket", "right-bracket"])
def test_every_piece_is_whole_printable_and_clear_of_its_box(
    case: tuple[str, str, str, float], piece: str
):
    spec = made(case, piece=piece)
    part = build(spec)
    mesh = assert_whole(part)
    assert collision_mm3(part, spec) == 0
    assert overhangs(build(made(case, piece=piece, vents=False))) == []
    if piece == "shelf":
        assert_panel(part, mesh, spec.height_u, spec.standard)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case[2])
@pytest.mark.parametrize("side", [-1, 1])
def test_brackets_meet_walls_bolts_and_rear_posts(case: tuple[str, str, str, float], side: int):
    shelf = build(made(case, vents=False))
    piece = "right-bracket" if side > 0 else "left-bracket"
    bracket = build(made(case, piece=piece))
    assert overlap_mm3(solid_of(shelf), solid_of(bracket)) == 0
    spec = made(case)
    wall_x = side * (spec.device.case.width_mm / 2 + 0.5 + 1.5)  # play, half a wall of 3 mm
    leg_x = side * (spec.device.case.width_mm / 2 + 0.5 + 3 + 2)
    bores = [o for o in openings(assert_whole(shelf), "x", wall_x) if max(o.wide, o.high) < 7]
    slots = openings(assert_whole(bracket), "x", leg_x)
    assert len(bores) == len(slots) == 4
    for bore, slot in zip(bores, slots, strict=True):
        assert slot.v == pytest.approx(bore.v, abs=0.01)
        assert slot.wide == pytest.approx(16 + 4.5, abs=0.05)
        shift = (slot.wide - bore.wide) / 2
        assert abs(slot.u - bore.u) < shift, "the bolt lies within the slot"
    # The ear's back is on the posts' face; its slots are at their holes.
    assert assert_whole(bracket).bounds_mm()[1][1] == pytest.approx(3 + case[3], abs=1e-3)
    ear = openings(assert_whole(bracket), "y", 3 + case[3] - 2)
    eia = [u * 44.45 + hole for u in (0, 1) for hole in (6.35, 22.225, 38.1)]
    assert sorted(o.v for o in ear) == pytest.approx(eia, abs=0.01)
    pitch = spec.standard.hole_pitch_mm / 2
    for slot in ear:
        assert slot.u - slot.wide / 2 <= side * pitch - 3.3, "an M6 passes (6.6, ISO 273)"
        assert slot.u + slot.wide / 2 >= side * pitch + 3.3
        assert slot.high == pytest.approx(7.0, abs=0.01)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case[2])
def test_two_straps_of_25_mm_pass_under_the_floor_from_side_to_side(
    case: tuple[str, str, str, float],
):
    spec = made(case)
    part = build(spec)
    half = spec.outer_mm + 1
    for y in spec.straps_mm:
        z = spec.bottom_mm + 3.2
        strap = Block((-half, y - 12.5, z), (half, y + 12.5, z + 2.0))
        assert shared_mm3(part, [strap]) == 0


@pytest.mark.parametrize("case", CASES, ids=lambda case: case[2])
def test_walls_are_full_height_to_the_rear_and_ribs_run_all_along(
    case: tuple[str, str, str, float],
):
    spec = made(case, vents=False)
    part = build(spec)
    end = 3 + spec.device.case.depth_mm
    x = spec.device.case.width_mm / 2 + 0.5
    for side in (-1, 1):
        a, b = sorted((side * x, side * (x + 3)))
        top = Block((a, 50.0, spec.device_top_mm - 10), (b, end, spec.device_top_mm - 4))
        assert shared_mm3(part, [top]) == pytest.approx(3 * (end - 50) * 6, rel=1e-3)
    foot = Block((-x, end - 40, spec.bottom_mm), (x, end - 39, spec.bottom_mm + 2))
    assert shared_mm3(part, [foot]) == pytest.approx(len(spec.ribs_mm) * 3 * 1 * 2, rel=1e-2)


@settings(max_examples=12)
@given(width=st.floats(150, 215), tall=st.floats(20, 300))
def test_a_box_is_taken_just_when_walls_brackets_and_ribs_fit(width: float, tall: float):
    """220 mm between the posts; on each side 3 of wall, 0.5 of play, 4 of bracket."""
    box = CATALOG.box("qnap-ts-464")
    case = box.case.model_copy(update={"width_mm": width, "height_mm": tall})
    device = box.model_copy(update={"case": case})
    room = 4.5 * 44.45 - 0.79
    fits = width <= 220 - 15 and tall + 3 + 8.4 <= room
    try:
        spec = NasSpec(standard=CATALOG.standard("10in"), device=device, height_u=4.5)
    except InputError:
        assert not fits
    else:
        assert fits
        assert spec.deck.outer_mm <= 106


def test_too_wide_and_too_low_are_refused_with_what_works():
    with pytest.raises(InputError, match="too wide for a 10in rack"):
        made(("ups", "10in", "apc-be600m1", 180.0))
    box = CATALOG.box("qnap-ts-464")
    for width, taken in ((205.0, True), (206.0, False)):
        device = box.model_copy(update={"case": box.case.model_copy(update={"width_mm": width})})
        if taken:
            assert NasSpec(standard=CATALOG.standard("10in"), device=device, height_u=4.5)
            continue
        with pytest.raises(InputError) as wrong:
            NasSpec(standard=CATALOG.standard("10in"), device=device, height_u=4.5)
        assert wrong.value.problems[0].allowed.startswith("up to 205 mm")
    with pytest.raises(InputError) as wrong:
        spec_for(Order("nas", "10in", "qnap-ts-464", 4.0), CATALOG)
    assert wrong.value.problems[0].nearest == "use 4.5U"
    assert spec_for(Order("nas", "10in", "qnap-ts-464", 4.5), CATALOG)


def test_heavy_means_known_to_weigh_more_than_two_kilograms():
    assert is_heavy(CATALOG.box("apc-be600m1"))  # 3.5 kg
    assert is_heavy(CATALOG.box("qnap-ts-453d"))  # 3.6 kg
    assert not is_heavy(CATALOG.box("netgear-gs308"))  # 0.5 kg
    assert not is_heavy(CATALOG.box("qnap-ts-464")), "nobody knows"
