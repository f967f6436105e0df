"""Slots in a frame for its sleds' catches."""

import math

from mounts.geometry.flat import ROOF_DEG, Loop, Point, rectangle
from mounts.geometry.vents import Perforation
from mounts.parts.frame_bays import Group
from mounts.parts.frame_spec import FrameSpec
from mounts.parts.latch import CATCH_PLAY_MM, CATCH_Y_MM, SLOT_Y_MM
from mounts.parts.sled_spec import SledSpec


def catches(spec: FrameSpec) -> tuple[Perforation, ...]:
    """Return the slots: through the roof, or through a wall of each bay."""
    return (*_roof_catches(spec), *(_wall_catch(spec, i) for i in _flat(spec)))


def _flat(spec: FrameSpec) -> list[int]:
    return [index for index, bay in enumerate(spec.bays) if not bay.turned]


def _spring_cell(spec: FrameSpec) -> tuple[Point, ...]:
    length = SLOT_Y_MM[1] - SLOT_Y_MM[0]
    return _slot(spec.plate_mm + 2 * spec.slide_mm - 0.2, length)  # inside the groove's own faces


def _roof_catches(spec: FrameSpec) -> tuple[Perforation, ...]:
    middle, cell = sum(SLOT_Y_MM) / 2, _spring_cell(spec)
    at = tuple((bay.plate_mm + spec.plate_mm / 2, middle) for bay in spec.bays if bay.turned)
    if not at:
        return ()
    return (Perforation("xy", spec.inside_high_mm, spec.high_mm, cell, at, needed=True),)


def _wall_catch(spec: FrameSpec, index: int) -> Perforation:
    """Slots through one wall of a bay: at the left for springs, at their side for clips."""
    bay, sled = spec.bays[index], spec.bays[index].sled
    hand = -1 if sled.latch == "side" else sled.clip_hand
    if sled.latch == "side":
        cell = tuple((y, x) for x, y in _spring_cell(spec))
        middle, over = sum(SLOT_Y_MM) / 2, spec.plate_mm / 2
    else:
        (y0, z0), (y1, z1) = _clip_slot(sled)
        cell = tuple((y, z) for z, y in _slot(z1 - z0, y1 - y0))
        middle, over = (y0 + y1) / 2, (z0 + z1) / 2
    lows = [bay.low_mm(layer, spec.inside_low_mm) for layer in range(sled.layers)]
    at = tuple((middle, low + over) for low in lows)
    outermost = index == (0 if hand < 0 else len(spec.bays) - 1)
    inner = bay.left_mm if hand < 0 else bay.right_mm
    ends = sorted((inner, inner + hand * (spec.shell_mm if outermost else spec.wall_mm)))
    return Perforation("yz", ends[0], ends[1], cell, at, needed=True)


def _clip_slot(sled: SledSpec) -> tuple[Point, Point]:
    """Return the straight part of a clip's slot, (y, z) over the lower face of its sled."""
    assert sled.clip is not None, "a spec without room for a clip is refused when made"
    play = 2 * sled.slide_mm
    low = CATCH_Y_MM - CATCH_PLAY_MM, sled.clip.low_mm - play
    return low, (sled.clip.end_mm, sled.clip.top_mm + play)


def _slot(width: float, length: float) -> tuple[Point, ...]:
    """A slot along the second axis, its far end pointed so that it prints without support."""
    a, b = width / 2, length / 2
    peak = a * math.tan(math.radians(ROOF_DEG))
    return ((-a, -b), (a, -b), (a, b), (0.0, b + peak), (-a, b))


def catch_bands(spec: FrameSpec, beside: Group) -> list[Loop]:
    """Return the room round the slots of clips in a wall between bays, (y, z)."""
    found: list[Loop] = []
    for bay in beside:
        if bay.sled.latch == "side":
            continue
        (_, z0), (y1, z1) = _clip_slot(bay.sled)
        rear = y1 + (z1 - z0) / 2 * math.tan(math.radians(ROOF_DEG))
        lows = [bay.low_mm(layer, spec.inside_low_mm) for layer in range(bay.sled.layers)]
        found += [rectangle((0.0, low + z0), (rear, low + z1)) for low in lows]
    return found
