"""What trays for heavy things share: a floor between two walls, braced behind a panel."""

import math
from dataclasses import dataclass

from mounts import panel
from mounts.geometry.flat import ROOF_DEG, Loop, Point, polygon, polygon_r, rectangle
from mounts.geometry.sheet import Sheet
from mounts.geometry.vents import Perforation
from mounts.panel import PanelSpec
from mounts.parts.ear_beam import EarBeam
from mounts.parts.rear_spec import RearSpec

GUSSET_MM = 2.4
RIDGE_MM = 1.6  # flat end of a slot's roof: a bridge, where a point would be called an overhang
NOTCH_MM = 12.0  # strap of 10 mm under the floor
STOP_MM = 3.0  # a stop's height
STOP_LONG_MM = 2 * STOP_MM * math.tan(math.radians(ROOF_DEG))  # so that it prints without support


def upright_bore(at: Point, diameter: float) -> Loop:
    """Return a round hole with a pointed roof, for one that is printed lying: y is up, mm."""
    (x, y), r = at, diameter / 2
    off = math.radians(90 - ROOF_DEG)
    side, apex = r * math.tan(off / 2), r / math.sin(off)
    return polygon_r(
        [
            (x - r, y - r, r),
            (x + r, y - r, r),
            (x + r, y + side, r),
            (x, y + apex, 0.0),
            (x - r, y + side, r),
        ]
    )


def upright_slot(low: Point, high: Point) -> Loop:
    """Return a slot along y with a pointed roof, between two corners of its box, mm."""
    (x0, y0), (x1, y1) = low, high
    half = (x1 - x0) / 2
    flat = RIDGE_MM / 2
    eaves = y1 - (half - flat) * math.tan(math.radians(ROOF_DEG))
    return polygon_r(
        [
            (x0, y0, 1.5),
            (x1, y0, 1.5),
            (x1, eaves, 1.0),
            (x0 + half + flat, y1, 0.0),
            (x0 + half - flat, y1, 0.0),
            (x0, eaves, 1.0),
        ]
    )


