"""A sled's latch in front, drawn: see `mounts.parts.latch`.

Everything is drawn for a clip at the right; at the left it is the same in a mirror.
"""

from mounts.geometry.flat import Loop, polygon_r, rectangle
from mounts.geometry.sheet import Sheet
from mounts.parts.latch import (
    CATCH_Y_MM,
    CLIP_BUMP_MM,
    CLIP_MM,
    CLIP_ROOT_MM,
    CLIP_SLIT_MM,
    CLIP_TALL_MM,
    CLIP_TRAVEL_MM,
    FACE_MM,
    PULL_MM,
    STEEP,
    Clip,
    sill_mm,
)
from mounts.parts.sled_sides import APART_MM, CLEAR_MM, STIFFENER_MM
from mounts.parts.sled_spec import SledSpec

CATCH_FLAT_MM = 0.6  # of the catch; behind that it is a ramp, over which the sled slides in
RAMP_ENDS_MM = 0.3  # before the clip does
RIB_LEAST_MM = 15.0
BRACE_MM = 13.0  # how high a rib rises behind the front plate
RIB_ENDS_MM = 0.5  # before a connector that stands over it


def clip_of(spec: SledSpec) -> Clip:
    """Return the clip of a sled that has one."""
    assert spec.clip is not None, "a spec without room for a clip is refused when made"
    return spec.clip


def mirrored(loop: Loop, hand: int) -> Loop:
    """Return a loop as drawn for the right, or for the left if `hand` is -1."""
    if hand > 0:
        return loop
    return Loop(tuple((-x, y) for x, y in reversed(loop.points)), tuple(reversed(loop.radii)))


def clip_plate(spec: SledSpec) -> Loop:
    """Return the plate with its pull tab, and the bow that ties the clip to it, (x, y)."""
    clip, half = clip_of(spec), spec.plate_across_mm / 2
    inner = half - CLIP_MM
    tab = inner - CLIP_SLIT_MM
    loop = polygon_r(
        [
            (half, spec.depth_mm, 2.0),
            (-half, spec.depth_mm, 2.0),
            (-half, -FACE_MM, 0.0),
            (tab - PULL_MM, -FACE_MM, 2.0),
            (tab - PULL_MM, clip.tip_mm, 5.0),
            (half, clip.tip_mm, 1.5),
            (half, clip.root_mm, 0.0),
            (inner, clip.root_mm, 0.5),
            (tab, clip.root_mm, 0.5),
            (tab, -FACE_MM, 0.5),
            (half, -FACE_MM, 0.0),
        ]
    )
    return mirrored(loop, spec.clip_hand)


def clip_sheets(spec: SledSpec) -> list[Sheet]:
    """Return clip, catch, root, the sill under the clip, and the ribs on the bars."""
    clip, hand = clip_of(spec), spec.clip_hand
    half = spec.plate_across_mm / 2
    root = polygon_r(
        [
            (half, clip.tip_mm, 1.5),
            (half, clip.root_mm, 0.0),
            (half - CLIP_ROOT_MM, clip.root_mm, 0.0),
            (half - CLIP_ROOT_MM, clip.tip_mm, 1.5),
        ]
    )
    bump = polygon_r(
        [
            (half, CATCH_Y_MM, 0.0),
            (half + CLIP_BUMP_MM, CATCH_Y_MM, 0.0),
            (half + CLIP_BUMP_MM, CATCH_Y_MM + CATCH_FLAT_MM, 0.3),
            (half, clip.end_mm - RAMP_ENDS_MM, 0.0),
        ]
    )
    side = spec.face_across_mm / 2
    sill = rectangle((gate_mm(spec), 0.0), (side, sill_mm(spec.plate_mm)))
    return [
        Sheet("yz", _profile(clip), *_span(half - CLIP_MM, half, hand)),
        Sheet("xy", mirrored(bump, hand), clip.low_mm, clip.top_mm),
        Sheet("xy", mirrored(root, hand), 0.0, CLIP_TALL_MM),
        Sheet("xz", mirrored(sill, hand), -FACE_MM, 0.0),
        *_ribs(spec),
    ]


