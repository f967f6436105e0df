"""Parts in pieces: they fit the bed, keep apart, and together are the whole less its gaps."""

import math
from itertools import combinations

import pytest

from catalog.calibration import UNCALIBRATED
from catalog.models import Printer
from mounts.bed import bed_fit, lying
from mounts.exact import exact
from mounts.mesh import Mesh, from_manifold, mesh_of, solid_of
from mounts.split.pieces import Split, split
from mounts.verify.limits import Limits
from mounts.verify.run import verify
from mounts.verify.subject import Subject
from tests.mounts import kit
from tests.mounts.kit import PI, SWITCH, Wish

CASES = [
    (Wish("blank", None, "19in", 1, (("vents", True),)), "generic-220", 2),
    (Wish("shelf", SWITCH, "19in"), "bambu-a1-mini", 3),
    (Wish("tray", PI, "10in"), "bambu-a1-mini", 2),
    (Wish("frame", PI, "19in", 2, (("pose", "on-edge"),)), "bambu-a1", 2),
]


def limits(printer: Printer) -> Limits:
    """Return the limits of a printer, with every rack known."""
    facts = kit.catalog()
    return Limits(printer, facts.material("petg"), tuple(facts.standards.values()))


def cut(wish: Wish, printer: str) -> Split:
    """Return a part cut for a printer."""
    return split(kit.sample(wish).part, limits(kit.catalog().printer(printer)))


@pytest.mark.parametrize(("wish", "printer", "count"), CASES, ids=str)
def test_pieces_fit_pass_and_are_together_the_whole(wish: Wish, printer: str, count: int) -> None:
    found, bed = cut(wish, printer), kit.catalog().printer(printer)
    assert len(found.pieces) == count, found.why
    solids = [solid_of(piece) for piece in found.pieces]
    for piece in found.pieces:
        assert bed_fit(lying(mesh_of(piece), piece.up), bed).fits
        # By itself, as from its file: half a frame does not hold every sled.
        report = verify(Subject(piece.name, mesh_of(piece), piece.up), limits(bed))
        assert [str(f) for f in report.findings] == []
    assert all((a ^ b).volume() < 1e-6 for a, b in combinations(solids, 2))
    whole = solid_of(found.whole)
    total = sum(solid.volume() for solid in solids)
    # The gap is as wide as the play of both sides. A lap runs 6 mm sideways through a floor of
    # 2 mm: four times the straight way, and a vent may lie beside the straight way.
    area = sum(whole.rotate([0.0, -90.0, 0.0]).slice(s.at_mm).area() for s in found.seams)
    gap = 2 * UNCALIBRATED.press_mm * area
    assert 0.5 * gap < whole.volume() - total < 5 * gap
    low, high = from_manifold(sum(solids[1:], solids[0])).bounds_mm()
    ends = from_manifold(whole).bounds_mm()
    assert max(abs(a - b) for a, b in zip((*low, *high), (*ends[0], *ends[1]), strict=True)) < 0.1


def test_mesh_and_exact_solid_of_a_piece_agree() -> None:
    wish, printer, _ = CASES[0]
    for piece in cut(wish, printer).pieces:
        shape = exact(piece)
        assert shape.isValid()
        assert math.isclose(mesh_of(piece).volume_mm3(), shape.Volume(), rel_tol=4e-4)


def test_what_cannot_be_cut_says_why_and_by_how_much() -> None:
    low = kit.catalog().printer("generic-220").model_copy(update={"bed_z_mm": 5.0})
    found = split(kit.sample(CASES[0][0]).part, limits(low))
    assert found.pieces == ()
    assert "mm too tall" in found.why


def test_nothing_lies_on_a_corner_that_is_kept_free() -> None:
    p1 = kit.catalog().printer("bambu-p1-x1")
    free = p1.model_copy(update={"excluded_mm": None})
    square = kit.sample(Wish("blank", None, "10in", 1, (("vents", True),))).mesh
    whole_bed = Mesh(square.vertices * [250 / 254, 1, 250 / 43.66], square.triangles)
    flat = lying(whole_bed, "+y")
    assert bed_fit(flat, free).fits
    assert not bed_fit(flat, p1).fits
    assert bed_fit(lying(square, "+y"), p1).fits
