"""The whole mount of a spec: every part of it, what it carries, and what holds the two together."""

from catalog.models import Fact
from catalog.rack_units import hole_heights_mm
from mounts.assembly import device_blocks
from mounts.board import Block
from mounts.geometry import keystone
from mounts.panel import PanelSpec
from mounts.panel_layout import CutPanelSpec
from mounts.parts.adapter import AdapterSpec
from mounts.parts.blank import BlankSpec
from mounts.parts.cable import FLOOR_MM, CableSpec
from mounts.parts.drives import DrivesSpec
from mounts.parts.ears import EarsSpec
from mounts.parts.frame_spec import FrameSpec
from mounts.parts.holder import WASHER_MM, HolderSpec
from mounts.parts.psu import PsuSpec
from mounts.parts.rear_spec import LEG_MM, RearSpec
from mounts.parts.shelf_spec import ShelfSpec
from mounts.parts.sled_spec import SledSpec
from mounts.parts.stack_spec import StackSpec
from mounts.parts.tray_spec import TraySpec
from mounts.parts.wall import WallSpec
from mounts.pieces import family_of, like
from mounts.scene import boards, shapes
from mounts.scene.make import Make, fresh
from mounts.scene.thing import Thing, Vector, shift

RACK_SCREW_MM = (5.8, 12.0)
UNSCREWED_MM = -26.0  # where rack screws stand in an exploded view
BEHIND_MM = 40.0  # between a shelf and the box taken out of it
JACK_LONG_MM = 28.0
CABLE_MM = 6.0
NOUNS = {"drives": "disk", "psu": "supply"}
# y up and z to the front
UPRIGHT = ((1.0, 0.0, 0.0, 0.0), (0.0, 0.0, -1.0, 0.0), (0.0, 1.0, 0.0, 0.0))
TURNED = ((-1.0, 0.0, 0.0, 0.0), (0.0, -1.0, 0.0, 0.0), (0.0, 0.0, 1.0, 0.0))


def scene(spec: Fact, make: Make | None = None) -> tuple[Thing, ...]:
    """Return the whole mount of a spec.

    Args:
        spec: of any family; a piece of something larger shows the whole.
        make: where the parts' meshes come from; made anew if left out.
    """
    make = make or fresh()
    found = _things(spec, make)
    module = isinstance(spec, FrameSpec) and spec.opening == "labstack"
    if isinstance(spec, PanelSpec) and not isinstance(spec, EarsSpec) and not module:
        found.append(_rack_screws(spec))
    return tuple(found)


def _things(spec: Fact, make: Make) -> list[Thing]:
    match spec:
        case FrameSpec():
            return boards.frame(spec, make)
        case StackSpec():
            return boards.stack(spec, make)
        case RearSpec():
            return _shelf(spec, make)
        case CutPanelSpec():
            return [_part(spec, make), *_behind_panel(spec)]
        case _:
            return _others(spec, make)


def _others(spec: Fact, make: Make) -> list[Thing]:
    match spec:
        case AdapterSpec():
            found = _adapter(spec, make)
        case EarsSpec():
            found = _ears(spec, make)
        case TraySpec() | SledSpec():
            found = [_part(spec, make), *boards.carried(spec)]
        case CableSpec():
            found = [_part(spec, make), *_cables(spec)]
        case HolderSpec():
            found = _holders(spec, make)
        case WallSpec():
            found = [thing.placed(UPRIGHT) for thing in (_part(spec, make), *_boxes(spec))]
        case _:
            found = [_part(spec, make)]
    return found


def _part(spec: Fact, make: Make, name: str = "") -> Thing:
    family = family_of(spec)
    return Thing(name or family, make(family, spec))


def _rack_screws(spec: PanelSpec) -> Thing:
    """Return screws in the outermost holes of each ear."""
    half = spec.standard.hole_pitch_mm / 2
    heights = hole_heights_mm(spec.height_u, spec.start)
    ends = {heights[0], heights[-1]}
    screws = [
        shapes.screw((side * half, 0.0, z), "+y", RACK_SCREW_MM)
        for side in (-1, 1)
        for z in sorted(ends)
    ]
    return Thing("rack screws", shapes.mesh(screws), "screw", (0.0, UNSCREWED_MM, 0.0))


