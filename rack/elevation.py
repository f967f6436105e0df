"""The rack's front, to scale, as SVG: what stands in which unit."""

from dataclasses import replace
from html import escape

from catalog.rack_units import U_MM, panel_bottom_mm, panel_height_mm
from rack.beside import size_mm
from rack.mounted import Module, Mounted
from rack.packed import Kept
from rack.plan import Plan

SIDE_MM = 30.0  # unit numbers left of the posts
POST_MM = 22.0
GAP_MM = 24.0  # before and between what stands beside the rack
NAME_MM = 42.0  # over it
FILLS = {
    "adapter": "#ececec",
    "cable": "#ececec",
    "drives": "#e2daf0",
    "holder": "#d6ecd9",
    "nas": "#cfe3f2",
    "panel": "#ececec",
    "psu": "#f3d6d6",
    "stack": "#f6e3c4",
    "ups": "#f3d6d6",
    "wall": "#cfe3f2",
    "shelf": "#cfe3f2",
    "tray": "#d6ecd9",
    "frame": "#f6e3c4",
    "blank": "#ececec",
}
STYLE = (
    "text{font-family:system-ui,'Segoe UI',Roboto,'DejaVu Sans',sans-serif;fill:#1b2733}"
    ".u{font-size:11px;fill:#5b6b7a}.l{font-size:14px;font-weight:600}.s{font-size:10.5px}"
)


def elevation_svg(plan: Plan, panel_width_mm: float) -> str:
    """Return the front elevation, 1 mm to 1 unit of the drawing.

    What stands beside the rack is drawn to its right, on the rack's floor.

    Args:
        plan: the rack.
        panel_width_mm: over both ears.
    """
    beside = [(one, *_front(one), _room(one)) for one in plan.beside]
    tall = plan.height_u * U_MM
    rack_width, rack_height = panel_width_mm + 2 * POST_MM + SIDE_MM, tall + 2 * POST_MM
    top = max([0.0, *(high + NAME_MM - rack_height for _, _, high, _ in beside)])
    width = rack_width + sum(room + GAP_MM for *_, room in beside)
    height = rack_height + top
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 {-top:.1f} {width:.1f} {height:.1f}" '
        f'role="img" aria-label="{escape(_spoken(plan))}">',
        f"<style>{STYLE}</style>",
        f'<rect x="{SIDE_MM}" y="0" width="{rack_width - SIDE_MM:.1f}" '
        f'height="{rack_height:.1f}" rx="6" fill="#37424d"/>',
        f'<rect x="{SIDE_MM + POST_MM:.1f}" y="{POST_MM}" width="{panel_width_mm:.1f}" '
        f'height="{tall:.1f}" fill="#1d252c"/>',
    ]
    for unit in range(int(plan.height_u)):
        y = POST_MM + tall - (unit + 0.5) * U_MM + 4
        lines.append(
            f'<text class="u" x="{SIDE_MM - 6}" y="{y:.1f}" text-anchor="end">{unit + 1}</text>'
        )
    for module in plan.modules:
        lines += _module(module, tall, panel_width_mm)
    for one in plan.kept:
        lines += _kept(one, tall, panel_width_mm)
    x = rack_width + GAP_MM
    for one, wide, high, room in beside:
        lines += _beside(one, (x + (room - wide) / 2, rack_height - high), (wide, high))
        x += room + GAP_MM
    lines.append("</svg>")
    return "\n".join(lines) + "\n"


def _front(one: Mounted) -> tuple[float, float]:
    """Return width and height that something beside the rack takes in the drawing, mm."""
    wide, _, high = size_mm(one.spec)
    return wide, high


def _beside_text(one: Mounted) -> str:
    wide, high = _front(one)
    return f"{one.family}, {wide:.0f} × {high:.0f} mm"


def _room(one: Mounted) -> float:
    """Return the width that a thing or its name needs, whichever is more, mm."""
    return max(_front(one)[0], 8.0 * len(one.label), 5.5 * len(_beside_text(one)))


