"""Boards in a row: the one formula everything else rests on.

`fit(S, s, g) = floor((S + g) / (s + g))` (docs/fit.md §1.3): n boards of size s with n - 1
gaps take n s + (n - 1) g, so one gap more in both row and space makes every pitch alike. It gives
the counts of four products as sold: 450 mm at a pitch of 21.4, 24.11 and 22.5 mm holds 21, 18
and 20; 222 mm at 22.2 holds 10 (docs/fit.md §1.1).
"""

import math

TOLERANCE = 1e-9  # of a pitch: lets 448 / 56 be 8 although floats may say 7.999…


def fit(space_mm: float, size_mm: float, gap_mm: float = 0.0) -> int:
    """Return how many boards of one size stand in a row.

    Args:
        space_mm: length of the row.
        size_mm: size of one board along the row.
        gap_mm: kept between two boards, not at the ends.
    """
    return max(0, math.floor((space_mm + gap_mm) / (size_mm + gap_mm) + TOLERANCE))


def row_length_mm(count: int, size_mm: float, gap_mm: float = 0.0) -> float:
    """Return the length that `count` boards with their gaps take, mm."""
    return count * size_mm + max(0, count - 1) * gap_mm


def within(length_mm: float, space_mm: float) -> bool:
    """Tell whether a length goes into a space, a billionth of a millimetre being no hindrance."""
    return length_mm <= space_mm + TOLERANCE * max(1.0, space_mm)
