"""The densest layout of any board, and of any mix, is built as it is, and clashes nowhere."""

import os
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

from catalog.problems import InputError
from mounts.assembly import blocks_solid, device_blocks, moved, sled_matrix
from mounts.densest import Densest, Wanted, densest
from mounts.order import Order, most_of, spec_for
from mounts.parts.frame_spec import FrameSpec
from mounts.pieces import like
from packing.bays import cells
from packing.bound import upper_bound
from packing.cavity import Cavity, rack_cavity
from packing.check import outline, violations
from packing.pattern import Section
from packing.result import Placement
from tests.mounts import kit
from tests.mounts.kit import HOLELESS, PI, ROCKPRO
from tests.mounts.test_mixed_frame import FIVE, ZERO, assert_clear, assert_verified

EXAMPLES = int(os.environ.get("RACKPRESS_EXAMPLES", "3"))
# Boards of all sizes: with holes and without, high and low, square and long.
TEN = (
    PI,
    FIVE,
    ZERO,
    ROCKPRO,
    HOLELESS,
    "odroid-xu4",
    "nvidia-jetson-orin-nano-devkit",
    "friendlyelec-cm3588-nas-kit",
    "odroid-h3",
    "pine64-quartz64-b",
)
KINDS = (PI, FIVE, ZERO, ROCKPRO, "odroid-n2l", "orange-pi-5-max")


def ordered(device: str, rack: str, height_u: float | None, options: dict[str, Any]) -> FrameSpec:
    """Return a frame as it comes of an order."""
    spec = spec_for(Order("frame", rack, device, height_u, options=options), kit.catalog())
    assert isinstance(spec, FrameSpec)
    return spec


def layout_of(spec: FrameSpec) -> Densest:
    """Return the densest layout of the first board of a frame, in a frame as high."""
    alone = spec.kinds[0]
    fields = {k: getattr(alone, k) for k in ("device", "form_factor", "plugs", "screw", "insert")}
    found = densest({"standard": spec.standard, "height_u": spec.height_u}, [Wanted(fields)])
    assert found is not None
    return found


def boards_of(spec: FrameSpec) -> list[Placement]:
    """Return every board of a frame's front row as the mesh has it, from the box's corner."""
    found: list[Placement] = []
    for index, one in enumerate(spec.stands[: spec.sleds]):
        solid = blocks_solid(device_blocks(spec.kinds[one.kind]))
        x0, _, z0, x1, _, z1 = moved(solid, sled_matrix(spec, index)).bounding_box()
        x, z = (x0 + x1) / 2 + spec.inner_mm, (z0 + z1) / 2 - spec.inside_low_mm
        turned = one.bay.turned
        across, through = (z1 - z0, x1 - x0) if turned else (x1 - x0, z1 - z0)
        found.append(Placement(x, 0.0, z, across, through, 1.0, 90.0 if turned else 0.0, 0))
    return found


@pytest.mark.parametrize("device", TEN)
def test_the_densest_layout_of_a_board_is_built_as_it_is(device: str) -> None:
    """As `packing` has it, so it stands: each board in its own cell, the whole checked apart."""
    spec = ordered(device, "10in", 2.0, {"count": "max"})
    found = layout_of(spec)
    assert spec.holds == found.bays.count >= 1
    plain = like(spec, spine=False) if spec.spined else spec  # its walls take what is left over
    for one in (spec, plain):
        frame = Cavity(width_mm=2 * one.inner_mm, height_mm=one.inside_mm)
        placed = boards_of(one)
        assert violations(placed, frame, reached_rows=1) == []
    placed = boards_of(plain)
    for cell, board in zip(cells(found.bays), placed, strict=True):
        assert cell.angle_deg == board.angle_deg
        (left, _, right, _), (a, _, b, _) = outline(cell).bounds, outline(board).bounds
        assert left - 1e-6 <= a <= b <= right + 1e-6
    assert_clear(spec)
    assert_verified(spec)


