"""Can screws be put in? Heads and driver free, and the room of the rack's posts."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from mounts.board import Seat
from mounts.carrier import CarrierSpec
from mounts.verify.driven import Driven, driven_of
from mounts.verify.findings import Finding, Outcome, Point3
from mounts.verify.limits import CONTACT_MM3, Limits
from mounts.verify.panel import Known, known_panel
from mounts.verify.plugs import carried_boards
from mounts.verify.shapes import block, cylinder, shared
from mounts.verify.subject import Subject

if TYPE_CHECKING:
    from manifold3d import Manifold

HEAD_MM = 12.0  # M6 pan head, ISO 7045: 12 across
HEAD_TALL_MM = 6.0  # with a washer of 1.6
DRIVER_MM = 8.0  # shank of a screwdriver for it
DRIVER_LONG_MM = 100.0
SHANK_MM = 6.0
BEHIND_MM = 10.0  # nut and screw end behind the panel
PAN_HEAD = 2.0  # a pan head is twice its thread across, ISO 7045: M2.5 5.0, M3 5.6
OFF_MM = 0.05  # off the face, so that resting on it is no contact
POST_DEEP_MM = 12.0


def check(subject: Subject, limits: Limits) -> Outcome:
    """Check rack screws from the panel's front, board screws from above, and all others."""
    if subject.solid is None:
        return Outcome(skipped=("screws and driver: the mesh is no closed body",))
    found: list[Finding] = []
    skipped: list[str] = []
    known = known_panel(subject, limits.standards)
    if known is not None:
        found += _rack_screws(subject, known)
        found += _posts(subject, known)
    if subject.framed is not None:
        body = subject.framed
        for carried in carried_boards(subject.spec):
            found += _driven(subject, body, _board_screws(*carried), "access.board-screw")
        if subject.spec is not None:
            found += _driven(subject, body, driven_of(subject.spec), "access.screw")
    if subject.spec is None:
        skipped.append(f"screws other than the rack's: {subject.unnamed} does not say where")
    return Outcome(tuple(found), tuple(skipped))


def _rack_screws(subject: Subject, known: Known) -> list[Finding]:
    """Find slots that no screw reaches. A stranger's panel may be held from either side."""
    solid = subject.solid
    assert solid is not None
    plate = known.plate
    into = _vector(plate.axes[1])
    out = _vector(-plate.axes[1])
    found: list[Finding] = []
    for slot in (*plate.left, *plate.right):
        face = plate.place(slot.x, slot.z)
        rear = _along(face, into, plate.thick_mm)
        sides = [(face, out, rear, into), (rear, into, face, out)]
        front = _front(subject, plate.axes[1])
        tried = [_blocked(solid, *side) for side in (sides if front is None else [sides[front]])]
        if all(volume > CONTACT_MM3 for volume, _ in tried):
            volume, place = min(tried)
            cure = "keep 12 mm round each slot free for head and driver, and the room behind it"
            measured = f"{volume:.1f} mm³ of the part in the way of a rack screw"
            found.append(Finding("access.rack-screw", place, measured, "0 mm³", cure))
    return found


def _front(subject: Subject, inwards: object) -> int | None:
    """Return the front side of the plate: 0 the face that was found, 1 the other, or unknown."""
    if subject.rack is None:
        return None
    import numpy as np  # noqa: PLC0415 - heavy

    into = np.asarray(subject.rack, dtype=float)[:, :3] @ np.asarray(inwards)
    return 0 if into[1] > 0 else 1


def _blocked(
    solid: "Manifold", face: Point3, out: Point3, rear: Point3, into: Point3
) -> tuple[float, Point3]:
    """Return what stands in the way of a screw put in at `face`: head, driver, end."""
    from manifold3d import Manifold, OpType  # noqa: PLC0415 - heavy

    off = _along(face, out, OFF_MM)
    room = [
        cylinder(off, out, HEAD_TALL_MM, HEAD_MM),
        cylinder(off, out, DRIVER_LONG_MM, DRIVER_MM),
        cylinder(_along(rear, into, OFF_MM), into, BEHIND_MM, SHANK_MM),
        cylinder(face, into, _distance(face, rear), SHANK_MM - 0.6),
    ]
    return shared(solid, Manifold.batch_boolean(room, OpType.Add))


def _board_screws(spec: CarrierSpec, seat: Seat) -> list[Driven]:
    """Return the screws of one board, put in from above."""
    wide = PAN_HEAD * (spec.screw.close_mm - 0.2 if spec.screw else 3.0)
    return [
        Driven("a board screw", (x, y, seat.top_mm), (0, 0, 1), wide)
        for (x, y), _ in seat.mount_holes()
    ]


def _driven(
    subject: Subject, body: "Manifold", screws: Sequence[Driven], rule: str
) -> list[Finding]:
    """Find screws that cannot be put in, for something is in the way of head or driver."""
    found: list[Finding] = []
    for one in screws:
        start = _along(one.at, one.out, OFF_MM)
        volume, place = shared(body, cylinder(start, one.out, one.long_mm, one.wide_mm))
        if volume > CONTACT_MM3:
            measured = f"{volume:.1f} mm³ of the part in the way of {one.what}"
            cure = f"leave {one.wide_mm:.1f} mm free round it, for {one.long_mm:g} mm"
            found.append(Finding(rule, subject.from_rack(place), measured, "0 mm³", cure))
    return found


def _posts(subject: Subject, known: Known) -> list[Finding]:
    """Find what stands where the rack's posts are: behind the panel, beside the opening."""
    solid = subject.solid
    assert solid is not None
    front = _front(subject, known.plate.axes[1])
    sides = (0, 1) if front is None else (front,)
    volume, place = min(shared(solid, _post_room(known, side)) for side in sides)
    if volume <= CONTACT_MM3:
        return []
    opening = known.standard.opening_mm
    measured = f"{volume:.1f} mm³ of the part where the posts are"
    cure = f"keep what is behind the panel within {opening:g} mm"
    return [Finding("access.post", place, measured, "0 mm³", cure)]


def _post_room(known: Known, side: int) -> "Manifold":
    """Return the room of both posts: behind the face that was found (0), or before it (1)."""
    import numpy as np  # noqa: PLC0415 - heavy
    from manifold3d import Manifold, OpType  # noqa: PLC0415 - heavy

    plate, inner = known.plate, known.standard.opening_mm / 2 + OFF_MM
    span = (plate.thick_mm + OFF_MM, plate.thick_mm + POST_DEEP_MM)
    start, end = span if side == 0 else (-POST_DEEP_MM, -OFF_MM)
    outer, tall = plate.width_mm / 2, plate.height_mm
    pair = [
        block((inner, start, 0.0), (outer, end, tall)),
        block((-outer, start, 0.0), (-inner, end, tall)),
    ]
    place = np.column_stack([plate.axes.T, plate.origin])
    if np.linalg.det(plate.axes) < 0:
        place[:, 0] *= -1  # the room is the same on both sides
    return Manifold.batch_boolean(pair, OpType.Add).transform(place)


def _along(point: Point3, way: Point3, length: float) -> Point3:
    x, y, z = (p + w * length for p, w in zip(point, way, strict=True))
    return x, y, z


def _distance(a: Point3, b: Point3) -> float:
    return sum((p - q) ** 2 for p, q in zip(a, b, strict=True)) ** 0.5


def _vector(values: object) -> Point3:
    import numpy as np  # noqa: PLC0415 - heavy

    x, y, z = (float(v) for v in np.asarray(values))
    return x, y, z
