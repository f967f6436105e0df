"""Strips without waste: height, bound and seconds beside plain CP-SAT and rectpack; prints JSON.

python benchmarks/packing/strips.py --limit 40

A rectangle is cut into pieces: half of the strips from edge to edge again and again, half with
pinwheels of five pieces too, which no such cut yields. The pieces fill the rectangle, so its height
is the least one at its width, and everybody has to find it. The sizes are those of classes C1 to C3
of Hopper and Turton (2001). Traps of the published instances: C2 and C3 are numbered the other way
round in some papers, and C7_3 has less area than its height says; these are our own cuts, so
neither matters.

Ours asks for a layout at the height that the area needs, then at one more, and so on. rectpack is
the best of five algorithms and three orders, without turning, at the least height that it fills.
Ours and plain CP-SAT have one worker each and the same deterministic seconds.
"""

import argparse
import json
import random
import time
from collections.abc import Callable, Sequence
from itertools import product
from typing import Any

from packing.rectangles.check import violations
from packing.rectangles.layout import place
from packing.rectangles.poses import ready
from packing.rectangles.question import Piece, Sheet

Pair = tuple[int, int]
SIZES = ((20, 20, 16), (40, 15, 25), (60, 30, 28))  # width, height, pieces
SEEDS = (1, 2)
HIGHER = 4  # heights tried over the area's


def cut(size: Pair, many: int, seed: int, *, pinwheels: bool) -> list[Pair]:
    """Return pieces that fill a rectangle; their sides are whole numbers."""
    dice = random.Random(seed)  # noqa: S311 - the same each time
    parts = [size]
    while len(parts) < many:
        parts.sort(key=lambda part: part[0] * part[1])
        a, b = parts.pop()  # the largest
        if pinwheels and len(parts) + 5 <= many and min(a, b) >= 6:
            w, h = dice.randint(2, a - 4), dice.randint(2, b - 4)
            x, y = dice.randint(1, a - w - 2), dice.randint(1, b - h - 2)
            # a core of w x h at (x, y), and four arms around it
            parts += [(w, h), (x + w, y), (a - x - w, y + h), (a - x, b - y - h), (x, b - y)]
        elif (a > b or b < 2) and a > 1:
            at = dice.randint(1, a - 1)
            parts += [(at, b), (a - at, b)]
        else:
            at = dice.randint(1, b - 1)
            parts += [(a, at), (a, b - at)]
    return sorted(parts)


def at_height(wide: int, high: int, pieces: Sequence[Pair]) -> Sheet:
    """Return the strip up to a height, with pieces that are all worth the same."""
    return Sheet(wide, high, tuple(Piece(a, b, 1) for a, b in pieces))


def ours(wide: int, pieces: Sequence[Pair], limit_s: float) -> dict[str, Any]:
    """Return the least height found, and the one that nothing undercuts."""
    by_area = -(-sum(a * b for a, b in pieces) // wide)
    low = bound = max(by_area, *(b for _, b in pieces))
    for high in range(low, low + HIGHER):
        task = ready(at_height(wide, high, pieces))
        trial = place(task, range(len(task.poses)), limit_s)
        if trial.spots is not None:
            wrong = violations(at_height(wide, high, pieces), trial.spots)
            return {"value": high, "bound": bound, "wrong": wrong}
        if trial.impossible and bound == high:
            bound = high + 1
    return {"value": None, "bound": bound, "wrong": []}


def plain(wide: int, pieces: Sequence[Pair], limit_s: float) -> dict[str, Any]:
    """Return height and bound of one CP-SAT model."""
    from ortools.sat.python import cp_model  # noqa: PLC0415 - heavy

    model = cp_model.CpModel()
    most = sum(b for _, b in pieces)
    top = model.new_int_var(0, most, "")
    xs, ys = [], []
    for a, b in pieces:
        x, y = model.new_int_var(0, wide - a, ""), model.new_int_var(0, most - b, "")
        xs.append(model.new_fixed_size_interval_var(x, a, ""))
        ys.append(model.new_fixed_size_interval_var(y, b, ""))
        model.add(y + b <= top)
    model.add_no_overlap_2d(xs, ys)
    model.add_cumulative(xs, [b for _, b in pieces], top)
    model.add_cumulative(ys, [a for a, _ in pieces], wide)
    model.add(sum(a * b for a, b in pieces) <= wide * top)
    model.minimize(top)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = 1
    solver.parameters.max_deterministic_time = limit_s
    solver.solve(model)
    value, bound = round(solver.objective_value), round(solver.best_objective_bound)
    return {"value": value, "bound": bound}


def heuristic(wide: int, pieces: Sequence[Pair], _: float) -> dict[str, Any]:
    """Return the least height that rectpack finds."""
    import rectpack  # noqa: PLC0415 - as the others

    algorithms: tuple[Any, ...] = (
        rectpack.MaxRectsBl,
        rectpack.MaxRectsBssf,
        rectpack.MaxRectsBaf,
        rectpack.SkylineBl,
        rectpack.GuillotineBssfSas,
    )
    orders = (rectpack.SORT_AREA, rectpack.SORT_SSIDE, rectpack.SORT_LSIDE)
    high = -(-sum(a * b for a, b in pieces) // wide)
    while True:
        for algorithm, order in product(algorithms, orders):
            packer: Any = rectpack.newPacker(pack_algo=algorithm, sort_algo=order, rotation=False)
            packer.add_bin(wide, high)
            for a, b in pieces:
                packer.add_rect(a, b)
            packer.pack()
            if len(packer.rect_list()) == len(pieces):
                return {"value": high}
        high += 1


def timed(
    ask: Callable[[int, Sequence[Pair], float], dict[str, Any]],
    wide: int,
    pieces: Sequence[Pair],
    limit_s: float,
) -> dict[str, Any]:
    """Return what somebody finds, and how long it took."""
    start, work = time.perf_counter(), time.process_time()
    found = ask(wide, pieces, limit_s)
    return found | {
        "seconds": round(time.perf_counter() - start, 3),
        "cpu_seconds": round(time.process_time() - work, 3),
    }


def main() -> None:
    """Cut every strip and ask all for it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--limit", type=float, default=20.0, help="deterministic seconds of CP-SAT")
    limit_s = parser.parse_args().limit
    timed(ours, 4, [(2, 2), (2, 2)], 1.0)  # imports the solver
    for (wide, high, many), seed, pinwheels in product(SIZES, SEEDS, (False, True)):
        pieces = cut((wide, high), many, seed, pinwheels=pinwheels)
        assert sum(a * b for a, b in pieces) == wide * high
        kind = "with pinwheels" if pinwheels else "edge to edge"
        record: dict[str, Any] = {
            "name": f"strip {wide} wide, {many} pieces cut {kind}, seed {seed}",
            "optimum": high,
            "ours": timed(ours, wide, pieces, limit_s),
            "plain": timed(plain, wide, pieces, limit_s),
            "rectpack": timed(heuristic, wide, pieces, limit_s),
        }
        print(json.dumps(record), flush=True)


if __name__ == "__main__":
    main()
