"""Bricks against closed forms, and laws that every verdict obeys."""

import math
from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis.strategies import floats

from catalog.load import load_catalog
from catalog.models import Material
from catalog.problems import InputError
from mounts.board import Block
from mounts.geometry.flat import polygon, rectangle
from mounts.geometry.sheet import Sheet, joined
from mounts.geometry.vents import HexGrid
from mounts.order import Order, spec_for
from mounts.part import Part
from mounts.registry import PARTS
from mounts.samples import SAMPLES, Sample
from mounts.strength.case import Case, Held, Load, Tie, case_of
from mounts.strength.grid import bricks
from mounts.strength.material import (
    YEARS,
    Climate,
    Design,
    creep,
    design,
    left_warm,
    warmest_air_c,
)
from mounts.strength.verdict import GRAVITY_N_KG, Verdict, judge, sunk_mm, under
from mounts.weight import weight_of

STEEL = Design(2000.0, 2000.0, 40.0, 30.0)
KG = 1000.0
BIG = 1e4


def material(name: str) -> Material:
    """A filament of the catalogue."""
    return load_catalog().material(name)


def plate(long: float, wide: float, thick: float, *more: Sheet) -> Part:
    """A flat plate along y, printed lying."""
    own = Sheet("xy", rectangle((-wide / 2, 0), (wide / 2, long)), 0.0, thick)
    return Part("plate", "blank", joined([own, *more]), "+z")


def slab(y0: float, y1: float) -> Block:
    """All that lies between two y."""
    return Block((-BIG, y0, -BIG), (BIG, y1, BIG))


def sag(part: Part, case: Case, step: float = 6.0) -> float:
    """How far the lowest loaded point sinks, mm."""
    _, solved, loaded = under(part, case, STEEL, step)
    return float(-solved.moved_mm[loaded, 2].min())


def cantilever(long: float, wide: float, thick: float) -> float:
    """Roark, table 8.1, case 1a: a force at the free end."""
    inertia = wide * thick**3 / 12
    return GRAVITY_N_KG * 0.1 * long**3 / (3 * 2000.0 * inertia)


@given(long=floats(60, 160), wide=floats(8, 20), thick=floats(2, 6))
def test_a_cantilever_bends_as_roark_says(long: float, wide: float, thick: float) -> None:
    tip = Load(slab(long, long), 100.0, below=False)
    case = Case((tip,), (Held(slab(0, 0)),))
    assert sag(plate(long, wide, thick), case) == pytest.approx(
        cantilever(long, wide, thick), rel=0.05
    )


def test_a_strip_on_two_supports_bends_as_timoshenko_says() -> None:
    long, wide, thick = 200.0, 20.0, 3.0
    ends = tuple(Held(Block((-BIG, y, -BIG), (BIG, y, 0.0)), "xz") for y in (0.0, long))
    fixed = Held(Block((-BIG, 0.0, -BIG), (BIG, 0.0, 0.0)), "y")
    case = Case((Load(Block((-BIG, 0.0, thick), (BIG, long, 50.0)), 200.0),), (*ends, fixed))
    inertia = wide * thick**3 / 12
    # 5 q l^4 / 384 EI, q the weight by the length.
    expected = 5 * 0.2 * GRAVITY_N_KG * long**3 / (384 * 2000.0 * inertia)
    assert sag(plate(long, wide, thick), case) == pytest.approx(expected, rel=0.05)


def test_the_stress_at_the_root_is_that_of_a_beam() -> None:
    long, wide, thick = 100.0, 10.0, 4.0
    case = Case((Load(slab(long, long), 100.0, below=False),), (Held(slab(0, 0)),))
    body, solved, _ = under(plate(long, wide, thick), case, STEEL, 4.0)
    y = body.points()[solved.cells].mean(axis=1)[:, 1]
    near = np.argmin(np.abs(y - 30.0))
    moment = GRAVITY_N_KG * 0.1 * (long - y[near])
    # At the Gauss points, 1/sqrt 3 of the way from the middle to the face.
    expected = moment * (thick / 2 / math.sqrt(3)) / (wide * thick**3 / 12)
    assert solved.stress_mpa[near, :, 1].mean() == pytest.approx(0.0, abs=0.05 * expected)
    edge = max(solved.stress_mpa[near, :, 1])
    assert edge == pytest.approx(expected, rel=0.15)


