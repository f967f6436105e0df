"""Holders in which a board or a box stands on edge, bolted to a plate of any thickness."""

from typing import Literal

from pydantic import Field, model_validator

from catalog.models import Box
from catalog.problems import InputError, Problem
from mounts.board import Block
from mounts.geometry.flat import Loop, circle, polygon_r, rectangle
from mounts.geometry.sheet import Sheet, joined
from mounts.hardware import bolted, cable_ties
from mounts.part import Part, PartSpec, part

# Diameter of a washer, which is wider than any screw's head and than its driver (ISO 7089), height
# of a nut (ISO 4032), and the hole (ISO 273, normal fit), mm.
WASHER_D_MM = {"M3": 7.0, "M4": 9.0}
NUT_MM = {"M3": 2.4, "M4": 3.2}
BORE_MM = {"M3": 3.4, "M4": 4.5}
WASHER_MM = 0.8
SCREWS_MM = (8, 10, 12, 16, 20, 25, 30)  # lengths on sale (ISO 4762)
FREE_MM = 1.5  # round a washer
GUSSET_MM = 3.0
RIM_MM = 2.0
TIE_SLOT_MM = (2.8, 2.2)  # for a cable tie of 2.5 mm
OVER_EDGE_MM = 0.6  # from the upper edge of what is held to the slot
TOP_MM = 3.0  # wall over the slot
STANCE = 0.3  # the foot reaches out on both sides by this share of the height
TALLEST_MM, THICKEST_MM = 240.0, 80.0  # printers; a thicker box lies on a shelf better


