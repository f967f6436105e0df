"""Draws the pictures of README and docs from the parts as they are now.

Each picture's stamp, a digest of what is in it, is kept in `docs/images/stamps.json`: of the meshes
of a part, of the model or the drawing of an example. Tests make the same and fail when a picture is
older than what it shows. Pixels are not compared: they differ between machines.

    .venv/bin/python scripts/draw_pictures.py                   all of them, some minutes
    .venv/bin/python scripts/draw_pictures.py parts examples    without the contact sheet
    .venv/bin/python scripts/draw_pictures.py mini-rack         those of one example
"""

import hashlib
import io
import json
import re
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from catalog.load import Catalog, load_catalog
from mounts.files.contact import Cell, write_sheet
from mounts.files.picture import FROM_BEHIND, FROM_THE_FRONT, Actor, write_png
from mounts.files.stl import stl_bytes
from mounts.mesh import mesh_of
from mounts.order import Order, spec_for
from mounts.registry import PARTS
from mounts.samples import SAMPLES, Sample, of_family
from mounts.scene.thing import actors, shift
from mounts.scene.whole import scene
from rack.build import Target, build
from rack.parts import Way
from rack.read import plan_file
from rack.workers import usable

GALLERY = "gallery"
ROOT = Path(__file__).parent.parent
EXAMPLES = tuple(sorted((ROOT / "examples").glob("*.toml")))
EXAMPLE_PX, EXAMPLE_COLOURS = 760, 64  # enough for a page, and about 30 kB
FAMILY_PX, FAMILY_COLOURS = 420, 32  # beside a table
SHOWN = re.compile(r"\.\./images/(?:[\w-]+/)([\w-]+)\.png")
COLUMNS = 5
# Behind their panels there is more to see than before them.
DEEP = {"drives", "nas", "psu", "shelf", "ups"}
GOLDENS = ROOT / "tests" / "mounts" / "test_golden"
IMAGES = ROOT / "docs" / "images"
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


def families() -> dict[str, Sample]:
    """Return the most telling sample of every family, by the name of its picture."""
    return {f"parts/{name}": of_family(name)[0] for name in PARTS}


def family_stamp(sample: Sample) -> str:
    """Return a digest of a sample: of its golden digest, as for the gallery."""
    return hashlib.sha256((GOLDENS / f"{sample.name}.yml").read_bytes()).hexdigest()[:16]


def draw_family(name: str, sample: Sample, catalog: Catalog) -> None:
    """Draw a sample with its device in place, small."""
    shown = actors(scene(spec_for(sample.order, catalog)))
    toward = FROM_BEHIND if sample.order.part in DEEP else FROM_THE_FRONT
    path = IMAGES / f"{name}.png"
    path.parent.mkdir(exist_ok=True)
    write_png(path, shown, (640, 400), toward)
    path.write_bytes(small(path.read_bytes(), FAMILY_PX, FAMILY_COLOURS))


def gallery_stamp() -> str:
    """Return a digest of all samples: of their golden digests, which a test holds to the parts.

    To make all parts for it would take a minute.
    """
    names = [f"{sample.name}.yml" for sample in SAMPLES if sample.whole]
    text = b"".join((GOLDENS / name).read_bytes() for name in names)
    return hashlib.sha256(text).hexdigest()[:16]


def small(png: bytes, most_px: int = EXAMPLE_PX, colours: int = EXAMPLE_COLOURS) -> bytes:
    """Return a picture reduced to the width of a page and few colours."""
    from PIL import Image  # noqa: PLC0415 - for the examples only

    image = Image.open(io.BytesIO(png)).convert("RGB")
    image.thumbnail((most_px, most_px))
    out = io.BytesIO()
    image.quantize(colours).save(out, "PNG", optimize=True)
    return out.getvalue()


def draw_example(path: Path, catalog: Catalog) -> dict[str, str]:
    """Build an example, keep the pictures that its tutorial shows, and return their stamps."""
    page = ROOT / "docs" / "tutorials" / f"{path.stem}.md"
    stamps: dict[str, str] = {}
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / path.stem
        build(plan_file(path, catalog), catalog, Target(folder), print, Way(usable()))
        for name in sorted(set(SHOWN.findall(page.read_text(encoding="utf-8")))):
            picture = next(folder.glob(f"**/{name}.png"))
            made = picture.with_name(f"{name.removesuffix('-exploded')}.glb")
            drawn = made if made.exists() else picture.with_suffix(".svg")
            digest = hashlib.sha256(drawn.read_bytes()).hexdigest()[:16]
            stamps[f"{path.stem}/{name}"] = digest
            (IMAGES / path.stem).mkdir(exist_ok=True)
            (IMAGES / path.stem / f"{name}.png").write_bytes(small(picture.read_bytes()))
    return stamps


def main() -> None:
    """Draw what is named (gallery, parts, examples, or one of them), or all; write the stamps."""
    wanted = set(sys.argv[1:]) or {GALLERY, "parts", "examples"}
    catalog = load_catalog()
    IMAGES.mkdir(parents=True, exist_ok=True)
    stamps: dict[str, str] = json.loads((IMAGES / "stamps.json").read_text(encoding="utf-8"))
    if GALLERY in wanted:
        write_sheet(IMAGES / f"{GALLERY}.png", gallery(catalog), COLUMNS)
        stamps[GALLERY] = gallery_stamp()
        for name, sample in families().items():
            draw_family(name, sample, catalog)
            stamps[name] = family_stamp(sample)
    for name, make in PICTURES.items() if "parts" in wanted else ():
        shown = make(catalog)
        stamps[name] = stamp(shown)
        toward = FROM_BEHIND if len(shown) == 1 else FROM_THE_FRONT
        write_png(IMAGES / f"{name}.png", shown, (1000, 640), toward)
    for path in EXAMPLES:
        if {"examples", path.stem} & wanted:
            stamps = {k: v for k, v in stamps.items() if not k.startswith(f"{path.stem}/")}
            stamps |= draw_example(path, catalog)
    text = json.dumps(stamps, indent=2, sort_keys=True) + "\n"
    (IMAGES / "stamps.json").write_text(text, encoding="utf-8")


def _alone(order: Order, catalog: Catalog) -> list[Actor]:
    return [Actor(mesh_of(PARTS[order.part].build(spec_for(order, catalog))))]


if __name__ == "__main__":
    main()
