"""Wall mounts, holders, stacks and adapters: their loads land where they are borne, and add up."""

import math
from typing import Any

import pytest

from catalog.load import load_catalog
from mounts.geometry.flat import rectangle
from mounts.geometry.sheet import Sheet, joined
from mounts.order import Order, spec_for
from mounts.part import Part, Up
from mounts.registry import PARTS
from mounts.strength.case import case_of
from mounts.strength.loads import Block, Case, Held, Load
from mounts.strength.material import Climate, Design, design
from mounts.strength.verdict import GRAVITY_N_KG, sunk_mm, under
from mounts.weight import weight_of

CATALOG = load_catalog()
PETG = design(CATALOG.material("petg"), Climate(40.0))
STEEL = Design(2000.0, 2000.0, 40.0, 30.0)
FAR = 1e4
STACK: dict[str, Any] = {"count": 5, "standoffs": "printed"}


def made(order: Order) -> tuple[Part, Any]:
    """A part and its spec."""
    spec = spec_for(order, CATALOG)
    return PARTS[order.part].build(spec), spec


def sag(order: Order) -> tuple[float, Any, Case]:
    """How far a part sinks, its spec, and its load case."""
    part, spec = made(order)
    case = case_of(spec)
    assert case is not None
    _, solved, loaded = under(part, case, PETG)
    return sunk_mm(case, solved, loaded), spec, case


@pytest.mark.parametrize("down", ["-y", "+y", "-z", "+z"])
def test_a_cantilever_bends_the_same_whichever_way_its_weight_pulls(down: Up) -> None:
    """Square across, along x, a force at its end: F l³ / 3 E I."""
    long, side, grams = 100.0, 6.0, 100.0
    bar = Sheet("yz", rectangle((-side / 2, -side / 2), (side / 2, side / 2)), 0.0, long)
    part = Part("bar", "blank", joined([bar]), "+z")
    end = Block((long, -FAR, -FAR), (long, FAR, FAR))
    case = Case(
        (Load(end, grams, below=False),), (Held(Block((0, -FAR, -FAR), (0, FAR, FAR))),), down=down
    )
    _, solved, loaded = under(part, case, STEEL, 3.0)
    force, inertia = GRAVITY_N_KG * grams / 1000, side**4 / 12
    expected = force * long**3 / (3 * 2000.0 * inertia)
    assert sunk_mm(case, solved, loaded) == pytest.approx(expected, rel=0.05)


def test_a_spacer_is_pressed_together_as_a_tube_is() -> None:
    """F l / E A, across the layers."""
    options = {**STACK, "piece": "spacer", "spacer_on": "board"}
    mm, spec, case = sag(Order("stack", "10in", "raspberry-pi-4b", options=options))
    bore = spec.screw.normal_mm
    area = math.pi / 4 * (spec.pillar_mm**2 - bore**2)
    force = case.grams / 1000 * GRAVITY_N_KG
    # Held at its foot against widening too, it is a little stiffer; bricks fill a ring roughly.
    assert mm == pytest.approx(force * spec.over_mm / (PETG.across_mpa * area), rel=0.15)


def test_a_wall_mounts_ledge_is_stiffer_than_if_it_stood_out_by_itself() -> None:
    """A plate that stands out of the back alone, its load spread: w l⁴ / 8 E I; it has a side."""
    mm, spec, case = sag(Order("wall", "10in", "mikrotik-hex"))
    assert case.down == "-y"
    assert case.grams == pytest.approx(weight_of(spec.device)[0])
    from mounts.parts.wall import CORNER_MM  # noqa: PLC0415 - beside its only use

    wide, deep = CORNER_MM * spec.device.case.width_mm, spec.lean_mm + spec.device.case.height_mm
    force, inertia = case.grams / 2000 * GRAVITY_N_KG, wide * spec.wall_mm**3 / 12
    alone = force * deep**3 / (8 * PETG.modulus_mpa * inertia)
    assert 0.1 * alone < mm < alone


@pytest.mark.parametrize("device", ["netgear-gs308", None])
def test_a_holders_channel_is_stiffer_than_without_its_gussets(device: str | None) -> None:
    """A channel on end, pulled to its side along its height: w l⁴ / 8 E I, and its foot tips."""
    mm, spec, case = sag(Order("holder", "10in", device))
    half = spec.grip_mm - spec.back_x_mm
    inertia = 2 * half * spec.wall_mm**3 / 12
    inertia += 2 * half * spec.wall_mm * ((spec.inner_mm + spec.outer_mm) / 2) ** 2
    force = case.grams / 1000 * GRAVITY_N_KG
    alone = force * spec.high_mm**3 / (8 * PETG.across_mpa * inertia)
    assert 0.0 < mm < 3.0 * alone + 0.01
    _, taller, more = sag(Order("holder", "10in", device, options={"lift_mm": 20.0}))
    assert more.grams == case.grams
    assert taller.stand_mm > spec.stand_mm


def test_a_base_bears_all_boards_and_a_bracket_its_fan() -> None:
    options: dict[str, Any] = {"count": 5, "fan": "40x10", "sink_mm": [25, 25, 12]}
    _, spec, base = sag(Order("stack", "10in", "raspberry-pi-4b", options=options))
    _, _, one = sag(
        Order("stack", "10in", "raspberry-pi-4b", options={**options, "piece": "fan-bracket"})
    )
    board = weight_of(spec.device)[0]
    assert base.grams > 5 * (board + one.grams)
    assert 10.0 < one.grams < 25.0, "a fan of 40 x 10 mm"


@pytest.mark.parametrize("options", [{}, {"bar_mm": 3.0}, {"bar_mm": 3.0, "at": "left"}], ids=str)
def test_an_adapter_lets_gear_sink_half_a_millimetre_at_its_rear(options: dict[str, Any]) -> None:
    """Ribs from corner to corner: of the same depth without them it would be many times that."""
    mm, spec, case = sag(Order("adapter", "19in", options=options))
    assert mm <= 0.5
    (tie,) = case.ties
    assert tie.middle[1] == pytest.approx(100.0)
    assert len(tie.where) == len(spec.holes)
    shallow, _, _ = sag(Order("adapter", "19in", options={**options, "rib_mm": 14.0}))
    assert shallow > 1.1 * mm


def test_a_module_for_labstack_hangs_on_its_four_screws() -> None:
    options = {"pose": "on-edge", "opening": "labstack"}
    mm, spec, case = sag(Order("frame", "10in", "raspberry-pi-4b", 2.0, options=options))
    assert len(case.held) == 4
    assert case.grams == pytest.approx(spec.load_g)
    assert mm <= 0.5
