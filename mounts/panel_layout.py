"""What goes where on a panel with cut-outs: jacks left, fans right, free openings anywhere."""

import math
from functools import cached_property
from typing import Literal

from pydantic import Field, model_validator

from catalog.models import Fact, Fan
from catalog.problems import InputError, Problem
from catalog.rack_units import panel_height_mm, smallest_height_u
from mounts.geometry import keystone
from mounts.geometry.flat import Loop, Point, circle, rectangle
from mounts.geometry.keystone import SeatRow
from mounts.panel import PanelSpec

Grille = Literal["hexagons", "rings", "open"]
Box = tuple[float, float, float, float]  # x and z of the lower left, x and z of the upper right

FAN_GAP_MM = 2.0
GROUP_GAP_MM = 6.0  # between jacks and fans
WEB_MM = 2.0  # between two cut-outs, and from a cut-out to the edge
MOST_IN_A_ROW = 24
THICKEST_MM = 4.0  # behind a thicker plate a jack cannot swing in


class Cutout(Fact):
    """A free opening; `x_mm` and `z_mm` are its middle, counted from the panel's middle."""

    shape: Literal["rect", "round"] = "rect"
    x_mm: float = 0.0
    z_mm: float = 0.0
    width_mm: float = Field(ge=2, le=440, description="Width, or diameter if round (mm).")
    height_mm: float | None = Field(None, ge=2, le=500, description="Width if not given (mm).")

    def box(self, middle: float) -> Box:
        """Return its extent; `middle` is z of the panel's middle, mm."""
        half = self.width_mm / 2
        up = half if self.shape == "round" or self.height_mm is None else self.height_mm / 2
        z = middle + self.z_mm
        return self.x_mm - half, z - up, self.x_mm + half, z + up

    def loop(self, middle: float) -> Loop:
        """Return its outline."""
        if self.shape == "round":
            return circle((self.x_mm, middle + self.z_mm), self.width_mm)
        x0, z0, x1, z1 = self.box(middle)
        return rectangle((x0, z0), (x1, z1), min(1.0, (x1 - x0) / 4, (z1 - z0) / 4))