def _beside(one: Mounted, at: tuple[float, float], size: tuple[float, float]) -> list[str]:
    """Draw a box to scale, its name what it is and how large over it."""
    (x, y), (wide, high) = at, size
    fill = FILLS.get(one.family, "#ffffff")
    middle = x + wide / 2
    return [
        f'<g class="beside"><title>{escape(_beside_title(one))}</title>',
        f'<rect x="{x:.1f}" y="{y:.2f}" width="{wide:.1f}" height="{high:.2f}" rx="3" '
        f'fill="{fill}" stroke="#1b2733" stroke-width="0.7"/>',
        _text("l", middle, y - 22, one.label),
        _text("s", middle, y - 8, _beside_text(one)),
        "</g>",
    ]


def _module(module: Module, tall: float, width: float) -> list[str]:
    x = SIDE_MM + POST_MM
    high = panel_height_mm(module.height_u)
    low = (module.at_u - 1) * U_MM + panel_bottom_mm()
    y = POST_MM + tall - low - high
    fill = FILLS.get(module.family, "#ffffff")
    found = [
        f"<g><title>{escape(_title(module))}</title>",
        f'<rect x="{x:.1f}" y="{y:.2f}" width="{width:.1f}" height="{high:.2f}" rx="3" '
        f'fill="{fill}" stroke="#1b2733" stroke-width="0.7"/>',
    ]
    for side in (x + 8.7, x + width - 8.7):
        for at in {6.0, high - 6.0}:
            found.append(
                f'<rect x="{side - 5:.1f}" y="{y + at - 3.5:.2f}" width="10" height="7" rx="3.5" '
                'fill="#37424d"/>'
            )
    middle = y + high / 2
    if module.family == "blank":
        found.append(_text("s", x + width / 2, middle + 4, "blank"))
    elif high < 30:
        found.append(_text("s", x + width / 2, middle + 4, f"{module.label} · {_second(module)}"))
    else:
        found.append(_text("l", x + width / 2, middle - 1, module.label))
        found.append(_text("s", x + width / 2, middle + 14, _second(module)))
    found.append("</g>")
    return found


def _kept(one: Kept, tall: float, panel: float) -> list[str]:
    """Draw room that is kept for a thing of which no mount is made."""
    scale = panel / one.opening_mm
    wide = panel if one.width_mm is None else one.width_mm * scale
    x = SIDE_MM + POST_MM + one.x_mm * scale
    high = panel_height_mm(one.height_u)
    y = POST_MM + tall - (one.at_u - 1) * U_MM - panel_bottom_mm() - high
    said = f"{one.name}: {one.height_u:g}U from unit {one.at_u:g}, no mount is made of it"
    return [
        f"<g><title>{escape(said)}</title>",
        f'<rect x="{x:.1f}" y="{y:.2f}" width="{wide:.1f}" height="{high:.2f}" rx="3" '
        'fill="#ffffff" stroke="#1b2733" stroke-width="0.7" stroke-dasharray="5 3"/>',
        _text("s", x + wide / 2, y + high / 2 + 4, one.name),
        "</g>",
    ]


def _text(kind: str, x: float, y: float, text: str) -> str:
    return (
        f'<text class="{kind}" x="{x:.1f}" y="{y:.1f}" text-anchor="middle">{escape(text)}</text>'
    )


def _second(module: Module) -> str:
    if module.device is None:
        return f"{module.family} {module.height_u:g}U"
    return f"{replace(module, hat=None).holds}, {module.family} {module.height_u:g}U"


def _title(module: Module) -> str:
    return f"{module.label}: {_second(module)}, from unit {module.at_u:g}"


def _beside_title(one: Mounted) -> str:
    many = f"{one.count} × " if one.count > 1 else ""
    held = f"{many}{one.device}, " if one.device else ""
    return f"{one.label}: {held}{one.family} beside the rack"


def _spoken(plan: Plan) -> str:
    told = [_title(m) for m in plan.modules if m.family != "blank"]
    listed = "; ".join([*told, *map(_beside_title, plan.beside)])
    return f"Front of {plan.spec.name}, {plan.height_u:g}U: {listed}"