def test_the_printed_truss_panels_rank_as_measured() -> None:
    """Four 19-inch panels of 1U: 2 mm, 4 mm, 2 mm with a truss behind, 4 mm with it, the stiffest.

    Their weights are published (50.9, 63.1, 83.5, 85.8 g: so plates of 4 mm have infill), the
    truss is not drawn: two chords and a zigzag of 2 mm, the same on both plates, as deep as what
    it adds to the solid one asks for.
    """
    long, high, wide = 465.1, 43.66, 2.0
    found: list[float] = []
    for thick, brace_g in ((2.0, 0.0), (4.0, 0.0), (2.0, 32.6), (4.0, 32.6)):
        deep = brace_g * 1000 / 1.27 / (wide * (2 + math.sqrt(2)) * long)
        more = _truss(long, high, thick, deep, wide) if deep else []
        part = plate(long, high, thick, *more)
        ends = tuple(Held(slab(y, y)) for y in (0.0, long))
        middle = Load(Block((-30, long / 2 - 15, thick + deep + 1), (30, long / 2 + 15, 50)), 500.0)
        found.append(sag(part, Case((middle,), ends)))
    assert found[0] > found[1] > found[2] > found[3]


def _truss(long: float, high: float, low: float, deep: float, wide: float) -> list[Sheet]:
    def bar(a: tuple[float, float], b: tuple[float, float]) -> Sheet:
        u = np.subtract(b, a) / math.dist(a, b)
        n = np.array([-u[1], u[0]]) * wide / 2
        edge = [tuple(map(float, p)) for p in (a + n, b + n, b - n, a - n)]
        return Sheet("xy", polygon([(x, y) for x, y in edge]), low - 0.5, low + deep)

    side = high / 2 - wide / 2
    count = round(long / high)
    knots = [(side if k % 2 else -side, k * long / count) for k in range(count + 1)]
    chords = [bar((x, 0.0), (x, long)) for x in (-side, side)]
    return [*chords, *(bar(a, b) for a, b in pairwise(knots))]


def test_bricks_hold_what_the_mesh_holds() -> None:
    """The bricks' volume is that of the solid, vents out."""
    from mounts.mesh import mesh_of  # noqa: PLC0415 - heavy

    part, _ = made("shelf", "10in", "netgear-gs308")
    plain = replace(part, perforations=())
    body = bricks(plain, 4.0)
    sizes = [np.diff(line) for line in body.lines]
    volume = np.einsum("i,j,k,ijk->", *sizes, body.filled)
    assert volume == pytest.approx(mesh_of(plain).volume_mm3(), rel=0.03)


def test_what_is_left_round_an_opening_bends_as_a_strip_does() -> None:
    """A ring drawn as one sheet with a hole: its floor is thin in the sheet's own plane."""
    wide, high, thick, deep = 200.0, 60.0, 2.4, 20.0
    outer = rectangle((-wide / 2, 0), (wide / 2, high))
    inner = rectangle((10 - wide / 2, thick), (wide / 2 - 10, high - thick))
    part = Part("ring", "frame", joined([Sheet("xz", outer, 0.0, deep, (inner,))]), "+y")
    ends = tuple(
        Held(Block((min(a, b), -BIG, -BIG), (max(a, b), BIG, BIG)))
        for a, b in ((-wide / 2, 10 - wide / 2), (wide / 2, wide / 2 - 10))
    )
    load = Load(Block((10 - wide / 2, 0, thick), (wide / 2 - 10, deep, high - thick)), 200.0)
    span, inertia = wide - 20, deep * thick**3 / 12
    # q l^4 / 384 EI: held fast at both ends.
    expected = 0.2 * GRAVITY_N_KG * span**3 / (384 * 2000.0 * inertia)
    assert sag(part, Case((load,), ends)) == pytest.approx(expected, rel=0.06)


def test_vents_soften_a_plate_more_than_they_lighten_it() -> None:
    grid = HexGrid(8.0).through("xy", (0.0, 2.0), rectangle((-50, 0), (50, 100)))
    whole = plate(100, 100, 2.0)
    holed = replace(whole, perforations=tuple(grid))
    case = Case((Load(slab(100, 100), 100.0, below=False),), (Held(slab(0, 0)),))
    left = bricks(holed).filled.mean()
    assert sag(whole, case) < 0.8 * sag(holed, case)
    assert left < 0.9


def made(family: str, rack: str, device: str | None, **options: Any) -> tuple[Part, Any]:
    """A part and its spec."""
    spec = spec_for(Order(family, rack, device, options=options), load_catalog())
    return PARTS[family].build(spec), spec


def verdict(family: str, device: str, grams: float | None = None, **changes: Any) -> Verdict:
    """The verdict on a shelf in warm PETG after five years."""
    _, spec = made(family, "10in", device)
    about = {name: getattr(spec, name) for name in spec.model_fields_set} | changes
    if grams is not None:
        about["device"] = spec.device.model_copy(update={"weight_g": grams})
    own = type(spec)(**about)
    found = judge(PARTS[family].build(own), own, material("petg"), Climate(40.0, YEARS), 9.0)
    assert found is not None
    return found


