"""What a tray is asked to carry: boards side by side, and an I/O shield where a board has one."""

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from pydantic import Field, model_validator

from catalog.load import load_catalog
from catalog.problems import InputError, Problem
from catalog.rack_units import panel_height_mm, smallest_height_u
from mounts.board import Openings, Seat, across_mm, behind_mm, openings
from mounts.carrier import BESIDE_CRADLE_MM, CarrierSpec
from mounts.geometry.flat import Loop, rectangle
from mounts.panel import PanelSpec
from mounts.parts.tray_gaps import (
    RIM_MM,
    SHIELD_KEEP_MM,
    bare_seat,
    has_holes,
    least_gap_mm,
    plug_gap_mm,
    posts_mm,
    reach_mm,
)
from mounts.parts.tray_ribs import RAIL_MM, SHIELD_WALL_MM, Ribs, chosen
from mounts.weight import weight_of

BESIDE_WALL_MM = 0.3  # air between a wall and what stands over a board's edge
TOP_STRIP_MM = 2.5  # panel left over an opening

# microATX Motherboard Interface Specification 1.2, figure 4: the window for an I/O shield, how far
# it reaches below the board's top face, what is kept free round it, and the sheet that a shield
# clips into (0.94 to 1.32 mm); from the sheet's inner face to the nearest holes, as in ITXCASE.
SHIELD_MM = (6.25 * 25.4, 1.75 * 25.4)
SHIELD_BELOW_MM = 3.81
SHIELD_RIM_MM = 1.2
SHIELD_BEFORE_HOLE_MM = 12.27
SHIELD_BAR_MM = 3.0  # panel left over the kept strip
THICKEST_MM = 3.0  # a thicker panel would stand in the way of the board's corners
STANDOFF_MM = 6.35  # 1/4 in, the room that mini-ITX allows below a board; bought, not printed
STANDOFF_LIFT_MM = 3.0  # screws' heads under the floor: 2.4 for M3 (ISO 7045), 2.5 for #6-32


@dataclass(frozen=True)
class Carried:
    """One board of a tray and its place."""

    spec: CarrierSpec
    seat: Seat

    @property
    def shield(self) -> Loop | None:
        """The window for its I/O shield, (x, z); nothing if it has none or faces elsewhere."""
        form = self.spec.form_factor
        if form is None or form.shield_x_mm is None or self.spec.facing != "y-":
            return None
        left = self.seat.place(form.shield_x_mm, 0.0)[0]
        low = self.seat.top_mm - SHIELD_BELOW_MM
        return rectangle((left, low), (left + SHIELD_MM[0], low + SHIELD_MM[1]), 0.9)


