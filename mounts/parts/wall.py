"""A wall mount: a box stands in it flat against the wall, dropped in from above."""

from typing import Literal

from pydantic import Field, model_validator

from catalog.models import Box
from catalog.problems import InputError, Problem
from mounts.board import Block
from mounts.geometry.flat import Loop, Point, circle, polygon_r, rectangle
from mounts.geometry.sheet import Sheet, joined
from mounts.geometry.vents import HexGrid, Perforation
from mounts.part import Hardware, Part, PartSpec, part

# A wood screw of 4 mm: shank hole and head (DIN 96, 4.0: head 8.0 wide, 3.0 high).
SHANK_MM = 4.6
HEAD_MM = 9.0
HEAD_HIGH_MM = 3.2
KEYHOLE_RISE_MM = 9.0  # the plate is hung over the head and drops by this much
RAIL_MM = 4.0  # wide: the box leans on two, so that heads and air have room behind it
LIP_MM = 3.0  # how far a lip laps over the box's front
CORNER_MM = 0.28  # share of the width that the ledge holds at either end
RIM_MM = 3.0
LARGEST_MM = 400.0


class WallSpec(PartSpec):
    """One box on a wall, its underside to the wall, one of its four narrow sides up."""

    device: Box
    up: Literal["rear", "front"] = Field("rear", description="Narrow side that faces up.")
    fixing: Literal["keyhole", "screw"] = Field(
        "keyhole", description="Hung over screw heads, or screwed to the wall."
    )
    plate_mm: float = Field(2.8, ge=2, le=6, description="Plate on the wall (mm).")
    wall_mm: float = Field(2.4, ge=1.6, le=6, description="Walls (mm).")
    clearance_mm: float = Field(0.5, ge=0.2, le=2, description="Play on each side (mm).")
    side_share: float = Field(0.7, ge=0.3, le=1, description="Height of the side walls.")
    vents: bool = Field(True, description="Hexagon vents.")

    @model_validator(mode="after")
    def _fits(self) -> "WallSpec":
        case = self.device.case
        problems: list[Problem] = []
        for word, size in (("wide", case.width_mm), ("deep", case.depth_mm)):
            if size > LARGEST_MM:
                what = f"{self.device.id} is {size:g} mm {word}"
                problems.append(
                    Problem("wall", what, "device", None, f"up to {LARGEST_MM:g} mm", "use a shelf")
                )
        least = 2 * (HEAD_MM + 2 * RIM_MM + RAIL_MM) + KEYHOLE_RISE_MM
        if min(case.width_mm, case.depth_mm) < least:
            what = f"{self.device.id} is too small for four screws behind it"
            problems.append(Problem("wall", what, "device", None, f"{least:g} mm and more"))
        if problems:
            raise InputError(*problems)
        return self

    @property
    def title(self) -> str:
        """Name of the part."""
        return f"wall-{self.device.id}"

    @property
    def inner_mm(self) -> float:
        """Half the width between the walls."""
        return self.device.case.width_mm / 2 + self.clearance_mm

    @property
    def outer_mm(self) -> float:
        """Half the width over the walls."""
        return self.inner_mm + self.wall_mm

    @property
    def lean_mm(self) -> float:
        """What the box leans on, z: the rails are as high as a screw's head."""
        return self.plate_mm + HEAD_HIGH_MM

    @property
    def face_mm(self) -> float:
        """Where the lips begin, z."""
        return self.lean_mm + self.device.case.height_mm + self.clearance_mm

    @property
    def front_mm(self) -> float:
        """Upper edge of walls and ledge as printed, z."""
        return self.face_mm + LIP_MM + 1.2

    @property
    def side_mm(self) -> float:
        """Upper end of the side walls, y."""
        return self.side_share * self.device.case.depth_mm

    @property
    def screws(self) -> tuple[Point, ...]:
        """Screws in the wall, (x, y)."""
        inset = RAIL_MM + RIM_MM + HEAD_MM / 2 + 3.0
        x, high = self.inner_mm - inset, self.device.case.depth_mm
        low = inset
        return tuple((side * x, y) for side in (-1, 1) for y in (low, high - inset))


@part("wall", WallSpec, takes="box")
def wall(spec: WallSpec) -> Part:
    r"""A wall mount: the box drops in from above and stands on two ledges, cables between them.

       seen from the front                    cut, wall on the left
    +-------------------------+              |#
    | |  O               O  | |  keyholes    |#
    | |  i   hexagons    i  | |              |#        ____
    |_|                     |_|  side walls  |#   rail \  |  lips at 45 degrees
    | |  O               O  | |              |#:::::::::| |
    | |  i               i  | |              |#  box    | |
    | |______       ________| |              |#_________|_|
    +--------+ cables +-------+              |#___________|  ledge
    """
    lips = [_side_lip(spec, side) for side in (-1, 1)]
    ledges = [sheet for side in (-1, 1) for sheet in _ledge(spec, side)]
    sheets = [*_plate(spec), *_rails(spec), *_walls(spec), *lips, *ledges]
    count = len(spec.screws)
    return Part(
        name=spec.title,
        family="wall",
        body=joined(sheets),
        up="+z",
        perforations=_vents(spec),
        hardware=(
            Hardware(
                "wood screw 4 x 40, pan head", count, "to the wall", kind="screw", length_mm=40
            ),
            Hardware("wall plug, 6 mm", count, "to the wall; none in wood"),
        ),
        notes=_notes(spec),
    )


