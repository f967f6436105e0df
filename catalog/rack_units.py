"""Rack arithmetic: EIA-310 heights and hole positions, and the 10-inch convention.

Frame: x to the right with 0 in the middle, z up with 0 at the lower edge of the lowest U.
"""

from typing import Literal

U_MM = 44.45  # EIA-310-D: one rack unit, 1.75 in
PANEL_RELIEF_MM = 0.79  # 1/32 in once per panel, so that neighbours do not bind (EIA-310)
HOLES_IN_U_MM = (6.35, 22.225, 38.1)  # EIA-310 universal spacing, from the lower edge of a U
HALF_U_HOLES_MM = (6.35, 15.875)  # one per half: 6.35 below, 38.1 - 22.225 above the middle

Half = Literal["lower", "upper"]


def panel_height_mm(height_u: float) -> float:
    """Return the height of a panel, mm: `n * 44.45 - 0.79`, the relief taken once.

    Args:
        height_u: height in rack units, a multiple of 0.5.
    """
    return height_u * U_MM - PANEL_RELIEF_MM


def panel_bottom_mm() -> float:
    """Return z of a panel's lower edge, mm: half the relief, so that both neighbours share it."""
    return PANEL_RELIEF_MM / 2


def hole_heights_mm(height_u: float, start: Half = "lower") -> tuple[float, ...]:
    """Return z of every rack hole behind a panel, mm above the panel's lowest U or half U.

    A panel that starts in the upper half of a U begins at 22.225, where EIA-310 has a hole exactly
    on the boundary; that hole belongs to neither half and is left out.

    Args:
        height_u: height in rack units, a multiple of 0.5.
        start: which half of a U the panel's lower edge lies in.
    """
    origin = 0.0 if start == "lower" else U_MM / 2
    top = origin + height_u * U_MM
    units = range(int(top // U_MM) + 1)
    every = [unit * U_MM + hole for unit in units for hole in HOLES_IN_U_MM]
    margin = (
        HALF_U_HOLES_MM[0] - 0.01
    )  # a hole nearer the edge than EIA's own has no plate around it
    return tuple(round(z - origin, 4) for z in every if origin + margin <= z <= top - margin)


def smallest_height_u(needed_mm: float, step_u: float = 0.5) -> float:
    """Return the smallest height in U whose panel is at least `needed_mm` high.

    Args:
        needed_mm: height that must be covered, mm.
        step_u: heights offered, U.
    """
    steps = 1
    while panel_height_mm(steps * step_u) < needed_mm - 1e-9:
        steps += 1
    return steps * step_u
