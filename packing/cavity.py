"""The space inside a module, and the gaps that boards keep in it."""

import math
from dataclasses import asdict, dataclass

from catalog.problems import InputError, Problem
from catalog.rack_units import panel_height_mm

FLOOR_MM = 2.0  # printed floor under the boards; the t_f of docs/fit.md §1.3
CABLE_GAP_MM = 20.0  # plugs and cables between two rows back to back (same place)
_SIZES = ("width_mm", "height_mm", "depth_mm")


@dataclass(frozen=True, kw_only=True, slots=True)
class Cavity:
    """Clear space for boards, and the gaps between them, mm.

    Two boards side by side keep `air_gap_mm` where both show a face (the large side) and
    `edge_gap_mm` where at least one shows an edge: a wall or clearance, never less than the gap
    that is given. Between a board and the cavity's own walls no gap is kept; say it as `wall_mm`.

    Args:
        width_mm: between the side walls.
        height_mm: above the floor.
        depth_mm: from the front; `None` when it is not known, then depth limits nothing.
        air_gap_mm: face to face.
        edge_gap_mm: edge to edge, and edge to face.
        cable_gap_mm: between the connectors of two rows, one behind the other.
        wall_mm: each side wall, already taken off `width_mm`.
        floor_mm: already taken off `height_mm`.
        height_u: height in rack units that `height_mm` came from.
    """

    width_mm: float
    height_mm: float
    depth_mm: float | None = None
    air_gap_mm: float = 0.0
    edge_gap_mm: float = 0.0
    cable_gap_mm: float = CABLE_GAP_MM
    wall_mm: float = 0.0
    floor_mm: float = 0.0
    height_u: float | None = None

    def __post_init__(self) -> None:
        sizes = (self.width_mm, self.height_mm, 1.0 if self.depth_mm is None else self.depth_mm)
        gaps = (self.air_gap_mm, self.edge_gap_mm, self.cable_gap_mm, self.wall_mm, self.floor_mm)
        if min(sizes) > 0 and min(gaps) >= 0 and math.isfinite(sum(sizes) + sum(gaps)):
            return
        raise InputError(*self._problems())

    def _problems(self) -> list[Problem]:
        every = {key: mm for key, mm in asdict(self).items() if key.endswith("_mm")}
        return [
            Problem("cavity", f"{mm:g} mm is out of range", key, allowed=f"{_least(key)}, finite")
            for key, mm in every.items()
            if mm is not None and not (math.isfinite(mm) and (mm > 0 if key in _SIZES else mm >= 0))
        ]


def rack_cavity(
    opening_mm: float,
    height_u: float,
    *,
    floor_mm: float = FLOOR_MM,
    wall_mm: float = 0.0,
    depth_mm: float | None = None,
) -> Cavity:
    """Return the cavity of a module, without gaps between boards.

    Width is `opening - 2 wall`; height is `n * 44.45 - 0.79 - floor` (docs/fit.md §1.3).

    Args:
        opening_mm: between the rack's posts.
        height_u: module height in rack units.
        floor_mm: thickness of the floor.
        wall_mm: thickness of each side wall.
        depth_mm: clear depth of the cabinet, `None` if not known.

    Raises:
        InputError: walls or floor leave no space.
    """
    if 2 * wall_mm >= opening_mm:
        near = f"the largest value that works is under {opening_mm / 2:g} mm"
        raise InputError(Problem("--wall", "the walls fill the opening", nearest=near))
    panel = round(panel_height_mm(height_u), 6)
    if floor_mm >= panel:
        near = f"the largest value that works is under {panel:g} mm"
        raise InputError(Problem("--floor", "the floor fills the height", nearest=near))
    return Cavity(
        width_mm=round(opening_mm - 2 * wall_mm, 6),
        height_mm=round(panel - floor_mm, 6),
        depth_mm=depth_mm,
        wall_mm=wall_mm,
        floor_mm=floor_mm,
        height_u=height_u,
    )


def _least(key: str) -> str:
    return "more than 0 mm" if key in _SIZES else "0 mm or more"
