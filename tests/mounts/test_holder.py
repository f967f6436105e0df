"""Holders for what stands on edge: the channel, the bolts, and room for the tools."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.load import load_catalog
from catalog.problems import InputError
from mounts.assembly import collision_mm3
from mounts.board import Block
from mounts.order import Order, spec_for
from mounts.parts.holder import HolderSpec, holder
from tests.mounts.measure import (
    assert_whole,
    opening_at,
    openings,
    overhangs,
    shared_mm3,
)

CATALOG = load_catalog()


def made(device: str | None = None, **options: Any) -> HolderSpec:
    spec = spec_for(Order("holder", "10in", device, options=options), CATALOG)
    assert isinstance(spec, HolderSpec)
    return spec


# The power board of a cluster and the switch that stands beside it; acrylic of 3, 5 and 8 mm.
SPECS: list[tuple[str | None, dict[str, Any]]] = [
    (None, {"front_mm": 20.0, "back_mm": 3.0}),
    (None, {"front_mm": 20.0, "lift_mm": 8.0, "screw": "M3", "plate_mm": 3.0}),
    ("netgear-gs308", {"plate_mm": 8.0}),
    ("netgear-gs308", {"on": "depth", "edge_mm": 11.0, "plate_mm": 5.0}),
]


@pytest.mark.parametrize(("device", "options"), SPECS)
def test_a_holder_is_whole_printable_and_clear_of_what_it_holds(
    device: str | None, options: dict[str, Any]
):
    spec = made(device, **options)
    part = holder(spec)
    assert_whole(part)
    assert overhangs(part) == []
    assert collision_mm3(part, spec) == 0


def test_the_channel_holds_a_board_of_160_x_75_x_1_6():
    """A slice half way up: 1.6 mm and 0.3 on each side, closed at the end, open to the board."""
    spec = made()
    part = holder(spec)
    for across, shift, free in ((0.8, 0.29, True), (0.8, 0.31, False)):
        y = across + shift
        slab = Block((-0.2, -y, 30.0), (4.0, y, 60.0))
        assert (shared_mm3(part, [slab]) == 0) == free
    assert shared_mm3(part, [Block((-0.5, -0.5, 30.0), (-0.2, 0.5, 60.0))]) > 0
    top = assert_whole(part).bounds_mm()[1][2]
    assert top > 4 + 75, "walls reach over the board's edge, for the tie"


@pytest.mark.parametrize(("device", "options"), SPECS)
def test_washers_and_a_driver_have_room_from_above(device: str | None, options: dict[str, Any]):
    spec = made(device, **options)
    part = holder(spec)
    mesh = assert_whole(part)
    washer = {"M3": 7.0, "M4": 9.0}[spec.screw] / 2  # ISO 7089
    bore = {"M3": 3.4, "M4": 4.5}[spec.screw]  # ISO 273
    bolts = openings(mesh, "z", 1.0)
    assert len(bolts) == 2
    high = mesh.bounds_mm()[1][2]
    for bolt in bolts:
        assert bolt.wide == pytest.approx(bore, abs=0.03)
        assert bolt.u + washer < 0, "nothing that is held hangs over a bolt"
        low, top = (bolt.u - washer, bolt.v - washer), (bolt.u + washer, bolt.v + washer)
        shaft = Block((*low, spec.foot_mm + 0.01), (*top, high + 50))
        assert shared_mm3(part, [shaft]) == 0
        under = Block((*low, 0.0), (*top, spec.foot_mm))
        solid = (2 * washer) ** 2 - 3.1416 * bore**2 / 4
        assert shared_mm3(part, [under]) > 0.97 * solid * spec.foot_mm, "washers lie on the foot"


@settings(max_examples=20)
@given(plate=st.floats(3, 8), foot=st.floats(3, 10), screw=st.sampled_from(["M3", "M4"]))
def test_the_screw_is_long_enough_and_does_not_stand_far_out(plate: float, foot: float, screw: str):
    part = holder(made(plate_mm=plate, foot_mm=foot, screw=screw))
    (long,) = (row.length_mm for row in part.hardware if row.kind == "screw")
    assert long is not None
    stack = plate + foot + 2 * 0.8 + {"M3": 2.4, "M4": 3.2}[screw]  # washers, nut
    assert stack <= long <= stack + 5


def test_the_drilling_note_is_what_the_mesh_has():
    part = holder(made())
    bolts = openings(assert_whole(part), "z", 1.0)
    apart = bolts[1].v - bolts[0].v
    across = 160 - 2 * bolts[0].u
    assert f"{apart:.1f} mm apart" in part.notes[1]
    assert f"{across:.1f} mm" in part.notes[1]


def test_a_tie_passes_over_the_edge_of_what_is_held():
    spec = made()
    mesh = assert_whole(holder(spec))
    y = 0.8 + 0.3 + 1.5  # in the middle of a wall
    tie = opening_at(mesh, "y", y, (1.2, 4 + 75 + 0.6 + 1.1))
    assert (tie.wide, tie.high) == (pytest.approx(2.8, abs=0.01), pytest.approx(2.2, abs=0.01))


def test_it_is_its_own_mirror_so_that_one_piece_does_both_ends():
    mesh = assert_whole(holder(made("netgear-gs308")))
    low, high = mesh.bounds_mm()
    assert low[1] == pytest.approx(-high[1])
    assert [o.v for o in openings(mesh, "z", 1)] == pytest.approx(
        [-o.v for o in openings(mesh, "z", 1)][::-1]
    )


def test_too_large_a_box_and_edges_are_refused_with_the_largest_that_works():
    with pytest.raises(InputError) as wrong:
        made("apc-be600m1", on="depth")
    assert wrong.value.problems[0].allowed == "up to 240 mm"
    with pytest.raises(InputError) as wrong:
        made(width_mm=40.0, edge_mm=20.0)
    assert wrong.value.problems[0].allowed == "up to 15 mm"
    assert made(width_mm=40.0, edge_mm=15.0).grip_mm == 14
    with pytest.raises(InputError, match="one too many"):
        made("netgear-gs308", height_mm=90.0)
