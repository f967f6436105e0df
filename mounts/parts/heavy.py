"""Shelves for a UPS, a NAS, or anything over 2 kg: ribbed, strapped, held at the rear posts too."""

from functools import cached_property
from typing import Literal

from pydantic import Field, model_validator

from catalog.models import Box
from catalog.problems import InputError, Problem
from catalog.rack_units import hole_heights_mm, panel_height_mm, smallest_height_u
from mounts import panel
from mounts.geometry.flat import Loop, Point, polygon, polygon_r, rectangle
from mounts.geometry.sheet import Sheet, joined
from mounts.geometry.vents import Perforation
from mounts.panel import Notch
from mounts.part import Hardware, Part, part
from mounts.parts.deck import STOP_LONG_MM, Deck, upright_bore, upright_slot
from mounts.parts.shelf import FRONT_LIP_MM, MIN_BAR_MM, ShelfSpec

HEAVY_G = 2000.0  # a cantilever of printed plastic should carry no more for years
RIB_MM = 3.0
RIB_HIGH_MM = 8.4  # ribs under the floor, and room for the straps
STRAP_MM = (30.0, 4.2)  # slot for a strap of 25 mm and the slot's pointed roof
STRAP_LOW_MM = 3.0  # from the ribs' lower edge to the slot
BOLT_MM = 4.5  # M4, normal fit (ISO 273)
BOLTS_APART_MM = 30.0
ADJUST_MM = 16.0  # how far a bracket can be shifted along its wall
LEG_MM = 4.0  # thickness of the bracket
FILLET_MM = 14.0
EAR_SLOT_MM = (12.0, 7.0)  # as the panel's, a little longer: rear posts are set up by hand


class HeavySpec(ShelfSpec):
    """One heavy box; the shelf, or one of the two brackets to the rear posts."""

    piece: Literal["shelf", "left-bracket", "right-bracket"] = "shelf"
    rear_mm: float = Field(
        180.0, ge=60, le=1000, description="From the front posts' faces to the rear posts' (mm)."
    )
    floor_mm: float = Field(3.0, ge=2, le=6)
    wall_mm: float = Field(3.0, ge=2, le=6)

    @model_validator(mode="after")
    def _carries(self) -> "HeavySpec":
        case, found = self.device.case, list[Problem]()
        aside = 2 * (self.wall_mm + self.clearance_mm + LEG_MM)
        widest = self.standard.body_max_mm - aside
        if case.width_mm > widest + 1e-9:
            what = f"{self.device.id} is {case.width_mm:g} mm wide: no room for rear brackets"
            limit = f"up to {widest:g} mm between walls and brackets"
            found.append(Problem("heavy shelf", what, "device", None, limit, "use a 19in rack"))
        needed, room = self.floor_mm + RIB_HIGH_MM + case.height_mm, panel_height_mm(self.height_u)
        if self.height_u < 1 or needed > room + 1e-9:
            what = f"{self.device.id} and the ribs under it need {needed:.2f} mm"
            limit = f"{room:.2f} mm in {self.height_u:g}U, and 1U at least"
            near = f"use {max(1.0, smallest_height_u(needed)):g}U"
            found.append(Problem("heavy shelf", what, "height", None, limit, near))
        if found:
            raise InputError(*found)
        return self

    @property
    def kind(self) -> str:
        """What the family is called."""
        return "heavy"

    @property
    def title(self) -> str:
        """Name of the part."""
        whole = f"{self.kind}-{self.device.id}-{self.standard.id}-{self.height_u:g}u"
        return whole if self.piece == "shelf" else f"{whole}-{self.piece}"

    @cached_property
    def lift_mm(self) -> float:
        """Height of the floor over the panel's edge: the ribs."""
        return RIB_HIGH_MM

    @cached_property
    def deck(self) -> Deck:
        """Floor and walls, the walls as high at the rear as in front."""
        low, end = self.bottom_mm + RIB_HIGH_MM, self.stop_mm + STOP_LONG_MM + 3.0
        top = self.wall_top_mm
        return Deck(self, self.inner_mm, self.wall_mm, low, self.floor_mm, end, top, top)

    @property
    def posts_mm(self) -> float:
        """Front faces of the rear posts, y."""
        return self.panel_mm + self.rear_mm

    @property
    def bracket_u(self) -> float:
        """Height of the brackets in whole units, two at most."""
        return float(min(2, int(self.height_u)))

    @property
    def bolts(self) -> tuple[Point, ...]:
        """Where the brackets are bolted to the walls, (y, z)."""
        last = min(self.deck.depth_mm - 10.0, self.posts_mm - 16.0)
        low = self.floor_top_mm + 10.0
        high = min(self.bottom_mm + panel_height_mm(self.bracket_u), self.wall_top_mm) - 8.0
        levels = (low, high) if high - low >= 15 else ((low + high) / 2,)
        return tuple((y, z) for y in (last - BOLTS_APART_MM, last) for z in levels)

    @property
    def straps_mm(self) -> tuple[float, ...]:
        """Middles of the straps, y."""
        return tuple(self.panel_mm + share * self.device.case.depth_mm for share in (0.3, 0.75))

    @property
    def ribs_mm(self) -> tuple[float, ...]:
        """Middles of the ribs, x."""
        count = 3 if self.inner_mm < 120 else 5
        pitch = 2 * self.inner_mm / (count + 1)
        return tuple((index - (count - 1) / 2) * pitch for index in range(count))


