"""The solver against what is known exactly, and against a measured board."""

import math

import pytest
from shapely.geometry import Point, Polygon, box

from pcb.copper.field import field
from pcb.copper.foil import Contact, Foil, Link
from pcb.copper.raster import grid_over
from tests.pcb.copper.shapes import around, disc, limit, ohms, poles, sheet_ohms

# How far each may be from the exact value, as a share; no more than a plain five-point scheme with
# stairs for edges has at its finest cells.


@pytest.mark.parametrize("cell", [1.0, 0.5, 0.3, 0.07])
def test_1_a_strip_is_exact_on_any_grid(cell: float) -> None:
    area, ends = box(-2, 0, 42, 5), (box(-2, -1, 0, 6), box(40, -1, 42, 6))
    assert ohms(area, *ends, cell) == pytest.approx(8.0, rel=1e-9)


def test_2_a_taper_has_a_little_more_than_its_slices() -> None:
    """Slices: L ln(w2/w1) / (w2 - w1) = 5.493; slanting flow adds about (slope^2)/3 to that."""
    area = Polygon([(-1, -0.9), (21, -3.1), (21, 3.1), (-1, 0.9)])
    found = ohms(area, box(-1, -5, 0, 5), box(20, -5, 21, 5), 0.1)
    slices = 20 * math.log(3) / 4
    assert slices < found < slices * 1.01
    assert found == pytest.approx(slices * (1 + 0.1**2 / 3), rel=1e-3)


@pytest.mark.parametrize(("cell", "error"), [(9 / 16, 0.01), (1 / 4, 0.002), (1 / 16, 2e-4)])
def test_3_an_annulus(cell: float, error: float) -> None:
    found = ohms(disc(0, 0, 12), disc(0, 0, 1), around(9), cell)
    assert found == pytest.approx(math.log(9) / 2 / math.pi, rel=error)


@pytest.mark.parametrize(("cell", "error"), [(1 / 2, 0.006), (1 / 8, 0.001)])
def test_4_a_disc_out_of_the_middle_of_another(cell: float, error: float) -> None:
    a, b, e = 1, 9, 5
    found = ohms(disc(0, 0, 12), disc(e, 0, a), around(b), cell)
    exact = math.acosh((a * a + b * b - e * e) / (2 * a * b)) / 2 / math.pi
    assert found == pytest.approx(exact, rel=error)


def test_5_two_discs_in_a_wide_sheet() -> None:
    """In a round sheet of radius S, the images of both poles add (d/2S)^2 / pi or so."""
    found = ohms(disc(0, 0, 50), disc(-2, 0, 1), disc(2, 0, 1), 0.25)
    assert found == pytest.approx(math.acosh(4 / 2) / math.pi, rel=5e-3)


def corner(cell: float) -> float:
    area = Polygon([(0, 0), (4, 0), (4, 1), (1, 1), (1, 4), (0, 4)])
    return ohms(area, box(3, -1, 5, 2), box(-1, 3, 2, 5), cell) - 4


def test_6_a_corner_counts_as_0_5586_squares() -> None:
    """At an inner corner the error falls with the 4/3rd power of the cell."""
    coarse, fine = corner(1 / 16), corner(1 / 32)
    assert fine == pytest.approx(0.5586, abs=0.005)
    assert limit(coarse, fine, 4 / 3) == pytest.approx(0.5586, rel=1e-3)


def test_7_van_der_pauw_s_square() -> None:
    corners = {"A": (0, 0), "B": (20, 0), "C": (20, 20), "D": (0, 20)}
    contacts = (Contact(name, 0, Point(at).buffer(0.25)) for name, at in corners.items())
    found = field(Foil((box(0, 0, 20, 20),), (1.0,), tuple(contacts)), {"A": 1.0}, "B", 0.125)
    assert found.volt("D") - found.volt("C") == pytest.approx(math.log(2) / math.pi, rel=5e-4)


def test_8_neighbours_in_a_wide_lattice_of_resistors() -> None:
    """Between two of them lies half of one resistor; contacts of no size leave the lattice be."""
    area, dot = box(0, 0, 161, 161), 1e-6
    grid = grid_over(area.bounds, 1.0)
    x, y = grid.left_mm + 80.5, grid.low_mm + 80.5
    ends = [box(at - dot, y - dot, at + dot, y + dot) for at in (x, x + 1)]
    assert sheet_ohms([area, *ends], 1.0) == pytest.approx(0.5, rel=1e-4)


@pytest.mark.parametrize("count", [1, 2, 7])
def test_9_vias_side_by_side(count: int) -> None:
    """Between sheets that resist a millionth of what they do, n of them have an nth."""
    sheet, wall = box(0, 0, 20, 6), 1e-3
    ends = Contact("in", 0, box(0, 0, 1, 6)), Contact("out", 1, box(19, 0, 20, 6))
    spots = [Point(3 + 2 * place, 3).buffer(0.25) for place in range(count)]
    holes = [Contact(f"{i}/{layer}", layer, s) for i, s in enumerate(spots) for layer in (0, 1)]
    links = tuple(Link((f"{i}/0", f"{i}/1"), wall) for i in range(count))
    foil = Foil((sheet, sheet), (1e-9, 1e-9), (*ends, *holes), links)
    assert field(foil, {"in": 1.0}, "out", 0.25).volt("in") == pytest.approx(wall / count, rel=1e-4)


