"""The report in Chromium: no error, no request, legible narrow and wide, light and dark."""

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from cli.main import main

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
# Runs in the page and leaves what it finds in the title, which --dump-dom shows.
LOOK = """
addEventListener('load', () => {
  const shine = c => {
    const [r, g, b] = c.match(/[\\d.]+/g).map(Number).map(v => v / 255)
      .map(v => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = e => {
    for (; e; e = e.parentElement) {
      const c = getComputedStyle(e).backgroundColor;
      if (!/, 0\\)$/.test(c) && c !== 'transparent') return c;
    }
    return 'rgb(255, 255, 255)';
  };
  let least = 99, small = 99, worst = '';
  for (const e of document.querySelectorAll('main *')) {
    if (e.closest('svg') || !e.checkVisibility()) continue;
    const own = [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim());
    if (!own) continue;
    const style = getComputedStyle(e);
    const [a, b] = [shine(style.color), shine(behind(e))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < least) { least = ratio; worst = e.outerHTML.slice(0, 80); }
    small = Math.min(small, parseFloat(style.fontSize));
  }
  const wide = document.documentElement.scrollWidth - innerWidth;
  const reach = [...document.querySelectorAll('a[href],button:not([hidden])')]
    .filter(e => { e.focus(); return document.activeElement === e; }).length;
  const all = document.querySelectorAll('a[href],button:not([hidden])').length;
  const dark = matchMedia('(prefers-color-scheme: dark)').matches;
  document.title = JSON.stringify({least, worst, small, wide, reach, all, dark});
});
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


def seen(chromium: Path, page: Path, script: str, *options: str) -> tuple[Any, str]:
    """Open a page with a script of ours at its end; return what that found, and all messages."""
    text = page.read_text(encoding="utf-8")
    assert text.count("</body></html>") == 1
    own = page.with_name("seen.html")
    own.write_text(
        text.replace("</body></html>", f"<script>{script}</script></body></html>"), encoding="utf-8"
    )
    drawn = ["--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]
    quiet = ["--headless", "--no-sandbox", "--disable-background-networking", "--no-first-run"]
    told = ["--enable-logging=stderr", "--virtual-time-budget=20000", "--dump-dom", own.as_uri()]
    profile = f"--user-data-dir={page.parent.parent / 'profile'}"
    run = subprocess.run(
        [chromium, *quiet, *drawn, profile, *options, *told],
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        timeout=240,
        check=True,
    )
    title = re.search(r"<title>(.*?)</title>", run.stdout, re.DOTALL)
    assert title is not None
    found = title[1].replace("&quot;", '"').replace("&lt;", "<").replace("&gt;", ">")
    return json.loads(found.replace("&amp;", "&")), run.stderr


def complaints(messages: str) -> list[str]:
    """Return what the page's console was told as warning or error."""
    lines = [line for line in messages.splitlines() if "CONSOLE" in line]
    return [line for line in lines if "hashes,scene" not in line]  # the viewer's own chatter


@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("dark", [False, True])
def test_it_is_legible_and_reached_by_keys(
    folder: Path, chromium: Path, width: int, dark: bool
) -> None:
    scheme = f"--blink-settings=preferredColorScheme={0 if dark else 1}"
    size = f"--window-size={width},2000"
    found, messages = seen(chromium, folder / "index.html", LOOK, scheme, size)
    assert found["dark"] == dark
    assert found["wide"] <= 0, "nothing sticks out to the right"
    assert found["small"] >= 12
    assert found["least"] >= 4.5, found["worst"]  # WCAG 2.1, 1.4.3, level AA
    assert found["reach"] == found["all"] > 10
    assert complaints(messages) == []


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
    log = tmp_path / "net.json"
    seen(chromium, folder / "index.html", LOOK, f"--log-net-log={log}")
    text = log.read_text(encoding="utf-8")
    asked = set(re.findall(r'"url":"(\w+://[^"]*)"', text))
    outside = {url for url in asked if not url.startswith(("file://", "data:", "about:", "blob:"))}
    own = {url for url in outside if "google" not in url and "gvt1" not in url}  # the browser's
    assert own == set()
    page = (folder / "index.html").read_text(encoding="utf-8")
    bare = re.sub(r"<script.*?</script>", "", page, flags=re.DOTALL)
    assert "http" not in bare.replace('xmlns="http://www.w3.org/2000/svg"', "")
