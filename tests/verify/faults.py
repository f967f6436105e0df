"""Seeded faults: each a good part spoiled by code, and the same thing done so that it is right."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from manifold3d import CrossSection, Manifold

from mounts.assembly import STILL
from mounts.mesh import Mesh
from mounts.parts.latch import CLIP_TRAVEL_MM
from mounts.verify.shapes import cylinder
from mounts.verify.subject import Subject
from tests.verify.bodies import (
    box,
    ear_slots,
    good,
    meshed,
    plate,
    solid,
    subject,
)
from tests.verify.sled_faults import (
    beside_clip,
    bump,
    catch,
    gate,
    hook,
    no_catch,
    shoulder,
    tail,
    tongue,
)

PITCH = 236.525
HEIGHTS = (5.955, 21.83, 37.705)  # 6.35, 22.225 and 38.1 less half of 0.79


@dataclass(frozen=True)
class Fault:
    """A rule, a part that breaks it and one that only just does not."""

    rule: str
    bad: Callable[[], Subject]
    fine: Callable[[], Subject]


def stranger(body: Manifold | Mesh, up: Any = "+y") -> Subject:
    """A body of which nothing is known."""
    return Subject("stranger", body if isinstance(body, Mesh) else meshed(body), up)


def panel(
    pitch: float = PITCH,
    height: float = 43.66,
    slot: tuple[float, float] = (10.3, 7.0),
    width: float = 254.0,
    heights: tuple[float, ...] = HEIGHTS,
) -> Subject:
    """A plain panel; what is added to the height is added at both edges."""
    more = (height - 43.66) / 2
    return stranger(plate(width, height, ear_slots(pitch, [z + more for z in heights], *slot)))


def one_slot(dx: float, dz: float) -> Subject:
    """A panel of which one slot is out of its place."""
    slots = ear_slots(PITCH, HEIGHTS, 10.3, 7.0)
    x, z, *size = slots[1]
    slots[1] = (x + dx, z + dz, size[0], size[1])
    return stranger(plate(254, 43.66, slots))


def blank(change: Callable[[Manifold], Manifold]) -> Subject:
    """The blank panel of ours, changed; its middle is empty."""
    return subject("blank", meshed(change(solid("blank"))))


def upright(change: Callable[[Manifold], Manifold], up: Any = "+z") -> Subject:
    """A plain panel in the rack's frame, changed, printed standing on its lower edge."""
    body = plate(254, 43.66, ear_slots(PITCH, HEIGHTS, 10.3, 7.0))
    return Subject("upright", meshed(change(body)), up, rack=STILL)


def facets(change: Callable[[Mesh], Mesh]) -> Subject:
    """The blank's triangles, changed."""
    return subject("blank", change(good("blank")[2]))


def rest(mesh: Mesh, triangles: Any) -> Mesh:
    return Mesh(mesh.vertices, np.asarray(triangles))


def with_needle(mesh: Mesh) -> Mesh:
    """One edge gets a point in its middle and a facet without area between both."""
    t = mesh.triangles
    a, b = t[0, 0], t[0, 1]
    middle = len(mesh.vertices)
    points = np.vstack([mesh.vertices, (mesh.vertices[a] + mesh.vertices[b]) / 2])
    needle = [a, b, middle]
    halves = [[a, middle, t[0, 2]], [middle, b, t[0, 2]]]
    return Mesh(points, np.vstack([t[1:], halves, needle]))


def split_edge(mesh: Mesh) -> Mesh:
    """One edge gets a point in its middle, and both its neighbours two facets each."""
    t = mesh.triangles
    a, b = t[0, 0], t[0, 1]
    other = next(i for i in range(1, len(t)) if {a, b} <= set(t[i].tolist()))
    c = next(v for v in t[other] if v not in (a, b))
    middle = len(mesh.vertices)
    points = np.vstack([mesh.vertices, (mesh.vertices[a] + mesh.vertices[b]) / 2])
    new = [[a, middle, t[0, 2]], [middle, b, t[0, 2]], [b, middle, c], [middle, a, c]]
    keep = [i for i in range(len(t)) if i not in (0, other)]
    return Mesh(points, np.vstack([t[keep], new]))


def both(a: Mesh, b: Mesh) -> Mesh:
    return Mesh(
        np.vstack([a.vertices, b.vertices]), np.vstack([a.triangles, b.triangles + len(a.vertices)])
    )