def clip_cuts(spec: SledSpec) -> tuple[Sheet, Sheet]:
    """Return what is taken off the catch's underside: it rises as the clip does, and outwards."""
    clip, hand, half = clip_of(spec), spec.clip_hand, spec.plate_across_mm / 2
    front, rear, out = CATCH_Y_MM - 0.5, clip.end_mm + 0.5, CLIP_BUMP_MM + 0.2
    low = clip.under_mm(front)
    behind = polygon_r([(front, low, 0.0), (rear, low, 0.0), (rear, clip.under_mm(rear), 0.0)])
    beside = polygon_r(
        [
            (half, clip.low_mm, 0.0),
            (half, low, 0.0),
            (half + out, low, 0.0),
            (half + out, clip.low_mm + out * STEEP, 0.0),
        ]
    )
    return (
        Sheet("yz", behind, *_span(half, half + out, hand)),
        Sheet("xz", mirrored(beside, hand), front, rear),
    )


def gate_mm(spec: SledSpec) -> float:
    """Return where the front plate ends over its sill, clear of the clip when pressed, x."""
    return spec.plate_across_mm / 2 - CLIP_MM - CLIP_TRAVEL_MM - APART_MM


def clip_face(spec: SledSpec, over_clip: bool) -> Loop:
    """Return the front plate's outline (x, z): it ends beside the clip.

    Args:
        spec: the sled.
        over_clip: whether it may go on over the clip, if there is height for that.
    """
    clip, top, side = clip_of(spec), spec.face_tall_mm, spec.face_across_mm / 2
    gate = gate_mm(spec)
    over = clip.top_mm + spec.slide_mm
    roof = over + (side - gate) * STEEP
    right = (
        [(gate, 0.0, 0.0), (gate, over, 0.0), (side, roof, 0.0), (side, top, 1.5)]
        if over_clip and roof < top - 2.0
        else [(gate, 0.0, 0.0), (gate, top, 1.5)]
    )
    return polygon_r([(-side, 0.0, 0.0), *right, (-side, top, 1.5)])


def _span(low: float, high: float, hand: int) -> tuple[float, float]:
    return (low, high) if hand > 0 else (-high, -low)


def _profile(clip: Clip) -> Loop:
    """The clip from the side, (y, z)."""
    return polygon_r(
        [
            (clip.tip_mm + 1.5, 0.0, 0.0),
            (clip.base_mm, 0.0, 0.0),
            (clip.end_mm, clip.under_mm(clip.end_mm), 0.0),
            (clip.end_mm, clip.top_mm, 0.4),
            (CATCH_Y_MM - 2.0, clip.top_mm, 2.0),
            (clip.base_mm - 2.0, CLIP_TALL_MM, 3.0),
            (clip.tip_mm + 1.5, CLIP_TALL_MM, 0.0),
        ]
    )


def _ribs(spec: SledSpec) -> list[Sheet]:
    """Ribs on the bars next to the board, each as long as nothing of the board stands over it."""
    (x0, _), (x1, _) = spec.seat.outline()
    found: list[Sheet] = []
    for name, side, edge, out in zip(("left", "right"), spec.sides, (x0, x1), (-1, 1), strict=True):
        end = _free_mm(spec, name, spec.plate_mm + STIFFENER_MM)
        if not side.rib_mm or end < RIB_LEAST_MM:
            continue
        ends = sorted((edge + out * CLEAR_MM, edge + out * (CLEAR_MM + side.rib_mm)))
        braced = out != spec.clip_hand and _free_mm(spec, name, BRACE_MM) >= end
        found.append(Sheet("yz", _rib(spec, end, braced), ends[0], ends[1]))
    return found


def _free_mm(spec: SledSpec, side: str, top_mm: float) -> float:
    """Return how far back nothing stands over the board's edge lower than `top_mm`, y."""
    ends = [
        at - (port.width_mm or 0.0) / 2 - RIB_ENDS_MM
        for at, port in spec.seat.ports(side)
        if (port.overhang_mm or 0.0) > 0.0
        and spec.seat.top_mm + (port.z0_mm or 0.0) < top_mm + CLEAR_MM
    ]
    return min([spec.depth_mm - 2.0, *ends])


def _rib(spec: SledSpec, end: float, braced: bool) -> Loop:
    """A rib from the side, (y, z): it braces the front plate, or ducks under the clip."""
    low, top = spec.plate_mm, spec.plate_mm + STIFFENER_MM
    sill = sill_mm(low)
    high = min(BRACE_MM, spec.face_tall_mm - 4.0)
    if braced:
        front = [(-FACE_MM / 2, low, 0.0), (-FACE_MM / 2, high, 0.0), (high - top, top, 3.0)]
    else:
        front = [
            (-FACE_MM, low, 0.0),
            (-FACE_MM, sill, 0.0),
            (-FACE_MM + (top - sill) / STEEP, top, 0.0),
        ]
    return polygon_r([*front, (end - STIFFENER_MM, top, 1.0), (end, low, 0.0)])
