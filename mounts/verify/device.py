"""Does the print keep clear of its device, its plugs and the bend of their cables?"""

from catalog.models import Fact
from mounts.assembly import blocks_solid, device_blocks
from mounts.board import PLUG_REACH_MM, Block, Seat, plug_size
from mounts.carrier import CarrierSpec
from mounts.parts.frame_spec import FrameSpec
from mounts.parts.sled_spec import SledSpec
from mounts.parts.tray_spec import TraySpec
from mounts.verify.findings import Finding, Outcome
from mounts.verify.limits import CONTACT_MM3, Limits
from mounts.verify.shapes import block, shared
from mounts.verify.subject import Subject

# Overmoulds end 25 to 30 mm before the socket: measured on no standard, a rule of ours.
OVERMOULD_MM = 30.0
BEND_MM = 25.0  # four times a cable of 6 mm, the usual least radius of network cables
CABLE_MM = 8.0  # a cable of 6 mm, and how askew it hangs


def check(subject: Subject, limits: Limits) -> Outcome:  # noqa: ARG001 - every group's signature
    """Check the device's own room and that of its plugs: 0 mm³ shared with the print."""
    if subject.spec is None:
        return Outcome(skipped=("device and plugs: a stranger's file does not name its device",))
    if subject.framed is None:
        return Outcome(skipped=("device and plugs: the mesh is no closed body",))
    found = [*_device(subject), *_plugs(subject)]
    return Outcome(tuple(found))


def _device(subject: Subject) -> list[Finding]:
    body, spec = subject.framed, subject.spec
    assert body is not None
    assert spec is not None
    blocks = device_blocks(spec)
    if not blocks or isinstance(spec, FrameSpec):
        return []
    volume, place = shared(body, blocks_solid(blocks))
    if volume <= CONTACT_MM3:
        return []
    cure = "move the part of the print away, or the device with its seat"
    at = subject.from_rack(place)
    return [Finding("device.collision", at, f"{volume:.2f} mm³ shared", "0 mm³", cure)]


def _plugs(subject: Subject) -> list[Finding]:
    body, spec = subject.framed, subject.spec
    assert body is not None
    found: list[Finding] = []
    rooms = [room for carried in carried_boards(spec) for room in plug_rooms(*carried)]
    for name, part, room in rooms:
        volume, place = shared(body, block(room.low, room.high))
        if volume > CONTACT_MM3:
            cure = f"open the print before {name}, or move the board up to the face"
            measured = f"{volume:.2f} mm³ of the print in the {part} of {name}"
            at = subject.from_rack(place)
            found.append(Finding("device.plug", at, measured, "0 mm³", cure))
    return found


def carried_boards(spec: Fact | None) -> tuple[tuple[CarrierSpec, Seat], ...]:
    """Return the boards that a part itself carries, in the part's own frame.

    A frame's boards are on its sleds.
    """
    if isinstance(spec, TraySpec):
        return tuple((one.spec, one.seat) for one in spec.carried)
    if isinstance(spec, SledSpec) and not isinstance(spec, FrameSpec):
        return ((spec, spec.seat),)
    return ()


def plug_rooms(spec: CarrierSpec, seat: Seat) -> list[tuple[str, str, Block]]:
    """Return the room of each front plug's overmould and of its cable's bend."""
    found: list[tuple[str, str, Block]] = []
    for along, port in seat.ports("front"):
        width, height = plug_size(port, spec.plugs)
        if not width:
            continue
        middle = seat.top_mm + (port.z0_mm or 0.0) + (port.height_mm or 0.0) / 2
        # The overmould stops short of the socket's mouth by what a plate may take up.
        mouth = seat.edge_mm - (port.overhang_mm or 0.0) - PLUG_REACH_MM
        end = mouth - OVERMOULD_MM
        found.append((port.name, "plug", _box(along, middle, (width, height), (end, mouth))))
        cable = min(width, CABLE_MM), min(height, CABLE_MM)
        found.append((port.name, "cable bend", _box(along, middle, cable, (end - BEND_MM, end))))
    return found


def _box(x: float, z: float, size: tuple[float, float], span: tuple[float, float]) -> Block:
    across, tall = size[0] / 2, size[1] / 2
    return Block((x - across, span[0], z - tall), (x + across, span[1], z + tall))
