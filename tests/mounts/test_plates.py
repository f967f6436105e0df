"""Plates: everything on exactly one, nothing over anything, and a project that strangers read."""

import json
from collections import Counter
from collections.abc import Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from catalog.calibration import Calibration, Shrink
from catalog.models import Printer
from catalog.problems import InputError
from mounts.estimate import TIME_OFF, WEIGHT_OFF
from mounts.files.threemf import threemf_bytes
from mounts.order import Order, spec_for
from mounts.pieces import like
from mounts.plates.body import Body, bodies
from mounts.plates.layout import GAP_MM, Rect, Spot, bound, fits, lay_out
from mounts.plates.project import Plates, Wanted, placed, plates_of
from mounts.plates.quote import cost, plates_text, quote, totals
from mounts.rebuild import rebuild
from mounts.recipe import Recipe
from mounts.registry import PARTS
from mounts.split.made import make_fitting
from mounts.verify.load import load
from tests.mounts import kit
from tests.threemf import by_lib3mf, by_slicer
from tests.verify.bodies import box, meshed

PETG, PLA = kit.catalog().material("petg"), kit.catalog().material("pla")
PRINTERS = ["bambu-a1", "bambu-p1-x1", "prusa-mini", "prusa-mk4s", "generic-360"]
NEAR_MM = 0.02  # lengths are placed in hundredths


def printer(name: str) -> Printer:
    return kit.catalog().printer(name)


def boxes_of(spots: Sequence[Spot], rects: Sequence[Rect]) -> list[shapely.Polygon]:
    """What each spot covers, from the rectangles alone."""
    known = {rect.name: rect for rect in rects}
    found: list[shapely.Polygon] = []
    for spot in spots:
        wide, deep = known[spot.name].wide_mm, known[spot.name].deep_mm
        if spot.turn_deg == 90:
            wide, deep = deep, wide
        ends = (
            spot.x_mm - wide / 2,
            spot.y_mm - deep / 2,
            spot.x_mm + wide / 2,
            spot.y_mm + deep / 2,
        )
        found.append(shapely.box(*ends))
    return found


def assert_apart(shapes: Sequence[shapely.Geometry], bed: Printer, gap_mm: float) -> None:
    """All on the bed, off its corner, and as far from one another as they should be."""
    room = shapely.box(0, 0, bed.bed_x_mm, bed.bed_y_mm).buffer(NEAR_MM)
    corner = shapely.box(0, 0, *(bed.excluded_mm or (0, 0)))
    for shape in shapes:
        assert room.contains(shape)
        assert shapely.area(shapely.intersection(shape, corner)) < NEAR_MM
    assert all(shapely.distance(a, b) >= gap_mm - NEAR_MM for a, b in combinations(shapes, 2))


RECTS = st.lists(
    st.tuples(st.floats(5, 170), st.floats(5, 170), st.integers(1, 5)), min_size=1, max_size=8
)


@given(sizes=RECTS, name=st.sampled_from(PRINTERS))
def test_every_rectangle_lies_once_and_over_no_other(
    sizes: list[tuple[float, float, int]], name: str
) -> None:
    bed = printer(name)
    kinds = [Rect(f"r{k}", wide, deep) for k, (wide, deep, _) in enumerate(sizes)]
    kinds = [one for one in kinds if fits(one, bed)]
    rects = [one for one in kinds for _ in range(sizes[int(one.name[1:])][2])]
    found = lay_out(rects, bed) if rects else []
    told = Counter(spot.name for spots in found for spot in spots)
    assert told == Counter(one.name for one in rects)
    for spots in found:
        assert_apart(boxes_of(spots, kinds), bed, GAP_MM)
    assert len(found) >= (bound(rects, bed) if rects else 0)
    assert lay_out(rects[::-1], bed) == found if rects else True, "the order given changes nothing"


