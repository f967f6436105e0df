"""What benchmarks share: the least time of some runs."""

import os
import time
from collections.abc import Callable


def best(work: Callable[[], object], runs: int) -> float:
    """Return the least processor time of some runs, s; one before them fills caches.

    Args:
        work: what to time.
        runs: how often.
    """
    work()
    times: list[float] = []
    for _ in range(runs):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return round(min(times), 4)


def least(works: list[Callable[[], object]]) -> dict[str, float]:
    """Return the shortest of some runs, s: by the clock, and what processors worked for it.

    The second counts the programs that a run starts, such as KiCad's, and says the same on a busy
    machine.

    Args:
        works: the runs.
    """
    walls: list[float] = []
    busy: list[float] = []
    for work in works:
        start, worked = time.perf_counter(), cpu_s()
        work()
        walls.append(time.perf_counter() - start)
        busy.append(cpu_s() - worked)
    return {"wall_s": round(min(walls), 3), "cpu_s": round(min(busy), 3)}


def cpu_s() -> float:
    """Return the seconds that processors worked for this process and for those it started."""
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system
