"""What a sled is made for, whatever latches it: its board, and the frame it goes into."""

from functools import cached_property
from typing import Literal

from pydantic import Field

from catalog.models import RackStandard
from catalog.rack_units import panel_bottom_mm, panel_height_mm
from mounts import labstack
from mounts.board import BEHIND_MM, Seat
from mounts.carrier import CarrierSpec
from mounts.parts.latch import Latch
from mounts.parts.sled_problems import TALLEST_U

Pose = Literal["flat", "on-edge"]


class SledRoom(CarrierSpec):
    """One board, and the frame its sled goes into."""

    standard: RackStandard
    height_u: float = Field(1.0, ge=0.5, le=TALLEST_U, multiple_of=0.5)
    pose: Pose = "flat"
    plate_mm: float = Field(1.6, ge=1.2, le=5, description="Thickness of a sled's plate (mm).")
    shell_mm: float = Field(2.0, ge=1.6, le=6, description="Walls of the frame (mm).")
    skin_mm: float | None = Field(
        None, ge=0.8, le=6, description="Floor and roof of the frame, if not as its walls (mm)."
    )
    plug_room_mm: float = Field(0.0, ge=0, le=60, description="Beside the side ports (mm).")
    air_gap_mm: float = Field(0.0, ge=0, le=60, description="Over the tallest part (mm).")
    opening: Literal["rack", "labstack"] = Field(
        "rack",
        description="What the frame goes into: a rack, or one opening of a LabStack bracket.",
    )
    box_mm: float | None = Field(
        None, ge=20, le=540, description="Height of the frame's box, beside higher boards (mm)."
    )
    layers: int = Field(1, ge=1, le=40, description="Flat sleds over one another.")
    latch: Latch = Field(
        "side",
        description="A spring along the side, or a clip in front that takes less width.",
    )
    vents: bool = Field(True, description="Hexagon vents.")
    vent_mm: float = Field(12.0, ge=4, le=20, description="A vent across its flats (mm).")

    @property
    def title(self) -> str:
        """Name of the part."""
        return self.sled_title

    @property
    def sled_title(self) -> str:
        """Name of the sled, alone or in its frame."""
        into = "labstack" if self.opening == "labstack" else f"{self.height_u:g}u"
        box = "" if self.box_mm is None else f"-in-{self.box_mm:g}mm"
        return f"sled-{self.name}-{self.way}-{into}{box}"

    @property
    def way(self) -> str:
        """How the sleds lie and what latches them, as names of parts have it."""
        pose = f"{self.layers}-layers" if self.layers > 1 else self.pose
        return f"{pose}-clip" if self.latch == "front" else pose

    @property
    def slide_mm(self) -> float:
        """Play of the plate in its groove, each side."""
        return self.calibration.slide_mm

    @property
    def flat_mm(self) -> float:
        """Thickness of the frame's floor and roof."""
        return self.shell_mm if self.skin_mm is None else self.skin_mm

    @property
    def _opening_mm(self) -> float:
        """Height that the frame's box may have."""
        if self.opening == "labstack":
            return labstack.HIGH_MM - 2 * labstack.play_mm(self.calibration)
        return panel_height_mm(self.height_u)

    @property
    def board_across_mm(self) -> float:
        """Extent of the PCB along the sled's front, connectors at the sides included."""
        size = self.device.board
        return size.x_mm if self.facing in {"y-", "y+"} else size.y_mm

    @property
    def base_mm(self) -> float:
        """Lower edge of the panel, z."""
        return panel_bottom_mm()

    def _side_overhang(self) -> float:
        return max(self._overhang("left"), self._overhang("right"))

    def _overhang(self, side: str) -> float:
        over = [port.overhang_mm or 0.0 for _, port in self._bare.ports(side)]
        return max([0.0, *over])

    @property
    def screwed(self) -> bool:
        """Say whether the board has holes to be held by."""
        return any(hole.use == "mount" for hole in self.device.holes)

    @cached_property
    def rimmed(self) -> bool:
        """Say whether each mounting hole is near an edge, and no connector hangs beside one."""
        return _rimmed(self._bare)

    @cached_property
    def _bare(self) -> Seat:
        """The board by itself, its lower face at 0."""
        return Seat(self.device, self.facing, 0.0, BEHIND_MM, 0.0, self.envelope)


def _rimmed(bare: Seat) -> bool:
    (x0, y0), (x1, y1) = bare.outline()
    hanging = [block for block in bare.connectors() if block.low[2] < 0.0]
    for (a, b), (c, d) in bare.rings():
        if a > x0 and b > y0 and c < x1 and d < y1:
            return False
        if any(h.low[0] < c and a < h.high[0] and h.low[1] < d and b < h.high[1] for h in hanging):
            return False
    return True
