"""The quick figure for how far a part sags: near the bricks; brackets and notes follow from it."""

from typing import Any

import pytest

from catalog.load import load_catalog
from mounts.bearing import bearing
from mounts.order import Order, spec_for
from mounts.parts.frame_spec import FrameSpec
from mounts.printing import bearing_sentence
from mounts.registry import PARTS
from mounts.sag import FACTOR, TOLD_MM
from mounts.strength.case import case_of
from mounts.strength.material import YEARS, Climate, design
from mounts.strength.verdict import judge, sunk_mm, under
from tests.mounts.test_strength import made, material


def sag_by_bricks(family: str, rack: str, device: str) -> tuple[float, Any]:
    """How far a part sinks on the front posts alone, and its spec."""
    part, spec = made(family, rack, device, rear_posts=False)
    case = case_of(spec)
    assert case is not None
    _, solved, loaded = under(part, case, design(material("petg"), Climate(40.0)), 9.0)
    return sunk_mm(case, solved, loaded), spec


@pytest.mark.parametrize("device", ["netgear-gs308", "mikrotik-hex", "minisforum-ms-01", "sfx"])
def test_the_quick_figure_is_near_the_bricks(device: str) -> None:
    family = "psu" if device == "sfx" else "shelf"
    sag, spec = sag_by_bricks(family, "10in", device)
    assert sag / FACTOR <= spec.held_sag_mm <= sag * FACTOR


EDGE = {"pose": "on-edge"}
PILES = {"device": "raspberry-pi-4b", "pose": "flat", "latch": "front"}
FRAMES: list[tuple[str, float, dict[str, Any]]] = [
    ("10in", 2.0, {"pose": "on-edge"}),
    ("19in", 2.0, {"pose": "on-edge"}),
    ("19in", 1.0, {}),
    ("19in", 2.0, {"layers": 4, "rows": 2}),
    ("10in", 2.0, {"pose": "on-edge", "box_mm": 82.0}),
    ("19in", 2.0, {"pose": "on-edge", "box_mm": 86.5, "count": 14}),
]
MIXED: list[tuple[str, float, dict[str, Any]]] = [
    ("10in", 2.0, {"count": "max"}),
    ("19in", 2.0, {**EDGE, "count": 9, "beside": [{**PILES, "layers": 4, "count": 12}]}),
    ("19in", 2.0, {**EDGE, "count": 15, "beside": [{**PILES, "layers": 4, "count": 4}]}),
    ("10in", 2.0, {**EDGE, "count": 3, "beside": [{**PILES, "layers": 3, "count": 3}]}),
]


@pytest.mark.parametrize(("rack", "height", "options"), FRAMES, ids=str)
def test_a_frame_says_how_far_it_sags_and_is_near_the_bricks(
    rack: str, height: float, options: dict[str, Any]
) -> None:
    order = Order("frame", rack, "raspberry-pi-4b", height, options=options)
    spec = spec_for(order, load_catalog())
    assert isinstance(spec, FrameSpec)
    part = PARTS["frame"].build(spec)
    found = judge(part, spec, material("petg"), Climate(40.0, YEARS), 9.0)
    assert found is not None
    assert found.carries_kg == pytest.approx(spec.sleds * (0.046 + 0.025))  # a Pi 4B, its sled
    assert found.deflection_mm / FACTOR <= spec.sag_mm <= found.deflection_mm * FACTOR
    told = [note for note in part.notes if "in the middle" in note]
    assert bool(told) == (spec.sag_mm > TOLD_MM)
    assert bool(found.cures) == (not found.sound)


@pytest.mark.parametrize(("rack", "height", "options"), MIXED, ids=str)
def test_boards_on_edge_beside_piles_are_borne_by_walls_and_bar(
    rack: str, height: float, options: dict[str, Any]
) -> None:
    """Three on edge in a room at most: without walls between, fifteen would sag by 50 mm."""
    order = Order("frame", rack, "raspberry-pi-4b", height, options=options)
    spec = spec_for(order, load_catalog())
    assert isinstance(spec, FrameSpec)
    assert max(len(group) for group in spec.groups) <= 3
    found = judge(PARTS["frame"].build(spec), spec, material("petg"), Climate(40.0, YEARS), 9.0)
    assert found is not None
    assert found.deflection_mm < 0.5
    assert found.sound
    assert spec.sag_mm < 0.5


def test_what_would_sag_gets_brackets_and_then_does_not() -> None:
    """A box of unknown weight in 19 inches, far from both posts."""
    sag, spec = sag_by_bricks("shelf", "19in", "mikrotik-hex")
    assert sag > 1.0
    assert not spec.braced
    assert any("brackets to rear posts would hold it" in note for note in note_of(spec))
    part, held = made("shelf", "19in", "mikrotik-hex")
    assert held.braced
    assert any("taken by size" in note and "use both" in note for note in part.notes)
    found = judge(part, held, material("petg"), Climate(40.0, YEARS), 9.0)
    assert found is not None
    assert found.deflection_mm < 0.2


def note_of(spec: Any) -> tuple[str, ...]:
    """The notes of a shelf."""
    return PARTS["shelf"].build(spec).notes


def test_the_record_tells_load_sag_and_what_was_assumed() -> None:
    for rack, held in (("10in", "front posts"), ("19in", "front and rear posts")):
        _, spec = made("shelf", rack, "mikrotik-hex")
        row = bearing(spec)
        assert row is not None
        assert row["held_at"] == held
        assert row["carries_kg"] == pytest.approx(spec.load_g / 1000, abs=0.006)
        alone = spec.sag_mm if spec.braced else spec.held_sag_mm
        assert row["sag_on_front_posts_mm"] == pytest.approx(alone, abs=0.006)
        stiff, soft = (design(material("petg"), Climate(40.0, years)) for years in (0.0, YEARS))
        ratio = stiff.modulus_mpa / soft.modulus_mpa
        assert row["sag_later_mm"] == pytest.approx(alone * ratio, abs=0.006)
        assert "by its size" in row["assumed"][0]
        assert ("held behind too" in bearing_sentence(row)) == spec.braced
    _, blank = made("blank", "10in", None)
    assert bearing(blank) is None
