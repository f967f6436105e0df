"""Draws a board from its layout as SVG, both sides, without KiCad.

Seen from its own side each time, so the back is turned about the upright axis and text reads as
printed. Every part is a group with its reference in `data-ref`, whose last child, `hit`, covers it:
a page can light it up.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape
from typing import Literal

from pcb.board.board import ROUND, VIA_DRILL, VIA_MM
from pcb.board.bodies import Prism, bodies
from pcb.board.footprints import Footprint, Pad, Point
from pcb.board.layout import Layout, Line, Put, Text
from pcb.model import Circuit

Side = Literal["front", "back"]
MARGIN_MM = 3.0  # mouths stand out over the edge
CAPITAL = 0.72  # height of a capital of common fonts, of the font's size
HIT_MM = 1.2  # how much a part's mark is larger than its body

STYLE = """
.board{background:none}
.board .edge{fill:#14532d}.board .cu{fill:#1f6b3d;stroke:#14532d;stroke-width:.5}
.board .track{fill:none;stroke:#1f6b3d;stroke-linecap:round}
.board .pad{fill:#d9b45b}.board .drill{fill:#10151a}.board .via{fill:#2b7a4a}
.board .silk{fill:none;stroke:#f2f5f2}.board .dot{fill:#f2f5f2}
.board text{fill:#f2f5f2;font-family:"DejaVu Sans",Arial,sans-serif;text-anchor:middle;
dominant-baseline:central}
.board .hit{fill:transparent;stroke:none}
.board .part[data-ref]:hover .hit{fill:#ffd54a33}
.board .on .hit{fill:#ff2d7888;stroke:#fff;stroke-width:.5}
.board .on .pad{fill:#ff2d78}
"""


@dataclass(frozen=True)
class _View:
    """A side of a board: where a place of the board lies in its picture."""

    side: Side
    wide: float

    def x(self, x: float) -> float:
        return x if self.side == "front" else self.wide - x

    @property
    def copper(self) -> str:
        return "F.Cu" if self.side == "front" else "B.Cu"

    @property
    def silk(self) -> str:
        return "F.SilkS" if self.side == "front" else "B.SilkS"

    def path(self, points: Iterable[Point]) -> str:
        return " ".join(f"{_n(self.x(x))},{_n(y)}" for x, y in points)


def board_svg(made: Circuit, layout: Layout, side: Side) -> str:
    """Return one side of a board, to scale; its size is in mm, and the page's width draws it."""
    view = _View(side, layout.size[0])
    wide, high = layout.size
    values = {part.ref: part.value for part in made.parts}
    parts = "".join(_part(view, put, values.get(put.ref)) for put in layout.parts)
    box = f"{_n(-MARGIN_MM)} {_n(-MARGIN_MM)} {_n(wide + 2 * MARGIN_MM)} {_n(high + 2 * MARGIN_MM)}"
    name = escape(f"{made.spec.title}, {side}: {wide:g} x {high:g} mm")
    return (
        f'<svg class="board" data-side="{side}" viewBox="{box}" role="img" aria-label="{name}" '
        'xmlns="http://www.w3.org/2000/svg">'
        f'<rect class="edge" width="{_n(wide)}" height="{_n(high)}" rx="{_n(ROUND)}"/>'
        f"{''.join(_copper(view, layout))}{''.join(_print(view, layout))}{parts}</svg>"
    )


def _n(value: float) -> str:
    return f"{round(value, 3):g}"


def _copper(view: _View, layout: Layout) -> Iterator[str]:
    """Yield pours, the lower first, tracks and vias."""
    for pour in sorted(layout.pours, key=lambda one: (one.rank, one.name)):
        if pour.layer == view.copper:
            yield f'<polygon class="cu" points="{view.path(pour.outline)}"/>'
    for track in layout.tracks:
        if track.layer == view.copper:
            width = f'stroke-width="{_n(track.width)}"'
            yield f'<polyline class="track" {width} points="{view.path(track.points)}"/>'
    for via in layout.vias:
        x, y = _n(view.x(via.x)), _n(via.y)
        yield f'<circle class="via" cx="{x}" cy="{y}" r="{_n(VIA_MM / 2)}"/>'
        yield f'<circle class="drill" cx="{x}" cy="{y}" r="{_n(VIA_DRILL / 2)}"/>'


def _print(view: _View, layout: Layout) -> Iterator[str]:
    """Yield all that is printed on a side, names of parts too."""
    for line in layout.lines:
        if line.layer == view.silk:
            yield _line(view, line)
    for text in layout.texts:
        if text.layer == view.silk:
            yield _text(view, text)
    if view.side == "front":
        for put in layout.parts:
            if put.name_at is not None:
                x, y, angle = put.name_at
                yield _text(view, Text(put.ref, x, y, angle=angle))


def _line(view: _View, line: Line) -> str:
    pen = f'stroke-width="{_n(line.width)}"'
    if line.circle:
        x, y = line.points[0]
        kind = "dot" if line.filled else "silk"
        place = f'cx="{_n(view.x(x))}" cy="{_n(y)}" r="{_n(line.circle)}"'
        return f'<circle class="{kind}" {pen} {place}/>'
    return f'<polyline class="silk" {pen} points="{view.path(line.points)}"/>'


def _text(view: _View, text: Text) -> str:
    x, y = _n(view.x(text.x)), _n(text.y)
    turned = f' transform="rotate({-text.angle} {x} {y})"' if text.angle else ""
    anchor = ' style="text-anchor:start"' if text.align == "left" else ""
    bold = ' font-weight="700"' if text.bold else ""
    return (
        f'<text x="{x}" y="{y}" font-size="{_n(text.size / CAPITAL)}"{bold}{anchor}{turned}>'
        f"{escape(text.text)}</text>"
    )


def _part(view: _View, put: Put, value: str | None) -> str:
    """Return a part: its pads, and on its own side its body; a hole has no name."""
    shape = put.footprint
    drawn = "".join(_pad(view, put, pad) for pad in shape.pads if _shown(view, pad))
    if view.side == "front":
        drawn += "".join(_silk(view, put))
        solids = sorted(bodies(shape, value or ""), key=_top)
        drawn += "".join(_prism(view, put, one) for one in solids)
    if value is None:
        return f"<g>{drawn}</g>"
    title = escape(f"{put.ref} {value}".strip())
    return (
        f'<g class="part" data-ref="{escape(put.ref)}"><title>{title}</title>{drawn}'
        f"{_hit(view, put)}</g>"
    )


def _shown(view: _View, pad: Pad) -> bool:
    return view.side == "front" or pad.drill is not None


def _top(prism: Prism) -> float:
    """Return how high a prism reaches."""
    if prism.axis == "z":
        return prism.end
    return max(point[1] for point in prism.outline)


def _prism(view: _View, put: Put, prism: Prism) -> str:
    """Return a prism seen from above; a model's y runs up, the board's down."""
    points = prism.outline
    if prism.axis != "z":
        low, high = min(one[0] for one in points), max(one[0] for one in points)
        along = prism.start, prism.end
        left, right, bottom, top = (*along, low, high) if prism.axis == "x" else (low, high, *along)
        points = ((left, bottom), (right, bottom), (right, top), (left, top))
    colour = "#" + "".join(f"{round(255 * part):02x}" for part in prism.colour)
    placed = view.path((put.x + x, put.y - y) for x, y in points)
    return f'<polygon fill="{colour}" points="{placed}"/>'


def _silk(view: _View, put: Put) -> Iterator[str]:
    for path in put.footprint.silk:
        points = view.path((put.x + x, put.y + y) for x, y in path)
        yield f'<polyline class="silk" stroke-width=".15" points="{points}"/>'


def _pad(view: _View, put: Put, pad: Pad) -> str:
    middle = view.x(put.x + pad.x), put.y + pad.y
    radius = {"rect": 0.0, "roundrect": 0.1 * min(pad.size)}.get(pad.shape, min(pad.size) / 2)
    drawn = _block("pad", middle, pad.size, radius) if pad.plated else ""
    if pad.drill is None:
        return drawn
    hole = pad.drill if isinstance(pad.drill, tuple) else (pad.drill, pad.drill)
    return drawn + _block("drill", middle, hole, min(hole) / 2)


def _block(kind: str, middle: Point, size: Point, radius: float) -> str:
    (x, y), (wide, high) = middle, size
    place = f'x="{_n(x - wide / 2)}" y="{_n(y - high / 2)}" width="{_n(wide)}" height="{_n(high)}"'
    return f'<rect class="{kind}" {place} rx="{_n(radius)}"/>'


def _hit(view: _View, put: Put) -> str:
    """Return what covers a part: its body from the front, its pads from the back, if they show."""
    if view.side == "back" and not any(pad.drill for pad in put.footprint.pads):
        return ""
    left, top, right, bottom = _reach(put.footprint) if view.side == "back" else put.footprint.body
    size = right - left + HIT_MM, bottom - top + HIT_MM
    middle = view.x(put.x + (left + right) / 2), put.y + (top + bottom) / 2
    return _block("hit", middle, size, 0.6)


def _reach(shape: Footprint) -> tuple[float, float, float, float]:
    pads = [
        (pad.x - pad.size[0] / 2, pad.y - pad.size[1] / 2,
         pad.x + pad.size[0] / 2, pad.y + pad.size[1] / 2)
        for pad in shape.pads
    ]  # fmt: skip
    left, top, right, bottom = zip(*pads, strict=True)
    return min(left), min(top), max(right), max(bottom)
