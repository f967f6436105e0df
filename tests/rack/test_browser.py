"""The report in Chromium: no error, no request, legible narrow and wide, light and dark."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from cli.main import main
from tests.browser import complaints, legible, outside, seen

pytestmark = pytest.mark.browser

RACK = """
version = 1
name = "seen"
title = "Seen by a browser"
rack = "deskpi-rackmate-t1"
most_cost = 1

[[item]]
name = "switch"
device = "netgear-gs308p"

[[item]]
name = "pi"
device = "raspberry-pi-4b"
hat = "rpi-poe-hat"
poe = "switch"

[[supply]]
name = "all the rest"
watts = 60
level = "80plus-gold-230v-eu"

[ups]
model = "apc-be600m1"
"""
TURN = """
addEventListener('load', () => {
  const button = document.querySelector('button.turn');
  const before = button.hidden;
  button.click();
  const look = button.closest('article').querySelector('.look');
  const frame = look.querySelector('iframe');
  const told = {before, frame: !!frame, named: frame && frame.title, open: button.ariaExpanded};
  const shown = () => {
    const gl = (frame.contentWindow.global || {}).renderWindow;
    return gl ? gl.getRenderersByReference().flatMap(r => r.getActors()) : [];
  };
  let tries = 0;
  const look_again = setInterval(() => {
    const actors = shown();
    if (!actors.length && ++tries < 60) return;
    clearInterval(look_again);
    const canvas = frame.contentDocument.querySelector('canvas');
    told.canvas = canvas ? canvas.width * canvas.height : 0;
    told.actors = actors.length;
    told.points = actors.map(a => a.getMapper().getInputData().getPoints().getNumberOfPoints());
    button.dispatchEvent(new KeyboardEvent('keydown', {key: 'Escape', bubbles: true}));
    told.closed = !look.querySelector('iframe');
    document.title = JSON.stringify(told);
  }, 250);
});
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small rack, built with its pictures."""
    root = tmp_path_factory.mktemp("browser")
    (root / "rack.toml").write_text(RACK, encoding="utf-8")
    words = ["build", str(root / "rack.toml"), "-o", str(root / "out"), "--jobs", "1"]
    result = CliRunner().invoke(main, words, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return root / "out"


@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("dark", [False, True])
def test_it_is_legible_and_reached_by_keys(
    folder: Path, chromium: Path, width: int, dark: bool, tmp_path: Path
) -> None:
    found = legible(chromium, folder / "index.html", width, dark=dark, log=tmp_path / "net.json")
    assert found["all"] > 10


def test_a_module_turns_in_its_frame_and_escape_shows_the_picture_again(
    folder: Path, chromium: Path
) -> None:
    found, messages = seen(chromium, folder / "index.html", TURN, "--window-size=1200,900")
    assert found["before"] is False
    assert found["frame"]
    assert found["named"] == "switch: netgear-gs308p on its shelf"
    assert found["canvas"] > 0
    assert found["actors"] == len(found["points"]) > 1
    assert min(found["points"]) >= 8
    assert found["closed"]
    assert complaints(messages) == []


def test_it_asks_nobody_for_anything(folder: Path, chromium: Path, tmp_path: Path) -> None:
    assert outside(chromium, folder / "index.html", tmp_path / "net.json") == set()
    page = (folder / "index.html").read_text(encoding="utf-8")
    bare = re.sub(r"<script.*?</script>", "", page, flags=re.DOTALL)
    assert "http" not in bare.replace('xmlns="http://www.w3.org/2000/svg"', "")