def stack() -> Foil:
    """Two sheets of odd shape, joined by four vias: enough cells to be solved step by step."""
    top = box(0, 0, 60, 40).difference(box(10, 10, 12, 40)).difference(disc(40, 20, 7))
    low = box(0, 0, 60, 40).difference(box(30, 0, 31, 33))
    spots = [(5, 5), (25, 30), (50, 8), (52, 33)]
    holes = tuple(
        Contact(f"{i}/{layer}", layer, disc(*spot, 0.7))
        for i, spot in enumerate(spots)
        for layer in (0, 1)
    )
    links = tuple(Link((f"{i}/0", f"{i}/1"), 1e-3 * (i + 1)) for i in range(len(spots)))
    return Foil((top, low), (5e-4, 5e-4), holes, (*links, Link(("supply", "0/0"), 5e-3)))


def test_10_what_one_place_does_to_another_the_other_does_to_it() -> None:
    foil, ends = stack(), ("1/0", "2/1", "3/0")
    alone = {name: field(foil, {name: 1.0}, "supply", 0.25) for name in ends}
    assert alone["1/0"].steps > 0
    for one in ends:
        for other in ends:
            there, back = alone[one].volt(other), alone[other].volt(one)
            assert there == pytest.approx(back, rel=1e-9)
    amps = {"1/0": 3.0, "2/1": -1.0, "3/0": 0.5}
    together = field(foil, amps, "supply", 0.25)
    for name in ends:
        added = sum(amps[one] * alone[one].volt(name) for one in ends)
        assert together.volt(name) == pytest.approx(added, rel=1e-8)


def test_11_what_is_put_in_becomes_heat() -> None:
    found = field(stack(), {"1/0": 3.0, "2/1": -1.0, "3/0": 0.5}, "supply", 0.25)
    assert found.copper_w + found.links_w == pytest.approx(found.put_in_w, rel=1e-6)
    assert found.copper_w > 0
    strip = poles(box(-2, 0, 42, 5), box(-2, -1, 0, 6), box(40, -1, 42, 6), 0.5)
    assert strip.copper_w == pytest.approx(8.0)


def test_12_all_current_leaves_through_the_source() -> None:
    found = field(stack(), {"1/0": 3.0, "2/1": 18.0}, "supply", 0.25)
    assert found.link_amps()["supply", "0/0"] == pytest.approx(-21, rel=1e-9)
    strip = poles(box(-2, 0, 42, 5), box(-2, -1, 0, 6), box(40, -1, 42, 6), 0.5)
    for place in (3, 17.7, 38):
        assert strip.crossing((place, -1), (place, 6)) == pytest.approx([1], rel=1e-9)
        half = strip.crossing((place, -1), (place, strip.grid.low_mm + 8 * 0.5))[0]
        assert half == pytest.approx((strip.grid.low_mm + 4) / 5, rel=1e-9)


# ---- a measured board: tracks 70 mm long on 1 oz, mm to mOhm (public, by padne's author)

LADDER = {0.2: 210.0, 0.3: 120.0, 0.4: 82.7, 0.5: 63.7}
FITTED_OHM, ETCHED_MM = 0.391e-3, 0.07


@pytest.mark.parametrize("wide", LADDER)
def test_a_measured_ladder_of_tracks(wide: float) -> None:
    """With the sheet that fits them all, and each track narrower by what was etched away."""
    area = box(-1, -2, 0, 2).union(box(70, -2, 71, 2))
    half = (wide - ETCHED_MM) / 2
    track = area.union(box(-0.5, -half, 70.5, half))
    foil = Foil((track,), (FITTED_OHM,), (
        Contact("in", 0, box(-1, -2, 0, 2)), Contact("out", 0, box(70, -2, 71, 2)),
    ))  # fmt: skip
    found = 1000 * field(foil, {"in": 1.0}, "out", 0.11).volt("in")
    assert found == pytest.approx(LADDER[wide], rel=0.05)
    assert found == pytest.approx(1000 * FITTED_OHM * 70 / (2 * half), rel=1e-3)


def spoked(gap: float, spoke: float) -> float:
    """Return the resistance from a hole in a pad to a ring 10 mm away, with spokes or without."""
    sheet = disc(0, 0, 13)
    if gap:
        pad, clear = disc(0, 0, 1.5), disc(0, 0, 1.5 + gap)
        cross = box(-2.5, -spoke / 2, 2.5, spoke / 2).union(box(-spoke / 2, -2.5, spoke / 2, 2.5))
        sheet = sheet.difference(clear).union(pad).union(cross.intersection(clear))
    return ohms(sheet, disc(0, 0, 0.7), around(10), 0.05)


def test_spokes_add_what_spokes_resist() -> None:
    """Four of 0.8 x 0.5 mm add 0.5/0.8/4 squares, and what crowding at their ends does."""
    solid, thermal = spoked(0, 0), spoked(0.5, 0.8)
    assert solid == pytest.approx(math.log(10 / 0.7) / 2 / math.pi, rel=2e-3)
    alone = 0.5 / 0.8 / 4
    assert alone < thermal - solid < 2.2 * alone
    assert spoked(0.5, 0.5) > thermal
