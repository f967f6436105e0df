"""A managed board's controller, in the middle of the columns: its parts, tracks and vias.

      bar of the rails, under it two lanes: 5VSB and PS_ON come from the 24-pin inlet
    +--------------------------------------+
    |  U10  F100 <- 5VSB       Q100 PS_ON  |   3.3 V of standby; what starts the supply
    |  C102 C101               R300        |
    |  R405 D100                           |
    |  JP2                 TP TP TP TP     |
    | ===================== 3V3 ========== |
    |     R404 R403     C103  R401 R402    |   pull-ups of the bus
    |  ---       [ expander ]       ---    |   lines to the switches (pcb.board.channel)
    |  ---       [          ]       ---    |
    |           RESET INT SDA SCL          |
    |          [   J201 header  ]          |
    +----------[ J202 Qwiic ]--------------+   mouth at the edge

Offsets are mm from the controller's middle.
"""

from collections.abc import Iterator, Sequence

from pcb.board.channel import FAN, SOCKET_Y, Channel, channel
from pcb.board.comb import Comb
from pcb.board.footprints import Point, footprints
from pcb.board.layout import Layer, Layout, Put, Track, Via
from pcb.board.surface import TSSOP_X, tssop_y
from pcb.model import Circuit

THIN, WIDE = 0.3, 0.5
RAIL = 4.63  # from an expander's upper contacts up to the bar of 3.3 V
PULL = 2.73  # and to the middle of the pull-ups
TURN = 12.5  # where 3.3 V goes down to the first row, at both sides
LEFT_X, OUT_X = -10.4375, -6.9  # regulator's contacts; 3.3 V to the bus
STARTER_X = 8.9  # of what starts the supply
NAMES = {
    "U10": (0.0, -2.5, 0),
    "F100": (0.0, -1.9, 0),
    "C101": (1.7, 0.0, 90),
    "C102": (1.7, 0.0, 90),
    "R405": (0.0, 1.7, 0),
    "D100": (4.1, 0.0, 0),
    "Q100": (2.9, 0.0, 90),
    "R300": (0.0, 1.7, 0),
}  # fmt: skip - where names are printed, from the part's middle
PROBE_X = {"3V3": 1.4, "GND": -2.2, "SDA": 5.0, "SCL": 8.6}


class Control:
    """Heights of the controller's parts, and how to draw at offsets from its middle."""

    def __init__(self, layout: Layout, made: Comb) -> None:
        """Take heights from the bars down and from the channel up."""
        self.layout, self.made = layout, made
        self.way: Channel = channel(made)
        self.zone = made.bar_y + made.bar_mm
        self.supply = self.zone + 3.6
        self.lamp = self.supply + 7.0
        self.jumper = self.lamp + 4.2
        self.starter = self.zone + 5.5
        self.enable = self.starter + 3.2
        self.top = self.way.top
        self.rail = self.top - RAIL
        self.probes = self.rail - 3.0
        self.plug = self.way.plug_y
        self.lanes = self.plug - 6.5
        self.socket = made.height - SOCKET_Y
        self.small = self.way.contacts == 16
        self.bus_x = {"SDA": 4.9, "SCL": 6.9, "RESET": -4.9, "INT": 8.9 if self.small else -2.9}

    def spot(self, x: float, y: float) -> Point:
        """Return a place on the board."""
        return round(self.way.x + x, 4), round(y, 4)

    def put(self, ref: str, shape: str, x: float, y: float) -> None:
        """Put a part; its name stands beside it where there is room."""
        name = None
        if ref in NAMES:
            dx, dy, angle = NAMES[ref]
            name = (*self.spot(x + dx, y + dy), angle)
        drawn = footprints()[f"Rackpress:{shape}"]
        self.layout.parts.append(Put(ref, drawn, *self.spot(x, y), name))

    def track(self, net: str, *points: Point, layer: Layer = "F.Cu", wide: float = THIN) -> None:
        """Draw a track through points."""
        spots = tuple(dict.fromkeys(self.spot(*point) for point in points))
        self.layout.tracks.append(Track(net, layer, spots, wide))

    def via(self, net: str, x: float, y: float) -> None:
        """Join the layers."""
        self.layout.vias.append(Via(net, *self.spot(x, y)))


def put_control(layout: Layout, made: Comb, circuit: Circuit) -> None:
    """Put the controller's parts."""
    at = Control(layout, made)
    refs = {part.ref for part in circuit.parts}
    for ref, shape, x, y in _places(at):
        if ref in refs:
            at.put(ref, shape, x, y)