@pytest.mark.parametrize(
    ("sizes", "beds"),
    [
        ([(100, 100)] * 4, 1),  # two by two and a gap between
        ([(100, 100)] * 5, 2),
        ([(126, 126)] * 4, 1),  # 2 x 126 + 4 = 256: to the edge of the bed
        ([(126.1, 126.1)] * 4, 4),  # no two fit: 2 x 126.1 + 4 is more than 256
        ([(254, 44)] * 5, 1),  # panels of 10 inches: 5 x 44 + 4 x 4 = 236
        ([(254, 44)] * 6, 2),
        ([(44, 254), (254, 206)], 1),  # one must be turned
        ([(254, 110), (254, 66)] + [(91, 62)] * 2 + [(91, 88)] * 2 + [(58, 67)] * 10, 2),
    ],
)
def test_as_few_beds_as_there_can_be(sizes: list[tuple[float, float]], beds: int) -> None:
    rects = [Rect(f"r{k}", *size) for k, size in enumerate(sizes)]
    assert len(lay_out(rects, printer("bambu-a1"))) == beds
    assert bound(rects, printer("bambu-a1")) <= beds


MADE: dict[tuple[str, str], tuple[Body, ...]] = {}


def made(order: Order, on: str) -> tuple[Body, ...]:
    """Return what an order is printed as; made once, for cutting takes seconds."""
    key = repr(order), on
    if key not in MADE:
        MADE[key] = _made(order, on)
    return MADE[key]


def _made(order: Order, on: str) -> tuple[Body, ...]:
    spec = spec_for(order, kit.catalog())
    part = PARTS[order.part].build(spec)
    return bodies(make_fitting(Recipe(part, spec, printer(on), PETG), ()))


ORDERS = [
    (Order("holder", "10in", "netgear-gs308"), 3),
    (Order("blank", "10in", height_u=1.0), 2),
    (Order("wall", "10in", "mikrotik-hex"), 1),
    (Order("panel", "10in", options={"keystones": 4}), 1),
]


def all_plates(on: str, orders: Sequence[tuple[Order, int]] = ORDERS) -> Plates:
    """Return the plates of some orders on one printer, whole or in pieces."""
    wanted = [
        Wanted(body, count, printer(on), PETG)
        for order, count in orders
        for body in made(order, on)
    ]
    return plates_of(wanted)


@pytest.fixture(scope="module", params=["bambu-p1-x1", "prusa-mini"])
def plates(request: pytest.FixtureRequest) -> tuple[Plates, Printer]:
    """With a corner that stays free, and with a bed so small that the blanks come in pieces."""
    return all_plates(request.param), printer(request.param)


def outline(points: Any, triangles: Any) -> shapely.Geometry:
    """Return what a body covers, from its triangles seen from above."""
    flat = points[:, :2][triangles]
    return shapely.union_all([shapely.Polygon(t) for t in flat if shapely.Polygon(t).area > 1e-6])


def test_real_outlines_lie_apart_and_each_copy_on_one_plate(
    plates: tuple[Plates, Printer],
) -> None:
    found, bed = plates
    told: Counter[str] = Counter()
    for plate in found.plates:
        told.update(spot.name for spot in plate.spots)
        meshes = {one.name: one.mesh for one in plate.bodies}
        assert set(meshes) == {spot.name for spot in plate.spots}
        points = placed(plate.bodies, plate.spots)
        shapes = [
            outline(own, meshes[spot.name].triangles)
            for own, spot in zip(points, plate.spots, strict=True)
        ]
        assert_apart(shapes, bed, GAP_MM)
        for own in points:
            assert float(own[:, 2].min()) == pytest.approx(0, abs=1e-6)
            assert float(own[:, 2].max()) <= bed.bed_z_mm
    wanted: Counter[str] = Counter()
    for order, count in ORDERS:
        for body in made(order, bed.id):
            wanted[body.name] += count
    assert told + Counter({one.body.name: one.count for one in found.left_out}) == wanted
    assert found.least <= len(found.plates)


