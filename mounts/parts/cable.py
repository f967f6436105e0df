"""Cable management: rings before the panel, or a lacing bar behind it."""

import math
from itertools import pairwise
from typing import Literal

from pydantic import Field, model_validator

from catalog.problems import InputError, Problem
from catalog.rack_units import panel_height_mm
from mounts import panel
from mounts.geometry.flat import ROOF_DEG, Loop, Point, polygon, polygon_r, rectangle
from mounts.geometry.sheet import Sheet, joined
from mounts.hardware import cable_ties
from mounts.panel import PanelSpec
from mounts.part import Part, Room, part

Style = Literal["rings", "lacing"]

RING_WALL_MM = 4.0
RING_LONG_MM = 8.0  # along the panel: a ring carries its cables on this
GAP_MM = 5.0  # cables go in one by one through the gap at the ring's tip
GAP_LEAST_MM = 12.0  # between two rings, for fingers and plugs
FLOOR_MM = 3.0
TONGUE_MM = 12.0  # what a cable is tied down on; its waist holds the tie
WAIST_MM = (1.5, 4.0)  # how deep on each side, how long: a tie of 3.6 mm
TONGUE_LONG_MM = 14.0
TIE_MM = (2.2, 5.0)  # slots for a tie of up to 4.8 x 1.3 mm
RIB_MM = 2.4
SUNK_MM = 0.5  # how far a post reaches into the edges of what it parts
BRUSH_EDGE_MM = 6.0  # plate over and under the pass-through


class CableSpec(PanelSpec):
    """One row of rings, or one bar."""

    vents: bool = Field(False, description="Hexagon vents.")
    style: Style = Field(
        "rings", description="Rings before the panel, or a bar behind it to tie down on."
    )
    count: int | None = Field(
        None, ge=1, le=40, description="Rings or tongues; what spreads well if not given."
    )
    reach_mm: float | None = Field(
        None, ge=25, le=120, description="Depth of ring or bar (mm); 45 or 60 if not given."
    )
    window: bool = Field(True, description="A pass-through in the panel, where there is room.")

    @model_validator(mode="after")
    def _fits(self) -> "CableSpec":
        problems: list[Problem] = []
        if self.items > self.most:
            what = f"{self.items} {self.word} of {self.long_mm:g} mm do not fit side by side"
            near = f"the largest count that works is {self.most}"
            problems.append(
                Problem("cable", what, "count", None, f"1 to {self.most}", near),
            )
        if self.style == "rings":
            least = self.ring_height_mm / 2 * math.tan(math.radians(ROOF_DEG)) + 2 * RING_WALL_MM
            if self.deep_mm < least:
                what = f"a ring {self.ring_height_mm:g} mm high is closed by {least:.1f} mm"
                near = f"the smallest reach that works is {math.ceil(least)}"
                problems.append(Problem("cable", what, "reach_mm", nearest=near))
        if problems:
            raise InputError(*problems)
        return self

    @property
    def title(self) -> str:
        """Name of the part."""
        return f"cable-{self.style}-{self.items}-{self.standard.id}-{self.height_u:g}u"

    @property
    def word(self) -> str:
        """What is counted."""
        return "rings" if self.style == "rings" else "tongues"

    @property
    def long_mm(self) -> float:
        """Width of one ring or tongue."""
        return RING_LONG_MM if self.style == "rings" else TONGUE_MM

    @property
    def most(self) -> int:
        """The largest count that fits between the posts."""
        gap = GAP_LEAST_MM if self.style == "rings" else TIE_MM[1] + 3.0
        return math.floor((self.standard.body_max_mm + gap) / (self.long_mm + gap))

    @property
    def items(self) -> int:
        """How many."""
        pitch = 55.0 if self.style == "rings" else 26.0
        return self.count or max(2, math.floor(self.standard.body_max_mm / pitch) + 1)

    @property
    def deep_mm(self) -> float:
        """Depth of a ring or the bar."""
        return self.reach_mm or (60.0 if self.style == "lacing" else self._ring_reach())

    def _ring_reach(self) -> float:
        closed = self.ring_height_mm / 2 * math.tan(math.radians(ROOF_DEG)) + 2 * RING_WALL_MM
        return max(45.0, math.ceil(closed) + 8.0)

    @property
    def ring_height_mm(self) -> float:
        """Height of a ring: the panel's, but no more than two units, which hands can reach."""
        return min(panel_height_mm(self.height_u) - 3.0, 85.0)

    @property
    def middle_mm(self) -> float:
        """Middle of the panel's height, z."""
        return (self.bottom_mm + self.top_mm) / 2

    @property
    def places(self) -> tuple[float, ...]:
        """Middles of rings or tongues, x."""
        span = self.standard.body_max_mm - self.long_mm
        if self.items == 1:
            return (0.0,)
        return tuple(-span / 2 + i * span / (self.items - 1) for i in range(self.items))


