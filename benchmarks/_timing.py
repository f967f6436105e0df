"""What benchmarks share: the least time of some runs."""

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
