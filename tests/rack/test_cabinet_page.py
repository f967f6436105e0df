"""Two cabinets built whole: their files, what is data is on the page, legible narrow and wide."""

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from cli.main import main
from tests.browser import LOOK, complaints, outside, seen
from tests.rack.page import Page

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of docs/cabinets.md, built without pictures of parts."""
    root = tmp_path_factory.mktemp("cabinets")
    text = (ROOT / "docs" / "cabinets.md").read_text(encoding="utf-8")
    (body,) = re.findall(r"```toml\n(# two-cabinets\.toml\n.*?)```", text, re.DOTALL)
    (root / "two.toml").write_text(body, encoding="utf-8")
    words = ["build", str(root / "two.toml"), "-o", str(root / "out"), "--no-pictures"]
    result = CliRunner().invoke(main, [*words, "--jobs", "1"], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return root / "out"


def test_each_cabinet_has_its_drawings_and_its_figures_with_prints(folder: Path) -> None:
    manifest = json.loads((folder / "manifest.json").read_bytes())
    report = json.loads((folder / "report.json").read_bytes())
    names = [one["name"] for one in report["cabinets"]]
    assert names == ["main", "side"]
    drawings = {f"cabinets/{name}-{face}.svg" for name in names for face in ("front", "rear")}
    assert {name for name in manifest["files"] if name.startswith("cabinets/")} == drawings
    assert {manifest["files"][name]["of"] for name in drawings} == {"rack"}
    assert set(manifest["recipe"]["modules"]) == {"switch", "router", "nodes"}
    grams = sum(row["weight_g"] for row in report["bom"] if row["kind"] == "print")
    planned = sum(one["weight"]["kg"] for one in report["plan"]["cabinets"])
    built = sum(one["weight"]["kg"] for one in report["cabinets"])
    assert built - planned == pytest.approx(grams / 1000, abs=0.02)
    assert report["weight"]["kg"] == pytest.approx(built, abs=0.02)
    assert [(held["label"], held["cabinet"]) for held in report["rear"]] == [("router", "main")]


def test_the_page_leads_to_each_cabinet_and_shows_front_and_rear(folder: Path) -> None:
    page = Page((folder / "index.html").read_text(encoding="utf-8"))
    anchors = {attrs.get("id") for attrs in page.all("h3")}
    links = {attrs.get("href") for attrs in page.all("a")}
    for name in ("main", "side"):
        assert f"cabinet-{name}" in anchors
        assert f"#cabinet-{name}" in links
    text = "".join(page.text)
    assert "netgear-gs308, 1U from unit 12 of main" in text
    assert "mikrotik-hex, 1U from unit 12 of main, at the rear posts" in text
    assert "stands in" in text
    assert "main, rear" in text
    assert "Hang the modules of side, from the bottom up" in text
    spoken = [attrs.get("aria-label") or "" for attrs in page.all("svg")]
    assert any(words.startswith("Rear of main; held at its posts: router") for words in spoken)
    assert not any(words.startswith("Rear of side") for words in spoken), "nothing is there"


@pytest.mark.browser
@pytest.mark.parametrize(("width", "dark"), [(390, True), (1440, False)])
def test_it_is_legible_narrow_and_wide(
    folder: Path, chromium: Path, width: int, dark: bool, tmp_path: Path
) -> None:
    scheme = f"--blink-settings=preferredColorScheme={0 if dark else 1}"
    size = f"--window-size={width},2000"
    found, messages = seen(chromium, folder / "index.html", LOOK, scheme, size)
    assert found["wide"] <= 0, "nothing sticks out to the right"
    assert found["small"] >= 12
    assert found["least"] >= 4.5, found["worst"]
    assert found["reach"] == found["all"] > 10
    assert complaints(messages) == []
    if not dark:
        assert outside(chromium, folder / "index.html", tmp_path / "net.json") == set()
