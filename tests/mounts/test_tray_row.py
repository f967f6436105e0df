"""Several boards on one tray, and trays with a window for an I/O shield."""

import re
from typing import Any

import pytest

from catalog.problems import InputError
from mounts.assembly import blocks_solid, collision_mm3, overlap_mm3
from mounts.board import Block, plug_size
from mounts.mesh import solid_of
from mounts.order import Order, spec_for
from mounts.parts.tray import tray
from mounts.parts.tray_spec import TraySpec
from mounts.registry import PARTS
from tests.mounts.kit import catalog
from tests.mounts.measure import (
    assert_panel,
    assert_whole,
    opening_at,
    openings,
    overhangs,
    shared_mm3,
)

PI = "raspberry-pi-4b"
ROWS: list[tuple[str, str, dict[str, Any]]] = [
    ("10in", PI, {"count": 2}),
    ("10in", PI, {"count": 3, "gap_mm": 6.0}),
    ("10in", PI, {"beside": ["orange-pi-5-plus"]}),  # holes known, and not
    ("19in", "pine64-rockpro64", {"beside": [{"device": PI, "front": "y-"}, "odroid-c4"]}),
    ("19in", PI, {"count": 2, "fixing": "insert"}),
]
FORMS = ["mini-itx", "flex-atx", "atx"]


def made(rack: str, device: str, height: float | None = None, **options: Any) -> TraySpec:
    spec = spec_for(Order("tray", rack, device, height, options=options), catalog())
    assert isinstance(spec, TraySpec)
    return spec


def refused(rack: str, device: str, height: float | None = None, **options: Any) -> Any:
    with pytest.raises(InputError) as wrong:
        made(rack, device, height, **options)
    return wrong.value.problems[0]


@pytest.mark.parametrize(("rack", "device", "options"), ROWS, ids=str)
def test_a_row_is_one_printable_body_with_a_panel(rack: str, device: str, options: dict[str, Any]):
    spec = made(rack, device, **options)
    part = tray(spec)
    assert_panel(part, assert_whole(part), spec.height_u, spec.standard)
    assert collision_mm3(part, spec) == 0


@pytest.mark.parametrize(("rack", "device", "options"), ROWS, ids=str)
def test_each_board_rests_on_posts_of_its_own_and_shows_its_ports(
    rack: str, device: str, options: dict[str, Any]
):
    spec = made(rack, device, **options)
    part = tray(spec)
    solid, mesh = solid_of(part), assert_whole(part)
    assert len(spec.carried) == len(spec.row)
    for one in spec.carried:
        board = blocks_solid(one.seat.blocks())
        assert overlap_mm3(board.translate([0.0, 0.0, -0.05]), solid) > 0.5
        for at, _ in one.seat.mount_holes():
            assert opening_at(mesh, "z", one.seat.under_mm - 0.2, at).wide > 2
        for along, port in one.seat.ports("front"):
            half, low = (port.width_mm or 0) / 2, one.seat.top_mm + (port.z0_mm or 0)
            low, high = max(low, spec.floor_top_mm), low + (port.height_mm or 0)
            mouth = Block((along - half, -5.0, low), (along + half, 3.2, high))
            assert shared_mm3(part, [mouth]) == 0, port.name


@pytest.mark.parametrize("rack", ["10in", "19in"])
@pytest.mark.parametrize("device", [PI, "pine64-rockpro64", "orange-pi-5-plus", "odroid-c4"])
def test_the_count_named_as_the_largest_is(rack: str, device: str):
    fit = 0
    while fit < 8:
        try:
            made(rack, device, count=fit + 1)
        except InputError as error:
            near = error.problems[0].nearest or ""
            break
        fit += 1
    else:
        return
    assert f"the largest count that works is {fit}" in near
    tight = re.search(r"with gap_mm = ([\d.]+) (all|it is) (\d)", near)
    if tight:
        gap, dense = float(tight[1]), int(tight[3])
        assert dense > fit
        assert len(made(rack, device, count=dense, gap_mm=gap).row) == dense
        assert refused(rack, device, count=dense, gap_mm=gap - 0.1).key == "gap_mm"
        if tight[2] == "it is":
            assert refused(rack, device, count=dense + 1, gap_mm=gap).key == "count"


def test_plugs_at_the_sides_get_their_room_or_a_note():
    """A Pi 4B shows RJ45 and USB; power and HDMI are on its left."""
    wide = made("19in", PI, count=2)
    assert wide.gaps_mm[0] >= 30
    assert not any("angled" in note for note in tray(wide).notes)
    assert any("angled" in note for note in tray(made("19in", PI, count=2, gap_mm=6.0)).notes)


@pytest.mark.parametrize(
    ("rack", "device", "options", "deep"),
    [
        ("19in", "orange-pi-zero-2", {"front": "x+", "count": 3, "gap_mm": 90.1}, 55.0),
        ("19in", "radxa-rock-4c-plus", {"front": "x-", "beside": ["orange-pi-5-plus"]}, 30.0),
    ],
    ids=str,
)
def test_nothing_stands_where_plugs_beside_a_board_are(
    rack: str, device: str, options: dict[str, Any], deep: float
):
    """Neither a gusset near the panel nor what holds the next board, as deep as the gap allows."""
    spec = made(rack, device, **options)
    body = solid_of(tray(spec))
    plugged = 0
    for one in spec.carried:
        (x0, _), (x1, _) = one.seat.outline()
        for side, start, way in (("left", x0, -1), ("right", x1, 1)):
            for along, port in one.seat.ports(side):
                wide, tall = plug_size(port, one.spec.plugs)
                if not wide:
                    continue
                plugged += 1
                z = one.seat.top_mm + (port.z0_mm or 0.0) + (port.height_mm or 0.0) / 2
                ends = sorted((start + way * 3.0, start + way * deep))
                low = (ends[0], along - wide / 2, z - tall / 2)
                plug = Block(low, (ends[1], along + wide / 2, z + tall / 2))
                assert overlap_mm3(body, blocks_solid([plug])) == 0.0, port.name
    assert plugged


