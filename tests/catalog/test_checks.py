"""Every rule fires on what breaks it, and on nothing else."""

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.check_devices import check_device
from catalog.check_tables import check_row
from catalog.load import load_catalog
from catalog.models import Board, Hole, Outline, Port

CATALOG = load_catalog()
FLAT_FIT = {"k": 1, "p0_va": 0, "ln_c": 7.6, "error_pct": 4}  # constant energy


def board(**changes: Any) -> Board:
    """Return a sound board of 85 × 56 with changes."""
    sound: dict[str, Any] = {
        "id": "x", "name": "x", "manufacturer": "x", "category": "sbc",
        "board": Outline(x_mm=85, y_mm=56),
        "holes": (Hole(x_mm=3.5, y_mm=3.5, d_mm=2.7),),
        "sources": {"geometry": ("OWN",)}, "confidence": {"holes": "high"},
    }  # fmt: skip
    return Board(**(sound | changes))


def keys(device: Board) -> set[tuple[str, tuple[str | int, ...]]]:
    return {(finding.check, finding.at) for finding in check_device(device)}


def test_a_sound_board_passes():
    assert keys(board()) == set()


@given(x=st.floats(-5, 90), y=st.floats(-5, 61), d=st.floats(0.5, 6))
def test_a_hole_passes_just_when_its_disc_is_on_the_board(x: float, y: float, d: float):
    inside = min(x, 85 - x, y, 56 - y) >= d / 2
    found = list(check_device(board(holes=(Hole(x_mm=x, y_mm=y, d_mm=d),))))
    assert (not found) == inside
    for finding in found:
        assert finding.check == "hole"
        near = float(finding.nearest.rpartition(" ")[2])
        axis, length = (x, 85) if finding.at[-1] == "x_mm" else (y, 56)
        assert abs(near - axis) <= abs(axis - length / 2)  # nearer than the middle of the board
        assert near == pytest.approx(d / 2, abs=1e-3) or near == pytest.approx(
            length - d / 2, abs=1e-3
        )


@given(center=st.floats(-10, 100), side=st.sampled_from(["x-", "x+", "y-", "y+"]))
def test_a_port_passes_just_when_it_is_on_its_edge(center: float, side: Any):
    length = 56 if side[0] == "x" else 85
    port = Port(name="p", side=side, center_mm=center)
    assert (keys(board(ports=(port,))) == set()) == (0 <= center <= length)


@pytest.mark.parametrize(
    ("changes", "check"),
    [
        ({"holes": (Hole(x_mm=9, y_mm=9, d_mm=3), Hole(x_mm=9, y_mm=11.9, d_mm=3))}, "hole"),
        ({"ports": (Port(name="p", side="y-", center_mm=9, overhang_mm=11),)}, "port"),
        ({"ports": (Port(name="p", side="y-", center_mm=9, z0_mm=41),)}, "port"),
        ({"ports": (Port(name="p", side="y-", center_mm=2, width_mm=16),)}, "port"),
        ({"ports": (Port(name="p", side="interior", center_xy_mm=(9, 57)),)}, "port"),
        ({"height_above_pcb_mm": 151}, "height"),
        ({"height_above_pcb_mm": 10, "tallest_connector_mm": 11}, "height"),
        ({"case_allowance_below_pcb_mm": 3, "deepest_modelled_below_pcb_mm": 4}, "allowance"),
        ({"envelope_with_connectors_mm": (85, 57)}, "envelope"),
        ({"board": Outline(x_mm=85, y_mm=56, corner_radius_mm=29)}, "range"),
        ({"holes": ()}, "holes"),
        ({"sources": {}}, "sources"),
        ({"power": {"max_w": 5}}, "sources"),
        ({"power": {"idle_w": 6, "max_w": 5}}, "power"),
        ({"power": {"max_w": 6, "psu_w": 5}}, "power"),
        ({"power": {"volts_v": 5, "volts_range_v": (9, 12)}}, "volts"),
        ({"power": {"volts_range_v": (12, 9)}}, "volts"),
        ({"thermal": {"throttle_c": 90, "hard_limit_c": 85}}, "thermal"),
        ({"flags": ("check envelope: no reason",)}, "flags"),
    ],
)
def test_each_rule_of_boards_fires(changes: dict[str, Any], check: str):
    assert check in {found for found, _ in keys(board(**changes))}