class HolderSpec(PartSpec):
    """Something thin that stands on edge, held at both ends; both holders are the same piece."""

    device: Box | None = Field(None, description="A box; a board is given by its size.")
    on: Literal["width", "depth"] = Field("width", description="Edge a box stands on.")
    width_mm: float = Field(160.0, ge=20, le=600, description="Along the edge it stands on.")
    height_mm: float = Field(
        75.0, ge=15, le=TALLEST_MM, description="Height of the board on edge (mm)."
    )
    thickness_mm: float = Field(
        1.6, ge=0.8, le=THICKEST_MM, description="Thickness of what stands in the slot (mm)."
    )
    front_mm: float = Field(0.0, ge=0, le=60, description="Parts over one face of a board.")
    back_mm: float = Field(0.0, ge=0, le=60, description="Parts and solder over the other face.")
    edge_mm: float = Field(5.0, ge=4.8, le=40, description="Free of parts at both ends.")
    lift_mm: float = Field(0.0, ge=0, le=40, description="Room for parts below the lower edge.")
    plate_mm: float = Field(4.0, ge=2, le=12, description="What it is bolted to, acrylic say.")
    screw: Literal["M3", "M4"] = Field("M4", description="What bolts the foot down.")
    foot_mm: float = Field(4.0, ge=3, le=10, description="Thickness of the foot (mm).")
    wall_mm: float = Field(3.0, ge=2, le=6, description="Walls (mm).")
    clearance_mm: float = Field(0.3, ge=0.1, le=2, description="Play on each side (mm).")

    @model_validator(mode="after")
    def _fits(self) -> "HolderSpec":
        both = {"width_mm", "height_mm", "thickness_mm"} & self.model_fields_set
        if self.device is not None and both:
            what = (
                f"the size of {self.device.id} is known: {', '.join(sorted(both))} is one too many"
            )
            raise InputError(Problem("holder", what, min(both), nearest="leave it out"))
        found: list[Problem] = []
        limits = (("high", self.high_mm, TALLEST_MM), ("thick", self.thick_mm, THICKEST_MM))
        for word, is_mm, most in limits:
            if is_mm > most:
                what = f"{self.name} stands {is_mm:g} mm {word}"
                near = "stand it on its longer side, or use a shelf"
                found.append(Problem("holder", what, "device", None, f"up to {most:g} mm", near))
        most = self.wide_mm / 2 - 5.0
        if self.edge_mm > most + 1e-9:
            what = f"two edges of {self.edge_mm:g} mm leave less than 10 mm of {self.wide_mm:g} mm"
            found.append(Problem("holder", what, "edge_mm", None, f"up to {most:g} mm"))
        if found:
            raise InputError(*found)
        return self

    @property
    def name(self) -> str:
        """The device's id, or the size."""
        if self.device is not None:
            return self.device.id
        return f"{self.width_mm:g}x{self.height_mm:g}x{self.thickness_mm:g}"

    @property
    def title(self) -> str:
        """Name of the part."""
        return f"holder-{self.name}"

    @property
    def wide_mm(self) -> float:
        """Length of the edge it stands on."""
        if self.device is None:
            return self.width_mm
        case = self.device.case
        return case.width_mm if self.on == "width" else case.depth_mm

    @property
    def high_mm(self) -> float:
        """Height of what stands."""
        if self.device is None:
            return self.height_mm
        case = self.device.case
        return case.depth_mm if self.on == "width" else case.width_mm

    @property
    def thick_mm(self) -> float:
        """Thickness of what stands."""
        return self.thickness_mm if self.device is None else self.device.case.height_mm

    @property
    def grip_mm(self) -> float:
        """How far the channel reaches over the end."""
        return self.edge_mm - 1.0

    @property
    def stand_mm(self) -> float:
        """Lower edge of what stands, z."""
        return self.foot_mm + self.lift_mm

    @property
    def back_x_mm(self) -> float:
        """Outer face of the channel's back, x."""
        return -self.clearance_mm - self.wall_mm

    @property
    def inner_mm(self) -> float:
        """Half the channel's width."""
        return self.thick_mm / 2 + self.clearance_mm

    @property
    def outer_mm(self) -> float:
        """Half the width over the channel's walls."""
        return self.inner_mm + self.wall_mm

    @property
    def bolt_x_mm(self) -> float:
        """Middle of the bolts, x: behind the end of what stands, so that no part is over them."""
        return self.back_x_mm - FREE_MM - WASHER_D_MM[self.screw] / 2

    @property
    def bolt_y_mm(self) -> float:
        """Middle of the bolts on either side, y."""
        return self.foot_y_mm - RIM_MM - WASHER_D_MM[self.screw] / 2

    @property
    def foot_x_mm(self) -> float:
        """Outer end of the foot, x: behind the bolts."""
        return self.bolt_x_mm - WASHER_D_MM[self.screw] / 2 - RIM_MM

    @property
    def foot_y_mm(self) -> float:
        """Half the foot's length across what stands."""
        beside_rib = GUSSET_MM / 2 + FREE_MM + WASHER_D_MM[self.screw] + RIM_MM
        return max(self.outer_mm + 6.0, STANCE * self.high_mm, beside_rib)

    @property
    def top_mm(self) -> float:
        """Upper edge of the channel, z."""
        return self.stand_mm + self.high_mm + OVER_EDGE_MM + TIE_SLOT_MM[1] + TOP_MM


@part("holder", HolderSpec, takes="box")
def holder(spec: HolderSpec) -> Part:
    r"""A holder for one end of a board or box that stands on edge; two hold it.

       from above               from the side             from the end

       +-------+                 _                              _
       | (o)   |                [_]  tie over the edge         | |
       |     __|               /| |=========                  /| |\
       |----[ ______ board    / | |   board                  / | | \
       |----[___|            /  | |=========                /  | |  \
       |       |         ___/___|_|_                    ___/___|_|___\___
       | (o)   |         =#==========  foot             =#=============#=
       +-------+        ----------------- plate, 2 to 12 mm ---------------
    """
    sheets = [_foot(spec), _back(spec), *_walls(spec), *_gussets(spec), _rib(spec)]
    if spec.lift_mm:
        sheets.append(_step(spec))
    needed = spec.foot_mm + spec.plate_mm + 2 * WASHER_MM + NUT_MM[spec.screw]
    long = next(length for length in SCREWS_MM if length >= needed)
    bolts = bolted((spec.screw, long), 2, "foot to its plate", washers=2)
    return Part(
        name=spec.title,
        family="holder",
        body=joined(sheets),
        up="+z",
        hardware=(*bolts, cable_ties(2.5, 1, "over the upper edge")),
        notes=(
            f"print two: turned round, it holds the other end of {spec.name}",
            f"drill {BORE_MM[spec.screw]:g} mm, {2 * spec.bolt_y_mm:.1f} mm apart; from one"
            f" holder's holes to the other's {spec.wide_mm - 2 * spec.bolt_x_mm:.1f} mm",
        ),
    )


