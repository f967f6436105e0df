"""Does the panel fit a rack? Height, width, hole pitch, hole heights and slots, measured."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from catalog.models import RackStandard
from catalog.rack_units import PANEL_RELIEF_MM, U_MM, Half, hole_heights_mm, panel_height_mm
from mounts.verify.findings import Finding, Outcome
from mounts.verify.limits import (
    HEIGHT_OVER_MM,
    HEIGHT_UNDER_MM,
    HOLE_HEIGHT_MM,
    PITCH_MM,
    SLOT_HEIGHT_MM,
    SLOT_LENGTH_MM,
    WIDTH_OVER_MM,
    WIDTH_UNDER_MM,
    Limits,
)
from mounts.verify.plate import Plate, Slot, find_plates
from mounts.verify.subject import Subject

NEAR_WIDTH_MM = 2.5  # a panel this near a standard's width is meant for it
NEAR_PITCH_MM = 3.0
LOST_MM = 4.0  # a hole further from its place than this is not that hole
HALVES: tuple[Half, ...] = ("lower", "upper")


@dataclass(frozen=True, eq=False)
class Known:
    """A panel and the standard it comes nearest to."""

    plate: Plate
    standard: RackStandard

    @property
    def off_mm(self) -> float:
        """How far width and pitch are from the standard's, together."""
        return abs(self.plate.width_mm - self.standard.panel_width_mm) + abs(
            self.plate.pitch_mm - self.standard.hole_pitch_mm
        )

    @property
    def whole(self) -> bool:
        """Whether width and pitch are both near the standard's."""
        width = abs(self.plate.width_mm - self.standard.panel_width_mm)
        pitch = abs(self.plate.pitch_mm - self.standard.hole_pitch_mm)
        return width < NEAR_WIDTH_MM and pitch < NEAR_PITCH_MM

    @cached_property
    def height_u(self) -> float:
        """The height it was made for, in half units."""
        return max(0.5, round((self.plate.height_mm + PANEL_RELIEF_MM) / U_MM * 2) / 2)

    @cached_property
    def shift_mm(self) -> float:
        """From the lowest rack unit's edge to the panel's: half of what is left over."""
        return (self.height_u * U_MM - self.plate.height_mm) / 2

    @cached_property
    def heights_mm(self) -> tuple[float, ...]:
        """Where rack holes lie over the panel's lower edge; the half of a U that fits better."""
        slots = [s for row in self.plate.rows for s in row]
        choices = [
            tuple(z - self.shift_mm for z in hole_heights_mm(self.height_u, half))
            for half in HALVES
        ]
        # Upside down counts too: nothing says which edge of a stranger's panel is the lower.
        choices += [tuple(self.plate.height_mm - z for z in reversed(c)) for c in choices]
        return min(choices, key=lambda c: _misfit([s.z for s in slots], c))


def known_panel(subject: Subject, standards: Iterable[RackStandard]) -> Known | None:
    """Return the panel of a mesh and its standard, or nothing if it has none that is known."""
    found: list[Known] = []
    for plate in () if subject.piece else find_plates(subject.clean):
        if not plate.rows or plate.width_mm < plate.pitch_mm:
            continue
        for standard in standards:
            near = (
                abs(plate.width_mm - standard.panel_width_mm) < NEAR_WIDTH_MM
                or abs(plate.pitch_mm - standard.hole_pitch_mm) < NEAR_PITCH_MM
            )
            if near:
                found.append(Known(plate, standard))
    # Width and pitch right, then more rows: a cut through something else, or a panel taken on its
    # side, may meet pairs of holes by chance.
    return min(
        found, key=lambda k: (not k.whole, -len(k.plate.rows), round(k.off_mm, 2)), default=None
    )


def check(subject: Subject, limits: Limits) -> Outcome:
    """Read the panel back and hold it to the standard it comes nearest to."""
    known = known_panel(subject, limits.standards)
    if known is None:
        if subject.claim is not None:
            cure = "make the part again: its ears hold no pairs of slots"
            low = subject.clean.vertices[0]
            place = float(low[0]), float(low[1]), float(low[2])
            return Outcome((Finding("panel.slot", place, "no panel", "a rack panel", cure),))
        return Outcome(skipped=("panel: no plate with rack slots at both ends was found",))
    found = [*_sizes(known), *_pitches(known), *_holes(known), *_slots(known)]
    return Outcome(tuple(found), read=reading(known))


def reading(known: Known) -> dict[str, Any]:
    """Return what the panel measures, mm."""
    plate = known.plate
    slot = plate.rows[0][0]
    return {
        "standard": known.standard.id,
        "height_u": known.height_u,
        "panel_width_mm": round(plate.width_mm, 3),
        "panel_height_mm": round(plate.height_mm, 3),
        "panel_thickness_mm": round(plate.thick_mm, 2),
        "hole_pitch_mm": round(plate.pitch_mm, 3),
        "hole_heights_mm": _read_heights(known),
        "slot_length_mm": round(slot.length_mm, 3),
        "slot_height_mm": round(slot.height_mm, 3),
    }


