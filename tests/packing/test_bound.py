"""The upper bound: never below an optimum that another solver proves, never below a count."""

import itertools
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from packing.bound import any_angle_bound, area_bound, raster_bound, slice_bound, upper_bound
from packing.cavity import Cavity
from packing.pattern import Section, columns, layers, tilted

PI = Section(56.0, 20.0)
# docs/fit.md §1.4: proven optima of 56 × 20 in whole millimetres of 1 to 4 U
OPTIMA = {
    (222, 41): 6,
    (222, 86): 14,
    (222, 130): 22,
    (222, 175): 33,
    (450, 41): 16,
    (450, 86): 32,
    (450, 130): 48,
    (450, 175): 68,
}


def sums(limit: int, sizes: tuple[int, ...]) -> list[int]:
    """Return every sum of the sizes up to a limit: the raster of positions."""
    reached = {0}
    for total in range(1, limit + 1):
        if any(total - size in reached for size in sizes):
            reached.add(total)
    return sorted(reached)


def most_on_raster(width: int, height: int, size: tuple[int, int]) -> int:
    """Pack touching boards to proven optimality: each raster point is covered once at most."""
    from ortools.sat.python import cp_model  # noqa: PLC0415 - slow to import

    wide, thin = size
    across, upward = sums(width, size), sums(height, size)
    model = cp_model.CpModel()
    covering: dict[tuple[int, int], list[cp_model.IntVar]] = {}
    every: list[cp_model.IntVar] = []
    for dx, dz in {(wide, thin), (thin, wide)}:
        for x, z in itertools.product(across, upward):
            if x + dx > width or z + dz > height:
                continue
            chosen = model.new_bool_var("")
            every.append(chosen)
            for px in (p for p in across if x <= p < x + dx):
                for pz in (p for p in upward if z <= p < z + dz):
                    covering.setdefault((px, pz), []).append(chosen)
    for rivals in covering.values():
        model.add_at_most_one(rivals)
    model.maximize(sum(every))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 2
    solver.parameters.random_seed = 0
    assert solver.solve(model) == cp_model.OPTIMAL
    return round(solver.objective_value)


@pytest.mark.parametrize(("width", "height"), OPTIMA)
def test_layers_reach_the_optimum_that_cp_sat_proves(width, height):
    best = layers(PI, Cavity(width_mm=width, height_mm=height)).count
    assert best == OPTIMA[width, height]
    assert best == most_on_raster(width, height, (56, 20))
    assert upper_bound(PI, Cavity(width_mm=width, height_mm=height)) >= best


def test_hand_proof_for_touching_boards_in_19_inches():
    # All positions are multiples of 4, so 450 × 86.11 shrinks to 448 × 80 = 32 boards of 1120 mm²,
    # and 4U to 448 × 172 = 68 boards (docs/fit.md §1.4).
    for height, count in ((41.66, 16), (86.11, 32), (130.56, 48), (175.01, 68), (219.46, 86)):
        assert raster_bound(PI, Cavity(width_mm=450, height_mm=height)) == count


SIDE = st.integers(1, 9)


@given(width=st.integers(1, 30), height=st.integers(1, 24), wide=SIDE, thin=SIDE)
@settings(max_examples=30)
def test_bounds_hold_for_every_optimum_of_touching_boards(width, height, wide, thin):
    section = Section(float(max(wide, thin)), float(min(wide, thin)))
    cavity = Cavity(width_mm=width, height_mm=height)
    optimum = most_on_raster(width, height, (max(wide, thin), min(wide, thin)))
    assert layers(section, cavity).count <= optimum
    assert columns(section, cavity).count <= optimum
    for bound in (area_bound, raster_bound, slice_bound, any_angle_bound):
        assert bound(section, cavity) >= optimum


