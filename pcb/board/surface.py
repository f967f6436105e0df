"""Footprints of parts that are soldered onto the surface, and of the bus's plugs.

Drawn as `pcb.board.footprints` says: the way they lie, never turned. Pads are KiCad's, those of the
TSSOP 0.05 mm narrower, for 0.3 mm of air between them.
"""

import functools
from dataclasses import dataclass

from pcb.board.footprints import Box, Footprint, Pad, Point, grown, ring

TSSOP_PITCH, TSSOP_X, TSSOP_PAD = 0.65, 2.8625, (1.475, 0.35)


def _pad(number: str, x: float, y: float, size: Point) -> Pad:
    return Pad(number, round(x, 4), round(y, 4), size, None, "roundrect")


def _so8() -> Footprint:
    """Source and gate above, drain below; contact 1 is upper right."""
    size = (0.6, 1.95)
    xs = tuple(1.905 - 1.27 * place for place in range(4))
    pads = tuple(_pad(str(1 + place), x, -2.475, size) for place, x in enumerate(xs))
    pads += tuple(_pad(str(8 - place), x, 2.475, size) for place, x in enumerate(xs))
    body = (-2.45, -3.0, 2.45, 3.0)
    silk = (((-2.56, -1.9), (-2.56, 1.9)), ((2.56, -1.9), (2.56, 1.9)))
    return Footprint(
        "SO-8", "SO-8, contacts 1 to 4 above", pads, body, (-2.7, -3.7, 2.7, 3.7), 1.75, silk,
        circles=(((2.95, -2.5), 0.15),), like="Package_SO:SOIC-8_3.9x4.9mm_P1.27mm",
        turn=270,
    )  # fmt: skip


def tssop_y(contacts: int, number: int) -> float:
    """Return where a contact of a TSSOP stands: 1 is upper left, the last upper right."""
    half = contacts // 2
    row = number - 1 if number <= half else contacts - number
    return round((row - (half - 1) / 2) * TSSOP_PITCH, 4)


def _tssop(contacts: int) -> Footprint:
    half = contacts // 2
    pads = tuple(
        _pad(
            str(number), -TSSOP_X if number <= half else TSSOP_X,
            tssop_y(contacts, number), TSSOP_PAD,
        )
        for number in range(1, contacts + 1)
    )  # fmt: skip
    tall = {16: 5.0, 24: 7.8}[contacts] / 2
    body = (-3.2, -tall, 3.2, tall)
    silk = (((-2.2, -tall - 0.12), (2.2, -tall - 0.12)), ((-2.2, tall + 0.12), (2.2, tall + 0.12)))
    return Footprint(
        f"TSSOP-{contacts}", f"TSSOP of {contacts} contacts, 0.65 mm", pads, body,
        (-3.85, -tall - 0.25, 3.85, tall + 0.25), 1.2, silk,
        circles=(((-3.3, tssop_y(contacts, 1) - 0.6), 0.15),),
        like=f"Package_SO:TSSOP-{contacts}_4.4x{2 * tall:g}mm_P0.65mm",
    )  # fmt: skip


def _vqfn() -> Footprint:
    """Contacts on all four sides, 1 upper left and on counter-clockwise; a pad below the middle."""
    far, size, tall = 1.8625, (1.025, 0.35), (0.35, 1.025)
    row = tuple((place - 1.5) * TSSOP_PITCH for place in range(4))
    sides = (
        [(-far, at, size) for at in row], [(at, far, tall) for at in row],
        [(far, -at, size) for at in row], [(-at, -far, tall) for at in row],
    )  # fmt: skip
    pads = tuple(
        _pad(str(4 * side + place + 1), *spot)
        for side, spots in enumerate(sides)
        for place, spot in enumerate(spots)
    )
    pads += (Pad("17", 0, 0, (2.1, 2.1), None, "rect", paste_ratio=-0.15),)
    corners = tuple(
        ((2.11 * x, 1.45 * y), (2.11 * x, 2.11 * y), (1.45 * x, 2.11 * y))
        for x, y in ((1, -1), (1, 1), (-1, 1))
    )
    return Footprint(
        "VQFN-16", "VQFN of 16 contacts, 4 x 4 mm, 0.65 mm", pads, (-2.0, -2.0, 2.0, 2.0),
        (-2.63, -2.63, 2.63, 2.63), 1.0, corners, circles=(((-2.5, -1.6), 0.15),),
        like="Package_DFN_QFN:Texas_RGV0016A_VQFN-16-1EP_4x4mm_P0.65mm_EP2.1x2.1mm",
    )  # fmt: skip