class CutPanelSpec(PanelSpec):
    """Jacks left, fans right, both in the middle of the height; free cut-outs anywhere."""

    keystones: int | None = Field(
        None, ge=0, le=144, description="Jacks; as many as fit a row if nothing else is asked for."
    )
    rows: int = Field(1, ge=1, le=16, description="Rows of jacks.")
    fan: Fan | None = None
    fans: int | None = Field(None, ge=1, le=10, description="Fans side by side; 1 if not given.")
    grille: Grille = Field("hexagons", description="What covers a fan's opening.")
    cutouts: tuple[Cutout, ...] = Field((), description="Free openings.")

    @model_validator(mode="after")
    def _fits(self) -> "CutPanelSpec":
        problems = [*self._fan_problems(), *self._jack_problems()]
        problems = problems or self._cutout_problems()
        if problems:
            raise InputError(*problems)
        return self

    @property
    def title(self) -> str:
        """Name of the part."""
        jacks = f"-{self.jacks}-jacks" if self.jacks else ""
        fans = f"-{self.fan_count}x{self.fan.id}" if self.fan else ""
        cuts = f"-{len(self.cutouts)}-cutouts" if self.cutouts else ""
        return f"panel{jacks}{fans}{cuts}-{self.standard.id}-{self.height_u:g}u"

    @property
    def middle_mm(self) -> float:
        """Middle of the panel's height, z."""
        return (self.bottom_mm + self.top_mm) / 2

    @property
    def fan_count(self) -> int:
        """How many fans."""
        return 0 if self.fan is None else self.fans or 1

    @property
    def fans_width_mm(self) -> float:
        """Width of all fans and the gaps between them."""
        if self.fan is None:
            return 0.0
        return self.fan_count * (self.fan.size_mm + FAN_GAP_MM) - FAN_GAP_MM

    @property
    def jack_room_mm(self) -> float:
        """Width that the fans leave to the jacks."""
        taken = self.fans_width_mm + GROUP_GAP_MM if self.fan else 0.0
        return self.standard.body_max_mm - taken

    @property
    def most_in_a_row(self) -> int:
        """The largest count of jacks in one row."""
        fit = math.floor((self.jack_room_mm - keystone.SIDE_MM + 1e-9) / keystone.PITCH_MM)
        return max(0, min(MOST_IN_A_ROW, fit))

    @property
    def jacks(self) -> int:
        """How many jacks."""
        if self.keystones is not None:
            return self.keystones
        return 0 if self.fan or self.cutouts else self.most_in_a_row * self.rows

    @property
    def in_a_row(self) -> int:
        """Jacks in the fullest row."""
        return math.ceil(self.jacks / self.rows)

    @property
    def slim(self) -> bool:
        """Half a U is lower than a seat: its recesses stay open above and below."""
        return panel_height_mm(self.height_u) < keystone.SEAT_HEIGHT_MM

    @cached_property
    def jack_pitch_mm(self) -> float:
        """Between the middles of two jacks: as loose as the width allows, 20 at most."""
        return min(20.0, (self.jack_room_mm - keystone.SIDE_MM) / max(1, self.in_a_row))

    @property
    def jacks_width_mm(self) -> float:
        """Width of a row with its outer walls."""
        return self.in_a_row * self.jack_pitch_mm + keystone.SIDE_MM if self.jacks else 0.0

    @property
    def left_mm(self) -> float:
        """Where the row of jacks and fans begins, x."""
        gap = GROUP_GAP_MM if self.jacks and self.fan else 0.0
        return -(self.jacks_width_mm + gap + self.fans_width_mm) / 2

    def row_base_mm(self, row: int) -> float:
        """Return z of the anchor's edge in a row, counted from below."""
        if self.slim:
            return self.bottom_mm + keystone.EDGE_MM
        low = self.middle_mm - self.rows * keystone.SEAT_HEIGHT_MM / 2
        return low + row * keystone.SEAT_HEIGHT_MM + keystone.BELOW_MM

    def jack_rows(self) -> tuple[SeatRow, ...]:
        """Return the rows from below; the upper ones are full, the lowest is centred."""
        found: list[SeatRow] = []
        for row in range(self.rows):
            above = (self.rows - 1 - row) * self.in_a_row
            count = max(0, min(self.in_a_row, self.jacks - above))
            if count:
                found.append(self._row(self.row_base_mm(row), count))
        return tuple(found)

    def _row(self, z: float, count: int) -> SeatRow:
        pitch = self.jack_pitch_mm
        first = self.left_mm + (self.jacks_width_mm - (count - 1) * pitch) / 2
        xs = tuple(round(first + i * pitch, 6) for i in range(count))
        reach = (pitch + keystone.SIDE_MM) / 2
        # Rounded, so that two rows share their edge to the last bit: a slit of 1e-14 is one too.
        low = round(z - keystone.BELOW_MM, 6)
        high = round(z - keystone.BELOW_MM + keystone.SEAT_HEIGHT_MM, 6)
        if self.slim:
            low, high = self.bottom_mm, self.top_mm
        box = (round(xs[0] - reach, 6), low, round(xs[-1] + reach, 6), high)
        return SeatRow(xs, z, box, self.panel_mm, self.slim, self.calibration.press_mm)

    def fan_middles(self) -> tuple[Point, ...]:
        """Return the middles of the fans."""
        if self.fan is None:
            return ()
        size = self.fan.size_mm
        first = self.left_mm + self.jacks_width_mm + (GROUP_GAP_MM if self.jacks else 0.0)
        return tuple(
            (first + size / 2 + i * (size + FAN_GAP_MM), self.middle_mm)
            for i in range(self.fan_count)
        )

    def fan_boxes(self) -> tuple[Box, ...]:
        """Return what the fans cover."""
        half = self.fan.size_mm / 2 if self.fan else 0.0
        return tuple((x - half, z - half, x + half, z + half) for x, z in self.fan_middles())

    def boxes(self) -> tuple[Box, ...]:
        """Return what all cut-outs cover."""
        cuts = (cut.box(self.middle_mm) for cut in self.cutouts)
        return (*(row.box for row in self.jack_rows()), *self.fan_boxes(), *cuts)

    @property
    def _least_u(self) -> float:
        """The smallest height that takes both the fans and the rows of jacks."""
        rows = self.rows * keystone.SEAT_HEIGHT_MM if self.jacks else 0.0
        return smallest_height_u(max(rows, self.fan.size_mm if self.fan else 0.0))

    def _fan_problems(self) -> list[Problem]:
        if self.fan is None:
            if self.fans is None:
                return []
            what = f"{self.fans} fans are asked for, but not which"
            return [Problem("panel", what, "fan", nearest="name one, such as fan=40x10")]
        size, found = self.fan.size_mm, list[Problem]()
        if size > panel_height_mm(self.height_u) + 1e-9:
            near = self._least_u
            what = f"{self.fan.id} is {size:g} mm high and does not fit {self.height_u:g}U"
            allowed = f"a fan up to {panel_height_mm(self.height_u):.2f} mm"
            found.append(Problem("panel", what, "height", None, allowed, f"use {near:g}U"))
        room = self.standard.body_max_mm
        most = math.floor((room + FAN_GAP_MM + 1e-9) / (size + FAN_GAP_MM))
        if self.fan_count > most:
            what = f"{self.fan_count} fans of {size:g} mm need {self.fans_width_mm:g} mm of width"
            near = f"the largest count that works is {most}"
            found.append(Problem("panel", what, "fans", None, f"{room:g} mm between posts", near))
        return found

    def _jack_problems(self) -> list[Problem]:
        if not self.jacks:
            return []
        found: list[Problem] = []
        most_rows = max(1, math.floor(panel_height_mm(self.height_u) / keystone.SEAT_HEIGHT_MM))
        if self.rows > most_rows:
            near = self._least_u
            what = f"{self.rows} rows of jacks do not fit {self.height_u:g}U"
            also = f"use {near:g}U"
            if self.fan is None or self.fan.size_mm <= panel_height_mm(self.height_u):
                also += f"; the largest count in {self.height_u:g}U is {most_rows}"
            found.append(Problem("panel", what, "height", None, f"1 to {most_rows} rows", also))
        most = self.most_in_a_row * self.rows
        if self.jacks > most:
            what = f"{self.jacks} jacks in {self.rows} row(s) need more width than there is"
            near = f"the largest count that works is {most}"
            found.append(Problem("panel", what, "keystones", None, f"0 to {most}", near))
        if self.panel_mm > THICKEST_MM:
            what = f"jacks do not swing into a panel {self.panel_mm:g} mm thick"
            near = f"use {THICKEST_MM:g} mm"
            found.append(
                Problem("panel", what, "panel_mm", None, f"up to {THICKEST_MM:g} mm", near)
            )
        return found

    def _cutout_problems(self) -> list[Problem]:
        """Each cut-out must lie between the posts, and clear of all else."""
        found: list[Problem] = []
        half = self.standard.body_max_mm / 2 - WEB_MM
        up = panel_height_mm(self.height_u) / 2 - WEB_MM
        taken = [*(row.box for row in self.jack_rows()), *self.fan_boxes()]
        for index, cut in enumerate(self.cutouts):
            x0, z0, x1, z1 = box = cut.box(self.middle_mm)
            key = f"cutouts.{index}"
            wide = 2 * (half - abs(cut.x_mm))
            high = 2 * (up - abs(cut.z_mm))
            if x1 - x0 > wide + 1e-9 or z1 - z0 > high + 1e-9:
                what = f"{x1 - x0:g} x {z1 - z0:g} mm at ({cut.x_mm:g}, {cut.z_mm:g}) is too large"
                allowed = f"{max(0.0, wide):.2f} x {max(0.0, high):.2f} mm there"
                found.append(Problem("panel", what, key, None, allowed, "make it smaller, or move"))
            elif any(_near(box, other) for other in taken):
                what = f"it comes nearer than {WEB_MM:g} mm to another opening"
                found.append(Problem("panel", what, key, nearest="move it, or make it smaller"))
            taken.append(box)
        return found


def _near(a: Box, b: Box) -> bool:
    gap = WEB_MM - 1e-9
    return a[0] < b[2] + gap and b[0] < a[2] + gap and a[1] < b[3] + gap and b[1] < a[3] + gap
