"""Boards and what carries them: trays, sleds, frames, stacks."""

from dataclasses import replace

from mounts.assembly import frame_matrices, sled_matrix
from mounts.board import Block, Seat
from mounts.carrier import CarrierSpec
from mounts.geometry.flat import Point
from mounts.mesh import Mesh
from mounts.parts.bar import HIGH_MM, THICK_MM
from mounts.parts.frame_bar import bar_long_mm
from mounts.parts.frame_spec import FAN_WALL_MM, SPINE_MM, FrameSpec
from mounts.parts.frame_spine import screw_places
from mounts.parts.sled_spec import SledSpec
from mounts.parts.stack import bracket_low_mm
from mounts.parts.stack_spec import ACROSS_CORNERS, BRACKET_MM, METAL_MM, StackSpec
from mounts.parts.tray_shield import standoff_blocks
from mounts.parts.tray_spec import TraySpec
from mounts.pieces import like
from mounts.scene import shapes
from mounts.scene.make import Make
from mounts.scene.thing import Thing, Vector, shift

LIFT_MM = 34.0  # a board taken out of its mount
SCREWED_MM = 26.0  # and its screws over it
SPINE_SCREW_MM = (3.0, 10.0)
HAT_MM = 1.6
SCREW_MM = 2.5  # where the catalogue knows no thread
CHIP_MM = 1.0  # under a heat sink
PULL_MM = 24.0  # sleds stand this far before their frame
BAR_OUT_MM = 120.0  # a steel bar on its way in from the side


def _thread_mm(spec: CarrierSpec) -> float:
    """Return the diameter of a board's screws."""
    digits = (spec.screw.thread if spec.screw else "").removeprefix("M")
    try:
        return float(digits)
    except ValueError:  # #6-32
        return SCREW_MM + 1.0


def board(seat: Seat, name: str, away_mm: Vector) -> list[Thing]:
    """Return a bare board: its PCB with holes, and the connectors at its edges."""
    half = seat.across_mm / 2
    low = (seat.center_mm - half, seat.edge_mm)
    high = (seat.center_mm + half, seat.edge_mm + seat.deep_mm)
    holes = [(at, hole.d_mm) for at, hole in seat.mount_holes()]
    pcb = shapes.drilled_plate((low, high), (seat.under_mm, seat.top_mm), holes)
    found = [Thing(name, pcb, "board", away_mm)]
    ports = [b for b in seat.connectors() if all(a < c for a, c in zip(b.low, b.high, strict=True))]
    if ports:
        found.append(Thing(f"{name} ports", shapes.blocks(ports), "metal", away_mm))
    return found


def hat(spec: CarrierSpec, seat: Seat, name: str, away_mm: Vector) -> list[Thing]:
    """Return the HAT's board over a board; its corner lies over the board's own."""
    if spec.hat is None:
        return []
    size = seat.board.board
    a = seat.place(0.0, 0.0)
    b = seat.place(min(spec.hat.x_mm or size.x_mm, size.x_mm), spec.hat.y_mm or size.y_mm)
    low, high = (min(a[0], b[0]), min(a[1], b[1])), (max(a[0], b[0]), max(a[1], b[1]))
    z = seat.top_mm + spec.hat.spacer_mm
    holes = [(at, hole.d_mm) for at, hole in seat.mount_holes() if _within(at, low, high)]
    mesh = shapes.drilled_plate((low, high), (z, z + (spec.hat.thickness_mm or HAT_MM)), holes)
    return [Thing(name, mesh, "board", away_mm)]


def _within(at: Point, low: Point, high: Point) -> bool:
    return all(a + 1.0 < v < b - 1.0 for v, a, b in zip(at, low, high, strict=True))


