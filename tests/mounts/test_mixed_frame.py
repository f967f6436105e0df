"""Frames of several kinds of sleds: side by side they clash no more than those of one kind."""

from collections.abc import Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from manifold3d import Manifold

from catalog.problems import InputError
from mounts.assembly import (
    blocks_solid,
    device_blocks,
    frame_matrices,
    moved,
    overlap_mm3,
    sled_matrix,
)
from mounts.board import Block
from mounts.mesh import solid_of
from mounts.order import Order, spec_for
from mounts.parts.bar import HIGH_MM, THICK_MM
from mounts.parts.frame_bar import bar_long_mm
from mounts.parts.frame_spec import FrameSpec
from mounts.pieces import pieces
from mounts.registry import PARTS
from mounts.verify.run import verify
from mounts.verify.subject import subject_of
from tests.mounts import kit
from tests.mounts.kit import PI, ROCKPRO
from tests.mounts.measure import assert_supports_change_nothing
from tests.verify.bodies import limits

FIVE, ZERO = "raspberry-pi-5", "raspberry-pi-zero-2w"
EDGE = {"pose": "on-edge"}
FLAT = {"pose": "flat"}
CLIPS = {**FLAT, "latch": "front", "layers": 4}
# Edge beside edge of another kind, edge beside flat, flat beside flat of another width and latch.
MIXES: dict[str, dict[str, Any]] = {
    "on edge": {**EDGE, "count": 2, "beside": [{"device": ZERO, **EDGE, "count": 2}]},
    "both ways": {
        **EDGE,
        "count": 2,
        "beside": [{"device": PI, **CLIPS, "count": 5}, {"device": FIVE, **EDGE}],
    },
    "flat": {
        **FLAT,
        "count": 1,
        "beside": [{"device": FIVE, **CLIPS, "layers": 2, "count": 2}],
    },
    "two rows": {
        **EDGE,
        "count": 3,
        "rows": 2,
        "between_mm": 300.0,
        "beside": [{"device": ZERO, **FLAT, "layers": 3, "count": 5}],
    },
}


def frame_of(options: dict[str, Any], rack: str = "19in", height_u: float = 2.0) -> FrameSpec:
    """Return a frame that begins with a Pi 4B."""
    spec = spec_for(Order("frame", rack, PI, height_u, options=options), kit.catalog())
    assert isinstance(spec, FrameSpec)
    return spec


def shared_mm3(solids: Sequence[Manifold]) -> float:
    """Return what any two of some solids share; those whose boxes do not meet share nothing."""
    boxes = [solid.bounding_box() for solid in solids]
    pairs = [
        (a, b)
        for (a, p), (b, q) in combinations(zip(solids, boxes, strict=True), 2)
        if all(p[k] < q[k + 3] and q[k] < p[k + 3] for k in range(3))
    ]
    return sum(overlap_mm3(a, b) for a, b in pairs)


def behind(spec: FrameSpec) -> list[Manifold]:
    """Return what bears a frame or blows through it: a steel bar, a spine, a wall of fans."""
    found = [
        solid_of(PARTS["frame"].build(piece.spec))
        for piece in pieces(spec)[1:]
        if isinstance(piece.spec, FrameSpec)
    ]
    if spec.barred:
        (x, half), (y, _) = (bar_long_mm(spec) / 2, HIGH_MM / 2), spec.steel.y_mm
        z, thick = spec.steel.middle_mm, THICK_MM
        front = y + spec.calibration.slide_mm
        steel = Block((-x, front, z - half), (x, front + thick, z + half))
        found.append(blocks_solid([steel]))
    return found


def assert_clear(spec: FrameSpec) -> None:
    """Frames, sleds and boards as solids of their own, put together: they share nothing."""
    frame = solid_of(PARTS["frame"].build(spec))
    assert len(frame.decompose()) == 1
    kinds = [(solid_of(PARTS["sled"].build(k)), blocks_solid(device_blocks(k))) for k in spec.kinds]
    fixed = [frame, *behind(spec)]
    posts = [moved(one, matrix) for matrix in frame_matrices(spec) for one in fixed]
    placed = [
        moved(solid, sled_matrix(spec, index))
        for index, one in enumerate(spec.stands)
        for solid in kinds[one.kind]
    ]
    assert len(placed) == 2 * spec.holds
    assert shared_mm3([*posts, *placed]) == 0.0


