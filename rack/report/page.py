"""The report: one page that needs nothing else, on a phone, on a desk and on paper."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from catalog.calibration import UNNAMED
from catalog.page import BASE, Column, Html, Row, image, table
from mounts.printing import bearing_sentence, print_sentence
from rack.mounted import Module
from rack.parts import View
from rack.report.boards import boards_html
from rack.report.buy import buy_html
from rack.report.checks import checks_html
from rack.report.climate import climate_html, weight_html
from rack.report.energy import battery_html, power_html
from rack.report.places import rack_html
from rack.report.plates import plates_html
from rack.report.steps import steps_html
from rack.report.style import STYLE
from rack.report.verdict import verdict_html
from rack.report.viewer import STYLE as VIEWER_STYLE
from rack.report.viewer import scene_data, turn_button, viewer_page, viewer_script
from rack.report.wiring import wiring_html

# What of a part is up on the bed, in words; the rack's y runs away from whoever looks at its front.
LIES = {
    "+y": "face down",
    "-y": "face up",
    "+z": "as it stands",
    "-z": "upside down",
    "+x": "on its left side",
    "-x": "on its right side",
}


def report_html(
    facts: Mapping[str, Any],
    bom: Sequence[Row],
    views: Sequence[View],
    files: Mapping[str, bytes],
) -> str:
    """Return the page.

    Args:
        facts: plan, parts, plates, steps, fit and warnings as plain data.
        bom: rows of the parts list.
        views: pictures of the modules.
        files: everything written so far, by name; the drawings are taken from here.
    """
    plan = facts["plan"]
    title = plan["title"] or plan["name"]
    note = f'<p class="note" dir="auto">{_text(plan["note"])}</p>' if plan["note"] else ""
    sections = [
        verdict_html(facts, bom),
        note,
        _section("Rack", rack_html(facts, files)),
        _section("Modules", _modules(views)),
        _section("Print", _fitted(plan) + table(_PRINT, _print_rows(facts["parts"], files))),
        _section("Plates", plates_html(facts["plates"], files)),
        _section("Buy", buy_html(bom, facts["total"])),
        _section("Wiring", _wiring(plan, files)),
        _section(
            "Build it",
            steps_html(facts["steps"], {**_apart(views), **_joined(facts["parts"], files)}),
        ),
        _section("Power", power_html(plan["power"], plan["energy"])),
        _section("Heat and noise", climate_html(plan["climate"], facts.get("cabinets", ()))),
        _section("Weight", weight_html(facts["weight"], facts.get("cabinets", ()))),
        _section("On battery", battery_html(plan["energy"]["ups"])),
        _section("Power board", boards_html(plan["power_boards"], facts["boards"], files)),
        _fit(facts["fit"], facts["fit_notes"]),
        _candidates(plan["candidates"]),
        _section("Checks", checks_html(facts["checks"])),
        _section("Files", _files(files)),
    ]
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{escape(title)}</title><style>{BASE}{STYLE}{VIEWER_STYLE}</style></head><body><main>"
        f'<h1 dir="auto">{escape(title)}</h1>{"".join(sections)}</main>'
        f"{_viewer(views)}</body></html>\n"
    )


_PRINT: tuple[Column, ...] = (
    ("name", "part"),
    ("count", "×"),
    ("volume_cm3", "cm³ each"),
    ("takes", "each takes"),
    ("lies", "lies on the bed"),
    ("bed", "size and bed"),
    ("links", "files"),
)
_FIT: tuple[Column, ...] = (
    ("board", "board"),
    ("height_u", "U"),
    ("count", "boards"),
    ("upper_bound", "proven bound"),
    ("pose", "pose"),
    ("printed", "printed"),
    ("printed_as", "printed as"),
    ("cool", "printed and cool"),
    ("binding", "limited by"),
    ("buys_one_more", "one more for"),
)
_WOULD: tuple[Column, ...] = (("device", "device"), ("verdict", "fits"), ("why", "why"))


def _section(title: str, body: str) -> str:
    anchor = title.lower().replace(" ", "-").replace("?", "")
    return f'<section id="{anchor}"><h2>{escape(title)}</h2>{body}</section>' if body else ""


def _wiring(plan: Mapping[str, Any], files: Mapping[str, bytes]) -> str:
    return wiring_html(plan["wiring"], files["wiring.svg"].decode(), plan["modules"])


def _modules(views: Sequence[View]) -> str:
    cards = "".join(_module(view) for view in views)
    return f'<div class="modules">{cards}</div>' if cards else ""


def _module(view: View) -> str:
    module = view.module
    picture, what = "", f"{module.label}: {module.device} on its {module.family}"
    if view.png is not None:
        picture = f'<div class="look">{image(view.png, what)}</div>'
    above = ""
    if view.shown.top is not None:
        above = f'<div class="above">{image(view.shown.top, f"{module.label} from above")}</div>'
    where = f"{module.holds}, beside the rack"
    if isinstance(module, Module):
        where = f"{module.holds}, {module.height_u:g}U from unit {module.at_u:g}"
        where += f" of {module.cabinet}" if module.cabinet else ""
        where += ", at the rear posts" if module.face == "rear" else ""
    notes = [*module.warnings, *([module.note] if module.note else [])]
    return (
        f"<article>{picture}<div><h3>{escape(module.label)}</h3>"
        f"<p>{escape(where)}</p>{_list(notes)}"
        f'<p class="soft">Print {escape(" and ".join(view.prints))}</p>'
        f"{turn_button(module.label, what) if picture else ''}</div>{above}</article>"
    )


def _apart(views: Sequence[View]) -> dict[str, bytes]:
    return {v.module.label: v.shown.apart for v in views if v.shown.apart is not None}


def _joined(parts: Sequence[Row], files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the pictures of parts that are joined from pieces, by the parts' names."""
    drawn = {one["name"]: f"parts/{one['name']}.png" for one in parts if one.get("pieces")}
    return {name: files[path] for name, path in drawn.items() if path in files}


