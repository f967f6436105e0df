"""What front and rear of a cabinet are drawn with: posts, units, boxes, to scale."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from html import escape

from catalog.rack_units import U_MM, hole_heights_mm, panel_bottom_mm, panel_height_mm
from rack.filled import Filled
from rack.mounted import Module
from rack.packed import Kept
from rack.place import Face

SIDE_MM = 30.0  # unit numbers beside the posts
POST_MM = 22.0
HEAD_MM = 20.0  # over a cabinet with a name
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
FAR, FAR_EDGE = "#4a5661", "#6b7884"  # what hangs at the other face's posts
STYLE = (
    "text{font-family:system-ui,'Segoe UI',Roboto,'DejaVu Sans',sans-serif;fill:#1b2733}"
    ".u{font-size:11px;fill:#5b6b7a}.l{font-size:14px;font-weight:600}.s{font-size:10.5px}"
)
# What stands over the boxes, on the page itself, be it light or dark.
OVER_STYLE = (
    ".over{font-size:14px;font-weight:600;fill:currentColor}"
    ".under{font-size:10.5px;fill:currentColor}"
)
FAR_STYLE = ".f{font-size:12px;fill:#dfe6ec}"


@dataclass(frozen=True)
class Frame:
    """Where a cabinet is drawn, mm, and from which side it is seen.

    Units are counted left of the posts at the front, right of them at the rear.
    """

    panel_mm: float
    height_u: float
    face: Face = "front"
    left: float = 0.0
    top: float = 0.0

    @property
    def x(self) -> float:
        """Left edge of the panels."""
        return self.left + POST_MM + (SIDE_MM if self.face == "front" else 0.0)

    @property
    def tall(self) -> float:
        """Between the highest unit's upper edge and the lowest one's lower."""
        return self.height_u * U_MM

    @property
    def floor(self) -> float:
        """The lowest unit's lower edge."""
        return self.top + POST_MM + self.tall

    @property
    def width(self) -> float:
        """Over its posts and the numbers beside them."""
        return self.panel_mm + 2 * POST_MM + SIDE_MM

    @property
    def height(self) -> float:
        """Over all."""
        return self.tall + 2 * POST_MM

    def y(self, at_u: float) -> float:
        """Return the lower edge of a panel that begins at a unit."""
        return self.floor - (at_u - 1) * U_MM - panel_bottom_mm()

    def lines(self, name: str = "") -> Iterable[str]:
        """Draw posts, the opening between them, the numbers of the units, and a name over all."""
        edge = self.x - POST_MM
        yield (
            f'<rect x="{_short(edge)}" y="{_short(self.top)}" width="{self.width - SIDE_MM:.1f}" '
            f'height="{self.height:.1f}" rx="6" fill="#37424d"/>'
        )
        yield (
            f'<rect x="{self.x:.1f}" y="{_short(self.top + POST_MM)}" '
            f'width="{self.panel_mm:.1f}" height="{self.tall:.1f}" fill="#1d252c"/>'
        )
        on_left = self.face == "front"
        x = edge - 6 if on_left else edge + self.width - SIDE_MM + 6
        anchor = ' text-anchor="end"' if on_left else ""
        for unit in range(int(self.height_u)):
            y = self.floor - (unit + 0.5) * U_MM + 4
            yield f'<text class="u" x="{x:.1f}" y="{y:.1f}"{anchor}>{unit + 1}</text>'
        if name:
            behind = "" if on_left else ", from behind"
            yield text("over", self.x + self.panel_mm / 2, self.top - 6, f"{name}{behind}")


def _short(value: float) -> str:
    return "0" if value == 0 else f"{value:.1f}"


def text(kind: str, x: float, y: float, words: str) -> str:
    """Return a line of text around a point."""
    return (
        f'<text class="{kind}" x="{x:.1f}" y="{y:.1f}" text-anchor="middle">{escape(words)}</text>'
    )


def rect(at: tuple[float, float], size: tuple[float, float], fill: str, edge: str) -> str:
    """Return a box by its upper left corner."""
    (x, y), (wide, high) = at, size
    return (
        f'<rect x="{x:.1f}" y="{y:.2f}" width="{wide:.1f}" height="{high:.2f}" rx="3" '
        f'fill="{fill}" stroke="{edge}" stroke-width="0.7"/>'
    )


