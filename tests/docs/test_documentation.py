"""What README and docs tell people to type works, and says what they show."""

import re
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from catalog.load import load_catalog
from catalog.validate import parse
from mounts.part import PARTS
from rack.plan import make_plan
from rack.spec import RackSpec
from tests.docs.reading import ROOT, Reader, blocks_of, figures_of, is_known, lacks, steps_of

DOCS = ROOT / "docs"
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted(DOCS.glob("**/*.md"))]
LANGUAGES = {"toml", "yaml", "console", "python", "sh", "text"}
TO_FOLLOW = [
    page
    for page in PAGES
    if page.parent.name not in {"tutorials", "reference"}  # of these, golden tests make the parts
    and any(kind in {"console", "python"} for kind, _ in blocks_of(page.read_text("utf-8")))
]


def title(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def needs(page: Path) -> Any:
    """Return a page as a parameter, marked by the program that a command of it asks."""
    asks = re.search(r"^\$ rackpress pcb (check|fab) ", page.read_text("utf-8"), re.MULTILINE)
    return pytest.param(page, marks=pytest.mark.kicad if asks else ())


@pytest.mark.parametrize("page", [needs(page) for page in TO_FOLLOW], ids=title)
def test_a_page_can_be_followed_from_an_empty_folder(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("RACKPRESS_CATALOG", "RACKPRESS_CALIBRATION"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("RACKPRESS_CACHE", str(tmp_path / ".cache"))  # its own, empty at first
    parts, modules = dict(PARTS), set(sys.modules)
    try:
        Reader(page, tmp_path).follow()
    finally:  # a page may register a part, and be a module
        for name in set(PARTS) - set(parts):
            del PARTS[name]
        for name in set(sys.modules) - modules:
            if name.startswith(("mounts.parts.", "tests.")):
                del sys.modules[name]


@pytest.mark.parametrize("page", PAGES, ids=title)
def test_every_block_says_what_it_is(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert {kind for kind, _ in blocks_of(text)} <= LANGUAGES
    assert len(re.findall(r"^```", text, re.MULTILINE)) == 2 * len(
        re.findall(r"^```\w*\n.*?^```$", text, re.MULTILINE | re.DOTALL)
    )


@pytest.mark.parametrize("page", PAGES, ids=title)
def test_what_is_typed_before_there_is_a_command_is_there(page: Path) -> None:
    """Targets of make, scripts and programs of the checkout."""
    targets = re.findall(r"^(\w+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    for kind, body in blocks_of(page.read_text(encoding="utf-8")):
        if kind == "sh":
            for line in filter(None, (line.partition("#")[0].strip() for line in body.split("\n"))):
                first, *rest = line.split()
                assert first in {"make", "mkdir", "cd", "export"} or (ROOT / first).exists(), line
                assert first != "make" or rest[0] in targets, line


@pytest.mark.parametrize("page", TO_FOLLOW, ids=title)
def test_every_rack_file_in_the_docs_can_be_planned(page: Path) -> None:
    for kind, body in blocks_of(page.read_text(encoding="utf-8")):
        if kind == "toml" and re.search(r"^rack = ", body, re.MULTILINE) and "[[item]]" in body:
            spec = parse(RackSpec, tomllib.loads(body), page.name, body)
            plan = make_plan(spec, load_catalog(), page.name)
            assert sum(m.height_u for m in plan.modules) <= plan.height_u


@pytest.mark.parametrize("page", PAGES, ids=title)
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)[^)]*\)", page.read_text(encoding="utf-8")):
        if "://" not in target:
            assert (page.parent / target).exists(), f"{page.name} links to {target}"


def test_the_map_leads_to_every_page() -> None:
    text = (DOCS / "README.md").read_text(encoding="utf-8")
    linked = {(DOCS / target).resolve() for target in re.findall(r"\]\(([^)#]+)", text)}
    pages = {page.resolve() for page in DOCS.glob("**/*.md")} - {(DOCS / "README.md").resolve()}
    assert not pages - linked, "docs/README.md is the map: give each page a line there"


SAID = "a: 3 W\nb: 4 W\nc: 5 W"


@pytest.mark.parametrize(
    ("shown", "fits"),
    [
        (SAID, True),
        ("…\nb: 4 W\n…", True),
        ("a: … W\n…", True),
        ("a: 3 W\n…\nc: 5 W", True),
        ("a: 3 W", False),  # more is said
        ("b: 4 W\na: 3 W\n…", False),
        ("…\nb: 5 W\n…", False),
        ("…\n: 4 W\n…", False),
    ],
)
def test_what_is_shown_is_held_against_what_is_said(shown: str, fits: bool) -> None:
    assert (lacks(shown, f"{SAID}\n") == "") is fits


def test_commands_are_read_with_what_they_say() -> None:
    assert steps_of("$ rackpress a \\\n  b\nx\ny\n$ echo $?\n1\n") == [
        ("rackpress a b", "x\ny"),
        ("echo $?", "1"),
    ]


def test_figures_are_found_and_looked_up_whole() -> None:
    assert figures_of("It is 421 g, 0.5 mm.\n\n```text\n7 W\n```\n<!-- 8 W --> i7-9 W") == [
        "421",
        "0.5",
    ]
    assert is_known("42", "about 42 g")
    assert not any(is_known("42", text) for text in ("421", "42.5", "1.42", "x42"))
