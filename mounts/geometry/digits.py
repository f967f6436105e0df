"""Figures to stand on a print: seven bars for each digit, that meet at their ends.

a
f   b
g
e   c
d
"""

from mounts.geometry.flat import Loop, Point, rectangle

BAR_MM = 1.2  # three lines of a 0.4 mm nozzle
WIDE_MM, TALL_MM = 4.6, 7.6
PITCH_MM = 6.2
BARS = {
    "0": "abcdef",
    "1": "bc",
    "2": "abged",
    "3": "abgcd",
    "4": "fgbc",
    "5": "afgcd",
    "6": "afgedc",
    "7": "abc",
    "8": "abcdefg",
    "9": "abcdfg",
}


def figure(text: str, at: Point) -> tuple[Loop, ...]:
    """Return the bars of a number.

    Args:
        text: digits only.
        at: lower left corner of the first, mm.
    """
    x, y = at
    return tuple(
        _bar(name).moved(x + index * PITCH_MM, y)
        for index, digit in enumerate(text)
        for name in BARS[digit]
    )


def _bar(name: str) -> Loop:
    """Return one bar of a digit whose lower left corner is the origin."""
    low, high = TALL_MM / 2 - BAR_MM / 2, TALL_MM / 2 + BAR_MM / 2
    if name in "adg":
        y = {"a": TALL_MM - BAR_MM, "d": 0.0, "g": low}[name]
        return rectangle((0.0, y), (WIDE_MM, y + BAR_MM))
    x = WIDE_MM - BAR_MM if name in "bc" else 0.0
    ends = (low, TALL_MM) if name in "bf" else (0.0, high)
    return rectangle((x, ends[0]), (x + BAR_MM, ends[1]))