class UpsSpec(HeavySpec):
    """A UPS: heavy, cool, and never to slip."""

    vents: bool = False

    @property
    def kind(self) -> str:
        """What the family is called."""
        return "ups"


class NasSpec(HeavySpec):
    """A NAS: heavy, and warm all round."""

    @property
    def kind(self) -> str:
        """What the family is called."""
        return "nas"


def is_heavy(device: Box) -> bool:
    """Return whether a box wants such a shelf: one known to weigh more than 2 kg."""
    return device.weight_g is not None and device.weight_g > HEAVY_G


@part("ups", UpsSpec, takes="box")
def ups(spec: UpsSpec) -> Part:
    r"""A shelf for a UPS: ribs and straps below, brackets to the rear posts, no vents.

       from the side                       from above, rear right
    ||======================o=o=+          |  wall |
    ||                      o o |\         |       |__ leg, bolted with play
    ||   wall, full height      | | leg    |       |  |
    ||======================o=o=+_|____    |       |  |\__________
    ||_[strap]____[strap]_______|          |       |__|__(slot)___| ear on the rear post
    """
    return _made(spec)


@part("nas", NasSpec, takes="box")
def nas(spec: NasSpec) -> Part:
    """A shelf for a NAS: as for a UPS, with vents all round.

       from below
    ||=====================||   ribs along the shelf, hexagons between them,
    ||  o o o | o o | o o o |   two slots for straps of 25 mm through walls and ribs
    ||==[   ]=======[   ]==||
    """
    return _made(spec)


def _made(spec: HeavySpec) -> Part:
    if spec.piece != "shelf":
        return _bracket(spec, 1 if spec.piece == "right-bracket" else -1)
    window, notch = _window(spec)
    deck = spec.deck
    sheets = [panel.sheet(spec, window, notch), *deck.sheets(), *_ribs(spec)]
    sheets += deck.stops(spec.stop_mm, 0.22 * spec.device.case.width_mm)
    screws = hole_heights_mm(spec.bracket_u)
    count = len(spec.bolts)
    return Part(
        name=spec.title,
        family=spec.kind,
        body=joined(sheets),
        up="+y",
        perforations=(*_straps(spec), *_bolts(spec), *(_vents(spec) if spec.vents else ())),
        hardware=(
            panel.rack_screws(spec),
            Hardware("strap, 25 mm wide, with buckle", 2, "round shelf and device"),
            Hardware("M4 x 16 screw, two washers and nut", 2 * count, "brackets to walls"),
            Hardware("rack screw as the rack's thread, 12 mm", 2 * min(2, len(screws)), "rear"),
        ),
        panel=panel.claim(spec),
        notes=_notes(spec),
    )


def _notes(spec: HeavySpec) -> tuple[str, ...]:
    d = spec.device
    weight = f"{d.weight_g / 1000:g} kg" if d.weight_g else "of unknown weight"
    found = [
        f"{d.id} is {weight}: use both rear brackets (piece = 'left-bracket', 'right-bracket')",
        f"made for rear posts {spec.rear_mm:g} mm behind the front ones, 8 mm more or less",
    ]
    if d.confidence.get("case") in {"low", "none"}:
        found.append(f"the size of {d.id} is recalled, not measured: measure yours first")
    return tuple(found)


def _window(spec: HeavySpec) -> tuple[tuple[Loop, ...], Notch | None]:
    half = spec.device.case.width_mm / 2 - FRONT_LIP_MM
    low, high = spec.floor_top_mm + FRONT_LIP_MM, spec.device_top_mm - FRONT_LIP_MM
    if spec.top_mm - high >= MIN_BAR_MM:
        return (rectangle((-half, low), (half, high), 2.0),), None
    return (), Notch(-half, half, low)


def _ribs(spec: HeavySpec) -> list[Sheet]:
    edge = rectangle(
        (spec.panel_mm - 0.5, spec.bottom_mm), (spec.deck.depth_mm, spec.deck.low_mm + 0.5)
    )
    return [Sheet("yz", edge, x - RIB_MM / 2, x + RIB_MM / 2) for x in spec.ribs_mm]


