"""Our own footprints, drawn here the way they lie on the board: none is ever turned.

Coordinates are mm, x to the right, y down. What stands at the lower edge of the board (`edge`) has
its origin on that edge, in the middle of its column; everything else has it in its own middle.
Holes and pads are those of the maker's drawing, and `like` names the footprint of KiCad's library
that a test holds them against; outlines are our own.
"""

import functools
import math
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from pcb.board.wires import AWGS, relief_hole, wire_hole

LIBRARY = "Rackpress"
Point = tuple[float, float]
Box = tuple[float, float, float, float]  # left, top, right, bottom

ROW, PITCH = 5.5, 4.2  # Mini-Fit Jr.: between rows, between contacts
M3_D_MM = 3.2  # hole for M3 (ISO 273, fine)
M3_FREE_MM = 6.4  # no copper under the head of an M3 screw, with room (ISO 7045: 5.5 mm)


@dataclass(frozen=True)
class Pad:
    """A pad. `drill` is a diameter, or width and height of a slot, or None on a surface pad."""

    number: str
    x: float
    y: float
    size: Point
    drill: float | Point | None
    shape: Literal["circle", "oval", "rect", "roundrect"] = "circle"
    plated: bool = True
    relief: bool = False  # joined to pours by spokes: little current, easy to solder
    clearance: float | None = None
    paste_ratio: float = 0.0  # how much of its size paste is larger than it, at each side


@dataclass(frozen=True)
class Footprint:
    """A drawn footprint: pads, body, courtyard, and lines and circles of silk.

    `height_mm` is how far it stands over the board, `like` KiCad's footprint with the same pads,
    `turn` how far it is turned against that, degrees, counter-clockwise.
    """

    name: str
    description: str
    pads: tuple[Pad, ...]
    body: Box
    courtyard: Box
    height_mm: float
    silk: tuple[tuple[Point, ...], ...] = ()
    circles: tuple[tuple[Point, float], ...] = ()
    like: str = ""
    turn: int = 0
    in_bom: bool = True
    board_only: bool = False

    @property
    def lib_id(self) -> str:
        """The name that a board knows it by."""
        return f"{LIBRARY}:{self.name}"

    @property
    def on_surface(self) -> bool:
        """Whether it is a part that is soldered onto the surface, with paste."""
        return self.in_bom and all(pad.drill is None for pad in self.pads)

    def spot(self, number: str) -> Point:
        """Return the middle of the first pad of that number."""
        pad = next(pad for pad in self.pads if pad.number == number)
        return pad.x, pad.y


def grown(box: Box, by: float) -> Box:
    """Return a box that is larger by `by` on each side."""
    left, top, right, bottom = (
        round(side, 4) for side in (box[0] - by, box[1] - by, box[2] + by, box[3] + by)
    )
    return left, top, right, bottom


def ring(box: Box) -> tuple[Point, ...]:
    """Return the closed outline of a box."""
    left, top, right, bottom = box
    return (left, top), (right, top), (right, bottom), (left, bottom), (left, top)


# ---- inlets: vertical Mini-Fit Jr. headers, the row of the rail's contacts towards the board


def _mini_fit(name: str, columns: int, turned: bool, about: str) -> Footprint:
    """Draw a header of two rows; not turned, contact 1 is upper left and the latch below."""
    sign = -1 if turned else 1
    half = (columns - 1) * PITCH / 2
    pads = tuple(
        Pad(
            str(row * columns + place + 1),
            round(sign * (place * PITCH - half), 3),
            sign * (row - 0.5) * ROW,
            (2.7, 3.3),
            1.4,
            "roundrect" if row + place == 0 else "oval",
        )
        for row in (0, 1)
        for place in range(columns)
    )
    wide = round(half + 2.7, 3)
    top, bottom, tip = (-4.6, 5.0, -6.0) if turned else (-5.0, 4.6, 6.0)
    base = top if turned else bottom
    body = (-wide, min(top, tip), wide, max(bottom, tip))
    outer = grown((-wide, top, wide, bottom), 0.11)
    edge = base + 0.11 * (-1 if turned else 1)
    latch = ((-1.81, edge), (-1.81, tip), (1.81, tip), (1.81, edge))
    x1, y1 = pads[0].x, pads[0].y
    corner = sign * (wide + 0.35)
    mark = tuple((x1 + sign * dx, y1 - sign * dy) for dx, dy in ((-3.05, -0.25), (-3.05, 2.6)))
    mark = ((-corner, mark[0][1]), (-corner, mark[1][1]), (x1 - sign * 0.2, mark[1][1]))
    silk = (ring(outer), latch, mark)
    like = f"Molex_Mini-Fit_Jr_5566-{2 * columns:02d}A_2x{columns:02d}_P4.20mm_Vertical"
    return Footprint(
        f"Inlet_{name}", f"{about}, Mini-Fit Jr. header, upright", pads, body, grown(body, 0.5),
        12.8, silk, like=f"Connector_Molex:{like}",
    )  # fmt: skip