def _boxes(spec: Fact) -> list[Thing]:
    """Return the cased devices of a spec, each on its way out."""
    found = device_blocks(spec)
    count = len(found)
    noun = NOUNS.get(family_of(spec), "device")
    return [
        Thing(f"{noun} {n}" if count > 1 else noun, shapes.case(b), "device", _way(spec, b))
        for n, b in enumerate(found, start=1)
    ]


def _way(spec: Fact, block: Block) -> Vector:
    deep, high = block.high[1] - block.low[1], block.high[2] - block.low[2]
    if isinstance(spec, DrivesSpec) or (isinstance(spec, PsuSpec) and not spec.faced):
        return 0.0, 0.0, high + BEHIND_MM
    if isinstance(spec, WallSpec):
        return 0.0, deep + BEHIND_MM / 2, 0.0
    return 0.0, deep + BEHIND_MM, 0.0


def _shelf(spec: RearSpec, make: Make) -> list[Thing]:
    """Return shelf and boxes; if it is braced, the rear brackets and their bolts too."""
    whole = spec if spec.piece == "shelf" else like(spec, piece="shelf")
    name = "shelf" if isinstance(whole, ShelfSpec) else ""
    found = [_part(whole, make, name), *_boxes(whole)]
    if not spec.braced:
        return found
    for side, name in ((-1, "left"), (1, "right")):
        one = like(spec, piece=f"{name}-bracket")
        away = (side * 40.0, 34.0, 0.0)
        found.append(Thing(f"{name} bracket", make(family_of(one), one), "second", away))
        x = side * (spec.outer_mm + LEG_MM)
        bolts = [
            shapes.screw((x, y, z), "-x" if side > 0 else "+x", (4.0, LEG_MM + spec.wall_mm + 4.0))
            for y, z in spec.bolts
        ]
        found.append(Thing(f"{name} bolts", shapes.mesh(bolts), "screw", (side * 70.0, 34.0, 0.0)))
    return found


def _behind_panel(spec: CutPanelSpec) -> list[Thing]:
    """Return jacks in their seats and fans behind their grilles."""
    found: list[Thing] = []
    jacks = [
        Block(
            (x - keystone.JACK_MM[0] / 2, 0.4, row.z + 0.15),
            (x + keystone.JACK_MM[0] / 2, JACK_LONG_MM, row.z + 0.15 + keystone.JACK_MM[1]),
        )
        for row in spec.jack_rows()
        for x in row.xs
    ]
    if jacks:
        found.append(Thing("keystone jacks", shapes.blocks(jacks), "metal", (0.0, BEHIND_MM, 0.0)))
    if spec.fan is None:
        return found
    fan, back = spec.fan, spec.panel_mm
    for number, (x, z) in enumerate(spec.fan_middles(), start=1):
        wheel = shapes.fan(fan.size_mm, fan.thickness_mm, fan.hole_pitch_mm)
        mesh = shapes.mesh([shapes.along(wheel, "+y", (x, back, z))])
        found.append(Thing(f"fan {number}", mesh, "fan", (0.0, BEHIND_MM, 0.0)))
    screws = [
        shapes.screw((x + dx, 0.0, z + dz), "+y", (4.0, back + 7.0))
        for x, z in spec.fan_middles()
        for dx in (-fan.hole_pitch_mm / 2, fan.hole_pitch_mm / 2)
        for dz in (-fan.hole_pitch_mm / 2, fan.hole_pitch_mm / 2)
    ]
    found.append(Thing("fan screws", shapes.mesh(screws), "screw", (0.0, UNSCREWED_MM, 0.0)))
    return found


def _adapter(spec: AdapterSpec, make: Make) -> list[Thing]:
    """Return the adapter with a 10-inch blank before its bay."""
    same = {key: getattr(spec, key) for key in ("height_u", "start", "vent_mm")}
    gear = BlankSpec(standard=spec.gear, vents=True, **same)
    place = shift(spec.middle_mm, -gear.panel_mm, 0.0)
    blank = Thing("10-inch blank", make("blank", gear), "second", (0.0, -38.0, 0.0)).placed(place)
    screws = _rack_screws(gear).placed(place)
    screws = Thing("gear screws", screws.mesh, "screw", (0.0, -38.0 + UNSCREWED_MM, 0.0))
    if spec.whole:
        return [_part(spec, make), blank, screws]
    halves = [
        Thing(f"{side} half", make("adapter", like(spec, piece=side)), "part", (out, 0.0, 0.0))
        for side, out in (("left", 0.0), ("right", 60.0))
    ]
    return [*halves, blank, screws]