def _places(at: Control) -> Iterator[tuple[str, str, float, float]]:
    """Yield where each part stands."""
    yield "U10", "SOT-23", -9.5, at.supply
    yield "F100", "PTC_1206", -4.6, at.supply
    yield "C101", "C_0805_Upright", -7.0, at.supply + 3.6
    yield "C102", "C_0805_Upright", LEFT_X, at.supply + 3.9
    yield "R405", "R_0805", -9.6, at.lamp
    yield "D100", "LED_0805", -5.9, at.lamp
    yield "JP2", "Pin_Header_2", -9.2, at.jumper
    yield "Q100", "SOT-23_Upright", STARTER_X + 0.95, at.starter
    yield "R300", "R_0805_Turned", STARTER_X + 2.5, at.enable
    for number, net in enumerate(("3V3", "GND", "SDA", "SCL"), start=101):
        yield f"TP{number}", "Test_Point", PROBE_X[net], at.probes
    for net, ref in (("SDA", "R401"), ("SCL", "R402"), ("INT", "R403"), ("RESET", "R404")):
        yield ref, "R_0805_Upright", at.bus_x[net], at.top - PULL
    shape = f"TSSOP-{at.way.contacts}"
    for number, (y, top) in enumerate(zip(at.way.chips_y, at.way.tops, strict=True)):
        yield f"U{number + 1}", shape, 0.0, y
        yield f"C{103 + number}", "C_0805_Bypass", 0.7, top - 2.45
    yield "J201", "JST_XH_B6B-XH-A", 0.0, at.plug
    yield "J202", "JST_SH_SM04B-SRSS-TB", 0.0, at.socket


def pour_control(layout: Layout, made: Comb, circuit: Circuit) -> None:
    """Add the controller's tracks and vias."""
    at = Control(layout, made)
    refs = {part.ref for part in circuit.parts}
    _standby(at)
    _rail(at, probed="TP101" in refs)
    for number in range(len(at.way.chips_y)):
        _expander(at, circuit, number)
    _fan(at)
    _bus(at, probed="TP101" in refs)
    _plugs(at)
    if "Q100" in refs:
        _starter(at, circuit)
    _from_inlet(at, started="Q100" in refs)
    for x, y in ((-1.0, at.top - 2.2), (1.5, at.supply), (1.5, at.lamp), (-2.6, at.lamp)):
        at.via("GND", x, y)
    for x in (-14.0, 14.0):
        at.via("GND", x, at.plug)
        at.via("GND", x, at.plug - 4.0)


def _standby(at: Control) -> None:
    """Join fuse, regulator and its capacitors, lamp and jumper."""
    y = at.supply
    at.via("5VSB", -1.4, y)
    at.track("5VSB", (-1.4, y), (-3.2, y), wide=WIDE)
    at.track("VAUX", (-6.0, y), (-8.5625, y), wide=WIDE)
    at.track("VAUX", (-7.0, y), (-7.0, y + 2.65), wide=WIDE)
    at.track("3V3", (LEFT_X, y + 0.95), (LEFT_X, y + 2.95), wide=WIDE)
    at.track("3V3", (LEFT_X, y + 2.95), (-TURN, y + 2.95), (-TURN, at.way.first_y), wide=WIDE)
    at.track("3V3", (-TURN, at.lamp), (-10.5125, at.lamp))
    at.track("LAMP", (-8.6875, at.lamp), (-6.8375, at.lamp))
    at.track("3V3", (-TURN, at.jumper), (-10.47, at.jumper), wide=WIDE)


def _rail(at: Control, *, probed: bool) -> None:
    """Lead 3.3 V across the controller, to the pull-ups and to the first row's other end."""
    at.track("3V3", (-TURN, at.rail), (TURN, at.rail), wide=WIDE)
    high = at.enable if "Q100" in {put.ref for put in at.layout.parts} else at.rail
    at.track("3V3", (TURN, high), (TURN, at.way.first_y), wide=WIDE)
    for x in at.bus_x.values():
        at.track("3V3", (x, at.top - PULL - 0.9125), (x, at.rail))
    if probed:
        at.track("3V3", (PROBE_X["3V3"], at.rail), (PROBE_X["3V3"], at.probes))