def _pair(half: float, y: float, size: float, drill: float) -> tuple[Pad, Pad]:
    """Two pads side by side; the first, on the left unless `half` is negative, has corners."""
    first = Pad("1", -half, y, (size, size), drill, "roundrect")
    return first, Pad("2", half, y, (size, size), drill)


def _screw_inlet() -> Footprint:
    """Wires enter from above, at the board's edge; contact 1 is on the right."""
    pads = _pair(-2.54, 0, 2.6, 1.3)
    body = (-5.08, -5.3, 5.08, 5.9)
    silk = (ring(grown(body, 0.12)), ((-5.2, 3.9), (5.2, 3.9)))
    return Footprint(
        "Screw_Inlet_MKDS_3-2-5.08",
        "Two-way screw terminal for the supply, 5.08 mm, wires enter at the board's edge",
        pads, body, grown(body, 0.5), 16.0, silk,
        like="TerminalBlock_Phoenix:TerminalBlock_Phoenix_MKDS-3-2-5.08_1x02_P5.08mm_Horizontal",
    )  # fmt: skip


# ---- outputs


def _barrel() -> Footprint:
    """The mouth stands 0.5 mm over the board's edge, so that a plug's collar clears it."""
    y = -11.5
    pads = (
        Pad("1", 0, y, (4, 2), (3, 1), "rect"),
        Pad("2", 0, y + 6, (3.3, 2), (2.3, 1), "oval"),
        Pad("MP", -4.5, y + 7, (2, 3.5), (1, 2.5), "oval"),
        Pad("MP", 4.5, y + 7, (2, 3.5), (1, 2.5), "oval"),
        Pad("", 0, y + 9, (1.6, 1.6), 1.6, plated=False),
    )
    body = (-5.0, y - 1, 5.0, y + 12)
    top, side = y - 1.11, 5.11
    silk = (
        ((-2.3, top), (-side, top), (-side, y + 4.95)),
        ((2.3, top), (side, top), (side, y + 4.95)),
        ((-side, y + 9.05), (-side, -0.5)),
        ((side, y + 9.05), (side, -0.5)),
    )
    return Footprint(
        "Barrel_Jack_PJ-063AH", "DC jack 5.5/2.0 mm, CUI PJ-063AH: 1 centre, 2 sleeve, MP shell",
        pads, body, (-6.0, y - 1.5, 6.0, y + 12.5), 11.0, silk,
        like="Connector_BarrelJack:BarrelJack_CUI_PJ-063AH_Horizontal",
    )  # fmt: skip


def _screw() -> Footprint:
    y = -5.1
    pads = _pair(2.54, y, 2.6, 1.3)
    body = (-5.08, y - 5.2, 5.08, y + 4.6)
    silk = (ring(grown(body, 0.12)), ((-5.2, y - 2.3), (5.2, y - 2.3)))
    return Footprint(
        "Screw_Terminal_MKDS_1.5-2-5.08",
        "Two-way screw terminal, 5.08 mm, wires enter at the board's edge",
        pads, body, grown(body, 0.5), 11.5, silk,
        like="TerminalBlock_Phoenix:TerminalBlock_Phoenix_MKDS-1,5-2-5.08_1x02_P5.08mm_Horizontal",
    )  # fmt: skip


def _jst_vh() -> Footprint:
    y = -5.6
    pads = _pair(1.98, y, 2.7, 1.7)
    body = (-3.93, y - 3.7, 3.93, y + 4.8)
    left, right = -4.04, 4.04
    silk = (
        (
            (left, y - 2.11), (-2.84, y - 2.11), (-2.84, y - 3.81), (2.84, y - 3.81),
            (2.84, y - 2.11), (right, y - 2.11), (right, y + 4.91), (left, y + 4.91),
            (left, y - 2.11),
        ),
    )  # fmt: skip
    return Footprint(
        "JST_VH_B2P-VH", "JST VH header of two contacts, 3.96 mm, upright",
        pads, body, grown(body, 0.5), 10.0, silk,
        like="Connector_JST:JST_VH_B2P-VH_1x02_P3.96mm_Vertical",
    )  # fmt: skip