@pytest.mark.parametrize("rack", ["10in", "19in"])
@pytest.mark.parametrize("height_u", [1.0, 2.0, 3.0, 4.0])
def test_no_printable_layout_beats_the_bound(rack: str, height_u: float) -> None:
    """Walls, plays and catches only ever cost: bare boards that touch are at least as many."""
    for board in TEN:
        try:
            spec = ordered(board, rack, height_u, {"count": "max"})
        except InputError:
            continue
        cavity = rack_cavity(spec.standard.opening_mm, height_u, floor_mm=0.0)
        across = (spec.envelope.width_with_connectors_mm, spec.envelope.length_with_connectors_mm)
        section = Section(across[spec.facing in {"y-", "y+"}], spec.envelope.total_mm)
        assert spec.holds <= upper_bound(section, cavity), board


def test_higher_and_wider_frames_never_hold_less() -> None:
    for board in TEN:
        counts = [
            [_count(board, rack, height_u) for height_u in (1.0, 1.5, 2.0, 3.0, 4.0)]
            for rack in ("10in", "19in")
        ]
        assert all(a <= b for row in counts for a, b in pairwise(row)), (board, counts)
        assert all(a <= b for a, b in zip(*counts, strict=True)), (board, counts)


def _count(board: str, rack: str, height_u: float) -> int:
    try:
        return ordered(board, rack, height_u, {"count": "max"}).holds
    except InputError:
        return 0


mixes = st.lists(st.sampled_from(KINDS), min_size=2, max_size=3, unique=True)


@settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
@given(mixes, st.data())
def test_every_printable_mix_is_built_and_passes(names: list[str], data: st.DataObject) -> None:
    own, *others = [(name, data.draw(st.integers(1, 4), name)) for name in names]
    height_u = data.draw(st.sampled_from((1.0, 1.5, 2.0, 2.5)))
    rack = data.draw(st.sampled_from(("10in", "19in")))
    beside = [{"device": name, "count": many} for name, many in others]
    try:
        spec = ordered(own[0], rack, height_u, {"count": own[1], "beside": beside})
    except InputError:
        assume(False)
        return
    assert spec.holds == own[1] + sum(many for _, many in others)
    assert {one.device.id for one in spec.kinds} == set(names)
    assert (
        violations(boards_of(spec), Cavity(width_mm=2 * spec.inner_mm, height_mm=spec.inside_mm))
        == []
    )
    assert_clear(spec)
    assert_verified(spec)


@settings(max_examples=40, deadline=None)
@given(mixes, st.data())
def test_a_frame_takes_every_layout_as_it_is(names: list[str], data: st.DataObject) -> None:
    """All that goes in by the layout's own sums goes into the frame, and takes no more width."""
    counts = [data.draw(st.integers(1, 9), name) for name in names]
    height_u = data.draw(st.sampled_from((1.0, 1.5, 2.0, 2.5, 3.0, 4.0)))
    rack = data.draw(st.sampled_from(("10in", "19in")))
    most = data.draw(st.booleans())
    beside = [{"device": n, "count": c} for n, c in zip(names[1:], counts[1:], strict=True)]
    wish = {"count": "max" if most else counts[0], "beside": beside}
    order = Order("frame", rack, names[0], height_u, options=wish)
    there = most_of(order, kit.catalog())
    if not most and (there is None or there.count < sum(counts)):
        with pytest.raises(InputError, match=r"height: "):
            spec_for(order, kit.catalog())
        return
    try:
        spec = spec_for(order, kit.catalog())
    except InputError:
        assert most
        return
    assert isinstance(spec, FrameSpec)
    assert most or spec.holds == sum(counts)
    assert 2 * spec.outer_mm <= spec.standard.body_max_mm + 1e-9
    turned = [group for group in spec.groups if group[0].turned]
    if len(turned) == len(spec.groups):
        assert len(turned) == 1  # all on edge share one room, or few of a kind do beside piles
    assert all(len(group) <= 3 or len(spec.groups) == 1 for group in turned)


