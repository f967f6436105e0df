"""Screws other than the rack's, by family: where each is put in, and from which side."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from catalog.models import Fact
from mounts import labstack
from mounts.panel_layout import CutPanelSpec
from mounts.parts.adapter import SEATS, AdapterSpec
from mounts.parts.drives import DrivesSpec
from mounts.parts.ears import EarsSpec
from mounts.parts.fan_wall import screw_places
from mounts.parts.frame_spec import FAN_WALL_MM, FrameSpec
from mounts.parts.holder import WASHER_D_MM, HolderSpec
from mounts.parts.psu import PsuSpec
from mounts.parts.rear_spec import LEG_MM, RearSpec
from mounts.parts.shelf_spec import ShelfSpec
from mounts.parts.stack_spec import BRACKET_MM, StackSpec
from mounts.parts.tray_spec import TraySpec
from mounts.parts.wall import HEAD_HIGH_MM, KEYHOLE_RISE_MM, WallSpec
from mounts.verify.findings import Point3

DRIVER_MM = 60.0  # of a driver's shank that must find its way
# Heads, mm: M2.5 to M6 ISO 7045; #6-32 ASME B18.6.3; wood screw of 4 mm DIN 96; fan screws as sold.
HEAD_MM = {"M2": 4.0, "M2.5": 5.0, "M3": 5.6, "M4": 8.0, "M5": 9.5, "M6": 12.0, "#6-32": 6.9}
WOOD_MM = 8.0
FAN_MM = 8.0
RACK_MM = 12.0


@dataclass(frozen=True)
class Driven:
    """One screw, nut or insert that must be put in.

    Args:
        what: in words.
        at: where its head comes to rest, in the part's own frame.
        out: the way from there to the hand that holds the driver.
        wide_mm: diameter of what passes: head, nut or driver.
        long_mm: how far it must be free.
    """

    what: str
    at: Point3
    out: Point3
    wide_mm: float
    long_mm: float = DRIVER_MM


def driven_of(spec: Fact) -> tuple[Driven, ...]:
    """Return all that is driven into a part, but for rack screws and those of printed posts.

    Args:
        spec: what the part was made from.
    """
    find = next((find for kind, find in FINDERS if isinstance(spec, kind)), None)
    return () if find is None else tuple(find(spec))


def _disks(spec: DrivesSpec) -> list[Driven]:
    low, wide = spec.deck.low_mm, HEAD_MM[spec.thread]
    own = spec.screws if spec.piece == "shelf" else ()
    found = [Driven("a disk's screw", (x, y, low), (0, 0, -1), wide) for x, y in own]
    return [*found, *_brackets(spec)]


def _supply(spec: PsuSpec) -> list[Driven]:
    if spec.piece != "shelf":
        return _brackets(spec)
    rear = HEAD_MM[spec.device.screw or "#6-32"] if spec.rear_holes else 0.0
    found = [Driven("a supply's screw", (x, 0, z), (0, -1, 0), rear) for x, z in spec.rear_holes]
    low, wide = spec.deck.low_mm, HEAD_MM.get(spec.device.bottom_screw, 0.0)
    found += [
        Driven("a supply's screw", (x, y, low), (0, 0, -1), wide) for x, y in spec.bottom_holes
    ]
    return [*found, *_brackets(spec)]


def _brackets(spec: RearSpec) -> list[Driven]:
    """Bolts from outside through bracket and wall, and the bracket's own rack screws."""
    if not spec.braced:
        return []
    sides = {"left-bracket": (-1,), "right-bracket": (1,)}.get(spec.piece, (-1, 1))
    x = spec.outer_mm + (LEG_MM if spec.piece != "shelf" else 0.0)
    wide = HEAD_MM["M4"]
    found = [
        Driven("a bracket's bolt", (side * x, y, z), (side, 0, 0), wide)
        for side in sides
        for y, z in spec.bolts
    ]
    if spec.piece != "shelf":
        pitch, front = spec.standard.hole_pitch_mm / 2, spec.posts_mm - LEG_MM
        found += [
            Driven("a bracket's rack screw", (side * pitch, front, z), (0, -1, 0), RACK_MM)
            for side in sides
            for z in spec.bracket_holes_mm
        ]
    return found


def _wall(spec: WallSpec) -> list[Driven]:
    """A screw is driven before the box is in; over a keyhole its head has room behind the box."""
    up = (0.0, 0.0, 1.0)
    if spec.fixing == "screw":
        return [Driven("a wall screw", (x, y, spec.plate_mm), up, WOOD_MM) for x, y in spec.screws]
    tall = HEAD_HIGH_MM - 0.1
    return [
        Driven("a wall screw's head", (x, y - drop, spec.plate_mm), up, WOOD_MM, tall)
        for x, y in spec.screws
        for drop in (0.0, KEYHOLE_RISE_MM)
    ]