def _expander(at: Control, circuit: Circuit, number: int) -> None:
    """Join an expander's supply, capacitor, straps, and its contacts of the bus."""
    top, contacts = at.way.tops[number], at.way.contacts
    if number == 0:
        at.track("3V3", (TSSOP_X, top), (TSSOP_X, at.rail))
    else:
        at.via("3V3", TSSOP_X, at.top - 3.9)
        at.track("3V3", (TSSOP_X, at.top - 3.9), (TSSOP_X, top - 2.6), layer="B.Cu")
        at.via("3V3", TSSOP_X, top - 2.6)
        at.track("3V3", (TSSOP_X, top), (TSSOP_X, top - 2.6))
        at.via("GND", -1.0, top - 2.2)
    at.track("3V3", (0.7, top - 1.5), (TSSOP_X, top - 1.5))
    _straps(at, circuit, number)
    step = 0.65
    at.track("RESET", (-TSSOP_X, top + 2 * step), (-3.9, top + 2 * step), (-4.9, top + 0.3),
             (-4.9, top - 0.1))  # fmt: skip
    at.track("SDA", (TSSOP_X, top + step), (3.9, top + step), (4.9, top - 0.35))
    at.track("SCL", (TSSOP_X, top + 2 * step), (5.4, top + 2 * step), (6.9, top - 0.2))
    ends = {"RESET": -0.1, "SDA": -0.35, "SCL": -0.2}
    if contacts == 16:
        at.track("INT", (TSSOP_X, top + 3 * step), (7.0, top + 3 * step), (8.9, top + 0.05))
        ends["INT"] = 0.05
    else:
        at.track("INT", (-TSSOP_X, top), (-TSSOP_X, top - 0.5), (-2.9, top - 0.9))
        ends["INT"] = -0.9
    for net, dy in ends.items():
        x = at.bus_x[net]
        at.via(net, x, top + dy)
        if number == 0:
            at.track(net, (x, top + dy), (x, top - PULL + 0.9125))


def _straps(at: Control, circuit: Circuit, number: int) -> None:
    """Tie the address contacts under the chip: low ones to its GND, high ones round to VCC."""
    ref, top = f"U{number + 1}", at.way.tops[number]
    inner, half = TSSOP_X - 0.6, at.way.contacts // 2
    for pad, name in circuit.part(ref).type.pins:
        if name not in ("A0", "A1"):
            continue
        side = -1 if int(pad) <= half else 1
        y = at.way.chips_y[number] + tssop_y(at.way.contacts, int(pad))
        if circuit.net_of(ref, pad) == "GND":
            at.track("GND", (side * inner, y), (side * 0.9, y))
        elif at.small:
            over = (
                y if circuit.net_of(ref, "1") == "GND" else top
            )  # below A0's way to GND, or to A0
            at.track("3V3", (side * inner, y), (side * inner, over), (1.0, over), (1.65, top),
                     (inner, top))  # fmt: skip
        else:
            at.track("3V3", (side * inner, y), (side * 1.45, y), (side * 1.45, top), (inner, top))


def _fan(at: Control) -> None:
    """Lead each line from its contact to its row, on the upper layer, and down through its via."""
    for row in at.way.rows:
        net, side = f"EN{row.output}", row.side
        points = ((side * TSSOP_X, row.pad_y), (side * FAN[0], row.pad_y), (side * FAN[1], row.y),
                  (row.via_x, row.y))  # fmt: skip
        at.track(net, *points)
        at.via(net, row.via_x, row.y)


def _bus(at: Control, *, probed: bool) -> None:
    """Lead the bus down to the header on the lower layer, and up to its test points."""
    low, plug = at.lanes, at.plug
    start = at.top
    sda, scl = at.bus_x["SDA"], at.bus_x["SCL"]
    _down(at, "SDA", (sda, start - 0.35), (sda, low + 1.5), (-1.25, low + 1.5), (-1.25, plug))
    _down(at, "SCL", (scl, start - 0.2), (scl, low + 2.7), (1.25, low + 2.7), (1.25, plug))
    reset, interrupt = at.bus_x["RESET"], at.bus_x["INT"]
    _down(at, "RESET", (reset, start - 0.1), (reset, low + 0.6))
    at.via("RESET", reset, low + 0.6)
    at.track("RESET", (reset, low + 0.6), (6.25, low + 0.6), (6.25, plug))
    if at.small:
        _down(at, "INT", (interrupt, start + 0.05), (interrupt, low + 3.9), (3.75, low + 3.9),
              (3.75, plug))  # fmt: skip
    else:
        _down(at, "INT", (interrupt, start - 0.9), (interrupt, low + 2.1))
        at.via("INT", interrupt, low + 2.1)
        at.track("INT", (interrupt, low + 2.1), (3.75, low + 2.1), (3.75, plug))
    if not probed:
        return
    for net, x, dy in (("SDA", sda, -0.35), ("SCL", scl, -0.2)):
        up = at.rail - 1.3
        _down(at, net, (x, start + dy), (x, up))
        at.via(net, x, up)
        at.track(net, (x, up), (PROBE_X[net], at.probes))