@pytest.mark.parametrize("device", TEN[:4])
def test_so_much_wider_a_rack_takes_one_more(device: str) -> None:
    standard = kit.catalog().standard("10in")
    spec = ordered(device, "10in", 2.0, {"count": "max"})
    found = layout_of(spec)
    assert found.bays.short_mm is not None
    counts = []
    for by in (found.bays.short_mm - 0.01, found.bays.short_mm + 1e-6):
        wider = standard.model_copy(update={"body_max_mm": standard.body_max_mm + by})
        fields = {k: getattr(spec, k) for k in ("device", "form_factor", "plugs", "screw")}
        other = densest({"standard": wider, "height_u": 2.0}, [Wanted(fields)])
        counts.append(0 if other is None else other.bays.count)
    assert counts[0] == found.bays.count < counts[1]


def test_what_is_said_of_a_kind_stays_and_the_rest_is_chosen() -> None:
    spec = ordered(PI, "10in", 2.0, {"count": "max", "pose": "on-edge"})
    assert [(k.pose, n) for k, (n, _) in zip(spec.kinds, spec.counts, strict=True)] == [
        ("on-edge", 10)
    ]
    spec = ordered(PI, "10in", 2.0, {"count": "max", "latch": "side", "pose": "flat"})
    assert {(k.pose, k.latch) for k in spec.kinds} == {("flat", "side")}
    spec = ordered(PI, "19in", 1.0, {"count": "max", "skin_mm": 2.0})
    assert (spec.holds, spec.layers) == (7, 1)
    spec = ordered(PI, "10in", 2.0, {"count": 2, "beside": [{"device": FIVE, "pose": "flat"}]})
    assert spec.kinds[-1].pose == "flat" or spec.kinds[1].device.id == FIVE


def test_as_many_as_fit_beside_what_must_be_there() -> None:
    beside = [{"device": ROCKPRO, "count": 2}]
    spec = ordered(PI, "19in", 2.0, {"count": "max", "beside": beside})
    there = [
        k.device.id for k, (n, _) in zip(spec.kinds, spec.counts, strict=True) for _ in range(n)
    ]
    assert there.count(ROCKPRO) == 2
    more = {"count": there.count(PI) + 1, "beside": beside}
    with pytest.raises(InputError, match=r"2U of 19in has no room .*\n.*use 2\.5U"):
        ordered(PI, "19in", 2.0, more)


def test_rows_are_filled_twice_in_a_rack_that_is_deep_enough() -> None:
    both = {"count": "max", "rows": 2, "between_mm": 260.0}
    assert ordered(PI, "19in", 1.0, both).holds == 28
    assert ordered(PI, "19in", 4.0, both).holds == 112
    tight = ordered(PI, "19in", 2.0, {**both, "pose": "on-edge", "between_mm": 215.0})
    assert (tight.holds, tight.spined) == (42, False)  # a spine would want more
    with pytest.raises(InputError, match=r"two rows of raspberry-pi-4b are deeper than this rack"):
        ordered(PI, "19in", 1.0, {**both, "between_mm": 180.0})


def test_what_has_no_room_says_by_how_much_and_where_it_has() -> None:
    mix = {"count": 4, "beside": [{"device": FIVE, "count": 3}]}
    with pytest.raises(InputError, match=r"lack \d+\.\d mm of width; allowed: 5 of them\n.*1\.5U"):
        ordered(PI, "10in", 1.0, mix)
    assert ordered(PI, "10in", None, mix).height_u == 1.5
    with pytest.raises(InputError, match=r"on-edge needs 69\.60 mm .*\n.*use 2U"):
        ordered(PI, "10in", 1.0, {"count": "max", "pose": "on-edge"})