def thin_wall(left_mm: float) -> Subject:
    """A fin behind the blank, so thick."""
    return blank(lambda body: body + box((0, 2, 8), (left_mm, 30, 36)))


def web(left_mm: float) -> Subject:
    """Two holes in the blank with so much between them."""
    hexagon = CrossSection.circle(5, 6)
    apart = 2 * 5 * np.cos(np.pi / 6) + left_mm
    holes = hexagon.rotate(30).translate((0, 20)) + hexagon.rotate(30).translate((apart, 20))
    drill = Manifold.extrude(holes, 20).transform(
        np.array([[1, 0, 0, 0], [0, 0, -1, 15], [0, 1, 0, 0]], float)
    )
    return blank(lambda body: body - drill)


def shelf_out(deep_mm: float) -> Subject:
    """A board standing out of an upright panel, so far."""
    return upright(lambda body: body + box((-20, -deep_mm, 20), (20, 1, 26)))


def ramp(degrees: float) -> Subject:
    """A block behind an upright panel whose underside slopes, so much from upright."""
    deep = 12.0
    rise = deep / np.tan(np.radians(degrees))
    corners = [(2, 30 - rise), (2 + deep, 30), (2 + deep, 32), (2, 32)]
    side = CrossSection([np.array(corners, dtype=float)])
    block = Manifold.extrude(side, 30).transform(
        np.array([[0, 0, 1, -15], [1, 0, 0, 0], [0, 1, 0, 0]], float)
    )
    return upright(lambda body: body + block)


def window(wide_mm: float) -> Subject:
    """A window in an upright panel, so wide."""
    return upright(lambda body: body - box((0, -1, 10), (wide_mm, 9, 25)))


def bar(end_mm: float) -> Subject:
    """A bar behind the panel, to that depth."""
    return blank(lambda body: body + box((-5, 2, 10), (5, end_mm, 20)))


def tray(change: Callable[[Manifold, Any], Manifold]) -> Subject:
    """The tray of ours, changed."""
    return subject("tray", meshed(change(solid("tray"), good("tray")[1])))


def lifted(by_mm: float) -> Subject:
    """The whole print higher under its device, which stays."""
    return tray(lambda body, _: body.translate((0, 0, by_mm)))


def post(gap_mm: float) -> Subject:
    """A post under the board's middle that ends so far under what hangs below the PCB."""

    def change(body: Manifold, spec: Any) -> Manifold:
        seat = spec.seat
        top = seat.under_mm - seat.envelope.below_mm - gap_mm
        foot = (seat.center_mm - 10, seat.edge_mm + seat.deep_mm / 2)
        return body + box(
            (foot[0] - 2, foot[1] - 4, spec.bottom_mm), (foot[0] + 2, foot[1] + 4, top)
        )

    return tray(change)


def roof(over: bool) -> Subject:
    """A roof over a screw of the board on a wall beside it; or the same beside the screw."""

    def change(body: Manifold, spec: Any) -> Manifold:
        (x, y), _ = max(spec.seat.mount_holes(), key=lambda hole: hole[0])  # no ports beside it
        side = -1 if x < spec.seat.center_mm else 1
        wall = spec.seat.center_mm + side * (spec.seat.across_mm / 2 + 2)
        z = spec.seat.highest_mm + 1
        near = x if over else wall
        xs = sorted((wall + side * 2, near - side * (3 if over else 0)))
        upright = sorted((wall, wall + side * 2))
        body += box((upright[0], y - 4, spec.bottom_mm), (upright[1], y + 4, z + 2))
        return body + box((xs[0], y - 4, z), (xs[1], y + 4, z + 2)) if over else body

    return tray(change)


def knob(away_mm: float) -> Subject:
    """A knob on the panel's front, so far beside the middle of a slot."""
    x = PITCH / 2 - away_mm
    return upright(lambda body: body + cylinder((x, 1.0, 21.83), (0, -1, 0), 12, 4), up="-y")


def ear_rib(x_mm: float) -> Subject:
    """A rib behind the panel, its outer face at x."""
    return blank(lambda body: body + box((x_mm - 3, 2, 10), (x_mm, 20, 34)))