@part("cable", CableSpec, takes="nothing")
def cable(spec: CableSpec) -> Part:
    r"""Cable management: rings before the panel, or a lacing bar behind it.

    rings, from the side              lacing, from above
       .---------||                  =========================   panel
     /           ||                  |   ||  ||   ||  ||     |   tie slots
    <  gap       || panel            |__   __   __   __   ___|
     \           ||                   _) (_   _) (_  _) (_       tongues: tie a cable down
       '---------||                  |____|  |____| |____|
    """
    rings = spec.style == "rings"
    sheets = _rings(spec) if rings else [_bar(spec), *_cheeks(spec)]
    tied = cable_ties(3.6, 2 * spec.items, "cables to bar, 140 mm long or so")
    return Part(
        name=spec.title,
        family="cable",
        body=joined([panel.sheet(spec, _window(spec)), *sheets]),
        up="-y" if rings else "+y",
        hardware=(panel.rack_screws(spec), *(() if rings else (tied,))),
        panel=panel.claim(spec),
        notes=("printed on the panel's back, rings up",) if rings else (),
        spare=tuple(_post(spec, window) for window in _window(spec)),
    )


def _post(spec: CableSpec, window: Loop) -> Room:
    """Return the room of a pass-through, its edges with it: a post may part it at a seam."""
    (x0, z0), (x1, z1) = _least(window), _most(window)
    return (x0, 0.0, z0 - SUNK_MM), (x1, spec.panel_mm, z1 + SUNK_MM)


def _least(loop: Loop) -> Point:
    return min(x for x, _ in loop.points), min(z for _, z in loop.points)


def _most(loop: Loop) -> Point:
    return max(x for x, _ in loop.points), max(z for _, z in loop.points)


def _window(spec: CableSpec) -> tuple[Loop, ...]:
    """The pass-through: between the rings, or over the bar; none where it would be a slit."""
    low = spec.bottom_mm + BRUSH_EDGE_MM + (FLOOR_MM if spec.style == "lacing" else 0.0)
    high = spec.top_mm - BRUSH_EDGE_MM
    if not spec.window or high - low < 14:
        return ()
    r = min(6.0, (high - low) / 2 - 0.5)
    half = spec.standard.body_max_mm / 2 - 8.0
    if spec.style == "lacing":
        return (rectangle((-half, low), (half, high), r),)
    spans = [
        (a + RING_LONG_MM / 2 + 4.0, b - RING_LONG_MM / 2 - 4.0) for a, b in pairwise(spec.places)
    ]
    return tuple(rectangle((a, low), (b, high), r) for a, b in spans if b - a > 2 * r + 6)


