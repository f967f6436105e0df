"""Measures the copper of a filled board where current has to pass, against what it needs there.

KiCad's own test of necks knows no current, and version 9's finds some where there are none. Here
each cut is a straight line across the path of one current; what counts is the copper on it, on both
layers: along a bar between any two columns, under each inlet, above each fuse and below it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from catalog.base import Fact
from pcb.board.board import CORNER
from pcb.board.comb import Bar, Comb, Head, flows
from pcb.board.throats import BELOW
from pcb.budget.copper import strip_mm
from pcb.sexpr import Tree, every, first, text_of


class Neck(Fact):
    """One cut: the copper it crosses, and what its current needs at 20 K."""

    place: str
    net: str
    amps: float
    copper_mm: float
    needed_mm: float

    @property
    def wide_enough(self) -> bool:
        """Whether the copper carries the current."""
        return self.copper_mm >= self.needed_mm - 0.01

    def __str__(self) -> str:
        return (
            f"{self.place}: {self.copper_mm:g} mm of copper of {self.net}, but {self.amps:g} A "
            f"need {self.needed_mm:g} mm"
        )


@dataclass(frozen=True)
class _Cut:
    """A line across a current, from one point to another."""

    place: str
    net: str
    amps: float
    start: tuple[float, float]
    end: tuple[float, float]


def necks(made: Comb, board: Tree) -> list[Neck]:
    """Return every cut of a filled board.

    Args:
        made: the comb that the board was laid out by.
        board: the parsed `.kicad_pcb` file, its pours filled.
    """
    from shapely.geometry import LineString  # noqa: PLC0415 - slow to import

    copper = _copper(board)
    found: list[Neck] = []
    for cut in _cuts(made):
        line = LineString([cut.start, cut.end])
        crossed = sum(line.intersection(shape).length for shape in copper.get(cut.net, ()))
        needed = strip_mm(cut.amps, made.spec.copper_oz)
        found.append(
            Neck(
                place=cut.place,
                net=cut.net,
                amps=round(cut.amps, 2),
                copper_mm=round(crossed, 2),
                needed_mm=round(needed, 2),
            )
        )
    return found


def _copper(board: Tree) -> dict[str, list[Any]]:
    """Return the filled shapes of each net, in the board's own frame."""
    from shapely.geometry import Polygon  # noqa: PLC0415 - slow to import

    shapes: dict[str, list[Any]] = {}
    for zone in every(board, "zone"):
        for filled in every(zone, "filled_polygon"):
            points = [
                (float(xy[1]) - CORNER, float(xy[2]) - CORNER)
                for xy in every(first(filled, "pts"), "xy")
            ]
            shapes.setdefault(text_of(zone, "net_name"), []).append(Polygon(points).buffer(0))
    return shapes


def _cuts(made: Comb) -> Iterator[_Cut]:
    low = made.bar_y + made.bar_mm
    for bar in made.bars:
        yield from _along(made, bar)
    for head in made.heads:
        for rail in head.section.rails:
            yield from _under(made, head, rail)
    for column in made.columns:
        out, x, number = column.output, column.x, column.output.index
        y = low + 1.0
        yield _Cut(f"above F{number}", out.rail, out.amps, (x - 7, y), (x + 7, y))
        y = made.label_y + 4.0
        yield _Cut(f"below F{number}", f"OUT{number}", out.amps, (x - 7, y), (x + 7, y))
    total = sum(column.output.amps for column in made.columns)
    y = made.label_y + 4.0
    yield _Cut("above the outputs", "GND", total, (0, y), (made.width, y))


def _under(made: Comb, head: Head, rail: str) -> Iterator[_Cut]:
    """Cut what comes down from an inlet: throat, strip round its end, each of parted contacts."""
    ref = head.section.plug.ref
    amps = {name: -share for _, share, name in flows(made, rail)}
    left, right = head.throat(rail)
    y = made.bar_y - 0.6
    yield _Cut(f"under {ref}", rail, amps[ref], (left - 3, y), (right + 3, y))
    if f"{ref} strip" in amps:
        left, right = sorted(head.ring())
        yield _Cut(f"beside {ref}", rail, amps[f"{ref} strip"], (left - 1, y), (right + 1, y))
    if head.parted(rail):
        pins = head.pins(rail)
        for pad in pins:
            x, y = head.x + pad.x, head.y + pad.y + (pad.size[1] + BELOW) / 2
            place, each = f"under contact {pad.number} of {ref}", amps[ref] / len(pins)
            yield _Cut(place, rail, each, (x - 2, y), (x + 2, y))


def _along(made: Comb, bar: Bar) -> Iterator[_Cut]:
    """Cut a bar between any two places where current comes or goes."""
    passing = 0.0
    for (x, amps, ref), (after, _, other) in pairwise(flows(made, bar.rail)):
        passing += amps
        middle = (x + after) / 2
        ends = (middle, made.bar_y - 0.1), (middle, made.bar_y + made.bar_mm + 0.1)
        yield _Cut(f"bar between {ref} and {other}", bar.rail, abs(passing), *ends)