def test_a_documented_exception_silences_its_rule_only():
    broken = {"envelope_with_connectors_mm": (85, 57), "height_above_pcb_mm": 151}
    excepted = board(**broken, flags=("check envelope: the maker counts a sticker",))
    assert {check for check, _ in keys(excepted)} == {"height"}


@pytest.mark.parametrize(
    ("table", "name", "changes", "key"),
    [
        ("materials", "pla", {"tg_c": (65, 55)}, "tg_c"),
        ("materials", "petg", {"uts_z_mpa": (38, 25)}, "uts_z_mpa"),
        ("fans", "40x20", {"flow_m3h": 5.5}, "flow_m3h"),  # the CFM figure
        ("fans", "40x20", {"hole_pitch_mm": 40}, "size_mm"),
        ("screws", "m3", {"close_mm": 3.5}, "normal_mm"),
        ("screws", "m3", {"tap_soft_mm": 3.3}, "close_mm"),
        ("inserts", "ruthex-m3", {"hole_d_mm": 4.7}, "outer_d_mm"),
        ("standards", "19in", {"hole_pitch_mm": 466.7}, "hole_pitch_mm"),  # centred in its post
        ("standards", "10in", {"body_max_mm": 223}, "opening_mm"),
        ("racks", "deskpi-rackmate-t1", {"clear_depth_mm": 201}, "outer_d_mm"),
        ("drives", "2.5in", {"side_holes_mm": (14, 101)}, "side_holes_mm"),
        ("hats", "rpi-m2-hat-plus", {"top_of_pcb_mm": 16.5}, "top_of_pcb_mm"),
        ("printers", "bambu-h2d", {"bed_per_nozzle_mm": (351, 320)}, "bed_per_nozzle_mm"),
        ("psus", "meanwell-lrs-350", {"watts_12v_w": 351}, "watts_w"),
        ("form_factors", "nuc", {"x_mm": 98}, "holes"),
        ("efficiencies", "80plus-gold-115v", {"points": ((0.2, 1.1), (1.0, 0.9))}, "points"),
        ("efficiencies", "80plus-gold-115v", {"points": ((0.5, 0.9), (0.2, 0.87))}, "points"),
        ("upses", "apc-smart-ups-420", {"fit": FLAT_FIT}, "runtime"),
        ("upses", "apc-smart-ups-420", {"runtime": [{"minutes": 5, "by": "manual"}]}, "runtime"),
    ],
)
def test_each_rule_of_tables_fires(table: str, name: str, changes: dict[str, Any], key: str):
    sound = getattr(CATALOG, table)[name]
    assert list(check_row(sound)) == []
    broken = type(sound).model_validate(sound.model_dump() | changes)
    assert {finding.at[0] for finding in check_row(broken)} == {key}


def test_run_times_of_the_fits_come_near_the_tables():
    """Recomputed apart from the check: 54 points, each within 6 %, on average within 3 %."""
    points_in_all = 0
    for ups in CATALOG.upses.values():
        if ups.fit is None:
            continue
        scale, fit = math.e**ups.fit.ln_c, ups.fit
        points = [(p.load_va, p.minutes) for p in ups.runtime if p.load_va is not None]
        errors = [abs(scale / (va + fit.p0_va) ** fit.k / minutes - 1) for va, minutes in points]
        assert len(errors) >= 9
        assert sum(errors) / len(errors) < 0.03
        assert max(errors) < 0.06
        points_in_all += len(errors)
    assert points_in_all == 54
