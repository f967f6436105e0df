"""How a scene gets the meshes of its parts: made anew, or taken from those that are there."""

from collections.abc import Callable

from catalog.models import Fact
from mounts.mesh import Mesh, mesh_of
from mounts.registry import PARTS

Make = Callable[[str, Fact], Mesh]


def fresh() -> Make:
    """Return a maker that makes each part once and keeps it."""
    return kept([])


def kept(made: list[tuple[Fact, Mesh]]) -> Make:
    """Return a maker that takes what is there, and makes what is not."""
    known = list(made)

    def make(family: str, spec: Fact) -> Mesh:
        for one, mesh in known:
            if type(one) is type(spec) and one == spec:
                return mesh
        mesh = mesh_of(PARTS[family].build(spec))
        known.append((spec, mesh))
        return mesh

    return make
