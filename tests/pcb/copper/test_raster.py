"""Cells, faces and contacts against shapely, which knows no grid; and laws of resistance."""

import math

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.affinity import rotate, scale
from shapely.geometry import LineString, Point, Polygon, box

from pcb.copper.field import field, refined
from pcb.copper.foil import Contact, Foil, Link
from pcb.copper.raster import edges_of, faces, grid_over, marks
from pcb.copper.solve import OpenCircuitError
from tests.pcb.copper.shapes import disc, ohms, sheet_ohms

discs = st.tuples(st.floats(0, 20), st.floats(0, 12), st.floats(0.6, 4))


@given(st.lists(discs, min_size=1, max_size=4), st.lists(discs, max_size=3), st.floats(0.3, 1.1))
def test_faces_are_covered_by_what_shapely_says(
    put: list[tuple[float, float, float]], cut: list[tuple[float, float, float]], cell: float
) -> None:
    area = shapely.union_all([disc(*one) for one in put])
    area = area.difference(shapely.union_all([disc(*one) for one in cut]))
    if area.is_empty:
        return
    grid = grid_over((-4, -4, 24, 16), cell)
    upright, flat = faces(edges_of(area), grid)
    assert upright.shape == (grid.up, grid.across + 1)
    assert flat.shape == (grid.up + 1, grid.across)
    for row, column in [(3, 7), (8, 11), (12, 20), (14, 5), (9, 9)]:
        x, y = grid.left_mm + column * cell, grid.low_mm + row * cell
        for part, end in ((upright, (x, y + cell)), (flat, (x + cell, y))):
            crossed = LineString([(x, y), end]).intersection(area).length / cell
            assert part[row, column] == pytest.approx(crossed, abs=1e-6)
    for part in (upright, flat):
        assert part.sum() * cell**2 == pytest.approx(area.area, rel=0.2, abs=2 * cell**2)


@given(st.lists(discs, min_size=1, max_size=3, unique=True))
def test_cells_of_contacts_are_those_whose_middle_they_hold(
    drawn: list[tuple[float, float, float]],
) -> None:
    held: list[shapely.Polygon] = []
    for one in (disc(*shape) for shape in drawn):
        if all(not one.intersects(other) for other in held):
            held.append(one)
    grid = grid_over((0, 0, 20, 12), 0.5)
    found = marks(held, grid)
    x = grid.left_mm + 0.25 + 0.5 * np.arange(grid.across)
    y = grid.low_mm + 0.25 + 0.5 * np.arange(grid.up)
    for number, one in enumerate(held, start=1):
        inside = shapely.contains_xy(one, *np.meshgrid(x, y))
        assert np.array_equal(found.label == number, inside)
    assert found.across.min() > 0
    assert found.upwards.max() <= 1


def plate(cut: tuple[float, float, float] | None) -> Polygon:
    area = box(0, 0, 24, 14)
    return area if cut is None else area.difference(disc(*cut))


ENDS = disc(4, 7, 1.5), disc(20, 7, 1.5)


@given(st.tuples(st.floats(8, 16), st.floats(0, 14), st.floats(0.5, 5)))
def test_less_copper_never_resists_less(cut: tuple[float, float, float]) -> None:
    assert ohms(plate(cut), *ENDS, 0.5) >= ohms(plate(None), *ENDS, 0.5) - 1e-12


@given(st.sampled_from([90, 180, 270]), st.floats(0.2, 6))
def test_turning_a_sheet_and_its_size_change_nothing(angle: int, size: float) -> None:
    shapes = [plate((12, 2, 5)), *ENDS]
    changed = [
        scale(rotate(one, angle, origin=(0, 0)), size, size, origin=(0, 0)) for one in shapes
    ]
    assert sheet_ohms(changed, 0.25 * size) == pytest.approx(sheet_ohms(shapes, 0.25), rel=4e-3)


@settings(max_examples=8)
@given(st.floats(0, 90))
def test_a_strip_at_any_angle_is_nearly_exact(angle: float) -> None:
    """Stairs would be 27 % off at 45 degrees, on cells of any size."""
    shapes = box(-3, 0, 43, 5), box(-3, -1, 0, 6), box(40, -1, 43, 6)
    found = sheet_ohms([rotate(one, angle, origin=(0, 0)) for one in shapes], 0.25)
    assert found == pytest.approx(8, rel=6e-3)


def ring(cell: float) -> float:
    return ohms(disc(0, 0, 12), disc(0, 0, 1), disc(0, 0, 20).difference(disc(0, 0, 9)), cell)


def test_the_error_falls_with_the_square_of_the_cell() -> None:
    exact = math.log(9) / 2 / math.pi
    errors = [abs(ring(cell) - exact) for cell in (1 / 2, 1 / 4, 1 / 8)]
    assert errors[0] > 3 * errors[1] > 9 * errors[2]


def test_the_error_that_is_told_is_more_than_the_true_one() -> None:
    area, ends = disc(0, 0, 12), (disc(0, 0, 1), disc(0, 0, 20).difference(disc(0, 0, 9)))
    contacts = tuple(Contact(name, 0, one) for name, one in zip(("in", "out"), ends, strict=True))
    found = refined(Foil((area,), (1.0,), contacts), {"in": 1.0}, "out")
    true = abs(found.fine.volt("in") / (math.log(9) / 2 / math.pi) - 1)
    assert true < found.error < 0.01


def test_what_is_not_joined_is_said() -> None:
    area = box(0, 0, 4, 4).union(box(5, 0, 9, 4))
    contacts = Contact("in", 0, Point(2, 2).buffer(1)), Contact("out", 0, Point(7, 2).buffer(1))
    with pytest.raises(OpenCircuitError) as caught:
        field(Foil((area,), (1.0,), contacts), {"in": 1.0}, "out", 0.25)
    assert caught.value.args == ("in",)
    joined = Foil((area,), (1.0,), contacts, (Link(("in", "out"), 2.0),))
    assert field(joined, {"in": 1.5}, "out", 0.25).volt("in") == pytest.approx(3)


def test_many_cells_are_solved_as_few_are(monkeypatch: pytest.MonkeyPatch) -> None:
    """Step by step, and at once."""
    exact = ohms(plate((12, 2, 5)), *ENDS, 0.25)
    monkeypatch.setattr("pcb.copper.solve.DIRECT", 100)
    monkeypatch.setattr("pcb.copper.solve.COARSEST", 60)
    assert ohms(plate((12, 2, 5)), *ENDS, 0.25) == pytest.approx(exact, rel=1e-9)
