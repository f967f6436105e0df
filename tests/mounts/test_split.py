"""Parts in pieces: which joint where, with what play, from which files; or why there are none."""

import math
import re
from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from manifold3d import Manifold
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from catalog.calibration import UNCALIBRATED
from mounts.bed import bed_fit, lying
from mounts.exact import exact
from mounts.geometry.flat import Loop
from mounts.geometry.sheet import Body
from mounts.mesh import Mesh, mesh_of, solid_of
from mounts.recipe import Recipe
from mounts.split.axes import bed_of, sheet_box
from mounts.split.made import make_fitting
from mounts.split.obstacles import ZONE_MM, obstacles
from mounts.split.pieces import Split, split
from mounts.split.seams import Grid, Task, divided
from mounts.verify.limits import Limits
from tests.mounts import kit
from tests.mounts.kit import PI, Wish

VENTED = Wish("blank", None, "10in", 1, (("vents", True),))
PLAIN = Wish("blank", None, "10in", 1)
JACKS = Wish("panel", None, "10in")
# A joint of each kind: in a plate, behind a panel, in floors, in a floor made thicker between
# grooves, and across the print direction.
CASES = {
    "hinge with a pin": (VENTED, "generic-150", 3),
    "bolted flange": (JACKS, "generic-150", 2),
    "hooked lap, to be glued": (
        Wish("frame", PI, "10in", 2, (("pose", "on-edge"),)),
        "generic-150",
        2,
    ),
    "dovetail": (Wish("psu", "meanwell-lrs-150", "10in"), "bambu-a1-mini", 3),
}


def limits(printer: str) -> Limits:
    """Return the limits of a printer, with every rack known."""
    facts = kit.catalog()
    return Limits(facts.printer(printer), facts.material("petg"), tuple(facts.standards.values()))


@cache
def cut(kind: str) -> Split:
    """Return the part of a case, cut for its bed."""
    wish, printer, _ = CASES[kind]
    sample = kit.sample(wish)
    return split(sample.part, limits(printer), sample.spec)


@cache
def solids(kind: str) -> list[Manifold]:
    """Return the pieces of a case as solids, in place."""
    return [solid_of(piece) for piece in cut(kind).pieces]


@pytest.mark.parametrize("kind", CASES)
def test_the_joint_is_the_one_for_the_place(kind: str) -> None:
    """That its pieces keep every law is asked in `test_split_beds`."""
    found = cut(kind)
    assert len(found.pieces) == CASES[kind][2], found.why
    assert all(kind in seam.joints or "dovetail" in seam.joints for seam in found.seams)


@pytest.mark.parametrize("wish", [PLAIN, JACKS], ids=str)
def test_mesh_and_exact_solid_of_a_piece_agree(wish: Wish) -> None:
    sample = kit.sample(wish)
    piece = split(sample.part, limits("generic-150"), sample.spec).pieces[0]
    shape = exact(piece)
    assert shape.isValid()
    assert math.isclose(mesh_of(piece).volume_mm3(), shape.Volume(), rel_tol=4e-4)


@pytest.mark.parametrize("device", ["radxa-rock-5b", "orange-pi-5-plus"])
def test_a_hollow_beam_that_is_cut_is_open_and_its_exact_pieces_are_the_meshes(device: str) -> None:
    """A closed hollow is nothing a printer can make, and was nothing that STEP could be made of."""
    sample = kit.sample(Wish("tray", device, "10in"))
    assert sample.part.cores
    found = split(sample.part, limits("prusa-mini"), sample.spec)
    assert found.pieces, found.why
    for piece in found.pieces:
        mesh = mesh_of(piece)
        ends = np.asarray(mesh.triangles)
        edges = ends.ravel(), np.roll(ends, 1, axis=1).ravel()
        joined = coo_matrix((np.ones(ends.size), edges), shape=(len(mesh.vertices),) * 2)
        assert connected_components(joined, directed=False)[0] == 1  # one skin, none inside
        shape = exact(piece)
        assert shape.isValid()
        assert shape.Volume() == pytest.approx(mesh.volume_mm3(), rel=3e-4)


def test_ribs_have_legs_where_a_piece_prints_from_its_rear() -> None:
    """Its seam left them hanging: a mini PC's shelf could not be had on a bed of 180 mm."""
    sample = kit.sample(Wish("shelf", "lenovo-tiny-m720q", "10in"))
    found = split(sample.part, limits("prusa-mini"), sample.spec)
    assert len(found.pieces) == 4, found.why
    rear = [solid_of(one) for one in found.pieces if one.up == "-y"]
    assert len(rear) == 2
    whole, legs = solid_of(sample.part), sample.part.turned
    for leg in (solid_of(replace(sample.part, body=Body((one,)), perforations=())) for one in legs):
        there = sum((leg ^ one).volume() for one in rear)
        seam = 2.5 * leg.volume() / (leg.bounding_box()[3] - leg.bounding_box()[0])
        assert there == pytest.approx(leg.volume(), abs=seam)
        assert (leg ^ whole).volume() < 0.5 * leg.volume()  # whole, it prints without


def test_the_play_is_the_calibrations() -> None:
    sample = kit.sample(VENTED)
    own = UNCALIBRATED.model_copy(update={"press_mm": 0.25})
    found = split(replace(sample.part, calibration=own), limits("generic-150"), sample.spec)
    left, right, pin = (solid_of(piece) for piece in found.pieces)
    assert math.isclose(left.min_gap(right, 2.0), 0.5, abs_tol=0.01)
    assert math.isclose(left.min_gap(pin, 2.0), 0.25, abs_tol=0.02)


