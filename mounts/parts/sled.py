"""A sled: one board on a plate that slides into a frame, pulled from the front."""

import math
from functools import cached_property
from typing import Literal

from pydantic import Field, model_validator

from catalog.models import RackStandard
from catalog.problems import InputError, Problem
from catalog.rack_units import panel_bottom_mm, panel_height_mm, smallest_height_u
from mounts.board import Openings, Seat, openings
from mounts.carrier import BESIDE_CRADLE_MM, Carrier, CarrierSpec, carrier, plate
from mounts.geometry.flat import ROOF_DEG, Loop, opened, polygon_r, rectangle
from mounts.geometry.sheet import Sheet, joined
from mounts.geometry.vents import HexGrid, Perforation
from mounts.part import Part, part

Pose = Literal["flat", "on-edge"]

FACE_MM = 3.0  # the sled's front plate; it stands before the frame's panel
FACE_GAP_MM = 0.4  # between neighbouring front plates
LAP_MM = 1.0  # the front plate laps over the window's edge by this much, and stops the sled there
SLIDE_MM = 0.3  # play of the plate in its groove, each side
GROOVE_MM = 3.0  # how deep a groove holds the plate
LATCH_MM = 2.4  # the spring's width: it bends within the plate, along the printed lines
LATCH_ROOT_MM = 48.0  # where the spring leaves the plate, y
SLIT_MM = (1.6, 3.6)  # beside the spring: at its root, at the front
BUMP_MM = 1.3  # how far the catch stands out
BUMP_Y_MM = 12.0
TAB_MM = 13.0  # press tab and pull tab, before the front plate
PAD_MM = 1.0  # the press tab is this much wider than the spring, outwards
PAD_GAP_MM = 3.0
PULL_MM = 20.0
BEHIND_FACE_MM = 0.4
TAIL_MM = 3.0
HEADROOM_MM = 0.6  # over the tallest part