def carried(spec: TraySpec | SledSpec) -> list[Thing]:
    """Return the boards of a tray or the one of a sled, their HATs, screws and bought standoffs."""
    if isinstance(spec, SledSpec):
        return _carried(spec, spec.seat, "")
    many, found = len(spec.carried) > 1, list[Thing]()
    for number, one in enumerate(spec.carried, start=1):
        found += _carried(one.spec, one.seat, f" {number}" if many else "")
    bought = [
        shapes.rod(
            ((block.low[0] + block.high[0]) / 2, (block.low[1] + block.high[1]) / 2, block.low[2]),
            block.high[0] - block.low[0],
            block.high[2] - block.low[2],
            6,
        )
        for block in standoff_blocks(spec)
    ]
    if bought:
        found.append(Thing("standoffs", shapes.mesh(bought), "metal", (0.0, 0.0, LIFT_MM / 2)))
    return found


def _carried(spec: CarrierSpec, seat: Seat, tail: str) -> list[Thing]:
    lift = (0.0, 0.0, LIFT_MM)
    found = board(seat, f"{spec.device.id}{tail}", lift)
    if spec.hat is not None:
        found += hat(spec, seat, f"{spec.hat.id}{tail}", (0.0, 0.0, LIFT_MM + 14.0))
    wide = _thread_mm(spec)
    long = seat.board.board.thickness_mm + 3.0
    screws = [
        shapes.screw((x, y, seat.top_mm), "-z", (wide, long)) for (x, y), _ in seat.mount_holes()
    ]
    if screws and spec.hat is None:
        away = (0.0, 0.0, LIFT_MM + SCREWED_MM)
        found.append(Thing(f"screws{tail}", shapes.mesh(screws), "screw", away))
    return found


def frame(spec: FrameSpec, make: Make) -> list[Thing]:
    """Return a frame with a sled and a board in every bay; sleds come out on their own side."""
    spec = like(spec, piece="frame")
    away = (0.0, -(spec.end_mm + PULL_MM), 0.0)
    kinds = [_loaded(sled, make) for sled in spec.kinds]
    places = frame_matrices(spec)
    fixed = [Thing("frame", make("frame", spec)), *_fan_wall(spec, make)]
    fixed += [*_bar(spec), *_spine(spec, make)]
    found = [thing.placed(places[0]) for thing in fixed]
    found += [
        replace(thing.placed(place), name=f"rear {thing.name}")
        for place in places[1:]
        for thing in fixed
    ]
    for index, one in enumerate(spec.stands):
        place, number = sled_matrix(spec, index), index + 1
        found += [
            replace(thing, name=f"{thing.name} {number}", away_mm=away).placed(place)
            for thing in kinds[one.kind]
        ]
    return found


def _loaded(sled: SledSpec, make: Make) -> list[Thing]:
    """Return a sled with its board; their screws would not be seen."""
    own = [Thing("sled", make("sled", sled), "second")]
    return [*own, *(thing for thing in carried(sled) if thing.look != "screw")]


def _bar(spec: FrameSpec) -> list[Thing]:
    """Return the steel bar in its slots."""
    if not spec.barred:
        return []
    long, z, y = bar_long_mm(spec) / 2, spec.steel.middle_mm, sum(spec.steel.y_mm) / 2
    thick, high = THICK_MM / 2, HIGH_MM / 2
    steel = Block((-long, y - thick, z - high), (long, y + thick, z + high))
    return [Thing("steel bar", shapes.blocks([steel]), "metal", (BAR_OUT_MM, 0.0, 0.0))]


def _fan_wall(spec: FrameSpec, make: Make) -> list[Thing]:
    """Return the wall of fans behind a frame, and its fans."""
    if spec.fan is None:
        return []
    wall = make("frame", like(spec, piece="fan-wall"))
    wheel = shapes.fan(spec.fan.size_mm, spec.fan.thickness_mm, spec.fan.hole_pitch_mm)
    back = spec.back_mm + FAN_WALL_MM
    hung = [shapes.along(wheel, "+y", (x, back, z)) for x, z in spec.fan_middles]
    return [
        Thing("fan wall", wall, "second", (0.0, LIFT_MM, 0.0)),
        Thing("fans", shapes.mesh(hung), "fan", (0.0, 2 * LIFT_MM, 0.0)),
    ]


