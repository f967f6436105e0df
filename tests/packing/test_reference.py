"""The published table of docs/fit.md §1.4, number by number.

Its lists of the best per height mix whole layers only, so they are checked against pose `layers`;
the best of all poses may hold more (columns), never less, and never more than the bound.
"""

from dataclasses import replace

import pytest

from packing.bound import upper_bound
from packing.cavity import Cavity, rack_cavity
from packing.check import violations
from packing.envelope import Envelope
from packing.pattern import Section, flat, flat_stacked, layers, on_edge, tilted
from packing.result import placements
from packing.solve import best_fit

PI = Section(56.0, 20.0)
PI_ENVELOPE = Envelope(length_mm=85, width_mm=56, thickness_mm=1.5, above_mm=16, below_mm=2.5)
GAPS = {"B0": (0.0, 0.0), "B1": (1.4, 1.4), "H": (4.0, 1.4), "N": (8.0, 1.4)}

# config, opening: flat 1U, flat stacked 1U, tilted 1U, on edge 2U (one row deep)
ONE_DEEP = {
    ("B0", 450): (8, 16, 9, 22),
    ("B1", 450): (7, 14, 8, 21),
    ("H", 450): (7, 7, 7, 18),
    ("N", 450): (7, 7, 7, 16),
    ("B0", 222): (3, 6, 4, 11),
    ("B1", 222): (3, 6, 4, 10),
    ("H", 222): (3, 3, 3, 9),
    ("N", 222): (3, 3, 3, 8),
}
# best of whole layers in 1 to 6 U
PER_HEIGHT = {
    ("B0", 450): (16, 32, 48, 68, 86, 104),
    ("B1", 450): (14, 28, 42, 63, 77, 91),
    ("H", 450): (7, 25, 39, 54, 68, 79),
    ("N", 450): (7, 23, 32, 48, 60, 71),
    ("B0", 222): (6, 14, 22, 33, 39, 47),
    ("B1", 222): (6, 13, 20, 30, 36, 43),
    ("H", 222): (3, 12, 18, 27, 33, 39),
}
# best module up to 6U: boards, height, (layers on edge, layers flat)
BEST_MODULE = {
    ("B0", 450): (104, 6, (0, 13)),
    ("B1", 450): (63, 4, (3, 0)),
    ("H", 450): (68, 5, (3, 2)),
    ("N", 450): (48, 4, (3, 0)),
    ("B0", 222): (33, 4, (3, 0)),
    ("B1", 222): (30, 4, (3, 0)),
    ("H", 222): (27, 4, (3, 0)),
    ("N", 222): (24, 4, (3, 0)),
}
# boards per U in cabinets 200, 260, 400, 600 and 800 mm deep
PER_U_BY_DEPTH = {
    ("B0", 450): (34.7, 34.7, 69.3, 86.7, 121.3),
    ("B1", 450): (31.5, 31.5, 63, 78.8, 110.2),
    ("H", 450): (27.2, 27.2, 54.4, 68, 95.2),
    ("N", 450): (24, 24, 48, 60, 84),
    ("B0", 222): (16.5, 16.5, 33, 41.2, 57.8),
    ("B1", 222): (15, 15, 30, 37.5, 52.5),
    ("H", 222): (13.5, 13.5, 27, 33.8, 47.2),
    ("N", 222): (12, 12, 24, 30, 42),
}
DEPTHS = (200.0, 260.0, 400.0, 600.0, 800.0)
HEIGHTS = range(1, 7)


def cavity(config: str, opening: float, height_u: float, depth: float | None = None) -> Cavity:
    air, edge = GAPS[config]
    space = rack_cavity(opening, height_u, depth_mm=depth)
    return replace(space, air_gap_mm=air, edge_gap_mm=edge)


def test_clear_heights_above_the_floor():
    clear = [rack_cavity(450, n).height_mm for n in HEIGHTS]
    assert clear == pytest.approx([41.66, 86.11, 130.56, 175.01, 219.46, 263.91])


@pytest.mark.parametrize(("config", "opening"), ONE_DEEP)
def test_single_poses(config, opening):
    one_u, two_u = cavity(config, opening, 1), cavity(config, opening, 2)
    counts = (
        flat(PI, one_u).count,
        flat_stacked(PI, one_u).count,
        tilted(PI, one_u).count,
        on_edge(PI, two_u).count,
    )
    assert counts == ONE_DEEP[config, opening]


@pytest.mark.parametrize(("config", "opening"), ONE_DEEP)
@pytest.mark.parametrize(
    ("pose", "height_u", "column"),
    [("flat", 1, 0), ("flat-stacked", 1, 1), ("tilted", 1, 2), ("on-edge", 2, 3)],
)
def test_two_rows_double_every_pose(config, opening, pose, height_u, column):
    space = cavity(config, opening, height_u)
    result = best_fit(PI_ENVELOPE, space, rows=2, poses=(pose,))
    assert result.count == 2 * ONE_DEEP[config, opening][column]
    assert not violations(placements(result), space)


@pytest.mark.parametrize(("config", "opening"), PER_HEIGHT)
def test_whole_layers_per_height(config, opening):
    found = tuple(layers(PI, cavity(config, opening, n)).count for n in HEIGHTS)
    assert found == PER_HEIGHT[config, opening]


@pytest.mark.parametrize(("config", "opening"), BEST_MODULE)
def test_best_module_of_whole_layers(config, opening):
    found = {n: layers(PI, cavity(config, opening, n)) for n in HEIGHTS}
    best = max(found, key=lambda n: (found[n].count / n, -n))
    pattern = found[best]
    assert (pattern.count, best, (pattern.edge, pattern.flat)) == BEST_MODULE[config, opening]


@pytest.mark.parametrize(("config", "opening"), PER_U_BY_DEPTH)
def test_boards_per_u_by_depth_of_cabinet(config, opening):
    found: list[float] = []
    for depth in DEPTHS:
        spaces = [cavity(config, opening, n, depth) for n in HEIGHTS]
        results = [best_fit(PI_ENVELOPE, s, rows=20, poses=("layers",)) for s in spaces]
        found.append(max(result.per_u or 0 for result in results))
    assert found == pytest.approx(PER_U_BY_DEPTH[config, opening], abs=0.051)


def test_four_units_with_fans_hold_54_in_one_row_and_108_in_two():
    space = cavity("H", 450, 4)
    assert best_fit(PI_ENVELOPE, space, poses=("layers",)).count == 54
    assert best_fit(PI_ENVELOPE, space, rows=2, poses=("layers",)).count == 108


@pytest.mark.parametrize(("config", "opening"), PER_HEIGHT)
@pytest.mark.parametrize("height_u", HEIGHTS)
def test_best_of_all_poses_lies_between_the_table_and_the_bound(config, opening, height_u):
    space = cavity(config, opening, height_u)
    result = best_fit(PI_ENVELOPE, space)
    assert PER_HEIGHT[config, opening][height_u - 1] <= result.count <= result.upper_bound
    assert not violations(placements(result), space)


def test_bound_proves_every_height_of_touching_boards_in_19_inches():
    bounds = tuple(upper_bound(PI, cavity("B0", 450, n)) for n in HEIGHTS)
    assert bounds == PER_HEIGHT["B0", 450]


def test_the_thirty_mm_pitch_is_fifteen_per_two_units():
    space = replace(rack_cavity(450, 2), air_gap_mm=10.0)
    result = best_fit(PI_ENVELOPE, space, poses=("on-edge",))
    assert (result.count, result.per_u) == (15, 7.5)
    assert best_fit(PI_ENVELOPE, rack_cavity(450, 1), poses=("on-edge",)).count == 0