def _viewer(views: Sequence[View]) -> str:
    """Return the viewer with every scene, if it is installed and there is a picture to turn."""
    page = viewer_page() if any(view.png is not None for view in views) else None
    if page is None:
        return ""
    scenes = [scene_data(v.module.label, v.shown.scene) for v in views if v.png is not None]
    return "".join(scenes) + viewer_script(page)


def _fitted(plan: Mapping[str, Any]) -> str:
    """Say which printer's prints the parts are drawn for."""
    on, own = f"{plan['printer']} in {plan['material']}", plan["calibration"]
    if own == UNNAMED:
        told = f"For {on}, uncalibrated: print a coupon first if sleds or screws are to fit well."
    else:
        told = f"For {on}, calibrated: {own}. STL and 3MF are corrected for it; STEP is not."
    return f"<p>{escape(told)}</p>"


def _print_rows(records: Sequence[Row], files: Mapping[str, bytes]) -> list[Row]:
    return [_print_row(one, files) for one in records]


def _print_row(record: Row, files: Mapping[str, bytes]) -> Row:
    links = _links(record["name"], files)
    for piece in record.get("pieces", ()):
        short = str(piece["name"]).removeprefix(f"{record['name']}-")
        links += f'<br><span class="together">{escape(short)} {_links(piece["name"], files)}</span>'
    lies, takes = LIES.get(record["up"], record["up"]), print_sentence(record["print"])
    if "bearing" in record:
        takes += f"; {bearing_sentence(record['bearing'])}"
    return {**record, "lies": lies, "takes": takes, "links": Html(links)}


def _links(name: str, files: Mapping[str, bytes]) -> str:
    kinds = [kind for kind in ("stl", "3mf", "step") if f"parts/{name}.{kind}" in files]
    return " ".join(f'<a href="parts/{escape(name)}.{kind}">{kind}</a>' for kind in kinds)


def _fit(rows: Sequence[Row], notes: Sequence[str]) -> str:
    lead = (
        "<p>What bare boards would reach, touching and one row deep, before walls and air; and "
        "what a frame holds as printed, without air: <code>count = &quot;max&quot;</code>; and "
        "with so much air that all stay cool in a room of 25 °C.</p>"
    )
    told = lead + table(_FIT, rows) + _list(notes)
    return _section("Most boards per unit", told) if rows else ""


def _candidates(rows: Sequence[Row]) -> str:
    told = [{**row, "verdict": "yes" if row["fits"] else "no"} for row in rows]
    return _section("Would it fit?", table(_WOULD, told)) if told else ""


def _list(texts: Sequence[str]) -> str:
    items = "".join(f'<li dir="auto">{_text(text)}</li>' for text in texts)
    return f"<ul>{items}</ul>" if items else ""


def _text(text: str) -> str:
    return escape(text).replace("\n", "<br>")


def _files(files: Mapping[str, bytes]) -> str:
    links = "".join(
        f'<li><a href="{escape(name)}">{escape(name)}</a> {_size(len(data))}</li>'
        for name, data in sorted(files.items())
    )
    return f'<ul class="files">{links}</ul>'


def _size(count: int) -> str:
    return f"{count / 1000:.0f} kB" if count >= 1000 else f"{count} B"
