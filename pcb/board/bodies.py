"""What parts look like: coloured prisms over each footprint, for pictures and for STEP.

Coordinates are those of KiCad's models: mm, x to the right, y up on the board (a footprint's y runs
down), z up from its face. Outlines and heights are the footprint's own, so what a picture shows is
what mounts are told; details such as cavities and screws are for the eye only.
"""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from pcb.board.footprints import Footprint, Point

Axis = Literal["x", "y", "z"]
RGB = tuple[float, float, float]
IVORY, BLACK, STEEL, BRASS = (
    (0.88, 0.85, 0.76),
    (0.09, 0.09, 0.1),
    (0.75, 0.76, 0.78),
    (0.85, 0.7, 0.3),
)
DARK, GREEN, LAMP, SAND = (
    (0.02, 0.02, 0.02),
    (0.13, 0.45, 0.25),
    (0.25, 0.8, 0.35),
    (0.82, 0.7, 0.5),
)
FUSES: dict[str, RGB] = {
    "2A": (0.6, 0.6, 0.62),
    "3A": (0.5, 0.33, 0.68),
    "4A": (0.95, 0.6, 0.7),
    "5A": (0.82, 0.62, 0.4),
    "7.5A": (0.45, 0.27, 0.13),
    "10A": (0.82, 0.13, 0.12),
}  # the colours by which blade fuses are told apart (ISO 8820-3; from memory, for pictures only)
RINGS: tuple[RGB, ...] = (
    BLACK,
    (0.45, 0.25, 0.1),
    (0.8, 0.1, 0.1),
    (0.95, 0.5, 0.1),
    (0.95, 0.85, 0.1),
    (0.1, 0.6, 0.2),
    (0.1, 0.25, 0.8),
    (0.5, 0.2, 0.6),
    (0.5, 0.5, 0.5),
    (0.95, 0.95, 0.95),
)  # of the digits 0 to 9 (IEC 60062)
SKIN = 0.05  # how far what only looks like a hole stands out


@dataclass(frozen=True)
class Prism:
    """An outline pushed along an axis; its points lie in the other two: xy, xz or yz."""

    outline: tuple[Point, ...]
    axis: Axis
    start: float
    end: float
    colour: RGB


def box(x: Point, y: Point, z: Point, colour: RGB) -> Prism:
    """Return a box between two places on each axis."""
    outline = ((x[0], y[0]), (x[1], y[0]), (x[1], y[1]), (x[0], y[1]))
    return Prism(outline, "z", z[0], z[1], colour)


def rod(middle: Point, radius: float, axis: Axis, along: Point, colour: RGB) -> Prism:
    """Return a round bar of sixteen sides; its corners touch the circle."""
    turns = [math.tau * (step + 0.5) / 16 for step in range(16)]
    widest = radius / math.cos(math.tau / 32)  # so that its flat sides do
    outline = tuple(
        (middle[0] + widest * math.cos(a), middle[1] + widest * math.sin(a)) for a in turns
    )
    return Prism(outline, axis, along[0], along[1], colour)


def bodies(shape: Footprint, value: str = "") -> tuple[Prism, ...]:
    """Return what a part looks like; nothing for bare pads, holes and wires.

    Args:
        shape: its footprint.
        value: of a fuse, such as 5A, which gives it its colour; of a resistor, such as 3.3k,
            which gives it its rings.
    """
    if shape.name.startswith("Fuse"):
        return tuple(_fuse(shape, FUSES.get(value, SAND)))
    if shape.name.startswith("Resistor"):
        return tuple(_resistor(shape, rings(value)))
    for name, draw in _DRAWN.items():
        if shape.name.startswith(name):
            return tuple(draw(shape))
    return ()


def _mini_fit(shape: Footprint) -> Iterator[Prism]:
    """Housing, latch and a cavity over each contact; the latch is on the longer side."""
    left, top, right, bottom = shape.body
    rows = [pad.y for pad in shape.pads]
    up = min(rows) - top > bottom - max(rows)
    front, back = (-top - 1.4, -bottom) if up else (-bottom + 1.4, -top)
    low, high, tall = min(front, back), max(front, back), shape.height_mm
    yield box((left, right), (low, high), (0, tall - SKIN), IVORY)
    latch = (high, -top) if up else (-bottom, low)
    middle = (left + right) / 2
    yield box((middle - 1.8, middle + 1.8), latch, (tall - 9, tall - 3), IVORY)
    for pad in shape.pads:
        x, y = pad.x, -pad.y
        yield box((x - 1.6, x + 1.6), (y - 1.6, y + 1.6), (tall - 2 * SKIN, tall), DARK)