def _sot23(*, upright: bool) -> Footprint:
    """Lying: contacts 1 and 2 on the left. Upright: 3 above, 1 lower left, 2 lower right."""
    spots = {"1": (-0.9375, -0.95), "2": (-0.9375, 0.95), "3": (0.9375, 0.0)}
    body: Box = (-1.2, -1.45, 1.2, 1.45)
    size, courtyard = (1.475, 0.6), (-1.93, -1.7, 1.93, 1.7)
    silk = (((-0.65, -1.56), (0.65, -1.56)), ((-0.65, 1.56), (0.65, 1.56)))
    if upright:
        spots = {number: (y, -x) for number, (x, y) in spots.items()}
        body, size, courtyard = (-1.45, -1.2, 1.45, 1.2), (0.6, 1.475), (-1.7, -1.93, 1.7, 1.93)
        silk = (((-1.56, -0.65), (-1.56, 0.65)), ((1.56, -0.65), (1.56, 0.65)))
    pads = tuple(_pad(number, x, y, size) for number, (x, y) in spots.items())
    name = "SOT-23_Upright" if upright else "SOT-23"
    return Footprint(
        name, "SOT-23 of three contacts", pads, body, courtyard, 1.1, silk,
        like="Package_TO_SOT_SMD:SOT-23", turn=90 if upright else 0,
    )  # fmt: skip


@dataclass(frozen=True)
class _Chip:
    """A part with two pads, `far` from its middle.

    `first` is the left or, upright, upper one; a part that is `polar` has a bar at 1.
    """

    name: str
    about: str
    like: str
    far: float
    size: Point
    tall: float
    upright: bool = False
    first: int = 1
    polar: bool = False


def _chip(one: _Chip) -> Footprint:
    """Draw a part with two pads; a chip of resistance, capacity, light."""
    far, size = one.far, one.size
    numbers = ("1", "2") if one.first == 1 else ("2", "1")
    spots = [(-far, 0.0), (far, 0.0)]
    half, wide = far + size[0] / 2, size[1] / 2
    body: Box = (-far - 0.1, -wide + 0.08, far + 0.1, wide - 0.08)
    courtyard = grown((-half, -wide, half, wide), 0.25)
    edge = wide + 0.03
    silk: tuple[tuple[Point, ...], ...] = (
        ((-0.25, -edge), (0.25, -edge)),
        ((-0.25, edge), (0.25, edge)),
    )
    if one.polar:  # the bar is at its contact 1, a cathode, as KiCad has it
        bar, side = half + 0.26, wide + 0.26
        silk = (((-0.25, -side), (bar, -side), (bar, side), (-0.25, side)),)
    if one.upright:
        spots, size = [(y, x) for x, y in spots], (size[1], size[0])
        body, courtyard = (_turned(box) for box in (body, courtyard))
        silk = tuple(tuple((y, x) for x, y in line) for line in silk)
    pads = tuple(_pad(n, x, y, size) for n, (x, y) in zip(numbers, spots, strict=True))
    turn = (270 if one.upright else 0) + (180 if one.first == 2 else 0)
    return Footprint(
        one.name, one.about, pads, body, courtyard, one.tall, silk, like=one.like, turn=turn % 360
    )


def _turned(box: Box) -> Box:
    return box[1], box[0], box[3], box[2]


