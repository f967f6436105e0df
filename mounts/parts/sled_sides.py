"""What a sled has beside its board: bars, the grooves that hold them, and ribs that stiffen them.

How little will do decides how many boards lie side by side. A lip over the plate's edge may pass
under a connector that stands over the board's edge, where it can be thick enough.

      _______ board ________[connector]
     |______________________|__|   | |
     rib |  |     |________|  ___|_| |   lip
     ____|  |_____ plate ________| | |
                       ______________|   ledge
"""

import math
from dataclasses import dataclass

from mounts.parts.latch import CLIP_MM, CLIP_TRAVEL_MM, LATCH_MM, SLIT_MM

GROOVE_MM = 3.0  # how deep a groove holds the plate
RIB_MM = 1.6  # lip and ledge of a groove
THIN_LIP_MM = 0.8  # two lines
RAIL_MM = 5.0  # bars of a plate that is open under its board
CLEAR_MM = 0.2  # from such a bar to what is under the board
SLIM_MM = 2.2  # such a bar beside a clip
HOLD_MM = 0.8  # what a lip holds of it, when it lies in the middle of its play
APART_MM = 0.1
STIFFENER_MM = 2.6  # a rib on a bar, over the plate
NOTHING_MM = math.inf  # how low a connector is that is not there


@dataclass(frozen=True)
class Beside:
    """What stands over a board's edge at one side.

    Args:
        over_mm: how far.
        low_mm: lower side of the lowest, over the plate's upper face.
        high_over_mm: how far that goes which is as high as the next layer's ledge.
    """

    over_mm: float = 0.0
    low_mm: float = NOTHING_MM
    high_over_mm: float = 0.0


@dataclass(frozen=True)
class Side:
    """One side of a sled and of its bay.

    Args:
        bar_mm: plate beside the board.
        ledge_mm: depth of the ledge that the plate lies on.
        lip_mm: depth of the lip over the plate.
        thick_mm: thickness of that lip.
        rib_mm: thickness of the rib on the bar, next to the board; 0 for none.
    """

    bar_mm: float
    ledge_mm: float = GROOVE_MM
    lip_mm: float = GROOVE_MM
    thick_mm: float = RIB_MM
    rib_mm: float = 0.0


def spring_sides(left: Beside, right: Beside, slide_mm: float) -> tuple[Side, Side]:
    """Return both sides of a sunk board whose latch is a spring at the left.

    Args:
        left: what stands over the board's left edge.
        right: over its right edge.
        slide_mm: play of the plate.
    """
    spring = LATCH_MM + SLIT_MM[1] + RAIL_MM + CLEAR_MM
    clear = GROOVE_MM + slide_mm
    return (
        Side(max(spring, clear + left.over_mm)),
        Side(max(RAIL_MM + CLEAR_MM, clear + right.over_mm)),
    )


def slim_side(beside: Beside, slide_mm: float, clip: bool) -> Side:
    """Return one side of a sunk board whose latch is a clip.

    Args:
        beside: what stands over the board's edge there.
        slide_mm: play of the plate.
        clip: whether the clip is on this side.
    """
    lip = HOLD_MM + slide_mm
    room = beside.low_mm - 2 * slide_mm - APART_MM
    thick = RIB_MM if room >= RIB_MM else math.floor(round(20 * room, 6)) / 20
    if thick >= THIN_LIP_MM:
        bar = max(SLIM_MM, beside.over_mm + CLEAR_MM)
    else:
        thick, bar = RIB_MM, max(SLIM_MM, beside.over_mm + lip + APART_MM)
    if clip:
        bar = max(bar, beside.over_mm + CLIP_MM + CLIP_TRAVEL_MM + CLEAR_MM)
    bar = round(max(bar, beside.high_over_mm + CLEAR_MM + lip), 4)
    ledge = min(GROOVE_MM, bar - beside.high_over_mm - CLEAR_MM)
    rib = round(bar - lip - APART_MM - CLEAR_MM, 4)
    return Side(bar, ledge, lip, thick, rib if rib >= THIN_LIP_MM else 0.0)
