"""Stacks on standoffs: lengths, clearances, and printed pieces measured from their meshes."""

import math
import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.load import load_catalog
from catalog.problems import InputError
from mounts.assembly import collision_mm3, device_blocks
from mounts.board import plug_size
from mounts.order import Order, spec_for
from mounts.parts.stack import stack, stack_blocks
from mounts.parts.stack_spec import StackSpec
from tests.mounts.measure import (
    assert_whole,
    opening_at,
    openings,
    overhangs,
)

CATALOG = load_catalog()
PI, ROCK = "raspberry-pi-4b", "pine64-rockpro64"


def made(device: str = PI, **options: Any) -> StackSpec:
    spec = spec_for(Order("stack", "10in", device, options=options), CATALOG)
    assert isinstance(spec, StackSpec)
    return spec


WHOLE_STACKS = [(PI, 5), (ROCK, 7)]
PIECES: list[dict[str, Any]] = [
    {"piece": "plate", "fan": "40x10"},
    {"piece": "plate", "vents": False},
    {"piece": "top", "fan": "40x10"},
    {"piece": "fan-bracket", "fan": "40x10"},
    {"piece": "spacer", "standoffs": "printed", "spacer_on": "foot"},
    {"piece": "spacer", "standoffs": "printed", "fan": "40x10"},
    {"piece": "spacer", "standoffs": "printed", "fan": "40x10", "spacer_on": "bracket"},
]


@pytest.mark.parametrize(("device", "count"), WHOLE_STACKS)
@pytest.mark.parametrize("piece", PIECES, ids=str)
def test_every_piece_is_whole_printable_and_clear_of_all_boards(
    device: str, count: int, piece: dict[str, Any]
):
    spec = made(device, count=count, **piece)
    part = stack(spec)
    assert_whole(part)
    assert overhangs(part) == []
    assert collision_mm3(part, spec) == 0


@pytest.mark.parametrize(("device", "count"), WHOLE_STACKS)
@pytest.mark.parametrize("piece", ["plate", "top", "fan-bracket"])
def test_holes_repeat_the_boards_pattern(device: str, count: int, piece: str):
    spec = made(device, count=count, fan="40x10", piece=piece, vents=False)
    mesh = assert_whole(stack(spec))
    low, high = mesh.bounds_mm()
    at = high[2] - 0.5 if piece != "plate" else spec.floor_mm - 0.3
    pattern = [h for h in CATALOG.board(device).holes if h.use == "mount"]
    seat = spec.seat
    for hole in pattern:
        found = opening_at(mesh, "z", at, seat.place(hole.x_mm, hole.y_mm))
        # M2.5 passes: 2.9 is the normal fit of ISO 273
        assert found.wide == pytest.approx(2.9, abs=0.06)
    assert low[2] < at < high[2]


def test_the_fan_is_bolted_32_mm_apart_over_its_mouth():
    spec = made(fan="40x10", piece="fan-bracket")
    mesh = assert_whole(stack(spec))
    x, y = spec.cooled_at
    z = mesh.bounds_mm()[1][2] - 1
    for dx in (-16, 16):
        for dy in (-16, 16):
            assert opening_at(mesh, "z", z, (x + dx, y + dy)).wide == pytest.approx(3.4, abs=0.06)
    assert opening_at(mesh, "z", z, (x, y)).wide == pytest.approx(38, abs=0.1)


def test_four_slots_for_m4_lie_outside_the_board_and_a_nut_fits_each_pocket():
    spec = made(ROCK, count=7, vents=False)
    mesh = assert_whole(stack(spec))
    slots = [o for o in openings(mesh, "z", 1.0) if max(o.wide, o.high) > 10]
    assert len(slots) == 4
    seat = spec.seat
    for one in slots:
        assert min(one.wide, one.high) == pytest.approx(4.5, abs=0.02)
        outside_x = abs(one.u) - one.wide / 2 > seat.across_mm / 2
        outside_y = one.v + one.high / 2 < 0 or one.v - one.high / 2 > seat.deep_mm
        assert outside_x or outside_y
    # an M2.5 nut is 5.0 over its flats, 5.77 over its corners (ISO 4032)
    for at in spec.board_holes:
        pocket = opening_at(mesh, "z", 1.0, at)
        assert min(pocket.wide, pocket.high) >= 5.0
        assert min(pocket.wide, pocket.high) < 5.77, "the nut would turn"


@pytest.mark.parametrize(("device", "count"), WHOLE_STACKS)
@pytest.mark.parametrize("fan", [None, "40x10", "40x20"])
@pytest.mark.parametrize("standoffs", ["bought", "printed"])
def test_boards_fans_and_sinks_of_neighbouring_levels_never_meet(
    device: str, count: int, fan: str | None, standoffs: str
):
    from mounts.assembly import blocks_solid, overlap_mm3  # noqa: PLC0415 - heavy

    lower = made(device, count=1, fan=fan, standoffs=standoffs)
    both = made(device, count=2, fan=fan, standoffs=standoffs)
    first = stack_blocks(lower)
    second = stack_blocks(both)[len(first) :]
    assert overlap_mm3(blocks_solid(first), blocks_solid(second)) == 0
    assert len(device_blocks(made(device, count=count))) % count == 0