def test_strangers_read_each_plate_and_it_makes_itself_again(
    plates: tuple[Plates, Printer], tmp_path: Path
) -> None:
    for plate in plates[0].plates:
        path = tmp_path / f"{plate.name}.3mf"
        path.write_bytes(plate.threemf())
        read = by_lib3mf(path)
        assert list(read.objects) == [one.name for one in plate.bodies]
        assert all(read.objects.values())
        assert read.items == Counter(spot.name for spot in plate.spots)
        assert json.loads(read.recipe) == json.loads(json.dumps(plate.recipe()))
        found = rebuild(path)
        assert (found.name, found.same) == (path.name, True)


def test_a_plate_names_the_calibration_of_its_parts_and_keeps_to_it(tmp_path: Path) -> None:
    shrink = Shrink(material="petg", xy_pct=1.0, z_pct=0.5)
    measured = Calibration(name="mine", hole_mm=0.2, foot_mm=0.1, shrink=(shrink,))
    spec = like(spec_for(Order("blank", "10in", height_u=0.5), kit.catalog()), calibration=measured)
    of = Recipe(PARTS["blank"].build(spec), spec, printer("generic-360"), PETG)
    (body,) = bodies(make_fitting(of, ()))
    (plate,) = plates_of([Wanted(body, 2, of.printer, PETG)]).plates
    path = tmp_path / "plate-1.3mf"
    path.write_bytes(plate.threemf())
    assert json.loads(by_lib3mf(path).recipe)["calibration"] == "mine"
    assert rebuild(path).same
    low, high = placed(plate.bodies, plate.spots)[0].min(axis=0), body.mesh.bounds_mm()[1]
    assert 2 * high[0] == pytest.approx(254 / 0.99, abs=1e-3)  # larger by the shrink
    assert low[2] == 0


def test_verify_knows_the_parts_of_a_plate(plates: tuple[Plates, Printer], tmp_path: Path) -> None:
    path = tmp_path / "plate.3mf"
    plate = plates[0].plates[0]
    path.write_bytes(plate.threemf())
    subjects = load(path)
    assert len(subjects) == len(plate.spots)
    for subject, spot in zip(subjects, plate.spots, strict=True):
        recipe = next(one.recipe for one in plate.bodies if one.name == spot.name)
        assert subject.name.endswith(spot.name)
        assert (subject.spec is not None) == ("piece" not in recipe), subject.notes


@pytest.mark.slicer
def test_the_slicer_reads_plates_as_manifold_and_leaves_all_where_it_lies(
    plates: tuple[Plates, Printer], tmp_path: Path, prusa_slicer: Path
) -> None:
    plate = plates[0].plates[0]
    path = tmp_path / "plate.3mf"
    path.write_bytes(plate.threemf())
    told = by_slicer(prusa_slicer, [path], tmp_path)
    assert set(told["manifold"]) == {"yes"}
    assert set(told["number_of_parts"]) == {"1"}
    lows = [(float(x), float(y)) for x, y in zip(told["min_x"], told["min_y"], strict=True)]
    wanted = [own.min(axis=0)[:2] for own in placed(plate.bodies, plate.spots)]
    assert np.array(sorted(lows)) == pytest.approx(np.array(sorted(map(tuple, wanted))), abs=0.01)


@pytest.mark.slicer
def test_a_plate_sliced_is_near_the_sum_of_its_estimates() -> None:
    orders = [(Order("holder", "10in"), 1), (Order("blank", "10in", height_u=0.5), 1)]
    (plate,) = all_plates("bambu-a1", orders).plates
    about, said = (quote(plate, plate.threemf(), slicing=wish) for wish in (False, True))
    assert said["print"]["by"].startswith("PrusaSlicer")
    assert said["print"]["minutes_off_pct"] == 0
    for key, off in (("filament_g", WEIGHT_OFF), ("minutes", TIME_OFF)):
        assert about["print"][key] == pytest.approx(said["print"][key], rel=off)
    assert said["cost"] == cost(said["print"]["filament_g"], PETG)


