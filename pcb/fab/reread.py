"""Reads the holes of a drill file again, and holds them against the board they were made of."""

import re
from collections import Counter
from collections.abc import Mapping

from pcb.board.layout import Layout
from pcb.fab.shops import drills

_TOOL = re.compile(r"T(\d+)C([\d.]+)$")
_SPOT = re.compile(r"(G00|G01)?X(-?[\d.]+)Y(-?[\d.]+)$")
Hit = tuple[float, float, float, float]  # x, y of the middle, width and height, 0.01 mm


def differences(files: Mapping[str, bytes], name: str, layout: Layout) -> list[str]:
    """Return how the drill files of a pack differ from the board, one line for each hole."""
    found: list[str] = []
    for plated, kind in ((True, "PTH"), (False, "NPTH")):
        text = files.get(f"gerber/{name}-{kind}.drl", b"").decode("utf-8")
        ours = Counter(_hit(*one[:4]) for one in drills(layout) if one[4] == plated)
        theirs = Counter(holes(text))
        for word, left in (("is not drilled", ours - theirs), ("is no hole", theirs - ours)):
            found += [
                f"{kind}: {wide:g} x {high:g} mm at {x:g}, {y:g} {word}"
                for (x, y, wide, high), count in sorted(left.items())
                for _ in range(count)
            ]
    return found


def holes(text: str) -> list[Hit]:
    """Return the holes of an Excellon file, metric and decimal; slots are routed by G00 and G01."""
    sizes: dict[str, float] = {}
    found: list[Hit] = []
    size, x, y = 0.0, 0.0, 0.0
    for line in text.splitlines():
        if tool := _TOOL.match(line):
            sizes[tool[1]] = float(tool[2])
        elif line[:1] == "T" and line[1:] in sizes:
            size = sizes[line[1:]]
        elif spot := _SPOT.match(line):
            way, to_x, to_y = spot[1], float(spot[2]), float(spot[3])
            if way is None:
                found.append(_hit(to_x, -to_y, size, size))
            elif way == "G01":
                wide, high = size + abs(to_x - x), size + abs(to_y - y)
                found.append(_hit((x + to_x) / 2, -(y + to_y) / 2, wide, high))
            x, y = to_x, to_y
    return found


def _hit(x: float, y: float, wide: float, high: float) -> Hit:
    return round(x, 2), round(y, 2), round(wide, 2), round(high, 2)
