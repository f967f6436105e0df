"""What goes to the printer: larger by the shrink, higher by the squeeze, its foot drawn in."""

import json
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.calibration import UNCALIBRATED, Calibration, Shrink, calibration_text
from catalog.problems import InputError
from cli.main import main
from mounts.bed import lying
from mounts.corrected import FOOT_HIGH_MM, as_drawn, footed, printed, room_for
from mounts.export import Made, make
from mounts.mesh import Mesh, manifold, solid_of
from mounts.order import spec_for
from mounts.parts.blank import BlankSpec
from mounts.pieces import like
from mounts.rebuild import rebuild
from mounts.recipe import Recipe
from mounts.registry import PARTS
from mounts.samples import of_family
from mounts.split.made import make_fitting
from mounts.split.pieces import split
from mounts.verify.limits import Limits
from mounts.verify.load import load
from mounts.verify.package import read_package
from mounts.verify.run import verify
from tests.mounts import kit
from tests.mounts.kit import Wish

BOX = Mesh(
    np.array([[x, y, z] for x in (-20.0, 20.0) for y in (-10.0, 10.0) for z in (0.0, 5.0)]),
    np.array(
        [[0, 1, 3], [0, 3, 2], [4, 6, 7], [4, 7, 5], [0, 4, 5], [0, 5, 1],
         [2, 3, 7], [2, 7, 6], [0, 2, 6], [0, 6, 4], [1, 5, 7], [1, 7, 3]]
    ),
)  # fmt: skip
PLATE = Wish("blank", None, "19in", 1.0, (("vents", True),))
FULL: dict[str, Any] = {
    "slide_mm": 0.2, "press_mm": 0.1, "hole_mm": 0.22, "screw_mm": 0.05, "foot_mm": 0.12,
    "first_layer_mm": 0.04,
}  # fmt: skip


def calibration(xy_pct: float = 0.0, z_pct: float = 0.0, **figures: Any) -> Calibration:
    shrink = (Shrink(material="petg", xy_pct=xy_pct, z_pct=z_pct),)
    return Calibration(name="mine", printer="bambu-a1", shrink=shrink, **figures)


def made(family: str, own: Calibration, formats: tuple[Any, ...] = ("3mf",)) -> Made:
    facts = kit.catalog()
    spec = like(spec_for(of_family(family)[0].order, facts), calibration=own)
    if family == "blank":  # hundreds of vents are slow to write, and no question here
        spec = like(spec, vents=False)
    part = PARTS[family].build(spec)
    return make(Recipe(part, spec, facts.printer("bambu-a1"), facts.material("petg")), formats)


@settings(max_examples=15)
@given(xy=st.floats(-1, 3), z=st.floats(-1, 3), rise=st.floats(-0.15, 0.2))
def test_a_print_that_shrinks_and_sinks_comes_out_as_drawn(
    xy: float, z: float, rise: float
) -> None:
    """What the printer does is done to the corrected mesh: the box is back."""
    own = calibration(xy, z, first_layer_mm=rise)
    stood = printed(BOX, own, "petg")
    points = stood.vertices * [1 - xy / 100, 1 - xy / 100, 1 - z / 100]
    points[:, 2] -= rise * (points[:, 2] > FOOT_HIGH_MM)
    assert np.allclose(points, BOX.vertices, atol=1e-5)
    assert np.allclose(as_drawn(stood, own, "petg").vertices, BOX.vertices, atol=1e-5)
    flat = printed(BOX, calibration(xy), "petg")
    assert flat.volume_mm3() == pytest.approx(BOX.volume_mm3() / (1 - xy / 100) ** 2, rel=1e-6)


def test_without_readings_the_mesh_itself_is_printed() -> None:
    assert printed(BOX, UNCALIBRATED, "petg") is BOX
    assert printed(BOX, calibration(), "petg") is BOX
    assert room_for(kit.catalog().printer("bambu-a1"), UNCALIBRATED, "pla").bed_x_mm == 256


