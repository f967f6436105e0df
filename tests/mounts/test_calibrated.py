"""Parts drawn for one printer: holes and plays read back from their meshes are as it wants them."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from manifold3d import Manifold

from catalog.calibration import UNCALIBRATED, Calibration, Shrink
from catalog.problems import InputError
from mounts.assembly import moved_mesh, sled_matrix
from mounts.exact import exact
from mounts.geometry.flat import Loop, circle, polygon, slot
from mounts.geometry.grown import grown, grown_cuts
from mounts.geometry.sheet import Sheet
from mounts.mesh import Mesh, mesh_of, solid_of
from mounts.order import Order, spec_for
from mounts.part import Part
from mounts.parts.frame_spec import FrameSpec
from mounts.parts.sled_spec import SledSpec
from mounts.parts.tray_spec import TraySpec
from mounts.pieces import like, pieces
from mounts.registry import PARTS
from mounts.samples import of_family
from rack.calibrated import calibration_of
from rack.spec import RackSpec
from tests.mounts.kit import PI, Wish, catalog, spec_of
from tests.mounts.measure import Opening, openings, solid_along

GROWTH_MM = 0.24
AXIS = {"xy": "z", "xz": "y", "yz": "x"}


def calibration(**figures: Any) -> Calibration:
    shrink = (Shrink(material="petg", xy_pct=0.4),)
    return Calibration(name="mine", printer="bambu-a1", shrink=shrink, **figures)


def of_family_spec(family: str) -> Any:
    """The first sample of a family, without its vents: nothing is put through those."""
    spec = spec_for(of_family(family)[0].order, catalog())
    return like(spec, vents=False) if "vents" in type(spec).model_fields else spec


def levels(part: Part) -> list[tuple[str, float]]:
    """Where to cut a part so that its holes are seen: amid the sheets that have any."""
    found = [
        (AXIS[sheet.plane], (sheet.start_mm + sheet.end_mm) / 2 + 0.03)
        for sheet in part.body.sheets
        if sheet.holes
    ]
    found += [
        (AXIS[one.plane], (one.start_mm + one.end_mm) / 2) for one in part.perforations if one.bore
    ]
    return list(dict.fromkeys(found))[:3]


def is_round(one: Opening) -> bool:
    return abs(one.wide - one.high) < 0.02 and one.wide <= 12.0


def differences(plain: Mesh, wider: Mesh, axis: str, at: float) -> list[tuple[Opening, float]]:
    """Each hole of a section, and by how much it is wider in the other mesh."""
    found: list[tuple[Opening, float]] = []
    others = openings(wider, axis, at)
    for one in openings(plain, axis, at):
        near = [o for o in others if abs(o.u - one.u) < 0.02 and abs(o.v - one.v) < 0.02]
        if len(near) == 1:
            found.append((one, near[0].wide - one.wide))
    return found


@pytest.mark.parametrize("family", sorted(PARTS))
def test_round_holes_of_every_family_are_wider_by_the_growth(family: str) -> None:
    spec = of_family_spec(family)
    wanted = like(spec, calibration=calibration(hole_mm=GROWTH_MM))
    part, other = PARTS[family].build(spec), PARTS[family].build(wanted)
    meshes = mesh_of(part), mesh_of(other)
    found = [d for axis, at in levels(part) for d in differences(*meshes, axis, at)]
    grew = [more for _, more in found if abs(more) > 1e-3]
    assert grew, "every family is screwed to something"
    for one, more in found:
        # Beside a slot there may be a wall that it does not grow into.
        assert -1e-3 <= more <= GROWTH_MM + 3e-3, one
        assert not is_round(one) or more == pytest.approx(GROWTH_MM, abs=3e-3), one
    assert meshes[1].open_edges() == 0
    assert meshes[1].pieces() == 1


@pytest.mark.parametrize("family", ["blank", "coupon", "wall"])
def test_both_kernels_draw_the_wider_holes(family: str) -> None:
    spec = like(of_family_spec(family), calibration=calibration(hole_mm=0.4, screw_mm=0.1))
    part = PARTS[family].build(spec)
    shape, mesh = exact(part), mesh_of(part)
    assert shape.isValid()
    assert mesh.volume_mm3() == pytest.approx(shape.Volume(), rel=2e-3)


def same(one: Loop, other: Loop) -> None:
    assert np.allclose(one.points, other.points)
    assert np.allclose(one.radii, other.radii)


def test_a_hole_grows_about_its_own_middle() -> None:
    same(grown(circle((3.0, 4.0), 5.0), 0.4), circle((3.0, 4.0), 5.4))
    same(grown(slot((0.0, 1.0), 9.0, 4.0), 0.2), slot((0.0, 1.0), 9.2, 4.2))
    assert grown(circle((0.0, 0.0), 12.5), 0.4) == circle((0.0, 0.0), 12.5), "a mouth for air"
    corner = polygon([(0.0, 0.0), (4.0, 0.0), (4.0, 2.0), (2.0, 2.0), (2.0, 4.0), (0.0, 4.0)])
    wider = [(-0.1, -0.1), (4.1, -0.1), (4.1, 2.1), (2.1, 2.1), (2.1, 4.1), (-0.1, 4.1)]
    same(grown(corner, 0.2), polygon(wider))
    fine = polygon([(0.0, 0.0), (4.0, 0.0), (4.0, 4.0), (2.0, 1.0), (1.95, 1.0), (0.0, 4.0)])
    assert grown(fine, 0.4) == fine


def test_what_is_bored_for_a_joint_is_wider_too() -> None:
    bore = Sheet("yz", circle((0.0, 5.0), 3.4), -10.0, 10.0)
    (wider,) = grown_cuts([bore], 0.2)
    same(wider.outline, circle((0.0, 5.0), 3.6))
    assert (wider.start_mm, wider.end_mm) == (-10.0, 10.0)


def test_a_core_hole_is_tighter_than_a_clearance_hole_if_screws_ask_for_it() -> None:
    spec = spec_of(Wish("tray", PI))
    tight = like(spec, calibration=calibration(hole_mm=0.2, screw_mm=-0.1))
    plain, other = (mesh_of(PARTS["tray"].build(one)) for one in (spec, tight))
    cut = spec.seat.under_mm - 0.3
    cores = [more for one, more in differences(plain, other, "z", cut) if is_round(one)]
    assert cores == pytest.approx([0.2 - 0.1] * 4, abs=3e-3)


@pytest.mark.parametrize("slide_mm", [0.12, 0.3, 0.45])
def test_a_sled_has_the_play_of_its_calibration_in_its_groove(slide_mm: float) -> None:
    """On edge, the plate's faces and the groove's are read from the meshes in place."""
    wish = Wish("frame", PI, "10in", 2.0, (("pose", "on-edge"), ("count", 3)))
    spec = like(spec_of(wish), calibration=calibration(slide_mm=slide_mm))
    assert isinstance(spec, FrameSpec)
    inner = next(piece.spec for piece in pieces(spec) if piece.family == "sled")
    assert isinstance(inner, SledSpec)
    frame = mesh_of(PARTS["frame"].build(spec))
    sled = moved_mesh(mesh_of(PARTS["sled"].build(inner)), sled_matrix(spec, 1))
    y = spec.end_mm - 2.0  # behind the spring
    ribs = solid_along(frame, "y", y, spec.inside_low_mm + 1.5)
    ((left, right),) = solid_along(sled, "y", y, spec.inside_low_mm + 1.5)
    before = max(end for _, end in ribs if end < left)
    behind = min(start for start, _ in ribs if start > right)
    assert left - before == pytest.approx(slide_mm, abs=2e-3)
    assert behind - right == pytest.approx(slide_mm, abs=2e-3)
    rear = sled.vertices[sled.vertices[:, 1] > 0.9 * spec.end_mm, 2]
    low, high = float(rear.min()), float(rear.max())
    assert low - spec.inside_low_mm == pytest.approx(slide_mm, abs=2e-3)
    assert spec.inside_high_mm - high == pytest.approx(slide_mm, abs=2e-3)


@pytest.mark.parametrize("slide_mm", [0.12, 0.45])
def test_a_flat_sled_has_its_play_between_its_rails(slide_mm: float) -> None:
    wish = Wish("frame", PI, "10in", 1.0, (("pose", "flat"), ("count", 2)))
    spec = like(spec_of(wish), calibration=calibration(slide_mm=slide_mm))
    assert isinstance(spec, FrameSpec)
    inner = next(piece.spec for piece in pieces(spec) if piece.family == "sled")
    frame, sled = mesh_of(PARTS["frame"].build(spec)), mesh_of(PARTS["sled"].build(inner))
    sled = moved_mesh(sled, sled_matrix(spec, 1))
    y = spec.end_mm - 2.0
    behind = sled.vertices[sled.vertices[:, 1] > y]
    x = float(behind[:, 0].max()) - 1.0  # well within the groove

    def upwards(mesh: Mesh) -> list[tuple[float, float]]:
        swapped = Mesh(mesh.vertices[:, [2, 1, 0]], mesh.triangles[:, ::-1])
        return solid_along(swapped, "y", y, x)

    rails, ((low, high),) = upwards(frame), upwards(sled)
    assert low - max(end for _, end in rails if end < low) == pytest.approx(slide_mm, abs=2e-3)
    assert min(at for at, _ in rails if at > high) - high == pytest.approx(slide_mm, abs=2e-3)


def test_a_nut_is_held_as_tightly_as_pressing_asks() -> None:
    spec = spec_for(of_family("stack")[0].order, catalog())
    other = like(spec, calibration=calibration(press_mm=0.05))
    wide = [
        min(o.wide for o in openings(mesh_of(PARTS["stack"].build(one)), "z", 1.0) if o.wide > 4.5)
        for one in (spec, other)
    ]
    assert wide[0] - wide[1] == pytest.approx(2 * (0.15 - 0.05), abs=2e-3)


@pytest.mark.parametrize("press_mm", [0.05, 0.4])
def test_a_jack_has_the_play_of_pressing_on_each_side(press_mm: float) -> None:
    """A jack's body is 14.5 mm wide; so many stand in a row as without a calibration."""
    spec = spec_of(Wish("panel", None, "10in", 1.0, (("keystones", 3), ("vents", False))))
    own = like(spec, calibration=calibration(press_mm=press_mm))
    seats = [o for o in openings(mesh_of(PARTS["panel"].build(own)), "y", 0.5) if o.wide > 12.0]
    assert [o.wide for o in seats] == pytest.approx([14.5 + 2 * press_mm] * 3, abs=2e-3)
    assert [o.high for o in seats] == pytest.approx([16.1 + 2 * press_mm] * 3, abs=2e-3)
    assert own.jack_rows()[0].xs == spec.jack_rows()[0].xs


