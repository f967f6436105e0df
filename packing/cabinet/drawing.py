"""Cabinets from the front and from the rear, to scale, as SVG."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from catalog.rack_units import U_MM
from packing.cabinet.question import BOTH, FRONT

if TYPE_CHECKING:
    from packing.cabinet.answer import Answer, Spot
    from packing.cabinet.question import Cabinet, Face, Thing

SIDE_MM = 30.0  # unit numbers left of the posts
POST_MM = 20.0
HEAD_MM = 34.0  # over each cabinet, for its name
GAP_MM = 30.0
CHAR_MM = 6.2  # width of a letter
HANGING, BEHIND, INK = "#cfe3f2", "#e3e7ea", "#1b2733"
STYLE = (
    "text{font-family:system-ui,'Segoe UI',Roboto,'DejaVu Sans',sans-serif;fill:#1b2733}"
    ".u{font-size:11px;fill:#5b6b7a}.l{font-size:12px;font-weight:600}"
    ".h{font-size:15px;font-weight:600}"
)


def elevation_svg(answer: Answer, width_mm: float) -> str:
    """Return every cabinet with its faces side by side, 1 mm to 1 unit of the drawing.

    Behind what hangs at a face, what comes through from the other is shown in grey.

    Args:
        answer: with a layout.
        width_mm: of the drawn panels.
    """
    asked = answer.question
    rear = any("rear" in thing.faces for thing in asked.things)
    faces: tuple[Face, ...] = BOTH if rear else FRONT
    tall = max(c.height_u for c in asked.cabinets) * U_MM
    each = SIDE_MM + width_mm + 2 * POST_MM
    views: list[tuple[Cabinet, Face]] = [(c, face) for c in asked.cabinets for face in faces]
    wide = len(views) * (each + GAP_MM) - GAP_MM
    high = HEAD_MM + tall + 2 * POST_MM
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide:.1f} {high:.1f}" '
        f'role="img" aria-label="{escape(_spoken(answer))}">',
        f"<style>{STYLE}</style>",
    ]
    for number, (cabinet, face) in enumerate(views):
        x = number * (each + GAP_MM)
        floor = HEAD_MM + POST_MM + tall
        lines += _frame(cabinet, face, (x, floor), width_mm)
        for thing, spot in _seen(answer, cabinet, face):
            at = (x + SIDE_MM + POST_MM, floor)
            lines += _thing(thing, spot, at, (width_mm, cabinet, face))
    return "\n".join([*lines, "</svg>"]) + "\n"


def _seen(answer: Answer, cabinet: Cabinet, face: Face) -> list[tuple[Thing, Spot]]:
    """Return what is drawn at a face: first what comes through from behind, then what hangs."""
    asked = answer.question
    here = [
        (asked.things[asked.index(s.thing)], s) for s in answer.spots if s.cabinet == cabinet.name
    ]
    through = [(t, s) for t, s in here if s.face != face and t.full_depth]
    return through + [(t, s) for t, s in here if s.face == face]


def _frame(cabinet: Cabinet, face: Face, corner: tuple[float, float], width: float) -> list[str]:
    x, floor = corner
    tall = cabinet.height_u * U_MM
    left = x + SIDE_MM
    lines = [
        f'<text class="h" x="{left:.1f}" y="{floor - tall - POST_MM - 12:.1f}">'
        f"{escape(cabinet.name)}, {face}</text>",
        f'<rect x="{left:.1f}" y="{floor - tall - POST_MM:.1f}" width="{width + 2 * POST_MM:.1f}" '
        f'height="{tall + 2 * POST_MM:.1f}" rx="6" fill="#37424d"/>',
        f'<rect x="{left + POST_MM:.1f}" y="{floor - tall:.1f}" width="{width:.1f}" '
        f'height="{tall:.1f}" fill="#1d252c"/>',
    ]
    for unit in range(int(cabinet.height_u)):
        y = floor - (unit + 0.5) * U_MM + 4
        lines.append(
            f'<text class="u" x="{left - 6:.1f}" y="{y:.1f}" text-anchor="end">{unit + 1}</text>'
        )
    return lines


def _thing(
    thing: Thing, spot: Spot, at: tuple[float, float], seen: tuple[float, Cabinet, Face]
) -> list[str]:
    (left, floor), (width, cabinet, face) = at, seen
    scale = width / cabinet.width_mm
    wide = width if thing.width_mm is None else thing.width_mm * scale
    x = spot.x_mm * scale
    if face == "rear":  # seen from behind, left is right
        x = width - x - wide
    high = thing.height_u * U_MM - 1.0
    y = floor - (spot.at_u - 1 + thing.height_u) * U_MM + 0.5
    behind = spot.face != face
    said = f"{thing.name}, {thing.height_u:g}U from unit {spot.at_u:g}"
    room = max(4, int((wide - 8) / CHAR_MM))
    name = _shortened(thing.name, room)
    text = f"{name} · {thing.height_u:g}U" if len(name) + 7 <= room else name
    return [
        f"<g><title>{escape(said)}</title>",
        f'<rect x="{left + x:.1f}" y="{y:.2f}" width="{wide:.1f}" height="{high:.2f}" rx="3" '
        f'fill="{BEHIND if behind else HANGING}" stroke="{INK}" stroke-width="0.7"/>',
        f'<text class="l" x="{left + x + wide / 2:.1f}" y="{y + high / 2 + 4:.1f}" '
        f'text-anchor="middle">{escape(text)}</text></g>',
    ]


def _shortened(name: str, room: int) -> str:
    """Return a name of at most so many letters; its end, often a number, is kept."""
    if len(name) <= room:
        return name
    end = min(4, (room - 1) // 2)
    return f"{name[: room - 1 - end]}…{name[-end:]}"


def _spoken(answer: Answer) -> str:
    told = [f"{s.thing} from unit {s.at_u:g} of {s.cabinet}, {s.face}" for s in answer.spots]
    return "; ".join(told) or "empty"
