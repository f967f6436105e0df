"""Starting nodes one after the other: the greatest draw, and how long it takes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from rack.energy.loads import Load


@dataclass(frozen=True)
class Start:
    """The greatest draw while all are started, W, at once and with a gap, and the time it takes.

    A node that starts counts its peak, one that runs its typical draw, or its peak if that is not
    known: what it takes in the first milliseconds nobody publishes.
    """

    gap_s: float
    nodes: int
    at_once_w: float
    staggered_w: float
    unknown: tuple[str, ...]

    @property
    def takes_s(self) -> float:
        """How long until the last one is started, s."""
        return self.gap_s * max(0, self.nodes - 1)

    def as_dict(self) -> dict[str, Any]:
        """Return the fields by name, rounded as they are told."""
        return {
            "gap_s": self.gap_s,
            "nodes": self.nodes,
            "at_once_w": round(self.at_once_w, 1),
            "staggered_w": round(self.staggered_w, 1),
            "takes_s": round(self.takes_s, 1),
            "unknown": list(self.unknown),
        }


def start(loads: Sequence[Load], gap_s: float) -> Start:
    """Return what starting takes, the hungriest first: then the last ones add least.

    Args:
        loads: of everything that is started.
        gap_s: between two of them; 0 starts all at once.
    """
    unknown = tuple(sorted({load.label for load in loads if load.peak_w is None}))
    each = [
        (load.peak_w, load.peak_w if load.typical_w is None else min(load.typical_w, load.peak_w))
        for load in loads
        if load.peak_w is not None
        for _ in range(load.count)
    ]
    at_once = sum(peak for peak, _ in each)
    running, greatest = 0.0, 0.0
    # What a start adds over running is saved for all but one: that one goes first.
    for peak, steady in sorted(each, key=lambda pair: (pair[1] - pair[0], pair)):
        greatest = max(greatest, running + peak)
        running += steady
    greatest = max(greatest, running)
    return Start(gap_s, len(each), at_once, greatest if gap_s > 0 else at_once, unknown)
