"""A 19-inch panel that carries 10-inch gear."""

import math
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Literal

from pydantic import Field, model_validator

from catalog.load import load_catalog
from catalog.models import RackStandard
from catalog.problems import InputError, Problem
from catalog.rack_units import hole_heights_mm, panel_height_mm
from mounts import panel
from mounts.geometry.flat import Loop, Point, circle, polygon, polygon_r, rectangle
from mounts.geometry.sheet import Sheet, joined
from mounts.geometry.vents import Perforation
from mounts.hardware import nuts
from mounts.panel import PanelSpec
from mounts.part import Hardware, Part, part

Span = tuple[float, float]
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
TOUCH_MM = 0.01
KNOT_MM = 2.0  # round the middle of a cross: a bridge needs two ends
CROSS_LONG = 1.2  # of a cross of ribs, by its height
SHY_MM = 0.2  # crosses end a layer before what is round them: two faces in one plane make slivers
LEAST_BAR_MM = 2.0  # two and a half lines on each side of a core
LEAST_OPEN_MM = 10.0  # between bars: lower, and no gear's body passes
TEN_INCH_MM = 254.0  # the widest 10-inch panel, standards table


def _ten_inch() -> RackStandard:
    return load_catalog().standard("10in")


class AdapterSpec(PanelSpec):
    """One 10-inch bay in a 19-inch panel, in two halves or one piece; two bays do not fit."""

    panel_mm: float = Field(4.0, ge=3, le=8, description="Panel thickness (mm).")
    gear: RackStandard = Field(default_factory=_ten_inch, description="10in or 10in-250.")
    bays: int = Field(1, ge=1, le=4, description="10-inch openings side by side.")
    at: Literal["left", "middle", "right"] = Field("middle", description="Where the bay is.")
    thread: Thread = Field("m6-insert", description="What the gear's screws go into.")
    bar_mm: float = Field(
        0.0,
        ge=0,
        le=10,
        description="Bars over and under the opening; without any it is two halves (mm).",
    )
    piece: Literal["left", "right"] = Field("left", description="Which half, if it has no bars.")
    # Gear pulls at its front, its weight far behind: so deep, crossed ribs let its rear end sink by
    # half a millimetre; 14 mm uncrossed let it by 14.
    rib_mm: float = Field(34.0, ge=8, le=40, description="Depth of the ribs behind (mm).")

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
        if 0 < self.bar_mm < LEAST_BAR_MM:
            what = f"bars of {self.bar_mm:g} mm break"
            near = f"bar_mm = 0, or bar_mm = {LEAST_BAR_MM:g}"
            problems.append(Problem("adapter", what, "bar_mm", None, "0, or 2 to 10", near))
        if self.opening_height_mm < LEAST_OPEN_MM:
            what = f"bars of {self.bar_mm:g} mm leave {self.opening_height_mm:.2f} mm open"
            most = math.floor(5 * (panel_height_mm(self.height_u) - LEAST_OPEN_MM)) / 10
            limit = f"{LEAST_OPEN_MM:g} mm at least in {self.height_u:g}U"
            near = f"the widest bar that works is {most:g}, or use 1U"
            problems.append(Problem("adapter", what, "bar_mm", None, limit, near))
        if self.bar_mm and self.piece == "right":
            what = "with bars it is one piece"
            problems.append(Problem("adapter", what, "piece", nearest="leave it out"))
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
        half = "" if self.whole else f"-{self.piece}-half"
        where = f"{self.gear.id}-{self.at}-{self.thread}-{self.standard.id}-{self.height_u:g}u"
        return f"adapter-{where}{half}"

    @property
    def whole(self) -> bool:
        """Whether bars join both sides of the opening."""
        return self.bar_mm > 0

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
            for side in self.sides
            for z in hole_heights_mm(self.height_u, self.start)
        )

    @property
    def sides(self) -> tuple[int, ...]:
        """Which sides of the opening the part has: -1 left, 1 right."""
        return (-1, 1) if self.whole else ((-1,) if self.piece == "left" else (1,))

    @property
    def opening_height_mm(self) -> float:
        """Height of the opening: what a body behind the gear's panel may have."""
        return panel_height_mm(self.height_u) - 2 * self.bar_mm


