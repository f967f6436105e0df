"""At which load a part in pieces comes apart: beam theory by hand; the weaker of two counts."""

from dataclasses import replace

import pytest

from catalog.models import Fact
from mounts.order import Order, spec_for
from mounts.part import Part
from mounts.registry import PARTS
from mounts.split import joints, lugs
from mounts.split.load import GRAVITY_N_KG, fails_at_kg, weakest_kg
from mounts.split.pieces import Split, split
from mounts.strength.case import case_of
from mounts.strength.material import YEARS, Climate, design
from mounts.strength.verdict import Verdict
from mounts.verify.limits import Limits
from mounts.verify.run import verify
from mounts.verify.subject import subject_of
from tests.mounts.kit import catalog

WARM = Climate(40.0, YEARS)
PETG = catalog().material("petg")
RP02_N_MM2, M3_MM2 = 310.0, 5.03  # ISO 898-1, class 4.8: yield; ISO 724: stress area of M3


def cut(order: Order, printer: str) -> tuple[Part, Fact, Limits, Split]:
    spec = spec_for(order, catalog())
    limits = Limits(
        catalog().printer(printer), PETG, tuple(catalog().standards.values()), air_c=40.0
    )
    part = PARTS[order.part].build(spec)
    return part, spec, limits, split(part, limits, spec)


def test_a_seam_in_the_middle_bends_as_a_beam_on_two_supports_does() -> None:
    """Four equal feet, two on each side: between them the moment is W / 2 (L / 2 - d)."""
    part, spec, _, found = cut(Order("shelf", "10in", "netgear-gs308"), "bambu-a1-mini")
    (seam,) = found.seams
    case = case_of(spec)
    assert case is not None
    feet = [(one.where.low[0] + one.where.high[0]) / 2 for one in case.loads]
    assert len(feet) == 4
    away = sum(map(abs, feet)) / 4
    pitch = catalog().standard("10in").hole_pitch_mm
    moment = GRAVITY_N_KG / 2 * (pitch / 2 - away)  # of one kilogram
    expected = design(PETG, WARM).strength_mpa * seam.modulus_mm3 / moment
    assert fails_at_kg(seam, part, spec, PETG, WARM) == pytest.approx(expected, rel=1e-6)


def test_colder_and_younger_it_bears_more_and_nearer_the_posts_too() -> None:
    part, spec, _, found = cut(Order("shelf", "10in", "netgear-gs308"), "bambu-a1-mini")
    (seam,) = found.seams
    now = fails_at_kg(seam, part, spec, PETG, Climate(23.0))
    later = fails_at_kg(seam, part, spec, PETG, WARM)
    aside = fails_at_kg(replace(seam, at_mm=-100.0), part, spec, PETG, WARM)
    assert now is not None
    assert later is not None
    assert aside is not None
    assert later < now
    assert later < aside


def test_a_dovetails_neck_and_a_lugs_root_are_their_weakest_places() -> None:
    """The head's two sides in shear, for a plate of 1 mm; a bolt, in the strongest plastic."""
    shear = 0.577 * 2 * 2 * joints.HALF_MM
    assert shear > joints.NECK_MM
    root = lugs.LONG_MM * lugs.HEAD_SIDE_MM**2 / 6 / lugs.AXIS_MM
    strongest = max(one.uts_xy_mpa[0] for one in catalog().materials.values())
    assert root * strongest < M3_MM2 * RP02_N_MM2


def test_the_verdict_counts_what_gives_way_first() -> None:
    whole = Verdict(1.0, 0.1, 0.3, 1.0, 1.0, 20.0)
    weak, strong = replace(whole, joint_kg=2.0), replace(whole, joint_kg=50.0)
    assert (whole.fails_at_kg, weak.fails_at_kg, strong.fails_at_kg) == (20.0, 2.0, 20.0)
    assert (whole.sound, weak.sound, strong.sound) == (True, False, True)


def test_verify_tells_the_seam_of_what_does_not_fit_the_bed_whole() -> None:
    """Disks on a low tray: the part itself would bear more than its seam."""
    part, spec, limits, found = cut(Order("drives", "19in", "2.5in"), "bambu-a1")
    seam = weakest_kg(found.seams, found.whole, spec, PETG, WARM)
    assert seam is not None
    report = verify(subject_of(part, spec), limits)
    assert report.read["fails_at_kg"] == pytest.approx(round(seam, 1))
    assert any(f"gives way at {seam:.1f} kg" in note for note in report.notes)
    large = limits.printer.model_copy(update={"bed_x_mm": 600.0, "bed_y_mm": 600.0})
    whole = verify(subject_of(part, spec), replace(limits, printer=large))
    assert whole.read["fails_at_kg"] > report.read["fails_at_kg"]
