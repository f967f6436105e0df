"""Shelves for a UPS, a NAS, or anything over 2 kg: ribbed, strapped, held at the rear posts too."""

from functools import cached_property

from pydantic import Field

from catalog.models import Box
from catalog.problems import Problem
from catalog.rack_units import panel_height_mm, smallest_height_u
from mounts import panel
from mounts.geometry.flat import Loop, rectangle
from mounts.geometry.sheet import Sheet, joined
from mounts.geometry.vents import Perforation
from mounts.hardware import straps
from mounts.part import Part, part
from mounts.parts import rear
from mounts.parts.cross_ribs import CrossRibs
from mounts.parts.deck import STOP_LONG_MM, Deck, upright_slot
from mounts.parts.rear_spec import HEAVY_G
from mounts.parts.shelf import fronts
from mounts.parts.shelf_spec import ShelfSpec

RIB_MM = 3.0
RIB_HIGH_MM = 8.4  # ribs under the floor, and room for the straps
STRAP_MM = (30.0, 4.2)  # slot for a strap of 25 mm and the slot's pointed roof
STRAP_LOW_MM = 3.0  # from the ribs' lower edge to the slot


class HeavySpec(ShelfSpec):
    """One heavy box; the shelf, or one of the two brackets to the rear posts."""

    floor_mm: float = Field(3.0, ge=2, le=6, description="Floor (mm).")
    wall_mm: float = Field(3.0, ge=2, le=6, description="Walls (mm).")

    def _width_problems(self) -> list[Problem]:
        if len(self.boxes) > 1:
            near = f"use {self.kind} for each, or a shelf for all"
            key = "beside" if self.beside else "count"
            return [Problem("heavy shelf", "it carries one box", key, None, "1", near)]
        return super()._width_problems()

    def _height_problems(self) -> list[Problem]:
        case = self.device.case
        needed, room = self.floor_mm + RIB_HIGH_MM + case.height_mm, panel_height_mm(self.height_u)
        if self.height_u < 1 or needed > room + 1e-9:
            what = f"{self.device.id} and the ribs under it need {needed:.2f} mm"
            limit = f"{room:.2f} mm in {self.height_u:g}U, and 1U at least"
            near = f"use {max(1.0, smallest_height_u(needed)):g}U"
            return [Problem("heavy shelf", what, "height", None, limit, near)]
        return []

    @property
    def kind(self) -> str:
        """What the family is called."""
        return "heavy"

    @cached_property
    def cross_ribs(self) -> CrossRibs:
        """None across: its ribs run from front to rear."""
        return CrossRibs()

    @property
    def held_sag_mm(self) -> float:
        """How far it sags as it is held: hardly, on ribs and brackets."""
        return 0.0

    @cached_property
    def lift_mm(self) -> float:
        """Height of the floor over the panel's edge: the ribs."""
        return RIB_HIGH_MM

    @cached_property
    def deck(self) -> Deck:
        """Floor and walls, the walls as high at the rear as in front."""
        low, end, top = self.bottom_mm + RIB_HIGH_MM, self.depth_mm, self.wall_top_mm
        return Deck(self, self.inner_mm, self.wall_mm, low, self.floor_mm, end, top, top)

    @property
    def depth_mm(self) -> float:
        """Rear end of the shelf, y."""
        return self.stop_mm + STOP_LONG_MM + 3.0

    @property
    def braced(self) -> bool:
        """Whether two brackets hold it at the rear posts: always."""
        return True

    @cached_property
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

    vents: bool = Field(False, description="Hexagon vents.")

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
        return rear.bracket(spec)
    windows, notches = fronts(spec)
    deck = spec.deck
    sheets = [panel.sheet(spec, windows, notches), *deck.sheets(), *_ribs(spec)]
    sheets += deck.stops(spec.stop_mm, 0.22 * spec.device.case.width_mm)
    return Part(
        name=spec.title,
        family=spec.kind,
        body=joined(sheets),
        up="+y",
        perforations=(
            *_straps(spec),
            *rear.bolt_holes(spec),
            *(_vents(spec) if spec.vents else ()),
        ),
        hardware=(
            panel.rack_screws(spec),
            straps("strap, 25 mm wide, with buckle", 2, "round shelf and device"),
            *rear.fasteners(spec),
        ),
        panel=panel.claim(spec),
        notes=_notes(spec),
    )


def _notes(spec: HeavySpec) -> tuple[str, ...]:
    d = spec.device
    weight = f"{d.weight_g / 1000:g} kg" if d.weight_g else "of unknown weight"
    found = [
        f"{d.id} is {weight}: use both rear brackets, left and right",
        rear.reach_note(spec),
    ]
    if d.confidence.get("case") in {"low", "none"}:
        found.append(f"the size of {d.id} is recalled, not measured: measure yours first")
    return tuple(found)


def _ribs(spec: HeavySpec) -> list[Sheet]:
    edge = rectangle(
        (spec.panel_mm - 0.5, spec.bottom_mm), (spec.deck.depth_mm, spec.deck.low_mm + 0.5)
    )
    return [Sheet("yz", edge, x - RIB_MM / 2, x + RIB_MM / 2) for x in spec.ribs_mm]


def _straps(spec: HeavySpec) -> list[Perforation]:
    """Slots under the floor, through walls and ribs; their roofs point to the rear, which is up."""
    long, high = STRAP_MM
    drawn = upright_slot((-high / 2, -long / 2), (high / 2, long / 2))
    cell = Loop(tuple((y, x) for x, y in drawn.points), (0.0,) * len(drawn.points))
    z = spec.bottom_mm + STRAP_LOW_MM + high / 2
    centers = tuple((y, z) for y in spec.straps_mm)
    found = rear.through_walls(spec, cell, centers)
    for x in spec.ribs_mm:
        ends = x - RIB_MM / 2, x + RIB_MM / 2
        found.append(Perforation("yz", *ends, tuple(cell.flattened()), centers, needed=True))
    return found


def _vents(spec: HeavySpec) -> list[Perforation]:
    deck, grid = spec.deck, spec.grid
    half = RIB_MM / 2
    ribs = tuple(rectangle((x - half, -1), (x + half, deck.depth_mm)) for x in spec.ribs_mm)
    found = [*deck.floor_vents(spec.stop_mm, ribs), *deck.ear_vents()]
    region = rectangle((spec.panel_mm, deck.top_mm), (spec.stop_mm, deck.front_top_mm))
    clear = rear.bolt_rooms(spec)
    reach = spec.panel_mm + deck.reach_mm
    clear += [rectangle((-1, a - 1), (reach, b + 1)) for a, b in deck.levels]
    for a, b in ((spec.inner_mm, spec.outer_mm), (-spec.outer_mm, -spec.inner_mm)):
        found += grid.through("yz", (a, b), region, clear)
    return found
