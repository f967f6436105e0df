"""What stands side by side in a frame: a bay for each sled on edge, and for each pile of flat ones.

Each pile of flat ones has a room of its own. Sleds on edge share one without walls between them if
there are none but them, for a strip of panel bears its floor, or a spine that wants a wall here and
there; beside piles a few of a kind do.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pydantic import Field

from mounts.carrier import CarrierSpec
from mounts.parts.latch import Latch
from mounts.parts.sled_room import Pose
from mounts.parts.sled_spec import FACE_GAP_MM, SledSpec

BULKHEAD_MM = 1.2  # a wall between two sleds on edge: three lines

Origin = tuple[float, float, float]
ABREAST = 3  # sleds on edge in one room beside piles: more of them bend its floor


class BaySpec(CarrierSpec):
    """Sleds of another kind in the same frame."""

    count: int = Field(1, ge=1, le=256, description="Sleds of it, in all rows.")
    pose: Pose = "flat"
    layers: int = Field(1, ge=1, le=40, description="Flat sleds over one another.")
    latch: Latch = Field("side", description="As of a sled.")
    plug_room_mm: float = Field(0.0, ge=0, le=60, description="Beside the side ports (mm).")
    air_gap_mm: float = Field(0.0, ge=0, le=60, description="Over the tallest part (mm).")


@dataclass(frozen=True)
class Bay:
    """Room for one sled on edge, or for flat ones over one another.

    Args:
        kind: number of the kind of sled that goes in.
        sled: that sled.
        left_mm: left end of the room, x: a plate on edge keeps its play from it.
        walled: whether a wall stands behind its board, in part where the air over that is else.
    """

    kind: int
    sled: SledSpec
    left_mm: float
    walled: bool = False

    @property
    def turned(self) -> bool:
        """Whether its sled stands on edge: x of the sled runs down then, and z to the right."""
        return self.sled.pose == "on-edge"

    @property
    def plate_mm(self) -> float:
        """Where the plate of a sled on edge begins, x."""
        return self.left_mm + self.sled.slide_mm

    @property
    def right_mm(self) -> float:
        """Right end of the room, x; of a sled on edge where the next one's begins."""
        return self.left_mm + bay_mm(self.sled)

    @property
    def middle_mm(self) -> float:
        """Middle of the room, x."""
        return (self.left_mm + self.right_mm) / 2

    def origin(self, layer: int, inside_mm: tuple[float, float]) -> Origin:
        """Return where the origin of a sled's own frame lies.

        Args:
            layer: counted from below.
            inside_mm: lower and upper side of the frame's inside, z.
        """
        if self.turned:
            return self.plate_mm, 0.0, sum(inside_mm) / 2
        return self.middle_mm, 0.0, self.low_mm(layer, inside_mm[0])

    def low_mm(self, layer: int, floor_mm: float) -> float:
        """Return the lower face of a flat sled's plate, z."""
        return floor_mm + self.sled.slide_mm + layer * self.sled.pitch_mm


@dataclass(frozen=True)
class Standing:
    """One sled in its frame.

    Args:
        kind: number of its kind.
        row: 0 in front, 1 on the rear posts.
        bay: where it stands.
        layer: counted from below.
    """

    kind: int
    row: int
    bay: Bay
    layer: int


Group = tuple[Bay, ...]  # bays without a wall between them


def bay_mm(sled: SledSpec) -> float:
    """Return the width that a sled takes in its room."""
    if sled.pose == "on-edge":
        return sled.pitch_mm
    return sled.plate_across_mm + 2 * sled.slide_mm


def wall_mm(sleds: Iterable[SledSpec]) -> float:
    """Return the wall between two rooms: the front plates of flat sleds meet over its middle."""
    laps = [sled.lap_mm for sled in sleds if sled.pose == "flat"]
    return 2 * max(laps, default=0.0) + FACE_GAP_MM


def fields_of(one: BaySpec | SledSpec) -> dict[str, Any]:
    """Return the fields of a record that a sled has too."""
    return {k: getattr(one, k) for k in type(one).model_fields if k in SledSpec.model_fields}


def in_words(sled: SledSpec, count: int) -> str:
    """Say how so many sleds of a kind stand in one frame."""
    if sled.pose == "on-edge" or sled.layers == 1:
        return f"{count} {'on edge' if sled.pose == 'on-edge' else 'flat'}"
    many = columns(sled, count)
    piles = "1 pile" if many == 1 else f"{many} piles"
    if count == many * sled.layers:
        return f"{piles} of {sled.layers}"
    return f"{count} in {piles}"


