"""A 19-inch panel with a 10-inch bay, measured on the mesh."""

import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from manifold3d import Manifold

from catalog.load import load_catalog
from catalog.problems import InputError
from catalog.rack_units import hole_heights_mm
from mounts.assembly import blocks_solid, device_blocks, overlap_mm3
from mounts.mesh import mesh_of, solid_of
from mounts.order import Order, spec_for
from mounts.part import Part
from mounts.parts.adapter import AdapterSpec, adapter
from mounts.pieces import pieces
from mounts.readback import read_panel
from mounts.registry import PARTS
from mounts.verify.shapes import cylinder

from .measure import assert_whole, openings, overhangs

CATALOG = load_catalog()
BEHIND = {"m6-insert": 8.0, "m6-nut": 10.2, "10-32-nut": 9.7}


BARS = {"bar_mm": 3.0}


def spec(rack: str = "19in", height: float = 1.0, **options: Any) -> AdapterSpec:
    """In one piece, unless its bars are asked for."""
    options = {**BARS, **options}
    found = spec_for(Order("adapter", rack, height_u=height, options=options), CATALOG)
    assert isinstance(found, AdapterSpec)
    return found


@pytest.mark.parametrize("height", [0.5, 1.0, 2.0, 4.0])
@pytest.mark.parametrize("at", ["left", "middle", "right"])
def test_outside_it_is_a_19_inch_panel(height: float, at: str) -> None:
    part = adapter(spec(height=height, at=at, vents=False))
    mesh = assert_whole(part)
    assert part.panel is not None
    found = read_panel(mesh, part.panel.mid_mm)
    assert found.width_mm == pytest.approx(482.6, abs=0.01)
    assert found.hole_pitch_mm == pytest.approx(465.12, abs=0.01)
    assert found.hole_heights_mm == pytest.approx(hole_heights_mm(height), abs=0.01)
    assert overhangs(part) == []


@settings(max_examples=8)
@given(
    height=st.sampled_from([0.5, 1.0, 2.0, 3.0]),
    at=st.sampled_from(["left", "middle", "right"]),
    thread=st.sampled_from(sorted(BEHIND)),
)
def test_inside_it_is_a_10_inch_rack(height: float, at: str, thread: str) -> None:
    """Opening and holes of the catalogue's 10-inch standard; the seats behind hold the threads."""
    small, large = CATALOG.standard("10in"), CATALOG.standard("19in")
    mesh = mesh_of(adapter(spec(height=height, at=at, thread=thread)))
    front, behind = openings(mesh, "y", 2.0), openings(mesh, "y", 12.0)
    bay = next(o for o in front if o.wide > 200)
    assert bay.wide == pytest.approx(small.opening_mm, abs=0.01)
    for holes, wide in ((front, {"1": 5.6, "m": 6.6}[thread[0]]), (behind, BEHIND[thread])):
        own = [o for o in holes if abs(abs(o.u - bay.u) - small.hole_pitch_mm / 2) < 0.01]
        heights = [z for z in hole_heights_mm(height) for _ in (-1, 1)]
        assert sorted(o.v for o in own) == pytest.approx(heights, abs=0.01)
        assert all(o.high == pytest.approx(wide, rel=0.02) for o in own)
    # The gear's panel keeps clear of the screws beside it, the part of the posts behind it.
    assert abs(bay.u) + small.panel_width_mm / 2 <= large.hole_pitch_mm / 2 - 6.5
    rear = mesh.vertices[mesh.vertices[:, 1] > 6]
    assert abs(rear[:, 0]).max() <= large.body_max_mm / 2 + 1e-4


@pytest.mark.parametrize(("height", "share"), [(1.0, 0.15), (4.0, 0.4)])
def test_air_passes_the_fillers_though_ribs_run_behind_them(height: float, share: float) -> None:
    """The panel's section with vents and without: an honest grid of 8 and 2 mm opens 0.55."""
    holed, plain = (adapter(spec(height=height, vents=vents)) for vents in (True, False))
    less = section_mm2(plain, 2.0) - section_mm2(holed, 2.0)
    fillers = sum(hollow.wide * hollow.high for hollow in openings(mesh_of(plain), "y", 37.9)
                  if 50 < hollow.wide < 200)  # fmt: skip
    assert less > share * fillers
    ribs = section_mm2(holed, 37.0) - section_mm2(plain, 37.0)
    assert ribs == pytest.approx(0.0, abs=1e-6)


def section_mm2(part: Part, y_mm: float) -> float:
    """Return the area of a part cut square to y, mm²."""
    slab = Manifold.cube((1e3, 0.1, 1e3), True).translate((0.0, y_mm, 0.0))
    return float((solid_of(part) ^ slab).volume()) / 0.1


