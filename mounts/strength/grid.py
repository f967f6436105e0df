"""A part cut into bricks: grid lines on the faces of its sheets, so that each plate is exact.

A brick that an edge cuts is filled in part, and as much less stiff; one in a grid of vents is as
stiff as the grid is on the whole.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from mounts.geometry.flat import Loop
from mounts.geometry.sheet import AXES, Sheet
from mounts.geometry.vents import Perforation
from mounts.part import Part

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from shapely import Polygon
    from shapely.geometry.base import BaseGeometry

STEPS_MM = (4.0, 4.5, 6.0, 8.0, 11.0)  # largest brick: the finest that keeps to `MOST`
MOST = 6500  # bricks: two seconds or three
# A thin sheet that slants through bricks much thicker than it bends too little: it gets lines of
# its own as long as bricks of 6 mm keep to `MOST` with them.
THIN_MM = 2.5
SLANT_STEP_MM = 1.2
TRIES = (
    *((step, SLANT_STEP_MM) for step in STEPS_MM[:3]),
    *((step, math.inf) for step in STEPS_MM[:-1]),
)
SAME_MM = 0.35  # faces nearer than this are one
NEAR_MM = 0.45  # what is held or loaded ends as near to a face
EDGE_MM = 1.6  # an outline's edge nearer than this to a face gets no line of its own
# What is left round a large opening is thin in the sheet's own plane, as a frame's floor and ribs
# are: the sides of such an opening get lines as faces do.
OPENING_MM2 = 300.0
SIDE_MM = 2.5  # a shorter side of it gets none
SAMPLES = 4  # a side of a brick
SLIVER_MM = 0.05  # what sticks out less is left out
LEAST = 0.08  # a brick filled less than this is air
# A plate full of holes is softer than its share of material, the same wherever grid lines lie.
# O'Donnell and Langer (ASME J. Eng. Ind. 84, 1962) give 0.2 to 0.5 of the modulus at webs of 0.2
# to 0.4 of the pitch, where 0.36 to 0.64 is material: a power of 1.6. In their own plane honeycombs
# go by its cube (Gibson and Ashby, Cellular Solids, 1997, ch. 4). Both read from memory; a power
# between them meets the finite element tests.
HOLED_POWER = 1.9


@dataclass(frozen=True, eq=False)
class Bricks:
    """Bricks of a grid and how full they are.

    Args:
        lines: grid lines along x, y and z, mm.
        filled: stiffness of each brick as a share of the solid's, (nx, ny, nz); 0 is air.
        material: share of each brick that is not air.
    """

    lines: tuple["NDArray[np.float64]", ...]
    filled: "NDArray[np.float64]"
    material: "NDArray[np.float64]"

    def points(self) -> "NDArray[np.float64]":
        """Return all grid points, x slowest, (n, 3) mm."""
        import numpy as np  # noqa: PLC0415 - heavy

        return np.stack(np.meshgrid(*self.lines, indexing="ij"), axis=-1).reshape(-1, 3)

    def solid(self) -> "NDArray[np.int64]":
        """Return the indices of bricks that are not air, (m, 3)."""
        import numpy as np  # noqa: PLC0415 - heavy

        return np.argwhere(self.filled > 0)


Lines = tuple[tuple[float, ...], ...]


def bricks(part: Part, step_mm: float | None = None, extra: Lines = ((), (), ())) -> Bricks:
    """Cut a part into bricks.

    Args:
        part: its sheets and perforations.
        step_mm: largest side of a brick; as the part's size allows if not given.
        extra: grid lines to have besides, along x, y and z, mm.
    """
    if step_mm is not None:
        return _cut(part, step_mm, extra, SLANT_STEP_MM)
    for step, slant in TRIES:
        found = _cut(part, step, extra, slant)
        if len(found.solid()) <= MOST:
            return found
    return _cut(part, STEPS_MM[-1], extra, math.inf)


def _cut(part: Part, step_mm: float, extra: Lines, slant_mm: float) -> Bricks:
    import numpy as np  # noqa: PLC0415 - heavy

    sheets = part.body.sheets
    steps = step_mm, slant_mm
    lines = tuple(np.asarray(_lines(sheets, axis, steps, extra[axis])) for axis in range(3))
    samples = [_samples(line) for line in lines]
    full = np.zeros([len(s) for s in samples], dtype=bool)
    for sheet in sheets:
        _mark(full, samples, _flat(sheet), sheet, True)
    for holes in (one for one in part.perforations if not _grid(one)):
        _mark(full, samples, _holes(holes), holes, False)
    left, material = full.astype(float), full.astype(float)
    for holes in (one for one in part.perforations if _grid(one)):
        scale, share = _cells(holes)
        vented = np.zeros_like(full)
        _mark(vented, samples, _holes(holes, scale), holes, True)
        left[vented & full] = share**HOLED_POWER
        material[vented & full] = share
    filled = np.where(_share(full) < LEAST, 0.0, _share(left))
    return Bricks(lines, filled, _share(material))


def _lines(
    sheets: Sequence[Sheet], axis: int, steps_mm: tuple[float, float], extra: Sequence[float]
) -> list[float]:
    faces: set[float] = set()
    edges: set[float] = set()
    fine: list[float] = []
    for sheet in sheets:
        first, _, third = AXES[sheet.plane]
        if axis == third:
            faces |= {sheet.start_mm, sheet.end_mm}
            continue
        drawn = 0 if axis == first else 1
        own = [p[drawn] for p in sheet.outline.points]
        ends = {min(own), max(own)}
        sides = {v for hole in sheet.holes for v in _sides(hole, drawn)}
        # A skin between an opening and the outline, as a duct's, would be lost without its own.
        skins = {v for v in ends if any(abs(v - side) < EDGE_MM for side in sides)}
        edges |= ends
        faces |= sides | skins
        fine += _slants(sheet, ends, steps_mm[1])
    found = _apart(sorted(faces), [], SAME_MM)
    low, high = min(faces | edges), max(faces | edges)
    found = _apart([v for v in extra if low < v < high], found, NEAR_MM)
    found = _apart(sorted(fine), found, NEAR_MM)
    found = _apart(sorted(edges), found, EDGE_MM)
    found = _apart([low, high], found, SLIVER_MM)
    out = [found[0]]
    for a, b in pairwise(found):
        parts = max(1, math.ceil((b - a) / steps_mm[0] - 1e-9))
        out += [a + (b - a) * k / parts for k in range(1, parts + 1)]
    return out


def _slants(sheet: Sheet, ends_mm: set[float], step_mm: float) -> list[float]:
    """Return lines across a thin sheet that slants, from end to end along one drawn axis."""
    if math.isinf(step_mm) or not _slanting(sheet):
        return []
    low, high = min(ends_mm), max(ends_mm)
    count = math.ceil((high - low) / step_mm)
    return [low + (high - low) * k / count for k in range(count + 1)]


def _slanting(sheet: Sheet) -> bool:
    """Whether a sheet is thin, and most of its edge lies along no axis."""
    import shapely  # noqa: PLC0415 - heavy

    outline = sheet.outline.flattened()
    area = shapely.Polygon(outline)
    x0, y0, x1, y1 = area.bounds
    if min(x1 - x0, y1 - y0) < 2 * THIN_MM:
        return False
    slant = math.fsum(
        math.hypot(b[0] - a[0], b[1] - a[1])
        for a, b in pairwise([*outline, outline[0]])
        if min(abs(b[0] - a[0]), abs(b[1] - a[1])) > SLIVER_MM
    )
    return slant > area.length / 2 and area.buffer(-THIN_MM / 2).is_empty


def _sides(hole: Loop, drawn: int) -> set[float]:
    """Return where the straight sides of a large opening stand along one drawn axis."""
    points = hole.points
    pairs = list(zip(points, points[1:] + points[:1], strict=True))
    if abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairs)) / 2 < OPENING_MM2:
        return set()
    return {
        a[drawn]
        for a, b in pairs
        if abs(a[drawn] - b[drawn]) < SLIVER_MM and abs(a[1 - drawn] - b[1 - drawn]) >= SIDE_MM
    }


def _apart(values: Sequence[float], kept: list[float], least: float) -> list[float]:
    """Return `kept` with each value added that is not too near to one already there."""
    found = list(kept)
    for value in values:
        if all(abs(value - other) >= least for other in found):
            found.append(value)
    return sorted(found)


def _samples(line: "NDArray[np.float64]") -> "NDArray[np.float64]":
    import numpy as np  # noqa: PLC0415 - heavy

    shares = (np.arange(SAMPLES) + 0.5) / SAMPLES
    return (line[:-1, None] + np.diff(line)[:, None] * shares).ravel()


def _share(full: "NDArray[np.bool_] | NDArray[np.float64]") -> "NDArray[np.float64]":
    """Return the share of samples in each brick that are full."""
    a, b, c = (n // SAMPLES for n in full.shape)
    return full.reshape(a, SAMPLES, b, SAMPLES, c, SAMPLES).mean(axis=(1, 3, 5))


def _flat(sheet: Sheet) -> "Polygon":
    import shapely  # noqa: PLC0415 - heavy

    return shapely.Polygon(sheet.outline.flattened(), [h.flattened() for h in sheet.holes])


def _grid(holes: Perforation) -> bool:
    """Whether they are a grid of hexagons, of more than one row."""
    rows = [{round(at[k], 3) for at in holes.centers} for k in (0, 1)]
    return len(holes.cell) == 6 and min(map(len, rows)) > 1


def _cells(holes: Perforation) -> tuple[float, float]:
    """Return from a grid's holes to its cells: their sizes' scale, and the share of material."""
    import numpy as np  # noqa: PLC0415 - heavy

    at, cell = np.asarray(holes.centers), np.asarray(holes.cell)
    if np.ptp(cell[:, 0]) > np.ptp(cell[:, 1]):
        at, cell = at[:, ::-1], cell[:, ::-1]
    column, row = _least(at[:, 0]) * 2.0, _least(at[:, 1])
    share = 1.0 - holes.open_area_mm2 / len(holes.centers) / (column * row)
    return float(column / np.ptp(cell[:, 0])), share


def _least(values: "NDArray[np.float64]") -> float:
    """Return the least distance of two values that are not the same."""
    import numpy as np  # noqa: PLC0415 - heavy

    steps = np.diff(np.sort(values))
    return float(steps[steps > SLIVER_MM].min())


def _holes(perforation: Perforation, scale: float = 1.0) -> "BaseGeometry":
    import shapely  # noqa: PLC0415 - heavy

    cell = [(scale * x, scale * y) for x, y in perforation.cell]
    return shapely.union_all(
        [shapely.Polygon([(x + a, y + b) for x, y in cell]) for a, b in perforation.centers]
    )


def _mark(
    full: "NDArray[np.bool_]",
    samples: "Sequence[NDArray[np.float64]]",
    area: "BaseGeometry",
    across: Sheet | Perforation,
    value: bool,
) -> None:
    """Set the samples inside a prism."""
    import numpy as np  # noqa: PLC0415 - heavy
    import shapely  # noqa: PLC0415 - heavy

    first, second, third = AXES[across.plane]
    thick = (samples[third] > across.start_mm) & (samples[third] < across.end_mm)
    if not thick.any() or area.is_empty:
        return
    x0, y0, x1, y1 = area.bounds
    in_u = np.flatnonzero((samples[first] >= x0) & (samples[first] <= x1))
    in_v = np.flatnonzero((samples[second] >= y0) & (samples[second] <= y1))
    if not len(in_u) or not len(in_v):
        return
    u, v = np.meshgrid(samples[first][in_u], samples[second][in_v], indexing="ij")
    shapely.prepare(area)
    inside = np.asarray(shapely.contains_xy(area, u.ravel(), v.ravel())).reshape(u.shape)
    order = np.argsort((first, second, third))
    drawn = in_u, in_v, np.flatnonzero(thick)
    where = np.ix_(*(drawn[k] for k in order))
    block = np.broadcast_to(inside[:, :, None], (*inside.shape, int(thick.sum())))
    full[where] = np.where(block.transpose(order), value, full[where])