def _plate(spec: WallSpec) -> list[Sheet]:
    low, high = -spec.clearance_mm - spec.wall_mm, spec.device.case.depth_mm
    edge = rectangle((-spec.outer_mm, low), (spec.outer_mm, high), 3.0)
    make = _keyhole if spec.fixing == "keyhole" else _round
    return [Sheet("xy", edge, 0.0, spec.plate_mm, tuple(make(at) for at in spec.screws))]


def _round(at: Point) -> Loop:
    return circle(at, SHANK_MM)


def _keyhole(at: Point) -> Loop:
    """A head passes below; the shank rests in the slot above, its end at the screw's place."""
    x, y = at
    r, s = HEAD_MM / 2, SHANK_MM / 2
    mouth = y - KEYHOLE_RISE_MM
    return polygon_r(
        [
            (x - r, mouth - r, r),
            (x + r, mouth - r, r),
            (x + r, mouth + r, r - s - 0.1),
            (x + s, mouth + r, 0.0),
            (x + s, y + s, s),
            (x - s, y + s, s),
            (x - s, mouth + r, 0.0),
            (x - r, mouth + r, r - s - 0.1),
        ]
    )


def _rails(spec: WallSpec) -> list[Sheet]:
    high = spec.device.case.depth_mm - 4.0
    found: list[Sheet] = []
    for side in (-1, 1):
        x = sorted((side * (spec.inner_mm + 0.5), side * (spec.inner_mm - RAIL_MM)))
        edge = rectangle((x[0], -0.5), (x[1], high))
        found.append(Sheet("xy", edge, spec.plate_mm - 0.5, spec.lean_mm))
    return found


def _walls(spec: WallSpec) -> list[Sheet]:
    """The sides, lower towards their upper end."""
    top = spec.front_mm
    inside = -spec.clearance_mm - 0.4 * spec.wall_mm  # the ledge, past its rounded corner
    edge = polygon_r(
        [
            (inside, 0.5, 0.0),
            (spec.side_mm, 0.5, 0.0),
            (spec.side_mm, top - 2.0, 3.0),
            (spec.side_mm - 8.0, top, 4.0),
            (inside, top, 0.0),
        ]
    )
    found: list[Sheet] = []
    for side in (-1, 1):
        x = sorted((side * spec.inner_mm, side * spec.outer_mm))
        found.append(Sheet("yz", edge, x[0], x[1]))
    return found


def _lip(inner: float, sign: int, spec: WallSpec) -> Loop:
    """A wedge that leans in over the box; its underside rises at 45 degrees and a little more."""
    z, top = spec.face_mm, spec.front_mm
    tip = inner - sign * LIP_MM
    return polygon_r(
        [
            (inner + sign * 0.5, z - 0.6, 0.0),
            (inner, z, 0.0),
            (tip, z + 1.1 * LIP_MM, 0.0),
            (tip, top, 0.0),
            (inner + sign * 0.5, top, 0.0),
        ]
    )


def _side_lip(spec: WallSpec, side: int) -> Sheet:
    loop = _lip(side * spec.inner_mm, side, spec)
    return Sheet("xz", loop, 0.0, 0.4 * spec.device.case.depth_mm)


def _ledge(spec: WallSpec, side: int) -> list[Sheet]:
    """A corner the box stands on, with a lip over its front."""
    low = -spec.clearance_mm - spec.wall_mm
    long = CORNER_MM * spec.device.case.width_mm
    x = sorted((side * spec.outer_mm, side * (spec.inner_mm - long)))
    floor = rectangle((x[0], low), (x[1], -spec.clearance_mm), min(1.0, 0.4 * spec.wall_mm))
    lip = _lip(-spec.clearance_mm, -1, spec)
    return [
        Sheet("xy", floor, 0.5, spec.front_mm),
        Sheet("yz", lip, x[0] + 0.5, x[1] - 0.5),
    ]


def _vents(spec: WallSpec) -> tuple[Perforation, ...]:
    if not spec.vents:
        return ()
    x, high = spec.inner_mm - RAIL_MM, spec.device.case.depth_mm
    region = rectangle((-x, 0.0), (x, high))
    r = HEAD_MM / 2
    drop = KEYHOLE_RISE_MM if spec.fixing == "keyhole" else 0.0
    clear = [rectangle((a - r, b - drop - r), (a + r, b + r)) for a, b in spec.screws]
    found = [*HexGrid().through("xy", (0.0, spec.plate_mm), region, clear)]
    return tuple(found)


def _notes(spec: WallSpec) -> tuple[str, ...]:
    xs, ys = sorted({x for x, _ in spec.screws}), sorted({y for _, y in spec.screws})
    found = [f"screws {xs[1] - xs[0]:.1f} mm across, {ys[1] - ys[0]:.1f} mm up the wall"]
    if spec.device.confidence.get("case") in {"low", "none"}:
        found.append(f"the size of {spec.device.id} is recalled, not measured: measure yours first")
    other = "front" if spec.up == "rear" else "rear"
    found.append(f"its {spec.up} faces up and is free; at its {other} cables pass between ledges")
    return tuple(found)


def hung_block(spec: WallSpec) -> Block:
    """Return the box at its place."""
    case, half = spec.device.case, spec.device.case.width_mm / 2
    low = spec.lean_mm + 1e-3
    return Block((-half, 1e-3, low), (half, case.depth_mm, spec.lean_mm + case.height_mm))
