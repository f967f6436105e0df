"""The calibration print: one small piece that gives the figures a printer and a filament need."""

from typing import ClassVar

from pydantic import Field, model_validator

from catalog.models import RackStandard
from catalog.problems import InputError, Problem
from mounts.geometry.digits import figure
from mounts.geometry.flat import Loop, Point, circle, polygon, polygon_r, rectangle, slot
from mounts.geometry.sheet import Sheet, joined
from mounts.panel import SLOT_HEIGHT_MM, SLOT_LENGTH_MM
from mounts.part import Part, PartSpec, part

SIZE_MM = (100.0, 70.0, 12.0)
BASE_MM = 3.0
DOT_MM = 1.6
DOT_PITCH_MM = 2.8

# Core holes for cutting a thread into plastic, and holes for heat-set inserts, mm: the catalogue's
# screws (tap_soft_mm) and inserts (hole_d_mm).
HOLES_MM: dict[str, float] = {
    "M2.5": 2.05,
    "M3": 2.5,
    "M4": 3.3,
    "insert M2.5 or M3": 4.0,
    "insert M4": 5.6,
}
HOLE_X_MM = (8.0, 17.5, 28.0, 40.0, 54.0)
CORE_MM = HOLES_MM["M3"]
CORES_MM = (2.3, 2.4, 2.5, 2.6, 2.7)  # round it: which one does an M3 hold in without a split?
CORE_X_MM = (66.0, 73.0, 80.0, 87.0, 94.0)
BLOCK: tuple[Point, Point] = ((2.0, 44.0), (98.0, 54.5))
SLIDES_MM = (0.05, 0.1, 0.15, 0.2, 0.3, 0.4)  # play of the key in a groove, each side
GROOVE_PITCH_MM = 9.6
GROOVE_X_MM = 7.0
GROOVE_WALL_MM = 3.0
GROOVE_DEEP_MM = 5.0
WALLS_MM = (0.4, 0.8, 1.2, 1.6, 2.0, 2.4)  # one to six lines of a 0.4 mm nozzle
WALL_PITCH_MM = 12.0
GAUGE_MM = 10.0  # across the tower: its foot less its top is the elephant's foot
KEY_MM = (24.0, 12.0)
KEY_AT: Point = (68.0, 25.5)
TABS_MM = (1.2, 0.8)  # the key breaks off these: width, height
FIGURE_MM = 0.8  # four layers
RACK_AT: Point = (30.0, 63.5)
FIGURES_AT: tuple[Point, Point] = ((41.0, 60.2), (9.0, 60.2))  # what the posts are apart, x and y
# Three posts at the corners: what is between their outer and between their inner faces. A line too
# wide makes the one larger and the other smaller, so that the two together are shrink alone.
POST_MM = 5.0
BARS_MM = {
    "x": (SIZE_MM[0], SIZE_MM[0] - 2 * POST_MM),
    "y": (SIZE_MM[1], SIZE_MM[1] - 2 * POST_MM),
}


class CouponSpec(PartSpec):
    """The same print for every rack; rack and height are taken and not used."""

    thinnest_mm: ClassVar[float] = WALLS_MM[0]
    standard: RackStandard | None = None
    height_u: float = Field(1.0, ge=0.5, le=12)
    plate_mm: float = Field(
        1.6, ge=0.8, le=8.0, description="Thickness of the key: that of a sled's plate (mm)."
    )

    @model_validator(mode="after")
    def _fits(self) -> "CouponSpec":
        widest = GROOVE_PITCH_MM - 2 * max(SLIDES_MM) - GROOVE_WALL_MM
        if self.plate_mm > widest + 1e-9:
            what = f"a key {self.plate_mm:g} mm thick leaves no walls between the grooves"
            near = f"the largest that works is {widest:g}"
            raise InputError(Problem("coupon", what, "plate_mm", None, f"0.8 to {widest:g}", near))
        return self

    @property
    def title(self) -> str:
        """Name of the part."""
        return f"coupon-{self.plate_mm:g}"


@part("coupon", CouponSpec, takes="nothing")
def coupon(spec: CouponSpec) -> Part:
    """A calibration print: holes, grooves and their key, walls, posts, rack slot, tower.

    +--+--------------------------------------+--+  ^
    +--+      ( rack slot )                   +--+  |   posts: 100 and 90, 70 and 60
    |  o    o    O    O    O  holes  o o o o o   |  |   M3 cores on the right
    | |_|  |_|  |_|  |_|  (grooves)   +-- key --+|  70
    |  '    |    |    |    |    |    +-+---------+  |
    +--+   walls 0.4 ... 2.4         |=[tower]      v
    +--+-----------------------------+
    |<------------------ 100 ------------------>|      dots count: 1 is the first of its row
    """
    sheets = [
        _base(),
        Sheet("xy", rectangle(*BLOCK, 1.0), 0.0, SIZE_MM[2], _core_holes()),
        _grooves(spec),
        *_walls(),
        *_posts(),
        *_figures(),
        *_tower(),
        *_key(spec),
    ]
    return Part(name=spec.title, family="coupon", body=joined(sheets), up="+z", notes=_legend(spec))


def _legend(spec: CouponSpec) -> tuple[str, ...]:
    slides, walls, cores = (
        ", ".join(f"{v:g}" for v in values) for values in (SLIDES_MM, WALLS_MM, CORES_MM)
    )
    return (
        f"holes, by dots: {', '.join(f'{name} {d:g} mm' for name, d in HOLES_MM.items())}",
        f"beside them core holes for M3, by dots: {cores} mm",
        f"grooves, by dots: {slides} mm of play each side; break off the key of {spec.plate_mm:g}"
        " mm and take the tightest it slides in",
        f"walls, by dots: {walls} mm",
        f"tower: {GAUGE_MM:g} mm across; foot less top is the elephant's foot",
        f"posts: {_bar('x')} in the long way, {_bar('y')} across, outer and inner faces",
        f"slot: {SLOT_LENGTH_MM:g} x {SLOT_HEIGHT_MM:g} mm; an M6 screw must pass",
        "`rackpress calibrate` asks for what to measure",
    )


