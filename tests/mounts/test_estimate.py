"""The estimate: what must hold of it whatever the part, and how it is told."""

import dataclasses
import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis.strategies import floats

from mounts.assembly import blocks_solid
from mounts.bed import lying
from mounts.board import Block
from mounts.estimate import DENSE, Estimate, estimate, measures
from mounts.mesh import from_manifold
from mounts.printing import estimated, print_sentence
from tests.mounts import kit
from tests.mounts.kit import SWITCH, Wish

PETG = kit.catalog().material("petg")


def of_block(x: float, y: float, z: float) -> Estimate:
    return estimate(from_manifold(blocks_solid([Block((0, 0, 0), (x, y, z))])), PETG)


SIZE = floats(1, 120)


@given(x=SIZE, y=SIZE, z=SIZE)
def test_a_block_takes_no_more_than_itself_and_no_less_than_its_infill(
    x: float, y: float, z: float
) -> None:
    volume = x * y * z / 1000
    about = of_block(x, y, z)
    assert 0.15 * DENSE * volume - 1e-9 <= about.filament_cm3 <= volume
    assert about.filament_g == pytest.approx(about.filament_cm3 * PETG.density_g_cm3)
    assert about.minutes > 0
    taller = of_block(x, y, z * 1.1)
    assert taller.filament_cm3 > about.filament_cm3
    assert taller.minutes > about.minutes


def test_volume_and_surface_of_a_block_are_those_of_arithmetic() -> None:
    m = measures(from_manifold(blocks_solid([Block((0, 0, 0), (20, 30, 50))])))
    found = (m.volume_cm3, m.side_cm2, m.flat_cm2, m.height_mm)
    assert found == pytest.approx((30, 50, 12, 50))


def test_side_and_flat_make_no_less_than_the_surface() -> None:
    mesh = kit.sample(Wish("shelf", SWITCH)).mesh
    m = measures(lying(mesh, "+y"))
    area = mesh.area_mm2() / 100
    assert area <= m.side_cm2 + m.flat_cm2 <= math.sqrt(2) * area


def test_the_record_says_that_it_is_an_estimate_and_how_far_off() -> None:
    entry = estimated(kit.sample(Wish("shelf", SWITCH)).mesh, PETG)
    text = print_sentence(entry)
    assert text.startswith("about ")
    assert f"(estimate, ± {entry['filament_off_pct']} % and ± {entry['minutes_off_pct']} %)" in text


def test_the_slicers_word_is_told_as_such() -> None:
    entry: dict[str, Any] = {"by": "PrusaSlicer 2.5.0", "filament_g": 12.5, "minutes": 61}
    entry |= {"filament_off_pct": 0, "minutes_off_pct": 0}
    assert print_sentence(entry) == "12.5 g, 1 h 01 min (PrusaSlicer 2.5.0, its default speeds)"
    assert print_sentence({**entry, "minutes": 59}).startswith("12.5 g, 59 min ")


def test_the_same_part_has_the_same_estimate_in_any_material_but_for_its_weight() -> None:
    mesh = kit.sample(Wish("shelf", SWITCH)).mesh
    one, other = estimate(mesh, PETG), estimate(mesh, kit.catalog().material("abs"))
    assert dataclasses.replace(other, filament_g=one.filament_g) == one
    assert other.filament_g < one.filament_g
