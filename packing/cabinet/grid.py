"""Whole numbers for the solver: half units, tenths of a millimetre, thousandths of a watt or gram.

What a thing takes is rounded up and what there is is rounded down, so no rounding lets in too much.
"""

import math

TENTHS = 10
THOUSANDTHS = 1000


def halves(height_u: float) -> int:
    """Return a height in half units."""
    return round(height_u * 2)


def taken(figure: float) -> int:
    """Return tenths of what a thing takes."""
    return math.ceil(figure * TENTHS - 1e-6)


def there(figure: float) -> int:
    """Return tenths of what there is."""
    return math.floor(figure * TENTHS + 1e-6)


def milli(figure: float) -> int:
    """Return thousandths of a watt or gram, to the nearest."""
    return round(figure * THOUSANDTHS)