@pytest.mark.parametrize("foot_mm", [0.05, 0.2, 0.3])
def test_the_first_layer_alone_is_drawn_in(foot_mm: float) -> None:
    drawn = footed(BOX, calibration(foot_mm=foot_mm))
    wide, deep = 40.0, 20.0
    lost = (wide * deep - (wide - 2 * foot_mm) * (deep - 2 * foot_mm)) * FOOT_HIGH_MM
    assert BOX.volume_mm3() - drawn.volume_mm3() == pytest.approx(lost, rel=1e-3)
    low = drawn.vertices[drawn.vertices[:, 2] < 1e-6]
    assert np.abs(low[:, 0]).max() == pytest.approx(20 - foot_mm, abs=1e-5)
    assert np.abs(drawn.vertices[:, 0]).max() == pytest.approx(20.0)
    assert drawn.open_edges() == 0
    above = manifold(drawn).slice(FOOT_HIGH_MM + 1e-3).area()
    assert above == pytest.approx(wide * deep)


def test_a_wall_of_two_lines_keeps_its_foot() -> None:
    thin = Mesh(BOX.vertices * [0.02, 1.0, 1.0], BOX.triangles)  # 0.8 mm wide
    assert footed(thin, calibration(foot_mm=0.2)).volume_mm3() == pytest.approx(
        thin.volume_mm3(), rel=1e-6
    )


@pytest.mark.parametrize("family", ["blank", "sled", "shelf"])
def test_a_calibrated_file_reads_back_as_right(family: str, tmp_path: Any) -> None:
    """Its panel has the standard's sizes again, the device has room, nothing hangs."""
    facts = kit.catalog()
    limits = Limits(
        facts.printer("bambu-h2d"), facts.material("petg"), tuple(facts.standards.values())
    )
    one = made(family, calibration(0.5, 0.2, **FULL))
    ((name, data),) = one.files.items()
    (tmp_path / name).write_bytes(data)
    (subject,) = load(tmp_path / name)
    assert subject.spec is not None, subject.notes
    assert "mine" in subject.notes[0]
    report = verify(subject, limits)
    assert [str(found) for found in report.findings] == []
    lain = lying(one.mesh, one.part.up)
    sizes = [np.ptp(np.asarray(mesh.bounds_mm()), axis=0) for mesh in (lain, one.lying)]
    assert sizes[1][0] / sizes[0][0] == pytest.approx(1 / 0.995, abs=1e-6)
    again = rebuild(tmp_path / name)
    assert again.same


def test_an_stl_reads_back_as_right_if_its_calibration_is_named(tmp_path: Any) -> None:
    """1 % larger, a panel of 254 mm is no panel of any standard; the file says what it needs."""
    own = calibration(1.0)
    files = made("blank", own, ("stl",)).files
    ((name, data),) = files.items()
    (tmp_path / name).write_bytes(data)
    (tmp_path / "own.toml").write_text(calibration_text(own), encoding="utf-8")
    words = ["verify", str(tmp_path / name)]
    bare = CliRunner().invoke(main, words)
    assert bare.exit_code == 1
    assert "panel." in bare.output
    assert "drawn for mine: name that file with --calibration" in bare.output
    words += ["--calibration", str(tmp_path / "own.toml")]
    told = CliRunner().invoke(main, words)
    assert told.exit_code == 0, told.output
    assert CliRunner().invoke(main, [*words, "--up", "+y"]).exit_code == 2
    assert CliRunner().invoke(main, [*words, "--material", "pla"]).exit_code == 2


def test_a_piece_reads_back_at_the_size_it_was_drawn_in(tmp_path: Any) -> None:
    facts = kit.catalog()
    spec = like(kit.spec_of(PLATE), calibration=calibration(1.0))
    of = Recipe(
        PARTS["blank"].build(spec), spec, facts.printer("generic-220"), facts.material("petg")
    )
    one = make_fitting(of, ("3mf",)).pieces[0]
    ((name, data),) = one.files.items()
    (tmp_path / name).write_bytes(data)
    (subject,) = load(tmp_path / name)
    assert subject.as_read is not None
    assert subject.mesh.volume_mm3() == pytest.approx(one.mesh.volume_mm3(), rel=1e-5)
    assert rebuild(tmp_path / name).same


