"""A rack ear for a box with screw holes in its sides; one part is one side."""

import math
from functools import cached_property
from typing import Literal

from pydantic import Field, model_validator

from catalog.models import Screw
from catalog.problems import InputError, Problem
from catalog.rack_units import panel_height_mm, smallest_height_u
from mounts import hardware, panel
from mounts.geometry.flat import ROOF_DEG, Loop, Point, polygon
from mounts.geometry.sheet import Sheet, joined
from mounts.panel import PanelSpec
from mounts.part import Hardware, Part, part

M4_MM = 4.5  # ISO 273, normal: what boxes with ears of their own take most often
EDGE_MM = 3.0  # plate left round a hole
RIB_MM = 3.0
LEAST_RIB_MM = 8.0  # a corner narrower than this is left plain
DEEPEST_RIB_MM = 25.0
BEVEL_MM = 2.5
LEAST_PITCH_MM = 6.0
TALLEST_U = 12.0  # of any panel
NOSE_MM = 4.0  # plate before the first hole and behind the last


class EarsSpec(PanelSpec):
    """An ear whose wing lies against a box; its holes count from the panel's rear face."""

    vents: bool = Field(False, description="Hexagon vents.")
    panel_mm: float = Field(4.0, ge=3, le=8, description="Flange thickness (mm).")
    side: Literal["left", "right"] = Field("left", description="As seen from the front.")
    box_width_mm: float | None = Field(
        None, ge=50, le=446, description="As wide as fits if not given (mm)."
    )
    wing_mm: float = Field(4.0, ge=2, le=8, description="Thickness of the wing (mm).")
    screw: Screw | None = Field(None, description="M4 if not given.")
    first_hole_mm: float | None = Field(
        None, ge=4, le=300, description="First hole behind the panel; clear of the rib (mm)."
    )
    columns: int = Field(2, ge=1, le=6, description="Holes from front to rear.")
    column_pitch_mm: float = Field(
        25.0, ge=LEAST_PITCH_MM, le=200, description="From one column of holes to the next (mm)."
    )
    rows: int = Field(1, ge=1, le=6, description="Holes one above another.")
    row_pitch_mm: float = Field(
        20.0, ge=LEAST_PITCH_MM, le=200, description="From one row of holes to the next (mm)."
    )

    @model_validator(mode="after")
    def _fits(self) -> "EarsSpec":
        problems: list[Problem] = []
        widest = self.standard.body_max_mm - 2 * self.wing_mm
        if self.box_mm > widest + 1e-9:
            what = f"a box {self.box_mm:g} mm wide and two wings do not pass between the posts"
            near = f"the widest box that works is {widest:g} mm"
            problems.append(Problem("ears", what, "box_width_mm", None, f"50 to {widest:g}", near))
        reach = (self.rows - 1) * self.row_pitch_mm + self.hole_mm + 2 * EDGE_MM
        room = panel_height_mm(self.height_u)
        if reach > room + 1e-9:
            what = f"{self.rows} holes at {self.row_pitch_mm:g} mm need {reach:g} mm of height"
            near = self._room_for(reach)
            problems.append(Problem("ears", what, "height", None, f"up to {room:.2f} mm", near))
        for key, pitch in (("column", self.column_pitch_mm), ("row", self.row_pitch_mm)):
            least = self.hole_mm + EDGE_MM
            if pitch < least and (self.columns if key == "column" else self.rows) > 1:
                what = f"holes of {self.hole_mm:g} mm at {pitch:g} mm leave no plate between them"
                near = f"the smallest pitch that works is {least:g} mm"
                problems.append(Problem("ears", what, f"{key}_pitch_mm", nearest=near))
        problems += self._behind_the_flange()
        if problems:
            raise InputError(*problems)
        return self

    def _behind_the_flange(self) -> list[Problem]:
        """A hole keeps plate between itself and the flange, and a screw's head its room."""
        least = self.hole_mm / 2 + EDGE_MM
        if self.first_mm >= least - 1e-9:
            return []
        what = f"a hole of {self.hole_mm:g} mm at {self.first_mm:g} mm runs into the flange"
        near = f"the smallest value that works is {least:g} mm"
        return [Problem("ears", what, "first_hole_mm", None, f"{least:g} to 300", near)]

    def _room_for(self, reach_mm: float) -> str:
        """Say which height holds the holes, and which pitch, where there is one that works."""
        taller = smallest_height_u(reach_mm)
        over = reach_mm - panel_height_mm(self.height_u)
        most = math.floor(100 * (self.row_pitch_mm - over / max(1, self.rows - 1)) + 1e-6) / 100
        found = [f"use {taller:g}U"] if taller <= TALLEST_U else []
        if most >= max(LEAST_PITCH_MM, self.hole_mm + EDGE_MM):
            found.append(f"a pitch of {most:g} mm")
        return ", or ".join(found)

    @property
    def title(self) -> str:
        """Name of the part."""
        return f"ear-{self.side}-{self.box_mm:g}-{self.standard.id}-{self.height_u:g}u"

    @property
    def box_mm(self) -> float:
        """Width of the box."""
        return self.box_width_mm or self.standard.body_max_mm - 2 * self.wing_mm

    @property
    def hole_mm(self) -> float:
        """Diameter of the holes for the box's screws."""
        return self.screw.normal_mm if self.screw else M4_MM

    @property
    def first_mm(self) -> float:
        """First hole behind the flange: close, or behind as deep a rib as is of use."""
        rib = min(self.corner_mm, DEEPEST_RIB_MM) if self.corner_mm >= LEAST_RIB_MM else 0.0
        return 12.0 + rib if self.first_hole_mm is None else self.first_hole_mm

    @property
    def rib_reach_mm(self) -> float:
        """How far the rib runs along the wing: a driver must reach the first screw past it."""
        if self.corner_mm < LEAST_RIB_MM:
            return 0.0
        return min(1.5 * self.corner_mm, self.first_mm - self.hole_mm - 1.0)

    @property
    def depth_mm(self) -> float:
        """Rear end of the wing, y."""
        last = self.first_mm + (self.columns - 1) * self.column_pitch_mm
        return self.panel_mm + last + self.hole_mm / 2 + NOSE_MM

    @property
    def corner_mm(self) -> float:
        """Width of the corner that a rib may fill: from the wing out to where the post begins."""
        return self.standard.body_max_mm / 2 - self.box_mm / 2 - self.wing_mm

    @cached_property
    def holes(self) -> tuple[Point, ...]:
        """Middles of the holes in (y, z)."""
        middle = (self.bottom_mm + self.top_mm) / 2
        low = middle - (self.rows - 1) * self.row_pitch_mm / 2
        return tuple(
            (
                self.panel_mm + self.first_mm + i * self.column_pitch_mm,
                low + j * self.row_pitch_mm,
            )
            for i in range(self.columns)
            for j in range(self.rows)
        )


