"""Equal boxes in a box, any side up: count, bound and seconds beside packingsolver3d; prints JSON.

python benchmarks/packing/boxes.py --limit 8

The boxes are Pi 4B with their USB sockets, 85 x 56 x 20 mm, in the room of a module of 10 or 19
inches: the instances that the reference figures for packingsolver3d 0.0.5 were measured on (8 s
each). If that package is installed it is asked in the same run, else its part is left out; it is no
dependency. Plain CP-SAT has no constraint for boxes in space and is not asked. The bound is the
smaller of the room's volume and its volume as far as sums of sides reach.

A check of our own looks at both layouts; best-known values published for other box instances belong
to other profits than those stored with them, so none are used.
"""

import argparse
import json
import time
from collections.abc import Sequence
from importlib.util import find_spec
from itertools import combinations
from math import floor
from typing import Any

from packing.loading import Box, load_boxes

Size = tuple[float, float, float]

BOARD: Size = (85.0, 56.0, 20.0)
ROOMS: dict[str, Size] = {
    f'{name}" {height_u}U, {depth:g} deep': (wide, depth, high)
    for name, wide in (("19", 450.0), ("10", 222.0))
    for height_u, high in ((1, 41.66), (2, 86.11))
    for depth in (200.0, 260.0, 400.0)
}
TENTHS = 10  # of a millimetre


def bound(room: Size, board: Size) -> int:
    """Return how many boards the volume allows that sums of their sides reach."""
    sides = [round(side * TENTHS) for side in board]
    reached: list[int] = []
    for length in room:
        whole = floor(length * TENTHS + 1e-6)
        sums = {0}
        for n in range(whole + 1):
            if n in sums:
                sums |= {n + side for side in sides if n + side <= whole}
        reached.append(max(sums))
    a, b, c = reached
    return a * b * c // (sides[0] * sides[1] * sides[2])


def wrong(room: Size, boxes: Sequence[Box]) -> int:
    """Return how many boxes stand out, are not the board, or meet another."""
    tenths = [
        tuple((round(a * TENTHS), round((a + d) * TENTHS)) for a, d in zip(*box, strict=True))
        for box in boxes
    ]
    size = sorted(round(side * TENTHS) for side in BOARD)
    bad = sum(
        any(a < 0 or b > length * TENTHS + 1e-6 for (a, b), length in zip(box, room, strict=True))
        or sorted(b - a for a, b in box) != size
        for box in tenths
    )
    return bad + sum(
        all(a[0] < b[1] and b[0] < a[1] for a, b in zip(one, other, strict=True))
        for one, other in combinations(tenths, 2)
    )


def theirs(room: Size, most: int, limit_s: float) -> list[Box]:
    """Return what packingsolver3d finds, any side up."""
    import packingsolver3d as ps  # noqa: PLC0415  # pyright: ignore[reportMissingImports]

    x, y, z = (floor(length * TENTHS + 1e-6) for length in room)
    a, b, c = (round(side * TENTHS) for side in BOARD)
    instance = ps.Instance(
        bin_types=[ps.BinType(x=x, y=y, z=z)],
        item_types=[ps.ItemType(x=a, y=b, z=c, profit=1, copies=most, rotations=ps.ALL_ROTATIONS)],
        objective=ps.Objective.KNAPSACK,
    )
    found = ps.box.solve(instance, time_limit=limit_s)
    return [
        Box(
            (p.x / TENTHS, p.y / TENTHS, p.z / TENTHS),
            (p.lx / TENTHS, p.ly / TENTHS, p.lz / TENTHS),
        )
        for placed in found.bins
        for p in placed.placements
    ]


def main() -> None:
    """Load every room, and let packingsolver3d do it where it is installed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--limit", type=float, default=8.0, help="seconds for packingsolver3d")
    limit_s = parser.parse_args().limit
    for name, room in ROOMS.items():
        start, work = time.perf_counter(), time.process_time()
        load = load_boxes(room, BOARD)
        record: dict[str, Any] = {
            "name": f"Pi 4B in {name}",
            "value": load.count,
            "bound": min(load.upper_bound, bound(room, BOARD)),
            "seconds": round(time.perf_counter() - start, 3),
            "cpu_seconds": round(time.process_time() - work, 3),
            "wrong": wrong(room, load.boxes),
        }
        if find_spec("packingsolver3d"):
            start, work = time.perf_counter(), time.process_time()
            boxes = theirs(room, load.upper_bound, limit_s)
            record["packingsolver3d"] = {
                "value": len(boxes),
                "seconds": round(time.perf_counter() - start, 3),
                "cpu_seconds": round(time.process_time() - work, 3),
                "wrong": wrong(room, boxes),
            }
        print(json.dumps(record), flush=True)


if __name__ == "__main__":
    main()
