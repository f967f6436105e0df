"""Where a managed board's control lines run: rows of a channel on the lower layer, by arithmetic.

        column        column    |  controller  |    column        column
        [switch]      [switch]  |   [  U1  ]   |    [switch]      [switch]
    ------+-------------+-------o--3V3    3V3--o------+-------------+---     row 0
          |             o=======o--P00    P13--o======o             |        row 1
          o=====================o--P01    P12--o====================o        row 2

A line leaves a contact of the expander on the upper layer, widens from the contacts' pitch to that
of the rows, goes through a via, runs under the columns, and comes up in its own. No two cross. GND
on the upper layer passes between the columns (`pcb.board.switches`).
"""

import functools
from collections.abc import Sequence
from dataclasses import dataclass

from pcb.board.comb import Comb
from pcb.board.sections import BAY, CONTROL_W, PITCH, bays_at_controller
from pcb.board.surface import tssop_y
from pcb.managed.pinmap import PinMap, chips, pin_map
from pcb.spec_bus import sides

ROW = 1.1  # from row to row: half a via, half a track and 0.35 mm
FIRST = 0.6  # from the label band's edge to the first row
FAN = (3.9, 10.6)  # where lines leave the contacts and where they are as wide as the rows
VIAS = (10.9, 12.5)  # where they go down: by turns, for vias are wider than rows
DOWN, DOWN_BESIDE = 1.1, 1.4  # how far rows stand below their contacts; beside what starts a supply
HIGHEST = 1.0  # of an expander below the first row: test points and print stand over it
APART = 12.0  # from one expander to the next: a capacitor and vias between
PLUG, EDGE, SOCKET = 6.5, 3.3, 12.0  # the header below the channel, and the socket at the edge
SOCKET_Y = 3.3


@dataclass(frozen=True)
class Row:
    """A control line: from a contact of an expander to its output's column; y on the board."""

    output: int
    chip: int
    pad: str
    side: int
    pad_y: float
    y: float
    via_x: float


@dataclass(frozen=True)
class Channel:
    """The controller's middle, its expanders' middles, and all rows."""

    x: float
    chips_y: tuple[float, ...]
    contacts: int
    first_y: float
    rows: tuple[Row, ...]
    label_low: float
    bus: tuple[float, ...] = ()  # rows of SDA and SCL, below the others, on a board that measures

    @property
    def lowest(self) -> float:
        """The lowest row, y."""
        return max(*(row.y for row in self.rows), *self.bus)

    @property
    def low(self) -> float:
        """Where the lowest row or expander ends."""
        tall = {16: 2.75, 24: 4.15}[self.contacts]
        return round(max(self.lowest + 0.75, self.chips_y[-1] + tall), 3)

    @property
    def plug_y(self) -> float:
        """Where the header's contacts stand."""
        return round(max(self.low + 1.0, self.label_low - 4.0) + PLUG, 3)

    @property
    def needs(self) -> float:
        """The least height of the board for header and socket."""
        return self.plug_y + SOCKET

    @property
    def top(self) -> float:
        """The upper contacts of the first expander, y."""
        return self.tops[0]

    @property
    def tops(self) -> tuple[float, ...]:
        """The upper contacts of each expander, y."""
        return tuple(round(y + tssop_y(self.contacts, 1), 4) for y in self.chips_y)


def contact(contacts: int, bit: int) -> int:
    """Return the contact of an expander's pin (TI SCPS197 and SCPS201)."""
    half = contacts // 2
    return 4 + bit if bit < half - 4 else half + 1 + bit - (half - 4)


@functools.cache
def _at_zero(outputs: int, told: PinMap) -> tuple[tuple[float, ...], tuple[Row, ...]]:
    """Return expanders and rows with the first row at 0."""
    contacts = 16 if chips(outputs)[0].bits == 8 else 24
    ys: list[float] = []
    rows: list[Row] = []
    for number in range(len(told.expanders)):
        beside = told.ps_on is not None and told.ps_on.expander == number
        here = [_rows(told, number, side, contacts, beside=beside) for side in (-1, 1)]
        tops = [side[0].y for side in here if side]
        y = max(ROW - min(tops), HIGHEST) if not ys else ys[-1] + APART
        for side in here:
            last = max((row.y for row in rows if side and row.side == side[0].side), default=0.0)
            y = max(y, last + ROW - side[0].y) if side else y
        ys.append(y)
        for side in here:
            count = sum(row.side == side[0].side for row in rows) if side else 0
            rows += [
                Row(
                    one.output, number, one.pad, one.side, round(one.pad_y + y, 4),
                    round(one.y + y, 4), one.side * VIAS[(count + place) % 2],
                )
                for place, one in enumerate(side)
            ]  # fmt: skip
    return tuple(ys), tuple(rows)


def _rows(told: PinMap, number: int, side: int, contacts: int, *, beside: bool) -> Sequence[Row]:
    """Return the rows of one side of an expander from the top, its middle at 0."""
    half = contacts // 2
    found: list[tuple[float, int, int]] = []
    for one in told.outputs:
        pad = contact(contacts, one.bit)
        if one.expander == number and (pad <= half) == (side < 0):
            found.append((tssop_y(contacts, pad), pad, one.output))
    if not found:
        return ()
    found.sort()
    middle = sum(y for y, *_ in found) / len(found)
    middle += DOWN_BESIDE if beside and side > 0 else DOWN
    return tuple(
        Row(output, number, str(pad), side, y, middle + ROW * (place - (len(found) - 1) / 2), 0.0)
        for place, (y, pad, output) in enumerate(found)
    )


def channel(made: Comb) -> Channel:
    """Return the channel of a managed board."""
    told = pin_map(made.spec)
    ys, rows = _at_zero(made.spec.outputs, told)
    first = round(made.label_y + FIRST, 3)
    left = made.columns[sides(made.spec.outputs)[0] - 1].x
    moved = tuple(
        Row(
            one.output, one.chip, one.pad, one.side, round(one.pad_y + first, 4),
            round(one.y + first, 4), one.via_x,
        )
        for one in rows
    )  # fmt: skip
    left += BAY * bays_at_controller(made.spec)[0]
    last = max(row.y for row in moved)
    bus = tuple(round(last + ROW * step, 4) for step in (1, 2)) if made.spec.sensing else ()
    return Channel(
        round(left + PITCH / 2 + CONTROL_W / 2, 3),
        tuple(round(first + y, 4) for y in ys),
        16 if told.expanders[0].bits == 8 else 24,
        first,
        moved,
        round(made.label_y + 8.4, 3),
        bus,
    )