@part("ears", EarsSpec, takes="nothing")
def ears(spec: EarsSpec) -> Part:
    r"""A rack ear for a box with screw holes in its sides, left or right.

      seen from above                          seen from the side
    panel edge          box                     ___________________
       |================|                      |    |              |
              \\  rib  ||  wing, against       |    |  o        o  |   holes for the box's screws
                \\     ||  the box's side      |____|______________|
                  \\___||                      flange
    """
    sheets = [_flange(spec), _wing(spec)]
    if spec.rib_reach_mm >= LEAST_RIB_MM:
        sheets.append(_rib(spec))
    count = len(spec.holes)
    screw = spec.screw.thread if spec.screw else "M4"
    use = f"box to ear; {spec.wing_mm:g} mm longer than in the box alone"
    return Part(
        name=spec.title,
        family="ears",
        body=joined(sheets),
        up="+z",
        hardware=(
            hardware.rack_screws(panel.rack_screws(spec).count // 2, spec.panel_mm, "ear to rack"),
            Hardware(f"{screw} screw", count, use, kind="screw", thread=screw),
        ),
        notes=("one ear of two: the other side is a part of its own, side=left or side=right",),
    )


def _x(spec: EarsSpec, x: float) -> float:
    """Return x on the ear's own side; drawn for the right."""
    return x if spec.side == "right" else -x


def _flange(spec: EarsSpec) -> Sheet:
    inner, outer = spec.box_mm / 2, spec.standard.panel_width_mm / 2
    low, high = spec.bottom_mm, spec.top_mm
    corners = [(inner, low), *_nose(outer, low, high), (inner, high)]
    edge = polygon([(_x(spec, x), z) for x, z in corners])
    own = tuple(loop for loop in panel.slots(spec) if _x(spec, loop.points[0][0]) > 0)
    return Sheet("xz", edge, 0.0, spec.panel_mm, own)


def _wing(spec: EarsSpec) -> Sheet:
    near, far = sorted(
        (_x(spec, spec.box_mm / 2), _x(spec, spec.box_mm / 2 + spec.wing_mm)),
    )
    low, high, rear = spec.bottom_mm, spec.top_mm, spec.depth_mm
    edge = polygon([(0.0, low), *_nose(rear, low, high), (0.0, high)])
    return Sheet("yz", edge, near, far, tuple(_drop(at, spec.hole_mm) for at in spec.holes))


def _nose(end: float, low: float, high: float) -> list[Point]:
    """Return an end's corners, bevelled and not rounded: the lower one prints in the air."""
    rise = BEVEL_MM * math.tan(math.radians(ROOF_DEG))
    return [
        (end - BEVEL_MM, low),
        (end, low + rise),
        (end, high - rise),
        (end - BEVEL_MM, high),
    ]


def _drop(at: Point, diameter: float) -> Loop:
    """A hole with a roof: printed upright it needs no support."""
    y, z = at
    r, start, steps = diameter / 2, 90.0 - ROOF_DEG, 24
    angles = [start - (180.0 + 2 * start) * k / steps for k in range(steps + 1)]
    points = [
        (y + r * math.cos(math.radians(a)), z + r * math.sin(math.radians(a))) for a in angles
    ]
    return polygon([*points, (y, z + r / math.cos(math.radians(ROOF_DEG)))])


def _rib(spec: EarsSpec) -> Sheet:
    """A slanting rib, the ear's full height: the layers run along the pull, not across it."""
    wing = spec.box_mm / 2 + spec.wing_mm
    back, reach = spec.panel_mm, spec.rib_reach_mm
    corner = min(spec.corner_mm, 2.0 * reach)  # flatter, it would be thicker than it is long
    tip = wing + corner
    wide = RIB_MM * math.hypot(1.0, corner / reach)
    corners = [
        (wing - 0.5, back + reach),
        (wing - 0.5, back + reach - wide),
        (tip - wide * corner / reach, back - 0.5),
        (tip, back - 0.5),
        (tip, back),
        (wing, back + reach),
    ]
    edge = polygon([(_x(spec, x), y) for x, y in corners])
    return Sheet("xy", edge, spec.bottom_mm, spec.top_mm)
