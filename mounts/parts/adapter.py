"""A 19-inch panel that carries 10-inch gear."""

import math
from dataclasses import replace
from typing import Literal

from pydantic import Field, model_validator

from catalog.load import load_catalog
from catalog.models import RackStandard
from catalog.problems import InputError, Problem
from catalog.rack_units import hole_heights_mm, panel_height_mm
from mounts import panel
from mounts.geometry.flat import Loop, Point, circle, polygon, rectangle
from mounts.geometry.sheet import Sheet, joined
from mounts.geometry.vents import Perforation
from mounts.hardware import nuts
from mounts.panel import PanelSpec
from mounts.part import Hardware, Part, part

Thread = Literal["m6-insert", "m6-nut", "10-32-nut"]

SCREW_HEAD_MM = 13.0  # M6 pan head and its washer, on the 19-inch slots beside the gear

# Hole in front and seat behind, mm: clearance (ISO 273 normal; #10 by its table), across flats or
# diameter, depth. Nuts: ISO 4032 M6 10.0 x 5.2, ASME B18.6.3 #10 9.53 x 3.3 (3/8 x 1/8 in, its
# largest); 0.2 of play. Insert: catalogue, ruthex M6, 12.7 long in 8.0. Under the lowest M6 nut two
# lines of wall are left, 0.85 mm: it only closes the seat, the four slanting sides hold the nut.
SEATS: dict[Thread, tuple[float, float, float]] = {
    "m6-insert": (6.6, 8.0, 13.0),
    "m6-nut": (6.6, 10.2, 5.6),
    "10-32-nut": (5.6, 9.7, 3.8),
}
BAY = "from behind: the 10-inch bay's threads"
BUY: dict[Thread, Hardware] = {
    "m6-insert": Hardware(
        "M6 x 12.7 heat-set insert", 1, BAY, kind="insert", thread="M6", length_mm=12.7
    ),
    "m6-nut": nuts("M6", 1, BAY),
    "10-32-nut": nuts("#10-32", 1, BAY),
}
RIB_MM = 2.4
TEN_INCH_MM = 254.0  # the widest 10-inch panel, standards table


def _ten_inch() -> RackStandard:
    return load_catalog().standard("10in")


class AdapterSpec(PanelSpec):
    """One 10-inch bay in a 19-inch panel; two do not fit, and the check says why."""

    panel_mm: float = Field(4.0, ge=3, le=8, description="Panel thickness (mm).")
    gear: RackStandard = Field(default_factory=_ten_inch, description="10in or 10in-250.")
    bays: int = Field(1, ge=1, le=4, description="10-inch openings side by side.")
    at: Literal["left", "middle", "right"] = Field("middle", description="Where the bay is.")
    thread: Thread = "m6-insert"
    bar_mm: float = Field(3.0, ge=2, le=10, description="Bars over and under the opening (mm).")
    rib_mm: float = Field(14.0, ge=8, le=40, description="Depth of the ribs behind (mm).")

    @model_validator(mode="after")
    def _fits(self) -> "AdapterSpec":
        problems: list[Problem] = []
        room = self.standard.panel_width_mm
        if self.gear.panel_width_mm > TEN_INCH_MM:
            what = f"a {self.gear.id} panel is {self.gear.panel_width_mm:g} mm wide, no 10-inch one"
            near = "gear = '10in'"
            problems.append(Problem("adapter", what, "gear", None, "10in, 10in-250", near))
        elif room < self.gear.panel_width_mm + 2 * SCREW_HEAD_MM:
            what = f"a {self.standard.id} panel is {room:g} mm wide, the gear it would carry too"
            problems.append(Problem("adapter", what, "standard", None, "19in", "use a 19in rack"))
        elif self.bays > 1:
            needs = self.bays * self.gear.panel_width_mm
            between = self.bays * self.gear.opening_mm + (self.bays + 1) * self.gear.post_width_mm
            what = (
                f"{self.bays} panels of {self.gear.panel_width_mm:g} mm are {needs:g} mm wide, "
                f"more than the {room:g} mm panel; sharing posts they still need {between:g} of "
                f"the {self.standard.body_max_mm:g} mm between the 19-inch posts"
            )
            near = "the largest count that works is 1"
            problems.append(Problem("adapter", what, "bays", None, "1", near))
        least = SEATS[self.thread][2] + 1.0
        if self.rib_mm < least:
            what = f"{self.thread} needs {least:g} mm behind the panel"
            near = f"the smallest depth that works is {least:g}"
            problems.append(Problem("adapter", what, "rib_mm", nearest=near))
        if problems:
            raise InputError(*problems)
        return self

    @property
    def title(self) -> str:
        """Name of the part."""
        return (
            f"adapter-{self.gear.id}-{self.at}-{self.thread}-{self.standard.id}-{self.height_u:g}u"
        )

    @property
    def middle_mm(self) -> float:
        """Middle of the bay, x: as far out as the posts and the outer screws allow."""
        side = {"left": -1.0, "middle": 0.0, "right": 1.0}[self.at]
        posts = (self.standard.body_max_mm - self.gear.panel_width_mm) / 2
        heads = (self.standard.hole_pitch_mm - SCREW_HEAD_MM - self.gear.panel_width_mm) / 2
        return side * (min(posts, heads) - 0.5)

    @property
    def end_mm(self) -> float:
        """Rear end of ribs and posts, y."""
        return self.panel_mm + self.rib_mm

    @property
    def holes(self) -> tuple[Point, ...]:
        """Middles of the 10-inch holes in (x, z), at EIA heights."""
        half = self.gear.hole_pitch_mm / 2
        return tuple(
            (self.middle_mm + side * half, z)
            for side in (-1, 1)
            for z in hole_heights_mm(self.height_u, self.start)
        )

    @property
    def opening_height_mm(self) -> float:
        """Height of the opening: what a body behind the gear's panel may have."""
        return panel_height_mm(self.height_u) - 2 * self.bar_mm


