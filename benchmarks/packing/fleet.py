"""How long fleets of twelve kinds of node take, and how near the bound they come; prints JSON.

python benchmarks/packing/fleet.py
"""

import json
import random
import resource
import time

from packing.fleet.check import violations
from packing.fleet.question import Fleet, Kind, Module, Node
from packing.fleet.rows import Board, row_modules
from packing.fleet.solve import house

KINDS = 12
SIZES = (1_000, 10_000, 100_000, 1_000_000)
SEEDS = (1, 2, 3)


def fleet_of(nodes: int, seed: int) -> Fleet:
    """Return boards of random thickness, height and draw, in rows of 19 inches; with switches."""
    dice = random.Random(seed)  # noqa: S311 - the same each time
    boards = [
        Board(f"kind {i}", round(dice.uniform(17, 45), 1), dice.choice((1, 2, 2, 3)))
        for i in range(KINDS)
    ]
    parts = [dice.random() for _ in boards]
    kinds = tuple(
        Node(b.name, round(nodes * part / sum(parts)), round(dice.uniform(3, 15), 1))
        for b, part in zip(boards, parts, strict=True)
    )
    switch = Module("switch", 1, power_w=30, ports=48)
    modules = (*row_modules(boards, 450.0), switch)
    return Fleet(kinds, modules, (Kind("42U", 42, 5000),))


def main() -> None:
    """House each fleet, after import, and say cost, bound, gap and seconds."""
    house(fleet_of(100, 0))  # imports the solver
    for nodes in SIZES:
        for seed in SEEDS:
            fleet = fleet_of(nodes, seed)
            start, work = time.perf_counter(), time.process_time()
            plan = house(fleet)
            assert plan is not None
            record = {
                "name": f"fleet: {nodes} nodes of {KINDS} kinds, seed {seed}",
                "cabinets": plan.cost,
                "bound": plan.bound,
                "gap": round(plan.gap, 5),
                "seconds": round(time.perf_counter() - start, 3),
                "cpu_seconds": round(time.process_time() - work, 3),
                "rounds": plan.rounds,
                "wrong": violations(plan),
                "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
            }
            print(json.dumps(record), flush=True)


if __name__ == "__main__":
    main()
