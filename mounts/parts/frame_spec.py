"""What a frame is made to: its bays, how many sleds it takes, and where each of them sits."""

import math
from typing import Any, Literal

from pydantic import Field, model_validator

from catalog.base import Length
from catalog.models import Fan
from catalog.problems import InputError, Problem
from mounts import labstack
from mounts.geometry.flat import Point
from mounts.hardware import LEAST_FAN_MM
from mounts.panel import PanelSpec
from mounts.parts.latch import CATCH_PLAY_MM, CATCH_Y_MM, SLOT_Y_MM
from mounts.parts.sled_spec import FACE_GAP_MM, SledSpec
from mounts.sag import frame_sag_mm
from mounts.weight import SLED_G, weight_of

GUIDED = 0.62  # share of a sled's depth that the frame holds
STRIP_MM = 13.0  # the deepest beam of panel before a roof
LEAST_STRIP_MM = 2.0
CABLES_MM = 20.0  # between two rows, back to back: what `rackpress fit` takes for plugs and cables
PLENUM_MM = 20.0  # from the sleds to the fan wall: its bosses rise from the frame's corners there
FAN_WALL_MM = 3.0
FAN_SIDE_MM = 10.0  # left of the fan wall beside the fans, for its own screws
FAN_GAP_MM = 1.0
FAN_EDGE_MM = 1.5  # over and under the fans