def _barrel(shape: Footprint) -> Iterator[Prism]:
    """The mouth looks over the edge: a ring, a hole and the pin in it."""
    left, top, right, bottom = shape.body
    tall, face = shape.height_mm, -bottom
    yield box((left, right), (face + 3 * SKIN, -top), (0, tall), BLACK)
    for place, (radius, colour) in enumerate(((3.9, STEEL), (2.9, DARK), (1.0, STEEL))):
        along = (face + (2 - place) * SKIN, face + (4 - place) * SKIN)
        yield rod((0, 5.5), radius, "y", along, colour)


def _screws(shape: Footprint) -> Iterator[Prism]:
    """A terminal, its upper front sloped; screws above the contacts, holes for wires in front."""
    left, top, right, bottom = shape.body
    tall, inwards = shape.height_mm, "Inlet" in shape.name
    front, back = (-top, -bottom) if inwards else (-bottom, -top)
    way = math.copysign(1.0, back - front)
    deep = abs(back - front)
    sloped = ((front + way * SKIN, 0), (front + way * SKIN, tall * 0.55),
              (front + way * deep * 0.3, tall - SKIN), (back, tall - SKIN), (back, 0))  # fmt: skip
    yield Prism(sloped, "x", left, right, GREEN)
    for pad in shape.pads:
        yield rod((pad.x, front + way * deep * 0.55), 1.7, "z", (tall - 2 * SKIN, tall), STEEL)
        ends = sorted((front, front + 2 * way * SKIN))
        yield box((pad.x - 1.6, pad.x + 1.6), (ends[0], ends[1]), (0.8, tall * 0.4), DARK)


def _jst_vh(shape: Footprint) -> Iterator[Prism]:
    """A base, the wall that a plug's latch grips, and two pins."""
    left, top, right, bottom = shape.body
    tall = shape.height_mm
    yield box((left, right), (-bottom, -top), (0, 3.2), IVORY)
    yield box((left + 1.1, right - 1.1), (-top - 1.4, -top), (3.2, tall), IVORY)
    for pad in shape.pads:
        yield _pin(pad.x, -pad.y, 0.57, (3.2, tall - 0.6), STEEL)


def _pin(x: float, y: float, half: float, z: Point, colour: RGB) -> Prism:
    return box((x - half, x + half), (y - half, y + half), z, colour)


def _fuse(shape: Footprint, colour: RGB) -> Iterator[Prism]:
    """The holder, two clips in it, and a blade fuse that stands in them."""
    left, top, right, bottom = shape.body
    tall = shape.height_mm
    yield box((left, right), (-bottom, -top), (0, 8.5), BLACK)
    for y in (-4.96, 4.96):
        yield box((-2.6, 2.6), (y - 1.6, y + 1.6), (8.5, 10.5), STEEL)
    yield box((-1.9, 1.9), (-5.45, 5.45), (10.5, tall - SKIN), colour)
    yield box((-1.2, 1.2), (-4.2, 4.2), (tall - 2 * SKIN, tall), BLACK)


def rings(value: str) -> tuple[RGB, ...]:
    """Return the rings of a resistor: two digits, how many noughts follow, gold for 5 %."""
    if not value:
        return ()
    ohms = float(value.removesuffix("k")) * (1000 if value.endswith("k") else 1)
    noughts = math.floor(math.log10(ohms) + 1e-9) - 1
    first, second = divmod(round(ohms / 10**noughts), 10)
    return RINGS[first], RINGS[second], RINGS[noughts], BRASS


def _resistor(shape: Footprint, colours: tuple[RGB, ...]) -> Iterator[Prism]:
    left, top, _, bottom = shape.body
    z, lead = shape.height_mm + left, 0.3
    yield rod((0, z), -left - (SKIN if colours else 0), "y", (-bottom, -top), SAND)
    for y, colour in zip((1.9, 0.9, -0.1, -1.7), colours, strict=False):
        yield rod((0, z), -left, "y", (y - 0.25, y + 0.25), colour)
    for pad in shape.pads:
        y = -pad.y
        ends = sorted((math.copysign(-top, y), y + math.copysign(lead, y)))
        yield box((-lead, lead), (ends[0], ends[1]), (z - lead, z + lead), STEEL)
        yield _pin(pad.x, y, lead, (0, z), STEEL)


def _lamp(shape: Footprint) -> Iterator[Prism]:
    """A flange, a shaft and a dome of four steps."""
    radius, tall = shape.body[2], shape.height_mm
    steps = ((1.0, 1.0), (0.92, tall - 1.5), (0.85, tall - 1.0), (0.65, tall - 0.4), (0.35, tall))
    start = 0.0
    for share, end in steps:
        yield rod((0, 0), share * radius, "z", (start, end), LAMP)
        start = end


