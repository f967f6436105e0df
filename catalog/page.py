"""What the pages that we write have in common: their look, tables, and pictures inside them.

A page is one file that needs nothing else: on a phone, on a desk and on paper, light and dark.
"""

import base64
import struct
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

BASE = """
:root{color-scheme:light dark;--ink:#17212b;--soft:#55636f;--line:#d7dee5;--page:#fff;
--card:#f3f6f8;--mark:#1a629a}
@media(prefers-color-scheme:dark){:root{--ink:#e8edf2;--soft:#a3b3c1;--line:#33414d;--page:#12181d;
--card:#1b242c;--mark:#7cc0ec}}
*{box-sizing:border-box}
body{margin:0;background:var(--page);color:var(--ink);
font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",sans-serif}
main{max-width:72rem;margin:0 auto;padding:1.25rem}
h1{font-size:1.9rem;line-height:1.2;margin:.4rem 0 1rem}
h2{font-size:1.25rem;margin:2.4rem 0 .8rem;padding-bottom:.25rem;
border-bottom:1px solid var(--line)}
h3{font-size:1.05rem;margin:.2rem 0}
p{margin:.3rem 0 .7rem}
ul{margin:.3rem 0;padding-inline-start:1.2rem}
a{color:var(--mark)}
svg{display:block;width:100%;height:auto}
.soft{color:var(--soft);font-size:.85rem;overflow-wrap:anywhere}
.note{max-width:60rem;color:var(--soft)}
.verdict{background:var(--card);border-radius:.6rem;padding:1rem 1.2rem}
.verdict>p{font-size:1.15rem;font-weight:600}
.cards{list-style:none;padding:0;margin-top:.8rem;display:grid;gap:.6rem;
grid-template-columns:repeat(auto-fit,minmax(13rem,1fr))}
.cards a{display:block;height:100%;color:inherit;text-decoration:none;background:var(--page);
border:1px solid var(--line);border-radius:.5rem;padding:.6rem .8rem}
.cards a:hover,.cards a:focus-visible{border-color:var(--mark)}
.verdict>p.soft{font-size:.9rem;font-weight:400;margin:.8rem 0 0}
.cards span{display:block;font-size:.85rem;color:var(--soft)}
.cards b{display:block;font-size:1.2rem;line-height:1.3}
.cards small{display:block;color:var(--soft);margin-top:.15rem}
.wide img{display:block;max-width:100%;height:auto;background:#fff;border-radius:.4rem;
margin-top:.6rem}
table{border-collapse:collapse;width:100%;font-size:.92rem}
th,td{text-align:start;padding:.4rem 1rem .4rem 0;border-bottom:1px solid var(--line);
vertical-align:top}
th{color:var(--soft);font-weight:600}
td.n{font-variant-numeric:tabular-nums;white-space:nowrap}
@media screen and (max-width:40rem){main{padding:.9rem}h1{font-size:1.5rem}
.cards{grid-template-columns:repeat(auto-fill,minmax(8.5rem,1fr))}.cards b{font-size:1.05rem}
thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
table,tbody,tr,td{display:block;width:100%}
tr{background:var(--card);border-radius:.5rem;padding:.5rem .8rem;margin-bottom:.6rem}
td,td.n{display:flex;gap:1rem;justify-content:space-between;padding:.15rem 0;border:0;
white-space:normal;text-align:end}
td>span{overflow-wrap:anywhere;min-width:0}
td::before{content:attr(data-h);color:var(--soft);flex:none;text-align:start}
td:first-child{font-weight:600}td:has(>span:empty){display:none}}
@media print{:root{font-size:11px}body{font-size:11px}main{max-width:none;padding:0}
h2{break-after:avoid}
tr,.verdict,svg{break-inside:avoid}.verdict{border:1px solid #999}}
"""

Row = Mapping[str, Any]
Column = tuple[str, str]  # key of a row, title


class Html(str):
    """Text that is HTML already."""

    __slots__ = ()


def table(columns: Sequence[Column], rows: Sequence[Row]) -> str:
    """Return a table; on a phone each row becomes a card, its cells named by `data-h`."""
    head = "".join(f'<th scope="col">{escape(title)}</th>' for _, title in columns)
    body = "".join(
        "<tr>" + "".join(_cell(row[key], title) for key, title in columns) + "</tr>" for row in rows
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _cell(value: object, title: str) -> str:
    named = f'data-h="{escape(title)}"'
    if value is None:
        return f"<td {named}>–</td>"
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return f'<td class="n" {named}>{value:g}</td>'
    text = value if isinstance(value, Html) else escape(str(value))
    return f"<td {named}><span>{text}</span></td>"


def image(png: bytes, alt: str, kind: str = "") -> str:
    """Return a picture that lies in the page itself.

    Args:
        png: the picture.
        alt: what it shows, in words.
        kind: its class in the style, if it has one.
    """
    width, height = struct.unpack(">II", png[16:24])  # PNG: the IHDR chunk comes first
    data = base64.b64encode(png).decode()
    size = f'width="{width}" height="{height}"'
    of = f' class="{kind}"' if kind else ""
    return f'<img{of} src="data:image/png;base64,{data}" alt="{escape(alt)}" {size}>'
