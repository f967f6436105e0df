"""Where current has to pass: straight lines across its way, each with the copper on it.

Along a bar between any two columns, under each inlet, above each fuse and below it, and across all
of GND. The copper solver says what passes each, on each layer.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from pcb.board.comb import Bar, Comb, flows

FUSE_CUTS = ("above F", "below F")  # the places where one output's current passes, and no other


@dataclass(frozen=True)
class Cut:
    """A line across the current of a net, from one point to another, mm."""

    place: str
    net: str
    start: tuple[float, float]
    end: tuple[float, float]


def cuts(made: Comb) -> Iterator[Cut]:
    """Yield every cut of a board."""
    low = made.bar_y + made.bar_mm
    for bar in made.bars:
        yield from _along(made, bar)
    for head in made.heads:
        for rail in head.section.rails:
            left, right = head.throat(rail)
            if rail == head.section.ring_rail:
                left, right = min(left, *head.ring()), max(right, *head.ring())
            y = made.bar_y - 0.6
            yield Cut(f"under {head.section.plug.ref}", rail, (left - 3, y), (right + 3, y))
    for column in made.columns:
        out, x, number = column.output, column.x, column.output.index
        y = low + 1.0
        yield Cut(f"above F{number}", out.rail, (x - 7, y), (x + 7, y))
        y = made.label_y + 4.0
        yield Cut(f"below F{number}", f"OUT{number}", (x - 7, y), (x + 7, y))
    y = made.label_y + 4.0
    yield Cut("above the outputs", "GND", (0, y), (made.width, y))


def _along(made: Comb, bar: Bar) -> Iterator[Cut]:
    """Cut a bar between any two places where current comes or goes."""
    for (x, _, ref), (after, _, other) in pairwise(flows(made, bar.rail)):
        middle = (x + after) / 2
        ends = (middle, made.bar_y - 0.1), (middle, made.bar_y + made.bar_mm + 0.1)
        yield Cut(f"bar between {ref} and {other}", bar.rail, *ends)
