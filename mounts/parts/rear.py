r"""Brackets from a shelf's walls to the rear posts, and the bolts between them.

   from above, rear right
|  wall |
|       |__ leg, bolted with play to and fro
|       |  |
|       |  |\__________
|_______|__|__(slot)___| ear on the rear post
"""

from catalog.rack_units import panel_height_mm
from mounts import hardware
from mounts.geometry.flat import Loop, Point, polygon, polygon_r, rectangle
from mounts.geometry.sheet import Sheet, joined
from mounts.geometry.vents import Perforation
from mounts.part import Hardware, Part
from mounts.parts.deck import upright_bore, upright_slot
from mounts.parts.rear_spec import ADJUST_MM, LEG_MM, RearSpec
from mounts.sag import MOST_MM

BOLT_MM = 4.5  # M4, normal fit (ISO 273)
FILLET_MM = 14.0
EAR_SLOT_MM = (12.0, 7.0)  # as the panel's, a little longer: rear posts are set up by hand
EAR_WEB_MM = 1.6  # left outside a slot: four lines of a 0.4 mm nozzle
WASHER_MM = 9.0  # of M4, ISO 7089
KEEP_MM = 6.0  # no vent this near to a bolt's middle


def bracket(spec: RearSpec) -> Part:
    """Return the bracket that `spec.piece` names, its leg on the bed, its ear upright."""
    side = 1 if spec.piece == "right-bracket" else -1
    low, high = spec.bottom_mm, spec.bottom_mm + panel_height_mm(spec.bracket_u)
    x0, x1 = spec.outer_mm, spec.outer_mm + LEG_MM
    tip = spec.standard.panel_width_mm / 2
    rear = spec.posts_mm
    first = spec.leg_from_mm
    leg = polygon_r([(first, low, 4), (rear, low, 0), (rear, high, 0), (first, high, 4)])
    slots = tuple(_long(at) for at in spec.bolts)
    ear = polygon_r([(x0, low, 0), (tip, low, 3), (tip, high, 3), (x0, high, 0)])
    posts = tuple(_ear_slot(spec, z) for z in spec.bracket_holes_mm)
    edge = rear - LEG_MM
    beside = max(y for y, _ in spec.bolts) + ADJUST_MM / 2 + WASHER_MM / 2
    size = min(FILLET_MM, tip - x1 - 18.0, edge - beside)
    sheets = [
        Sheet("yz", leg, min(side * x0, side * x1), max(side * x0, side * x1), slots),
        Sheet("xz", _mirrored(ear, side), edge, rear, tuple(_mirrored(p, side) for p in posts)),
    ]
    if size > 2:
        corner = [(x1 - 0.5, edge + 0.5), (x1 - 0.5, edge - size), (x1, edge - size)]
        corner += [(x1 + size, edge), (x1 + size, edge + 0.5)]
        sheets.append(Sheet("xy", _mirrored(polygon(corner), side), low, high))
    return Part(
        name=spec.title, family=spec.kind, body=joined(sheets), up="+x" if side > 0 else "-x"
    )


def through_walls(spec: RearSpec, cell: Loop, centers: tuple[Point, ...]) -> list[Perforation]:
    """Return the same holes in both outer walls, (y, z)."""
    outline = tuple(cell.flattened())
    sides = [(spec.inner_mm, spec.outer_mm), (-spec.outer_mm, -spec.inner_mm)]
    return [Perforation("yz", a, b, outline, centers, needed=True, bore=True) for a, b in sides]


def bolt_holes(spec: RearSpec) -> list[Perforation]:
    """Return the bolts' holes in both outer walls, pointed to the rear: that way is up."""
    drawn = upright_bore((0.0, 0.0), BOLT_MM)
    cell = Loop(tuple((y, x) for x, y in drawn.points), drawn.radii)
    return through_walls(spec, cell, spec.bolts)


def bolt_rooms(spec: RearSpec) -> list[Loop]:
    """Return what vents keep clear of round the bolts, (y, z)."""
    keep = KEEP_MM
    return [rectangle((y - keep, z - keep), (y + keep, z + keep)) for y, z in spec.bolts]


def fasteners(spec: RearSpec) -> tuple[Hardware, ...]:
    """Return what both brackets are held with."""
    posts = 2 * min(2, len(spec.bracket_holes_mm))
    return (
        *hardware.bolted(("M4", 16), 2 * len(spec.bolts), "brackets to walls", washers=2),
        hardware.rack_screws(posts, LEG_MM, "brackets to the rear posts"),
    )


def notes(spec: RearSpec, carried: str, cure: str = "") -> tuple[str, ...]:
    """Say why brackets hold a part, and where; how far it sags, if it does all the same.

    Args:
        spec: what is held.
        carried: what stands on it, in words.
        cure: what else would hold it.
    """
    sags = f"{carried}: {spec.load_g / 1000:.2g} kg"
    assumed = " (taken by size)" if spec.assumed else ""
    found: list[str] = []
    if spec.braced:
        if spec.rear_mm is None or spec.sag_mm > MOST_MM:
            why = f"on the front posts alone about {spec.sag_mm:.1f} mm of sag"
            found.append(f"{sags}{assumed}, {why}: use both rear brackets")
        found.append(reach_note(spec))
        if spec.held_sag_mm > MOST_MM:
            found.append(f"{sags}{assumed} sags by about {spec.held_sag_mm:.1f} mm; {cure}")
        return tuple(found)
    found += [f"{text}: weigh yours" for text in spec.assumed]
    if spec.held_sag_mm > MOST_MM:
        text = f"{sags}{assumed} sags by about {spec.held_sag_mm:.1f} mm; {_help(spec)}"
        found.append(f"{text}; or {cure}" if cure else text)
    return tuple(found)


def _help(spec: RearSpec) -> str:
    """Say what would hold a part that no bracket does."""
    if not spec.rear_posts:
        return "brackets to rear posts would hold it"
    return "brackets to the rear posts want 12 mm of wall over the floor, and 4 mm beside each wall"


def reach_note(spec: RearSpec) -> str:
    """Say where the brackets expect the rear posts."""
    behind = spec.posts_mm - spec.panel_mm
    play = ADJUST_MM / 2
    return f"made for rear posts {behind:g} mm behind the front ones, {play:g} mm more or less"


def _mirrored(loop: Loop, side: int) -> Loop:
    return Loop(tuple((side * x, z) for x, z in loop.points), loop.radii)


def _long(at: Point) -> Loop:
    """A slot along the wall, (y, z)."""
    half = (ADJUST_MM + BOLT_MM) / 2, BOLT_MM / 2
    low, high = (at[0] - half[0], at[1] - half[1]), (at[0] + half[0], at[1] + half[1])
    return rectangle(low, high, half[1])


def _ear_slot(spec: RearSpec, z: float) -> Loop:
    """A slot for a rack screw, (x, z), pointed outwards: that way is up on the bed."""
    x, (long, high) = spec.standard.hole_pitch_mm / 2, EAR_SLOT_MM
    peak = min(long / 2 + 2.0, spec.standard.panel_width_mm / 2 - x - EAR_WEB_MM)
    roof = upright_slot((-high / 2, -long / 2), (high / 2, peak))
    return Loop(tuple((x + b, z + a) for a, b in roof.points), roof.radii)
