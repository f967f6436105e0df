"""A board that measures: shunts in the columns, chips in bays between them, lines to these.

    column   [Q1 drains]              bay               [Q2 drains]        [Q3 drains]
              SNS pour                                   SNS pour           SNS pour
             [R501]-tap-[R601]  --o                o----[R502]-[R602]-o----[R503]-[R603]-o   far
             [    ]     SP  SN  ==o--[ INA3221 ]--o==   [    ]       near  [    ]
             [    ]-tap-[R701]       [         ]        [    ]-[R702]      [    ]-[R703]
              OUT pour           SDA SCL down to        OUT pour           OUT pour
    ========================== rows of the channel, then those of SDA and SCL ================

A tap is a strip of its own from the inner edge of a shunt's pad: no current of the output passes
it. Lines from the right pass under the columns on the lower layer, SP above SN as they leave; those
from the left change places on the way, for a chip has IN- before IN+ counter-clockwise all round.
Offsets are mm from a column's middle, or a bay's, and from the upper edge of the switches.
"""

from collections.abc import Sequence

from pcb.board.channel import channel
from pcb.board.comb import Column, Comb
from pcb.board.control import Control
from pcb.board.footprints import Box, Point, footprints
from pcb.board.layout import Layer, Layout, Pour, Put, Text, Track, Via
from pcb.board.sections import BAY, PITCH
from pcb.board.switches import DRAIN_LOW, drain_boxes
from pcb.managed.pinmap import sensors
from pcb.managed.sense_wiring import BYPASS, MINUS, PLUS, SHUNT, strap
from pcb.managed.sensing import FAR, LEFT, NEAR, Group, groups
from pcb.managed.wiring import LOGIC

THIN = 0.3
SHUNT_AT = (-1.2, 17.4)
PAD_Y, PAD_X, PAD_HALF = 2.9625, 1.675, 0.6125  # of a 2512, from its middle
LINE_X = 1.7  # of the resistors in the lines
PLUS_Y, MINUS_Y = 15.71, 19.09  # and their middles
SP_Y, SN_Y = 16.6225, 18.1775  # where the lines leave them
SP_FAR, SN_FAR = 13.5, 15.06  # rows of the farther column
CHIP_Y = 18.05
REACH, PIN = 1.8625, 0.65  # of a contact from the chip's middle; from contact to contact
SIDE_X, TOP_X = 3.6, 2.9  # vias beside the chip and above it
BYPASS_X, BYPASS_Y = -4.0, 20.6
RETURNS = (3.7, 5.2)  # vias of GND below the lines
TRUNK = (11.0, 12.3)  # SDA and SCL beside the controller
TRUNK_Y = (1.7, 3.3)  # and below its header
RANK = 20  # as `pcb.board.pours` ranks outputs


def put_sense(layout: Layout, made: Comb) -> None:
    """Put shunts, resistors and chips."""
    for column in made.columns:
        index = column.output.index
        spots = ((SHUNT, "R_2512_Upright", SHUNT_AT), (PLUS, "R_0805_Upright", (LINE_X, PLUS_Y)),
                 (MINUS, "R_0805_Upright", (LINE_X, MINUS_Y)))  # fmt: skip
        for base, shape, (dx, dy) in spots:
            x, y = round(column.x + dx, 4), round(made.switch_y + dy, 4)
            name = (x, y, 90) if base == SHUNT else None
            _put(layout, f"R{base + index}", shape, (x, y), name)
    for group in groups(made.spec):
        x = bay_x(made.columns, group)
        _put(layout, group.ref, "VQFN-16", (x, made.switch_y + CHIP_Y))
        at = (x + BYPASS_X, made.switch_y + BYPASS_Y)
        _put(layout, f"C{BYPASS + group.number}", "C_0805_Bypass", at)


def bay_x(columns: Sequence[Column], group: Group) -> float:
    """Return the middle of a chip's bay: right of its first column, or of the controller."""
    if group.beside:
        return columns[group.after].x - PITCH / 2 - BAY / 2
    return columns[group.after - 1].x + PITCH / 2 + BAY / 2


def _put(
    layout: Layout, ref: str, shape: str, at: Point, name: tuple[float, float, int] | None = None
) -> None:
    spot = round(at[0], 4), round(at[1], 4)
    layout.parts.append(Put(ref, footprints()[f"Rackpress:{shape}"], *spot, name))


def sensed_boxes(made: Comb, x: float) -> list[Box]:
    """Return the copper from the drains of a switch to its shunt."""
    low = made.switch_y + SHUNT_AT[1] - PAD_Y - 0.25
    return [*drain_boxes(made, x), (x - 3.1, made.switch_y + DRAIN_LOW, x + 0.7, low)]


