"""Sleds, clips and frames spoiled by code, and the same things done so that they are right."""

from collections.abc import Callable
from typing import Any

from manifold3d import Manifold

from mounts.parts.latch import BUMP_Y_MM, CLIP_MM, CLIP_SLIT_MM, FACE_MM
from mounts.verify.subject import Subject
from tests.verify.bodies import box, good, meshed, solid, subject


def catch(longer_mm: float) -> Subject:
    """The sled's catch drawn out."""
    _, spec, _ = good("sled")
    left = -spec.plate_across_mm / 2
    y = BUMP_Y_MM
    more = box((left - longer_mm, y, 0), (left + 0.5, y + 1.5, spec.plate_mm))
    return subject("sled", meshed(solid("sled") + more))


def no_catch(cut: bool) -> Subject:
    """The sled without its catch."""
    _, spec, _ = good("sled")
    left = -spec.plate_across_mm / 2
    away = box((left - 5, 5, -1), (left if cut else left - 4, 30, spec.plate_mm + 1))
    return subject("sled", meshed(solid("sled") - away))


def clipped(change: Callable[[Manifold, Any, float], Manifold]) -> Subject:
    """The sled with a clip, changed; its clip is at the right, or the left is turned there."""
    _, spec, _ = good("clip")
    hand = (float(spec.clip_hand), 1.0, 1.0)
    body = change(solid("clip").scale(hand), spec, spec.plate_across_mm / 2)
    return subject("clip", meshed(body.scale(hand)))


def tongue(thicker_mm: float, slit: bool) -> Subject:
    """The clip thicker before the front plate, into its slit or with the slit kept."""

    def change(body: Manifold, _: Any, half: float) -> Manifold:
        inner = half - CLIP_MM - thicker_mm
        if slit:  # as wide as it was, cut out of the pull tab
            body -= box((inner - CLIP_SLIT_MM, -16.2, -1), (inner, -FACE_MM, 2))
        return body + box((inner, -17, 0), (half - CLIP_MM / 2, -FACE_MM - 0.5, 1.6))

    return clipped(change)


def hook(left_mm: float) -> Subject:
    """The clip's catch planed down to so much."""

    def change(body: Manifold, spec: Any, half: float) -> Manifold:
        z = spec.plate_mm + 3
        return body - box((half + left_mm, 2, z), (half + 5, 12, 40))

    return clipped(change)


def beside_clip(gap_mm: float) -> Subject:
    """A rib behind the front plate, so far from the clip that is pressed towards it."""

    def change(body: Manifold, spec: Any, half: float) -> Manifold:
        x, low = half - CLIP_MM - gap_mm, spec.clip.low_mm
        rib = box((x - 1, -2.5, 0), (x, 0.3, low + 3))
        return body + rib

    return clipped(change)


def shoulder(out_mm: float) -> Subject:
    """The front plate drawn wider on the side away from the clip, so far past its edge."""

    def change(body: Manifold, spec: Any, half: float) -> Manifold:
        edge = -spec.face_across_mm / 2
        return body + box((edge - out_mm, -FACE_MM, 0), (edge + 1, 0, 2))

    return clipped(change)


def gate(x_share: float) -> Subject:
    """A bar before the frame: across the sleds' way (0), or beside it (1)."""
    _, spec, _ = good("frame")
    half = spec.outer_mm
    x = -half + 2 + x_share * (-10)
    body = solid("frame") + box((x - 3, -40, 20), (x + 3, 1, 26))
    return subject("frame", meshed(body))


def bump(out_mm: float) -> Subject:
    """A bump at the edge of the sled's plate that runs in the groove, so far out."""
    _, spec, _ = good("sled")
    half = spec.plate_across_mm / 2
    more = box((half - 1, 30, 0), (half + out_mm, 34, spec.plate_mm))
    return subject("sled", meshed(solid("sled") + more))


def tail(end_mm: float) -> Subject:
    """A bar behind the lower frame of two rows, to that depth."""
    _, spec, _ = good("two rows")
    more = box((-spec.outer_mm, 1, 5), (4 - spec.outer_mm, end_mm, 12))
    return subject("two rows", meshed(solid("two rows") + more))
