"""Several boxes on one shelf, and shelves whose load asks for brackets at the rear posts."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.problems import InputError
from mounts.assembly import blocks_solid, collision_mm3, device_blocks, overlap_mm3
from mounts.mesh import solid_of
from mounts.order import Order, companions, spec_for
from mounts.parts.shelf import shelf
from mounts.parts.shelf_spec import ShelfSpec
from tests.mounts.kit import catalog
from tests.mounts.measure import assert_panel, assert_whole, openings, overhangs

ROWS: list[tuple[str, str, dict[str, Any]]] = [
    ("10in", "netgear-gs305", {"count": 2}),
    ("10in", "netgear-gs305", {"beside": ["unifi-flex-mini"]}),
    ("19in", "netgear-gs308", {"beside": ["unifi-flex-mini", "netgear-gs305"]}),
    (
        "19in",
        "intel-nuc-tall",
        {"count": 3, "height_u": 1.5},
    ),  # so tall that no bar is left over it
]


def made(rack: str, device: str, options: dict[str, Any]) -> ShelfSpec:
    fields = dict(options)
    height = fields.pop("height_u", None)
    spec = spec_for(Order("shelf", rack, device, height, options=fields), catalog())
    assert isinstance(spec, ShelfSpec)
    return spec


@pytest.mark.parametrize(("rack", "device", "options"), ROWS, ids=str)
def test_a_row_is_one_printable_body_with_a_panel(rack: str, device: str, options: dict[str, Any]):
    spec = made(rack, device, options)
    part = shelf(spec)
    assert_panel(part, assert_whole(part), spec.height_u, spec.standard)
    assert collision_mm3(part, spec) == 0
    assert overhangs(shelf(made(rack, device, {**options, "vents": False}))) == []


@pytest.mark.parametrize(("rack", "device", "options"), ROWS, ids=str)
def test_each_box_rests_and_is_held_on_all_four_sides(
    rack: str, device: str, options: dict[str, Any]
):
    spec = made(rack, device, options)
    solid = solid_of(shelf(spec))
    blocks = device_blocks(spec)
    assert len(blocks) == len(spec.boxes)
    for block in blocks:
        box = blocks_solid([block])
        for push in ([0.0, 0.0, -0.05], [1, 0, 0], [-1, 0, 0], [0, -1, 0], [0, 1, 0]):
            assert overlap_mm3(box.translate([float(v) for v in push]), solid) > 0.5, push


@pytest.mark.parametrize(("rack", "device", "options"), ROWS, ids=str)
def test_each_face_is_seen_but_for_a_lip(rack: str, device: str, options: dict[str, Any]):
    spec = made(rack, device, options)
    solid = solid_of(shelf(spec))
    for block in device_blocks(spec):
        (x0, _, z0), (x1, _, z1) = block.low, block.high
        size = [x1 - x0 - 3.2, 3.0, z1 - z0 - 3.2]  # 1.5 of lip on each side
        face = blocks_solid([block]).cube(size).translate([x0 + 1.6, 0.0, z0 + 1.6])
        corners = 4 * (1 - 0.7854) * 2.0**2 * 3.0  # windows' corners are rounded with 2 mm
        assert overlap_mm3(face, solid) <= corners


@given(
    widths=st.lists(st.floats(20, 200), min_size=1, max_size=6),
    rack=st.sampled_from(["10in", "19in"]),
    wall=st.floats(1.2, 4),
    play=st.floats(0.1, 1),
)
def test_a_row_fits_just_when_boxes_play_and_walls_do(
    widths: list[float], rack: str, wall: float, play: float
):
    box = catalog().box("netgear-gs305")
    boxes = [
        box.model_copy(update={"case": box.case.model_copy(update={"width_mm": w})}) for w in widths
    ]
    needed = sum(widths) + 2 * play * len(widths) + wall * (len(widths) + 1)
    standard = catalog().standard(rack)
    room = standard.body_max_mm
    fields: dict[str, Any] = {"wall_mm": wall, "clearance_mm": play, "height_u": 1.0}
    fields |= {"standard": standard, "device": boxes[0], "beside": tuple(boxes[1:])}
    if needed <= room:
        assert ShelfSpec(**fields).outer_mm == pytest.approx(needed / 2)
    elif needed > room + 1e-6:
        with pytest.raises(InputError) as wrong:
            ShelfSpec(**fields)
        assert f"{needed - room:.1f} mm too wide" in wrong.value.problems[0].what


@pytest.mark.parametrize(
    ("device", "options", "says"),
    [
        ("netgear-gs305", {"count": 3}, "the largest count that works is 2, or use a 19in rack"),
        ("netgear-gs308", {"beside": ["netgear-gs305"]}, "only netgear-gs308 fits, or use a 19in"),
        ("netgear-gs305", {"beside": ["netgear-gs305"] * 2}, "the first 2 fit, or use a 19in rack"),
    ],
)
def test_too_many_are_refused_with_how_many_fit(device: str, options: dict[str, Any], says: str):
    with pytest.raises(InputError) as wrong:
        made("10in", device, options)
    assert (wrong.value.problems[0].nearest or "").startswith(says)


def test_a_misspelt_neighbour_is_named():
    with pytest.raises(InputError, match="netgear-gs3005"):
        made("10in", "netgear-gs305", {"beside": ["netgear-gs3005"]})


HEAVY: list[tuple[str, str, dict[str, Any]]] = [
    ("19in", "qnap-ts-453d", {}),  # 3.6 kg
    ("19in", "nvidia-dgx-spark", {"count": 2}),  # 1.2 kg each
    ("10in", "netgear-gs308", {"rear_mm": 200.0}),  # asked for
]


@pytest.mark.parametrize(("rack", "device", "options"), HEAVY, ids=str)
def test_what_is_heavy_comes_with_two_brackets_that_meet_its_bolts(
    rack: str, device: str, options: dict[str, Any]
):
    spec = made(rack, device, options)
    body = solid_of(shelf(spec))
    wall_x, leg_x = spec.outer_mm - spec.wall_mm / 2, spec.outer_mm + 2.0
    pair = companions(spec)
    assert [family for family, _ in pair] == ["shelf", "shelf"]
    for side, (_, other) in zip((-1, 1), pair, strict=True):
        assert isinstance(other, ShelfSpec)
        bracket = shelf(other)
        mesh = assert_whole(bracket)
        assert overhangs(bracket) == []
        assert overlap_mm3(solid_of(bracket), body) == 0
        assert collision_mm3(bracket, other) == 0
        slots = openings(mesh, "x", side * leg_x)
        plain = shelf(made(rack, device, {**options, "vents": False}))
        bores = [
            o for o in openings(assert_whole(plain), "x", side * wall_x)
            if max(o.wide, o.high) < 7
        ]  # fmt: skip
        assert len(slots) == len(bores) == len(spec.bolts)
        for slot, bore in zip(slots, bores, strict=True):
            assert slot.v == pytest.approx(bore.v, abs=0.01)
            assert abs(slot.u - bore.u) < (slot.wide - bore.wide) / 2
        rear = spec.panel_mm + (options.get("rear_mm") or 180.0)
        assert mesh.bounds_mm()[1][1] == pytest.approx(rear, abs=1e-3)
    half = spec.standard.body_max_mm / 2
    assert spec.outer_mm + 4 <= half


def test_what_is_light_has_none_and_what_is_heavy_says_so():
    assert companions(made("10in", "netgear-gs308", {})) == []
    note = shelf(made("19in", "qnap-ts-453d", {})).notes[0]
    assert "3.6 kg, on the front posts alone about" in note
    assert "use both rear brackets" in note
    low = catalog().box("netgear-gs305")
    fields: dict[str, Any] = {"standard": catalog().standard("19in"), "height_u": 0.5}
    for high, held in ((15.0, True), (9.0, False)):  # half a unit has brackets if there is a wall
        case = low.case.model_copy(update={"height_mm": high})
        fields["device"] = low.model_copy(update={"case": case})
        assert ShelfSpec(**fields).braced == held
    with pytest.raises(InputError, match="too little for rear brackets"):
        ShelfSpec(**fields, rear_mm=300.0)


def test_an_unknown_weight_is_said_to_be_taken_by_size():
    light = shelf(made("10in", "netgear-gs308", {})).notes
    assert not any("weigh" in note for note in light)
    guessed = shelf(made("10in", "mikrotik-hex", {})).notes
    assert "mikrotik-hex taken to weigh 0.31 kg by its size: weigh yours" in guessed
    held = shelf(made("19in", "apple-mac-studio", {})).notes
    assert any("4.1 kg (taken by size)" in note for note in held)
