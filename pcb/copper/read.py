"""Reads the copper of a board file: for each net what lies on both layers, and its plated holes.

Coordinates are the board's own, mm: its upper left corner is (0, 0), y down.
"""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from pcb.board.board import CORNER
from pcb.sexpr import Tree, every, first, text_of

LAYERS = ("F.Cu", "B.Cu")
SEGMENTS = 24  # of a quarter of a circle: its area is 0.02 % small


@dataclass(frozen=True)
class Hole:
    """A plated hole, or a pad on the surface: what a part or a via joins to the copper.

    `ref` and `pad` are empty for a via. `area` is the hole, which is all at one voltage, or the pad
    of a surface part; `drill_mm` of a slot is the circle with the same circumference.
    """

    ref: str
    pad: str
    area: Any
    layers: tuple[int, ...]
    drill_mm: float | None

    @property
    def place(self) -> tuple[float, float]:
        """Its middle, mm."""
        middle = self.area.centroid
        return round(middle.x, 3), round(middle.y, 3)


@dataclass
class NetCopper:
    """One net: what is copper on each layer (shapely), and its holes."""

    shapes: tuple[list[Any], list[Any]] = field(default_factory=lambda: ([], []))
    holes: list[Hole] = field(default_factory=list[Hole])

    def areas(self) -> tuple[Any, Any]:
        """Return the copper of both layers, each as one area."""
        from shapely import union_all  # noqa: PLC0415 - slow to import

        top, bottom = (union_all(shapes) for shapes in self.shapes)
        return top, bottom


def read_copper(board: Tree) -> dict[str, NetCopper]:
    """Return the copper of each net of a parsed `.kicad_pcb` file whose pours are filled."""
    nets: dict[str, NetCopper] = {}
    names = {str(net[1]): str(net[2]) for net in every(board, "net")}
    for zone in every(board, "zone"):
        copper = nets.setdefault(text_of(zone, "net_name"), NetCopper())
        for filled in every(zone, "filled_polygon"):
            layer = text_of(filled, "layer")
            copper.shapes[LAYERS.index(layer)].append(_polygon(filled))
    for line in (*every(board, "segment"), *every(board, "arc")):
        copper = nets.setdefault(names[str(first(line, "net")[1])], NetCopper())
        copper.shapes[LAYERS.index(text_of(line, "layer"))].append(_track(line))
    for via in every(board, "via"):
        copper = nets.setdefault(names[str(first(via, "net")[1])], NetCopper())
        _add_via(copper, via)
    for part in every(board, "footprint"):
        _add_pads(nets, part)
    return nets


def _numbers(tree: Tree, name: str) -> list[float]:
    return [float(one) for one in first(tree, name)[1:]]


def _spot(tree: Tree, name: str) -> tuple[float, float]:
    x, y, *_ = _numbers(tree, name)
    return x - CORNER, y - CORNER


def _polygon(filled: Tree) -> Any:
    """Return a filled polygon; its holes hang on its outline by slits, which go."""
    from shapely.geometry import Polygon  # noqa: PLC0415 - slow to import

    points = [
        (float(xy[1]) - CORNER, float(xy[2]) - CORNER) for xy in every(first(filled, "pts"), "xy")
    ]
    return Polygon(points).buffer(0)


def _track(line: Tree) -> Any:
    from shapely.geometry import LineString  # noqa: PLC0415 - slow to import

    points = [_spot(line, name) for name in ("start", "mid", "end") if list(every(line, name))]
    return LineString(points).buffer(_numbers(line, "width")[0] / 2, quad_segs=SEGMENTS)


def _add_via(copper: NetCopper, via: Tree) -> None:
    from shapely.geometry import Point  # noqa: PLC0415 - slow to import

    spot, (drill,) = Point(_spot(via, "at")), _numbers(via, "drill")
    for shapes in copper.shapes:
        shapes.append(spot.buffer(_numbers(via, "size")[0] / 2, quad_segs=SEGMENTS))
    area = spot.buffer(drill / 2, quad_segs=SEGMENTS)
    copper.holes.append(Hole("", "", area, (0, 1), drill))