def test_a_rack_takes_another_calibration_than_its_file_names() -> None:
    own = calibration()
    rack = RackSpec.model_validate(
        {"version": 1, "name": "tiny", "rack": "10in", "height": "2U", "calibration": "gone.toml"}
    )
    assert calibration_of(rack, "rack.toml", own) is own
    with pytest.raises(InputError, match=r"gone\.toml: no such file"):
        calibration_of(rack, "rack.toml")


def test_without_a_calibration_nothing_is_drawn_otherwise() -> None:
    spec = spec_of(Wish("tray", PI))
    part = PARTS["tray"].build(spec)
    assert part.calibration is UNCALIBRATED
    same = replace(
        PARTS["tray"].build(like(spec, calibration=Calibration())), calibration=UNCALIBRATED
    )
    assert same == part


@pytest.mark.parametrize("slide_mm", [0.2, 0.3, 0.5])
def test_a_board_has_the_play_of_its_calibration_in_its_cradle(slide_mm: float) -> None:
    """A slab as large as the board and its play goes between the corners; a larger one does not."""
    facts = catalog()
    board = next(
        name
        for name, one in sorted(facts.boards.items())
        if not any(hole.use == "mount" for hole in one.holes)
    )
    spec = spec_for(Order("tray", "19in", board), facts)
    assert isinstance(spec, TraySpec)
    own = like(spec, calibration=calibration(slide_mm=slide_mm))
    tray = solid_of(PARTS["tray"].build(own))
    (seat,) = [one.seat for one in own.carried]
    low = (seat.center_mm - seat.across_mm / 2, seat.edge_mm)
    for over, meets in ((slide_mm - 0.02, False), (slide_mm + 0.05, True)):
        size = [seat.across_mm + 2 * over, seat.deep_mm + over, 0.8]  # its front is at the panel
        slab = Manifold.cube(size).translate([low[0] - over, low[1], seat.top_mm + 0.3])
        assert ((slab ^ tray).volume() > 1e-3) == meets


@pytest.mark.parametrize("slide_mm", [0.2, 0.3, 0.5])
def test_a_module_has_the_play_of_its_calibration_in_labstacks_opening(slide_mm: float) -> None:
    options = {"pose": "on-edge", "opening": "labstack"}
    spec = spec_for(Order("frame", "10in", "raspberry-pi-4b", 2.0, options=options), catalog())
    assert isinstance(spec, FrameSpec)
    own = like(spec, calibration=calibration(slide_mm=slide_mm))
    points = mesh_of(PARTS["frame"].build(own)).vertices
    behind = points[points[:, 1] > own.panel_mm + 1.0]
    assert float(np.ptp(behind[:, 2])) == pytest.approx(72.0 - 2 * (slide_mm - 0.1), abs=1e-3)
