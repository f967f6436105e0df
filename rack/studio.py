"""Views of mounts: together, taken apart, and as a model, made as soon as the parts are there.

Equal mounts are drawn once. Where the system has no OpenGL, the models are made all the same.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from catalog.models import Fact
from catalog.problems import ToolMissing
from mounts.export import picture
from mounts.scene.make import kept
from mounts.scene.thing import actors, exploded, model, turnable
from mounts.scene.whole import scene
from rack.crew import Blobs, Crew, Kind, plain

if TYPE_CHECKING:
    from mounts.mesh import Mesh
    from rack.workers import Promise

Names = tuple[str, ...]
APART = "-exploded"  # ends the name of the picture of a mount taken apart
TOP = "-top"  # ends the name of the one from above
FROM_ABOVE = (0.0, -1e-6, 1.0)  # a hair of the front, so that it is below in the picture


@dataclass(frozen=True)
class Shown:
    """A mount with its devices: models, and pictures where the system can draw.

    `scene` is what the report's viewer shows; `blind`: pictures were wanted and cannot be drawn.
    """

    glb: bytes
    scene: bytes
    png: bytes | None = None
    apart: bytes | None = None
    top: bytes | None = None
    blind: bool = False

    def files(self, stem: str) -> dict[str, bytes]:
        """Return what there is as files named after a stem."""
        pictures = {f"{stem}.png": self.png, f"{stem}{APART}.png": self.apart}
        pictures[f"{stem}{TOP}.png"] = self.top
        found = {name: data for name, data in pictures.items() if data is not None}
        return {f"{stem}.glb": self.glb, **found}


def _pack(shown: Shown) -> Blobs:
    views = {name: getattr(shown, name) for name in ("glb", "scene", "png", "apart", "top")}
    return {name: data for name, data in views.items() if data is not None}


def _unpack(blobs: Blobs) -> Shown:
    png, apart, top = (blobs.get(name) for name in ("png", "apart", "top"))
    return Shown(blobs["glb"], blobs["scene"], png, apart, top)


def _lasts(shown: Shown) -> bool:
    """Say whether nothing is missing that another time may be there."""
    return not shown.blind


VIEW = Kind("view", _pack, _unpack, _lasts)


class Studio:
    """Has each scene made as soon as its parts are there.

    Args:
        hands: who makes them.
        scenes: label and spec of the mount that so many parts, by name, make together.
        pictures: draw them too.
    """

    def __init__(
        self, hands: Crew, scenes: Mapping[Names, tuple[str, Fact]], *, pictures: bool
    ) -> None:
        self.hands = hands
        self.scenes = scenes
        self.pictures = pictures
        self.made: dict[str, tuple[str, Fact, Mesh]] = {}
        self.shown: dict[Names, Promise[Shown]] = {}

    def take(self, name: str, key: str, spec: Fact, mesh: "Mesh") -> None:
        """Note a part that is ready, and the key that it is kept under."""
        self.made[name] = key, spec, mesh
        for names, (label, whole) in self.scenes.items():
            if name in names and set(names) <= set(self.made):
                keys = [self.made[one][0] for one in names]
                parts = [self.made[one][1:] for one in names]
                of = {"spec": plain(whole), "parts": keys, "pictures": self.pictures}
                work = show, whole, parts, self.pictures
                self.shown[names] = self.hands.ask(VIEW, of, label, *work)

    def view(self, names: Names) -> Shown:
        """Return what a mount looks like."""
        return self.shown[names].result()


def show(spec: Fact, made: "list[tuple[Fact, Mesh]]", pictures: bool) -> Shown:
    """Return the views of one mount.

    Args:
        spec: the mount.
        made: specs and meshes of parts that are there already.
        pictures: draw it, if the system can.
    """
    things = scene(spec, kept(made))
    glb = model(things, type(spec).__name__.removesuffix("Spec").lower())
    turned = turnable(things)
    if not pictures:
        return Shown(glb, turned)
    try:
        whole, apart = actors(things), actors(exploded(things))
        top = picture(whole, FROM_ABOVE)
        return Shown(glb, turned, picture(whole), picture(apart), top)
    except ToolMissing:
        return Shown(glb, turned, blind=True)
