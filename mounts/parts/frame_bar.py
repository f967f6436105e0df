r"""The slots for a frame's steel bar, and the bar as it is bought.

A floor and a roof of two lines between walls sag by centimetres under fourteen boards, and there is
no room for a beam in front of them. Behind them there is: the walls go on past the boards, and a
bar of flat steel goes through them. It also ties together a frame that was printed in pieces.

    side view of a wall, panel at the left            from behind
    |====================================   roof      +--+-----+-----+--+
    | groove       sled      |   __                   |  |     |     |  |
    |----------------------- |  |  |\\   slot        [====================]   bar
    | groove       sled      |  |__|/                 |  |     |     |  |
    |====================================   floor     +--+-----+-----+--+
"""

import math
from collections.abc import Iterable

from mounts.geometry.flat import ROOF_DEG
from mounts.geometry.vents import Perforation
from mounts.part import Hardware
from mounts.parts.bar import HIGH_MM, THICK_MM
from mounts.parts.frame_spec import FrameSpec

WINDOW_MM = 40.0  # height of wall for each window, about
EDGE_MM = 4.0  # wall left round it
SHORT_MM = 0.5  # it ends inside both shells


def bar_slots(spec: FrameSpec, walls: Iterable[tuple[float, float]]) -> tuple[Perforation, ...]:
    """Return the slots for the bar.

    Args:
        spec: the frame.
        walls: spans of x of all its upright walls.
    """
    if not spec.barred:
        return ()
    at = ((0.0, spec.steel.middle_mm),)
    return tuple(Perforation("yz", *span, spec.steel.slot, at, needed=True) for span in walls)


def behind_grooves(spec: FrameSpec, wall: tuple[float, float]) -> tuple[Perforation, ...]:
    """Return windows through a wall from the end of its grooves to the bar, under pointed roofs.

    Args:
        spec: the frame.
        wall: its span of x.
    """
    if not spec.barred:
        return ()
    (low, high), steep = spec.inside_z_mm, math.tan(math.radians(ROOF_DEG))
    front, peak = spec.guide_mm + EDGE_MM, spec.steel.y_mm[0] - EDGE_MM
    count = max(1, round((high - low) / WINDOW_MM))
    pitch = (high - low) / count
    half = min(pitch / 2 - EDGE_MM, (peak - front) / steep)
    if half < EDGE_MM:
        return ()
    eaves = peak - half * steep
    cell = ((front, -half), (eaves, -half), (peak, 0.0), (eaves, half), (front, half))
    if eaves - front < 0.1:  # a triangle
        cell = ((front, -half), (peak, 0.0), (front, half))
    middles = tuple((0.0, low + (k + 0.5) * pitch) for k in range(count))
    return (Perforation("yz", *wall, cell, middles),)


def bar_long_mm(spec: FrameSpec) -> float:
    """Return the length to cut the bar to."""
    return math.floor(2 * (spec.outer_mm - SHORT_MM))


def bar_bought(spec: FrameSpec) -> tuple[Hardware, ...]:
    """Return the bar as it is bought."""
    if not spec.barred:
        return ()
    long = bar_long_mm(spec)
    what = f"bright flat steel {HIGH_MM:g} x {THICK_MM:g} mm, cut to {long:g} mm"
    use = "on edge through the slots behind the sleds, glued in every wall"
    return (Hardware(what, 1, use, length_mm=long),)