@part("adapter", AdapterSpec, takes="nothing")
def adapter(spec: AdapterSpec) -> Part:
    """A 19-inch panel with a 10-inch bay: opening, threads at the 10-inch pitch, ribs behind.

    |<------------------ 482.6 ----------------->|
    +---+-----+--+------------------+--+-----+---+     behind each hole:
    | = |     |o |                  |o |     | = |     +--+------.
    | = |     |o |   222.25 open    |o |     | = |     |  |______|   clearance in front,
    | = |     |o |                  |o |     | = |   ->|   ______    nut or insert from behind
    +---+-----+--+------------------+--+-----+---+     |  |      |
         filler |<---- 236.525 ---->|   filler         +--+------'
    """
    if spec.bays != 1:  # the spec has refused it
        raise ValueError("only one bay fits")
    front = SEATS[spec.thread][0]
    windows = (_opening(spec), *(circle(at, front) for at in spec.holes))
    return Part(
        name=spec.title,
        family="adapter",
        body=joined([panel.sheet(spec, windows), *_behind(spec)]),
        up="+y",
        perforations=_vents(spec) if spec.vents else (),
        hardware=(
            panel.rack_screws(spec),
            replace(BUY[spec.thread], count=len(spec.holes)),
        ),
        panel=panel.claim(spec),
        notes=(
            f"gear up to {spec.opening_height_mm:.2f} mm high behind its panel passes the opening",
        ),
    )


def _opening(spec: AdapterSpec) -> Loop:
    half, bar = spec.gear.opening_mm / 2, spec.bar_mm
    x = spec.middle_mm
    return rectangle((x - half, spec.bottom_mm + bar), (x + half, spec.top_mm - bar), 1.0)


def _behind(spec: AdapterSpec) -> list[Sheet]:
    """Posts with the nuts' seats up to the clearance holes, bars, and frames behind the fillers."""
    half = spec.standard.body_max_mm / 2
    edge = rectangle((-half, spec.bottom_mm), (half, spec.top_mm), 2.0)
    seats = tuple(_seat(spec, at) for at in spec.holes)
    holes = (_opening(spec), *seats, *_pockets(spec))
    return [Sheet("xz", edge, spec.panel_mm - 0.5, spec.end_mm, holes)]


def _seat(spec: AdapterSpec, at: Point) -> Loop:
    across = SEATS[spec.thread][1]
    if spec.thread.endswith("insert"):
        return circle(at, across)
    r = across / math.sqrt(3)  # corners left and right, so that a nut stands clear of the next
    angles = (math.radians(60 * k) for k in range(6))
    return polygon([(at[0] + r * math.cos(t), at[1] + r * math.sin(t)) for t in angles])


def _pockets(spec: AdapterSpec) -> tuple[Loop, ...]:
    """Return the hollows behind the fillers beside the bay; none where it is too narrow."""
    half = spec.standard.body_max_mm / 2 - RIB_MM
    post = spec.gear.opening_mm / 2 + spec.gear.post_width_mm
    low, high = spec.bottom_mm + RIB_MM, spec.top_mm - RIB_MM
    spans = [(-half, spec.middle_mm - post), (spec.middle_mm + post, half)]
    return tuple(rectangle((a, low), (b, high), 1.5) for a, b in spans if b - a > 8)


def _vents(spec: AdapterSpec) -> tuple[Perforation, ...]:
    span = (0.0, spec.panel_mm)
    return tuple(
        hole for pocket in _pockets(spec) for hole in spec.grid.through("xz", span, pocket)
    )
