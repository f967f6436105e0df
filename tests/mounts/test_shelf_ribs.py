"""Ribs across the underside of a shelf: it has them where it would sag, and then does not."""

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.problems import InputError
from mounts.assembly import collision_mm3, overlap_mm3
from mounts.geometry.flat import polygon, rectangle
from mounts.geometry.sheet import Sheet, joined
from mounts.mesh import solid_of
from mounts.order import Order, spec_for
from mounts.parts.cross_ribs import SLOPE, CrossRibs
from mounts.parts.shelf import shelf
from mounts.parts.shelf_spec import ShelfSpec
from mounts.sag import MOST_MM
from mounts.strength.material import YEARS, Climate
from mounts.strength.verdict import LEAST_SAFETY, judge
from tests.mounts.kit import catalog
from tests.mounts.measure import assert_whole, overhangs

# One of each kind: held in front only, behind too, long past its bolts, wide, tall with no room.
RIBBED = [
    ("10in", "intel-nuc-skull-canyon"),
    ("10in", "qnap-ts-464"),
    ("19in", "apple-macbook-pro-13-2009"),
    ("19in", "bladerunner-10"),
]


def made(rack: str, device: str, **options: Any) -> ShelfSpec:
    spec = spec_for(Order("shelf", rack, device, options=options), catalog())
    assert isinstance(spec, ShelfSpec)
    return spec


@pytest.mark.parametrize("rack", ["10in", "19in"])
def test_every_box_is_borne_or_its_shelf_says_what_would(rack: str) -> None:
    """By the figure that decides; below, and in scripts/sag.py, bricks say the same."""
    for device in sorted(catalog().boxes):
        try:
            spec = made(rack, device)
        except InputError:
            continue  # too wide for this rack
        says = [note for note in shelf(spec).notes if "sags by about" in note]
        if spec.held_sag_mm <= MOST_MM:
            assert not says, device
        else:
            assert says, device
            assert all("; use " in note or "rest it on" in note for note in says), device


@pytest.mark.parametrize(("rack", "device"), RIBBED, ids=str)
def test_with_ribs_it_is_stiff_and_safe_by_the_bricks(rack: str, device: str) -> None:
    spec = made(rack, device)
    assert spec.cross_ribs.ends_mm
    found = judge(shelf(spec), spec, catalog().material("petg"), Climate(40.0, YEARS))
    assert found is not None
    assert found.deflection_mm <= MOST_MM
    assert found.safety > LEAST_SAFETY


@pytest.mark.parametrize(("rack", "device"), RIBBED, ids=str)
def test_ribs_are_in_nobodys_way_and_want_no_supports(rack: str, device: str) -> None:
    spec = made(rack, device, vents=False)
    part = shelf(spec)
    assert_whole(part)
    assert collision_mm3(part, spec) == 0
    assert overhangs(part) == []
    solid, under = solid_of(part), spec.bottom_mm + spec.lift_mm
    wide, half = spec.outer_mm + 1.0, 5.0
    for y in spec.straps_mm:  # a strap of 10 mm goes through both walls, flat under the floor
        edge = rectangle((-wide, y - half), (wide, y + half))
        strap = joined([Sheet("xy", edge, under - 2.4, under - 0.5)])
        assert overlap_mm3(strap.facets, solid) == pytest.approx(0.0, abs=0.01)


def test_a_light_box_has_none() -> None:
    """Plastic goes where load does: the switch that a test holds to 50 cm³, and a small router."""
    assert made("10in", "netgear-gs308").cross_ribs == CrossRibs()
    assert made("10in", "unifi-flex-mini").cross_ribs == CrossRibs()


def test_too_heavy_for_its_height_says_which_is_enough() -> None:
    spec = made("10in", "qnap-ts-464")
    heavier = spec.device.model_copy(update={"weight_g": 9000.0})
    fields: dict[str, Any] = {"standard": spec.standard, "device": heavier}
    worse = ShelfSpec(**fields, height_u=spec.height_u)
    (says,) = (note for note in shelf(worse).notes if "sags by about" in note)
    taller = float(says.split("use ")[1].split("U")[0])
    assert taller > spec.height_u
    better = ShelfSpec(**fields, height_u=taller)
    assert better.held_sag_mm <= MOST_MM < worse.held_sag_mm


@given(
    size=st.tuples(st.floats(60, 430), st.floats(50, 350), st.floats(15, 170)),
    grams=st.floats(100, 9000),
    short=st.floats(0.3, 1.0),
    rack=st.sampled_from(["10in", "19in"]),
)
def test_ribs_straps_and_slots_have_each_their_place(
    size: tuple[float, float, float], grams: float, short: float, rack: str
) -> None:
    """Also beside a box that is less deep, whose slots for cable ties come sooner."""
    wide, deep, high = size
    box = catalog().box("netgear-gs305")
    case = box.case.model_copy(update={"width_mm": wide, "depth_mm": deep, "height_mm": high})
    first = box.model_copy(update={"case": case, "weight_g": grams})
    small = case.model_copy(update={"width_mm": 40.0, "depth_mm": deep * short})
    fields: dict[str, Any] = {"standard": catalog().standard(rack), "device": first}
    fields["beside"] = (first.model_copy(update={"case": small}),)
    try:
        spec = ShelfSpec(**fields, height_u=4.5)
    except InputError:
        return
    ribs = spec.cross_ribs
    if not ribs.ends_mm:
        assert spec.held_sag_mm <= MOST_MM or deep < 80, "too short for a rib"
        return
    assert spec.device_top_mm <= spec.top_mm + 1e-6
    assert ribs.ends_mm[-1] < spec.depth_mm
    roots = ribs.roots_mm()
    assert roots[0][0] > spec.panel_mm
    assert all(a[1] < b[0] for a, b in pairwise(roots))
    for front, rear in roots:
        for bay in spec.bays:  # slots for cable ties: 8 to 14.5 mm behind a stop
            assert rear <= bay.stop_mm + 8.0 or front >= bay.stop_mm + 14.4
        for (
            y
        ) in spec.straps_mm:  # at the floor, and 2.4 mm under it where the strap's lower side is
            assert y + 5.0 <= front or y - 5.0 >= rear + 2.4 * SLOPE


def test_a_rib_is_as_thick_as_said_and_ends_upright() -> None:
    (sheet,) = CrossRibs((50.0,), 10.0).sheets(10.0, 100.0)
    outline = sheet.outline.points
    bottom = sorted(y for y, z in outline if z == pytest.approx(0.0))
    assert bottom[1] - bottom[0] > 1.2  # three lines
    assert max(y for y, _ in outline) == 50.0
    assert polygon([*outline]).points == outline
