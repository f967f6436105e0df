"""The gallery's page: families, their pictures to switch between, and the command for each part."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from catalog.page import BASE, image
from rack.report.page import LIES
from rack.report.style import STYLE

Record = Mapping[str, Any]

MORE_STYLE = """
nav{display:flex;flex-wrap:wrap;gap:.3rem .9rem;margin:.6rem 0 1.4rem}
article{border:1px solid var(--line);scroll-margin-top:1rem}
article>div{display:flex;flex-direction:column;flex:1}
.kind{margin:0;font-size:.8rem;color:var(--soft)}
.kind b{color:var(--mark);margin-inline-end:.4rem}
.modules{grid-template-columns:repeat(auto-fill,minmax(min(22rem,100%),1fr))}
fieldset{border:0;border-bottom:1px solid var(--line);margin:0;padding:0;min-width:0;
background:#fff;
display:grid;grid-template-columns:repeat(3,auto) 1fr}
fieldset img{grid-column:1/-1;grid-row:1;border:0;aspect-ratio:3/2;object-fit:contain;padding:.5rem;
visibility:hidden;background:#fff}
fieldset label{grid-row:2;padding:.45rem .8rem;font-size:.85rem;color:#55636f;cursor:pointer}
fieldset input{position:absolute;opacity:0;width:1px;height:1px}
input:checked+label{color:#1a629a;font-weight:600;box-shadow:inset 0 -2px #1a629a}
input:focus-visible+label{outline:2px solid #1a629a;outline-offset:-2px}
.v1:checked~.i1,.v2:checked~.i2,.v3:checked~.i3{visibility:visible}
fieldset.one img{visibility:visible}
code{display:block;margin-top:auto;font:.8rem/1.45 ui-monospace,"DejaVu Sans Mono",monospace;
background:var(--page);border-radius:.35rem;padding:.45rem .6rem;overflow-wrap:anywhere;
user-select:all}
@media print{fieldset label{display:none}}
"""
TAKES = {
    "nothing": "no device",
    "box": "a cased device",
    "board": "a bare board",
    "psu": "a power supply",
    "drive": "disks",
}


def gallery_page(records: Sequence[Record], files: Mapping[str, bytes]) -> str:
    """Return the page; all pictures are in it.

    Args:
        records: one for each sample, in order.
        files: the samples' files by name.
    """
    families = list(dict.fromkeys(str(one["family"]) for one in records))
    links = "".join(f'<a href="#{name}">{name}</a>' for name in families)
    first = {name: next(r for r in records if r["family"] == name) for name in families}
    cards = "".join(_card(one, files, first[one["family"]] is one) for one in records)
    intro = (
        f"{len(families)} families, {len(records)} parts as anyone would ask for them first. "
        "Each prints without supports; sizes are those of the printed part."
    )
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        "<title>Rackpress: the gallery</title>"
        f"<style>{BASE}{STYLE}{MORE_STYLE}</style></head><body>"
        f'<main><h1>The gallery</h1><p class="note">{intro}</p><nav>{links}</nav>'
        f'<div class="modules">{cards}</div></main></body></html>\n'
    )


def _card(one: Record, files: Mapping[str, bytes], first: bool) -> str:
    name, family = str(one["sample"]), str(one["family"])
    size = " × ".join(f"{v:g}" for v in one["size_mm"])
    facts = f"{size} mm on the bed, {one['volume_cm3']:g} cm³, printed {LIES[one['up']]}"
    link = ""
    if f"{name}.glb" in files:
        link = f' · <a href="{name}.glb">model to turn round</a>'
    anchor = f' id="{family}"' if first else ""
    about = f"<p>{escape(str(one['summary']))}</p>" if first else ""
    return (
        f"<article{anchor}>{_pictures(one, files)}<div>"
        f'<p class="kind"><b>{family}</b> takes {TAKES[str(one["takes"])]}</p>'
        f"<h3>{escape(str(one['shows']))}</h3>{about}"
        f'<p class="soft">{facts}{link}</p><code>{escape(str(one["command"]))}</code>'
        "</div></article>"
    )


def _pictures(one: Record, files: Mapping[str, bytes]) -> str:
    """Return the pictures of a sample, one seen at a time."""
    name, what = str(one["sample"]), str(one["shows"])
    views = [("in place", "-assembled"), ("taken apart", "-exploded"), ("the part", "")]
    shown = [
        (word, files[f"{name}{end}.png"]) for word, end in views if f"{name}{end}.png" in files
    ]
    if len(shown) == 1:
        return f'<fieldset class="one">{image(shown[0][1], what, "i1")}</fieldset>'
    found: list[str] = []
    for number, (word, _) in enumerate(shown, start=1):
        checked = " checked" if number == 1 else ""
        found.append(
            f'<input type="radio" class="v{number}" name="{name}" id="{name}-{number}"{checked}>'
            f'<label for="{name}-{number}">{word}</label>'
        )
    images = [
        image(png, f"{what}: {word}", f"i{n}") for n, (word, png) in enumerate(shown, start=1)
    ]
    return f"<fieldset>{''.join([*found, *images])}</fieldset>"