class SledSpec(CarrierSpec):
    """One board on one sled, and the frame it is made for."""

    standard: RackStandard
    height_u: float = Field(1.0, ge=0.5, le=12, multiple_of=0.5)
    pose: Pose = "flat"
    plate_mm: float = Field(1.6, ge=1.2, le=5)
    shell_mm: float = Field(2.0, ge=1.6, le=6, description="Walls of the frame (mm).")
    plug_room_mm: float = Field(0.0, ge=0, le=60, description="Beside the side ports (mm).")
    air_gap_mm: float = Field(0.0, ge=0, le=60, description="Over the tallest part (mm).")
    vents: bool = True
    vent_mm: float = Field(12.0, ge=4, le=20, description="A vent across its flats (mm).")

    @property
    def title(self) -> str:
        """Name of the part."""
        return f"sled-{self.name}-{self.pose}-{self.height_u:g}u"

    @property
    def inside_mm(self) -> float:
        """Height of the frame's inside."""
        return panel_height_mm(self.height_u) - 2 * self.shell_mm

    @property
    def board_across_mm(self) -> float:
        """Extent of the PCB along the sled's front, connectors at the sides included."""
        size = self.device.board
        return size.x_mm if self.facing in {"y-", "y+"} else size.y_mm

    @property
    def plate_across_mm(self) -> float:
        """Width of the plate: from groove to groove."""
        if self.pose == "on-edge":
            return self.inside_mm - 2 * SLIDE_MM
        least = self.board_across_mm + 2 * self.side_mm
        return max(least, PULL_MM + 2 * (LATCH_MM + SLIT_MM[1]) + 12.0)

    @property
    def side_mm(self) -> float:
        """Plate beside the board on a flat sled: groove, air, and room for plugs if asked."""
        beside = GROOVE_MM + 1.0 + self.plug_room_mm + self._side_overhang()
        if any(hole.use == "mount" for hole in self.device.holes):
            return beside
        return max(beside, BESIDE_CRADLE_MM + LATCH_MM + SLIT_MM[1] + 1.0)

    def _side_overhang(self) -> float:
        seat = Seat(self.device, self.facing, 0, 0, 0, self.envelope)
        over = [p.overhang_mm or 0.0 for s in ("left", "right") for _, p in seat.ports(s)]
        return max([0.0, *over])

    @property
    def tall_mm(self) -> float:
        """From the plate's lower face to the top of the tallest part."""
        rest = self.standoff_mm + self.device.board.thickness_mm + self.envelope.above_mm
        return self.plate_mm + rest + HEADROOM_MM

    @property
    def pitch_mm(self) -> float:
        """From one sled to the next, on edge."""
        return self.tall_mm + self.air_gap_mm

    @property
    def face_tall_mm(self) -> float:
        """Height of the front plate over the plate's lower face."""
        if self.pose == "on-edge":
            return self.pitch_mm - FACE_GAP_MM
        return self.inside_mm - SLIDE_MM + LAP_MM

    @property
    def face_across_mm(self) -> float:
        """Width of the front plate."""
        return self.plate_across_mm + 2 * (SLIDE_MM + LAP_MM)

    @property
    def depth_mm(self) -> float:
        """Rear end of the plate, y."""
        return self.seat.edge_mm + self.seat.deep_mm + TAIL_MM

    @cached_property
    def seat(self) -> Seat:
        """Where the board lies: in the middle, or aside to leave room for plugs at its side."""
        under = self.plate_mm + self.standoff_mm
        bare = Seat(self.device, self.facing, 0.0, BEHIND_FACE_MM, under, self.envelope)
        return Seat(
            self.device, self.facing, self._aside(bare), BEHIND_FACE_MM, under, self.envelope
        )

    def _aside(self, bare: Seat) -> float:
        """Return how far the board stands off the middle, away from the side with more ports."""
        spare = (self.plate_across_mm - self.board_across_mm) / 2 - GROOVE_MM - 1.0
        left, right = len(bare.ports("left")), len(bare.ports("right"))
        if self.pose == "flat" or spare <= 1.0 or left == right:
            return 0.0
        over = self._side_overhang()
        return round((1 if left > right else -1) * max(0.0, spare - over), 2)

    def openings(self) -> tuple[Loop, ...]:
        """Return the cut-outs of the front plate, (x, z)."""
        fit = Openings(self.plugs, floor_mm=self.plate_mm)
        return openings(self.seat, -FACE_MM, fit)

    @model_validator(mode="after")
    def _fits(self) -> "SledSpec":
        needed = self.tall_mm if self.pose == "flat" else self._edge_height()
        tops = [p[1] for loop in self.openings() for p in loop.points]
        if self.pose == "flat":
            needed = max(needed, max(tops, default=0.0) + 2.0 - LAP_MM)
        if needed > self.inside_mm + 1e-9:
            whole = needed + 2 * self.shell_mm
            near = f"use {smallest_height_u(whole):g}U"
            if self.pose == "on-edge":
                near += ", or lay it flat"
            what = (
                f"{self.name} {self.pose} needs {whole:.2f} mm and does not fit {self.height_u:g}U"
            )
            room = f"{panel_height_mm(self.height_u):.2f} mm in {self.height_u:g}U"
            raise InputError(Problem("sled", what, "height", allowed=room, nearest=near))
        return self

    def _edge_height(self) -> float:
        """Height inside that a board on edge needs between the grooves."""
        if not any(hole.use == "mount" for hole in self.device.holes):
            return self.board_across_mm + 2 * (self.side_mm + SLIDE_MM)
        return self.board_across_mm + 2 * (GROOVE_MM + SLIDE_MM) + self._side_overhang() + 1.0

    @property
    def base_mm(self) -> float:
        """Lower edge of the panel, z."""
        return panel_bottom_mm()


@part("sled", SledSpec, takes="board")
def sled(spec: SledSpec) -> Part:
    """A sled for any board, flat or on edge: press the tab, pull, and it comes.

    top view
      ___________________________
     |/  spring                  |   catch: engages a slot of the frame
    <|_____________              |
    tab          slit  o     o   |
     |  front plate              |
    [==] pull          o     o   |
     |___________________________|
    """
    held = carrier(spec, spec.seat, spec.plate_mm)
    sheets = [
        *plate(spec, spec.seat, _plate(spec), (0.0, spec.plate_mm)),
        _face(spec),
        *held.sheets,
    ]
    return Part(
        name=spec.title,
        family="sled",
        body=joined(sheets),
        up="+z",
        perforations=_vents(spec, held) if spec.vents else (),
        hardware=held.hardware,
        notes=(*held.notes, *_side_note(spec)),
    )


