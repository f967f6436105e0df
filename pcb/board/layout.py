"""What lies on the board, as plain data: mm, x to the right, y down, (0, 0) the upper left corner.

It knows nothing of KiCad's file format; `pcb.board.board` writes it.
"""

from dataclasses import dataclass, field
from typing import Literal

from pcb.board.footprints import Footprint, Point

Layer = Literal["F.Cu", "B.Cu"]
SilkLayer = Literal["F.SilkS", "B.SilkS"]


@dataclass(frozen=True)
class Put:
    """A part on the board; a hole is a part that no sheet has.

    `name_at` and `value_at` say where its reference and value are printed: x, y and angle on the
    board, or nowhere.
    """

    ref: str
    footprint: Footprint
    x: float
    y: float
    name_at: tuple[float, float, int] | None = None
    value_at: tuple[float, float, int] | None = None

    def pad(self, number: str) -> Point:
        """Return where the first pad of that number lies on the board."""
        x, y = self.footprint.spot(number)
        return round(self.x + x, 4), round(self.y + y, 4)


@dataclass(frozen=True)
class Pour:
    """A filled zone. Where two overlap the one of higher `rank` wins."""

    net: str
    layer: Layer
    outline: tuple[Point, ...]
    rank: int
    name: str


@dataclass(frozen=True)
class Track:
    """A thin connection for what carries no power."""

    net: str
    layer: Layer
    points: tuple[Point, ...]
    width: float = 0.5


@dataclass(frozen=True)
class Via:
    """A plated hole between the layers."""

    net: str
    x: float
    y: float


@dataclass(frozen=True)
class Text:
    """Printed text; (x, y) is its middle, or the middle of its left end."""

    text: str
    x: float
    y: float
    size: float = 1.0
    layer: SilkLayer = "F.SilkS"
    angle: int = 0
    align: Literal["center", "left"] = "center"
    bold: bool = False


@dataclass(frozen=True)
class Line:
    """A printed line through points; `dot` makes it a filled circle of that radius instead."""

    points: tuple[Point, ...]
    width: float = 0.15
    layer: SilkLayer = "F.SilkS"
    circle: float = 0.0
    filled: bool = False


@dataclass
class Layout:
    """Everything on one board."""

    size: Point
    parts: list[Put] = field(default_factory=list[Put])
    pours: list[Pour] = field(default_factory=list[Pour])
    tracks: list[Track] = field(default_factory=list[Track])
    vias: list[Via] = field(default_factory=list[Via])
    texts: list[Text] = field(default_factory=list[Text])
    lines: list[Line] = field(default_factory=list[Line])

    def part(self, ref: str) -> Put:
        """Return one part by its reference."""
        return next(one for one in self.parts if one.ref == ref)
