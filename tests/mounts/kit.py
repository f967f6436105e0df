"""Parts made once for all tests of a process, and what is known of them from elsewhere."""

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
from manifold3d import OpType

from catalog.load import Catalog, load_catalog
from catalog.models import Fact
from catalog.problems import InputError
from mounts.mesh import Mesh, manifold, mesh_of
from mounts.order import Order, spec_for
from mounts.part import Part
from mounts.registry import PARTS

if TYPE_CHECKING:
    from cadquery import Shape


@cache
def catalog() -> Catalog:
    """The built-in facts."""
    return load_catalog()


@dataclass(frozen=True)
class Wish:
    """A part in the catalogue's names. `options` are (field, value) pairs of its spec."""

    part: str
    device: str | None = None
    rack: str = "10in"
    height_u: float | None = None
    options: tuple[tuple[str, Any], ...] = ()

    def __str__(self) -> str:
        chosen = [f"{key}={value}" for key, value in self.options]
        height = [] if self.height_u is None else [f"{self.height_u:g}U"]
        return " ".join([self.part, *filter(None, [self.device]), self.rack, *height, *chosen])


@dataclass(frozen=True, eq=False)
class Sample:
    """A part with its spec and its mesh."""

    wish: Wish
    spec: Any
    part: Part
    mesh: Mesh

    @property
    def holes(self) -> int:
        """How many perforations it has."""
        return sum(len(p.centers) for p in self.part.perforations)


def spec_of(wish: Wish) -> Any:
    """Return the spec of a wish.

    Raises:
        InputError: it cannot be had.
    """
    order = Order(
        wish.part, wish.rack, wish.device, wish.height_u, options=dict(wish.options)
    )  # fmt: skip
    return spec_for(order, catalog())


@cache
def sample(wish: Wish) -> Sample:
    """Return a part as wished for."""
    spec = spec_of(wish)
    part = PARTS[wish.part].build(spec)
    return Sample(wish, spec, part, mesh_of(part))


def built(family: str, spec: Fact) -> tuple[Part, Mesh]:
    """Return a part of a spec and its mesh."""
    part = PARTS[family].build(spec)
    return part, mesh_of(part)


@cache
def smallest(part: str, device: str, options: tuple[tuple[str, Any], ...] = ()) -> Wish:
    """Return the wish for the smallest rack that a device fits, 10 inch before 19."""
    for rack in ("10in", "19in"):
        wish = Wish(part, device, rack, None, options)
        try:
            spec_of(wish)
        except InputError:
            continue
        return wish
    raise LookupError(f"{device} fits no rack as {part}")  # noqa: EM102 - a test's own message


# One board with holes and known ports, one larger, one whose holes nobody has measured.
PI, ROCKPRO, HOLELESS = "raspberry-pi-4b", "pine64-rockpro64", "orange-pi-5-plus"
SWITCH = "netgear-gs308"
ADD = OpType.Add
EVERY_RACK = ("10in", "10in-250", "19in")


def genus(mesh: Mesh) -> int:
    """Return the number of through holes of one closed mesh: 1 - (V - E + F) / 2 (Euler)."""
    used = np.unique(mesh.triangles).size
    faces = len(mesh.triangles)
    edges, over = divmod(3 * faces, 2)
    assert over == 0
    twice = 2 - (used - edges + faces)
    assert twice % 2 == 0
    return int(twice // 2)


def exact_genus(shape: "Shape") -> int:
    """Return the same of an exact solid: inner wires make faces rings (Euler and Poincaré)."""
    faces, wires = len(shape.Faces()), len(shape.Wires())
    euler = len(shape.Vertices()) - len(shape.Edges()) + faces - (wires - faces)
    assert euler % 2 == 0
    return 1 - euler // 2


def volume_of_meshes(mesh: Mesh) -> float:
    """Return the volume as manifold3d has it, mm³."""
    return float(manifold(mesh).volume())
