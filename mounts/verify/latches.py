"""Does a sled's latch give way? Its tongue measured on the mesh: slit, thickness, length, catch."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mounts.assembly import blocks_solid, device_blocks
from mounts.parts.latch import BUMP_Y_MM, CATCH_Y_MM, FACE_MM
from mounts.parts.sled_spec import SledSpec
from mounts.verify.findings import Finding, Point3
from mounts.verify.limits import CONTACT_MM3
from mounts.verify.shapes import shared

if TYPE_CHECKING:
    import numpy as np
    from manifold3d import Manifold
    from numpy.typing import NDArray

    Ring = NDArray[np.float64]  # (n, 2), mm

Span = tuple[float, float]

# What a latch may be strained when pressed, now and then and for seconds. Unconfirmed: guides for
# snap fits allow PETG and PLA 2 % and more, by memory.
STRAIN_PCT = 2.0
PRESS_MM = 3.0  # a finger's middle, before the front plate
STOP_MM = 2.0  # where the pull tab stops a clip, before the front plate
FLAT_MM = 0.3  # into the flat of a clip's catch
RULE = "sweep.press"
FREE = "keep free what the clip is pressed into"


@dataclass(frozen=True)
class Tongue:
    """What bends: a cantilever, held at its root.

    Args:
        thick_mm: across, where it is pressed.
        slit_mm: what is free beside it there.
        long_mm: from its root to there.
        reach_mm: from its root to its catch.
        stop_mm: from its root to where it is stopped.
        out_mm: how far the catch stands out over the plate's edge.
    """

    thick_mm: float
    slit_mm: float
    long_mm: float
    reach_mm: float
    stop_mm: float
    out_mm: float

    def _lever(self, at_mm: float) -> float:
        """Return how far it moves at a place past where it is pressed, by how far it does there.

        Beyond the load a cantilever stays straight: d(x) = d(a) (1 + 1.5 (x - a) / a).
        """
        return 1.0 + 1.5 * (at_mm - self.long_mm) / self.long_mm

    @property
    def travel_mm(self) -> float:
        """How far the catch moves until the tongue meets what is beside it."""
        return self.slit_mm / self._lever(self.stop_mm) * self._lever(self.reach_mm)

    @property
    def strain_pct(self) -> float:
        """Strain at the root when the catch is free: 3 t d / (2 L²)."""
        bent = self.out_mm / self._lever(self.reach_mm)
        return 100 * 1.5 * self.thick_mm * bent / self.long_mm**2


def stiff(body: "Manifold", spec: SledSpec) -> list[Finding]:
    """Find a latch that does not bend far enough, or breaks before it does.

    Args:
        body: the sled in its own frame.
        spec: what it was made from.
    """
    tongue, at = _clip(body, spec) if spec.latch == "front" else _spring(body, spec)
    if tongue is None:
        cure = "cut a slit beside the latch, so that it can bend"
        return [Finding(RULE, at, "the latch is one piece with the plate", "a slit", cure)]
    found: list[Finding] = []
    if tongue.travel_mm < tongue.out_mm:
        measured = f"pressed, the catch moves {tongue.travel_mm:.2f} mm"
        allowed = f"{tongue.out_mm:.2f} mm at least, as far as it stands out"
        found.append(Finding(RULE, at, measured, allowed, "widen the slit, or shorten the catch"))
    if tongue.strain_pct > STRAIN_PCT:
        measured = f"{tongue.thick_mm:.2f} mm thick, it is strained {tongue.strain_pct:.1f} %"
        cure = "make the latch thinner or longer, or its catch shorter"
        found.append(Finding(RULE, at, measured, f"{STRAIN_PCT:g} %", cure))
    return found


def pinched(body: "Manifold", bent: "Manifold", spec: SledSpec) -> list[Finding]:
    """Find what a pressed clip runs into: the sled's own print, or its board.

    A spring bends within the plate's own slit, which `stiff` measures.

    Args:
        body: the sled as it is.
        bent: the same with its clip pressed.
        spec: what it was made from.
    """
    if spec.latch != "front" or spec.clip is None:
        return []
    at = (spec.clip_hand * spec.plate_across_mm / 2, CATCH_Y_MM, spec.clip.top_mm)
    own = body.volume() - bent.volume()  # what goes into something else is counted once
    board, _ = shared(bent - body, blocks_solid(device_blocks(spec)))
    return [
        Finding(RULE, at, f"pressed, the clip runs {volume:.2f} mm³ into {what}", "0 mm³", FREE)
        for volume, what in ((own, "the sled's own print"), (board, "the board"))
        if volume > CONTACT_MM3
    ]


def _spring(body: "Manifold", spec: SledSpec) -> tuple[Tongue | None, Point3]:
    """Measure the spring at the left: as if pressed at its catch, which strains it the most."""
    half, y = spec.plate_across_mm / 2, BUMP_Y_MM + 0.5
    rings = _rings(body, spec.plate_mm / 2, -1)
    at = (-half, y, spec.plate_mm / 2)
    beside = _spans(rings, 1, y)[::-1]
    if len(beside) < 2:
        return None, at
    (low, high), (_, rest) = beside[:2]
    roots = [start for start, _ in _spans(rings, 0, (low + rest) / 2) if start > y]
    if not roots:
        return None, at
    out, long = max(0.0, high - half), roots[0] - y
    return Tongue(high - low - out, low - rest, long, long, long, out), at


def _clip(body: "Manifold", spec: SledSpec) -> tuple[Tongue | None, Point3]:
    """Measure the clip in front: pressed before the front plate, its catch far behind."""
    clip, hand = spec.clip, spec.clip_hand
    assert clip is not None, "a spec without room for a clip is refused when made"
    half, press = spec.plate_across_mm / 2, -FACE_MM - PRESS_MM
    rings = _rings(body, spec.plate_mm / 2, hand)
    at = (hand * half, press, spec.plate_mm / 2)
    beside = _spans(rings, 1, press)[::-1]
    if len(beside) < 2:
        return None, at
    (low, high), (_, rest) = beside[:2]
    roots = [end for _, end in _spans(rings, 0, (low + rest) / 2) if end < press]
    if not roots:
        return None, at
    caught = CATCH_Y_MM + FLAT_MM
    ends = _spans(_rings(body, (clip.low_mm + clip.top_mm) / 2, hand), 1, caught)
    out = max([0.0, *(end - half for _, end in ends)])
    root = roots[-1]
    stop = -FACE_MM - STOP_MM - root
    return Tongue(high - low, low - rest, press - root, caught - root, stop, out), at


def _rings(body: "Manifold", z_mm: float, hand: int) -> "list[Ring]":
    """Return the outlines of a level, x towards the latch."""
    import numpy as np  # noqa: PLC0415 - heavy

    return [np.asarray(ring) * (hand, 1.0) for ring in body.slice(z_mm).to_polygons()]


def _spans(rings: "list[Ring]", axis: int, at_mm: float) -> list[Span]:
    """Return where a line, at a place along an axis, runs inside outlines, along the other."""
    import numpy as np  # noqa: PLC0415 - heavy

    found: list[float] = []
    for ring in rings:
        after = np.roll(ring, -1, axis=0)
        start, end = ring[:, axis], after[:, axis]
        hit = (start <= at_mm) != (end <= at_mm)
        share = (at_mm - start[hit]) / (end[hit] - start[hit])
        one, other = ring[hit, 1 - axis], after[hit, 1 - axis]
        found += (one + share * (other - one)).tolist()
    found.sort()
    return list(zip(found[::2], found[1::2], strict=True))