def _through_walls(spec: HeavySpec, cell: Loop, centers: tuple[Point, ...]) -> list[Perforation]:
    outline = tuple(cell.flattened())
    sides = [(spec.inner_mm, spec.outer_mm), (-spec.outer_mm, -spec.inner_mm)]
    return [Perforation("yz", a, b, outline, centers) for a, b in sides]


def _straps(spec: HeavySpec) -> list[Perforation]:
    """Slots under the floor, through walls and ribs; their roofs point to the rear, which is up."""
    long, high = STRAP_MM
    drawn = upright_slot((-high / 2, -long / 2), (high / 2, long / 2))
    cell = Loop(tuple((y, x) for x, y in drawn.points), (0.0,) * len(drawn.points))
    z = spec.bottom_mm + STRAP_LOW_MM + high / 2
    centers = tuple((y, z) for y in spec.straps_mm)
    found = _through_walls(spec, cell, centers)
    for x in spec.ribs_mm:
        ends = x - RIB_MM / 2, x + RIB_MM / 2
        found.append(Perforation("yz", *ends, tuple(cell.flattened()), centers))
    return found


def _bolts(spec: HeavySpec) -> list[Perforation]:
    drawn = upright_bore((0.0, 0.0), BOLT_MM)
    cell = Loop(tuple((y, x) for x, y in drawn.points), drawn.radii)
    return _through_walls(spec, cell, spec.bolts)


def _vents(spec: HeavySpec) -> list[Perforation]:
    deck, grid = spec.deck, spec.grid
    half = RIB_MM / 2
    ribs = tuple(rectangle((x - half, -1), (x + half, deck.depth_mm)) for x in spec.ribs_mm)
    found = [*deck.floor_vents(spec.stop_mm, ribs), *deck.ear_vents()]
    region = rectangle((spec.panel_mm, deck.top_mm), (spec.stop_mm, deck.front_top_mm))
    clear = [rectangle((y - 6, z - 6), (y + 6, z + 6)) for y, z in spec.bolts]
    reach = spec.panel_mm + deck.reach_mm
    clear += [rectangle((-1, a - 1), (reach, b + 1)) for a, b in deck.levels]
    for a, b in ((spec.inner_mm, spec.outer_mm), (-spec.outer_mm, -spec.inner_mm)):
        found += grid.through("yz", (a, b), region, clear)
    return found


def _bracket(spec: HeavySpec, side: int) -> Part:
    """Return the bracket of one side, its leg on the bed, its ear upright."""
    low, high = spec.bottom_mm, spec.bottom_mm + panel_height_mm(spec.bracket_u)
    x0, x1 = spec.outer_mm, spec.outer_mm + LEG_MM
    tip = spec.standard.panel_width_mm / 2
    rear = spec.posts_mm
    first = min(y for y, _ in spec.bolts) - ADJUST_MM / 2 - 10.0
    leg = polygon_r([(first, low, 4), (rear, low, 0), (rear, high, 0), (first, high, 4)])
    slots = tuple(_long(at) for at in spec.bolts)
    ear = polygon_r([(x0, low, 0), (tip, low, 3), (tip, high, 3), (x0, high, 0)])
    posts = tuple(_ear_slot(spec, z) for z in hole_heights_mm(spec.bracket_u))
    size = min(FILLET_MM, tip - x1 - 18.0)
    edge = rear - LEG_MM
    sheets = [
        Sheet("yz", leg, min(side * x0, side * x1), max(side * x0, side * x1), slots),
        Sheet("xz", _mirrored(ear, side), edge, rear, tuple(_mirrored(p, side) for p in posts)),
    ]
    if size > 2:
        corner = [(x1 - 0.5, edge + 0.5), (x1 - 0.5, edge - size), (x1, edge - size)]
        corner += [(x1 + size, edge), (x1 + size, edge + 0.5)]
        sheets.append(Sheet("xy", _mirrored(polygon(corner), side), low, high))
    return Part(
        name=spec.title, family=spec.kind, body=joined(sheets), up="+x" if side > 0 else "-x"
    )


def _mirrored(loop: Loop, side: int) -> Loop:
    return Loop(tuple((side * x, z) for x, z in loop.points), loop.radii)


def _long(at: Point) -> Loop:
    """A slot along the wall, (y, z)."""
    half = (ADJUST_MM + BOLT_MM) / 2, BOLT_MM / 2
    low, high = (at[0] - half[0], at[1] - half[1]), (at[0] + half[0], at[1] + half[1])
    return rectangle(low, high, half[1])


def _ear_slot(spec: HeavySpec, z: float) -> Loop:
    """A slot for a rack screw, (x, z), pointed outwards: that way is up on the bed."""
    x, (long, high) = spec.standard.hole_pitch_mm / 2, EAR_SLOT_MM
    roof = upright_slot((-high / 2, -long / 2), (high / 2, long / 2 + 2.0))
    return Loop(tuple((x + b, z + a) for a, b in roof.points), roof.radii)
