"""Draws the pictures of README and docs from the parts as they are now.

Each picture's stamp, a digest of the meshes in it, is kept in `docs/images/stamps.json`; a test
makes the same meshes and fails when a picture is older than the part it shows.

    .venv/bin/python scripts/draw_pictures.py
"""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

from catalog.load import Catalog, load_catalog
from mounts.assembly import Matrix, blocks_solid, device_blocks, moved_mesh, sled_matrix
from mounts.files.picture import DEVICE_COLOR, Actor, write_png
from mounts.files.stl import stl_bytes
from mounts.mesh import from_manifold, mesh_of
from mounts.order import Order, companions, spec_for
from mounts.parts.frame_spec import FrameSpec
from mounts.registry import PARTS
from rack.parts import SLED_COLOR

IMAGES = Path(__file__).parent.parent / "docs" / "images"
PULLED_MM = 45.0


def row_of_sleds(catalog: Catalog) -> list[Actor]:
    """Return ten Pi 4B on edge in 2U of a 10-inch rack, one sled half out."""
    order = Order("frame", "10in", "raspberry-pi-4b", 2.0, options={"pose": "on-edge"})
    spec = spec_for(order, catalog)
    assert isinstance(spec, FrameSpec)
    ((family, sled),) = companions(spec)
    mesh = mesh_of(PARTS[family].build(sled))
    device = from_manifold(blocks_solid(device_blocks(sled)))
    scene = [Actor(mesh_of(PARTS["frame"].build(spec)))]
    for index in range(spec.sleds):
        matrix = _pulled(sled_matrix(spec, index), PULLED_MM if index == 1 else 0.0)
        scene.append(Actor(moved_mesh(mesh, matrix), SLED_COLOR))
        scene.append(Actor(moved_mesh(device, matrix), DEVICE_COLOR))
    return scene


def shelf(catalog: Catalog) -> list[Actor]:
    """Return a shelf for an eight-port switch, empty."""
    return _alone(Order("shelf", "10in", "netgear-gs308", 1.0), catalog)


def tray(catalog: Catalog) -> list[Actor]:
    """Return a tray for a Pi 4B, empty."""
    return _alone(Order("tray", "10in", "raspberry-pi-4b", 1.0), catalog)


PICTURES: dict[str, Callable[[Catalog], list[Actor]]] = {
    "row-of-sleds": row_of_sleds,
    "shelf": shelf,
    "tray": tray,
}
FROM_BEHIND = (0.65, 0.8, 0.7)


def stamp(scene: list[Actor]) -> str:
    """Return a digest of everything a picture shows."""
    return hashlib.sha256(b"".join(stl_bytes(actor.mesh) for actor in scene)).hexdigest()[:16]


def main() -> None:
    """Draw every picture and write the stamps."""
    catalog = load_catalog()
    IMAGES.mkdir(parents=True, exist_ok=True)
    stamps: dict[str, str] = {}
    for name, make in PICTURES.items():
        scene = make(catalog)
        stamps[name] = stamp(scene)
        toward = FROM_BEHIND if len(scene) == 1 else (-0.55, -1.0, 0.62)
        write_png(IMAGES / f"{name}.png", scene, (1000, 640), toward)
        print(f"{name}.png  {stamps[name]}")
    text = json.dumps(stamps, indent=2, sort_keys=True) + "\n"
    (IMAGES / "stamps.json").write_text(text, encoding="utf-8")


def _alone(order: Order, catalog: Catalog) -> list[Actor]:
    return [Actor(mesh_of(PARTS[order.part].build(spec_for(order, catalog))))]


def _pulled(matrix: Matrix, by_mm: float) -> Matrix:
    """Return a place moved out of the rack, towards the front."""
    a, b, c = matrix
    return (a, (b[0], b[1], b[2], b[3] - by_mm), c)


if __name__ == "__main__":
    main()