def _rings(spec: CableSpec) -> list[Sheet]:
    """Rings with a gap at the tip; both halves lean in at the roof's angle and carry themselves."""
    half, wall = spec.ring_height_mm / 2, RING_WALL_MM
    lean = math.tan(math.radians(ROOF_DEG))
    across = wall / math.cos(math.radians(ROOF_DEG))  # of the leaning wall, along y
    tip = -spec.deep_mm
    inner = half - wall
    gap = GAP_MM / 2
    foot = spec.panel_mm / 2
    shoulder = tip + (half - gap) * lean  # where the outer side begins to lean
    under = tip + across + (inner - gap) * lean
    upper: list[tuple[float, float, float]] = [
        (foot, half, 0.0),
        (shoulder, half, 4.0),
        (tip, gap, 0.8),
        (tip + across, gap, 0.8),
        (under, inner, 2.0),
        (foot, inner, 0.0),
    ]
    z = spec.middle_mm
    found: list[Sheet] = []
    for x in spec.places:
        for side in (1, -1):
            edge = polygon_r([(y, z + side * h, r) for y, h, r in upper])
            found.append(Sheet("yz", edge, x - RING_LONG_MM / 2, x + RING_LONG_MM / 2))
    return found


def _bar(spec: CableSpec) -> Sheet:
    """A floor behind the panel with tie slots, and tongues with a waist at its rear edge."""
    half = spec.standard.body_max_mm / 2
    front, rear = spec.panel_mm - 0.5, spec.panel_mm + spec.deep_mm - TONGUE_LONG_MM
    points: list[Point] = [(-half, front), (-half, rear)]
    for x in spec.places:
        points += [(x + dx, rear + dy) for dx, dy in _tongue()]
    points += [(half, rear), (half, front)]
    low = spec.bottom_mm
    edge = polygon(
        [p for i, p in enumerate(points) if i == 0 or math.dist(p, points[i - 1]) > 1e-6]
    )
    return Sheet("xy", edge, low, low + FLOOR_MM, _tie_slots(spec, rear))


def _tongue() -> list[Point]:
    """Return a tongue's outline from its left foot to its right one; the waist prints upright."""
    half, (deep, long) = TONGUE_MM / 2, WAIST_MM
    slope = deep * math.tan(math.radians(ROOF_DEG))
    right = [
        (half, 0.0),
        (half, 3.0),
        (half - deep, 3.0 + slope),
        (half - deep, 3.0 + slope + long),
        (half, 3.0 + 2 * slope + long),
        (half, TONGUE_LONG_MM - 2.0),
        (half - 2.0, TONGUE_LONG_MM),
    ]
    return [*((-x, y) for x, y in right), *reversed(right)]


def _tie_slots(spec: CableSpec, rear: float) -> tuple[Loop, ...]:
    """Return pairs of slots before each gap between tongues: for bundles across the bar."""
    wide, long = TIE_MM
    middles = [(a + b) / 2 for a, b in pairwise(spec.places)]
    y = (spec.panel_mm + rear) / 2
    return tuple(_tie_slot(x + dx, y, wide / 2, long / 2) for x in middles for dx in (-4.5, 4.5))


def _tie_slot(x: float, y: float, half: float, up: float) -> Loop:
    """A slot with a roof at its rear end, which is up on the bed."""
    tip = up + half * math.tan(math.radians(ROOF_DEG))
    corners = [(-half, -up), (half, -up), (half, up), (0.0, tip), (-half, up)]
    return polygon([(x + dx, y + dy) for dx, dy in corners])


def _cheeks(spec: CableSpec) -> list[Sheet]:
    """Triangles at both ends: they hold the bar up."""
    low, front = spec.bottom_mm, spec.panel_mm - 0.5
    rear = spec.panel_mm + spec.deep_mm - TONGUE_LONG_MM
    high = min(spec.top_mm - 2.0, low + 40.0)
    edge = polygon_r(
        [(front, low, 0.0), (rear, low, 0.0), (rear, low + 5.0, 2.0), (front, high, 0.0)]
    )
    half = spec.standard.body_max_mm / 2
    spans = ((-half, -half + RIB_MM), (half - RIB_MM, half))
    return [Sheet("yz", edge, left, right) for left, right in spans]