def in_box(sled: SledSpec, box_mm: float) -> SledSpec:
    """Return a sled for a frame whose box is so high."""
    if sled.pose == "flat" or abs(sled.outside_mm - box_mm) < 1e-6:
        return sled
    fields = fields_of(sled)
    fields["box_mm"] = box_mm
    return SledSpec(**fields)


def columns(sled: SledSpec, count: int) -> int:
    """Return how many bays so many sleds take."""
    return -(-count // sled.layers)


def groups_of(kinds: Sequence[tuple[SledSpec, int]], bulkheads: int = 0) -> tuple[Group, ...]:
    """Return the rooms of a frame from left to right, round x = 0.

    Args:
        kinds: each kind of sled, and how many of it one frame takes.
        bulkheads: walls between sleds on edge, in a frame of one kind.
    """
    if bulkheads:
        return _walled(*kinds[0], bulkheads + 1)
    wall, piles = wall_mm(sled for sled, _ in kinds), _piles(kinds)
    at, found = 0.0, list[list[Bay]]()
    for kind, (sled, count) in enumerate(kinds):
        for column in range(columns(sled, count)):
            last = found[-1][-1] if found else None
            joins = last is not None and last.turned and sled.pose == "on-edge"
            if piles and column % ABREAST == 0:
                joins = False
            if not joins:
                at += _end(last) + wall if last is not None else 0.0
                found.append([])
            bay = Bay(kind, sled, at)
            found[-1].append(bay)
            at = bay.right_mm
    half = (at + (_end(found[-1][-1]) if found else 0.0)) / 2
    return tuple(tuple(replace(b, left_mm=b.left_mm - half) for b in group) for group in found)


def _walled(sled: SledSpec, count: int, rooms: int) -> tuple[Group, ...]:
    """Return rooms for sleds on edge, as equal as can be."""
    each, more = divmod(count, rooms)
    at, found = 0.0, list[list[Bay]]()
    for room in range(rooms):
        found.append([])
        for _ in range(each + (room < more)):
            found[-1].append(Bay(0, sled, at))
            at += bay_mm(sled)
        if room + 1 < rooms:
            found[-1][-1] = replace(found[-1][-1], walled=True)
            at += bulkhead_mm(sled)
    half = (at + _end(found[-1][-1])) / 2
    return tuple(tuple(replace(b, left_mm=b.left_mm - half) for b in group) for group in found)


def bulkhead_mm(sled: SledSpec) -> float:
    """Return how far a wall between two sleds on edge moves them apart; the play of both stays."""
    return BULKHEAD_MM + max(0.0, 2 * sled.slide_mm - sled.headroom_mm)


def wide_mm(kinds: Sequence[tuple[SledSpec, int]]) -> float:
    """Return the width of the inside that so many sleds of each kind take side by side."""
    piles, rooms, on_edge, total = _piles(kinds), 0, 0, 0.0
    for sled, count in kinds:
        many = columns(sled, count)
        total += many * bay_mm(sled)
        if sled.pose == "flat":
            rooms += many
        else:
            on_edge += -(-many // ABREAST) if piles else int(not on_edge)
    total += on_edge * 2 * kinds[0][0].slide_mm
    return total + (rooms + on_edge - 1) * wall_mm(sled for sled, _ in kinds)


def _piles(kinds: Sequence[tuple[SledSpec, int]]) -> bool:
    return any(sled.pose == "flat" for sled, _ in kinds)


def _end(last: Bay) -> float:
    """Return what the last bay of a room has after it: the play of a plate on edge, twice."""
    if last.walled:
        return bulkhead_mm(last.sled) - BULKHEAD_MM
    return 2 * last.sled.slide_mm if last.turned else 0.0


def span_mm(group: Group) -> tuple[float, float]:
    """Return the left and right end of a room, x."""
    return group[0].left_mm, group[-1].right_mm + _end(group[-1])


def standing(
    bays: Sequence[Bay], counts: Sequence[tuple[int, int]], rows: int
) -> tuple[Standing, ...]:
    """Return every sled, the front row first, in it kind by kind, the lowest layer first.

    Args:
        bays: of one frame, from left to right.
        counts: of each kind how many stand in one frame, and how many in all.
        rows: frames.
    """
    found: list[Standing] = []
    for row in range(rows):
        for kind, (each, total) in enumerate(counts):
            own = [bay for bay in bays if bay.kind == kind]
            for index in range(min(each, total - row * each)):
                layer, column = divmod(index, len(own))
                found.append(Standing(kind, row, own[column], layer))
    return tuple(found)