def _molex() -> Footprint:
    """Contact 1 is the inner one; the latch is towards the edge."""
    y = -12.0
    pads = (
        Pad("1", 0, y, (2.7, 3.3), 1.4, "roundrect"),
        Pad("2", 0, y + ROW, (2.7, 3.3), 1.4, "oval"),
    )
    body = (-2.7, y - 2.25, 2.7, y + 8.75)
    silk = (
        ring((-2.81, y - 2.36, 2.81, y + 7.46)),
        ((-1.81, y + 7.46), (-1.81, y + 8.86), (1.81, y + 8.86), (1.81, y + 7.46)),
    )
    return Footprint(
        "Mini-Fit_Jr_2", "Mini-Fit Jr. header of two contacts, upright, latch to the edge",
        pads, body, grown(body, 0.5), 12.8, silk,
        like="Connector_Molex:Molex_Mini-Fit_Jr_5566-02A_2x01_P4.20mm_Vertical",
    )  # fmt: skip


def _wire(awg: int) -> Footprint:
    """Wires go up through the relief holes at the edge, and down into the pads."""
    hole, relief = wire_hole(awg), relief_hole(awg)
    pad, half = round(hole + 2 * 0.8, 2), 3.5  # ring 0.8; two wires 7 mm apart
    y, out = -12.5, -4.0
    pads = (
        *_pair(half, y, pad, hole),
        Pad("", -half, out, (relief, relief), relief, plated=False),
        Pad("", half, out, (relief, relief), relief, plated=False),
    )
    top, low, side = y + pad / 2 + 0.4, out - relief / 2 - 0.5, relief / 2
    silk = tuple(((x + s * side, top), (x + s * side, low)) for x in (-half, half) for s in (-1, 1))
    body = (-half - pad / 2, y - pad / 2, half + pad / 2, out + relief / 2)
    return Footprint(
        f"Wire_{awg}AWG_Relief",
        f"Two holes for {awg} AWG wire and two for strain relief at the board's edge",
        pads, body, grown(body, 0.5), 3.0, silk, in_bom=False,
    )  # fmt: skip


# ---- small parts


def _fuse() -> Footprint:
    y, drill, size = 4.96, 1.78, (2.78, 2.78)
    pads = tuple(
        Pad(number, x, sign * y, size, drill)
        for number, sign in (("1", -1), ("2", 1))
        for x in (-1.7, 1.7)
    )
    body = (-3.37, -8.0, 3.37, 8.0)
    blade = ((-2.0, -1.6), (-2.0, 1.6)), ((0, -0.75), (0, 0.75)), ((2.0, -1.6), (2.0, 1.6))
    return Footprint(
        "Fuse_Mini_Blade_Keystone_3568", "Holder for a mini blade fuse, Keystone 3568",
        pads, body, grown(body, 0.15), 20.0, (ring(grown(body, 0.1)), *blade),
        like="Fuse:Fuseholder_Blade_Mini_Keystone_3568",
    )  # fmt: skip


def _resistor() -> Footprint:
    pads = (
        Pad("1", 0, 3.81, (1.6, 1.6), 0.8),
        Pad("2", 0, -3.81, (1.6, 1.6), 0.8),
    )
    sides = tuple(((x, -2.7), (x, 2.7)) for x in (-1.37, 1.37))
    ends = tuple(((-1.37, y), (1.37, y)) for y in (-2.7, 2.7))
    return Footprint(
        "Resistor_0207", "Resistor 0.25 W, DIN 0207, lying, leads 7.62 mm apart",
        pads, (-1.25, -3.15, 1.25, 3.15), (-1.5, -4.86, 1.5, 4.86), 2.6, (*sides, *ends),
        like="Resistor_THT:R_Axial_DIN0207_L6.3mm_D2.5mm_P7.62mm_Horizontal",
    )  # fmt: skip


def _led() -> Footprint:
    """The bar and the square pad are the cathode."""
    pads = (
        Pad("1", 0, -1.27, (1.8, 1.8), 0.9, "rect", relief=True),
        Pad("2", 0, 1.27, (1.8, 1.8), 0.9),
    )
    turns = [math.radians(angle) for angle in (-40, -14, 14, 40)]
    right = tuple((round(1.8 * math.cos(a), 3), round(1.8 * math.sin(a), 3)) for a in turns)
    left = tuple((-x, y) for x, y in right)
    silk = (right, left, (right[0], (1.3, -2.4), (-1.3, -2.4), left[0]))
    return Footprint(
        "LED_3mm", "LED of 3 mm, the flat side is the cathode",
        pads, (-1.6, -1.6, 1.6, 1.6), (-2.21, -2.42, 2.21, 2.42), 5.5, silk,
        like="LED_THT:LED_D3.0mm",
    )  # fmt: skip