def test_mistakes_beside_are_named():
    with pytest.raises(InputError, match="raspbery"):
        made("19in", PI, beside=["raspbery-pi-4b"])
    with pytest.raises(InputError, match="did you mean 'front'"):
        made("19in", PI, beside=[{"device": PI, "frnt": "y-"}])


@pytest.mark.parametrize("form", FORMS)
def test_the_shield_window_lies_where_the_standard_has_it(form: str):
    """Measured on the mesh from the hole that all forms share, at (163.83, 10.16)."""
    spec = made("19in", form, vents=False)
    part = tray(spec)
    mesh = assert_whole(part)
    assert_panel(part, mesh, spec.height_u, spec.standard)
    assert collision_mm3(part, spec) == 0
    assert overhangs(part) == []
    cut = openings(mesh, "z", spec.floor_top_mm - 1.0)
    holes = [(o.u, o.v - o.high / 2 + o.wide / 2) for o in cut]  # their roofs are pointed
    record = catalog().form_factor(form)
    assert len(holes) == len(record.holes)
    x0, y0 = min(holes)
    known = sorted((h.x_mm, h.y_mm) for h in record.holes)
    for hole, (x, y) in zip(sorted(holes), known, strict=True):
        assert hole == pytest.approx((x0 + x - known[0][0], y0 + y - known[0][1]), abs=0.02)
    origin = x0 - known[0][0], y0 - known[0][1]
    (window,) = (o for o in openings(mesh, "y", 0.9) if o.wide > 100)
    (strip,) = (o for o in openings(mesh, "y", 2.0) if o.wide > 100)
    assert (window.wide, window.high) == pytest.approx((158.75, 44.45), abs=0.01)
    assert (strip.wide, strip.high) == pytest.approx((158.75 + 5.08, 44.45 + 5.08), abs=0.01)
    assert window.u + window.wide / 2 == pytest.approx(origin[0] + 163.83 - 7.52, abs=0.02)
    standing = spec.floor_top_mm + 6.35 + 1.6
    assert window.v - window.high / 2 == pytest.approx(standing - 3.81, abs=0.01)
    assert origin[1] + 10.16 - 1.2 == pytest.approx(12.27, abs=0.02)  # to the rim's inner face


def test_a_shield_takes_one_and_a_half_units_and_says_so():
    assert refused("10in", "mini-itx", 1.0, shield=True).nearest == "use 1.5U"
    assert made("10in", "turing-pi-2", 1.5).shielded
    assert not made("10in", "turing-pi-2", 1.5, shield=False).shielded
    assert not made("10in", "turing-pi-2", 1.5, panel_mm=4.0).shielded
    assert refused("10in", "mini-itx", panel_mm=4.0, shield=True).nearest == "use 3 mm"
    assert refused("10in", PI, shield=True).key == "shield"
    assert refused("10in", "mini-itx", front="y+", shield=True).key == "shield"
    low = catalog().board("turing-pi-2").model_copy(update={"height_above_pcb_mm": 20.0})
    fields: dict[str, Any] = {"device": low, "form_factor": catalog().form_factor("mini-itx")}
    fields |= {"standard": catalog().standard("10in"), "screw": catalog().screw("M3")}
    spec = TraySpec(**fields)
    assert not spec.shielded
    assert "an open front and no I/O shield; its window needs 1.5U" in tray(spec).notes[-1]


def test_two_mini_itx_boards_share_a_19_inch_tray():
    spec = made("19in", "mini-itx", count=2, vents=False)
    part = tray(spec)
    mesh = assert_whole(part)
    assert overhangs(part) == []
    assert collision_mm3(part, spec) == 0
    assert len([o for o in openings(mesh, "y", 0.9) if o.wide > 100]) == 2
    near = refused("10in", "mini-itx", count=2).nearest
    assert near.startswith("the largest count that works is 1")


def test_every_form_with_the_shared_hole_has_its_window_there():
    """The window's right end is 7.52 mm to the left of the hole at (163.83, 10.16)."""
    for form in catalog().form_factors.values():
        shared = (163.83, 10.16) in [(h.x_mm, h.y_mm) for h in form.holes]
        if form.shield_x_mm is not None:
            assert shared
            assert form.shield_x_mm + 158.75 + 7.52 == pytest.approx(163.83)


def test_a_form_factor_stands_for_any_board_of_it():
    by_name, turing = made("10in", "mini-itx"), made("10in", "turing-pi-2")
    assert by_name.device.holes == turing.device.holes
    assert made("10in", "nuc").seat.mount_holes()


@pytest.mark.parametrize("family", ["tray", "sled"])
def test_a_connector_that_stands_past_a_boards_corner_is_clear_of_what_is_in_front(family: str):
    """A USB3 of the M1S at its side ends 0.55 mm before the edge beside it."""
    spec = spec_for(Order(family, "10in", "odroid-m1s", options={"front": "x+"}), catalog())
    part = PARTS[family].build(spec)
    assert collision_mm3(part, spec) == 0