def _foot(spec: HolderSpec) -> Sheet:
    left, far, right = spec.foot_x_mm, spec.foot_y_mm, spec.grip_mm
    edge = polygon_r([(left, -far, 4), (right, -far, 2), (right, far, 2), (left, far, 4)])
    bolts = tuple(
        circle((spec.bolt_x_mm, side * spec.bolt_y_mm), BORE_MM[spec.screw]) for side in (-1, 1)
    )
    return Sheet("xy", edge, 0.0, spec.foot_mm, bolts)


def _back(spec: HolderSpec) -> Sheet:
    y, top = spec.outer_mm - 0.5, spec.top_mm
    return Sheet("yz", rectangle((-y, 0.5), (y, top)), spec.back_x_mm, -spec.clearance_mm)


def _walls(spec: HolderSpec) -> tuple[Sheet, ...]:
    """The channel's two sides, each with a slot for the tie over what stands."""
    low = spec.stand_mm + spec.high_mm + OVER_EDGE_MM
    tie = rectangle((-0.2, low), (TIE_SLOT_MM[0] - 0.2, low + TIE_SLOT_MM[1]))
    edge = polygon_r(
        [
            (spec.back_x_mm, 0.5, 0),
            (spec.grip_mm, 0.5, 0),
            (spec.grip_mm, spec.top_mm, 2),
            (spec.back_x_mm, spec.top_mm, 2),
        ]
    )
    sides = ((-spec.outer_mm, -spec.inner_mm), (spec.inner_mm, spec.outer_mm))
    return tuple(Sheet("xz", edge, a, b, (tie,)) for a, b in sides)


def _slope(near: float, far: float, low: float, high: float) -> Loop:
    """A triangle that is 1.5 mm high where it ends."""
    return polygon_r([(near, low, 0), (far, low, 0), (far, low + 1.5, 0), (near, high, 0)])


def _gussets(spec: HolderSpec) -> tuple[Sheet, ...]:
    """They stand in line with the back: bolts and drivers pass behind them."""
    near, far, low = spec.outer_mm - 0.5, spec.foot_y_mm - 2.0, spec.foot_mm - 0.5
    high = spec.foot_mm + 0.7 * (spec.top_mm - spec.foot_mm)
    x = spec.back_x_mm, -spec.clearance_mm
    loops = (_slope(side * near, side * far, low, high) for side in (-1, 1))
    return tuple(Sheet("yz", loop, *x) for loop in loops)


def _rib(spec: HolderSpec) -> Sheet:
    """Behind the back, between the bolts."""
    far = spec.bolt_x_mm - WASHER_D_MM[spec.screw] / 2
    high = spec.foot_mm + 0.7 * (spec.top_mm - spec.foot_mm)
    loop = _slope(spec.back_x_mm + 0.5, far, spec.foot_mm - 0.5, high)
    return Sheet("xz", loop, -GUSSET_MM / 2, GUSSET_MM / 2)


def _step(spec: HolderSpec) -> Sheet:
    low, high = (spec.back_x_mm + 0.5, -spec.outer_mm + 0.5), (spec.grip_mm, spec.outer_mm - 0.5)
    return Sheet("xy", rectangle(low, high), spec.foot_mm - 0.5, spec.stand_mm)


def held_blocks(spec: HolderSpec) -> tuple[Block, ...]:
    """Return the room of what stands: itself, its parts on both faces and below its edge."""
    half, low, wide = spec.thick_mm / 2, spec.stand_mm + 1e-3, spec.wide_mm
    high = spec.stand_mm + spec.high_mm
    x0, x1 = spec.edge_mm, wide - spec.edge_mm
    found = [Block((0.0, -half, low), (wide, half, high))]
    for y0, y1 in ((half, half + spec.front_mm), (-half - spec.back_mm, -half)):
        if y1 > y0:
            found.append(Block((x0, y0, low - spec.lift_mm), (x1, y1, high)))
    if spec.lift_mm:
        found.append(Block((x0, -half, low - spec.lift_mm), (x1, half, low)))
    return tuple(found)