def _ears(spec: EarsSpec, make: Make) -> list[Thing]:
    """Return both ears on a box, with the screws in its sides."""
    half = spec.box_mm / 2
    deep = max(1.2 * spec.depth_mm, 0.45 * spec.box_mm)
    box = Block((-half, 0.6, spec.bottom_mm + 1.0), (half, deep, spec.top_mm - 1.0))
    found = [Thing("box", shapes.case(box), "device")]
    for sign, side in ((-1, "left"), (1, "right")):
        out = sign * 36.0
        found.append(
            Thing(f"{side} ear", make("ears", like(spec, side=side)), "part", (out, 0.0, 0.0))
        )
        x = sign * (half + spec.wing_mm)
        screws = [
            shapes.screw((x, y, z), "-x" if sign > 0 else "+x", (spec.hole_mm - 0.5, 12.0))
            for y, z in spec.holes
        ]
        away = (out + sign * 24.0, 0.0, 0.0)
        found.append(Thing(f"{side} screws", shapes.mesh(screws), "screw", away))
    return found


def _cables(spec: CableSpec) -> list[Thing]:
    """Return a few cables as the bar or the rings hold them."""
    if spec.style == "rings":
        half = spec.standard.body_max_mm / 2 + 10.0
        rows = [(-9.0 - 8.0 * k, spec.middle_mm + dz) for k, dz in ((0, -4.0), (0, 5.0), (1, 0.0))]
        runs = [
            shapes.along(shapes.rod((0, 0, 0), CABLE_MM, 2 * half), "+x", (-half, y, z))
            for y, z in rows
        ]
        return [Thing("cables", shapes.mesh(runs), "cable", (0.0, -(spec.deep_mm + 20.0), 0.0))]
    z = spec.bottom_mm + FLOOR_MM + CABLE_MM / 2
    long = spec.deep_mm + 40.0
    runs = [
        shapes.along(shapes.rod((0, 0, 0), CABLE_MM, long), "+y", (x, spec.panel_mm + 12.0, z))
        for x in spec.places[::2]
    ]
    return [Thing("cables", shapes.mesh(runs), "cable", (0.0, 0.0, 40.0))]


def _holders(spec: HolderSpec, make: Make) -> list[Thing]:
    """Return both holders on a plate, what stands in them, and the bolts."""
    own = make("holder", spec)
    far = Thing("", own).placed(TURNED).placed(shift(spec.wide_mm, 0.0, 0.0)).mesh
    slab = device_blocks(spec)[0]
    lift = (0.0, 0.0, 0.6 * spec.high_mm + 20.0)
    held = Thing("device", shapes.case(slab), "device", lift)
    if spec.device is None:
        held = Thing("board", shapes.blocks([slab]), "board", lift)
    past, beside = spec.bolt_x_mm - 20.0, spec.foot_y_mm + 16.0
    bolts = [
        (x, y)
        for x in (spec.bolt_x_mm, spec.wide_mm - spec.bolt_x_mm)
        for y in (-spec.bolt_y_mm, spec.bolt_y_mm)
    ]
    wide = {"M3": 3.0, "M4": 4.0}[spec.screw]
    plate = shapes.drilled_plate(
        ((past, -beside), (spec.wide_mm - past, beside)),
        (-spec.plate_mm, 0.0),
        [(at, wide + 0.5) for at in bolts],
    )
    long = spec.foot_mm + spec.plate_mm + 5.0
    screws = [shapes.screw((x, y, spec.foot_mm + WASHER_MM), "-z", (wide, long)) for x, y in bolts]
    return [
        Thing("holder", own),
        Thing("other holder", far, "second"),
        held,
        Thing("plate", plate, "clear", (0.0, 0.0, -30.0)),
        Thing("bolts", shapes.mesh(screws), "screw", (0.0, 0.0, 26.0)),
    ]


def extent_mm(things: tuple[Thing, ...]) -> tuple[Vector, Vector]:
    """Return the lowest and the highest corner of a scene, mm."""
    bounds = [thing.mesh.bounds_mm() for thing in things]
    low = [min(b[0][k] for b in bounds) for k in range(3)]
    high = [max(b[1][k] for b in bounds) for k in range(3)]
    return (low[0], low[1], low[2]), (high[0], high[1], high[2])