@dataclass(frozen=True)
class Deck:
    """A floor and two walls, printed standing on the panel's face.

    Args:
        panel: the panel they stand behind.
        inner_mm: half the width between the walls.
        wall_mm: thickness of a wall.
        low_mm: underside of the floor, z.
        floor_mm: thickness of the floor.
        depth_mm: rear end, y.
        front_top_mm: upper edge of the walls in front, z.
        rear_top_mm: upper edge of the walls at the rear, z.
        notches_mm: middles of gaps under the walls for straps, y.
        beams: hollow beams behind the ears, in place of gussets.
    """

    panel: PanelSpec
    inner_mm: float
    wall_mm: float
    low_mm: float
    floor_mm: float
    depth_mm: float
    front_top_mm: float
    rear_top_mm: float
    notches_mm: tuple[float, ...] = ()
    beams: tuple[EarBeam, ...] = ()

    @property
    def outer_mm(self) -> float:
        """Half the width over the walls."""
        return self.inner_mm + self.wall_mm

    @property
    def top_mm(self) -> float:
        """Upper face of the floor, z."""
        return self.low_mm + self.floor_mm

    @property
    def levels(self) -> tuple[tuple[float, float], ...]:
        """Lower and upper side of each pair of gussets, z, or of the beams in their place."""
        if self.beams:
            return ((self.beams[0].low_mm, max(one.top_mm for one in self.beams)),)
        low, high = self.panel.bottom_mm, self.front_top_mm
        lower = (low, low + GUSSET_MM)
        return (lower,) if high - low < 20 else (lower, (high - GUSSET_MM, high))

    @property
    def reach_mm(self) -> float:
        """How far gussets or beams run back."""
        if self.beams:
            return max(one.end_mm for one in self.beams) - self.panel.panel_mm
        if isinstance(self.panel, RearSpec):
            return self.panel.gusset_mm
        return panel.gusset_reach_mm(self.panel, self.outer_mm, self.depth_mm)

    def sheets(self, holes: tuple[Loop, ...] = ()) -> list[Sheet]:
        """Return floor, walls and gussets; `holes` go through the floor."""
        half, front = self.outer_mm - 0.5, self.panel.panel_mm - 0.5
        edge = rectangle((-half, front), (half, self.depth_mm))
        floor = Sheet("xy", edge, self.low_mm, self.top_mm, holes)
        walls = [floor, self.wall(1), self.wall(-1)]
        if self.beams:
            return [*walls, *(sheet for beam in self.beams for sheet in beam.sheets())]
        return [*walls, *panel.ear_gussets(self.panel, self.outer_mm, self.levels, self.reach_mm)]

    def wall(self, side: int) -> Sheet:
        """Return the wall of one side, -1 or 1."""
        front, low = self.panel.panel_mm - 0.5, self.panel.bottom_mm
        bend = front + max(self.reach_mm, 0.4 * self.depth_mm)
        lift = self.low_mm - low
        foot: list[tuple[float, float, float]] = []
        for y in self.notches_mm if lift > 0 else ():
            a, b = y - NOTCH_MM / 2, y + NOTCH_MM / 2
            foot += [(a, low, 0), (a, low + lift, 0), (b, low + lift, 0), (b + 1.3 * lift, low, 0)]
        slope = self.front_top_mm - self.rear_top_mm > 1.0
        shoulder = [(bend, self.front_top_mm, 8.0)] if slope else []
        edge = polygon_r(
            [
                (front, low, 0.0),
                *foot,
                (self.depth_mm, low, 0.0),
                (self.depth_mm, self.rear_top_mm, 3.0),
                *shoulder,
                (front, self.front_top_mm, 0.0),
            ]
        )
        x = sorted((side * self.inner_mm, side * self.outer_mm))
        return Sheet("yz", edge, x[0], x[1])

    def stops(self, y: float, length_mm: float) -> tuple[Sheet, ...]:
        """Return two ridges across the floor, behind what stands on it; air passes between."""
        z = self.top_mm
        profile = polygon(
            [
                (y, z - 0.5),
                (y, z),
                (y + STOP_LONG_MM / 2, z + STOP_MM),
                (y + STOP_LONG_MM, z),
                (y + STOP_LONG_MM, z - 0.5),
            ]
        )
        a = self.inner_mm
        return (
            Sheet("yz", profile, -a - 0.5, -a + length_mm),
            Sheet("yz", profile, a - length_mm, a + 0.5),
        )

    def floor_vents(self, end_mm: float, clear: tuple[Loop, ...]) -> tuple[Perforation, ...]:
        """Return hexagons in the floor from the panel to `end_mm`, y."""
        region = rectangle((-self.inner_mm, self.panel.panel_mm), (self.inner_mm, end_mm))
        return self.panel.grid.through("xy", (self.low_mm, self.top_mm), region, clear)

    def ear_vents(self) -> tuple[Perforation, ...]:
        """Return hexagons in the panel beside the walls, where there is room."""
        far = self.panel.standard.body_max_mm / 2
        if far - self.outer_mm < 20:
            return ()
        found: list[Perforation] = []
        for side in (-1, 1):
            x = sorted((side * self.outer_mm, side * far))
            region = rectangle((x[0], self.panel.bottom_mm), (x[1], self.panel.top_mm))
            clear = [rectangle((x[0] - 1, a - 1), (x[1] + 1, b + 1)) for a, b in self.levels]
            found += self.panel.grid.through("xz", (0.0, self.panel.panel_mm), region, clear)
        return tuple(found)

    def front_vents(self) -> tuple[Perforation, ...]:
        """Return hexagons in the panel over the floor, between the walls."""
        region = rectangle((-self.inner_mm, self.top_mm), (self.inner_mm, self.panel.top_mm))
        return self.panel.grid.through("xz", (0.0, self.panel.panel_mm), region)