def _add_pads(nets: dict[str, NetCopper], part: Tree) -> None:
    ref = next((f[2] for f in every(part, "property") if f[1] == "Reference"), "")
    x, y, *turned = _numbers(part, "at")
    angle = math.radians(turned[0]) if turned else 0.0
    for pad in every(part, "pad"):
        if not list(every(pad, "net")):
            continue
        copper = nets.setdefault(str(first(pad, "net")[2]), NetCopper())
        px, py, *own = _numbers(pad, "at")
        spot = (
            x - CORNER + px * math.cos(angle) + py * math.sin(angle),
            y - CORNER - px * math.sin(angle) + py * math.cos(angle),
        )
        on = tuple(_layers(str(one) for one in first(pad, "layers")[1:]))
        shape = _placed(_pad_shape(pad), spot, own)
        for layer in on:
            copper.shapes[layer].append(shape)
        drill = _drill(pad)
        if drill is None:
            copper.holes.append(Hole(str(ref), str(pad[1]), shape, on, None))
        else:
            area = _placed(oval(*drill), spot, own)
            copper.holes.append(Hole(str(ref), str(pad[1]), area, on, round_mm(area)))


def _layers(names: Iterable[str]) -> Iterator[int]:
    listed = set(names)
    for place, name in enumerate(LAYERS):
        if name in listed or "*.Cu" in listed:
            yield place


def _placed(shape: Any, spot: tuple[float, float], turned: list[float]) -> Any:
    from shapely.affinity import rotate, translate  # noqa: PLC0415 - slow to import

    if turned and turned[0]:
        shape = rotate(shape, -turned[0], origin=(0, 0))  # y is down
    return translate(shape, *spot)


def _drill(pad: Tree) -> tuple[float, float] | None:
    found = list(every(pad, "drill"))
    sizes = [float(one) for one in found[0][1:] if _is_number(one)] if found else []
    return (sizes[0], sizes[-1]) if sizes else None


def _is_number(one: object) -> bool:
    return not isinstance(one, list) and str(one).replace(".", "", 1).isdigit()


def _pad_shape(pad: Tree) -> Any:
    """Return a pad round (0, 0)."""
    wide, high = _numbers(pad, "size")
    ratio = _numbers(pad, "roundrect_rratio")
    return pad_area(str(pad[3]), wide, high, ratio[0] if ratio else 0.0)


def pad_area(kind: str, wide: float, high: float, round_share: float) -> Any:
    """Return a pad round (0, 0); a shape of the user's own counts as the oval that fits its box.

    Args:
        kind: KiCad's name of the shape.
        wide: of its box, mm.
        high: of its box, mm.
        round_share: radius of a `roundrect`'s corners as a share of its shorter side.
    """
    from shapely.geometry import box  # noqa: PLC0415 - slow to import

    if kind == "rect":
        return box(-wide / 2, -high / 2, wide / 2, high / 2)
    if kind == "roundrect":
        corner = round_share * min(wide, high)
        inner = box(corner - wide / 2, corner - high / 2, wide / 2 - corner, high / 2 - corner)
        return inner.buffer(corner, quad_segs=SEGMENTS)
    return oval(wide, high)


def oval(wide: float, high: float) -> Any:
    """Return a circle or an area with two round ends, about (0, 0)."""
    from shapely.geometry import LineString, Point  # noqa: PLC0415 - slow to import

    long = abs(wide - high) / 2
    if not long:
        return Point(0, 0).buffer(wide / 2, quad_segs=SEGMENTS)
    ends = [(-long, 0), (long, 0)] if wide > high else [(0, -long), (0, long)]
    return LineString(ends).buffer(min(wide, high) / 2, quad_segs=SEGMENTS)


def round_mm(hole: Any) -> float:
    """Return the diameter of the circle that is as long round as a hole, mm."""
    return float(hole.length) / math.pi
