r"""The bolted flange: pairs of lugs that stand on the panel's back, one on each side of a seam.

      from above                                from the seam
    nut |##|    |      |  head                   _____
     ___|##|____|______|___                     /  .  \      roof of the hole points up
    |   |##|____|______|   | M3                |  / \  |     on the bed
    |   |  |    |      |   |                   |  \_/  |
    ====================== panel            ===|=======|=== panel

The nut slides into a slot that is open on top, so that nothing hangs over on the bed. A short piece
of filament lies in each pair of lugs: two of these hold the pieces in place before they are bolted,
where flat faces alone would slide.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mounts.geometry.flat import ROOF_DEG, Loop, Point, polygon_r
from mounts.geometry.sheet import Plane, Sheet
from mounts.hardware import bolted
from mounts.part import Hardware
from mounts.split.axes import Box, Span, Way, boxed
from mounts.split.obstacles import is_free

if TYPE_CHECKING:
    from manifold3d import Manifold

SCREW = ("M3", 16.0)
BORE_MM = 3.4  # M3, normal fit, ISO 273
HEAD_SIDE_MM = 7.5  # of the lug under the screw's head
NUT_SIDE_MM = 5.0  # of the other, between seam and nut
NUT_MM = (5.8, 2.8)  # slot for an M3 nut of 5.5 x 2.4 (ISO 4032), with play
TALL_MM = 10.0  # how far a lug stands up from the panel's back
LONG_MM = 8.5  # along the seam
AXIS_MM = 4.7  # of the screw over the panel's back
SINK_MM = 0.5  # what of it stands in the panel
DRIVER_MM = 22.0  # free before the head: the screw itself, and a key
APART_MM = 20.0  # two lugs nearer than this are no pair
TRY_MM = 1.0
FROM_EDGE_MM = 0.25
TOUCH_MM3 = 1.0
RIB_MM = 5.5  # what stands up no further may be cut for a screw's way
DOWEL_MM, DOWEL_LONG_MM = 1.75, 8.0  # filament as sold
DOWEL_AT_MM = (
    2.4,
    7.9,
)  # from the lug's middle, over the plate: clear of screw, head, nut and edge
DOWEL_DEEP_MM = 4.2  # from the seam, to either side: two lines before the nut
HEAD_MM = 6.4  # of the way to a pan head of 5.6 (ISO 7045)
DOWELS = (
    f"{DOWEL_LONG_MM:g} mm of {DOWEL_MM:g} mm filament in the small hole of each pair of lugs hold "
    "the pieces in place while they are bolted"
)


@dataclass(frozen=True)
class Flange:
    """Lugs of one seam.

    Args:
        sheets: what is added.
        bores: what is cut: the screws' ways, the nuts' slots.
        spans: where they stand across the seam: there it is a straight cut.
        ties: each place across the seam, and the area of plastic that pulls as hard, mm².
        hardware: screws and nuts.
    """

    sheets: tuple[Sheet, ...]
    bores: tuple[Sheet, ...]
    spans: tuple[Span, ...]
    ties: tuple[tuple[float, float], ...]
    hardware: tuple[Hardware, ...]


@dataclass(frozen=True)
class Back:
    """The back of the plate that lies on the bed, where something may stand on it.

    Args:
        way: how the seam is drawn.
        at_mm: where the seam is.
        level_mm: where the plate ends, through the seam.
        sign: 1 if the bed's up is that axis' own direction, else -1.
        solid: the part.
        kept: room that nothing may be built into.
    """

    way: Way
    at_mm: float
    level_mm: float
    sign: int
    solid: "Manifold"
    kept: tuple[Box, ...]

    def box(self, along: Span, across: Span, over: Span) -> Box:
        """Return a box over the plate's back: `along` from the seam, `over` from the plate, mm."""
        ends = sorted(self.level_mm + self.sign * mm for mm in over)
        along = self.at_mm + along[0], self.at_mm + along[1]
        return boxed(self.way, along, across, (ends[0], ends[1]))

    def point(self, along: float, over: float) -> Point:
        """Return a place along the seam's axis and over the plate, in the plane of those two."""
        through = self.level_mm + self.sign * over
        first = self.way.axis < self.way.through
        return (along, through) if first else (through, along)

    def filled_mm3(self, box: Box) -> float:
        """Return how much of a box the part fills, mm³."""
        from manifold3d import Manifold  # noqa: PLC0415 - heavy

        cube = Manifold.cube([high - low for low, high in box])
        return float((self.solid ^ cube.translate([low for low, _ in box])).volume())


def flange(back: Back, plates: Sequence[Span], play_mm: float) -> Flange | None:
    """Return two lugs as far apart as may be, or nothing where there is no room for two.

    Args:
        back: what they stand on.
        plates: where the seam passes through a plate on the bed, across it.
        play_mm: in the holes of the dowels, in all.
    """
    places = [low for span in plates for low in _steps(span)]
    first = next((low for low in places if _has_room(back, low)), None)
    if first is None:
        return None
    far = [low for low in reversed(places) if low - first >= APART_MM]
    last = next((low for low in far if _has_room(back, low)), None)
    if last is None:
        return None
    lows = (first, last)
    tie = LONG_MM * HEAD_SIDE_MM**2 / 6 / AXIS_MM  # where the lug's root yields, bent by its screw
    return Flange(
        sheets=tuple(_lug(back, low) for low in lows),
        bores=tuple(
            sheet for low in lows for sheet in (*_bores(back, low), _dowel(back, low, play_mm))
        ),
        spans=tuple((low - FROM_EDGE_MM, low + LONG_MM + FROM_EDGE_MM) for low in lows),
        ties=tuple((low + LONG_MM / 2, tie) for low in lows),
        hardware=bolted(SCREW, len(lows), "joins the pieces of the part"),
    )