def lip(free: bool) -> Subject:
    """A lip before the tray's first port: across its plug, or beside all plugs."""

    def change(body: Manifold, spec: Any) -> Manifold:
        along, port = spec.seat.ports("front")[0]
        x = along if not free else spec.seat.center_mm + 70
        z = spec.seat.top_mm + port.z0_mm + port.height_mm / 2
        foot = box((x - 2, -12, spec.bottom_mm), (x + 2, 1, spec.bottom_mm + 3))
        return body + foot + box((x - 2, -12, spec.bottom_mm), (x + 2, -10, z))

    return tray(change)


Box = tuple[tuple[float, float, float], tuple[float, float, float]]


def added(rule: str, name: str, bad: Box, fine: Box) -> Fault:
    """A block of print where a device, a plug or a screw has to be; another does no harm."""

    def spoiled(corners: Box) -> Subject:
        return subject(name, meshed(solid(name) + box(*corners)))

    return Fault(rule, lambda: spoiled(bad), lambda: spoiled(fine))


def eared(cut: bool) -> Subject:
    """The blank without its ears; or half a millimetre less of one."""
    wide = 105 if cut else 126.5
    return blank(lambda body: body ^ box((-wide, -1, -1), (127 if not cut else wide, 9, 60)))


def _flip(mesh: Mesh, count: int) -> Mesh:
    t = mesh.triangles.copy()
    t[:count] = t[:count, ::-1]
    return rest(mesh, t)


def _same(mesh: Mesh) -> Mesh:
    return mesh


SMALL = meshed(box((0, 0, 0), (10, 10, 10)))