def _holder(spec: HolderSpec) -> list[Driven]:
    wide, z = WASHER_D_MM[spec.screw], spec.foot_mm
    return [
        Driven("a holder's bolt", (spec.bolt_x_mm, side * spec.bolt_y_mm, z), (0, 0, 1), wide)
        for side in (-1, 1)
    ]


def _ears(spec: EarsSpec) -> list[Driven]:
    side = 1 if spec.side == "right" else -1
    x = side * (spec.box_mm / 2 + spec.wing_mm)
    wide = HEAD_MM.get(spec.screw.thread if spec.screw else "M4", HEAD_MM["M4"])
    return [Driven("a box's screw", (x, y, z), (side, 0, 0), wide) for y, z in spec.holes]


def _stack(spec: StackSpec) -> list[Driven]:
    """From above: the top plate's screws, the fan's on its bracket, the base's on its shelf."""
    up, thread = (0.0, 0.0, 1.0), spec.screw.thread if spec.screw else "M2.5"
    if spec.piece == "top":
        z = spec.top_mm + spec.floor_mm
        return [Driven("a top screw", (*at, z), up, HEAD_MM[thread]) for at in spec.board_holes]
    if spec.piece == "fan-bracket" and spec.fan is not None:
        z = spec.under_mm(0) + spec.device.board.thickness_mm + spec.over_mm + BRACKET_MM
        (x, y), half = spec.cooled_at, spec.fan.hole_pitch_mm / 2
        places = [(x + a * half, y + b * half, z) for a in (-1, 1) for b in (-1, 1)]
        return [Driven("a fan's screw", at, up, HEAD_MM["M3"]) for at in places]
    if spec.piece == "plate":
        from mounts.parts.stack import shelf_screws  # noqa: PLC0415 - registers its family

        z = spec.floor_mm
        return [Driven("a base screw", (*at, z), up, HEAD_MM["M4"]) for at in shelf_screws(spec)]
    return []


def _panel(spec: CutPanelSpec) -> list[Driven]:
    if spec.fan is None:
        return []
    half = spec.fan.hole_pitch_mm / 2
    return [
        Driven("a fan's screw", (x + a * half, 0.0, z + b * half), (0, -1, 0), FAN_MM)
        for x, z in spec.fan_middles()
        for a in (-1, 1)
        for b in (-1, 1)
    ]


def _adapter(spec: AdapterSpec) -> list[Driven]:
    """The gear's screws in front, its nuts or inserts from behind."""
    wide = SEATS[spec.thread][1] - 0.2
    if not spec.thread.endswith("insert"):
        wide *= 0.866  # a nut turned in its seat: across flats inside the seat's circle
    found = [Driven("the gear's screw", (x, 0.0, z), (0, -1, 0), RACK_MM) for x, z in spec.holes]
    end = spec.end_mm
    return [*found, *(Driven("a nut", (x, end, z), (0, 1, 0), wide) for x, z in spec.holes)]


def _shield_tray(spec: TraySpec) -> list[Driven]:
    """From below into the bought standoffs; printed posts are asked for as the board's screws."""
    if not spec.shielded:
        return []
    wide, z = HEAD_MM["#6-32"], spec.floor_low_mm
    places = [at for one in spec.carried for at, _ in one.seat.mount_holes()]
    return [Driven("a standoff's screw", (*at, z), (0, 0, -1), wide) for at in places]


def _frame(spec: FrameSpec) -> list[Driven]:
    """A module's screws in front; a fan wall's from behind."""
    if spec.piece == "fan-wall":
        end = spec.back_mm + FAN_WALL_MM
        places = [(x, end, z) for x, z in screw_places(spec)]
        return [Driven("a fan wall's screw", at, (0, 1, 0), HEAD_MM["M3"]) for at in places]
    if spec.opening != "labstack":
        return []
    middle = 0.0, (spec.bottom_mm + spec.top_mm) / 2
    places = [(x, 0.0, z) for x, z in labstack.screws(middle)]
    return [Driven("a module's screw", at, (0, -1, 0), HEAD_MM["M3"]) for at in places]


FINDERS: tuple[tuple[type[Fact], Callable[[Any], list[Driven]]], ...] = (
    (DrivesSpec, _disks),
    (PsuSpec, _supply),
    (ShelfSpec, _brackets),
    (WallSpec, _wall),
    (HolderSpec, _holder),
    (EarsSpec, _ears),
    (StackSpec, _stack),
    (CutPanelSpec, _panel),
    (AdapterSpec, _adapter),
    (TraySpec, _shield_tray),
    (FrameSpec, _frame),
)
