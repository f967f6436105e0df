r"""The hinge's joint: fingers from both sides by turns, and one pin through all of them.

from the front        from below: the pin lies behind the panel, on the bed over it
|    |                  __________
+--+ |                 /   /\     \
          | |                |   |  |     |
+--+ |                |    \/      |
|    |             ====================
+--+ |                 panel
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from mounts.geometry.flat import Loop, Point, polygon, polygon_r
from mounts.geometry.sheet import Plane, Sheet
from mounts.split.axes import Span
from mounts.split.lugs import SINK_MM, Back, drawn_bore
from mounts.split.obstacles import is_free

REACH_MM = 5.6  # of the fingers to either side of the seam
WIDE_MM = 9.0  # of the pad they stand in, to either side
FINGER_MM = 6.0
LEAST_MM = 24.0  # four fingers
BORE_MM = 5.3  # for a pin of 5
AXIS_MM = 3.6  # of the pin over the panel's back
TALL_MM = 9.6
SHEAR = 0.577  # of a plastic's strength against pulling, von Mises


@dataclass(frozen=True)
class Hinge:
    """The fingers of a seam, and its pin.

    Args:
        pad: what is added behind the plate.
        bore: what is cut for the pin.
        pin: the pin.
        points: the line of the seam where the fingers are, from below.
        span: where that is.
        ties: each gap between two fingers, and the area of plastic that pulls as hard, mm².
    """

    pad: Sheet
    bore: Sheet
    pin: Sheet
    points: tuple[Point, ...]
    span: Span
    ties: tuple[tuple[float, float], ...]


def hinge(back: Back, plates: Sequence[Span], play_mm: float) -> Hinge | None:
    """Return the fingers of a seam through one plate, or nothing where they have no room.

    Args:
        back: the plate's back.
        plates: where the seam passes through plates on the bed.
        play_mm: round the pin.
    """
    span = max(plates, key=lambda one: one[1] - one[0])
    low, high = span
    if high - low < LEAST_MM or not is_free(
        back.box((-WIDE_MM, WIDE_MM), (low, high), (0.3, TALL_MM)), back.kept
    ):
        return None
    edges = _edges(low, high)
    area = math.pi * (BORE_MM / 2 - play_mm) ** 2
    planes: dict[int, Plane] = {0: "yz", 1: "xz", 2: "xy"}
    plane = planes[back.way.across]
    return Hinge(
        pad=Sheet(plane, _pad(back), low, high),
        bore=Sheet(plane, drawn_bore(back, back.at_mm, (BORE_MM, AXIS_MM)), low - 1.0, high + 1.0),
        pin=Sheet(plane, _pin(back, play_mm), low, high),
        points=tuple(_line(back.at_mm, edges)),
        span=(low, high),
        ties=tuple((edge, SHEAR * area) for edge in edges),
    )


def _edges(low: float, high: float) -> list[float]:
    """Return where one finger ends and the next begins."""
    count = max(4, round((high - low) / FINGER_MM))
    step = (high - low) / count
    return [low + step * k for k in range(1, count)]


def _line(at_mm: float, edges: Sequence[float]) -> list[Point]:
    found: list[Point] = []
    side = -REACH_MM
    for edge in edges:
        found += [(at_mm + side, edge), (at_mm - side, edge)]
        side = -side
    return found


def _pad(back: Back) -> Loop:
    """The pad's section in the plane square to the pin, its edges sloped for the hand."""
    at, wide, top = back.at_mm, WIDE_MM, TALL_MM
    points = [
        (at - wide, -SINK_MM, 0.0),
        (at + wide, -SINK_MM, 0.0),
        (at + wide, top - 3.0, 1.0),
        (at + wide - 3.0, top, 1.0),
        (at - wide + 3.0, top, 1.0),
        (at - wide, top - 3.0, 1.0),
    ]
    return polygon_r([(*back.point(u, over), r) for u, over, r in points])


def _pin(back: Back, play_mm: float) -> Loop:
    """An octagon that lies on one of its sides, its corners clear of the hole by the play."""
    r = BORE_MM / 2 - play_mm
    turns = [math.radians(22.5 + 45 * k) for k in range(8)]
    return polygon(
        [back.point(back.at_mm + r * math.cos(t), AXIS_MM + r * math.sin(t)) for t in turns]
    )