def test_every_file_names_its_calibration_and_carries_its_figures() -> None:
    own = calibration(0.5, **FULL)
    files = made("blank", own, ("stl", "3mf", "step")).files
    names = {name.rpartition(".")[2]: data for name, data in files.items()}
    assert b"calibration mine" in names["stl"][:80]
    package = read_package(names["3mf"], "x")
    recipe = json.loads(package.recipe or "")
    assert recipe["calibration"] == "mine"
    assert Calibration(**recipe["spec"]["calibration"]) == own
    assert b"mine" in names["step"].partition(b"ENDSEC;")[0]
    record = made("blank", own, ()).record
    assert record["calibration"] == "mine"
    assert "0.50% larger" in record["notes"][-1]


def test_a_step_stays_as_the_part_is_to_be() -> None:
    plain, scaled = (
        made("blank", calibration(pct), ("step",)).files.popitem()[1].partition(b"ENDSEC;")[2]
        for pct in (0.0, 1.0)
    )
    assert plain == scaled


def test_a_calibration_of_no_effect_makes_the_same_shapes() -> None:
    one, other = (made("blank", own, ("stl", "3mf")).files for own in (UNCALIBRATED, calibration()))
    assert {*one} == {*other}
    for name, data in one.items():
        if name.endswith(".stl"):
            assert data[80:] == other[name][80:]
        else:
            meshes = [read_package(file, name).bodies[0][1] for file in (data, other[name])]
            assert np.array_equal(meshes[0].vertices, meshes[1].vertices)
            assert np.array_equal(meshes[0].triangles, meshes[1].triangles)


def test_another_filament_is_refused() -> None:
    own = calibration(0.5)
    with pytest.raises(InputError, match="holds no readings of pla"):
        printed(BOX, own, "pla")


def test_what_fits_the_bed_only_as_drawn_is_cut_and_its_pieces_have_the_press_play() -> None:
    """482.6 mm of blank on a bed of 484: 1 % larger it does not fit."""
    facts = kit.catalog()
    narrow = facts.printer("bambu-a1").model_copy(update={"bed_x_mm": 484.0, "bed_y_mm": 50.0})
    spec = kit.spec_of(PLATE)
    assert isinstance(spec, BlankSpec)
    found = {}
    for pct in (0.0, 1.0):
        own = like(spec, calibration=calibration(pct, press_mm=0.08))
        of = Recipe(PARTS["blank"].build(own), own, narrow, facts.material("petg"))
        found[pct] = make_fitting(of, ("3mf",))
    assert found[0.0].fit.fits
    pieces = found[1.0].pieces
    assert all(one.fit.fits for one in pieces)
    left, right, _pin = (manifold(one.mesh) for one in pieces)
    assert (left ^ right).volume() < 1e-6
    assert left.min_gap(right, 1.0) == pytest.approx(2 * 0.08, abs=1e-4)
    assert found[1.0].record["seams"][0]["play_mm"] == 0.08


def test_a_bolted_joint_has_the_play_of_pressing_and_bores_as_wide_as_the_printer_wants() -> None:
    facts = kit.catalog()
    limits = Limits(facts.printer("generic-150"), facts.material("petg"), ())
    volumes: list[float] = []
    for grown in (0.0, 0.3):
        own = calibration(press_mm=0.25, hole_mm=grown)
        spec = like(kit.spec_of(Wish("panel", None, "10in")), calibration=own)
        found = split(PARTS["panel"].build(spec), limits, spec)
        assert any("bolted flange" in one.joints for one in found.seams)
        left, right = (solid_of(piece) for piece in found.pieces)
        assert (left ^ right).volume() < 1e-6
        assert left.min_gap(right, 1.0) == pytest.approx(0.5, abs=1e-4)
        volumes.append(sum(one.volume() for one in (left, right)))
    assert volumes[1] < volumes[0]