def _xh() -> Footprint:
    """A keyed header; contact 1 on the left."""
    pads = tuple(
        Pad(
            str(place + 1), round(2.5 * place - 6.25, 3), 0, (1.7, 1.95), 0.95,
            "roundrect" if not place else "oval",
        )
        for place in range(6)
    )  # fmt: skip
    body = (-8.7, -2.35, 8.7, 3.4)
    outer = grown(body, 0.11)
    notch = ((-7.0, outer[1]), (-7.0, -1.6), (7.0, -1.6), (7.0, outer[1]))
    return Footprint(
        "JST_XH_B6B-XH-A", "JST XH header of six contacts, 2.5 mm, upright", pads, body,
        grown(body, 0.5), 7.0, (ring(outer), notch),
        like="Connector_JST:JST_XH_B6B-XH-A_1x06_P2.50mm_Vertical",
    )  # fmt: skip


def _sh() -> Footprint:
    """The mouth looks down, to the board's edge."""
    pads = tuple(_pad(str(n + 1), n - 1.5, -2.0, (0.6, 1.55)) for n in range(4))
    pads += tuple(_pad("MP", x, 1.875, (1.2, 1.8)) for x in (-2.8, 2.8))
    body = (-3.0, -1.675, 3.0, 2.575)
    silk = (
        ((-2.06, -1.785), (-3.11, -1.785), (-3.11, 0.715)),
        ((2.06, -1.785), (3.11, -1.785), (3.11, 0.715)),
        ((-1.94, 2.685), (1.94, 2.685)),
    )
    return Footprint(
        "JST_SH_SM04B-SRSS-TB", "JST SH socket of four contacts, 1 mm, mouth at the edge", pads,
        body, (-3.9, -3.28, 3.9, 3.28), 2.95, silk,
        like="Connector_JST:JST_SH_SM04B-SRSS-TB_1x04-1MP_P1.00mm_Horizontal",
    )  # fmt: skip


@functools.cache
def surface_footprints() -> tuple[Footprint, ...]:
    """Return them all."""
    r0805, c0805 = ("Resistor_SMD:R_0805_2012Metric", "Capacitor_SMD:C_0805_2012Metric")
    led, ptc = "LED_SMD:LED_0805_2012Metric", "Fuse:Fuse_1206_3216Metric"
    pads = (1.025, 1.4)
    chips = (
        _Chip("R_0805", "Resistor 0805, across", r0805, 0.9125, pads, 0.6),
        _Chip("R_0805_Turned", "Resistor 0805, across, contact 1 right", r0805, 0.9125, pads, 0.6,
              first=2),
        _Chip("R_0805_Upright", "Resistor 0805, upright", r0805, 0.9125, pads, 0.6, upright=True),
        _Chip("C_0805", "Capacitor 0805, across", c0805, 0.95, (1.0, 1.45), 1.25),
        _Chip("C_0805_Upright", "Capacitor 0805, upright", c0805, 0.95, (1.0, 1.45), 1.25,
              upright=True),
        _Chip("C_0805_Bypass", "Capacitor 0805, upright, contact 1 below", c0805, 0.95,
              (1.0, 1.45), 1.25, upright=True, first=2),
        _Chip("LED_0805", "LED 0805, across, anode left", led, 0.9375, (0.975, 1.4), 0.8, first=2,
              polar=True),
        _Chip("R_2512_Upright", "Shunt 2512, upright", "Resistor_SMD:R_2512_6332Metric", 2.9625,
              (1.225, 3.35), 0.7, upright=True),
        _Chip("PTC_1206", "PTC 1206, across", ptc, 1.4, (1.25, 1.75), 1.2),
    )  # fmt: skip
    return (
        _so8(), _tssop(16), _tssop(24), _vqfn(), _sot23(upright=False), _sot23(upright=True),
        *map(_chip, chips), _xh(), _sh(),
    )  # fmt: skip