@part("adapter", AdapterSpec, takes="nothing")
def adapter(spec: AdapterSpec) -> Part:
    """A 19-inch panel with a 10-inch bay: opening, threads at the 10-inch pitch, ribs behind.

    Gear whose body is as high as its panel leaves no room for bars: then it is two halves, which
    the gear's panel joins. With bars it is one piece, for lower gear.

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
    return Part(
        name=spec.title,
        family="adapter",
        body=joined([_front(spec), *_behind(spec)]),
        up="+y",
        perforations=_vents(spec) if spec.vents else (),
        hardware=(
            _rack_screws(spec),
            replace(BUY[spec.thread], count=len(spec.holes)),
        ),
        panel=panel.claim(spec) if spec.whole else None,
        notes=(_note(spec),),
    )


def _note(spec: AdapterSpec) -> str:
    if spec.whole:
        high = spec.opening_height_mm
        return f"gear up to {high:.2f} mm high behind its panel passes the opening"
    other = "right" if spec.piece == "left" else "left"
    return f"one half of two: print the {other} one too; the gear's own panel joins both"


def _rack_screws(spec: AdapterSpec) -> Hardware:
    both = panel.rack_screws(spec)
    return replace(both, count=both.count * len(spec.sides) // 2)


def _front(spec: AdapterSpec) -> Sheet:
    """Return the panel, or the half of it that stands beside the opening."""
    drills = tuple(circle(at, SEATS[spec.thread][0]) for at in spec.holes)
    if spec.whole:
        return panel.sheet(spec, (_opening(spec), *drills))
    (side,) = spec.sides
    outer = side * spec.standard.panel_width_mm / 2
    edge = _half(spec, outer, panel.CORNER_MM)
    slots = tuple(loop for loop in panel.slots(spec) if loop.points[0][0] * side > 0)
    return Sheet("xz", edge, 0.0, spec.panel_mm, (*slots, *drills), panel.BROKEN_EDGE_MM)


def _half(spec: AdapterSpec, outer: float, radius: float) -> Loop:
    """Return the outline of a half from its outer end to the opening."""
    (side,) = spec.sides
    inner = spec.middle_mm + side * spec.gear.opening_mm / 2
    ends = sorted([(inner, 1.0), (outer, radius)])
    (left, r0), (right, r1) = ends
    low, high = spec.bottom_mm, spec.top_mm
    return polygon_r([(left, low, r0), (right, low, r1), (right, high, r1), (left, high, r0)])


def _opening(spec: AdapterSpec) -> Loop:
    half, bar = spec.gear.opening_mm / 2, spec.bar_mm
    x = spec.middle_mm
    return rectangle((x - half, spec.bottom_mm + bar), (x + half, spec.top_mm - bar), 1.0)


def _behind(spec: AdapterSpec) -> list[Sheet]:
    """Posts with the nuts' seats up to the clearance holes, bars, and frames behind the fillers."""
    half = spec.standard.body_max_mm / 2
    seats = tuple(_seat(spec, at) for at in spec.holes)
    holes = (*seats, *_pockets(spec))
    if spec.whole:
        edge = rectangle((-half, spec.bottom_mm), (half, spec.top_mm), 2.0)
        holes = (_opening(spec), *holes)
    else:
        edge = _half(spec, spec.sides[0] * half, 2.0)
    span = spec.panel_mm - 0.5, spec.end_mm
    crossed = [Sheet("xz", bar, span[0], span[1] - SHY_MM) for bar in _crosses(spec)]
    return [Sheet("xz", edge, *span, holes), *crossed]


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
    every = {-1: (-half, spec.middle_mm - post), 1: (spec.middle_mm + post, half)}
    spans = [every[side] for side in spec.sides]
    return tuple(rectangle((a, low), (b, high), 1.5) for a, b in spans if b - a > 8)


def _crosses(spec: AdapterSpec) -> list[Loop]:
    """Return ribs from corner to corner of the hollows, which keep the filler from twisting."""
    found: list[Loop] = []
    for pocket in _pockets(spec):
        low, high = min(z for _, z in pocket.points), max(z for _, z in pocket.points)
        for a, b in _fields(pocket):
            found += [_bar((a, low), (b, high)), _bar((a, high), (b, low))]
    return found


def _fields(pocket: Loop) -> list[Span]:
    """Return from where to where, x, each cross of a hollow reaches."""
    xs, zs = [x for x, _ in pocket.points], [z for _, z in pocket.points]
    long, tall = max(xs) - min(xs), max(zs) - min(zs)
    many = max(1, round(long / (CROSS_LONG * tall)))
    ends = [min(xs) + long * k / many for k in range(many + 1)]
    return list(pairwise(ends))


def _bar(a: Point, b: Point) -> Loop:
    """Return a bar from one place to another, its ends in the frame round it."""
    (dx, dz), half = (b[0] - a[0], b[1] - a[1]), RIB_MM / 2
    long = math.hypot(dx, dz)
    u, v = dx / long, dz / long
    start, end = (a[0] - u, a[1] - v), (b[0] + u, b[1] + v)
    return polygon(
        [
            (start[0] + v * half, start[1] - u * half),
            (end[0] + v * half, end[1] - u * half),
            (end[0] - v * half, end[1] + u * half),
            (start[0] - v * half, start[1] + u * half),
        ]
    )


def _vents(spec: AdapterSpec) -> tuple[Perforation, ...]:
    """Return holes all over the fillers: ribs bridge them, but none lies where two ribs cross."""
    span, middle = (0.0, spec.panel_mm), (spec.bottom_mm + spec.top_mm) / 2
    found: list[Perforation] = []
    for pocket in _pockets(spec):
        knots = [circle(((a + b) / 2, middle), KNOT_MM) for a, b in _fields(pocket)]
        for group in spec.grid.through("xz", span, pocket, knots):
            found += _parted(group, _crosses(spec))
    return tuple(found)


def _parted(group: Perforation, bars: Sequence[Loop]) -> list[Perforation]:
    """Return holes in two groups: those that nothing runs over, and those that ribs bridge."""
    import shapely  # noqa: PLC0415 - heavy

    ribs = shapely.union_all([shapely.Polygon(bar.points) for bar in bars])
    cells = [shapely.Polygon([(x + u, z + w) for u, w in group.cell]) for x, z in group.centers]
    under = [bool(cell.distance(ribs) < TOUCH_MM) for cell in cells]
    parted = {
        bridged: tuple(at for at, one in zip(group.centers, under, strict=True) if one == bridged)
        for bridged in (False, True)
    }
    return [replace(group, centers=at, bridged=one) for one, at in parted.items() if at]
