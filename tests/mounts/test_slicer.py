"""PrusaSlicer is found, bounded and read; and it agrees that our parts need no supports."""

import os
import stat
from pathlib import Path

import pytest

from catalog.problems import CheckFailed, ToolMissing
from mounts import slicer
from mounts.assembly import blocks_solid
from mounts.bed import lying
from mounts.board import Block
from mounts.estimate import TIME_OFF, WEIGHT_OFF, estimate
from mounts.mesh import Mesh, from_manifold
from mounts.order import Order, spec_for
from mounts.printing import estimated, sliced
from mounts.registry import PARTS
from mounts.samples import SAMPLES
from mounts.slicer import minutes_of, slice_mesh
from tests.mounts import kit
from tests.mounts.kit import SWITCH, built

PRINTER, PETG = kit.catalog().printer("bambu-a1"), kit.catalog().material("petg")
ORDERS = {sample.name: sample.order for sample in SAMPLES}
ORDERS["psu-flex"] = Order("psu", "10in", "flex-atx")  # of those that a flatter roof had supported
# The quickest to slice of nearly every family; `benchmarks/slicer.py` does all of them, and more.
COVER = [
    "blank", "cable-rings", "coupon", "ears-left", "holder-board", "panel-jacks", "psu-flex",
    "sled-flat", "sled-on-edge", "stack-fan-bracket", "stack-spacer", "stack-top", "tray",
    "ups-bracket", "wall",
]  # fmt: skip


def printed(order: Order) -> Mesh:
    """Return a part as it lies on the bed."""
    part, mesh = built(order.part, spec_for(order, kit.catalog()))
    return lying(mesh, part.up)


def blank() -> Mesh:
    return printed(Order("blank", "10in", height_u=0.5))


def assert_estimated(mesh: Mesh, bare: slicer.Sliced) -> None:
    """The estimate is as near to the slicer as it says."""
    about = estimate(mesh, PETG)
    assert about.filament_g == pytest.approx(bare.filament_g, rel=WEIGHT_OFF)
    assert about.minutes == pytest.approx(bare.minutes, rel=TIME_OFF)


@pytest.mark.slicer
@pytest.mark.parametrize("name", COVER)
def test_supports_change_nothing_and_the_estimate_is_near(name: str) -> None:
    """Free to put supports, the slicer puts none; or so few that 2 % of filament hold them."""
    mesh = printed(ORDERS[name])
    held = slice_mesh(mesh, PRINTER, PETG, supports=True)
    bare = slice_mesh(mesh, PRINTER, PETG) if held.supported else held
    assert held.filament_cm3 == pytest.approx(bare.filament_cm3, rel=0.02)
    assert_estimated(mesh, bare)


@pytest.mark.slicer
def test_supports_are_noticed() -> None:
    """A table of 30 x 10 mm hangs over its foot: with supports it takes more, and says so."""
    foot, top = ((0, 0, 0), (3, 10, 20)), ((0, 0, 20), (30, 10, 23))
    table = from_manifold(blocks_solid([Block(*foot), Block(*top)]))
    bare, held = (slice_mesh(table, PRINTER, PETG, supports=wish) for wish in (False, True))
    assert held.filament_cm3 > 1.1 * bare.filament_cm3
    assert (bare.supported, held.supported) == (False, True)
    none = slice_mesh(blank(), PRINTER, PETG, supports=True)
    assert not none.supported
    assert none.filament_cm3 == slice_mesh(blank(), PRINTER, PETG).filament_cm3


@pytest.mark.slicer
def test_the_shelf_for_a_switch_takes_50_cm3_and_9_hours_at_most() -> None:
    mesh = printed(Order("shelf", "10in", SWITCH, 1.0))
    held = slice_mesh(mesh, PRINTER, PETG, supports=True)  # supports would only add
    assert held.filament_cm3 <= 50
    assert held.minutes <= 9 * 60
    assert held.filament_g == pytest.approx(held.filament_cm3 * PETG.density_g_cm3, rel=1e-3)
    assert_estimated(mesh, held)


def test_the_cover_names_families_that_there_are() -> None:
    assert set(COVER) <= set(ORDERS)
    left_out = set(PARTS) - {ORDERS[name].part for name in COVER}
    assert left_out == {"adapter", "drives", "frame", "nas", "shelf"}, "slow: half a minute"


