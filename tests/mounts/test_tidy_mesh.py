"""A mesh that was tidied is still the part: manifold3d may join the wrong corners."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mounts.exact import exact
from mounts.geometry.caps import without_caps
from mounts.mesh import Mesh, manifold
from tests.mounts.kit import Wish, sample


@pytest.mark.parametrize("box", ["gmktec-nucbox-g9", "unifi-flex-xg"])
def test_a_mesh_is_as_large_as_its_exact_solid_where_edges_line_up(box: str) -> None:
    """Before, a rail of both had a dent 3 mm deep; the mesh was closed all the same."""
    one = sample(Wish("wall", box))
    assert one.mesh.volume_mm3() == pytest.approx(exact(one.part).Volume(), rel=1e-4)
    assert manifold(one.mesh).volume() == pytest.approx(one.mesh.volume_mm3(), rel=1e-5)


def test_holes_in_line_leave_no_facets_without_height() -> None:
    """Four rows of four pointed holes: their peaks made facets of three corners in a row."""
    grid = {"columns": 4, "rows": 4, "column_pitch_mm": 12.0, "row_pitch_mm": 12.0}
    where = {"box_width_mm": 50.0, "first_hole_mm": 199.9, "wing_mm": 7.0}
    one = sample(Wish("ears", None, "19in", None, tuple({**grid, **where}.items())))
    assert flat(one.mesh) == 0
    assert one.mesh.open_edges() == 0
    assert one.mesh.volume_mm3() == pytest.approx(exact(one.part).Volume(), rel=1e-4)


@given(st.lists(st.integers(1, 9), min_size=1, max_size=6, unique=True), st.integers(0, 11))
def test_points_on_an_edge_are_taken_off_it(tenths: list[int], edge: int) -> None:
    """A tetrahedron of which one edge has points on it, and facets without height between them."""
    points = [(0.0, 0.0, 0.0), (10.0, 0.0, 0.0), (0.0, 10.0, 0.0), (0.0, 0.0, 10.0)]
    faces = [(0, 2, 1), (0, 1, 3), (1, 2, 3), (2, 0, 3)]
    face = faces.pop(edge % 4)
    a, b, c = (face[(edge // 4 + k) % 3] for k in range(3))
    at = np.array(points)
    row = [a, *range(4, 4 + len(tenths)), b]
    points += [tuple(at[a] + t / 10 * (at[b] - at[a])) for t in sorted(tenths)]
    # The face fans out from c; what is left to the neighbour's edge are facets without height.
    faces += [(row[k], row[k + 1], c) for k in range(len(row) - 1)]
    faces += [(b, row[k + 1], row[k]) for k in range(len(row) - 2)]
    drawn = Mesh(np.array(points), np.array(faces))
    assert flat(drawn) == len(tenths)
    mended = Mesh(drawn.vertices, without_caps(drawn.vertices, drawn.triangles))
    assert flat(mended) == 0
    assert mended.open_edges() == 0
    assert mended.volume_mm3() == pytest.approx(1000 / 6)
    assert mended.area_mm2() == pytest.approx(drawn.area_mm2())


def flat(mesh: Mesh) -> int:
    """How many facets are lower than 0.01 µm."""
    a, b, c = np.moveaxis(mesh.corners(), 1, 0)
    sides = np.linalg.norm([b - a, c - b, a - c], axis=2).max(axis=0)
    return int((np.linalg.norm(np.cross(b - a, c - a), axis=1) <= 1e-5 * sides).sum())
