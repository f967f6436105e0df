"""Which bed would do, where one does not: for a part in pieces, and for the whole of it."""

import math
from collections.abc import Callable

from catalog.models import Printer
from mounts.bed import TURNS_DEG, lying
from mounts.mesh import mesh_of
from mounts.part import Part

STEP_MM = 10.0  # beds are sold in such steps


def smallest(part: Part, printer: Printer, splits: Callable[[Printer], bool]) -> str:
    """Say which square beds would take a part in pieces, and whole.

    Args:
        part: what has no pieces on this printer.
        printer: the one on which it has none.
        splits: says whether it has some on another.
    """
    side, tall = _lying(part)
    whole = f"whole it takes a bed of {side} x {side} mm and a height of {tall} mm"
    own = min(printer.bed_x_mm, printer.bed_y_mm)
    first = math.ceil(own / STEP_MM) * STEP_MM
    sides = [first + STEP_MM * k for k in range(max(0, math.ceil((side - first) / STEP_MM)))]
    high = max(printer.bed_z_mm, float(tall))

    def does(bed_mm: float) -> bool:
        bed = {"bed_x_mm": bed_mm, "bed_y_mm": bed_mm, "bed_z_mm": high}
        return splits(printer.model_copy(update=bed))

    least = _first(sides, does)
    if least is None:
        return whole
    return (
        f"in pieces it takes a bed of {least:g} x {least:g} mm and a height of {tall} mm, {whole}"
    )


def _first(sides: list[float], does: Callable[[float], bool]) -> float | None:
    """Return the first that does, where all after one that does do too; it was tried itself."""
    low, high, found = 0, len(sides), None
    while low < high:
        middle = (low + high) // 2
        if does(sides[middle]):
            high, found = middle, sides[middle]
        else:
            low = middle + 1
    return found


def _lying(part: Part) -> tuple[int, int]:
    """Return the side of the smallest square bed that takes a part whole, and its height, mm."""
    import numpy as np  # noqa: PLC0415 - heavy

    flat = lying(mesh_of(part), part.up).vertices
    turns = np.radians(np.asarray(TURNS_DEG))[:, None]
    x = np.cos(turns) * flat[:, 0] - np.sin(turns) * flat[:, 1]
    y = np.sin(turns) * flat[:, 0] + np.cos(turns) * flat[:, 1]
    sides = np.maximum(np.ptp(x, axis=1), np.ptp(y, axis=1))
    return math.ceil(float(sides.min())), math.ceil(float(np.ptp(flat[:, 2])))
