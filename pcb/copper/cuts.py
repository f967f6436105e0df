"""Where current has to pass: straight lines across its way, each with the copper on it.

Along a bar between any two columns, under each inlet, above each fuse and below it, and across all
of GND. The copper solver says what passes each, on each layer; KiCad's own test of necks knows no
current, and version 9's finds some where there are none.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from pcb.board.comb import Bar, Comb, Head, flows
from pcb.board.throats import BELOW
from pcb.managed.sense_wiring import SHUNT
from pcb.managed.wiring import switched_net
from pcb.rails import Output

FUSE_CUTS = ("above F", "below F")  # the places where one output's current passes, and no other


@dataclass(frozen=True)
class Cut:
    """A line across a current, from one point to another, mm; `amps` are those it is made for."""

    place: str
    net: str
    amps: float
    start: tuple[float, float]
    end: tuple[float, float]


def cuts(made: Comb) -> Iterator[Cut]:
    """Yield every cut of a board."""
    low = made.bar_y + made.bar_mm
    for bar in made.bars:
        yield from _along(made, bar)
    for head in made.heads:
        for rail in head.section.rails:
            yield from _under(made, head, rail)
    for column in made.columns:
        out, x, number = column.output, column.x, column.output.index
        y = low + 1.0
        yield Cut(f"above F{number}", out.rail, out.amps, (x - 7, y), (x + 7, y))
        if made.managed:
            yield from _switch(made, x, out)
        y = made.label_y + 4.0
        yield Cut(f"below F{number}", f"OUT{number}", out.amps, (x - 7, y), (x + 7, y))
    total = sum(column.output.amps for column in made.columns)
    y = made.label_y + 4.0
    yield Cut("above the outputs", "GND", total, (0, y), (made.width, y))


def _switch(made: Comb, x: float, out: Output) -> Iterator[Cut]:
    """Cut what leads to a switch's sources, and away from its drains."""
    number, y = out.index, made.switch_y
    yield Cut(f"above Q{number}", f"FUS{number}", out.amps, (x, y + 0.2), (x + 6, y + 0.2))
    net = switched_net(made.spec, number)
    yield Cut(f"below Q{number}", net, out.amps, (x - 7, y + 8.5), (x + 7, y + 8.5))
    if made.spec.sensing:
        low, place = made.label_y - 0.2, f"below R{SHUNT + number}"
        yield Cut(place, f"OUT{number}", out.amps, (x - 7, low), (x + 7, low))


def _under(made: Comb, head: Head, rail: str) -> Iterator[Cut]:
    """Cut what comes down from an inlet: throat, strip round its end, each of parted contacts."""
    ref = head.section.plug.ref
    amps = {name: -share for _, share, name in flows(made, rail)}
    left, right = head.throat(rail)
    y = made.bar_y - 0.6
    yield Cut(f"under {ref}", rail, amps[ref], (left - 3, y), (right + 3, y))
    if f"{ref} strip" in amps:
        left, right = sorted(head.ring())
        yield Cut(f"beside {ref}", rail, amps[f"{ref} strip"], (left - 1, y), (right + 1, y))
    if head.parted(rail):
        pins = head.pins(rail)
        for pad in pins:
            x, y = head.x + pad.x, head.y + pad.y + (pad.size[1] + BELOW) / 2
            place, each = f"under contact {pad.number} of {ref}", amps[ref] / len(pins)
            yield Cut(place, rail, each, (x - 2, y), (x + 2, y))


def _along(made: Comb, bar: Bar) -> Iterator[Cut]:
    """Cut a bar between any two places where current comes or goes."""
    passing = 0.0
    for (x, amps, ref), (after, _, other) in pairwise(flows(made, bar.rail)):
        passing += amps
        middle = (x + after) / 2
        ends = (middle, made.bar_y - 0.1), (middle, made.bar_y + made.bar_mm + 0.1)
        yield Cut(f"bar between {ref} and {other}", bar.rail, abs(passing), *ends)
