"""Where everything goes: a comb, by arithmetic alone.

    +--------------------------------------------------+   inlets side by side at the upper edge
    | o  legend   [ inlet J100 ]  JP1   [ inlet J101 ] |
    |                 TP   TP                TP        |   lane: test points
    |  ================bar +12V============  ==bar==   |   one bar for each rail
    |   F1 D1    F2 D2    F3 D3    F4 D4    F5 D5      |
    |      R1       R2       R3       R4       R5      |   one column for each output
    |    1 12 V   2 12 V   3 12 V                      |   label band
    | o  [J1]     [J2]     [J3]  o  [J4]     [J5]    o |   outputs at the lower edge
    +--------------------------------------------------+

The supply's plugs stand in the order in which their rails come, so that no rail crosses another: a
bar runs from its inlet to its columns on one layer, and GND takes the other.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from pcb.board.footprints import Footprint, Pad, footprints
from pcb.board.sections import (
    BAY,
    CONTROL_W,
    GAP,
    PITCH,
    RING_GAP,
    SIDE,
    Section,
    bays_at_controller,
    gaps_after,
    sections,
)
from pcb.budget.copper import strip_mm, vias
from pcb.parts import part_type
from pcb.rails import Output
from pcb.spec import BoardSpec

GRID = 5.0  # size of the board and middles of its holes: whole steps of it from every edge
HOLE = GRID  # middle of a hole from two edges
EDGE = 1.0  # no copper nearer to the edge
APART = 0.8  # copper of two rails
LEAST_BAR = 8.0
LANE = 4.6  # test points and their names, between inlet and bar
LEGEND_W = 24.0
SWITCH_MM = 15.2  # switches and what drives them, between fuses and labels
SENSE_MM = 6.5  # and the shunts below them, where a board measures
VIA_ROWS, VIA_STEP = 2, 1.8
FUSE_X, SMALL_X = -3.0, 3.4  # fuse, LED and resistor, from the middle of a column


@dataclass(frozen=True)
class Column:
    """One output: its middle on the board."""

    output: Output
    x: float


@dataclass(frozen=True)
class Head:
    """An inlet in its place: the middle of its header, x."""

    section: Section
    x: float

    @property
    def footprint(self) -> Footprint:
        """What it is soldered into."""
        return self.section.footprint

    @property
    def y(self) -> float:
        """The middle of its header, y."""
        return self.section.head_y

    def pins(self, rail: str) -> list[Pad]:
        """Return the pads of a rail in the row towards the board, from left to right."""
        section = self.section
        found = [pad for pad in section.footprint.pads if section.net(pad.number) == rail]
        return sorted((pad for pad in found if pad.y >= 0), key=lambda pad: pad.x)

    def ring(self) -> tuple[float, float]:
        """Return the inner and outer side of the strip round the header's end."""
        pads = self.footprint.pads
        end = max(pad.x + pad.size[0] / 2 for pad in pads) + RING_GAP  # past the last contacts
        side = self.section.ring_side
        near, far = (self.x + side * x for x in (end, end + self.section.ring_mm))
        return round(near, 3), round(far, 3)

    def parted(self, rail: str) -> bool:
        """Whether contacts of something else stand between those of a rail."""
        pins = self.pins(rail)
        inner = [pad for pad in self.footprint.pads if pins[0].x < pad.x < pins[-1].x]
        return any(pad not in pins for pad in inner if pad.y >= 0)

    def outer(self, rail: str) -> list[Pad]:
        """Return a rail's contacts in the row away from the board, to which a strip leads round."""
        section = self.section
        if rail != section.ring_rail:
            return []
        return [p for p in self.footprint.pads if p.y < 0 and section.net(p.number) == rail]

    def entries(self, rail: str) -> list[tuple[float, float, str]]:
        """Return where a rail's current enters its bar, which share of it, and through what."""
        inner, outer, ref = self.pins(rail), self.outer(rail), self.section.plug.ref
        share = len(inner) / (len(inner) + len(outer))
        found = [(sum(self.throat(rail)) / 2, share, ref)]
        return [*found, (sum(self.ring()) / 2, 1 - share, f"{ref} strip")] if outer else found

    def throat(self, rail: str) -> tuple[float, float]:
        """Return the left and right end of the pads through which a rail comes down."""
        pads = self.pins(rail)
        left, right = pads[0], pads[-1]
        return (
            round(self.x + left.x - left.size[0] / 2, 3),
            round(self.x + right.x + right.size[0] / 2, 3),
        )