def _down(at: Control, net: str, *points: Point) -> None:
    at.track(net, *points, layer="B.Cu")


def _plugs(at: Control) -> None:
    """Feed header and socket from the jumper, and the socket from the header."""
    plug, socket = at.plug, at.socket
    _down(at, "3V3_BUS", (-7.93, at.jumper), (OUT_X, at.jumper + 1.03), (OUT_X, at.lanes + 2.7),
          (-3.75, at.lanes + 5.0), (-3.75, plug))  # fmt: skip
    for net, x, end in (("3V3_BUS", -3.75, -0.5), ("SDA", -1.25, 0.5), ("SCL", 1.25, 1.5)):
        turn = plug + 2.2
        at.track(net, (x, plug), (x, turn), (end, turn + abs(end - x)), (end, socket - 2.0))


def _starter(at: Control, circuit: Circuit) -> None:
    """Lead the line that starts the supply up to its FET, on the lower layer."""
    number = next(n for n in range(2) if circuit.net_of(f"U{n + 1}", _last(circuit, n)) == "PS_EN")
    top, y = at.way.tops[number], at.way.tops[number] + 4 * 0.65
    if at.small:
        start, knee = (10.6, top + 0.8), (8.8, y)
    else:
        start, knee = (STARTER_X, top + 0.3), (6.6, y)
    at.track("PS_EN", (TSSOP_X, y), knee, start)
    at.via("PS_EN", *start)
    turn = at.rail - 1.0
    points: Sequence[Point] = (
        start, (start[0], turn), (STARTER_X, turn - abs(start[0] - STARTER_X)),
        (STARTER_X, at.enable),
    )  # fmt: skip
    _down(at, "PS_EN", *points)
    at.via("PS_EN", STARTER_X, at.enable)
    at.track("PS_EN", (STARTER_X, at.starter + 0.9375), (STARTER_X, at.enable))
    at.track("PS_EN", (STARTER_X, at.enable), (STARTER_X + 1.5875, at.enable))
    at.track("3V3", (STARTER_X + 3.4125, at.enable), (TURN, at.enable))


def _last(circuit: Circuit, number: int) -> str:
    """Return the contact of an expander that starts the supply: its last pin."""
    ref = f"U{number + 1}"
    if all(part.ref != ref for part in circuit.parts):
        return ""
    names = {name: pad for pad, name in circuit.part(ref).type.pins}
    return names.get("P7") or names["P17"]


def _from_inlet(at: Control, *, started: bool) -> None:
    """Bring standby and PS_ON from the 24-pin inlet, on two lanes under the bars.

    Both are on the lower layer. Which lane is whose depends on the way they go: so they never
    cross.
    """
    made = at.made
    head = next(one for one in made.heads if one.section.plug.ref == "J100")
    inlet, shift = at.layout.part("J100"), -at.way.x
    numbers = {head.section.net(pad.number): pad.number for pad in head.footprint.pads}
    low = at.zone
    standby, start = inlet.pad(numbers["5VSB"]), inlet.pad(numbers["PS_ON#"])
    ends = -1.4, STARTER_X + 0.95
    beside = start[0] - 2.1
    right = ends[1] + at.way.x > beside
    lanes = (low - 1.0, low - 2.2) if right else (low - 2.2, low - 1.0)
    x, y = standby[0] + shift, standby[1]
    _down(at, "5VSB", (x, y), (x, lanes[0]), (ends[0], lanes[0]), (ends[0], at.supply))
    if not started:
        return
    x, y, way = start[0] + shift, start[1], beside + shift
    via = at.starter - 2.6
    _down(at, "PS_ON", (x, y), (way, y + 2.1), (way, lanes[1]), (ends[1], lanes[1]), (ends[1], via))
    at.via("PS_ON", ends[1], via)
    at.track("PS_ON", (ends[1], via), (ends[1], at.starter - 0.9375))
