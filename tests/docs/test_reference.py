"""The reference says what the program says today."""

import pytest

from catalog.store import FOLDERS, TABLE_FILES
from cli.main import COMMANDS
from mounts.registry import PARTS
from tests.docs.reading import ROOT
from tests.scripts import script

ANEW = "run .venv/bin/python scripts/write_reference.py and commit docs/reference"


PAGES = script("write_reference").pages()


@pytest.mark.parametrize("name", sorted(PAGES))
def test_a_page_of_the_reference_is_fresh(name: str) -> None:
    there = (ROOT / "docs" / "reference" / name).read_text(encoding="utf-8")
    assert there.split("\n") == PAGES[name].split("\n"), f"{name} is stale: {ANEW}"


def test_there_is_no_other_page() -> None:
    assert {path.name for path in (ROOT / "docs" / "reference").iterdir()} == set(PAGES)


def test_every_family_command_rule_and_table_has_its_place() -> None:
    """Named here as the program lists them, not as the pages are made."""
    headings = {
        page: {line.lstrip("# ") for line in text.split("\n") if line.startswith("## ")}
        for page, text in PAGES.items()
    }
    assert set(PARTS) <= headings["parts.md"]
    assert {f"rackpress {name}" for name in COMMANDS} <= headings["cli.md"]
    assert {f"{name}/ID.toml" for name in FOLDERS} <= headings["catalog.md"]
    assert {f"{file}: [[{key}]]" for file, key in TABLE_FILES.items()} <= headings["catalog.md"]
    assert {"[[item]]", "[[power_board]]", "[ups]", "[[pack.near]]"} <= headings["rack-toml.md"]
    rules = ("solid.closed", "wall.thin", "panel.pitch", "strength.breaks", "sweep.catch")
    assert all(f"`{rule}`" in PAGES["checks.md"] for rule in rules)