def _side_note(spec: SledSpec) -> tuple[str, ...]:
    names = [p.name for s in ("left", "right") for _, p in spec.seat.ports(s)]
    if spec.pose == "on-edge" or not names or spec.plug_room_mm >= 20:
        return ()
    listed = ", ".join(sorted(set(names)))
    return (f"side ports are not reachable in the frame ({listed}): power by header or PoE",)


def _plate(spec: SledSpec) -> Loop:
    """The plate with its spring, catch, press tab and pull tab as one outline."""
    left, right = -spec.plate_across_mm / 2, spec.plate_across_mm / 2
    inner, y0 = left + LATCH_MM, -FACE_MM
    tip, b = y0 - TAB_MM, BUMP_Y_MM
    root = min(LATCH_ROOT_MM, spec.depth_mm - 12.0)
    pull = inner + SLIT_MM[1] + 6.0
    return polygon_r(
        [
            (right, spec.depth_mm, 2.0),
            (left, spec.depth_mm, 2.0),
            (left, b + 5.0, 0.0),
            (left - BUMP_MM, b + 1.5, 0.4),
            (left - BUMP_MM, b, 0.4),
            (left, b - 1.0, 0.0),
            (left, y0 - PAD_GAP_MM, 0.5),
            (left - PAD_MM, y0 - PAD_GAP_MM - 1.5, 0.5),
            (left - PAD_MM, tip, 1.5),
            (inner + 1.0, tip, 1.5),
            (inner + 1.0, y0 - PAD_GAP_MM - 1.5, 0.5),
            (inner, y0 - PAD_GAP_MM, 0.5),
            (inner, root, 0.7),
            (inner + SLIT_MM[0], root, 0.7),
            (inner + SLIT_MM[1], y0, 0.0),
            (pull, y0, 2.0),
            (pull, tip, 5.0),
            (pull + PULL_MM, tip, 5.0),
            (pull + PULL_MM, y0, 2.0),
            (right, y0, 0.0),
        ]
    )


def _face(spec: SledSpec) -> Sheet:
    half = spec.face_across_mm / 2
    left, top = -half, spec.face_tall_mm
    gate = -spec.plate_across_mm / 2 + LATCH_MM + SLIT_MM[1]
    over = spec.plate_mm + 0.6  # the spring passes beside the front plate, under a steep roof
    roof = over + (gate + half) * math.tan(math.radians(ROOF_DEG))
    outline = polygon_r(
        [
            (gate, 0.0, 0.0),
            (half, 0.0, 0.0),
            (half, top, 1.5),
            (left, top, 1.5),
            (left, min(roof, top - 2.0), 0.0),
            (gate, over, 0.0),
        ]
    )
    edge, windows = opened(outline, spec.openings(), 1.6)
    return Sheet("xz", edge, -FACE_MM, 0.0, windows, 0.5)


def _vents(spec: SledSpec, held: Carrier) -> tuple[Perforation, ...]:
    grid = HexGrid(spec.vent_mm, 2.0, 2.5)
    half = spec.plate_across_mm / 2
    spring = half - LATCH_MM - SLIT_MM[1]
    root = min(LATCH_ROOT_MM, spec.depth_mm - 12.0)
    plate = rectangle((-half + GROOVE_MM, 0.0), (half - GROOVE_MM, spec.depth_mm))
    clear = [rectangle((-half - 1, -1), (-spring, root + 1)), *held.footprints]
    found = [*grid.through("xy", (0.0, spec.plate_mm), plate, clear)]
    # The gate's own margin keeps the hexagons off the spring.
    face = rectangle((-spring, spec.plate_mm + 0.6), (half, spec.face_tall_mm))
    closed = [*spec.openings(), *_against_face(held)]
    return (*found, *HexGrid().through("xz", (-FACE_MM, 0.0), face, closed))


def _against_face(held: Carrier) -> list[Loop]:
    """Return what stands against the front plate from behind, as seen from the front, (x, z)."""
    found: list[Loop] = []
    for sheet in held.sheets:
        across, deep = zip(*sheet.outline.points, strict=True)
        if min(deep) <= 0.0:
            found.append(rectangle((min(across), sheet.start_mm), (max(across), sheet.end_mm)))
    return found