def _read_heights(known: Known) -> list[float]:
    """Return hole heights over the lowest unit, the panel the way up that starts with a whole U."""
    found = [left.z + known.shift_mm for left, _ in known.plate.rows]
    turned = [known.height_u * U_MM - z for z in reversed(found)]
    right = hole_heights_mm(known.height_u)
    # Upside down, a panel that starts in the upper half of a U is one that starts in the lower.
    best = min((found, turned), key=lambda c: _misfit(c, right))
    return [round(z, 3) for z in best]


def _misfit(found: Sequence[float], right: Sequence[float]) -> float:
    """Return how far heights are from the nearest right ones, together, mm."""
    return round(sum(min(abs(z - r) for r in right) for z in found), 2)


def _sizes(known: Known) -> Iterator[Finding]:
    plate, units = known.plate, known.height_u
    right = panel_height_mm(units)
    off = plate.height_mm - right
    if not -HEIGHT_UNDER_MM <= off <= HEIGHT_OVER_MM:
        least, most = right - HEIGHT_UNDER_MM, right + HEIGHT_OVER_MM
        allowed = f"{right:.2f} mm for {units:g}U ({least:.2f} to {most:.2f})"
        cure = f"make it {right:.2f} mm high ({-off:+.2f} mm): neighbours bind or gape otherwise"
        measured = f"{plate.height_mm:.2f} mm high"
        yield Finding("panel.height", plate.place(0, plate.height_mm), measured, allowed, cure)
    width = known.standard.panel_width_mm
    wide = plate.width_mm - width
    if not -WIDTH_UNDER_MM <= wide <= WIDTH_OVER_MM:
        measured = f"{plate.width_mm:.2f} mm wide"
        cure = f"make it {width:g} mm wide ({-wide:+.2f} mm)"
        place = plate.place(plate.width_mm / 2, plate.height_mm / 2)
        allowed = f"{width:g} mm ({known.standard.id})"
        yield Finding("panel.width", place, measured, allowed, cure)


def _pitches(known: Known) -> Iterator[Finding]:
    """Hold each row's pitch to the standard; say the worst."""
    right = known.standard.hole_pitch_mm
    band = known.standard.hole_pitch_band_mm or (right - PITCH_MM, right + PITCH_MM)
    rows = [(b.x - a.x, b) for a, b in known.plate.rows]
    pitch, slot = max(rows, key=lambda row: abs(row[0] - right))
    if not band[0] <= pitch <= band[1]:
        cure = f"move each slot by {(right - pitch) / 2:+.2f} mm from the middle"
        allowed = f"{right:g} mm ({band[0]:.2f} to {band[1]:.2f})"
        place = known.plate.place(slot.x, slot.z)
        yield Finding("panel.pitch", place, f"hole pitch {pitch:.3f} mm", allowed, cure)


def _holes(known: Known) -> Iterator[Finding]:
    """Hold every slot's height to the rack's holes, and ask for the outermost ones."""
    plate, right = known.plate, known.heights_mm
    for slot in (*plate.left, *plate.right):
        nearest = min(right, key=lambda z: abs(z - slot.z))
        off = slot.z - nearest
        room = max(HOLE_HEIGHT_MM, (slot.height_mm - SLOT_HEIGHT_MM) / 2)
        if abs(off) > room:
            measured = f"slot {slot.z:.2f} mm over the panel's edge"
            cure = f"move it by {-off:+.2f} mm: no rack hole lies there"
            place = plate.place(slot.x, slot.z)
            allowed = f"{nearest:.2f} mm (± {room:.2f})"
            yield Finding("panel.hole-height", place, measured, allowed, cure)
    for side, ear in ((-1, plate.left), (1, plate.right)):
        for z in {right[0], right[-1]}:
            if all(abs(slot.z - z) > LOST_MM for slot in ear):
                place = plate.place(side * known.standard.hole_pitch_mm / 2, z)
                cure = f"cut a slot {z:.2f} mm over the panel's edge: the corner is not held"
                yield Finding("panel.hole-missing", place, "no slot", "one in each corner", cure)


def _slots(known: Known) -> Iterator[Finding]:
    plate = known.plate
    every = (*plate.left, *plate.right)
    low = min(every, key=lambda s: round(min(s.height_mm, s.length_mm), 3))
    if min(low.height_mm, low.length_mm) < SLOT_HEIGHT_MM - 0.01:
        cure = f"make it {SLOT_HEIGHT_MM:g} mm or more, 7 mm for a printed panel: M6 must pass"
        allowed = f"{SLOT_HEIGHT_MM:g} mm and more"
        yield Finding("panel.slot-height", _at(plate, low), _size(low), allowed, cure)
    # An upright slot gives play in height instead; its pitch is then held by the pitch rule.
    lying = [s for s in every if s.height_mm < 9.0]
    short = min(lying, key=lambda s: round(s.length_mm, 3), default=None)
    if short is not None and short.length_mm < SLOT_LENGTH_MM - 0.01:
        cure = f"draw it out to {SLOT_LENGTH_MM:g} mm or more: posts are not exactly apart"
        allowed = f"{SLOT_LENGTH_MM:g} mm and more along the panel"
        yield Finding("panel.slot-length", _at(plate, short), _size(short), allowed, cure)


def _at(plate: Plate, slot: Slot) -> tuple[float, float, float]:
    return plate.place(slot.x, slot.z)


def _size(slot: Slot) -> str:
    return f"slot of {slot.length_mm:.2f} x {slot.height_mm:.2f} mm"
