"""Boards as rectangles in whole hundredths of a millimetre, and the gaps between them.

What is placed is rounded up and the cavity down, so that a layout always goes in; what proves a
bound is rounded the other way, so that the bound always holds. Most figures are hundredths as they
are, and nothing is rounded.
"""

import math
from collections.abc import Callable
from typing import Literal, NamedTuple

from packing.mixed.question import Kind, Mix, MixPose

SCALE = 100  # hundredths of a millimetre
_NEAR = 1e-6

Axis = Literal["x", "y", "z"]
_Rounding = Callable[[float], int]
# Along which axis a board shows its large faces.
_FACES: dict[str, Axis] = {"flat": "z", "on-edge": "x", "upright": "y"}


class Shape(NamedTuple):
    """A board of one kind in a pose, whole hundredths of mm; `face` is the axis through it."""

    kind: int
    pose: MixPose
    wide: int
    high: int
    deep: int
    face: Axis

    def along(self, axis: Axis) -> int:
        """Return its size along x or z."""
        return self.wide if axis == "x" else self.high


class Gaps(NamedTuple):
    """Gap between two faces, and between anything else, whole hundredths of mm."""

    air: int
    edge: int

    def between(self, one: Shape, other: Shape, axis: Axis) -> int:
        """Return what two boards side by side along an axis keep."""
        return self.air if one.face == other.face == axis else self.edge


class Space(NamedTuple):
    """A question in whole hundredths: shapes, room (wide and high), gaps, depth and its cables."""

    mix: Mix
    shapes: tuple[Shape, ...]
    room: tuple[int, int]
    gaps: Gaps
    depth: int | None
    cables: int

    def along(self, axis: Axis) -> int:
        """Return the room along x or z."""
        return self.room[0] if axis == "x" else self.room[1]

    def most_of(self, shape: Shape) -> int:
        """Return how many of a shape one row holds by its area, or there are of its kind."""
        grown = (shape.wide + self.gaps.edge) * (shape.high + self.gaps.edge)
        there = self.mix.kinds[shape.kind].most
        wide, high = (side + self.gaps.edge for side in self.room)
        by_area = wide * high // grown
        if self.gaps.air < self.gaps.edge:  # faces may be nearer than edges
            by_area = self.room[0] * self.room[1] // (shape.wide * shape.high)
        return by_area if there is None else min(there, by_area)


def to_place(mix: Mix) -> Space:
    """Return a question rounded so that what is placed goes in."""
    return _space(mix, up, down)


def to_prove(mix: Mix) -> Space:
    """Return a question rounded so that what cannot be placed in it cannot be placed at all."""
    return _space(mix, down, up)


def up(mm: float) -> int:
    """Hundredths of a millimetre, never less than the length."""
    return math.ceil(mm * SCALE - _NEAR)


def down(mm: float) -> int:
    """Hundredths of a millimetre, never more than the length."""
    return math.floor(mm * SCALE + _NEAR)


def _space(mix: Mix, sizes: _Rounding, rooms: _Rounding) -> Space:
    cavity = mix.cavity
    room = rooms(cavity.width_mm), rooms(cavity.height_mm)
    depth = None if cavity.depth_mm is None else rooms(cavity.depth_mm)
    every = [
        shape
        for shape in every_shape(mix, sizes)
        if shape.wide <= room[0]
        and shape.high <= room[1]
        and (depth is None or shape.deep <= depth)
    ]
    gaps = Gaps(sizes(cavity.air_gap_mm), sizes(cavity.edge_gap_mm))
    return Space(mix, tuple(every), room, gaps, depth, sizes(cavity.cable_gap_mm))


def every_shape(mix: Mix, sizes: _Rounding = up) -> list[Shape]:
    """Return the boards in every pose allowed, whether they go in or not.

    Args:
        mix: the question.
        sizes: how lengths are rounded.
    """
    kinds = enumerate(mix.kinds)
    return [shape for number, kind in kinds for shape in _shapes(mix, number, kind, sizes)]


def _shapes(mix: Mix, number: int, kind: Kind, sizes: _Rounding) -> list[Shape]:
    long = sizes(kind.envelope.length_with_connectors_mm)
    wide = sizes(kind.envelope.width_with_connectors_mm)
    total = sizes(kind.envelope.total_mm)
    every: dict[MixPose, tuple[int, int, int]] = {
        "flat": (wide, total, long),
        "on-edge": (total, wide, long),
        "flat-turned": (long, total, wide),
        "on-edge-turned": (total, long, wide),
        "upright": (wide, long, total),
        "upright-turned": (long, wide, total),
    }
    return [
        Shape(number, pose, *every[pose], _FACES[pose.removesuffix("-turned")])
        for pose in mix.poses
    ]