def _header(shape: Footprint) -> Iterator[Prism]:
    left, top, right, bottom = shape.body
    yield box((left, right), (-bottom, -top), (0, 2.5), BLACK)
    for pad in shape.pads:
        yield _pin(pad.x, -pad.y, 0.32, (2.5, shape.height_mm), BRASS)


def _header_walls(shape: Footprint) -> Iterator[Prism]:
    """A JST XH header: a floor, four walls, and pins."""
    left, top, right, bottom = shape.body
    tall = shape.height_mm
    yield box((left, right), (-bottom, -top), (0, 1.5), IVORY)
    for x in ((left, left + 0.8), (right - 0.8, right)):
        yield box(x, (-bottom, -top), (1.5, tall), IVORY)
    for y in ((-bottom, -bottom + 0.8), (-top - 0.6, -top)):
        yield box((left, right), y, (1.5, tall), IVORY)
    for pad in shape.pads:
        yield _pin(pad.x, -pad.y, 0.32, (1.5, tall - 1), STEEL)


def _slide_switch(shape: Footprint) -> Iterator[Prism]:
    """Its slider stands where the supply is off."""
    left, top, right, bottom = shape.body
    yield box((left, right), (-bottom, -top), (0, 4.7), STEEL)
    yield box((-2.9, 2.9), (-0.9, 0.9), (4.7, 4.7 + SKIN), DARK)
    yield box((-2.7, -0.7), (-0.8, 0.8), (4.7 + SKIN, shape.height_mm), BLACK)


def _plastic(shape: Footprint) -> Iterator[Prism]:
    """A black block between its leads, which lie the way their pads are long."""
    left, top, right, bottom = shape.body
    wide, high = shape.pads[0].size
    across = wide > high
    half = max(wide, high) / 2
    within = min(max(abs(pad.x), abs(pad.y)) for pad in shape.pads) - half
    for pad in shape.pads:
        x, y, lead = pad.x, -pad.y, min(wide, high) / 2 - 0.05
        if across:
            yield box(_lead(x, left, right), (y - lead, y + lead), (0, 0.2), STEEL)
        else:
            yield box((x - lead, x + lead), _lead(y, -bottom, -top), (0, 0.2), STEEL)
    xs, ys = ((-within, within), (-bottom, -top)) if across else ((left, right), (-within, within))
    yield box(xs, ys, (0.1, shape.height_mm), BLACK)


def _leadless(shape: Footprint) -> Iterator[Prism]:
    """A black block with its contacts below it."""
    left, top, right, bottom = shape.body
    yield box((left, right), (-bottom, -top), (0, shape.height_mm), BLACK)


def _lead(place: float, low: float, high: float) -> Point:
    """Return where a lead lies: from the middle's side to the end of the body."""
    return (place, high) if place > 0 else (low, place)


def _chip(shape: Footprint) -> Iterator[Prism]:
    """A block between two tinned ends: black of resistors, sand of capacitors, green of lamps."""
    kinds = {"C": SAND, "L": LAMP, "P": GREEN}
    left, top, right, bottom = shape.body
    tall = shape.height_mm
    yield box((left, right), (-bottom, -top), (0, tall - SKIN), STEEL)
    wide, long = right - left, bottom - top
    cut = (0.4, 0.0) if wide > long else (0.0, 0.4)
    across, along = (left + cut[0], right - cut[0]), (-bottom + cut[1], -top - cut[1])
    yield box(across, along, (SKIN, tall), kinds.get(shape.name[0], BLACK))


def _socket(shape: Footprint) -> Iterator[Prism]:
    """A Qwiic socket: a block with its mouth at the edge."""
    left, top, right, bottom = shape.body
    yield box((left, right), (-bottom + SKIN, -top), (0, shape.height_mm), IVORY)
    yield box((left + 0.6, right - 0.6), (-bottom, -bottom + 2 * SKIN), (0.6, 2.4), DARK)


_DRAWN: dict[str, Callable[[Footprint], Iterator[Prism]]] = {
    "JST_SH": _socket,
    "JST_XH": _header_walls,
    "LED_0805": _chip,
    "R_0805": _chip,
    "R_2512": _chip,
    "VQFN": _leadless,
    "C_0805": _chip,
    "PTC": _chip,
    "SO": _plastic,
    "TSSOP": _plastic,
    "Inlet": _mini_fit,
    "Mini-Fit": _mini_fit,
    "Barrel": _barrel,
    "Screw": _screws,
    "JST": _jst_vh,
    "LED": _lamp,
    "Pin_Header": _header,
    "Slide_Switch": _slide_switch,
}