def face_lines(
    one: Filled, frame: Frame, face: Face, other: Callable[[Module, Frame], Iterable[str]]
) -> list[str]:
    """Draw a cabinet from a face: first what hangs at the other face alone, then over it.

    Args:
        one: the cabinet.
        frame: where it is drawn.
        face: the one that is looked at.
        other: draws a module of the other face.
    """
    lines = [*frame.lines(one.name)]
    for module in one.modules:
        lines += other(module, frame) if module.face != face else []
    for module in one.modules:
        lines += hung(module, frame) if module.face == face else []
    for kept in one.kept:
        lines += kept_free(kept, frame) if kept.face == face else []
    return lines


def hung(module: Module, frame: Frame) -> list[str]:
    """Draw a module that hangs at the face that is looked at."""
    x, width = frame.x, frame.panel_mm
    high = panel_height_mm(module.height_u)
    y = frame.floor - ((module.at_u - 1) * U_MM + panel_bottom_mm()) - high
    fill = FILLS.get(module.family, "#ffffff")
    found = [
        f"<g><title>{escape(title(module))}</title>",
        rect((x, y), (width, high), fill, "#1b2733"),
    ]
    for side in (x + 8.7, x + width - 8.7):
        for at in _screws_mm(module, high):
            found.append(
                f'<rect x="{side - 5:.1f}" y="{y + at - 3.5:.2f}" width="10" height="7" rx="3.5" '
                'fill="#37424d"/>'
            )
    middle = y + high / 2
    if module.family == "blank":
        found.append(text("s", x + width / 2, middle + 4, "blank"))
    elif high < 30:
        found.append(text("s", x + width / 2, middle + 4, f"{module.label} · {_second(module)}"))
    else:
        found.append(text("l", x + width / 2, middle - 1, module.label))
        found.append(text("s", x + width / 2, middle + 14, _second(module)))
    found.append("</g>")
    return found


def _screws_mm(module: Module, high_mm: float) -> tuple[float, ...]:
    """Return where a panel's outermost slots are, below its upper edge: half a unit has one."""
    holes = hole_heights_mm(module.height_u, "upper" if module.at_u % 1 else "lower")
    if len(holes) == 1:
        return (high_mm + panel_bottom_mm() - holes[0],)
    return 6.0, high_mm - 6.0


def seen(module: Module, frame: Frame) -> list[str]:
    """Draw what is seen of a module that hangs at the other face alone."""
    high = panel_height_mm(module.height_u)
    y = frame.y(module.at_u) - high
    said = f"{module.label}: hangs at the {module.face} posts"
    return [
        f"<g><title>{escape(said)}</title>",
        rect((frame.x, y), (frame.panel_mm, high), FAR, FAR_EDGE),
        text("f", frame.x + frame.panel_mm / 2, y + high / 2 + 4, module.label),
        "</g>",
    ]


def kept_free(one: Kept, frame: Frame) -> list[str]:
    """Draw room that is kept for a thing of which no mount is made."""
    scale = frame.panel_mm / one.opening_mm
    wide = frame.panel_mm if one.width_mm is None else one.width_mm * scale
    x = frame.x + one.x_mm * scale
    if frame.face == "rear":  # it is counted from the left as seen from the front
        x = 2 * frame.x + frame.panel_mm - x - wide
    high = panel_height_mm(one.height_u)
    y = frame.y(one.at_u) - high
    said = f"{one.name}: {one.height_u:g}U from unit {one.at_u:g}, no mount is made of it"
    return [
        f"<g><title>{escape(said)}</title>",
        f'<rect x="{x:.1f}" y="{y:.2f}" width="{wide:.1f}" height="{high:.2f}" rx="3" '
        'fill="#ffffff" stroke="#1b2733" stroke-width="0.7" stroke-dasharray="5 3"/>',
        text("s", x + wide / 2, y + high / 2 + 4, one.name),
        "</g>",
    ]


def _second(module: Module) -> str:
    if module.device is None:
        return f"{module.family} {module.height_u:g}U"
    return f"{replace(module, hat=None).holds}, {module.family} {module.height_u:g}U"


def title(module: Module) -> str:
    """Return a module as it is spoken."""
    return f"{module.label}: {_second(module)}, from unit {module.at_u:g}"
