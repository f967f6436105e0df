"""Walls and beams of trays: as high as the load asks for, and no tray sags by more than 0.5 mm."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis.strategies import floats, sampled_from

from catalog.load import load_catalog
from mounts.assembly import blocks_solid, device_blocks
from mounts.geometry.sheet import joined
from mounts.mesh import manifold, mesh_of
from mounts.order import Order, spec_for
from mounts.part import Part, Up
from mounts.parts.ear_beam import EarBeam, deep_mm, high_mm
from mounts.parts.tray_spec import TraySpec
from mounts.registry import PARTS
from mounts.sag import FACTOR, MOST_MM
from mounts.strength.material import YEARS, Climate
from mounts.strength.verdict import judge
from mounts.weight import on_posts, weight_of
from tests.mounts.test_strength import material

BOARDS = sorted(load_catalog().boards)
# Wide, long, narrow, low, with plugs at a side, heavy, and with an I/O shield.
JUDGED = [
    ("raspberry-pi-4b", "19in"),
    ("friendlyelec-cm3588-nas-kit", "10in"),
    ("friendlyelec-cm3588-nas-kit", "19in"),
    ("pine64-rockpro64", "19in"),
    ("odroid-h4", "19in"),
    ("odroid-c4", "19in"),
    ("lattepanda-3-delta", "19in"),
    ("raspberry-pi-cm4-io-board", "10in"),
    ("nvidia-jetson-orin-nano-devkit", "19in"),
    ("turing-pi-2", "19in"),
]


def tray(device: str, rack: str, **options: Any) -> TraySpec:
    spec = spec_for(Order("tray", rack, device, options=options), load_catalog())
    assert isinstance(spec, TraySpec)
    return spec


def sag_by_bricks(part: Part, spec: TraySpec) -> float:
    found = judge(part, spec, material("petg"), Climate(40.0, YEARS))
    assert found is not None
    return found.deflection_mm


@pytest.mark.parametrize("device", BOARDS)
def test_every_board_has_a_tray_that_is_stiff_or_says_what_would_help(device: str) -> None:
    for rack in ("10in", "19in"):
        spec = tray(device, rack)
        part = PARTS["tray"].build(spec)
        told = [note for note in part.notes if "sag by about" in note]
        assert bool(told) == (spec.sag_mm > MOST_MM)
        assert spec.sag_mm <= MOST_MM, "none of the catalogue's needs more than walls and beams"


@pytest.mark.parametrize(("device", "rack"), JUDGED)
def test_bricks_say_the_same(device: str, rack: str) -> None:
    spec = tray(device, rack)
    sag = sag_by_bricks(PARTS["tray"].build(spec), spec)
    assert sag <= MOST_MM
    assert sag / FACTOR <= spec.sag_mm <= sag * FACTOR


def test_without_its_beams_a_wide_tray_would_sag() -> None:
    spec = tray("raspberry-pi-4b", "19in")
    part = PARTS["tray"].build(spec)
    webs = [sheet for one in spec.ribs.beams if one is not None for sheet in one.sheets()]
    left = tuple(sheet for sheet in part.body.sheets if sheet not in webs)
    assert len(left) == len(part.body.sheets) - 4
    assert sag_by_bricks(replace(part, body=joined(left)), spec) > 2 * MOST_MM


def test_a_row_says_how_far_it_sags_and_what_would_help() -> None:
    spec = tray("raspberry-pi-4b", "19in", count=4)
    part = PARTS["tray"].build(spec)
    assert spec.sag_mm > MOST_MM
    assert any("sag by about" in note and "fewer boards" in note for note in part.notes)


@given(device=sampled_from(BOARDS), rack=sampled_from(["10in", "19in"]))
def test_walls_and_beams_end_before_plugs_and_posts(device: str, rack: str) -> None:
    spec = tray(device, rack)
    for side, beam, wall in zip(
        ("left", "right"), spec.ribs.beams, (spec.ribs.walls[0], spec.ribs.walls[-1]), strict=True
    ):
        plugged = [along for along, _ in spec.seat.ports(side)]
        high = [y for y, z in wall.edge if spec.floor_top_mm + z > spec.seat.top_mm]
        for along in plugged:
            assert all(y < along for y in high)
            assert beam is None or beam.end_mm < along
        if beam is not None:
            assert max(map(abs, beam.x_mm)) <= spec.standard.opening_mm / 2
            assert beam.top_mm < spec.top_mm


@given(device=sampled_from(BOARDS))
def test_a_board_on_its_posts_is_in_balance(device: str) -> None:
    seat = tray(device, "19in").seat
    stands = on_posts(seat)
    (x0, y0), (x1, y1) = seat.outline()
    grams = np.array([g for _, g in stands])
    at = np.array([p for p, _ in stands])
    assert grams.sum() == pytest.approx(weight_of(seat.board)[0])
    assert grams @ at / grams.sum() == pytest.approx(np.array([(x0 + x1) / 2, (y0 + y1) / 2]))


@given(high=floats(12, 50), up=sampled_from(["+z", "+y"]))
def test_a_beam_is_a_closed_tube_and_prints_as_a_roof(high: float, up: Up) -> None:
    beam = EarBeam((0.0, 100.0), 3.0, 0.0, 2.4, high, up)
    floor, web = beam.sheets()
    assert high_mm(deep_mm(high, up), up) == pytest.approx(high)
    rise, run = (high, beam.deep_mm) if up == "+z" else (beam.deep_mm, high)
    assert np.degrees(np.arctan2(rise, run)) == pytest.approx(55.0)
    panel = shapely.box(0.0, 0.0, 3.0, 2.4 + high)
    shapes = [panel, *(shapely.Polygon(one.outline.points) for one in (floor, web))]
    whole = shapely.union_all(shapes)
    assert isinstance(whole, shapely.Polygon)
    (hollow,) = whole.interiors
    # Bredt by areas: the middle line lies between the hollow and the whole, walls of one mean.
    line = shapely.Polygon(hollow).buffer(0.8, join_style="mitre")
    thick = whole.area / line.length
    about = 4 * line.area**2 * thick / line.length
    assert beam.torsion_mm4(3.0) == pytest.approx(about, rel=0.35)


@pytest.mark.parametrize(
    ("family", "device", "rack"),
    [
        ("drives", "3.5in", "19in"),
        ("drives", "2.5in", "19in"),
        ("psu", "sfx", "10in"),
        ("psu", "meanwell-rs-15-5", "19in"),
    ],
)
def test_disks_and_supplies_are_as_stiff(family: str, device: str, rack: str) -> None:
    spec = spec_for(Order(family, rack, device), load_catalog())
    found = judge(PARTS[family].build(spec), spec, material("petg"), Climate(40.0, YEARS))
    assert found is not None
    assert found.deflection_mm <= MOST_MM


def test_a_socket_wider_than_its_plug_is_clear_of_the_wall_beside_it() -> None:
    spec = tray("odroid-m1s", "19in", front="x-", floor_mm=4.5)
    shape = manifold(mesh_of(PARTS["tray"].build(spec)))
    for block in device_blocks(spec):
        assert (shape ^ blocks_solid([block])).volume() < 1e-3