def test_what_cannot_be_cut_says_why_and_by_how_much() -> None:
    facts, part = kit.catalog(), kit.sample(VENTED).part
    low = facts.printer("generic-220").model_copy(update={"bed_z_mm": 5.0})
    found = split(part, Limits(low, facts.material("petg"), ()))
    assert found.pieces == ()
    assert "3.0 mm too tall for generic-220" in found.why
    small = low.model_copy(update={"bed_x_mm": 40.0, "bed_y_mm": 40.0, "bed_z_mm": 200.0})
    found = split(part, Limits(small, facts.material("petg"), ()))
    assert "mm too wide" in found.why
    # The bed that is named takes it whole, and none a millimetre smaller.
    named = re.search(r"whole it takes a bed of (\d+) x \1 mm", found.why)
    assert named
    for side in (int(named[1]), int(named[1]) - 1):
        bed = small.model_copy(update={"bed_x_mm": side, "bed_y_mm": side})
        assert bed_fit(lying(mesh_of(part), part.up), bed).fits == (side == int(named[1]))
    # The one named for its pieces takes them, and the next smaller that is sold does not.
    named = re.search(r"in pieces it takes a bed of (\d+) x \1 mm", found.why)
    assert named
    for side in (int(named[1]), int(named[1]) - 10):
        bed = small.model_copy(update={"bed_x_mm": side, "bed_y_mm": side})
        cut_there = split(part, Limits(bed, facts.material("petg"), ()))
        assert bool(cut_there.pieces) == (side == int(named[1]))


def test_rows_are_cut_where_the_walls_beside_a_heavy_box_can_be_joined() -> None:
    """Bolts of the rear brackets go through these walls, one near their middle: keep away."""
    part = kit.sample(Wish("ups", "apc-be600m1", "19in")).part
    low, high = mesh_of(part).bounds_mm()
    bounds = (low[0], high[0]), (low[1], high[1]), (low[2], high[2])
    task = Task(part, bed_of(part.up), bounds, limits("generic-150").printer)
    grid = divided(task)
    assert isinstance(grid, Grid)
    (at,) = grid.cuts[2]
    bolts = [one.along for one in obstacles(part, task.bed.way(2)) if one.pierces]
    middle = (low[2] + high[2]) / 2
    assert any(a - ZONE_MM < middle < b + ZONE_MM for a, b in bolts)
    assert all(at <= a - ZONE_MM or at >= b + ZONE_MM for a, b in bolts)


def test_the_thin_roof_of_a_groove_is_cut_straight() -> None:
    """A tongue of it would hang free: the groove of a cable tie runs under the whole board."""
    sample = kit.sample(Wish("tray", "friendlyelec-cm3588-nas-kit", "19in"))
    loops = [hole for sheet in sample.part.body.sheets for hole in sheet.holes]
    grooves = [one for one in map(extent, loops) if one[1] - one[0] > 60 and one[3] - one[2] < 7]
    assert len(grooves) == 1
    left, right, near, far = grooves[0]
    found = split(sample.part, limits("generic-150"), sample.spec)
    assert len(found.pieces) == 4, found.why
    met = [seam for seam in found.seams if left < seam.at_mm < right]
    assert met
    for seam in met:
        inside = [x for x, y in seam.path if near - 1.0 < y < far + 1.0]
        assert all(x == pytest.approx(seam.at_mm) for x in inside)
        assert any(x != pytest.approx(seam.at_mm) for x, _ in seam.path)


def extent(loop: Loop) -> tuple[float, float, float, float]:
    """Return least and greatest x, then y, of a loop."""
    xs, ys = zip(*loop.points, strict=True)
    return min(xs), max(xs), min(ys), max(ys)


def test_screws_of_the_joints_are_bought_and_their_strength_is_said() -> None:
    sample, held = kit.sample(JACKS), limits("generic-150")
    made = make_fitting(Recipe(sample.part, sample.spec, held.printer, held.material), ("stl",))
    bought = {row["what"]: row["count"] for row in made.record["hardware"]}
    assert bought["M3 x 16 pan-head screw"] == bought["M3 nut"] == 2
    assert set(made.files) == {f"{sample.part.name}-{side}.stl" for side in ("left", "right")}
    (seam,) = made.record["seams"]
    said = f"its seams keep {seam['strength_kept_pct']} % of the whole's strength"
    assert any(said in note for note in made.record["notes"])


def test_a_piece_of_filament_in_each_pair_of_lugs_holds_the_pieces_in_place() -> None:
    """It lies in both pieces, and then neither slides along the seam by more than its play."""
    (seam,) = cut("bolted flange").seams
    boxes = [sheet_box(sheet) for sheet in seam.bores]
    holes = [box for box in boxes if all(b - a < 2.5 for a, b in box[1:])]
    assert len(holes) == 2
    for hole in holes:
        (y0, y1), (z0, z1) = hole[1:]
        rod = Manifold.cylinder(8.0, 0.875, 0.875, 64, center=True).rotate([0, 90, 0])
        rod = rod.translate([seam.at_mm, (y0 + y1) / 2, (z0 + z1) / 2])
        for body in solids("bolted flange"):
            assert (rod ^ body).volume() < 1e-6
            for y, z in ((0.25, 0), (-0.25, 0), (0, 0.25), (0, -0.25)):
                assert (rod.translate([0, y, z]) ^ body).volume() > 0.1


def test_nothing_lies_on_a_corner_that_is_kept_free() -> None:
    p1 = kit.catalog().printer("bambu-p1-x1")
    free = p1.model_copy(update={"excluded_mm": None})
    square = kit.sample(VENTED).mesh
    whole_bed = Mesh(square.vertices * [250 / 254, 1, 250 / 43.66], square.triangles)
    flat = lying(whole_bed, "+y")
    assert bed_fit(flat, free).fits
    assert not bed_fit(flat, p1).fits
    assert bed_fit(lying(square, "+y"), p1).fits
