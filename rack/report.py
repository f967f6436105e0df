"""The report: one page that needs nothing else, on a phone, on a desk and on paper."""

import base64
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from rack.parts import View
from rack.report_style import STYLE

Row = Mapping[str, Any]


def report_html(
    facts: Mapping[str, Any],
    bom: Sequence[Row],
    views: Sequence[View],
    files: Mapping[str, bytes],
) -> str:
    """Return the page.

    Args:
        facts: plan, parts, fit and boards as plain data.
        bom: rows of the parts list.
        views: pictures of the modules.
        files: everything written so far, by name; the elevation is taken from here.
    """
    plan = facts["plan"]
    title = plan["title"] or plan["name"]
    sections = [
        _verdict(facts),
        _section("Rack", files["elevation.svg"].decode()),
        _section("Modules", "".join(_module(v) for v in views)),
        _section("Print", _table(_PRINT, facts["parts"])),
        _section("Buy", _table(_BUY, [r for r in bom if r["kind"] != "print"])),
        _section("Power", _power(plan["power"])),
        _boards(plan["power_boards"]),
        _fit(facts["fit"]),
        _candidates(plan["candidates"]),
        _section("Files", _files(files)),
    ]
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{escape(title)}</title><style>{STYLE}</style></head><body><main>"
        f"<h1>{escape(title)}</h1>{''.join(sections)}</main></body></html>\n"
    )


Column = tuple[str, str]
_PRINT: tuple[Column, ...] = (
    ("name", "part"),
    ("count", "×"),
    ("volume_cm3", "cm³ each"),
    ("solid_weight_g", "g each, solid"),
    ("up", "up"),
    ("bed", "bed"),
)
_BUY: tuple[Column, ...] = (("item", "item"), ("count", "×"), ("kind", "kind"), ("note", "for"))
_LOAD: tuple[Column, ...] = (
    ("label", "what"),
    ("count", "×"),
    ("idle_w", "idle W each"),
    ("typical_w", "typical W each"),
    ("peak_w", "peak W each"),
    ("source", "source"),
)
_FIT: tuple[Column, ...] = (
    ("board", "board"),
    ("height_u", "U"),
    ("count", "boards"),
    ("upper_bound", "proven bound"),
    ("pose", "pose"),
    ("binding", "limited by"),
    ("buys_one_more", "one more for"),
)
_WOULD: tuple[Column, ...] = (("device", "device"), ("verdict", "fits"), ("why", "why"))


def _verdict(facts: Mapping[str, Any]) -> str:
    plan = facts["plan"]
    used = plan["rack"]["height_u"] - plan["free_u"]
    whole = sum(p["count"] for p in facts["parts"])
    split = [p["name"] for p in facts["parts"] if not p["fits_bed"]]
    warnings = list(plan["warnings"])
    power = plan["power"]
    figures = [
        (f"{used:g} of {plan['rack']['height_u']:g} U", "used"),
        (str(whole), "parts to print"),
        (f"{power['peak_w']:g} W", "peak, as far as known"),
        (f"{len(warnings) + len(split)}", "things to look at"),
    ]
    cards = "".join(f"<li><b>{escape(a)}</b> {escape(b)}</li>" for a, b in figures)
    listed = [*warnings, *(f"{name} is larger than the bed and needs a split" for name in split)]
    notes = "".join(f"<li>{escape(text)}</li>" for text in listed)
    say = "Everything fits." if not listed else "It fits, with this to look at:"
    figures_and_notes = f'<ul class="cards">{cards}</ul><ul>{notes}</ul>'
    return f'<section class="verdict"><p>{say}</p>{figures_and_notes}</section>'


def _section(title: str, body: str) -> str:
    return f"<section><h2>{escape(title)}</h2>{body}</section>" if body else ""


def _module(view: View) -> str:
    module = view.module
    picture = ""
    if view.png is not None:
        data = base64.b64encode(view.png).decode()
        what = escape(f"{module.label} with its device")
        picture = f'<img src="data:image/png;base64,{data}" alt="{what}" width="1120" height="840">'
    notes = [*module.warnings, *([module.note] if module.note else [])]
    listed = "".join(f"<li>{escape(text)}</li>" for text in notes)
    made = ", ".join(view.prints)
    many = f"{module.count} × " if module.count > 1 else ""
    return (
        f"<article>{picture}<h3>{escape(module.label)}</h3>"
        f"<p>{escape(many + str(module.device))} in unit {module.at_u:g}, "
        f"{module.height_u:g}U. Print: {escape(made)}</p><ul>{listed}</ul></article>"
    )


def _power(power: Mapping[str, Any]) -> str:
    sums = ", ".join(f"{name} {power[f'{name}_w']:g} W" for name in ("idle", "typical", "peak"))
    unknown = sorted(
        {n for name in ("idle", "typical", "peak") for n in power[f"unknown_{name}_w"]}
    )
    gaps = f" Not known, and not in the sums: {escape(', '.join(unknown))}." if unknown else ""
    return f"<p>In all: {sums}.{gaps}</p>{_table(_LOAD, power['loads'])}"


def _boards(boards: Sequence[Row]) -> str:
    parts: list[str] = []
    for board in boards:
        notes = "".join(f"<li>{escape(w)}</li>" for w in board["warnings"])
        parts.append(
            f"<h3>{escape(board['name'])}</h3><p>{board['outputs']} × {board['volts_v']} V, "
            f"{board['amps_each_a']:g} A each: {board['steady_a']:g} A of "
            f"{board['limit_a']:g} A that {board['contacts']} contacts carry.</p><ul>{notes}</ul>"
        )
    return _section("Power board", "".join(parts))


def _fit(rows: Sequence[Row]) -> str:
    lead = "<p>What bare boards would reach, touching and one row deep, before walls and air.</p>"
    return _section("Most boards per unit", lead + _table(_FIT, rows)) if rows else ""


def _candidates(rows: Sequence[Row]) -> str:
    told = [{**row, "verdict": "yes" if row["fits"] else "no"} for row in rows]
    return _section("Would it fit?", _table(_WOULD, told)) if told else ""


def _table(columns: Sequence[Column], rows: Sequence[Row]) -> str:
    head = "".join(f"<th scope='col'>{escape(title)}</th>" for _, title in columns)
    body = "".join(
        "<tr>" + "".join(_cell(row[key]) for key, _ in columns) + "</tr>" for row in rows
    )
    table = f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    return f'<div class="wide">{table}</div>'


def _cell(value: object) -> str:
    if value is None:
        return "<td>–</td>"
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return f'<td class="n">{value:g}</td>'
    return f"<td>{escape(str(value))}</td>"


def _files(files: Mapping[str, bytes]) -> str:
    links = "".join(
        f'<li><a href="{escape(name)}">{escape(name)}</a> {_size(len(data))}</li>'
        for name, data in sorted(files.items())
    )
    return f'<ul class="files">{links}</ul>'


def _size(count: int) -> str:
    return f"{count / 1000:.0f} kB" if count >= 1000 else f"{count} B"