def _steps(span: Span) -> Iterable[float]:
    low, high = span[0] + FROM_EDGE_MM, span[1] - FROM_EDGE_MM - LONG_MM
    count = math.floor((high - low) / TRY_MM + 1e-6)
    return [low + TRY_MM * k for k in range(count + 1)] + ([high] if high > low else [])


def _has_room(back: Back, low: float) -> bool:
    """Say whether a lug and the way to its screw are free; ribs may be cut for them."""
    middle, way = low + LONG_MM / 2, HEAD_MM / 2
    lug = -NUT_SIDE_MM - NUT_MM[1] - 1.0, HEAD_SIDE_MM + 1.0
    driver, across = (HEAD_SIDE_MM, HEAD_SIDE_MM + DRIVER_MM), (middle - way, middle + way)
    whole = (
        back.box(lug, (low, low + LONG_MM), (0.3, TALL_MM)),
        back.box(driver, across, (AXIS_MM - way, AXIS_MM + way)),
    )
    over = (
        back.box(lug, (low, low + LONG_MM), (RIB_MM, TALL_MM)),
        back.box(driver, across, (RIB_MM, TALL_MM)),
    )
    return all(is_free(box, back.kept) for box in whole) and all(
        back.filled_mm3(box) < TOUCH_MM3 for box in over
    )


def _lug(back: Back, low: float) -> Sheet:
    """Return both lugs as one block."""
    ends = back.at_mm - NUT_SIDE_MM - NUT_MM[1], back.at_mm + HEAD_SIDE_MM
    return Sheet(_square_to(back.way.axis), _drawn(back, _profile(low)), *ends)


def _bores(back: Back, low: float) -> list[Sheet]:
    """Return the screw's hole, the way to its head, and the nut's slot."""
    at, plane, middle = back.at_mm, _square_to(back.way.axis), low + LONG_MM / 2
    nut, head = at - NUT_SIDE_MM, at + HEAD_SIDE_MM
    hole = Sheet(plane, _drawn(back, _bore(middle, (BORE_MM, AXIS_MM))), nut - 0.5, head + 0.5)
    slot = Sheet(plane, _drawn(back, _slot(low)), nut - NUT_MM[1] - 1.0, nut)
    way = _drawn(back, _bore(middle, (HEAD_MM, AXIS_MM)))
    if back.filled_mm3(
        back.box((HEAD_SIDE_MM, HEAD_SIDE_MM + DRIVER_MM), (low, low + LONG_MM), (0.3, TALL_MM))
    ):
        return [hole, slot, Sheet(plane, way, head, head + DRIVER_MM)]
    return [hole, slot]


def _dowel(back: Back, low: float, play_mm: float) -> Sheet:
    """Return the blind hole that a piece of filament lies in; it is too small to need a roof."""
    aside, over = DOWEL_AT_MM
    middle, r = low + LONG_MM / 2 + aside, (DOWEL_MM + play_mm) / 2
    square = [(middle + i * r, over + j * r, r) for i, j in ((-1, -1), (1, -1), (1, 1), (-1, 1))]
    ends = back.at_mm - DOWEL_DEEP_MM, back.at_mm + DOWEL_DEEP_MM
    return Sheet(_square_to(back.way.axis), _drawn(back, square), *ends)


def _square_to(axis: int) -> Plane:
    planes: tuple[Plane, Plane, Plane] = ("yz", "xz", "xy")
    return planes[axis]


def _drawn(back: Back, points: Sequence[tuple[float, float, float]]) -> Loop:
    """Return points (across, over the plate, radius) as a loop in the plane square to the seam."""
    turned = back.way.across < back.way.through
    found: list[tuple[float, float, float]] = []
    for across, over, radius in points:
        through = back.level_mm + back.sign * over
        found.append((across, through, radius) if turned else (through, across, radius))
    return polygon_r(found)


def _profile(low: float) -> list[tuple[float, float, float]]:
    high = low + LONG_MM
    return [
        (low, -SINK_MM, 0.0),
        (high, -SINK_MM, 0.0),
        (high, TALL_MM, 2.0),
        (low, TALL_MM, 2.0),
    ]


def _slot(low: float) -> list[tuple[float, float, float]]:
    """The nut's slot: open on top, its floor under the nut's lower corner."""
    middle, half = low + LONG_MM / 2, NUT_MM[0] / 2
    floor = AXIS_MM - half / math.cos(math.radians(30))
    return [
        (middle - half, floor, 0.0),
        (middle + half, floor, 0.0),
        (middle + half, TALL_MM + 1.0, 0.0),
        (middle - half, TALL_MM + 1.0, 0.0),
    ]


def drawn_bore(back: Back, along_mm: float, size: tuple[float, float]) -> Loop:
    """Return a hole across the seam, drawn along its axis and over the plate.

    Args:
        back: the plate's back.
        along_mm: the hole's middle.
        size: its diameter, and how far its middle is over the plate, mm.
    """
    return polygon_r([(*back.point(u, over), r) for u, over, r in _bore(along_mm, size)])


def _bore(middle: float, size: tuple[float, float]) -> list[tuple[float, float, float]]:
    """A round hole with a pointed roof: its place, its height over the plate, corner radius."""
    r, axis = size[0] / 2, size[1]
    off = math.radians(90 - ROOF_DEG)
    side, apex = r * math.tan(off / 2), r / math.sin(off)
    return [
        (middle - r, axis - r, r),
        (middle + r, axis - r, r),
        (middle + r, axis + side, r),
        (middle, axis + apex, 0.0),
        (middle - r, axis + side, r),
    ]