def test_what_differs_in_material_lies_apart_and_what_fits_nowhere_is_named() -> None:
    (body,) = made(Order("blank", "10in", height_u=0.5), "bambu-a1")
    (large,) = made(Order("blank", "10in", height_u=1.0), "bambu-a1")
    a1 = printer("bambu-a1")
    beyond = Body(large.mesh, large.recipe, {**large.record, "fits_bed": False})
    wanted = [Wanted(body, 1, a1, PETG), Wanted(body, 2, a1, PLA), Wanted(beyond, 1, a1, PETG)]
    found = plates_of(wanted)
    assert [(one.material.id, len(one.spots)) for one in found.plates] == [("petg", 1), ("pla", 2)]
    assert [one.body.name for one in found.left_out] == [large.name]
    quotes = [quote(one, b"") for one in found.plates]
    record = totals(found, quotes)
    assert large.name in plates_text(record)
    each = body.record["print"]["filament_g"]
    assert quotes[1]["print"]["filament_g"] == pytest.approx(2 * each)
    assert quotes[1]["cost"] == pytest.approx(2 * each / 1000 * PLA.cost_per_kg, abs=0.006)
    assert record["print"]["minutes"] == 3 * body.record["print"]["minutes"]
    assert record["cost"] == pytest.approx(sum(one["cost"] for one in quotes))
    assert "edge of the bed" in plates_text(record), "254 of 256 mm: no room for a skirt"


def test_what_fits_askew_only_lies_alone() -> None:
    """A bar of 240 mm lies on a bed of 180 mm from corner to corner."""
    long = meshed(box((-120, -5, 0), (120, 5, 4)))
    bed = printer("prusa-mini")
    record = {"fits_bed": True, "turn_deg": 45.0, "size_mm": [176.78, 176.78, 4.0]}
    bar = Body(long, {"name": "bar"}, record)
    small = Body(meshed(box((-5, -5, 0), (5, 5, 5))), {"name": "cube"}, {"fits_bed": True})
    found = plates_of([Wanted(bar, 2, bed, PETG), Wanted(small, 1, bed, PETG)])
    assert [[spot.name for spot in one.spots] for one in found.plates] == [
        ["cube"],
        ["bar"],
        ["bar"],
    ]
    (points,) = placed(found.plates[1].bodies, found.plates[1].spots)
    assert points[:, :2].min() == pytest.approx((180 - 250 / np.sqrt(2)) / 2, abs=0.01)
    assert points[:, :2].max() == pytest.approx((180 + 250 / np.sqrt(2)) / 2, abs=0.01)


BAD: dict[str, tuple[dict[str, Any], str]] = {
    "no parts": ({"items": []}, "has no parts"),
    "an item that is none": ({"items": [7]}, "an item"),
    "an item of another part": (
        {"items": [{"part": "x", "at_mm": [1, 2], "turn_deg": 0}]},
        "none of",
    ),
    "a place that is no number": (
        {"items": [{"part": "blank", "at_mm": [1, float("nan")], "turn_deg": 0}]},
        "item",
    ),
    "items without end": ({"items": [{}] * 2001}, "2001 items"),
    "a name that leaves the folder": ({"items": [], "name": "../x"}, "usable name"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_plate_whose_recipe_does_not_hold_is_refused(tmp_path: Path, name: str) -> None:
    changes, said = BAD[name]
    (body,) = made(Order("blank", "10in", height_u=0.5), "bambu-a1")
    parts = [] if name == "no parts" else [{**body.recipe, "name": "blank"}]
    recipe = {**body.recipe, "name": "plate-1", "parts": parts or 3, **changes}
    path = tmp_path / "bad.3mf"
    path.write_bytes(threemf_bytes([("cube", meshed(box((0, 0, 0), (30, 40, 50))))], recipe))
    with pytest.raises(InputError, match=said):
        rebuild(path)
