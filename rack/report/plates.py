"""The report's section on plates: what is printed together, what it takes, what it looks like."""

from collections.abc import Mapping
from html import escape
from typing import Any

from catalog.page import Column, Html, Row, image, table
from mounts.plates.quote import SKIRT_MM, many_plates, proof
from mounts.printing import print_sentence

_PLATES: tuple[Column, ...] = (
    ("name", "plate"),
    ("held", "parts"),
    ("takes", "takes"),
    ("cost", "cost"),
    ("height_mm", "mm high"),
    ("edge", "to the edge"),
    ("links", "files"),
)


def plates_html(record: Mapping[str, Any], files: Mapping[str, bytes]) -> str:
    """Return pictures, table and sums; nothing if there is nothing to print.

    Args:
        record: the quote of all plates.
        files: everything written so far, by name.
    """
    plates = record["plates"]
    if not plates:
        return ""
    first = plates[0]
    lead = (
        f"{many_plates(record)} for {first['printer']} ({proof(record)}), "
        f"in {first['material']}: {print_sentence(record['print'])}; {record['cost']:.2f} for "
        f"filament. {record['cost_note']}"
    )
    left = "".join(
        f"<li>{escape(one['name'])}: {escape(one['why'])}</li>" for one in record["left_out"]
    )
    lost = f"<p>On no plate:</p><ul>{left}</ul>" if left else ""
    pictures = "".join(_picture(one, files) for one in plates)
    shown = f'<div class="modules">{pictures}</div>' if pictures else ""
    return f"<p>{escape(lead)}</p>{lost}{shown}{table(_PLATES, [_row(p, files) for p in plates])}"


def _picture(one: Row, files: Mapping[str, bytes]) -> str:
    png = files.get(f"plates/{one['name']}.png")
    if png is None:
        return ""
    shown = image(png, f"{one['name']} from above: {_held(one)}")
    return f"<article>{shown}<div><h3>{escape(one['name'])}</h3></div></article>"


def _row(one: Row, files: Mapping[str, bytes]) -> Row:
    name = f"plates/{one['name']}.3mf"
    skirt = "" if one["edge_mm"] >= SKIRT_MM else ": print without a skirt"
    return {
        **one,
        "held": _held(one),
        "takes": print_sentence(one["print"]),
        "cost": f"{one['cost']:.2f}",
        "edge": f"{one['edge_mm']:g} mm{skirt}",
        "links": Html(f'<a href="{escape(name)}">3mf</a>') if name in files else None,
    }


def _held(one: Row) -> str:
    return ", ".join(f"{part['count']} × {part['name']}" for part in one["parts"])