FAULTS: dict[str, Fault] = {
    "pitch 238.125": Fault("panel.pitch", lambda: panel(238.125), panel),
    "one slot sideways": Fault("panel.pitch", lambda: one_slot(1.5, 0), lambda: one_slot(0.2, 0)),
    "one slot too high": Fault(
        "panel.hole-height", lambda: one_slot(0, 1.5), lambda: one_slot(0, 0.2)
    ),
    "panel 44.45 high": Fault(
        "panel.height", lambda: panel(height=44.45), lambda: panel(height=43.86)
    ),
    "panel 260 wide": Fault("panel.width", lambda: panel(width=260.0), panel),
    "slot 5 high": Fault(
        "panel.slot-height", lambda: panel(slot=(10.3, 5)), lambda: panel(slot=(10.3, 6.5))
    ),
    "round 6.1 holes": Fault(
        "panel.slot-length", lambda: panel(slot=(6.1001, 6.1)), lambda: panel(slot=(10.4, 10.3))
    ),
    "no slot in a corner": Fault(
        "panel.hole-missing",
        lambda: panel(heights=HEIGHTS[1:]),
        lambda: panel(heights=(HEIGHTS[0], HEIGHTS[2])),
    ),
    "wall of 0.6": Fault("wall.thin", lambda: thin_wall(0.6), lambda: thin_wall(0.9)),
    "web of 0.5": Fault("wall.thin", lambda: web(0.5), lambda: web(1.2)),
    "open edge": Fault(
        "solid.closed", lambda: facets(lambda m: rest(m, m.triangles[1:])), lambda: facets(_same)
    ),
    "body doubled and shifted": Fault(
        "solid.one-body",
        lambda: facets(lambda m: both(m, Mesh(m.vertices + 0.7, m.triangles))),
        lambda: facets(_same),
    ),
    "second body apart": Fault(
        "solid.one-body",
        lambda: facets(lambda m: both(m, Mesh(SMALL.vertices + 60.0, SMALL.triangles))),
        lambda: blank(lambda body: body + box((0, 2, 10), (10, 12, 20))),
    ),
    "inside out": Fault(
        "solid.orientation",
        lambda: facets(lambda m: _flip(m, len(m.triangles))),
        lambda: facets(lambda m: _flip(_flip(m, len(m.triangles)), len(m.triangles))),
    ),
    "one facet turned": Fault(
        "solid.orientation", lambda: facets(lambda m: _flip(m, 1)), lambda: facets(_same)
    ),
    "facet without area": Fault(
        "solid.zero-area", lambda: facets(with_needle), lambda: facets(split_edge)
    ),
    "facet twice": Fault(
        "solid.duplicate",
        lambda: facets(lambda m: rest(m, np.vstack([m.triangles, m.triangles[:1]]))),
        lambda: facets(_same),
    ),
    "shelf in the air": Fault("overhang.angle", lambda: shelf_out(6), lambda: shelf_out(0.4)),
    "underside at 60 degrees": Fault("overhang.angle", lambda: ramp(60), lambda: ramp(44)),
    "bridge of 30": Fault("overhang.bridge", lambda: window(30), lambda: window(19)),
    "300 long on a bed of 256": Fault("bed.size", lambda: bar(300), lambda: bar(250)),
    "device 2 mm off": Fault("device.collision", lambda: lifted(2.0), lambda: lifted(0.0)),
    "post under the parts": Fault("device.collision", lambda: post(-1.0), lambda: post(0.2)),
    "plug against a lip": Fault("device.plug", lambda: lip(False), lambda: lip(True)),
    "driver under a roof": Fault("access.board-screw", lambda: roof(True), lambda: roof(False)),
    "knob beside a slot": Fault("access.rack-screw", lambda: knob(5), lambda: knob(16)),
    "rib in the post's place": Fault("access.post", lambda: ear_rib(113), lambda: ear_rib(110)),
    "catch too long": Fault("sweep.path", lambda: catch(5.0), lambda: catch(1.0)),
    "no catch": Fault("sweep.catch", lambda: no_catch(True), lambda: no_catch(False)),
    "clip twice as thick": Fault(
        "sweep.press", lambda: tongue(1.6, True), lambda: tongue(0.2, True)
    ),
    "clip's slit closed to a line": Fault(
        "sweep.press", lambda: tongue(1.1, False), lambda: tongue(0.2, False)
    ),
    "rib beside a clip": Fault(
        "sweep.press", lambda: beside_clip(0.5), lambda: beside_clip(CLIP_TRAVEL_MM + 0.1)
    ),
    "clip that does not catch": Fault("sweep.catch", lambda: hook(0.0), lambda: hook(0.9)),
    "front plate into the next": Fault(
        "sweep.neighbour", lambda: shoulder(1.0), lambda: shoulder(0.2)
    ),
    "bar before a sled": Fault("sweep.path", lambda: gate(0), lambda: gate(1)),
    "bar through a box": added(
        "device.collision",
        "shelf",
        ((-5, 50, 4), (5, 60, 10)),
        ((-5, 50, 3), (5, 60, 4.3)),
    ),
    "bar before a box": added(
        "device.plug", "shelf", ((-80, 0, 12), (80, 3, 16)), ((-80, 0, 1), (80, 3, 5))
    ),
    "block behind a box": added(
        "device.plug", "shelf", ((-5, 105, 4), (5, 112, 20)), ((-5, 105, 4), (5, 112, 4.9))
    ),
    "bar before an inlet": added(
        "device.plug", "psu", ((-65, 0, 50), (65, 3, 54)), ((-70, 0, 1), (70, 3, 5))
    ),
    "floor under a disk's plugs": added(
        "device.plug", "drives", ((-5, 110, 3.4), (5, 120, 10)), ((-5, 110, 3.4), (5, 113.9, 6.2))
    ),
    "block behind a jack": added(
        "device.plug", "panel", ((8, 10, 12), (12, 14, 20)), ((18.5, 9.9, 12), (21, 14, 20))
    ),
    "rail beside a plug at the side": added(
        "device.plug", "tray", ((-33, 45, 2), (-31, 65, 6)), ((-33, 45, 2), (-31, 65, 4.5))
    ),
    "block over a wall screw": added(
        "access.screw", "wall", ((-44, 13, 2.5), (-41, 16, 6)), ((-30, 13, 2.5), (-27, 16, 5.9))
    ),
    "roof over a holder's bolt": added(
        "access.screw", "holder", ((-15, -28, 20), (-4, -20, 23)), ((-15, 20, 3), (-12, 28, 3.9))
    ),
    "rib at a bracket's bolt": added(
        "access.screw",
        "bracket",
        ((-56, 150, 20), (-52, 154, 24)),
        ((-56, 160, 40), (-52, 164, 44)),
    ),
    "bump in a groove": Fault("sweep.seated", lambda: bump(1.5), lambda: bump(0.1)),
    "rows that meet": Fault("sweep.rows", lambda: tail(280), lambda: tail(60)),
    "no ears": Fault("panel.slot", lambda: eared(True), lambda: eared(False)),
}
