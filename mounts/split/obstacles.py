"""What a seam keeps clear of: holes, ports and the ways through them, posts, walls."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from mounts.geometry.sheet import AXES
from mounts.part import Part, Room
from mounts.split.axes import Box, Span, Way, hole_boxes, is_groove, share, sheet_box
from mounts.split.joints import HALF_MM

REACH_MM = HALF_MM + 0.2  # how far a joint reaches to either side of its seam, its play too
CLEAR_MM = 3.0  # plastic left between a joint and a hole
ZONE_MM = REACH_MM + CLEAR_MM
BARE_MM = 2.0  # plastic left between a straight cut and a hole: five lines
HALF_WALL_MM = 1.2  # left on each side of a wall that is parted, three lines
WINDOW_MM = 60.0  # an opening as wide as a box; a port is narrower and never cut through
POST_MM = 30.0  # what stands along a seam and is no thicker than this is a wall or a post
WAY_MM = 40.0  # what is kept free before and behind every hole: a plug, a screwdriver
MARGIN_MM = 1.0
FAR_MM = 1e4
SPARE_MM = 0.6  # how far a hole may lie outside the room that a seam may fill


@dataclass(frozen=True)
class Obstacle:
    """Something in the way of a seam.

    Args:
        along: from where to where, along the axis that the seam is square to, mm.
        across: from where to where across it, mm.
        window: it may be cut through, clear of its ends.
        wall: it is solid, and may be parted in its middle.
        bare_mm: plastic left between it and a straight cut.
        pierces: it goes through a wall that a seam would part: near it that wall is not joined.
        roofed: it is a groove: cut through it leaves a thin roof, which no joint is made in.
    """

    along: Span
    across: Span
    window: bool = False
    wall: bool = False
    bare_mm: float = BARE_MM
    pierces: bool = False
    roofed: bool = False

    def bars(self) -> Span:
        """Return the places that no seam may have because of it; empty if low > high."""
        low, high = self.along
        return low - self.bare_mm, high + self.bare_mm

    def inside(self) -> Span:
        """Return the places within it that a seam may have all the same; empty if low > high."""
        low, high = self.along
        if self.window:
            return low + ZONE_MM, high - ZONE_MM
        if self.wall:
            return low + HALF_WALL_MM, high - HALF_WALL_MM
        return 0.0, -1.0

    def near(self, at_mm: float) -> bool:
        """Say whether it leaves no room for a joint at a place."""
        low, high = self.along
        if self.window and not self.roofed and low + ZONE_MM < at_mm < high - ZONE_MM:
            return False  # there is nothing to join
        return low - ZONE_MM < at_mm < high + ZONE_MM


def obstacles(part: Part, way: Way) -> list[Obstacle]:
    """Return what lies in the way of seams drawn in a plane."""
    walls: set[Obstacle] = set()
    for sheet in part.body.sheets:
        box = sheet_box(sheet)
        along, across = box[way.axis], box[way.across]
        if AXES[sheet.plane][2] == way.axis and along[1] - along[0] <= POST_MM:
            walls.add(Obstacle(along, across, wall=True))
    holes = {
        replace(
            one,
            pierces=drilled == way.across and not one.window,
            roofed=one.window and is_groove(part, box, drilled),
        )
        for box, drilled in hole_boxes(part)
        if not filled(part.spare, box)
        for one in _parted(box[way.axis], box[way.across], walls)
    }
    return sorted(holes | walls, key=lambda one: (one.along, one.across, one.wall))


def _parted(along: Span, across: Span, walls: Iterable[Obstacle]) -> Iterable[Obstacle]:
    """Yield an opening as what walls make of it: a row of jacks is cut between two of them only."""
    ends = [along[0]]
    for wall in sorted(walls, key=lambda one: one.along):
        inside = along[0] < wall.along[0] and wall.along[1] < along[1]
        if inside and wall.across[0] <= across[0] and across[1] <= wall.across[1]:
            ends += wall.along
    ends.append(along[1])
    bare = HALF_WALL_MM if len(ends) > 2 else BARE_MM
    for low, high in zip(ends[::2], ends[1::2], strict=True):
        yield Obstacle((low, high), across, window=high - low > WINDOW_MM, bare_mm=bare)


def filled(spare: Sequence[Room], box: Box) -> bool:
    """Say whether a hole lies in room that a seam may fill."""
    return any(
        all(
            low - SPARE_MM <= a and b <= high + SPARE_MM
            for (a, b), low, high in zip(box, *room, strict=True)
        )
        for room in spare
    )


def blocked(every: Iterable[Obstacle], at_mm: float) -> list[Span]:
    """Return where across a seam only a straight cut is clear of everything."""
    return sorted(
        {(one.across[0] - MARGIN_MM, one.across[1] + MARGIN_MM) for one in every if one.near(at_mm)}
    )


def nearest_mm(every: Iterable[Obstacle], path: Sequence[tuple[float, float]]) -> float:
    """Return how near a seam's line comes to a hole that it may not cut, mm."""
    import shapely  # noqa: PLC0415 - heavy

    line = shapely.LineString(path)
    rooms = [
        shapely.box(one.along[0], one.across[0], one.along[1], one.across[1])
        for one in every
        if not one.wall and not one.window
    ]
    return min((float(line.distance(room)) for room in rooms), default=FAR_MM)


def kept_free(part: Part, rooms: Iterable[Room], opening_mm: float | None) -> list[Box]:
    """Return the room that nothing may be built into.

    Devices, the way through every hole, and the posts of the rack behind the panel.

    Args:
        part: what is cut.
        rooms: what its devices fill.
        opening_mm: between the posts of its rack; not known if not given.
    """
    found: list[Box] = [
        ((low[0], high[0]), (low[1], high[1]), (low[2], high[2])) for low, high in rooms
    ]
    if part.panel and opening_mm:
        behind, beyond = (part.panel.mid_mm, FAR_MM), (-FAR_MM, FAR_MM)
        half = opening_mm / 2
        found += [((-FAR_MM, -half), behind, beyond), ((half, FAR_MM), behind, beyond)]
    for box, axis in hole_boxes(part):
        if filled(part.spare, box):
            continue
        spans = list(box)
        spans[axis] = spans[axis][0] - WAY_MM, spans[axis][1] + WAY_MM
        found.append((spans[0], spans[1], spans[2]))
    return found


def is_free(box: Box, kept: Iterable[Box]) -> bool:
    """Say whether a box shares space with none."""
    return not any(share(box, one) for one in kept)
