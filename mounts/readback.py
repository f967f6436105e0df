"""Reads a front panel back from a mesh: height, width, hole pitch, hole heights, slot size.

Nothing is taken from the spec: the mesh is cut in the middle of the panel and what is found there
is measured, as one would with a calliper.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from catalog.rack_units import PANEL_RELIEF_MM, U_MM

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from mounts.mesh import Mesh

LARGEST_SLOT_MM = 20.0  # wider holes are windows, not slots
EAR_MM = 22.0  # slots lie within this distance of the panel's side edges


@dataclass(frozen=True)
class PanelReading:
    """What a panel measures, mm. Heights count from the lower edge of its lowest rack unit."""

    width_mm: float
    height_mm: float
    hole_pitch_mm: float
    hole_heights_mm: tuple[float, ...]
    slot_length_mm: float
    slot_height_mm: float

    @property
    def height_u(self) -> float:
        """The height in rack units that this panel was made for."""
        return (self.height_mm + PANEL_RELIEF_MM) / U_MM


def read_panel(mesh: "Mesh", cut_mm: float) -> PanelReading:
    """Measure the panel of a mesh in the rack frame, cut at y = `cut_mm`.

    Args:
        mesh: a part in the rack frame: x right, y into the rack, z up.
        cut_mm: where to cut, within the panel's thickness.

    Raises:
        ValueError: there is nothing there, or the ears hold no slots.
    """
    loops = section(mesh, cut_mm)
    if not loops:
        text = f"there is no panel at y = {cut_mm:g} mm"
        raise ValueError(text)
    boxes = [(*loop.min(axis=0), *loop.max(axis=0)) for loop in loops]
    left, right = min(b[0] for b in boxes), max(b[2] for b in boxes)
    low, high = min(b[1] for b in boxes), max(b[3] for b in boxes)
    small = [b for b in boxes if b[2] - b[0] < LARGEST_SLOT_MM and b[3] - b[1] < LARGEST_SLOT_MM]
    ears = [
        sorted(((b[0] + b[2]) / 2, (b[1] + b[3]) / 2, b[2] - b[0], b[3] - b[1]) for b in side)
        for side in (
            [b for b in small if b[2] < left + EAR_MM],
            [b for b in small if b[0] > right - EAR_MM],
        )
    ]
    if not all(ears):
        raise ValueError("the panel's ears hold no slots")
    pitch = _mean([s[0] for s in ears[1]]) - _mean([s[0] for s in ears[0]])
    base = low - PANEL_RELIEF_MM / 2
    return PanelReading(
        width_mm=float(right - left),
        height_mm=float(high - low),
        hole_pitch_mm=float(pitch),
        hole_heights_mm=tuple(sorted(float(s[1] - base) for s in ears[0])),
        slot_length_mm=float(min(s[2] for ear in ears for s in ear)),
        slot_height_mm=float(min(s[3] for ear in ears for s in ear)),
    )


def section(mesh: "Mesh", cut_mm: float) -> "list[NDArray[np.float64]]":
    """Return the closed outlines, each (n, 2) in (x, z), where a mesh is cut at y = `cut_mm`."""
    import numpy as np  # noqa: PLC0415 - heavy

    corners = mesh.corners()
    above = corners[:, :, 1] > cut_mm
    crossed = above.any(axis=1) & ~above.all(axis=1)
    segments: list[tuple[tuple[float, float], tuple[float, float]]] = []
    for triangle, side in zip(corners[crossed], above[crossed], strict=True):
        ends: list[tuple[float, float]] = []
        for i in range(3):
            j = (i + 1) % 3
            if side[i] != side[j]:
                a, b = (triangle[i], triangle[j]) if side[i] else (triangle[j], triangle[i])
                share = (cut_mm - a[1]) / (b[1] - a[1])
                point = a + share * (b - a)
                ends.append((round(float(point[0]), 4), round(float(point[2]), 4)))
        if ends[0] != ends[1]:
            segments.append((ends[0], ends[1]))
    return [np.array(loop) for loop in _chained(segments)]


def _chained(
    segments: list[tuple[tuple[float, float], tuple[float, float]]],
) -> list[list[tuple[float, float]]]:
    """Join segments that share ends into loops."""
    near: dict[tuple[float, float], list[tuple[float, float]]] = {}
    for a, b in segments:
        near.setdefault(a, []).append(b)
        near.setdefault(b, []).append(a)
    loops: list[list[tuple[float, float]]] = []
    seen: set[tuple[float, float]] = set()
    for start in sorted(near):
        if start in seen:
            continue
        loop, stack = [], [start]
        while stack:
            point = stack.pop()
            if point not in seen:
                seen.add(point)
                loop.append(point)
                stack.extend(near[point])
        loops.append(loop)
    return loops


def _mean(values: list[float]) -> float:
    return sum(values) / len(values)
