"""The list of parts as a page to solder by: pick a row and its parts light up on the board.

One file that needs nothing else. What is ticked as placed is kept by the browser, under a name made
from the list itself.
"""

from html import escape
from pathlib import Path

from catalog.page import BASE
from pcb.board.layout import Layout
from pcb.fab.bom import Row, rows
from pcb.files import digest
from pcb.model import Circuit
from pcb.page.drawing import STYLE as BOARD_STYLE
from pcb.page.drawing import board_svg

STYLE = """
main{max-width:100rem}
.bar{position:sticky;top:0;z-index:2;background:var(--page);padding:.5rem 0;display:flex;gap:.6rem;
flex-wrap:wrap;align-items:center;border-bottom:1px solid var(--line)}
.bar input[type=search]{flex:1 1 9rem;min-width:8rem}
button,input[type=search]{font:inherit;color:inherit;background:var(--card);padding:.35rem .8rem;
border:1px solid var(--line);border-radius:.4rem}
button{cursor:pointer}
button:hover{border-color:var(--mark)}
:focus-visible{outline:2px solid var(--mark);outline-offset:2px}
button[aria-pressed=true]{background:var(--mark);color:var(--page)}
.split{display:grid;gap:1.2rem 2rem;grid-template-columns:minmax(0,3fr) minmax(0,2fr);
align-items:start;margin-top:1rem}
.look{position:sticky;top:4rem}
.look svg{margin-bottom:.8rem}
.kind{padding:.7rem .9rem;background:var(--card);border:1px solid transparent;border-radius:.6rem;
margin-bottom:.7rem;break-inside:avoid}
.kind.now{border-color:var(--mark)}
.kind.done .pick::before{content:"✓ "}
.kind h2{font-size:1rem;margin:0 0 .3rem;padding:0;border:0}
.pick{width:100%;text-align:start;background:none;border:0;padding:.2rem 0;font-weight:600}
.pick[aria-pressed=true]{background:none;color:var(--mark)}
.pick .value{float:inline-end;margin-inline-start:.8rem}
.refs{display:flex;flex-wrap:wrap;gap:.35rem;margin:.3rem 0}
.refs label,.all{display:inline-flex;gap:.3rem;align-items:center;padding:.1rem .5rem;
border:1px solid var(--line);border-radius:.4rem;background:var(--page);font-size:.9rem}
.all{border-color:transparent;background:none;padding-inline-start:0}
.refs label.now{border-color:var(--mark);box-shadow:0 0 0 1px var(--mark)}
.kind p{margin:.2rem 0 0;font-size:.85rem;color:var(--soft);overflow-wrap:anywhere}
kbd{font:inherit;border:1px solid var(--line);border-radius:.25rem;padding:0 .3rem}
[hidden]{display:none!important}
@media screen and (max-width:60rem){.split{grid-template-columns:minmax(0,1fr)}
.bar{position:static}.look{top:0;background:var(--page);z-index:1;padding-top:.4rem}
.look svg{margin:0}.keys{display:none}.kind{scroll-margin-top:60vw}}
@media print{.bar,.keys{display:none}.split{display:block}.look{position:static}
.look svg[hidden]{display:block!important}
.look svg{break-inside:avoid;print-color-adjust:exact;-webkit-print-color-adjust:exact}
.kind{border-color:#999}}
"""

SCRIPT = Path(__file__).parent / "parts.js"

KEYS = (
    "<kbd>↑</kbd> <kbd>↓</kbd> next kind, <kbd>Space</kbd> on a box ticks it, <kbd>/</kbd> find, "
    "<kbd>f</kbd> front, <kbd>b</kbd> back, <kbd>a</kbd> both, <kbd>Esc</kbd> nothing lit"
)


def parts_html(made: Circuit, layout: Layout) -> str:
    """Return the page of a board's parts; the same board gives the same page."""
    listed = rows(made)
    title = f"{made.spec.title} rev {made.spec.revision}"
    key = f"rackpress-parts-{digest(repr((title, listed)).encode())[:16]}"
    kinds = "".join(_kind(row) for row in listed if row.refs)
    apart = "".join(_loose(row) for row in listed if row.loose)
    script = SCRIPT.read_text(encoding="utf-8")
    sides = "".join(board_svg(made, layout, side) for side in ("front", "back"))
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{escape(title)}: parts</title><style>{BASE}{STYLE}{BOARD_STYLE}</style></head>"
        f'<body data-key="{key}"><main><h1>{escape(title)}: parts</h1>{_BAR}'
        f'<p class="soft keys">{KEYS}</p><div class="split"><div class="look">{sides}</div>'
        f'<div>{kinds}<p id="none" hidden>Nothing is called that.</p>{apart}</div></div></main>'
        f"<script>{script}</script></body></html>\n"
    )


_BAR = (
    '<div class="bar">'
    '<button type="button" data-show="front" aria-pressed="false">Front</button>'
    '<button type="button" data-show="back" aria-pressed="false">Back</button>'
    '<button type="button" data-show="both" aria-pressed="true">Both</button>'
    '<input type="search" id="find" placeholder="find: F3, fuse, Molex" aria-label="Find a part">'
    '<output id="placed"></output><button type="button" id="clear">Clear ticks</button></div>'
)


def _kind(row: Row) -> str:
    refs = "".join(
        f'<label><input type="checkbox" data-ref="{escape(ref)}">{escape(ref)}</label>'
        for ref in row.refs
    )
    every = f"all {row.quantity} placed" if row.quantity > 1 else "placed"
    return (
        f'<section class="kind" data-refs="{escape(" ".join(row.refs))}"><h2>'
        f'<button type="button" class="pick" aria-pressed="false">{_value(row)}'
        f"{escape(row.description)}</button></h2>"
        f'<label class="all"><input type="checkbox">{every}</label>'
        f'<div class="refs">{refs}</div>{_buy(row)}</section>'
    )


def _loose(row: Row) -> str:
    """Return what is put into others: nothing on the board is its own."""
    head = f"{row.quantity} × {escape(row.description)}"
    head = f"<h2>{_value(row)}{head}</h2>"
    return f'<section class="kind apart" data-refs="">{head}{_buy(row)}</section>'


def _value(row: Row) -> str:
    return f'<span class="value">{escape(row.value)}</span>' if row.value else ""


def _buy(row: Row) -> str:
    own = f"{row.maker} {row.mpn}".strip()
    instead = "; ".join(row.alternates)
    found = [own, row.rated, f"instead: {instead}" if own and instead else instead, row.note]
    return f"<p>{escape(' · '.join(text for text in found if text))}</p>"
