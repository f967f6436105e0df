"""Slots in a frame for its sleds' catches."""

import math

from mounts.geometry.flat import ROOF_DEG, Loop, Point, rectangle
from mounts.geometry.vents import Perforation
from mounts.parts.frame_spec import FrameSpec
from mounts.parts.latch import CATCH_PLAY_MM, CATCH_Y_MM, SLOT_Y_MM


def catches(spec: FrameSpec) -> tuple[Perforation, ...]:
    """Return the slots: through the roof, or through a wall of each bay."""
    if spec.latch == "front":
        return _clip_catches(spec)
    length = SLOT_Y_MM[1] - SLOT_Y_MM[0]
    middle = sum(SLOT_Y_MM) / 2
    width = spec.plate_mm + 2 * spec.slide_mm - 0.2  # inside the groove's own faces
    cell = _slot(width, length)
    if spec.turned():
        at = tuple((spec.sled_origin(i)[0] + spec.plate_mm / 2, middle) for i in range(spec.sleds))
        return (Perforation("xy", spec.inside_high_mm, spec.high_mm, cell, at, needed=True),)
    cell = tuple((y, x) for x, y in cell)
    heights = [spec.plate_low_mm(layer) + spec.plate_mm / 2 for layer in range(spec.layers)]
    at = tuple((middle, z) for z in heights)
    found: list[Perforation] = []
    for column in range(spec.columns):
        inner = spec.middle_mm(column) - spec.plate_across_mm / 2 - spec.slide_mm
        wall = spec.shell_mm if column == 0 else spec.wall_mm
        found.append(Perforation("yz", inner - wall, inner, cell, at, needed=True))
    return tuple(found)


def _clip_catches(spec: FrameSpec) -> tuple[Perforation, ...]:
    """Slots for clips: through the wall at their side of each bay."""
    (y0, z0), (y1, z1) = _clip_slot(spec)
    cell = tuple((y, z) for z, y in _slot(z1 - z0, y1 - y0))
    heights = [spec.plate_low_mm(layer) + (z0 + z1) / 2 for layer in range(spec.layers)]
    at = tuple(((y0 + y1) / 2, z) for z in heights)
    half = spec.plate_across_mm / 2 + spec.slide_mm
    last = spec.columns - 1 if spec.clip_hand > 0 else 0
    found: list[Perforation] = []
    for column in range(spec.columns):
        inner = spec.middle_mm(column) + spec.clip_hand * half
        wall = spec.shell_mm if column == last else spec.wall_mm
        ends = sorted((inner, inner + spec.clip_hand * wall))
        found.append(Perforation("yz", ends[0], ends[1], cell, at, needed=True))
    return tuple(found)


def _clip_slot(spec: FrameSpec) -> tuple[Point, Point]:
    """Return the straight part of a clip's slot, (y, z) over the lower face of its sled."""
    assert spec.clip is not None, "a spec without room for a clip is refused when made"
    play = 2 * spec.slide_mm
    low = CATCH_Y_MM - CATCH_PLAY_MM, spec.clip.low_mm - play
    return low, (spec.clip.end_mm, spec.clip.top_mm + play)


def _slot(width: float, length: float) -> tuple[Point, ...]:
    """A slot along the second axis, its far end pointed so that it prints without support."""
    a, b = width / 2, length / 2
    peak = a * math.tan(math.radians(ROOF_DEG))
    return ((-a, -b), (a, -b), (a, b), (0.0, b + peak), (-a, b))


def catch_bands(spec: FrameSpec) -> list[Loop]:
    """Return the room round the slots of clips, (y, z)."""
    if spec.latch == "side":
        return []
    (_, z0), (y1, z1) = _clip_slot(spec)
    rear = y1 + (z1 - z0) / 2 * math.tan(math.radians(ROOF_DEG))
    lows = [spec.plate_low_mm(layer) for layer in range(spec.layers)]
    return [rectangle((0.0, low + z0), (rear, low + z1)) for low in lows]
