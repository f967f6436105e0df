"""Which ribs a shelf wants under its floor, and where its straps pass between them."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from catalog.rack_units import panel_height_mm
from mounts.parts.cross_ribs import SHY_MM, SLOPE, THICK_MM, CrossRibs, run_mm
from mounts.parts.rear_spec import LEAST_WALL_MM
from mounts.sag import MOST_MM, RIBBED_FACTOR, Ribbed, ribbed_sag_mm

if TYPE_CHECKING:
    from mounts.parts.shelf_spec import ShelfSpec

HEIGHTS_MM = (6.0, 7.0, 8.0, 10.0, 12.0, 14.0, 16.0, 18.0)
COUNTS = (1, 2, 3, 4, 5, 6)
PLAIN_MM = 0.43  # what sags so far between brackets has ribs: bricks say up to 1.15 times as much
FRONT_MM = 0.485  # the same on the front posts alone: bricks say up to 1.04 times as much there
HOPELESS_MM, NEARLY = 1.0, 1.2  # what sags so far with the best ribs rests on something anyway
TALLER_U = (0.5, 1.0)  # are tried as a cure
TALLEST_U = 12.0  # a panel can be
STRAP_MM = 2.0  # room under the floor for a hook-and-loop strap or a cable tie
LEAST_APART_MM = 26.0  # a strap of 10 mm goes between two
BEHIND_PANEL_MM = 8.0
TIE_FROM_MM = 8.0  # behind a stop: where the slots for cable ties begin, and how long they are
TIE_LONG_MM = 6.5
TIE_CLEAR_MM = 2.0
STRAP_SHARES = (0.25, 0.75)  # of the deepest device
STRAP_ROOM_MM = 13.0  # a strap of 10 mm in its slot
STRAP_THICK_MM = 3.0  # and what is left free for it under the floor


def spare_mm(spec: "ShelfSpec") -> float:
    """Return the room that the tallest device leaves under the floor."""
    return panel_height_mm(spec.height_u) - spec.floor_mm - spec.tallest_mm


def strap_mm(spec: "ShelfSpec") -> float:
    """Return the room under a floor without ribs: for a strap, if the device leaves any."""
    return STRAP_MM if spare_mm(spec) >= STRAP_MM else 0.0


def choices(spec: "ShelfSpec") -> Iterator[CrossRibs]:
    """Return the ribs that there is room for, those of least plastic first."""
    low = spec.tallest_mm < LEAST_WALL_MM + 1.0  # its walls have no mm to spare
    room = spare_mm(spec) - (1.0 if low else 0.0)
    pairs = [
        (count * high, count, high)
        for high in HEIGHTS_MM
        for count in COUNTS
        if high <= room + 1e-9
    ]
    for _, count, high in sorted(pairs):
        ends = ends_mm(spec, count, high)
        if len(ends) == count:
            yield CrossRibs(ends, high)


def ends_mm(spec: "ShelfSpec", count: int, high_mm: float) -> tuple[float, ...]:
    """Return the rear ends of so many ribs, y: the last behind the stop, before the ties' slots."""
    run = run_mm(high_mm)
    slots = [bay.stop_mm + TIE_FROM_MM for bay in spec.bays if bay.stop_mm < spec.stop_mm - 1e-6]
    last = min(spec.depth_mm - SHY_MM, spec.stop_mm + TIE_FROM_MM - TIE_CLEAR_MM + run)
    last = _clear(last, run, slots)
    first = spec.panel_mm + BEHIND_PANEL_MM + THICK_MM + run
    pitch = (last - first) / count
    if pitch < LEAST_APART_MM:
        return ()
    inner = [_clear(last - k * pitch, run, slots) for k in range(count - 1, 0, -1)]
    return (*inner, last)


def _clear(end_mm: float, run_mm: float, slots_mm: list[float]) -> float:
    """Return a rib's end moved forward until its root meets no slot for cable ties."""
    for slot in sorted(slots_mm, reverse=True):
        root = end_mm - run_mm
        if slot - TIE_CLEAR_MM < root < slot + TIE_LONG_MM + TIE_CLEAR_MM + THICK_MM:
            end_mm += slot - TIE_CLEAR_MM - root
    return end_mm


def straps_mm(spec: "ShelfSpec") -> tuple[float, ...]:
    """Return the middles of two straps, y: as near to a quarter and three as ribs let them."""
    wanted = [spec.panel_mm + share * spec.deepest_mm for share in STRAP_SHARES]
    if not spec.cross_ribs.ends_mm:
        return tuple(wanted)
    half, slant = STRAP_ROOM_MM / 2, STRAP_THICK_MM * SLOPE
    roots = spec.cross_ribs.roots_mm()
    starts = [spec.panel_mm + half, *(rear + slant + half for _, rear in roots[:-1])]
    stops = [front - half for front, _ in roots]
    gaps = [(a, b) for a, b in zip(starts, stops, strict=True) if b >= a]
    return tuple(
        min((max(a, min(at, b)) for a, b in gaps), key=lambda y, at=at: abs(y - at))
        for at in wanted
    )


def wanted(spec: "ShelfSpec") -> CrossRibs:
    """Return the ribs of least plastic with which a shelf does not sag; the best, if it does."""
    enough_mm = MOST_MM / RIBBED_FACTOR
    if sag_mm(spec, CrossRibs()) <= (PLAIN_MM if spec.braced else FRONT_MM):
        return CrossRibs()
    found = list(choices(spec))
    best_mm = min((sag_mm(spec, one) for one in found), default=0.0)
    if best_mm > HOPELESS_MM:  # what no rib cures gets no more of them than help
        enough_mm = NEARLY * best_mm
    enough_mm = max(enough_mm, best_mm)
    return next((one for one in found if sag_mm(spec, one) <= enough_mm), CrossRibs())


def sag_mm(spec: "ShelfSpec", ribs: CrossRibs) -> float:
    """Return how far a shelf would sag with such ribs, held as it is, about, mm."""
    if not ribs.ends_mm and not spec.braced:
        return spec.sag_mm
    return ribbed_sag_mm(
        Ribbed(
            kg=spec.load_g / 1000,
            deep_mm=spec.depth_mm,
            high_mm=ribs.high_mm + spec.floor_mm + spec.tallest_mm,
            wide_mm=2 * spec.outer_mm,
            ear_mm=max(0.0, spec.standard.hole_pitch_mm / 2 - spec.outer_mm),
            held_to_mm=spec.last_bolt_mm if spec.braced else None,
            ribs=len(ribs.ends_mm),
            rib_mm=ribs.high_mm,
        )
    )


def cure(spec: "ShelfSpec") -> str:
    """Return what would hold a shelf that sags with all its ribs; nothing if it does not."""
    if spec.held_sag_mm <= MOST_MM:
        return ""
    for more_u in (u for u in TALLER_U if spec.height_u + u <= TALLEST_U):
        fields: dict[str, Any] = {key: getattr(spec, key) for key in type(spec).model_fields}
        fields |= {"height_u": spec.height_u + more_u}
        taller = type(spec)(**fields)
        if taller.held_sag_mm <= MOST_MM:
            return f"use {taller.height_u:g}U: deeper ribs go under its floor"
    return "rest it on rails, a shelf or the module below"
