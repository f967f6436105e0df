"""What carries a board on a plate: posts under its holes, or cradles under its corners."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from pydantic import Field, model_validator

from catalog.models import Board, Edge, FormFactor, Hat, Insert, Plug, Screw
from catalog.problems import InputError, Problem
from mounts.board import CRADLE_MM, HOLE_CLEAR_MM, Block, Seat, best_front, standoff_mm
from mounts.geometry.flat import Loop, Point, circle, polygon, polygon_r, rectangle
from mounts.geometry.sheet import Sheet
from mounts.hardware import cable_ties, screws
from mounts.part import Hardware, PartSpec
from packing.envelope import Envelope, envelope_of

POST_WALL_MM = 1.9  # round a self-tapping screw: five lines of a 0.4 mm nozzle
INSERT_WALL_MM = 0.8  # beside an insert where a connector flattens its post: two lines
CRADLE_WALL_MM = 2.0
CRADLE_LEG_MM = 10.0
CRADLE_RISE_MM = 1.5  # over the PCB's top face
TIE_MM = (2.5, 6.0)  # slot for a cable tie of 4.8 mm
TIE_GROOVE_MM = 1.2
TIE_ROOF_MM = 0.8  # over that groove: a thin plate is thicker there
BESIDE_CRADLE_MM = 5.0  # plate beside the board that cradles and tie slots take up


class CarrierSpec(PartSpec):
    """A board to be carried, and how it is fastened."""

    device: Board
    hat: Hat | None = None
    form_factor: FormFactor | None = None
    front: Edge | None = Field(None, description="Board edge that faces the front.")
    fixing: Literal["self-tap", "insert"] = "self-tap"
    screw: Screw | None = None
    insert: Insert | None = None
    plugs: tuple[Plug, ...] = ()

    @model_validator(mode="after")
    def _fastened(self) -> "CarrierSpec":
        if any(h.use == "mount" for h in self.device.holes):
            if self.screw is None:
                raise InputError(
                    Problem(self.device.id, "no screw is known for its holes", "screw")
                )
            if self.fixing == "insert" and self.insert is None:
                what = f"no heat-set insert for {self.screw.thread} is in the catalogue"
                near = "use self-tapping screws: fixing = 'self-tap'"
                raise InputError(Problem(self.device.id, what, "fixing", nearest=near))
            if self.fixing == "self-tap" and self.screw.tap_soft_mm is None:
                what = f"no core hole for a self-tapping {self.screw.thread} is in the catalogue"
                raise InputError(Problem(self.device.id, what, "fixing", allowed="insert"))
            if self.fixing == "insert":
                self._room_for_inserts()
        return self

    def _room_for_inserts(self) -> None:
        """Refuse inserts whose posts a connector under the board would cut open."""
        core, outer = post_diameters(self)
        seat = Seat(self.device, self.facing, 0.0, 0.0, self.standoff_mm, self.envelope)
        below = _below(seat, 0.0)
        for at, hole in seat.mount_holes():
            wall = min(_reach(at, outer / 2, below)) - core / 2
            if wall < INSERT_WALL_MM:
                where = f"the post at x = {hole.x_mm:g} mm, y = {hole.y_mm:g} mm"
                what = f"{where} has {wall:.1f} mm of wall beside an insert: a connector is near"
                raise InputError(
                    Problem(
                        self.device.id,
                        what,
                        "fixing",
                        allowed=f"{INSERT_WALL_MM:g} mm or more",
                        nearest="use self-tapping screws: fixing = 'self-tap'",
                    )
                )

    @property
    def facing(self) -> Edge:
        """The edge that faces the front, chosen by its ports unless given."""
        return self.front or best_front(self.device)

    @cached_property
    def envelope(self) -> Envelope:
        """The room the board takes, HAT included."""
        return envelope_of(self.device, self.hat, self.form_factor)

    @property
    def standoff_mm(self) -> float:
        """Height of the posts."""
        return standoff_mm(self.envelope)

    @property
    def name(self) -> str:
        """The device's id, with its HAT's."""
        return self.device.id + (f"-{self.hat.id}" if self.hat else "")


@dataclass(frozen=True)
class Carrier:
    """Posts or cradles as drawn: sheets to fuse, and holes to leave open in the plate below."""

    sheets: tuple[Sheet, ...]
    holes: tuple[Loop, ...]
    footprints: tuple[Loop, ...]
    hardware: tuple[Hardware, ...]
    notes: tuple[str, ...] = ()


def carrier(spec: CarrierSpec, seat: Seat, plate_top_mm: float) -> Carrier:
    """Return what holds the board at its seat on a plate whose top is at `plate_top_mm`, z."""
    holes = seat.mount_holes()
    if not holes:
        return _cradles(spec, seat, plate_top_mm)
    core, outer = post_diameters(spec)
    below = _below(seat, plate_top_mm)
    posts = tuple(
        Sheet("xy", _post(at, outer / 2, below), plate_top_mm, seat.under_mm, (circle(at, core),))
        for at, _ in holes
    )
    return Carrier(
        sheets=posts,
        holes=tuple(circle(at, core) for at, _ in holes),
        footprints=tuple(circle(at, outer + 1.0) for at, _ in holes),
        hardware=_fasteners(spec, len(holes)),
        notes=_notes(spec),
    )


def _below(seat: Seat, plate_top_mm: float) -> list[Block]:
    """Return the connectors that stand between plate and board."""
    return [b for b in seat.connectors() if b.low[2] < seat.under_mm and b.high[2] > plate_top_mm]


def _reach(at: Point, radius: float, blocks: list[Block]) -> tuple[float, float, float, float]:
    """Return how far a post reaches to left, right, front and rear before a connector, mm."""
    x, y = at
    left = right = front = rear = radius
    for b in blocks:
        dx = max(b.low[0] - x, 0.0, x - b.high[0])
        dy = max(b.low[1] - y, 0.0, y - b.high[1])
        if dx * dx + dy * dy >= radius * radius:
            continue
        if dx >= dy:
            left, right = (min(left, dx), right) if b.high[0] <= x else (left, min(right, dx))
        else:
            front, rear = (min(front, dy), rear) if b.high[1] <= y else (front, min(rear, dy))
    return left, right, front, rear


def _post(at: Point, radius: float, blocks: list[Block]) -> Loop:
    """Return a round post, flattened where a connector under the board comes too near."""
    x, y = at
    left, right, front, rear = _reach(at, radius, blocks)
    return polygon_r(
        [
            (x - left, y - front, min(left, front)),
            (x + right, y - front, min(right, front)),
            (x + right, y + rear, min(right, rear)),
            (x - left, y + rear, min(left, rear)),
        ]
    )


def plate(
    spec: CarrierSpec, seat: Seat, outline: Loop, span: tuple[float, float]
) -> tuple[Sheet, ...]:
    """Return the plate under a board, `span` in z, open where screws or cable ties pass.

    A board held by a tie gets a groove under the plate, in which the tie lies flush.
    """
    return plate_under([(spec, seat)], outline, span)


def plate_under(
    boards: Sequence[tuple[CarrierSpec, Seat]], outline: Loop, span: tuple[float, float]
) -> tuple[Sheet, ...]:
    """Return the plate under several boards; see `plate`."""
    holes = [carrier(spec, seat, span[1]).holes for spec, seat in boards]
    every = tuple(hole for one in holes for hole in one)
    if all(seat.mount_holes() for _, seat in boards):
        return (Sheet("xy", outline, span[0], span[1], every),)
    under = [
        own if seat.mount_holes() else (tie_channel(seat, one.calibration.slide_mm),)
        for own, (one, seat) in zip(holes, boards, strict=True)
    ]
    middle = span[0] + TIE_GROOVE_MM
    roofs = [
        _tie_roof(seat, one.calibration.slide_mm) for one, seat in boards if not seat.mount_holes()
    ]
    top = middle + TIE_ROOF_MM
    return (
        Sheet("xy", outline, span[0], middle, tuple(hole for one in under for hole in one)),
        Sheet("xy", outline, middle, span[1], every),
        *(Sheet("xy", roof, middle, top) for roof in roofs if top > span[1]),
    )


def post_diameters(spec: CarrierSpec) -> tuple[float, float]:
    """Return core hole and outer diameter of a post, mm."""
    if spec.fixing == "insert" and spec.insert is not None:
        core = spec.insert.hole_d_mm
        outer = spec.insert.min_boss_d_mm or core + 2 * (spec.insert.min_wall_mm or 1.6)
    else:
        tapped = (spec.screw.tap_soft_mm if spec.screw else None) or 0.0
        core = tapped + spec.calibration.screw_mm
        outer = core + 2 * POST_WALL_MM
    return core, min(outer, HOLE_CLEAR_MM - 0.1)


def _fasteners(spec: CarrierSpec, count: int) -> tuple[Hardware, ...]:
    name = spec.screw.thread if spec.screw else ""
    thickness = spec.device.board.thickness_mm
    if spec.fixing == "insert" and spec.insert is not None:
        length = _stock_length(thickness + spec.insert.length_mm)
        return (
            Hardware(
                f"{name} x {spec.insert.length_mm:g} heat-set insert, {spec.insert.brand}",
                count,
                "board posts",
                kind="insert",
                thread=name,
                length_mm=spec.insert.length_mm,
            ),
            screws((name, length), count, "board to posts", "pan-head machine screw"),
        )
    # The post is bored through the plate below it, 1.6 mm thick at least.
    length = _stock_length(thickness + spec.standoff_mm + 1.6)
    return (screws((name, length), count, "board to posts", "pan-head screw for plastics"),)


def _stock_length(needed_mm: float) -> int:
    """Return the longest stock screw that does not exceed what is there, 4 mm at least."""
    stock = (4, 5, 6, 8, 10, 12, 16, 20)
    return max((length for length in stock if length <= needed_mm), default=4)


def _notes(spec: CarrierSpec) -> tuple[str, ...]:
    trust = spec.device.confidence.get("holes", "none")
    doubt = (f"hole positions of {spec.device.id}: confidence {trust}, check before printing",)
    return (*spec.envelope.assumed, *(doubt if trust in {"low", "none"} else ()))


def _cradles(spec: CarrierSpec, seat: Seat, plate_top: float) -> Carrier:
    half = seat.across_mm / 2
    ledges: list[Sheet] = []
    walls: list[Sheet] = []
    feet: list[Loop] = []
    play = spec.calibration.slide_mm  # the board is slid in
    out = play + CRADLE_WALL_MM
    for sx in (-1, 1):
        for sy, y in ((-1, seat.edge_mm), (1, seat.edge_mm + seat.deep_mm)):
            x = seat.center_mm + sx * half
            inner = (x - sx * CRADLE_MM, y - sy * CRADLE_MM)
            outer = (x + sx * out, y + sy * out)
            low = (min(inner[0], outer[0]), min(inner[1], outer[1]))
            high = (max(inner[0], outer[0]), max(inner[1], outer[1]))
            ledges.append(Sheet("xy", rectangle(low, high), plate_top, seat.under_mm))
            corner = _angle((x, y), (sx, sy), play)
            walls.append(Sheet("xy", corner, plate_top, seat.top_mm + CRADLE_RISE_MM))
            feet.append(rectangle((low[0] - 4, low[1] - 4), (high[0] + 4, high[1] + 4)))
    ties = _tie_slots(seat, play)
    held = f"{spec.device.id}: hole positions are not known; it lies in corners under a cable tie"
    return Carrier(
        sheets=(*ledges, *walls),
        holes=ties,
        footprints=(*feet, tie_channel(seat, play)),
        hardware=(cable_ties(4.8, 1, "board to tray"),),
        notes=(*spec.envelope.assumed, held),
    )


def _angle(corner: Point, signs: tuple[int, int], play: float) -> Loop:
    """An L round a board's corner, its legs along both edges."""
    (x, y), (sx, sy) = corner, signs
    near, far, leg = play, play + CRADLE_WALL_MM, CRADLE_LEG_MM
    path = [(-leg, near), (near, near), (near, -leg), (far, -leg), (far, far), (-leg, far)]
    return polygon([(x + sx * a, y + sy * b) for a, b in path])


