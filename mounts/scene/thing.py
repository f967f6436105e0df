"""A thing in a scene: its mesh, its look, and which way it goes when all is taken apart."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from mounts.assembly import Matrix, moved_mesh
from mounts.files.glb import Node, glb_bytes
from mounts.files.picture import DEVICE_COLOR, PART_COLOR, Actor, Color
from mounts.files.web_scene import web_scene
from mounts.mesh import Mesh

Vector = tuple[float, float, float]
Look = Literal[
    "part", "second", "third", "device", "board", "metal", "screw", "fan", "clear", "cable"
]

COLORS: dict[Look, Color] = {
    "part": PART_COLOR,
    "second": (0.96, 0.72, 0.36),
    "third": (0.55, 0.76, 0.55),
    "device": DEVICE_COLOR,
    "board": (0.20, 0.50, 0.33),
    "metal": (0.80, 0.81, 0.83),
    "screw": (0.58, 0.60, 0.63),
    "fan": (0.42, 0.44, 0.48),
    "clear": (0.78, 0.88, 0.93),
    "cable": (0.82, 0.36, 0.30),
}
OPACITY: dict[Look, float] = {"clear": 0.45}


@dataclass(frozen=True, eq=False)
class Thing:
    """One thing at its place.

    Args:
        name: what a viewer of the model calls it; each name is used once in a scene.
        mesh: in the rack frame, mm.
        look: what it is made of.
        away_mm: how far it moves when the scene is taken apart.
    """

    name: str
    mesh: Mesh
    look: Look = "part"
    away_mm: Vector = (0.0, 0.0, 0.0)

    def placed(self, matrix: Matrix) -> "Thing":
        """Return the thing turned and shifted, its way out turned with it."""
        a, b, c = (tuple(row[i] * self.away_mm[i] for i in range(3)) for row in matrix)
        return replace(self, mesh=moved_mesh(self.mesh, matrix), away_mm=(sum(a), sum(b), sum(c)))

    def apart(self) -> "Thing":
        """Return the thing where it stands once the scene is taken apart."""
        return replace(self, mesh=moved_mesh(self.mesh, shift(*self.away_mm)))

    def pushed(self, by_mm: Vector) -> "Thing":
        """Return the thing with a longer way out."""
        x, y, z = (a + b for a, b in zip(self.away_mm, by_mm, strict=True))
        return replace(self, away_mm=(x, y, z))


def shift(x: float, y: float, z: float) -> Matrix:
    """Return a place that is only shifted, mm."""
    return ((1, 0, 0, x), (0, 1, 0, y), (0, 0, 1, z))


def actors(things: Iterable[Thing]) -> list[Actor]:
    """Return things as a picture shows them; what is clear last, so that all else shows through."""
    ordered = sorted(things, key=lambda thing: thing.look in OPACITY)
    return [Actor(t.mesh, COLORS[t.look], OPACITY.get(t.look, 1.0)) for t in ordered]


def exploded(things: Iterable[Thing]) -> list[Thing]:
    """Return the scene taken apart."""
    return [thing.apart() for thing in things]


def model(things: Iterable[Thing], title: str) -> bytes:
    """Return the scene as binary glTF."""
    return glb_bytes(_nodes(things), title)


def turnable(things: Iterable[Thing]) -> bytes:
    """Return the scene for the viewer in a page; what is clear last."""
    return web_scene(_nodes(sorted(things, key=lambda thing: thing.look in OPACITY)))


def _nodes(things: Iterable[Thing]) -> list[Node]:
    return [Node(t.name, t.mesh, COLORS[t.look], OPACITY.get(t.look, 1.0)) for t in things]