def _bar(axis: str) -> str:
    outer, inner = BARS_MM[axis]
    return f"{outer:g} and {inner:g} mm"


def _base() -> Sheet:
    width, depth, _ = SIZE_MM
    corners = [(0, 0), (80, 0), (80, 23), (width, 23), (width, depth), (0, depth)]
    x, y = KEY_AT
    window = rectangle((x - 2.0, y - 1.0), (x + KEY_MM[0] + 2.0, y + KEY_MM[1] + 2.0), 1.0)
    rack = slot(RACK_AT, SLOT_LENGTH_MM, SLOT_HEIGHT_MM)
    holes = (window, rack, *_core_holes(), *_dots())
    return Sheet("xy", polygon(corners, 2.0), 0.0, BASE_MM, holes)


def _core_holes() -> tuple[Loop, ...]:
    middle = (BLOCK[0][1] + BLOCK[1][1]) / 2
    across = (*HOLES_MM.values(), *CORES_MM)
    found = zip((*HOLE_X_MM, *CORE_X_MM), across, strict=True)
    return tuple(circle((x, middle), diameter) for x, diameter in found)


def _dots() -> tuple[Loop, ...]:
    """Return the dots that number holes, cores, grooves and walls, in lines as long as fit."""
    rows = [
        (HOLE_X_MM, 57.0, 5),
        (CORE_X_MM, 57.0, 2),
        (_groove_middles(), 38.4, 3),
        (_wall_middles(), 17.5, 3),
    ]
    found: list[Loop] = []
    for middles, y, longest in rows:
        for count, x in enumerate(middles, start=1):
            left = x - (min(count, longest) - 1) / 2 * DOT_PITCH_MM
            for index in range(count):
                line, place = divmod(index, longest)
                at = (left + place * DOT_PITCH_MM, y + line * DOT_PITCH_MM)
                found.append(circle(at, DOT_MM))
    return tuple(found)


def _groove_middles() -> tuple[float, ...]:
    return tuple(GROOVE_X_MM + i * GROOVE_PITCH_MM for i in range(len(SLIDES_MM)))


def _wall_middles() -> tuple[float, ...]:
    return tuple(8.0 + i * WALL_PITCH_MM for i in range(len(WALLS_MM)))


def _grooves(spec: CouponSpec) -> Sheet:
    """A comb whose gaps take the key's edge, each a little looser."""
    low, high, rear = 2.0, _groove_middles()[-1] + GROOVE_PITCH_MM / 2 + 0.5, 36.0
    points: list[Point] = [(low, 25.5), (high, 25.5), (high, rear)]
    for x, play in reversed(list(zip(_groove_middles(), SLIDES_MM, strict=True))):
        half = spec.plate_mm / 2 + play
        floor = rear - GROOVE_DEEP_MM
        points += [(x + half, rear), (x + half, floor), (x - half, floor), (x - half, rear)]
    return Sheet("xy", polygon([*points, (low, rear)]), BASE_MM - 0.5, SIZE_MM[2])


def _walls() -> list[Sheet]:
    return [
        Sheet(
            "xy",
            rectangle((x - thick / 2, 3.0), (x + thick / 2, 15.5)),
            BASE_MM - 0.5,
            SIZE_MM[2] - 2.0,
        )
        for x, thick in zip(_wall_middles(), WALLS_MM, strict=True)
    ]


def _posts() -> list[Sheet]:
    """Posts at the base's corners, as round as it is outside and sharp inside."""
    wide, deep, high = SIZE_MM
    return [
        Sheet("xy", _post(at), BASE_MM - 0.5, high)
        for at in ((0.0, 0.0), (0.0, deep), (wide, deep))
    ]


def _figures() -> list[Sheet]:
    """What the posts are apart, outside, as figures that stand on the base."""
    return [
        Sheet("xy", bar, BASE_MM - 0.5, BASE_MM + FIGURE_MM)
        for at, (outer, _) in zip(FIGURES_AT, BARS_MM.values(), strict=True)
        for bar in figure(f"{outer:g}", at)
    ]


def _post(corner: Point) -> Loop:
    (x, y), (a, b) = corner, (p + (-POST_MM if p else POST_MM) for p in corner)
    return polygon_r([(x, y, 2.0), (a, y, 0.0), (a, b, 0.0), (x, b, 0.0)])


def _tower() -> list[Sheet]:
    """A tower beside the base, so that a calliper reaches its foot from both sides."""
    tower = rectangle((86.0, 5.0), (86.0 + GAUGE_MM, 5.0 + GAUGE_MM))
    neck = rectangle((79.0, 8.0), (86.5, 12.0))
    return [Sheet("xy", tower, 0.0, SIZE_MM[2]), Sheet("xy", neck, 0.0, BASE_MM)]


def _key(spec: CouponSpec) -> list[Sheet]:
    """The key lies as a sled's plate does when printed, and breaks off two tabs."""
    (x, y), (long, wide) = KEY_AT, KEY_MM
    width, height = TABS_MM
    key = Sheet("xy", rectangle((x, y), (x + long, y + wide)), 0.0, spec.plate_mm)
    top = y + wide
    tabs = [
        Sheet("xy", rectangle((at, top - 0.4), (at + width, top + 2.5)), 0.0, height)
        for at in (x + 4.0, x + long - 4.0 - width)
    ]
    return [key, *tabs]
