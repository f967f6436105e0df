"""Boards as rectangles on a raster of hundredths of a millimetre, gaps included.

A rectangle carries its gap on the right and on top: the air gap through the board, the edge gap
along it (or the air gap, if that is larger), and the cavity is as much wider and higher.
"""

import math
from typing import NamedTuple

from packing.cavity import Cavity
from packing.mixed.question import Kind, Mix, MixPose

SCALE = 100  # hundredths of a millimetre


class Shape(NamedTuple):
    """A board in a pose, whole hundredths of mm, gaps included; `deep` without them."""

    pose: MixPose
    wide: int
    high: int
    deep: int


def gaps_of(cavity: Cavity) -> tuple[int, int]:
    """Gap through a board and along it."""
    edge = whole(cavity.edge_gap_mm)
    return max(whole(cavity.air_gap_mm), edge), edge


def whole(mm: float) -> int:
    """Hundredths of a millimetre, never less than the length."""
    return math.ceil(mm * SCALE - 1e-6)


def shapes_of(mix: Mix, kind: Kind) -> list[Shape]:
    """Return the poses of a board that go into the cavity at all."""
    through, along = gaps_of(mix.cavity)
    long = whole(kind.envelope.length_with_connectors_mm)
    wide = whole(kind.envelope.width_with_connectors_mm)
    total = whole(kind.envelope.total_mm)
    every = {
        "flat": (wide + along, total + through, long),
        "on-edge": (total + through, wide + along, long),
        "flat-turned": (long + along, total + through, wide),
        "on-edge-turned": (total + through, long + along, wide),
        "upright": (wide + along, long + along, total),
        "upright-turned": (long + along, wide + along, total),
    }
    room = room_of(mix.cavity)
    shapes = [Shape(pose, *every[pose]) for pose in mix.poses]
    deep = math.inf if mix.cavity.depth_mm is None else mix.cavity.depth_mm * SCALE
    return [s for s in shapes if s.wide <= room[0] and s.high <= room[1] and s.deep <= deep]


def room_of(cavity: Cavity) -> tuple[int, int]:
    """Return the cavity, as much larger as the gap that the last board carries over its wall.

    A board against the wall needs no gap there; the smaller of the two gaps is what every board
    carries, so only that is added: a layout never needs more than there is.
    """
    _, along = gaps_of(cavity)
    wide, high = (
        math.floor(cavity.width_mm * SCALE + 1e-6),
        math.floor(cavity.height_mm * SCALE + 1e-6),
    )
    return wide + along, high + along
