"""Wall mounts: the box slides in from above, the screws hold, cables come out."""

from typing import Any

import pytest

from catalog.load import load_catalog
from catalog.problems import InputError
from mounts.assembly import collision_mm3
from mounts.board import Block
from mounts.order import Order, spec_for
from mounts.parts.wall import WallSpec, hung_block, wall
from tests.mounts.measure import (
    assert_whole,
    openings,
    overhangs,
    shared_mm3,
)

CATALOG = load_catalog()


def made(device: str = "tplink-er605", **options: Any) -> WallSpec:
    spec = spec_for(Order("wall", "10in", device, options=options), CATALOG)
    assert isinstance(spec, WallSpec)
    return spec


ROUTERS = ["edgerouter-4", "mikrotik-hex", "tplink-er605", "unifi-express-7", "netgear-gs308"]


@pytest.mark.parametrize("device", ROUTERS)
@pytest.mark.parametrize("fixing", ["keyhole", "screw"])
def test_a_mount_is_whole_printable_and_clear_of_its_box(device: str, fixing: str):
    spec = made(device, fixing=fixing)
    part = wall(spec)
    assert_whole(part)
    assert overhangs(part) == []
    assert collision_mm3(part, spec) == 0


@pytest.mark.parametrize("device", ROUTERS)
def test_the_box_drops_in_from_above_and_can_leave_no_other_way(device: str):
    spec = made(device)
    part = wall(spec)
    box = hung_block(spec)
    (x0, y0, z0), (x1, y1, z1) = box.low, box.high
    assert shared_mm3(part, [Block((x0, y0, z0), (x1, y1 + 300, z1))]) == 0
    for dx, dy, dz in ((2, 0, 0), (-2, 0, 0), (0, -2, 0), (0, 0, 4), (0, 0, -2)):
        moved = Block((x0 + dx, y0 + dy, z0 + dz), (x1 + dx, y1 + dy, z1 + dz))
        assert shared_mm3(part, [moved]) > 1, f"held against {(dx, dy, dz)}"


@pytest.mark.parametrize("device", ROUTERS)
def test_heads_have_room_behind_the_box_and_cables_below_it(device: str):
    """A screw of 4 mm: its head is 8 wide and up to 3.1 high (DIN 96)."""
    spec = made(device)
    part = wall(spec)
    heads = [
        Block((x - 4, y - 4, spec.plate_mm + 0.01), (x + 4, y + 4, spec.plate_mm + 3.1))
        for x, y in spec.screws
    ]
    assert shared_mm3(part, heads) == 0
    assert spec.lean_mm - spec.plate_mm >= 3.1
    middle = 0.2 * spec.device.case.width_mm
    high = spec.lean_mm + spec.device.case.height_mm
    cables = Block((-middle, -20.0, spec.plate_mm + 0.01), (middle, 0.0, high))
    assert shared_mm3(part, [cables]) == 0


def test_keyholes_pass_a_head_below_and_hold_it_above():
    spec = made(vents=False)
    part = wall(spec)
    mesh = assert_whole(part)
    holes = openings(mesh, "z", 1.0)
    assert len(holes) == 4
    for hole in holes:
        assert hole.wide == pytest.approx(9.0, abs=0.05)
        assert hole.high == pytest.approx(4.5 + 9.0 + 2.3, abs=0.05)  # mouth, rise, shank
    for x, y in spec.screws:
        shank = Block((x - 1.5, y - 1.5, 0.5), (x + 1.5, y + 1.5, 2.0))
        assert shared_mm3(part, [shank]) == 0
        head = Block((x - 3.5, y - 1.0, 0.5), (x + 3.5, y + 1.0, 2.0))
        assert shared_mm3(part, [head]) > 5, "a head of 8 mm does not slip out here"
        entry = Block((x - 3.0, y - 12.0, 0.5), (x + 3.0, y - 6.0, 2.0))
        assert shared_mm3(part, [entry]) == 0


def test_the_drilling_note_is_what_the_mesh_has():
    part = wall(made(fixing="screw", vents=False))
    holes = openings(assert_whole(part), "z", 1.0)
    across, up = holes[-1].u - holes[0].u, holes[1].v - holes[0].v
    assert part.notes[0] == f"screws {across:.1f} mm across, {up:.1f} mm up the wall"


def test_what_does_not_fit_is_refused_with_the_limit_that_works():
    box = CATALOG.box("tplink-er605")

    def sized(**size: float) -> WallSpec:
        case = box.case.model_copy(update=size)
        return WallSpec(device=box.model_copy(update={"case": case}))

    with pytest.raises(InputError) as wrong:
        sized(width_mm=430.0)
    assert wrong.value.problems[0].allowed == "up to 400 mm"
    assert sized(width_mm=400.0)
    with pytest.raises(InputError) as wrong:
        sized(depth_mm=40.0)
    least = float(wrong.value.problems[0].allowed.split(" ")[0])
    small = sized(depth_mm=least, width_mm=least)
    assert_whole(wall(small))
    assert overhangs(wall(small)) == []