def test_gear_of_250_fits_too_and_two_of_it_do_not() -> None:
    assert_whole(adapter(spec(gear="10in-250", at="right")))
    with pytest.raises(InputError, match="500 mm"):
        spec(gear="10in-250", bays=2)


def test_two_bays_are_refused_with_the_arithmetic() -> None:
    with pytest.raises(InputError) as caught:
        spec(bays=2)
    problem = caught.value.problems[0]
    assert problem.key == "bays"
    assert f"{2 * 254} mm" in problem.what  # two panels of 254 mm
    assert f"{2 * 222.25 + 3 * 15.875:g}" in problem.what  # two openings and three posts
    assert int(re.findall(r"\d+", problem.nearest)[-1]) == spec(bays=1).bays


def test_other_refusals() -> None:
    with pytest.raises(InputError, match="19in"):
        spec("10in")
    with pytest.raises(InputError) as caught:
        spec(rib_mm=9.0)
    least = float(re.findall(r"is ([\d.]+)", caught.value.problems[0].nearest)[0])
    assert spec(rib_mm=least).rib_mm == least


@pytest.mark.parametrize(("key", "value"), [("bar_mm", 1.0), ("piece", "right")])
def test_bars_are_none_or_sound_and_one_piece_has_no_halves(key: str, value: Any) -> None:
    with pytest.raises(InputError) as caught:
        spec(**{key: value})
    assert caught.value.problems[0].key == key


def test_bars_that_close_the_opening_are_refused_with_the_widest_that_do_not() -> None:
    with pytest.raises(InputError) as caught:
        spec(height=0.5, bar_mm=10.0)
    problem = caught.value.problems[0]
    widest = float(re.findall(r"is ([\d.]+)", problem.nearest)[0])
    assert "use 1U" in problem.nearest
    part = adapter(spec(height=0.5, bar_mm=widest))
    mesh = assert_whole(part)
    bay = next(o for o in openings(mesh, "y", 2.0) if o.wide > 200)
    assert bay.high == pytest.approx(0.5 * 44.45 - 0.79 - 2 * widest, abs=0.01)
    with pytest.raises(InputError):
        spec(height=0.5, bar_mm=widest + 0.1)
    assert_whole(adapter(spec(height=1.0, bar_mm=10.0)))


def halves(height: float = 1.0, **options: Any) -> Manifold:
    """Both halves of an adapter without bars, as they hang."""
    pair = [spec(height=height, bar_mm=0.0, piece=side, **options) for side in ("left", "right")]
    parts = [adapter(one) for one in pair]
    assert [piece.spec for piece in pieces(pair[0])] == pair
    assert sum(p.hardware[0].count for p in parts) == adapter(spec(height=height)).hardware[0].count
    for part in parts:
        assert_whole(part)
        assert overhangs(part) == []
    return solid_of(parts[0]) + solid_of(parts[1])


MODULES = {
    "shelf": Order("shelf", "10in", "netgear-gs308", 1.0),
    "jacks": Order("panel", "10in", height_u=1.0),
    "frame": Order("frame", "10in", "raspberry-pi-4b", 1.0),
    "tray": Order("tray", "10in", "raspberry-pi-4b", 1.0),
}


@pytest.mark.parametrize("name", MODULES)
def test_our_own_modules_of_10_inches_hang_in_it_and_touch_nothing(name: str) -> None:
    """Panel on panel; behind it each body passes between the halves: 0 mm³."""
    order = MODULES[name]
    module = spec_for(order, CATALOG)
    body = solid_of(PARTS[order.part].build(module))
    blocks = device_blocks(module)
    if blocks and order.part != "frame":
        body += blocks_solid(blocks)
    thick = module.panel_mm  # type: ignore[attr-defined]
    hung = body.translate((0.0, -thick - 1e-3, 0.0))
    both = halves()
    assert overlap_mm3(both, hung) == 0.0
    # Beside the opening they do meet: the panel lies on both halves, its slots before their holes.
    assert overlap_mm3(both, hung.translate((0.0, 0.5, 0.0))) > 100.0
    for x, z in [hole for one in ("left", "right") for hole in spec(bar_mm=0.0, piece=one).holes]:
        screw = cylinder((x, -thick - 1.0, z), (0.0, 1.0, 0.0), thick + 8.0, 5.0)
        assert overlap_mm3(both + hung, screw) == 0.0


def test_bars_stop_what_is_as_high_as_its_panel() -> None:
    """Which is why it has none unless they are asked for."""
    body = solid_of(PARTS["shelf"].build(spec_for(MODULES["shelf"], CATALOG)))
    assert overlap_mm3(solid_of(adapter(spec())), body.translate((0.0, -3.001, 0.0))) > 100.0
