"""What README and docs tell people to type works, and the pictures show the parts of today."""

import importlib.util
import json
import re
import shlex
import tomllib
from pathlib import Path
from types import ModuleType

import pytest
from click.testing import CliRunner

from catalog.load import load_catalog
from catalog.validate import parse
from cli.main import main
from rack.plan import make_plan
from rack.spec import RackSpec

ROOT = Path(__file__).parent.parent.parent
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("**/*.md"))]
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```", re.MULTILINE | re.DOTALL)


def blocks(language: str) -> list[tuple[str, str]]:
    return [
        (page.name, body)
        for page in PAGES
        for kind, body in BLOCK.findall(page.read_text(encoding="utf-8"))
        if kind == language
    ]


def test_there_are_commands_and_files_to_try() -> None:
    assert sum(body.count("$ rackpress") for _, body in blocks("console")) >= 10
    assert any("[[item]]" in body for _, body in blocks("toml"))


def test_every_command_of_the_readme_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One after the other in one folder, as a reader would type them; shown files are there."""
    monkeypatch.chdir(tmp_path)
    for _, body in [*blocks("toml"), *blocks("yaml")]:
        named = re.match(r"# ([\w-]+\.(?:toml|yaml))\n", body)
        if named:
            (tmp_path / named[1]).write_text(body, encoding="utf-8")
    for page, body in blocks("console"):
        for line in re.findall(r"^\$ rackpress (.*)$", body, re.MULTILINE):
            words = shlex.split(line)
            quick = [*words, "--format", "stl"] if words[0] == "mount" and "-o" in words else words
            result = CliRunner().invoke(main, quick, catch_exceptions=False)
            assert result.exit_code == 0, f"{page}: rackpress {line}\n{result.output}"
    written = {path.suffix for path in tmp_path.rglob("*") if path.is_file()}
    assert {".toml", ".stl", ".html", ".json", ".csv", ".svg", ".kicad_sch", ".net"} <= written


@pytest.mark.parametrize(("page", "body"), [b for b in blocks("toml") if "[[item]]" in b[1]])
def test_every_rack_file_in_the_docs_can_be_planned(page: str, body: str) -> None:
    spec = parse(RackSpec, tomllib.loads(body), page, body)
    plan = make_plan(spec, load_catalog(), page)
    assert sum(m.height_u for m in plan.modules) <= plan.height_u


def test_links_lead_somewhere() -> None:
    for page in PAGES:
        for target in re.findall(r"\]\(([^)#]+)[^)]*\)", page.read_text(encoding="utf-8")):
            if "://" not in target:
                assert (page.parent / target).exists(), f"{page.name} links to {target}"


def pictures() -> ModuleType:
    where = ROOT / "scripts" / "draw_pictures.py"
    spec = importlib.util.spec_from_file_location("draw_pictures", where)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_pictures_show_the_parts_of_today() -> None:
    drawn = pictures()
    kept = json.loads((drawn.IMAGES / "stamps.json").read_text(encoding="utf-8"))
    assert sorted(kept) == sorted([*drawn.PICTURES, drawn.GALLERY])
    catalog = load_catalog()
    stale = [
        name for name, make in drawn.PICTURES.items() if drawn.stamp(make(catalog)) != kept[name]
    ]
    assert not stale, f"run .venv/bin/python scripts/draw_pictures.py: {stale}"
    for name in kept:
        assert (drawn.IMAGES / f"{name}.png").read_bytes().startswith(b"\x89PNG")
