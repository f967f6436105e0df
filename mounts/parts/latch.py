"""The two latches of a sled in numbers: a spring along its side, or a clip in front of it.

The spring needs 10 mm of plate beside the board. The clip stands upright and reaches over the
plate's edge: it needs what it bends by, and no more.

from above, the clip at the right          from the right
  |    board    | |                         z
  |             |/|> catch, in a slot       |        ____  catch
 _|_____________|_|    of the frame         |       /   /
  |   sill        |                         |   ___/   /
   [pull tab ] | |  <- press                |  |      /    over sill, ledge and lip
   [_________|_| |                          |__|_____/_________ y
"""

import math
from dataclasses import dataclass
from typing import Literal

from mounts.geometry.flat import ROOF_DEG

Latch = Literal["side", "front"]

FACE_MM = 3.0  # the sled's front plate; it stands before the frame's panel
TAB_MM = 13.0  # press tab and pull tab, before the front plate
PULL_MM = 20.0

LATCH_MM = 2.4  # the spring's width: it bends within the plate, along the printed lines
LATCH_ROOT_MM = 48.0  # where the spring leaves the plate, y
LATCH_LEAST_MM = 32.0  # and at least, for it bends between there and its catch
BEHIND_ROOT_MM = 12.0  # plate behind that
SLIT_MM = (1.6, 2.4)  # beside the spring: at its root, at the front
BUMP_MM = 1.3  # how far the catch stands out
BUMP_Y_MM = 12.0
PAD_MM = 1.0  # the press tab is this much wider than the spring, outwards
PAD_GAP_MM = 3.0
SIDE_PULL_MM = 6.0  # a sled pulled this far without pressing must have met its catch
SLOT_Y_MM = (BUMP_Y_MM - 1.4, BUMP_Y_MM + 5.6)  # where the catch goes in

CLIP_MM = 1.4  # across; it bends along the printed lines, as the spring does
CLIP_TAB_MM = 16.0  # before the front plate: the longer, the less it is strained
CLIP_BOW_MM = 2.8  # what ties it to the pull tab, y
CLIP_ROOT_MM = 3.5  # the post at that corner, x
CLIP_SLIT_MM = 1.2  # to the pull tab, which stops it before it breaks
CLIP_TALL_MM = 7.0  # where it bends
CLIP_BUMP_MM = 1.2  # how far its catch stands out
CLIP_TRAVEL_MM = 1.3  # what pressing it takes: the catch, and a little
CATCH_Y_MM = 3.5  # front of its catch: behind a panel of 3 mm
CATCH_PLAY_MM = 0.4
CATCH_MM = 6.0  # how tall the catch is, if there is room
CATCH_LEAST_MM = 4.0
CATCH_END_MM = 6.9
CLIP_PULL_MM = 2.0
SILL_OVER_MM = 0.6  # what is left of the front plate under the clip, over the plate
SILL_GAP_MM = 0.7
BLADE_MM = 0.8  # the clip's rear end
STEEP = math.tan(math.radians(ROOF_DEG))


@dataclass(frozen=True)
class Clip:
    """A clip's side view, in the sled's frame, mm.

    Args:
        base_mm: where its lower edge leaves the bed, y.
        low_mm: lower end of the catch's front, z.
        top_mm: upper end of clip and catch, z.
        end_mm: rear end, y.
    """

    base_mm: float
    low_mm: float
    top_mm: float
    end_mm: float

    @property
    def tip_mm(self) -> float:
        """Front end, y."""
        return -FACE_MM - CLIP_TAB_MM

    @property
    def root_mm(self) -> float:
        """Where it begins to bend, y."""
        return self.tip_mm + CLIP_BOW_MM

    def under_mm(self, y_mm: float) -> float:
        """Return the height of its lower edge, which rises as steeply as it prints."""
        return (y_mm - self.base_mm) * STEEP


def sill_mm(plate_mm: float) -> float:
    """Return the height of the front plate where the clip passes over it."""
    return plate_mm + SILL_OVER_MM


def clip(plate_mm: float, ceiling_mm: float) -> Clip | None:
    """Return the clip of a sled.

    Args:
        plate_mm: the sled's plate.
        ceiling_mm: what the clip must stay under, z.

    Returns:
        The clip, or `None` where it would not hold.
    """
    base = -FACE_MM - (sill_mm(plate_mm) + SILL_GAP_MM) / STEEP
    low = (CATCH_Y_MM - base) * STEEP
    top = min(low + CATCH_MM, ceiling_mm)
    if top < low + CATCH_LEAST_MM:
        return None
    return Clip(base, low, top, min(CATCH_END_MM, base + (top - BLADE_MM) / STEEP))


def clip_needs_mm(plate_mm: float) -> float:
    """Return the height over a sled's lower face that a clip needs at least."""
    base = -FACE_MM - (sill_mm(plate_mm) + SILL_GAP_MM) / STEEP
    return (CATCH_Y_MM - base) * STEEP + CATCH_LEAST_MM
