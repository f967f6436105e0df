"""The room of the plugs of boards, whose ports the catalogue knows."""

from dataclasses import replace
from itertools import pairwise

from catalog.models import Fact
from mounts.board import PLUG_REACH_MM, Block, Seat, plug_size
from mounts.carrier import CarrierSpec
from mounts.parts.frame_spec import FrameSpec
from mounts.parts.sled_spec import SledSpec
from mounts.parts.stack_spec import StackSpec
from mounts.parts.tray_gaps import plug_gap_mm, reach_mm
from mounts.parts.tray_spec import TraySpec
from mounts.verify.room import CABLE_MM, DEEP_MM, OVERMOULD_MM, Room, Rooms

SIDES = ("front", "rear", "left", "right")


def carried_boards(spec: Fact | None) -> tuple[tuple[CarrierSpec, Seat], ...]:
    """Return the boards that a part itself carries, in the part's own frame.

    A frame's boards are on its sleds.
    """
    if isinstance(spec, TraySpec):
        return tuple((one.spec, one.seat) for one in spec.carried)
    if isinstance(spec, SledSpec) and not isinstance(spec, FrameSpec):
        return ((spec, spec.seat),)
    return ()


def plug_rooms(spec: CarrierSpec, seat: Seat, side: str = "front") -> list[Room]:
    """Return the room of each plug's overmould at one side, and of its cable's bend."""
    found: list[Room] = []
    for along, port in seat.ports(side):
        width, height = plug_size(port, spec.plugs)
        if not width:
            continue
        middle = seat.top_mm + (port.z0_mm or 0.0) + (port.height_mm or 0.0) / 2
        # The overmould stops short of the socket's mouth by what a plate may take up.
        mouth = port.overhang_mm or 0.0
        span = mouth + PLUG_REACH_MM, mouth + OVERMOULD_MM
        plug = _out(seat, side, (along, middle), (width, height), span)
        found.append(Room(port.name, "plug", plug))
        cable = min(width, CABLE_MM), min(height, CABLE_MM)
        span = mouth + OVERMOULD_MM, mouth + DEEP_MM
        found.append(Room(port.name, "cable bend", _out(seat, side, (along, middle), cable, span)))
    return found


def _out(
    seat: Seat,
    side: str,
    at: tuple[float, float],
    size: tuple[float, float],
    span: tuple[float, float],
) -> Block:
    """Return a box that stands out from a side of a board, from `span[0]` to `span[1]`."""
    (x0, y0), (x1, y1) = seat.outline()
    (along, z), (wide, high) = at, size
    a, b, low, top = along - wide / 2, along + wide / 2, z - high / 2, z + high / 2
    near, far = span
    spans = {
        "front": ((a, b), (y0 - far, y0 - near)),
        "rear": ((a, b), (y1 + near, y1 + far)),
        "left": ((x0 - far, x0 - near), (a, b)),
        "right": ((x1 + near, x1 + far), (a, b)),
    }
    (left, right), (front, rear) = spans[side]
    return Block((left, front, low), (right, rear, top))


def of_boards(spec: Fact) -> Rooms:
    """Return the plugs at all sides of a tray's boards; a sled's board has them in front only."""
    boards = carried_boards(spec)
    found = [room for one in boards for room in plug_rooms(*one)]
    assumed: list[str] = []
    if isinstance(spec, SledSpec):
        held, seat = spec, spec.seat
        if any(seat.ports(side) for side in SIDES[1:]) and not held.plug_room_mm:
            assumed.append("only ports in front have plugs: a sled passes its neighbours")
    elif isinstance(spec, TraySpec):
        room_mm = _between(spec)
        for index, one in enumerate(boards):
            for side in SIDES[1:]:
                far, rooms = room_mm.get((index, side)), plug_rooms(*one, side)
                found += rooms if far is None else _within(rooms, one[1], side, far)
        pairs = zip(spec.gaps_mm, pairwise(spec.row), strict=True)
        tight = sorted({f"{gap:g} mm" for gap, pair in pairs if gap < plug_gap_mm(*pair)})
        assumed += [f"plugs between boards {gap} apart are angled" for gap in tight]
    unknown = sorted({one.device.id for one, seat in boards if not seat.ports("front")})
    assumed += [f"{name}: its ports are not known; its whole front is open" for name in unknown]
    return Rooms(tuple(found), tuple(assumed))


def _between(spec: TraySpec) -> dict[tuple[int, str], float]:
    """Return how much room there is at the sides that have a board beside them, mm."""
    found: dict[tuple[int, str], float] = {}
    for index, (gap, (a, b)) in enumerate(zip(spec.gaps_mm, pairwise(spec.row), strict=True)):
        found[index, "right"] = gap - reach_mm(b, "left")
        found[index + 1, "left"] = gap - reach_mm(a, "right")
    return found


def _within(rooms: list[Room], seat: Seat, side: str, far_mm: float) -> list[Room]:
    """Return rooms beside a board up to so far from it: there the cable turns up, or the plug."""
    (x0, _), (x1, _) = seat.outline()
    low, high = (x0 - far_mm, x0) if side == "left" else (x1, x1 + far_mm)
    found: list[Room] = []
    for room in rooms:
        a, b = max(low, room.block.low[0]), min(high, room.block.high[0])
        if b > a:
            block = Block((a, *room.block.low[1:]), (b, *room.block.high[1:]))
            found.append(replace(room, block=block))
    return found


def of_stack(spec: StackSpec) -> Rooms:
    """Return the plugs at all four sides of every board of a stack."""
    levels = [spec.level(index) for index in range(spec.count)]
    found = [room for seat in levels for side in SIDES for room in plug_rooms(spec, seat, side)]
    return Rooms(tuple(found))
