"""A covering sample of samples, racks and beds: their pieces keep every law.

`scripts/split_beds.py` asks it of all of them, which takes minutes.
"""

from dataclasses import replace
from functools import cache
from types import ModuleType
from typing import Any

import pytest

from mounts.mesh import mesh_of, solid_of
from mounts.order import Order, spec_for
from mounts.registry import PARTS
from mounts.samples import SAMPLES
from mounts.split import joints
from mounts.split.pieces import Split, split
from mounts.split.section import modulus, section, turned
from tests.mounts import kit
from tests.mounts.kit import PI, Wish
from tests.scripts import script

# Every family that outgrows a bed, every bed, every joint; what was once refused or badly cut.
COVER = {
    ("adapter-whole", "19in", "bambu-a1-mini"),
    ("blank", "19in", "generic-150"),
    ("cable-lacing", "19in", "prusa-xl"),
    ("cable-rings", "19in", "generic-220"),
    ("drives", "19in", "prusa-mk3s"),
    ("frame-fans", "19in", "bambu-p1-x1"),
    ("frame-on-edge", "10in", "generic-220"),
    ("panel-fans", "19in", "generic-220"),
    ("panel-jacks", "19in", "bambu-a1-mini"),
    ("psu-atx", "10in", "generic-150"),
    ("shelf", "19in", "generic-150"),
    ("tray", "19in", "generic-150"),
    ("tray-large", "10in", "generic-150"),
    ("ups", "19in", "generic-150"),
}


def survey() -> ModuleType:
    """Return the script that surveys all beds."""
    return script("split_beds")


def case(name: str, rack: str, bed: str) -> Any:
    """Return a sample on a bed."""
    ((_, _, spec, part),) = survey().parts(kit.catalog(), [name], [rack])
    return survey().Case(part, spec, *survey().held_to(kit.catalog(), bed))


@pytest.mark.parametrize("where", sorted(COVER), ids=" ".join)
def test_pieces_keep_every_law(where: tuple[str, str, str]) -> None:
    record = survey().on_bed(case(*where))
    assert record["pieces"] > 1, record.get("why")
    assert record["broken"] == []


def test_ribs_that_run_aslant_through_a_seam_are_cut_straight() -> None:
    """A lap would leave them thin; a post beside a hole neither. It was refused once."""
    wish = {"bar_mm": 3.0, "thread": "10-32-nut"}
    spec = spec_for(Order("adapter", "19in", height_u=4.0, options=wish), kit.catalog())
    part = PARTS["adapter"].build(spec)
    own = survey().Case(part, spec, *survey().held_to(kit.catalog(), "generic-150"))
    record = survey().on_bed(own)
    assert record["pieces"] == 8, record.get("why")
    assert record["broken"] == []


def test_a_hollow_beam_is_filled_where_it_is_cut_and_a_dovetail_holds_it() -> None:
    """By the meshes: what of one piece stands in the neck's plane, against the whole tray there."""
    own = case("tray", "19in", "generic-150")
    found = split(own.part, own.limits, own.spec)
    assert [seam.joints for seam in found.seams] == [("dovetail",)] * 3
    for seam in found.seams:
        neck = min(
            (
                section(solid_of(piece), seam.way, seam.at_mm + side * (joints.HALF_MM - 0.3))
                for piece in found.pieces
                for side in (-1, 1)
            ),
            key=lambda shape: (shape.is_empty, shape.area),
        )
        whole = section(solid_of(own.part), seam.way, seam.at_mm)
        assert modulus(neck) > 0.4 * modulus(whole)
        assert modulus(turned(neck)) > 0.4 * modulus(turned(whole))
        assert seam.upright_kept > 0.4


def test_every_bed_and_every_family_that_outgrows_one_is_covered() -> None:
    assert {bed for _, _, bed in COVER} == set(survey().BEDS)
    family = {sample.name: sample.order.part for sample in SAMPLES}
    small = survey().held_to(kit.catalog(), "generic-150")[0].printer
    grown = {
        family[name]
        for name, _, _, part in survey().parts(kit.catalog())
        if max(b - a for a, b in zip(*mesh_of(part).bounds_mm(), strict=True))
        > 1.5 * max(small.bed_x_mm, small.bed_y_mm)
    }
    # A heavy box is cut as any is; `make nightly` and the script ask for it.
    assert grown - {"nas"} <= {family[name] for name, _, _ in COVER}


@cache
def cut_jacks() -> tuple[Any, Split]:
    """Return a panel in three pieces that keeps every law."""
    own = case("panel-jacks", "19in", "bambu-a1-mini")
    return own, split(own.part, own.limits, own.spec)


def test_the_survey_notices_a_piece_that_is_missing() -> None:
    own, found = cut_jacks()
    less = replace(found, pieces=found.pieces[:-1])
    assert any("off the whole's size" in one for one in survey().broken(own, less))


def test_the_survey_notices_pieces_that_share_space() -> None:
    own, found = cut_jacks()
    twice = replace(found, pieces=(*found.pieces, found.pieces[0]))
    assert any("share" in one for one in survey().broken(own, twice))


def test_the_survey_notices_too_wide_a_gap() -> None:
    own, found = cut_jacks()
    tight = own.part.calibration.model_copy(update={"press_mm": 0.1})
    said = survey().broken(own, replace(found, whole=replace(found.whole, calibration=tight)))
    assert any("is wider than 0.2 mm" in one for one in said), said


def test_a_frame_cut_in_its_walls_keeps_every_law_too() -> None:
    """Fourteen boards in 1U, on a steel bar: no sample, for its skins are thinner than most."""
    thin = {"layers": 2, "latch": "front", "skin_mm": 0.83}
    spec = kit.spec_of(Wish("frame", PI, "19in", 1.0, tuple(thin.items())))
    part = PARTS["frame"].build(spec)
    own = survey().Case(part, spec, *survey().held_to(kit.catalog(), "bambu-p1-x1"))
    found = split(own.part, own.limits, own.spec)
    assert found.pieces
    assert survey().broken(own, found) == []
