"""Draws the pictures of README and docs from the parts as they are now.

Each picture's stamp, a digest of the meshes in it, is kept in `docs/images/stamps.json`; a test
makes the same meshes and fails when a picture is older than the part it shows.

    .venv/bin/python scripts/draw_pictures.py
"""

import hashlib
import json
import sys
from collections.abc import Callable
from pathlib import Path

from catalog.load import Catalog, load_catalog
from mounts.files.contact import Cell, write_sheet
from mounts.files.picture import FROM_BEHIND, FROM_THE_FRONT, Actor, write_png
from mounts.files.stl import stl_bytes
from mounts.mesh import mesh_of
from mounts.order import Order, spec_for
from mounts.registry import PARTS
from mounts.samples import SAMPLES
from mounts.scene.thing import actors, shift
from mounts.scene.whole import scene

GALLERY = "gallery"
COLUMNS = 5
# Behind their panels there is more to see than before them.
DEEP = {"drives", "nas", "psu", "shelf", "ups"}
GOLDENS = Path(__file__).parent.parent / "tests" / "mounts" / "test_golden"
IMAGES = Path(__file__).parent.parent / "docs" / "images"
PULLED_MM = 45.0


def row_of_sleds(catalog: Catalog) -> list[Actor]:
    """Return ten Pi 4B on edge in 2U of a 10-inch rack, one sled half out."""
    order = Order("frame", "10in", "raspberry-pi-4b", 2.0, options={"pose": "on-edge"})
    spec = spec_for(order, catalog)
    pulled = shift(0.0, -PULLED_MM, 0.0)
    return actors(t.placed(pulled) if t.name.endswith(" 2") else t for t in scene(spec))


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


def stamp(shown: list[Actor]) -> str:
    """Return a digest of everything a picture shows."""
    return hashlib.sha256(b"".join(stl_bytes(actor.mesh) for actor in shown)).hexdigest()[:16]


def gallery(catalog: Catalog) -> list[Cell]:
    """Return every whole sample with its device in place."""
    return [
        Cell(
            sample.name,
            actors(scene(spec_for(sample.order, catalog))),
            FROM_BEHIND if sample.order.part in DEEP else FROM_THE_FRONT,
        )
        for sample in SAMPLES
        if sample.whole
    ]


def gallery_stamp() -> str:
    """Return a digest of all samples: of their golden digests, which a test holds to the parts.

    To make all parts for it would take a minute.
    """
    names = [f"{sample.name}.yml" for sample in SAMPLES if sample.whole]
    text = b"".join((GOLDENS / name).read_bytes() for name in names)
    return hashlib.sha256(text).hexdigest()[:16]


def main() -> None:
    """Draw every picture and write the stamps; with `--no-gallery` all but the contact sheet."""
    catalog = load_catalog()
    IMAGES.mkdir(parents=True, exist_ok=True)
    old = json.loads((IMAGES / "stamps.json").read_text(encoding="utf-8"))
    stamps: dict[str, str] = {GALLERY: old.get(GALLERY, "")}
    if "--no-gallery" not in sys.argv[1:]:
        write_sheet(IMAGES / f"{GALLERY}.png", gallery(catalog), COLUMNS)
        stamps[GALLERY] = gallery_stamp()
        print(f"{GALLERY}.png  {stamps[GALLERY]}")
    for name, make in PICTURES.items():
        shown = make(catalog)
        stamps[name] = stamp(shown)
        toward = FROM_BEHIND if len(shown) == 1 else FROM_THE_FRONT
        write_png(IMAGES / f"{name}.png", shown, (1000, 640), toward)
        print(f"{name}.png  {stamps[name]}")
    text = json.dumps(stamps, indent=2, sort_keys=True) + "\n"
    (IMAGES / "stamps.json").write_text(text, encoding="utf-8")


def _alone(order: Order, catalog: Catalog) -> list[Actor]:
    return [Actor(mesh_of(PARTS[order.part].build(spec_for(order, catalog))))]


if __name__ == "__main__":
    main()