def tie_channel(seat: Seat, play_mm: float) -> Loop:
    """Return the groove under the plate in which a cable tie lies flush, (x, y)."""
    reach = seat.across_mm / 2 + play_mm + 1.0 + TIE_MM[0]
    y = seat.edge_mm + seat.deep_mm / 2
    left, right = seat.center_mm - reach, seat.center_mm + reach
    return rectangle((left, y - TIE_MM[1] / 2), (right, y + TIE_MM[1] / 2))


def _tie_roof(seat: Seat, play_mm: float) -> Loop:
    """Return what roofs the groove of a tie between its two slots, a little wider, (x, y)."""
    reach, half = seat.across_mm / 2 + play_mm + 1.0, TIE_MM[1] / 2 + 1.0
    y = seat.edge_mm + seat.deep_mm / 2
    return rectangle((seat.center_mm - reach, y - half), (seat.center_mm + reach, y + half))


def _tie_slots(seat: Seat, play_mm: float) -> tuple[Loop, ...]:
    inner = seat.across_mm / 2 + play_mm + 1.0
    y = seat.edge_mm + seat.deep_mm / 2
    found: list[Loop] = []
    for side in (-1, 1):
        a, b = seat.center_mm + side * inner, seat.center_mm + side * (inner + TIE_MM[0])
        low, high = (min(a, b), y - TIE_MM[1] / 2), (max(a, b), y + TIE_MM[1] / 2)
        found.append(rectangle(low, high))
    return tuple(found)