@dataclass(frozen=True)
class Bar:
    """A rail's bar: its two ends."""

    rail: str
    left: float
    right: float


@dataclass(frozen=True)
class Comb:
    """The whole arrangement, and its heights from the upper edge down."""

    spec: BoardSpec
    width: float
    columns: tuple[Column, ...]
    heads: tuple[Head, ...]
    bars: tuple[Bar, ...]
    hole_x: tuple[float, ...]
    legend_low: bool
    lane_y: float
    bar_mm: float

    @property
    def bar_y(self) -> float:
        """Upper edge of the bars."""
        return round(self.lane_y + LANE, 2)

    @property
    def fuse_y(self) -> float:
        """Middle of the fuses."""
        return round(self.bar_y + self.bar_mm + 7.2, 2)

    @property
    def led_y(self) -> float:
        """Middle of the LEDs."""
        return round(self.fuse_y - 4.1, 2)

    @property
    def resistor_y(self) -> float:
        """Middle of the resistors."""
        return round(self.fuse_y + 3.23, 2)

    @property
    def label_y(self) -> float:
        """Upper edge of the label band."""
        deep = (SWITCH_MM if self.managed else 0.0) + (SENSE_MM if self.spec.sensing else 0.0)
        return round(self.switch_y + deep, 2)

    @property
    def managed(self) -> bool:
        """Whether outputs can be switched: then a band of switches lies under the fuses."""
        return self.spec.level == "managed"

    @property
    def switch_y(self) -> float:
        """Upper edge of the switches."""
        return round(self.fuse_y + 8.3, 2)

    @property
    def height(self) -> float:
        """Height of the board."""
        return on_grid(self._least_height)

    @property
    def spare(self) -> float:
        """Height that the grid adds to what is needed."""
        return self.height - self._least_height

    @property
    def _least_height(self) -> float:
        deepest = max(-outlet(self.spec, one.output).courtyard[1] for one in self.columns)
        if not self.managed:
            return self.label_y + 8.4 + deepest
        from pcb.board.channel import channel  # noqa: PLC0415 - it stands on the comb

        made = channel(self)
        return max(max(self.label_y + 8.4, made.low + 1.0) + deepest, made.needs)


def outlet(spec: BoardSpec, output: Output) -> Footprint:
    """Return the footprint of what an output ends in."""
    return footprints()[part_type(output.connector).footprint.format(awg=spec.cable_awg)]


def comb(spec: BoardSpec) -> Comb:
    """Return where everything goes."""
    row = sections(spec)
    push, legend_low = _legend_room(row[0])
    least = _stand(spec, row, SIDE + push)[2] + SIDE
    width = on_grid(least)
    columns, heads, _ = _stand(spec, row, SIDE + push + (width - least) / 2)
    holes = [HOLE, width - HOLE]
    between = (_between(spec, one, other) for one, other in pairwise(columns))
    holes += [GRID * round(x / GRID) for x in between if x]
    lane = max(head.y + head.footprint.courtyard[3] for head in heads)
    made = Comb(
        spec, width, tuple(columns), tuple(heads), _bars(spec, columns, heads),
        tuple(sorted(holes)), legend_low, round(lane, 2), _bar_mm(spec, columns, heads),
    )  # fmt: skip
    return replace(made, bar_mm=round(made.bar_mm + made.spare, 2))


def _between(spec: BoardSpec, one: Column, other: Column) -> float:
    """Return where a hole goes between two columns, if there is room: right of a controller."""
    left = one.x
    if spec.level == "managed" and other.x - one.x >= PITCH + CONTROL_W - 1:
        left += CONTROL_W + BAY * sum(bays_at_controller(spec))
    return (left + other.x) / 2 if other.x - left >= PITCH + GAP - 1 else 0.0


