"""What stands on a schematic sheet, as plain data: mm, x to the right, y down, no file format.

Every point where something connects lies on the 1.27 mm grid.
"""

import itertools
from dataclasses import dataclass, field

from pcb.model import Part
from pcb.sheet.symbols import Symbol, symbols

GRID = 1.27


@dataclass(frozen=True)
class Placed:
    """A symbol on the sheet. `part` is None for rails and flags, which are no parts."""

    symbol: Symbol
    ref: str
    value: str
    x: float
    y: float
    part: Part | None = None


@dataclass(frozen=True)
class Wire:
    """One straight wire."""

    x1: float
    y1: float
    x2: float
    y2: float


@dataclass(frozen=True)
class Label:
    """The name of a net; its text runs to the `right` or to the `left` of the point."""

    net: str
    x: float
    y: float
    runs: str = "right"


@dataclass(frozen=True)
class Note:
    """Text that means nothing to KiCad; (x, y) is its upper left corner, `size` in mm."""

    text: str
    x: float
    y: float
    size: float = 1.27
    bold: bool = False


@dataclass(frozen=True)
class Frame:
    """A dashed rectangle around a block."""

    x1: float
    y1: float
    x2: float
    y2: float


@dataclass
class Sheet:
    """Everything on one sheet."""

    paper: str
    placed: list[Placed] = field(default_factory=list[Placed])
    wires: list[Wire] = field(default_factory=list[Wire])
    labels: list[Label] = field(default_factory=list[Label])
    junctions: list[tuple[float, float]] = field(default_factory=list[tuple[float, float]])
    no_connects: list[tuple[float, float]] = field(default_factory=list[tuple[float, float]])
    notes: list[Note] = field(default_factory=list[Note])
    frames: list[Frame] = field(default_factory=list[Frame])

    def put(self, part: Part, x: float, y: float) -> None:
        """Place a part's symbol with its origin at (x, y)."""
        self.placed.append(
            Placed(symbols()[part.type.symbol], part.ref, part.value, *on_grid(x, y), part)
        )

    def power(self, name: str, x: float, y: float) -> None:
        """Place a rail, GND or flag; they are counted as they come."""
        symbol = symbols()[name]
        count = sum(one.symbol.ref == symbol.ref for one in self.placed) + 1
        self.placed.append(Placed(symbol, f"{symbol.ref}{count:03d}", name, *on_grid(x, y)))

    def wire(self, *points: tuple[float, float]) -> None:
        """Draw a wire through the points."""
        spots = [on_grid(*point) for point in points]
        for (x1, y1), (x2, y2) in itertools.pairwise(spots):
            self.wires.append(Wire(x1, y1, x2, y2))

    def label(self, net: str, x: float, y: float, runs: str = "right") -> None:
        """Name the net at a point."""
        self.labels.append(Label(net, *on_grid(x, y), runs))

    def join(self, x: float, y: float) -> None:
        """Put the dot where three wires or more meet."""
        self.junctions.append(on_grid(x, y))

    def comb(self, pin_x: float, column: float, rows: list[float]) -> None:
        """Join pins that stand above each other by one upright wire."""
        for row in rows:
            self.wire((pin_x, row), (column, row))
        for above, below in itertools.pairwise(rows):
            self.wire((column, above), (column, below))
        for row in rows[1:-1]:
            self.join(column, row)

    def frame(self, title: str, x1: float, y1: float, size: tuple[float, float]) -> None:
        """Draw a block's frame with its name; size is (width, height), mm."""
        self.frames.append(Frame(x1, y1, round(x1 + size[0], 2), round(y1 + size[1], 2)))
        self.notes.append(Note(title, x1 + 1.5, y1 + 1.5, 1.8, bold=True))


def on_grid(x: float, y: float) -> tuple[float, float]:
    """Return the point on the grid, free of the dust of sums."""
    return round(round(x / GRID) * GRID, 2), round(round(y / GRID) * GRID, 2)