def assert_verified(spec: FrameSpec) -> None:
    """Every piece passes all rules of `rackpress verify`: ways out and latches too."""
    for piece in pieces(spec):
        part = PARTS[piece.family].build(piece.spec)
        found = verify(subject_of(part, piece.spec), limits()).findings
        assert [str(f) for f in found if f.rule != "bed.size"] == []


@pytest.mark.parametrize("name", MIXES)
def test_kinds_side_by_side_touch_nothing_and_come_out(name: str) -> None:
    spec = frame_of(MIXES[name])
    asked = [spec.count, *(one.count for one in spec.beside)]
    stands = [sum(one.kind == kind for one in spec.stands) for kind in range(len(spec.kinds))]
    assert stands == asked
    assert 2 * spec.outer_mm <= spec.standard.body_max_mm
    assert_clear(spec)
    assert_verified(spec)


def test_a_kind_beside_another_of_the_same_is_the_frame_of_one_kind() -> None:
    """Two and three of one board on edge are five of it, drawn alike."""
    five = frame_of({**EDGE, "count": 5})
    parted = frame_of({**EDGE, "count": 2, "beside": [{"device": PI, **EDGE, "count": 3}]})
    own, other = (solid_of(PARTS["frame"].build(one)) for one in (five, parted))
    assert (own - other).volume() + (other - own).volume() == pytest.approx(0.0, abs=1e-3)
    assert [p.count for p in pieces(parted)] == [1, 2, 3]


def test_boards_beside_have_as_much_air_unless_they_say_otherwise() -> None:
    beside = [{"device": FIVE, **EDGE}, {"device": ZERO, **EDGE, "air_gap_mm": 1.0}]
    spec = frame_of({**EDGE, "count": 2, "air_gap_mm": 4.5, "beside": beside})
    assert [one.air_gap_mm for one in spec.kinds] == [4.5, 4.5, 1.0]


def test_sleds_on_edge_are_as_wide_as_the_frame_is_high() -> None:
    spec = frame_of(MIXES["on edge"])
    assert len({one.plate_across_mm for one in spec.kinds}) == 1
    low = min(spec.kinds, key=lambda one: one.board_across_mm)
    assert low.box_mm == pytest.approx(spec.outside_mm)
    assert frame_of({**EDGE, "count": 2}).outside_mm < spec.outside_mm


def test_what_does_not_go_in_beside_the_others_is_refused() -> None:
    beside = [{"device": FIVE, **EDGE, "count": 2}]
    with pytest.raises(InputError, match=r"9 sleds .* beside the other kinds.*\n.*works is \d+$"):
        frame_of({**EDGE, "count": 9, "beside": beside}, "10in")
    with pytest.raises(InputError, match=r"no raspberry-pi-4b on-edge has room beside"):
        frame_of({**EDGE, "beside": [{"device": ROCKPRO, **FLAT, "count": 3}]}, "10in")
    with pytest.raises(InputError, match=r"on-edge needs .* does not fit 1U"):
        frame_of({**FLAT, "beside": [{"device": PI, **EDGE}]}, "19in", 1.0)
    with pytest.raises(InputError, match=r"beside.*\n.*leave out beside"):
        frame_of({**EDGE, "opening": "labstack", "shell_mm": 1.6, "beside": [PI]}, "10in")
    with pytest.raises(InputError, match=r"only flat ones lie in layers"):
        frame_of({**FLAT, "beside": [{"device": PI, **EDGE, "layers": 2}]})


def test_a_room_on_edge_beside_a_pile_wants_no_supports(prusa_slicer: Path, tmp_path: Path) -> None:
    spec = frame_of({**EDGE, "count": 1, "beside": [{"device": PI, **CLIPS, "count": 4}]}, "10in")
    assert_supports_change_nothing(prusa_slicer, PARTS["frame"].build(spec), tmp_path)