def _spine(spec: FrameSpec, make: Make) -> list[Thing]:
    """Return the plate behind a frame that bears it, and its screws."""
    if not spec.spined:
        return []
    plate = make("frame", like(spec, piece="spine"))
    back = spec.back_mm + SPINE_MM
    bolts = [shapes.screw((x, back, z), "-y", SPINE_SCREW_MM) for x, z in screw_places(spec)]
    return [
        Thing("spine", plate, "second", (0.0, LIFT_MM, 0.0)),
        Thing("spine screws", shapes.mesh(bolts), "screw", (0.0, 2 * LIFT_MM, 0.0)),
    ]


def stack(spec: StackSpec, make: Make) -> list[Thing]:
    """Return a whole stack, whichever of its pieces is meant: it comes apart upwards."""
    found = [Thing("base", make("stack", like(spec, piece="plate")))]
    bracket = make("stack", like(spec, piece="fan-bracket")) if spec.fan else None
    rise = 6.0
    found.append(_metal(spec, "feet", (spec.boss_top_mm, spec.foot_mm), rise))
    for index in range(spec.count):
        rise += 8.0
        found += _storey(spec, index, rise, bracket)
        rise += 22.0
    top = make("stack", like(spec, piece="top"))
    found.append(Thing("top", top, "part", (0.0, 0.0, rise)))
    return found


def _storey(spec: StackSpec, index: int, rise: float, bracket: Mesh | None) -> list[Thing]:
    """Return one board with its heat sink, standoffs, and fan under its bracket."""
    seat, number, (x, y) = spec.level(index), index + 1, spec.cooled_at
    found = board(seat, f"{spec.device.id} {number}", (0.0, 0.0, rise))
    if spec.sink_plan_mm:
        a, b = (v / 2 for v in spec.sink_plan_mm)
        span = seat.top_mm + CHIP_MM, spec.sink_top_mm - CHIP_MM
        sink = shapes.sink(((x - a, y - b), (x + a, y + b)), span)
        found.append(Thing(f"heat sink {number}", sink, "metal", (0.0, 0.0, rise + 5.0)))
    found.append(_metal(spec, f"standoffs {number}", (seat.top_mm, spec.over_mm), rise + 7.0))
    if spec.fan is None or bracket is None:
        return found
    fan = spec.fan
    under = seat.top_mm + spec.over_mm
    wheel = shapes.fan(fan.size_mm, fan.thickness_mm, fan.hole_pitch_mm)
    hung = shapes.mesh([wheel.translate([x, y, under - fan.thickness_mm])])
    own = Thing("", bracket, "second").placed(shift(0.0, 0.0, under - bracket_low_mm(spec))).mesh
    return [
        *found,
        Thing(f"fan {number}", hung, "fan", (0.0, 0.0, rise + 12.0)),
        Thing(f"fan bracket {number}", own, "second", (0.0, 0.0, rise + 18.0)),
        _metal(spec, f"upper standoffs {number}", (under + BRACKET_MM, spec.upper_mm), rise + 22.0),
    ]


def _metal(spec: StackSpec, name: str, span: tuple[float, float], rise: float) -> Thing:
    """Return a ring of standoffs: where they start and how long they are, mm."""
    low, long = span
    bought = spec.standoffs == "bought"
    sides = 6 if bought else shapes.SIDES
    wide = spec.pillar_mm
    rods = [shapes.rod((x, y, low), wide, long, sides) for x, y in spec.board_holes]
    if bought:
        thread = spec.screw.thread if spec.screw else "M2.5"
        stud = 0.9 * METAL_MM[thread][0] / (2 * ACROSS_CORNERS)
        rods += [shapes.rod((x, y, low - 5.0), stud, 5.0) for x, y in spec.board_holes]
    return Thing(name, shapes.mesh(rods), "metal" if bought else "third", (0.0, 0.0, rise))
