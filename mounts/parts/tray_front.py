"""How a tray's panel is opened for ports, so that it prints standing.

   ports that differ in height         a wide row of ports
+------------------------------+     +------+          +------+
|      +------+                |     |      |          |      |   open to the panel's
|      |      |   one roof     |     |      |          |      |   upper edge: no roof
|      +------+                |     |      +----------+      |
+------------------------------+     +------------------------+
"""

from mounts.geometry.flat import Loop, rectangle
from mounts.panel import Notch
from mounts.parts.sled_spec import BRIDGE_MM
from mounts.parts.tray_spec import Carried, TraySpec

FRONT_MARGIN_MM = 11.0  # panel left beside the window of a board whose ports are not known
WEB_MM = 2.0  # between two windows, as between two openings
TOOTH_MM = 6.0  # a narrower piece of panel between two notches would only break off
STRIP_MM = 3.0  # between a window and a notch: its other end holds on over the window
Box = tuple[float, float, float, float]  # left, low, right, high


def fronts(spec: TraySpec) -> tuple[tuple[Loop, ...], tuple[Notch, ...]]:
    """Return the windows that have a roof, and the notches where none would print.

    Args:
        spec: the tray, its boards at their places.
    """
    notches = [_unknown(one) for one in spec.carried if not spec.openings_of(one)]
    every = _joined([box(loop) for loop in spec.openings()])
    wide = [b for b in every if b[2] - b[0] > BRIDGE_MM]
    windows = [b for b in every if b not in wide]
    cut = _merged([*notches, *(Notch(b[0], b[2], b[1], 0.0) for b in wide)])
    near = [w for w in windows if any(_beside(w, notch) for notch in cut)]
    while near:
        windows = [w for w in windows if w not in near]
        cut = _merged([*cut, *(Notch(w[0], w[2], w[1], 0.0) for w in near)])
        near = [w for w in windows if any(_beside(w, notch) for notch in cut)]
    return tuple(rectangle((b[0], b[1]), (b[2], b[3])) for b in windows), tuple(cut)


def cleared(spec: TraySpec) -> tuple[Loop, ...]:
    """Return all that vents keep clear of, (x, z)."""
    windows, notches = fronts(spec)
    over = spec.top_mm + 1.0
    return (*windows, *(rectangle((n.left, n.floor), (n.right, over)) for n in notches))


def box(loop: Loop) -> Box:
    """Return the rectangle round a loop."""
    xs, zs = zip(*loop.points, strict=True)
    return min(xs), min(zs), max(xs), max(zs)


def _joined(boxes: list[Box]) -> list[Box]:
    """Return boxes, those too near to one another as one, from left to right."""
    found: list[Box] = []
    left = sorted(boxes)
    while left:
        one = left.pop(0)
        near = [b for b in (*left, *found) if _near(one, b)]
        if near:
            left = sorted([*(b for b in left if b not in near), _round([one, *near])])
            found = [b for b in found if b not in near]
        else:
            found.append(one)
    return sorted(found)


def _near(a: Box, b: Box) -> bool:
    return all(max(a[k], b[k]) - min(a[k + 2], b[k + 2]) < WEB_MM - 1e-6 for k in (0, 1))


def _round(boxes: list[Box]) -> Box:
    left, low, right, high = zip(*boxes, strict=True)
    return min(left), min(low), max(right), max(high)


def _unknown(one: Carried) -> Notch:
    """Return the whole front of a board whose ports are not known."""
    x, half = one.seat.center_mm, one.seat.across_mm / 2 - FRONT_MARGIN_MM
    return Notch(x - half, x + half, one.seat.under_mm - 1.0)


def _merged(notches: list[Notch]) -> list[Notch]:
    """Return notches from left to right, those joined that leave too little between them."""
    found: list[Notch] = []
    for notch in sorted(notches, key=lambda n: n.left):
        last = found[-1] if found else None
        if last is None or notch.left - last.right >= TOOTH_MM:
            found.append(notch)
            continue
        right, floor = max(last.right, notch.right), min(last.floor, notch.floor)
        found[-1] = Notch(last.left, right, floor, min(last.inner_mm, notch.inner_mm))
    return found


def _beside(window: Box, notch: Notch) -> bool:
    return window[0] < notch.right + STRIP_MM and window[2] > notch.left - STRIP_MM