def most_with_gaps(section: tuple[int, int], cavity: Cavity) -> int:
    """Pack whole-millimetre boards with the gap rule, pair by pair, to proven optimality.

    Whole positions are enough: pushed left and down, every position is a sum of whole numbers.
    """
    from ortools.sat.python import cp_model  # noqa: PLC0415 - slow to import

    wide, thin = section
    spots: list[tuple[int, int, int, int, bool]] = []
    for flat, dx, dz in ((True, wide, thin), (False, thin, wide)):
        for x in range(int(cavity.width_mm) - dx + 1):
            spots += [(x, z, dx, dz, flat) for z in range(int(cavity.height_mm) - dz + 1)]
    model = cp_model.CpModel()
    chosen = [model.new_bool_var("") for _ in spots]
    for (a, spot_a), (b, spot_b) in itertools.combinations(enumerate(spots), 2):
        if not clear(spot_a, spot_b, cavity):
            model.add_bool_or(chosen[a].negated(), chosen[b].negated())
    model.maximize(sum(chosen))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 2
    solver.parameters.random_seed = 0
    assert solver.solve(model) == cp_model.OPTIMAL
    return round(solver.objective_value)


def clear(
    a: tuple[int, int, int, int, bool], b: tuple[int, int, int, int, bool], cavity: Cavity
) -> bool:
    """Tell whether two boards keep the air gap between faces and the edge gap elsewhere."""
    apart_x = max(a[0] - b[0] - b[2], b[0] - a[0] - a[2])
    apart_z = max(a[1] - b[1] - b[3], b[1] - a[1] - a[3])
    both_flat, both_on_edge = a[4] and b[4], not a[4] and not b[4]
    return apart_x >= (cavity.air_gap_mm if both_on_edge else cavity.edge_gap_mm) or apart_z >= (
        cavity.air_gap_mm if both_flat else cavity.edge_gap_mm
    )


@given(
    width=st.integers(4, 17),
    height=st.integers(3, 12),
    wide=st.integers(3, 7),
    thin=st.integers(1, 3),
    gaps=st.tuples(st.integers(0, 5), st.integers(0, 2)),
)
@settings(max_examples=30)
def test_bounds_hold_for_every_optimum_with_gaps(width, height, wide, thin, gaps):
    section = Section(float(wide), float(thin))
    cavity = Cavity(width_mm=width, height_mm=height, air_gap_mm=gaps[0], edge_gap_mm=gaps[1])
    optimum = most_with_gaps((wide, thin), cavity)
    assert layers(section, cavity).count <= optimum
    assert columns(section, cavity).count <= optimum
    assert upper_bound(section, cavity) >= optimum
    assert any_angle_bound(section, cavity) >= optimum


def test_air_wider_than_a_board_does_not_make_the_bound_fall_below_a_sandwich():
    # An air gap of 5 with boards 3 × 1: growing faces by 2.5 would wrongly forbid what gaps allow.
    cavity = Cavity(width_mm=17, height_mm=8, air_gap_mm=5, edge_gap_mm=0)
    assert upper_bound(Section(3.0, 1.0), cavity) >= most_with_gaps((3, 1), cavity)


@given(
    section=st.builds(lambda w, r: Section(w, w * r), st.floats(20, 120), st.floats(0.05, 1)),
    width=st.floats(20, 500),
    height=st.floats(5, 300),
    air=st.floats(0, 20),
    edge=st.floats(0, 5),
)
def test_no_pose_is_above_its_bound_and_the_bound_is_the_same_on_its_side(
    section, width, height, air, edge
):
    cavity = Cavity(width_mm=width, height_mm=height, air_gap_mm=air, edge_gap_mm=edge)
    bound = upper_bound(section, cavity)
    assert layers(section, cavity).count <= bound
    assert columns(section, cavity).count <= bound
    assert tilted(section, cavity).count <= any_angle_bound(section, cavity)
    assert bound == upper_bound(section, replace(cavity, width_mm=height, height_mm=width))


@pytest.mark.parametrize(("air", "edge"), [(0.0, 0.0), (1.4, 1.4), (4.0, 1.4)])
def test_the_bound_is_never_looser_than_the_plain_area(air, edge):
    for width, height in OPTIMA:
        cavity = Cavity(width_mm=width, height_mm=height, air_gap_mm=air, edge_gap_mm=edge)
        smallest = min(bound(PI, cavity) for bound in (area_bound, raster_bound, slice_bound))
        assert upper_bound(PI, cavity) == smallest
        assert raster_bound(PI, cavity) <= area_bound(PI, cavity)
