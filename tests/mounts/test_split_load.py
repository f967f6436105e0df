"""At which load a part in pieces comes apart: beam theory by hand; the weaker of two counts."""

from dataclasses import replace

import pytest
from manifold3d import Manifold, OpType

from catalog.models import Fact
from mounts.mesh import solid_of
from mounts.order import Order, spec_for
from mounts.part import Part
from mounts.parts import bar
from mounts.parts.frame_bar import bar_long_mm
from mounts.parts.frame_spec import FrameSpec
from mounts.registry import PARTS
from mounts.split import barred, joints, lugs
from mounts.split.load import (
    GRAVITY_N_KG,
    LEAST_KG,
    bears_enough,
    fails_at_kg,
    weakest_kg,
)
from mounts.split.pieces import Split, split
from mounts.strength.case import case_of
from mounts.strength.material import YEARS, Climate, design
from mounts.strength.verdict import Verdict
from mounts.verify.limits import Limits
from mounts.verify.run import verify
from mounts.verify.subject import subject_of
from tests.mounts import kit
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


def test_a_small_share_of_a_stiff_part_will_do_if_it_bears_the_load_itself() -> None:
    part, spec, _, found = cut(Order("shelf", "10in", "netgear-gs308"), "bambu-a1-mini")
    (seam,) = found.seams
    little = replace(seam, kept=0.04)
    kg = fails_at_kg(little, part, spec, PETG)
    assert kg is not None
    needed = LEAST_KG / kg  # of its section: the switch itself asks for less
    assert bears_enough(little, part, spec, PETG)
    for share, enough in ((1.01 * needed, True), (0.99 * needed, False)):
        weaker = replace(little, modulus_mm3=share * seam.modulus_mm3)
        assert bears_enough(weaker, part, spec, PETG) == enough
        assert bears_enough(replace(weaker, kept=0.06), part, spec, PETG)
    assert not bears_enough(little, part, None, PETG)
    assert not bears_enough(replace(little, joints=()), part, spec, PETG)


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


def test_a_steel_bar_bears_a_seam_with_the_plastic_and_after_it() -> None:
    """Both bend alike, so stiffness shares the load; steel that yields goes on bearing."""
    order = Order("frame", "19in", kit.PI, 2.0, options={"layers": 4, "latch": "front"})
    part, spec, limits, found = cut(order, "bambu-a1")
    (seam,), (alone,) = found.seams, split(part, limits).seams
    assert seam.joints == alone.joints
    assert alone.kept < seam.kept < 1
    # kept = (j + s) / (w + s) with the bar and j / w without.
    bar_mm4 = bar.THICK_MM * bar.HIGH_MM**3 / 12 * bar.STEEL_MPA / (1000 * PETG.e_gpa[1])
    steel = bar_mm4 / ((2 * 44.45 - 0.79) / 2)
    whole = alone.modulus_mm3 / alone.kept
    assert seam.kept == pytest.approx((alone.modulus_mm3 + steel) / (whole + steel), rel=0.02)
    both = fails_at_kg(seam, part, spec, PETG, WARM)
    assert both is not None
    plastic = design(PETG, WARM).strength_mpa * seam.modulus_mm3
    yields = bar.YIELD_MPA * bar.THICK_MM * bar.HIGH_MM**2 / 6
    # Boards all along the frame: about W l / 8 between the rack's screws.
    beam = GRAVITY_N_KG * catalog().standard("19in").hole_pitch_mm / 8
    assert both == pytest.approx((plastic + yields) / beam, rel=0.1)


def test_plates_too_thin_to_be_joined_hang_on_the_bar() -> None:
    """Fourteen boards in 1U: walls of 2 mm are cut in their middles, and nothing else would do."""
    thin = {"layers": 2, "latch": "front", "skin_mm": 0.83}
    part, spec, limits, found = cut(
        Order("frame", "19in", kit.PI, 1.0, options=thin), "generic-150"
    )
    assert not split(part, limits).pieces  # without its bar it has none
    assert isinstance(spec, FrameSpec)
    middles = {round((a + b) / 2, 3) for a, b in spec.walls_mm[1:-1]}
    assert len(found.pieces) == 4
    assert {round(one.at_mm, 3) for one in found.seams} <= middles
    assert {one.joints for one in found.seams} == {(barred.GLUED,)}
    body = Manifold.batch_boolean([solid_of(one) for one in found.pieces], OpType.Add)
    steel = spec.steel
    y, long = sum(steel.y_mm) / 2, bar_long_mm(spec)
    bought = Manifold.cube([long, bar.THICK_MM, bar.HIGH_MM], True).translate(
        [0.0, y, steel.middle_mm]
    )
    assert (body ^ bought).volume() == 0.0
    yields = bar.YIELD_MPA * bar.THICK_MM * bar.HIGH_MM**2 / 6
    beam = GRAVITY_N_KG * catalog().standard("19in").hole_pitch_mm / 8
    weakest = weakest_kg(found.seams, found.whole, spec, PETG, WARM)
    assert weakest == pytest.approx(yields / beam, rel=0.1)
    # By hand: floor and roof are two plates at a distance.
    flat, high, deep = spec.flat_mm, spec.outside_mm, spec.end_mm
    plates_mm4 = 2 * deep * flat * ((high - flat) / 2) ** 2
    bar_mm4 = bar.THICK_MM * bar.HIGH_MM**3 / 12 * bar.STEEL_MPA / (1000 * PETG.e_gpa[1])
    for one in found.seams:
        assert one.kept == pytest.approx(bar_mm4 / (bar_mm4 + plates_mm4), rel=0.05)
