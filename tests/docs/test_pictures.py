"""The pictures show the parts of today; those of the tutorials are held in `test_tutorials`."""

import json
import re

from catalog.load import load_catalog
from mounts.registry import PARTS
from tests.docs.reading import ROOT
from tests.scripts import script

PAGES = [ROOT / "README.md", ROOT / "outputs" / "README.md", *(ROOT / "docs").glob("**/*.md")]
MOST_BYTES = 60_000  # of a picture of an example: they are drawn anew often


def test_pictures_show_the_parts_of_today() -> None:
    drawn = script("draw_pictures")
    kept = json.loads((drawn.IMAGES / "stamps.json").read_text(encoding="utf-8"))
    assert {name for name in kept if "/" not in name} == {*drawn.PICTURES, drawn.GALLERY}
    families = {name for name in kept if name.startswith("parts/")}
    assert families == {f"parts/{name}" for name in PARTS}
    old = [name for name, one in drawn.families().items() if drawn.family_stamp(one) != kept[name]]
    assert not old, f"run .venv/bin/python scripts/draw_pictures.py gallery: {old}"
    catalog = load_catalog()
    stale = [
        name for name, make in drawn.PICTURES.items() if drawn.stamp(make(catalog)) != kept[name]
    ]
    assert not stale, f"run .venv/bin/python scripts/draw_pictures.py parts: {stale}"


def test_every_picture_has_a_stamp_and_is_shown() -> None:
    images = ROOT / "docs" / "images"
    kept = json.loads((images / "stamps.json").read_text(encoding="utf-8"))
    there = {
        path.relative_to(images).with_suffix("").as_posix(): path for path in images.rglob("*.png")
    }
    assert sorted(there) == sorted(kept)
    text = "".join(page.read_text(encoding="utf-8") for page in PAGES)
    assert set(re.findall(r"images/([\w/-]+)\.png", text)) == set(there)
    for name, path in there.items():
        assert path.read_bytes().startswith(b"\x89PNG")
        assert "/" not in name or path.stat().st_size < MOST_BYTES, name
