"""How long the catalogue takes: one board, all devices, all tables. Prints JSON, milliseconds."""

import json
import statistics
import time
from collections.abc import Callable

from catalog.check import check_catalog, tables
from catalog.load import Catalog, load_catalog

ROUNDS = 7


def milliseconds(work: Callable[[Catalog], object]) -> float:
    """Return the median time of some work on a catalogue just opened."""
    times: list[float] = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        work(load_catalog())
        times.append((time.perf_counter() - start) * 1000)
    return round(statistics.median(times), 2)


def main() -> None:
    """Time each kind of use."""
    print(
        json.dumps(
            {
                "one_board_ms": milliseconds(lambda facts: facts.board("raspberry-pi-5")),
                "one_alias_ms": milliseconds(lambda facts: facts.board("rockpro64")),
                "all_devices_ms": milliseconds(lambda facts: facts.devices),
                "all_tables_ms": milliseconds(lambda f: [getattr(f, name) for name in tables()]),
                "everything_checked_ms": milliseconds(check_catalog),
            },
            indent=2,
        )
    )


if __name__ == "__main__":
    main()