def test_twice_the_weight_bends_a_shelf_twice_as_far_and_breaks_at_the_same_load() -> None:
    one, two = verdict("shelf", "netgear-gs308", 200.0), verdict("shelf", "netgear-gs308", 400.0)
    assert two.deflection_mm == pytest.approx(2 * one.deflection_mm)
    assert two.fails_at_kg == pytest.approx(one.fails_at_kg)


@pytest.mark.parametrize("thicker", [{"floor_mm": 3.0}, {"wall_mm": 3.0}, {"panel_mm": 5.0}])
def test_thicker_is_stiffer(thicker: dict[str, float]) -> None:
    thin = verdict("shelf", "netgear-gs308").deflection_mm
    assert verdict("shelf", "netgear-gs308", **thicker).deflection_mm < thin


def test_rear_brackets_make_a_shelf_stiffer() -> None:
    free, held = verdict("shelf", "netgear-gs308"), verdict("shelf", "netgear-gs308", rear_mm=180.0)
    assert held.deflection_mm < free.deflection_mm / 2


@pytest.mark.parametrize(
    ("family", "device", "grams"), [("ups", "apc-be600m1", 4000), ("nas", "qnap-ts-233", 7000)]
)
def test_what_is_heavy_hardly_sags(family: str, device: str, grams: float) -> None:
    """A UPS of 4 kg and a NAS of 7 kg, in PETG at 40 °C; strong enough after five years, too."""
    rack = "19in" if family == "ups" else "10in"
    _, spec = made(family, rack, device)
    about = {name: getattr(spec, name) for name in spec.model_fields_set}
    if family == "ups":  # turned by a quarter it would fit a 10-inch rack: a case 200 mm wide
        rack = "10in"
        case = spec.device.case.model_copy(update={"width_mm": 200.0, "depth_mm": 140.0})
        about["standard"] = load_catalog().standard(rack)
        about["device"] = spec.device.model_copy(update={"case": case, "weight_g": grams})
    else:
        about["device"] = spec.device.model_copy(update={"weight_g": grams})
    for piece in ("shelf", "left-bracket", "right-bracket"):
        own = type(spec)(**{**about, "piece": piece})
        found = judge(PARTS[family].build(own), own, material("petg"), Climate(40.0, YEARS), 9.0)
        assert found is not None
        assert found.deflection_mm <= 0.5, piece
        assert found.safety >= 3.0, piece


def test_the_brackets_carry_what_the_shelf_leaves_them() -> None:
    _, spec = made("ups", "19in", "apc-be600m1", piece="left-bracket")
    case = case_of(spec)
    assert case is not None
    assert 0 < 2 * case.grams < spec.device.weight_g


def test_what_carries_nothing_has_no_verdict() -> None:
    part, spec = made("blank", "10in", None)
    assert judge(part, spec, material("petg"), Climate()) is None


def test_an_unknown_weight_is_assumed_aloud() -> None:
    device = load_catalog().box("mikrotik-hex")
    grams, said = weight_of(device)
    assert device.weight_g is None
    assert f"{grams / KG:.2f} kg" in said
    assert not weight_of(load_catalog().box("netgear-gs308"))[1]


@given(a=floats(20, 60), b=floats(20, 60))
def test_warmer_is_softer(a: float, b: float) -> None:
    cool, warm = sorted((a, b))
    petg = material("petg")
    assert left_warm(petg, warm) <= left_warm(petg, cool)


@given(a=floats(0, 20), b=floats(0, 20))
def test_older_creeps_further_and_is_weaker(a: float, b: float) -> None:
    young, old = sorted((a, b))
    petg = material("petg")
    assert 1 <= creep(young) <= creep(old)
    first, last = (design(petg, Climate(30.0, years)) for years in (young, old))
    assert last.modulus_mpa <= first.modulus_mpa
    assert last.strength_mpa <= first.strength_mpa
    assert last.strength_across_mpa < last.strength_mpa


def test_pla_is_refused_in_a_racks_warm_air() -> None:
    with pytest.raises(InputError) as caught:
        design(material("pla"), Climate(50.0))
    assert "use petg" in str(caught.value)
    assert design(material("pla"), Climate(30.0)).modulus_mpa > 0
    assert warmest_air_c(material("pla")) < 45 < warmest_air_c(material("petg"))


@pytest.mark.parametrize("name", ["abs", "asa", "pc"])
def test_warm_plastics_last_at_the_design_temperature(name: str) -> None:
    """60 °C air, 70 °C where the plastic touches the device."""
    assert warmest_air_c(material(name)) >= 60.0


# What bears nothing but itself.
FREE = {
    *("blank", "cable-lacing", "cable-rings", "coupon", "panel-fans", "panel-jacks", "stack-top"),
    "ears-right",  # the mirror of the left one
}