def _jumper() -> Footprint:
    pads = (
        Pad("1", -1.27, 0, (1.7, 1.7), 1.0, "rect"),
        Pad("2", 1.27, 0, (1.7, 1.7), 1.0, relief=True),
    )
    body = (-2.54, -1.27, 2.54, 1.27)
    return Footprint(
        "Pin_Header_2", "Pin header of two contacts, 2.54 mm",
        pads, body, grown(body, 0.5), 8.5, (ring(grown(body, 0.11)),),
        like="Connector_PinHeader_2.54mm:PinHeader_1x02_P2.54mm_Vertical",
    )  # fmt: skip


def _slide_switch() -> Footprint:
    """Pin 2 is in the middle; the outer pads hold the case and are on no net.

    The pins' pads are 0.1 mm narrower than KiCad's, for 0.3 mm of air to the outer ones.
    """
    pads = (
        *(Pad("", x, 0, (2.2, 3.5), 1.5, "oval") for x in (-4.1, 4.1)),
        Pad("1", -2, 0, (1.4, 2.5), 0.8, "rect"),
        Pad("2", 0, 0, (1.4, 2.5), 0.8, "oval"),
        Pad("3", 2, 0, (1.4, 2.5), 0.8, "oval", relief=True),
    )
    body = (-4.3, -2.15, 4.3, 2.15)
    silk = (
        ((-4.41, -1.95), (-4.41, -2.26), (4.41, -2.26), (4.41, -1.95)),
        ((-4.41, 1.95), (-4.41, 2.26), (4.41, 2.26), (4.41, 1.95)),
    )
    return Footprint(
        "Slide_Switch_OS102011MS2Q", "Slide switch with two positions, C&K OS102011MS2Q, upright",
        pads, body, (-5.45, -2.4, 5.45, 2.4), 8.0, silk,
        like="Button_Switch_THT:SW_Slide_SPDT_Straight_CK_OS102011MS2Q",
    )  # fmt: skip


def _test_point() -> Footprint:
    return Footprint(
        "Test_Point", "Bare pad for a probe", (Pad("1", 0, 0, (1.5, 1.5), None),),
        (-0.75, -0.75, 0.75, 0.75), (-1.25, -1.25, 1.25, 1.25), 0.0,
        circles=(((0, 0), 1.0),), like="TestPoint:TestPoint_Pad_D1.5mm", in_bom=False,
    )  # fmt: skip


def _hole() -> Footprint:
    keep = (M3_FREE_MM - M3_D_MM) / 2
    pads = (Pad("", 0, 0, (M3_D_MM, M3_D_MM), M3_D_MM, plated=False, clearance=keep),)
    half = M3_FREE_MM / 2
    return Footprint(
        "Hole_M3", "Hole for an M3 screw, no copper under its head", pads,
        (-half, -half, half, half), (-half, -half, half, half), 3.0,
        like="MountingHole:MountingHole_3.2mm_M3", in_bom=False, board_only=True,
    )  # fmt: skip


@functools.cache
def footprints() -> Mapping[str, Footprint]:
    """Return every footprint by its library name; the library holds them all."""
    from pcb.board.surface import surface_footprints  # noqa: PLC0415 - it draws with what is here

    drawn = (
        _mini_fit("ATX_24", 12, True, "24-pin main inlet"),
        _mini_fit("ATX12VO", 5, False, "10-pin main inlet of a 12 V only supply"),
        _mini_fit("EPS_8", 4, False, "8-pin processor inlet"),
        _mini_fit("P4", 2, False, "4-pin processor inlet"),
        _mini_fit("PCIe_6", 3, True, "6-pin graphics inlet"),
        _mini_fit("PCIe_8", 4, True, "8-pin graphics inlet"),
        _screw_inlet(), _barrel(), _screw(), _jst_vh(), _molex(), *(_wire(awg) for awg in AWGS),
        _fuse(), _resistor(), _led(), _jumper(), _slide_switch(), _test_point(), _hole(),
        *surface_footprints(),
    )  # fmt: skip
    return MappingProxyType({one.lib_id: one for one in drawn})
