"""Does the print keep clear of its device, its plugs and the bend of their cables?"""

from typing import TYPE_CHECKING

from mounts.assembly import blocks_solid, device_blocks, moved, sled_matrix
from mounts.parts.frame_spec import FrameSpec
from mounts.parts.sled_spec import SledSpec
from mounts.verify.findings import Finding, Outcome
from mounts.verify.limits import CONTACT_MM3, Limits
from mounts.verify.room import Room, Rooms
from mounts.verify.rooms import rooms_of
from mounts.verify.shapes import block, shared
from mounts.verify.subject import Subject

if TYPE_CHECKING:
    from manifold3d import Manifold


def check(subject: Subject, limits: Limits) -> Outcome:  # noqa: ARG001 - every group's signature
    """Check the device's own room and that of its plugs: 0 mm³ shared with the print."""
    if subject.spec is None:
        return Outcome(skipped=(f"device and plugs: {subject.unnamed} does not name its device",))
    if subject.framed is None:
        return Outcome(skipped=("device and plugs: the mesh is no closed body",))
    if isinstance(subject.spec, FrameSpec):
        return Outcome(tuple(_in_frame(subject, subject.framed, subject.spec)))
    asked = rooms_of(subject.spec)
    found = [*_device(subject), *(_room(subject, room) for room in asked.rooms)]
    findings = tuple(one for one in found if one is not None)
    idle = asked == Rooms() and not device_blocks(subject.spec)
    return Outcome(findings, asked.skipped, notes=asked.assumed, idle=idle)


def _device(subject: Subject) -> list[Finding]:
    body, spec = subject.framed, subject.spec
    assert body is not None
    assert spec is not None
    blocks = device_blocks(spec)
    if not blocks:
        return []
    volume, place = shared(body, blocks_solid(blocks))
    if volume <= CONTACT_MM3:
        return []
    cure = "move the part of the print away, or the device with its seat"
    at = subject.from_rack(place)
    return [Finding("device.collision", at, f"{volume:.2f} mm³ shared", "0 mm³", cure)]


def _in_frame(subject: Subject, frame: "Manifold", spec: FrameSpec) -> list[Finding]:
    """Hold a frame, or its fan wall, to every board on its sleds and to their plugs."""
    solids = [_solids(sled) for sled in spec.kinds]
    found: list[Finding] = []
    for index, one in enumerate(spec.stands[: spec.sleds]):
        place, (boards, plugs) = sled_matrix(spec, index), solids[one.kind]
        for rule, what, solid in (
            ("device.collision", "shared with the board", boards),
            ("device.plug", "of the print in the plugs", plugs),
        ):
            volume, at = (0.0, (0.0, 0.0, 0.0))
            if solid is not None:
                volume, at = shared(frame, moved(solid, place))
            if volume > CONTACT_MM3:
                measured = f"{volume:.2f} mm³ {what} of sled {index + 1}"
                cure = "more room between the sleds (air_gap_mm), or fewer of them"
                found.append(Finding(rule, subject.from_rack(at), measured, "0 mm³", cure))
    return found


def _solids(sled: SledSpec) -> "tuple[Manifold, Manifold | None]":
    """Return a sled's board, and the plugs in front of it."""
    rooms = [room.block for room in rooms_of(sled).rooms]
    return blocks_solid(device_blocks(sled)), blocks_solid(rooms) if rooms else None


def _room(subject: Subject, room: Room) -> Finding | None:
    body = subject.framed
    assert body is not None
    volume, place = shared(body, block(room.block.low, room.block.high))
    if volume <= CONTACT_MM3:
        return None
    cure = f"open the print before {room.of}, or move what it carries up to the face"
    measured = f"{volume:.2f} mm³ of the print in the {room.part} of {room.of}"
    at = subject.from_rack(place)
    return Finding("device.plug", at, measured, "0 mm³", cure)