@pytest.mark.parametrize(
    "sample", [one for one in SAMPLES if one.name not in FREE], ids=lambda one: one.name
)
def test_what_is_asked_for_first_sags_by_half_a_millimetre_at_most(sample: Sample) -> None:
    spec = spec_for(sample.order, load_catalog())
    part = PARTS[sample.order.part].build(spec)
    found = judge(part, spec, material("petg"), Climate(40.0, YEARS))
    assert found is not None
    assert found.deflection_mm <= 0.5
    assert found.sound
    assert not found.cures


def test_what_sags_names_a_cure_that_helps() -> None:
    """A shelf that may not reach for the rear posts, under a box of 0.5 kg that is deep."""
    _, spec = made("shelf", "10in", "intel-nuc-slim", rear_posts=False)
    petg, warm = material("petg"), Climate(40.0, YEARS)
    found = judge(PARTS["shelf"].build(spec), spec, petg, warm, 9.0)
    assert found is not None
    assert not found.sound
    assert any(cure.startswith("rear_mm = ") for cure in found.cures)
    settings = [cure.split(" = ") for cure in found.cures if cure[-1].isdigit()]
    assert [key for key, _ in settings] == ["floor_mm", "wall_mm", "panel_mm"]
    for key, value in settings:
        about = {name: getattr(spec, name) for name in spec.model_fields_set}
        own = type(spec)(**{**about, key: float(value)})
        better = judge(PARTS["shelf"].build(own), own, petg, warm, 9.0)
        assert better is not None
        assert better.deflection_mm < found.deflection_mm


def test_a_cure_that_cannot_be_made_is_not_named() -> None:
    """A disk tray of 0.5U has no room for a thicker floor."""
    _, spec = made("drives", "19in", "2.5in", rear_posts=False)
    found = judge(PARTS["drives"].build(spec), spec, material("petg"), Climate(40.0, YEARS), 9.0)
    assert found is not None
    assert not found.sound
    assert [cure.split(" = ")[0] for cure in found.cures] == ["rear_mm", "wall_mm", "panel_mm"]


def test_half_a_unit_of_disks_is_held_at_the_rear_posts_too() -> None:
    """By one screw a side, in the hole that EIA-310 has there, whichever half it is."""
    for start, z in (("lower", 6.35), ("upper", 15.875)):
        part, spec = made("drives", "19in", "2.5in", start=start)
        assert spec.height_u == 0.5
        assert spec.bracket_holes_mm == pytest.approx([z])
        found = judge(part, spec, material("petg"), Climate(40.0, YEARS), 9.0)
        assert found is not None
        assert found.deflection_mm <= 0.5


def test_a_disk_that_is_screwed_down_stiffens_its_tray() -> None:
    part, spec = made("drives", "10in", "2.5in")
    case = case_of(spec)
    assert case is not None
    petg = design(material("petg"), Climate(40.0))
    _, solved, loaded = under(part, case, petg, 9.0)
    loose = Case(tuple(Load(tie.device, tie.grams) for tie in case.ties), case.held)
    _, free, laid = under(part, loose, petg, 9.0)
    assert sunk_mm(case, solved, loaded) < 0.5 * sunk_mm(loose, free, laid)


def test_two_strips_joined_by_a_stiff_body_turn_as_one() -> None:
    """A strip held fast at one end, its free half stiff: the root bends, the rest only tilts."""
    long, wide, thick = 120.0, 10.0, 3.0
    tip, root = slab(60.0, long), Held(slab(0, 0))
    device = Block((-5.0, 60.0, thick), (5.0, long, thick + 10))
    case = Case((), (root,), ties=(Tie((tip,), device, 100.0),))
    _, solved, loaded = under(plate(long, wide, thick), case, STEEL, 4.0)
    force, span, arm = GRAVITY_N_KG * 0.1, 60.0, 30.0
    stiff = 2000.0 * wide * thick**3 / 12
    down = force * span**3 / (3 * stiff) + force * arm * span**2 / (2 * stiff)
    turn = force * span**2 / (2 * stiff) + force * arm * span / stiff
    assert sunk_mm(case, solved, loaded) == pytest.approx(down + turn * 60.0, rel=0.05)


def test_a_weight_on_less_than_one_brick_is_not_lost() -> None:
    """A post of a tray is narrower than the coarsest bricks; beside the body it is refused."""
    held = (Held(slab(0, 0)),)
    whole = plate(120.0, 30.0, 3.0)
    near = Load(Block((9.0, 100.0, 3.0), (10.0, 101.0, 9.0)), 100.0)
    fine, coarse = (sag(whole, Case((near,), held), step) for step in (1.5, 12.0))
    assert coarse == pytest.approx(fine, rel=0.15)
    beside = Load(Block((40.0, 100.0, 3.0), (41.0, 101.0, 9.0)), 100.0)
    with pytest.raises(ValueError, match="beside"):
        sag(whole, Case((beside,), held))