class TraySpec(PanelSpec, CarrierSpec):
    """One board on one tray, or several side by side."""

    count: int = Field(1, ge=1, le=8, description="How many of it, side by side.")
    beside: tuple[CarrierSpec, ...] = Field(
        (), max_length=7, description="Other boards, to its right."
    )
    gap_mm: float | None = Field(
        None, ge=1, le=100, description="Between two boards (mm); what their plugs ask for."
    )
    shield: bool | None = Field(
        None, description="Window for an I/O shield; where it fits if not given."
    )
    floor_mm: float = Field(2.4, ge=1.6, le=6, description="Floor (mm).")

    @property
    def title(self) -> str:
        """Name of the part."""
        times = f"{self.count}x-" if self.count > 1 else ""
        names = "-".join([f"{times}{self.name}", *(one.name for one in self.beside)])
        return f"tray-{names}-{self.standard.id}-{self.height_u:g}u"

    @cached_property
    def row(self) -> tuple[CarrierSpec, ...]:
        """Every board from left to right."""
        own = CarrierSpec(**{key: getattr(self, key) for key in CarrierSpec.model_fields})
        return (own,) * self.count + self.beside

    @cached_property
    def shielded(self) -> bool:
        """Whether the panel has windows for I/O shields and the boards stand on bought standoffs.

        Such a tray is printed panel down: over so wide a window no bar would print standing.
        """
        if self.shield is not None:
            return self.shield
        fits = self._shield_needed_mm() <= panel_height_mm(self.height_u) + 1e-9
        return self._may_be_shielded() and fits and self.panel_mm <= THICKEST_MM

    def _may_be_shielded(self) -> bool:
        forms = [one.form_factor for one in self.row]
        known = all(form is not None and form.shield_x_mm is not None for form in forms)
        return known and all(one.facing == "y-" and one.device.holes for one in self.row)

    def _shield_needed_mm(self) -> float:
        """Return the panel height that windows and boards need, mm."""
        low = STANDOFF_LIFT_MM + self.floor_mm + STANDOFF_MM
        window = SHIELD_MM[1] + SHIELD_KEEP_MM + SHIELD_BAR_MM - SHIELD_BELOW_MM
        tall = max(max(window, one.envelope.above_mm) for one in self.row)
        return low + max(one.device.board.thickness_mm for one in self.row) + tall

    @property
    def floor_low_mm(self) -> float:
        """Lower face of the floor, z."""
        return self.bottom_mm + (STANDOFF_LIFT_MM if self.shielded else 0.0)

    @property
    def floor_top_mm(self) -> float:
        """Upper face of the floor, z."""
        return self.floor_low_mm + self.floor_mm

    @cached_property
    def gaps_mm(self) -> tuple[float, ...]:
        """From each board's edge to the next one's."""
        pairs = list(pairwise(self.row))
        if self.gap_mm is not None:
            return (self.gap_mm,) * len(pairs)
        return tuple(max(least_gap_mm(a, b), plug_gap_mm(a, b)) for a, b in pairs)

    @cached_property
    def carried(self) -> tuple[Carried, ...]:
        """Every board at its place."""
        found: list[Carried] = []
        at = -self.row_mm / 2
        for one, gap in zip(self.row, (*self.gaps_mm, 0.0), strict=True):
            across = across_mm(one.device, one.facing)
            edge = self.panel_mm + behind_mm(bare_seat(one))
            if self.shielded:
                first = min(hole.y_mm for hole in one.device.holes)
                edge = SHIELD_RIM_MM + SHIELD_BEFORE_HOLE_MM - first
            posts = STANDOFF_MM if self.shielded else posts_mm(one, edge)
            under = self.floor_top_mm + posts
            middle = at + across / 2
            found.append(
                Carried(one, Seat(one.device, one.facing, middle, edge, under, one.envelope))
            )
            at += across + gap
        return tuple(found)

    @property
    def seat(self) -> Seat:
        """Where the first board lies."""
        return self.carried[0].seat

    @property
    def row_mm(self) -> float:
        """Width from the first PCB's left edge to the last one's right edge."""
        return sum(across_mm(one.device, one.facing) for one in self.row) + sum(self.gaps_mm)

    @property
    def between_mm(self) -> tuple[float, ...]:
        """Middles of the room between two boards, x: halfway between what stands over them."""
        found: list[float] = []
        for a, b in pairwise(self.carried):
            right = a.seat.center_mm + a.seat.across_mm / 2 + reach_mm(a.spec, "right")
            left = b.seat.center_mm - b.seat.across_mm / 2 - reach_mm(b.spec, "left")
            found.append((right + left) / 2)
        return tuple(found)

    @property
    def depth_mm(self) -> float:
        """Rear end of the tray, y."""
        return max(one.seat.edge_mm + one.seat.deep_mm for one in self.carried) + RIM_MM

    @property
    def half_rear_mm(self) -> float:
        """Half the floor's width beside the boards."""
        return self.row_mm / 2 + self._margin_mm

    @property
    def _margin_mm(self) -> float:
        if self.shielded:  # the strip kept free round a window reaches over the board's edge
            return max(reach_mm(one, "left") for one in self.row) + 0.5 + SHIELD_WALL_MM
        loose = any(not has_holes(one) for one in self.row)
        if loose:
            return BESIDE_CRADLE_MM + RAIL_MM
        # What stands over an edge that has no ports may do so anywhere along a wall.
        ends = (self.row[0], "left"), (self.row[-1], "right")
        over = max(0.0 if bare_seat(one).ports(side) else reach_mm(one, side) for one, side in ends)
        return max(RIM_MM, over + BESIDE_WALL_MM + RAIL_MM)

    @cached_property
    def ribs(self) -> Ribs:
        """Walls along its sides and beams behind its ears, as high as its load asks for."""
        return chosen(self)

    @property
    def sag_mm(self) -> float:
        """How far it sags under its boards, about: see `mounts.sag_tray`."""
        return self.ribs.sag_mm

    @property
    def load_g(self) -> float:
        """What its boards weigh, where nobody knows by their size."""
        return sum(weight_of(one.device)[0] for one in self.row)

    @property
    def assumed(self) -> tuple[str, ...]:
        """What was assumed of their weights."""
        return tuple(dict.fromkeys(t for one in self.row if (t := weight_of(one.device)[1])))

    @model_validator(mode="after")
    def _fits(self) -> "TraySpec":
        problems = [*self._shield_problems(), *self._gap_problems()]
        if not problems:
            problems = [*self._width_problems(), *self._height_problems()]
        if problems:
            raise InputError(*problems)
        return self

    def _shield_problems(self) -> list[Problem]:
        if not self.shield:
            return []
        if not self._may_be_shielded():
            what = "not every board here has an I/O shield that faces the front"
            forms = "mini-ITX, DTX, ATX and their kin, front = 'y-'"
            return [Problem("tray", what, "shield", None, forms, "leave out shield")]
        if self.panel_mm > THICKEST_MM:
            what = f"an I/O shield's connectors do not reach through {self.panel_mm:g} mm of panel"
            limit = f"up to {THICKEST_MM:g} mm"
            return [Problem("tray", what, "panel_mm", None, limit, f"use {THICKEST_MM:g} mm")]
        return []

    def _gap_problems(self) -> list[Problem]:
        least = max((least_gap_mm(a, b) for a, b in pairwise(self.row)), default=0.0)
        if self.gap_mm is None or self.gap_mm >= least:
            return []
        what = f"boards {self.gap_mm:g} mm apart would meet at their connectors or corners"
        near = f"the smallest gap that works is {least:g} mm"
        return [Problem("tray", what, "gap_mm", None, f"{least:g} to 100 mm", near)]

    def _width_problems(self) -> list[Problem]:
        room = self.standard.body_max_mm
        over = 2 * self.half_rear_mm - room
        if over <= 1e-9:
            return []
        limit = f"{room:g} mm between the posts of a {self.standard.id} rack"
        if len(self.row) > 1:
            what = f"{len(self.row)} boards side by side are {over:.1f} mm too wide"
            return [Problem("tray", what, "count", None, limit, self._fewer())]
        across = self.seat.across_mm
        what = f"{self.device.id} lies {across:g} mm across, {over:.1f} mm too wide"
        near = "use a 19in rack, or turn the board with front = …"
        limit = f"up to {across - over:g} mm across"
        return [Problem("tray", what, "device", allowed=limit, nearest=near)]

    def _fewer(self) -> str:
        """Say how many of the boards fit, from the left, at these gaps and at the least."""
        now = self._most(self.gaps_mm)
        tight = [least_gap_mm(a, b) for a, b in pairwise(self.row)]
        dense = self._most((max(tight),) * len(tight))
        near = f"the first {now} fit" if self.beside else f"the largest count that works is {now}"
        if not now:
            near = "not even the first fits as it lies"
        if dense > now:
            many = f"all {dense} fit" if dense == len(self.row) else f"it is {dense}"
            near += f"; with gap_mm = {max(tight):g} {many}, plugs at the sides angled"
        wider = load_catalog().standard("19in").body_max_mm
        helps = self.standard.body_max_mm < wider and 2 * self.half_rear_mm <= wider
        return f"{near}; or use a 19in rack" if helps else near

    def _most(self, gaps: tuple[float, ...]) -> int:
        room, fit = self.standard.body_max_mm - 2 * self._margin_mm, 0
        for one, gap in zip(self.row, (0.0, *gaps), strict=True):
            room -= gap + across_mm(one.device, one.facing)
            fit += room > -1e-9
        return fit

    def _height_problems(self) -> list[Problem]:
        needed = self.needed_mm()
        if needed <= panel_height_mm(self.height_u) + 1e-9:
            return []
        near = smallest_height_u(needed)
        what = f"{self.name} needs {needed:.2f} mm of height and does not fit {self.height_u:g}U"
        limit = f"{panel_height_mm(self.height_u):.2f} mm in {self.height_u:g}U"
        return [Problem("tray", what, "height", allowed=limit, nearest=f"use {near:g}U")]

    def shield_height_u(self) -> float:
        """Return the lowest panel that has room for the shields' windows, U."""
        return smallest_height_u(self._shield_needed_mm())

    def needed_mm(self) -> float:
        """Return the panel height that boards, HATs and openings need, mm."""
        if self.shielded:
            return self._shield_needed_mm()
        tops = [p[1] for loop in self.openings() for p in loop.points]
        highest = max(one.seat.highest_mm for one in self.carried)
        return max(highest, max(tops) + TOP_STRIP_MM if tops else highest) - self.bottom_mm

    def openings(self) -> tuple[Loop, ...]:
        """Return the panel's cut-outs for the front ports, (x, z)."""
        return tuple(loop for one in self.carried for loop in self.openings_of(one))

    def openings_of(self, one: Carried) -> tuple[Loop, ...]:
        """Return the panel's cut-outs for the ports of one board, (x, z)."""
        return openings(one.seat, 0.0, Openings(one.spec.plugs, floor_mm=self.floor_top_mm))
