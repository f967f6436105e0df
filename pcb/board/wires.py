"""Holes for stranded wire, sized so that a tinned end goes in with room for solder.

A 7 x 7 mm pad pattern fits all of them. Sources: diameter of a wire by its number: ASTM B258. What
strands add to it, and the wall of UL 1015 insulation, the thicker of the two common kinds: general
knowledge, unconfirmed.
"""

import math

AWGS = (14, 16, 18, 20, 22, 24)
STRANDED = 1.15  # a bundle of strands against one round wire of the same copper
WALL_MM = 0.8
ROOM_MM = 0.8  # so that the tinned end of a hand-cut wire still goes in
RELIEF_ROOM_MM = 0.5


def bundle_mm(awg: int) -> float:
    """Return the diameter of a bundle of strands without insulation, mm."""
    return STRANDED * 0.127 * 92 ** ((36 - awg) / 39)


def wire_hole(awg: int) -> float:
    """Return the diameter of a solder hole, in steps of 0.2 mm: 2.0 for 18 AWG, 2.4 for 16."""
    return round(math.ceil((bundle_mm(awg) + ROOM_MM) / 0.2 - 1e-9) * 0.2, 1)


def relief_hole(awg: int) -> float:
    """Return the diameter of a hole through which the insulated wire goes, mm."""
    wanted = bundle_mm(awg) + 2 * WALL_MM + RELIEF_ROOM_MM
    return round(math.ceil(wanted / 0.1 - 1e-9) * 0.1, 1)