def on_grid(least: float) -> float:
    """Return the smallest size of a board that is a whole number of steps of the grid."""
    return GRID * math.ceil(round(least / GRID, 6))


def _stand(
    spec: BoardSpec, row: Sequence[Section], left: float
) -> tuple[list[Column], list[Head], float]:
    """Return columns and inlets from a left end on, and their right end."""
    gaps = gaps_after(spec)
    columns: list[Column] = []
    heads: list[Head] = []
    for one in row:
        x = left + one.columns_at
        for output in one.outputs:
            columns.append(Column(output, round(x + PITCH / 2, 2)))
            x += PITCH + gaps.get(len(columns), 0.0)
        heads.append(Head(one, round(left + one.head_at, 2)))
        left += one.width + gaps.get(len(columns), 0.0)
    return columns, heads, left


def _legend_room(first: Section) -> tuple[float, bool]:
    """Return how far everything moves to the right for the legend, and whether it stands low."""
    beside, below = first.head_at - first.lead, first.columns_at
    wanted = LEGEND_W - SIDE + 3.0
    if beside >= wanted:
        return 0.0, False
    return (0.0, True) if below >= wanted else (wanted - beside, False)


def stitches(spec: BoardSpec, head: Head, rail: str) -> int:
    """Return the vias under a doubled throat: one for each ampere of half its current, two more."""
    return VIA_ROWS * -(-vias(head.section.limit_a(spec, rail) / 2) // VIA_ROWS)


def stitched_mm(spec: BoardSpec, head: Head, rail: str) -> float:
    """Return how wide the rows of those vias are, with copper round them."""
    return stitches(spec, head, rail) // VIA_ROWS * VIA_STEP + 0.8


def _bars(spec: BoardSpec, columns: list[Column], heads: list[Head]) -> tuple[Bar, ...]:
    """Return a bar for each rail, over its columns and under its contacts and their vias."""
    ends: dict[str, list[float]] = {}
    for column in columns:
        ends.setdefault(column.output.rail, []).extend((column.x - 6.4, column.x + 6.4))
    for head in heads:
        for rail in head.section.rails:
            middle, half = sum(head.throat(rail)) / 2, stitched_mm(spec, head, rail) / 2
            doubled = (middle - half, middle + half) if not head.parted(rail) else ()
            ends[rail].extend((*head.throat(rail), *doubled))
            if rail == head.section.ring_rail:
                ends[rail].extend(head.ring())
    return tuple(Bar(rail, round(min(x), 2), round(max(x), 2)) for rail, x in ends.items())


def flows(made: Comb, rail: str) -> list[tuple[float, float, str]]:
    """Return where current enters a bar (negative) and leaves it, from left to right.

    Each is a place, ampere, and the part's reference. Inlets of one rail share the current by what
    their contacts give, and the contacts of one evenly; what is more than they give is cut off.
    """
    return _flows(made.spec, made.columns, made.heads, rail)


def _flows(
    spec: BoardSpec, columns: Sequence[Column], heads: Sequence[Head], rail: str
) -> list[tuple[float, float, str]]:
    takers = [one for one in columns if one.output.rail == rail]
    feeds = [head for head in heads if rail in head.section.rails]
    limits = [head.section.limit_a(spec, rail) for head in feeds]
    asked, given = sum(one.output.amps for one in takers), sum(limits)
    total = min(asked, given)
    steps = [
        (one.x + FUSE_X, one.output.amps * total / asked, f"F{one.output.index}") for one in takers
    ]
    steps += [
        (x, -limit * share * total / given, name)
        for head, limit in zip(feeds, limits, strict=True)
        for x, share, name in head.entries(rail)
    ]
    return sorted(steps)


def _bar_mm(spec: BoardSpec, columns: Sequence[Column], heads: Sequence[Head]) -> float:
    """Return how high the bars are: what the fullest place of any needs, in steps of 0.5 mm."""
    most = 0.0
    for rail in {column.output.rail for column in columns}:
        passing = 0.0
        for _, amps, _ in _flows(spec, columns, heads, rail):
            passing += amps
            most = max(most, abs(passing))
    return max(LEAST_BAR, math.ceil(strip_mm(most, spec.copper_oz) * 2) / 2)
