"""Pages in Chromium: what a script finds in one, what the console is told, whom it asks."""

import json
import re
import subprocess
from pathlib import Path
from typing import Any

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
  const reach = [...document.querySelectorAll('a[href],button:not([hidden]),input')]
    .filter(e => { e.focus(); return document.activeElement === e; }).length;
  const all = [...document.querySelectorAll('a[href],button:not([hidden]),input')]
    .filter(e => e.checkVisibility({contentVisibilityAuto: true})).length;
  const dark = matchMedia('(prefers-color-scheme: dark)').matches;
  document.title = JSON.stringify({least, worst, small, wide, reach, all, dark});
});
"""


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


def outside(chromium: Path, page: Path, log: Path) -> set[str]:
    """Return whom a page asks for anything, but the browser's own errands."""
    seen(chromium, page, LOOK, f"--log-net-log={log}")
    return asked(log)


def asked(log: Path) -> set[str]:
    """Return the same from what a run with `--log-net-log` wrote."""
    urls = set(re.findall(r'"url":"(\w+://[^"]*)"', log.read_text(encoding="utf-8")))
    own = {url for url in urls if not url.startswith(("file://", "data:", "about:", "blob:"))}
    return {url for url in own if "google" not in url and "gvt1" not in url}


def legible(chromium: Path, page: Path, width: int, *, dark: bool, log: Path) -> Any:
    """Hold a page to what a reader needs at a width, and return what was found in it.

    Nothing sticks out, letters are large and stand out enough, the keyboard reaches all, the
    console is silent, and nobody is asked for anything.
    """
    scheme = f"--blink-settings=preferredColorScheme={0 if dark else 1}"
    size = f"--window-size={width},2000"
    found, messages = seen(chromium, page, LOOK, scheme, size, f"--log-net-log={log}")
    assert found["dark"] == dark
    assert found["wide"] <= 0, "nothing sticks out to the right"
    assert found["small"] >= 12
    assert found["least"] >= 4.5, found["worst"]  # WCAG 2.1, 1.4.3, level AA
    assert found["reach"] == found["all"]
    assert complaints(messages) == []
    assert asked(log) == set()
    return found
