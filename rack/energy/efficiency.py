"""What a supply draws from the wall for what it gives, by its 80 PLUS level.

The levels are least efficiencies at 20, 50 and 100 % of the rated load (Titanium: at 10 % too);
between these the efficiency is taken along a line. Below the lowest nothing is certified, and a
large supply behind a few small boards runs there: that is refused, not guessed.
"""

from itertools import pairwise

from catalog.models import Efficiency
from catalog.problems import InputError, Problem


def efficiency_at(level: Efficiency, load_share: float, *, where: str = "supply") -> float:
    """Return the least efficiency, 0 to 1, at a share of the rated load.

    Args:
        level: the certified points.
        load_share: load over rated load, 0 to 1.
        where: file or option named in an error.

    Raises:
        InputError: the share is outside the certified points.
    """
    for (low, at_low), (high, at_high) in pairwise(level.points):
        if low <= load_share <= high:
            return at_low + (at_high - at_low) * (load_share - low) / (high - low)
    least, most = level.points[0][0], level.points[-1][0]
    near = "a smaller supply" if load_share < least else "a larger supply"
    raise InputError(
        Problem(
            where,
            f"runs at {load_share:.1%} of its rated load; {level.id} says nothing of that",
            "load_w",
            allowed=f"{least:.0%} to {most:.0%}",
            nearest=f"take {near}, or measure at the wall",
        )
    )


def wall_w(level: Efficiency, rated_w: float, load_w: float, *, where: str = "supply") -> float:
    """Return what a supply draws from the wall at most, W, when it gives `load_w`.

    Raises:
        InputError: the load is outside the certified points.
    """
    return load_w / efficiency_at(level, load_w / rated_w, where=where)
