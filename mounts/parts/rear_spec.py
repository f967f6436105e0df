"""Parts that brackets to the rear posts may hold, and when they do."""

import math
from collections.abc import Sequence
from typing import Literal

from pydantic import Field

from catalog.models import Box, Drive, Psu
from catalog.rack_units import hole_heights_mm, panel_height_mm
from mounts.geometry.flat import Point
from mounts.panel import PanelSpec, gusset_reach_mm
from mounts.sag import MOST_MM, Cantilever, sag_mm
from mounts.weight import weight_of

# What weighs more and sags has to be held behind as well: a rule of ours, for a fall is worse.
HEAVY_G = 2000.0
LEG_MM = 4.0  # thickness of a rear bracket
REAR_MM = 180.0  # the rear posts behind the front ones, where nobody says: a 10-inch cabinet's
BOLTS_APART_MM = 30.0
# A bolt's head is put in beside the bracket's ear of 4 mm and its fillet of 14, wherever it is in
# its slot of 16: 9 mm of washer (ISO 7089) and 8 mm of play to one side.
BOLT_BEFORE_POST_MM = 31.0
BOLT_NEAREST_MM = 16.0
BOLT_BEHIND_PANEL_MM = 15.0
ADJUST_MM = 16.0  # how far a bracket can be shifted along its wall
LEG_NOSE_MM = 10.0  # of a leg before its slots
GUSSET_HELD_MM = 40.0  # the longest gusset of what is held behind as well
LEAST_WALL_MM = 12.0  # of wall over the floor, for a bolt and what is left round it

Piece = Literal["shelf", "left-bracket", "right-bracket"]


class RearSpec(PanelSpec):
    """A floor between two walls behind a panel, held at the rear posts too if it sags without."""

    floor_mm: float = Field(2.0, ge=1.2, le=6, description="Floor (mm).")
    wall_mm: float = Field(2.0, ge=1.2, le=6, description="Walls (mm).")
    piece: Piece = "shelf"
    rear_mm: float | None = Field(
        None,
        ge=60,
        le=1000,
        description="From the front posts' faces to the rear posts' (mm): makes two brackets.",
    )
    rear_posts: bool = Field(
        True, description="The rack has posts behind: what would sag gets brackets to them."
    )

    @property
    def held_devices(self) -> Sequence[Box | Psu | Drive]:
        """What stands on it, each."""
        raise NotImplementedError

    @property
    def kind(self) -> str:
        """What the family is called."""
        raise NotImplementedError

    @property
    def held_name(self) -> str:
        """What stands on it, in the name of the part."""
        raise NotImplementedError

    @property
    def title(self) -> str:
        """Name of the part."""
        whole = f"{self.kind}-{self.held_name}-{self.standard.id}-{self.height_u:g}u"
        return whole if self.piece == "shelf" else f"{whole}-{self.piece}"

    @property
    def outer_mm(self) -> float:
        """Half the width over the outer walls."""
        raise NotImplementedError

    @property
    def inner_mm(self) -> float:
        """Half the width between the outer walls."""
        return self.outer_mm - self.wall_mm

    @property
    def depth_mm(self) -> float:
        """Rear end of the floor, y."""
        raise NotImplementedError

    @property
    def floor_top_mm(self) -> float:
        """Where the devices stand, z."""
        raise NotImplementedError

    @property
    def wall_top_mm(self) -> float:
        """Upper edge of the walls at the front, z."""
        raise NotImplementedError

    @property
    def wall_high_mm(self) -> float:
        """Height of the walls over the floor, in front."""
        return self.wall_top_mm - self.floor_top_mm

    @property
    def load_g(self) -> float:
        """What the devices weigh, where nobody knows by their size."""
        return sum(weight_of(one)[0] for one in self.held_devices)

    @property
    def assumed(self) -> tuple[str, ...]:
        """What was assumed of their weights."""
        return tuple(dict.fromkeys(t for _, t in map(weight_of, self.held_devices) if t))

    @property
    def stiffened(self) -> bool:
        """Whether what stands on the floor is screwed to it and stiffens it."""
        return False

    @property
    def sag_mm(self) -> float:
        """How far it would sag on the front posts alone, about: see `mounts.sag`."""
        return sag_mm(
            Cantilever(
                kg=self.load_g / 1000,
                deep_mm=self.depth_mm,
                high_mm=self.wall_high_mm + 3.0,
                wide_mm=2 * self.outer_mm,
                ear_mm=max(0.0, self.standard.hole_pitch_mm / 2 - self.outer_mm),
                panel_mm=self.panel_mm,
                floor_mm=self.floor_mm,
                vents=self.vents,
                stiff=self.stiffened,
            )
        )

    @property
    def held_sag_mm(self) -> float:
        """How far it sags as it is held, about: what brackets hold hardly does."""
        return 0.0 if self.braced else self.sag_mm

    @property
    def braced(self) -> bool:
        """Whether two brackets hold it at the rear posts: if asked for, or if it sags without."""
        if self.rear_mm is not None or self.piece != "shelf":
            return True
        sags = self.rear_posts and self.sag_mm > MOST_MM
        return sags and (self.can_brace or self.known_g > HEAVY_G)

    @property
    def known_g(self) -> float:
        """What the devices are known to weigh together."""
        return sum(getattr(one, "weight_g", None) or 0.0 for one in self.held_devices)

    @property
    def leg_from_mm(self) -> float:
        """Where a bracket's leg begins, y."""
        return min(y for y, _ in self.bolts) - ADJUST_MM / 2 - LEG_NOSE_MM

    @property
    def gusset_mm(self) -> float:
        """How far gussets run back beside the walls: short of a bracket's leg."""
        reach = gusset_reach_mm(self, self.outer_mm, self.depth_mm)
        if not self.braced:
            return reach
        return max(0.0, min(reach, GUSSET_HELD_MM, self.leg_from_mm - self.panel_mm - 1.0))

    @property
    def can_brace(self) -> bool:
        """Whether there is a wall to bolt brackets to, and room for them beside it."""
        room = self.standard.body_max_mm / 2 - self.outer_mm - LEG_MM
        return room > -1e-9 and self.wall_high_mm >= LEAST_WALL_MM

    @property
    def posts_mm(self) -> float:
        """Front faces of the rear posts, y."""
        return self.panel_mm + (REAR_MM if self.rear_mm is None else self.rear_mm)

    @property
    def bracket_u(self) -> float:
        """Height of the brackets: whole units, two at most; half a unit if there is no more."""
        return float(min(2, math.floor(self.height_u))) or 0.5

    @property
    def bracket_holes_mm(self) -> tuple[float, ...]:
        """Middles of the brackets' rack screws, z."""
        return hole_heights_mm(self.bracket_u, self.start)

    @property
    def last_bolt_mm(self) -> float:
        """The rearmost bolts, y."""
        clear = self.posts_mm - BOLT_BEFORE_POST_MM
        if clear - BOLTS_APART_MM < self.panel_mm + BOLT_BEHIND_PANEL_MM:
            clear = self.posts_mm - BOLT_NEAREST_MM  # shallow: the bracket's fillet gives way
        return min(self.depth_mm - 10.0, clear)

    @property
    def bolts(self) -> tuple[Point, ...]:
        """Where the brackets are bolted to the walls, (y, z)."""
        last = self.last_bolt_mm
        low = self.floor_top_mm + 10.0
        high = min(self.bottom_mm + panel_height_mm(self.bracket_u), self.wall_top_mm) - 8.0
        levels = (low, high) if high - low >= 15 else ((low + high) / 2,)
        return tuple((y, z) for y in (last - BOLTS_APART_MM, last) for z in levels)