def test_the_parts_list_adds_up_to_the_height():
    spec = made(ROCK, count=7, fan="40x10")
    bought = {h.use: h for h in stack(spec).hardware if "standoff" in h.what}
    long = {
        use: float(found[1]) for use, h in bought.items()
        if (found := re.search(r"([\d.]+) mm", h.what))
    }  # fmt: skip
    assert [h.count for h in bought.values()] == [4, 28, 28]
    each = 1.2 + long["on each board"] + 3.0 + long["on each fan bracket"]  # PCB, bracket 3 mm
    whole = spec.boss_top_mm + long["base to lowest board"] + 7 * each
    assert whole == pytest.approx(spec.top_mm)
    high = assert_whole(stack(made(ROCK, count=7, fan="40x10", piece="top"))).bounds_mm()
    assert high[0][2] == pytest.approx(whole, abs=1e-3)


@settings(max_examples=30)
@given(
    width=st.floats(5, 70), depth=st.floats(5, 70), x=st.floats(5, 80), y=st.floats(5, 51)
)  # fmt: skip
def test_a_sink_is_taken_just_when_a_millimetre_of_air_is_left(
    width: float, depth: float, x: float, y: float
):
    """Recomputed from the maker's hole pattern and the circles round hexagons of 5 mm."""
    holes = [(3.5, 3.5), (3.5, 52.5), (61.5, 3.5), (61.5, 52.5)]
    radius = 5.0 / math.sqrt(3)  # 5 mm over flats
    gap = math.inf
    for hx, hy in holes:
        dx = max(0.0, abs(hx - x) - width / 2)
        dy = max(0.0, abs(hy - y) - depth / 2)
        gap = min(gap, math.hypot(dx, dy) - radius)
    if abs(gap - 1.0) < 1e-2:
        return
    if gap > 1.0:
        assert made(sink_mm=(width, depth, 8.0), cooled_mm=(x, y)).cooled_mm == (x, y)
    else:
        with pytest.raises(InputError) as wrong:
            made(sink_mm=(width, depth, 8.0), cooled_mm=(x, y))
        assert wrong.value.problems[0].key == "sink_mm"


@settings(max_examples=25)
@given(x=st.floats(8, 57), y=st.floats(8, 48))
def test_the_largest_sink_that_is_offered_works_and_a_larger_one_does_not(x: float, y: float):
    with pytest.raises(InputError) as wrong:
        made(sink_mm=(80.0, 80.0, 8.0), cooled_mm=(x, y))
    found = re.match(r"([\d.]+) x", wrong.value.problems[0].nearest)
    assert found is not None
    side = float(found[1])
    if side > 0:
        made(sink_mm=(side, side, 8.0), cooled_mm=(x, y))
    with pytest.raises(InputError):
        made(sink_mm=(side + 0.11, side + 0.11, 8.0), cooled_mm=(x, y))


def test_a_fan_too_large_for_the_pattern_is_refused_with_the_largest():
    with pytest.raises(InputError, match=r"60 x 60 mm.*\n.*largest square") as wrong:
        made(fan="60x25")
    assert wrong.value.problems[0].key == "fan"


@pytest.mark.parametrize(
    ("options", "key"),
    [
        ({"piece": "fan-bracket"}, "fan"),
        ({"piece": "spacer"}, "piece"),
        ({"floor_mm": 2.9}, "floor_mm"),
        ({"piece": "spacer", "standoffs": "printed", "spacer_on": "bracket"}, "spacer_on"),
        ({"sink_mm": (14.0, 14.0, 38.0), "fan": "40x10"}, "air_mm"),
    ],
)
def test_what_cannot_be_made_is_refused_by_key_with_a_way_out(options: dict[str, Any], key: str):
    with pytest.raises(InputError) as wrong:
        made(**options)
    assert [p.key for p in wrong.value.problems] == [key]
    assert wrong.value.problems[0].nearest


def test_a_board_without_known_holes_goes_elsewhere():
    bare = next(b.id for b in CATALOG.boards.values() if not b.holes)
    with pytest.raises(InputError, match="mounting holes"):
        made(bare)


def test_the_highest_sink_that_is_offered_works():
    with pytest.raises(InputError) as wrong:
        made(sink_mm=(14.0, 14.0, 38.0), fan="40x10")
    found = re.search(r"sink ([\d.]+) mm", wrong.value.problems[0].nearest)
    assert found is not None
    spec = made(sink_mm=(14.0, 14.0, float(found[1])), fan="40x10")
    assert spec.over_mm == 40


def test_plugs_of_the_lowest_board_pass_over_the_base_however_thick_it_is():
    """A low RJ45's plug reaches 6 mm below the PCB of a VIM1."""
    for floor_mm in (3.6, 4.7, 6.0):
        spec = made("khadas-vim1", floor_mm=floor_mm)
        seat = spec.level(0)
        low = [
            seat.top_mm + port.z0_mm + port.height_mm / 2 - plug_size(port, spec.plugs)[1] / 2
            for side in ("front", "rear", "left", "right")
            for _, port in seat.ports(side)
            if port.z0_mm is not None and port.height_mm is not None
        ]
        assert min(low) >= floor_mm - 1e-9


def test_what_is_cooled_lies_on_the_board():
    with pytest.raises(InputError, match=r"cooled_mm: .* not on .*\n.*leave it out"):
        made("odroid-c4", fan="40x10", piece="fan-bracket", cooled_mm=(25.6, 101.1))
    assert_whole(stack(made("odroid-c4", fan="40x10", piece="fan-bracket")))
