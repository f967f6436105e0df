"""The tutorials: each is followed from an empty folder to the built rack of an example.

So what a tutorial shows of the program's words is what the program says today, its pictures are
those of today's build, and its figures stand in that build, or are told as given.
"""

import hashlib
import json
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from catalog.validate import parse
from rack.spec import RackSpec
from tests.docs.reading import ROOT, Reader, figures_of, is_known
from tests.rack.page import Page

TUTORIALS = {page.stem: page for page in sorted((ROOT / "docs" / "tutorials").glob("*.md"))}
STAMPS = json.loads((ROOT / "docs" / "images" / "stamps.json").read_text(encoding="utf-8"))
ANEW = "run .venv/bin/python scripts/draw_pictures.py"


@pytest.fixture(scope="module", params=sorted(TUTORIALS))
def read(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Reader:
    """A tutorial that was followed; what it built lies in its folder."""
    folder = tmp_path_factory.mktemp(request.param)
    reader = Reader(TUTORIALS[request.param], folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        for name in ("RACKPRESS_CATALOG", "RACKPRESS_CALIBRATION"):
            patch.delenv(name, raising=False)
        reader.follow()
    return reader


def test_there_is_one_for_each_example() -> None:
    assert sorted(TUTORIALS) == sorted(path.stem for path in (ROOT / "examples").glob("*.toml"))


def test_its_file_is_the_example(read: Reader) -> None:
    name = f"{read.page.stem}.toml"
    assert spec_of(read.folder / name) == spec_of(ROOT / "examples" / name)


def spec_of(path: Path) -> Any:
    text = path.read_text(encoding="utf-8")
    spec = parse(RackSpec, tomllib.loads(text), path.name, text).model_dump(mode="json")
    return without_notes(spec)


def without_notes(data: Any) -> Any:
    """Return data without what is only said to people."""
    if isinstance(data, dict):
        return {key: without_notes(value) for key, value in data.items() if key != "note"}
    return [without_notes(one) for one in data] if isinstance(data, list) else data


def test_its_pictures_are_of_what_it_builds(read: Reader) -> None:
    name = read.page.stem
    built = read.folder / "outputs" / name
    shown = re.findall(rf"\.\./images/({name}/[\w-]+)\.png", read.page.read_text("utf-8"))
    assert len(shown) >= 2
    for picture in shown:
        stem = picture.partition("/")[2].removesuffix("-exploded")
        files = [built / f"{stem}.svg", built / "modules" / f"{stem}.glb"]
        source = next(path for path in files if path.exists())
        digest = hashlib.sha256(source.read_bytes()).hexdigest()[:16]
        assert STAMPS[picture] == digest, f"{picture} is older than what it shows: {ANEW} {name}"


def test_every_section_of_its_report_is_explained(read: Reader) -> None:
    page = (ROOT / "docs" / "howto" / "read-the-report.md").read_text(encoding="utf-8")
    report = (read.folder / "outputs" / read.page.stem / "index.html").read_text(encoding="utf-8")
    sections = re.findall(r"<h2[^>]*>([^<]+)", report)
    assert len(sections) > 10
    assert [name for name in sections if f"**{name}**" not in page] == []


def test_its_figures_are_those_of_the_build(read: Reader) -> None:
    """In prose too: each stands in what a command said, the report, the file, or is given."""
    text = read.page.read_text(encoding="utf-8")
    report = Page((read.folder / "outputs" / read.page.stem / "index.html").read_text("utf-8"))
    given = re.findall(r"<!-- given: (.*?) -->", text)
    files = [path.read_text(encoding="utf-8") for path in sorted(read.folder.glob("*.toml"))]
    sources = "\n".join([*read.said, *report.text, *files, *given])
    figures = figures_of(text)
    assert len(figures) > 15
    unknown = [number for number in figures if not is_known(number, sources)]
    assert not unknown