class FrameSpec(PanelSpec, SledSpec):
    """A row of sleds in one frame."""

    count: int | None = Field(None, ge=1, le=64, description="Sleds; as many as fit if not given.")
    rows: int = Field(1, ge=1, le=2, description="2: another frame on the rear posts.")
    between_mm: Length | None = Field(
        None, description="From the front posts' face to the rear posts' (mm); the rack's if known."
    )
    fan: Fan | None = Field(None, description="In a wall behind the sleds, as many as fit.")
    piece: Literal["frame", "fan-wall"] = "frame"
    # Wide: the box is a cage, its strength is in ribs and edges.
    vent_mm: float = Field(12.0, ge=4, le=20, description="A vent across its flats (mm).")

    @property
    def title(self) -> str:
        """Name of the part."""
        row = f"{self.name}-{self.way}-x{self.sleds}"
        fans = f"-{self.fan.id}" if self.fan else ""
        into = f"{self.standard.id}-{self.height_u:g}u"
        return f"{self.piece}-{row}{fans}-{'labstack' if self.opening == 'labstack' else into}"

    @property
    def bay_mm(self) -> float:
        """From one sled to the next."""
        if self.pose == "on-edge":
            return self.pitch_mm
        return self.plate_across_mm + 2 * (self.slide_mm + self.lap_mm) + FACE_GAP_MM

    @property
    def room_mm(self) -> float:
        """Width that the box may have."""
        if self.opening == "labstack":
            return labstack.WIDE_MM - 2 * labstack.PLAY_MM
        return self.standard.body_max_mm

    @property
    def row_most(self) -> int:
        """How many sleds one frame has room for."""
        room = self.room_mm - 2 * self.shell_mm
        # A wall less than bays; on edge, play at both ends.
        room += self.wall_mm if self.pose == "flat" else -2 * self.slide_mm
        return max(0, int((room + 1e-9) // self.bay_mm)) * self.layers

    @property
    def most(self) -> int:
        """How many sleds the rack has room for, in all rows."""
        return self.row_most * self.rows

    @property
    def holds(self) -> int:
        """How many sleds all rows take."""
        return self.most if self.count is None else self.count

    @property
    def sleds(self) -> int:
        """How many sleds one frame takes."""
        return math.ceil(self.holds / self.rows)

    @property
    def reach_mm(self) -> float:
        """How far a row reaches behind its panel's face."""
        if self.fan is None:
            return max(self.end_mm, self.depth_mm)
        return self.back_mm + FAN_WALL_MM + self.fan.thickness_mm

    @property
    def back_mm(self) -> float:
        """Where the fan wall stands, y."""
        return self.depth_mm + PLENUM_MM

    @property
    def fan_middles(self) -> tuple[Point, ...]:
        """Return the middles of the fans, (x, z): as many as the wall has room for."""
        if self.fan is None:
            return ()
        step = self.fan.size_mm + FAN_GAP_MM
        wide, high = 2 * (self.outer_mm - FAN_SIDE_MM), self.top_mm - self.bottom_mm
        across = int((wide + FAN_GAP_MM) // step)
        up = int((high - 2 * FAN_EDGE_MM + FAN_GAP_MM) // step)
        middle = (self.top_mm + self.bottom_mm) / 2
        return tuple(
            ((i - (across - 1) / 2) * step, middle + (j - (up - 1) / 2) * step)
            for j in range(up)
            for i in range(across)
        )

    @property
    def least_between_mm(self) -> float:
        """Distance of front and rear posts that two rows need, cables between them."""
        return 2 * self.reach_mm + CABLES_MM

    @property
    def deep_mm(self) -> float:
        """Depth of all rows: of two, up to the rear posts' face."""
        return self.reach_mm if self.rows == 1 else self.between_mm or self.least_between_mm

    @property
    def load_g(self) -> float:
        """What the sleds of one frame weigh with their boards."""
        return self.sleds * (weight_of(self.device)[0] + SLED_G)

    @property
    def sag_mm(self) -> float:
        """How far one frame sags in its middle, about: see `mounts.sag`."""
        bears = "strip" if self.strip_mm else "plates"
        bears = "channel" if self.turned() else bears
        return frame_sag_mm(self.load_g / 1000, 2 * self.outer_mm, bears, self.flat_mm)

    @property
    def columns(self) -> int:
        """How many sleds stand side by side."""
        return math.ceil(self.sleds / self.layers)

    @property
    def inner_mm(self) -> float:
        """Half the width of the inside, over all bays."""
        if self.pose == "on-edge":
            return self.columns * self.bay_mm / 2 + self.slide_mm
        return (self.columns * self.bay_mm - self.wall_mm) / 2

    @property
    def outer_mm(self) -> float:
        """Half the width of the box."""
        return self.inner_mm + self.shell_mm

    @property
    def end_mm(self) -> float:
        """Rear end of the frame, y: the rails guide the sleds' front part, air has the rest."""
        return max(self.depth_mm * GUIDED, SLOT_Y_MM[1] + 20.0)

    @property
    def inside_low_mm(self) -> float:
        """Lower side of the inside, z."""
        return self.low_mm + self.flat_mm

    @property
    def inside_high_mm(self) -> float:
        """Upper side of the inside, z."""
        return self.high_mm - self.flat_mm

    @property
    def low_mm(self) -> float:
        """Lower side of the box, z: the panel's, or over the strip of panel that carries it."""
        if self.pose == "on-edge" and self.opening == "rack":
            return self.top_mm - self.outside_mm
        return (self.bottom_mm + self.top_mm - self.outside_mm) / 2

    @property
    def high_mm(self) -> float:
        """Upper side of the box, z."""
        return self.low_mm + self.outside_mm

    @property
    def strip_mm(self) -> float:
        """Panel that hangs before the inside of flat bays: over what a sled and its board need."""
        if self.turned() or self.opening != "rack":
            return 0.0
        clip = 0.0 if self.latch == "side" or self.clip is None else self.clip.top_mm
        needed = max(self.tall_mm, clip + 3 * self.slide_mm)
        spare = self.inside_high_mm - self.plate_low_mm(self.layers - 1) - needed
        return min(STRIP_MM, spare) if spare >= LEAST_STRIP_MM else 0.0

    @property
    def wall_mm(self) -> float:
        """Wall between two flat bays: the front plates meet over its middle."""
        return 2 * self.lap_mm + FACE_GAP_MM

    @model_validator(mode="after")
    def _row_fits(self) -> "FrameSpec":
        if self.most < 1:
            what = f"{self.name} {self.pose} needs {self.bay_mm:.1f} mm of width"
            into = "an opening of LabStack's" if self.opening == "labstack" else self.standard.id
            near = "turn it: pose = 'on-edge'" if self.pose == "flat" else "use a 19in rack"
            room = f"{self.room_mm:g} mm in {into}"
            raise InputError(Problem("frame", what, "device", allowed=room, nearest=near))
        if self.opening == "labstack" and (self.rows > 1 or self.fan):
            what = "a module for LabStack's bracket stands in front, and has no wall of fans"
            key = "rows" if self.rows > 1 else "fan"
            raise InputError(Problem("frame", what, key, nearest=f"leave out {key}"))
        self._rows_fit()
        self._fans_fit()
        self._catch_fits()
        if self.holds > self.most:
            what = f"{self.count} sleds of {self.bay_mm:.2f} mm do not fit side by side"
            near = f"the largest count that works is {self.most}{self._or_clip()}"
            raise InputError(
                Problem("frame", what, "count", allowed=f"1 to {self.most}", nearest=near)
            )
        return self

    def _or_clip(self) -> str:
        """Say how many go in with clips in front, if that is more."""
        if self.latch == "front" or self.pose == "on-edge":
            return ""
        fields: dict[str, Any] = {key: getattr(self, key) for key in FrameSpec.model_fields}
        fields |= {"latch": "front", "count": None}
        try:
            slim = FrameSpec(**fields)
        except InputError:
            return ""
        return f", or {slim.most} with latch = 'front'" if slim.most > self.most else ""

    def _catch_fits(self) -> None:
        behind = CATCH_Y_MM - CATCH_PLAY_MM
        if self.latch == "front" and self.panel_mm > behind:
            what = f"a clip catches {behind:g} mm behind the panel's face"
            near = "panel_mm = 3, or latch = 'side'"
            room = f"a panel up to {behind:g} mm thick"
            raise InputError(Problem("frame", what, "panel_mm", allowed=room, nearest=near))

    def _rows_fit(self) -> None:
        if self.rows == 1 or self.between_mm is None or self.between_mm >= self.least_between_mm:
            return
        what = f"two rows of {self.name} need {self.least_between_mm:.0f} mm from post to post"
        room = f"{self.between_mm:g} mm in this rack"
        near = "one row, or a deeper rack"
        raise InputError(Problem("frame", what, "rows", allowed=room, nearest=near))

    def _fans_fit(self) -> None:
        high = self.top_mm - self.bottom_mm - 2 * FAN_EDGE_MM
        most = min(high, 2 * (self.outer_mm - FAN_SIDE_MM))
        if self.fan is None:
            if self.piece == "fan-wall" and most < LEAST_FAN_MM:
                what = f"a fan wall {most:.1f} mm wide and high has room for no fan"
                raise InputError(Problem("frame", what, "piece", nearest="piece=frame"))
            if self.piece == "fan-wall":
                near = "name one, such as fan=40x10"
                raise InputError(Problem("frame", "a fan wall without fans", "fan", nearest=near))
            return
        if not self.fan_middles:
            what = f"{self.fan.id} is {self.fan.size_mm:g} mm high and wide, too large for the wall"
            room = f"a fan up to {most:.1f} mm"
            near = "a smaller fan, more sleds or more U"
            raise InputError(Problem("frame", what, "fan", allowed=room, nearest=near))

    def sled_origin(self, index: int) -> tuple[float, float, float]:
        """Return where the origin of a sled's own frame lies, counted from the lower left."""
        if self.pose == "on-edge":
            x = -self.inner_mm + self.slide_mm + index * self.bay_mm
            return x, 0.0, (self.inside_low_mm + self.inside_high_mm) / 2
        layer, column = divmod(index, self.columns)
        return self.middle_mm(column), 0.0, self.plate_low_mm(layer)

    def middle_mm(self, column: int) -> float:
        """Return the middle of a flat bay, x."""
        return -self.inner_mm + (column + 0.5) * self.bay_mm - self.wall_mm / 2

    def plate_low_mm(self, layer: int) -> float:
        """Return the lower face of a flat sled's plate, z."""
        return self.inside_low_mm + self.slide_mm + layer * self.pitch_mm

    def turned(self) -> bool:
        """Say whether sleds stand on edge: their x runs down and their z to the right."""
        return self.pose == "on-edge"