@pytest.mark.parametrize(
    ("text", "minutes"),
    [("59s", 0.98), ("1m 30s", 1.5), ("8h 17m 16s", 497.27), ("1d 7h 20m 53s", 1880.88)],
)
def test_times_are_read(text: str, minutes: float) -> None:
    assert minutes_of(text) == pytest.approx(minutes, abs=0.006)


@pytest.mark.parametrize("text", ["", "soon", "3x", "1h2m"])
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(CheckFailed, match="a time that is none"):
        minutes_of(text)


def test_without_the_slicer_it_is_said_to_be_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.delenv("RACKPRESS_PRUSA_SLICER", raising=False)
    monkeypatch.setattr(slicer, "PLACES", ())
    with pytest.raises(ToolMissing, match="estimates"):
        slice_mesh(blank(), PRINTER, PETG)


def fake(folder: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """Put a program in the slicer's place."""
    program = folder / "fake-slicer"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("RACKPRESS_PRUSA_SLICER", str(program))


def test_a_slicer_that_fails_is_quoted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake(tmp_path, monkeypatch, "echo begun; echo no room left; exit 3")
    with pytest.raises(CheckFailed, match="code 3: no room left"):
        slice_mesh(blank(), PRINTER, PETG)


def test_a_file_that_says_too_little_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake(tmp_path, monkeypatch, "echo '; filament used [cm3] = 2' > part.gcode")
    with pytest.raises(CheckFailed, match="does not say: version, g, time"):
        slice_mesh(blank(), PRINTER, PETG)


def test_a_slicer_that_hangs_is_ended_and_its_folder_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake(tmp_path, monkeypatch, f"echo $$ $PWD > {tmp_path}/said; sleep 600 & wait")
    monkeypatch.setattr(slicer, "SECONDS", 1.0)
    with pytest.raises(CheckFailed, match="longer than 1 s"):
        slice_mesh(blank(), PRINTER, PETG)
    process, folder = (tmp_path / "said").read_text().split()
    assert not Path(folder).exists()
    with pytest.raises(ProcessLookupError):
        os.kill(int(process), 0)


def test_the_slicer_is_asked_for_the_profile(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake(tmp_path, monkeypatch, f"cp print.ini {tmp_path}; exit 1")
    with pytest.raises(CheckFailed):
        slice_mesh(blank(), PRINTER, PETG, supports=True)
    lines = (tmp_path / "print.ini").read_text().splitlines()
    asked = dict(line.split(" = ") for line in lines)
    assert asked["layer_height"] == asked["first_layer_height"] == "0.2"
    assert (asked["perimeters"], asked["fill_density"]) == ("3", "15%")
    assert asked["filament_density"] == f"{PETG.density_g_cm3:g}"
    assert (asked["support_material"], asked["support_material_threshold"]) == ("1", "45")
    assert asked["bed_shape"] == "0x0,294x0,294x256,0x256"  # 254 wide and 20 to each side


def test_a_part_in_pieces_is_sliced_piece_by_piece(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each piece is half a minute and 2 g for every call of the slicer before it, and once more."""
    script = f"""echo x >> {tmp_path}/calls; n=$(wc -l < {tmp_path}/calls)
printf '; generated by PrusaSlicer 9\\n; filament used [cm3] = 1\\n' > part.gcode
echo "; total filament used [g] = $((2 * n))" >> part.gcode
echo "; estimated printing time (normal mode) = ${{n}}m" >> part.gcode"""
    fake(tmp_path, monkeypatch, script)
    entry = estimated(blank(), PETG)
    piece = {"fits_bed": True, "turn_deg": 90.0, "print": entry}
    whole = {"fits_bed": False, "print": entry, "pieces": [piece, piece, piece]}
    said = sliced(whole, [blank()] * 3, PRINTER, PETG)
    assert [one["print"]["filament_g"] for one in said["pieces"]] == [2, 4, 6]
    assert (said["print"]["filament_g"], said["print"]["minutes"]) == (12, 6)
    assert said["print"]["by"] == "PrusaSlicer 9"
    alone = sliced(piece, [blank()], PRINTER, PETG)["print"]
    assert (alone["filament_g"], alone["minutes"]) == (8, 4)