def onward_boxes(made: Comb, x: float, low: float) -> list[Box]:
    """Return the copper from a shunt past the channel, down to a height."""
    top = made.switch_y + SHUNT_AT[1] + PAD_Y + 0.25
    return [(x - 3.1, top, x + 0.7, top + 1.0), (x - 3.1, top + 0.65, x + 2.9, low)]


def pour_sense(layout: Layout, made: Comb) -> None:
    """Add taps, lines, and what joins the chips to the bus."""
    where = {one.output: one.where for group in groups(made.spec) for one in group.places}
    for column in made.columns:
        index = column.output.index
        _taps(layout, made, column.x, index)
        _leave(layout, made, column.x, index, where[index])
        y = round(made.label_y - 1.0, 3)
        layout.vias += [Via("GND", round(column.x + x, 3), y) for x in RETURNS]
    for group in groups(made.spec):
        bay = _Bay(layout, made, group)
        for one in group.places:
            bay.arrive(one.output, one.where)
        bay.rest()
        bay.supply()
        bay.bus()
    _trunk(layout, made)


def _taps(layout: Layout, made: Comb, x: float, index: int) -> None:
    """Lead from the inner edges of the shunt's pads to the resistors of the lines."""
    middle, inner = made.switch_y + SHUNT_AT[1], PAD_Y - PAD_HALF
    for net, y in ((f"SNS{index}", middle - inner - 0.25), (f"OUT{index}", middle + inner + 0.25)):
        left, right = x + SHUNT_AT[0] + PAD_X - 0.5, x + LINE_X + 0.7
        box = tuple(round(side, 3) for side in (left, y - 0.25, right, y + 0.25))
        a, b, c, d = box
        outline = ((a, b), (c, b), (c, d), (a, d))
        layout.pours.append(Pour(net, "F.Cu", outline, RANK, f"{net} tap"))


def _leave(layout: Layout, made: Comb, x: float, index: int, where: str) -> None:
    """Lead both lines of a column down to the rows on which they reach their chip."""
    plus, minus = _rows(where)
    ends = {
        NEAR: ((SIDE_X, SP_Y), (SIDE_X, SN_Y)),
        FAR: ((SIDE_X, plus), (5.0, minus)),
        LEFT: ((5.0, SN_Y), (3.4, SN_Y)),
    }[where]
    for net, start, end in zip(("SP", "SN"), (SP_Y, SN_Y), ends, strict=True):
        points = ((LINE_X, start), (end[0], start), end)
        spots = tuple(dict.fromkeys(_spot(made, x, point) for point in points))
        layout.tracks.append(Track(f"{net}{index}", "F.Cu", spots, THIN))
        layout.vias.append(Via(f"{net}{index}", *_spot(made, x, end)))


def _rows(where: str) -> tuple[float, float]:
    """Return the heights at which SP and SN reach their chip."""
    return {NEAR: (SP_Y, SN_Y), FAR: (SP_FAR, SN_FAR), LEFT: (SN_Y, SP_Y)}[where]


def _spot(made: Comb, x: float, point: Point) -> Point:
    return round(x + point[0], 4), round(made.switch_y + point[1], 4)


