"""A mesh that was tidied is still the part: manifold3d may join the wrong corners."""

import pytest

from mounts.exact import exact
from mounts.mesh import manifold
from tests.mounts.kit import Wish, sample


@pytest.mark.parametrize("box", ["gmktec-nucbox-g9", "unifi-flex-xg"])
def test_a_mesh_is_as_large_as_its_exact_solid_where_edges_line_up(box: str) -> None:
    """Before, a rail of both had a dent 3 mm deep; the mesh was closed all the same."""
    one = sample(Wish("wall", box))
    assert one.mesh.volume_mm3() == pytest.approx(exact(one.part).Volume(), rel=1e-4)
    assert manifold(one.mesh).volume() == pytest.approx(one.mesh.volume_mm3(), rel=1e-5)