class _Bay:
    """A chip in its bay, and how to draw at offsets from the bay's middle."""

    def __init__(self, layout: Layout, made: Comb, group: Group) -> None:
        self.layout, self.made, self.group = layout, made, group
        self.x = bay_x(made.columns, group)
        way = channel(made)
        self.first, self.sda, self.scl = (
            round(y - made.switch_y, 4) for y in (way.first_y, *way.bus)
        )
        told = sensors(made.spec)[group.number - 1]
        self.address = told.address

    def track(self, net: str, *points: Point, layer: Layer = "F.Cu") -> None:
        spots = tuple(dict.fromkeys(_spot(self.made, self.x, point) for point in points))
        self.layout.tracks.append(Track(net, layer, spots, THIN))

    def via(self, net: str, x: float, y: float) -> None:
        self.layout.vias.append(Via(net, *_spot(self.made, self.x, (x, y))))

    def arrive(self, output: int, where: str) -> None:
        """Lead both lines of an output from its column to the chip's contacts."""
        column = next(one for one in self.made.columns if one.output.index == output)
        away = column.x - self.x
        plus, minus = f"SP{output}", f"SN{output}"
        up, down = _rows(where)
        if where == FAR:
            starts, ends = (away + SIDE_X, away + 5.0), ((TOP_X, up), (TOP_X, down))
            near = (
                ((-PIN / 2, up + 0.525), (-PIN / 2, CHIP_Y - REACH)),
                ((PIN / 2, down + 0.275), (PIN / 2, CHIP_Y - REACH)),
            )
        else:
            side = 1 if where == NEAR else -1
            starts = (away + SIDE_X,) * 2 if side > 0 else (away + 5.0, away + 3.4)
            ends = (side * SIDE_X, up), (side * SIDE_X, down)
            high, low = CHIP_Y - 1.5 * PIN, CHIP_Y - 0.5 * PIN
            heights = (high, low) if side > 0 else (low, high)
            near = tuple(((side * 2.8, y), (side * REACH, y)) for y in heights)
        for net, start, end, last in zip((plus, minus), starts, ends, near, strict=True):
            y = end[1]
            begin = SN_Y if where == LEFT and net == minus else y
            self.track(net, (start, begin), (start, y), end, layer="B.Cu")
            self.via(net, *end)
            turn = ((last[0][0] + last[0][1] - y, y),) if where == FAR else ()
            self.track(net, end, *turn, *last)

    def rest(self) -> None:
        """Join to the chip's own GND what reads nothing, and what wants GND."""
        used = {one.where for one in self.group.places}
        high, low = CHIP_Y - 1.5 * PIN, CHIP_Y - 0.5 * PIN
        for where, side in ((NEAR, 1), (LEFT, -1)):
            if where not in used:
                self.track("GND", (side * REACH, high), (side * REACH, low), (side * 0.8, low))
        for x in () if FAR in used else (-PIN / 2, PIN / 2):
            self.track("GND", (x, CHIP_Y - REACH), (x, CHIP_Y - 0.8))
        corner = -1.5 * PIN
        self.track(
            "GND",
            (corner, CHIP_Y - REACH),
            (corner, CHIP_Y - 3.225),
            (corner - 0.625, CHIP_Y - 3.85),
        )
        self.via("GND", corner - 0.625, CHIP_Y - 3.85)
        self.track("GND", (-REACH, CHIP_Y + PIN / 2), (-0.8, CHIP_Y + PIN / 2))
        self.via("GND", 0.0, CHIP_Y)

    def supply(self) -> None:
        """Bring 3.3 V up from its row to the chip and its capacitor."""
        y, low = CHIP_Y + 1.5 * PIN, BYPASS_Y + 0.95
        self.track(LOGIC, (-REACH, y), (-2.7, y), (-2.7, low), (BYPASS_X, low))
        self.track(LOGIC, (-2.7, low), (-2.7, self.first))
        self.via(LOGIC, -2.7, self.first)

    def bus(self) -> None:
        """Lead SCL and SDA down to their rows, and tie A0 to what makes the chip's address."""
        low, half = CHIP_Y + REACH, PIN / 2
        self.track("SCL", (-half, low), (-half, self.scl))
        self.via("SCL", -half, self.scl)
        self.track("SDA", (half, low), (half, self.sda - 0.575), (0.9, self.sda))
        self.via("SDA", 0.9, self.sda)
        strapped, at = strap(self.address), -1.5 * PIN
        if strapped == "GND":
            self.track("GND", (at, low), (at, CHIP_Y + 2.675), (-1.45, CHIP_Y + 3.15))
            self.via("GND", -1.45, CHIP_Y + 3.15)
        elif strapped == LOGIC:
            self.track(LOGIC, (at, low), (-REACH, low), (-REACH, CHIP_Y + 1.5 * PIN))
        elif strapped == "SCL":
            self.track("SCL", (at, low), (-half, low))
        else:
            self.track("SDA", (at, low), (at, self.sda - 1.225), (-2.2, self.sda))
            self.via("SDA", -2.2, self.sda)


def _trunk(layout: Layout, made: Comb) -> None:
    """Lead SDA and SCL from the header round the controller, and along their rows to the bays."""
    at, bays = Control(layout, made), [bay_x(made.columns, one) for one in groups(made.spec)]
    plug = at.plug
    ends = (min(bays) - at.way.x, max(bays) - at.way.x)
    last = {"SDA": ((-2.2, 0.9), at.way.bus[0]), "SCL": ((-PIN / 2, -PIN / 2), at.way.bus[1])}
    strapped = strap(sensors(made.spec)[0].address)
    for net, beside, below in zip(("SDA", "SCL"), TRUNK, TRUNK_Y, strict=True):
        low, (stops, row) = plug + below, last[net]
        left = stops[0] if net == strapped == "SDA" else stops[1]
        at.track(net, (ends[0] + left, row), (-beside, row), (-beside, low), (beside, low),
                 (beside, row), (ends[1] + stops[1], row), layer="B.Cu")  # fmt: skip
    at.track("SDA", (-1.25, plug), (-1.25, plug + TRUNK_Y[0]), layer="B.Cu")
    at.via("SCL", 1.5, plug + TRUNK_Y[1])


def print_sense(layout: Layout, made: Comb) -> None:
    """Print each chip's address beside it."""
    for group, told in zip(groups(made.spec), sensors(made.spec), strict=True):
        x, y = round(bay_x(made.columns, group) - 0.8, 3), round(made.label_y + 2.2, 3)
        layout.texts.append(Text(f"{told.ref} 0x{told.address:02X}", x, y))
